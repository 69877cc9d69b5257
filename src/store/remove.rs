//! Articles out of the library, and back as long as the journal remembers.

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::feeds::carry_again;
use super::load::{self, Kept, kept};
use super::people::Ledger;
use super::seal::{Sealed, open_column};
use super::state::named;
use super::texts::{day_of_ordinal, delete_text, take_ordinal, title_key, write_text};
use super::undo::{Step, record};
use super::{ArticleId, Error, Store, corrections};

/// Format of a [`Record`].
const RECORD: u8 = 1;

/// A removed article: all that cannot be made from something else.
#[derive(Serialize, Deserialize)]
struct Record {
    /// Text and sealed structure, as they stood in `texts`.
    text: String,
    structure: Vec<u8>,
    /// Sealed analysis, as it stood in `analyses`.
    found: Option<Vec<u8>>,
    content: i64,
    story: Option<i64>,
    title: String,
    day: Option<i64>,
    /// The day it is sorted by.
    sorted_day: i64,
    source: i64,
    feed: Option<i64>,
    url: Option<String>,
    fetched: i64,
    words: i64,
    quotes: i64,
    voices: i64,
    engine: i64,
    read: bool,
    starred: bool,
    tags: Vec<i64>,
    origins: Vec<String>,
    identities: Vec<(String, i64)>,
}

impl Store {
    /// Removes articles, which can be undone; gives how many there were. Their highlights, notes and positions stay:
    /// they belong to the text. A removed article is not brought back by the feed or folder it came from.
    ///
    /// # Errors
    /// See [`Error`]; what was removed by then can be undone.
    pub fn remove(&mut self, articles: &[ArticleId], now: Timestamp) -> Result<usize, Error> {
        self.remove_telling(articles, now, &mut |_| {})
    }

    /// The same, telling how many are gone after every [`AT_A_TIME`]: between, other programs can write.
    ///
    /// # Errors
    /// See [`Error`]; what was removed by then can be undone.
    pub fn remove_telling(
        &mut self,
        articles: &[ArticleId],
        now: Timestamp,
        tell: &mut dyn FnMut(usize),
    ) -> Result<usize, Error> {
        let session = self.session;
        let (mut entry, mut count) = (None, 0);
        for some in articles.chunks(AT_A_TIME) {
            (entry, count) = self.write(|transaction| {
                let own = match entry {
                    Some(entry) => entry,
                    None => record(transaction, session, now, "", &[Step::Removed])?,
                };
                let (mut ledger, mut count, mut which) = (Ledger::new(transaction), count, String::new());
                for article in some {
                    let title = named(transaction, &[article.0])?;
                    if take_out(transaction, &mut ledger, own, article.0)? {
                        count += 1;
                        which = title;
                    }
                }
                ledger.finish()?;
                if count == 0 {
                    transaction.execute("DELETE FROM journal WHERE id = ?1", [own])?;
                    return Ok((None, 0));
                }
                let which = if count == 1 { which } else { format!("{count} stories") };
                transaction
                    .execute("UPDATE journal SET label = ?2 WHERE id = ?1", params![own, format!("removed {which}")])?;
                Ok((Some(own), count))
            })?;
            tell(count);
        }
        Ok(count)
    }

    /// Brings back the articles that the latest action removed, but for the last [`AT_A_TIME`], which are left to
    /// [`Store::undo`]; tells how many are back after as many each.
    ///
    /// # Errors
    /// See [`Error`]; the rest can be brought back by the same again.
    pub(super) fn restore_telling(&mut self, floor: i64, tell: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let session = self.session;
        let mut all = None;
        loop {
            let left = self.write(|transaction| {
                let entry: Option<i64> = transaction
                    .prepare_cached("SELECT max(id) FROM journal WHERE session = ?1 OR id <= ?2")?
                    .query_row([session, floor], |row| row.get(0))?;
                let count = "SELECT count(*) FROM removed WHERE entry = ?1";
                let count: usize = transaction.prepare_cached(count)?.query_row([entry], |row| row.get(0))?;
                if let Some(entry) = entry.filter(|_| count > AT_A_TIME) {
                    restore(transaction, entry)?;
                }
                Ok(count.saturating_sub(AT_A_TIME))
            })?;
            let all = *all.get_or_insert(left);
            if left == 0 {
                return Ok(());
            }
            tell(all.saturating_sub(left) + AT_A_TIME, all + AT_A_TIME);
        }
    }
}

/// Articles removed or brought back in one transaction: about half a second.
pub const AT_A_TIME: usize = 500;

