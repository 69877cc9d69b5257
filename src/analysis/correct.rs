//! A reader's corrections of an analysis: kept beside it, and applied again whenever the article is analysed again.
//!
//! A correction names a quote by its words and an entity by its name, never by an index, so it finds them in the work
//! of another engine and in a new version of the text.

mod names;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use super::{Analysis, Basis, EntityKind, Evidence, Quote, QuoteKind};
use crate::text::Span;
use names::{is_same, merge, named_or_new, position, split};

/// What a reader says is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Who says a quote.
    Speaker {
        /// Which quote.
        quote: Anchor,
        /// The speaker's name; `None` where the text does not tell.
        speaker: Option<String>,
    },
    /// How a quote gives the words.
    Kind {
        /// Which quote.
        quote: Anchor,
        /// Its kind; `None` where it is no quote at all.
        kind: Option<QuoteKind>,
    },
    /// What an entity is.
    Entity {
        /// Its name.
        name: String,
        /// Its kind.
        kind: EntityKind,
    },
    /// That a passage gives somebody's words, which the engine did not see, or saw otherwise.
    Quote {
        /// Which passage.
        passage: Anchor,
        /// How it gives the words.
        kind: QuoteKind,
        /// The speaker's name; `None` where the text does not tell.
        speaker: Option<String>,
    },
    /// That two entities are one.
    Merge {
        /// The name of the one that goes.
        name: String,
        /// The name of the one that stays.
        into: String,
    },
    /// That one entity is two: what goes by one form of its name is somebody else.
    Split {
        /// The name of the one that stays.
        name: String,
        /// The form by which the other one goes: its name from now on.
        form: String,
    },
}

/// Names a quote by its words and by what stands around them (a text-quote selector of the Web Annotation model), so
/// that it is found where the same words are said more than once, and after the text has grown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Byte where the quote stood: of several places that the text around does not tell apart, the nearest is meant.
    pub start: usize,
    /// Its words, as [`Span::of`] gives them.
    pub words: String,
    /// The last characters before them.
    pub before: String,
    /// The first characters behind them.
    pub after: String,
}

/// Characters kept on each side of a quote.
const AROUND: usize = 32;

impl Anchor {
    /// The anchor of the quote at `span` of `text`.
    #[must_use]
    pub fn new(span: Span, text: &str) -> Self {
        let head = text.get(..span.start).unwrap_or_default();
        let first = head.char_indices().rev().take(AROUND).last().map_or(span.start, |(at, _)| at);
        let before = head.get(first..).unwrap_or_default().to_owned();
        let after = text.get(span.end..).unwrap_or_default().chars().take(AROUND).collect();
        Self { start: span.start, words: span.of(text).to_owned(), before, after }
    }

    /// Where its words stand in `text`.
    #[must_use]
    pub fn place(&self, text: &str) -> Option<Span> {
        let places = text.match_indices(self.words.as_str()).filter(|(_, words)| !words.is_empty());
        let best = places.max_by_key(|(at, words)| {
            let before = text.get(..*at).unwrap_or_default().bytes().rev();
            let after = text.get(at + words.len()..).unwrap_or_default().bytes();
            let around = same(before, self.before.bytes().rev()) + same(after, self.after.bytes());
            (around, Reverse(at.abs_diff(self.start)))
        });
        best.map(|(at, words)| Span::new(at, at + words.len()))
    }

    /// The index of the quote it names, in `analysis` of `text`; `None` where there is none. Another engine may begin or end it elsewhere, so it is
    /// the one that shares most with its place, and more than half.
    #[must_use]
    pub fn find(&self, analysis: &Analysis, text: &str) -> Option<usize> {
        let place = self.place(text)?;
        let shares = |quote: &Quote| (quote.span.intersection(place).len(), quote.span.union(place).len());
        let quotes = analysis.quotes.iter().map(shares).enumerate();
        let most = quotes.filter(|(_, (shared, all))| 2 * shared > *all);
        most.max_by_key(|(_, (shared, all))| (*shared, Reverse(*all))).map(|(index, _)| index)
    }
}

