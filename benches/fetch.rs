//! Feeds at the size of a busy reader's list: `cargo bench --bench fetch` refreshes 200 feeds of 50 items from a server on
//! loopback, then again while nothing has changed, and tells how long it took, how soon it can be stopped, and how much
//! memory it needed at most. The server runs in the same process and holds all bodies.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on has failed; clocks, threads and printing are what it is for"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::date;
use pullquote::fetch::{Client, Limits, Proxies, Stop};
use pullquote::runtime::feeds::{self, Outcome};
use pullquote::store::{Options, Store};

const FEEDS: usize = 200;
const ITEMS: usize = 50;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let bodies: Arc<Vec<String>> = Arc::new((0..FEEDS).map(body).collect());
    let bytes: usize = bodies.iter().map(String::len).sum();
    // A port is a host here: two at a time of one host, as out there.
    let ports: Vec<u16> = (0..FEEDS / 4).map(|_| serve(&bodies)).collect();
    for number in 0..FEEDS {
        let url = format!("http://127.0.0.1:{}/{number}", ports[number % ports.len()]);
        store.add_feed(&url, &url, "").unwrap();
    }
    println!("{FEEDS} feeds of {ITEMS} items, {:.1} MB; resident before: {} MB", megabytes(bytes), resident("VmRSS"));
    let started = Instant::now();
    let plain: usize =
        (0..FEEDS).map(|number| plain(&format!("127.0.0.1:{}", ports[number % ports.len()]), number)).sum();
    println!("the server alone, one after the other: {:.2} s ({:.1} MB)", seconds(started), megabytes(plain));
    for round in ["new", "unchanged"] {
        let started = Instant::now();
        let outcomes = refresh(&mut store, folder.path(), Stop::default());
        let new: usize = outcomes.iter().map(|outcome| outcome.news.new.len()).sum();
        let same = outcomes.iter().filter(|outcome| outcome.news.unchanged).count();
        println!("{round}: {:.2} s, {new} new articles, {same} feeds unchanged", seconds(started));
    }
    println!("resident at most: {} MB", resident("VmHWM"));
    let hung = hang();
    store.add_feed(&format!("http://127.0.0.1:{hung}/"), "hung", "").unwrap();
    let (stop, asked) = (Stop::default(), std::sync::mpsc::channel());
    let (ask, told) = (stop.clone(), asked.0);
    thread::spawn(move || {
        thread::park_timeout(Duration::from_millis(1500));
        told.send(Instant::now()).unwrap();
        ask.ask();
    });
    refresh(&mut store, folder.path(), stop);
    println!("stopped after {:.0} ms", asked.1.recv().unwrap().elapsed().as_secs_f64() * 1000.0);
}

fn open(folder: &Path) -> Store {
    Store::open(&Options::chosen(folder.join("library.db"), date(2025, 11, 28))).unwrap().store
}

fn refresh(store: &mut Store, folder: &Path, stop: Stop) -> Vec<Outcome> {
    let client = Client::new(Limits::default(), Proxies::default(), stop);
    let mut outcomes = Vec::new();
    let all = store.feeds().unwrap();
    let _ = feeds::refresh(store, open(folder), all, &client, &mut |outcome| outcomes.push(outcome));
    outcomes
}

fn body(feed: usize) -> String {
    let sentence = "“The harbour will open on Monday,” said Ana Silva, the mayor of Ostend. ";
    let items: String = (0..ITEMS)
        .map(|item| {
            let text = sentence.repeat(8 + item % 30);
            format!("<item><title>Story {item} of feed {feed}</title><guid>{feed}-{item}</guid><link>/{item}</link><pubDate>Fri, {:02} Nov 2025 09:30:00 GMT</pubDate><description>&lt;p&gt;Number {item} of {feed}. {text}&lt;/p&gt;</description></item>", 1 + item % 28)
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Feed {feed}</title>{items}</channel></rss>")
}

/// A server for the feeds; its port.
fn serve(bodies: &Arc<Vec<String>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let bodies = Arc::clone(bodies);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &bodies);
        }
    });
    port
}

fn answer(mut stream: TcpStream, bodies: &[String]) {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let Ok(read @ 1..) = stream.read(&mut piece) else { return };
        head.extend(&piece[..read]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let number = head.split(['/', ' ']).find_map(|part| part.parse::<usize>().ok()).unwrap_or(0);
    let _ = if head.contains("if-none-match") {
        stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
    } else {
        let body = &bodies[number % bodies.len()];
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()))
    };
}

/// A server that never answers; its port.
fn hang() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || listener.incoming().flatten().collect::<Vec<_>>());
    port
}

/// Bytes of an answer to a client that does nothing with it.
fn plain(host: &str, number: usize) -> usize {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{number} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap()
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// A figure of this process's memory, in MB.
fn resident(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0) >> 10
}
