//! What the actions of the list do: in the library, to what is picked or meant, and to files as far as it remembers them.

use super::super::keymap::Command;
use super::super::{Action, App, Effect, Focus};
use super::{Bulk, Change, Request};

impl App {
    /// Does what `command` says of stories, queries and people.
    pub(in crate::app) fn perform_in_library(&mut self, command: Command) {
        use Action as A;
        match command.action {
            A::Said => self.show_said(),
            A::SamePerson | A::AnotherPerson => self.need_people(),
            A::ToggleRead if self.change_picked(Bulk::ToggleRead) => {}
            A::ToggleRead => self.toggle_read(),
            A::ToggleStar if self.change_picked(Bulk::ToggleStar) => {}
            A::ToggleStar => self.change_meant(Change::ToggleStar),
            A::Tags => self.open_tags(),
            A::Sort => self.sort_by(command.letter.unwrap_or('d')),
            A::Filter => self.open_filter(),
            A::SaveFilter if self.tree.is_some() && self.panes.focus == Focus::List => self.rename_branch(),
            A::SaveFilter => self.open_save(),
            A::Tree => self.toggle_tree(),
            A::Pick => self.pick_stories(command.times()),
            A::PickAll => self.pick_all(),
            A::Remove => self.remove(),
            _ => {}
        }
    }

    /// Marks a story as read or unread. Of a file it is remembered where the user was in it: it is unread where that
    /// is nowhere.
    fn toggle_read(&mut self) {
        let Some(id) = self.meant() else {
            self.say_none_meant();
            return;
        };
        let Some(entry) = self.list.entry(id) else { return };
        if entry.is_in_library() {
            self.change_meant(Change::ToggleRead);
            return;
        }
        let Some(content) = entry.article().map(|article| article.content_id()) else {
            self.say("this story is not read yet");
            return;
        };
        let (read, offset) = (!entry.read, entry.position().unwrap_or(0));
        self.list.change(id, |entry| entry.read = read);
        self.outbox.push(match read {
            true => Effect::SavePosition { content, offset },
            false => Effect::Library(Request::Forget(content)),
        });
        self.say_kept(if read { "marked as read" } else { "marked as unread" });
    }
}
