//! Linear scorers over hashed features: one number for one candidate.

use super::syntax::features::{Feature, Weights as _};
use super::syntax::table::Table;

/// The weights of one decision.
#[derive(Clone, Debug, Default)]
pub struct Scorer {
    table: Table<1>,
    /// What one unit of weight is worth.
    scale: f32,
}

impl Scorer {
    /// Reads a scorer from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (scale, bytes) = bytes.split_first_chunk()?;
        let (table, rest) = Table::read(bytes)?;
        Some((Self { table, scale: f32::from_le_bytes(*scale) }, rest))
    }

    /// A scorer of `rows`, one unit of weight being worth `scale`.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; 1])], scale: f32) -> Self {
        Self { table: Table::build(rows), scale }
    }

    /// The bytes that [`Scorer::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        [&self.scale.to_le_bytes(), self.table.bytes()].concat()
    }

    /// The score of a candidate: the logarithm of its odds where the scorer decides yes or no.
    #[must_use]
    pub fn score(&self, features: &[Feature]) -> f32 {
        let [sum] = self.table.scores(features);
        #[expect(clippy::cast_precision_loss, reason = "a few dozen weights of at most 127 each")]
        let sum = sum as f32;
        sum * self.scale
    }
}

/// The probability that belongs to a score.
#[must_use]
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
