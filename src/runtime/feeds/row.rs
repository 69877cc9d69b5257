//! What a look at a feed leaves in its row.

use jiff::{SignedDuration, Timestamp};

use super::{News, Places, Visit};
use crate::fetch::look::{Found, Look};
use crate::fetch::{Address, Error, RetryAfter};
use crate::store::{Feed, FeedId};

/// How long a feed rests after its first failure; twice as long after each more.
const FIRST_REST: SignedDuration = SignedDuration::from_mins(10);
/// How long it rests at most.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(24);
/// How long a feed rests whose server says that it is gone for good.
const GONE_REST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What a server can have us wait at least and at most.
const SHORTEST_WAIT: SignedDuration = SignedDuration::from_mins(1);

/// The row of the feed after `visit`, which brought `news`; none where it stays as it is. `followed` are all
/// feeds.
pub(super) fn after(visit: &Visit, news: &News, followed: &mut Places, now: Timestamp) -> Option<Feed> {
    let mut feed = visit.feed.clone();
    match &visit.look {
        Err(Error::Stopped) => return None,
        Err(error) => {
            feed.failures = feed.failures.saturating_add(1);
            feed.error = Some(error.to_string());
            feed.failure = Some(error.kind().name().to_owned());
            feed.next_check = after_rest(now, rest(error, feed.failures, now));
        }
        Ok(look) => {
            let moved = match look {
                Look::Unchanged { moved } => moved,
                Look::Found(found) => {
                    found_again(&mut feed, found);
                    &found.moved
                }
            };
            feed.failures = 0;
            (feed.error, feed.failure) = (None, None);
            feed.next_check = Timestamp::UNIX_EPOCH;
            if let Some(moved) = moved {
                move_to(&mut feed, moved, followed);
            }
        }
    }
    let brought = !news.new.is_empty() || news.updated > 0;
    if feed == visit.feed && !brought {
        return None;
    }
    feed.checked = Some(now);
    Some(feed)
}

/// Whether the feed of `visit` turns out to be another one; where it does not, nobody else is followed where it goes.
pub(super) fn is_double(visit: &Visit, followed: &mut Places) -> bool {
    let is_double = double(visit, followed).is_some();
    if let Ok(Look::Found(found)) = &visit.look
        && let Some(to) = &found.moved
        && visit.feed.is_untried()
        && visit.feed.login.is_none()
    {
        followed.entry(to.place()).or_insert(visit.feed.id);
    }
    is_double
}

/// The feed that the one of `visit` turns out to be at the first look: a list of another reader names a page of which
/// the feed is followed, or an address that it had once.
pub(super) fn double(visit: &Visit, followed: &Places) -> Option<FeedId> {
    let Ok(Look::Found(found)) = &visit.look else { return None };
    let other = *followed.get(&found.moved.as_ref()?.place())?;
    (visit.feed.is_untried() && other != visit.feed.id).then_some(other)
}

fn found_again(feed: &mut Feed, found: &Found) {
    if !found.feed.title.is_empty() {
        feed.name.clone_from(&found.feed.title);
    }
    feed.etag.clone_from(&found.validators.etag);
    feed.last_modified.clone_from(&found.validators.last_modified);
    feed.note.clone_from(&found.feed.lost);
}

/// Has the feed asked at its new address from now on; its entries stay known under the old one.
fn move_to(feed: &mut Feed, to: &Address, followed: &mut Places) {
    let Ok(from) = Address::parse(&feed.url) else { return };
    if to.as_str() == feed.url {
        return;
    }
    if from.place() != to.place() && followed.get(&to.place()).is_some_and(|other| *other != feed.id) {
        feed.note = Some(format!("it has moved to {to}, which is followed already; remove one of them"));
        return;
    }
    if feed.login.is_some() && !to.is_same_server(&from) {
        feed.note = Some(format!("it has moved to {to}, which is not told the password; follow it there"));
        return;
    }
    followed.remove(&from.place());
    followed.insert(to.place(), feed.id);
    to.as_str().clone_into(&mut feed.url);
}

/// The whole second after `rest`, as the library keeps it.
fn after_rest(now: Timestamp, rest: SignedDuration) -> Timestamp {
    let end = now.checked_add(rest).unwrap_or(Timestamp::MAX);
    Timestamp::from_second(end.as_second()).unwrap_or(end)
}

