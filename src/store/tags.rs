//! Tags on articles.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::key::fold;
use super::state::named;
use super::undo::{Step, record};
use super::{ArticleId, Error, Store};
use crate::text::safe;

/// A tag and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// As it was first written.
    pub name: String,
    /// Articles that have it.
    pub articles: usize,
}

impl Store {
    /// Gives articles a tag, which can be undone; gives how many did not have it. A tag is the same however its case
    /// is written; one without a letter or digit is none.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn tag(&mut self, articles: &[ArticleId], tag: &str, now: Timestamp) -> Result<usize, Error> {
        self.retag(articles, &[tag], &[], now)
    }

    /// Gives articles some tags and takes others from them, which is undone as one; gives how many that changed.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was changed.
    pub fn retag(
        &mut self,
        articles: &[ArticleId],
        given: &[&str],
        taken: &[&str],
        now: Timestamp,
    ) -> Result<usize, Error> {
        let session = self.session;
        let ids: Vec<i64> = articles.iter().map(|article| article.0).collect();
        self.write(|transaction| {
            let mut steps = Vec::new();
            let mut all = BTreeSet::new();
            let (mut added_tags, mut taken_tags) = (Vec::new(), Vec::new());
            for (tag, added) in given.iter().map(|tag| (tag, true)).chain(taken.iter().map(|tag| (tag, false))) {
                let articles = set(transaction, &ids, tag, added)?;
                if articles.is_empty() {
                    continue;
                }
                let tag = safe::line(tag);
                if added { &mut added_tags } else { &mut taken_tags }.push(tag.clone());
                all.extend(articles.iter().copied());
                steps.push(Step::Tagged { tag, articles, added });
            }
            if !steps.is_empty() {
                let which = named(transaction, &all.iter().copied().collect::<Vec<_>>())?;
                let label = match (added_tags.join(", "), taken_tags.join(", ")) {
                    (added, taken) if taken.is_empty() => format!("tagged {which} with {added}"),
                    (added, taken) if added.is_empty() => format!("took {taken} from {which}"),
                    (added, taken) => format!("tagged {which} with {added} and took {taken}"),
                };
                record(transaction, session, now, &label, &steps)?;
            }
            Ok(all.len())
        })
    }

    /// All tags that an article has, by name.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn tags(&self) -> Result<Vec<Tag>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT name, count(*) FROM tags JOIN taggings ON tag = id GROUP BY id ORDER BY key")?
                .query_map([], |row| Ok(Tag { name: safe::line(&row.get::<_, String>(0)?), articles: row.get(1)? }))?
                .collect()
        })
    }
}

/// Gives or takes a tag; says which articles that changed.
pub(super) fn set(connection: &Connection, articles: &[i64], tag: &str, add: bool) -> rusqlite::Result<Vec<i64>> {
    let (name, key) = (safe::line(tag), fold(tag));
    if key.is_empty() {
        return Ok(Vec::new());
    }
    if add {
        connection
            .prepare_cached("INSERT OR IGNORE INTO tags (name, key) VALUES (?1, ?2)")?
            .execute(params![name, key])?;
    }
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM tags WHERE key = ?1")?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(Vec::new()) };
    let mut change = connection.prepare_cached(if add {
        "INSERT OR IGNORE INTO taggings (tag, article) SELECT ?1, id FROM articles WHERE id = ?2"
    } else {
        "DELETE FROM taggings WHERE tag = ?1 AND article = ?2"
    })?;
    let mut changed = Vec::new();
    for article in articles {
        if change.execute(params![id, article])? > 0 {
            changed.push(*article);
        }
    }
    Ok(changed)
}
