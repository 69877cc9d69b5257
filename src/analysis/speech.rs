//! Which quoted stretches give somebody's words, and which are titles, terms, nicknames and scare quotes.

mod terms;

pub use terms::unquoted_elsewhere;

use super::EntityKind;
use super::attributions::Attribution;
use super::scene::{Part, Scene};
use super::scorer::Scorer;
use super::sources::bucket;
use super::syntax::Tag;
use super::syntax::features::{Feature, start, with};
use super::token::{Shape, word};
use super::verbs::Uses;
use terms::{CHARGES, NAMED, NAMING, READS, SIGNS};

/// For each stretch the logarithm of the odds that it reports words; only outermost ones may.
#[must_use]
pub fn scores(scene: &Scene<'_>, attributions: &[Attribution], scorer: &Scorer) -> Vec<f32> {
    let mut features_of = Vec::new();
    let unquoted = unquoted_elsewhere(scene);
    let mut scores = Vec::with_capacity(scene.stretches.len());
    for (number, stretch) in scene.stretches.iter().enumerate() {
        if stretch.depth > 0 || stretch.labelled {
            scores.push(f32::NEG_INFINITY);
            continue;
        }
        features(scene, attributions, number, &unquoted, &mut features_of);
        scores.push(scorer.score(&features_of));
    }
    scores
}

/// The features of the stretch with `number`.
pub fn features(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    number: usize,
    unquoted: &[bool],
    out: &mut Vec<Feature>,
) {
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
    let head = head_of_row(scene, number);
    let row = u64::from(head != first);
    let elsewhere = u64::from(unquoted.get(number) == Some(&true));
    let before = scene.word(head.wrapping_sub(1));
    let determined = matches!(scene.tag(head.wrapping_sub(1)), Tag::Determiner | Tag::Possessive | Tag::Ending);
    let leading = if determined { head.wrapping_sub(2) } else { head.wrapping_sub(1) };
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
    let named_before = NAMED.contains(&lead) || NAMED.contains(&before);
    let naming = (1..=3).any(|back| NAMING.contains(&scene.word(leading.wrapping_add(1).wrapping_sub(back))));
    let leads = u64::from(named_before) << 2 | u64::from(naming) << 1 | u64::from(determined);
    let nickname = u64::from(scene.part(first.wrapping_sub(1)).kind() > 0) << 1 | u64::from(scene.part(end).kind() > 0);
    let few = length.min(5);
    out.extend([
        with(with(start(4040), lead_lemma), scene.tag(leading) as u64),
        with(with(start(4041), leads), scene.tag(leading) as u64),
        with(with(start(4042), leads), scene.tag(leading.wrapping_sub(1)) as u64),
        with(with(start(4037), elsewhere), few),
        with(with(start(4038), row), leads),
        with(with(start(4039), elsewhere), cue),
        with(start(4030), leads),
        with(with(start(4031), leads), few),
        with(with(start(4032), leads), case),
        with(with(start(4033), nickname), few),
        with(with(start(4034), leads), with(case, cue)),
        with(with(start(4035), nickname), case),
        with(with(start(4036), finite as u64), with(case, few)),
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

/// Whether the tokens from `open` to `close` are one name of a work, a body or a place, or are written like one: all words
/// but the small ones begin with a capital, and not all letters are capitals. Nearly nobody's words are (3 of 31 such
/// stretches in `gold/train`).
#[must_use]
pub fn is_title(scene: &Scene<'_>, open: usize, close: usize) -> bool {
    let shape = |at: usize| scene.document.shape_at(at);
    let small = |at: usize| matches!(scene.tag(at), Tag::Determiner | Tag::Preposition | Tag::Conjunction | Tag::To);
    // The end of "can't" is no word of its own.
    let begins = |at: usize| at == open || shape(at).has(Shape::SPACED);
    let is_word = |at: &usize| {
        let is_small = small(*at) && !shape(*at).has(Shape::CAPITALISED);
        shape(*at).has(Shape::LETTERS) && begins(*at) && !is_small
    };
    let words = || (open..close).filter(is_word).take(LONGEST_TITLE + 1);
    let capitalised = words().all(|at| shape(at).has(Shape::CAPITALISED));
    let shouted = words().all(|at| shape(at).has(Shape::ALL_CAPS));
    let ended = close > open && scene.tag(close - 1) == Tag::Stop;
    let thing = |at: usize| matches!(scene.part(at), Part::Entity(_, kind) if kind != EntityKind::Person);
    let named = || (open..close).take(LONGEST_TITLE).all(thing) && open < close;
    !ended && (capitalised && !shouted && (2..=LONGEST_TITLE).contains(&words().count()) || scene.english && named())
}

/// Most words of a title.
const LONGEST_TITLE: usize = 12;

/// Whether the words right before the stretch leave no doubt that it is somebody's: it is called out ("shouting “shame on
/// you!”"), or is what somebody called something ("met with what he called “fury”").
#[must_use]
pub fn is_announced(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    let Some(before) = first.checked_sub(1).filter(|at| scene.tag(*at).is_verb()) else { return false };
    let Some(verb) = scene.verbs.get(scene.word(before)) else { return false };
    let last = scene.word(end.saturating_sub(2));
    let called_out = verb.uses.has(Uses::SAYS) && (last == word("!") || last == word("?"));
    let from = scene.sentence(first).0.max(first.saturating_sub(WHAT_REACH));
    let what = verb.uses.has(Uses::CALLS) && (from..before).any(|at| scene.word(at) == word("what"));
    called_out || what
}

/// Whether the words before the stretch make it something else: what a sign reads, what somebody is charged with.
#[must_use]
pub fn is_inscription(scene: &Scene<'_>, first: usize) -> bool {
    let from = scene.sentence(first).0.max(first.saturating_sub(WHAT_REACH));
    let before = |back: usize| first.checked_sub(back).filter(|at| *at >= from).map_or(0, |at| scene.word(at));
    let colon = usize::from(before(1) == word(":"));
    let reads = READS.contains(&before(1 + colon)) && (from..first).any(|at| SIGNS.contains(&scene.word(at)));
    reads || CHARGES.contains(&[before(2), before(1)])
}

/// How far before a stretch the "what" of "what the minister called" may stand, in tokens.
const WHAT_REACH: usize = 12;

/// How far from a stretch a cue may stand, in tokens.
const REACH: usize = 120;
/// Index of the first token of the first stretch of a row ("a", "b" and "c") that the stretch belongs to.
fn head_of_row(scene: &Scene<'_>, number: usize) -> usize {
    let mut number = number;
    for _ in 0..8 {
        let (first, _) = scene.stretch_tokens(number);
        let joins = |at: usize| {
            matches!(scene.tag(at), Tag::Comma | Tag::Conjunction | Tag::Preposition | Tag::Adverb)
                || scene.part(at).kind() == 0 && matches!(scene.tag(at), Tag::Determiner)
        };
        let mut at = first;
        while at > 0 && first - at < 4 && !scene.is_quoted(at - 1) && joins(at - 1) {
            at -= 1;
        }
        match at.checked_sub(1).and_then(|before| scene.stretch_at(before)) {
            Some(before) if at < first => number = before,
            _ => return first,
        }
    }
    scene.stretch_tokens(number).0
}

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
