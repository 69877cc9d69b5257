//! What the library can be looked through by: how many articles are unread, starred or highlighted, and the folders
//! that they were added from.

use std::collections::BTreeMap;

use super::{Counts, Error, Store};
use crate::text::safe;

/// A folder that articles were added from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its path, without a `/` at the end.
    pub path: String,
    /// The path from the folder above that is told too, or all of it.
    pub name: String,
    /// Folders above it that are told.
    pub depth: usize,
    /// Articles in it and below.
    pub articles: usize,
}

/// Folders above one that are told at most.
const DEEPEST: usize = 3;

/// Folders that are told at most.
const MOST_FOLDERS: usize = 500;

impl Store {
    /// How many articles there are. Looks at indexes alone.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn counts(&self) -> Result<Counts, Error> {
        self.read(|connection| {
            let count = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
            Ok(Counts {
                all: count("SELECT count(*) FROM articles")?,
                unread: count("SELECT count(*) FROM articles WHERE read = 0")?,
                starred: count("SELECT count(*) FROM articles WHERE starred = 1")?,
                highlighted: count(
                    "SELECT count(*) FROM (SELECT DISTINCT content FROM highlights) AS h
                     CROSS JOIN articles AS a ON a.content = h.content",
                )?,
            })
        })
    }

    /// The folders that kept articles were added from, in order. A folder that holds nothing but one other folder is
    /// not told by itself.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn folders(&self) -> Result<Vec<Folder>, Error> {
        let counts = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT key FROM origins WHERE article IS NOT NULL")?;
            let mut rows = statement.query([])?;
            // The keys come in order, so those of one folder stand together, but for the folders within.
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let mut current: (String, usize) = Default::default();
            while let Some(row) = rows.next()? {
                let Ok(key) = row.get_ref(0)?.as_str() else { continue };
                let Some((folder, _)) = key.rsplit_once('/').filter(|_| !key.contains("://")) else { continue };
                if folder == current.0 {
                    current.1 += 1;
                    continue;
                }
                let (folder, count) = std::mem::replace(&mut current, (folder.to_owned(), 1));
                *counts.entry(folder).or_default() += count;
            }
            *counts.entry(current.0).or_default() += current.1;
            Ok(counts)
        })?;
        // What cannot be shown, or not be written into a query, is not told.
        let is_plain = |path: &str| !path.is_empty() && safe::line(path) == path && !path.contains(['"', '“', '”']);
        let mut root = Node::default();
        for (path, count) in counts.into_iter().filter(|(path, count)| *count > 0 && is_plain(path)) {
            root.add(path.split('/'), count);
        }
        let mut folders = Vec::new();
        root.tell(&Place::default(), &mut folders);
        folders.truncate(MOST_FOLDERS);
        Ok(folders)
    }
}

/// A folder with what lies in it.
#[derive(Default)]
struct Node {
    own: usize,
    all: usize,
    below: BTreeMap<String, Node>,
}

/// Where a node stands.
#[derive(Clone, Default)]
struct Place {
    path: Option<String>,
    name: Option<String>,
    depth: usize,
}

impl Node {
    fn add<'a>(&mut self, mut path: impl Iterator<Item = &'a str>, count: usize) {
        self.all += count;
        match path.next() {
            Some(part) => self.below.entry(part.to_owned()).or_default().add(path, count),
            None => self.own += count,
        }
    }

    fn tell(&self, at: &Place, folders: &mut Vec<Folder>) {
        let is_told = self.own > 0 || self.below.len() > 1;
        let mut inside = at.clone();
        if let (true, Some(path), Some(name)) = (is_told, &at.path, &at.name) {
            if !path.is_empty() {
                let folder = Folder { path: path.clone(), name: name.clone(), depth: at.depth, articles: self.all };
                folders.push(folder);
                inside = Place { name: None, depth: at.depth + 1, ..inside };
            }
            if inside.depth >= DEEPEST {
                return;
            }
        }
        for (part, node) in &self.below {
            let join = |before: &Option<String>| match before {
                Some(before) => Some(format!("{before}/{part}")),
                None => Some(part.clone()),
            };
            node.tell(&Place { path: join(&inside.path), name: join(&inside.name), depth: inside.depth }, folders);
        }
    }
}