fn take_out(connection: &Connection, ledger: &mut Ledger<'_>, entry: i64, article: i64) -> rusqlite::Result<bool> {
    let row = connection
        .prepare_cached(
            "SELECT ordinal, content, story, title, day, source, feed, url, fetched, words, quotes, voices, engine,
                    read, starred FROM articles WHERE id = ?1",
        )?
        .query_row([article], |row| {
            let ordinal: i64 = row.get(0)?;
            Ok((
                ordinal,
                Record {
                    text: String::new(),
                    structure: Vec::new(),
                    found: None,
                    content: row.get(1)?,
                    story: row.get(2)?,
                    title: row.get(3)?,
                    day: row.get(4)?,
                    sorted_day: day_of_ordinal(ordinal),
                    source: row.get(5)?,
                    feed: row.get(6)?,
                    url: row.get(7)?,
                    fetched: row.get(8)?,
                    words: row.get(9)?,
                    quotes: row.get(10)?,
                    voices: row.get(11)?,
                    engine: row.get(12)?,
                    read: row.get(13)?,
                    starred: row.get(14)?,
                    tags: Vec::new(),
                    origins: Vec::new(),
                    identities: Vec::new(),
                },
            ))
        })
        .optional()?;
    let Some((ordinal, mut kept_row)) = row else { return Ok(false) };
    // A damaged article is removed for good: there is nothing to bring back.
    if let Kept::Whole(whole) = kept(connection, ordinal, kept_row.content)? {
        kept_row.text = whole.text;
        kept_row.structure =
            blob(connection, "SELECT structure FROM texts WHERE ordinal = ?1", ordinal)?.unwrap_or_default();
        kept_row.found = blob(connection, "SELECT found FROM analyses WHERE article = ?1", article)?;
        kept_row.tags = column(connection, "SELECT tag FROM taggings WHERE article = ?1", article)?;
        kept_row.origins = column(connection, "SELECT key FROM origins WHERE article = ?1", article)?;
        kept_row.identities = connection
            .prepare_cached("SELECT key, person FROM identities WHERE article = ?1")?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        connection
            .prepare_cached("INSERT INTO removed (article, entry, record) VALUES (?1, ?2, ?3)")?
            .execute(params![article, entry, Sealed::new(RECORD, &kept_row)])?;
    }
    ledger.forget(article)?;
    delete_text(connection, ordinal, kept_row.content)?;
    connection.prepare_cached("DELETE FROM articles WHERE id = ?1")?.execute([article])?;
    Ok(true)
}

/// Brings back [`AT_A_TIME`] of the articles that were removed with journal entry `entry`; what was added again meanwhile
/// stays as it is.
pub(super) fn restore(connection: &Connection, entry: i64) -> rusqlite::Result<()> {
    let articles: Vec<i64> = connection
        .prepare_cached("SELECT article FROM removed WHERE entry = ?1 ORDER BY article LIMIT ?2")?
        .query_map(params![entry, AT_A_TIME], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut ledger = Ledger::new(connection);
    for id in articles {
        let record: Record = connection
            .prepare_cached("SELECT record FROM removed WHERE article = ?1")?
            .query_row([id], |row| open_column(RECORD, row.get_ref(0)?).map_err(Into::into))?;
        put_back(connection, &mut ledger, id, &record)?;
        connection.prepare_cached("DELETE FROM removed WHERE article = ?1")?.execute([id])?;
    }
    ledger.finish()
}

fn put_back(connection: &Connection, ledger: &mut Ledger<'_>, id: i64, record: &Record) -> rusqlite::Result<()> {
    let ordinal = take_ordinal(connection, record.sorted_day)?;
    let inserted = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO articles (id, ordinal, content, story, title, title_key, day, source, feed, url,
                 fetched, words, bytes, quotes, voices, engine, read, starred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT id FROM feeds WHERE id = ?9), ?10, ?11, ?12, ?13, ?14,
                 ?15, ?16, ?17, ?18)",
        )?
        .execute(params![
            id,
            ordinal,
            record.content,
            record.story,
            record.title,
            title_key(&record.title),
            record.day,
            record.source,
            record.feed,
            record.url,
            record.fetched,
            record.words,
            record.text.len(),
            record.quotes,
            record.voices,
            record.engine,
            record.read,
            record.starred,
        ])?;
    if inserted == 0 {
        return Ok(());
    }
    write_text(connection, ordinal, &record.title, &record.text, &Sealed::from_stored(&record.structure))?;
    for tag in &record.tags {
        connection
            .prepare_cached("INSERT OR IGNORE INTO taggings (tag, article) SELECT id, ?2 FROM tags WHERE id = ?1")?
            .execute([*tag, id])?;
    }
    for origin in &record.origins {
        connection
            .prepare_cached("UPDATE origins SET article = ?2 WHERE key = ?1 AND article IS NULL")?
            .execute(params![origin, id])?;
    }
    carry_again(connection, id)?;
    for (key, person) in &record.identities {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO identities (article, key, person) SELECT ?1, ?2, id FROM people WHERE id = ?3",
            )?
            .execute(params![id, key, person])?;
    }
    if let Some(found) = &record.found {
        connection
            .prepare_cached("INSERT OR REPLACE INTO analyses (article, found) VALUES (?1, ?2)")?
            .execute(params![id, Sealed::from_stored(found)])?;
        if let Some(analysis) = load::analysis(connection, id)? {
            let analysis = corrections::applied(connection, record.content, Cow::Owned(analysis), &record.text)?;
            ledger.record(id, ordinal, &analysis)?;
        }
    }
    Ok(())
}

fn blob(connection: &Connection, sql: &str, key: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()
}

fn column<T: rusqlite::types::FromSql>(connection: &Connection, sql: &str, key: i64) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map([key], |row| row.get(0))?.collect()
}
