//! The feeds a reader follows, and how the last look at each went.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{ArticleId, Error, Store};
use crate::text::safe;

/// Names a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its name here.
    pub id: FeedId,
    /// Its address.
    pub url: String,
    /// Its title, or the address until it is known.
    pub title: String,
    /// The folder it lies in, parts separated by `/`; empty for none.
    pub folder: String,
    /// What the server wants back with the next request.
    pub etag: Option<String>,
    /// The same, as a date.
    pub last_modified: Option<String>,
    /// When a look at it last changed anything here; looks that find nothing new are not noted.
    pub checked: Option<Timestamp>,
    /// Not to be looked at before.
    pub next_check: Timestamp,
    /// Looks that failed since the last that did not.
    pub failures: u32,
    /// Why the last look failed, one safe line.
    pub error: Option<String>,
    /// Settings of its own, as `fetch` writes them.
    pub settings: String,
    /// Articles it brought that are not read.
    pub unread: usize,
    /// Articles it brought that are kept.
    pub articles: usize,
}

const COLUMNS: &str = "id, url, title, folder, etag, last_modified, checked, next_check, failures, error, settings,
    (SELECT count(*) FROM articles WHERE feed = feeds.id AND read = 0),
    (SELECT count(*) FROM articles WHERE feed = feeds.id)";

impl Store {
    /// Follows a feed, or finds the one with this address.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn add_feed(&mut self, url: &str, title: &str, folder: &str) -> Result<FeedId, Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO feeds (url, title, folder) VALUES (?1, ?2, ?3)")?
                .execute([url, &safe::line(title), &safe::line(folder)])?;
            transaction
                .prepare_cached("SELECT id FROM feeds WHERE url = ?1")?
                .query_row([url], |row| row.get(0).map(FeedId))
        })
    }

    /// Stores everything about a feed but its id and counts.
    ///
    /// # Errors
    /// [`Error::Gone`] where the feed is not followed any more, and see [`Error`].
    pub fn update_feed(&mut self, feed: &Feed) -> Result<(), Error> {
        let changed = self.write(|transaction| write_feed(transaction, feed))?;
        if changed > 0 { Ok(()) } else { Err(Error::Gone("feed")) }
    }

    /// Stores everything about several feeds, in one transaction; those not followed any more are passed over.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was stored.
    pub fn update_feeds(&mut self, feeds: &[Feed]) -> Result<(), Error> {
        if feeds.is_empty() {
            return Ok(());
        }
        self.write(|transaction| feeds.iter().try_for_each(|feed| write_feed(transaction, feed).map(drop)))
    }

    /// Removes the articles that a feed brought before `before` and that were read, but for those that are starred,
    /// tagged or highlighted; says how many. It can be undone, and the feed does not bring them again.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was removed.
    pub fn expire_feed(&mut self, id: FeedId, before: Timestamp, now: Timestamp) -> Result<usize, Error> {
        let old = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM articles AS a WHERE feed = ?1 AND read = 1 AND starred = 0 AND fetched < ?2
                         AND NOT EXISTS (SELECT 1 FROM taggings WHERE article = a.id)
                         AND NOT EXISTS (SELECT 1 FROM highlights WHERE content = a.content)
                     ORDER BY ordinal LIMIT 5000",
                )?
                .query_map(params![id.0, before.as_second()], |row| row.get(0).map(ArticleId))?
                .collect::<rusqlite::Result<Vec<_>>>()
        })?;
        if old.is_empty() { Ok(0) } else { self.remove(&old, now) }
    }

    /// Follows a feed no longer; the articles it brought stay.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn remove_feed(&mut self, id: FeedId) -> Result<(), Error> {
        self.write(|transaction| transaction.execute("DELETE FROM feeds WHERE id = ?1", [id.0]).map(drop))
    }

    /// All feeds, by folder and title.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn feeds(&self) -> Result<Vec<Feed>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM feeds ORDER BY folder, title, id");
        self.read(|connection| connection.prepare_cached(&sql)?.query_map([], read_feed)?.collect())
    }

    /// The feed with this id.
    ///
    /// # Errors
    /// [`Error::Gone`] where it is not followed any more, and see [`Error`].
    pub fn feed(&self, id: FeedId) -> Result<Feed, Error> {
        let sql = format!("SELECT {COLUMNS} FROM feeds WHERE id = ?1");
        self.read(|connection| connection.prepare_cached(&sql)?.query_row([id.0], read_feed).optional())?
            .ok_or(Error::Gone("feed"))
    }

    /// The feeds that may be looked at by `now`, those that waited longest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn feeds_due(&self, now: Timestamp) -> Result<Vec<Feed>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM feeds WHERE next_check <= ?1 ORDER BY next_check, id");
        self.read(|connection| connection.prepare_cached(&sql)?.query_map([now.as_second()], read_feed)?.collect())
    }
}

fn write_feed(connection: &Connection, feed: &Feed) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "UPDATE feeds SET url = ?2, title = ?3, folder = ?4, etag = ?5, last_modified = ?6, checked = ?7,
                 next_check = ?8, failures = ?9, error = ?10, settings = ?11 WHERE id = ?1",
        )?
        .execute(params![
            feed.id.0,
            feed.url,
            safe::line(&feed.title),
            safe::line(&feed.folder),
            feed.etag,
            feed.last_modified,
            feed.checked.map(Timestamp::as_second),
            feed.next_check.as_second(),
            feed.failures,
            feed.error.as_deref().map(safe::line),
            feed.settings,
        ])
}

fn read_feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let line = |column| row.get::<_, String>(column).map(|text| safe::line(&text));
    let time = |second: i64| Timestamp::from_second(second).unwrap_or_default();
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: line(1)?,
        title: line(2)?,
        folder: line(3)?,
        etag: row.get(4)?,
        last_modified: row.get(5)?,
        checked: row.get::<_, Option<i64>>(6)?.map(time),
        next_check: time(row.get(7)?),
        failures: row.get(8)?,
        error: row.get::<_, Option<String>>(9)?.map(|error| safe::line(&error)),
        settings: row.get(10)?,
        unread: row.get(11)?,
        articles: row.get(12)?,
    })
}
