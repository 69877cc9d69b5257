//! What the engine found in kept articles, and what follows from it: counts and people.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, params};

use super::found::{FOUND, Found};
use super::load::{Kept, kept};
use super::people::Ledger;
use super::seal::Sealed;
use super::{ArticleId, Error, Store, corrections};
use crate::analysis::{Analysis, utterances};

impl Store {
    /// Stores what the engine of version `engine` (1 and up) found in kept articles, in place of what was found
    /// before; corrections are applied on top. Articles that are gone or have another text by now are left out.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was stored.
    pub fn put_analyses(&mut self, analyses: &[(ArticleId, u64, &Analysis)], engine: u32) -> Result<(), Error> {
        self.write(|transaction| {
            let mut ledger = Ledger::new(transaction);
            for (id, content, found) in analyses {
                let content = content.cast_signed();
                let ordinal: Option<i64> = transaction
                    .prepare_cached("UPDATE articles SET engine = ?3 WHERE id = ?1 AND content = ?2 RETURNING ordinal")?
                    .query_row(params![id.0, content, engine], |row| row.get(0))
                    .optional()?;
                let Some(ordinal) = ordinal else { continue };
                let Kept::Whole(article) = kept(transaction, ordinal, content)? else { continue };
                write_found(transaction, id.0, found)?;
                let analysis = corrections::applied(transaction, content, Cow::Borrowed(*found), &article.text)?;
                write_derived(transaction, &mut ledger, id.0, ordinal, &analysis)?;
            }
            ledger.finish()
        })
    }

    /// Says that the engine of version `engine` has nothing to say about these articles, damaged ones for example:
    /// they are not stale any more.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn skip_analyses(&mut self, articles: &[ArticleId], engine: u32) -> Result<(), Error> {
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE articles SET engine = ?2 WHERE id = ?1")?;
            articles.iter().try_for_each(|article| update.execute(params![article.0, engine]).map(drop))
        })
    }

    /// Up to `limit` articles that the engine of version `engine` has not analysed, newest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn stale_analyses(&self, engine: u32, limit: usize) -> Result<Vec<ArticleId>, Error> {
        self.read(|connection| {
            // Few engines have been at work in a library. Asked for all others at once, SQLite walks through all articles.
            let mut next = connection.prepare_cached("SELECT min(engine) FROM articles WHERE engine > ?1")?;
            let mut newest = connection.prepare_cached(NEWEST_OF_ENGINE)?;
            let mut stale: Vec<(i64, ArticleId)> = Vec::new();
            let mut known = -1_i64;
            while let Some(other) = next.query_row([known], |row| row.get::<_, Option<i64>>(0))? {
                known = other;
                if other != i64::from(engine) {
                    let rows =
                        newest.query_map(params![other, limit], |row| Ok((row.get(0)?, ArticleId(row.get(1)?))))?;
                    for row in rows {
                        stale.push(row?);
                    }
                    stale.sort_unstable_by_key(|(ordinal, _)| std::cmp::Reverse(*ordinal));
                    stale.truncate(limit);
                }
            }
            Ok(stale.into_iter().map(|(_, article)| article).collect())
        })
    }
}

/// The newest articles that one engine analysed.
const NEWEST_OF_ENGINE: &str = "SELECT ordinal, id FROM articles WHERE engine = ?1 ORDER BY ordinal DESC LIMIT ?2";

/// Stores what the engine found in `article`, before corrections.
pub(super) fn write_found(connection: &Connection, article: i64, found: &Analysis) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO analyses (article, found) VALUES (?1, ?2)")?
        .execute(params![article, Sealed::new(FOUND, &Found::of(found))])?;
    Ok(())
}

/// Makes again what follows from the corrected `analysis` of a kept article: its counts and its people.
pub(super) fn write_derived(
    connection: &Connection,
    ledger: &mut Ledger<'_>,
    article: i64,
    ordinal: i64,
    analysis: &Analysis,
) -> rusqlite::Result<()> {
    let counts = Counts::of(analysis);
    connection.prepare_cached("UPDATE articles SET quotes = ?2, voices = ?3 WHERE id = ?1")?.execute(params![
        article,
        counts.quotes,
        counts.voices
    ])?;
    ledger.forget(article)?;
    ledger.record(article, ordinal, analysis)
}

/// What a list row shows of an analysis.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) quotes: usize,
    pub(super) voices: usize,
}

impl Counts {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let said: Vec<_> = utterances(analysis).into_iter().filter_map(|index| analysis.quotes.get(index)).collect();
        let mut speakers: Vec<_> = said.iter().filter_map(|quote| quote.speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        Self { quotes: said.len(), voices: speakers.len() }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::params;

    use super::NEWEST_OF_ENGINE;
    use crate::store::Store;

    #[test]
    fn the_newest_of_an_engine_are_found_without_a_walk_through_all_articles() {
        let store = Store::open_in_memory().unwrap();
        let mut plan = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {NEWEST_OF_ENGINE}")).unwrap();
        let steps = plan.query_map(params![1, 1], |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert_eq!(steps, ["SEARCH articles USING COVERING INDEX articles_by_engine (engine=?)"]);
    }
}
