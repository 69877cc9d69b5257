//! Feeds in the reader: refreshed, followed and set, in a real terminal over a real library.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Server, rss};
use crate::terminal::Launch;

fn reader() -> Launch {
    Launch::new::<&str>([]).size(100, 30)
}

#[test]
fn a_feed_is_followed_and_refreshed_from_inside_the_reader() {
    let visits = AtomicUsize::new(0);
    let server = Server::new(move |_, connection| {
        connection.answer("200 OK", rss("Daily", 1 + visits.fetch_add(1, Ordering::SeqCst)));
    });
    let mut reader = reader().start();
    reader.wait_for("Voices");
    reader.press("F");
    reader.wait_for("address of a feed");
    reader.paste(&server.url("/feed"));
    reader.press("\r");
    reader.wait_for("following Daily");
    reader.wait_for("Daily story 1");
    reader.press("R");
    reader.wait_for("1 new article");
    // The selected row stays where it is; what is newer stands above it.
    reader.wait_for("3/15");
    reader.press("gg");
    reader.wait_for("Daily story 2");
    reader.press("q");
    assert_eq!(reader.end().code, 0);
}

#[test]
fn a_page_with_several_feeds_lets_one_choose_and_one_without_says_so() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/page" => {
            let link =
                |href: &str| format!("<link rel=alternate type=application/rss+xml title='T{href}' href=/{href}>");
            connection.answer("200 OK\r\nContent-Type: text/html", link("one") + &link("two"));
        }
        "/two" => connection.answer("200 OK", rss("Second", 1)),
        _ => connection.answer("404 Not Found", ""),
    });
    let mut reader = reader().start();
    reader.wait_for("Voices");
    reader.press("F");
    reader.paste(&server.url("/none"));
    reader.press("\r");
    reader.wait_for("404");
    reader.press("\x15");
    reader.paste(&server.url("/page"));
    reader.press("\r");
    reader.wait_for("1 of 2");
    reader.press("\t");
    reader.wait_for("2 of 2");
    reader.press("\r");
    reader.wait_for("following Second");
    reader.press("q");
    assert_eq!(reader.end().code, 0);
}

#[test]
fn escape_stops_a_refresh_that_hangs_and_quitting_does_not_wait_for_it() {
    let (told, asked) = std::sync::mpsc::channel();
    let told = std::sync::Mutex::new(told);
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/feed" if request.header("if-none-match").is_empty() => {
            connection.answer("200 OK\r\nETag: \"1\"", rss("Daily", 1));
        }
        _ => {
            let _ = told.lock().unwrap().send(());
            connection.hang();
        }
    });
    let mut reader = reader().start();
    reader.wait_for("Voices");
    reader.press("F");
    reader.paste(&server.url("/feed"));
    reader.press("\r");
    reader.wait_for("following Daily");
    reader.press("R");
    asked.recv().unwrap();
    reader.escape();
    reader.wait_for("stopped after 0 of 1 feeds");
    reader.press("R");
    asked.recv().unwrap();
    reader.press("q");
    assert_eq!(reader.end().code, 0);
}
