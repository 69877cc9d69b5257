//! The fuzzy filter: letters of a headline in their order, after a `~` (`unread ~hrbr plan`). What fits best comes
//! first.
//!
//! All headlines are looked at each time, so they are held while such a filter is in force, and read again when the
//! library has changed.

use std::collections::HashSet;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::desk::Desk;
use crate::store::{ArticleId, Error, Query, Sort};

/// Headlines looked at before it is seen whether something else is wanted.
const BATCH: usize = 4_096;

/// The headlines of the library, newest first.
pub(super) struct Titles {
    /// What the library's change counter said when they were read.
    version: Option<i64>,
    titles: Vec<(ArticleId, String)>,
}

/// A filter cut into its query and what is matched fuzzily; nothing where it has no `~` that begins a word.
pub(super) fn cut(filter: &str) -> Option<(&str, &str)> {
    let begins_word = |at: &usize| filter.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
    let at = filter.match_indices('~').map(|(at, _)| at).find(begins_word)?;
    Some((filter.get(..at)?.trim(), filter.get(at + 1..)?.trim()))
}

impl Desk {
    /// The articles that `query` holds for and whose headlines fit `pattern`, the best first; nothing where `is_wanted`
    /// says that something else is wanted by then.
    pub(super) fn fuzzy(
        &mut self,
        query: &Query,
        pattern: &str,
        is_wanted: impl Fn(&Self) -> bool,
    ) -> Option<Vec<ArticleId>> {
        let version = self.store.changes_elsewhere().ok();
        if self.titles.as_ref().is_none_or(|known| known.version != version) {
            let titles = self.overtakable(&is_wanted, |desk| desk.store.titles())?;
            self.titles = Some(Titles { version, titles });
        }
        let of_query = |desk: &Self| -> Result<Option<HashSet<ArticleId>>, Error> {
            if query.is_empty() {
                return Ok(None);
            }
            Ok(Some(desk.store.ids(query, Sort::default())?.into_iter().collect()))
        };
        let allowed = self.overtakable(&is_wanted, of_query)?;
        let titles = self.titles.as_ref()?;
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(pattern, CaseMatching::Smart, Normalization::Smart);
        let (mut found, mut buffer) = (Vec::new(), Vec::new());
        for batch in titles.titles.chunks(BATCH) {
            if !is_wanted(self) {
                return None;
            }
            let batch = batch.iter().filter(|(id, _)| allowed.as_ref().is_none_or(|allowed| allowed.contains(id)));
            for (id, title) in batch {
                if let Some(score) = pattern.score(Utf32Str::new(title, &mut buffer), &mut matcher) {
                    found.push((score, *id));
                }
            }
        }
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        Some(found.into_iter().map(|(_, id)| id).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fuzzy_filter_begins_with_a_tilde_that_begins_a_word() {
        assert_eq!(cut("~hrbr plan"), Some(("", "hrbr plan")));
        assert_eq!(cut("unread tag:x ~ hrbr"), Some(("unread tag:x", "hrbr")));
        assert_eq!(cut("a~b"), None);
        assert_eq!(cut("folder:/home/~me"), None);
        assert_eq!(cut(""), None);
    }
}
