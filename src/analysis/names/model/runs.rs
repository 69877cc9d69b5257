//! Runs of capitals: tokens with a capital side by side, where names stand, and where else each of their words does.

use crate::analysis::names::uses::WordMap;
use crate::analysis::token::{Document, Shape, Word};

/// A run is cut after so many tokens.
const FAR: usize = 12;

/// So many places of a word are looked at for any other.
const PLACES: usize = 4;

/// Capitalised tokens of one sentence, side by side; empty for a token that is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    first: u32,
    end: u32,
}

impl Run {
    /// Index of its first token.
    pub fn first(self) -> usize {
        self.first as usize
    }

    /// One past the index of its last token.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Where in it the token `at` stands, from both ends.
    pub fn place(self, at: usize) -> u64 {
        let (before, after) = (at.saturating_sub(self.first()), self.end().saturating_sub(at + 1));
        before.min(3) as u64 * 4 + after.min(3) as u64
    }

    /// The word so many tokens before (less than 0) or after the run, if it is of its sentence; else 1.
    pub fn around(self, document: &Document<'_>, offset: isize) -> Word {
        let there = if offset < 0 {
            self.first().checked_add_signed(offset)
        } else {
            self.end().checked_add_signed(offset - 1)
        };
        let sentence = document.tokens.get(self.first()).map(|token| token.sentence);
        let token = there.and_then(|there| document.tokens.get(there));
        token.filter(|token| Some(token.sentence) == sentence).map_or(1, |token| token.word)
    }
}

/// The first few places of a word with a capital.
#[derive(Clone, Copy, Debug, Default)]
struct Places {
    at: [u32; PLACES],
    count: usize,
}

/// The runs of one document.
pub struct Runs {
    /// The run of each token.
    of: Vec<Run>,
    places: WordMap<Places>,
}

impl Runs {
    /// Finds the runs of `document` and gathers where each word stands in one.
    pub fn find(document: &Document<'_>) -> Self {
        let capital = |at: usize| document.shape_at(at).any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL));
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut runs = Self { of: vec![Run::default(); document.tokens.len()], places: WordMap::default() };
        for sentence in &document.sentences {
            let mut at = sentence.first as usize;
            while at < sentence.end as usize {
                if !capital(at) {
                    at += 1;
                    continue;
                }
                let limit = (sentence.end as usize).min(at + FAR);
                let end = (at..limit).find(|at| !capital(*at)).unwrap_or(limit);
                for inside in at..end {
                    if let Some(run) = runs.of.get_mut(inside) {
                        *run = Run { first: index(at), end: index(end) };
                    }
                    let known = runs.places.entry(document.word_at(inside)).or_default();
                    if let Some(place) = known.at.get_mut(known.count) {
                        *place = index(inside);
                        known.count += 1;
                    }
                }
                at = end;
            }
        }
        runs
    }

    /// The run that holds the token `at`; empty where none does.
    pub fn of(&self, at: usize) -> Run {
        self.of.get(at).copied().unwrap_or_default()
    }

    /// The first places of `word`, those in `run` left out; none for the word of an empty run.
    pub fn elsewhere(&self, word: Word, run: Run) -> impl Iterator<Item = usize> + '_ {
        let known = self.places.get(&word).filter(|_| run != Run::default());
        let places = known.map_or([].as_slice(), |places| places.at.get(..places.count).unwrap_or_default());
        places.iter().map(|place| *place as usize).filter(move |place| self.of(*place) != run)
    }
}
