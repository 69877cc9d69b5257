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
