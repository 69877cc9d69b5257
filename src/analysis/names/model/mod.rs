//! Names by a trained sequence model: a linear-chain conditional random field in two passes over each article.
//!
//! Only [stretches] with capitals are looked at. The first pass scores each token's tags by its [features] and takes
//! the best sequence; the second adds what the first made of the same words elsewhere in the article, and decides.

pub mod decode;
pub mod features;
mod runs;
pub mod second;
pub mod stretches;
pub mod weights;

use super::Name;
use super::tags::{self, OUTSIDE, Tag};
use super::uses::WordMap;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::token::Document;

use decode::Decoder;
use features::Features;
use second::Elsewhere;
use weights::{Scores, Weights};

/// All names in `document`, as `weights` tell.
#[must_use]
pub fn find(document: &Document<'_>, lexicon: &Lexicon, weights: &Weights<'_>) -> Vec<Name> {
    let stretches = stretches::find(document, lexicon);
    let features = Features::new(document, lexicon);
    let mut found = Vec::new();
    let mut scores: Vec<Scores> = Vec::new();
    let mut places = PlaceScores::default();
    for stretch in &stretches {
        for at in stretch.first..stretch.end {
            found.clear();
            features.of(at, &mut found);
            let mut score = sum(weights, &found, Scores::default());
            for place in features.elsewhere(at) {
                add(&mut score, places.of(place, &features, weights));
            }
            scores.push(score);
        }
    }
    let mut decoder = Decoder::default();
    let mut first = vec![OUTSIDE; document.tokens.len()];
    decode_all(&mut decoder, &stretches, &scores, weights, 0, &mut first);
    let elsewhere = Elsewhere::new(document, lexicon, &stretches, &first);
    let mut all_scores = scores.iter_mut();
    for stretch in &stretches {
        for (at, scores) in (stretch.first..stretch.end).zip(&mut all_scores) {
            found.clear();
            elsewhere.of(at, *stretch, &mut found);
            *scores = sum(weights, &found, *scores);
        }
    }
    let mut second = first.clone();
    decode_all(&mut decoder, &stretches, &scores, weights, 1, &mut second);
    let mut names = Vec::new();
    for stretch in &stretches {
        tags::read(second.get(stretch.first..stretch.end).unwrap_or_default(), stretch.first, &mut names);
    }
    names
}

/// What the places of words say of the same words elsewhere, scored once for each place.
#[derive(Default)]
struct PlaceScores {
    known: WordMap<Scores>,
    found: Vec<u64>,
}

impl PlaceScores {
    fn of(&mut self, place: usize, features: &Features<'_>, weights: &Weights<'_>) -> &Scores {
        // The map goes by the hash's bits as they are: spread the index over them.
        let key = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.known.entry(key).or_insert_with(|| {
            self.found.clear();
            features.place(place, &mut self.found);
            sum(weights, &self.found, Scores::default())
        })
    }
}

fn add(scores: &mut Scores, more: &Scores) {
    scores.iter_mut().zip(more).for_each(|(score, more)| *score = score.wrapping_add(*more));
}

fn sum(weights: &Weights<'_>, features: &[u64], mut scores: Scores) -> Scores {
    weights.add_all(features, &mut scores);
    scores
}

fn decode_all(
    decoder: &mut Decoder,
    stretches: &[stretches::Stretch],
    scores: &[Scores],
    weights: &Weights<'_>,
    pass: usize,
    tags: &mut [Tag],
) {
    let mut start = 0;
    for stretch in stretches {
        let end = start + stretch.end - stretch.first;
        let pairs = &weights.pairs[pass];
        if let (Some(scores), Some(tags)) = (scores.get(start..end), tags.get_mut(stretch.first..stretch.end)) {
            decoder.best(scores, pairs, tags);
        }
        start = end;
    }
}
