//! Changes to several articles, which are kept and taken back as one; saved queries.

use jiff::Timestamp;

use super::Task;
use super::desk::Desk;
use crate::app::EntryId;
use crate::app::library::{Answer, Bulk, ListLeft, Sort};
use crate::store::SavedQuery;

/// A change to the saved queries.
#[derive(Clone, Debug)]
pub(super) enum QueryChange {
    Save { name: String, query: String, sort: Sort },
    Rename(String, String),
    Remove(String),
}

/// The preference that holds how the list was left.
const LIST: &str = "list";

impl Desk {
    /// Changes articles, tells what was done, and has the list told again.
    pub fn change_all(&mut self, entries: Vec<EntryId>, change: Bulk) {
        let articles = self.setting.shelf().articles(&entries);
        let now = Timestamp::now();
        let changed = match &change {
            Bulk::ToggleRead => self.store.toggle_read(&articles, now),
            Bulk::ToggleStar => self.store.toggle_starred(&articles, now),
            Bulk::Retag { given, taken } => self.store.retag(&articles, &lent(given), &lent(taken), now),
            Bulk::Remove => {
                let (setting, all) = (self.setting.clone(), articles.len());
                self.store.remove_telling(&articles, now, &mut |done| {
                    if done < all {
                        setting.tell(Answer::Busy(format!("removing: {done} of {all} stories")));
                    }
                })
            }
        };
        let label = changed.and_then(|count| if count > 0 { self.store.undoable() } else { Ok(None) });
        match label {
            Ok(label) => {
                self.report(Ok(()));
                self.setting.tell(Answer::AllChanged(entries, change, label));
                let _ = self.setting.reading.send(Task::Again);
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Changes the saved queries and tells what was done.
    pub fn change_query(&mut self, change: QueryChange) {
        let now = Timestamp::now();
        let done = match change {
            QueryChange::Save { name, query, sort } => {
                self.store.save_query(&SavedQuery { name, query, sort: sort.to_string() }, now)
            }
            QueryChange::Rename(name, to) => self.store.rename_query(&name, &to, now),
            QueryChange::Remove(name) => self.store.remove_query(&name, now),
        };
        match done.and_then(|()| self.store.undoable()) {
            Ok(label) => {
                self.report(Ok(()));
                self.setting.tell(Answer::QueriesChanged(label.unwrap_or_default()));
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Remembers how the list is left.
    pub fn remember_list(&mut self, ListLeft { filter, sort, name }: &ListLeft) {
        if let Ok(list) = serde_json::to_string(&(filter, sort.to_string(), name)) {
            let kept = self.store.set_preference(LIST, &list);
            self.report(kept);
        }
    }

    /// Tells how the list was left, where that can still be shown.
    pub fn recall_list(&self) {
        let Ok(Some(list)) = self.store.preference(LIST) else { return };
        let Ok((filter, sort, name)) = serde_json::from_str::<(String, String, _)>(&list) else { return };
        let Ok(sort) = sort.parse() else { return };
        let left = ListLeft { filter, sort, name };
        if left != ListLeft::default() && super::listing::is_understood(&left.filter) {
            self.setting.tell(Answer::Remembered(left));
        }
    }
}

fn lent(tags: &[String]) -> Vec<&str> {
    tags.iter().map(String::as_str).collect()
}
