//! What was acknowledged stays: after `kill -9` in the middle of writing, and with several instances at once.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::damage::Random;
use super::*;

const LIBRARY: &str = "PULLQUOTE_TEST_LIBRARY";
const FIRST: &str = "PULLQUOTE_TEST_FIRST";

/// SQLite lets writers wait without a queue, and these write without a pause: on a busy machine one may have to wait
/// long for its turn.
fn open_patiently(path: &Path) -> Store {
    let patience = std::time::Duration::from_secs(120);
    Store::open(&Options { patience, ..options(path) }).unwrap().store
}

fn story(number: u64) -> pullquote::article::Article {
    dated(&format!("Story {number}\n\nNumber {number} in a row of many."), 2025, 1, 1 + (number % 28) as i8)
}

/// Writes without end, and says on its standard output what it was told is safe. Run by the tests below.
#[test]
#[ignore = "a part of other tests"]
fn writing_child() {
    let (Some(path), Ok(first)) = (std::env::var_os(LIBRARY), std::env::var(FIRST)) else { return };
    let mut store = open_patiently(Path::new(&path));
    for number in first.parse::<u64>().unwrap().. {
        let story = story(number);
        let id = add(&mut store, &story);
        store.highlight(&story, Span::new(0, 5), &format!("note {number}"), now()).unwrap();
        store.set_mark(number, 'a', 1).unwrap();
        store.set_read(&[id], true, now()).unwrap();
        println!("\nsafe {number}");
    }
}

fn start(path: &Path, first: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture", "store::durability::writing_child"])
        .env(LIBRARY, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The numbers that a child calls safe, as they come.
fn safe(child: &mut Child) -> impl Iterator<Item = u64> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("safe ")?.parse().ok())
}

fn check(path: &Path, acknowledged: &BTreeSet<u64>) {
    let store = open_patiently(path);
    let kept: BTreeSet<String> = titles(&store, "read").into_iter().collect();
    let notes: BTreeSet<String> = store.highlights(0, usize::MAX >> 1).unwrap().into_iter().map(|h| h.note).collect();
    for number in acknowledged {
        assert!(kept.contains(&format!("Story {number}")), "article {number} is lost");
        assert!(notes.contains(&format!("note {number}")), "note {number} is lost");
        assert_eq!(store.marks(*number).unwrap(), [('a', 1)], "mark {number} is lost");
    }
    for id in store.ids(&query(""), Sort::default()).unwrap() {
        store.load(id).unwrap();
    }
    assert_eq!(store.count(&query("row")).unwrap(), store.count(&query("")).unwrap(), "the index fits the texts");
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut random = Random(5);
    let mut acknowledged = BTreeSet::new();
    let mut next = 0;
    for _ in 0..12 {
        let mut child = start(&path, next);
        let enough = 1 + random.below(20);
        let mut numbers = safe(&mut child);
        acknowledged.extend(numbers.by_ref().take(enough));
        child.kill().unwrap();
        // What it said before it died counts too.
        acknowledged.extend(numbers);
        child.wait().unwrap();
        next = acknowledged.last().unwrap() + 10;
        check(&path, &acknowledged);
    }
}

#[test]
fn several_instances_write_at_once_and_nobody_loses_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(open(&path));
    let mut child = start(&path, 1_000_000);
    let mut numbers = safe(&mut child);
    let mut acknowledged: BTreeSet<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3_u64)
            .map(|thread| {
                let path = &path;
                scope.spawn(move || {
                    let mut store = open_patiently(path);
                    for number in thread * 1_000..thread * 1_000 + 40 {
                        let story = story(number);
                        let id = add(&mut store, &story);
                        store.highlight(&story, Span::new(0, 5), &format!("note {number}"), now()).unwrap();
                        store.set_mark(number, 'a', 1).unwrap();
                        store.set_read(&[id], true, now()).unwrap();
                    }
                    thread * 1_000..thread * 1_000 + 40
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    acknowledged.extend(numbers.by_ref().take(20));
    child.kill().unwrap();
    acknowledged.extend(numbers);
    child.wait().unwrap();
    assert!(acknowledged.len() >= 140);
    check(&path, &acknowledged);
}
