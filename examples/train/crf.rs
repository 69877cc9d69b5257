//! A linear-chain conditional random field over hashed features, trained by AdaGrad, one chain a step.

#![expect(clippy::needless_range_loop, reason = "tags index several tables at once")]

use pullquote::analysis::names::tags::{OUTSIDE, TAGS, Tag, may_follow};

/// A stretch to learn from.
pub struct Chain {
    /// The features of all tokens, one after the other.
    pub features: Vec<u32>,
    /// Where the features of each token end.
    pub ends: Vec<u32>,
    pub gold: Vec<Tag>,
    /// How much what is learned from it counts.
    pub weight: f32,
}

impl Chain {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn token(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.features[start..self.ends[at] as usize]
    }
}

pub type Scores = [f32; TAGS];

/// Weights of features by tag and of pairs of tags.
#[derive(Clone)]
pub struct Weights {
    pub features: Vec<Scores>,
    pub pairs: [Scores; TAGS],
}

/// How to train.
#[derive(Clone, Copy)]
pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    /// Strength of the pull towards 0.
    pub decay: f32,
    /// Share of the features that is left out at each step.
    pub dropout: f32,
    pub seed: u64,
}

impl Weights {
    pub fn new(features: usize) -> Self {
        Self { features: vec![[0.0; TAGS]; features], pairs: [[0.0; TAGS]; TAGS] }
    }

    /// The scores of each token's tags.
    pub fn scores(&self, chain: &Chain, kept: impl Fn(usize) -> bool) -> Vec<Scores> {
        let score = |at: usize| {
            let mut sum = [0.0; TAGS];
            for (number, feature) in chain.token(at).iter().enumerate() {
                if kept(number) {
                    for (sum, weight) in sum.iter_mut().zip(&self.features[*feature as usize]) {
                        *sum += weight;
                    }
                }
            }
            sum
        };
        (0..chain.len()).map(score).collect()
    }

    /// The best tags for `scores`.
    pub fn best(&self, scores: &[Scores]) -> Vec<Tag> {
        let mut back = vec![[OUTSIDE; TAGS]; scores.len()];
        let mut current = [f32::NEG_INFINITY; TAGS];
        for (at, score) in scores.iter().enumerate() {
            let mut next = [f32::NEG_INFINITY; TAGS];
            for to in 0..TAGS {
                let from = if at == 0 { 0..1 } else { 0..TAGS };
                for from in from {
                    if !may_follow(from as Tag, to as Tag) {
                        continue;
                    }
                    let before = if at == 0 { 0.0 } else { current[from] };
                    let total = before + self.pairs[from][to] + score[to];
                    if total > next[to] {
                        next[to] = total;
                        back[at][to] = from as Tag;
                    }
                }
            }
            current = next;
        }
        let end = |tag: usize| {
            if may_follow(tag as Tag, OUTSIDE) { current[tag] + self.pairs[tag][0] } else { f32::NEG_INFINITY }
        };
        let mut tag = (0..TAGS).max_by(|a, b| end(*a).total_cmp(&end(*b))).unwrap_or(0) as Tag;
        let mut tags = vec![OUTSIDE; scores.len()];
        for at in (0..scores.len()).rev() {
            tags[at] = tag;
            tag = back[at][tag as usize];
        }
        tags
    }

    /// The probability of each tag of each token, and of the pairs summed over the chain; and the log of the sum of all.
    pub fn marginals(&self, scores: &[Scores]) -> (Vec<Scores>, [Scores; TAGS], f32) {
        let n = scores.len();
        let mut allowed = [[f32::NEG_INFINITY; TAGS]; TAGS];
        for from in 0..TAGS {
            for to in 0..TAGS {
                if may_follow(from as Tag, to as Tag) {
                    allowed[from][to] = self.pairs[from][to];
                }
            }
        }
        // In probability space, each position scaled by its own largest score.
        let exp: Vec<Scores> = allowed.iter().map(|row| row.map(f32::exp)).collect();
        let mut shift = 0.0_f64;
        let emit: Vec<Scores> = scores
            .iter()
            .map(|score| {
                let largest = score.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                shift += f64::from(largest);
                score.map(|s| (s - largest).exp())
            })
            .collect();
        let mut forward = vec![[0.0_f32; TAGS]; n];
        let mut log = shift;
        for at in 0..n {
            let mut row = [0.0; TAGS];
            if at == 0 {
                for to in 0..TAGS {
                    row[to] = exp[0][to] * emit[0][to];
                }
            } else {
                for from in 0..TAGS {
                    let before = forward[at - 1][from];
                    for to in 0..TAGS {
                        row[to] += before * exp[from][to];
                    }
                }
                for to in 0..TAGS {
                    row[to] *= emit[at][to];
                }
            }
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            log += f64::from(sum.ln());
            forward[at] = row.map(|x| x / sum);
        }
        let mut backward = vec![[0.0_f32; TAGS]; n];
        for from in 0..TAGS {
            backward[n - 1][from] = exp[from][0];
        }
        for at in (0..n.saturating_sub(1)).rev() {
            let mut row = [0.0; TAGS];
            for from in 0..TAGS {
                for to in 0..TAGS {
                    row[from] += exp[from][to] * emit[at + 1][to] * backward[at + 1][to];
                }
            }
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            backward[at] = row.map(|x| x / sum);
        }
        let last: f32 = (0..TAGS).map(|tag| forward[n - 1][tag] * exp[tag][0]).sum();
        log += f64::from(last.max(f32::MIN_POSITIVE).ln());
        let mut single = Vec::with_capacity(n);
        let mut pairs = [[0.0; TAGS]; TAGS];
        for at in 0..n {
            let mut row = [0.0; TAGS];
            for tag in 0..TAGS {
                row[tag] = forward[at][tag] * backward[at][tag];
            }
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            single.push(row.map(|x| x / sum));
            if at == 0 {
                for to in 0..TAGS {
                    pairs[0][to] += single[0][to];
                }
            } else {
                let mut local = [[0.0; TAGS]; TAGS];
                let mut total = 0.0;
                for from in 0..TAGS {
                    for to in 0..TAGS {
                        let p = forward[at - 1][from] * exp[from][to] * emit[at][to] * backward[at][to];
                        local[from][to] = p;
                        total += p;
                    }
                }
                for from in 0..TAGS {
                    for to in 0..TAGS {
                        pairs[from][to] += local[from][to] / f32::max(total, f32::MIN_POSITIVE);
                    }
                }
            }
        }
        for tag in 0..TAGS {
            pairs[tag][0] += single[n - 1][tag];
        }
        (single, pairs, log as f32)
    }
}

