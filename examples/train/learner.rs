//! An averaged perceptron over hashed features, and how its weights become a table.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use pullquote::analysis::syntax::features::{Feature, Weights};
use pullquote::analysis::verbs::Unhashed;

/// Weights that learn.
pub struct Learner<const N: usize> {
    places: HashMap<Feature, usize, BuildHasherDefault<Unhashed>>,
    rows: Vec<Row<N>>,
    now: i64,
}

struct Row<const N: usize> {
    feature: Feature,
    weights: [i32; N],
    totals: [i64; N],
    /// When the totals were last brought up to date.
    stamp: i64,
    /// How many articles it was seen in since it was made, and the last of them.
    articles: u32,
    last: usize,
}

impl<const N: usize> Weights<N> for Learner<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        if let Some(row) = self.places.get(&key(feature)).and_then(|place| self.rows.get(*place)) {
            for (score, weight) in scores.iter_mut().zip(&row.weights) {
                *score += weight;
            }
        }
    }
}

impl<const N: usize> Learner<N> {
    pub fn new() -> Self {
        Self { places: HashMap::default(), rows: Vec::new(), now: 1 }
    }

    /// Notes that `features` were seen in `article`, and moves the clock on.
    pub fn see(&mut self, features: &[Feature], article: usize) {
        self.now += 1;
        for feature in features {
            if let Some(row) = self.places.get(&key(*feature)).and_then(|place| self.rows.get_mut(*place))
                && row.last != article
            {
                row.last = article;
                row.articles += 1;
            }
        }
    }

    /// Raises the weights of `right` and lowers those of `wrong`.
    pub fn update(&mut self, features: &[Feature], right: usize, wrong: usize, article: usize) {
        for feature in features {
            let rows = &mut self.rows;
            let place = *self.places.entry(key(*feature)).or_insert_with(|| {
                rows.push(Row {
                    feature: *feature,
                    weights: [0; N],
                    totals: [0; N],
                    stamp: self.now,
                    articles: 1,
                    last: article,
                });
                rows.len() - 1
            });
            if let Some(row) = self.rows.get_mut(place) {
                row.catch_up(self.now);
                row.weights[right] += 1;
                row.weights[wrong] -= 1;
            }
        }
    }

    /// The averaged weights, scaled: only features seen in at least `articles` articles, and only rows with a
    /// weight of at least `least` once they are scaled.
    pub fn rows(&mut self, articles: u32, least: i8) -> Vec<(Feature, [i8; N])> {
        let now = self.now;
        let mut sizes = Vec::new();
        for row in &mut self.rows {
            row.catch_up(now);
            if row.articles >= articles {
                sizes.extend(row.totals.iter().map(|total| total.abs()).max());
            }
        }
        sizes.sort_unstable();
        let largest = sizes.get(sizes.len() * 9995 / 10_000).copied().unwrap_or(1).max(1);
        let mut rows: Vec<(Feature, [i8; N])> = Vec::new();
        for row in self.rows.iter().filter(|row| row.articles >= articles) {
            let weights = row.totals.map(|total| {
                let scaled = (total * 127 + total.signum() * largest / 2) / largest;
                i8::try_from(scaled.clamp(-127, 127)).unwrap_or_default()
            });
            if weights.iter().any(|weight| weight.abs() >= least) {
                rows.push((row.feature, weights));
            }
        }
        rows.sort_unstable_by_key(|(feature, _)| *feature);
        println!("  {} of {} features kept", rows.len(), self.rows.len());
        rows
    }
}

impl<const N: usize> Row<N> {
    fn catch_up(&mut self, now: i64) {
        for (total, weight) in self.totals.iter_mut().zip(&self.weights) {
            *total += i64::from(*weight) * (now - self.stamp);
        }
        self.stamp = now;
    }
}

/// The key of a feature: the map goes by the low bits, where a feature's hash is weakest.
const fn key(feature: Feature) -> Feature {
    feature ^ (feature >> 32)
}

/// A small generator of numbers that look random, the same in every run.
pub struct Shuffle(u64);

impl Shuffle {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or_default();
            items.swap(at, other);
        }
    }
}
