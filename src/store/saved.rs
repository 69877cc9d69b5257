//! Saved queries, searches made before, and what the reader remembers between sessions.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::undo::{Step, record};
use super::{Error, Store};
use crate::text::safe;

/// Searches that are remembered.
const MOST_SEARCHES: usize = 500;

/// A query kept under a name, which the list shows as a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name.
    pub name: String,
    /// The query as the user wrote it.
    pub query: String,
    /// The order it is shown in, as [`super::Sort`] writes itself; may be empty.
    pub sort: String,
}

/// A row as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    query: String,
    sort: String,
}

impl Store {
    /// Keeps a query under its name, in place of one of the same name; can be undone.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn save_query(&mut self, saved: &SavedQuery, now: Timestamp) -> Result<(), Error> {
        let row = Row { query: saved.query.clone(), sort: saved.sort.clone() };
        self.change_query(&saved.name, Some(row), now)
    }

    /// Forgets the query of this name; can be undone.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn remove_query(&mut self, name: &str, now: Timestamp) -> Result<(), Error> {
        self.change_query(name, None, now)
    }

    /// Gives the saved query `name` another name, in place of one that has it; can be undone.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no query of this name, and see [`Error`].
    pub fn rename_query(&mut self, name: &str, to: &str, now: Timestamp) -> Result<(), Error> {
        let session = self.session;
        let done = self.write(|transaction| {
            let Some(row) = row(transaction, name)? else { return Ok(false) };
            if name == to {
                return Ok(true);
            }
            let replaced = Step::Query { name: to.to_owned(), before: self::row(transaction, to)? };
            let gone = Step::Query { name: name.to_owned(), before: Some(row.clone()) };
            put_back(transaction, name, None)?;
            put_back(transaction, to, Some(row))?;
            let label = format!("renamed query {} to {}", safe::line(name), safe::line(to));
            record(transaction, session, now, &label, &[replaced, gone])?;
            Ok(true)
        })?;
        if done { Ok(()) } else { Err(Error::Gone("saved query")) }
    }

    fn change_query(&mut self, name: &str, row: Option<Row>, now: Timestamp) -> Result<(), Error> {
        let session = self.session;
        self.write(|transaction| {
            let before = self::row(transaction, name)?;
            let label = format!("{} query {}", if row.is_some() { "saved" } else { "deleted" }, safe::line(name));
            put_back(transaction, name, row)?;
            let step = Step::Query { name: name.to_owned(), before };
            record(transaction, session, now, &label, &[step]).map(drop)
        })
    }

    /// All saved queries, by name.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT name, query, sort FROM queries ORDER BY name")?
                .query_map([], |row| {
                    let line = |column| row.get::<_, String>(column).map(|text| safe::line(&text));
                    Ok(SavedQuery { name: line(0)?, query: line(1)?, sort: line(2)? })
                })?
                .collect()
        })
    }

    /// Remembers that `query` was searched for.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn remember_search(&mut self, query: &str, now: Timestamp) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO searches (query, at) VALUES (?1, ?2) ON CONFLICT (query) DO UPDATE SET at = ?2",
                )?
                .execute(params![safe::line(query), now.as_second()])?;
            transaction
                .prepare_cached(
                    "DELETE FROM searches WHERE query NOT IN (SELECT query FROM searches ORDER BY at DESC LIMIT ?1)",
                )?
                .execute([MOST_SEARCHES])
                .map(drop)
        })
    }

    /// Earlier searches, latest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn searches(&self) -> Result<Vec<String>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT query FROM searches ORDER BY at DESC, query")?
                .query_map([], |row| row.get::<_, String>(0).map(|query| safe::line(&query)))?
                .collect()
        })
    }

    /// Remembers a setting that the reader changes by itself, the width of a pane for example.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn set_preference(&mut self, key: &str, value: &str) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO preferences (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = ?2",
                )?
                .execute([key, value])
                .map(drop)
        })
    }

    /// What was remembered under `key`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn preference(&self, key: &str) -> Result<Option<String>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT value FROM preferences WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()
        })
    }
}

fn row(connection: &Connection, name: &str) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached("SELECT query, sort FROM queries WHERE name = ?1")?
        .query_row([name], |row| Ok(Row { query: row.get(0)?, sort: row.get(1)? }))
        .optional()
}

/// Restores a saved query as it was: `None` where it did not exist.
pub(super) fn put_back(connection: &Connection, name: &str, before: Option<Row>) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM queries WHERE name = ?1")?.execute([name])?;
    if let Some(row) = before {
        connection
            .prepare_cached("INSERT INTO queries (name, query, sort) VALUES (?1, ?2, ?3)")?
            .execute([name, &row.query, &row.sort])?;
    }
    Ok(())
}
