//! `pullquote feed`, `pullquote add URL` and `pullquote URL`, by the built program.

use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tempfile::TempDir;

use super::{Server, fixtures, rss};
use crate::terminal::{Launch, PROGRAM};

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().env("PULLQUOTE_LIBRARY", self.folder.path().join("library.db"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().unwrap())
    }

    fn list(&self) -> Vec<Value> {
        self.run(&["feed", "list", "--format", "jsonl"]).rows()
    }
}

struct Run(Output);

impl Run {
    fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    fn printed(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn said(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    fn rows(&self) -> Vec<Value> {
        self.printed().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[test]
fn a_feed_is_followed_refreshed_searched_and_let_go() {
    let visits = AtomicUsize::new(0);
    let server = Server::new(move |_, connection| {
        connection.answer("200 OK", rss("Daily", 2 + visits.fetch_add(1, Ordering::SeqCst)));
    });
    let desk = Desk::new();
    let added = desk.run(&["feed", "add", &server.url("/feed"), "--folder", "News/World"]);
    assert_eq!((added.code(), added.printed()), (0, String::new()), "{}", added.said());
    assert!(added.said().contains("following Daily") && added.said().contains("2 new articles"), "{}", added.said());
    let refreshed = desk.run(&["feed", "refresh"]);
    assert_eq!((refreshed.code(), refreshed.printed()), (0, "Daily\n  Daily story 3\n".to_owned()));
    assert_eq!(refreshed.said(), "pullquote: 1 new article from 1 feed\n");
    let rows = desk.run(&["feed", "refresh", "--format", "jsonl"]).rows();
    assert_eq!(rows[0]["status"], "new");
    assert_eq!(rows[0]["new"][0]["title"], "Daily story 4");
    assert_eq!(rows[0]["new"][0]["date"], "2025-11-21");
    let quotes = desk.run(&["quotes", "--by", "silva", "--format", "jsonl"]).rows();
    assert_eq!(quotes.len(), 4, "what is new is analysed");
    let feed = desk.list().remove(0);
    assert_eq!((&feed["folder"], &feed["articles"], &feed["unread"]), (&"News/World".into(), &4.into(), &4.into()));
    let text = desk.run(&["feed", "list"]).printed();
    assert!(text.starts_with("News/World/\n") && text.contains("4 unread of 4"), "{text}");
    let removed = desk.run(&["feed", "remove", "daily"]);
    assert_eq!(removed.code(), 0, "{}", removed.said());
    assert_eq!(desk.run(&["feed", "list", "--failing"]).code(), 1);
    assert_eq!(desk.run(&["feed", "list"]).code(), 0);
    assert_eq!(desk.run(&["search", "--format", "jsonl", "unread"]).rows().len(), 4);
}

#[test]
fn a_page_leads_to_its_feed_and_one_with_several_asks_which() {
    let link = |href: &str| format!("<link rel=alternate type=application/rss+xml title='T {href}' href={href}>");
    let (one, several) = (link("/feed"), link("/feed") + &link("/other"));
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/one" => connection.answer("200 OK\r\nContent-Type: text/html", &one),
        "/several" => connection.answer("200 OK\r\nContent-Type: text/html", &several),
        "/feed" | "/rss.xml" => connection.answer("200 OK", rss("Found", 1)),
        "/none" => connection.answer("200 OK\r\nContent-Type: text/html", "<title>x</title>"),
        _ => connection.answer("404 Not Found", ""),
    });
    let desk = Desk::new();
    let several = desk.run(&["feed", "add", &server.url("/several")]);
    assert_eq!(several.code(), 1);
    assert!(several.said().contains("/other") && several.said().contains("T /feed"), "{}", several.said());
    let none = desk.run(&["feed", "add", &server.url("/none")]);
    assert_eq!(none.code(), 5);
    assert!(none.said().contains("--guess"), "{}", none.said());
    assert_eq!(desk.run(&["feed", "add", &server.url("/one")]).code(), 0);
    assert_eq!(desk.list()[0]["url"], server.url("/feed"));
    assert_eq!(desk.run(&["feed", "add", "--guess", &server.url("/none")]).code(), 0);
    assert_eq!(desk.list().len(), 1);
}

#[test]
fn exit_codes_tell_failures_apart() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/no" => connection.answer("404 Not Found", ""),
        "/page" => connection.answer("200 OK", "<html>x"),
        "/file" => connection.answer("302 Found\r\nLocation: file:///etc/passwd", ""),
        _ => connection.answer("200 OK", rss("Well", 1)),
    });
    let gone = Server::new(|_, _| {});
    let nowhere = gone.url("/");
    drop(gone);
    for (url, expected) in [
        (nowhere.clone(), 3),
        (server.url("/no"), 4),
        (server.url("/page"), 5),
        (server.url("/file"), 6),
        ("file:///etc/passwd".to_owned(), 6),
    ] {
        let run = Desk::new().run(&["feed", "add", &url]);
        assert_eq!((run.code(), run.printed()), (expected, String::new()), "{url}: {}", run.said());
        assert_eq!(run.said().lines().count(), 1, "{}", run.said());
    }
    let desk = Desk::new();
    let outlines: String = [nowhere, server.url("/no"), server.url("/page"), server.url("/well")]
        .iter()
        .map(|url| format!("<outline xmlUrl='{url}' title='{url}'/>"))
        .collect();
    let file = desk.folder.path().join("feeds.opml");
    fs::write(&file, format!("<opml><body>{outlines}</body></opml>")).unwrap();
    assert_eq!(desk.run(&["feed", "import", file.to_str().unwrap()]).code(), 0);
    let run = desk.run(&["feed", "refresh", "--format", "jsonl"]);
    assert_eq!(run.code(), 3);
    let mut kinds: Vec<String> = run.rows().iter().map(|row| row["error"]["kind"].to_string()).collect();
    kinds.sort();
    assert_eq!(kinds, ["\"content\"", "\"network\"", "\"server\"", "null"]);
    // Those that failed rest now, unless they are asked for by name; why they do is told all the same.
    let again = desk.run(&["feed", "refresh", "--format", "jsonl"]);
    assert_eq!(again.code(), 3, "{}", again.said());
    assert!(again.said().contains("3 feeds rest after failures, the first until "), "{}", again.said());
    let resting: Vec<Value> = again.rows().into_iter().filter(|row| row["status"] == "resting").collect();
    let mut kinds: Vec<String> = resting.iter().map(|row| row["error"]["kind"].to_string()).collect();
    kinds.sort();
    assert_eq!(kinds, ["\"content\"", "\"network\"", "\"server\""]);
    let listed = desk.list();
    for row in &resting {
        let same = listed.iter().find(|feed| feed["feed"] == row["feed"]).unwrap();
        assert_eq!((&same["next_check"], &same["error"]), (&row["next_check"], &row["error"]));
        assert_eq!(same["resting"], true);
    }
    assert_eq!(desk.run(&["feed", "refresh", &server.url("/no")]).code(), 4);
    assert_eq!(desk.run(&["feed", "list", "--failing", "--format", "jsonl"]).rows().len(), 3);
    let text = desk.run(&["feed", "list"]).printed();
    assert!(
        text.contains("failed: the server answers 404") && text.contains("(2 times in a row); rests until "),
        "{text}"
    );
    for wrong in [&["feed", "refresh", "nobody"][..], &["feed", "set", "1"], &["feed", "remove", "99"], &["feed"]] {
        assert_eq!(desk.run(wrong).code(), 2, "{wrong:?}");
    }
}

