//! What servers do well: versions, redirects, packing, encodings, waiting times, proxies.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use pullquote::fetch::look::{Look, look};
use pullquote::fetch::{Client, Error, Kind, Limits, Proxies, Request, RetryAfter, Stop, Validators, Zone};

use super::{Server, address, client, rss, server};

fn found(look: Look) -> pullquote::fetch::look::Found {
    match look {
        Look::Found(found) => *found,
        Look::Unchanged { .. } => panic!("unchanged"),
    }
}

#[test]
fn a_version_that_is_known_is_not_sent_again() {
    let server = Server::new(|request, connection| {
        if request.header("if-none-match") == "\"v1\""
            && request.header("if-modified-since") == "Fri, 21 Nov 2025 09:30:00 GMT"
        {
            connection.answer("304 Not Modified", "");
        } else {
            let head = "200 OK\r\nETag: \"v1\"\r\nLast-Modified: Fri, 21 Nov 2025 09:30:00 GMT";
            connection.answer(head, rss("A", 2));
        }
    });
    let url = address(&server.url("/"));
    let first = found(look(&client(), &url, Validators::default()).unwrap());
    assert_eq!(first.validators.etag.as_deref(), Some("\"v1\""));
    assert_eq!((first.feed.title.as_str(), first.feed.entries.len(), first.zone), ("A", 2, Zone::Loopback));
    let again = look(&client(), &url, first.validators).unwrap();
    assert!(matches!(again, Look::Unchanged { moved: None }));
    let sent = &server.requests()[0];
    assert!(sent.header("user-agent").starts_with("pullquote/") && sent.header("accept-encoding").contains("br"));
    assert!(sent.header("accept").contains("application/rss+xml"));
}

#[test]
fn redirects_are_followed_and_those_for_good_remembered() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/good" => connection.answer("301 Moved\r\nLocation: /better", ""),
        "/better" => connection.answer("308 Moved\r\nLocation: feed?x=1#top", ""),
        "/today" => connection.answer("302 Found\r\nLocation: /good", ""),
        "/mixed" => connection.answer("301 Moved\r\nLocation: /today", ""),
        "/feed?x=1" => connection.answer("200 OK", rss("A", 1)),
        _ => connection.answer("404 Not Found", ""),
    });
    let moved = |path: &str| found(look(&client(), &address(&server.url(path)), Validators::default()).unwrap()).moved;
    assert_eq!(moved("/good"), Some(address(&server.url("/feed?x=1"))));
    assert_eq!(moved("/today"), None);
    assert_eq!(moved("/mixed"), Some(address(&server.url("/today"))));
    assert_eq!(moved("/feed?x=1"), None);
}

#[test]
fn packed_bodies_are_unpacked() {
    let feed = rss("Packed", 3);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(feed.as_bytes()).unwrap();
    let (gzip, brotli) = (gzip.finish().unwrap(), brotli(feed.as_bytes()));
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/gzip" => connection.answer("200 OK\r\nContent-Encoding: gzip", &gzip),
        "/br" => connection.answer("200 OK\r\nContent-Encoding: br", &brotli),
        "/half" => connection.answer("200 OK\r\nContent-Encoding: gzip", &gzip[..gzip.len() / 2]),
        "/broken" => connection.answer("200 OK\r\nContent-Encoding: gzip", &feed),
        _ => connection.answer("200 OK\r\nContent-Encoding: zstd", "x"),
    });
    let get = |path: &str| look(&client(), &address(&server.url(path)), Validators::default());
    for path in ["/gzip", "/br"] {
        assert_eq!(found(get(path).unwrap()).feed.entries.len(), 3, "{path}");
    }
    for path in ["/broken", "/zstd"] {
        let error = get(path).unwrap_err();
        assert!(matches!(error, Error::Packing(_)), "{path}: {error}");
    }
    assert_eq!(get("/half").unwrap_err().kind(), Kind::Content);
}

/// `bytes` (less than 64 KB) in brotli's own way to say that they are not packed (RFC 7932, 9.2).
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let head = (u32::try_from(bytes.len()).unwrap() - 1) << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], bytes, &[3]].concat()
}

