//! Whose words a quoted stretch gives: the source of a cue near it, whoever spoke before, or somebody named beside it.
//!
//! Units: token indexes.

use super::EntityKind;
use super::attributions::Attribution;
use super::scene::{Part, Scene};
use super::sources::{Source, bucket, path};
use super::syntax::features::{Feature, start, with};
use super::syntax::{Label, Tag};
use super::token::{Shape, word};

/// What a quoted stretch may be attributed by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Candidate {
    /// The attribution at this place.
    Cue(usize),
    /// The speaker of the stretch before.
    Carried,
    /// A phrase beside the stretch, without a cue.
    Beside(Source),
}

/// A stretch with what its attribution depends on.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    /// Number of the stretch.
    pub number: usize,
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// The speech stretch before: one past its last token, and the place of the attribution that decided there.
    pub before: Option<(usize, Option<usize>)>,
}

/// How far before a stretch, and how far behind it, whatever attributes it may stand, in tokens.
const REACH: (usize, usize) = (80, 40);

/// Longest words that lead to a quotation, in tokens.
const LEAD: usize = 30;

/// The candidates for a stretch.
pub fn candidates(scene: &Scene<'_>, attributions: &[Attribution], spoken: &Spoken, out: &mut Vec<Candidate>) {
    out.clear();
    let (from, until) = scene.paragraph(spoken.first);
    let (low, high) = ((spoken.first + 1).saturating_sub(REACH.0), spoken.end + REACH.1);
    let first = attributions.partition_point(|a| a.cue.head < from);
    let near = attributions.partition_point(|a| a.cue.head < from.max(low));
    let near = attributions.iter().enumerate().skip(near).take_while(|(_, a)| a.cue.head < until.min(high));
    out.extend(near.filter(|(_, a)| a.source.is_some()).map(|(place, _)| Candidate::Cue(place)));
    if out.is_empty()
        && let Some(place) = first.checked_sub(1)
        && attributions.get(place).is_some_and(|a| a.cue.head + 40 > from && a.source.is_some())
    {
        out.push(Candidate::Cue(place));
    }
    if spoken.before.is_some() {
        out.push(Candidate::Carried);
    }
    let (start, _) = scene.sentence(spoken.first);
    let (_, end) = scene.sentence(spoken.end.saturating_sub(1));
    let start = if start == spoken.first { scene.sentence(start.saturating_sub(1)).0.max(from) } else { start };
    let mut at = start.max(low);
    let mut beside = 0;
    while at < end.min(high) && beside < 8 {
        let person = matches!(scene.part(at), Part::Entity(_, EntityKind::Person | EntityKind::Organization));
        if scene.is_quoted(at) || !(person || scene.is_pronoun(at)) {
            at += 1;
            continue;
        }
        let mention = scene.cast.mention_at(at);
        let (first, end) = mention.map_or((at, at + 1), |mention| (mention.first as usize, mention.end as usize));
        out.push(Candidate::Beside(Source { head: end - 1, first, end }));
        beside += 1;
        at = end;
    }
}

/// Whether words in the stretch's own sentence lead to it with a colon, but name nobody and hold no cue: then no one heard
/// earlier speaks ("The sign read: “Keep out.”").
#[must_use]
pub fn is_led_to_by_nobody(scene: &Scene<'_>, attributions: &[Attribution], spoken: &Spoken) -> bool {
    let (sentence, _) = scene.sentence(spoken.first);
    let short = (sentence + 3..sentence + LEAD).contains(&spoken.first);
    let colon = short && scene.tag(spoken.first - 1) == Tag::Colon;
    let near = attributions.partition_point(|a| a.cue.head < sentence);
    let before = attributions.iter().skip(near).take_while(|a| a.cue.head + 1 < spoken.first);
    let cue = before.take(LEAD).any(|a| a.source.is_some());
    let lead = || sentence..spoken.first;
    colon && !cue && !lead().any(|at| scene.part(at) != Part::Nothing || scene.is_pronoun(at) || scene.is_quoted(at))
}

