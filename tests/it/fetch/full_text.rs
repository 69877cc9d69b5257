//! Stories in full: what becomes of entries whose pages cannot be read, and what a feed's pages may cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pullquote::fetch::{Client, Limits, Proxies, Settings, Stop};

use super::refresh::Shelf;
use super::server::Connection;
use super::{Server, client, rss};

fn in_full() -> Settings {
    Settings { full_text: true, ..Settings::default() }
}

/// A page with a story; each has its own.
fn page(target: &str, connection: &mut Connection) {
    let story = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend, at a meeting. ".repeat(12);
    let body = format!("<article><h1>Page</h1><p>{story} At {target}.</p></article>");
    connection.answer("200 OK\r\nContent-Type: text/html", body);
}

/// The feed `rss`, which says that it has not changed to whom knows it.
fn feed(rss: &str, known: &str, connection: &mut Connection) {
    let etag = format!("\"{}\"", rss.len());
    match known == etag {
        true => connection.answer("304 Not Modified", ""),
        false => connection.answer(&format!("200 OK\r\nETag: {etag}"), rss),
    }
}

/// A server of a feed of `count` entries and their pages, which are answered by `page` with the number of the request.
fn server(count: usize, page: impl Fn(usize, &str, &mut Connection) + Send + Sync + 'static) -> Server {
    let asked = AtomicUsize::new(0);
    Server::new(move |request, connection| match request.target.as_str() {
        "/feed" => feed(&rss("Daily", count), request.header("if-none-match"), connection),
        target => page(asked.fetch_add(1, Ordering::SeqCst), target, connection),
    })
}

/// The pages that were asked for, in their order.
fn pages(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).filter(|target| target != "/feed").collect()
}

#[test]
fn pages_that_fail_in_passing_are_read_when_they_are_there_again() {
    let server = server(3, |number, target, connection| match number {
        0 => connection.answer("503 Service Unavailable", ""),
        _ => page(target, connection),
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &in_full());
    let first = shelf.one();
    assert_eq!((first.news.new.len(), first.news.pages_missed, shelf.titles("text:harbour").len()), (3, 3, 0));
    assert_eq!(first.feed.note.as_deref(), Some("3 pages could not be read yet, to be asked for again"));
    assert_eq!(pages(&server).len(), 1, "a server that has no time is asked on");
    let second = shelf.one();
    assert_eq!((second.news.updated, second.news.pages_missed, second.feed.note), (3, 0, None));
    assert_eq!((shelf.titles("text:harbour").len(), shelf.titles("").len()), (3, 3));
    assert!(shelf.one().news.unchanged);
    assert_eq!(pages(&server).len(), 4);
}

#[test]
fn a_page_that_is_gone_is_asked_for_once_and_one_that_always_fails_not_for_ever() {
    let server = server(2, |_, target, connection| match target {
        "/1" => connection.answer("404 Not Found", ""),
        _ => connection.answer("500 Internal Server Error", ""),
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &in_full());
    let note = shelf.one().feed.note.unwrap();
    assert!(note.contains("1 page could not be read yet") && note.contains("the feed's words are kept"), "{note}");
    let looks = (0..100).take_while(|_| !shelf.one().news.unchanged).count();
    let pages = pages(&server);
    assert_eq!((looks, pages.len(), pages.iter().filter(|page| *page == "/1").count()), (29, 31, 1));
    assert_eq!(shelf.titles("text:\"of daily is true\"").len(), 2);
}

#[test]
fn pages_that_hang_cost_a_feed_one_time_together_and_have_their_turns() {
    let server = server(5, |_, _, connection| connection.hang());
    let hour = Duration::from_secs(3600);
    let limits = Limits { total: hour, body: hour, pages: Duration::from_millis(200), ..Limits::default() };
    let client = Client::new(limits, Proxies::default(), Stop::default());
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &in_full());
    for _ in 0..5 {
        let (outcomes, done) = shelf.refresh_by(&client);
        done.unwrap();
        assert_eq!(outcomes[0].news.pages_missed, 5);
    }
    assert_eq!(shelf.titles("").len(), 5, "the feed's words are there at once");
    assert_eq!(pages(&server), ["/5", "/4", "/3", "/2", "/1"]);
}

#[test]
fn more_pages_than_one_look_reads_come_at_the_next() {
    let server = server(50, |_, target, connection| page(target, connection));
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &in_full());
    let first = shelf.one().news;
    assert_eq!((first.new.len(), first.pages_missed), (50, 10));
    let second = shelf.one().news;
    assert_eq!((second.updated, second.pages_missed, pages(&server).len()), (10, 0, 50));
    assert_eq!(shelf.titles("text:harbour").len(), 50);
}

#[test]
fn a_story_in_full_is_not_cut_down_when_its_entry_changes_and_its_page_fails() {
    let state = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&state);
    let server = Server::new(move |request, connection| match (request.target.as_str(), now.load(Ordering::SeqCst)) {
        ("/feed", 0) => feed(&rss("Daily", 1), request.header("if-none-match"), connection),
        ("/feed", _) => {
            let changed = rss("Daily", 1).replace("is true", "is quite true");
            feed(&changed, request.header("if-none-match"), connection);
        }
        (_, 1) => connection.answer("502 Bad Gateway", ""),
        (target, state) => page(&format!("{target}, version {state}"), connection),
    });
    let mut shelf = Shelf::new();
    shelf.follow(&server.url("/feed"), &in_full());
    shelf.one();
    state.store(1, Ordering::SeqCst);
    let changed = shelf.one();
    assert_eq!((changed.news.updated, changed.news.pages_missed, shelf.titles("text:harbour").len()), (0, 1, 1));
    state.store(2, Ordering::SeqCst);
    assert_eq!(shelf.one().news.updated, 1);
    assert_eq!(shelf.titles("text:\"version 2\"").len(), 1);
    let (outcomes, _) = shelf.refresh_by(&client());
    assert!(outcomes[0].news.unchanged);
}
