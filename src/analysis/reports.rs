//! Whether a cue, with the source and the content found for it, reports what somebody says: the last look, which sees
//! all three, at what the steps before made of a word that may report.
//!
//! Units: token indexes.

use super::attributions::Attribution;
use super::scene::Scene;
use super::sources::bucket;
use super::syntax::features::{Feature, start, with};
use super::syntax::{Label, Tag};

/// How many tokens of a content are looked at.
const LOOK: usize = 40;

/// The features of `attribution`, none where it has no content.
pub fn features(scene: &Scene<'_>, attribution: &Attribution, out: &mut Vec<Feature>) {
    out.clear();
    let Some(content) = attribution.content else { return };
    let cue = &attribution.cue;
    let (first, end) = (content.first, content.end);
    let right = first >= cue.head;
    let verb = scene.verbs.get(scene.word(cue.head));
    let lemma = verb.map_or(scene.word(cue.head), |verb| verb.lemma);
    let uses = verb.map_or(0, |verb| u64::from(verb.uses.bits()) + 1);
    let sure = (2.0 * cue.score + 6.0).clamp(0.0, 15.0) as u64;
    let ranked = (8.0 * attribution.ranked.probability).clamp(0.0, 7.0) as u64;
    let who = attribution
        .source
        .map_or(0, |source| 1 + (scene.tag(source.head) as u64) * 16 + scene.part(source.head).kind());
    let order = attribution.source.map_or(0, |source| 1 + u64::from(source.first > cue.head));
    let inside = || (first..end).take(LOOK);
    let finite = inside().any(|at| matches!(scene.tag(at), Tag::Third | Tag::Past | Tag::Present | Tag::Modal));
    let open = inside().any(|at| matches!(scene.tag(at), Tag::Base | Tag::Gerund | Tag::To));
    let quoted = inside().filter(|at| scene.is_quoted(*at)).count();
    let share = if quoted == 0 { 0 } else { 1 + u64::from(2 * quoted > inside().count()) };
    let length = bucket(end - first);
    let clause = u64::from(finite) << 2 | u64::from(open) << 1 | u64::from(right);
    let tag = scene.tag(cue.head) as u64;
    let opening = scene.tag(first) as u64;
    let label = scene.syntax.label(cue.head) as u64;
    let top = top(scene, first, end);
    let hangs =
        top.map_or(99, |top| (scene.syntax.label(top) as u64) << 1 | u64::from(scene.syntax.head(top) == cue.head));
    let head = top.map_or(0, |top| scene.word(top));
    let heading = u64::from(scene.document.paragraph_of(cue.head).is_some_and(|paragraph| paragraph.heading));
    let whole = u64::from(scene.sentence(first).0 == first) << 1 | u64::from(scene.sentence(first).1 <= end + 1);
    let gap = bucket(if right { first.saturating_sub(cue.end) } else { cue.first.saturating_sub(end) });
    let marked = u64::from(scene.syntax.child(cue.head, &[Label::Content, Label::OpenContent]).is_some());
    out.extend([
        start(6000),
        with(start(6001), sure),
        with(with(start(6002), sure), clause),
        with(with(start(6003), sure), length),
        with(with(start(6004), sure), who),
        with(with(start(6005), sure), ranked),
        with(start(6006), lemma),
        with(with(start(6007), lemma), clause),
        with(with(start(6008), lemma), tag << 8 | opening),
        with(with(start(6009), lemma), length.min(4)),
        with(with(start(6010), uses), clause << 4 | length.min(5)),
        with(with(start(6011), uses), opening << 4 | clause),
        with(with(start(6012), tag), with(label, clause)),
        with(with(start(6013), hangs), clause),
        with(with(start(6014), hangs), with(uses, length.min(4))),
        with(with(start(6015), head), u64::from(right)),
        with(start(6016), scene.word(first)),
        with(with(start(6017), opening), length.min(4) << 1 | u64::from(right)),
        with(with(start(6018), share), clause << 4 | length.min(5)),
        with(with(start(6019), who), clause),
        with(with(start(6020), order), with(clause, gap)),
        with(with(start(6021), heading), clause << 4 | sure),
        with(with(start(6022), whole), clause << 4 | length.min(6)),
        with(with(start(6023), gap), clause << 1 | marked),
        with(with(start(6024), scene.tag(end.saturating_sub(1)) as u64), scene.tag(end) as u64),
        with(with(start(6025), who), with(uses, order)),
        with(with(start(6026), length), clause),
        with(with(start(6027), marked), with(clause, uses)),
        with(with(start(6028), scene.word(cue.head.wrapping_sub(1))), clause),
    ]);
}

/// The token of the content that hangs on something outside it.
fn top(scene: &Scene<'_>, first: usize, end: usize) -> Option<usize> {
    (first..end).take(LOOK).find(|at| {
        let head = scene.syntax.head(*at);
        (head < first || head >= end || head == *at) && !scene.tag(*at).is_punctuation()
    })
}
