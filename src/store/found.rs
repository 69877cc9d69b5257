//! The form in which an analysis is stored: types of their own, so that a change of the engine cannot change a file
//! format.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::stored::{
    basis, basis_number, entity_kind, gender, gender_number, kind_number, mention_kind, mention_number, quote_kind,
    quote_number,
};
use crate::analysis::{Analysis, Entity, EntityId, Evidence, Mention, Quote, RunnerUp};
use crate::text::{Span, safe};

/// Format of [`Found`].
pub(super) const FOUND: u8 = 1;

/// What the engine found, in stored form.
#[derive(Serialize, Deserialize)]
pub(super) struct Found<'a> {
    #[serde(borrow)]
    entities: Vec<StoredEntity<'a>>,
    quotes: Vec<StoredQuote>,
}

#[derive(Serialize, Deserialize)]
struct StoredEntity<'a> {
    kind: u8,
    #[serde(borrow)]
    name: Cow<'a, str>,
    named: bool,
    role: Option<Cow<'a, str>>,
    gender: u8,
    aliases: Vec<Cow<'a, str>>,
    /// Start, length in bytes, kind.
    mentions: Vec<(usize, usize, u8)>,
}

#[derive(Serialize, Deserialize)]
struct StoredQuote {
    kind: u8,
    /// Start, length in bytes.
    span: (usize, usize),
    speaker: Option<u32>,
    source: Option<(usize, usize)>,
    cue: Option<(usize, usize)>,
    confidence: f32,
    basis: u8,
    chain: Vec<(usize, usize)>,
    /// Speaker and probability.
    runner_up: Option<(u32, f32)>,
}

impl<'a> Found<'a> {
    /// The stored form of `analysis`.
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let pair = |span: Span| (span.start, span.len());
        Self {
            entities: analysis
                .entities
                .iter()
                .map(|entity| StoredEntity {
                    kind: kind_number(entity.kind),
                    name: Cow::Borrowed(&entity.name),
                    named: entity.named,
                    role: entity.role.as_deref().map(Cow::Borrowed),
                    gender: gender_number(entity.gender),
                    aliases: entity.aliases.iter().map(|alias| Cow::Borrowed(alias.as_str())).collect(),
                    mentions: entity
                        .mentions
                        .iter()
                        .map(|mention| (mention.span.start, mention.span.len(), mention_number(mention.kind)))
                        .collect(),
                })
                .collect(),
            quotes: analysis
                .quotes
                .iter()
                .map(|quote| StoredQuote {
                    kind: quote_number(quote.kind),
                    span: pair(quote.span),
                    speaker: quote.speaker.map(|id| id.0),
                    source: quote.source.map(pair),
                    cue: quote.cue.map(pair),
                    confidence: quote.confidence,
                    basis: basis_number(quote.evidence.basis),
                    chain: quote.evidence.chain.iter().copied().map(pair).collect(),
                    runner_up: quote.evidence.runner_up.map(|other| (other.speaker.0, other.probability)),
                })
                .collect(),
        }
    }

    /// The analysis; `None` where it holds an unknown kind, or a speaker that is no entity.
    pub(super) fn analysis(self) -> Option<Analysis> {
        let span = |(start, length): (usize, usize)| Some(Span::new(start, start.checked_add(length)?));
        let entities = self
            .entities
            .into_iter()
            .map(|entity| {
                let mentions = entity.mentions.into_iter().map(|(start, length, kind)| {
                    Some(Mention { span: span((start, length))?, kind: mention_kind(kind)? })
                });
                Some(Entity {
                    kind: entity_kind(entity.kind)?,
                    name: safe::line(&entity.name),
                    named: entity.named,
                    role: entity.role.map(|role| safe::line(&role)),
                    gender: gender(entity.gender)?,
                    aliases: entity.aliases.into_iter().map(|alias| safe::line(&alias)).collect(),
                    mentions: mentions.collect::<Option<_>>()?,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let count = entities.len();
        let quotes = self.quotes.into_iter().map(|quote| {
            let runner_up = quote.runner_up.map(|(id, probability)| RunnerUp { speaker: EntityId(id), probability });
            let mut speakers = quote.speaker.into_iter().chain(runner_up.map(|other| other.speaker.0));
            speakers.all(|id| (id as usize) < count).then_some(())?;
            let chain = quote.chain.into_iter().map(span).collect::<Option<_>>()?;
            Some(Quote {
                kind: quote_kind(quote.kind)?,
                span: span(quote.span)?,
                speaker: quote.speaker.map(EntityId),
                source: quote.source.and_then(span),
                cue: quote.cue.and_then(span),
                confidence: quote.confidence,
                evidence: Evidence { basis: basis(quote.basis)?, chain, runner_up },
            })
        });
        let quotes = quotes.collect::<Option<_>>()?;
        Some(Analysis { entities, quotes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Basis, EntityKind, Gender, MentionKind, QuoteKind};
    use crate::store::seal::{Sealed, open};

    #[test]
    fn an_analysis_is_rebuilt_exactly() {
        let analysis = Analysis {
            entities: vec![Entity {
                kind: EntityKind::Person,
                name: "Karoline Leavitt".to_owned(),
                named: true,
                role: Some("Press Secretary".to_owned()),
                gender: Gender::Female,
                aliases: vec!["Leavitt".to_owned()],
                mentions: vec![
                    Mention { span: Span::new(3, 19), kind: MentionKind::Name },
                    Mention { span: Span::new(300, 303), kind: MentionKind::Pronoun },
                ],
            }],
            quotes: vec![Quote {
                kind: QuoteKind::Mixed,
                span: Span::new(30, 90),
                speaker: Some(EntityId(0)),
                source: Some(Span::new(3, 19)),
                cue: None,
                confidence: 0.875,
                evidence: Evidence {
                    basis: Basis::Cue,
                    chain: [Span::new(3, 19)].into(),
                    runner_up: Some(RunnerUp { speaker: EntityId(0), probability: 0.25 }),
                },
            }],
        };
        let sealed = Sealed::new(FOUND, &Found::of(&analysis));
        assert_eq!(open::<Found>(FOUND, sealed.bytes()).unwrap().analysis(), Some(analysis));
    }

    #[test]
    fn a_speaker_that_is_no_entity_is_refused() {
        let found = Found {
            entities: Vec::new(),
            quotes: vec![StoredQuote {
                kind: 0,
                span: (0, 3),
                speaker: Some(0),
                source: None,
                cue: None,
                confidence: 1.0,
                basis: 0,
                chain: Vec::new(),
                runner_up: None,
            }],
        };
        assert_eq!(found.analysis(), None);
    }
}
