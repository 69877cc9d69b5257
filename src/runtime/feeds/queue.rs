//! Which feed is looked at next: the first in line whose host is not busy with others.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

use crate::fetch::Address;
use crate::store::Feed;

/// Feeds waiting to be looked at.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    /// Something may be taken that could not be before.
    changed: Condvar,
    per_host: usize,
}

#[derive(Debug)]
struct State {
    waiting: VecDeque<Feed>,
    /// How many feeds of each host are looked at now.
    busy: HashMap<String, usize>,
}

/// The host of a feed, by which feeds wait for each other.
pub(super) fn host(feed: &Feed) -> String {
    Address::parse(&feed.url).map(|address| format!("{}:{}", address.host(), address.port())).unwrap_or_default()
}

impl Queue {
    pub(super) fn new(feeds: Vec<Feed>, per_host: usize) -> Self {
        let state = Mutex::new(State { waiting: feeds.into(), busy: HashMap::new() });
        Self { state, changed: Condvar::new(), per_host }
    }

    /// The next feed, as soon as its host has room; none where none is left.
    pub(super) fn next(&self) -> Option<Feed> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let has_room = |feed: &Feed| state.busy.get(&host(feed)).is_none_or(|busy| *busy < self.per_host);
            if let Some(place) = state.waiting.iter().position(has_room) {
                let feed = state.waiting.remove(place)?;
                *state.busy.entry(host(&feed)).or_default() += 1;
                return Some(feed);
            }
            if state.waiting.is_empty() {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Notes that a feed of `host` is done.
    pub(super) fn done(&self, host: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(busy) = state.busy.get_mut(host) {
            *busy = busy.saturating_sub(1);
        }
        self.changed.notify_all();
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::FeedId;

    pub(in super::super) fn feed(id: i64, url: &str) -> Feed {
        Feed { id: FeedId(id), url: url.to_owned(), key: url.to_owned(), ..Feed::default() }
    }

    #[test]
    fn a_busy_host_does_not_hold_up_the_others() {
        let urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "no address"];
        let feeds = urls.iter().zip(1..).map(|(url, id)| feed(id, url)).collect();
        let queue = Queue::new(feeds, 2);
        let next = || queue.next().map(|feed| feed.id.0);
        assert_eq!([next(), next(), next(), next()], [Some(1), Some(2), Some(4), Some(5)]);
        queue.done("a:80");
        assert_eq!((next(), next()), (Some(3), None));
    }
}
