//! Everything anybody says in one text: cues with their sources and contents, and the quoted stretches given to them.
//!
//! Units: token indexes, unless a name says span.

use super::confidence::{self, Calibration, Choice, Signs};
use super::contents::{self, Content};
use super::cues::{self, Cue};
use super::direct::{self, Candidate, Spoken};
use super::evidence::{self, Basis, Evidence, RunnerUp};
use super::scene::Scene;
use super::scorer::Scorer;
use super::sources::{self, Ranked, Source};
use super::speakers::Speakers;
use super::speech;
use super::token::word;
use super::{Analysis, EntityId, Options, Quote, QuoteKind};

/// The weights behind attributions.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For what a reader calls speech.
    pub reader: Steps,
    /// For beliefs and intentions too.
    pub beliefs: Steps,
    /// Whether a quoted stretch is speech.
    pub speech: Scorer,
    /// Whose words a quoted stretch gives.
    pub direct: Scorer,
}

/// The weights from cue to content.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Whether a word reports.
    pub cues: Scorer,
    /// Who is the source of a cue.
    pub sources: Scorer,
    /// What is the content of a cue.
    pub contents: contents::Scorers,
}

/// The first bytes of a model file: its name and version.
const MAGIC: &[u8] = b"pullquote attributions 1\n";

impl Model {
    /// The model that comes with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(include_bytes!("../../assets/model/attributions.bin")).unwrap_or_default()
    }

    /// A model from its bytes; `None` where they are damaged or of another version.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (reader, bytes) = Steps::read(bytes)?;
        let (beliefs, bytes) = Steps::read(bytes)?;
        let (speech, bytes) = Scorer::read(bytes)?;
        let (direct, bytes) = Scorer::read(bytes)?;
        bytes.is_empty().then_some(Self { reader, beliefs, speech, direct })
    }

    /// The bytes that [`Model::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let steps = [&self.reader, &self.beliefs].into_iter().flat_map(|steps| {
            [&steps.cues, &steps.sources, &steps.contents.inner, &steps.contents.outer].map(Scorer::bytes)
        });
        let parts: Vec<Vec<u8>> = steps.chain([self.speech.bytes(), self.direct.bytes()]).collect();
        [MAGIC, &parts.concat()].concat()
    }
}

impl Steps {
    fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (cues, bytes) = Scorer::read(bytes)?;
        let (sources, bytes) = Scorer::read(bytes)?;
        let (inner, bytes) = Scorer::read(bytes)?;
        let (outer, bytes) = Scorer::read(bytes)?;
        Some((Self { cues, sources, contents: contents::Scorers { inner, outer } }, bytes))
    }
}

/// A cue with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Attribution {
    /// The words that report.
    pub cue: Cue,
    /// Who is named there.
    pub source: Option<Source>,
    /// How sure that is, and who else there might be.
    pub ranked: Ranked,
    /// What is said.
    pub content: Option<Content>,
}

/// Cues below this are not even candidates for a quoted stretch.
const LEAST_CUE: f32 = -2.0;
/// Cues from this on report speech.
const SURE_CUE: f32 = -1.0;
/// Cues from this on report speech or belief.
const SURE_BELIEF: f32 = -0.2;

/// All attributions of the scene whose cue scores at least `LEAST_CUE`, in the order of their cues.
#[must_use]
pub fn attributions(scene: &Scene<'_>, steps: &Steps) -> Vec<Attribution> {
    let mut features = Vec::new();
    let mut found = Vec::new();
    for index in (0..scene.document.tokens.len()).filter(|index| cues::is_candidate(scene, *index)) {
        cues::features(scene, index, &mut features);
        let score = steps.cues.score(&features);
        if score < LEAST_CUE {
            continue;
        }
        let (first, end) = cues::extent(scene, index);
        let cue = Cue { head: index, first, end, score };
        let ranked = sources::rank(scene, &cue, &steps.sources);
        let source = ranked.source;
        let content = contents::find(scene, &cue, source.as_ref(), &steps.contents);
        found.push(Attribution { cue, source, ranked, content });
    }
    found
}

/// Attributions and quotes of one scene in the making.
#[derive(Debug)]
pub struct Finder<'a, 's> {
    scene: &'s Scene<'s>,
    model: &'a Model,
    attributions: Vec<Attribution>,
    /// For each attribution whether it was resolved, and to whom.
    resolved: Vec<Option<Option<EntityId>>>,
    speakers: Speakers<'s>,
    quotes: Vec<Quote>,
}

