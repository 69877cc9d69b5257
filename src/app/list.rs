//! The article list.

use std::sync::Arc;

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
