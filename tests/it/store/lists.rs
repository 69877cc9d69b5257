//! Lists: what queries hold for, orders, windows, counts, rows.

use pullquote::store::{Feed, FeedId, Incoming, Origin, Sort, Window};

use super::*;

/// A small library with something for every key.
fn library() -> Store {
    let mut store = store();
    let feed = store.add_feed("https://bbc.co.uk/rss", "BBC News — World", "News/UK").unwrap();
    let mamdani = from(
        dated("Mamdani's visit\n\nKaroline Leavitt said the café was open. Zohran Mamdani agreed.", 2025, 11, 21),
        "Wikinews",
        "https://en.wikinews.org/wiki/M",
    );
    let found = analysis(
        &mamdani.text,
        vec![
            person(&mamdani.text, "Karoline Leavitt, Press Secretary", &["Leavitt"]),
            person(&mamdani.text, "Zohran Mamdani", &["Mamdani"]),
        ],
        &[("the café was open", 0)],
    );
    let mamdani = add_analyzed(&mut store, &mamdani, &found);
    let budget = from(dated("Budget talks\n\nThe Cafe closed.", 2025, 11, 27), "", "https://www.bbc.co.uk/news/1");
    let budget = store.add(&Incoming { feed: Some(feed), ..Incoming::new(&budget) }, now()).unwrap().id();
    let old = add(&mut store, &dated("Old story\n\nNothing but words, ten of them if you count.", 2019, 3, 1));
    store.set_read(&[old], true, now()).unwrap();
    store.set_starred(&[budget], true, now()).unwrap();
    store.tag(&[mamdani, old], "Politics", now()).unwrap();
    let article = store.load(mamdani).unwrap();
    store.highlight(&article, Span::new(0, 7), "a note", now()).unwrap();
    store
}

#[test]
fn every_key_of_the_query_language_selects_what_it_says() {
    let store = library();
    for (query, expected) in [
        ("", vec!["Budget talks", "Mamdani's visit", "Old story"]),
        ("unread", vec!["Budget talks", "Mamdani's visit"]),
        ("-unread", vec!["Old story"]),
        ("is:read", vec!["Old story"]),
        ("starred", vec!["Budget talks"]),
        ("-starred unread", vec!["Mamdani's visit"]),
        ("unstarred read", vec!["Old story"]),
        ("tag:politics", vec!["Mamdani's visit", "Old story"]),
        ("-tag:POLITICS", vec!["Budget talks"]),
        ("speaker:leavitt", vec!["Mamdani's visit"]),
        ("speaker:\"Karoline Leavitt\"", vec!["Mamdani's visit"]),
        ("speaker:mamdani", vec![]),
        ("person:mamdani", vec!["Mamdani's visit"]),
        ("-person:mamdani", vec!["Budget talks", "Old story"]),
        ("since:7d", vec!["Budget talks", "Mamdani's visit"]),
        ("since:6d", vec!["Budget talks"]),
        ("before:2025", vec!["Old story"]),
        ("on:2025-11", vec!["Budget talks", "Mamdani's visit"]),
        ("on:2025-11-21", vec!["Mamdani's visit"]),
        ("source:wikinews", vec!["Mamdani's visit"]),
        ("source:bbc.co.uk", vec!["Budget talks"]),
        ("-source:bbc", vec!["Mamdani's visit", "Old story"]),
        ("title:visit", vec!["Mamdani's visit"]),
        ("title:cafe", vec![]),
        ("text:cafe", vec!["Budget talks", "Mamdani's visit"]),
        ("CAFÉ", vec!["Budget talks", "Mamdani's visit"]),
        ("caf*", vec!["Budget talks", "Mamdani's visit"]),
        ("\"cafe closed\"", vec!["Budget talks"]),
        ("\"closed cafe\"", vec![]),
        ("cafe -closed", vec!["Mamdani's visit"]),
        ("-cafe", vec!["Old story"]),
        ("-cafe -words", vec![]),
        ("feed:bbc", vec!["Budget talks"]),
        ("folder:News", vec!["Budget talks"]),
        ("folder:News/UK", vec!["Budget talks"]),
        ("folder:New", vec![]),
        ("words:>10", vec!["Mamdani's visit", "Old story"]),
        ("words:<6", vec!["Budget talks"]),
        ("quotes:1 voices:>0", vec!["Mamdani's visit"]),
        ("has:highlights", vec!["Mamdani's visit"]),
        ("noted", vec!["Mamdani's visit"]),
        ("-highlighted starred", vec!["Budget talks"]),
        ("unread starred speaker:leavitt since:7d tag:politics source:wikinews cafe", vec![]),
        ("unread -starred speaker:leavitt since:7d tag:politics source:wikinews cafe", vec!["Mamdani's visit"]),
    ] {
        assert_eq!(titles(&store, query), expected, "{query}");
        assert_eq!(store.count(&self::query(query)).unwrap(), expected.len(), "{query}");
    }
}

