//! Words in quotation marks and after labels: which stretches are speech, and whose.

use super::{Finder, Said};
use crate::analysis::attributions::Attribution;
use crate::analysis::confidence;
use crate::analysis::direct::{self, Candidate, Spoken};
use crate::analysis::evidence::Basis;
use crate::analysis::sources::Source;
use crate::analysis::syntax::Tag;
use crate::analysis::token::{Shape, word};
use crate::analysis::{EntityId, Quote, QuoteKind, frames, speech};

/// A stretch of so many tokens, its marks included, is short: it must be surer to be speech.
const SHORT: usize = 6;
/// Short stretches from this on are speech.
const SURE_SHORT: f32 = 0.6;
/// Whole sentences right behind speech are speech from this on.
const SURE_NEXT: f32 = -2.0;
/// How much surer than of any other candidate one is of the attribution that frames a stretch.
const FRAMED: f32 = 4.0;
/// How sure the label of a turn is.
const LABELLED: f32 = 0.97;

impl Finder<'_, '_> {
    /// Gives each stretch that is speech to whoever says it.
    pub(super) fn direct(&mut self) {
        let frames = frames::frames(self.scene, &self.attributions);
        let all = if self.scene.english { self.speech(&frames) } else { self.speech_abroad() };
        let mut before: Option<(usize, Option<usize>)> = None;
        let mut last: Option<EntityId> = None;
        let mut rest = all.as_slice();
        while let Some((chain, others)) = rest.split_at_checked(self.chain(rest)).filter(|(chain, _)| !chain.is_empty())
        {
            rest = others;
            let decider = self.decider(chain, &frames).map(|(member, place)| {
                let spoken = chain.get(member).map(|spoken| Spoken { before, ..*spoken });
                (member, spoken.map(|spoken| self.choose(&spoken, last, Some(place))).unwrap_or_default())
            });
            for (number, spoken) in chain.iter().enumerate() {
                let spoken = Spoken { before, ..*spoken };
                let said = match decider {
                    Some((member, said)) if number <= member => said,
                    Some((_, said)) => Said { source: None, cue: None, basis: Basis::Unclosed, ..said },
                    None if self.is_labelled(spoken.number) => self.turn(&spoken),
                    None if self.scene.english => {
                        self.choose(&spoken, last, frames.get(spoken.number).copied().flatten())
                    }
                    None => self.beside_abroad(&spoken, last),
                };
                self.quote(&spoken, said);
                before = Some((spoken.end, said.decided));
                last = said.speaker;
            }
        }
    }

    /// The stretches that are speech, in order.
    fn speech(&self, frames: &[Option<usize>]) -> Vec<Spoken> {
        let scores = speech::scores(self.scene, &self.attributions, &self.model.speech);
        let mut all: Vec<Spoken> = Vec::new();
        for (number, (score, frame)) in scores.iter().zip(frames).enumerate() {
            let (first, end) = self.scene.stretch_tokens(number);
            let goes_on = all.last().is_some_and(|before| before.end == first) && self.is_sentence(first, end);
            let least = match end - first.min(end) {
                _ if goes_on => SURE_NEXT,
                0..=SHORT => SURE_SHORT,
                _ => 0.0,
            };
            let closed = self.scene.stretches.get(number).is_some_and(|stretch| stretch.closed);
            let close = end.saturating_sub(usize::from(closed));
            let unsaid = || speech::is_title(self.scene, first + 1, close) || speech::is_inscription(self.scene, first);
            let is_speech = self.is_labelled(number)
                || frame.is_some()
                || speech::is_announced(self.scene, first, end)
                || *score >= least && !unsaid();
            if first < end && is_speech {
                all.push(Spoken { number, first, end, before: None });
            }
        }
        all
    }

    fn is_labelled(&self, number: usize) -> bool {
        self.scene.stretches.get(number).is_some_and(|stretch| stretch.labelled && stretch.depth == 0)
    }

    /// How many of `all` are one quotation over several paragraphs, from the first on.
    fn chain(&self, all: &[Spoken]) -> usize {
        let stretch = |spoken: &Spoken| self.scene.stretches.get(spoken.number);
        let goes_on = |pair: &&[Spoken]| match pair {
            [one, next] => stretch(one).is_some_and(|s| !s.closed) && stretch(next).is_some_and(|s| s.continues),
            _ => false,
        };
        all.len().min(1 + all.windows(2).take_while(goes_on).count())
    }

