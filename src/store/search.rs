//! Search across the library: hits with a snippet, and the place of every match in its text.
//!
//! The index says itself where it matched, by writing marks into the text; texts hold no control characters, so the
//! marks cannot be taken for text. Newest first is the index's own order and stops after a window. Relevance (BM25,
//! headlines counting more) has to look at every match, so it ranks the newest [`RANKED`] of them, and nothing where a
//! beginning of one or two letters is asked for: that would take seconds, and says nothing of what is relevant.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::list::{Summary, Window, source, summary};
use super::query::{Aim, Compiled, Query, compile};
use super::{ArticleId, Error, Store};
use crate::text::{SafeText, Span};

/// Matches that are ranked by relevance, the newest ones.
pub const RANKED: usize = 5_000;

/// Bytes of a snippet before its first match and in all, about two lines of a list.
const SNIPPET_BEFORE: usize = 60;
const SNIPPET: usize = 240;

/// What the index writes before and after a match.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// What matches best first. A query with a beginning of one or two letters (`a*`) is not ranked: newest first.
    Relevance,
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its row.
    pub summary: Summary,
    /// Where the text matches first below its headline (in it, if nowhere else), as a byte offset; `None` where only
    /// a headline that is not in the text does.
    pub offset: Option<usize>,
    /// Text around the first match, on one line, with `…` where it was cut.
    pub snippet: String,
    /// The matches in the snippet.
    pub marks: Vec<Span>,
}

impl Store {
    /// A window of the articles that `query` holds for, with the places where its words stand. A query without words
    /// gives the beginnings of texts as snippets.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Interrupted`] where an [`super::Interrupter`] stopped it.
    pub fn search(&self, query: &Query, order: Order, window: Window) -> Result<Vec<Hit>, Error> {
        self.read(|connection| {
            let compiled = compile(query, Aim::Some, connection)?;
            let found = match (order, &compiled.matching) {
                (Order::Relevance, Some(matching)) if !compiled.vague => {
                    by_relevance(connection, &compiled, matching, window)?
                }
                _ => newest(connection, &compiled, window)?,
            };
            let hits = found.into_iter().filter_map(|(id, marked)| {
                let summary = summary(connection, ArticleId(id)).transpose()?;
                Some(summary.map(|summary| Hit::new(summary, &marked)))
            });
            hits.collect()
        })
    }

    /// Every place in the text of `article` where `query` matches, in order; none where it asks for no words.
    ///
    /// # Errors
    /// [`Error::NoArticle`] where the article is not kept, and see [`Error`].
    pub fn matches(&self, query: &Query, article: ArticleId) -> Result<Vec<Span>, Error> {
        let found = self.read(|connection| {
            let ordinal: Option<i64> = connection
                .prepare_cached("SELECT ordinal FROM articles WHERE id = ?1")?
                .query_row([article.0], |row| row.get(0))
                .optional()?;
            let Some(ordinal) = ordinal else { return Ok(None) };
            match compile(query, Aim::Some, connection)?.matching {
                Some(matching) => marked_text(connection, &matching, ordinal).map(|marked| Some(marked.marks)),
                None => Ok(Some(Vec::new())),
            }
        })?;
        found.ok_or(Error::NoArticle(article))
    }
}

/// Articles with their marked texts.
type Found = Vec<(i64, Marked)>;

/// The text with marks around every match; of use only while the index stands on the row.
const MARKED: &str = "highlight(fulltext, 1, char(1), char(2))";

fn newest(connection: &Connection, compiled: &Compiled, window: Window) -> rusqlite::Result<Found> {
    let (from, mut values) = source(compiled, false);
    let conditions = &compiled.conditions;
    let sql = match compiled.matching {
        Some(_) => {
            format!("SELECT a.id, {MARKED} FROM {from}{conditions} ORDER BY fulltext.rowid DESC LIMIT ? OFFSET ?")
        }
        None => format!(
            "SELECT a.id, (SELECT text FROM texts WHERE ordinal = a.ordinal) FROM {from}{conditions}
             ORDER BY a.ordinal DESC LIMIT ? OFFSET ?"
        ),
    };
    push_window(&mut values, window);
    connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| Ok((row.get(0)?, Marked::read(row, 1)?)))?
        .collect()
}

