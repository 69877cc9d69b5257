//! From mention to mention of the selected name.

use super::{Reader, Refusal, around};
use crate::analysis::{Entity, EntityId, EntityKind, MentionKind};
use crate::text::Span;

impl Reader {
    /// The names in the text with whose they are, in order; dates and amounts are no names.
    fn names(&self) -> Vec<(Span, EntityId)> {
        let Some(analysis) = self.said() else { return Vec::new() };
        let mut names: Vec<(Span, EntityId)> = Vec::new();
        let unnamed = |entity: &Entity| matches!(entity.kind, EntityKind::Date | EntityKind::Money);
        for (entity, id) in analysis.entities.iter().zip(0..).filter(|(entity, _)| !unnamed(entity)) {
            let by_name = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
            names.extend(by_name.map(|mention| (mention.span, EntityId(id))));
        }
        names.sort_unstable();
        names
    }

    /// Whose name stands at `offset`.
    #[must_use]
    pub fn name_at(&self, offset: usize) -> Option<EntityId> {
        let analysis = self.said()?;
        let at = |entity: &Entity| {
            entity.mentions.iter().any(|mention| mention.kind != MentionKind::Pronoun && mention.span.contains(offset))
        };
        analysis.entities.iter().zip(0..).find(|(entity, _)| at(entity)).map(|(_, id)| EntityId(id))
    }

    /// Selects the name at the cursor or the first after it; where that is what was selected last, the next one. Says
    /// whose it is.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn select_name(&mut self, times: usize) -> Result<String, Refusal> {
        if self.analysis.is_none() {
            return Err(Self::without_analysis());
        }
        let names = self.names();
        let mut place = names.partition_point(|(span, _)| span.end <= self.cursor);
        let again = names.get(place).is_some_and(|(span, id)| span.contains(self.cursor) && Some(*id) == self.entity);
        place = place.saturating_add(times - 1).saturating_add(usize::from(again));
        let Some((span, entity)) = names.get(place).copied() else {
            return Err(if names.is_empty() { "no names in this story" } else { "no name after this place" }.to_owned());
        };
        self.entity = Some(entity);
        self.reveal(span.start);
        self.select_quote_at(span.start);
        Ok(self.describe(entity))
    }

    /// Goes `times` mentions of the selected name on or back, round the ends; selects a name first where none is.
    /// Says where it is, where there is something to say.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_mentions(&mut self, times: usize, backward: bool) -> Result<Option<String>, Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let Some(entity) = self.entity else { return self.select_name(times).map(Some) };
        let mentions = analysis.entity(entity).map_or(&[][..], |entity| &entity.mentions);
        let starts: Vec<usize> = mentions.iter().map(|mention| mention.span.start).collect();
        if starts.is_empty() {
            return Err(format!("{} is not mentioned", self.name_of(entity)));
        }
        let (place, end) = self.stepped(&starts, times, backward);
        let Some(start) = starts.get(place).copied() else { return Ok(None) };
        self.remember();
        self.quote = None;
        self.show(start);
        self.select_quote_at(start);
        Ok(Some(format!("{}: mention {} of {}{end}", self.name_of(entity), place + 1, starts.len())))
    }

    /// Where `times` steps through `starts`, which are in order, lead from the cursor, and what to say where that goes
    /// round an end.
    pub(super) fn stepped(&self, starts: &[usize], times: usize, backward: bool) -> (usize, &'static str) {
        let (place, round) = if backward {
            around(starts.partition_point(|start| *start < self.cursor), times, true, starts.len())
        } else {
            around(starts.partition_point(|start| *start <= self.cursor), times - 1, false, starts.len())
        };
        let end = match (round, backward) {
            (false, _) => "",
            (true, false) => ", round from the beginning",
            (true, true) => ", round from the end",
        };
        (place, end)
    }

    /// `entity` with its role and how often it is mentioned.
    #[must_use]
    pub fn describe(&self, entity: EntityId) -> String {
        let Some(entity) = self.said().and_then(|analysis| analysis.entity(entity)) else { return String::new() };
        let role = entity.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        let count = entity.mentions.len();
        format!("{}{role}: {count} {}", entity.name, if count == 1 { "mention" } else { "mentions" })
    }
}
