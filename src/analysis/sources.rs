//! The phrase that names the speaker at a cue: candidates in the cue's sentence, ranked by a linear scorer.
//!
//! Units: token indexes.

use super::cues::{Cue, quote_around};
use super::scene::Scene;
use super::scorer::Scorer;
use super::syntax::features::{Feature, start, with};
use super::syntax::{Label, Tag};
use super::token::{Shape, word};

/// A phrase that names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Index of the token that decides: a name's or noun's last, a pronoun.
    pub head: usize,
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
}

/// How far from its cue a source may stand, in tokens.
const REACH: usize = 60;

/// How far the phrase of a source may reach from its head to either side, in tokens.
pub const LONGEST: usize = 60;

/// The heads of the phrases in the sentence of the cue headed at `cue` that may be its source.
pub fn candidates(scene: &Scene<'_>, cue: usize, out: &mut Vec<usize>) {
    out.clear();
    let (first, end) = scene.sentence(cue);
    let range = first.max(cue.saturating_sub(REACH))..end.min(cue + REACH);
    out.extend(range.filter(|index| *index != cue && is_candidate(scene, *index)));
}

fn is_candidate(scene: &Scene<'_>, index: usize) -> bool {
    let noun = matches!(
        scene.tag(index),
        Tag::Noun | Tag::Nouns | Tag::Name | Tag::Pronoun | Tag::Number | Tag::Determiner | Tag::Who | Tag::Which
    ) || scene.part(index).kind() > 0;
    let label = scene.syntax.label(index);
    let inner = matches!(
        label,
        Label::Compound
            | Label::Determiner
            | Label::Adjective
            | Label::Number
            | Label::Case
            | Label::Marker
            | Label::Adverb
    );
    noun && !inner && !scene.is_quoted(index)
}

/// The labels on the way from one token to another: up to the token both hang on, then down; 0 where it is too long.
#[must_use]
pub fn path(scene: &Scene<'_>, from: usize, to: usize) -> u64 {
    const LONGEST: usize = 5;
    let syntax = scene.syntax;
    let climb = |mut at: usize| {
        let mut way = [usize::MAX; LONGEST + 1];
        for slot in &mut way {
            *slot = at;
            if syntax.head(at) == at {
                break;
            }
            at = syntax.head(at);
        }
        way
    };
    let (up, down) = (climb(from), climb(to));
    let real = |at: &usize| *at != usize::MAX;
    for (steps, at) in up.iter().enumerate().take_while(|(_, at)| real(at)) {
        let Some(back) = down.iter().take_while(|at| real(at)).position(|other| other == at) else { continue };
        let rise = up.iter().take(steps).fold(1, |code, at| with(code, syntax.label(*at) as u64 + 1));
        let fall = down.iter().take(back).rev();
        return fall.fold(with(rise, 77), |code, at| with(code, syntax.label(*at) as u64 + 101));
    }
    0
}

/// A number for a distance: exact when short, coarse when long.
#[must_use]
pub const fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// The features of no source at all for the cue headed at `cue`.
pub fn absent_features(scene: &Scene<'_>, cue: usize, out: &mut Vec<Feature>) {
    out.clear();
    let own = scene.own_subject(cue).map_or(0, |at| 1 + scene.tag(at) as u64);
    let tag = scene.tag(cue) as u64;
    out.extend([
        start(2000),
        with(start(2001), scene.word(cue)),
        with(start(2002), tag),
        with(start(2003), own),
        with(with(start(2004), tag), own),
        with(start(2005), scene.word(cue.wrapping_sub(1))),
        with(with(start(2006), tag), scene.syntax.label(cue) as u64),
    ]);
}

