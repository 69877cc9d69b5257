//! Into the library from inside the reader: the story that is open or selected, or files and folders by their paths,
//! with how far that is. Files whose texts the library has already show its state of them and change it.

use super::super::action::Action;
use super::super::list::Content;
use super::super::overlay::AddPrompt;
use super::super::{App, Effect, EntryId, Overlay};
use super::{Known, Request};

/// How far adding files is, or how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adding {
    /// It goes on: a line that says how far it is.
    Under(String),
    /// It is over, and this came of it: one safe line, and whether all went well.
    Over(String, bool),
}

impl App {
    /// Takes in what the library knows of files that it has the texts of.
    pub(in crate::app) fn shelved(&mut self, known: Vec<Known>) {
        for Known { entry: id, read, facts } in known {
            let Some(entry) = self.list.entry(id).filter(|entry| !entry.kept) else { continue };
            let is_news = entry.read && !read && !entry.shelved;
            self.list.change(id, |entry| {
                entry.shelved = true;
                entry.read = read || is_news;
                let own = entry.facts.get_or_insert_default();
                (own.starred, own.tags) = (facts.starred, facts.tags);
            });
            if is_news {
                // It was opened before it was known to be there.
                self.outbox.push(Effect::Library(Request::Change(id, super::Change::Opened)));
            }
        }
    }

    /// Adds the story that the user means to the library.
    pub(in crate::app) fn add_meant(&mut self) {
        let Some(id) = self.meant() else {
            self.say_none_meant();
            return;
        };
        let Some(entry) = self.list.entry(id) else { return };
        match entry.article() {
            _ if entry.is_in_library() => self.say("this story is in the library"),
            Some(article) => self.outbox.push(Effect::Add(id, article.clone())),
            None => match self.unreadable() {
                Some(why) => self.fail(why),
                None => self.say("this story is not read yet"),
            },
        }
    }

    /// Takes in that a story was added, unless it was there `already`.
    pub(in crate::app) fn added(&mut self, known: Known, already: bool) {
        self.shelved(vec![known]);
        self.say_kept(if already { "this story was in the library" } else { "added to the library" });
    }

    /// Why the story that the user means could not be read, where that is so.
    fn unreadable(&self) -> Option<String> {
        match &self.list.entry(self.meant()?)?.content {
            Content::Failed(why) => Some(format!("this story could not be read: {why}")),
            Content::Waiting | Content::Ready { .. } => None,
        }
    }

    /// Says how the story that the user means comes into the library, where it is not there.
    pub(in crate::app) fn offer_to_add(&mut self) {
        if let Some(why) = self.unreadable() {
            self.fail(why);
            return;
        }
        let add = self.keymap.keys_of(Action::Add).into_iter().next();
        let how = add.map_or_else(|| "`pullquote add` adds it".to_owned(), |add| format!("{add} adds it"));
        self.say(format!("this story is not in the library: {how}"));
    }

    /// Opens the prompt for files and folders to add.
    pub(in crate::app) fn open_add(&mut self) {
        if self.library.adding.is_some() {
            self.say("files are being added already");
            return;
        }
        self.overlay = Some(Overlay::Add(Box::new(AddPrompt::new(!self.library.open))));
    }

    /// Takes in how far adding files is.
    pub(in crate::app) fn adding(&mut self, adding: Adding) {
        match adding {
            Adding::Under(line) => self.library.adding = Some(line),
            Adding::Over(line, well) => {
                self.library.adding = None;
                if well {
                    self.say_kept(line);
                } else {
                    self.fail(line);
                }
                self.shelve_all();
            }
        }
    }

    /// How far adding files is, while it goes on: one safe line.
    #[must_use]
    pub fn being_added(&self) -> Option<&str> {
        self.library.adding.as_deref()
    }

    /// How far a change to many stories is, while it goes on: one safe line.
    #[must_use]
    pub fn being_changed(&self) -> Option<&str> {
        self.library.busy.as_deref()
    }

    /// Stops adding files, where that goes on; `true` where it does.
    pub(in crate::app) fn stop_adding(&mut self) -> bool {
        let goes_on = self.library.adding.is_some();
        if goes_on {
            self.outbox.push(Effect::Library(Request::StopAdding));
            self.say("stopping");
        }
        goes_on
    }

    /// Asks of all files that were read whether the library has their texts by now.
    fn shelve_all(&mut self) {
        if self.library.open {
            return;
        }
        let entries = (0..).map(EntryId).map_while(|id| Some((id, self.list.entry(id)?)));
        let read: Vec<(EntryId, u64)> = entries
            .filter(|(_, entry)| !entry.is_in_library())
            .filter_map(|(id, entry)| Some((id, entry.article()?.content_id())))
            .collect();
        if !read.is_empty() {
            self.outbox.push(Effect::Library(Request::Shelve(read)));
        }
    }
}
