//! How sure an attribution is: the scores of candidates become the probabilities of speakers.
//!
//! What a scorer makes of its candidates says little of whether the pronoun that it chose stands for the right person;
//! so a few signs of how a speaker was found are weighed against one another, by weights learned from attributions that
//! the scorers had not seen (`train ... confidence`), and of a hundred speakers that are 90 % sure about 90 are right.

mod families;

use super::attributions::Attribution;
use super::evidence::{self, Basis, RunnerUp};
use super::lexicon::Classes;
use super::scene::Scene;
use super::scorer::probability;
use super::syntax::Tag;
use super::{Entity, EntityId, EntityKind, MentionKind, Quote, QuoteKind};
use families::Families;

/// How likely the speaker at `place` is among candidates with these scores (logarithms of odds against one another), of
/// which each leads to the speaker in the same place, `None` where nobody known is meant; and the most likely other
/// speaker among those known. What leads to one speaker counts together.
#[must_use]
pub fn weigh(scores: &[f32], speakers: &[Option<EntityId>], place: usize) -> (f32, Option<RunnerUp>) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let all: f32 = weights.iter().sum::<f32>().max(1.0);
    let speaker = speakers.get(place).copied().flatten();
    let share = |wanted: EntityId| {
        let own = weights.iter().zip(speakers).filter(|(_, speaker)| **speaker == Some(wanted));
        own.map(|(weight, _)| *weight).sum::<f32>() / all
    };
    let others = speakers.iter().flatten().filter(|other| Some(**other) != speaker);
    let runner_up = others.map(|other| RunnerUp { speaker: *other, probability: share(*other) });
    let best = runner_up.reduce(|best, next| if next.probability > best.probability { next } else { best });
    (speaker.map_or(weights.get(place).copied().unwrap_or_default() / all, share), best)
}

/// The likelier one of two that may have spoken instead of somebody who did with probability `sure`: whoever another
/// candidate leads to, and whoever the pronoun may stand for (the odds beside). What is left for others is shared.
#[must_use]
pub fn likelier(sure: f32, other: Option<RunnerUp>, rival: Option<(EntityId, f32)>) -> Option<RunnerUp> {
    let Some((speaker, odds)) = rival else { return other };
    let others = other.map_or(0.0, |other| other.probability / sure.max(0.001));
    let share = |part: f32| left(sure) * part / (odds + others).max(f32::MIN_POSITIVE);
    if odds > others {
        return Some(RunnerUp { speaker, probability: share(odds) });
    }
    other.map(|other| RunnerUp { probability: share(others), ..other })
}

/// What speaks for an attribution and against it, each a number of a few units at most.
pub type Signs = [f32; NAMES.len()];

/// What each of the [`Signs`] is.
pub const NAMES: [&str; 11] = [
    "always",
    "odds among all who may have said it",
    "odds of the source at its cue",
    "score of the cue",
    "named by a part of the name",
    "by a pronoun",
    "by a description",
    "never named",
    "named beside the quote",
    "goes on from the quote before, whose signs count too",
    "nobody who speaks",
];

/// Weights of the signs; with them the logarithm of the odds is a sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// For direct speech.
    pub direct: Signs,
    /// For reported speech.
    pub reported: Signs,
    /// Below this probability the speaker is unknown.
    pub least: f32,
}

