//! Everything anybody says in one text: cues with their sources and contents, and the quoted stretches given to them.
//!
//! Units: token indexes, unless a name says span.

use super::contents::{self, Content};
use super::cues::{self, Cue};
use super::scene::Scene;
use super::scorer::Scorer;
use super::sources::{self, Source};
use super::speakers::Speakers;
use super::token::word;
use super::verbs::Uses;
use super::{EntityId, Quote, QuoteKind};

/// The weights behind attributions.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Whether a word reports.
    pub cues: Scorer,
    /// Who is the source of a cue.
    pub sources: Scorer,
    /// What is the content of a cue.
    pub contents: contents::Scorers,
}

impl Model {
    /// The model that comes with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(include_bytes!("../../assets/model/attributions.bin")).unwrap_or_default()
    }

    /// A model from its bytes; `None` where they are damaged.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let (cues, bytes) = Scorer::read(bytes)?;
        let (sources, bytes) = Scorer::read(bytes)?;
        let (inner, bytes) = Scorer::read(bytes)?;
        let (outer, bytes) = Scorer::read(bytes)?;
        bytes.is_empty().then_some(Self { cues, sources, contents: contents::Scorers { inner, outer } })
    }
}

/// A cue with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Attribution {
    /// The words that report.
    pub cue: Cue,
    /// Who is named there.
    pub source: Option<Source>,
    /// What is said.
    pub content: Option<Content>,
}

/// All attributions of the scene, in the order of their cues.
#[must_use]
pub fn attributions(scene: &Scene<'_>, model: &Model, beliefs: bool) -> Vec<Attribution> {
    let mut features = Vec::new();
    let mut found = Vec::new();
    for index in 0..scene.document.tokens.len() {
        if !cues::is_candidate(scene, index) {
            continue;
        }
        cues::features(scene, index, &mut features);
        let score = model.cues.score(&features);
        if score < -0.4 || !beliefs && !says(scene, index) {
            continue;
        }
        let (first, end) = cues::extent(scene, index);
        let cue = Cue { head: index, first, end, score };
        let source = sources::find(scene, &cue, &model.sources);
        let content = contents::find(scene, &cue, source.as_ref(), &model.contents);
        found.push(Attribution { cue, source, content });
    }
    found
}

fn says(scene: &Scene<'_>, index: usize) -> bool {
    scene.word(index) == word("according")
        || scene.word(index) == word(":")
        || scene
            .verbs
            .get(scene.word(index))
            .is_some_and(|verb| !verb.uses.has(Uses::BELIEF) && scene.tag(index).is_verb())
}

/// The quotes of the scene, in order.
#[must_use]
pub fn find(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    speech: &[bool],
    speakers: &mut Speakers<'_>,
) -> Vec<Quote> {
    let mut events: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (number, is_speech) in speech.iter().enumerate() {
        if *is_speech {
            let (first, end) = scene.stretch_tokens(number);
            events.push((first, end, None));
        }
    }
    let mut found = Vec::new();
    let mut resolved: Vec<Option<EntityId>> = vec![None; attributions.len()];
    for (attribution, speaker) in attributions.iter().zip(&mut resolved) {
        *speaker = attribution.source.and_then(|source| speakers.resolve(source));
    }
    let mut last: Option<EntityId> = None;
    for (first, end, _) in &events {
        let chosen = attribution_of(scene, attributions, *first, *end);
        let attribution = chosen.and_then(|place| attributions.get(place));
        let mut speaker = chosen.and_then(|place| resolved.get(place).copied().flatten());
        speaker = speaker.or(last);
        last = speaker;
        found.push(Quote {
            kind: QuoteKind::Direct,
            span: scene.span(*first, *end),
            speaker,
            source: attribution.and_then(|a| a.source).map(|source| scene.span(source.first, source.end)),
            cue: attribution.map(|a| scene.span(a.cue.first, a.cue.end)),
            confidence: if attribution.is_some() { 0.9 } else { 0.6 },
        });
    }
    for (attribution, speaker) in attributions.iter().zip(&resolved) {
        let (Some(mut content), Some(source)) = (attribution.content, attribution.source) else { continue };
        if contents::opens_with_that(scene, &content) {
            content.first += 1;
        }
        let quoted = (content.first..content.end).filter(|at| scene.is_quoted(*at)).count();
        if quoted + 1 >= content.end - content.first {
            continue;
        }
        found.push(Quote {
            kind: if quoted > 0 { QuoteKind::Mixed } else { QuoteKind::Indirect },
            span: scene.span(content.first, content.end),
            speaker: *speaker,
            source: Some(scene.span(source.first, source.end)),
            cue: Some(scene.span(attribution.cue.first, attribution.cue.end)),
            confidence: 0.7,
        });
    }
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found
}

/// The attribution whose content holds the stretch, or whose cue stands beside it.
fn attribution_of(scene: &Scene<'_>, attributions: &[Attribution], first: usize, end: usize) -> Option<usize> {
    let (from, until) = scene.paragraph(first);
    let start = attributions.partition_point(|a| a.cue.head < from);
    let mut best: Option<(usize, usize)> = None;
    for (place, attribution) in attributions.iter().enumerate().skip(start).take_while(|(_, a)| a.cue.head < until) {
        let holds = attribution.content.is_some_and(|content| content.first < end && first < content.end);
        let cue = &attribution.cue;
        let gap = if cue.head < first { first - cue.end.min(first) } else { cue.first.saturating_sub(end) };
        let cost = if holds { gap.min(3) } else { gap + 6 };
        if attribution.source.is_some() && cost < 14 && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
    }
    best.map(|(_, place)| place)
}
