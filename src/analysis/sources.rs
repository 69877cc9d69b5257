//! The phrase that names the speaker at a cue: candidates in the cue's sentence, ranked by a linear scorer.
//!
//! Units: token indexes.

mod features;
mod phrase;

pub use features::{absent_features, bucket, features, path};
pub use phrase::phrase;

use super::EntityKind;
use super::cues::Cue;
use super::scene::{Part, Scene};
use super::scorer::Scorer;
use super::syntax::{Label, Tag};
use super::token::word;

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
        source: head.map(|head| phrase(scene, cue, phrase::whole(scene, cue, phrase::settle(scene, cue, head)))),
        probability: 1.0 / sum,
        second: second.and_then(|(score, head)| Some((head?, (score - top).exp() / sum))),
    }
}