impl Calibration {
    /// The one that comes with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(include_str!("../../assets/model/confidence.txt")).unwrap_or_default()
    }

    /// One from its text: a line for each sort of speech and one for the threshold, each a word and numbers; `#` opens
    /// a remark. `None` where something is missing.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let numbers = |name: &str| -> Option<Vec<f32>> {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
            line.split_whitespace().map(|number| number.parse().ok().filter(|n: &f32| n.is_finite())).collect()
        };
        let signs = |name: &str| Signs::try_from(numbers(name)?).ok();
        let least = numbers("least")?.first().copied()?;
        Some(Self { direct: signs("direct")?, reported: signs("reported")?, least })
    }

    /// The text that [`Calibration::read`] takes.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |numbers: &[f32]| numbers.iter().map(|number| format!(" {number:.3}")).collect::<String>();
        let (direct, reported) = (line(&self.direct), line(&self.reported));
        format!("direct{direct}\nreported{reported}\nleast {:.2}\n", self.least)
    }

    /// How likely an attribution with these signs is right.
    #[must_use]
    pub fn probability(&self, kind: QuoteKind, signs: &Signs) -> f32 {
        let weights = if kind == QuoteKind::Direct { &self.direct } else { &self.reported };
        probability(weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum())
    }
}

/// The most that odds count for, as a logarithm.
const MOST: f32 = 6.0;

/// What a probability leaves for others; never nothing.
fn left(probability: f32) -> f32 {
    1.0 - probability.min(0.999)
}

/// The logarithm of the odds of a probability.
fn odds(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln().clamp(-MOST, MOST)
}

/// Makes the share that each speaker has among the candidates, which stands in its quote, the probability that it is
/// right, and leaves speakers out who are too unlikely. Answers with the signs of each quote. The quotes are in order of
/// their start.
pub fn settle(
    scene: &Scene<'_>,
    attributions: &[Attribution],
    entities: &[Entity],
    quotes: &mut [Quote],
    calibration: &Calibration,
) -> Vec<Signs> {
    let mut all = Vec::with_capacity(quotes.len());
    let families = Families::of(entities, scene.document.text);
    let mut before = [0.0; NAMES.len()];
    let mut tie_before = None;
    for quote in quotes {
        let signs = signs(scene, attributions, entities, quote, &before);
        let first = scene.document.token_at(quote.span.start);
        let stretch = scene.stretch_at(first).and_then(|number| scene.stretches.get(number));
        // What labels say, and names in another language, is none of what the weights were learned from.
        let learned = scene.english && stretch.is_none_or(|stretch| !stretch.labelled);
        if let Some(speaker) = quote.speaker.filter(|_| learned) {
            let continues = matches!(quote.evidence.basis, Basis::Continued | Basis::Unclosed);
            let tie = if continues { tie_before } else { tie(scene, entities, quote, &families) };
            if quote.kind == QuoteKind::Direct {
                tie_before = tie;
            }
            let single = calibration.probability(quote.kind, &signs);
            let sure = single * tie.map_or(1.0, |(_, share)| 1.0 - share);
            let rest = left(quote.confidence);
            quote.confidence = sure;
            if let Some(other) = &mut quote.evidence.runner_up {
                other.probability = (other.probability / rest).min(1.0) * (1.0 - sure);
            }
            if let Some((other, share)) = tie.filter(|(other, _)| *other != speaker) {
                quote.evidence.runner_up = Some(RunnerUp { speaker: other, probability: single * share });
            }
            if sure < calibration.least {
                quote.evidence.runner_up = Some(RunnerUp { speaker, probability: sure });
                quote.evidence.basis = Basis::Nothing;
                (quote.speaker, quote.confidence) = (None, 0.0);
            }
        }
        if quote.kind == QuoteKind::Direct {
            before = signs;
        }
        all.push(signs);
    }
    all
}

/// Who else of the speaker's family the name in the source may mean, and how likely, where no title tells them apart.
fn tie(scene: &Scene<'_>, entities: &[Entity], quote: &Quote, families: &Families<'_>) -> Option<(EntityId, f32)> {
    let id = quote.speaker?;
    let name = evidence::name_within(entities.get(id.0 as usize)?, quote.source?)?;
    let first = scene.document.token_at(name.start);
    let titled = first.checked_sub(1).is_some_and(|before| scene.classes(before).any(Classes::HONORIFIC));
    families.rival(id, name, scene.document.text).filter(|_| !titled)
}

