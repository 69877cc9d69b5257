//! Linear scorers, trained by AdaGrad: yes or no over single candidates, or the best of a group of them.
//!
//! Features seen in fewer than three articles are left out before anything is learned.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use pullquote::analysis::scorer::Scorer;
use pullquote::analysis::syntax::features::{Feature, with};
use pullquote::analysis::verbs::Unhashed;

use crate::learner::Shuffle;

/// Fewest articles that a feature must be seen in.
const ARTICLES: u32 = 3;

/// Candidates among which at most one is right. A single one is a question of yes or no.
struct Group {
    /// Numbers of the features of each candidate.
    candidates: Vec<Vec<u32>>,
    right: Option<usize>,
    weight: f32,
}

/// Collects examples of one decision and learns from them.
pub struct Trainer {
    numbers: HashMap<u64, u32, BuildHasherDefault<Unhashed>>,
    features: Vec<Feature>,
    /// For each feature in how many articles it was seen, and the last of them.
    seen: Vec<(u32, usize)>,
    groups: Vec<Group>,
}

/// Settings of the learner.
#[derive(Clone, Copy)]
pub struct Settings {
    pub rounds: usize,
    pub rate: f32,
    /// How strongly weights are pulled to 0.
    pub decay: f32,
    /// Features whose weight stays below this are left out.
    pub least: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rounds: 8, rate: 0.15, decay: 1e-5, least: 0.02 }
    }
}

impl Trainer {
    pub fn new() -> Self {
        Self { numbers: HashMap::default(), features: Vec::new(), seen: Vec::new(), groups: Vec::new() }
    }

    /// Adds a group of candidates from `article`. With a `domain` other than 0 every feature is also learned for that
    /// domain alone.
    pub fn add(&mut self, candidates: &[Vec<Feature>], right: Option<usize>, weight: f32, article: usize, domain: u64) {
        let candidates = candidates.iter().map(|features| self.number(features, article, domain)).collect();
        self.groups.push(Group { candidates, right, weight });
    }

    pub fn len(&self) -> usize {
        self.groups.len()
    }

    fn number(&mut self, features: &[Feature], article: usize, domain: u64) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(features.len() * 2);
        for feature in features {
            numbers.push(self.number_of(*feature, article));
            if domain > 0 {
                numbers.push(self.number_of(with(*feature, domain), article));
            }
        }
        numbers
    }

    fn number_of(&mut self, feature: Feature, article: usize) -> u32 {
        let next = u32::try_from(self.features.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(feature ^ (feature >> 32)).or_insert(next);
        if number == next {
            self.features.push(feature);
            self.seen.push((0, usize::MAX));
        }
        let seen = &mut self.seen[number as usize];
        if seen.1 != article {
            *seen = (seen.0 + 1, article);
        }
        number
    }

    /// Learns, and gives the scorer for `domain`: what is common to all domains and what is its own.
    pub fn train(&mut self, settings: Settings, domains: &[u64]) -> Vec<Scorer> {
        let weights = self.learn(settings);
        domains.iter().map(|domain| self.scorer(&weights, settings, *domain)).collect()
    }

    fn learn(&mut self, settings: Settings) -> Vec<f32> {
        let kept: Vec<bool> = self.seen.iter().map(|(articles, _)| *articles >= ARTICLES).collect();
        for group in &mut self.groups {
            for candidate in &mut group.candidates {
                candidate.retain(|number| kept[*number as usize]);
            }
        }
        let mut weights = vec![0_f32; self.features.len()];
        let mut sums = vec![1e-4_f32; self.features.len()];
        let mut shuffle = Shuffle::new(41);
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        for _ in 0..settings.rounds {
            shuffle.shuffle(&mut order);
            for at in &order {
                let group = &self.groups[*at];
                let scores: Vec<f32> =
                    group.candidates.iter().map(|c| c.iter().map(|n| weights[*n as usize]).sum()).collect();
                for (place, (candidate, chance)) in group.candidates.iter().zip(chances(&scores)).enumerate() {
                    let target = f32::from(u8::from(group.right == Some(place)));
                    let error = (chance - target) * group.weight;
                    if error.abs() < 1e-4 {
                        continue;
                    }
                    for number in candidate {
                        let number = *number as usize;
                        let gradient = error + settings.decay * weights[number];
                        sums[number] += gradient * gradient;
                        weights[number] -= settings.rate * gradient / sums[number].sqrt();
                    }
                }
            }
        }
        weights
    }

    fn scorer(&self, weights: &[f32], settings: Settings, domain: u64) -> Scorer {
        let own = |feature: Feature| {
            let feature = with(feature, domain);
            self.numbers.get(&(feature ^ (feature >> 32))).map_or(0.0, |number| weights[*number as usize])
        };
        let mut rows: Vec<(Feature, f32)> = Vec::new();
        for (number, feature) in self.features.iter().enumerate() {
            if self.seen[number].0 < ARTICLES {
                continue;
            }
            let weight = weights[number] + if domain > 0 { own(*feature) } else { 0.0 };
            if weight.abs() >= settings.least {
                rows.push((*feature, weight));
            }
        }
        rows.sort_by_key(|(feature, _)| *feature);
        let mut sizes: Vec<f32> = rows.iter().map(|(_, weight)| weight.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let largest = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0).max(0.1);
        let scale = largest / 127.0;
        let rows: Vec<(Feature, [i8; 1])> = rows
            .iter()
            .map(|(feature, weight)| (*feature, [(weight / scale).round().clamp(-127.0, 127.0) as i8]))
            .collect();
        println!("    {} of {} features kept", rows.len(), self.features.len());
        Scorer::build(&rows, scale)
    }
}

/// The chance of each candidate: against all others, or, where it is alone, against no.
fn chances(scores: &[f32]) -> Vec<f32> {
    if let [score] = scores {
        return vec![1.0 / (1.0 + (-score).exp())];
    }
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let parts: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let sum: f32 = parts.iter().sum();
    parts.into_iter().map(|part| part / sum).collect()
}
