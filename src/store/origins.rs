//! Where articles were read from: what need not be read again, which files are gone, and which folders are watched.

use rusqlite::{OptionalExtension, params};

use super::{ArticleId, Error, Origin, Store};
use crate::text::safe;

/// What is known of a place from which something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The stamp it had then.
    pub stamp: u64,
    /// The article that came of it; `None` for a container, for what was no article, and for one that was removed.
    pub article: Option<ArticleId>,
}

impl Store {
    /// What is known of the place with this key.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn origin(&self, key: &str) -> Result<Option<Known>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT stamp, article FROM origins WHERE key = ?1 AND gone = 0")?
                .query_row([key], |row| {
                    let article: Option<i64> = row.get(1)?;
                    Ok(Known { stamp: row.get::<_, i64>(0)?.cast_unsigned(), article: article.map(ArticleId) })
                })
                .optional()
        })
    }

    /// Remembers that a place was read to its end although it is no article itself: a container whose articles were
    /// all added, or a file that is none. An article that came from it keeps its link.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn note_read(&mut self, origin: Origin<'_>) -> Result<(), Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO origins (key, stamp) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET stamp = ?2, gone = 0",
                )?
                .execute(params![origin.key, origin.stamp.cast_signed()])
                .map(drop)
        })
    }

    /// Remembers that the files of these keys are gone; what was read from them stays readable.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn note_all_gone(&mut self, keys: &[String]) -> Result<(), Error> {
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE origins SET gone = 1 WHERE key = ?1")?;
            keys.iter().try_for_each(|key| update.execute([key]).map(drop))
        })
    }

    /// The keys of all known files below the folder with this key that are still there.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn origins_below(&self, folder: &str) -> Result<Vec<String>, Error> {
        // A slash, and the character after it: what lies between begins with the folder and a slash.
        let (first, end) = (format!("{folder}/"), format!("{folder}0"));
        self.read(|connection| {
            connection
                .prepare_cached("SELECT key FROM origins WHERE key > ?1 AND key < ?2 AND gone = 0 ORDER BY key")?
                .query_map([first, end], |row| row.get(0))?
                .collect()
        })
    }

    /// Where an article was read from last, and whether that is gone; a place that is there comes before one that is
    /// not.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn provenance(&self, article: ArticleId) -> Result<Option<(String, bool)>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT key, gone FROM origins WHERE article = ?1 ORDER BY gone, key LIMIT 1")?
                .query_row([article.0], |row| Ok((safe::line(&row.get::<_, String>(0)?), row.get(1)?)))
                .optional()
        })
    }

    /// The places an article was read from that are still there.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn origins_of(&self, article: ArticleId) -> Result<Vec<String>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT key FROM origins WHERE article = ?1 AND gone = 0 ORDER BY key")?
                .query_map([article.0], |row| row.get(0))?
                .collect()
        })
    }

    /// Watches a folder from now on.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn watch(&mut self, path: &str) -> Result<(), Error> {
        self.write(|transaction| {
            transaction.execute("INSERT OR IGNORE INTO watched (path) VALUES (?1)", [path]).map(drop)
        })
    }

    /// Watches a folder no longer; its articles stay.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn unwatch(&mut self, path: &str) -> Result<(), Error> {
        self.write(|transaction| transaction.execute("DELETE FROM watched WHERE path = ?1", [path]).map(drop))
    }

    /// The watched folders, as given; show them through [`line`](crate::text::safe::line).
    ///
    /// # Errors
    /// See [`Error`].
    pub fn watched(&self) -> Result<Vec<String>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT path FROM watched ORDER BY path")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }
}
