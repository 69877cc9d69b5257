//! Changes to articles that are kept: read, starred, tagged, and taken back.

use super::super::list::{Entry, Facts};
use super::super::{Action, App, Effect, EntryId, Focus};
use super::{Change, Known, Request};

impl App {
    /// The entry that the user means: the selected one in the list, elsewhere the open one.
    pub(in crate::app) fn meant(&self) -> Option<EntryId> {
        let open = self.reader.as_ref().map(|reader| reader.entry);
        match self.panes.focus {
            Focus::List if self.tree.is_some() => None,
            Focus::List => self.list.selected_id(),
            Focus::Text | Focus::Sidebar => open,
        }
    }

    /// Says that no story is meant here; in the tree, what works there.
    pub(in crate::app) fn say_none_meant(&mut self) {
        if self.tree.is_none() || self.panes.focus != Focus::List {
            self.say("no story is selected");
            return;
        }
        let key = |action| self.keymap.first_key_of(action);
        let (open, list) = (key(Action::Open), key(Action::FocusList));
        self.say(format!("no story is selected here: {open} shows some, {list} the list"));
    }

    /// Asks for `change` to the entry that the user means, where it is kept.
    pub(in crate::app) fn change_meant(&mut self, change: Change) {
        let Some(id) = self.meant() else {
            self.say_none_meant();
            return;
        };
        if self.list.entry(id).is_some_and(Entry::is_in_library) {
            self.outbox.push(Effect::Library(Request::Change(id, change)));
        } else {
            self.offer_to_add();
        }
    }

    /// Says once for each time that `id` is opened that it is.
    pub(in crate::app) fn tell_opened(&mut self, id: EntryId) {
        let is_unread = self.list.entry(id).is_some_and(|entry| !entry.read);
        if is_unread && self.library.opened != Some(id) {
            self.library.opened = Some(id);
            self.outbox.push(Effect::Library(Request::Change(id, Change::Opened)));
        }
    }

    /// Whether the user has opened `id`, be it told of or not.
    pub(in crate::app) fn is_opened(&self, id: EntryId) -> bool {
        self.library.opened == Some(id) || self.list.entry(id).is_some_and(|entry| entry.read)
    }

    /// Forgets that `id` was told to be opened: it is open no longer.
    pub(in crate::app) fn is_left(&mut self, id: EntryId) {
        if self.library.opened == Some(id) {
            self.library.opened = None;
        }
    }

    /// Takes in that a change is kept.
    pub(in crate::app) fn changed(&mut self, known: Known, change: &Change) {
        let (read, facts) = (known.read, known.facts.clone());
        self.take_in(vec![known]);
        match change {
            Change::Opened => {}
            Change::ToggleRead => self.say_kept(if read { "marked as read" } else { "marked as unread" }),
            Change::ToggleStar => self.say_kept(if facts.starred { "starred" } else { "no star any more" }),
            Change::Tag(_) => self.say_kept(said_of_tags(&facts)),
        }
    }

    /// Takes in why nothing is kept, or that it is again.
    pub(in crate::app) fn keeping(&mut self, reason: Option<String>) {
        if let Some(reason) = &reason {
            self.note_may_not_be_kept();
            self.fail(format!("not kept: {reason}"));
        }
        self.library.not_kept = reason;
    }

    /// Why nothing that the user does is kept, where that is so: one safe line.
    #[must_use]
    pub fn not_kept(&self) -> Option<&str> {
        self.library.not_kept.as_deref()
    }

    /// Tells the user what was `done`, and where it is not kept, that and why.
    pub(in crate::app) fn say_kept(&mut self, done: impl Into<String>) {
        let done = done.into();
        match &self.library.not_kept {
            Some(reason) => self.fail(format!("{done}, but not kept: {reason}")),
            None => self.say(done),
        }
    }

    /// Names what `undo` would take back of an earlier run.
    pub(in crate::app) fn name_undone_next(&mut self, label: &str) {
        let undo = self.keymap.first_key_of(Action::Undo);
        self.say(format!("{undo} again undoes what an earlier run did: {label}"));
    }

    /// Takes in what was taken back.
    pub(in crate::app) fn undone(&mut self, label: Option<String>) {
        match label {
            Some(label) => {
                self.ask_annotations();
                self.say(format!("undone: {label}"));
                if self.shown_people().is_some() {
                    if let Some(people) = &mut self.people {
                        people.return_to_first();
                    }
                    self.ask_said();
                }
            }
            None => self.say("there is nothing to undo"),
        }
    }
}

fn said_of_tags(facts: &Facts) -> String {
    if facts.tags.is_empty() { "no tags".to_owned() } else { format!("tags: {}", facts.tags.join(", ")) }
}
