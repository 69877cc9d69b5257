//! The article list: all entries that there are, which of them are shown, and in which order.
//!
//! Entries keep their ids for as long as the reader runs; the order names them. So a list can be sorted, filtered and
//! filled without anything that names an entry going astray. What a frame needs of all entries (how many are unread,
//! of which years they are) is kept up to date as entries change, never counted anew.

mod entry;
mod picks;

pub use entry::{Content, Entry, EntryId, Facts, Said};

use super::library::{Part, Shown, Sort};
use super::step::{Step, reveal};

/// The list and where the user is in it. Places count the entries shown, from 0.
#[derive(Debug, Default)]
pub struct List {
    /// All entries, shown or not, by id.
    entries: Vec<Entry>,
    /// Those shown, in order.
    order: Vec<EntryId>,
    /// The place of the selected one.
    pub selected: usize,
    /// The place of the first one on the screen.
    pub top: usize,
    /// How many of those shown are unread.
    unread: usize,
    /// The years of what has been seen so far, oldest and newest.
    years: Option<(i16, i16)>,
    /// What is shown of the library.
    pub showing: Showing,
    /// Counts the times that all that is known may have changed.
    listing: u32,
    picks: picks::Picks,
}

/// What is shown of the library, where it is the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Showing {
    /// The query that the entries match; empty for all of them.
    pub filter: String,
    /// What the query is called where it was chosen by that: a level above leads there.
    pub name: Option<String>,
    /// Their order.
    pub sort: Sort,
    /// How much of the list is there; nothing where it is not, or is not that of the library.
    pub part: Option<Part>,
}

impl List {
    /// Rows over the entries, for the list's own heading.
    pub const HEADING_ROWS: u16 = 1;

    /// Rows that each entry takes in a list pane of `height` rows.
    #[must_use]
    pub const fn entry_rows(height: u16) -> u16 {
        if height < 28 { 1 } else { 2 }
    }

    /// How many entries a list pane of `height` rows shows.
    #[must_use]
    pub fn capacity(height: u16) -> usize {
        usize::from(height.saturating_sub(Self::HEADING_ROWS) / Self::entry_rows(height))
    }

