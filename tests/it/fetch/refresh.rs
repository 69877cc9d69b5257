//! Feeds into the library: many at once, what has changed alone, and one broken feed beside others.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::civil::date;
use pullquote::fetch::{Client, Kind, Limits, Proxies, Settings, Stop};
use pullquote::runtime::feeds::{self, Change, Halt, Outcome};
use pullquote::store::{Feed, Options, Query, Sort, Store, Window};
use tempfile::TempDir;

use super::hostile::BEHAVIOURS;
use super::{Server, client, hasty, item, rss};

/// A library in a folder of its own.
pub(super) struct Shelf {
    folder: TempDir,
    pub(super) store: Store,
}

fn open(folder: &Path) -> Store {
    Store::open(&Options::chosen(folder.join("library.db"), date(2025, 11, 28))).unwrap().store
}

impl Shelf {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        Self { folder, store }
    }

    /// Follows a feed with these settings.
    pub(super) fn follow(&mut self, url: &str, settings: &Settings) -> Feed {
        let id = self.store.add_feed(url, "", "").unwrap();
        let feed = Feed { settings: settings.write(), ..self.store.feed(id).unwrap() };
        self.store.set_feeds(std::slice::from_ref(&feed), false).unwrap();
        feed
    }

    pub(super) fn refresh_by(&mut self, client: &Client) -> (Vec<Outcome>, Result<(), Halt>) {
        let feeds = self.store.feeds().unwrap();
        let mut outcomes = Vec::new();
        let reading = open(self.folder.path());
        let done = feeds::refresh(&mut self.store, reading, feeds, client, &mut |outcome| outcomes.push(outcome));
        (outcomes, done)
    }

    fn refresh(&mut self) -> Vec<Outcome> {
        let (outcomes, done) = self.refresh_by(&client());
        done.unwrap();
        outcomes
    }

    pub(super) fn one(&mut self) -> Outcome {
        self.refresh().pop().unwrap()
    }

    pub(super) fn titles(&self, query: &str) -> Vec<String> {
        let query = Query::parse(query, date(2025, 11, 28)).unwrap();
        let rows = self.store.list(&query, Sort::default(), Window::first(1000)).unwrap();
        rows.into_iter().map(|row| row.title).collect()
    }

    /// Changes of the library's file by this connection, as another one sees them.
    fn changes(&self, watcher: &Store) -> i64 {
        watcher.changes_elsewhere().unwrap()
    }
}

#[test]
fn what_is_new_is_kept_and_what_is_known_is_not_kept_twice() {
    let visits = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&visits);
    let server = Server::new(move |_, connection| {
        let body = rss("Daily", 3 + count.fetch_add(1, Ordering::SeqCst) / 2);
        connection.answer("200 OK", body);
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &Settings::default());
    let first = shelf.one();
    assert_eq!((first.news.new.len(), first.feed.title(), first.feed.error.as_deref()), (3, "Daily", None));
    let watcher = open(shelf.folder.path());
    let before = shelf.changes(&watcher);
    assert_eq!(shelf.one().news.new.len(), 0);
    assert_eq!(shelf.changes(&watcher), before, "nothing new was written all the same");
    let third = shelf.one();
    assert_eq!(third.news.new.iter().map(|new| new.title.as_str()).collect::<Vec<_>>(), ["Daily story 4"]);
    assert_eq!(shelf.titles("source:daily").len(), 4);
    assert_eq!(shelf.store.feeds().unwrap()[0].articles, 4);
    assert_eq!(shelf.store.feeds().unwrap()[0].unread, 4);
}

#[test]
fn a_round_without_changes_writes_nothing() {
    let server = Server::new(|request, connection| match request.header("if-none-match") {
        "\"1\"" => connection.answer("304 Not Modified", ""),
        _ => connection.answer("200 OK\r\nETag: \"1\"", rss("Daily", 2)),
    });
    let mut shelf = Shelf::new();
    for number in 0..20 {
        shelf.follow(&server.url(&format!("/{number}")), &Settings::default());
    }
    shelf.refresh();
    let watcher = open(shelf.folder.path());
    let before = shelf.changes(&watcher);
    let again = shelf.refresh();
    assert!(again.len() == 20 && again.iter().all(|outcome| outcome.news.unchanged));
    assert_eq!(shelf.changes(&watcher), before);
}

