//! Everything anybody says in one text: what is reported, and the quoted stretches given to whoever says them.
//!
//! Units: token indexes, unless a name says span.

mod abroad;
mod marked;
mod told;

use super::attributions::{Attribution, Model, find};
use super::confidence::{self, Calibration, Signs};
use super::cues::Cue;
use super::evidence::{self, Basis, Evidence, RunnerUp};
use super::scene::Scene;
use super::sources::Source;
use super::speakers::Speakers;
use super::{Analysis, EntityId, Options, Quote};

/// Cues from this on report speech.
const SURE_CUE: f32 = -1.0;

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
        let attributions = find(scene, &model.reader);
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
        match (self.scene.english, options.beliefs) {
            (true, true) => self.beliefs(),
            (true, false) => self.reported(),
            (false, _) => {}
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
}