    /// The list of `entries`, all shown, in their order.
    #[must_use]
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut list = Self::default();
        entries.into_iter().for_each(|entry| list.push(entry));
        list
    }

    /// Puts `entry` at the end.
    pub fn push(&mut self, entry: Entry) {
        let id = EntryId(self.entries.len());
        self.entries.push(Entry { shown: true, ..entry });
        self.order.push(id);
        self.noticed(id, false);
    }

    /// Puts `entries` in the place of `id`, which becomes the first of them; where there is none, nothing changes.
    pub fn replace(&mut self, id: EntryId, entries: Vec<Entry>) {
        let mut entries = entries.into_iter();
        let (Some(place), Some(first)) = (self.place_of(id), entries.next()) else { return };
        let shown = |entry: Entry| Entry { shown: true, ..entry };
        self.change(id, |entry| *entry = shown(first));
        let from = self.entries.len();
        self.entries.extend(entries.map(shown));
        let new = (from..self.entries.len()).map(EntryId);
        self.order.splice(place + 1..place + 1, new.clone());
        if place < self.selected {
            // What is selected stays on its row of the screen.
            self.selected += new.len();
            self.top += new.len();
        }
        new.for_each(|id| self.noticed(id, false));
    }

    /// How many entries are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many of those shown are unread.
    #[must_use]
    pub const fn unread(&self) -> usize {
        self.unread
    }

    /// The oldest and the newest year of publication seen so far.
    #[must_use]
    pub const fn years(&self) -> Option<(i16, i16)> {
        self.years
    }

    /// The place of the entry at row `row` of a list pane of `height` rows, the heading being row 0.
    #[must_use]
    pub fn place_at(&self, height: u16, row: u16) -> Option<usize> {
        let below = row.checked_sub(Self::HEADING_ROWS)? / Self::entry_rows(height);
        let place = self.top + usize::from(below);
        (usize::from(below) < Self::capacity(height) && place < self.len()).then_some(place)
    }

    /// The entry `id`.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0)
    }

    /// The entry at `place`.
    #[must_use]
    pub fn id_at(&self, place: usize) -> Option<EntryId> {
        self.order.get(place).copied()
    }

    /// The selected entry.
    #[must_use]
    pub fn selected_id(&self) -> Option<EntryId> {
        self.id_at(self.selected)
    }

    /// Where `id` is shown, if it is. Looks through the whole list: not for every frame.
    #[must_use]
    pub fn place_of(&self, id: EntryId) -> Option<usize> {
        // Where nothing was sorted or filtered, an entry stands at its own number.
        if self.id_at(id.0) == Some(id) { Some(id.0) } else { self.order.iter().position(|shown| *shown == id) }
    }

    /// The entries from `place` on, `count` at most, each with its place.
    pub fn window(&self, place: usize, count: usize) -> impl Iterator<Item = (usize, EntryId, &Entry)> {
        let ids = self.order.iter().copied().enumerate().skip(place).take(count);
        ids.filter_map(|(place, id)| Some((place, id, self.entry(id)?)))
    }

    /// Changes the entry `id` with `change`; gives what that gives, nothing where there is no such entry.
    pub fn change<T>(&mut self, id: EntryId, change: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        let entry = self.entries.get_mut(id.0)?;
        let was_unread = entry.shown && entry.is_unread();
        let answer = change(entry);
        self.noticed(id, was_unread);
        Some(answer)
    }

    /// Shows `shown` and nothing else, but for those of `stay` that were shown: they keep their places. `select` is
    /// selected where it is shown, else what was selected before; that stays on its row of a pane of `rows` entries.
    pub fn arrange(&mut self, shown: Vec<Shown>, stay: &[EntryId], select: Option<EntryId>, rows: usize) {
        let (row, was_selected) = (self.selected.saturating_sub(self.top), self.selected_id());
        let before = std::mem::take(&mut self.order);
        for id in &before {
            if let Some(entry) = self.entries.get_mut(id.0) {
                entry.shown = false;
            }
        }
        self.order.reserve_exact(shown.len());
        for Shown { entry: id, read } in shown {
            self.know(id);
            if let Some(entry) = self.entries.get_mut(id.0).filter(|entry| !entry.shown) {
                (entry.shown, entry.read) = (true, read);
                self.order.push(id);
            }
        }
        stay.iter().for_each(|id| self.put_back(*id, &before));
        self.unread = self.order.iter().filter(|id| self.entry(**id).is_some_and(Entry::is_unread)).count();
        let wanted = select.or(was_selected).and_then(|id| self.place_of(id));
        self.selected = wanted.unwrap_or(0);
        self.top = self.selected.saturating_sub(row);
        self.select(self.selected, rows);
        self.drop_hidden_picks();
    }

    /// Shows `gone` no longer, in a pane of `rows` entries: they are not kept any more.
    pub fn take_out(&mut self, gone: &[EntryId], rows: usize) {
        for id in gone {
            if let Some(entry) = self.entries.get_mut(id.0).filter(|entry| entry.shown) {
                self.unread -= usize::from(entry.is_unread());
                entry.shown = false;
                entry.content = Content::Waiting;
            }
        }
        let before = self.order.get(..self.selected).unwrap_or_default();
        let selected = before.iter().filter(|id| self.entry(**id).is_some_and(|entry| entry.shown)).count();
        let mut order = std::mem::take(&mut self.order);
        order.retain(|id| self.entry(*id).is_some_and(|entry| entry.shown));
        self.order = order;
        self.select(selected, rows);
        self.drop_hidden_picks();
    }

    /// Shows `id`, if it was among those shown `before`, behind the one that it stood behind.
    fn put_back(&mut self, id: EntryId, before: &[EntryId]) {
        let Some(place) = before.iter().position(|shown| *shown == id) else { return };
        if self.entry(id).is_none_or(|entry| entry.shown) {
            return;
        }
        let is_shown = |id: &&EntryId| self.entry(**id).is_some_and(|entry| entry.shown);
        let neighbour = before.get(..place).unwrap_or_default().iter().rev().find(is_shown);
        let place = neighbour.and_then(|neighbour| self.place_of(*neighbour)).map_or(0, |place| place + 1);
        self.order.insert(place, id);
        if let Some(entry) = self.entries.get_mut(id.0) {
            entry.shown = true;
        }
    }

    /// Lets everything that is known of kept entries count as old; it is shown until something newer is known.
    pub fn forget_descriptions(&mut self) {
        self.listing += 1;
    }

    /// Those of the `count` entries from `place` on of which nothing is known, or only what is old.
    pub fn wanting(&self, place: usize, count: usize) -> impl Iterator<Item = EntryId> {
        let old = |entry: &Entry| entry.kept && entry.described != self.listing;
        self.window(place, count).filter(move |(_, _, entry)| old(entry)).map(|(_, id, _)| id)
    }

    /// Takes in what is known of `id`: whether it is read, and what its row shows; nothing where it is gone.
    pub fn describe(&mut self, id: EntryId, known: Option<(bool, Facts)>) {
        let listing = self.listing;
        self.change(id, |entry| {
            entry.described = listing;
            if let Some((read, facts)) = known {
                entry.read = read;
                entry.facts = Some(Box::new(facts));
            }
        });
    }

    /// Makes sure that there is an entry `id`; one that nobody heard of is kept in the library, and not shown.
    pub fn know(&mut self, id: EntryId) {
        if id.0 >= self.entries.len() {
            self.entries.resize_with(id.0 + 1, Entry::kept);
        }
    }

    /// Forgets what the row of `id` shows.
    pub fn forget(&mut self, id: EntryId) {
        self.change(id, |entry| {
            entry.facts = None;
            entry.described = 0;
        });
    }

    /// Brings what is known of all entries in line with `id`, which was counted as unread before, or not.
    fn noticed(&mut self, id: EntryId, was_unread: bool) {
        let Some(entry) = self.entries.get(id.0) else { return };
        let is_unread = entry.shown && entry.is_unread();
        self.unread = self.unread + usize::from(is_unread) - usize::from(was_unread);
        if let Some(date) = entry.facts.as_ref().and_then(|facts| facts.date) {
            let year = date.year();
            let (oldest, newest) = self.years.unwrap_or((year, year));
            self.years = Some((oldest.min(year), newest.max(year)));
        }
    }

    /// Moves the selection by `step` in a pane that shows `shown` entries.
    pub fn step(&mut self, step: Step, shown: usize) {
        self.select(step.target(self.selected, self.len().saturating_sub(1), shown), shown);
    }

    /// Selects the entry at place `selected`, as far as there are entries, in a pane that shows `shown` of them.
    pub fn select(&mut self, selected: usize, shown: usize) {
        self.selected = selected.min(self.len().saturating_sub(1));
        self.top = reveal(self.top, self.selected, self.len(), shown);
    }

    /// Scrolls by `rows` entries without leaving the selection behind.
    pub fn scroll(&mut self, rows: isize, shown: usize) {
        let shown = shown.max(1);
        self.top = Step::Rows(rows).target(self.top, self.len().saturating_sub(shown), shown);
        self.select(self.selected.clamp(self.top, self.top + shown - 1), shown);
    }

    /// The place of the `times`-th unread entry after the selected one, or before it; the furthest where there are fewer.
    #[must_use]
    pub fn next_unread(&self, times: usize, backward: bool) -> Option<usize> {
        let unread = |place: &usize| self.id_at(*place).and_then(|id| self.entry(id)).is_some_and(Entry::is_unread);
        if backward {
            (0..self.selected).rev().filter(unread).take(times).last()
        } else {
            (self.selected + 1..self.len()).filter(unread).take(times).last()
        }
    }
}
