//! Feeds and pages against a real server on loopback inside the test: what servers do well, and all that they do badly.

mod command;
mod formats;
mod full_text;
mod hostile;
mod http;
mod pages;
mod reading;
mod refresh;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pullquote::fetch::{Address, Client, Limits, Proxies, Stop};

pub use server::Server;

/// A client with the limits that everybody gets, without proxies.
fn client() -> Client {
    Client::new(Limits::default(), Proxies::default(), Stop::default())
}

/// A client that waits for nobody long; for servers that never end.
fn hasty() -> Client {
    let limits = Limits {
        total: Duration::from_millis(2000),
        body: Duration::from_millis(1500),
        body_bytes: 1 << 20,
        ..Limits::default()
    };
    Client::new(limits, Proxies::default(), Stop::default())
}

fn address(url: &str) -> Address {
    Address::parse(url).unwrap()
}

/// A small feed of `count` items, the last one first.
fn rss(title: &str, count: usize) -> String {
    let items: String = (1..=count).rev().map(|number| item(title, number)).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>")
}

fn item(title: &str, number: usize) -> String {
    format!(
        "<item><title>{title} story {number}</title><guid>{title}-{number}</guid><link>/{number}</link>\
         <pubDate>Fri, 21 Nov 2025 09:30:00 GMT</pubDate>\
         <description>&lt;p&gt;“Number {number} of {title} is true,” said Ana Silva, the mayor.&lt;/p&gt;</description></item>"
    )
}

/// The fixtures in the repository.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds")
}

/// All files below a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
