//! The figures that the project promises, as percentiles over many different questions.

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::*;

/// Articles in one transaction.
const BATCH: u64 = 500;

/// Articles that are analysed for real.
const ANALYSED: u64 = 1_000;

/// Fills a new library: one thread makes articles with their analyses, one writes. Gives how many the writer took a
/// second, by the time that it ran.
pub fn fill(path: &Path, articles: u64) -> f64 {
    let (mut store, _) = open(path.to_owned());
    let (sender, receiver) = mpsc::sync_channel::<Vec<_>>(2);
    let mut writing = Duration::ZERO;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let generator = Generator::new();
            for first in (0..articles).step_by(BATCH as usize) {
                let numbers = first..(first + BATCH).min(articles);
                let batch = numbers.map(|number| {
                    let article = generator.article(number);
                    let analysis = generator.analysis(number, &article.text);
                    (format!("/news/{number}.txt"), article, analysis)
                });
                sender.send(batch.collect()).unwrap();
            }
        });
        for batch in receiver {
            let incoming: Vec<_> = batch
                .iter()
                .map(|(key, article, analysis)| Incoming {
                    origin: Some(Origin { key, stamp: 1 }),
                    analysis: Some((analysis, 1)),
                    ..Incoming::new(article)
                })
                .collect();
            writing += ran(|| drop(store.add_all(&incoming, now()).unwrap()));
        }
    });
    articles as f64 / writing.as_secs_f64()
}

/// Articles that one core reads and analyses in a second.
fn analysed_a_second() -> f64 {
    let generator = Generator::new();
    let engine = Engine::new(Lexicon::embedded());
    let sources: Vec<String> = (0..ANALYSED).map(|number| generator.source(number)).collect();
    let time = ran(|| {
        for source in &sources {
            black_box(engine.analyze(&import::import(source.as_bytes(), "x.txt").text));
        }
    });
    ANALYSED as f64 / time.as_secs_f64()
}

/// How long `work` ran: where the system tells, on the processor, so that other programs do not count.
fn ran(work: impl FnOnce()) -> Duration {
    let start = (Instant::now(), busy());
    work();
    match (start.1, busy()) {
        (Some(before), Some(after)) => Duration::from_nanos(after - before),
        _ => start.0.elapsed(),
    }
}

