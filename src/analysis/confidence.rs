//! How sure an attribution is: the scores of candidates become the probabilities of speakers.

use super::EntityId;
use super::evidence::RunnerUp;

/// The candidate chosen among several, and what speaks for others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Choice {
    /// Its place among the candidates.
    pub place: usize,
    /// How likely its speaker is, 0 to 1.
    pub probability: f32,
    /// The most likely other speaker among those known.
    pub runner_up: Option<RunnerUp>,
}

/// Chooses among candidates with these scores (logarithms of odds against one another), of which each leads to the
/// speaker in the same place, `None` where nobody known is meant. What leads to one speaker counts together. `None`
/// where there are no candidates.
#[must_use]
pub fn choose(scores: &[f32], speakers: &[Option<EntityId>]) -> Option<Choice> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let place = scores.iter().position(|score| *score == top)?;
    let weights: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let all: f32 = weights.iter().sum();
    let speaker = speakers.get(place).copied().flatten();
    let share = |wanted: Option<EntityId>| {
        let own = weights.iter().zip(speakers).filter(|(_, speaker)| **speaker == wanted);
        own.map(|(weight, _)| *weight).sum::<f32>() / all
    };
    let others = speakers.iter().flatten().filter(|other| Some(**other) != speaker);
    let runner_up = others.map(|other| RunnerUp { speaker: *other, probability: share(Some(*other)) });
    Some(Choice {
        place,
        probability: if speaker.is_some() { share(speaker) } else { 1.0 / all },
        runner_up: runner_up.reduce(|best, next| if next.probability > best.probability { next } else { best }),
    })
}