/// The features of a candidate.
pub fn features(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    spoken: &Spoken,
    candidate: Candidate,
    out: &mut Vec<Feature>,
) {
    out.clear();
    let stretch = look(scene, spoken);
    match candidate {
        Candidate::Cue(place) => cue_features(scene, attributions, spoken, place, stretch, out),
        Candidate::Carried => carried_features(scene, attributions, spoken, stretch, out),
        Candidate::Beside(source) => beside_features(scene, spoken, source, stretch, out),
    }
}

/// The stretch itself: whether it begins and ends its sentence and its paragraph, how long it is, whether it is a
/// whole sentence.
fn look(scene: &Scene<'_>, spoken: &Spoken) -> u64 {
    let (from, until) = scene.paragraph(spoken.first);
    let begins = u64::from(scene.sentence(spoken.first).0 == spoken.first);
    let ends = u64::from(scene.sentence(spoken.end - 1).1 == spoken.end);
    let all = u64::from(from == spoken.first) << 1 | u64::from(until == spoken.end);
    let capital = u64::from(scene.document.shape_at(spoken.first + 1).has(Shape::CAPITALISED));
    let long = match spoken.end - spoken.first {
        0..=4 => 0,
        5..=8 => 1,
        9..=20 => 2,
        _ => 3,
    };
    let continues = u64::from(scene.stretches.get(spoken.number).is_some_and(|stretch| stretch.continues));
    continues << 8 | long << 6 | capital << 5 | all << 3 | begins << 1 | ends
}

/// The word right before the stretch, marks and commas left out, as a small class.
fn opening(scene: &Scene<'_>, spoken: &Spoken) -> u64 {
    let Some(before) = spoken.first.checked_sub(1) else { return 0 };
    match scene.tag(before) {
        Tag::Comma => 1,
        Tag::Colon => 2,
        Tag::Stop => 3,
        Tag::Quote => 4,
        Tag::Determiner | Tag::Possessive | Tag::Ending => 5,
        Tag::Preposition | Tag::To => 6 + u64::from(scene.word(before) == word("that")),
        tag if tag.is_verb() => 8,
        Tag::Noun | Tag::Nouns | Tag::Name => 9,
        Tag::Conjunction => 10,
        Tag::Adjective | Tag::Adverb => 11,
        _ => 12,
    }
}

/// What lies between a cue or a mention and the stretch: other stretches, sentence ends, other cues.
fn between(scene: &Scene<'_>, attributions: &[Attribution], from: usize, until: usize) -> u64 {
    let inside = from..until;
    let others = inside.clone().take(80).any(|at| scene.is_quoted(at));
    let stops = inside.clone().take(80).filter(|at| scene.tag(*at) == Tag::Stop).count().min(2) as u64;
    let first = attributions.partition_point(|a| a.cue.head < from);
    let cues = attributions.iter().skip(first).take_while(|a| a.cue.head < until);
    let cues = cues.filter(|a| a.cue.score > 0.0 && a.source.is_some()).take(2).count() as u64;
    cues << 4 | stops << 1 | u64::from(others)
}

fn cue_features(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    spoken: &Spoken,
    place: usize,
    stretch: u64,
    out: &mut Vec<Feature>,
) {
    let Some(attribution) = attributions.get(place) else { return };
    let cue = &attribution.cue;
    let before = cue.head < spoken.first;
    let (from, until) = if before { (cue.end, spoken.first) } else { (spoken.end, cue.first) };
    let side = u64::from(before);
    let gap = bucket(until.saturating_sub(from));
    let sure = if cue.score > 2.0 { 4 } else { (cue.score + 2.0).clamp(0.0, 3.0) as u64 };
    let holds = attribution.content.map_or(0, |content| {
        1 + u64::from(content.first < spoken.end && spoken.first < content.end) * 2
            + u64::from(content.first <= spoken.first && spoken.end <= content.end)
    });
    let same = u64::from(scene.sentence(cue.head).0 == scene.sentence(spoken.first).0) << 1
        | u64::from(scene.sentence(cue.head).0 == scene.sentence(spoken.end - 1).0);
    let source = attribution
        .source
        .map_or(0, |source| 1 + (scene.tag(source.head) as u64) * 16 + scene.part(source.head).kind());
    let verb = scene.verbs.get(scene.word(cue.head));
    let lemma = verb.map_or(scene.word(cue.head), |verb| verb.lemma);
    let uses = verb.map_or(0, |verb| u64::from(verb.uses.bits()) + 1);
    let way = between(scene, attributions, from, until);
    let decided = u64::from(spoken.before.is_some_and(|(_, decided)| decided == Some(place)));
    let opening = opening(scene, spoken);
    let place = side << 12 | same << 8 | gap;
    out.extend([
        with(start(5000), side),
        with(start(5001), place),
        with(with(start(5002), place), holds),
        with(start(5003), holds),
        with(with(start(5004), holds), sure),
        with(start(5005), sure),
        with(start(5006), lemma),
        with(with(start(5007), uses), side),
        with(with(start(5008), way), side),
        with(with(start(5009), way), place),
        with(with(start(5010), stretch & 31), place),
        with(with(start(5011), stretch), side << 4 | same),
        with(with(start(5012), opening), side << 12 | same << 8 | gap.min(4)),
        with(start(5013), source),
        with(with(start(5014), decided), place),
        with(with(start(5015), decided), way),
        with(with(start(5016), opening), with(holds, side)),
        with(with(start(5017), lemma), side << 8 | gap.min(4)),
        with(with(start(5018), scene.word(until.wrapping_sub(1))), side << 4 | gap.min(5)),
    ]);
}

