//! What can be read of a damaged library, into a new one.
//!
//! Rows are read one by one, from both ends, so a broken page costs its own rows. Articles come over only whole, as
//! their hashes say; notes come over as they are, because a damaged note is better than none. Who is who is decided
//! anew from the analyses.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::add::Origin;
use super::feeds::{Feed, FeedId, Login};
use super::load::{analysis, text_at};
use super::mend::Mended;
use super::open::connect_to_read;
use super::{ArticleId, Error, Incoming, Store};

/// Articles in one transaction.
const BATCH: usize = 200;

/// Rows that are skipped one by one where nothing can be read, before the other end is tried.
const MOST_SKIPPED: i64 = 10_000;

/// What was saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Articles, whole.
    pub articles: usize,
    /// Highlights, with notes or without.
    pub highlights: usize,
    /// Texts that were there but not whole.
    pub lost: usize,
}

/// What is known of an article beside its text, where its row can be read.
#[derive(Default)]
struct State {
    id: Option<i64>,
    read: bool,
    starred: bool,
    feed: Option<i64>,
    engine: u32,
}

impl Store {
    /// Adds to this library what can be read of the damaged one at `damaged`.
    ///
    /// # Errors
    /// See [`Error`] for what is wrong with this library; what cannot be read of the other is left out.
    pub fn rescue(&mut self, damaged: &Path, now: Timestamp) -> Result<Rescued, Error> {
        // Where no copy can be made, the file has to do as it is.
        let copy = Mended::of(damaged).ok().flatten();
        let Ok(from) = connect_to_read(copy.as_ref().map_or(damaged, Mended::path)) else {
            return Ok(Rescued::default());
        };
        let mut rescued = Rescued::default();
        let feeds = self.rescue_feeds(&from)?;
        let states = states(&from);
        let mut ordinals: Vec<i64> = keys(&from, "texts", "ordinal");
        ordinals.extend(states.keys());
        ordinals.sort_unstable();
        ordinals.dedup();
        for batch in ordinals.chunks(BATCH) {
            self.rescue_articles(&from, batch, &states, &feeds, now, &mut rescued)?;
        }
        for (table, key, columns) in TABLES {
            let copied = self.copy(&from, table, key, columns)?;
            if table == "highlights" {
                rescued.highlights = copied;
            }
        }
        Ok(rescued)
    }

    /// Feeds with their settings, which an earlier library keeps in fewer columns.
    fn rescue_feeds(&mut self, from: &Connection) -> Result<BTreeMap<i64, FeedId>, Error> {
        let columns = [
            "url, title, folder, settings, name, key, login",
            "url, '', folder, settings, title, url, NULL",
            "url, '', folder, '', title, url, NULL",
        ];
        let mut feeds = BTreeMap::new();
        for id in keys(from, "feeds", "id") {
            let read = |columns: &&str| {
                from.query_row(&format!("SELECT {columns} FROM feeds WHERE id = ?1"), [id], |row| {
                    Ok(Feed {
                        url: row.get(0)?,
                        renamed: row.get(1)?,
                        folder: row.get(2)?,
                        settings: row.get(3)?,
                        name: row.get(4)?,
                        key: row.get(5)?,
                        login: row.get::<_, Option<String>>(6)?.map(Login),
                        ..Feed::default()
                    })
                })
                .ok()
            };
            if let Some(feed) = columns.iter().find_map(read) {
                let new = self.add_feed(&feed.url, &feed.name, &feed.folder)?;
                let feed = Feed { id: new, ..feed };
                self.note_looks(std::slice::from_ref(&feed))?;
                self.set_feeds(&[feed], false)?;
                feeds.insert(id, new);
            }
        }
        Ok(feeds)
    }

    fn rescue_articles(
        &mut self,
        from: &Connection,
        ordinals: &[i64],
        states: &BTreeMap<i64, State>,
        feeds: &BTreeMap<i64, FeedId>,
        now: Timestamp,
        rescued: &mut Rescued,
    ) -> Result<(), Error> {
        let unknown = State::default();
        for ordinal in ordinals {
            let article = match text_at(from, *ordinal) {
                Ok(Some(article)) => article,
                found => {
                    // Where the keys could not be read, those that were never there are tried too.
                    rescued.lost += usize::from(found.is_err() || states.contains_key(ordinal));
                    continue;
                }
            };
            let state = states.get(ordinal).unwrap_or(&unknown);
            let found = state.id.and_then(|id| analysis(from, id).ok().flatten());
            let origin = state.id.and_then(|id| origin(from, id));
            let incoming = Incoming {
                article: &article,
                origin: origin.as_ref().map(|(key, stamp)| Origin { key, stamp: *stamp }),
                feed: state.feed.and_then(|feed| feeds.get(&feed)).copied(),
                analysis: found.as_ref().filter(|_| state.engine > 0).map(|found| (found, state.engine)),
            };
            let id = self.add(&incoming, now)?.id();
            rescued.articles += 1;
            self.rescue_state(from, state, id)?;
        }
        Ok(())
    }