#[test]
fn lists_of_feeds_come_and_go_and_nothing_is_fetched_for_it() {
    let desk = Desk::new();
    let run = desk.run(&["feed", "import", fixtures().join("newsboat/piped.opml").to_str().unwrap()]);
    assert_eq!(run.code(), 0);
    assert!(run.said().contains("is a command") && run.said().contains("1 feed added"), "{}", run.said());
    let run = desk.run(&["feed", "import", fixtures().join("newsboat/example.opml").to_str().unwrap()]);
    assert!(run.said().contains("6 feeds added, 1 followed already"), "{}", run.said());
    let exported = desk.run(&["feed", "export"]).printed();
    let other = Desk::new();
    let file = other.folder.path().join("feeds.opml");
    fs::write(&file, &exported).unwrap();
    assert_eq!(other.run(&["feed", "import", file.to_str().unwrap()]).code(), 0);
    assert_eq!(other.run(&["feed", "export"]).printed(), exported);
    assert_eq!(other.list().len(), 7);
    let broken =
        other.run(&["feed", "import", fixtures().join("newsboat/body-element-missing.opml").to_str().unwrap()]);
    assert_eq!(broken.code(), 2);
}

#[test]
fn settings_of_a_feed_are_kept_and_shown() {
    let server = Server::new(|_, connection| connection.answer("200 OK", rss("Daily", 1)));
    let desk = Desk::new();
    desk.run(&["feed", "add", &server.url("/"), "--title", "Mine"]);
    let set = [
        "feed",
        "set",
        "mine",
        "--full-text",
        "on",
        "--keep",
        "30",
        "--cut",
        "Daily",
        "--skip",
        "advert",
        "--folder",
        " a / b ",
    ];
    assert_eq!(desk.run(&set).code(), 0);
    desk.run(&["feed", "refresh"]);
    let feed = desk.list().remove(0);
    assert_eq!((&feed["title"], &feed["full_text"], &feed["keep_days"]), (&"Mine".into(), &true.into(), &30.into()));
    assert_eq!(
        (&feed["folder"], &feed["cut"][0], &feed["skip"][0]),
        (&"a/b".into(), &"Daily".into(), &"advert".into())
    );
    for days in ["0", "-1", "never"] {
        let run = desk.run(&["feed", "set", "1", "--keep", days]);
        let says = run.said();
        assert!(run.code() == 2 && says.contains("a number of days from 1, or `forever`"), "{says}");
        assert!(!says.contains("tip:"), "{says}");
    }
    assert_eq!(desk.run(&["feed", "set", "1", "--keep", "forever", "--title", "", "--cut", ""]).code(), 0);
    desk.run(&["feed", "refresh"]);
    let feed = desk.list().remove(0);
    assert_eq!(
        (&feed["title"], &feed["keep_days"], &feed["cut"]),
        (&"Daily".into(), &Value::Null, &Value::Array(vec![]))
    );
}

