//! The library: articles kept, searched, queried and remembered, with everything each person said.
//!
//! One SQLite file (write-ahead log, full-text search). [`Store`] is one connection to it; give each thread its own,
//! and use as many programs at once as you like: every write is one immediate transaction, synced before it returns,
//! so what a method acknowledged survives `kill -9` and a power cut. Nothing here reads the clock, the environment or
//! any file but the library's: times and days are passed in.
//!
//! Units: offsets are bytes into an article's text, days are civil dates, times are seconds. `content` is
//! [`Article::content_id`](crate::article::Article::content_id): what belongs to a text rather than to a kept article
//! (position, marks, highlights, corrections) hangs on it and works for files that were only opened.
//!
//! Invariants: row types stay inside; SQLite has no checksums, so texts, analyses and notes carry hashes and are
//! checked when read; strings that come back are safe lines, whoever wrote the file; values reach SQL as bound
//! parameters only. What an article's analysis leads to in other tables (counts, people) is derived and can be made
//! again from it.

mod add;
mod analyses;
mod connect;
mod corrections;
mod error;
mod feeds;
mod folders;
mod found;
mod highlights;
mod key;
mod list;
mod load;
mod members;
mod mend;
mod migrate;
mod open;
mod origins;
mod people;
mod query;
mod remove;
mod rescue;
mod said;
mod saved;
mod seal;
mod search;
mod state;
mod stored;
mod tags;
#[cfg(test)]
mod tests;
mod texts;
mod undo;

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use crate::article::counts::Counts;
pub use crate::article::sort::{Sort, SortKey};

pub use add::{Added, Incoming, Origin};
pub use corrections::{CorrectionId, Kept as KeptCorrection};
pub use error::Error;
pub use feeds::{Carried, Feed, FeedId, Limits, Login};
pub use folders::Folder;
pub use highlights::{Highlight, HighlightId};
pub use list::{Headline, Summary, Window};
pub use members::Members;
pub use migrate::VERSION;
pub use open::{Found, Opened, Options, is_blank};
pub use origins::Known as KnownOrigin;
pub use people::{Form, Part, Person, PersonId, Sharing};
pub use query::{KEYS as QUERY_KEYS, Query, QueryError, first_day};
pub use remove::AT_A_TIME;
pub use rescue::Rescued;
pub use said::{Asked, Said, Story};
pub use saved::SavedQuery;
pub use search::{Hit, Order, RANKED};
pub use tags::Tag;

/// A connection to a library.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Tells this connection's journal entries from those of other instances.
    session: i64,
    /// The last journal entry made before this connection was opened: these may be undone by it too.
    journal_floor: i64,
}

/// Names a kept article; stays the same for as long as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Stops what a [`Store`] on another thread is doing, a search that was overtaken for example.
#[expect(missing_debug_implementations, reason = "the handle inside has none")]
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// The running query ends with [`Error::Interrupted`]; a running write is undone. Nothing happens when idle.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Store {
    /// The library's file; empty for one in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A handle for another thread that stops what this connection is doing.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// Moves what the log beside the library's file holds into the file, as far as no other connection reads it now.
    ///
    /// # Errors
    /// As all methods: see [`Error`].
    pub fn fold(&self) -> Result<(), Error> {
        self.read(|connection| connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())))
    }

    /// A number that changes when another connection has changed the library; costs next to nothing.
    ///
    /// # Errors
    /// As all methods: see [`Error`].
    pub fn changes_elsewhere(&self) -> Result<i64, Error> {
        self.read(|connection| connection.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// Runs `work` and says what its failure means for this library.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        work(&self.connection).map_err(|error| explain(&error, &self.path))
    }

    /// Runs `work` in one transaction that holds the write lock from its start: all of it is kept, or nothing.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Error> {
        let path = &self.path;
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let value = work(&transaction)?;
                transaction.commit()?;
                Ok(value)
            })
            .map_err(|error| explain(&error, path))
    }
}

/// What `error` means for the library at `path`; damage is remembered, so that the next start looks at the whole file.
fn explain(error: &rusqlite::Error, path: &Path) -> Error {
    let error = Error::explain(error, path);
    if error.is_damage() {
        open::suspect(path);
    }
    error
}
