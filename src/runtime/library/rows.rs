//! Articles of the library by the entries that the reader knows them by.

use std::collections::HashMap;

use crate::app::EntryId;
use crate::app::library::Known;
use crate::app::list::{Facts, Said};
use crate::store::{ArticleId, Summary};

/// Which article is which entry. Entries are given out as articles are first told of, from 0 on.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    articles: Vec<ArticleId>,
    entries: HashMap<ArticleId, EntryId>,
}

impl Shelf {
    /// The entry of `article`, which may be a new one.
    pub fn entry(&mut self, article: ArticleId) -> EntryId {
        *self.entries.entry(article).or_insert_with(|| {
            self.articles.push(article);
            EntryId(self.articles.len() - 1)
        })
    }

    /// The article of `entry`.
    pub fn article(&self, entry: EntryId) -> Option<ArticleId> {
        self.articles.get(entry.0).copied()
    }

    /// The articles of those of `entries` that are articles.
    pub fn articles(&self, entries: &[EntryId]) -> Vec<ArticleId> {
        entries.iter().filter_map(|entry| self.article(*entry)).collect()
    }

    /// What a row of the store is to the reader.
    pub fn known(&mut self, row: Summary) -> Known {
        let facts = Facts {
            title: row.title,
            date: row.date,
            source: row.source,
            said: row.analysed.then_some(Said { quotes: row.quotes, voices: row.voices }),
            position: row.position,
            words: Some(row.words),
            starred: row.starred,
            tags: row.tags,
        };
        Known { entry: self.entry(row.id), read: row.read, facts }
    }
}