/// Numbers that look random and are the same every time.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = (self.next() % (at as u64 + 1)) as usize;
            items.swap(at, other);
        }
    }
}

/// Learns from `chains`; `base` gives scores to start each token from, one a token, or is empty.
pub fn train(chains: &[&Chain], features: usize, base: &[&[Scores]], settings: Settings) -> Weights {
    let mut weights = Weights::new(features);
    let mut squares = Weights::new(features);
    let mut average = Weights::new(features);
    let mut averaged = 0.0;
    let mut random = Random(settings.seed);
    let mut order: Vec<usize> = (0..chains.len()).collect();
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        // The rate falls to a tenth over the epochs.
        let rate = settings.rate * (1.0 - 0.9 * epoch as f32 / settings.epochs as f32);
        for number in &order {
            step(chains[*number], base.get(*number).copied(), &mut weights, &mut squares, rate, settings, &mut random);
        }
        if epoch * 2 >= settings.epochs {
            averaged += 1.0;
            for (sum, row) in average.features.iter_mut().zip(&weights.features) {
                for (sum, weight) in sum.iter_mut().zip(row) {
                    *sum += weight;
                }
            }
            for (sum, row) in average.pairs.iter_mut().zip(&weights.pairs) {
                for (sum, weight) in sum.iter_mut().zip(row) {
                    *sum += weight;
                }
            }
        }
    }
    for row in average.features.iter_mut().chain(&mut average.pairs) {
        row.iter_mut().for_each(|weight| *weight /= averaged);
    }
    average
}

fn step(
    chain: &Chain,
    base: Option<&[Scores]>,
    weights: &mut Weights,
    squares: &mut Weights,
    rate: f32,
    settings: Settings,
    random: &mut Random,
) {
    let mask: Vec<bool> = if settings.dropout > 0.0 {
        (0..chain.features.len()).map(|_| random.unit() >= settings.dropout).collect()
    } else {
        Vec::new()
    };
    let start = |at: usize| if at == 0 { 0 } else { chain.ends[at - 1] as usize };
    let kept = |at: usize| mask.get(at).copied().unwrap_or(true);
    let mut scores: Vec<Scores> = (0..chain.len())
        .map(|at| {
            let mut sum = base.map_or([0.0; TAGS], |base| base[at]);
            for number in start(at)..chain.ends[at] as usize {
                if kept(number) {
                    for (sum, weight) in sum.iter_mut().zip(&weights.features[chain.features[number] as usize]) {
                        *sum += weight;
                    }
                }
            }
            sum
        })
        .collect();
    let (single, mut pairs, _) = weights.marginals(&scores);
    scores.clear();
    for (at, gold) in chain.gold.iter().enumerate() {
        let mut gradient = single[at];
        gradient[*gold as usize] -= 1.0;
        if gradient.iter().all(|g| g.abs() < 1e-3) {
            continue;
        }
        for number in start(at)..chain.ends[at] as usize {
            if !kept(number) {
                continue;
            }
            let feature = chain.features[number] as usize;
            let (row, square) = (&mut weights.features[feature], &mut squares.features[feature]);
            for tag in 0..TAGS {
                let g = chain.weight * gradient[tag] + settings.decay * row[tag];
                square[tag] += g * g;
                row[tag] -= rate * g / (square[tag].sqrt() + 1e-6);
            }
        }
    }
    let mut before = OUTSIDE;
    for gold in chain.gold.iter().copied().chain([OUTSIDE]) {
        pairs[before as usize][gold as usize] -= 1.0;
        before = gold;
    }
    for from in 0..TAGS {
        for to in 0..TAGS {
            let g = chain.weight * pairs[from][to];
            if g.abs() > 1e-4 && may_follow(from as Tag, to as Tag) {
                squares.pairs[from][to] += g * g;
                weights.pairs[from][to] -= rate * g / (squares.pairs[from][to].sqrt() + 1e-6);
            }
        }
    }
}
