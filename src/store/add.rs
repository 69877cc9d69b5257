//! Articles into the library: new ones, those already there, and new versions of them.
//!
//! Articles are added in batches, one transaction each: a sync costs milliseconds however much it makes safe.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::analyses::{Counts, write_found};
use super::feeds::{FeedId, carry};
use super::key::{fold, host, story};
use super::load::{Kept, kept};
use super::people::Ledger;
use super::seal::Sealed;
use super::stored::{STRUCTURE, Structure, day_number};
use super::texts::{UNDATED, day_of_ordinal, delete_text, take_ordinal, title_key, write_text};
use super::{ArticleId, Error, Store, corrections, highlights};
use crate::analysis::Analysis;
use crate::article::{Article, BlockKind};

/// An article on its way into the library.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The article.
    pub article: &'a Article,
    /// Where it was read from; what comes from the same place later is a new version of it.
    pub origin: Option<Origin<'a>>,
    /// The feed that brings it; what was there already belongs to it too from now on.
    pub feed: Option<FeedId>,
    /// What the engine found in it, and the engine's version (1 and up).
    pub analysis: Option<(&'a Analysis, u32)>,
}

/// Where an article was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// A path or address, with `#n` for the n-th article in a container.
    pub key: &'a str,
    /// Anything that changes when the file does (its size and time, hashed).
    pub stamp: u64,
}

/// What became of an incoming article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept now.
    New(ArticleId),
    /// It was there already: the same text, or the same words from another place.
    Known(ArticleId),
    /// It took the place of an earlier version, whose tags, star and highlights it keeps.
    Updated(ArticleId),
}

impl Added {
    /// The article in the library.
    #[must_use]
    pub fn id(self) -> ArticleId {
        match self {
            Self::New(id) | Self::Known(id) | Self::Updated(id) => id,
        }
    }
}

impl<'a> Incoming<'a> {
    /// `article` alone.
    #[must_use]
    pub fn new(article: &'a Article) -> Self {
        Self { article, origin: None, feed: None, analysis: None }
    }
}

impl Store {
    /// Adds one article at the time `now`.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was added.
    pub fn add(&mut self, incoming: &Incoming<'_>, now: Timestamp) -> Result<Added, Error> {
        let added = self.add_all(std::slice::from_ref(incoming), now)?;
        added.first().copied().ok_or(Error::NoArticle(ArticleId(0)))
    }

    /// Adds a batch of articles (a few hundred are best) in one transaction; says for each what became of it.
    ///
    /// # Errors
    /// See [`Error`]; then nothing of the batch was added.
    pub fn add_all(&mut self, incoming: &[Incoming<'_>], now: Timestamp) -> Result<Vec<Added>, Error> {
        self.write(|transaction| {
            let mut desk = Desk::new(transaction, now)?;
            // Ascending days let the full-text index take the batch in one run.
            let mut order: Vec<usize> = (0..incoming.len()).collect();
            order.sort_by_key(|index| incoming.get(*index).map(|incoming| Desk::day(incoming.article)));
            let mut added = vec![Added::Known(ArticleId(0)); incoming.len()];
            for index in order {
                if let (Some(incoming), Some(added)) = (incoming.get(index), added.get_mut(index)) {
                    *added = desk.take(incoming)?;
                }
            }
            desk.ledger.finish()?;
            Ok(added)
        })
    }
}

/// Makes an article's row.
const INSERT: &str =
    "INSERT INTO articles (id, ordinal, content, story, title, title_key, day, source, feed, url, fetched,
         words, bytes, quotes, voices, engine)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT id FROM feeds WHERE id = ?9), ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

/// Writes a new version over it; the feed that brought it first stays.
const UPDATE: &str = "UPDATE articles SET feed = coalesce(feed, (SELECT id FROM feeds WHERE id = ?9)), ordinal = ?2, content = ?3, story = ?4, title = ?5, title_key = ?6, day = ?7,
         source = ?8, url = ?10, fetched = ?11, words = ?12, bytes = ?13, quotes = ?14, voices = ?15, engine = ?16
     WHERE id = ?1";

/// Takes articles in, within one transaction.
struct Desk<'c> {
    connection: &'c Connection,
    ledger: Ledger<'c>,
    sources: HashMap<(String, String), i64>,
    now: i64,
    last_id: i64,
}

