//! What tells the boundaries of a content apart, for the scorers that choose among them.

use super::{Inner, LONGEST};
use crate::analysis::cues::{Cue, quote_around};
use crate::analysis::scene::Scene;
use crate::analysis::sources::{Source, bucket};
use crate::analysis::syntax::features::{Feature, start, with};
use crate::analysis::syntax::{Label, Tag};
use crate::analysis::token::word;
use crate::analysis::verbs::Uses;

/// How far beyond its end another cue is looked for, in tokens.
const NEXT: usize = 10;

/// The features of an inner boundary of the cue's content.
pub fn inner_features(scene: &Scene<'_>, cue: &Cue, source: Option<&Source>, inner: Inner, out: &mut Vec<Feature>) {
    out.clear();
    let syntax = scene.syntax;
    let at = inner.at;
    let side = u64::from(inner.right);
    let verb = scene.verbs.get(scene.word(cue.head));
    let lemma = verb.map_or(scene.word(cue.head), |verb| verb.lemma);
    let uses = verb.map_or(0, |verb| u64::from(verb.uses.bits()) + 1);
    let quoted = scene.is_quoted(if inner.right { at } else { at.wrapping_sub(1) });
    let top = if inner.right { top_from(scene, at, cue.head) } else { top_to(scene, at, cue.head) };
    let relation = top.map_or(99, |top| {
        let above = u64::from(syntax.head(top) == cue.head);
        let under = u64::from(is_under(scene, cue.head, top));
        (syntax.label(top) as u64) << 2 | above << 1 | under
    });
    let order = source.map_or(3, |source| u64::from(source.first > cue.head) + u64::from(source.first < cue.head) * 2);
    let before = if at > 0 { scene.word(at - 1) } else { 0 };
    let here = scene.word(at);
    let gap = bucket(if inner.right { at - cue.end } else { cue.first.saturating_sub(at) });
    let quote = quote_around(scene, cue.head);
    let shape = side << 3 | order << 1 | u64::from(quoted);
    let tag = scene.tag(at) as u64;
    let tag_before = if at > 0 { scene.tag(at - 1) as u64 } else { 31 };
    let has_content = u64::from(syntax.child(cue.head, &[Label::Content]).is_some());
    let has_object = u64::from(syntax.child(cue.head, &[Label::Object]).is_some());
    out.extend([
        with(start(3000), shape),
        with(with(start(3001), shape), lemma),
        with(with(start(3002), shape), relation),
        with(with(start(3003), relation), lemma),
        with(with(start(3004), shape), gap),
        with(with(start(3005), side), here),
        with(with(start(3006), side), before),
        with(with(start(3007), side), tag << 8 | tag_before),
        with(with(start(3008), relation), tag << 8 | tag_before),
        with(with(start(3009), shape), quote),
        with(with(start(3010), uses), relation << 8 | shape),
        with(with(start(3011), shape), has_content << 1 | has_object),
        with(with(start(3012), relation << 8 | shape), has_content << 1 | has_object),
        with(with(start(3013), before), relation << 8 | shape),
        with(with(start(3014), lemma), with(before, side)),
        with(with(start(3015), syntax.label(cue.head) as u64), shape << 8 | has_content),
        with(with(start(3016), scene.tag(cue.head) as u64), shape << 16 | relation),
        with(with(start(3017), lemma), tag << 2 | side),
        with(with(start(3018), gap), with(relation, shape)),
        with(with(start(3019), tag_before), with(tag, with(gap, shape))),
    ]);
}

/// Whether `index` hangs, over any number of steps, on `top`.
fn is_under(scene: &Scene<'_>, index: usize, top: usize) -> bool {
    let (first, end) = scene.syntax.extent(top);
    first <= index && index < end
}

/// The highest token whose phrase begins at `at` and does not hold `cue`.
fn top_from(scene: &Scene<'_>, at: usize, cue: usize) -> Option<usize> {
    top(scene, at, |index| scene.syntax.extent(index).0 == at && !is_under(scene, cue, index))
}

/// The highest token whose phrase ends at `at` and does not hold `cue`.
fn top_to(scene: &Scene<'_>, at: usize, cue: usize) -> Option<usize> {
    top(scene, at.checked_sub(1)?, |index| scene.syntax.extent(index).1 == at && !is_under(scene, cue, index))
}

/// The highest token above `from`, itself included, as long as `wanted` holds; climbs a bounded way.
fn top(scene: &Scene<'_>, from: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let mut found = None;
    let mut at = from;
    for _ in 0..24 {
        if wanted(at) {
            found = Some(at);
        } else if found.is_some() {
            break;
        }
        let head = scene.syntax.head(at);
        if head == at {
            break;
        }
        at = head;
    }
    found
}