/// How many bytes are the same before the first that differs.
fn same(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

impl Correction {
    /// Applies the correction to `analysis` of `text`; says whether what it corrects was found.
    pub fn apply(&self, analysis: &mut Analysis, text: &str) -> bool {
        match self {
            Self::Speaker { quote, speaker } => {
                let Some(index) = quote.find(analysis, text) else { return false };
                let speaker = speaker.as_deref().map(|name| named_or_new(analysis, name));
                for index in whole(analysis, index) {
                    let Some(quote) = analysis.quotes.get_mut(index) else { continue };
                    // What the engine took for the source named somebody else.
                    if quote.speaker != speaker {
                        quote.source = None;
                    }
                    quote.speaker = speaker;
                    quote.confidence = 1.0;
                    quote.evidence = by_hand();
                }
                true
            }
            Self::Kind { quote, kind } => {
                let Some(index) = quote.find(analysis, text) else { return false };
                match (kind, analysis.quotes.get_mut(index)) {
                    (Some(kind), Some(quote)) => quote.kind = *kind,
                    _ => whole(analysis, index).into_iter().rev().for_each(|index| {
                        analysis.quotes.remove(index);
                    }),
                }
                true
            }
            Self::Quote { passage, kind, speaker } => {
                let Some(span) = passage.place(text) else { return false };
                let speaker = speaker.as_deref().map(|name| named_or_new(analysis, name));
                let evidence = by_hand();
                let quote = Quote { kind: *kind, span, speaker, source: None, cue: None, confidence: 1.0, evidence };
                insert(analysis, quote);
                true
            }
            Self::Entity { name, kind } => {
                let entity = position(analysis, name).and_then(|index| analysis.entities.get_mut(index));
                entity.map(|entity| entity.kind = *kind).is_some()
            }
            Self::Merge { name, into } => match (position(analysis, name), position(analysis, into)) {
                (Some(from), Some(into)) if from != into => {
                    merge(analysis, from, into);
                    true
                }
                _ => false,
            },
            Self::Split { name, form } => {
                position(analysis, name).is_some_and(|index| split(analysis, index, form, text))
            }
        }
    }

    /// The quote or passage that it corrects; `None` where it corrects a name.
    #[must_use]
    pub const fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Speaker { quote, .. } | Self::Kind { quote, .. } | Self::Quote { passage: quote, .. } => Some(quote),
            Self::Entity { .. } | Self::Merge { .. } | Self::Split { .. } => None,
        }
    }

    /// Whether it says what the entity with one of `names` is, or who is behind one of them.
    #[must_use]
    pub fn is_about(&self, names: &[&str]) -> bool {
        let is_it = |name: &str| names.iter().any(|known| is_same(known, name));
        match self {
            Self::Entity { name, .. } => is_it(name),
            Self::Merge { name: one, into: other } | Self::Split { name: one, form: other } => {
                is_it(one) || is_it(other)
            }
            Self::Speaker { .. } | Self::Kind { .. } | Self::Quote { .. } => false,
        }
    }
}

/// The quote at `index` with the words in quotation marks inside it that are its speaker's too, in order: to a reader they
/// are one.
fn whole(analysis: &Analysis, index: usize) -> Vec<usize> {
    let Some(outer) = analysis.quotes.get(index) else { return Vec::new() };
    let is_part =
        |quote: &Quote| outer.span.covers(quote.span) && quote.span != outer.span && quote.speaker == outer.speaker;
    let quotes = analysis.quotes.iter().enumerate();
    quotes.filter(|(at, quote)| *at == index || is_part(quote)).map(|(at, _)| at).collect()
}

/// What speaks for a speaker whom a reader named.
fn by_hand() -> Evidence {
    Evidence { basis: Basis::Correction, ..Evidence::default() }
}

/// Adds `quote` where it belongs. What it crosses or covers goes, but for words in quotation marks inside reported
/// speech; a quote that it lies within stays around it.
fn insert(analysis: &mut Analysis, quote: Quote) {
    let span = quote.span;
    analysis.quotes.retain(|other| {
        let around = other.span.covers(span) && other.span != span;
        let inside = span.covers(other.span) && span != other.span;
        let quoted = inside && other.kind == QuoteKind::Direct && quote.kind != QuoteKind::Direct;
        around || quoted || !other.span.overlaps(span)
    });
    let key = |quote: &Quote| (quote.span.start, Reverse(quote.span.end));
    let place = analysis.quotes.partition_point(|other| key(other) <= key(&quote));
    analysis.quotes.insert(place, quote);
}