#[test]
fn the_encoding_is_that_of_the_server_then_of_the_document_then_a_guess() {
    let text = "Премьер-министр заявил, что правительство готово к переговорам с оппозицией";
    let feed = |declared: &str| {
        format!(
            "<?xml version='1.0'{declared}?><rss version='2.0'><channel><item><title>{text}</title></item></channel></rss>"
        )
    };
    let encoded = |label: &str, text: &str| {
        encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    };
    let (koi, windows, guess) = (
        encoded("koi8-r", &feed(" encoding='windows-1251'")),
        encoded("windows-1251", &feed(" encoding='windows-1251'")),
        encoded("koi8-r", &feed("")),
    );
    let wrong = feed(" encoding='iso-8859-1'");
    let server = Server::new(move |request, connection| match request.target.as_str() {
        "/header" => connection.answer("200 OK\r\nContent-Type: text/xml; charset=\"KOI8-R\"", &koi),
        "/declared" => connection.answer("200 OK\r\nContent-Type: text/xml", &windows),
        "/guess" => connection.answer("200 OK", &guess),
        _ => connection.answer("200 OK\r\nContent-Type: text/xml; charset=us-ascii", &wrong),
    });
    for path in ["/header", "/declared", "/guess", "/utf8-whatever-is-said"] {
        let seen = found(look(&client(), &address(&server.url(path)), Validators::default()).unwrap());
        assert_eq!(seen.feed.entries[0].title, text, "{path}");
    }
}

#[test]
fn an_answer_that_says_no_says_when_to_ask_again() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/wait" => connection.answer("503 Busy\r\nRetry-After: 120", ""),
        "/date" => connection.answer("429 Slow\r\nRetry-After: Fri, 21 Nov 2025 09:30:00 GMT", ""),
        "/gone" => connection.answer("410 Gone", ""),
        _ => connection.answer("401 No\r\nRetry-After: soon", ""),
    });
    let error = |path: &str| look(&client(), &address(&server.url(path)), Validators::default()).unwrap_err();
    let status = |status, retry| Error::Status { status, retry };
    let two_minutes = RetryAfter::In(Duration::from_secs(120));
    assert_eq!(error("/wait"), status(503, Some(two_minutes)));
    assert_eq!(error("/date"), status(429, Some(RetryAfter::At("2025-11-21T09:30:00Z".parse().unwrap()))));
    assert_eq!(error("/gone"), status(410, None));
    assert_eq!(error("/private"), status(401, None));
    assert!(error("/gone").to_string().contains("gone"));
}

#[test]
fn a_feed_that_breaks_off_keeps_its_complete_entries_and_comes_again() {
    let feed = rss("Cut", 20);
    let server = Server::new(move |_, connection| {
        let half = &feed.as_bytes()[..feed.len() / 2];
        connection.send(format!("HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: {}\r\n\r\n", feed.len()));
        connection.send(half);
    });
    let seen = found(look(&client(), &address(&server.url("/")), Validators::default()).unwrap());
    assert!((8..=10).contains(&seen.feed.entries.len()), "{}", seen.feed.entries.len());
    assert_eq!(seen.validators, Validators::default());
    assert!(seen.feed.lost.unwrap().contains("cut off"));
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let server = Server::new(|_, _| {});
    let port = server.port();
    drop(server);
    let gone = format!("http://127.0.0.1:{port}/");
    let error = client().get(&Request::new(&address(&gone))).unwrap_err();
    assert_eq!(error.kind(), Kind::Network, "{error}");
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
}

/// A proxy that opens tunnels to `port`, whatever is asked for.
fn tunnel(port: u16) -> Server {
    Server::new(move |request, connection| {
        assert_eq!(request.method, "CONNECT");
        connection.send("HTTP/1.1 200 Go\r\n\r\n");
        let mut back = connection.stream().try_clone().unwrap();
        let mut there = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut answers = there.try_clone().unwrap();
        thread::spawn(move || std::io::copy(&mut answers, &mut back));
        let _ = std::io::copy(connection.stream(), &mut there);
    })
}

fn through(proxy: &Server) -> Client {
    let url = proxy.url("");
    let proxies = Proxies::new(move |name| (name == "http_proxy").then(|| url.clone()));
    Client::new(Limits::default(), proxies, Stop::default())
}

#[test]
fn a_proxy_that_does_not_answer_is_to_blame_and_not_the_feed() {
    let gone = Server::new(|_, _| {});
    let client = through(&gone);
    drop(gone);
    let error = look(&client, &address("http://feeds.example/feed"), Validators::default()).unwrap_err();
    assert!(error.to_string().starts_with("the proxy cannot be used"), "{error}");
}