/// Prints the table.
pub fn print() {
    let path = library();
    let generator = Generator::new();
    let store = store();
    let megabytes = std::fs::metadata(&path).map_or(0, |file| file.len() >> 20);
    println!("{} articles, {megabytes} MB", size());
    println!("import: one core reads and analyses {:.0} articles a second", analysed_a_second());
    row("open", 50, |_| drop(open(path.clone())));
    row("list, first window", 200, |_| list(&store, "", "date", 0));
    row("list, any window", 200, |n| list(&store, "", "date", n));
    row("list, unread", 200, |n| list(&store, "unread", "date", n));
    for sort in ["title", "source", "voices", "length"] {
        row(&format!("list by {sort}"), 200, |n| list(&store, "", sort, n));
    }
    row("list, source", 100, |n| list(&store, &format!("source:\"paper {}\"", n % 300), "date", 0));
    row("list, speaker", 200, |n| {
        let rank = Random::new(n).rank(5_000);
        list(&store, &format!("speaker:\"{}\"", generator.person(rank)), "date", 0);
    });
    row("count, all", 50, |_| _ = store.count(&Query::default()).unwrap());
    row("count, unread", 50, |_| _ = store.count(&query("unread")).unwrap());
    row("counts", 50, |_| _ = store.counts().unwrap());
    row("folders", 20, |_| drop(store.folders().unwrap()));
    row("tags", 20, |_| drop(store.tags().unwrap()));
    row("all headlines", 20, |_| {
        let mut letters = 0;
        store.headlines(ArticleId(0), usize::MAX, |headline| letters += headline.title.len()).unwrap();
        black_box(letters);
    });
    row("unread", 50, |_| drop(store.unread().unwrap()));
    row("list, folder", 50, |_| list(&store, "folder:/news", "date", 0));
    row("all ids", 50, |_| drop(store.ids(&Query::default(), Sort::default()).unwrap()));
    row("search, one word, newest", 1_000, |n| search(&store, &words(&generator, n, 1), Order::Newest));
    row("search, two words, newest", 1_000, |n| search(&store, &words(&generator, n, 2), Order::Newest));
    row("search, beginning, newest", 1_000, |n| {
        let word = words(&generator, n, 1);
        search(&store, &format!("{}*", word.get(..3).unwrap_or(&word)), Order::Newest);
    });
    row("search, phrase, newest", 200, |n| {
        let phrases = ["press secretary", "white house", "new york", "willing to meet with anyone", "largest city"];
        search(&store, &format!("\"{}\"", phrases[n as usize % 5]), Order::Newest);
    });
    row("search, one word, relevance", 1_000, |n| search(&store, &words(&generator, n, 1), Order::Relevance));
    row("search, two words, relevance", 1_000, |n| search(&store, &words(&generator, n, 2), Order::Relevance));
    row("search, beginning, relevance", 300, |n| {
        let word = words(&generator, n, 1);
        search(&store, &format!("{}*", word.get(..3).unwrap_or(&word)), Order::Relevance);
    });
    row("count of matches", 300, |n| _ = store.count(&query(&words(&generator, n, 1))).unwrap());
    row("people by name", 300, |n| drop(store.people(&generator.person(Random::new(n).rank(5_000)), 20).unwrap()));
    row("people, most quoted", 20, |_| drop(store.people("", 50).unwrap()));
    for (label, about) in [("said, 200 newest", false), ("said about a word", true)] {
        row(label, 300, |n| {
            let asked = Asked {
                name: Some(generator.person(Random::new(n).rank(5_000))),
                about: if about { words(&generator, n + 1, 1) } else { String::new() },
                limit: Some(200),
                ..Asked::default()
            };
            store.said(&asked).unwrap();
        });
    }
    row("parts of the most quoted", 5, |_| {
        let person = store.people(&generator.person(0), 1).unwrap().remove(0).id;
        store.parts_of(person).unwrap();
    });
    row("said by the most quoted, all", 5, |_| {
        store.said(&Asked { name: Some(generator.person(0)), ..Asked::default() }).unwrap();
    });
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
            println!("{line}");
        }
    }
}

fn words(generator: &Generator, number: u64, count: usize) -> String {
    let mut random = Random::new(number);
    let words: Vec<_> = (0..count).map(|_| format!("\"{}\"", generator.word(random.rank(10_000)))).collect();
    if count == 1 { words.concat().trim_matches('"').to_owned() } else { words.join(" ") }
}

fn list(store: &Store, text: &str, sort: &str, number: u64) {
    let offset = if number == 0 { 0 } else { Random::new(number).below(size() as usize - 50) };
    store.list(&query(text), sort.parse().unwrap(), Window { offset, limit: 50 }).unwrap();
}

fn search(store: &Store, text: &str, order: Order) {
    store.search(&query(text), order, Window::first(50)).unwrap();
}

/// Runs `work` for many numbers and prints the median, the 99th percentile and the worst of its times.
fn row(label: &str, runs: u64, mut work: impl FnMut(u64)) {
    let mut times: Vec<f64> = (0..runs).map(|number| ran(|| work(number)).as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!("{label:<32} p50 {:>8.2} ms   p99 {:>8.2} ms   worst {:>8.2} ms", at(0.5), at(0.99), at(1.0));
}

/// Nanoseconds that this thread has run.
#[cfg(unix)]
fn busy() -> Option<u64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000_000 + time.tv_nsec).ok()
}

#[cfg(not(unix))]
fn busy() -> Option<u64> {
    None
}
