//! What tells apart those who may be the source of a cue, for the scorer that chooses among them.

use crate::analysis::cues::{Cue, quote_around};
use crate::analysis::lexicon::Classes;
use crate::analysis::scene::Scene;
use crate::analysis::syntax::features::{Feature, start, with};
use crate::analysis::syntax::{Label, Tag};
use crate::analysis::token::Shape;

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

/// The features of the candidate at `place` in `all` for `cue`.
pub fn features(scene: &Scene<'_>, cue: &Cue, all: &[usize], place: usize, out: &mut Vec<Feature>) {
    out.clear();
    let (cue, extent) = (cue.head, (cue.first, cue.end));
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
    let (chunk, lead) = chunk(scene, index);
    let lead_tag = scene.tag(lead) as u64;
    let next = scene.word(index + 1);
    let touches = u64::from(if after { chunk == extent.1 } else { index + 1 == extent.0 });
    let classes = u64::from(scene.classes(index).0 & KINDS);
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
        with(with(start(2035), scene.word(lead)), side),
        with(with(start(2036), lead_tag), way),
        with(with(start(2037), lead_tag), side << 12 | subject << 8 | rank),
        with(with(start(2038), next), side),
        with(with(start(2039), touches), side << 8 | subject),
        with(with(start(2040), touches), with(who, side)),
        with(start(2041), classes),
        with(with(start(2042), classes), with(way, side)),
        with(with(start(2043), classes), lemma),
        with(with(start(2044), scene.tag(index + 1) as u64), lead_tag << 1 | side),
    ]);
}

/// The classes of nouns that tell who can speak.
const KINDS: u32 = Classes::ROLE
    .with(Classes::ORGANIZATION_HEAD)
    .with(Classes::NATIONALITY)
    .with(Classes::PLACE_HEAD)
    .with(Classes::WORK_HEAD)
    .0;

/// First token of the nouns and what leads up to them that end at `index`, and the token before.
fn chunk(scene: &Scene<'_>, index: usize) -> (usize, usize) {
    let mut first = index;
    let belongs = |at: usize| {
        matches!(
            scene.tag(at),
            Tag::Noun
                | Tag::Nouns
                | Tag::Name
                | Tag::Adjective
                | Tag::Determiner
                | Tag::Possessive
                | Tag::Number
                | Tag::Ending
        ) && !scene.is_quoted(at)
    };
    while first > 0 && index - first < 9 && belongs(first - 1) {
        first -= 1;
    }
    (first, first.wrapping_sub(1))
}