impl<'a, 's> Finder<'a, 's> {
    /// Finds the attributions and resolves the sure ones.
    #[must_use]
    pub fn new(scene: &'s Scene<'s>, model: &'a Model, speakers: Speakers<'s>) -> Self {
        let attributions = attributions(scene, &model.reader);
        let resolved = vec![None; attributions.len()];
        let mut finder = Self { scene, model, attributions, resolved, speakers, quotes: Vec::new() };
        for place in 0..finder.attributions.len() {
            if finder.attributions.get(place).is_some_and(|a| a.cue.score >= SURE_CUE) {
                finder.speaker(place);
            }
        }
        finder
    }

    /// All quotes in order, and the entities with the speakers among them; beside them what speaks for each quote.
    #[must_use]
    pub fn finish(mut self, options: Options, calibration: &Calibration) -> (Analysis, Vec<Signs>) {
        self.direct();
        if options.beliefs {
            self.beliefs();
        } else {
            self.reported();
        }
        self.quotes.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
        let entities = self.speakers.finish();
        evidence::lead_to_names(&mut self.quotes, &entities, self.scene.document.text);
        let signs = confidence::settle(self.scene, &self.attributions, &entities, &mut self.quotes, calibration);
        (Analysis { entities, quotes: self.quotes }, signs)
    }

    /// The speaker of the attribution at `place`.
    fn speaker(&mut self, place: usize) -> Option<EntityId> {
        if let Some(known) = self.resolved.get(place).copied().flatten() {
            return known;
        }
        let source = self.attributions.get(place)?.source;
        let speaker = source.and_then(|source| self.speakers.resolve(source));
        if let Some(slot) = self.resolved.get_mut(place) {
            *slot = Some(speaker);
        }
        speaker
    }

