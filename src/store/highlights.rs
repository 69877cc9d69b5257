//! Highlights and notes: on any span of any text, kept or only opened, with the words themselves.
//!
//! A highlight hangs on the content of its text and carries its words, so it outlives the text, and finds its place
//! again in a new version of it. Each has a hash: one that was damaged is shown and marked as such, never dropped.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

use super::stored::{date_of, day_number};
use super::undo::{Step, record};
use super::{ArticleId, Error, Store, corrections, seal, state};
use crate::article::Article;
use crate::text::{SafeText, Span, safe};

/// Names a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HighlightId(pub i64);

/// A highlighted span, with a note or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Its name.
    pub id: HighlightId,
    /// [`Article::content_id`] of the text.
    pub content: u64,
    /// The kept article with this text, if there is one.
    pub article: Option<ArticleId>,
    /// Where; `None` where a new version of the text no longer holds the words.
    pub span: Option<Span>,
    /// The words.
    pub excerpt: String,
    /// What the reader wrote; empty where nothing.
    pub note: String,
    /// Headline of the article.
    pub title: String,
    /// Who published it; empty where unknown.
    pub source: String,
    /// Where it was published; empty where unknown.
    pub url: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When the highlight was made.
    pub made: Timestamp,
    /// When its note was last changed.
    pub changed: Timestamp,
    /// Whether it is as it was written; `false` where bytes in the file have changed since.
    pub intact: bool,
}

/// A row as the journal keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    content: i64,
    start: i64,
    stop: i64,
    excerpt: String,
    note: String,
    title: String,
    source: String,
    url: String,
    day: Option<i32>,
    made: i64,
    changed: i64,
    placed: bool,
}

const COLUMNS: &str = "content, start, stop, excerpt, note, title, source, url, day, made, changed, placed, seal";

impl Store {
    /// Highlights `span` of `article`, with a note or an empty one; can be undone.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was kept.
    pub fn highlight(
        &mut self,
        article: &Article,
        span: Span,
        note: &str,
        now: Timestamp,
    ) -> Result<HighlightId, Error> {
        let session = self.session;
        let meta = &article.meta;
        let row = Row {
            content: article.content_id().cast_signed(),
            start: signed(span.start),
            stop: signed(span.end),
            excerpt: span.of(&article.text).to_owned(),
            note: SafeText::new(note).into_string(),
            title: meta.title.clone(),
            source: meta.source.clone().unwrap_or_default(),
            url: meta.url.clone().unwrap_or_default(),
            day: meta.date.map(day_number),
            made: now.as_second(),
            changed: now.as_second(),
            placed: true,
        };
        self.write(|transaction| {
            let id = row.insert(transaction, None)?;
            let label = if row.note.is_empty() { "highlighted" } else { "noted" };
            let label = format!("{label} “{}”", short(&row.excerpt));
            record(transaction, session, now, &label, &[Step::Highlight { id, before: None }])?;
            Ok(HighlightId(id))
        })
    }

    /// Writes the note of a highlight anew; can be undone.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such highlight, and see [`Error`].
    pub fn set_note(&mut self, id: HighlightId, note: &str, now: Timestamp) -> Result<(), Error> {
        self.change_highlight(id, "changed the note on", now, |row| {
            row.note = SafeText::new(note).into_string();
            row.changed = now.as_second();
            true
        })
    }

    /// Deletes a highlight with its note; can be undone.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such highlight, and see [`Error`].
    pub fn remove_highlight(&mut self, id: HighlightId, now: Timestamp) -> Result<(), Error> {
        self.change_highlight(id, "removed the highlight on", now, |_| false)
    }

    /// Changes a highlight, or deletes it where `change` says `false`.
    fn change_highlight(
        &mut self,
        id: HighlightId,
        did: &str,
        now: Timestamp,
        change: impl FnOnce(&mut Row) -> bool,
    ) -> Result<(), Error> {
        let session = self.session;
        let found = self.write(|transaction| {
            let Some((before, _)) = Row::load(transaction, id.0)? else { return Ok(false) };
            let mut row = before.clone();
            transaction.prepare_cached("DELETE FROM highlights WHERE id = ?1")?.execute([id.0])?;
            if change(&mut row) {
                row.insert(transaction, Some(id.0))?;
            }
            let label = format!("{did} “{}”", short(&before.excerpt));
            record(transaction, session, now, &label, &[Step::Highlight { id: id.0, before: Some(before) }])?;
            Ok(true)
        })?;
        if found { Ok(()) } else { Err(Error::Gone("highlight")) }
    }

    /// The highlights on a text, in order of their place; those that lost theirs last.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn highlights_on(&self, content: u64) -> Result<Vec<Highlight>, Error> {
        let sql = format!(
            "SELECT h.id, (SELECT id FROM articles WHERE content = h.content), {COLUMNS} FROM highlights AS h
             WHERE content = ?1 ORDER BY placed DESC, start, stop"
        );
        self.read(|connection| {
            connection.prepare_cached(&sql)?.query_map([content.cast_signed()], read_highlight)?.collect()
        })
    }

    /// Highlights over all texts, newest first: at most `limit` after the first `offset`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn highlights(&self, offset: usize, limit: usize) -> Result<Vec<Highlight>, Error> {
        let sql = format!(
            "SELECT h.id, (SELECT id FROM articles WHERE content = h.content), {COLUMNS} FROM highlights AS h
             ORDER BY id DESC LIMIT ?1 OFFSET ?2"
        );
        self.read(|connection| {
            connection.prepare_cached(&sql)?.query_map(params![limit, offset], read_highlight)?.collect()
        })
    }
}

impl Row {
    fn seal(&self) -> i64 {
        seal::over(&[&self.excerpt, &self.note, &self.title, &self.source, &self.url])
    }

