//! The article list.

use std::sync::Arc;

use super::step::{Step, reveal};
use crate::analysis::{Analysis, Voices};
use crate::article::Article;

/// Names an entry for as long as the reader runs; the index into [`List::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub usize);

/// The list and where the user is in it.
#[derive(Debug, Default)]
pub struct List {
    /// All entries, in the order shown.
    pub entries: Vec<Entry>,
    /// The selected one.
    pub selected: usize,
    /// The first one shown.
    pub top: usize,
}

impl List {
    /// Rows over the entries, for the list's own heading.
    pub const HEADING_ROWS: u16 = 1;

    /// Rows that each entry takes in a list pane of `height` rows.
    #[must_use]
    pub const fn entry_rows(height: u16) -> u16 {
        if height < 28 { 1 } else { 2 }
    }

    /// How many entries a list pane of `height` rows shows.
    #[must_use]
    pub fn capacity(height: u16) -> usize {
        usize::from(height.saturating_sub(Self::HEADING_ROWS) / Self::entry_rows(height))
    }

    /// The entry at row `row` of a list pane of `height` rows, the heading being row 0.
    #[must_use]
    pub fn entry_at(&self, height: u16, row: u16) -> Option<usize> {
        let below = row.checked_sub(Self::HEADING_ROWS)? / Self::entry_rows(height);
        let entry = self.top + usize::from(below);
        (usize::from(below) < Self::capacity(height) && entry < self.entries.len()).then_some(entry)
    }

    /// The entry `id`.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0)
    }

    /// Moves the selection by `step` in a pane that shows `shown` entries.
    pub fn step(&mut self, step: Step, shown: usize) {
        self.select(step.target(self.selected, self.entries.len().saturating_sub(1), shown), shown);
    }

    /// Selects entry `selected`, as far as there are entries, in a pane that shows `shown` of them.
    pub fn select(&mut self, selected: usize, shown: usize) {
        self.selected = selected.min(self.entries.len().saturating_sub(1));
        self.top = reveal(self.top, self.selected, self.entries.len(), shown);
    }

    /// Scrolls by `rows` entries without leaving the selection behind.
    pub fn scroll(&mut self, rows: isize, shown: usize) {
        let shown = shown.max(1);
        self.top = Step::Rows(rows).target(self.top, self.entries.len().saturating_sub(shown), shown);
        self.select(self.selected.clamp(self.top, self.top + shown - 1), shown);
    }

    /// The `times`-th unread entry after the selected one, or before it; the furthest where there are fewer.
    #[must_use]
    pub fn unread(&self, times: usize, backward: bool) -> Option<usize> {
        let unread = |at: &usize| self.entries.get(*at).is_some_and(Entry::is_unread);
        if backward {
            (0..self.selected).rev().filter(unread).take(times).last()
        } else {
            (self.selected + 1..self.entries.len()).filter(unread).take(times).last()
        }
    }
}

/// One article of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it comes from, made safe: a path, `standard input`, or a bundled file's name.
    pub origin: String,
    /// Whether the user has opened it.
    pub read: bool,
    /// The byte offset where the user was last time.
    pub position: Option<usize>,
    /// Its contents so far.
    pub content: Content,
}

impl Entry {
    /// Whether it is still to be read; what cannot be read is not.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        !self.read && !matches!(self.content, Content::Failed(_))
    }

    /// The article, once it is read.
    #[must_use]
    pub fn article(&self) -> Option<&Arc<Article>> {
        match &self.content {
            Content::Ready { article, .. } => Some(article),
            Content::Waiting | Content::Failed(_) => None,
        }
    }
}

/// How far an entry has come.
#[derive(Clone, Debug)]
pub enum Content {
    /// Not read yet.
    Waiting,
    /// Could not be read: one safe line.
    Failed(String),
    /// Read, and analysed where `analysis` says so.
    Ready {
        /// The article.
        article: Arc<Article>,
        /// What it says.
        analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    },
}
