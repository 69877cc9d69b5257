//! The list of the library: asked for by filter and order, filled in where the user looks.

use crossterm::event::{KeyCode, KeyEvent};

use super::super::list::Content;
use super::super::{Action, App, Effect, EntryId, Message, Overlay};
use super::{Known, Listed, Loaded, MOST_KNOWN, Part, Problem, Recalled, Request, Sort, SortKey};

/// A filter cut into its query and the pattern that headlines are matched with; nothing where it has no `~` that begins
/// a word.
#[must_use]
pub fn cut_pattern(filter: &str) -> Option<(&str, &str)> {
    let begins_word = |at: &usize| filter.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
    let at = filter.match_indices('~').map(|(at, _)| at).find(begins_word)?;
    Some((filter.get(..at)?.trim(), filter.get(at + 1..)?.trim()))
}

impl App {
    /// Asks for the list by the filter and order in force; `typing` says that the filter is not whole yet. In the
    /// list that comes, `select` is selected where it is given, else what is selected now.
    pub(in crate::app) fn list_anew(&mut self, typing: bool, select: Option<EntryId>) {
        self.library.ticket += 1;
        self.library.selecting = select.or_else(|| self.list.selected_id());
        let (ticket, filter) = (self.library.ticket, self.library.filter.clone());
        let request = Request::List { ticket, filter, sort: self.list.showing.sort, typing };
        self.outbox.push(Effect::Library(request));
    }

    /// Asks for the articles that match `filter`; in the list that comes, `select` is selected where it is shown.
    pub(in crate::app) fn filter_by(&mut self, filter: String, typing: bool, select: Option<EntryId>) {
        self.library.filter = filter;
        self.list.showing.name = None;
        self.list_anew(typing, select);
    }

    /// Shows all articles again, if only some are shown; `true` where that is so.
    pub(in crate::app) fn clear_filter(&mut self) -> bool {
        let filtered = !self.list.showing.filter.is_empty();
        if filtered {
            self.filter_by(String::new(), false, None);
        }
        filtered
    }

    /// The ticket of a new search.
    pub(in crate::app) fn next_find(&mut self) -> u64 {
        self.library.find += 1;
        self.library.find
    }

    /// Whether no other search was made since the one with this ticket.
    pub(in crate::app) fn is_latest_find(&self, ticket: u64) -> bool {
        ticket == self.library.find
    }

    /// Whether the user could not have meant `input` for what is there now: the list that was asked for is not told
    /// yet, nor the story that is to be opened from it, nor what matches what was typed.
    #[must_use]
    pub fn is_behind(&self, input: &Message) -> bool {
        match &self.overlay {
            None => {
                let list =
                    self.library.open && (self.library.answered != self.library.ticket || self.is_opening_kept());
                let tree = self.tree.as_ref().is_some_and(|tree| tree.rows.is_empty());
                list || tree || self.awaits_people()
            }
            Some(Overlay::Find(find)) => {
                let enters = matches!(input, Message::Key(KeyEvent { code: KeyCode::Enter, .. }));
                enters && !find.answered && !find.query().is_empty()
            }
            Some(Overlay::Who(prompt)) => {
                !prompt.answered && matches!(input, Message::Key(KeyEvent { code: KeyCode::Enter | KeyCode::Tab, .. }))
            }
            Some(_) => false,
        }
    }

    /// Whether the list is that of the library.
    pub(in crate::app) fn shows_library(&self) -> bool {
        self.library.open
    }

    /// Sorts the list by what `letter` stands for; a capital letter turns the order round.
    pub(in crate::app) fn sort_by(&mut self, letter: char) {
        let Some(sort) = Sort::of(letter) else {
            let known = SortKey::ALL.map(|(_, letter, name)| format!("{letter} {name}"));
            self.say(format!("no order has the letter {letter}: {}", known.join(", ")));
            return;
        };
        if !self.needs_library("sorted") {
            return;
        }
        self.list.showing.sort = sort;
        self.list_anew(false, None);
        // An order is wanted for what comes first by it.
        self.library.from_top = true;
        let keys = self.keymap.first_key_of(Action::Sort);
        self.say(format!("{}: {keys}{} turns it round", sort.describe(), sort.turned().letter()));
    }

    /// Says that only the library can be `done` something with, unless the list is that of the library.
    pub(in crate::app) fn needs_library(&mut self, done: &str) -> bool {
        if !self.library.open {
            self.say(format!("only the library can be {done}: start pullquote without files to open it"));
        }
        self.library.open
    }

    /// Takes in a list, or what is wrong with its filter.
    pub(in crate::app) fn listed(&mut self, ticket: u64, answer: Result<Listed, Problem>) {
        if ticket != self.library.ticket {
            return;
        }
        self.library.answered = ticket;
        let listed = match answer {
            Ok(listed) => listed,
            Err(problem) => {
                self.filter_answered(Some(problem));
                return;
            }
        };
        let stay = match listed.part {
            Part::Again => [self.list.selected_id(), self.reader.as_ref().map(|reader| reader.entry)],
            Part::Beginning | Part::Whole => [None, None],
        };
        let begun = self.list.showing.part == Some(Part::Beginning) && listed.part == Part::Whole;
        if !begun {
            self.list.forget_descriptions();
            self.library.asked.clear();
        }
        // Of what is ranked the best comes first and is meant: the selection does not go after what it was on.
        let ranked = cut_pattern(&self.library.filter).is_some_and(|(_, pattern)| !pattern.is_empty());
        let from_top = ranked || self.library.from_top;
        let from_top_anew = from_top && !begun && listed.part != Part::Again;
        let select = self.library.selecting.filter(|_| listed.part != Part::Again && !from_top);
        if listed.part != Part::Beginning {
            self.library.selecting = None;
            self.library.from_top = false;
        }
        let rows = self.list_rows();
        let stay: Vec<EntryId> = stay.into_iter().flatten().collect();
        self.list.arrange(listed.shown, &stay, select, rows);
        if from_top_anew {
            self.list.select(0, rows);
        }
        self.list.showing.part = Some(listed.part);
        self.list.showing.filter = self.library.filter.trim().to_owned();
        self.filter_answered(None);
        self.take_in(listed.known);
        self.open_first();
        if listed.part == Part::Again {
            self.refresh_folders();
            self.ask_annotations();
        }
    }

