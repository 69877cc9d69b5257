//! Quotations whose words leave no doubt who speaks: a verb of saying and its subject right behind the quotation
//! (`"…," said Ana Ruiz`, `"…," Ana Ruiz, a doctor, said`) or right before it (`Ana Ruiz told them: "…"`), and the
//! second half of a quotation that such words split.
//!
//! Units: token indexes. What is found here goes before what the scorers say; where nothing is found they decide.

use super::attributions::Attribution;
use super::direct::{Candidate, Spoken};
use super::scene::Scene;
use super::syntax::{Label, Tag};
use super::token::{Shape, word};
use super::verbs::Uses;

/// How far from the quotation its frame may reach, in tokens.
const REACH: usize = 30;
/// How long what stands between a frame and the quotation may be ("told reporters in Lima on Friday:"), in tokens.
const GAP: usize = 10;
/// Fewest words of a quotation that is taken for speech because of its frame.
const WORDS: usize = 3;

/// For each stretch the place of the attribution that frames it.
#[must_use]
pub fn frames(scene: &Scene<'_>, attributions: &[Attribution]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; scene.stretches.len()];
    let mut split: Option<usize> = None;
    for (number, slot) in found.iter_mut().enumerate() {
        if scene.stretches.get(number).is_none_or(|stretch| stretch.depth > 0 || stretch.labelled) {
            continue;
        }
        let (first, end) = scene.stretch_tokens(number);
        let behind = behind(scene, attributions, first, end);
        *slot = behind
            .or_else(|| split.filter(|place| goes_on(scene, attributions, *place, first)))
            .or_else(|| before(scene, attributions, first, end));
        split = behind;
    }
    found
}

/// The attribution at `place` if it is a verb of saying outside quotation marks with its subject right beside it.
///
/// Before a colon any verb will do ("Ana Ruiz disagreed:").
fn clause(scene: &Scene<'_>, attribution: &Attribution, colon: bool) -> Option<(usize, usize)> {
    let cue = &attribution.cue;
    let source = attribution.source?;
    let says = colon || scene.verbs.get(scene.word(cue.head)).is_some_and(|verb| verb.uses.has(Uses::SAYS));
    let finite = matches!(scene.tag(cue.head), Tag::Past | Tag::Present | Tag::Third | Tag::Participle);
    let comma = |at: usize| scene.tag(at) == Tag::Comma;
    // "said Ana Ruiz", "said Mayor of London Ana Ruiz".
    let inverted = (cue.end..cue.end + GAP).contains(&source.first) && is_quiet(scene, cue.end, source.first);
    let straight = source.end <= cue.first
        && (cue.first <= source.end + 1 || comma(source.end) && comma(cue.first - 1) && cue.first < source.end + REACH)
        && (source.end..cue.first).all(|at| !scene.is_quoted(at));
    (says && finite && (inverted || straight)).then(|| (cue.first.min(source.first), cue.end.max(source.end)))
}

fn behind(scene: &Scene<'_>, attributions: &[Attribution], first: usize, end: usize) -> Option<usize> {
    let outside = scene.tag(end) == Tag::Comma;
    let pause = scene.tag(end.checked_sub(2)?);
    let full = scene.word(end - 2) == word(".");
    let paused = outside || pause == Tag::Comma || pause == Tag::Stop && !full;
    if !paused || !is_clause(scene, first, end) && !is_exclaimed(scene, first, end) {
        return None;
    }
    let from = if outside { end + 1 } else { end };
    let until = scene.sentence(from).1.min(from + REACH);
    let start = attributions.partition_point(|a| a.cue.head < from);
    let near = attributions.iter().enumerate().skip(start).take_while(|(_, a)| a.cue.head < until);
    near.filter(|(_, a)| clause(scene, a, false).is_some_and(|(begins, _)| begins == from))
        .map(|(place, _)| place)
        .next()
}

