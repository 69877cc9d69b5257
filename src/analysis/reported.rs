//! What is said around the cues: direct quotes with their cue and source, and the contents of reported speech.

use super::cues::{Cue, Scene};
use super::marks::Stretch;
use super::sources::{self, Source};
use super::speakers::Speakers;
use super::token::{Shape, word};
use super::verbs::Uses;
use super::{Quote, QuoteKind};
use crate::text::Span;

/// All quotes of the scene, in order.
#[must_use]
pub fn quotes(scene: &Scene<'_>, cues: &[Cue], speech: &[bool], speakers: &mut Speakers<'_>) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut previous: Option<(Stretch, Option<super::EntityId>)> = None;
    for (stretch, is_speech) in scene.stretches.iter().zip(speech) {
        if !is_speech {
            continue;
        }
        let cue = nearest_cue(scene, cues, stretch);
        let cue =
            cue.filter(|(place, gap)| previous.is_none() || *gap < 12 || same_sentence(scene, cues, *place, stretch));
        let source = cue.and_then(|(place, _)| sources::find(scene, cues, place));
        let speaker = match source {
            Some(source) => speakers.resolve(source),
            None => previous.and_then(|(_, speaker)| speaker).or(speakers.last()),
        };
        previous = Some((*stretch, speaker));
        found.push(Quote {
            kind: QuoteKind::Direct,
            span: stretch.span,
            speaker,
            source: source.map(|source| span(scene, source)),
            cue: cue.and_then(|(place, _)| cues.get(place)).map(|cue| scene.document.span_of(cue.first, cue.end)),
            confidence: if source.is_some() { 0.9 } else { 0.6 },
        });
    }
    for (place, cue) in cues.iter().enumerate() {
        if let Some(content) = content(scene, cue) {
            let Some(source) = sources::find(scene, cues, place) else { continue };
            let mixed = found.iter().any(|quote| content.overlaps(quote.span));
            let kind = if mixed { QuoteKind::Mixed } else { QuoteKind::Indirect };
            found.push(Quote {
                kind,
                span: content,
                speaker: speakers.resolve(source),
                source: Some(span(scene, source)),
                cue: Some(scene.document.span_of(cue.first, cue.end)),
                confidence: 0.7,
            });
        }
    }
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found
}

fn span(scene: &Scene<'_>, source: Source) -> Span {
    scene.document.span_of(source.first, source.end)
}

fn same_sentence(scene: &Scene<'_>, cues: &[Cue], place: usize, stretch: &Stretch) -> bool {
    let Some(cue) = cues.get(place) else { return false };
    let sentence = |index: usize| scene.document.tokens.get(index).map(|token| token.sentence);
    let first = scene.document.token_at(stretch.span.start);
    let last = scene.document.token_at(stretch.span.end.saturating_sub(1));
    sentence(cue.head) == sentence(first) || sentence(cue.head) == sentence(last)
}

/// The cue of a direct quote: the place of the best one in its paragraph and how many tokens lie between.
fn nearest_cue(scene: &Scene<'_>, cues: &[Cue], stretch: &Stretch) -> Option<(usize, usize)> {
    let first = scene.document.token_at(stretch.span.start);
    let last = scene.document.token_at(stretch.span.end.saturating_sub(1));
    let paragraph = scene.document.paragraph_of(first)?;
    let split = cues.partition_point(|cue| cue.head < first);
    let sentence_end = scene.document.sentence_of(last)?.end as usize;
    let after = cues.get(split).filter(|cue| cue.head < sentence_end && cue.head <= last + 12);
    let blocked = after.is_some_and(|cue| (last + 1..cue.first).any(|index| scene.is_quoted(index)));
    let after = after.filter(|_| !blocked).map(|cue| (split, cue.first.saturating_sub(last)));
    let before = split.checked_sub(1).and_then(|place| cues.get(place).map(|cue| (place, cue)));
    let before = before.filter(|(_, cue)| cue.head >= paragraph.first as usize);
    let before = before.map(|(place, cue)| (place, first.saturating_sub(cue.end)));
    match (before, after) {
        (Some((_, gap)), Some(after)) if gap > 3 => Some(after),
        (None, after) => after,
        (before, _) => before,
    }
}

/// What follows a cue as reported speech, up to the end of its sentence.
fn content(scene: &Scene<'_>, cue: &Cue) -> Option<Span> {
    let sentence = scene.document.sentence_of(cue.head)?;
    let end = sentence.end as usize;
    let mut first = cue.end;
    match cue.verb {
        None => {
            let comma = (first..end.min(first + 12)).find(|index| scene.word(*index) == word(","));
            first = comma? + 1;
        }
        Some(verb) if verb.uses.has(Uses::SAYS) => {
            let that = (first..end.min(first + 8)).find(|index| scene.word(*index) == word("that"));
            match that {
                Some(that) if !(first..that).any(|index| scene.is_quoted(index)) => first = that + 1,
                _ if verb.uses.has(Uses::WEAK) || verb.uses.has(Uses::HEARER) => return None,
                _ => {}
            }
        }
        Some(_) => return None,
    }
    let last = (first..end).rev().find(|index| !scene.document.shape_at(*index).has(Shape::TERMINATOR))?;
    if last < first + 2 || scene.document.shape_at(first).has(Shape::PUNCTUATION) {
        return None;
    }
    Some(scene.document.span_of(first, last + 1))
}