/// How long a feed rests that failed so many times in a row.
fn rest(error: &Error, failures: u32, now: Timestamp) -> SignedDuration {
    let doubled = FIRST_REST.checked_mul(1 << failures.saturating_sub(1).min(12)).unwrap_or(LONGEST_REST);
    let own = doubled.min(LONGEST_REST);
    match error {
        Error::Status { status: 410, .. } => GONE_REST,
        Error::Status { retry: Some(retry), .. } => {
            let wanted = match retry {
                RetryAfter::In(time) => SignedDuration::try_from(*time).unwrap_or(GONE_REST),
                RetryAfter::At(time) => time.duration_since(now),
            };
            wanted.clamp(SHORTEST_WAIT, GONE_REST)
        }
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::queue::tests::feed;
    use super::*;
    use crate::fetch::feed::Feed as Read;
    use crate::fetch::{Validators, Zone};

    const NOW: Timestamp = Timestamp::constant(1_764_288_000, 0);

    fn visit(feed: Feed, look: Result<Look, Error>) -> Visit {
        Visit { feed, look, stories: vec![], joining: vec![], pages_missed: 0 }
    }

    fn row(feed: Feed, look: Result<Look, Error>) -> Option<Feed> {
        after(&visit(feed, look), &News::default(), &mut Places::from([("taken".to_owned(), FeedId(9))]), NOW)
    }

    fn minutes(feed: &Feed) -> i64 {
        feed.next_check.duration_since(NOW).as_mins()
    }

    fn moved(to: &str) -> Option<Address> {
        Some(Address::parse(to).unwrap())
    }

    #[test]
    fn nothing_is_written_where_nothing_has_changed() {
        assert_eq!(row(feed(1, "http://a/"), Ok(Look::Unchanged { moved: None })), None);
        assert_eq!(row(feed(1, "http://a/"), Err(Error::Stopped)), None);
        let noted = Feed { note: Some("only its first entries".into()), ..feed(1, "http://a/") };
        assert_eq!(row(noted, Ok(Look::Unchanged { moved: None })), None);
    }

    #[test]
    fn a_feed_that_fails_rests_longer_each_time_and_recovers_at_once() {
        let mut now = feed(1, "http://a/");
        for expected in [10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440] {
            now = row(now, Err(Error::NoHost("a".into()))).unwrap();
            assert_eq!(minutes(&now), expected);
        }
        assert_eq!((now.failures, now.error.is_some()), (10, true));
        let well = row(now, Ok(Look::Unchanged { moved: None })).unwrap();
        assert_eq!((well.failures, well.error, well.next_check), (0, None, Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn a_server_says_when_to_come_back() {
        let status = |status, retry| Err(Error::Status { status, retry });
        let after = |retry| minutes(&row(feed(1, "http://a/"), status(503, Some(retry))).unwrap());
        assert_eq!(after(RetryAfter::In(Duration::from_secs(7200))), 120);
        assert_eq!(after(RetryAfter::In(Duration::ZERO)), 1);
        assert_eq!(after(RetryAfter::At(NOW - SignedDuration::from_hours(5))), 1);
        assert_eq!(after(RetryAfter::At(NOW + SignedDuration::from_hours(5))), 300);
        assert_eq!(after(RetryAfter::At(Timestamp::MAX)), 30 * 24 * 60);
        assert_eq!(minutes(&row(feed(1, "http://a/"), status(410, None)).unwrap()), 30 * 24 * 60);
    }

    #[test]
    fn a_failure_has_its_kind_and_takes_no_note_away() {
        let noted = Feed { note: Some("cut off".into()), ..feed(1, "http://a/") };
        let failed = row(noted, Err(Error::NoHost("a".into()))).unwrap();
        assert_eq!((failed.failure.as_deref(), failed.note.as_deref()), (Some("network"), Some("cut off")));
        assert_eq!(failed.next_check.subsec_nanosecond(), 0);
        let well = row(failed, Ok(Look::Unchanged { moved: None })).unwrap();
        assert_eq!((well.failure, well.note.as_deref()), (None, Some("cut off")));
    }

    #[test]
    fn a_feed_that_moved_keeps_what_its_entries_are_known_under() {
        let once = row(feed(1, "http://a/"), Ok(Look::Unchanged { moved: moved("https://b/x") })).unwrap();
        assert_eq!(once.url, "https://b/x");
        let twice = row(once, Ok(Look::Unchanged { moved: moved("https://c/x") })).unwrap();
        assert_eq!((twice.url.as_str(), twice.key.as_str()), ("https://c/x", "http://a/"));
        for taken in ["http://taken/", "https://taken"] {
            let stays = row(feed(2, "http://a/"), Ok(Look::Unchanged { moved: moved(taken) })).unwrap();
            assert!(stays.url == "http://a/" && stays.note.unwrap().contains("followed already"));
        }
        let encrypted = row(feed(2, "http://a/"), Ok(Look::Unchanged { moved: moved("https://a/") })).unwrap();
        assert_eq!((encrypted.url.as_str(), encrypted.note), ("https://a/", None));
    }

    #[test]
    fn a_password_does_not_move_to_another_server() {
        let secret = Feed { login: Some(crate::store::Login("me:secret".into())), ..feed(1, "https://a/") };
        let stays = row(secret.clone(), Ok(Look::Unchanged { moved: moved("https://evil/") })).unwrap();
        assert!(stays.url == "https://a/" && stays.note.unwrap().contains("not told the password"));
        assert_eq!(row(secret, Ok(Look::Unchanged { moved: moved("https://a/new") })).unwrap().url, "https://a/new");
    }

    #[test]
    fn what_a_feed_says_of_itself_is_kept() {
        let found = |title: &str| {
            let read = Read { title: title.into(), lost: Some("cut".into()), ..Read::default() };
            let validators = Validators { etag: Some("e".into()), last_modified: None };
            let address = Address::parse("http://a/").unwrap();
            Ok(Look::Found(Box::new(Found { feed: read, address, moved: None, validators, zone: Zone::Public })))
        };
        let now = row(Feed { renamed: "Mine".into(), ..feed(1, "http://a/") }, found("T")).unwrap();
        assert_eq!((now.name.as_str(), now.etag.as_deref(), now.note.as_deref()), ("T", Some("e"), Some("cut")));
        assert_eq!((now.title(), now.error.as_deref()), ("Mine", None));
        assert_eq!(row(now.clone(), found("T")), None);
        assert_eq!(row(now, found("")), None);
    }
}
