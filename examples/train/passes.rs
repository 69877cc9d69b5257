//! The two passes: the first learns from its features, the second from what the first makes of texts it has not seen.

use std::collections::HashMap;

use pullquote::analysis::Lexicon;
use pullquote::analysis::names::Name;
use pullquote::analysis::names::model::features::Features;
use pullquote::analysis::names::model::second::Elsewhere;
use pullquote::analysis::names::model::stretches::{self, Stretch};
use pullquote::analysis::names::model::weights;
use pullquote::analysis::names::tags::{self, OUTSIDE, TAGS, Tag};
use pullquote::analysis::token::Document;

use crate::crf::{self, Chain, Scores, Settings, Weights};
use crate::gold::Text;

/// How to train both passes.
pub struct Options {
    pub first: Settings,
    pub second: Settings,
    pub least: Least,
    /// Into so many parts the texts are cut; each is labelled by a first pass that has not seen it.
    pub folds: usize,
}

/// How much the texts of each source count.
const WEIGHTS: [f32; 3] = [1.0, 0.5, 0.7];

/// Features in fewer texts than both are left out.
#[derive(Clone, Copy)]
pub struct Least {
    /// Fewest texts that are not PolNeAR's.
    pub other: u32,
    /// Fewest texts of any kind.
    pub any: u32,
}

/// A text made ready.
pub struct Article<'a> {
    text: &'a Text,
    document: &'a Document<'a>,
    pub gold: Vec<Name>,
    pub stretches: Vec<Stretch>,
    /// The features of the first pass, a list a token of each stretch.
    features: Vec<Vec<Vec<u64>>>,
    /// The gold tags of each stretch.
    tags: Vec<Vec<Tag>>,
}

impl<'a> Article<'a> {
    pub fn new(text: &'a Text, document: &'a Document<'a>, lexicon: &Lexicon) -> Self {
        let made = Features::new(document, lexicon);
        let gold = text.names(document);
        let mut all = vec![OUTSIDE; document.tokens.len()];
        tags::write(&gold, &mut all);
        let stretches = stretches::find(document, lexicon);
        let cut = |stretch: &Stretch| {
            let mut tags = all[stretch.first..stretch.end].to_vec();
            // A name that leaves the stretch cannot be learnt.
            let mut before = OUTSIDE;
            let broken = tags
                .iter()
                .copied()
                .chain([OUTSIDE])
                .any(|tag| !tags::may_follow(std::mem::replace(&mut before, tag), tag));
            if broken {
                tags.fill(OUTSIDE);
            }
            tags
        };
        let tags = stretches.iter().map(cut).collect();
        let of = |stretch: &Stretch| {
            (stretch.first..stretch.end)
                .map(|at| {
                    let mut out = Vec::new();
                    made.of(at, &mut out);
                    made.elsewhere(at).for_each(|place| made.place(place, &mut out));
                    out
                })
                .collect()
        };
        let features = stretches.iter().map(of).collect();
        Self { text, document, gold, stretches, features, tags }
    }

    fn is_polnear(&self) -> bool {
        self.text.source == crate::names::POLNEAR
    }

    pub fn source(&self) -> usize {
        self.text.source
    }

    /// The features of the second pass, given the tags of the first.
    fn second(&self, lexicon: &Lexicon, first: &[Tag]) -> Vec<Vec<Vec<u64>>> {
        let elsewhere = Elsewhere::new(self.document, lexicon, &self.stretches, first);
        let of = |stretch: &Stretch| {
            (stretch.first..stretch.end)
                .map(|at| {
                    let mut out = Vec::new();
                    elsewhere.of(at, *stretch, &mut out);
                    out
                })
                .collect()
        };
        self.stretches.iter().map(of).collect()
    }

    fn chains(&self, features: &[Vec<Vec<u64>>], index: &Index) -> Vec<Chain> {
        let chain = |(tokens, tags): (&Vec<Vec<u64>>, &Vec<Tag>)| {
            let weight = WEIGHTS.get(self.text.source).copied().unwrap_or(1.0);
            let mut chain = Chain { features: Vec::new(), ends: Vec::new(), gold: tags.clone(), weight };
            for token in tokens {
                chain.features.extend(token.iter().filter_map(|feature| index.get(feature)));
                chain.ends.push(u32::try_from(chain.features.len()).unwrap_or(u32::MAX));
            }
            chain
        };
        features.iter().zip(&self.tags).map(chain).collect()
    }

    /// The best tags of all tokens for the scores of each stretch.
    fn decode(&self, weights: &Weights, scores: &[Vec<Scores>]) -> Vec<Tag> {
        let mut all = vec![OUTSIDE; self.document.tokens.len()];
        for (stretch, scores) in self.stretches.iter().zip(scores) {
            all[stretch.first..stretch.end].copy_from_slice(&weights.best(scores));
        }
        all
    }

    fn names(&self, all: &[Tag]) -> Vec<Name> {
        let mut names = Vec::new();
        for stretch in &self.stretches {
            tags::read(&all[stretch.first..stretch.end], stretch.first, &mut names);
        }
        names
    }
}

type Index = HashMap<u64, u32>;