#[test]
fn a_page_is_added_by_its_address() {
    let story = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend. ".repeat(10);
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/story" => connection.answer(
            "200 OK\r\nContent-Type: text/html",
            format!("<title>Harbour opens</title><article><h1>Harbour opens</h1><p>{story}</p></article>"),
        ),
        "/app" => connection
            .answer("200 OK\r\nContent-Type: text/html", "<title>App</title><noscript>x</noscript><p>Wait</p>"),
        _ => connection.answer("404 Not Found", ""),
    });
    let desk = Desk::new();
    let run = desk.run(&["add", &server.url("/story"), &server.url("/app"), &server.url("/none")]);
    assert_eq!(run.code(), 1);
    assert!(run.said().contains("added 2 articles, 1 not readable"), "{}", run.said());
    assert!(run.said().contains("JavaScript") && run.said().contains("404"), "{}", run.said());
    let found = desk.run(&["search", "--format", "jsonl", "speaker:silva"]).rows();
    assert_eq!((found.len(), &found[0]["url"]), (1, &server.url("/story").into()));
}

#[test]
fn a_list_of_newsboat_is_followed_and_its_pages_become_feeds() {
    let server = Server::new(|request, connection| {
        match request.target.as_str() {
        "/page" => connection.answer(
            "200 OK\r\nContent-Type: text/html",
            "<link rel=alternate type=application/rss+xml href=/feed>",
        ),
        "/several" => connection.answer(
            "200 OK\r\nContent-Type: text/html",
            "<link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/b>",
        ),
        _ => connection.answer("200 OK", rss("Found", 1)),
    }
    });
    let desk = Desk::new();
    let file = desk.folder.path().join("urls");
    let list = format!(
        "# mine\n{} News \"~Mine\"\n{}\n\"query:x:unread\"\nexec:touch /tmp/x\n",
        server.url("/page"),
        server.url("/several")
    );
    fs::write(&file, list).unwrap();
    let run = desk.run(&["feed", "import", file.to_str().unwrap()]);
    assert_eq!(run.code(), 0, "{}", run.said());
    assert!(run.said().contains("line 4: left out, a query") && run.said().contains("2 feeds added"), "{}", run.said());
    let run = desk.run(&["feed", "import", file.to_str().unwrap()]);
    assert!(run.said().ends_with("no feeds added, 2 followed already\n"), "{}", run.said());
    let listed = desk.run(&["feed", "list"]).printed();
    assert!(listed.contains("(untitled)") && listed.matches(&server.url("/several")).count() == 1, "{listed}");
    assert_eq!(desk.run(&["feed", "refresh"]).code(), 5);
    let feeds = desk.list();
    let mine = feeds.iter().find(|feed| feed["title"] == "Mine").unwrap();
    assert_eq!(
        (&mine["url"], &mine["folder"], &mine["articles"]),
        (&server.url("/feed").into(), &"News".into(), &1.into())
    );
    let several = feeds.iter().find(|feed| feed["title"] != "Mine").unwrap();
    assert!(several["error"]["message"].as_str().unwrap().contains("a web page with 2 feeds"), "{several}");
}

