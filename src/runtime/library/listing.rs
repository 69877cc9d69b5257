//! Lists: the beginning at once, with its rows; all of it a moment later, so that what the beginning leads to (the
//! first article, above all) does not wait for a hundred thousand names.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::fuzzy::Age;
use super::{Overtaking, Wanted};
use crate::app::library::{Answer, Listed, Part, Problem, Shown, cut_pattern};
use crate::runtime::place::today;
use crate::store::{Error, Members, Query, Summary, Window};

/// Rows of a beginning: what most screens show. Each is a few pages of the file, wherever they lie.
const BEGINNING: usize = 50;

/// How long all of a list waits after its beginning; longer as the reader starts and has all to do.
const PAUSE: Duration = Duration::from_millis(4);
const FIRST_PAUSE: Duration = Duration::from_millis(25);

/// The lists asked for at the start: that of all articles, and the one that is remembered.
const FIRST: std::ops::RangeInclusive<u64> = 1..=2;

/// A list of which the beginning was told.
pub(super) struct Unfinished {
    pub due: Instant,
    wanted: Wanted,
}

/// The articles that are not read.
pub(super) struct Unread {
    /// What the library's change counter said when they were looked for; nothing where it does not say.
    version: Option<i64>,
    members: Members,
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
        let Some((rows, part)) = self.beginning(&wanted, &query) else { return };
        let known: Vec<_> = {
            let mut shelf = self.setting.shelf();
            rows.into_iter().map(|row| shelf.known(row)).collect()
        };
        let shown = known.iter().map(|known| Shown { entry: known.entry, read: known.read }).collect();
        let ticket = wanted.ticket;
        if part == Part::Beginning {
            let pause = if FIRST.contains(&ticket) { FIRST_PAUSE } else { PAUSE };
            self.unfinished = Some(Unfinished { due: Instant::now() + pause, wanted });
        }
        self.setting.tell(Answer::Listed(ticket, Ok(Listed { part, shown, known })));
    }

    /// The first rows of a list, and whether they are all of it.
    fn beginning(&mut self, wanted: &Wanted, query: &Query) -> Option<(Vec<Summary>, Part)> {
        let ticket = wanted.ticket;
        let is_wanted = |desk: &Self| desk.is_wanted(ticket);
        if let Some(pattern) = fuzzy_part(&wanted.filter) {
            self.match_headlines(query, &pattern, Age::Any, is_wanted)?;
            let (best, is_whole) = (self.fuzzy.best(BEGINNING), self.fuzzy.count() < BEGINNING);
            let rows = self.overtakable(is_wanted, |desk| desk.store.summaries(&best))?;
            let is_true = self.fuzzy.is_fresh(&self.store);
            return Some((rows, if is_whole && is_true { Part::Whole } else { Part::Beginning }));
        }
        self.fuzzy.forget_hits();
        let window = Window::first(BEGINNING);
        let rows = self.overtakable(is_wanted, |desk| desk.store.list(query, wanted.sort, window))?;
        let part = if rows.len() < BEGINNING { Part::Whole } else { Part::Beginning };
        Some((rows, part))
    }

    /// Tells all of a list whose beginning was told.
    pub fn finish_list(&mut self) {
        let Some(Unfinished { wanted, .. }) = self.unfinished.take() else { return };
        self.list_whole(&wanted, Part::Whole);
        if cut_pattern(&wanted.filter).is_some() {
            self.expect_pattern(|desk| desk.is_wanted(wanted.ticket));
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
        let ticket = wanted.ticket;
        let is_wanted = |desk: &Self| desk.is_wanted(ticket);
        let ids = match fuzzy_part(&wanted.filter) {
            Some(pattern) => {
                self.match_headlines(&query, &pattern, Age::Fresh, is_wanted).map(|()| self.fuzzy.best(usize::MAX))
            }
            None => self.overtakable(is_wanted, |desk| desk.store.ids(&query, wanted.sort)),
        };
        let Some(ids) = ids else { return };
        let Some(unread) = self.unread(is_wanted) else { return };
        let shown = {
            let mut shelf = self.setting.shelf();
            ids.into_iter().map(|id| Shown { entry: shelf.entry(id), read: !unread.members.contains(id) }).collect()
        };
        self.unread = Some(unread);
        self.setting.tell(Answer::Listed(ticket, Ok(Listed { part, shown, known: Vec::new() })));
    }

    /// The articles that are not read: those that were not the last time, unless the library has changed.
    fn unread(&mut self, is_wanted: impl Fn(&Self) -> bool) -> Option<Unread> {
        // In memory the list's own connection makes the changes, and is not told of them.
        let version = self.store.changes_elsewhere().ok().filter(|_| self.file.is_some());
        let known = self.unread.take().filter(|known| version.is_some() && known.version == version);
        known.or_else(|| Some(Unread { version, members: self.overtakable(is_wanted, |desk| desk.store.unread())? }))
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
    let fuzzy = cut_pattern(&wanted.filter);
    let query = parse(fuzzy.map_or(wanted.filter.as_str(), |(query, _)| query))?;
    Ok(if wanted.typing && fuzzy.is_none() { query.while_typing() } else { query })
}

/// Whether a filter can be understood.
pub(super) fn is_understood(filter: &str) -> bool {
    query(&Wanted { filter: filter.to_owned(), ..Wanted::default() }).is_ok()
}

/// What headlines are matched with, where the filter says so.
fn fuzzy_part(filter: &str) -> Option<String> {
    cut_pattern(filter).map(|(_, pattern)| pattern.to_owned()).filter(|pattern| !pattern.is_empty())
}

/// A query as the user wrote it.
pub(super) fn parse(text: &str) -> Result<Query, Problem> {
    Query::parse(text, today()).map_err(|error| Problem { span: error.span, message: error.message })
}
