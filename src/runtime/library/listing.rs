//! Lists: the beginning at once, with its rows; all of it a moment later, so that what the beginning leads to (the
//! first article, above all) does not wait for a hundred thousand names.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Wanted;
use super::desk::Desk;
use super::place::today;
use crate::app::library::{self as app, Answer, Listed, Part, Problem, Shown};
use crate::store::{Error, Query, Sort, SortKey, Window};

/// Rows of a beginning: more than a screen has.
const BEGINNING: usize = 150;

/// How long all of a list waits after its beginning.
const PAUSE: Duration = Duration::from_millis(25);

/// A list of which the beginning was told.
pub(super) struct Unfinished {
    pub due: Instant,
    wanted: Wanted,
}

impl Desk {
    /// Tells the beginning of a list, or what is wrong with its filter.
    pub fn list(&mut self, wanted: Wanted) {
        self.unfinished = None;
        if !self.setting.overtaking.is_latest(wanted.ticket) {
            return;
        }
        let query = match query(&wanted) {
            Ok(query) => query,
            Err(problem) => {
                self.setting.tell(Answer::Listed(wanted.ticket, Err(problem)));
                return;
            }
        };
        self.listed = wanted.clone();
        let rows = self.overtakable(|desk| desk.store.list(&query, order(wanted.sort), Window::first(BEGINNING)));
        let Some(rows) = rows else { return };
        let part = if rows.len() < BEGINNING { Part::Whole } else { Part::Beginning };
        let known: Vec<_> = {
            let mut shelf = self.setting.shelf();
            rows.into_iter().map(|row| shelf.known(row)).collect()
        };
        let shown = known.iter().map(|known| Shown { entry: known.entry, read: known.read }).collect();
        let ticket = wanted.ticket;
        if part == Part::Beginning {
            self.unfinished = Some(Unfinished { due: Instant::now() + PAUSE, wanted });
        }
        self.setting.tell(Answer::Listed(ticket, Ok(Listed { part, shown, known })));
    }

    /// Tells all of a list whose beginning was told.
    pub fn finish_list(&mut self) {
        if let Some(Unfinished { wanted, .. }) = self.unfinished.take() {
            self.list_whole(&wanted, Part::Whole);
        }
    }

    /// Tells the last list once more.
    pub fn list_again(&mut self) {
        if self.listed.ticket > 0 {
            self.list_whole(&self.listed.clone(), Part::Again);
        }
    }

    fn list_whole(&mut self, wanted: &Wanted, part: Part) {
        let Ok(query) = query(wanted) else { return };
        if !self.setting.overtaking.is_latest(wanted.ticket) {
            return;
        }
        let listed = self.overtakable(|desk| {
            let ids = desk.store.ids(&query, order(wanted.sort))?;
            // A look at the index of unread articles is a tenth of the work of asking each.
            let unread = Query::parse("unread", today()).unwrap_or_default();
            Ok((ids, desk.store.ids(&unread, Sort::default())?))
        });
        let Some((ids, unread)) = listed else { return };
        let unread: HashSet<_> = unread.into_iter().collect();
        let shown = {
            let mut shelf = self.setting.shelf();
            ids.into_iter().map(|id| Shown { entry: shelf.entry(id), read: !unread.contains(&id) }).collect()
        };
        self.setting.tell(Answer::Listed(wanted.ticket, Ok(Listed { part, shown, known: Vec::new() })));
    }

    /// What `work` gives; nothing where another list is wanted by then, or it fails, which the user is told.
    fn overtakable<T>(&mut self, work: impl FnOnce(&Self) -> Result<T, Error>) -> Option<T> {
        self.setting.overtaking.busy.store(true, Ordering::SeqCst);
        let result = work(self);
        self.setting.overtaking.busy.store(false, Ordering::SeqCst);
        match result {
            Ok(value) => Some(value),
            Err(Error::Interrupted) => None,
            Err(error) => {
                self.setting.complain(error.to_string());
                None
            }
        }
    }
}

/// The query of a list.
fn query(wanted: &Wanted) -> Result<Query, Problem> {
    let query = Query::parse(&wanted.filter, today());
    let query = query.map_err(|error| Problem { span: error.span, message: error.message })?;
    Ok(if wanted.typing { query.while_typing() } else { query })
}

fn order(sort: app::Sort) -> Sort {
    let by = match sort.by {
        app::SortKey::Date => SortKey::Date,
        app::SortKey::Added => SortKey::Added,
        app::SortKey::Title => SortKey::Title,
        app::SortKey::Source => SortKey::Source,
        app::SortKey::Voices => SortKey::Voices,
        app::SortKey::Length => SortKey::Length,
    };
    Sort { by, reversed: sort.reversed }
}