fn by_relevance(
    connection: &Connection,
    compiled: &Compiled,
    matching: &str,
    window: Window,
) -> rusqlite::Result<Found> {
    let oldest: Option<i64> = connection
        .prepare_cached("SELECT rowid FROM fulltext WHERE fulltext MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2")?
        .query_row(params![matching, RANKED - 1], |row| row.get(0))
        .optional()?;
    let (from, mut values) = source(compiled, false);
    let sql = format!(
        "SELECT a.id, a.ordinal FROM {from}{} AND fulltext.rowid >= ?
         ORDER BY bm25(fulltext, 4.0, 1.0), fulltext.rowid DESC LIMIT ? OFFSET ?",
        compiled.conditions
    );
    values.push(oldest.unwrap_or(i64::MIN).into());
    push_window(&mut values, window);
    let ranked: Vec<(i64, i64)> = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    ranked.into_iter().map(|(id, ordinal)| Ok((id, marked_text(connection, matching, ordinal)?))).collect()
}

fn push_window(values: &mut Vec<Value>, window: Window) {
    values.push(i64::try_from(window.limit).unwrap_or(-1).into());
    values.push(i64::try_from(window.offset).unwrap_or(i64::MAX).into());
}

/// The text at `ordinal` with the places where `matching` holds; empty where it does not.
fn marked_text(connection: &Connection, matching: &str, ordinal: i64) -> rusqlite::Result<Marked> {
    connection
        .prepare_cached(&format!("SELECT {MARKED} FROM fulltext WHERE fulltext MATCH ?1 AND rowid = ?2"))?
        .query_row(params![matching, ordinal], |row| Marked::read(row, 0))
        .optional()
        .map(Option::unwrap_or_default)
}

/// A text and the matches in it.
#[derive(Default)]
struct Marked {
    text: String,
    marks: Vec<Span>,
}

impl Marked {
    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        // Damaged bytes are shown as far as they can be; they have no marks of their own.
        Ok(Self::new(&String::from_utf8_lossy(row.get_ref(column)?.as_bytes_or_null()?.unwrap_or_default())))
    }

    /// Takes the marks out of a text.
    fn new(marked: &str) -> Self {
        let mut text = String::with_capacity(marked.len());
        let mut marks = Vec::new();
        let mut start = None;
        for c in marked.chars() {
            match c {
                OPEN => start = Some(text.len()),
                CLOSE => marks.extend(start.take().map(|start| Span::new(start, text.len()))),
                _ => text.push(c),
            }
        }
        Self { text, marks }
    }
}

impl Hit {
    fn new(summary: Summary, marked: &Marked) -> Self {
        let text = &marked.text;
        // The headline is in the list already: a match below it tells more.
        let headline = if text.starts_with(&summary.title) { summary.title.len() } else { 0 };
        let below = marked.marks.iter().find(|mark| mark.start >= headline);
        let offset = below.or(marked.marks.first()).map(|mark| mark.start);
        let first = offset.unwrap_or(0);
        let start = word_start(text, first.saturating_sub(SNIPPET_BEFORE)).min(first);
        let end = word_end(text, start + SNIPPET);
        let mut snippet = String::new();
        if start > 0 {
            snippet.push('…');
        }
        let shift = snippet.len();
        // Line ends become blanks one for one, so that the marks keep their places.
        snippet.extend(Span::new(start, end).of(text).chars().map(|c| if c == '\n' { ' ' } else { c }));
        let within = |mark: &&Span| mark.start >= start && mark.end <= end;
        let moved = |mark: &Span| Span::new(mark.start - start + shift, mark.end - start + shift);
        let marks = marked.marks.iter().filter(within).map(moved).collect();
        if end < text.len() {
            snippet.push('…');
        }
        // A text that was changed behind our back may hold anything; then it loses its marks.
        let safe = SafeText::new(&snippet).into_string();
        if safe == snippet {
            Self { summary, offset, snippet, marks }
        } else {
            Self { summary, offset, snippet: safe, marks: Vec::new() }
        }
    }
}

/// The beginning of the first word at or after `from`, or `from` moved to a character.
fn word_start(text: &str, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let from = (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let rest = Span::new(from, text.len()).of(text);
    rest.find(char::is_whitespace).filter(|blank| *blank < SNIPPET_BEFORE).map_or(from, |blank| {
        let after = Span::new(blank, rest.len()).of(rest);
        from + blank + (after.len() - after.trim_start().len())
    })
}

/// The end of the last word that ends at or before `to`.
fn word_end(text: &str, to: usize) -> usize {
    if to >= text.len() {
        return text.len();
    }
    let to = (0..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = Span::new(0, to).of(text);
    head.rfind(char::is_whitespace)
        .filter(|blank| to - blank < SNIPPET_BEFORE)
        .map_or(to, |blank| Span::new(0, blank).of(text).trim_end().len())
}
