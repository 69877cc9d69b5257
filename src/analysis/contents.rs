//! What is said at a cue: where reported speech begins and ends, by ranking boundaries.
//!
//! Units: token indexes. The content lies right of its cue or left of it; its inner boundary stands near the cue, its
//! outer one at a clause or sentence boundary. Each is chosen among candidates by a linear scorer.

mod features;

pub use features::{inner_features, outer_features};

use super::cues::Cue;
use super::scene::{Scene, THAT};
use super::scorer::Scorer;
use super::sources::Source;
use super::syntax::{Label, Tag};
use super::token::{Word, word};
use super::verbs::Uses;

/// The scorers of contents.
#[derive(Clone, Debug, Default)]
pub struct Scorers {
    /// For the side and the inner boundary together.
    pub inner: Scorer,
    /// For the outer boundary.
    pub outer: Scorer,
}

/// The content of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
}

/// A boundary: the content goes right from it, or left up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inner {
    /// Index of the first token right of the boundary.
    pub at: usize,
    /// Whether the content lies right of it.
    pub right: bool,
}

/// How far behind the cue a content may begin, in tokens.
const START_REACH: usize = 14;
/// Fewest tokens of the first piece of a content that its cue interrupts: fewer are a "However".
const PIECE: usize = 2;
/// How long a content may be, in tokens, quoted stretches counted as one.
const LONGEST: usize = 120;

/// Where the content of `cue` may begin or, left of it, end.
pub fn inner_candidates(scene: &Scene<'_>, cue: &Cue, source: Option<&Source>, out: &mut Vec<Inner>) {
    out.clear();
    let (first, end) = scene.sentence(cue.head);
    let in_source = |at: usize| source.is_some_and(|source| source.first < at && at < source.end);
    for at in cue.end..end.min(cue.end + START_REACH) {
        let splits_stretch =
            at > 0 && scene.stretch_at(at).is_some() && scene.stretch_at(at) == scene.stretch_at(at - 1);
        let at_source = source.is_some_and(|source| source.first == at);
        if !splits_stretch && !in_source(at) && !at_source && !scene.tag(at).is_punctuation_outside(scene, at) {
            out.push(Inner { at, right: true });
        }
    }
    let group = source.map_or(cue.first, |source| if source.end <= cue.first { source.first } else { cue.first });
    for edge in [group, cue.first] {
        let mut at = edge;
        while at > first && scene.tag(at - 1).is_punctuation() && !scene.is_quoted(at - 1) {
            at -= 1;
        }
        if at > first && !out.iter().any(|inner| inner.at == at && !inner.right) {
            out.push(Inner { at, right: false });
        }
    }
}

impl Tag {
    fn is_punctuation_outside(self, scene: &Scene<'_>, at: usize) -> bool {
        self.is_punctuation() && !scene.is_quoted(at)
    }
}

/// Where a content with this inner boundary may end or, left of the cue, begin: one past its last or its first token.
pub fn outer_candidates(scene: &Scene<'_>, cue: &Cue, inner: Inner, out: &mut Vec<usize>) {
    out.clear();
    if inner.right { ends(scene, cue, inner.at, out) } else { starts(scene, inner.at, out) }
}

fn ends(scene: &Scene<'_>, cue: &Cue, from: usize, out: &mut Vec<usize>) {
    let (_, end) = scene.sentence(cue.head);
    let mut at = from;
    let mut length = 0;
    while at < end && length < LONGEST {
        if let Some(stretch) = scene.stretch_at(at) {
            at = scene.stretch_tokens(stretch).1.max(at + 1);
        } else {
            at += 1;
        }
        length += 1;
        if at >= end {
            break;
        }
        let boundary = scene.tag(at).is_punctuation() && !scene.is_quoted(at)
            || matches!(
                scene.tag(at),
                Tag::Conjunction | Tag::Preposition | Tag::To | Tag::When | Tag::Who | Tag::Which
            )
            || scene.is_quoted(at - 1)
            || scene.is_quoted(at)
            || matches!(scene.syntax.label(at), Label::Time | Label::Adverb)
            || scene.tag(at) == Tag::Gerund;
        if boundary && !scene.tag(at - 1).is_punctuation_outside(scene, at - 1) {
            out.push(at);
        }
    }
    let mut last = at.max(from + 1);
    while last > from + 1 && scene.tag(last - 1).is_punctuation() && !scene.is_quoted(last - 1) {
        last -= 1;
    }
    if out.last() != Some(&last) {
        out.push(last);
    }
}