/// Numbers for the features that enough texts hold, each of which stands beside whether it is PolNeAR's.
fn index<'f>(texts: impl Iterator<Item = (bool, &'f Vec<Vec<Vec<u64>>>)>, least: Least) -> Index {
    let mut seen: HashMap<u64, [u32; 2]> = HashMap::new();
    for (polnear, text) in texts {
        let mut here: Vec<u64> = text.iter().flatten().flatten().copied().collect();
        here.sort_unstable();
        here.dedup();
        for feature in here {
            seen.entry(feature).or_default()[usize::from(polnear)] += 1;
        }
    }
    let enough = |[other, polnear]: [u32; 2]| other >= least.other || other + polnear >= least.any;
    let mut kept: Vec<u64> = seen.into_iter().filter(|(_, texts)| enough(*texts)).map(|(feature, _)| feature).collect();
    kept.sort_unstable();
    kept.iter().zip(0..).map(|(feature, number)| (*feature, number)).collect()
}

/// One trained pass.
struct Pass {
    index: Index,
    weights: Weights,
}

impl Pass {
    fn scores(&self, article: &Article<'_>, features: &[Vec<Vec<u64>>]) -> Vec<Vec<Scores>> {
        article.chains(features, &self.index).iter().map(|chain| self.weights.scores(chain, |_| true)).collect()
    }
}

impl Pass {
    /// The features with their weights, in no order.
    fn rows(&self) -> impl Iterator<Item = (u64, Scores)> {
        self.index.iter().map(|(feature, number)| (*feature, self.weights.features[*number as usize]))
    }
}

/// Both passes.
pub struct Model {
    first: Pass,
    second: Pass,
}

fn first_pass(articles: &[&Article<'_>], options: &Options) -> Pass {
    let index = index(articles.iter().map(|article| (article.is_polnear(), &article.features)), options.least);
    let made: Vec<Chain> = articles.iter().flat_map(|a| a.chains(&a.features, &index)).collect();
    let chains: Vec<&Chain> = made.iter().collect();
    let weights = crf::train(&chains, index.len(), &[], options.first);
    Pass { index, weights }
}

/// Trains both passes on `articles`.
pub fn train(articles: &[&Article<'_>], lexicon: &Lexicon, options: &Options) -> Model {
    let mut scores: Vec<Vec<Vec<Scores>>> = vec![Vec::new(); articles.len()];
    let mut seconds: Vec<Vec<Vec<Vec<u64>>>> = vec![Vec::new(); articles.len()];
    for fold in 0..options.folds {
        let rest: Vec<&Article<'_>> =
            (0..articles.len()).filter(|at| at % options.folds != fold).map(|at| articles[at]).collect();
        let pass = first_pass(&rest, options);
        for at in (0..articles.len()).filter(|at| at % options.folds == fold) {
            let article = articles[at];
            scores[at] = pass.scores(article, &article.features);
            seconds[at] = article.second(lexicon, &article.decode(&pass.weights, &scores[at]));
        }
    }
    let index = index(articles.iter().map(|article| article.is_polnear()).zip(&seconds), options.least);
    let mut made = Vec::new();
    let mut base: Vec<&[Scores]> = Vec::new();
    for ((article, second), scores) in articles.iter().zip(&seconds).zip(&scores) {
        made.extend(article.chains(second, &index));
        base.extend(scores.iter().map(Vec::as_slice));
    }
    let chains: Vec<&Chain> = made.iter().collect();
    let weights = crf::train(&chains, index.len(), &base, options.second);
    Model { first: first_pass(articles, options), second: Pass { index, weights } }
}

impl Model {
    /// What each pass makes of `article`.
    pub fn predict(&self, article: &Article<'_>, lexicon: &Lexicon) -> (Vec<Name>, Vec<Name>) {
        let mut scores = self.first.scores(article, &article.features);
        let first = article.decode(&self.first.weights, &scores);
        let more = self.second.scores(article, &article.second(lexicon, &first));
        for (sum, more) in scores.iter_mut().flatten().flatten().zip(more.iter().flatten().flatten()) {
            *sum += more;
        }
        let second = article.decode(&self.second.weights, &scores);
        (article.names(&first), article.names(&second))
    }

    pub fn size(&self) -> String {
        format!("{} + {} features", self.first.index.len(), self.second.index.len())
    }

    /// The model as it is shipped: the `rows` features that weigh most, in bytes.
    pub fn packed(&self, rows: usize) -> Vec<u8> {
        let largest = |row: &[f32; TAGS]| row.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        let mut by_size: Vec<(u64, [f32; TAGS])> = self.first.rows().chain(self.second.rows()).collect();
        by_size.sort_by(|a, b| largest(&b.1).total_cmp(&largest(&a.1)).then(a.0.cmp(&b.0)));
        by_size.truncate(rows);
        // The few weights beyond the scale are cut to it.
        let top = largest(&by_size[by_size.len() / 1000].1);
        let unit = top / 127.0;
        by_size.sort_by_key(|(feature, _)| *feature);
        let features: Vec<(u64, [i8; TAGS])> =
            by_size.iter().map(|(f, row)| (*f, row.map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8))).collect();
        let pairs = [&self.first, &self.second].map(|pass| {
            pass.weights.pairs.map(|row| row.map(|w| (w / unit).round().clamp(-30_000.0, 30_000.0) as i16))
        });
        weights::Weights::write(&pairs, &features)
    }
}
