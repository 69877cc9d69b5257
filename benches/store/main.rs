//! The library at the size of a life's reading: `cargo bench --bench store` for single figures, `cargo bench --bench
//! store -- figures` for the table of percentiles that the project promises, `-- screen` for what a user waits for at
//! the screen: the built program in a pseudo-terminal; `-- import` for how many articles a second come in.
//!
//! The library is made once and kept in the target folder; `PULLQUOTE_BENCH_ARTICLES` sets its size (100,000).

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on has failed; clocks, threads and printing are what it is for"
)]

mod figures;
mod generate;
mod intake;
mod screen;

use std::path::PathBuf;
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use generate::{Generator, Random};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use pullquote::analysis::{Engine, Lexicon};
use pullquote::article::import;
use pullquote::store::{ArticleId, Asked, Found, Incoming, Options, Order, Origin, Query, Sort, Store, Window};

const TODAY: Date = date(2025, 11, 28);

fn main() {
    let asks_for = |what: &str| std::env::args().any(|argument| argument == what);
    if asks_for("figures") {
        figures::print();
    } else if asks_for("screen") {
        screen::print();
    } else if asks_for("import") {
        intake::print();
    } else {
        divan::main();
    }
}

fn size() -> u64 {
    std::env::var("PULLQUOTE_BENCH_ARTICLES").ok().and_then(|size| size.parse().ok()).unwrap_or(100_000)
}

fn now() -> Timestamp {
    Timestamp::from_second(1_764_288_000).unwrap()
}

fn open(path: PathBuf) -> (Store, Found) {
    let opened = Store::open(&Options::own(path, TODAY)).unwrap();
    (opened.store, opened.found)
}

/// The file of the large library, made on the first call.
fn library() -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-library-{}.db", size()));
        let done = path.with_extension("done");
        if !done.exists() {
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
            }
            eprintln!("making {} with {} articles ...", path.display(), size());
            let written = figures::fill(&path, size());
            eprintln!("import: one core writes {written:.0} articles a second");
            std::fs::write(done, "").unwrap();
        }
        path
    })
    .clone()
}

fn store() -> Store {
    open(library()).0
}

fn query(text: &str) -> Query {
    Query::parse(text, TODAY).unwrap()
}

#[divan::bench(sample_count = 20)]
fn add_a_batch_of_500_without_analysis(bencher: Bencher) {
    let generator = Generator::new();
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path().join("library.db")).0;
    let mut first = 0;
    bencher
        .with_inputs(|| {
            first += 500;
            (first..first + 500).map(|number| generator.article(number)).collect::<Vec<_>>()
        })
        .bench_local_values(|articles| {
            let incoming: Vec<_> = articles.iter().map(Incoming::new).collect();
            store.add_all(&incoming, now()).unwrap()
        });
}

#[divan::bench]
fn open_library(bencher: Bencher) {
    let path = library();
    bencher.bench(|| open(path.clone()));
}

#[divan::bench(args = ["", "unread", "source:paper", "speaker:smith", "since:1000d"])]
fn first_window(bencher: Bencher, text: &str) {
    let (store, query) = (store(), query(text));
    bencher.bench_local(|| store.list(&query, Sort::default(), Window::first(50)).unwrap());
}

#[divan::bench(args = ["date", "title", "source", "voices", "length"])]
fn window_in_the_middle(bencher: Bencher, sort: &str) {
    let store = store();
    let sort: Sort = sort.parse().unwrap();
    let window = Window { offset: size() as usize / 2, limit: 50 };
    bencher.bench_local(|| store.list(&Query::default(), sort, window).unwrap());
}

#[divan::bench(args = [0, 10, 1_000, 10_000])]
fn search_newest(bencher: Bencher, rank: usize) {
    let store = store();
    let query = query(Generator::new().word(rank));
    bencher.bench_local(|| store.search(&query, Order::Newest, Window::first(50)).unwrap());
}

#[divan::bench(args = [0, 10, 1_000, 10_000])]
fn search_by_relevance(bencher: Bencher, rank: usize) {
    let store = store();
    let query = query(Generator::new().word(rank));
    bencher.bench_local(|| store.search(&query, Order::Relevance, Window::first(50)).unwrap());
}

#[divan::bench(args = [0, 10, 1_000])]
fn said(bencher: Bencher, rank: usize) {
    let store = store();
    let asked = Asked { name: Some(Generator::new().person(rank)), limit: Some(200), ..Asked::default() };
    bencher.bench_local(|| store.said(black_box(&asked)).unwrap());
}
