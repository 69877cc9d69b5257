//! Learns how sure an attribution is, from attributions that the scorers had not seen: logistic regression over a few
//! signs, by Newton's method, so that the same articles give the same weights.

use pullquote::analysis::confidence::{Calibration, NAMES, Signs};
use pullquote::analysis::{Analysis, QuoteKind};

use crate::judge::gold::Article;
use crate::judge::verdicts::verdicts;

/// Where the weights are kept.
pub const FILE: &str = "assets/model/confidence.txt";

/// How strongly weights, but for the first, are pulled to 0.
const DECAY: f64 = 1.0;
const ROUNDS: usize = 40;
const COUNT: usize = NAMES.len();

/// An attribution: what speaks for it, whether it is right, and the part of the articles that it is from.
type Seen = (Signs, bool, u8);

/// Attributions of articles that the weights never saw.
#[derive(Default)]
pub struct Calibrator {
    direct: Vec<Seen>,
    reported: Vec<Seen>,
}

impl Calibrator {
    /// Adds what was found in an article of `part`: 0 is only learned from, 1 and 2 judge each other.
    pub fn add(&mut self, article: &Article, analysis: &Analysis, signs: &[Signs], part: u8) {
        for ((quote, verdict), signs) in analysis.quotes.iter().zip(verdicts(article, analysis)).zip(signs) {
            let seen = if quote.kind == QuoteKind::Direct { &mut self.direct } else { &mut self.reported };
            seen.extend(verdict.map(|right| (*signs, right, part)));
        }
    }

    /// The weights; speakers less likely than `least` are to be unknown.
    pub fn learn(&self, least: f32) -> Calibration {
        for (name, seen) in [("direct", &self.direct), ("reported", &self.reported)] {
            let right = seen.iter().filter(|(_, right, _)| *right).count();
            println!("{name}: {right} of {} speakers right", seen.len());
        }
        let all = |_: u8| true;
        Calibration { direct: fit(&self.direct, all), reported: fit(&self.reported, all), least }
    }

    /// The weights without those of `part`.
    pub fn without(&self, part: u8) -> Calibration {
        let others = |other: u8| other != part;
        Calibration { direct: fit(&self.direct, others), reported: fit(&self.reported, others), least: 0.0 }
    }

    /// The weights as a file, with what each of them is for.
    pub fn file(&self, least: f32) -> String {
        let text = self.learn(least).text();
        format!(
            "# By `cargo run --release --example train -- DATA_DIR GOLD_DIR confidence`. Weights of:\n# {}.\n{text}",
            NAMES.join("; ")
        )
    }
}

/// The weights that make what was seen in the `wanted` parts the likeliest.
fn fit(seen: &[Seen], wanted: impl Fn(u8) -> bool) -> Signs {
    let mut weights = [0.0_f64; COUNT];
    for _ in 0..ROUNDS {
        let mut slope = [0.0_f64; COUNT];
        let mut bend = [[0.0_f64; COUNT]; COUNT];
        for place in 0..COUNT {
            let decay = if place == 0 { 1e-3 } else { DECAY };
            slope[place] = -decay * weights[place];
            bend[place][place] = decay;
        }
        for (signs, right, _) in seen.iter().filter(|(_, _, part)| wanted(*part)) {
            let signs = signs.map(f64::from);
            let score: f64 = weights.iter().zip(&signs).map(|(weight, sign)| weight * sign).sum();
            let sure = 1.0 / (1.0 + (-score).exp());
            for (row, sign) in signs.iter().enumerate() {
                slope[row] += sign * (f64::from(u8::from(*right)) - sure);
                for (column, other) in signs.iter().enumerate() {
                    bend[row][column] += sign * other * sure * (1.0 - sure);
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solved(bend, slope)) {
            *weight += step;
        }
    }
    weights.map(|weight| weight as f32)
}

/// The solution of a system of linear equations whose matrix is positive definite.
fn solved(mut matrix: [[f64; COUNT]; COUNT], mut sides: [f64; COUNT]) -> [f64; COUNT] {
    for pivot in 0..COUNT {
        for row in pivot + 1..COUNT {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            for (cell, other) in matrix[row].iter_mut().zip(above).skip(pivot) {
                *cell -= factor * other;
            }
            sides[row] -= factor * sides[pivot];
        }
    }
    for pivot in (0..COUNT).rev() {
        let known: f64 = (pivot + 1..COUNT).map(|column| matrix[pivot][column] * sides[column]).sum();
        sides[pivot] = (sides[pivot] - known) / matrix[pivot][pivot];
    }
    sides
}
