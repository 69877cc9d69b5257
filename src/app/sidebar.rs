//! The sidebar: voices with their shares, then entities by kind.

use std::cmp::Reverse;

use super::step::{Step, reveal};
use crate::analysis::{Analysis, EntityId, EntityKind, MentionKind, Voices};

/// The sidebar of the open story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sidebar {
    /// What it shows, headings included.
    pub rows: Vec<Row>,
    /// The selected row, never a heading where there is anything else.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

/// A row of the sidebar.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A section begins.
    Heading(&'static str),
    /// A speaker; index into the story's voices.
    Voice(usize),
    /// An entity, and how often it is mentioned by name.
    Entity(EntityId, usize),
    /// Between sections.
    Blank,
}

/// Sections below the voices.
const SECTIONS: &[(&str, EntityKind)] = &[
    ("People", EntityKind::Person),
    ("Organizations", EntityKind::Organization),
    ("Places", EntityKind::Place),
    ("Dates", EntityKind::Date),
    ("Money", EntityKind::Money),
    ("Other", EntityKind::Other),
];

impl Row {
    /// Whether it can be selected.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        matches!(self, Self::Voice(_) | Self::Entity(..))
    }
}

impl Sidebar {
    /// The sidebar of a story: its voices, then everyone and everything else that is mentioned by name, most often
    /// mentioned first.
    #[must_use]
    pub fn new(analysis: &Analysis, voices: &Voices) -> Self {
        let mut rows = Vec::new();
        section(&mut rows, "Voices", (0..voices.all.len()).map(Row::Voice).collect());
        for (heading, kind) in SECTIONS {
            let mut found: Vec<(EntityId, usize)> = (0..)
                .map(EntityId)
                .zip(&analysis.entities)
                .filter(|(id, entity)| entity.kind == *kind && entity.named && voices.place(*id).is_none())
                .map(|(id, entity)| (id, entity.mentions.iter().filter(|m| m.kind == MentionKind::Name).count()))
                .filter(|(_, count)| *count > 0)
                .collect();
            found.sort_by_key(|(_, count)| Reverse(*count));
            section(&mut rows, heading, found.into_iter().map(|(id, count)| Row::Entity(id, count)).collect());
        }
        let selected = rows.iter().position(Row::is_choice).unwrap_or(0);
        Self { rows, selected, top: 0 }
    }

    /// The sidebar of the same story with another analysis; where as many rows are shown, it stays as it is scrolled.
    #[must_use]
    pub fn renewed(&self, analysis: &Analysis, voices: &Voices) -> Self {
        let mut sidebar = Self::new(analysis, voices);
        if sidebar.rows.get(self.selected).is_some_and(Row::is_choice) && !self.rows.is_empty() {
            (sidebar.selected, sidebar.top) = (self.selected, self.top);
        }
        sidebar
    }

    /// The selected row.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// The entity behind the selected row.
    #[must_use]
    pub fn entity(&self, voices: &Voices) -> Option<EntityId> {
        match self.row()? {
            Row::Voice(place) => voices.all.get(*place).map(|voice| voice.speaker),
            Row::Entity(id, _) => Some(*id),
            Row::Heading(_) | Row::Blank => None,
        }
    }

    /// Moves the selection by `step` in a pane of `shown` rows; headings are passed over.
    pub fn step(&mut self, step: Step, shown: usize) {
        let target = step.target(self.selected, self.rows.len().saturating_sub(1), shown);
        self.select_near(target, target < self.selected);
        self.reveal(shown);
    }

    /// Selects the row of `entity`, if it has one.
    pub fn select_entity(&mut self, entity: EntityId, voices: &Voices) {
        let voice = voices.place(entity).map(Row::Voice);
        let found = self.rows.iter().position(|row| match row {
            Row::Entity(id, _) => *id == entity,
            row => Some(row) == voice.as_ref(),
        });
        self.selected = found.unwrap_or(self.selected);
    }

    /// Scrolls by `rows` without leaving the selection behind.
    pub fn scroll(&mut self, rows: isize, shown: usize) {
        let shown = shown.max(1);
        self.top = Step::Rows(rows).target(self.top, self.rows.len().saturating_sub(shown), shown);
        let nearest = self.selected.clamp(self.top, self.top + shown - 1);
        if nearest != self.selected {
            self.select_near(nearest, nearest < self.selected);
        }
        self.settle(shown);
    }

    /// Keeps the selection in sight of a pane of `shown` rows.
    pub fn settle(&mut self, shown: usize) {
        self.top = reveal(self.top, self.selected, self.rows.len(), shown);
    }

    /// Brings the selected row in sight of a pane of `shown` rows, with its heading where it is the first below it.
    fn reveal(&mut self, shown: usize) {
        self.settle(shown);
        let heading =
            self.selected.checked_sub(1).filter(|above| self.rows.get(*above).is_some_and(|row| !row.is_choice()));
        if heading.is_some_and(|heading| heading < self.top) && shown > 1 {
            self.top = heading.unwrap_or(self.top);
        }
    }

    /// Selects the choice nearest to `row`, on the side one comes from last.
    fn select_near(&mut self, row: usize, upward: bool) {
        let below = || (row..self.rows.len()).find(|row| self.is_choice(*row));
        let above = || (0..=row).rev().find(|row| self.is_choice(*row));
        let found = if upward { above().or_else(below) } else { below().or_else(above) };
        self.selected = found.unwrap_or(self.selected);
    }

    fn is_choice(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(Row::is_choice)
    }
}

/// Adds a section, unless it is empty.
fn section(rows: &mut Vec<Row>, heading: &'static str, mut content: Vec<Row>) {
    if content.is_empty() {
        return;
    }
    if !rows.is_empty() {
        rows.push(Row::Blank);
    }
    rows.push(Row::Heading(heading));
    rows.append(&mut content);
}

#[cfg(test)]
mod tests {
    use super::super::driver::Driver;
    use super::*;

    #[test]
    fn voices_come_first_then_names_by_kind_and_number_and_nobody_twice() {
        let story =
            "{a Ana} met {b Ben}, {c Cid} and {c Cid} in {d=place Rome} and {e=place Oslo}. [a: “Yes,”] said {a Ana}.";
        let driver = Driver::open(story);
        let entity = |id, count| Row::Entity(EntityId(id), count);
        assert_eq!(
            driver.app.sidebar.rows,
            [
                Row::Heading("Voices"),
                Row::Voice(0),
                Row::Blank,
                Row::Heading("People"),
                entity(2, 2),
                entity(1, 1),
                Row::Blank,
                Row::Heading("Places"),
                entity(3, 1),
                entity(4, 1),
            ]
        );
        assert_eq!(driver.app.sidebar.selected, 1);
    }

    #[test]
    fn the_selection_passes_over_headings_and_brings_the_first_one_in_sight() {
        let mut driver = Driver::open("{a Ana} and {d=place Rome}. [a: “Yes,”] said {a Ana}.");
        driver.press("gv j");
        assert_eq!(driver.app.sidebar.row(), Some(&Row::Entity(EntityId(3), 1)));
        let sidebar = &mut driver.app.sidebar;
        sidebar.step(Step::Rows(-1), 2);
        assert_eq!((sidebar.row(), sidebar.top), (Some(&Row::Voice(0)), 0), "with the heading above it");
        sidebar.step(Step::Last, 2);
        sidebar.scroll(-9, 2);
        assert_eq!((sidebar.selected, sidebar.top), (1, 0));
    }
}