/// The features of the outer boundary at `place` in `all`.
pub fn outer_features(scene: &Scene<'_>, cue: &Cue, inner: Inner, all: &[usize], place: usize, out: &mut Vec<Feature>) {
    out.clear();
    let Some(at) = all.get(place).copied() else { return };
    let syntax = scene.syntax;
    let side = u64::from(inner.right);
    let verb = scene.verbs.get(scene.word(cue.head));
    let lemma = verb.map_or(scene.word(cue.head), |verb| verb.lemma);
    let (first, end) = if inner.right { (inner.at, at) } else { (at, inner.at) };
    let last = place + 1 == all.len();
    let tag = |at: usize| scene.tag(at) as u64;
    let next = if scene.tag(at) == Tag::Comma { at + 1 } else { at };
    let (here, after, before) = (scene.word(at), scene.word(next), scene.word(at.wrapping_sub(1)));
    let content_top = top(scene, first, |index| syntax.extent(index).0 <= first && !is_under(scene, cue.head, index));
    let fits = content_top.map_or(9, |top| {
        let (low, high) = syntax.extent(top);
        u64::from(low == first) << 2 | u64::from(high == end) << 1 | u64::from(high > end)
    });
    let kind = content_top.map_or(99, |top| (syntax.label(top) as u64) << 1 | u64::from(syntax.head(top) == cue.head));
    let follows = top_from(scene, next, cue.head);
    let hangs = follows.map_or(0, |top| {
        let head = syntax.head(top);
        let place = if head == cue.head {
            1
        } else if first <= head && head < end {
            2
        } else if head == top {
            3
        } else {
            4
        };
        place << 8 | syntax.label(top) as u64
    });
    let own = syntax.extent(cue.head);
    let closes = u64::from(own.1 == end) << 1 | u64::from(own.0 == first);
    let quotes = u64::from(scene.is_quoted(first)) << 2
        | u64::from(scene.is_quoted(end.wrapping_sub(1))) << 1
        | u64::from(scene.is_quoted(at));
    let length = bucket(end.saturating_sub(first));
    let rank = bucket(place);
    let to_go = bucket(all.len() - 1 - place);
    let ends = u64::from(last) << 1 | side;
    out.extend([
        with(start(3100), ends),
        with(with(start(3101), side), fits << 4 | closes),
        with(with(start(3102), side), kind << 8 | fits),
        with(with(start(3103), side), hangs),
        with(with(start(3104), hangs), here),
        with(with(start(3105), hangs), with(after, side)),
        with(with(start(3106), side), here),
        with(with(start(3107), here), with(after, side)),
        with(with(start(3108), tag(at)), tag(next) << 8 | tag(next + 1)),
        with(with(start(3109), tag(at.wrapping_sub(1))), tag(at) << 8 | side),
        with(with(start(3110), side), before),
        with(with(start(3111), ends), quotes),
        with(with(start(3112), ends), length),
        with(with(start(3113), side), rank << 8 | to_go),
        with(with(start(3114), lemma), ends),
        with(with(start(3115), lemma), fits << 8 | kind),
        with(with(start(3116), lemma), hangs),
        with(with(start(3117), hangs), fits << 10 | kind),
        with(with(start(3118), quotes), with(hangs, fits)),
        with(with(start(3119), tag(first)), ends),
        with(with(start(3120), tag(first)), kind << 8 | fits),
        with(with(start(3121), tag(first)), with(hangs, length)),
        with(with(start(3122), scene.word(first)), ends),
        with(with(start(3123), kind), with(hangs, here)),
        with(with(start(3124), quotes), with(here, after)),
    ]);
    let says = |at: usize| {
        scene.tag(at).is_verb()
            && !scene.is_quoted(at)
            && at != cue.head
            && scene.verbs.get(scene.word(at)).is_some_and(|verb| verb.uses.has(Uses::SAYS))
            && scene.own_subject(at).is_some()
            || scene.word(at) == word("according")
    };
    let sentence = scene.sentence(cue.head);
    let beyond = if inner.right { at..sentence.1.min(at + NEXT) } else { sentence.0.max(at.saturating_sub(NEXT))..at };
    let ahead = u64::from(beyond.into_iter().any(says));
    let within = (first..end).take(LONGEST).filter(|at| says(*at)).count().min(2) as u64;
    let parts = (first..end).take(LONGEST).filter(|at| scene.word(*at) == word(";")).count().min(1) as u64;
    out.extend([
        with(with(start(3125), ahead), with(here, ends)),
        with(with(start(3126), ahead), with(hangs, within)),
        with(with(start(3127), within), with(kind, ends)),
        with(with(start(3128), parts), with(ahead, ends)),
        with(with(start(3129), within << 1 | ahead), with(tag(at), tag(next))),
    ]);
}
