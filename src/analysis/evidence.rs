//! Why a quote is given to its speaker: what kind of sign decided, the mentions that lead from the source to the
//! speaker's name, and who else it may have been. Cue and source stand in the [`Quote`] itself.
//!
//! Units: byte offsets. A chain is short whatever the text: it skips pronouns that only point to pronouns.

use std::collections::HashMap;

use super::{Entity, EntityId, Mention, MentionKind, Quote, QuoteKind};
use crate::text::Span;

/// Why a quote is given to its speaker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What kind of sign decided.
    pub basis: Basis,
    /// The mentions that lead from the source to the speaker's full name, in that order, the source not among them:
    /// `she` leads by `Leavitt` to `Karoline Leavitt`. A quote that goes on from another one has that one's source as
    /// the first. Empty where the source is the full name, or nothing leads to one.
    pub chain: Box<[Span]>,
    /// The most likely one of those who were not chosen.
    pub runner_up: Option<RunnerUp>,
}

/// Kinds of signs that say who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// None: the speaker is unknown.
    #[default]
    Nothing,
    /// A cue names its source: "she said".
    Cue,
    /// A name and a colon open the paragraph, as in an interview.
    Label,
    /// Somebody is named beside the quote, with no word that reports.
    Beside,
    /// It follows a quote and goes on with its speaker.
    Continued,
    /// It opens a paragraph and goes on from a quotation that the one before left open.
    Unclosed,
    /// A reader corrected it.
    Correction,
}

/// Who else may have said it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunnerUp {
    /// Who.
    pub speaker: EntityId,
    /// How likely, 0 to 1.
    pub probability: f32,
}

/// What the forms of one entity are, each list in order.
struct Forms {
    /// Mentions by name and description.
    solid: Vec<Span>,
    /// Mentions by the full name.
    full: Vec<Span>,
}

/// Leads the chains on to the speakers' names. So far a chain holds what the source was found to refer to, if
/// anything. The quotes are in order of their start, the mentions of each entity too.
pub fn lead_to_names(quotes: &mut [Quote], entities: &[Entity], text: &str) {
    let mut forms: HashMap<EntityId, Forms> = HashMap::new();
    let mut before: Option<Box<[Span]>> = None;
    for quote in quotes {
        let entity = quote.speaker.and_then(|id| entities.get(id.0 as usize).map(|entity| (id, entity)));
        let chain = match (entity, quote.source, quote.evidence.basis) {
            (Some(_), _, Basis::Continued | Basis::Unclosed) => before.clone().unwrap_or_default(),
            (Some((id, entity)), Some(source), _) => {
                let forms = forms.entry(id).or_insert_with(|| Forms::of(entity, text));
                chain(entity, forms, source, quote.evidence.chain.first().copied(), text)
            }
            _ => Box::default(),
        };
        if quote.kind == QuoteKind::Direct {
            before = Some(match quote.source.filter(|_| entity.is_some()) {
                Some(source) => std::iter::once(source).chain(chain.iter().copied()).collect(),
                None => chain.clone(),
            });
        }
        quote.evidence.chain = chain;
    }
}

/// What leads from `source`, which was found to refer to `link`, to the full name of `entity`.
fn chain(entity: &Entity, forms: &Forms, source: Span, link: Option<Span>, text: &str) -> Box<[Span]> {
    let mut chain = Vec::new();
    let mut last = source;
    let named = name_within(entity, source);
    let antecedent = || link.map_or_else(|| forms.before(source), |link| Some(forms.solid_for(entity, link)));
    if let Some(next) = named.or_else(antecedent).filter(|next| *next != source) {
        chain.push(next);
        last = next;
    }
    if entity.named
        && !last.of(text).eq_ignore_ascii_case(&entity.name)
        && let Some(full) = nearest(&forms.full, last).filter(|full| *full != source)
    {
        chain.push(full);
    }
    chain.into()
}

/// The first name of `entity` that stands within `source`.
pub(super) fn name_within(entity: &Entity, source: Span) -> Option<Span> {
    let from = entity.mentions.partition_point(|mention| mention.span.start < source.start);
    let inside = entity.mentions.iter().skip(from).take_while(|mention| mention.span.start < source.end);
    inside.filter(|mention| mention.kind == MentionKind::Name).map(|mention| mention.span).find(|s| source.covers(*s))
}

/// Of `spans`, the last one before `place`, else the first one after it; one that touches `place` is nearest.
fn nearest(spans: &[Span], place: Span) -> Option<Span> {
    let after = spans.partition_point(|span| span.end <= place.start);
    let touching = spans.get(after).filter(|span| span.start <= place.end + 1);
    touching.or_else(|| after.checked_sub(1).and_then(|before| spans.get(before))).or_else(|| spans.get(after)).copied()
}

impl Forms {
    fn of(entity: &Entity, text: &str) -> Self {
        let is_solid = |mention: &&Mention| mention.kind != MentionKind::Pronoun;
        let solid: Vec<Span> = entity.mentions.iter().filter(is_solid).map(|mention| mention.span).collect();
        let full = solid.iter().copied().filter(|span| span.of(text) == entity.name).collect();
        Self { solid, full }
    }

    /// The last mention by name or description before `place`, else the first one after it.
    fn before(&self, place: Span) -> Option<Span> {
        let after = self.solid.partition_point(|span| span.start < place.start);
        let before = after.checked_sub(1).and_then(|before| self.solid.get(before));
        before.or_else(|| self.solid.get(after..)?.iter().find(|span| **span != place)).copied()
    }

    /// The mention at `link`; where that is a pronoun, the one by name or description before it.
    fn solid_for(&self, entity: &Entity, link: Span) -> Span {
        let from = entity.mentions.partition_point(|mention| mention.span.start <= link.start);
        let around = entity.mentions.get(..from).unwrap_or_default().iter().rev().take(3);
        match around.clone().find(|mention| mention.span.covers(link)) {
            Some(mention) if mention.kind == MentionKind::Pronoun => self.before(link).unwrap_or(link),
            Some(mention) => mention.span,
            None => link,
        }
    }
}

#[cfg(test)]
mod tests;
