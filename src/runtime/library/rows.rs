//! Articles of the library by the entries that the reader knows them by.

use std::collections::{BTreeMap, HashMap};

use crate::app::EntryId;
use crate::app::library::Known;
use crate::app::list::{Facts, Said};
use crate::store::{ArticleId, Summary};

/// Which article is which entry. Entries are given out as articles are first told of, from 0 on; where the reader shows
/// files, whose entries those are, from the last there can be downward: the reader never has them in its list.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    articles: Vec<ArticleId>,
    entries: HashMap<ArticleId, EntryId>,
    /// Files whose texts the library has: these entries are the reader's.
    bound: BTreeMap<EntryId, ArticleId>,
    over_files: bool,
}

impl Shelf {
    /// Entries for a reader that shows files.
    pub fn over_files() -> Self {
        Self { over_files: true, ..Self::default() }
    }

    /// The number of `entry` among those given out, and the other way round.
    const fn turned(&self, number: usize) -> usize {
        if self.over_files { usize::MAX - number } else { number }
    }

    /// The entry that opens `article`: a file that has its text, or the entry of its own.
    pub fn opener(&mut self, article: ArticleId) -> EntryId {
        let file = self.bound.iter().find(|(_, bound)| **bound == article).map(|(entry, _)| *entry);
        file.unwrap_or_else(|| self.entry(article))
    }

    /// The entry of `article`, which may be a new one.
    pub fn entry(&mut self, article: ArticleId) -> EntryId {
        let new = EntryId(self.turned(self.articles.len()));
        *self.entries.entry(article).or_insert_with(|| {
            self.articles.push(article);
            new
        })
    }

    /// The article of `entry`.
    pub fn article(&self, entry: EntryId) -> Option<ArticleId> {
        self.bound.get(&entry).or_else(|| self.articles.get(self.turned(entry.0))).copied()
    }

    /// The articles of those of `entries` that are articles.
    pub fn articles(&self, entries: &[EntryId]) -> Vec<ArticleId> {
        entries.iter().filter_map(|entry| self.article(*entry)).collect()
    }

    /// The file of `entry` has the text of `article`.
    pub fn bind(&mut self, entry: EntryId, article: ArticleId) {
        self.bound.insert(entry, article);
    }

    /// All articles that files have the texts of.
    pub fn bound(&self) -> Vec<ArticleId> {
        self.bound.values().copied().collect()
    }

    /// What a row of the store is to the reader: to each file that has its text, or else to the entry of its own.
    pub fn all_known(&mut self, row: &Summary) -> Vec<Known> {
        let files: Vec<EntryId> =
            self.bound.iter().filter(|(_, article)| **article == row.id).map(|(entry, _)| *entry).collect();
        let entries = if files.is_empty() { vec![self.entry(row.id)] } else { files };
        entries.into_iter().map(|entry| Self::known_as(entry, row.clone())).collect()
    }

    /// What a row of the store is to the reader.
    pub fn known(&mut self, row: Summary) -> Known {
        let entry = self.entry(row.id);
        Self::known_as(entry, row)
    }

    /// What a row of the store is as `entry`.
    pub fn known_as(entry: EntryId, row: Summary) -> Known {
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
        Known { entry, read: row.read, facts }
    }
}
