//! Everything anybody says in one text: cues with their sources and contents, and the quoted stretches given to them.
//!
//! Units: token indexes, unless a name says span.

use super::confidence::{self, Calibration, Signs};
use super::contents::{self, Content};
use super::cues::{self, Cue};
use super::direct::{self, Candidate, Spoken};
use super::evidence::{self, Basis, Evidence, RunnerUp};
use super::frames;
use super::scene::Scene;
use super::scorer::Scorer;
use super::sources::{self, Ranked, Source};
use super::speakers::Speakers;
use super::speech;
use super::syntax::Tag;
use super::token::{Shape, word};
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
/// Cues from this on report speech where nobody is named ("was rumoured to").
const SURE_ALONE: f32 = 0.5;
/// A stretch of so many tokens, its marks included, is short: it must be surer to be speech.
const SHORT: usize = 6;
/// Short stretches from this on are speech.
const SURE_SHORT: f32 = 0.6;
/// Whole sentences right behind speech are speech from this on.
const SURE_NEXT: f32 = -2.0;
/// How much surer than of any other candidate one is of the attribution that frames a stretch.
const FRAMED: f32 = 4.0;
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

/// Who says a quoted stretch, and what decided it.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    speaker: Option<EntityId>,
    source: Option<Source>,
    cue: Option<Cue>,
    /// The place of the attribution that decided.
    decided: Option<usize>,
    basis: Basis,
    confidence: f32,
    runner_up: Option<RunnerUp>,
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
        let attribution = self.attributions.get(place)?;
        let speaker = attribution.source.and_then(|source| self.speakers.resolve(source, true));
        if let Some(slot) = self.resolved.get_mut(place) {
            *slot = Some(speaker);
        }
        speaker
    }

    fn direct(&mut self) {
        let scores = speech::scores(self.scene, &self.attributions, &self.model.speech);
        let frames = frames::frames(self.scene, &self.attributions);
        let mut before: Option<(usize, Option<usize>)> = None;
        let mut last: Option<EntityId> = None;
        for (number, (score, frame)) in scores.iter().zip(frames).enumerate() {
            let (first, end) = self.scene.stretch_tokens(number);
            let goes_on = before.is_some_and(|(until, _)| until == first) && self.is_sentence(first, end);
            let least = match end - first.min(end) {
                _ if goes_on => SURE_NEXT,
                0..=SHORT => SURE_SHORT,
                _ => 0.0,
            };
            if first >= end || *score < least && frame.is_none() {
                continue;
            }
            let spoken = Spoken { number, first, end, before };
            let said = self.choose(&spoken, last, frame);
            let evidence = self.evidence(said.basis, said.source, said.speaker, (said.confidence, said.runner_up));
            self.quotes.push(Quote {
                kind: QuoteKind::Direct,
                span: self.scene.span(first, end),
                speaker: said.speaker,
                source: said.source.map(|source| self.scene.span(source.first, source.end)),
                cue: said.cue.map(|cue| self.scene.span(cue.first, cue.end)),
                confidence: said.confidence,
                evidence,
            });
            before = Some((end, said.decided));
            last = said.speaker;
        }
    }

    /// Whether the stretch is a sentence by itself.
    fn is_sentence(&self, first: usize, end: usize) -> bool {
        let capital = self.scene.document.shape_at(first + 1).has(Shape::CAPITALISED);
        capital && self.scene.tag(end.saturating_sub(2)) == Tag::Stop
    }

    /// What kind of sign `candidate` for a stretch is.
    fn basis(&self, candidate: Candidate, spoken: &Spoken) -> Basis {
        match candidate {
            Candidate::Cue(place) => {
                let is_label = |a: &Attribution| {
                    let first = a.source.map(|source| source.first);
                    self.scene.word(a.cue.head) == word(":")
                        && first.is_some_and(|first| self.scene.paragraph(first).0 == first)
                };
                if self.attributions.get(place).is_some_and(is_label) { Basis::Label } else { Basis::Cue }
            }
            Candidate::Carried if self.scene.stretches.get(spoken.number).is_some_and(|s| s.continues) => {
                Basis::Unclosed
            }
            Candidate::Carried => Basis::Continued,
            Candidate::Beside(_) => Basis::Beside,
        }
    }

    /// What is known so far of why `source` leads to `speaker`.
    fn evidence(
        &self,
        basis: Basis,
        source: Option<Source>,
        speaker: Option<EntityId>,
        (sure, runner_up): (f32, Option<RunnerUp>),
    ) -> Evidence {
        let link = source.zip(speaker).and_then(|(source, speaker)| self.speakers.link(source, speaker));
        let rival = source.and_then(|source| self.speakers.rival(source));
        let runner_up = confidence::likelier(sure, runner_up, rival);
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

    /// The best candidate for a stretch that leads to somebody, the attribution that frames it before all others;
    /// `last` spoke before.
    fn choose(&mut self, spoken: &Spoken, last: Option<EntityId>, frame: Option<usize>) -> Said {
        let mut all = Vec::new();
        let mut features = Vec::new();
        direct::candidates(self.scene, &self.attributions, spoken, &mut all);
        let mut rated = Vec::with_capacity(all.len());
        for candidate in &all {
            direct::features(self.scene, &self.attributions, spoken, *candidate, &mut features);
            rated.push((self.model.direct.score(&features), *candidate));
        }
        let gives = |rated: &(f32, Candidate)| frames::gives(self.scene, &self.attributions, spoken, rated.1);
        if let Some(place) = rated.iter().position(gives).filter(|_| frame.is_none()) {
            let top = rated.iter().map(|(score, _)| *score).fold(0.0, f32::max);
            rated.get_mut(place).into_iter().for_each(|(score, _)| *score = top + FRAMED);
        }
        if let Some(place) = frame {
            rated.push((rated.iter().map(|(score, _)| *score).fold(0.0, f32::max) + FRAMED, Candidate::Cue(place)));
        }
        rated.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let scores: Vec<f32> = rated.iter().map(|(score, _)| *score).collect();
        let speakers: Vec<_> = rated.iter().map(|(_, candidate)| self.expected(*candidate, last)).collect();
        for (place, (_, candidate)) in rated.into_iter().enumerate() {
            let candidate = self.settled(candidate, spoken, last);
            let mut said = self.say(candidate, spoken, last);
            if said.speaker.is_some() {
                (said.confidence, said.runner_up) = confidence::weigh(&scores, &speakers, place);
                said.basis = self.basis(candidate, spoken);
                return said;
            }
        }
        Said::default()
    }

    /// `candidate`, but that what stands in a sentence behind the attribution of the quote before goes on from that quote.
    fn settled(&mut self, candidate: Candidate, spoken: &Spoken, last: Option<EntityId>) -> Candidate {
        let Candidate::Cue(place) = candidate else { return candidate };
        let decided = spoken.before.is_some_and(|(_, decided)| decided == Some(place));
        let (sentence, _) = self.scene.sentence(spoken.first);
        let behind = self.attributions.get(place).is_some_and(|a| a.cue.head < sentence);
        if decided && behind && self.speaker(place) == last { Candidate::Carried } else { candidate }
    }

    /// What a candidate comes to.
    fn say(&mut self, candidate: Candidate, spoken: &Spoken, last: Option<EntityId>) -> Said {
        match candidate {
            Candidate::Cue(place) => {
                let attribution = self.attributions.get(place).copied();
                Said {
                    speaker: self.speaker(place),
                    source: attribution.and_then(|a| a.source),
                    cue: attribution.map(|a| a.cue),
                    decided: Some(place),
                    ..Said::default()
                }
            }
            Candidate::Carried => {
                Said { speaker: last, decided: spoken.before.and_then(|(_, decided)| decided), ..Said::default() }
            }
            Candidate::Beside(source) => {
                Said { speaker: self.speakers.resolve(source, false), source: Some(source), ..Said::default() }
            }
        }
    }

    /// Reported speech; of several cues with the same content the surest one counts ("according to data published by").
    fn reported(&mut self) {
        let mut told: Vec<(Content, usize)> = Vec::new();
        for (place, attribution) in self.attributions.iter().enumerate() {
            let Some(mut content) = attribution.content else { continue };
            let least = if attribution.source.is_some() { SURE_CUE } else { SURE_ALONE };
            let inside = |source: Source| source.first <= content.first && content.end <= source.end;
            if attribution.cue.score < least || attribution.source.is_some_and(inside) {
                continue;
            }
            if contents::opens_with_that(self.scene, &content) {
                content.first += 1;
            }
            told.push((content, place));
        }
        let sureness = |place: usize| self.attributions.get(place).map_or(f32::MIN, |a| a.cue.score);
        told.sort_by(|(a, one), (b, other)| {
            (a.first, a.end).cmp(&(b.first, b.end)).then(sureness(*other).total_cmp(&sureness(*one)))
        });
        told.dedup_by_key(|(content, _)| *content);
        told.sort_by_key(|(_, place)| *place);
        for (content, place) in told {
            let Some(attribution) = self.attributions.get(place).copied() else { continue };
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
                None => attribution.source.and_then(|source| self.speakers.resolve(source, false)),
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
        let sure = attribution.ranked.probability;
        self.quotes.push(Quote {
            kind,
            span: span(content.first, content.end),
            speaker,
            source: attribution.source.map(|source| span(source.first, source.end)),
            cue: Some(span(attribution.cue.first, attribution.cue.end)),
            confidence: if speaker.is_some() { sure } else { 0.0 },
            evidence: self.evidence(Basis::Cue, attribution.source, speaker, (sure, self.second(attribution))),
        });
    }

    /// Who the source of `attribution` may have been otherwise.
    fn second(&self, attribution: &Attribution) -> Option<RunnerUp> {
        let (head, probability) = attribution.ranked.second?;
        let speaker = self.speakers.guess(sources::phrase(self.scene, &attribution.cue, head))?;
        Some(RunnerUp { speaker, probability })
    }
}