    /// Asks what the rows in sight show, and those a screen around them, as far as that is not known.
    pub(in crate::app) fn describe_what_is_near(&mut self) {
        if !self.library.open {
            return;
        }
        let rows = self.list_rows() + 1;
        let top = self.list.top;
        for (from, count) in [(top, rows), (top + rows, rows), (top.saturating_sub(rows), rows.min(top))] {
            let wanted: Vec<EntryId> =
                self.list.wanting(from, count).filter(|id| !self.library.asked.contains(id)).collect();
            if !wanted.is_empty() {
                self.library.asked.extend(&wanted);
                self.outbox.push(Effect::Library(Request::Describe(wanted)));
            }
        }
    }

    /// Whether rows in sight are still blank.
    #[must_use]
    pub fn awaits_rows(&self) -> bool {
        self.library.open && self.list.wanting(self.list.top, self.list_rows()).next().is_some()
    }

    /// Takes in what is known of entries, `asked` for or not: what nobody asked for is of use only where it replaces
    /// what was known.
    pub(in crate::app) fn described(&mut self, asked: &[EntryId], mut known: Vec<Known>) {
        known.retain(|known| {
            let is_known = || self.list.entry(known.entry).is_some_and(|entry| entry.facts.is_some());
            asked.contains(&known.entry) || is_known()
        });
        for id in asked {
            self.library.asked.remove(id);
            self.list.describe(*id, None);
        }
        self.take_in(known);
    }

    /// Takes in what is known of entries.
    pub(in crate::app) fn take_in(&mut self, known: Vec<Known>) {
        for Known { entry: id, read, facts } in known {
            let Some(entry) = self.list.entry(id) else { continue };
            if entry.shelved {
                self.shelved(vec![Known { entry: id, read, facts }]);
                continue;
            }
            if !entry.kept {
                continue;
            }
            if entry.facts.is_none() {
                self.library.known.push_back(id);
            }
            self.list.describe(id, Some((read, facts)));
        }
        self.forget_what_is_far();
    }

    /// Keeps what is known within bounds: rows that are far from those in sight are asked for again when they come.
    fn forget_what_is_far(&mut self) {
        let rows = self.list_rows() + 1;
        let near = self.list.top.saturating_sub(rows)..self.list.top + 2 * rows;
        for _ in 0..self.library.known.len().saturating_sub(MOST_KNOWN) {
            let Some(id) = self.library.known.pop_front() else { return };
            let is_near = near.clone().any(|place| self.list.id_at(place) == Some(id));
            if is_near || self.list.entry(id).is_some_and(|entry| entry.article().is_some()) {
                self.library.known.push_back(id);
            } else {
                self.list.forget(id);
            }
        }
    }

    /// Takes in an article that is kept, or why it cannot be had.
    pub(in crate::app) fn loaded(&mut self, id: EntryId, result: Result<Box<Loaded>, String>) {
        let result = match result {
            Ok(loaded) => {
                if self.list.entry(id).is_none_or(|entry| entry.article().is_some()) {
                    return;
                }
                let Loaded { article, analysis, recalled, from } = *loaded;
                self.recalled(id, recalled);
                let gone = from.as_ref().filter(|(_, gone)| *gone).map(|(path, _)| path.clone());
                self.list.change(id, |entry| {
                    if let Some((path, _)) = from {
                        entry.origin = path.into();
                    }
                    entry.arrived(article);
                    if let Some((analysis, voices)) = analysis {
                        entry.analyzed(analysis, voices);
                    }
                });
                if let Some(path) = gone {
                    self.say(format!("{path} is gone; the library keeps its text"));
                }
                Ok(())
            }
            Err(message) => Err(message),
        };
        self.arrived(id, result);
        self.show_matches();
        self.show_jump();
    }

    /// Takes in what is remembered of the text of `id`. The open story goes to its place unless the user has moved.
    pub(in crate::app) fn recalled(&mut self, id: EntryId, recalled: Recalled) {
        let Recalled { position, marks, content, annotations } = recalled;
        self.list.change(id, |entry| {
            entry.set_position(position);
            entry.read |= position.is_some() && !entry.is_in_library();
        });
        self.take_annotations(content, annotations);
        self.remember_places(id, position, marks);
    }

    /// Lets go of the text of an entry that can be had again at any time.
    pub(in crate::app) fn put_away(&mut self, id: EntryId) {
        self.list.change(id, |entry| {
            if entry.kept {
                entry.content = Content::Waiting;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fuzzy_filter_begins_with_a_tilde_that_begins_a_word() {
        assert_eq!(cut_pattern("~hrbr plan"), Some(("", "hrbr plan")));
        assert_eq!(cut_pattern("unread tag:x ~ hrbr"), Some(("unread tag:x", "hrbr")));
        assert_eq!(cut_pattern("a~b"), None);
        assert_eq!(cut_pattern("folder:/home/~me"), None);
        assert_eq!(cut_pattern(""), None);
    }
}
