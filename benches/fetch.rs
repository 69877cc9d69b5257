//! Feeds at the size of a busy reader's list, beside a client that only downloads: `cargo bench --bench fetch` refreshes
//! 200 feeds of 50 items from a server on loopback, that answers at once and then after some time; again while nothing has
//! changed; and stops in the middle. It tells how long each takes, what is written, and how much memory is needed at most.
//! Server and bodies are in the same process, whose memory before is told too.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on has failed; clocks, threads and printing are what it is for"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::date;
use pullquote::fetch::{Client, Limits, Proxies, Stop};
use pullquote::runtime::feeds::{self, Outcome};
use pullquote::store::{Options, Store};

const FEEDS: usize = 200;
const ITEMS: usize = 50;
/// Feeds of one host.
const PER_HOST: usize = 4;
/// Feeds that the bare client asks at a time, as many as the program.
const THREADS: usize = 12;
/// Milliseconds until the server answers.
const DELAYS: [u64; 3] = [0, 200, 1000];
/// Moments at which a refresh is stopped, in milliseconds.
const STOPS: [u64; 5] = [100, 300, 700, 1500, 3000];

fn main() {
    let bodies: Arc<Vec<String>> = Arc::new((0..FEEDS).map(body).collect());
    let bytes: usize = bodies.iter().map(String::len).sum();
    println!("{FEEDS} feeds of {ITEMS} items, {:.1} MB; resident before: {} MB", megabytes(bytes), resident("VmRSS"));
    println!("answers after   bare client   all new   all again   304 round");
    for delay in DELAYS {
        rounds(&bodies, Duration::from_millis(delay));
    }
    println!("resident at most: {} MB", resident("VmHWM"));
    for after in STOPS {
        let stopped = stopped(&bodies, Duration::from_millis(after));
        println!("stopped {after} ms after its start: ended {:.0} ms later", stopped.as_secs_f64() * 1000.0);
    }
}

/// A row of the table: a server that answers after `delay`.
fn rounds(bodies: &Arc<Vec<String>>, delay: Duration) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let servers = serve_all(bodies, delay);
    follow(&mut store, &servers);
    let bare = bare(&servers);
    let (new, outcomes) = refresh(&mut store, folder.path(), Stop::default());
    assert_eq!(outcomes.iter().map(|outcome| outcome.news.new.len()).sum::<usize>(), FEEDS * ITEMS);
    // The same bodies again, as servers send them that know no validators.
    let mut all = store.feeds().unwrap();
    let noted = all.clone();
    for feed in &mut all {
        feed.etag = None;
    }
    store.note_looks(&all).unwrap();
    let (again, _) = refresh(&mut store, folder.path(), Stop::default());
    store.note_looks(&noted).unwrap();
    let watcher = open(folder.path());
    let before = watcher.changes_elsewhere().unwrap();
    let (unchanged, outcomes) = refresh(&mut store, folder.path(), Stop::default());
    assert!(outcomes.iter().all(|outcome| outcome.news.unchanged));
    assert_eq!(watcher.changes_elsewhere().unwrap(), before, "something was written");
    let delay = delay.as_millis();
    println!("{delay:>10} ms   {bare:>9.2} s {new:>7.2} s   {again:>7.2} s   {unchanged:>6.2} s, nothing written");
}

/// How long a refresh takes to end that is stopped `after` its start, of feeds that are new and one that never answers.
fn stopped(bodies: &Arc<Vec<String>>, after: Duration) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.add_feed(&format!("http://127.0.0.1:{}/", hang()), "", "").unwrap();
    follow(&mut store, &serve_all(bodies, Duration::from_millis(20)));
    let (stop, (told, asked)) = (Stop::default(), mpsc::channel());
    let ask = stop.clone();
    thread::spawn(move || {
        thread::sleep(after);
        told.send(Instant::now()).unwrap();
        ask.ask();
    });
    refresh(&mut store, folder.path(), stop);
    asked.recv().unwrap().elapsed()
}

fn follow(store: &mut Store, servers: &[u16]) {
    for number in 0..FEEDS {
        store.add_feed(&format!("http://127.0.0.1:{}/{number}", servers[number % servers.len()]), "", "").unwrap();
    }
}

fn open(folder: &Path) -> Store {
    Store::open(&Options::chosen(folder.join("library.db"), date(2025, 11, 28))).unwrap().store
}

/// Refreshes all feeds; seconds, and what became of each.
fn refresh(store: &mut Store, folder: &Path, stop: Stop) -> (f64, Vec<Outcome>) {
    let client = Client::new(Limits::default(), Proxies::default(), stop);
    let all = store.feeds().unwrap();
    let mut outcomes = Vec::new();
    let started = Instant::now();
    let _ = feeds::refresh(store, open(folder), all, &client, &mut |outcome| outcomes.push(outcome));
    (started.elapsed().as_secs_f64(), outcomes)
}

/// Downloads all feeds, as many at a time as the program, and does nothing with them; seconds.
fn bare(servers: &[u16]) -> f64 {
    let (next, started) = (AtomicUsize::new(0), Instant::now());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= FEEDS {
                        return;
                    }
                    download(&format!("127.0.0.1:{}", servers[number % servers.len()]), number);
                }
            });
        }
    });
    started.elapsed().as_secs_f64()
}

fn download(host: &str, number: usize) -> usize {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{number} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap()
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

/// Servers for all feeds; their ports. A port is a host here: two at a time of one host, as out there.
fn serve_all(bodies: &Arc<Vec<String>>, delay: Duration) -> Vec<u16> {
    (0..FEEDS / PER_HOST).map(|_| serve(bodies, delay)).collect()
}

fn serve(bodies: &Arc<Vec<String>>, delay: Duration) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let bodies = Arc::clone(bodies);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let bodies = Arc::clone(&bodies);
            thread::spawn(move || answer(stream, &bodies, delay));
        }
    });
    port
}

fn answer(mut stream: TcpStream, bodies: &[String], delay: Duration) {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let Ok(read @ 1..) = stream.read(&mut piece) else { return };
        head.extend(&piece[..read]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let number = head.split(['/', ' ']).find_map(|part| part.parse::<usize>().ok()).unwrap_or(0);
    thread::sleep(delay);
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