impl<'c> Desk<'c> {
    fn new(connection: &'c Connection, now: Timestamp) -> rusqlite::Result<Self> {
        let last_id = connection
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'articles'", [], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        Ok(Self { connection, ledger: Ledger::new(connection), sources: HashMap::new(), now: now.as_second(), last_id })
    }

    /// The day that the article is sorted by: its own, else one before all others.
    fn day(article: &Article) -> i64 {
        article.meta.date.map_or(UNDATED, |date| i64::from(day_number(date)))
    }

    fn take(&mut self, incoming: &Incoming<'_>) -> rusqlite::Result<Added> {
        let content = incoming.article.content_id().cast_signed();
        let story = story(body(incoming.article));
        let earlier = self.earlier_version(incoming.origin)?;
        let known = match self.known_by_content(content)? {
            Some(id) => Some(id),
            // The same words under another headline are a new version where they come from the same place.
            None => self.known_by_story(story)?.filter(|id| earlier != Some(*id)),
        };
        let added = if let Some(id) = known {
            self.note_origin(incoming.origin, id)?;
            if self.mend(id, content, incoming.article)? {
                Added::Updated(ArticleId(id))
            } else {
                Added::Known(ArticleId(id))
            }
        } else if let Some(id) = earlier {
            self.replace(id, incoming, content, story)?;
            self.note_origin(incoming.origin, id)?;
            Added::Updated(ArticleId(id))
        } else {
            let id = self.insert(incoming, content, story)?;
            self.note_origin(incoming.origin, id)?;
            Added::New(ArticleId(id))
        };
        if let Some(FeedId(feed)) = incoming.feed {
            carry(self.connection, feed, added.id().0)?;
        }
        Ok(added)
    }

