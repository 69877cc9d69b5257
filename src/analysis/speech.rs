//! Which quoted stretches give somebody's words, and which are titles, terms, nicknames and scare quotes.

use super::quotes::Attribution;
use super::scene::Scene;
use super::scorer::Scorer;
use super::sources::bucket;
use super::syntax::Tag;
use super::syntax::features::{Feature, start, with};
use super::token::Shape;
use super::verbs::Uses;

/// For each stretch the logarithm of the odds that it reports words; only outermost ones may.
#[must_use]
pub fn scores(scene: &Scene<'_>, attributions: &[Attribution], scorer: &Scorer) -> Vec<f32> {
    let mut features_of = Vec::new();
    let mut scores = Vec::with_capacity(scene.stretches.len());
    for (number, stretch) in scene.stretches.iter().enumerate() {
        if stretch.depth > 0 {
            scores.push(f32::NEG_INFINITY);
            continue;
        }
        features(scene, attributions, number, &mut features_of);
        scores.push(scorer.score(&features_of));
    }
    scores
}

/// The features of the stretch with `number`.
pub fn features(scene: &Scene<'_>, attributions: &[Attribution], number: usize, out: &mut Vec<Feature>) {
    out.clear();
    let Some(stretch) = scene.stretches.get(number) else { return };
    let (first, end) = scene.stretch_tokens(number);
    let (open, close) = (first + 1, end.saturating_sub(usize::from(stretch.closed)).max(first + 1));
    let count = |wanted: &dyn Fn(usize) -> bool| (open..close).take(60).filter(|at| wanted(*at)).count();
    let shape = |at: usize| scene.document.shape_at(at);
    let words = count(&|at| shape(at).has(Shape::LETTERS));
    let capitals = count(&|at| shape(at).has(Shape::LETTERS) && shape(at).has(Shape::CAPITALISED));
    let verbs = count(&|at| scene.tag(at).is_verb() || scene.tag(at) == Tag::Modal);
    let finite = count(&|at| matches!(scene.tag(at), Tag::Third | Tag::Past | Tag::Present | Tag::Modal)).min(2);
    let pronouns = count(&|at| matches!(scene.tag(at), Tag::Pronoun | Tag::Possessive)).min(2);
    let named = count(&|at| scene.part(at).kind() > 0);
    let length = words.min(12) as u64;
    let case = if words == 0 {
        4
    } else if capitals == words {
        3
    } else if capitals * 2 > words {
        2
    } else {
        u64::from(shape(open).has(Shape::CAPITALISED))
    };
    let inside_last = scene.tag(close.saturating_sub(1));
    let stop = u64::from(inside_last == Tag::Stop) | u64::from(inside_last == Tag::Comma) << 1;
    let before = scene.word(first.wrapping_sub(1));
    let determined = matches!(scene.tag(first.wrapping_sub(1)), Tag::Determiner | Tag::Possessive | Tag::Ending);
    let leading = if determined { first.wrapping_sub(2) } else { first.wrapping_sub(1) };
    let lead = scene.word(leading);
    let lead_lemma = scene.verbs.get(lead).map_or(lead, |verb| verb.lemma);
    let lead_uses = scene.verbs.get(lead).map_or(0, |verb| u64::from(verb.uses.bits()) + 1);
    let after = scene.word(end);
    let paragraph = scene.paragraph(first);
    let heading = scene.document.paragraph_of(first).is_some_and(|paragraph| paragraph.heading);
    let cue = nearest_cue(scene, attributions, first, end);
    let single = u64::from(stretch.single) << 1 | u64::from(heading);
    let whole = u64::from(first == paragraph.0) << 1 | u64::from(end == paragraph.1);
    let name = u64::from(named > 0) << 1 | u64::from(named == words);
    out.extend([
        start(4000),
        with(start(4001), length),
        with(start(4002), length << 4 | case),
        with(start(4003), case << 4 | stop),
        with(start(4004), before),
        with(start(4005), lead),
        with(start(4006), lead_lemma),
        with(with(start(4007), lead_uses), length.min(4)),
        with(with(start(4008), u64::from(determined)), lead_lemma),
        with(with(start(4009), u64::from(determined)), length.min(5)),
        with(start(4010), after),
        with(with(start(4011), scene.tag(first.wrapping_sub(1)) as u64), scene.tag(end) as u64),
        with(with(start(4012), scene.tag(first.wrapping_sub(1)) as u64), length.min(4)),
        with(with(start(4013), scene.tag(end) as u64), length.min(4)),
        with(start(4014), finite as u64 * 8 + pronouns as u64),
        with(with(start(4015), finite as u64 * 8 + pronouns as u64), length.min(5)),
        with(with(start(4016), cue), length.min(5)),
        with(start(4017), cue),
        with(with(start(4018), single), length.min(5)),
        with(with(start(4019), single), cue),
        with(with(start(4020), whole), length.min(5)),
        with(with(start(4021), name), case),
        with(with(start(4022), scene.tag(open) as u64), length.min(3)),
        with(with(start(4023), cue), with(case, length.min(3))),
        with(with(start(4024), cue), scene.tag(first.wrapping_sub(1)) as u64),
        with(with(start(4025), u64::from(verbs > 0)), case << 4 | length.min(4)),
        with(with(start(4026), scene.tag(close.saturating_sub(1)) as u64), length.min(3)),
        with(with(start(4027), scene.word(leading.wrapping_sub(1))), lead),
    ]);
}

/// How far from a stretch a cue may stand, in tokens.
const REACH: usize = 120;

/// How the best cue of the sentence lies: whether its content holds the stretch, how far away it stands, how sure it
/// is; 0 without any.
fn nearest_cue(scene: &Scene<'_>, attributions: &[Attribution], first: usize, end: usize) -> u64 {
    let from = scene.sentence(first).0.max(first.saturating_sub(REACH));
    let until = scene.sentence(end.saturating_sub(1)).1.min(end + REACH);
    let start = attributions.partition_point(|a| a.cue.head < from);
    let nearby = attributions.iter().skip(start).take_while(|a| a.cue.head < until);
    let rate = |a: &Attribution| {
        let holds = a.content.is_some_and(|content| content.first < end && first < content.end);
        let gap = if a.cue.head < first { first.saturating_sub(a.cue.end) } else { a.cue.first.saturating_sub(end) };
        let sure = if a.cue.score > 1.5 { 3 } else { u64::from(a.cue.score > -0.5) + u64::from(a.cue.score > 0.5) };
        let calls = scene.verbs.get(scene.word(a.cue.head)).is_some_and(|verb| verb.uses.has(Uses::CALLS));
        let near = bucket(gap).min(4);
        (
            u64::from(holds) * 8 + sure * 2 + 4 - near.min(4),
            1 + (u64::from(holds) << 6 | sure << 4 | near << 1 | u64::from(calls)),
        )
    };
    nearby.map(rate).max().map_or(0, |(_, code)| code)
}
