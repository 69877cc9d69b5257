//! Every format of feed and list, from files that test programs of their kind.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use pullquote::fetch::feed::{self, Feed};
use pullquote::fetch::{Address, Limits, opml};

use super::{address, files, fixtures};

fn read(path: &Path) -> Result<Feed, pullquote::fetch::Error> {
    let url: Address = address("https://example.org/feeds/all.xml");
    let feed = feed::read(&fs::read(path).unwrap(), "", &url, &Limits::default())?;
    for entry in &feed.entries {
        let article = entry.article(&feed.title, date(2025, 11, 28));
        assert_eq!(article.flaw(), None, "{}: {}", path.display(), entry.id);
        assert!(!entry.id.is_empty() && entry.id.len() <= 300, "{}", path.display());
    }
    Ok(feed)
}

#[test]
fn every_format_is_read() {
    for (file, title, entries, first) in [
        ("newsboat/rss091_1.xml", "Example Channel", 1, "1 < 2"),
        (
            "newsboat/rss_094_with_bracket_author.xml",
            "A Channel with Authors With Names Containing Brackets",
            3,
            "This one has an author name ending with a closing bracket",
        ),
        ("feed-rs/rss_0.92_spec_1.xml", "Dave Winer: Grateful Dead", 3, ""),
        ("feed-rs/rss_1.0_spec_1.xml", "XML.com", 2, "Processing Inclusions with XSLT"),
        ("feed-rs/rss_2.0_spec_1.xml", "Scripting News", 2, ""),
        ("feed-rs/atom_spec_1.xml", "Example Feed", 1, "Atom-Powered Robots Run Amok"),
        ("feed-rs/atom_xml_base.xml", "my cool website title", 1, "my cool entry title"),
        ("feed-rs/atom_relative.xml", "Example Feed with Relative URLs", 1, "Atom-Powered Robots Run Amok"),
        ("feed-rs/jsonfeed_spec_1.json", "JSON Feed", 1, "Announcing JSON Feed"),
        ("newsboat/items_without_titles.xml", "test atom", 5, ""),
        ("feedparser/entry_author_name.xml", "", 1, ""),
        ("feedparser/koi8r.xml", "", 1, "Как пережить новогоднюю ночь"),
        ("feedparser/shiftjis.xml", "", 1, "DrecomRSSに記事投稿が反映されない…"),
        ("feedparser/rss_incomplete_cdata.xml", "can feedparser read this xml", 0, ""),
        ("feedparser/rss_item_link_corrupted_ampersands.xml", "", 1, ""),
    ] {
        let feed = read(&fixtures().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let seen = feed.entries.first().map_or("", |entry| entry.title.as_str());
        assert_eq!((feed.title.as_str(), feed.entries.len(), seen), (title, entries, first), "{file}");
    }
    let cut = read(&fixtures().join("feedparser/rss_incomplete_cdata.xml")).unwrap();
    assert!(cut.lost.unwrap().contains("cut off"));
}

#[test]
fn links_people_and_days_are_found() {
    let feed = read(&fixtures().join("feed-rs/atom_relative.xml")).unwrap();
    let entry = &feed.entries[0];
    assert_eq!(entry.url.as_ref().unwrap().as_str(), "https://example.org/blog/2003/12/13/atom03");
    assert_eq!((entry.byline.as_deref(), entry.date), (Some("Jane Doe"), Some(date(2003, 12, 13))));
    let feed = read(&fixtures().join("feedparser/rss_item_link_corrupted_ampersands.xml")).unwrap();
    assert_eq!(feed.entries[0].url.as_ref().unwrap().as_str(), "http://link/get?a=1&b=2");
    let early = read(&fixtures().join("feedparser/entry_author_name.xml")).unwrap();
    assert_eq!(early.entries[0].byline.as_deref(), Some("Example author"));
}

#[test]
fn every_list_of_newsboat_is_read_and_nothing_in_it_run() {
    let list = |name: &str| opml::read(&fs::read(fixtures().join("newsboat").join(name)).unwrap());
    for (name, feeds, problems) in [
        ("example.opml", 7, 0),
        ("example2.opml", 7, 0),
        ("category.opml", 1, 0),
        ("filtered.opml", 2, 1),
        ("piped.opml", 1, 1),
        ("test-urls+.opml", 4, 0),
    ] {
        let list = list(name).unwrap();
        assert_eq!((list.feeds.len(), list.problems.len()), (feeds, problems), "{name}: {:?}", list.problems);
        assert_eq!(opml::read(opml::write(&list.feeds, true).as_bytes()).unwrap().feeds.len(), feeds, "{name}");
    }
    assert!(list("body-element-missing.opml").is_err());
    assert!(list("opml-element-missing.opml").is_err());
    let example = list("example.opml").unwrap();
    let folders: Vec<_> = example.feeds.iter().map(|feed| feed.folder.as_str()).collect();
    assert_eq!(folders, ["", "", "", "", "should be ignored", "should be ignored/friends", "eloquent"]);
    assert!(list("piped.opml").unwrap().problems[0].contains("command"));
}

/// All feeds of other projects, where they are at hand: none may break anything, and of those that are feeds hardly any
/// may be lost.
#[test]
fn the_feeds_of_other_projects_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hostile");
    let sets = [("feed-rs/feed-rs/fixture", 60, 1), ("feedparser/tests", 2000, 100), ("newsboat/test/data", 15, 1)];
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    for (set, at_least, lost_at_most) in sets {
        let (mut read_well, mut lost) = (0, Vec::new());
        for path in files(&folder.join(set)) {
            let name = path.to_string_lossy().into_owned();
            let kind = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let is_no_feed = name.contains(".serde.") || name.contains("fixture/xml/");
            if !matches!(kind, "xml" | "json" | "atom") || is_no_feed {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let entries = text.matches("<item").count() + text.matches("<entry").count();
            match read(&path) {
                Ok(feed) if feed.entries.len() >= entries.min(1) => read_well += 1,
                Ok(_) => lost.push(format!("{name}: no entry")),
                Err(error) => lost.push(format!("{name}: {error}")),
            }
        }
        println!("{set}: {read_well} read, {} not:\n{}", lost.len(), lost.join("\n"));
        assert!(read_well >= at_least, "{set}: only {read_well}");
        assert!(lost.len() <= lost_at_most, "{set}: {} lost", lost.len());
    }
}
