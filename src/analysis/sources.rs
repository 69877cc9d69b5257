//! The phrase that names the speaker at a cue: candidates in the cue's sentence, ranked by a linear scorer.
//!
//! Units: token indexes.

use super::EntityKind;
use super::cues::{Cue, quote_around};
use super::lexicon::Classes;
use super::scene::{Part, Scene};
use super::scorer::Scorer;
use super::syntax::features::{Feature, start, with};
use super::syntax::{Label, Tag};
use super::token::{Shape, word};

/// A phrase that names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Index of the token that decides: a name's or noun's last, a pronoun.
    pub head: usize,
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
}

/// How far from its cue a source may stand, in tokens.
const REACH: usize = 60;

/// How far the phrase of a source may reach from its head to either side, in tokens.
pub const LONGEST: usize = 60;

/// The heads of the phrases in the sentence of the cue headed at `cue` that may be its source.
pub fn candidates(scene: &Scene<'_>, cue: usize, out: &mut Vec<usize>) {
    out.clear();
    let (first, end) = scene.sentence(cue);
    // Nobody stands before "according to" as its source.
    let behind = scene.word(cue) == word("according");
    let from = if behind { cue } else { first.max(cue.saturating_sub(REACH)) };
    let range = from..end.min(cue + REACH);
    // Nor does the subject of "was reported to" say anything.
    let passive = |at: usize| scene.syntax.label(at) == Label::PassiveSubject && scene.syntax.head(at) == cue;
    out.extend(range.filter(|index| *index != cue && is_candidate(scene, *index) && !passive(*index)));
}

fn is_candidate(scene: &Scene<'_>, index: usize) -> bool {
    let noun = matches!(
        scene.tag(index),
        Tag::Noun | Tag::Nouns | Tag::Name | Tag::Pronoun | Tag::Number | Tag::Determiner | Tag::Who | Tag::Which
    ) || scene.part(index).kind() > 0;
    let label = scene.syntax.label(index);
    let inner = matches!(
        label,
        Label::Compound
            | Label::Determiner
            | Label::Adjective
            | Label::Number
            | Label::Case
            | Label::Marker
            | Label::Adverb
    );
    let timely = matches!(scene.part(index), Part::Entity(_, EntityKind::Date | EntityKind::Money));
    // The age in "the princess, 67, said".
    let age = scene.tag(index) == Tag::Number
        && scene.tag(index.wrapping_sub(1)) == Tag::Comma
        && scene.tag(index + 1) == Tag::Comma;
    noun && !inner && !timely && !age && !scene.is_quoted(index)
}

/// The labels on the way from one token to another: up to the token both hang on, then down; 0 where it is too long.
#[must_use]
pub fn path(scene: &Scene<'_>, from: usize, to: usize) -> u64 {
    const LONGEST: usize = 5;
    let syntax = scene.syntax;
    let climb = |mut at: usize| {
        let mut way = [usize::MAX; LONGEST + 1];
        for slot in &mut way {
            *slot = at;
            if syntax.head(at) == at {
                break;
            }
            at = syntax.head(at);
        }
        way
    };
    let (up, down) = (climb(from), climb(to));
    let real = |at: &usize| *at != usize::MAX;
    for (steps, at) in up.iter().enumerate().take_while(|(_, at)| real(at)) {
        let Some(back) = down.iter().take_while(|at| real(at)).position(|other| other == at) else { continue };
        let rise = up.iter().take(steps).fold(1, |code, at| with(code, syntax.label(*at) as u64 + 1));
        let fall = down.iter().take(back).rev();
        return fall.fold(with(rise, 77), |code, at| with(code, syntax.label(*at) as u64 + 101));
    }
    0
}