    /// Inserts the row, under an old id where it had one; returns the id.
    fn insert(&self, connection: &Connection, id: Option<i64>) -> rusqlite::Result<i64> {
        connection
            .prepare_cached(&format!(
                "INSERT INTO highlights (id, {COLUMNS})
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
            ))?
            .insert(params![
                id,
                self.content,
                self.start,
                self.stop,
                self.excerpt,
                self.note,
                self.title,
                self.source,
                self.url,
                self.day,
                self.made,
                self.changed,
                self.placed,
                self.seal(),
            ])
    }

    /// The row with `id`, and whether its hash matches.
    fn load(connection: &Connection, id: i64) -> rusqlite::Result<Option<(Self, bool)>> {
        connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM highlights WHERE id = ?1"))?
            .query_row([id], |row| Self::read(row, 0))
            .optional()
    }

    /// The row whose columns begin at `first`, and whether its hash matches.
    fn read(row: &SqlRow<'_>, first: usize) -> rusqlite::Result<(Self, bool)> {
        // Bytes that are no longer text are shown as far as they can be: a note is somebody's own work.
        let text = |column: usize| -> rusqlite::Result<String> {
            Ok(String::from_utf8_lossy(row.get_ref(first + column)?.as_bytes()?).into_owned())
        };
        let read = Self {
            content: row.get(first)?,
            start: row.get(first + 1)?,
            stop: row.get(first + 2)?,
            excerpt: text(3)?,
            note: text(4)?,
            title: text(5)?,
            source: text(6)?,
            url: text(7)?,
            day: row.get(first + 8)?,
            made: row.get(first + 9)?,
            changed: row.get(first + 10)?,
            placed: row.get(first + 11)?,
        };
        let intact = row.get::<_, i64>(first + 12)? == read.seal();
        Ok((read, intact))
    }
}

fn read_highlight(row: &SqlRow<'_>) -> rusqlite::Result<Highlight> {
    let (read, intact) = Row::read(row, 2)?;
    let place = usize::try_from(read.start).ok().zip(usize::try_from(read.stop).ok());
    Ok(Highlight {
        id: HighlightId(row.get(0)?),
        content: read.content.cast_unsigned(),
        article: row.get::<_, Option<i64>>(1)?.map(ArticleId),
        span: place.filter(|_| read.placed).map(|(start, stop)| Span::new(start, stop)),
        excerpt: SafeText::new(&read.excerpt).into_string(),
        note: SafeText::new(&read.note).into_string(),
        title: safe::line(&read.title),
        source: safe::line(&read.source),
        url: safe::line(&read.url),
        date: read.day.and_then(date_of),
        made: Timestamp::from_second(read.made).unwrap_or_default(),
        changed: Timestamp::from_second(read.changed).unwrap_or_default(),
        intact,
    })
}

/// Restores a highlight as it was: `None` where it did not exist.
pub(super) fn put_back(connection: &Connection, id: i64, before: Option<Row>) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM highlights WHERE id = ?1")?.execute([id])?;
    if let Some(row) = before {
        row.insert(connection, Some(id))?;
    }
    Ok(())
}

/// Lets everything that hangs on text `old` follow it into its new version: a highlight goes to where its words stand
/// among the same other words, and of several such places to the nearest.
pub(super) fn follow(connection: &Connection, old: (i64, &str), new: (i64, &str)) -> rusqlite::Result<()> {
    let highlights: Vec<(i64, usize, Vec<u8>)> = connection
        .prepare_cached("SELECT id, start, excerpt FROM highlights WHERE content = ?1")?
        .query_map([old.0], |row| Ok((row.get(0)?, row.get(1)?, row.get_ref(2)?.as_bytes()?.to_vec())))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, start, excerpt) in highlights {
        let excerpt = String::from_utf8_lossy(&excerpt);
        let places = new.1.match_indices(&*excerpt).filter(|(_, words)| !words.is_empty());
        let place = places.max_by_key(|(at, words)| {
            let same = same_around((old.1, start), (new.1, *at), words.len());
            (same, std::cmp::Reverse(at.abs_diff(start)))
        });
        let (start, stop) = place.map_or((0, 0), |(at, words)| (at, at + words.len()));
        connection
            .prepare_cached("UPDATE highlights SET content = ?2, start = ?3, stop = ?4, placed = ?5 WHERE id = ?1")?
            .execute(params![id, new.0, start, stop, place.is_some()])?;
    }
    state::follow(connection, old.0, new.0, new.1)?;
    corrections::follow(connection, old.0, new.0)
}

/// Bytes that are the same before and after two places of `length` bytes, as far as a sentence or so.
fn same_around(one: (&str, usize), other: (&str, usize), length: usize) -> usize {
    const FAR: usize = 100;
    let before = |(text, at): (&str, usize)| text.as_bytes().get(..at).unwrap_or_default().to_vec();
    let after = |(text, at): (&str, usize)| text.as_bytes().get(at + length..).unwrap_or_default().to_vec();
    let same = |one: &mut dyn Iterator<Item = u8>, other: &mut dyn Iterator<Item = u8>| {
        one.zip(other).take(FAR).take_while(|(a, b)| a == b).count()
    };
    same(&mut before(one).into_iter().rev(), &mut before(other).into_iter().rev())
        + same(&mut after(one).into_iter(), &mut after(other).into_iter())
}

fn signed(offset: usize) -> i64 {
    i64::try_from(offset).unwrap_or(i64::MAX)
}

/// The first words of an excerpt, for a label.
fn short(excerpt: &str) -> String {
    // It is told between double marks; those within it are single ones.
    let single = safe::line(excerpt).replace('“', "‘").replace('”', "’");
    crate::text::width::truncate(&single, 40).into_owned()
}
