//! Changes to several articles at once, or to one as if it were several: removal.

use super::super::overlay::Overlay;
use super::super::{Action, App, Effect, EntryId, Focus};
use super::{Bulk, Request};

impl App {
    /// Picks the selected story in the list, and goes on to the next one.
    pub(in crate::app) fn pick_stories(&mut self, times: usize) {
        if !self.can_pick() {
            return;
        }
        let rows = self.list_rows();
        for _ in 0..times.min(self.list.len()) {
            self.list.pick();
            let next = self.list.selected + 1;
            if next >= self.list.len() {
                break;
            }
            self.list.select(next, rows);
        }
    }

    /// Begins or ends a range of picked stories in the list.
    pub(in crate::app) fn pick_range(&mut self) {
        if self.can_pick() {
            self.list.pick_range();
        }
    }

    /// Picks all stories shown, or lets go of them.
    pub(in crate::app) fn pick_all(&mut self) {
        if self.can_pick() {
            self.list.pick_all();
        }
    }

    /// Whether stories can be picked here; says why not.
    fn can_pick(&mut self) -> bool {
        if !self.needs_library("changed several stories at a time") {
            return false;
        }
        let here = self.panes.focus == Focus::List && self.tree.is_none();
        if !here {
            let keys = self.keymap.first_key_of(Action::FocusList);
            self.say(format!("stories are picked in the list: {keys} goes there"));
        }
        here
    }

    /// What is picked, where the user is in the list; else nothing.
    pub(in crate::app) fn picked_here(&self) -> Vec<EntryId> {
        if self.panes.focus == Focus::List && self.tree.is_none() { self.list.picked() } else { Vec::new() }
    }

    /// Asks for `change` to what is picked; `false` where nothing is. It stays picked for the next change.
    pub(in crate::app) fn change_picked(&mut self, change: Bulk) -> bool {
        let picked = self.picked_here();
        if picked.is_empty() {
            return false;
        }
        self.list.end_range();
        self.outbox.push(Effect::Library(Request::ChangeAll(picked, change)));
        true
    }

    /// Removes what is picked from the library, or the story that is meant; in the tree, what is selected there.
    pub(in crate::app) fn remove(&mut self) {
        if self.tree.is_some() && self.panes.focus == Focus::List {
            self.remove_branch();
            return;
        }
        if self.change_picked(Bulk::Remove) {
            return;
        }
        match self.meant().filter(|id| self.list.entry(*id).is_some_and(|entry| entry.kept)) {
            Some(id) => self.outbox.push(Effect::Library(Request::ChangeAll(vec![id], Bulk::Remove))),
            None => self.say("no story of the library is selected"),
        }
    }

    /// Takes in that several articles were changed: what was done, one safe line, where anything was.
    pub(in crate::app) fn all_changed(&mut self, entries: &[EntryId], change: &Bulk, label: Option<String>) {
        let Some(label) = label else {
            self.say("nothing to change");
            return;
        };
        if *change == Bulk::Remove {
            self.removed(entries);
        }
        self.say_undoable(&label);
    }

    /// Lets go of entries that are kept no longer. Where the open story is one of them, the selected one is shown.
    fn removed(&mut self, entries: &[EntryId]) {
        let rows = self.list_rows();
        self.list.take_out(entries, rows);
        if self.reader.as_ref().is_some_and(|reader| entries.contains(&reader.entry)) {
            self.close_story();
            self.open_selected();
        }
        if matches!(self.overlay, Some(Overlay::Tags(_))) {
            self.overlay = None;
        }
    }
}
