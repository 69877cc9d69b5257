//! Lists: the beginning at once, with its rows; all of it a moment later, so that what the beginning leads to (the
//! first article, above all) does not wait for a hundred thousand names.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::{Overtaking, Wanted};
use crate::app::library::{Answer, Listed, Part, Problem, Shown};
use crate::runtime::place::today;
use crate::store::{ArticleId, Error, Query, Sort, Window};

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
        if let Some(pattern) = fuzzy_part(&wanted.filter) {
            self.list_fuzzily(&wanted, &query, &pattern, Part::Whole);
            return;
        }
        self.titles = None;
        let is_wanted = |desk: &Self| desk.is_wanted(wanted.ticket);
        let rows = self.overtakable(is_wanted, |desk| desk.store.list(&query, wanted.sort, Window::first(BEGINNING)));
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
        if let Some(pattern) = fuzzy_part(&wanted.filter) {
            self.list_fuzzily(wanted, &query, &pattern, part);
            return;
        }
        let is_wanted = |desk: &Self| desk.is_wanted(wanted.ticket);
        let listed = self.overtakable(is_wanted, |desk| Ok((desk.store.ids(&query, wanted.sort)?, desk.unread()?)));
        let Some((ids, unread)) = listed else { return };
        let shown = {
            let mut shelf = self.setting.shelf();
            ids.into_iter().map(|id| Shown { entry: shelf.entry(id), read: !unread.contains(&id) }).collect()
        };
        self.setting.tell(Answer::Listed(wanted.ticket, Ok(Listed { part, shown, known: Vec::new() })));
    }

    /// Tells all of a list that is filtered by headlines, with the rows of its beginning.
    fn list_fuzzily(&mut self, wanted: &Wanted, query: &Query, pattern: &str, part: Part) {
        let ticket = wanted.ticket;
        let is_wanted = |desk: &Self| desk.is_wanted(ticket);
        let Some(ids) = self.fuzzy(query, pattern, is_wanted) else { return };
        let told = self.overtakable(is_wanted, |desk| {
            let rows = desk.store.summaries(ids.get(..BEGINNING).unwrap_or(&ids))?;
            Ok((rows, desk.unread()?))
        });
        let Some((rows, unread)) = told else { return };
        let (shown, known) = {
            let mut shelf = self.setting.shelf();
            let known = rows.into_iter().map(|row| shelf.known(row)).collect();
            let shown = ids.into_iter().map(|id| Shown { entry: shelf.entry(id), read: !unread.contains(&id) });
            (shown.collect(), known)
        };
        self.setting.tell(Answer::Listed(ticket, Ok(Listed { part, shown, known })));
    }

    /// The articles that are not read: a look at the index of them is a tenth of the work of asking each.
    fn unread(&self) -> Result<HashSet<ArticleId>, Error> {
        let unread = Query::parse("unread", today()).unwrap_or_default();
        Ok(self.store.ids(&unread, Sort::default())?.into_iter().collect())
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
    let fuzzy = super::fuzzy::cut(&wanted.filter);
    let query = parse(fuzzy.map_or(wanted.filter.as_str(), |(query, _)| query))?;
    Ok(if wanted.typing && fuzzy.is_none() { query.while_typing() } else { query })
}

/// Whether a filter can be understood.
pub(super) fn is_understood(filter: &str) -> bool {
    query(&Wanted { filter: filter.to_owned(), ..Wanted::default() }).is_ok()
}

/// What headlines are matched with, where the filter says so.
fn fuzzy_part(filter: &str) -> Option<String> {
    super::fuzzy::cut(filter).map(|(_, pattern)| pattern.to_owned()).filter(|pattern| !pattern.is_empty())
}

/// A query as the user wrote it.
pub(super) fn parse(text: &str) -> Result<Query, Problem> {
    Query::parse(text, today()).map_err(|error| Problem { span: error.span, message: error.message })
}
