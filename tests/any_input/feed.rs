//! Any bytes as a feed: read the same each time, every entry a sound article, and no more of them than are taken.

use std::collections::BTreeSet;

use jiff::civil::date;
use pullquote::fetch::feed::{self, Feed};
use pullquote::fetch::{Address, Limits, discover, page};

/// Types of content, among them such as tell nothing.
const TYPES: [&str; 5] = ["", "application/rss+xml", "text/xml; charset=koi8-r", "application/feed+json", "text/html"];

/// Reads `bytes` as a feed, as a page that names feeds, and as a page.
pub fn check(bytes: &[u8], content_type: &str) {
    let limits = Limits { entries: 20, elements: 500, ..Limits::default() };
    let address = Address::parse("https://example.org/feeds/all.xml").expect("an address");
    let read = feed::read(bytes, content_type, &address, &limits);
    assert_eq!(read, feed::read(bytes, content_type, &address, &limits), "another feed the second time");
    if let Ok(feed) = read {
        check_feed(&feed, &limits);
    }
    for candidate in discover::named(bytes, content_type, &address) {
        assert_eq!(Address::parse(candidate.address.as_str()), Ok(candidate.address));
    }
    match page::read(bytes, content_type, &address) {
        Ok(page) => {
            assert_eq!(page.article.flaw(), None);
            assert!(!page.article.text.is_empty());
        }
        Err(error) => check_line(&error.to_string()),
    }
}

fn check_feed(feed: &Feed, limits: &Limits) {
    assert!(feed.entries.len() <= limits.entries);
    check_line(&feed.title);
    feed.lost.iter().for_each(|line| check_line(line));
    let mut same = BTreeSet::new();
    for entry in &feed.entries {
        assert!(!entry.id.is_empty() && entry.id.len() <= 300, "{entry:?}");
        let article = entry.article(&feed.title, date(2025, 11, 28));
        assert_eq!(article.flaw(), None, "{entry:?}");
        assert!(article.meta.date.is_none_or(|day| day <= date(2025, 11, 29)));
        same.insert(entry.stamp());
    }
    assert!(same.len() <= feed.entries.len());
}

fn check_line(line: &str) {
    assert_eq!(pullquote::text::safe::line(line), line);
}

/// The same from one input: its first byte chooses the type of content.
pub fn check_input(input: &[u8]) {
    let (first, bytes) = input.split_first().unwrap_or((&0, &[]));
    check(bytes, TYPES[usize::from(*first) % TYPES.len()]);
}
