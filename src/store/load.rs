//! A kept article and its analysis, rebuilt exactly and checked against their hashes.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension};

use super::found::{FOUND, Found};
use super::seal::{open, open_column};
use super::stored::{STRUCTURE, Structure};
use super::{ArticleId, Error, Store, corrections};
use crate::analysis::Analysis;
use crate::article::Article;

/// What a row of `texts` holds: the article, or that its bytes are not those that were written.
pub(super) enum Kept {
    /// As it was added.
    Whole(Box<Article>),
    /// Something in it has changed since.
    Damaged,
}

impl Store {
    /// The kept article whose text has this [`Article::content_id`].
    ///
    /// # Errors
    /// See [`Error`].
    pub fn article_with(&self, content: u64) -> Result<Option<ArticleId>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM articles WHERE content = ?1")?
                .query_row([content.cast_signed()], |row| row.get(0).map(ArticleId))
                .optional()
        })
    }

    /// The article `id` as it was added.
    ///
    /// # Errors
    /// [`Error::NoArticle`] where it is not kept (any more), [`Error::DamagedArticle`] where its hash does not match.
    pub fn load(&self, id: ArticleId) -> Result<Article, Error> {
        let found = self.read(|connection| {
            let row: Option<(i64, i64)> = connection
                .prepare_cached("SELECT ordinal, content FROM articles WHERE id = ?1")?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            row.map(|(ordinal, content)| kept(connection, ordinal, content)).transpose()
        })?;
        match found {
            Some(Kept::Whole(article)) => Ok(*article),
            Some(Kept::Damaged) => Err(Error::DamagedArticle(self.path.clone(), id)),
            None => Err(Error::NoArticle(id)),
        }
    }

    /// The article `id` and what the engine found in it, corrected, with the engine's version; no analysis where none
    /// was kept, or it is damaged (it can be made again).
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_analyzed(&self, id: ArticleId) -> Result<(Article, Option<(Analysis, u32)>), Error> {
        let article = self.load(id)?;
        let analysis = self.read(|connection| {
            let engine: Option<u32> = connection
                .prepare_cached("SELECT engine FROM articles WHERE id = ?1 AND engine > 0")?
                .query_row([id.0], |row| row.get(0))
                .optional()?;
            let Some((engine, found)) = engine.zip(analysis(connection, id.0)?) else { return Ok(None) };
            let content = article.content_id().cast_signed();
            let corrected = corrections::applied(connection, content, Cow::Owned(found), &article.text)?;
            Ok(Some((corrected.into_owned(), engine)))
        })?;
        Ok((article, analysis))
    }
}

/// The article whose text stands at `ordinal` and must be the one with `content`.
pub(super) fn kept(connection: &Connection, ordinal: i64, content: i64) -> rusqlite::Result<Kept> {
    let article = text_at(connection, ordinal)?.filter(|article| article.content_id().cast_signed() == content);
    Ok(article.map_or(Kept::Damaged, |article| Kept::Whole(Box::new(article))))
}

/// The article whose text stands at `ordinal`, if it is as it was written.
pub(super) fn text_at(connection: &Connection, ordinal: i64) -> rusqlite::Result<Option<Article>> {
    let mut statement = connection.prepare_cached("SELECT text, structure FROM texts WHERE ordinal = ?1")?;
    let mut rows = statement.query([ordinal])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (Ok(text), Ok(structure)) = (row.get_ref(0)?.as_bytes(), row.get_ref(1)?.as_blob()) else {
        return Ok(None);
    };
    Ok(open::<Structure<'_>>(STRUCTURE, structure).ok().and_then(|structure| structure.article(text)))
}

/// What the engine found in `article`, before corrections.
pub(super) fn analysis(connection: &Connection, article: i64) -> rusqlite::Result<Option<Analysis>> {
    let mut statement = connection.prepare_cached("SELECT found FROM analyses WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(open_column::<Found<'_>>(FOUND, row.get_ref(0)?).ok().and_then(Found::analysis))
}
