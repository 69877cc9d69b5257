//! Feeds that are not asked because they failed, and until when.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::Feed;

/// Feeds that rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resting {
    /// How many.
    pub count: usize,
    /// When the first of them is asked again.
    pub first: Timestamp,
    now: Timestamp,
}

impl Resting {
    /// Those of `feeds` that rest `now`, if any does.
    pub fn of<'f>(feeds: impl IntoIterator<Item = &'f Feed>, now: Timestamp) -> Option<Self> {
        let resting: Vec<Timestamp> =
            feeds.into_iter().filter(|feed| feed.rests(now)).map(|feed| feed.next_check).collect();
        Some(Self { count: resting.len(), first: *resting.iter().min()?, now })
    }
}

impl fmt::Display for Resting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let until = when(self.first, self.now);
        match self.count {
            1 => write!(f, "1 feed rests after a failure until {until}"),
            count => write!(f, "{count} feeds rest after failures, the first until {until}"),
        }
    }
}

/// A time as people here read it: the hour, and the day where that is another one.
#[must_use]
pub fn when(time: Timestamp, now: Timestamp) -> String {
    let zone = TimeZone::system();
    let (time, now) = (zone.to_datetime(time), zone.to_datetime(now));
    let format = match (time.date() == now.date(), time.year() == now.year()) {
        (true, _) => "%H:%M",
        (false, true) => "%-d %b %H:%M",
        (false, false) => "%-d %b %Y",
    };
    time.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::super::queue::tests::feed;
    use super::*;

    #[test]
    fn feeds_that_rest_are_counted_with_the_first_end() {
        let now = Timestamp::constant(1_764_288_000, 0);
        let at = |hours| Feed { next_check: now + SignedDuration::from_hours(hours), ..feed(1, "http://a/") };
        assert_eq!(Resting::of(&[at(-1), at(0)], now), None);
        let resting = Resting::of(&[at(48), at(24), at(-1)], now).unwrap();
        assert_eq!((resting.count, resting.first), (2, at(24).next_check));
        let until = when(resting.first, now);
        assert_eq!(resting.to_string(), format!("2 feeds rest after failures, the first until {until}"));
        assert!(until.contains(' ') && !when(now, now).contains(' '), "{until}");
        assert!(when(at(24 * 400).next_check, now).ends_with("2027"));
    }
}