    fn known_by_content(&self, content: i64) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached("SELECT id FROM articles WHERE content = ?1")?
            .query_row([content], |row| row.get(0))
            .optional()
    }

    fn known_by_story(&self, story: Option<i64>) -> rusqlite::Result<Option<i64>> {
        let Some(story) = story else { return Ok(None) };
        self.connection
            .prepare_cached("SELECT id FROM articles WHERE story = ?1 ORDER BY id LIMIT 1")?
            .query_row([story], |row| row.get(0))
            .optional()
    }

    /// Writes the text of a kept article again where the stored one is damaged; says whether it was. The index holds
    /// its words already.
    fn mend(&self, id: i64, content: i64, article: &Article) -> rusqlite::Result<bool> {
        let ordinal: Option<i64> = self
            .connection
            .prepare_cached("SELECT ordinal FROM articles WHERE id = ?1 AND content = ?2")?
            .query_row([id, content], |row| row.get(0))
            .optional()?;
        let Some(ordinal) = ordinal else { return Ok(false) };
        if matches!(kept(self.connection, ordinal, content)?, Kept::Whole(_)) {
            return Ok(false);
        }
        let structure = Sealed::new(STRUCTURE, &Structure::of(article));
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO texts (ordinal, title, text, structure) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![ordinal, article.meta.title, article.text, structure])?;
        Ok(true)
    }

    /// The article that was read from the same place before and from nowhere else.
    fn earlier_version(&self, origin: Option<Origin<'_>>) -> rusqlite::Result<Option<i64>> {
        let Some(origin) = origin else { return Ok(None) };
        self.connection
            .prepare_cached(
                "SELECT article FROM origins AS o WHERE key = ?1 AND article IS NOT NULL AND NOT EXISTS (
                     SELECT 1 FROM origins WHERE article = o.article AND key <> ?1 AND gone = 0)",
            )?
            .query_row([origin.key], |row| row.get(0))
            .optional()
    }

    fn note_origin(&self, origin: Option<Origin<'_>>, article: i64) -> rusqlite::Result<()> {
        if let Some(origin) = origin {
            self.connection
                .prepare_cached(
                    "INSERT INTO origins (key, stamp, article) VALUES (?1, ?2, ?3)
                     ON CONFLICT (key) DO UPDATE SET stamp = ?2, article = ?3, gone = 0",
                )?
                .execute(params![origin.key, origin.stamp.cast_signed(), article])?;
        }
        Ok(())
    }

    fn insert(&mut self, incoming: &Incoming<'_>, content: i64, story: Option<i64>) -> rusqlite::Result<i64> {
        self.last_id += 1;
        let ordinal = take_ordinal(self.connection, Self::day(incoming.article))?;
        self.write((INSERT, self.last_id, ordinal), incoming, content, story)?;
        Ok(self.last_id)
    }

    /// Puts a new version of a text in the place of the old one.
    fn replace(&mut self, id: i64, incoming: &Incoming<'_>, content: i64, story: Option<i64>) -> rusqlite::Result<()> {
        let article = incoming.article;
        let (old_ordinal, old_content): (i64, i64) = self
            .connection
            .prepare_cached("SELECT ordinal, content FROM articles WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let old_text = match kept(self.connection, old_ordinal, old_content)? {
            Kept::Whole(old) => Some(old.text),
            Kept::Damaged => None,
        };
        let day = Self::day(article);
        // What a damaged text left in the index stays at its ordinal, where no article is any more.
        let stays = old_text.is_some() && day_of_ordinal(old_ordinal) == day;
        let ordinal = if stays { old_ordinal } else { take_ordinal(self.connection, day)? };
        self.ledger.forget(id)?;
        delete_text(self.connection, old_ordinal, old_content)?;
        self.connection.prepare_cached("DELETE FROM analyses WHERE article = ?1")?.execute([id])?;
        let old_text = old_text.unwrap_or_default();
        highlights::follow(self.connection, (old_content, &old_text), (content, &article.text))?;
        self.write((UPDATE, id, ordinal), incoming, content, story)
    }

    /// Writes an article by a statement of its row ([`INSERT`] or [`UPDATE`]), and what stands beside that: text, index,
    /// analysis, people.
    fn write(
        &mut self,
        (statement, id, ordinal): (&str, i64, i64),
        incoming: &Incoming<'_>,
        content: i64,
        story: Option<i64>,
    ) -> rusqlite::Result<()> {
        let article = incoming.article;
        let source = self.source(article)?;
        let meta = &article.meta;
        let analysis = self.corrected(incoming, content)?;
        let counts = analysis.as_deref().map(Counts::of).unwrap_or_default();
        self.connection.prepare_cached(statement)?.execute(params![
            id,
            ordinal,
            content,
            story,
            meta.title,
            title_key(&meta.title),
            meta.date.map(day_number),
            source,
            incoming.feed.map(|feed| feed.0),
            meta.url,
            self.now,
            article.words(),
            article.text.len(),
            counts.quotes,
            counts.voices,
            incoming.analysis.map_or(0, |(_, engine)| engine),
        ])?;
        let structure = Sealed::new(STRUCTURE, &Structure::of(article));
        write_text(self.connection, ordinal, &meta.title, &article.text, &structure)?;
        if let Some((found, _)) = incoming.analysis {
            write_found(self.connection, id, found)?;
        }
        analysis.as_deref().map_or(Ok(()), |analysis| self.ledger.record(id, ordinal, analysis))
    }

    /// The analysis that comes with an article, after the corrections made of its text before.
    fn corrected<'a>(&self, incoming: &Incoming<'a>, content: i64) -> rusqlite::Result<Option<Cow<'a, Analysis>>> {
        let Some((analysis, _)) = incoming.analysis else { return Ok(None) };
        corrections::applied(self.connection, content, Cow::Borrowed(analysis), &incoming.article.text).map(Some)
    }

    /// The source of `article`; made where it is new.
    fn source(&mut self, article: &Article) -> rusqlite::Result<i64> {
        let name = article.meta.source.clone().unwrap_or_default();
        let host = article.meta.url.as_deref().map(host).unwrap_or_default();
        if name.is_empty() && host.is_empty() {
            return Ok(0);
        }
        let pair = (name, host);
        if let Some(id) = self.sources.get(&pair) {
            return Ok(*id);
        }
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO sources (name, host, key) VALUES (?1, ?2, ?3)")?
            .execute(params![pair.0, pair.1, fold(&format!("{} {}", pair.0, pair.1))])?;
        let id = self
            .connection
            .prepare_cached("SELECT id FROM sources WHERE name = ?1 AND host = ?2")?
            .query_row(params![pair.0, pair.1], |row| row.get(0))?;
        self.sources.insert(pair, id);
        Ok(id)
    }
}

/// The text without its headline: a story keeps its words under another one.
fn body(article: &Article) -> &str {
    let headline = article.blocks.first().filter(|block| block.kind == BlockKind::Title);
    article.text.get(headline.map_or(0, |block| block.span.end)..).unwrap_or_default()
}