#[test]
fn a_changed_entry_is_a_new_version_and_a_removed_one_does_not_come_back() {
    let visits = AtomicUsize::new(0);
    let server = Server::new(move |_, connection| {
        let body = rss("Daily", 2);
        let body =
            if visits.fetch_add(1, Ordering::SeqCst) > 0 { body.replace("is true", "is quite true") } else { body };
        connection.answer("200 OK", body);
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/"), &Settings::default());
    let first = shelf.one();
    let gone = first.news.new.iter().find(|new| new.title == "Daily story 1").unwrap().article;
    shelf.store.remove(&[gone], Timestamp::now()).unwrap();
    let second = shelf.one();
    assert_eq!((second.news.new.len(), second.news.updated), (0, 1));
    assert_eq!(shelf.titles(""), ["Daily story 2"]);
    assert_eq!(shelf.titles("text:quite").len(), 1);
}

#[test]
fn sixteen_hostile_feeds_do_no_harm_to_one_that_is_well() {
    let well = Server::new(|_, connection| connection.answer("200 OK", rss("Well", 5)));
    let servers: Vec<Server> =
        BEHAVIOURS.iter().map(|behaviour| Server::new(move |_, connection| (behaviour.answer)(connection))).collect();
    let mut shelf = Shelf::new();
    for server in &servers {
        shelf.follow(&server.url("/feed"), &Settings::default());
    }
    shelf.follow(&well.url("/feed"), &Settings::default());
    let (outcomes, done) = shelf.refresh_by(&hasty());
    done.unwrap();
    assert_eq!(outcomes.len(), 17);
    let feeds = shelf.store.feeds().unwrap();
    for (server, behaviour) in servers.iter().zip(&BEHAVIOURS) {
        let feed = feeds.iter().find(|feed| feed.url == server.url("/feed")).unwrap();
        assert!(feed.failures == 1 && feed.next_check > Timestamp::now(), "{}", behaviour.name);
        assert!(feed.error.as_ref().unwrap().contains(behaviour.says), "{}: {:?}", behaviour.name, feed.error);
    }
    let feed = feeds.iter().find(|feed| feed.title() == "Well").unwrap();
    assert_eq!((feed.articles, feed.failures, feed.error.as_deref()), (5, 0, None));
}

#[test]
fn a_feed_rests_as_long_as_its_server_says_and_follows_where_it_moves() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/busy" => connection.answer("503 Busy\r\nRetry-After: 7200", ""),
        "/old" => connection.answer("301 Moved\r\nLocation: /new", ""),
        _ => connection.answer("200 OK", rss("New", 1)),
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/busy"), &Settings::default());
    shelf.follow(&server.url("/old"), &Settings::default());
    let outcomes = shelf.refresh();
    let busy = outcomes.iter().find(|outcome| outcome.failure() == Some(Kind::Server)).unwrap();
    let rest = busy.feed.next_check.duration_since(Timestamp::now());
    assert!((7100..=7200).contains(&rest.as_secs()), "{rest:?}");
    let moved = shelf.store.feeds().unwrap().into_iter().find(|feed| feed.title() == "New").unwrap();
    assert_eq!(moved.url, server.url("/new"));
    let again = shelf.refresh();
    assert!(again.iter().all(|outcome| outcome.news.new.is_empty()), "entries of a feed that moved are known");
}

#[test]
fn full_text_takes_the_story_of_the_page_and_the_feeds_words_where_there_is_none() {
    let story = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend, at a meeting. ".repeat(12);
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/feed" => connection.answer("200 OK", rss("Daily", 2)),
        "/2" => connection.answer(
            "200 OK\r\nContent-Type: text/html",
            format!("<nav>Menu</nav><article><h1>Daily story 2</h1><p>{story}</p></article>"),
        ),
        _ => connection.answer("404 Not Found", ""),
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &Settings { full_text: true, ..Settings::default() });
    let outcome = shelf.one();
    assert_eq!((outcome.news.new.len(), outcome.news.pages_missed), (2, 1));
    assert_eq!(shelf.titles("text:harbour"), ["Daily story 2"]);
    assert_eq!(shelf.titles("text:\"number 1 of\""), ["Daily story 1"]);
    assert_eq!(shelf.titles("source:daily on:2025-11-21").len(), 2);
}

