//! The article list: which articles a query holds for, in some order, and what a row shows.
//!
//! Two ways to a list: [`Store::list`] gives one window of rows, cheap on indexed orders; [`Store::ids`] gives all
//! ids once, so that rows keep their places while articles are read and marked, and [`Store::summaries`] the rows on
//! the screen.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Params, params, params_from_iter};

use super::feeds::FeedId;
use super::query::{Aim, Compiled, Query, compile};
use super::stored::date_of;
use super::{ArticleId, Error, Members, Store};
use crate::article::sort::{Sort, SortKey};
use crate::text::safe;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The article.
    pub id: ArticleId,
    /// [`Article::content_id`](crate::article::Article::content_id) of its text.
    pub content: u64,
    /// Its headline.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// Who published it: the name, else the host of its address, else empty.
    pub source: String,
    /// Where it was published.
    pub url: Option<String>,
    /// When it came into the library.
    pub fetched: Timestamp,
    /// Words of the text.
    pub words: usize,
    /// Bytes of the text.
    pub bytes: usize,
    /// Whether any engine has analysed it.
    pub analysed: bool,
    /// Quotes found in it.
    pub quotes: usize,
    /// Speakers found in it.
    pub voices: usize,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Where the reader is in it, as a byte offset.
    pub position: Option<usize>,
    /// Highlights on it.
    pub highlights: usize,
    /// The feed that brought it.
    pub feed: Option<FeedId>,
    /// Its tags, by name.
    pub tags: Vec<String>,
}

/// The headline of an article, and where it stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headline<'t> {
    /// The article.
    pub article: ArticleId,
    /// Higher is newer; no two articles have the same.
    pub place: i64,
    /// One safe line.
    pub title: &'t str,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows before it.
    pub offset: usize,
    /// Rows in it, at most.
    pub limit: usize,
}

impl Window {
    /// The whole list.
    pub const ALL: Self = Self { offset: 0, limit: usize::MAX };

    /// The first `limit` rows.
    #[must_use]
    pub const fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }
}

impl Store {
    /// A window of the articles that `query` holds for.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn list(&self, query: &Query, sort: Sort, window: Window) -> Result<Vec<Summary>, Error> {
        let ids = self.window(query, sort, window)?;
        self.summaries(&ids)
    }

    /// All articles that `query` holds for.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn ids(&self, query: &Query, sort: Sort) -> Result<Vec<ArticleId>, Error> {
        self.window(query, sort, Window::ALL)
    }

    fn window(&self, query: &Query, sort: Sort, window: Window) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            let aim = if window.limit == usize::MAX { Aim::All } else { Aim::Some };
            let compiled = compile(query, aim, connection)?;
            let order = order(sort, compiled.matching.is_some());
            let (from, mut values) = source(&compiled, sort.by == SortKey::Source);
            let sql = format!("SELECT a.id FROM {from}{} ORDER BY {order} LIMIT ? OFFSET ?", compiled.conditions);
            values.push(i64::try_from(window.limit).unwrap_or(-1).into());
            values.push(i64::try_from(window.offset).unwrap_or(i64::MAX).into());
            connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| row.get(0).map(ArticleId))?
                .collect()
        })
    }

    /// The number of articles that `query` holds for.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn count(&self, query: &Query) -> Result<usize, Error> {
        self.read(|connection| {
            let compiled = compile(query, Aim::All, connection)?;
            let (from, values) = source(&compiled, false);
            let sql = format!("SELECT count(*) FROM {from}{}", compiled.conditions);
            connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))
        })
    }

    /// The rows of these articles, in their order; those that are gone are left out.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn summaries(&self, ids: &[ArticleId]) -> Result<Vec<Summary>, Error> {
        self.read(|connection| ids.iter().filter_map(|id| summary(connection, *id).transpose()).collect())
    }

    /// The articles that are not read.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn unread(&self) -> Result<Members, Error> {
        self.members("SELECT id FROM articles WHERE read = 0", [])
    }

    /// All articles that `query` holds for, in no order.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn all_of(&self, query: &Query) -> Result<Members, Error> {
        let compiled = self.read(|connection| compile(query, Aim::All, connection))?;
        let (from, values) = source(&compiled, false);
        self.members(&format!("SELECT a.id FROM {from}{}", compiled.conditions), params_from_iter(values))
    }

    fn members(&self, sql: &str, params: impl Params) -> Result<Members, Error> {
        self.read(|connection| {
            let mut members = Members::default();
            members.gather(connection, sql, params)?;
            Ok(members)
        })
    }

    /// The headlines of the next `limit` articles after `after`, in order of their ids, which is the quickest way
    /// through all of them; `take` is given each. The last one, or nothing where there are no more.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn headlines(
        &self,
        after: ArticleId,
        limit: usize,
        mut take: impl FnMut(Headline<'_>),
    ) -> Result<Option<ArticleId>, Error> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, ordinal, title FROM articles WHERE id > ?1 ORDER BY id LIMIT ?2")?;
            let mut rows = statement.query(params![after.0, i64::try_from(limit).unwrap_or(-1)])?;
            let mut last = None;
            while let Some(row) = rows.next()? {
                let article = ArticleId(row.get(0)?);
                let title = String::from_utf8_lossy(row.get_ref(2)?.as_bytes()?);
                take(Headline { article, place: row.get(1)?, title: &safe::line(&title) });
                last = Some(article);
            }
            Ok(last)
        })
    }
}

