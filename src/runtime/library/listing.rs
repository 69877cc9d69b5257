//! Lists: the beginning at once, with its rows; all of it a moment later, so that what the beginning leads to (the
//! first article, above all) does not wait for a hundred thousand names.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::{Overtaking, Wanted};
use crate::app::library::{self as app, Answer, Listed, Part, Problem, Shown};
use crate::runtime::place::today;
use crate::store::{Error, Query, Sort, SortKey, Window};

/// Rows of a beginning: what most screens show. Each is a few pages of the file, wherever they lie.
const BEGINNING: usize = 50;

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
        let query = match query(&wanted) {
            Ok(query) => query,
            Err(problem) => {
                self.setting.tell(Answer::Listed(wanted.ticket, Err(problem)));
                return;
            }
        };
        self.listed = wanted.clone();
        let is_wanted = |desk: &Self| desk.is_wanted(wanted.ticket);
        let rows =
            self.overtakable(is_wanted, |desk| desk.store.list(&query, order(wanted.sort), Window::first(BEGINNING)));
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
        let is_wanted = |desk: &Self| desk.is_wanted(wanted.ticket);
        let listed = self.overtakable(is_wanted, |desk| {
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

    fn is_wanted(&self, ticket: u64) -> bool {
        Overtaking::is_latest(&self.setting.overtaking.list, ticket)
    }

    /// What `work` gives; nothing where something else is wanted by then, or it fails, which the user is told. What
    /// was stopped for something else although it is wanted is begun again.
    pub fn overtakable<T>(
        &self,
        is_wanted: impl Fn(&Self) -> bool,
        work: impl Fn(&Self) -> Result<T, Error>,
    ) -> Option<T> {
        while is_wanted(self) {
            self.setting.overtaking.busy.store(true, Ordering::SeqCst);
            let result = work(self);
            self.setting.overtaking.busy.store(false, Ordering::SeqCst);
            match result {
                Ok(value) => return Some(value),
                Err(Error::Interrupted) => {}
                Err(error) => {
                    self.setting.complain(error.to_string());
                    return None;
                }
            }
        }
        None
    }
}

/// The query of a list.
fn query(wanted: &Wanted) -> Result<Query, Problem> {
    let query = parse(&wanted.filter)?;
    Ok(if wanted.typing { query.while_typing() } else { query })
}

/// A query as the user wrote it.
pub(super) fn parse(text: &str) -> Result<Query, Problem> {
    Query::parse(text, today()).map_err(|error| Problem { span: error.span, message: error.message })
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
