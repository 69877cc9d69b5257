//! What the user added to a text: highlights, notes on them, and corrections of what was found in it. They hang on the
//! content of the text, so they are there however it is opened.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::EntryId;
use crate::analysis::correct::Correction;
use crate::analysis::{Analysis, Voices};
use crate::article::Article;
use crate::text::Span;

/// Names a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HighlightId(pub i64);

/// Names a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrectionId(pub i64);

/// A highlighted passage, with a note or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Its name.
    pub id: HighlightId,
    /// Where, in bytes of the text; `None` where the text no longer holds the words.
    pub span: Option<Span>,
    /// The words.
    pub excerpt: String,
    /// What the user wrote on it; empty where nothing.
    pub note: String,
    /// Whether it is as it was written: `false` where bytes in the library's file have changed since.
    pub intact: bool,
}

/// What the user added to one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// In order of their place; those that lost theirs last.
    pub highlights: Vec<Highlight>,
    /// In the order in which they were made, and are applied.
    pub corrections: Vec<(CorrectionId, Correction)>,
}

/// The highlights of one text, for the overview of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotated {
    /// [`Article::content_id`] of the text.
    pub content: u64,
    /// Its entry, where the library keeps the text and is shown.
    pub entry: Option<EntryId>,
    /// Headline.
    pub title: String,
    /// Who published it; empty where unknown.
    pub source: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Its highlights, in order of their place.
    pub highlights: Vec<Highlight>,
}

/// A change to what the user added to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Annotation {
    /// Highlight a passage, with a note or an empty one.
    Highlight(Arc<Article>, Span, String),
    /// Write the note of a highlight anew.
    Note(HighlightId, String),
    /// Delete a highlight with its note.
    Remove(HighlightId),
    /// Correct what was found in the text.
    Correct(Arc<Article>, Correction),
    /// Drop corrections, so that the engine's word counts again.
    Uncorrect(Vec<CorrectionId>),
}

/// What a text looks like by now.
#[derive(Clone, Debug)]
pub struct Marked {
    /// [`Article::content_id`] of the text.
    pub content: u64,
    /// What the user added to it.
    pub annotations: Annotations,
    /// What was found in it, corrected, where the library keeps it and it may have changed.
    pub analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    /// What was done; `None` where nothing was, or nothing is to be said of it.
    pub done: Option<Done>,
}

/// What was done to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A passage was highlighted.
    Highlighted,
    /// A note was kept.
    Noted,
    /// A highlight was deleted.
    Removed,
    /// What was found was corrected.
    Corrected,
    /// Corrections were dropped.
    Uncorrected,
}

impl Annotation {
    /// What is done once the change is made.
    #[must_use]
    pub fn done(&self) -> Done {
        match self {
            Self::Highlight(_, _, note) if note.is_empty() => Done::Highlighted,
            Self::Highlight(..) | Self::Note(..) => Done::Noted,
            Self::Remove(_) => Done::Removed,
            Self::Correct(..) => Done::Corrected,
            Self::Uncorrect(_) => Done::Uncorrected,
        }
    }
}

impl Highlight {
    /// Whether it has a note.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        !self.note.is_empty()
    }
}
