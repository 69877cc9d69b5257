//! Any bytes as a list of feeds: what is read can be written and read again, and nothing but addresses of the web is in it.

use pullquote::fetch::{newsboat, opml};
use pullquote::text::safe;

/// Reads `bytes` as a list of feeds: as OPML, and as newsboat's.
pub fn check(bytes: &[u8]) {
    check_list(&newsboat::read(bytes));
    let list = match opml::read(bytes) {
        Ok(list) => list,
        Err(why) => return assert_eq!(safe::line(&why), why),
    };
    check_list(&list);
    let again = opml::read(opml::write(&list.feeds, true).as_bytes()).expect("what was written is a list");
    assert_eq!(again.problems, Vec::<String>::new());
    let sorted = |feeds: &[opml::Outline]| {
        let mut all: Vec<_> = feeds.iter().map(|feed| (feed.address.with_secrets(), feed.folder.clone())).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&again.feeds), sorted(&list.feeds));
}

fn check_list(list: &opml::List) {
    for feed in &list.feeds {
        assert!(["http://", "https://"].iter().any(|scheme| feed.address.as_str().starts_with(scheme)));
        assert!([&feed.name, &feed.renamed].into_iter().all(|name| safe::line(name) == *name));
        assert!(feed.folder.split('/').all(|part| safe::line(part) == part), "{:?}", feed.folder);
    }
    assert!(list.problems.iter().all(|line| safe::line(line) == *line));
}