    /// Read, star and tags of a rescued article; nothing of it goes into the journal.
    fn rescue_state(&mut self, from: &Connection, state: &State, id: ArticleId) -> Result<(), Error> {
        let tags = state.id.map(|old| tags(from, old)).unwrap_or_default();
        if !state.read && !state.starred && tags.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE articles SET read = ?2, starred = ?3 WHERE id = ?1")?
                .execute(rusqlite::params![id.0, state.read, state.starred])?;
            tags.iter().try_for_each(|tag| super::tags::set(transaction, &[id.0], tag, true).map(drop))
        })
    }

    /// Copies rows that hang on no other row; those that are there already stay.
    fn copy(&mut self, from: &Connection, table: &str, key: &str, columns: &str) -> Result<usize, Error> {
        let count = columns.split(',').count();
        let marks = vec!["?"; count].join(", ");
        let select = format!("SELECT {columns} FROM {table} WHERE {key} = ?1");
        let insert = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})");
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for value in values(from, table, key) {
            let Ok(mut select) = from.prepare_cached(&select) else { break };
            let read = |row: &rusqlite::Row<'_>| (0..count).map(|column| lossy(row, column)).collect();
            if let Ok(found) = select.query_map([value], read) {
                rows.extend(found.map_while(Result::ok));
            }
        }
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(&insert)?;
            let mut copied = 0;
            for row in rows {
                // A value of a type that the table does not take is damage too.
                copied += insert.execute(params_from_iter(row)).unwrap_or(0);
            }
            Ok(copied)
        })
    }
}

/// Tables that can be copied as they are: name, key, columns.
const TABLES: [(&str, &str, &str); 8] = [
    ("highlights", "id", "content, start, stop, excerpt, note, title, source, url, day, made, changed, placed, seal"),
    ("corrections", "id", "content, made, correction, seal"),
    ("positions", "content", "content, position, at"),
    ("marks", "content", "content, letter, position"),
    ("queries", "id", "name, query, sort"),
    ("searches", "query", "query, at"),
    ("preferences", "key", "key, value"),
    ("watched", "path", "path"),
];

/// A value; text that is no longer UTF-8 comes as far as it is.
fn lossy(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Value> {
    let value = row.get_ref(column)?;
    Ok(match value {
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        other => other.try_into().unwrap_or(Value::Null),
    })
}

/// The integer keys of a table that can be read, walked from both ends.
fn keys(from: &Connection, table: &str, key: &str) -> Vec<i64> {
    let integers = values(from, table, key).into_iter();
    let mut keys: Vec<i64> =
        integers.filter_map(|value| if let Value::Integer(key) = value { Some(key) } else { None }).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The different keys of a table as far as they can be read from each end; between the ends, those of integers are
/// tried one by one.
fn values(from: &Connection, table: &str, key: &str) -> Vec<Value> {
    let (mut found, low) = walk(from, &format!("SELECT {key} FROM {table} ORDER BY {key}"));
    if let Some(low) = low {
        let (others, high) = walk(from, &format!("SELECT {key} FROM {table} ORDER BY {key} DESC"));
        found.extend(others);
        // Our keys begin at 1; where nothing can be read from one end, they are tried as far as is worth it.
        let low = low.unwrap_or(0);
        let far = low.saturating_add(MOST_SKIPPED);
        let between = low.saturating_add(1)..high.flatten().map_or(far, |high| high.min(far));
        found.extend(between.map(|key| (key.to_string(), Value::Integer(key))));
    }
    found.into_values().collect()
}

/// Walks along one column until the end or until nothing more can be read; then the second value is there, with the
/// last integer before that place.
fn walk(from: &Connection, sql: &str) -> (BTreeMap<String, Value>, Option<Option<i64>>) {
    let mut found = BTreeMap::new();
    let mut last = None;
    let mut read = || -> rusqlite::Result<()> {
        let mut statement = from.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name = match row.get_ref(0)? {
                ValueRef::Integer(key) => {
                    last = Some(key);
                    key.to_string()
                }
                ValueRef::Text(key) => String::from_utf8_lossy(key).into_owned(),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => continue,
            };
            found.insert(name, lossy(row, 0)?);
        }
        Ok(())
    };
    let stopped = read().is_err();
    (found, stopped.then_some(last))
}

/// What is known of articles beside their texts, by ordinal.
fn states(from: &Connection) -> BTreeMap<i64, State> {
    let mut states = BTreeMap::new();
    for id in keys(from, "articles", "id") {
        let row = from
            .prepare_cached("SELECT ordinal, read, starred, feed, engine FROM articles WHERE id = ?1")
            .and_then(|mut statement| {
                statement.query_row([id], |row| {
                    let (read, starred) = (row.get(1)?, row.get(2)?);
                    Ok((row.get(0)?, State { id: Some(id), read, starred, feed: row.get(3)?, engine: row.get(4)? }))
                })
            });
        states.extend(row.ok());
    }
    states
}

fn tags(from: &Connection, article: i64) -> Vec<String> {
    let read = || -> rusqlite::Result<Vec<String>> {
        from.prepare_cached("SELECT name FROM taggings JOIN tags ON tags.id = tag WHERE article = ?1")?
            .query_map([article], |row| row.get(0))?
            .collect()
    };
    read().unwrap_or_default()
}

fn origin(from: &Connection, article: i64) -> Option<(String, u64)> {
    from.prepare_cached("SELECT key, stamp FROM origins WHERE article = ?1 AND gone = 0 LIMIT 1")
        .ok()?
        .query_row([article], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))
        .optional()
        .ok()?
}