#[test]
fn titles_are_cut_and_entries_skipped_and_old_ones_let_go_as_the_user_wants() {
    let server = Server::new(|_, connection| connection.answer("200 OK", rss("Daily", 3)));
    let mut shelf = Shelf::new();
    let settings =
        Settings { cut: vec!["Daily".into()], skip: vec!["STORY 2".into()], keep_days: Some(1), ..Settings::default() };
    shelf.follow(&server.url("/"), &settings);
    let new = shelf.one().news.new;
    assert_eq!(shelf.titles(""), ["story 1", "story 3"]);
    shelf.store.set_read(&[new[0].article], true, Timestamp::now()).unwrap();
    let feeds = shelf.store.feeds().unwrap();
    assert_eq!(feeds::expire(&mut shelf.store, &feeds, Timestamp::now()).unwrap(), 0);
    let later = Timestamp::now() + jiff::SignedDuration::from_hours(49);
    assert_eq!(feeds::expire(&mut shelf.store, &feeds, later).unwrap(), 1);
    assert_eq!(shelf.one().news.new.len(), 0, "what was let go comes back");
}

#[test]
fn what_a_feed_still_lists_is_made_as_the_user_wants_it_now() {
    let story = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend, at a meeting. ".repeat(12);
    let server =
        Server::new(move |request, connection| match (request.target.as_str(), request.header("if-none-match")) {
            ("/feed", "\"1\"") => connection.answer("304 Not Modified", ""),
            ("/feed", _) => connection.answer("200 OK\r\nETag: \"1\"", rss("Daily", 2)),
            _ => connection.answer(
                "200 OK\r\nContent-Type: text/html",
                format!("<title>Page</title><p>{story} At {}.</p>", request.target),
            ),
        });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &Settings::default());
    shelf.refresh();
    let mut set = |settings: Settings| {
        let before = shelf.store.feeds().unwrap().remove(0);
        let after = Feed { settings: settings.write(), ..before.clone() };
        let told = feeds::set(&mut shelf.store, &[Change { before, after }], Timestamp::now()).unwrap().concat();
        let news = shelf.one().news;
        (told, news.unchanged, news.updated, shelf.titles("").concat(), shelf.titles("text:harbour").len())
    };
    let cut = Settings { cut: vec!["Daily".into()], ..Settings::default() };
    let (told, unchanged, updated, titles, full) = set(cut.clone());
    assert!(told.contains("“Daily” cut from headlines"), "{told}");
    assert_eq!((unchanged, updated, titles.as_str(), full), (false, 2, "story 1story 2", 0));
    let (told, unchanged, updated, titles, full) = set(Settings { full_text: true, ..cut.clone() });
    assert!(told.contains("for what it lists now too"), "{told}");
    assert_eq!((unchanged, updated, titles.as_str(), full), (false, 2, "story 1story 2", 2));
    let (told, unchanged, updated, _, full) = set(cut);
    assert!(told.contains("but for those fetched in full before"), "{told}");
    assert_eq!((unchanged, updated, full), (true, 0, 2));
    let (_, unchanged, updated, _, full) = set(Settings::default());
    assert_eq!((unchanged, updated, full), (false, 0, 2), "what was fetched in full stays");
    let (told, ..) = set(Settings { keep_days: Some(1), skip: vec!["x".into()], ..Settings::default() });
    assert!(told.contains("after a day (none at the next refresh)") && told.contains("“x” are left out"), "{told}");
}

#[test]
fn a_feed_that_is_followed_again_has_its_articles_again() {
    let server = Server::new(|_, connection| connection.answer("200 OK", rss("Daily", 2)));
    let mut shelf = Shelf::new();
    let feed = shelf.follow(&server.url("/"), &Settings::default());
    shelf.refresh();
    shelf.store.remove_feed(feed.id).unwrap();
    shelf.follow(&server.url("/"), &Settings::default());
    let news = shelf.one().news;
    assert_eq!((news.new.len(), news.known), (0, 2));
    assert_eq!((shelf.store.feeds().unwrap()[0].articles, shelf.titles("feed:daily").len()), (2, 2));
    assert_eq!(shelf.one().news.known, 0, "once is enough");
}

