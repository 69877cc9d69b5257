//! Articles that feeds do not keep for ever.

use jiff::{SignedDuration, Timestamp};

use crate::fetch::Settings;
use crate::store::{Error, Feed, FeedId, Limits, Store};

/// Removes what `feeds`, which are all that are followed, are not to keep any longer; says how many articles.
///
/// # Errors
/// What the library says.
pub fn expire(store: &mut Store, feeds: &[Feed], now: Timestamp) -> Result<usize, Error> {
    let limits = limits(feeds, now);
    limits.keys().try_fold(0, |count, feed| Ok(count + store.expire_feed(*feed, &limits, now)?))
}

/// How many articles of `feed` [`expire`] would remove.
///
/// # Errors
/// What the library says.
pub fn expiring(store: &Store, feed: FeedId, now: Timestamp) -> Result<usize, Error> {
    let limits = limits(&store.feeds()?, now);
    store.expired(feed, &limits).map(|articles| articles.len())
}

fn limits(feeds: &[Feed], now: Timestamp) -> Limits {
    let limit = |feed: &Feed| {
        let days = Settings::read(&feed.settings).keep_days?;
        let before = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
        Some((feed.id, before.as_second()))
    };
    feeds.iter().filter_map(limit).collect()
}
