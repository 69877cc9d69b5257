//! The phrase that names the speaker at a cue: its subject before or after it, or what follows "by" and "to".
//!
//! Units: token indexes.

use super::cues::{Cue, Scene, is_auxiliary};
use super::token::{Shape, Word, word};
use super::verbs::Form;

/// A phrase that names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
}

/// Pronouns that can be a source.
pub const PRONOUNS: [Word; 10] = [
    word("he"),
    word("she"),
    word("they"),
    word("it"),
    word("i"),
    word("we"),
    word("you"),
    word("him"),
    word("her"),
    word("them"),
];

const DETERMINERS: [Word; 22] = [
    word("the"),
    word("a"),
    word("an"),
    word("this"),
    word("that"),
    word("these"),
    word("those"),
    word("his"),
    word("her"),
    word("their"),
    word("its"),
    word("our"),
    word("my"),
    word("your"),
    word("some"),
    word("many"),
    word("several"),
    word("one"),
    word("two"),
    word("three"),
    word("another"),
    word("other"),
];

const BREAKS: [Word; 34] = [
    word("and"),
    word("or"),
    word("but"),
    word("that"),
    word("which"),
    word("who"),
    word("while"),
    word("as"),
    word("if"),
    word("when"),
    word("because"),
    word("after"),
    word("before"),
    word("since"),
    word("though"),
    word("although"),
    word("where"),
    word("what"),
    word("how"),
    word("why"),
    word("to"),
    word("with"),
    word("by"),
    word("on"),
    word("in"),
    word("at"),
    word("for"),
    word("from"),
    word("of"),
    word("than"),
    word("is"),
    word("was"),
    word("had"),
    word("has"),
];

/// Prepositions that hang a further phrase on a noun.
const HANGERS: [Word; 6] = [word("of"), word("for"), word("from"), word("at"), word("with"), word("in")];

/// The source of `cues[place]`.
#[must_use]
pub fn find(scene: &Scene<'_>, cues: &[Cue], place: usize) -> Option<Source> {
    let cue = cues.get(place)?;
    let Some(verb) = cue.verb else { return after(scene, cue.end) };
    if scene.word(cue.end) == word("by") {
        return after(scene, cue.end + 1);
    }
    if follows_quotation(scene, cue)
        && let Some(source) = after(scene, cue.end)
    {
        return Some(source);
    }
    if verb.form == Form::Gerund || joins(scene, cue.first) {
        let sentence = scene.document.sentence_of(cue.head)?.first as usize;
        let earlier = place.checked_sub(1).filter(|earlier| cues.get(*earlier).is_some_and(|c| c.head >= sentence));
        if let Some(earlier) = earlier {
            return find_bounded(scene, cues, earlier);
        }
        return subject_of_sentence(scene, sentence, cue.first);
    }
    before(scene, cue.first).or_else(|| {
        let sentence = scene.document.sentence_of(cue.head)?.first as usize;
        subject_of_sentence(scene, sentence, cue.first)
    })
}

/// The source of an earlier cue, without going further back than that one.
fn find_bounded(scene: &Scene<'_>, cues: &[Cue], place: usize) -> Option<Source> {
    let cue = cues.get(place)?;
    if cue.verb.is_none() || scene.word(cue.end) == word("by") {
        return find(scene, cues, place);
    }
    before(scene, cue.first).or_else(|| {
        let sentence = scene.document.sentence_of(cue.head)?.first as usize;
        subject_of_sentence(scene, sentence, cue.first)
    })
}

/// Whether the cue stands right after a quotation ("…," said Ana).
fn follows_quotation(scene: &Scene<'_>, cue: &Cue) -> bool {
    let mut at = cue.first;
    while at > 0 && scene.document.shape_at(at - 1).has(Shape::PUNCTUATION) && !scene.is_quoted(at - 1) {
        at -= 1;
    }
    at > 0 && scene.is_quoted(at - 1)
}

fn joins(scene: &Scene<'_>, first: usize) -> bool {
    first
        .checked_sub(1)
        .is_some_and(|at| [word("and"), word("but"), word("or"), word("then")].contains(&scene.word(at)))
}

