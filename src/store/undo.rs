//! The undo journal: what each action changed, kept in the library so that `undo` works after a restart too.
//!
//! An entry restores what its action changed and nothing else: a value that somebody changed since stays. Entries
//! of another running instance are left to that instance.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::people::links;
use super::seal::{Sealed, open_column};
use super::{Error, Store, corrections, highlights, remove, saved, tags};
use crate::text::safe;

/// Format of stored steps.
const STEPS: u8 = 1;

/// Entries that are kept; with the oldest go the articles it removed.
const LONGEST: i64 = 500;

/// One thing to be restored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Step {
    /// These articles were marked; they had the other value before.
    Read { articles: Vec<i64>, marked: bool },
    /// These articles were starred or unstarred; they had the other value before.
    Starred { articles: Vec<i64>, marked: bool },
    /// These articles got a tag or lost it.
    Tagged { tag: String, articles: Vec<i64>, added: bool },
    /// The articles kept with the entry were removed.
    Removed,
    /// A highlight was made (`None`), changed or deleted.
    Highlight { id: i64, before: Option<highlights::Row> },
    /// A correction was made (`None`) or deleted.
    Correction { id: i64, before: Option<corrections::Row> },
    /// A person's link was set by the user.
    Linked { person: i64, merged_into: Option<i64>, apart: bool },
    /// A saved query was made (`None`), changed or deleted.
    Query { name: String, before: Option<saved::Row> },
    /// The user said who these names are; before, they were these people (`None`: whoever the evidence said).
    Identified { names: Vec<(i64, String, Option<i64>)> },
}

impl Store {
    /// Takes back the latest action that can be taken back; gives its label, `None` where there is none.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn undo(&mut self) -> Result<Option<String>, Error> {
        self.undo_from(self.journal_floor, &mut |_, _| {})
    }

    /// The same, telling of many articles that come back how many are there by now, and of how many.
    ///
    /// # Errors
    /// See [`Error`]; then the rest can be brought back by the same again.
    pub fn undo_telling(&mut self, tell: &mut dyn FnMut(usize, usize)) -> Result<Option<String>, Error> {
        self.undo_from(self.journal_floor, tell)
    }

    /// The same, but only of what this connection did.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn undo_own(&mut self) -> Result<Option<String>, Error> {
        self.undo_from(0, &mut |_, _| {})
    }

    fn undo_from(&mut self, floor: i64, tell: &mut dyn FnMut(usize, usize)) -> Result<Option<String>, Error> {
        let session = self.session;
        self.restore_telling(floor, tell)?;
        self.write(|transaction| {
            loop {
                let entry: Option<(i64, String, Option<Vec<Step>>)> = transaction
                    .prepare_cached(
                        "SELECT id, label, steps FROM journal WHERE session = ?1 OR id <= ?2 ORDER BY id DESC LIMIT 1",
                    )?
                    .query_row([session, floor], |row| {
                        Ok((row.get(0)?, row.get(1)?, open_column(STEPS, row.get_ref(2)?).ok()))
                    })
                    .optional()?;
                let Some((id, label, steps)) = entry else { return Ok(None) };
                let readable = steps.is_some();
                for step in steps.into_iter().flatten().rev() {
                    take_back(transaction, id, step)?;
                }
                transaction.execute("DELETE FROM journal WHERE id = ?1", [id])?;
                // A damaged entry is dropped, or it would stand before all earlier ones for ever.
                if readable {
                    return Ok(Some(safe::line(&label)));
                }
            }
        })
    }

    /// What [`Store::undo`] would take back.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn undoable(&self) -> Result<Option<String>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT label FROM journal WHERE session = ?1 OR id <= ?2 ORDER BY id DESC LIMIT 1")?
                .query_row([self.session, self.journal_floor], |row| row.get::<_, String>(0))
                .optional()
                .map(|label| label.map(|label| safe::line(&label)))
        })
    }
}

impl Store {
    /// What [`Store::undo`] would take back, where another run of the program did it: the entry's number and its label.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn undoable_of_earlier(&self) -> Result<Option<(i64, String)>, Error> {
        self.read(|connection| {
            let latest: Option<(i64, String, bool)> = connection
                .prepare_cached(
                    "SELECT id, label, session = ?1 FROM journal WHERE session = ?1 OR id <= ?2 ORDER BY id DESC LIMIT 1",
                )?
                .query_row([self.session, self.journal_floor], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            Ok(latest.filter(|(.., own)| !own).map(|(id, label, _)| (id, safe::line(&label))))
        })
    }
}

/// Writes an entry in the past tense ("marked 3 articles read"); returns its id.
pub(super) fn record(
    connection: &Connection,
    session: i64,
    now: Timestamp,
    label: &str,
    steps: &[Step],
) -> rusqlite::Result<i64> {
    let id = connection
        .prepare_cached("INSERT INTO journal (session, at, label, steps) VALUES (?1, ?2, ?3, ?4)")?
        .insert(params![session, now.as_second(), label, Sealed::new(STEPS, &steps)])?;
    connection.prepare_cached("DELETE FROM journal WHERE id <= ?1")?.execute([id - LONGEST])?;
    Ok(id)
}

fn take_back(connection: &Connection, entry: i64, step: Step) -> rusqlite::Result<()> {
    match step {
        Step::Read { articles, marked } => {
            let mut update = connection.prepare_cached("UPDATE articles SET read = ?2 WHERE id = ?1 AND read <> ?2")?;
            articles.into_iter().try_for_each(|article| update.execute(params![article, !marked]).map(drop))
        }
        Step::Starred { articles, marked } => {
            let mut update =
                connection.prepare_cached("UPDATE articles SET starred = ?2 WHERE id = ?1 AND starred <> ?2")?;
            articles.into_iter().try_for_each(|article| update.execute(params![article, !marked]).map(drop))
        }
        Step::Tagged { tag, articles, added } => tags::set(connection, &articles, &tag, !added).map(drop),
        Step::Removed => remove::restore(connection, entry),
        Step::Highlight { id, before } => highlights::put_back(connection, id, before),
        Step::Correction { id, before } => corrections::put_back(connection, id, before),
        Step::Linked { person, merged_into, apart } => links::set(connection, person, merged_into, apart),
        Step::Query { name, before } => saved::put_back(connection, &name, before),
        Step::Identified { names } => super::people::identify(connection, &names),
    }
}
