//! Linear scorers, trained by AdaGrad: yes or no over single candidates, or the best of a group of them.
//!
//! Features seen in fewer than three articles are left out before anything is learned.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use pullquote::analysis::scorer::Scorer;
use pullquote::analysis::syntax::features::Feature;
use pullquote::analysis::verbs::Unhashed;

use crate::learner::Shuffle;

/// Fewest articles that a feature must be seen in.
const ARTICLES: u32 = 3;

/// Candidates, of which some are right. A single one is a question of yes or no.
struct Group {
    /// Numbers of the features of each candidate.
    candidates: Vec<Vec<u32>>,
    right: Vec<usize>,
    weight: f32,
    set: Set,
    article: usize,
}

/// Where an example comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// PolNeAR, by its own guidelines.
    Beliefs,
    /// PolNeAR, what a reader calls speech.
    Polnear,
    /// Wikinews.
    Wikinews,
}

/// Collects examples of one decision and learns from them.
#[derive(Default)]
pub struct Trainer {
    numbers: HashMap<u64, u32, BuildHasherDefault<Unhashed>>,
    features: Vec<Feature>,
    /// For each feature in how many articles it was seen, however many sets they stand in, and the last of them.
    seen: Vec<(u32, usize)>,
    groups: Vec<Group>,
}

/// Settings of the learner.
#[derive(Clone, Copy)]
pub struct Settings {
    pub rounds: usize,
    pub rate: f32,
    /// How strongly weights are pulled to where they started.
    pub decay: f32,
}

/// For learning from nothing.
pub const BASE: Settings = Settings { rounds: 8, rate: 0.12, decay: 2e-5 };
/// For going on from weights learned elsewhere.
pub const TUNE: Settings = Settings { rounds: 6, rate: 0.06, decay: 1e-3 };

/// Seeds of the orders in which everything is learned.
const ORDERS: [u64; 3] = [41, 42, 43];

/// Features whose weight stays below this are left out.
const LEAST: f32 = 0.03;

impl Trainer {
    /// Adds a group of candidates. All groups of one article, whatever their set, are added before those of the next.
    pub fn add(&mut self, candidates: &[Vec<Feature>], right: Vec<usize>, weight: f32, set: Set, article: usize) {
        let candidates = candidates
            .iter()
            .map(|features| features.iter().map(|feature| self.number_of(*feature, article)).collect())
            .collect();
        self.groups.push(Group { candidates, right, weight, set, article });
    }

    pub fn len(&self) -> usize {
        self.groups.len()
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

    /// Learns from the groups that `wanted` picks, going on from `from` where given: the average of what is learned in
    /// several orders.
    pub fn learn(&self, settings: Settings, from: Option<&[f32]>, wanted: impl Fn(Set, usize) -> bool) -> Vec<f32> {
        // To go on from nothing is to learn from nothing.
        let settings = if from.is_some_and(|from| from.iter().all(|weight| *weight == 0.0)) { BASE } else { settings };
        let mut average = vec![0.0_f32; self.features.len()];
        for seed in ORDERS {
            for (sum, weight) in average.iter_mut().zip(self.learn_once(seed, settings, from, &wanted)) {
                *sum += weight / ORDERS.len() as f32;
            }
        }
        average
    }

    /// Learns in one order; the weights are averaged over the second half of the rounds.
    fn learn_once(
        &self,
        seed: u64,
        settings: Settings,
        from: Option<&[f32]>,
        wanted: impl Fn(Set, usize) -> bool,
    ) -> Vec<f32> {
        let start: Vec<f32> = from.map_or_else(|| vec![0.0; self.features.len()], <[f32]>::to_vec);
        let mut weights = start.clone();
        weights.resize(self.features.len(), 0.0);
        let start = weights.clone();
        let mut sums = vec![1e-3_f32; self.features.len()];
        let mut shuffle = Shuffle::new(seed);
        let mut order: Vec<usize> =
            (0..self.groups.len()).filter(|at| wanted(self.groups[*at].set, self.groups[*at].article)).collect();
        let mut average = vec![0.0_f32; weights.len()];
        let late = settings.rounds.div_ceil(2);
        for round in 0..settings.rounds {
            shuffle.shuffle(&mut order);
            for at in &order {
                let group = &self.groups[*at];
                let kept = |number: &&u32| self.seen[**number as usize].0 >= ARTICLES;
                let scores: Vec<f32> = group
                    .candidates
                    .iter()
                    .map(|candidate| candidate.iter().filter(kept).map(|number| weights[*number as usize]).sum())
                    .collect();
                let chances = chances(&scores);
                let right: f32 = group.right.iter().map(|place| chances[*place]).sum();
                for (place, (candidate, chance)) in group.candidates.iter().zip(&chances).enumerate() {
                    let is_right = group.right.contains(&place);
                    let target = if !is_right {
                        0.0
                    } else if group.candidates.len() == 1 {
                        1.0
                    } else {
                        chance / right.max(1e-9)
                    };
                    let error = (chance - target) * group.weight;
                    if error.abs() < 1e-4 {
                        continue;
                    }
                    for number in candidate.iter().filter(kept) {
                        let number = *number as usize;
                        let gradient = error + settings.decay * (weights[number] - start[number]);
                        sums[number] += gradient * gradient;
                        weights[number] -= settings.rate * gradient / sums[number].sqrt();
                    }
                }
            }
            if round >= settings.rounds - late {
                for (sum, weight) in average.iter_mut().zip(&weights) {
                    *sum += weight / late as f32;
                }
            }
        }
        average
    }

    /// The scorer of these weights.
    pub fn scorer(&self, weights: &[f32]) -> Scorer {
        let mut rows: Vec<(Feature, f32)> = Vec::new();
        for (number, feature) in self.features.iter().enumerate() {
            if self.seen[number].0 >= ARTICLES && weights[number].abs() >= LEAST {
                rows.push((*feature, weights[number]));
            }
        }
        rows.sort_by_key(|(feature, _)| *feature);
        let mut sizes: Vec<f32> = rows.iter().map(|(_, weight)| weight.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let largest = sizes.get(sizes.len() * 999 / 1000).copied().unwrap_or(1.0).max(0.1);
        let scale = largest / 127.0;
        let quantised = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let rows: Vec<(Feature, [i8; 1])> = rows.iter().map(|(f, weight)| (*f, [quantised(*weight)])).collect();
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
