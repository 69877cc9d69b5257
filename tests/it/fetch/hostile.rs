//! Servers that do what no server should: each look at one ends within its limits, with a message, and harms nobody.

use pullquote::fetch::look::look;
use pullquote::fetch::{Kind, Limits, Validators};
use pullquote::text::safe;

use super::server::Connection;
use super::{Server, address, hasty, rss};

/// A way to behave badly: its name, what it does, how the look ends, and a word of the message.
pub struct Behaviour {
    pub name: &'static str,
    pub answer: fn(&mut Connection),
    pub kinds: &'static [Kind],
    pub says: &'static str,
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n";

/// All of them.
pub const BEHAVIOURS: [Behaviour; 16] = [
    Behaviour {
        name: "slow header",
        answer: |connection| {
            connection.send("HTTP/1.1 200 OK\r\nX-Slow: ");
            connection.drip(b"a");
        },
        kinds: &[Kind::Network],
        says: "longer than",
    },
    Behaviour {
        name: "slow body",
        answer: |connection| {
            connection.send(format!("{OK}Content-Length: 100000\r\n\r\n"));
            connection.drip(b" ");
        },
        kinds: &[Kind::Network],
        says: "longer than",
    },
    Behaviour { name: "hang", answer: Connection::hang, kinds: &[Kind::Network], says: "longer than" },
    Behaviour {
        name: "endless body",
        answer: |connection| {
            connection.send(format!("{OK}\r\n<rss>"));
            connection.flood(&[b'x'; 1 << 14]);
        },
        kinds: &[Kind::Content],
        says: "larger than",
    },
    Behaviour {
        name: "gzip bomb",
        answer: |connection| {
            let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut bomb, &vec![b' '; 3 << 20]).unwrap();
            let bomb = bomb.finish().unwrap();
            connection.send(format!("{OK}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len()));
            connection.send(bomb);
        },
        kinds: &[Kind::Content],
        says: "larger than",
    },
    Behaviour {
        name: "redirect loop",
        answer: |connection| connection.answer("302 Found\r\nLocation: ?more", ""),
        kinds: &[Kind::Server],
        says: "circles",
    },
    Behaviour {
        name: "redirect to itself",
        answer: |connection| connection.answer("301 Moved\r\nLocation: #", ""),
        kinds: &[Kind::Server],
        says: "circles",
    },
    Behaviour {
        name: "redirect to a file",
        answer: |connection| connection.answer("301 Moved\r\nLocation: file:///etc/passwd", ""),
        kinds: &[Kind::Refused],
        says: "not fetched",
    },
    // That the public cannot lead to loopback needs a server elsewhere: `http.rs` has one behind a proxy.
    Behaviour {
        name: "redirect to nowhere",
        answer: |connection| connection.answer("301 Moved\r\nLocation: http://[::bad/", ""),
        kinds: &[Kind::Refused],
        says: "not fetched",
    },
    Behaviour {
        name: "20 MB of headers",
        answer: |connection| {
            connection.send("HTTP/1.1 200 OK\r\n");
            let line = format!("X-Big: {}\r\n", "a".repeat(1000));
            let _ = (0..20_000).all(|_| connection.send(&line));
        },
        kinds: &[Kind::Server],
        says: "headers",
    },
    Behaviour {
        name: "short body",
        answer: |connection| _ = connection.send(format!("{OK}Content-Length: 1000\r\n\r\n<rss><channel><item>")),
        kinds: &[Kind::Content],
        says: "cut off",
    },
    Behaviour {
        name: "negative length",
        answer: |connection| _ = connection.send(format!("{OK}Content-Length: -5\r\n\r\n<rss/>")),
        kinds: &[Kind::Server],
        says: "no HTTP",
    },
    Behaviour {
        name: "absurd chunk",
        answer: |connection| {
            _ = connection.send(format!("{OK}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n<rss>"));
        },
        kinds: &[Kind::Server],
        says: "no HTTP",
    },
    Behaviour {
        name: "garbage with an escape sequence",
        answer: |connection| _ = connection.send("HTTP/1.1 \x1b]0;owned\x07 \x1b[2J nonsense\r\n\r\n"),
        kinds: &[Kind::Server],
        says: "no HTTP",
    },
    Behaviour {
        name: "reset",
        answer: |connection| {
            connection.send("HTTP/1.1 200 OK\r\nContent-Le");
            connection.reset();
        },
        kinds: &[Kind::Network],
        says: "connection",
    },
    Behaviour {
        name: "flood of 100-continue",
        answer: |connection| connection.flood("HTTP/1.1 100 Continue\r\n\r\n".repeat(100).as_bytes()),
        // By time or by size, as the pieces happen to come.
        kinds: &[Kind::Network, Kind::Server],
        says: " ",
    },
];

#[test]
fn every_hostile_server_ends_within_its_limits_and_with_a_message() {
    let threads: Vec<_> = BEHAVIOURS
        .iter()
        .map(|behaviour| {
            std::thread::spawn(move || {
                let server = Server::new(move |_, connection| (behaviour.answer)(connection));
                let seen = look(&hasty(), &address(&server.url("/feed")), Validators::default());
                let error = seen.map(|_| ()).expect_err(behaviour.name);
                let message = error.to_string();
                assert!(message.contains(behaviour.says), "{}: {message}", behaviour.name);
                assert!(behaviour.kinds.contains(&error.kind()), "{}: {message}", behaviour.name);
                assert_eq!(safe::line(&message), message, "{}", behaviour.name);
            })
        })
        .collect();
    let failed: Vec<_> = threads.into_iter().filter_map(|thread| thread.join().err()).collect();
    assert!(failed.is_empty(), "{} of them", failed.len());
}

#[test]
fn a_bomb_costs_no_more_than_its_limit() {
    let server = Server::new(|_, connection| (BEHAVIOURS[4].answer)(connection));
    let response = hasty().get(&pullquote::fetch::Request::new(&address(&server.url("/")))).unwrap();
    assert_eq!(response.body.len(), 1 << 20);
    assert!(response.body.capacity() <= 4 << 20, "{}", response.body.capacity());
}

#[test]
fn limits_are_those_that_were_decided() {
    let Limits { total, connect, body, redirects, header_bytes, body_bytes, .. } = Limits::default();
    assert_eq!((total.as_secs(), connect.as_secs(), body.as_secs()), (20, 5, 10));
    assert_eq!((redirects, header_bytes, body_bytes), (5, 32 << 10, 8 << 20));
}

/// With the limits that everybody gets: half a minute of waiting.
#[test]
#[ignore = "waits for the real limits: cargo test --test it hostile -- --ignored"]
fn the_real_limits_hold() {
    let threads: Vec<_> = BEHAVIOURS
        .iter()
        .map(|behaviour| {
            std::thread::spawn(move || {
                let server = Server::new(move |_, connection| (behaviour.answer)(connection));
                let started = std::time::Instant::now();
                let seen = look(&super::client(), &address(&server.url("/feed")), Validators::default());
                assert!(seen.is_err(), "{}", behaviour.name);
                (behaviour.name, started.elapsed())
            })
        })
        .collect();
    for thread in threads {
        let (name, took) = thread.join().unwrap();
        println!("{name}: {:.1} s", took.as_secs_f32());
        assert!(took.as_secs() <= 21, "{name}");
    }
}

#[test]
fn a_public_page_is_no_feed_and_says_so() {
    let server = Server::pages([("/", "<!doctype html><title>x</title>".to_owned()), ("/ok", rss("A", 1))]);
    let error = look(&hasty(), &address(&server.url("/")), Validators::default()).unwrap_err();
    assert!(error.to_string().contains("a web page"), "{error}");
}
