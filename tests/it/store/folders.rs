//! What the library can be looked through by: counts, the folders that articles came from, exact feeds.

use pullquote::store::{Counts, Incoming, Origin};

use super::*;

fn add_from(store: &mut Store, key: &str) -> ArticleId {
    let story = article(&format!("{key}\n\nText of {key}."));
    let incoming = Incoming { origin: Some(Origin { key, stamp: 1 }), ..Incoming::new(&story) };
    store.add(&incoming, now()).unwrap().id()
}

#[test]
fn articles_are_counted_by_what_was_done_with_them() {
    let mut store = store();
    assert_eq!(store.counts().unwrap(), Counts::default());
    let ids: Vec<_> = ["a", "b", "c"].map(|title| add(&mut store, &article(&format!("{title}\n\nText.")))).to_vec();
    store.set_read(&ids[..1], true, now()).unwrap();
    store.set_starred(&ids[..2], true, now()).unwrap();
    let highlighted = store.load(ids[2]).unwrap();
    for span in [Span::new(0, 1), Span::new(3, 5)] {
        store.highlight(&highlighted, span, "", now()).unwrap();
    }
    store.highlight(&article("a file\n\nOnly opened."), Span::new(0, 3), "", now()).unwrap();
    assert_eq!(store.counts().unwrap(), Counts { all: 3, unread: 2, starred: 2, highlighted: 1 });
}

#[test]
fn folders_are_told_where_articles_lie_or_ways_part() {
    let mut store = store();
    for key in [
        "/home/me/news/2024/jan/a.txt",
        "/home/me/news/2024/jan/b.txt",
        "/home/me/news/2024/feb/c.txt",
        "/home/me/news/readme.txt",
        "/home/me/books/one/two/book.epub#3",
        "https://example.org/feed/1",
        "standard input",
    ] {
        add_from(&mut store, key);
    }
    let told: Vec<(String, usize, usize)> =
        store.folders().unwrap().into_iter().map(|folder| (folder.name, folder.depth, folder.articles)).collect();
    let expected = [("/home/me", 0, 5), ("books/one/two", 1, 1), ("news", 1, 4), ("2024", 2, 3)];
    assert_eq!(told, expected.map(|(name, depth, articles)| (name.to_owned(), depth, articles)));
    assert_eq!(titles(&store, "folder:/home/me/news").len(), 4);
    assert_eq!(titles(&store, "folder:/home/me/news/").len(), 4);
    assert_eq!(titles(&store, "folder:/home/me/news/2024/jan").len(), 2);
    assert_eq!(titles(&store, "folder:/home/me/new").len(), 0);
    assert_eq!(titles(&store, "-folder:/home/me").len(), 2);
    store.note_all_gone(&["/home/me/news/readme.txt".to_owned()]).unwrap();
    assert_eq!(titles(&store, "folder:/home/me/news").len(), 4, "what is gone from there stays readable");
}

#[test]
fn a_folder_with_thousands_of_stories_is_listed_as_one_with_few() {
    let mut store = store();
    let keys: Vec<String> =
        (0..2_500).map(|n| format!("/{}/{n}.txt", if n % 2 == 0 { "even" } else { "odd" })).collect();
    let stories: Vec<_> = keys.iter().map(|key| article(&format!("{key}\n\nText of {key}."))).collect();
    let all = keys.iter().zip(&stories);
    let incoming: Vec<_> =
        all.map(|(key, story)| Incoming { origin: Some(Origin { key, stamp: 1 }), ..Incoming::new(story) }).collect();
    store.add_all(&incoming, now()).unwrap();
    let odd = query("folder:/odd");
    assert_eq!((store.count(&odd).unwrap(), store.ids(&odd, Sort::default()).unwrap().len()), (1_250, 1_250));
    let window = store.list(&odd, Sort::default(), Window { offset: 1, limit: 2 }).unwrap();
    assert_eq!(window.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["/odd/2497.txt", "/odd/2495.txt"]);
    assert_eq!(store.count(&query("-folder:/odd")).unwrap(), 1_250);
    assert_eq!(titles(&store, "folder:/odd \"even\""), [""; 0]);
    assert_eq!(store.all_of(&odd).unwrap().len(), 1_250);
}

#[test]
fn folders_that_cannot_be_shown_or_asked_for_are_left_out() {
    let mut store = store();
    for key in ["/a\u{1b}[31m/x.txt", "/b\"c/x.txt", "/plain/x.txt", "/x.txt"] {
        add_from(&mut store, key);
    }
    let told: Vec<String> = store.folders().unwrap().into_iter().map(|folder| folder.path).collect();
    assert_eq!(told, ["/plain"]);
}

#[test]
fn a_feed_is_meant_by_its_name_alone_where_it_has_just_that_one() {
    let mut store = store();
    for (title, name) in [("x", "BBC"), ("y", "BBC Sport")] {
        let feed = store.add_feed(&format!("https://example.org/{title}"), name, "").unwrap();
        let story = article(&format!("{title}\n\nText of {title}."));
        store.add(&Incoming { feed: Some(feed), ..Incoming::new(&story) }, now()).unwrap();
    }
    assert_eq!(titles(&store, "feed:bbc"), ["x"]);
    assert_eq!(titles(&store, "feed:\"BBC Sport\""), ["y"]);
    assert_eq!(titles(&store, "feed:bb"), ["y", "x"]);
}

#[test]
fn articles_without_a_date_come_last_and_are_before_no_day() {
    let mut store = store();
    add(&mut store, &article("undated one\n\nText."));
    add(&mut store, &dated("old\n\nText.", 1066, 10, 14));
    add(&mut store, &article("undated two\n\nMore text."));
    add(&mut store, &dated("new\n\nText.", 2025, 11, 27));
    assert_eq!(titles(&store, ""), ["new", "old", "undated two", "undated one"]);
    assert_eq!(titles(&store, "text"), ["new", "old", "undated two", "undated one"], "in the index as well");
    assert_eq!(titles(&store, "before:2000"), ["old"]);
    assert_eq!(titles(&store, "since:7d"), ["new"]);
}