/// A number for a distance: exact when short, coarse when long.
#[must_use]
pub const fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// The features of no source at all for the cue headed at `cue`.
pub fn absent_features(scene: &Scene<'_>, cue: usize, out: &mut Vec<Feature>) {
    out.clear();
    let own = scene.own_subject(cue).map_or(0, |at| 1 + scene.tag(at) as u64);
    let tag = scene.tag(cue) as u64;
    out.extend([
        start(2000),
        with(start(2001), scene.word(cue)),
        with(start(2002), tag),
        with(start(2003), own),
        with(with(start(2004), tag), own),
        with(start(2005), scene.word(cue.wrapping_sub(1))),
        with(with(start(2006), tag), scene.syntax.label(cue) as u64),
    ]);
}

/// The features of the candidate at `place` in `all` for `cue`.
pub fn features(scene: &Scene<'_>, cue: &Cue, all: &[usize], place: usize, out: &mut Vec<Feature>) {
    out.clear();
    let (cue, extent) = (cue.head, (cue.first, cue.end));
    let Some(index) = all.get(place).copied() else { return };
    let syntax = scene.syntax;
    let way = path(scene, index, cue);
    let after = index > cue;
    let side = u64::from(after);
    let (near, far) = if after { (cue, index) } else { (index, cue) };
    let gap = bucket(far - near);
    let split = all.partition_point(|other| *other < cue);
    let rank = (if after { place - split } else { split - 1 - place }).min(5) as u64;
    let between = near + 1..far;
    let count = |wanted: &dyn Fn(usize) -> bool| between.clone().filter(|at| wanted(*at)).count().min(3) as u64;
    let commas = count(&|at| scene.tag(at) == Tag::Comma);
    let verbs = count(&|at| scene.tag(at).is_verb() && !matches!(syntax.label(at), Label::Auxiliary | Label::Copula));
    let quotes = u64::from(between.clone().any(|at| scene.is_quoted(at)));
    let who = scene.tag(index) as u64 * 16 + scene.part(index).kind();
    let label = syntax.label(index) as u64;
    let tag = scene.tag(cue) as u64;
    let verb = scene.verbs.get(scene.word(cue));
    let lemma = verb.map_or(scene.word(cue), |verb| verb.lemma);
    let case = syntax.child(index, &[Label::Case]).map_or(0, |at| scene.word(at));
    let own = scene.own_subject(cue);
    let subject = own.map_or(0, |own| 1 + u64::from(own == index));
    let passive = u64::from(syntax.child(cue, &[Label::PassiveAuxiliary]).is_some());
    let quote = quote_around(scene, cue) & 15;
    let (chunk, lead) = chunk(scene, index);
    let lead_tag = scene.tag(lead) as u64;
    let next = scene.word(index + 1);
    let touches = u64::from(if after { chunk == extent.1 } else { index + 1 == extent.0 });
    let classes = u64::from(scene.classes(index).0 & KINDS);
    let flat = side << 24 | gap << 16 | commas << 12 | verbs << 8 | quotes << 4 | rank;
    let capital = u64::from(scene.document.shape_at(index).has(Shape::CAPITALISED));
    out.extend([
        with(start(2010), way),
        with(with(start(2011), way), lemma),
        with(with(start(2012), way), tag),
        with(with(start(2013), way), who),
        with(with(start(2014), side), gap),
        with(with(start(2015), side), rank),
        with(start(2016), who),
        with(start(2017), scene.word(index)),
        with(with(start(2018), label), side),
        with(with(start(2019), case), side << 1 | passive),
        with(with(start(2020), case), lemma),
        with(start(2021), subject),
        with(with(start(2022), subject), way),
        with(start(2023), flat),
        with(with(start(2024), side << 8 | rank), commas << 8 | verbs << 4 | quotes),
        with(with(start(2025), side << 8 | rank), quote),
        with(with(start(2026), way), syntax.label(cue) as u64),
        with(with(start(2027), who), side << 12 | gap),
        with(with(start(2028), who), label),
        with(with(start(2029), tag << 1 | side), subject),
        with(with(start(2030), scene.word(index)), side),
        with(with(start(2031), quote), who << 1 | side),
        with(with(start(2032), capital), side << 8 | rank),
        with(with(start(2033), scene.word(near + 1)), side),
        with(with(start(2034), scene.word(far.wrapping_sub(1))), side),
        with(with(start(2035), scene.word(lead)), side),
        with(with(start(2036), lead_tag), way),
        with(with(start(2037), lead_tag), side << 12 | subject << 8 | rank),
        with(with(start(2038), next), side),
        with(with(start(2039), touches), side << 8 | subject),
        with(with(start(2040), touches), with(who, side)),
        with(start(2041), classes),
        with(with(start(2042), classes), with(way, side)),
        with(with(start(2043), classes), lemma),
        with(with(start(2044), scene.tag(index + 1) as u64), lead_tag << 1 | side),
    ]);
}