    fn direct(&mut self) {
        let scores = speech::scores(self.scene, &self.attributions, &self.model.speech);
        let mut before: Option<(usize, Option<usize>)> = None;
        let mut last: Option<EntityId> = None;
        for (number, score) in scores.iter().enumerate() {
            if *score < 0.0 {
                continue;
            }
            let (first, end) = self.scene.stretch_tokens(number);
            if first >= end {
                continue;
            }
            let spoken = Spoken { number, first, end, before };
            let (candidate, choice) = self.choose(&spoken, last);
            let (mut source, mut cue, mut decided) = (None, None, None);
            let speaker = match candidate {
                Some(Candidate::Cue(place)) => {
                    decided = Some(place);
                    let attribution = self.attributions.get(place);
                    source = attribution.and_then(|a| a.source);
                    cue = attribution.map(|a| a.cue);
                    self.speaker(place)
                }
                Some(Candidate::Carried) => {
                    decided = before.and_then(|(_, decided)| decided);
                    last
                }
                Some(Candidate::Beside(phrase)) => {
                    source = Some(phrase);
                    self.speakers.resolve(phrase)
                }
                None => None,
            };
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                span: self.scene.span(first, end),
                speaker,
                source: source.map(|source| self.scene.span(source.first, source.end)),
                cue: cue.map(|cue| self.scene.span(cue.first, cue.end)),
                confidence: if speaker.is_some() { choice.probability } else { 0.0 },
                evidence: self.evidence(self.basis(candidate, number, source), source, speaker, choice.runner_up),
            });
            before = Some((end, decided));
            last = speaker;
        }
    }

    /// What kind of sign `candidate` for the stretch with `number` is.
    fn basis(&self, candidate: Option<Candidate>, number: usize, source: Option<Source>) -> Basis {
        match candidate {
            None => Basis::Nothing,
            Some(Candidate::Cue(place)) => {
                let colon = |a: &Attribution| self.scene.word(a.cue.head) == word(":");
                let opens = source.is_some_and(|source| self.scene.paragraph(source.first).0 == source.first);
                if opens && self.attributions.get(place).is_some_and(colon) { Basis::Label } else { Basis::Cue }
            }
            Some(Candidate::Carried) if self.scene.stretches.get(number).is_some_and(|s| s.continues) => {
                Basis::Unclosed
            }
            Some(Candidate::Carried) => Basis::Continued,
            Some(Candidate::Beside(_)) => Basis::Beside,
        }
    }

    /// What is known so far of why `source` leads to `speaker`.
    fn evidence(
        &self,
        basis: Basis,
        source: Option<Source>,
        speaker: Option<EntityId>,
        runner_up: Option<RunnerUp>,
    ) -> Evidence {
        let link = source.zip(speaker).and_then(|(source, speaker)| self.speakers.link(source, speaker));
        Evidence {
            basis: if speaker.is_some() { basis } else { Basis::Nothing },
            chain: link.into_iter().collect(),
            runner_up: runner_up.filter(|other| Some(other.speaker) != speaker),
        }
    }

    /// Whom `candidate` leads to, as far as can be told without making anybody up; `last` spoke before.
    fn expected(&self, candidate: Candidate, last: Option<EntityId>) -> Option<EntityId> {
        match candidate {
            Candidate::Cue(place) => match self.resolved.get(place).copied().flatten() {
                Some(known) => known,
                None => self.speakers.guess(self.attributions.get(place)?.source?),
            },
            Candidate::Carried => last,
            Candidate::Beside(source) => self.speakers.guess(source),
        }
    }

    /// The best candidate for a stretch, and how sure it is among all; `last` spoke before.
    fn choose(&self, spoken: &Spoken, last: Option<EntityId>) -> (Option<Candidate>, Choice) {
        let mut all = Vec::new();
        let mut features = Vec::new();
        direct::candidates(self.scene, &self.attributions, spoken, &mut all);
        let mut scores = Vec::with_capacity(all.len());
        for candidate in &all {
            direct::features(self.scene, &self.attributions, spoken, *candidate, &mut features);
            scores.push(self.model.direct.score(&features));
        }
        let speakers: Vec<_> = all.iter().map(|candidate| self.expected(*candidate, last)).collect();
        let choice = confidence::choose(&scores, &speakers).unwrap_or_default();
        (all.get(choice.place).copied(), choice)
    }

    fn reported(&mut self) {
        for place in 0..self.attributions.len() {
            let Some(attribution) = self.attributions.get(place).copied() else { continue };
            let (Some(mut content), Some(_)) = (attribution.content, attribution.source) else { continue };
            if attribution.cue.score < SURE_CUE {
                continue;
            }
            if contents::opens_with_that(self.scene, &content) {
                content.first += 1;
            }
            if let Some(kind) = self.kind(&content) {
                let speaker = self.speaker(place);
                self.push(&attribution, content, kind, speaker);
            }
        }
    }

    /// Beliefs and intentions, and reported speech by the guidelines of PolNeAR: sources may be missing, a leading
    /// "that" belongs to the content.
    fn beliefs(&mut self) {
        for attribution in attributions(self.scene, &self.model.beliefs) {
            let Some(content) = attribution.content.filter(|_| attribution.cue.score >= SURE_BELIEF) else { continue };
            let Some(kind) = self.kind(&content) else { continue };
            let place = self.attributions.binary_search_by_key(&attribution.cue.head, |a| a.cue.head).ok();
            let says = place.and_then(|place| self.attributions.get(place)).is_some_and(|a| a.cue.score >= SURE_CUE);
            let speaker = match place.filter(|_| says) {
                Some(place) => self.speaker(place),
                None => attribution.source.and_then(|source| self.speakers.resolve(source)),
            };
            self.push(&attribution, content, if says { kind } else { QuoteKind::Belief }, speaker);
        }
    }

    /// Indirect, or mixed where some of the content is quoted; `None` where all of it is.
    fn kind(&self, content: &Content) -> Option<QuoteKind> {
        let mut tokens = content.first..content.end;
        let quoted = tokens.clone().any(|at| self.scene.is_quoted(at));
        tokens.any(|at| !self.scene.is_quoted(at) && !self.scene.tag(at).is_punctuation()).then_some(if quoted {
            QuoteKind::Mixed
        } else {
            QuoteKind::Indirect
        })
    }

    fn push(&mut self, attribution: &Attribution, content: Content, kind: QuoteKind, speaker: Option<EntityId>) {
        let span = |first, end| self.scene.span(first, end);
        self.quotes.push(Quote {
            kind,
            span: span(content.first, content.end),
            speaker,
            source: attribution.source.map(|source| span(source.first, source.end)),
            cue: Some(span(attribution.cue.first, attribution.cue.end)),
            confidence: if speaker.is_some() { attribution.ranked.probability } else { 0.0 },
            evidence: self.evidence(Basis::Cue, attribution.source, speaker, self.second(attribution)),
        });
    }

    /// Who the source of `attribution` may have been otherwise.
    fn second(&self, attribution: &Attribution) -> Option<RunnerUp> {
        let (head, probability) = attribution.ranked.second?;
        let speaker = self.speakers.guess(sources::phrase(self.scene, &attribution.cue, head))?;
        Some(RunnerUp { speaker, probability })
    }
}