#[test]
fn what_looks_like_syntax_of_the_database_is_only_text() {
    let store = library();
    for query in [
        "\"' OR 1=1 --\"",
        "tag:\"'; DROP TABLE articles; --\"",
        "\"a\" OR b NEAR(c)",
        "title:\"x* AND NOT (\"",
        "speaker:\"') UNION SELECT 1\"",
        "{title}",
        "^old",
        "cafe AND closed",
    ] {
        titles(&store, query);
    }
    let error = Query::parse("source:%", TODAY).unwrap_err();
    assert!(error.message.contains("letter or digit"), "{error}");
    assert_eq!(store.count(&query("")).unwrap(), 3);
}

#[test]
fn orders_go_both_ways_and_windows_fit_together() {
    let mut store = store();
    for (title, source, day) in [("b", "Z", 3), ("Ä", "Y", 1), ("c c", "", 2), ("a", "Z", 4)] {
        let text = format!("{title}\n\n{}", "word ".repeat(day as usize).trim());
        add(&mut store, &from(dated(&text, 2025, 1, day), source, ""));
    }
    let list = |sort: &str, window| {
        let rows = store.list(&query(""), sort.parse().unwrap(), window).unwrap();
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    for (sort, expected) in [
        ("date", ["a", "b", "c c", "Ä"]),
        ("added", ["a", "c c", "Ä", "b"]),
        ("title", ["a", "Ä", "b", "c c"]),
        ("source", ["c c", "Ä", "a", "b"]),
        ("length", ["a", "b", "c c", "Ä"]),
    ] {
        assert_eq!(list(sort, Window::ALL), expected, "{sort}");
        let mut reversed = expected;
        reversed.reverse();
        assert_eq!(list(&format!("-{sort}"), Window::ALL), reversed, "-{sort}");
        let windows = (0..4).flat_map(|offset| list(sort, Window { offset, limit: 1 })).collect::<Vec<_>>();
        assert_eq!(windows, expected, "{sort}, one by one");
    }
    assert_eq!(list("date", Window { offset: 9, limit: 5 }), Vec::<String>::new());
    assert!("sideways".parse::<Sort>().unwrap_err().contains("known are date, added"));
    assert_eq!("-voices".parse::<Sort>().unwrap().to_string(), "-voices");
}

#[test]
fn words_can_be_combined_with_any_order() {
    let store = library();
    for (sort, expected) in
        [("title", ["Budget talks", "Mamdani's visit"]), ("source", ["Mamdani's visit", "Budget talks"])]
    {
        let rows = store.list(&query("cafe unread"), sort.parse().unwrap(), Window::ALL).unwrap();
        let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
        let mut sorted = expected;
        if sort == "source" {
            // By name "" with host "bbc.co.uk" sorts as "bbc co uk".
            sorted = ["Budget talks", "Mamdani's visit"];
        }
        assert_eq!(titles, sorted, "{sort}");
    }
}

#[test]
fn a_row_shows_what_the_library_knows() {
    let mut store = library();
    let id = store.ids(&query("speaker:leavitt"), Sort::default()).unwrap()[0];
    let content = store.load(id).unwrap().content_id();
    store.set_positions(&[(content, 17)], now()).unwrap();
    let row = &store.summaries(&[id]).unwrap()[0];
    assert_eq!((row.title.as_str(), row.date), ("Mamdani's visit", Some(date(2025, 11, 21))));
    assert_eq!((row.words, row.quotes, row.voices), (12, 1, 1));
    assert_eq!((row.read, row.starred, row.position, row.highlights), (false, false, Some(17), 1));
    assert_eq!((row.source.as_str(), row.tags.as_slice()), ("Wikinews", ["Politics".to_owned()].as_slice()));
    let hosted = &store.list(&query("source:bbc"), Sort::default(), Window::ALL).unwrap()[0];
    assert_eq!(hosted.source, "bbc.co.uk");
    assert_eq!(store.summaries(&[ArticleId(99), id]).unwrap().len(), 1, "one that is gone is left out");
}

#[test]
fn feeds_count_their_articles_and_leave_them_when_they_go() {
    let mut store = library();
    let mut feed = store.feeds().unwrap().remove(0);
    assert_eq!((feed.articles, feed.unread, feed.folder.as_str()), (1, 1, "News/UK"));
    feed.error = Some("no\u{1b}[31m answer".to_owned());
    feed.failures = 2;
    feed.next_check = now();
    (feed.failure, feed.note) = (Some("network".to_owned()), Some("cut off".to_owned()));
    feed.renamed = "not by a look".to_owned();
    store.note_looks(std::slice::from_ref(&feed)).unwrap();
    let noted = store.feed(feed.id).unwrap();
    assert_eq!(
        (noted.failures, noted.error.as_deref(), noted.failure.as_deref(), noted.title()),
        (2, Some(pullquote::text::safe::line("no\u{1b}[31m answer").as_str()), Some("network"), "BBC News — World")
    );
    assert!(noted.rests(now() - jiff::SignedDuration::from_secs(1)) && !noted.rests(now()));
    store.set_feeds(&[Feed { renamed: "Beeb".to_owned(), ..feed.clone() }], false).unwrap();
    assert_eq!(titles(&store, "feed:beeb"), ["Budget talks"]);
    assert_eq!(store.add_feed(&feed.url, "again", "").unwrap(), feed.id);
    store.remove_feed(feed.id).unwrap();
    assert_eq!(titles(&store, "title:budget"), ["Budget talks"]);
    assert!(store.feed(feed.id).unwrap_err().to_string().contains("feed is no longer"));
    store.note_looks(&[feed]).unwrap();
    assert!(store.feeds().unwrap().is_empty(), "a late look follows nothing again");
}

/// The counts of all feeds: articles, and those unread.
fn counts(store: &Store) -> Vec<(usize, usize)> {
    store.feeds().unwrap().iter().map(|feed| (feed.articles, feed.unread)).collect()
}

#[test]
fn an_article_belongs_to_every_feed_that_has_it() {
    let mut store = store();
    let [a, b] = ["a", "b"].map(|name| store.add_feed(&format!("https://{name}.org/"), name, name).unwrap());
    let story = article("Both\n\nA story that two feeds have.");
    let bring = |store: &mut Store, feed: FeedId, key: &str| {
        let origin = Some(Origin { key, stamp: 1 });
        store.add(&Incoming { feed: Some(feed), origin, ..Incoming::new(&story) }, now()).unwrap()
    };
    let id = bring(&mut store, a, "https://a.org/#1").id();
    assert_eq!(bring(&mut store, b, "https://b.org/#1"), Added::Known(id));
    assert_eq!(bring(&mut store, b, "https://b.org/#1"), Added::Known(id));
    assert_eq!(counts(&store), [(1, 1), (1, 1)]);
    for query in ["feed:a", "feed:b", "folder:a", "folder:b", "feed:a feed:b"] {
        assert_eq!(titles(&store, query), ["Both"], "{query}");
    }
    assert_eq!(titles(&store, "-feed:b"), Vec::<String>::new());
    store.set_read(&[id], true, now()).unwrap();
    assert_eq!(counts(&store), [(1, 0), (1, 0)]);
    store.remove(&[id], now()).unwrap();
    assert_eq!(counts(&store), [(0, 0), (0, 0)]);
    store.undo().unwrap();
    assert_eq!(counts(&store), [(1, 0), (1, 0)], "what comes back belongs to both again");
    store.remove_feed(a).unwrap();
    assert_eq!(counts(&store), [(1, 0)]);
    assert_eq!(titles(&store, "feed:b"), ["Both"]);
    store.remove_feed(b).unwrap();
    assert_eq!(titles(&store, ""), ["Both"]);
}

#[test]
fn an_article_of_several_feeds_is_kept_as_long_as_one_of_them_keeps_it() {
    let mut store = store();
    let [a, b] = ["a", "b"].map(|name| store.add_feed(&format!("https://{name}.org/"), name, "").unwrap());
    let story = article("Both\n\nA story that two feeds have.");
    let added = [a, b].map(|feed| store.add(&Incoming { feed: Some(feed), ..Incoming::new(&story) }, now()).unwrap());
    store.set_read(&[added[0].id()], true, now()).unwrap();
    let later = now().as_second() + 10;
    let mut expire = |limits: &[(FeedId, i64)]| {
        let limits = limits.iter().copied().collect();
        [a, b].map(|feed| store.expire_feed(feed, &limits, now()).unwrap())
    };
    assert_eq!(expire(&[(a, later)]), [0, 0], "the other keeps it for ever");
    assert_eq!(expire(&[(b, later)]), [0, 0]);
    assert_eq!(expire(&[(a, later), (b, later - 20)]), [0, 0], "the other keeps it for longer");
    assert_eq!(expire(&[(a, later), (b, later)]), [1, 0]);
}

#[test]
fn saved_queries_searches_and_preferences_are_kept() {
    use pullquote::store::SavedQuery;
    let mut store = store();
    let saved = SavedQuery { name: "Late".to_owned(), query: "unread since:1d".to_owned(), sort: "-date".to_owned() };
    store.save_query(&saved, now()).unwrap();
    assert_eq!(store.saved_queries().unwrap(), [saved]);
    store.remember_search("economy", now()).unwrap();
    store.remember_search("mayor", now() + jiff::SignedDuration::from_secs(1)).unwrap();
    store.remember_search("economy", now() + jiff::SignedDuration::from_secs(2)).unwrap();
    assert_eq!(store.searches().unwrap(), ["economy", "mayor"]);
    store.set_preference("sidebar", "30").unwrap();
    assert_eq!(store.preference("sidebar").unwrap().as_deref(), Some("30"));
    assert_eq!(store.preference("list").unwrap(), None);
}
