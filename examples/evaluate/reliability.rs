//! How far the engine's confidence can be believed: quotes by how sure it is, and how many of them are right.

use std::fmt;

use pullquote::analysis::{Analysis, QuoteKind};

use crate::judge::gold::Article;
use crate::judge::score::share;
use crate::judge::verdicts::verdicts;

/// Bins of equal width between 0 and 1.
const BINS: usize = 10;

/// Quotes of one sort.
#[derive(Clone, Debug, Default)]
struct Sort {
    /// How sure the engine is of each, and whether it is right.
    quotes: Vec<(f32, bool)>,
    /// Quotes without a speaker.
    unknown: usize,
}

/// The tables for direct and for reported speech.
#[derive(Clone, Debug, Default)]
pub struct Reliability {
    direct: Sort,
    reported: Sort,
}

impl Reliability {
    /// Adds what was found in one article.
    pub fn add(&mut self, article: &Article, analysis: &Analysis) {
        for (quote, verdict) in analysis.quotes.iter().zip(verdicts(article, analysis)) {
            let sort = if quote.kind == QuoteKind::Direct { &mut self.direct } else { &mut self.reported };
            sort.unknown += usize::from(quote.speaker.is_none());
            sort.quotes.extend(verdict.map(|right| (quote.confidence, right)));
        }
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, sort) in [("direct", &self.direct), ("reported", &self.reported)] {
            writeln!(f, "\n{name}: {} quotes with a speaker, {} without", sort.quotes.len(), sort.unknown)?;
            sort.table(f)?;
        }
        Ok(())
    }
}

impl Sort {
    #[expect(clippy::cast_precision_loss, reason = "counts of annotations are small")]
    fn table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>12}{:>8}{:>8}{:>8}", "confidence", "quotes", "mean", "right")?;
        let (mut gap, mut error) = (0.0, 0.0);
        for bin in 0..BINS {
            let inside: Vec<_> = self.quotes.iter().filter(|(sure, _)| bin_of(*sure) == bin).collect();
            if inside.is_empty() {
                continue;
            }
            let mean = inside.iter().map(|(sure, _)| f64::from(*sure)).sum::<f64>() / inside.len() as f64;
            let right = share(inside.iter().filter(|(_, right)| *right).count(), inside.len());
            gap += (mean - right).abs() * share(inside.len(), self.quotes.len());
            let range = format!("{:.1}-{:.1}", bin as f64 / BINS as f64, (bin + 1) as f64 / BINS as f64);
            writeln!(f, "{range:>12}{:>8}{:>7.1}%{:>7.1}%", inside.len(), 100.0 * mean, 100.0 * right)?;
        }
        for (sure, right) in &self.quotes {
            error += (f64::from(*sure) - f64::from(u8::from(*right))).powi(2) / self.quotes.len() as f64;
        }
        writeln!(f, "calibration error {:.1}%, Brier score {error:.3}", 100.0 * gap)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability times ten")]
fn bin_of(sure: f32) -> usize {
    ((sure * BINS as f32) as usize).min(BINS - 1)
}