/// The phrase that starts at `first`.
fn after(scene: &Scene<'_>, first: usize) -> Option<Source> {
    let limit = scene.document.sentence_of(first)?.end as usize;
    if PRONOUNS.contains(&scene.word(first)) {
        return Some(Source { first, end: first + 1 });
    }
    let mut at = first;
    while at < limit && at < first + 12 {
        if let Some(mention) = scene.cast.mention_at(at) {
            return Some(Source { first: mention.first as usize, end: mention.end as usize });
        }
        let shape = scene.document.shape_at(at);
        if shape.has(Shape::PUNCTUATION) || scene.is_quoted(at) || at > first && BREAKS.contains(&scene.word(at)) {
            break;
        }
        at += 1;
    }
    (at > first && !scene.is_quoted(first)).then_some(Source { first, end: at })
}

/// The phrase that ends right before `end`, auxiliaries, clauses between commas and times skipped.
fn before(scene: &Scene<'_>, end: usize) -> Option<Source> {
    let start = scene.document.sentence_of(end)?.first as usize;
    let mut at = end;
    while at > start && is_auxiliary(scene, at - 1) {
        at -= 1;
    }
    if at > start && scene.word(at - 1) == word(",") {
        let comma =
            (start..at - 1).rev().take(30).find(|index| scene.word(*index) == word(",") && !scene.is_quoted(*index));
        at = comma.unwrap_or(at - 1);
    }
    if at > start && [word("who"), word("which"), word("that")].contains(&scene.word(at - 1)) {
        at -= 1;
        if at > start && scene.word(at - 1) == word(",") {
            at -= 1;
        }
    }
    phrase_ending(scene, start, at)
}

fn phrase_ending(scene: &Scene<'_>, start: usize, end: usize) -> Option<Source> {
    let last = end.checked_sub(1).filter(|last| *last >= start)?;
    if scene.is_quoted(last) {
        return None;
    }
    if PRONOUNS.contains(&scene.word(last)) {
        return Some(Source { first: last, end });
    }
    if let Some(mention) = scene.cast.mention_at(last) {
        let first = mention.first as usize;
        let found = Source { first, end: mention.end as usize };
        let hangs = first > start && HANGERS.contains(&scene.word(first - 1))
            || first > start + 1 && HANGERS.contains(&scene.word(first - 2)) && scene.word(first - 1) == word("the");
        if hangs {
            let at = if HANGERS.contains(&scene.word(first - 1)) { first - 1 } else { first - 2 };
            return phrase_ending(scene, start, at).or(Some(found));
        }
        return Some(found);
    }
    if !scene.document.shape_at(last).has(Shape::LETTERS) || BREAKS.contains(&scene.word(last)) {
        return None;
    }
    let mut first = last;
    while first > start {
        let word = scene.word(first - 1);
        if DETERMINERS.contains(&scene.word(first)) && !scene.document.shape_at(first - 1).has(Shape::POSSESSIVE) {
            break;
        }
        if scene.document.shape_at(first - 1).has(Shape::PUNCTUATION)
            || scene.is_quoted(first - 1)
            || BREAKS.contains(&word)
            || last - first > 6
        {
            break;
        }
        first -= 1;
    }
    Some(Source { first, end })
}

/// The first pronoun or mention of the sentence, before `limit`.
fn subject_of_sentence(scene: &Scene<'_>, start: usize, limit: usize) -> Option<Source> {
    let mut at = start;
    while at < limit {
        if scene.is_quoted(at) {
            at += 1;
            continue;
        }
        if PRONOUNS.get(..6).is_some_and(|pronouns| pronouns.contains(&scene.word(at))) {
            return Some(Source { first: at, end: at + 1 });
        }
        if let Some(mention) = scene.cast.mention_at(at) {
            let speaks = scene.cast.entities.get(mention.entity.0 as usize).is_some_and(|entity| {
                matches!(entity.kind, super::EntityKind::Person | super::EntityKind::Organization)
            });
            if speaks {
                return Some(Source { first: mention.first as usize, end: mention.end as usize });
            }
        }
        at += 1;
    }
    None
}