fn carried_features(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    spoken: &Spoken,
    stretch: u64,
    out: &mut Vec<Feature>,
) {
    let Some((end, decided)) = spoken.before else { return };
    let way = between(scene, attributions, end, spoken.first);
    let same_paragraph = u64::from(scene.paragraph(end.saturating_sub(1)).0 == scene.paragraph(spoken.first).0);
    let same_sentence = u64::from(scene.sentence(end.saturating_sub(1)).0 == scene.sentence(spoken.first).0);
    let gap = bucket(spoken.first.saturating_sub(end));
    let named =
        (end..spoken.first).take(60).filter(|at| matches!(scene.part(*at), Part::Entity(_, EntityKind::Person)));
    let named = named.count().min(2) as u64;
    let opening = opening(scene, spoken);
    let place = same_sentence << 1 | same_paragraph;
    out.extend([
        start(5100),
        with(start(5101), place),
        with(with(start(5102), place), gap),
        with(with(start(5103), place), way),
        with(with(start(5104), stretch), place),
        with(with(start(5105), stretch & 31), with(place, way)),
        with(with(start(5106), opening), place),
        with(with(start(5107), named), place),
        with(with(start(5108), u64::from(decided.is_some())), place),
        with(with(start(5109), stretch >> 8), place),
        with(with(start(5110), opening), with(gap, place)),
    ]);
}

fn beside_features(scene: &Scene<'_>, spoken: &Spoken, source: Source, stretch: u64, out: &mut Vec<Feature>) {
    let before = source.head < spoken.first;
    let side = u64::from(before);
    let (near, far) = if before { (source.end, spoken.first) } else { (spoken.end, source.first) };
    let gap = bucket(far.saturating_sub(near));
    let same = u64::from(scene.sentence(source.head).0 == scene.sentence(spoken.first).0);
    let label = scene.syntax.label(source.head);
    let who = (scene.tag(source.head) as u64) * 16 + scene.part(source.head).kind();
    let opening = opening(scene, spoken);
    let opens = scene.sentence(source.head).0.max(source.first.saturating_sub(REACH.0));
    let first = (opens..source.first).all(|at| scene.part(at).kind() == 0);
    let place = side << 8 | same << 4 | u64::from(first);
    let to = path(scene, source.head, spoken.first + 1);
    let owns = u64::from(scene.document.shape_at(source.end).has(Shape::POSSESSIVE));
    let subject = u64::from(matches!(label, Label::Subject | Label::PassiveSubject));
    let lead = scene.word(source.first.wrapping_sub(1));
    out.extend([
        start(5200),
        with(start(5201), place),
        with(with(start(5202), place), gap),
        with(with(start(5203), label as u64), side),
        with(start(5204), who),
        with(with(start(5205), opening), place),
        with(with(start(5206), stretch & 31), place),
        with(start(5207), to),
        with(with(start(5208), owns), side << 4 | gap.min(5)),
        with(with(start(5209), subject), place),
        with(with(start(5210), lead), side),
        with(with(start(5211), stretch >> 5), with(subject, place)),
    ]);
}
