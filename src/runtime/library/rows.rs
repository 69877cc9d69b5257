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
    entries: Numbers,
    /// Files whose texts the library has: these entries are the reader's.
    bound: BTreeMap<EntryId, ArticleId>,
    over_files: bool,
}

/// A number for each article. A list of all articles asks for all of them, so those of ids as a library gives them out,
/// one after another, are looked up by place.
#[derive(Debug, Default)]
struct Numbers {
    /// By id: the number and one, or zero where there is none.
    dense: Vec<u32>,
    /// Those of ids that are far out.
    sparse: HashMap<ArticleId, usize>,
}

/// The highest id that has a place: 32 megabytes of them at most.
const HIGHEST: usize = 1 << 23;

impl Numbers {
    /// The number of `article`, which is `new` where it has none yet.
    fn of(&mut self, article: ArticleId, new: usize) -> usize {
        let place = usize::try_from(article.0).ok().filter(|place| *place <= HIGHEST);
        let (Some(place), Ok(next)) = (place, u32::try_from(new + 1)) else {
            return *self.sparse.entry(article).or_insert(new);
        };
        if place >= self.dense.len() {
            self.dense.resize(place + 1, 0);
        }
        match self.dense.get_mut(place) {
            Some(known @ 0) => {
                *known = next;
                new
            }
            Some(known) => *known as usize - 1,
            None => new,
        }
    }
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
        let number = self.articles.len();
        let known = self.entries.of(article, number);
        if known == number {
            self.articles.push(article);
        }
        EntryId(self.turned(known))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_keeps_its_entry_whatever_its_id() {
        let mut shelf = Shelf::default();
        let articles = [7, 3, i64::MAX, -1, 8_000_000, 9_000_000].map(ArticleId);
        let entries = articles.map(|article| shelf.entry(article));
        assert_eq!(entries, std::array::from_fn(EntryId));
        assert_eq!(articles.map(|article| shelf.entry(article)), entries);
        assert_eq!(entries.map(|entry| shelf.article(entry)), articles.map(Some));
    }
}