#[test]
fn a_proxy_that_refuses_to_connect_says_what_may_help() {
    let proxy = Server::new(|_, connection| connection.answer("403 Forbidden", ""));
    let error = look(&through(&proxy), &address("http://feeds.example/feed"), Validators::default()).unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains("responded 403;") && said.contains("CONNECT to port 80") && said.contains("https://"),
        "{said}"
    );
}

#[test]
fn a_feed_with_too_much_that_is_cut_off_says_both() {
    let server = Server::new(|_, connection| connection.answer("200 OK", rss("Long", 100)));
    let limits = Limits { entries: 2, body_bytes: 4 << 10, ..Limits::default() };
    let client = Client::new(limits, Proxies::default(), Stop::default());
    let lost = found(look(&client, &address(&server.url("/")), Validators::default()).unwrap()).feed.lost.unwrap();
    assert!(lost.contains("is larger than") && lost.contains("only its first 2 entries"), "{lost}");
}

#[test]
fn a_proxy_is_asked_for_what_it_is_there_for() {
    let server = Server::new(|request, connection| {
        assert_eq!(request.header("host"), "feeds.example");
        connection.answer("200 OK", rss("Proxied", 1));
    });
    let proxy = tunnel(server.port());
    let seen = look(&through(&proxy), &address("http://feeds.example/feed"), Validators::default()).unwrap();
    assert_eq!(found(seen).feed.title, "Proxied");
    assert_eq!(proxy.requests()[0].target, "feeds.example:80");
}

#[test]
fn a_public_feed_cannot_send_us_to_a_near_machine() {
    let secret = Server::new(|_, connection| connection.answer("200 OK", rss("Secret", 1)));
    let port = secret.port();
    let server = Server::new(move |request, connection| {
        let near = match request.target.as_str() {
            "/name" => format!("http://localhost:{port}/"),
            "/hex" => format!("http://0x7f000001:{port}/"),
            "/v6" => format!("http://[::ffff:127.0.0.1]:{port}/"),
            "/cloud" => "http://169.254.169.254/latest".to_owned(),
            "/house" => "http://192.168.0.1/".to_owned(),
            _ => format!("http://127.0.0.1:{port}/"),
        };
        connection.answer(&format!("302 Found\r\nLocation: {near}"), "");
    });
    let proxy = tunnel(server.port());
    for path in ["/", "/name", "/hex", "/v6", "/cloud", "/house"] {
        let error = look(&through(&proxy), &address(&format!("http://feeds.example{path}")), Validators::default());
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Nearer { from: Zone::Public, .. }), "{path}: {error}");
        assert_eq!(error.kind(), Kind::Refused);
    }
    assert!(secret.requests().is_empty());
    // Without a proxy the addresses that a name stands for are looked at.
    let url = address(&secret.url("/"));
    let from = Request { from: Some(Zone::Public), ..Request::new(&url) };
    assert!(matches!(client().get(&from), Err(Error::Nearer { .. })));
    let named = address(&format!("http://localhost:{port}/"));
    assert!(matches!(
        client().get(&Request { from: Some(Zone::Public), ..Request::new(&named) }),
        Err(Error::Nearer { .. })
    ));
    assert!(secret.requests().is_empty());
    // The user may ask for it.
    assert!(client().get(&Request::new(&url)).is_ok());
}

#[test]
fn a_fetch_that_is_stopped_ends_though_the_server_hangs() {
    for sends in ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"] {
        let stop = Stop::default();
        let from_server = stop.clone();
        let server = Server::new(move |_, connection| {
            connection.send(sends);
            // Once the request is there, the user stops it; nothing else ends this.
            from_server.ask();
            connection.hang();
        });
        let hour = Duration::from_secs(3600);
        let limits = Limits { total: hour, body: hour, ..Limits::default() };
        let client = Client::new(limits, Proxies::default(), stop);
        let error = client.get(&Request::new(&address(&server.url("/now")))).unwrap_err();
        assert_eq!(error, Error::Stopped, "{sends}");
        assert_eq!(client.get(&Request::new(&address(&server.url("/later")))).unwrap_err(), Error::Stopped);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn the_test_server_reads_what_it_is_sent() {
    let server = Server::pages([("/a", "x".to_owned())]);
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.write_all(b"GET /a HTTP/1.1\r\nX-Y:  z \r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("\r\n\r\nx"), "{answer}");
    let request: &server::Request = &server.requests()[0];
    assert_eq!((request.target.as_str(), request.header("x-y")), ("/a", "z"));
}