fn before(scene: &Scene<'_>, attributions: &[Attribution], first: usize, end: usize) -> Option<usize> {
    let pause = first.checked_sub(1).map(|at| scene.tag(at))?;
    let capital = scene.document.shape_at(first + 1).has(Shape::CAPITALISED);
    let said = is_clause(scene, first, end) || scene.tag(end.checked_sub(2)?) == Tag::Stop;
    if !matches!(pause, Tag::Comma | Tag::Colon) || !capital || !said {
        return None;
    }
    let last = attributions.partition_point(|a| a.cue.head < first).checked_sub(1)?;
    let attribution = attributions.get(last)?;
    if attribution.cue.head + 1 == first {
        // The colon is the cue: "Ana Ruiz:".
        let begins = scene.sentence(first).0;
        let led = attribution
            .source
            .is_some_and(|s| s.end == first - 1 && scene.tag(s.first) == Tag::Name && is_quiet(scene, begins, s.first));
        return led.then_some(last);
    }
    let (begins, ends) = clause(scene, attribution, pause == Tag::Colon)?;
    let same = begins >= scene.sentence(first).0 && attribution.source.is_some_and(|s| s.first < attribution.cue.first);
    (same && first < ends + GAP && is_quiet(scene, ends, first)).then_some(last)
}

/// Whether the stretch at `first` goes on with what the attribution at `place` interrupted.
fn goes_on(scene: &Scene<'_>, attributions: &[Attribution], place: usize, first: usize) -> bool {
    let Some((_, ends)) = attributions.get(place).and_then(|a| clause(scene, a, false)) else { return false };
    let pause = first.checked_sub(1).map(|at| scene.tag(at));
    let capital = scene.document.shape_at(first + 1).has(Shape::CAPITALISED);
    let others = attributions.get(place + 1).is_some_and(|a| a.cue.head < first && a.cue.score > 0.0);
    pause == Some(Tag::Comma) && !capital && !others && first < ends + GAP && is_quiet(scene, ends, first)
}

/// Whether `candidate` is the subject of a sentence that gives the stretch as its own or somebody's ("the ministry gave
/// its “deepest sympathies”"), before anybody reports anything.
#[must_use]
pub fn gives(scene: &Scene<'_>, attributions: &[Attribution], spoken: &Spoken, candidate: Candidate) -> bool {
    let Candidate::Beside(source) = candidate else { return false };
    let (sentence, _) = scene.sentence(spoken.first);
    let owned = spoken.first > sentence && scene.tag(spoken.first - 1) == Tag::Possessive;
    let first = attributions.partition_point(|a| a.cue.head < sentence);
    let reported = attributions.iter().skip(first).take_while(|a| a.cue.head < spoken.first).any(|a| a.cue.score > 0.0);
    let subject = scene.syntax.label(source.head) == Label::Subject && source.head < spoken.first;
    owned && subject && !reported && source.first >= sentence && scene.tag(scene.syntax.head(source.head)).is_verb()
}

/// Whether nothing between the two is quoted, a verb or the end of a sentence.
fn is_quiet(scene: &Scene<'_>, from: usize, until: usize) -> bool {
    (from..until).all(|at| !scene.is_quoted(at) && !scene.tag(at).is_verb() && scene.tag(at) != Tag::Stop)
}

/// Whether the stretch is a word or two that open their sentence ("“Yes,” said"), and not a measure.
fn is_exclaimed(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    let words = (first + 1..end).filter(|at| scene.document.shape_at(*at).has(Shape::LETTERS)).take(WORDS).count();
    scene.sentence(first).0 == first && (1..WORDS).contains(&words)
}

/// Whether the stretch may be speech by itself: some words long, not written like a title, and either the beginning
/// of its sentence or with a verb in it.
fn is_clause(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    let inside = first + 1..end.max(first + 1);
    let shape = |at: &usize| scene.document.shape_at(*at);
    let words = inside.clone().filter(|at| shape(at).has(Shape::LETTERS)).take(REACH).count();
    let capitals = inside.clone().filter(|at| shape(at).has(Shape::CAPITALISED)).take(REACH).count();
    let verb = |at: usize| scene.tag(at).is_verb() || scene.tag(at) == Tag::Modal;
    words >= WORDS && 2 * capitals <= words && (scene.sentence(first).0 == first || inside.take(REACH).any(verb))
}