/// The signs of one quote; `before` are those of the direct one before it.
fn signs(scene: &Scene<'_>, attributions: &[Attribution], entities: &[Entity], quote: &Quote, before: &Signs) -> Signs {
    let sign = |is: bool| f32::from(u8::from(is));
    let first = quote.cue.map(|cue| scene.document.token_at(cue.start));
    let attribution = first.and_then(|first| {
        let from = attributions.partition_point(|a| a.cue.head < first);
        attributions.get(from..)?.iter().take(8).find(|a| a.cue.first == first)
    });
    let entity = quote.speaker.and_then(|id| entities.get(id.0 as usize));
    let continues = matches!(quote.evidence.basis, Basis::Continued | Basis::Unclosed);
    let (mut part, mut pronoun, mut described) = (false, false, false);
    if let (Some(source), Some(entity)) = (quote.source, entity.filter(|entity| entity.named)) {
        let text = scene.document.text;
        let from = entity.mentions.partition_point(|mention| mention.span.start < source.start);
        let inside = entity.mentions.iter().skip(from).take_while(|mention| mention.span.start < source.end);
        let mut names = inside.filter(|mention| mention.kind == MentionKind::Name).peekable();
        let head = attribution.and_then(|a| a.source).map_or(scene.document.token_at(source.start), |s| s.head);
        pronoun = names.peek().is_none() && matches!(scene.tag(head), Tag::Pronoun | Tag::Possessive);
        described = names.peek().is_none() && !pronoun;
        part = names.peek().is_some() && !names.any(|mention| mention.span.of(text) == entity.name);
    }
    let hears = |kind: EntityKind| matches!(kind, EntityKind::Person | EntityKind::Organization);
    let mut signs = [
        1.0,
        if quote.kind == QuoteKind::Direct { odds(quote.confidence) } else { 0.0 },
        attribution.map_or(0.0, |a| odds(a.ranked.probability)),
        attribution.map_or(0.0, |a| a.cue.score.clamp(-MOST, MOST)),
        sign(part),
        sign(pronoun),
        sign(described),
        sign(entity.is_some_and(|entity| !entity.named)),
        sign(quote.evidence.basis == Basis::Beside),
        sign(continues),
        sign(entity.is_some_and(|entity| !hears(entity.kind))),
    ];
    if continues {
        for (sign, before) in signs.iter_mut().zip(before).skip(2) {
            *sign = sign.max(*before);
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_one_speaker_counts_together() {
        let [ana, bo] = [Some(EntityId(0)), Some(EntityId(1))];
        let scores = [1.0, 1.2, 1.0];
        let (sure, other) = weigh(&scores, &[ana, bo, ana], 1);
        let other = other.unwrap();
        assert_eq!(Some(other.speaker), ana);
        assert!((sure + other.probability - 1.0).abs() < 1e-5 && sure < 0.5);
        let (sure, other) = weigh(&scores, &[ana, bo, ana], 2);
        assert!(sure > 0.5 && Some(other.unwrap().speaker) == bo);
        let (unknown, other) = weigh(&[2.0, 2.0], &[None, None], 0);
        assert!((unknown - 0.5).abs() < 1e-5 && other.is_none(), "two that nobody knows");
        assert_eq!(weigh(&[], &[], 0), (0.0, None));
    }

    #[test]
    fn a_calibration_is_read_as_it_is_written() {
        let calibration = Calibration { direct: [0.5; NAMES.len()], reported: [-1.25; NAMES.len()], least: 0.3 };
        assert_eq!(Calibration::read(&calibration.text()), Some(calibration.clone()));
        assert_eq!(Calibration::read(&calibration.text().replace("0.500", "nan")), None);
        assert_eq!(Calibration::read(&calibration.text().replacen(" 0.500", "", 1)), None);
        assert_eq!(Calibration::read(""), None);
        let embedded = Calibration::embedded();
        assert!(embedded != Calibration::default(), "the one that comes with the program can be read");
    }
}