/// The features of the candidate at `place` in `all` for the cue headed at `cue`.
pub fn features(scene: &Scene<'_>, cue: usize, all: &[usize], place: usize, out: &mut Vec<Feature>) {
    out.clear();
    let Some(index) = all.get(place).copied() else { return };
    let syntax = scene.syntax;
    let way = path(scene, index, cue);
    let after = index > cue;
    let side = u64::from(after);
    let (near, far) = if after { (cue, index) } else { (index, cue) };
    let gap = bucket(far - near);
    let split = all.partition_point(|other| *other < cue);
    let rank = (if after { place - split } else { split - 1 - place }).min(5) as u64;
    let between = near + 1..far;
    let count = |wanted: &dyn Fn(usize) -> bool| between.clone().filter(|at| wanted(*at)).count().min(3) as u64;
    let commas = count(&|at| scene.tag(at) == Tag::Comma);
    let verbs = count(&|at| scene.tag(at).is_verb() && !matches!(syntax.label(at), Label::Auxiliary | Label::Copula));
    let quotes = u64::from(between.clone().any(|at| scene.is_quoted(at)));
    let who = scene.tag(index) as u64 * 16 + scene.part(index).kind();
    let label = syntax.label(index) as u64;
    let tag = scene.tag(cue) as u64;
    let verb = scene.verbs.get(scene.word(cue));
    let lemma = verb.map_or(scene.word(cue), |verb| verb.lemma);
    let case = syntax.child(index, &[Label::Case]).map_or(0, |at| scene.word(at));
    let own = scene.own_subject(cue);
    let subject = own.map_or(0, |own| 1 + u64::from(own == index));
    let passive = u64::from(syntax.child(cue, &[Label::PassiveAuxiliary]).is_some());
    let quote = quote_around(scene, cue) & 15;
    let flat = side << 24 | gap << 16 | commas << 12 | verbs << 8 | quotes << 4 | rank;
    let capital = u64::from(scene.document.shape_at(index).has(Shape::CAPITALISED));
    out.extend([
        with(start(2010), way),
        with(with(start(2011), way), lemma),
        with(with(start(2012), way), tag),
        with(with(start(2013), way), who),
        with(with(start(2014), side), gap),
        with(with(start(2015), side), rank),
        with(start(2016), who),
        with(start(2017), scene.word(index)),
        with(with(start(2018), label), side),
        with(with(start(2019), case), side << 1 | passive),
        with(with(start(2020), case), lemma),
        with(start(2021), subject),
        with(with(start(2022), subject), way),
        with(start(2023), flat),
        with(with(start(2024), side << 8 | rank), commas << 8 | verbs << 4 | quotes),
        with(with(start(2025), side << 8 | rank), quote),
        with(with(start(2026), way), syntax.label(cue) as u64),
        with(with(start(2027), who), side << 12 | gap),
        with(with(start(2028), who), label),
        with(with(start(2029), tag << 1 | side), subject),
        with(with(start(2030), scene.word(index)), side),
        with(with(start(2031), quote), who << 1 | side),
        with(with(start(2032), capital), side << 8 | rank),
        with(with(start(2033), scene.word(near + 1)), side),
        with(with(start(2034), scene.word(far.wrapping_sub(1))), side),
    ]);
}

/// The source of a cue among all that might be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ranked {
    /// The best; none where the scorer prefers that.
    pub source: Option<Source>,
    /// How likely that is, 0 to 1.
    pub probability: f32,
    /// The head of the next best, and how likely that is.
    pub second: Option<(usize, f32)>,
}

/// The source of `cue`, none where the scorer prefers that.
#[must_use]
pub fn find(scene: &Scene<'_>, cue: &Cue, scorer: &Scorer) -> Option<Source> {
    rank(scene, cue, scorer).source
}

/// The source of `cue`, how sure that is, and which other one there might be.
#[must_use]
pub fn rank(scene: &Scene<'_>, cue: &Cue, scorer: &Scorer) -> Ranked {
    let mut all = Vec::new();
    let mut features_of = Vec::new();
    candidates(scene, cue.head, &mut all);
    absent_features(scene, cue.head, &mut features_of);
    let mut scores = vec![(scorer.score(&features_of), None)];
    for (place, head) in all.iter().enumerate() {
        features(scene, cue.head, &all, place, &mut features_of);
        scores.push((scorer.score(&features_of), Some(*head)));
    }
    let ahead = |best: &(f32, Option<usize>), next: &(f32, Option<usize>)| next.0 > best.0;
    let pick = |scores: &mut dyn Iterator<Item = (f32, Option<usize>)>| {
        scores.reduce(|best, next| if ahead(&best, &next) { next } else { best })
    };
    let Some((top, head)) = pick(&mut scores.iter().copied()) else { return Ranked::default() };
    let second = pick(&mut scores.iter().copied().filter(|(_, other)| other.is_some() && *other != head));
    let sum: f32 = scores.iter().map(|(score, _)| (score - top).exp()).sum();
    Ranked {
        source: head.map(|head| phrase(scene, cue, head)),
        probability: 1.0 / sum,
        second: second.and_then(|(score, head)| Some((head?, (score - top).exp() / sum))),
    }
}

/// The phrase around `head`: what hangs on it, without what leads up to it and without the cue.
#[must_use]
pub fn phrase(scene: &Scene<'_>, cue: &Cue, head: usize) -> Source {
    let (mut first, mut end) = scene.syntax.extent(head);
    let (sentence, _) = scene.sentence(head);
    first = first.max(sentence).max(head.saturating_sub(LONGEST));
    end = end.min(head + LONGEST);
    let leads = |at: usize| {
        matches!(scene.syntax.label(at), Label::Case | Label::Marker | Label::Conjunction | Label::Punctuation)
            || scene.tag(at).is_punctuation()
            || scene.is_quoted(at)
            || scene.tag(at) == Tag::Adverb && scene.syntax.extent(at).1 - scene.syntax.extent(at).0 == 1
    };
    while first < head && leads(first) {
        first += 1;
    }
    if cue.head > head && end > cue.first {
        end = cue.first;
    }
    if cue.head < head && first < cue.end {
        first = cue.end.min(head);
    }
    for at in first..end {
        if at > head && scene.is_quoted(at) {
            end = at;
            break;
        }
    }
    while end > head + 1 && (scene.tag(end - 1).is_punctuation() || scene.word(end - 1) == word("and")) {
        end -= 1;
    }
    if let Some(mention) = scene.cast.mention_at(head) {
        end = end.max(mention.end as usize);
        first = first.min(mention.first as usize);
    }
    Source { head, first, end: end.max(head + 1) }
}
