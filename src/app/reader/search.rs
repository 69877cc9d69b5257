//! Search in the story: all hits at once, then from hit to hit.

use std::borrow::Cow;

use super::{Reader, Refusal, around};
use crate::text::Span;
use crate::text::search::Query;

/// A search in the story.
#[derive(Clone, Debug)]
pub struct Search {
    /// What is sought.
    pub query: Query,
    /// All hits, in order.
    pub hits: Vec<Span>,
    /// The current hit.
    pub current: Option<usize>,
    /// Whether `n` goes backward.
    pub backward: bool,
}

impl Reader {
    /// Seeks `query`; without a current hit as yet.
    pub fn seek(&mut self, query: Query, backward: bool) {
        let hits = query.find_all(&self.article.text);
        self.search = Some(Search { query, hits, current: None, backward });
    }

    /// The hits that the scope leaves, as indices into all hits.
    fn hits_in_scope(&self) -> Vec<usize> {
        let Some(search) = &self.search else { return Vec::new() };
        if self.scope.is_none() {
            return (0..search.hits.len()).collect();
        }
        let spoken = self.scope_spans();
        let heard = |hit: &Span| {
            let next = spoken.partition_point(|span| span.end <= hit.start);
            spoken.get(next).is_some_and(|span| span.overlaps(*hit))
        };
        let hits = search.hits.iter().enumerate();
        hits.filter(|(_, hit)| heard(hit)).map(|(index, _)| index).collect()
    }

    /// The hits that the scope leaves, in order.
    #[must_use]
    pub fn hits_heard(&self) -> Cow<'_, [Span]> {
        let Some(search) = &self.search else { return Cow::Borrowed(&[]) };
        if self.scope.is_none() {
            return Cow::Borrowed(&search.hits);
        }
        self.hits_in_scope().into_iter().filter_map(|hit| search.hits.get(hit)).copied().collect()
    }

    /// Which of the hits that the scope leaves is the current one, from 1 (0 for none), and how many there are.
    #[must_use]
    pub fn hit_place(&self) -> Option<(usize, usize)> {
        let search = self.search.as_ref()?;
        let current = search.current;
        if self.scope.is_none() {
            return Some((current.map_or(0, |current| current + 1), search.hits.len()));
        }
        let hits = self.hits_in_scope();
        let place = hits.iter().position(|hit| Some(*hit) == current).map_or(0, |place| place + 1);
        Some((place, hits.len()))
    }

    /// Goes to the first hit at or after `origin`, or the last before it where the search goes backward, round the
    /// ends; `false` where there is none.
    pub fn go_to_first_hit(&mut self, origin: usize) -> bool {
        let hits = self.hits_in_scope();
        let Some(search) = &self.search else { return false };
        let start = |hit: &usize| search.hits.get(*hit).map_or(0, |hit| hit.start);
        let after = hits.partition_point(|hit| start(hit) < origin);
        let place =
            if search.backward { after.checked_sub(1) } else { Some(after).filter(|after| *after < hits.len()) };
        let beyond = if search.backward { hits.last() } else { hits.first() };
        let Some(hit) = place.and_then(|place| hits.get(place)).or(beyond).copied() else { return false };
        self.go_to_hit(hit);
        true
    }

    /// Goes `times` hits on, or back where `reverse` says so, round the ends; says what there is to say.
    ///
    /// # Errors
    /// What to tell the user where there is no hit.
    pub fn step_hits(&mut self, times: usize, reverse: bool) -> Result<Option<&'static str>, Refusal> {
        let hits = self.hits_in_scope();
        let Some(search) = &self.search else { return Err("nothing is sought".to_owned()) };
        if hits.is_empty() {
            let by = self.scope.map(|scope| format!(" in what {} says", self.name_of(scope))).unwrap_or_default();
            return Err(format!("“{}” is not found{by}", search.query.pattern()));
        }
        let backward = search.backward != reverse;
        let start = |hit: &usize| search.hits.get(*hit).map_or(0, |hit| hit.start);
        let (place, round) = if backward {
            around(hits.partition_point(|hit| start(hit) < self.cursor), times, true, hits.len())
        } else {
            around(hits.partition_point(|hit| start(hit) <= self.cursor), times - 1, false, hits.len())
        };
        let Some(hit) = hits.get(place).copied() else { return Ok(None) };
        self.remember();
        self.go_to_hit(hit);
        Ok(match (round, backward) {
            (false, _) => None,
            (true, false) => Some("round the end: on from the beginning"),
            (true, true) => Some("round the beginning: on from the end"),
        })
    }

    fn go_to_hit(&mut self, hit: usize) {
        let Some(search) = &mut self.search else { return };
        let Some(start) = search.hits.get(hit).map(|hit| hit.start) else { return };
        search.current = Some(hit);
        self.quote = None;
        self.reveal(start);
        self.select_quote_at(start);
    }
}
