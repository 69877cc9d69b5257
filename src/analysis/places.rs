//! Where everything stands: what lies on a stretch of the text is found without looking at all the rest.
//!
//! Quotes and mentions may lie inside one another, so their ends are not in order. Beside them stands how far those up
//! to each one reach at most; that is in order, and whatever touches a stretch is found by two binary searches.

use std::cmp::Reverse;

use super::{Analysis, EntityId, MentionKind, Quote};
use crate::text::Span;

/// An index of an analysis by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    mentions: Vec<Placed>,
    mention_reach: Vec<usize>,
    quote_reach: Vec<usize>,
}

/// A mention with whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands.
    pub span: Span,
    /// Whom it mentions.
    pub entity: EntityId,
    /// How.
    pub kind: MentionKind,
}

impl Places {
    /// The index of `analysis`.
    #[must_use]
    pub fn of(analysis: &Analysis) -> Self {
        let mut mentions: Vec<Placed> = Vec::new();
        for (entity, id) in analysis.entities.iter().zip(0..) {
            let placed = |span, kind| Placed { span, entity: EntityId(id), kind };
            mentions.extend(entity.mentions.iter().map(|mention| placed(mention.span, mention.kind)));
        }
        mentions.sort_by_key(|mention| (mention.span.start, Reverse(mention.span.end), mention.entity));
        let mention_reach = reach(mentions.iter().map(|mention| mention.span));
        let quote_reach = reach(analysis.quotes.iter().map(|quote| quote.span));
        Self { mentions, mention_reach, quote_reach }
    }

    /// The mentions that touch `stretch`, in order of their start, outer before inner.
    pub fn mentions(&self, stretch: Span) -> impl Iterator<Item = &Placed> {
        let from = self.mention_reach.partition_point(|reach| *reach <= stretch.start);
        let started = self.mentions.get(from..).unwrap_or_default().iter();
        started.take_while(move |at| at.span.start < stretch.end).filter(move |at| at.span.overlaps(stretch))
    }

    /// The quotes of `analysis`, which this is the index of, that touch `stretch`, with their places among all quotes.
    pub fn quotes<'a>(
        &self,
        analysis: &'a Analysis,
        stretch: Span,
    ) -> impl Iterator<Item = (usize, &'a Quote)> + use<'a> {
        let from = self.quote_reach.partition_point(|reach| *reach <= stretch.start);
        let started = analysis.quotes.iter().enumerate().skip(from);
        started.take_while(move |(_, at)| at.span.start < stretch.end).filter(move |(_, at)| at.span.overlaps(stretch))
    }
}

/// For each of `spans`, in order of their start, the greatest end so far.
fn reach(spans: impl Iterator<Item = Span>) -> Vec<usize> {
    let furthest = |reach: &mut usize, span: Span| {
        *reach = span.end.max(*reach);
        Some(*reach)
    };
    spans.scan(0, furthest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Entity, EntityKind, Evidence, Gender, Mention, QuoteKind};

    fn quote(start: usize, end: usize) -> Quote {
        let span = Span::new(start, end);
        Quote {
            kind: QuoteKind::Direct,
            span,
            speaker: None,
            source: None,
            cue: None,
            confidence: 1.0,
            evidence: Evidence::default(),
        }
    }

    fn entity(spans: &[(usize, usize)]) -> Entity {
        let mention =
            |(start, end): &(usize, usize)| Mention { span: Span::new(*start, *end), kind: MentionKind::Name };
        Entity {
            kind: EntityKind::Person,
            name: String::new(),
            named: true,
            role: None,
            gender: Gender::Unknown,
            aliases: Vec::new(),
            mentions: spans.iter().map(mention).collect(),
        }
    }

    #[test]
    fn what_touches_a_stretch_is_found_also_inside_and_around_it() {
        let analysis = Analysis {
            entities: vec![entity(&[(0, 4), (50, 60)]), entity(&[(52, 55), (70, 75)])],
            quotes: vec![quote(0, 100), quote(10, 20), quote(30, 40), quote(120, 130)],
        };
        let places = Places::of(&analysis);
        let quotes = |start, end| -> Vec<usize> {
            places.quotes(&analysis, Span::new(start, end)).map(|(index, _)| index).collect()
        };
        assert_eq!(quotes(35, 36), [0, 2]);
        assert_eq!(quotes(20, 30), [0]);
        assert!(quotes(100, 120).is_empty());
        assert_eq!(quotes(0, 200), [0, 1, 2, 3]);
        let mentions = |start, end| -> Vec<(usize, u32)> {
            places.mentions(Span::new(start, end)).map(|at| (at.span.start, at.entity.0)).collect()
        };
        assert_eq!(mentions(53, 54), [(50, 0), (52, 1)]);
        assert_eq!(mentions(56, 71), [(50, 0), (70, 1)]);
        assert!(mentions(4, 50).is_empty());
    }
}
