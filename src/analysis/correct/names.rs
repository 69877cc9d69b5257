//! Corrections of names: two that are one, one that is two, one that the engine never saw.

use std::cmp::Reverse;

use super::super::{Analysis, Entity, EntityId, EntityKind, Gender, Mention, MentionKind};

/// Makes what goes by `form` an entity of its own: its mentions by that form, the descriptions and pronouns that come
/// after one of them before the next other name, and the quotes that these mentions are the sources of. `false` where
/// nothing of entity `index` goes by it, or all of it does.
pub(super) fn split(analysis: &mut Analysis, index: usize, form: &str, text: &str) -> bool {
    let new = EntityId(u32::try_from(analysis.entities.len()).unwrap_or(u32::MAX));
    let Some(entity) = analysis.entities.get_mut(index) else { return false };
    let by_form = |mention: &Mention| mention.kind == MentionKind::Name && is_same(mention.span.of(text), form);
    let mut other = false;
    let (gone, kept): (Vec<Mention>, Vec<Mention>) = entity.mentions.iter().copied().partition(|mention| {
        if mention.kind == MentionKind::Name {
            other = by_form(mention);
        }
        other
    });
    if !gone.iter().any(by_form) || !kept.iter().any(|mention| mention.kind == MentionKind::Name) {
        return false;
    }
    entity.aliases.retain(|alias| !is_same(alias, form));
    if is_same(&entity.name, form) {
        let longest = kept.iter().filter(|mention| mention.kind == MentionKind::Name).map(|mention| mention.span);
        let name = longest.max_by_key(|span| (span.len(), Reverse(span.start))).unwrap_or_default();
        name.of(text).clone_into(&mut entity.name);
        let name = entity.name.clone();
        entity.aliases.retain(|alias| !is_same(alias, &name));
    }
    entity.mentions = kept;
    let (kind, gender) = (entity.kind, entity.gender);
    for quote in analysis.quotes.iter_mut().filter(|quote| quote.speaker.is_some_and(|id| id.0 as usize == index)) {
        let sources = quote.source.iter().chain(&quote.evidence.chain);
        if sources.take(1).any(|source| gone.iter().any(|mention| mention.span.overlaps(*source))) {
            quote.speaker = Some(new);
            quote.evidence.chain = Box::default();
        }
    }
    let name = form.to_owned();
    analysis.entities.push(Entity { kind, name, named: true, role: None, gender, aliases: Vec::new(), mentions: gone });
    true
}

pub(super) fn is_same(name: &str, other: &str) -> bool {
    name.to_lowercase() == other.to_lowercase()
}

impl Analysis {
    /// The entity called `name`: by its full name first, then by what else it is called.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<EntityId> {
        position(self, name).and_then(|index| u32::try_from(index).ok()).map(EntityId)
    }
}

/// The entity called `name`: by its full name first, then by what else it is called.
pub(super) fn position(analysis: &Analysis, name: &str) -> Option<usize> {
    let same = |other: &str| is_same(other, name);
    analysis
        .entities
        .iter()
        .position(|entity| same(&entity.name))
        .or_else(|| analysis.entities.iter().position(|entity| entity.aliases.iter().any(|alias| same(alias))))
}

/// The entity called `name`, a new person where there is none.
pub(super) fn named_or_new(analysis: &mut Analysis, name: &str) -> EntityId {
    let index = position(analysis, name).unwrap_or_else(|| {
        analysis.entities.push(Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            named: true,
            role: None,
            gender: Gender::Unknown,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        analysis.entities.len() - 1
    });
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Makes entity `from` part of entity `into`, two valid and different indexes; later ones move down by one.
pub(super) fn merge(analysis: &mut Analysis, from: usize, into: usize) {
    let gone = analysis.entities.remove(from);
    let moved = |index: usize| index - usize::from(index > from);
    let target = moved(into);
    if let Some(entity) = analysis.entities.get_mut(target) {
        entity.mentions.extend(gone.mentions);
        entity.mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        for name in std::iter::once(gone.name).chain(gone.aliases) {
            if name != entity.name && !entity.aliases.contains(&name) {
                entity.aliases.push(name);
            }
        }
        entity.role = entity.role.take().or(gone.role);
        if entity.gender == Gender::Unknown {
            entity.gender = gone.gender;
        }
    }
    let renumber = |speaker: &mut EntityId| {
        let index = speaker.0 as usize;
        let index = if index == from { target } else { moved(index) };
        *speaker = EntityId(u32::try_from(index).unwrap_or(u32::MAX));
    };
    for quote in &mut analysis.quotes {
        quote.speaker.iter_mut().for_each(renumber);
        let runner_up = &mut quote.evidence.runner_up;
        runner_up.iter_mut().for_each(|other| renumber(&mut other.speaker));
        // Nobody is second to themselves.
        *runner_up = runner_up.take().filter(|other| Some(other.speaker) != quote.speaker);
    }
}
