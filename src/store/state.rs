//! What a reader did with articles: read, starred, how far, and marked places.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::undo::{Step, record};
use super::{ArticleId, Error, Store};
use crate::text::{safe, width};

impl Store {
    /// Marks articles read or unread, which can be undone; gives how many changed.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn set_read(&mut self, articles: &[ArticleId], read: bool, now: Timestamp) -> Result<usize, Error> {
        let session = self.session;
        self.write(|transaction| {
            let changed =
                flip(transaction, "UPDATE articles SET read = ?2 WHERE id = ?1 AND read <> ?2", articles, read)?;
            let count = changed.len();
            if count > 0 {
                let mark = if read { "read" } else { "unread" };
                let label = format!("marked {} {mark}", named(transaction, &changed)?);
                record(transaction, session, now, &label, &[Step::Read { articles: changed, marked: read }])?;
            }
            Ok(count)
        })
    }

    /// Marks articles read, or unread where all of them are read, which can be undone; gives how many changed.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn toggle_read(&mut self, articles: &[ArticleId], now: Timestamp) -> Result<usize, Error> {
        let sql = "SELECT 1 FROM articles WHERE id = ?1 AND read = 0";
        let some = self.read(|connection| any(connection, sql, articles))?;
        self.set_read(articles, some, now)
    }

    /// Stars articles, or takes the star away where all of them have one, which can be undone; gives how many changed.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn toggle_starred(&mut self, articles: &[ArticleId], now: Timestamp) -> Result<usize, Error> {
        let sql = "SELECT 1 FROM articles WHERE id = ?1 AND starred = 0";
        let some = self.read(|connection| any(connection, sql, articles))?;
        self.set_starred(articles, some, now)
    }

    /// Marks an article read because it was opened, which is nothing to undo.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn mark_opened(&mut self, article: ArticleId) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE articles SET read = 1 WHERE id = ?1 AND read = 0")?
                .execute([article.0])
                .map(drop)
        })
    }

    /// Stars articles or takes the star away, which can be undone; gives how many changed.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn set_starred(&mut self, articles: &[ArticleId], starred: bool, now: Timestamp) -> Result<usize, Error> {
        let session = self.session;
        self.write(|transaction| {
            let changed = flip(
                transaction,
                "UPDATE articles SET starred = ?2 WHERE id = ?1 AND starred <> ?2",
                articles,
                starred,
            )?;
            let count = changed.len();
            if count > 0 {
                let mark = if starred { "starred" } else { "unstarred" };
                let label = format!("{mark} {}", named(transaction, &changed)?);
                record(transaction, session, now, &label, &[Step::Starred { articles: changed, marked: starred }])?;
            }
            Ok(count)
        })
    }

    /// Remembers where the reader is in some texts: pairs of content and byte offset. One transaction for all of
    /// them, so collect them for a second.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn set_positions(&mut self, positions: &[(u64, usize)], now: Timestamp) -> Result<(), Error> {
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO positions (content, position, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (content) DO UPDATE SET position = ?2, at = ?3",
            )?;
            for (content, offset) in positions {
                insert.execute(params![content.cast_signed(), offset, now.as_second()])?;
            }
            Ok(())
        })
    }

    /// Forgets where the reader was in a text.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn forget_position(&mut self, content: u64) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached("DELETE FROM positions WHERE content = ?1")?
                .execute([content.cast_signed()])
                .map(drop)
        })
    }

    /// Where the reader was in a text, as a byte offset.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn position(&self, content: u64) -> Result<Option<usize>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT position FROM positions WHERE content = ?1")?
                .query_row([content.cast_signed()], |row| row.get(0))
                .optional()
        })
    }

    /// Sets mark `letter` in a text at a byte offset.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn set_mark(&mut self, content: u64, letter: char, offset: usize) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO marks (content, letter, position) VALUES (?1, ?2, ?3)
                     ON CONFLICT (content, letter) DO UPDATE SET position = ?3",
                )?
                .execute(params![content.cast_signed(), letter.to_string(), offset])
                .map(drop)
        })
    }

    /// The marks in a text with their byte offsets, in order of the letters.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn marks(&self, content: u64) -> Result<Vec<(char, usize)>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT letter, position FROM marks WHERE content = ?1 ORDER BY letter")?
                .query_map([content.cast_signed()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
                .map(|row| row.map(|(letter, offset)| letter.chars().next().map(|letter| (letter, offset))))
                .filter_map(Result::transpose)
                .collect()
        })
    }
}

/// Lets position and marks follow a text into its new version: as far from the start as before.
pub(super) fn follow(connection: &Connection, old: i64, new: i64, text: &str) -> rusqlite::Result<()> {
    let within = |offset: usize| {
        let offset = offset.min(text.len());
        (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
    };
    let moved = connection
        .prepare_cached("SELECT position, at FROM positions WHERE content = ?1")?
        .query_row([old], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    if let Some((position, at)) = moved {
        connection
            .prepare_cached("INSERT OR IGNORE INTO positions (content, position, at) VALUES (?1, ?2, ?3)")?
            .execute(params![new, within(position), at])?;
    }
    let marks: Vec<(String, usize)> = connection
        .prepare_cached("SELECT letter, position FROM marks WHERE content = ?1")?
        .query_map([old], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (letter, position) in marks {
        connection
            .prepare_cached("INSERT OR IGNORE INTO marks (content, letter, position) VALUES (?1, ?2, ?3)")?
            .execute(params![new, letter, within(position)])?;
    }
    Ok(())
}

/// Whether `sql` finds any of `articles`.
fn any(connection: &Connection, sql: &str, articles: &[ArticleId]) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(sql)?;
    for article in articles {
        if statement.exists([article.0])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sets a flag with `sql` and gives those of `articles` that did not have it so.
fn flip(connection: &Connection, sql: &str, articles: &[ArticleId], on: bool) -> rusqlite::Result<Vec<i64>> {
    let mut update = connection.prepare_cached(sql)?;
    let mut changed = Vec::new();
    for article in articles {
        if update.execute(params![article.0, on])? > 0 {
            changed.push(article.0);
        }
    }
    Ok(changed)
}

/// Columns that a headline takes in a label.
const LONGEST_TITLE: usize = 48;

/// What a label calls these articles: the headline of the only one, or how many they are.
pub(super) fn named(connection: &Connection, articles: &[i64]) -> rusqlite::Result<String> {
    let [only] = articles else { return Ok(format!("{} stories", articles.len())) };
    let title: Option<String> = connection
        .prepare_cached("SELECT title FROM articles WHERE id = ?1")?
        .query_row([only], |row| row.get(0))
        .optional()?;
    let title = title.map(|title| safe::line(&title)).filter(|title| !title.is_empty());
    Ok(title.map_or_else(|| "1 story".to_owned(), |title| format!("“{}”", width::truncate(&title, LONGEST_TITLE))))
}
