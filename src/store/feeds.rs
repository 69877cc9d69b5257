//! The feeds a reader follows, and how the last look at each went.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{ArticleId, Error, Store};
use crate::text::safe;

/// Names a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// Unix seconds for feeds: what came before that is not kept.
pub type Limits = BTreeMap<FeedId, i64>;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name here.
    pub id: FeedId,
    /// Its address, without a login.
    pub url: String,
    /// What its entries are known under as [origins](super::Origin): the address it had first.
    pub key: String,
    /// User name and password that its server wants.
    pub login: Option<Login>,
    /// What the user calls it; empty where that is what it calls itself.
    pub renamed: String,
    /// What it calls itself; empty where that is not known.
    pub name: String,
    /// The folder it lies in, parts separated by `/`; empty for none.
    pub folder: String,
    /// What the server wants back with the next request.
    pub etag: Option<String>,
    /// The same, as a date.
    pub last_modified: Option<String>,
    /// When a look at it last changed anything here; looks that find nothing new are not noted.
    pub checked: Option<Timestamp>,
    /// Not to be looked at before, in whole seconds.
    pub next_check: Timestamp,
    /// Looks that failed since the last that did not.
    pub failures: u32,
    /// Why the last look failed, one safe line.
    pub error: Option<String>,
    /// The kind of that failure, in a word.
    pub failure: Option<String>,
    /// What could not be read of it although the last look did not fail, one safe line.
    pub note: Option<String>,
    /// Settings of its own, as `fetch` writes them.
    pub settings: String,
    /// Articles it has that are not read.
    pub unread: usize,
    /// Articles it has that are kept.
    pub articles: usize,
}

/// A user name and a password, `user:password`. Never to be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Login(pub String);

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

/// What a feed has to do with an entry of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The stamp that the entry had.
    pub stamp: u64,
    /// The article that came of it; none where that was removed.
    pub article: Option<ArticleId>,
    /// Whether the article belongs to the feed.
    pub belongs: bool,
}

impl Feed {
    /// What it is called: by the user, else by itself, else its address.
    #[must_use]
    pub fn title(&self) -> &str {
        [self.renamed.as_str(), &self.name].into_iter().find(|name| !name.is_empty()).unwrap_or(&self.url)
    }

    /// Whether nothing ever came of it.
    #[must_use]
    pub fn is_untried(&self) -> bool {
        self.articles == 0 && self.etag.is_none() && self.last_modified.is_none()
    }

    /// Whether it is not to be looked at by `now`, because the last look failed.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> bool {
        self.next_check > now
    }
}

/// A feed's [title](Feed::title).
pub(super) const TITLE: &str = "coalesce(nullif(title, ''), nullif(name, ''), url)";

const COLUMNS: &str = "id, url, key, login, title, name, folder, etag, last_modified, checked, next_check, failures, error,
    failure, note, settings,
    (SELECT count(*) FROM articles WHERE feed = feeds.id AND read = 0)
        + (SELECT count(*) FROM carried JOIN articles AS a ON a.id = article WHERE carried.feed = feeds.id AND read = 0),
    (SELECT count(*) FROM articles WHERE feed = feeds.id) + (SELECT count(*) FROM carried WHERE feed = feeds.id)";