fn starts(scene: &Scene<'_>, until: usize, out: &mut Vec<usize>) {
    let last = until.saturating_sub(1);
    let (first, _) = scene.sentence(last);
    let mut at = until;
    let mut length = 0;
    while at > first && length < LONGEST {
        at -= 1;
        length += 1;
        if let Some(stretch) = scene.stretch_at(at) {
            at = scene.stretch_tokens(stretch).0.min(at);
            out.push(at);
            continue;
        }
        let before = at.checked_sub(1).filter(|before| *before >= first);
        let boundary = before.is_none_or(|before| {
            scene.tag(before).is_punctuation()
                || matches!(scene.tag(before), Tag::Conjunction)
                || scene.word(before) == THAT
        });
        if boundary && !scene.tag(at).is_punctuation() {
            out.push(at);
        }
    }
    if out.is_empty() {
        out.push(at.min(until.saturating_sub(1)));
    }
}

/// The content of `cue`.
#[must_use]
pub fn find(scene: &Scene<'_>, cue: &Cue, source: Option<&Source>, scorers: &Scorers) -> Option<Content> {
    let mut features = Vec::new();
    let mut inners = Vec::new();
    inner_candidates(scene, cue, source, &mut inners);
    let best = inners.iter().map(|inner| {
        inner_features(scene, cue, source, *inner, &mut features);
        (scorers.inner.score(&features), *inner)
    });
    let (_, inner) = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let mut outers = Vec::new();
    outer_candidates(scene, cue, inner, &mut outers);
    let mut best: Option<(f32, usize)> = None;
    for place in 0..outers.len() {
        outer_features(scene, cue, inner, &outers, place, &mut features);
        let score = scorers.outer.score(&features);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, outers.get(place).copied()?));
        }
    }
    let (_, outer) = best?;
    let (first, end) = if inner.right { (inner.at, outer) } else { (outer, inner.at) };
    (first < end).then_some(Content { first, end })
}

/// The two pieces of a content that its cue and source interrupt between commas: "The bridge, Hugh Hill said, was safe."
#[must_use]
pub fn around(scene: &Scene<'_>, cue: &Cue, source: Option<&Source>) -> Option<[Content; 2]> {
    let source = source?;
    let (first, end) = (cue.first.min(source.first), cue.end.max(source.end));
    let beside = source.end == cue.first || cue.end == source.first;
    let says = scene.verbs.get(scene.word(cue.head)).is_some_and(|verb| verb.uses.has(Uses::SAYS));
    let finite = matches!(scene.tag(cue.head), Tag::Past | Tag::Third | Tag::Present);
    let (from, until) = scene.sentence(cue.head);
    let comma = |at: usize| scene.tag(at) == Tag::Comma && !scene.is_quoted(at);
    if !beside || !says || !finite || first < from + PIECE + 1 || !comma(first - 1) || !comma(end) {
        return None;
    }
    let stop = (end + 1..until).rev().take(LONGEST).find(|at| !scene.tag(*at).is_punctuation())? + 1;
    // What follows in other words is said by somebody else, or of somebody ("said, adding that", "said, who was").
    let goes_on = matches!(
        scene.tag(end + 1),
        Tag::Third
            | Tag::Past
            | Tag::Present
            | Tag::Modal
            | Tag::Preposition
            | Tag::To
            | Tag::Determiner
            | Tag::Pronoun
    );
    let pieces = [Content { first: from, end: first - 1 }, Content { first: end + 1, end: stop }];
    let plain = |piece: Content| {
        let size = piece.end.saturating_sub(piece.first);
        let apart = |at: usize| scene.is_quoted(at) || scene.word(at) == word("according");
        (PIECE..=LONGEST).contains(&size) && !(piece.first..piece.end).any(apart)
    };
    (goes_on && pieces.into_iter().all(plain)).then_some(pieces)
}

/// Whether the token at `index` is a "but" behind which somebody says no more: "but did not say why", "but declined to".
#[must_use]
pub fn breaks_off(scene: &Scene<'_>, index: usize) -> bool {
    const REFUSES: [Word; 2] = [word("declined"), word("refused")];
    if scene.word(index) != word("but") || scene.is_quoted(index) {
        return false;
    }
    let first = index + 1;
    let adverb = |at: &usize| scene.tag(*at) == Tag::Adverb;
    let verb = (first + 1..first + 4).find(|at| !adverb(at)).unwrap_or(first);
    let says = scene.verbs.get(scene.word(verb)).is_some_and(|verb| verb.uses.has(Uses::SAYS));
    REFUSES.contains(&scene.word(first)) || scene.word(first) == word("did") && scene.tag(verb) == Tag::Base && says
}

/// Whether the content opens with a "that" that does not belong to it.
#[must_use]
pub fn opens_with_that(scene: &Scene<'_>, content: &Content) -> bool {
    let first = content.first;
    scene.word(first) == THAT
        && content.end > first + 2
        && !scene.is_quoted(first)
        && (scene.syntax.label(first) == Label::Marker || scene.word(first + 1) != word("is"))
}