#[test]
fn what_the_user_changes_while_a_feed_is_looked_at_stays_changed() {
    let mut shelf = Shelf::new();
    let folder = shelf.folder.path().to_owned();
    let server = Server::new(move |request, connection| {
        // Another program: one feed gets a name, the other is followed no longer.
        let mut other = open(&folder);
        let feed = other.feeds().unwrap().into_iter().find(|feed| feed.url.ends_with(&request.target)).unwrap();
        match request.target.as_str() {
            "/named" => other.set_feeds(&[Feed { renamed: "Mine".into(), ..feed }], false).unwrap(),
            _ => other.remove_feed(feed.id).unwrap(),
        }
        connection.answer("200 OK", rss(request.target.trim_matches('/'), 2));
    });
    shelf.follow(&server.url("/named"), &Settings::default());
    shelf.follow(&server.url("/gone"), &Settings::default());
    shelf.refresh();
    let feeds = shelf.store.feeds().unwrap();
    let [feed] = &feeds[..] else { panic!("{feeds:?}") };
    assert_eq!((feed.title(), feed.name.as_str(), feed.articles), ("Mine", "named", 2));
    assert_eq!(shelf.titles("").len(), 4, "what came of the other stays");
}

#[test]
fn stopping_keeps_what_came_and_waits_for_no_server() {
    let stop = Stop::default();
    let well = Server::new(|_, connection| connection.answer("200 OK", rss("Well", 2)));
    let hung = {
        let stop = stop.clone();
        Server::new(move |_, connection| {
            stop.ask();
            connection.hang();
        })
    };
    let mut shelf = Shelf::new();
    shelf.follow(&hung.url("/"), &Settings::default());
    shelf.follow(&well.url("/"), &Settings::default());
    let hour = std::time::Duration::from_secs(3600);
    let limits = Limits { total: hour, body: hour, ..Limits::default() };
    let (_, done) = shelf.refresh_by(&Client::new(limits, Proxies::default(), stop));
    assert!(matches!(done, Err(Halt::Stopped)));
    let feed = shelf.store.feeds().unwrap().into_iter().find(|feed| feed.url == hung.url("/")).unwrap();
    assert_eq!((feed.failures, feed.error), (0, None), "a feed is not to blame that the user stopped");
}

#[test]
fn no_more_than_two_feeds_of_a_host_are_asked_at_a_time() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (count, peak) = (Arc::clone(&now), Arc::clone(&most));
    let server = Server::new(move |_, connection| {
        let here = count.fetch_add(1, Ordering::SeqCst) + 1;
        peak.fetch_max(here, Ordering::SeqCst);
        count.fetch_sub(1, Ordering::SeqCst);
        connection.answer("200 OK", rss("A", 1));
    });
    let mut shelf = Shelf::new();
    for number in 0..30 {
        shelf.follow(&server.url(&format!("/{number}")), &Settings::default());
    }
    assert_eq!(shelf.refresh().len(), 30);
    assert!(most.load(Ordering::SeqCst) <= 2);
}

#[test]
fn the_same_story_of_two_feeds_is_kept_once() {
    let server = Server::new(|request, connection| {
        let body = format!(
            "<rss version='2.0'><channel><title>{}</title>{}</channel></rss>",
            request.target.trim_matches('/'),
            item("Same", 1)
        );
        connection.answer("200 OK", body);
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/a"), &Settings::default());
    shelf.follow(&server.url("/b"), &Settings::default());
    let outcomes = shelf.refresh();
    assert_eq!(shelf.titles(""), ["Same story 1"]);
    let news: Vec<_> = outcomes.iter().map(|outcome| (outcome.news.new.len(), outcome.news.known)).collect();
    assert!(news.contains(&(1, 0)) && news.contains(&(0, 1)), "{news:?}");
    for (feed, query) in shelf.store.feeds().unwrap().iter().zip(["feed:a", "feed:b"]) {
        assert_eq!((feed.articles, feed.unread, shelf.titles(query).len()), (1, 1, 1), "{query}");
    }
}