    /// For a quotation over several paragraphs the one whose own words tell who speaks, and the attribution there.
    fn decider(&self, chain: &[Spoken], frames: &[Option<usize>]) -> Option<(usize, usize)> {
        let [head, .., tail] = chain else { return None };
        let framed = chain.iter().enumerate();
        let framed = framed.filter_map(|(number, spoken)| Some((number, frames.get(spoken.number).copied()??)));
        let own = |(number, spoken): (usize, &Spoken)| match self.rated(spoken, None).first()?.1 {
            Candidate::Cue(place) => {
                let there = self.attributions.get(place)?.cue.head;
                let same = self.scene.paragraph(there).0 == self.scene.paragraph(spoken.first).0;
                same.then_some((number, place))
            }
            _ => None,
        };
        framed.clone().next().or_else(|| [(0, head), (chain.len() - 1, tail)].into_iter().find_map(own))
    }

    /// Whose words a turn of an interview gives.
    fn turn(&mut self, spoken: &Spoken) -> Said {
        let turns = self.scene.turns;
        let place = turns.partition_point(|turn| turn.first < spoken.first);
        let Some(turn) = turns.get(place) else { return Said::default() };
        let speaker = self.speakers.label(turn);
        let (first, end) = turn.label;
        Said {
            speaker,
            source: (!turn.continues).then_some(Source { head: end - 1, first, end }),
            basis: if turn.continues { Basis::Unclosed } else { Basis::Label },
            confidence: LABELLED,
            ..Said::default()
        }
    }

    fn quote(&mut self, spoken: &Spoken, said: Said) {
        let evidence = self.evidence(said.basis, said.source, said.speaker, (said.confidence, said.runner_up));
        self.quotes.push(Quote {
            kind: QuoteKind::Direct,
            span: self.scene.span(spoken.first, spoken.end),
            speaker: said.speaker,
            source: said.source.map(|source| self.scene.span(source.first, source.end)),
            cue: said.cue.map(|cue| self.scene.span(cue.first, cue.end)),
            confidence: said.confidence,
            evidence,
        });
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

    /// The candidates for a stretch, the best first, the attribution that frames it before all others.
    fn rated(&self, spoken: &Spoken, frame: Option<usize>) -> Vec<(f32, Candidate)> {
        let mut all = Vec::new();
        let mut features = Vec::new();
        if frame.is_none() && direct::is_led_to_by_nobody(self.scene, &self.attributions, spoken) {
            return Vec::new();
        }
        direct::candidates(self.scene, &self.attributions, spoken, &mut all);
        let mut rated = Vec::with_capacity(all.len());
        for candidate in &all {
            direct::features(self.scene, &self.attributions, spoken, *candidate, &mut features);
            rated.push((self.model.direct.score(&features), *candidate));
        }
        let gives = |rated: &(f32, Candidate)| frames::gives(self.scene, &self.attributions, spoken, rated.1);
        let top = rated.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        if let Some(place) = frame {
            rated.push((top + FRAMED, Candidate::Cue(place)));
        } else if let Some(place) = rated.iter().position(gives) {
            rated.get_mut(place).into_iter().for_each(|(score, _)| *score = top + FRAMED);
        }
        rated.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        rated
    }

    /// The scores of candidates, and whom each leads to.
    fn weighed(&self, rated: &[(f32, Candidate)], last: Option<EntityId>) -> (Vec<f32>, Vec<Option<EntityId>>) {
        rated.iter().map(|(score, candidate)| (*score, self.expected(*candidate, last))).unzip()
    }

    /// The best candidate for a stretch that leads to somebody; `last` spoke before.
    fn choose(&mut self, spoken: &Spoken, last: Option<EntityId>, frame: Option<usize>) -> Said {
        let mut rated = self.rated(spoken, frame);
        // Whoever most speaks for together goes before the single best candidate.
        let (scores, speakers) = self.weighed(&rated, last);
        if let (_, Some(likelier)) = confidence::weigh(&scores, &speakers, 0)
            && likelier.probability > 0.5
        {
            rated.sort_by_key(|(_, candidate)| self.expected(*candidate, last) != Some(likelier.speaker));
        }
        let (scores, speakers) = self.weighed(&rated, last);
        for (place, (_, candidate)) in rated.into_iter().enumerate() {
            let candidate = self.settled(candidate, spoken, last);
            let mut said = self.say(candidate, spoken, last);
            if said.speaker.is_some() {
                (said.confidence, said.runner_up) = confidence::weigh(&scores, &speakers, place);
                said.basis = self.basis(candidate, spoken);
                return said;
            }
            // Nobody else said what "she said" leaves no doubt that she said, whoever she is.
            let pronoun = |source: Source| matches!(self.scene.tag(source.head), Tag::Pronoun);
            if place == 0 && frame.is_some() && said.source.is_some_and(pronoun) {
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
}
