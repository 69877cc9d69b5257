//! Where articles were read from: what need not be read again, which files are gone, and which folders are watched.

use rusqlite::{OptionalExtension, params};

use super::{ArticleId, Error, Origin, Store};

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

    /// Remembers that the file of this key is gone; what was read from it stays readable.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn note_gone(&mut self, key: &str) -> Result<(), Error> {
        self.write(|transaction| {
            transaction.prepare_cached("UPDATE origins SET gone = 1 WHERE key = ?1")?.execute([key]).map(drop)
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
