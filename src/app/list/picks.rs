//! Entries picked for a change to several: one by one, a range that goes with the selection, or all.

use std::collections::BTreeSet;

use super::{EntryId, List};

/// What is picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picks {
    /// Those picked one by one, or whose range has ended.
    single: BTreeSet<EntryId>,
    /// The entry, and its place, where a range began that ends at the selection.
    from: Option<(EntryId, usize)>,
}

impl List {
    /// Whether anything is picked.
    #[must_use]
    pub fn has_picks(&self) -> bool {
        !self.picks.single.is_empty() || self.picks.from.is_some()
    }

    /// Whether a range goes with the selection.
    #[must_use]
    pub fn is_ranging(&self) -> bool {
        self.picks.from.is_some()
    }

    /// Whether the entry `id` at `place` is picked.
    #[must_use]
    pub fn is_picked(&self, place: usize, id: EntryId) -> bool {
        self.picks.single.contains(&id) || self.range().is_some_and(|(first, last)| (first..=last).contains(&place))
    }

    /// How many are picked.
    #[must_use]
    pub fn picked_count(&self) -> usize {
        match self.range() {
            None => self.picks.single.len(),
            Some((first, last)) => {
                let inside = self.order.get(first..=last).unwrap_or_default();
                let added = inside.iter().filter(|id| !self.picks.single.contains(id)).count();
                self.picks.single.len() + added
            }
        }
    }

    /// What is picked, in the order of the list.
    #[must_use]
    pub fn picked(&self) -> Vec<EntryId> {
        if !self.has_picks() {
            return Vec::new();
        }
        let places = self.order.iter().copied().enumerate();
        places.filter(|(place, id)| self.is_picked(*place, *id)).map(|(_, id)| id).collect()
    }

    /// Picks the selected entry, or lets go of it.
    pub fn pick(&mut self) {
        let Some(id) = self.selected_id() else { return };
        if !self.picks.single.remove(&id) {
            self.picks.single.insert(id);
        }
    }

    /// Begins a range at the selected entry, or ends the one that was begun: what is in it stays picked.
    pub fn pick_range(&mut self) {
        if self.picks.from.is_none() {
            self.picks.from = self.selected_id().map(|id| (id, self.selected));
        } else {
            self.end_range();
        }
    }

    /// Ends the range where one was begun: what is in it stays picked.
    pub fn end_range(&mut self) {
        if let Some((first, last)) = self.range() {
            self.picks.single.extend(self.order.get(first..=last).unwrap_or_default());
        }
        self.picks.from = None;
    }

    /// Picks all entries shown; lets go of all where that is so already.
    pub fn pick_all(&mut self) {
        self.picks.from = None;
        if self.picks.single.len() == self.order.len() {
            self.picks.single.clear();
        } else {
            self.picks.single = self.order.iter().copied().collect();
        }
    }

    /// Lets go of everything picked; `true` where there was something.
    pub fn drop_picks(&mut self) -> bool {
        let had = self.has_picks();
        self.picks = Picks::default();
        had
    }

    /// Lets go of what is not shown any more: what one does not see is not to be changed.
    pub(super) fn drop_hidden_picks(&mut self) {
        if !self.has_picks() {
            return;
        }
        let shown = |id: &EntryId| self.entry(*id).is_some_and(|entry| entry.shown);
        let single = self.picks.single.iter().copied().filter(shown).collect();
        let from = self.picks.from.map(|(id, _)| id).filter(shown).and_then(|id| Some((id, self.place_of(id)?)));
        self.picks = Picks { single, from };
    }

    /// The first and the last place of the range.
    fn range(&self) -> Option<(usize, usize)> {
        let (_, from) = self.picks.from?;
        Some((from.min(self.selected), from.max(self.selected)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Entry;
    use super::*;

    fn list() -> List {
        List::of((0..6).map(|at| Entry::waiting(format!("{at}"))).collect())
    }

    fn picked(list: &List) -> Vec<usize> {
        let picked: Vec<usize> = list.picked().into_iter().map(|id| id.0).collect();
        assert_eq!(picked.len(), list.picked_count());
        picked
    }

    #[test]
    fn a_range_goes_with_the_selection_either_way_and_adds_to_what_is_picked() {
        let mut list = list();
        list.pick();
        list.select(3, 10);
        list.pick_range();
        list.select(4, 10);
        assert_eq!(picked(&list), [0, 3, 4]);
        list.select(2, 10);
        assert_eq!(picked(&list), [0, 2, 3]);
        list.pick_range();
        list.select(5, 10);
        assert_eq!((picked(&list), list.is_ranging()), (vec![0, 2, 3], false));
        list.select(2, 10);
        list.pick();
        assert_eq!(picked(&list), [0, 3]);
        assert!(list.drop_picks() && !list.drop_picks());
    }

    #[test]
    fn all_are_picked_and_let_go_of() {
        let mut list = list();
        list.pick_all();
        assert_eq!(list.picked_count(), 6);
        list.pick_all();
        assert!(!list.has_picks());
    }

    #[test]
    fn what_is_not_shown_any_more_is_not_picked() {
        use crate::app::library::Shown;
        let mut list = list();
        list.pick_all();
        let shown = [1, 4].map(|at| Shown { entry: EntryId(at), read: false });
        list.arrange(shown.to_vec(), &[], None, 10);
        assert_eq!(picked(&list), [1, 4]);
    }
}