/// Tables and first condition of a compiled query, and all its values. The full-text index, where it is asked, goes
/// first: it gives what matches newest first, and a window of that stops early.
pub(super) fn source(compiled: &Compiled, with_sources: bool) -> (String, Vec<rusqlite::types::Value>) {
    let mut values = Vec::new();
    let mut from = match &compiled.matching {
        Some(matching) => {
            values.push(matching.clone().into());
            "fulltext CROSS JOIN articles AS a ON a.ordinal = fulltext.rowid".to_owned()
        }
        None if with_sources => "sources AS s CROSS JOIN articles AS a ON a.source = s.id".to_owned(),
        None => "articles AS a".to_owned(),
    };
    if with_sources && compiled.matching.is_some() {
        from.push_str(" JOIN sources AS s ON s.id = a.source");
    }
    from.push_str(if compiled.matching.is_some() { " WHERE fulltext MATCH ?" } else { " WHERE 1" });
    values.extend(compiled.values.iter().cloned());
    (from, values)
}

fn order(sort: Sort, full_text: bool) -> String {
    let newest = if full_text { "fulltext.rowid" } else { "a.ordinal" };
    let columns: Vec<(&str, bool)> = match sort.by {
        SortKey::Date => vec![(newest, true)],
        SortKey::Added => vec![("a.id", true)],
        SortKey::Title => vec![("a.title_key", false), ("a.ordinal", true)],
        SortKey::Source => vec![("s.key", false), ("s.id", false), ("a.ordinal", true)],
        SortKey::Voices => vec![("a.voices", true), ("a.ordinal", true)],
        SortKey::Length => vec![("a.words", true), ("a.ordinal", true)],
    };
    let columns =
        columns.iter().map(
            |(column, descending)| {
                if *descending != sort.reversed { format!("{column} DESC") } else { (*column).to_owned() }
            },
        );
    columns.collect::<Vec<_>>().join(", ")
}

/// The row of one article.
pub(super) fn summary(connection: &Connection, id: ArticleId) -> rusqlite::Result<Option<Summary>> {
    connection
        .prepare_cached(
            "SELECT a.content, a.title, a.day, s.name, s.host, a.fetched, a.words, a.bytes, a.quotes, a.voices, a.read,
                 a.starred, a.feed, p.position, (SELECT count(*) FROM highlights WHERE content = a.content),
                 (SELECT group_concat(name, char(10)) FROM
                     (SELECT name FROM taggings JOIN tags ON tags.id = tag WHERE article = a.id ORDER BY key)), a.url, a.engine > 0
             FROM articles AS a JOIN sources AS s ON s.id = a.source LEFT JOIN positions AS p ON p.content = a.content
             WHERE a.id = ?1",
        )?
        .query_row([id.0], |row| {
            let line = |column| row.get::<_, String>(column).map(|text| safe::line(&text));
            let (name, host) = (line(3)?, line(4)?);
            let tags: Option<String> = row.get(15)?;
            Ok(Summary {
                id,
                content: row.get::<_, i64>(0)?.cast_unsigned(),
                title: line(1)?,
                date: row.get::<_, Option<i32>>(2)?.and_then(date_of),
                source: if name.is_empty() { host } else { name },
                url: row.get::<_, Option<String>>(16)?.map(|url| safe::line(&url)),
                fetched: Timestamp::from_second(row.get(5)?).unwrap_or_default(),
                words: row.get(6)?,
                bytes: row.get(7)?,
                analysed: row.get(17)?,
                quotes: row.get(8)?,
                voices: row.get(9)?,
                read: row.get(10)?,
                starred: row.get(11)?,
                feed: row.get::<_, Option<i64>>(12)?.map(FeedId),
                position: row.get(13)?,
                highlights: row.get(14)?,
                tags: tags.map(|tags| tags.lines().map(safe::line).collect()).unwrap_or_default(),
            })
        })
        .optional()
}
