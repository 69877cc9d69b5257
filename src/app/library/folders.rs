//! What the library can be looked through by, and queries that are saved.

use super::super::{App, Effect, Overlay};
use super::{Counts, Request, Sort};

/// What the library can be looked through by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// How many articles there are.
    pub counts: Counts,
    /// Saved queries, by name.
    pub saved: Vec<Saved>,
    /// Tags, by name, each with how many articles have it.
    pub tags: Vec<(String, usize)>,
    /// Feeds, by folder and title.
    pub feeds: Vec<Feed>,
    /// Folders that articles were added from, in order.
    pub added: Vec<Folder>,
}

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
    /// The order it is shown in.
    pub sort: Sort,
}

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The folder it lies in, parts separated by `/`; empty for none.
    pub folder: String,
    /// Articles it brought.
    pub articles: usize,
    /// Those of them that are not read.
    pub unread: usize,
    /// Why the last look at it failed, and until when it rests: one safe line.
    pub error: Option<String>,
    /// What could not be read of it although the last look did not fail: one safe line.
    pub note: Option<String>,
}

/// A folder that articles were added from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its path.
    pub path: String,
    /// The path from the folder above that is told too, or all of it.
    pub name: String,
    /// Folders above it that are told.
    pub depth: usize,
    /// Articles in it and below.
    pub articles: usize,
}

/// How the list was left: what it keeps to, by which name, and its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListLeft {
    /// The query; empty for all articles.
    pub filter: String,
    /// The order.
    pub sort: Sort,
    /// What the query is called, where it was chosen by that.
    pub name: Option<String>,
}

impl App {
    /// Takes in that saved queries were changed.
    pub(in crate::app) fn queries_changed(&mut self, label: &str) {
        self.say_undoable(label);
        self.refresh_folders();
    }

    /// Asks anew what there is to look through, where it is shown.
    pub(in crate::app) fn refresh_folders(&mut self) {
        if self.tree.is_some() {
            self.outbox.push(Effect::Library(Request::Folders));
        }
    }

    /// Shows the list as it was left the last time, unless the user has asked for another one by now.
    pub(in crate::app) fn list_remembered(&mut self, left: ListLeft) {
        if self.library.ticket == 1 && self.overlay.is_none() {
            self.list.showing.sort = left.sort;
            self.filter_by(left.filter, false, None);
            self.list.showing.name = left.name;
        }
    }

    /// How the list would be left now; nothing where it is not that of the library.
    #[must_use]
    pub fn list_left(&self) -> Option<ListLeft> {
        let filter = match &self.overlay {
            // What is still being typed is not kept.
            Some(Overlay::Filter(prompt)) => prompt.before(),
            _ => self.library.filter.as_str(),
        };
        let (filter, sort) = (filter.trim().to_owned(), self.list.showing.sort);
        self.library.open.then(|| ListLeft { filter, sort, name: self.list.showing.name.clone() })
    }
}