#[test]
fn a_page_in_a_list_whose_feed_is_followed_becomes_one_with_that() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/one" | "/two" => connection
            .answer("200 OK\r\nContent-Type: text/html", "<link rel=alternate type=application/rss+xml href=/feed>"),
        _ => connection.answer("200 OK", rss("Daily", 2)),
    });
    let desk = Desk::new();
    assert_eq!(desk.run(&["feed", "add", &server.url("/feed")]).code(), 0);
    let file = desk.folder.path().join("urls");
    fs::write(&file, format!("{} \"~One\"\n{} \"~Two\"\n", server.url("/one"), server.url("/two"))).unwrap();
    assert!(desk.run(&["feed", "import", file.to_str().unwrap()]).said().contains("2 feeds added; "));
    let run = desk.run(&["feed", "refresh"]);
    assert_eq!(run.code(), 0, "{}", run.said());
    for name in ["One", "Two"] {
        assert!(run.said().contains(&format!("{name}: its feed is followed already as Daily")), "{}", run.said());
    }
    for _ in 0..2 {
        let feeds = desk.list();
        let [feed] = feeds.as_slice() else { panic!("{feeds:?}") };
        assert_eq!((&feed["title"], &feed["articles"]), (&"Daily".into(), &2.into()));
        assert_eq!((&feed["error"], &feed["note"]), (&Value::Null, &Value::Null));
        let again = desk.run(&["feed", "refresh"]);
        assert!(again.code() == 0 && again.said().contains("no new articles"), "{}", again.said());
    }
    // Both pages at once, before their feed was ever asked.
    let other = Desk::new();
    let run = other.run(&["feed", "import", file.to_str().unwrap()]);
    assert!(run.said().contains("2 feeds added"), "{}", run.said());
    assert_eq!(other.run(&["feed", "refresh"]).code(), 0);
    let feeds = other.list();
    assert!(feeds.len() == 1 && feeds[0]["url"] == server.url("/feed") && feeds[0]["articles"] == 2, "{feeds:?}");
}

#[test]
fn a_feed_behind_a_password_is_followed_and_the_password_told_to_nobody_else() {
    let elsewhere = Server::new(|_, connection| connection.answer("200 OK", rss("Elsewhere", 1)));
    let away = elsewhere.url("/");
    let server =
        Server::new(move |request, connection| match (request.target.as_str(), request.header("authorization")) {
            ("/away", _) => connection.answer(&format!("302 Found\r\nLocation: {away}"), ""),
            // "me:sec ret"
            (_, "Basic bWU6c2VjIHJldA==") => connection.answer("200 OK", rss("Private", 1)),
            _ => connection.answer("401 Unauthorized", ""),
        });
    let with_login = |path: &str| server.url(path).replace("http://", "http://me:sec%20ret@");
    let desk = Desk::new();
    let refused = desk.run(&["feed", "add", &server.url("/feed")]);
    assert_eq!(refused.code(), 4);
    assert!(refused.said().contains("NAME:PASSWORD"), "{}", refused.said());
    let plain = desk.run(&["feed", "add", "http://me:secret@example.org/"]);
    assert_eq!(plain.code(), 6);
    assert!(plain.said().contains("https://") && !plain.said().contains("secret"), "{}", plain.said());
    assert_eq!(desk.run(&["feed", "add", &with_login("/feed")]).code(), 0);
    assert_eq!(desk.run(&["feed", "refresh"]).code(), 0);
    assert_eq!(desk.run(&["feed", "add", &with_login("/away")]).code(), 0);
    desk.run(&["feed", "set", "private", "--full-text", "on"]);
    desk.run(&["feed", "refresh", "private"]);
    let page = server.requests().into_iter().find(|request| request.target == "/1").unwrap();
    assert!(page.header("authorization").starts_with("Basic "), "pages of the same server are told it too");
    assert!(elsewhere.requests().iter().all(|request| request.header("authorization").is_empty()));
    for arguments in [&["feed", "list"][..], &["feed", "list", "--format", "jsonl"], &["feed", "export"]] {
        let run = desk.run(arguments);
        assert!(!(run.printed() + &run.said()).contains("sec"), "{arguments:?}: {}", run.printed());
    }
    let secrets = desk.run(&["feed", "export", "--with-passwords"]).printed();
    assert!(secrets.contains("me:sec%20ret@"), "{secrets}");
}

