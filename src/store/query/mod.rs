//! The query language of list and search: `unread speaker:leavitt since:7d tag:x text:"exact words" -tag:y words`.
//!
//! Terms are separated by white space and all must hold; `-` before one turns it round. A value with blanks stands in
//! quotation marks. Bare words are looked for in headline and text, `word*` as a beginning, `"several words"` as a
//! phrase. The marks `unread`, `read`, `starred`, `unstarred`, `highlighted`, `noted` stand alone; in quotation marks
//! they are words. [`KEYS`] lists the rest.

mod compile;
mod dates;
mod parse;

pub(super) use compile::{Aim, Compiled, compile, json};
pub use parse::QueryError;

use jiff::civil::Date;

/// A parsed query; the empty one holds for every article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// Whether the opposite is asked for.
    negated: bool,
    what: What,
}

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Words {
        column: Column,
        words: String,
        prefix: bool,
    },
    Read(bool),
    Starred(bool),
    Highlighted,
    Noted,
    Tag(String),
    Source(String),
    Feed(String),
    Folder(String),
    Speaker(String),
    Person(String),
    /// On this day or later.
    Since(Date),
    /// Before this day.
    Before(Date),
    Number {
        of: Number,
        is: Comparison,
        than: u64,
    },
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Both,
    Title,
    Text,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Words,
    Quotes,
    Voices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    Equal,
    More,
}

/// The keys that stand before a colon, each with what it asks for: for help and completion.
pub const KEYS: [(&str, &str); 16] = [
    ("speaker", "somebody of this name is quoted"),
    ("person", "somebody of this name appears"),
    ("since", "from this day on: 7d, 2w, 3m, 1y, today, yesterday, 2025, 2025-11, 2025-11-21"),
    ("before", "before this day"),
    ("on", "on this day, in this month or year"),
    ("tag", "has this tag"),
    ("source", "was published by, or at this address"),
    ("title", "the headline has these words"),
    ("text", "the text has these words"),
    ("feed", "came with the feed of this name, else with one whose name holds it"),
    ("folder", "came with a feed in this folder, or from a file in it: /home/me/news"),
    ("words", "has so many words: >800, <200"),
    ("quotes", "has so many quotes: >3"),
    ("voices", "has so many voices: >1"),
    ("is", "unread, read, starred, unstarred"),
    ("has", "highlights, notes"),
];

/// The first day that `value` means, as after `since:`; `None` where it is no day.
#[must_use]
pub fn first_day(value: &str, today: Date) -> Option<Date> {
    dates::range(value, today).map(|(first, _)| first)
}

impl Query {
    /// Whether it holds for every article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query as it is while its last word is still being typed: that word is a beginning.
    #[must_use]
    pub fn while_typing(mut self) -> Self {
        if let Some(Term { what: What::Words { words, prefix, .. }, .. }) = self.terms.last_mut() {
            // One or two letters begin too many words to be of use; on their own they may be a word ("EU").
            *prefix |= words.chars().filter(|c| c.is_alphanumeric()).count() > 2;
        }
        self
    }
}
