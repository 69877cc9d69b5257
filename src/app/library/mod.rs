//! The library as the reader sees it: what it asks for and what it is told.
//!
//! The library itself is outside: articles go by their entries here, and what a row shows comes as [`Facts`]. Requests
//! are answered in any order and may be overtaken: lists carry a ticket, everything else names its entry. A change is
//! shown when it is told of, not when it is asked for: what the screen says is kept.

mod acts;
mod adding;
mod annotations;
mod bulk;
mod changes;
mod folders;
mod listing;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

pub use adding::Adding;
pub use annotations::{Annotated, Annotation, Annotations, CorrectionId, Done, Highlight, HighlightId, Marked};
pub use folders::{Feed, Folder, Folders, ListLeft, Saved};
pub use listing::cut_pattern;

pub use crate::article::counts::Counts;
pub use crate::article::sort::{Sort, SortKey};

use super::EntryId;
use super::list::Facts;
use super::panes::Side;
use super::people;
use crate::analysis::{Analysis, Voices};
use crate::article::Article;
use crate::text::Span;

/// What the library is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Which articles match, in which order; answered by [`Answer::Listed`], perhaps in two parts.
    List {
        /// Comes back with the answer.
        ticket: u64,
        /// A query; empty for all articles.
        filter: String,
        /// The order.
        sort: Sort,
        /// Whether the filter is still being typed, so that its last word may be a beginning.
        typing: bool,
    },
    /// What the rows of these entries show; answered by [`Answer::Described`].
    Describe(Vec<EntryId>),
    /// Where the user was in the text of this entry, which has this content id; answered by [`Answer::Recalled`].
    Recall(EntryId, u64),
    /// Forget where the user was in the text with this content id.
    Forget(u64),
    /// Keep a mark in the text with this content id; answered by [`Answer::MarkKept`].
    KeepMark {
        /// [`Article::content_id`].
        content: u64,
        /// The mark's letter.
        letter: char,
        /// Byte offset.
        offset: usize,
    },
    /// Change something about an article; answered by [`Answer::Changed`].
    Change(EntryId, Change),
    /// Change something about several articles as one; answered by [`Answer::AllChanged`].
    ChangeAll(Vec<EntryId>, Bulk),
    /// Take the latest change back; answered by [`Answer::Undone`].
    Undo,
    /// Something about people; answered by [`Answer::People`].
    People(people::Ask),
    /// What the library can be looked through by; answered by [`Answer::Folders`], then [`Answer::QueryCounted`].
    Folders,
    /// Keep a query under a name; answered by [`Answer::QueriesChanged`].
    SaveQuery {
        /// The name; a query that has it is replaced.
        name: String,
        /// The query.
        query: String,
        /// The order it is shown in.
        sort: Sort,
    },
    /// Give the saved query of the first name the second; answered by [`Answer::QueriesChanged`].
    RenameQuery(String, String),
    /// Forget the saved query of this name; answered by [`Answer::QueriesChanged`].
    RemoveQuery(String),
    /// All tags there are; answered by [`Answer::Tags`].
    Tags,
    /// What matches a query, with the words around the first match; answered by [`Answer::Found`].
    Find {
        /// Comes back with the answer.
        ticket: u64,
        /// The query, perhaps still being typed.
        query: String,
        /// Whether what matches best comes first, not what is newest.
        by_relevance: bool,
        /// Hits at most.
        limit: usize,
    },
    /// Where a query matches in the text of this entry; answered by [`Answer::Matched`].
    Matches(EntryId, String),
    /// Remember that this was searched for.
    KeepSearch(String),
    /// Whether the library has the texts of these entries, which are files, by their content ids; answered by
    /// [`Answer::Shelved`].
    Shelve(Vec<(EntryId, u64)>),
    /// Add what lies at this path, or all files that were named at the start; answered by [`Answer::Adding`] until it
    /// is over.
    AddFiles(Option<String>),
    /// Stop adding files.
    StopAdding,
    /// What the user added to the text of this entry, which has this content id, and what was found in it; answered by
    /// [`Answer::Marked`], or by [`Answer::Renewed`] where it has another text by now.
    Annotations(EntryId, u64),
    /// Change what the user added to the text with this content id, that of the entry where it is open; answered by
    /// [`Answer::Marked`].
    Annotate(Option<EntryId>, u64, Annotation),
    /// The highlights of all texts; answered by [`Answer::Highlights`].
    Highlights,
}

/// A change to an article that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The user opened it: it is read.
    Opened,
    /// Unread where it is read, and the other way round.
    ToggleRead,
    /// Without a star where it has one, and the other way round.
    ToggleStar,
    /// It has these tags and no others.
    Tag(Vec<String>),
}

/// A change to several articles, which is taken back as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// All are read, or unread where all are read.
    ToggleRead,
    /// All have a star, or none where all have one.
    ToggleStar,
    /// They get some tags and lose others.
    Retag {
        /// Those they get.
        given: Vec<String>,
        /// Those they lose.
        taken: Vec<String>,
    },
    /// They are kept no longer.
    Remove,
}