/// The classes of nouns that tell who can speak.
const KINDS: u32 = Classes::ROLE
    .with(Classes::ORGANIZATION_HEAD)
    .with(Classes::NATIONALITY)
    .with(Classes::PLACE_HEAD)
    .with(Classes::WORK_HEAD)
    .0;

/// First token of the nouns and what leads up to them that end at `index`, and the token before.
fn chunk(scene: &Scene<'_>, index: usize) -> (usize, usize) {
    let mut first = index;
    let belongs = |at: usize| {
        matches!(
            scene.tag(at),
            Tag::Noun
                | Tag::Nouns
                | Tag::Name
                | Tag::Adjective
                | Tag::Determiner
                | Tag::Possessive
                | Tag::Number
                | Tag::Ending
        ) && !scene.is_quoted(at)
    };
    while first > 0 && index - first < 9 && belongs(first - 1) {
        first -= 1;
    }
    (first, first.wrapping_sub(1))
}

/// The source of a cue among all that might be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ranked {
    /// The best; none where the scorer prefers that.
    pub source: Option<Source>,
    /// How likely that is, 0 to 1.
    pub probability: f32,
    /// The head of the next best, and how likely that is.
    pub second: Option<(usize, f32)>,
}

/// The source of `cue`, none where the scorer prefers that.
#[must_use]
pub fn find(scene: &Scene<'_>, cue: &Cue, scorer: &Scorer) -> Option<Source> {
    rank(scene, cue, scorer).source
}

/// The source of `cue`, how sure that is, and which other one there might be.
#[must_use]
pub fn rank(scene: &Scene<'_>, cue: &Cue, scorer: &Scorer) -> Ranked {
    let mut all = Vec::new();
    let mut features_of = Vec::new();
    candidates(scene, cue.head, &mut all);
    absent_features(scene, cue.head, &mut features_of);
    let mut scores = vec![(scorer.score(&features_of), None)];
    for (place, head) in all.iter().enumerate() {
        features(scene, cue, &all, place, &mut features_of);
        scores.push((scorer.score(&features_of), Some(*head)));
    }
    let ahead = |best: &(f32, Option<usize>), next: &(f32, Option<usize>)| next.0 > best.0;
    let pick = |scores: &mut dyn Iterator<Item = (f32, Option<usize>)>| {
        scores.reduce(|best, next| if ahead(&best, &next) { next } else { best })
    };
    let Some((top, head)) = pick(&mut scores.iter().copied()) else { return Ranked::default() };
    let second = pick(&mut scores.iter().copied().filter(|(_, other)| other.is_some() && *other != head));
    let sum: f32 = scores.iter().map(|(score, _)| (score - top).exp()).sum();
    Ranked {
        source: head.map(|head| phrase(scene, cue, settle(scene, cue, head))),
        probability: 1.0 / sum,
        second: second.and_then(|(score, head)| Some((head?, (score - top).exp() / sum))),
    }
}

/// How far a person's name may stand from the words that lead to it or go on from it, in tokens.
const NEAR: usize = 8;

/// The person that the noun at `head` belongs to, where the words leave no doubt: it leads up to the name ("Mayor of
/// London Sadiq Khan"), or goes on from it ("Jo Tilburg of the University of California").
fn settle(scene: &Scene<'_>, cue: &Cue, head: usize) -> usize {
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
    Source { head, first, end: end.max(head + 1) }
}