impl Store {
    /// Follows the feed at `url`, which calls itself `name` (empty where that is not known), or finds the one with this
    /// address.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn add_feed(&mut self, url: &str, name: &str, folder: &str) -> Result<FeedId, Error> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO feeds (url, key, title, name, folder) VALUES (?1, ?1, '', ?2, ?3)",
                )?
                .execute([url, &safe::line(name), &safe::line(folder)])?;
            transaction
                .prepare_cached("SELECT id FROM feeds WHERE url = ?1")?
                .query_row([url], |row| row.get(0).map(FeedId))
        })
    }

    /// Follows many feeds at once, as their addresses, names, folders and logins say; those whose address is followed
    /// stay as they are. Says how many are new.
    ///
    /// # Errors
    /// See [`Error`]; then none is followed.
    pub fn add_feeds(&mut self, feeds: &[Feed]) -> Result<usize, Error> {
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO feeds (url, key, title, name, folder, login) VALUES (?1, ?1, ?2, ?3, ?4, ?5)",
            )?;
            feeds.iter().try_fold(0, |count, feed| {
                let (renamed, name) = (safe::line(&feed.renamed), safe::line(&feed.name));
                let login = feed.login.as_ref().map(|login| &login.0);
                Ok(count + insert.execute(params![feed.url, renamed, name, safe::line(&feed.folder), login])?)
            })
        })
    }

    /// Stores what the user wants of feeds: name, folder, settings, login; with `afresh`, they are asked for all they
    /// have the next time. What looks at them found stays. Those not followed any more are passed over.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was stored.
    pub fn set_feeds(&mut self, feeds: &[Feed], afresh: bool) -> Result<(), Error> {
        self.write(|transaction| {
            let mut update = transaction.prepare_cached(
                "UPDATE feeds SET title = ?2, folder = ?3, settings = ?4, login = ?5, etag = iif(?6, NULL, etag),
                     last_modified = iif(?6, NULL, last_modified) WHERE id = ?1",
            )?;
            feeds.iter().try_for_each(|feed| {
                let (renamed, folder) = (safe::line(&feed.renamed), safe::line(&feed.folder));
                let login = feed.login.as_ref().map(|login| &login.0);
                update.execute(params![feed.id.0, renamed, folder, feed.settings, login, afresh]).map(drop)
            })
        })
    }

    /// Stores what looks at feeds found, and nothing that is the user's. Those not followed any more are passed over.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was stored.
    pub fn note_looks(&mut self, feeds: &[Feed]) -> Result<(), Error> {
        if feeds.is_empty() {
            return Ok(());
        }
        self.write(|transaction| feeds.iter().try_for_each(|feed| note_look(transaction, feed)))
    }

    /// What `feed` has to do with the entry that is known under `key`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn carried(&self, feed: FeedId, key: &str) -> Result<Option<Carried>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT o.stamp, o.article, a.feed IS ?1 OR EXISTS (
                         SELECT 1 FROM carried WHERE feed = ?1 AND article = o.article)
                     FROM origins AS o LEFT JOIN articles AS a ON a.id = o.article WHERE o.key = ?2 AND o.gone = 0",
                )?
                .query_row(params![feed.0, key], |row| {
                    let article: Option<i64> = row.get(1)?;
                    let stamp = row.get::<_, i64>(0)?.cast_unsigned();
                    Ok(Carried { stamp, article: article.map(ArticleId), belongs: row.get(2)? })
                })
                .optional()
        })
    }

    /// Notes that articles belong to feeds: to those alone that belong to none.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was stored.
    pub fn carry(&mut self, pairs: &[(FeedId, ArticleId)]) -> Result<(), Error> {
        if pairs.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            pairs.iter().try_for_each(|(feed, article)| {
                transaction
                    .prepare_cached(
                        "UPDATE articles SET feed = ?1 WHERE id = ?2 AND feed IS NULL
                             AND EXISTS (SELECT 1 FROM feeds WHERE id = ?1)",
                    )?
                    .execute([feed.0, article.0])?;
                carry(transaction, feed.0, article.0)
            })
        })
    }

    /// Removes the articles of a feed that came before `limits` say and that were read, but for those that are starred,
    /// tagged or highlighted; says how many. `limits` are Unix seconds for each feed that keeps its articles for a time
    /// only; an article of several feeds stays as long as one of them keeps it. It can be undone, and no feed brings
    /// them again.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was removed.
    pub fn expire_feed(&mut self, id: FeedId, limits: &Limits, now: Timestamp) -> Result<usize, Error> {
        let old = self.expired(id, limits)?;
        if old.is_empty() { Ok(0) } else { self.remove(&old, now) }
    }

    /// The articles that [`expire_feed`](Self::expire_feed) would remove.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn expired(&self, id: FeedId, limits: &Limits) -> Result<Vec<ArticleId>, Error> {
        let Some(before) = limits.get(&id) else { return Ok(Vec::new()) };
        let all: Vec<String> = limits.iter().map(|(feed, before)| format!("\"{}\":{before}", feed.0)).collect();
        let all = format!("{{{}}}", all.join(","));
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id FROM articles AS a WHERE feed = ?1 AND read = 1 AND starred = 0 AND fetched < ?2
                         AND NOT EXISTS (SELECT 1 FROM taggings WHERE article = a.id)
                         AND NOT EXISTS (SELECT 1 FROM highlights WHERE content = a.content)
                         AND NOT EXISTS (SELECT 1 FROM carried AS c LEFT JOIN json_each(?3) AS l ON l.key = c.feed
                             WHERE c.article = a.id AND (l.value IS NULL OR a.fetched >= l.value))
                     ORDER BY ordinal LIMIT 5000",
                )?
                .query_map(params![id.0, before, all], |row| row.get(0).map(ArticleId))?
                .collect()
        })
    }

    /// Follows a feed no longer; the articles it has stay, and belong to another feed that has them too.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn remove_feed(&mut self, id: FeedId) -> Result<(), Error> {
        self.write(|transaction| {
            transaction.execute(
                "UPDATE articles SET feed = (SELECT min(feed) FROM carried WHERE article = articles.id)
                 WHERE feed = ?1 AND id IN (SELECT article FROM carried)",
                [id.0],
            )?;
            transaction
                .execute("DELETE FROM carried WHERE feed = (SELECT feed FROM articles WHERE id = article)", [])?;
            transaction.execute("DELETE FROM feeds WHERE id = ?1", [id.0]).map(drop)
        })
    }

    /// All feeds, by folder and title.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn feeds(&self) -> Result<Vec<Feed>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM feeds ORDER BY folder, {TITLE}, id");
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
}