/// What the library tells.
#[derive(Debug)]
pub enum Answer {
    /// The list with this ticket, or what is wrong with its filter.
    Listed(u64, Result<Listed, Problem>),
    /// What was asked for, and what is known of it: no longer kept is what is missing.
    Described(Vec<EntryId>, Vec<Known>),
    /// An article that is kept, or why it cannot be had (one safe line).
    Loaded(EntryId, Result<Box<Loaded>, String>),
    /// The text of an article that was asked about is another one by now.
    Renewed(EntryId, Box<Loaded>),
    /// What is remembered of a text.
    Recalled(EntryId, Recalled),
    /// A mark is kept.
    MarkKept(char),
    /// A change is kept.
    Changed(Known, Change),
    /// A change to several articles is kept: what was done, if it changed anything.
    AllChanged(Vec<EntryId>, Bulk, Option<String>),
    /// What was taken back, if there was anything.
    Undone(Option<String>),
    /// Nothing was taken back yet: what would be was done by an earlier run, and is named first.
    UndoneNext(String),
    /// Something about people.
    People(people::Tell),
    /// What the library can be looked through by.
    Folders(Box<Folders>),
    /// How many articles that match the saved query of this name are unread.
    QueryCounted(String, usize),
    /// Saved queries were changed, which is kept: what was done, one safe line.
    QueriesChanged(String),
    /// How the list was left the last time.
    Remembered(ListLeft),
    /// All tags, by name.
    Tags(Vec<String>),
    /// What matches the query with this ticket, or what is wrong with it.
    Found(u64, Result<Vec<Hit>, Problem>),
    /// Where a query matches in the text of this entry, in order.
    Matched(EntryId, Vec<Span>),
    /// What was searched for before, latest first.
    Searches(Vec<String>),
    /// How the side panes were set up last: article list, then sidebar.
    Panes([Side; 2]),
    /// Why nothing is kept from now on (one safe line), or that it is again.
    Keeping(Option<String>),
    /// The library has the texts of these entries, which are files.
    Shelved(Vec<Known>),
    /// A story was added, or was there already.
    Added {
        /// What is known of it.
        known: Known,
        /// Whether it was there.
        already: bool,
    },
    /// How far adding files is.
    Adding(Adding),
    /// Something happened to the library that the user should know: one safe line.
    Note(String),
    /// How far a change to many articles is, which the answer to it ends: one safe line.
    Busy(String),
    /// What a text looks like by now.
    Marked(Box<Marked>),
    /// The highlights of all texts, those highlighted last first.
    Highlights(Vec<Annotated>),
}

/// A list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// How much of it this is.
    pub part: Part,
    /// The entries in order.
    pub shown: Vec<Shown>,
    /// What is known of some of them.
    pub known: Vec<Known>,
}

/// How much of a list is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The beginning: all of it follows.
    Beginning,
    /// All of it.
    #[default]
    Whole,
    /// All of it once more, because the library has changed.
    Again,
}

/// An entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The entry; the reader hears of it for the first time, perhaps.
    pub entry: EntryId,
    /// Whether it is read.
    pub read: bool,
}

/// What is known of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The entry.
    pub entry: EntryId,
    /// Whether it is read.
    pub read: bool,
    /// What its row shows.
    pub facts: Facts,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the query that are wrong.
    pub span: Span,
    /// What is wrong and what would be right, one safe line.
    pub message: String,
}

/// An article that matches a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub known: Known,
    /// Where its text matches first, as a byte offset.
    pub offset: Option<usize>,
    /// The text around that place, on one line.
    pub snippet: String,
    /// The matches in the snippet, in order, as bytes of it.
    pub marks: Vec<Span>,
}

/// An article that is kept.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The article.
    pub article: Arc<Article>,
    /// What it says, where this program's engine has analysed it.
    pub analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    /// What is remembered of its text.
    pub recalled: Recalled,
    /// Where it was read from (a safe line), and whether that is gone.
    pub from: Option<(String, bool)>,
}

/// What is remembered of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recalled {
    /// The byte offset where the user was last.
    pub position: Option<usize>,
    /// Marks by letter: byte offsets.
    pub marks: Vec<(char, usize)>,
    /// [`Article::content_id`] of the text.
    pub content: u64,
    /// What the user added to it.
    pub annotations: Annotations,
}

/// Most entries out of sight of which anything is known.
pub(super) const MOST_KNOWN: usize = 4_000;

/// How the reader stands with the library.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// Whether the list is that of the library.
    pub(super) open: bool,
    /// The ticket of the latest list asked for.
    ticket: u64,
    /// The ticket of the list that was told last, or of the filter that was refused.
    answered: u64,
    /// The ticket of the latest search.
    find: u64,
    /// The filter asked for; the one in force is shown with the list.
    filter: String,
    /// The query of the branch of the tree that was opened last.
    pub(super) branch: String,
    /// The entries asked about.
    asked: BTreeSet<EntryId>,
    /// Those of which something is known, the earliest first.
    known: VecDeque<EntryId>,
    /// To be selected in the next list.
    selecting: Option<EntryId>,
    /// Whether the next list begins at its top: the user has sorted it.
    from_top: bool,
    /// The entry that was told to be opened last.
    opened: Option<EntryId>,
    /// Whether the open story has another text by now, which waits for the user to be done with this one.
    pub(super) renewing: bool,
    /// Why nothing is kept, where that is so.
    not_kept: Option<String>,
    /// How far adding files is, while it goes on.
    adding: Option<String>,
    /// How far a change to many articles is, while it goes on.
    pub(super) busy: Option<String>,
}
