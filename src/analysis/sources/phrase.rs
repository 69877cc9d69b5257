//! From the word that a source was found by to whom it names and to the whole phrase.

use super::{LONGEST, Source};
use crate::analysis::EntityKind;
use crate::analysis::cues::Cue;
use crate::analysis::lexicon::Classes;
use crate::analysis::scene::{Part, Scene};
use crate::analysis::syntax::{Label, Tag};
use crate::analysis::token::{Shape, word};

/// How far a person's name may stand from the words that lead to it or go on from it, in tokens.
const NEAR: usize = 8;

/// The person that the noun at `head` belongs to, where the words leave no doubt: it leads up to the name ("Mayor of
/// London Sadiq Khan"), or goes on from it ("Jo Tilburg of the University of California").
pub(super) fn settle(scene: &Scene<'_>, cue: &Cue, head: usize) -> usize {
    let person = |at: usize| matches!(scene.part(at), Part::Entity(_, EntityKind::Person));
    let end_of = |at: usize| scene.cast.mention_at(at).map_or(at + 1, |mention| mention.end as usize);
    let nominal = |at: usize| scene.tag(at).is_noun() || scene.tag(at) == Tag::Adjective;
    let joins = |at: usize| nominal(at) || matches!(scene.tag(at), Tag::Preposition | Tag::Determiner);
    if !scene.tag(head).is_noun() {
        return head;
    }
    let mut at = end_of(head);
    while at < head + NEAR && joins(at) && !person(at) && !scene.is_quoted(at) && at != cue.first {
        at += 1;
    }
    let leads = at > head + 1 || !person(head);
    if leads && at < head + NEAR && person(at) && nominal(at - 1) && !scene.is_quoted(at) {
        return end_of(at) - 1;
    }
    if let Some(name) = apposition(scene, cue, head) {
        return name;
    }
    let Some(mention) = scene.cast.mention_at(head).filter(|_| !person(head)) else { return head };
    let mut at = mention.first as usize;
    while at > 0 && at + 3 > mention.first as usize && scene.tag(at - 1) == Tag::Determiner {
        at -= 1;
    }
    match at.checked_sub(2) {
        Some(before) if scene.tag(at - 1) == Tag::Preposition && person(before) && !scene.is_quoted(before) => before,
        _ => head,
    }
}

/// Who speaks where the name that ends at `head` only says whose: "Ana Ruiz's office", "a lawyer for Ana Ruiz".
pub(super) fn whole(scene: &Scene<'_>, cue: &Cue, head: usize) -> usize {
    let Some(mention) = scene.cast.mention_at(head) else { return head };
    if !matches!(scene.part(head), Part::Entity(_, EntityKind::Person)) {
        return head;
    }
    let (mut first, end) = (mention.first as usize, mention.end as usize);
    let nominal = |at: &usize| {
        (scene.tag(*at).is_noun() || scene.tag(*at) == Tag::Adjective) && !scene.is_quoted(*at) && *at != cue.first
    };
    if scene.document.shape_at(end).has(Shape::POSSESSIVE) {
        let owned = (end + 1..end + NEAR).take_while(nominal).last();
        return owned.filter(|at| scene.tag(*at).is_noun()).unwrap_or(head);
    }
    if first > 0 && scene.classes(first - 1).any(Classes::HONORIFIC.with(Classes::ROLE)) {
        first -= 1;
    }
    let Some(before) = first.checked_sub(2) else { return head };
    let hangs = matches!(scene.tag(first - 1), Tag::Preposition | Tag::To);
    let subject = scene.tag(before).is_noun() && scene.syntax.label(before) == Label::Subject;
    if hangs && subject && scene.part(before) == Part::Nothing && !scene.is_quoted(before) { before } else { head }
}

/// The name that the common noun at `head` stands in apposition to: "his wife, Amanda, said" or "Domain.com, a real
/// estate site, reported".
fn apposition(scene: &Scene<'_>, cue: &Cue, head: usize) -> Option<usize> {
    let comma = |at: usize| scene.tag(at) == Tag::Comma;
    let closes = |at: usize| comma(at) || at == cue.first;
    let named = |at: usize, person: bool| match scene.part(at) {
        Part::Entity(_, EntityKind::Person) => true,
        Part::Entity(_, EntityKind::Organization) => !person,
        _ => false,
    };
    if scene.tag(head) != Tag::Noun || scene.part(head) != Part::Nothing {
        return None;
    }
    if comma(head + 1) && named(head + 2, true) && !scene.is_quoted(head + 2) {
        let end = scene.cast.mention_at(head + 2)?.end as usize;
        return (comma(end) || end == cue.first || end >= scene.sentence(head).1).then_some(end - 1);
    }
    let modifies = |at: &usize| scene.tag(*at).is_noun() || scene.tag(*at) == Tag::Adjective;
    let mut first = head;
    while first > 0 && first + NEAR > head && modifies(&(first - 1)) {
        first -= 1;
    }
    let determined = first.checked_sub(3).is_some_and(|at| scene.tag(first - 1) == Tag::Determiner && comma(at + 1));
    let name = first.checked_sub(3)?;
    (determined && closes(head + 1) && named(name, false) && !scene.is_quoted(name)).then_some(name)
}

/// Whom or what somebody behind the cue speaks for, where the phrase ends at `end`: "said a spokesman for the company".
fn belongings(scene: &Scene<'_>, end: usize) -> usize {
    let nominal = |at: &usize| {
        matches!(
            scene.tag(*at),
            Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun | Tag::Nouns | Tag::Name
        ) && !scene.is_quoted(*at)
    };
    if ![word("for"), word("of")].contains(&scene.word(end)) {
        return end;
    }
    let until = (end + 1..end + NEAR).take_while(nominal).last().map_or(end, |last| last + 1);
    if scene.tag(until.saturating_sub(1)).is_noun() { until.max(end) } else { end }
}

/// The phrase around `head`: what hangs on it, without what leads up to it and without the cue.
#[must_use]
pub fn phrase(scene: &Scene<'_>, cue: &Cue, head: usize) -> Source {
    let (mut first, mut end) = scene.syntax.extent(head);
    let (sentence, _) = scene.sentence(head);
    first = first.max(sentence).max(head.saturating_sub(LONGEST));
    end = end.min(head + LONGEST);
    let leads = |at: usize| {
        matches!(scene.syntax.label(at), Label::Case | Label::Marker | Label::Conjunction | Label::Punctuation)
            || scene.tag(at).is_punctuation()
            || scene.is_quoted(at)
            || scene.tag(at) == Tag::Adverb && scene.syntax.extent(at).1 - scene.syntax.extent(at).0 == 1
    };
    while first < head && leads(first) {
        first += 1;
    }
    if cue.head > head && end > cue.first {
        end = cue.first;
    }
    if cue.head < head && first < cue.end {
        first = cue.end.min(head);
    }
    for at in first..end {
        if at > head && scene.is_quoted(at) {
            end = at;
            break;
        }
    }
    while end > head + 1 && (scene.tag(end - 1).is_punctuation() || scene.word(end - 1) == word("and")) {
        end -= 1;
    }
    if let Some(mention) = scene.cast.mention_at(head) {
        end = end.max(mention.end as usize);
        first = first.min(mention.first as usize);
    }
    if end == head + 1 && cue.head < head && scene.classes(head).any(Classes::ROLE) {
        end = belongings(scene, end);
    }
    Source { head, first, end: end.max(head + 1) }
}