/// Notes that an article of another feed, or of none, is in `feed` too.
pub(super) fn carry(connection: &Connection, feed: i64, article: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO carried (feed, article) SELECT f.id, a.id FROM feeds AS f, articles AS a
             WHERE f.id = ?1 AND a.id = ?2 AND a.feed IS NOT f.id",
        )?
        .execute([feed, article])
        .map(drop)
}

/// Has an article that came back belong to the feeds it belonged to, by where it was read from.
pub(super) fn carry_again(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO carried (feed, article)
                 SELECT f.id, o.article FROM origins AS o
                     JOIN feeds AS f ON o.key > f.key || '#' AND o.key < f.key || '$'
                     JOIN articles AS a ON a.id = o.article AND a.feed IS NOT f.id
                 WHERE o.article = ?1",
        )?
        .execute([article])
        .map(drop)
}

fn note_look(connection: &Connection, feed: &Feed) -> rusqlite::Result<()> {
    let (error, note) = (feed.error.as_deref().map(safe::line), feed.note.as_deref().map(safe::line));
    connection
        .prepare_cached(
            "UPDATE feeds SET key = ?2, name = ?3, etag = ?4, last_modified = ?5, checked = ?6, next_check = ?7,
                 failures = ?8, error = ?9, failure = ?10, note = ?11 WHERE id = ?1",
        )?
        .execute(params![
            feed.id.0,
            feed.key,
            safe::line(&feed.name),
            feed.etag,
            feed.last_modified,
            feed.checked.map(Timestamp::as_second),
            feed.next_check.as_second(),
            feed.failures,
            error,
            feed.failure,
            note,
        ])?;
    // Another program may follow a feed at this address by now; then it is left to the next look.
    connection
        .prepare_cached("UPDATE OR IGNORE feeds SET url = ?2 WHERE id = ?1 AND url <> ?2")?
        .execute(params![feed.id.0, feed.url])
        .map(drop)
}

fn read_feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let line = |column| row.get::<_, String>(column).map(|text| safe::line(&text));
    let told = |column| row.get::<_, Option<String>>(column).map(|text| text.map(|text| safe::line(&text)));
    let time = |second: i64| Timestamp::from_second(second).unwrap_or_default();
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: line(1)?,
        key: row.get(2)?,
        login: row.get::<_, Option<String>>(3)?.map(Login),
        renamed: line(4)?,
        name: line(5)?,
        folder: line(6)?,
        etag: row.get(7)?,
        last_modified: row.get(8)?,
        checked: row.get::<_, Option<i64>>(9)?.map(time),
        next_check: time(row.get(10)?),
        failures: row.get(11)?,
        error: told(12)?,
        failure: told(13)?,
        note: told(14)?,
        settings: row.get(15)?,
        unread: row.get(16)?,
        articles: row.get(17)?,
    })
}