#[test]
fn addresses_that_are_no_page_say_what_to_do() {
    let server = Server::new(|_, connection| connection.answer("200 OK", rss("Daily", 1)));
    let desk = Desk::new();
    let local = desk.folder.path().join("a story.txt");
    fs::write(&local, "A story.").unwrap();
    let local = format!("file://{}", local.to_str().unwrap().replace(' ', "%20"));
    for (arguments, code, says) in [
        (["add", &server.url("/feed")], 1, "pullquote feed add"),
        (["add", "ftp://example.org/x"], 1, "ftp: is not fetched"),
        (["add", "https://"], 1, "it names no host"),
        (["add", &local], 0, "added 1 article"),
        (["extract", "https://example.org/x"], 1, "`pullquote add` keeps pages"),
        (["extract", &local], 0, ""),
    ] {
        let run = desk.run(&arguments);
        assert!(run.code() == code && run.said().contains(says), "{arguments:?}: {}", run.said());
    }
}

#[test]
fn a_page_that_cannot_be_read_is_told_before_the_screen_is_taken() {
    let server = Server::new(|_, connection| connection.answer("404 Not Found", ""));
    let program = Launch::new([server.url("/one"), server.url("/two")]).start();
    let ending = program.end();
    assert_eq!(ending.code, 1);
    assert_eq!(ending.screen.matches("the server answers 404").count(), 2, "{}", ending.screen);
    let ending = Launch::new([server.url("/one"), "nonexist.txt".to_owned()]).start().end();
    assert_eq!(ending.code, 1);
    assert!(ending.screen.contains("404") && ending.screen.contains("nonexist.txt: no such file"), "{}", ending.screen);
}

#[test]
fn a_page_opens_in_the_reader_by_its_address() {
    let story = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend. ".repeat(10);
    let server = Server::new(move |_, connection| {
        connection.answer("200 OK\r\nContent-Type: text/html", format!("<title>Harbour opens</title><p>{story}</p>"));
    });
    let mut program = Launch::new([server.url("/story")]).start();
    program.wait_for("Ana Silva");
    program.press("q");
    assert_eq!(program.end().code, 0);
}

#[test]
fn ctrl_c_ends_a_refresh_and_a_hanging_server_does_not_hold_it() {
    use rustix::process::{Pid, Signal, kill_process};
    let (told, asked) = std::sync::mpsc::channel();
    let told = std::sync::Mutex::new(told);
    let server = Server::new(move |_, connection| {
        let _ = told.lock().unwrap().send(());
        connection.hang();
    });
    let desk = Desk::new();
    let file = desk.folder.path().join("feeds.opml");
    fs::write(&file, format!("<opml><body><outline xmlUrl='{}'/></body></opml>", server.url("/"))).unwrap();
    desk.run(&["feed", "import", file.to_str().unwrap()]);
    let child = desk.command(&["feed", "refresh"]).spawn().unwrap();
    asked.recv().unwrap();
    kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
    let run = Run(child.wait_with_output().unwrap());
    assert_eq!(run.code(), 130, "{}", run.said());
    assert_eq!(desk.list()[0]["failures"], 0);
}

#[test]
fn nothing_hostile_in_a_feed_reaches_the_terminal() {
    let server = Server::new(|_, connection| {
        let bad = "x&#27;]0;owned&#7;\u{9b}2J\u{202e}\u{1b}[2Jy";
        let escaped = "&amp;#27;[2J&amp;#155;1m";
        connection.answer(
            "200 OK",
            format!(
                "<rss version='2.0'><channel><title>T{bad}{escaped}</title><item><title>I{bad}{escaped}</title>\
                 <guid>{bad}</guid><link>http://e.org/{bad}</link><author>{bad}</author>\
                 <description>D{bad}{escaped}</description></item></channel></rss>"
            ),
        );
    });
    let desk = Desk::new();
    let url = server.url("/\x1b]0;owned\x07");
    for arguments in [
        &["feed", "add", &url, "--title", "x\x1b[2J", "--folder", "f\x1b[2J"][..],
        &["feed", "list"],
        &["feed", "list", "--format", "jsonl"],
        &["feed", "refresh", "--format", "jsonl"],
        &["feed", "refresh", "no\x1b[2Jbody"],
        &["feed", "export"],
        &["search", "unread"],
        &["feed", "add", "file:///\x1b[2J"],
        &["feed", "import", "/\x1b[2J"],
    ] {
        let run = desk.run(arguments);
        for text in [run.printed(), run.said()] {
            assert!(text.chars().all(|c| c == '\n' || pullquote::text::safe::is_safe(c)), "{arguments:?}: {text:?}");
        }
    }
}
