//! The open story: where the user is in it, what is selected, sought and marked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EntryId;
use crate::analysis::{Analysis, EntityId, Voices};
use crate::article::Article;
use crate::layout::Layout;
use crate::text::Span;
use crate::text::search::Query;

/// The open story.
#[derive(Debug)]
pub struct Reader {
    /// Its entry in the list.
    pub entry: EntryId,
    /// The article.
    pub article: Arc<Article>,
    /// What it says, once analysed.
    pub analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    /// The text at the current width.
    pub layout: Layout,
    /// The first line shown.
    pub top: usize,
    /// Where the user is: byte offset of what was last jumped to or scrolled to.
    pub cursor: usize,
    /// The current quote, an index into the analysis' quotes.
    pub quote: Option<usize>,
    /// The speaker that quotes, search and minimap keep to.
    pub scope: Option<EntityId>,
    /// The entity whose mentions stand out.
    pub entity: Option<EntityId>,
    /// The search in force.
    pub search: Option<Search>,
    /// Marks by letter: byte offsets.
    pub marks: BTreeMap<char, usize>,
    /// Places jumped from: byte offsets, oldest first.
    pub back: Vec<usize>,
    /// Places gone back from: byte offsets.
    pub forward: Vec<usize>,
}

/// A search in the story.
#[derive(Clone, Debug)]
pub struct Search {
    /// What is sought.
    pub query: Query,
    /// All hits, in order.
    pub hits: Vec<Span>,
    /// The current hit.
    pub current: Option<usize>,
    /// Whether `n` goes backward.
    pub backward: bool,
}
