//! What cannot be tested from outside: a power cut at any moment, and a full disk.
//!
//! A power cut is simulated below SQLite ([`disk`]). Killing a process shows nothing of it: the system keeps what was
//! written.

mod disk;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use jiff::Timestamp;
use sqlite_vfs::register;

use self::disk::{Disk, Power, Random, disk};
use super::open::open_to_write;
use super::*;
use crate::article::Article;
use crate::text::Span;

fn now() -> Timestamp {
    Timestamp::from_second(1_764_331_200).unwrap()
}

fn story(number: u64) -> Article {
    let text = format!("Story {number}\n\n{}", format!("Word {number} after word. ").repeat(40).trim());
    crate::article::import::import(text.as_bytes(), "story.txt")
}

/// What a run was told is safe.
#[derive(Default)]
struct Safe {
    articles: Vec<(ArticleId, u64)>,
    notes: Vec<String>,
    starred: Vec<ArticleId>,
    marks: Vec<u64>,
}

/// Writes until the power goes.
fn write_until_dark(store: &mut Store, safe: &mut Safe) -> Result<(), Error> {
    for number in 0.. {
        let story = story(number);
        let id = store.add(&Incoming::new(&story), now())?.id();
        safe.articles.push((id, number));
        let note = format!("note {number}");
        store.highlight(&story, Span::new(0, 5), &note, now())?;
        safe.notes.push(note);
        store.set_starred(&[id], true, now())?;
        safe.starred.push(id);
        store.set_mark(number, 'a', 3)?;
        safe.marks.push(number);
    }
    Ok(())
}

/// What is missing of what was safe, in the library at `path`.
fn missing(path: &Path, safe: &Safe) -> usize {
    let opened = Store::open(&Options::own(path.to_owned(), jiff::civil::date(2025, 11, 28))).unwrap();
    assert!(!matches!(opened.found, Found::Damaged(_)), "the library is damaged");
    let store = opened.store;
    let notes: Vec<String> = store.highlights(0, 10_000).unwrap().into_iter().map(|highlight| highlight.note).collect();
    let starred =
        store.ids(&Query::parse("starred", jiff::civil::date(2025, 11, 28)).unwrap(), Sort::default()).unwrap();
    let lost_articles =
        safe.articles.iter().filter(|(id, number)| store.load(*id).ok() != Some(story(*number))).count();
    lost_articles
        + safe.notes.iter().filter(|note| !notes.contains(note)).count()
        + safe.starred.iter().filter(|id| !starred.contains(id)).count()
        + safe.marks.iter().filter(|number| store.marks(**number).unwrap().is_empty()).count()
}

/// Cuts the power `turns` times; gives in how many of them something was lost. `weaker` turns the guard down.
fn cut_power(turns: u64, weaker: bool) -> usize {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| register("power", Power, false).unwrap());
    let options = Options::own(PathBuf::from("library.db"), jiff::civil::date(2025, 11, 28));
    let mut losses = 0;
    for turn in 0..turns {
        let mut random = Random(turn);
        // First a library that is there already, then the life that ends in the dark.
        *disk() = Disk::new(u64::MAX);
        drop(open_to_write(&options, Some("power")).unwrap());
        let mut store = open_to_write(&options, Some("power")).unwrap();
        if weaker {
            store.connection.execute_batch("PRAGMA synchronous = NORMAL").unwrap();
        }
        // Often enough into the log's way back to the file.
        store.connection.pragma_update(None, "wal_autocheckpoint", 20 + random.below(100)).unwrap();
        disk().left = 1 + random.below(1_500);
        let mut safe = Safe::default();
        write_until_dark(&mut store, &mut safe).unwrap_err();
        let found = disk().after_power_cut(&mut random);
        drop(store);
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in found {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        losses += usize::from(missing(&folder.path().join("library.db"), &safe) > 0);
    }
    losses
}

/// Only one test may use the simulated disk at a time.
static POWER: Mutex<()> = Mutex::new(());

#[test]
fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    let _alone = POWER.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(cut_power(40, false), 0);
}

#[test]
#[ignore = "takes a minute: the same three hundred times"]
fn three_hundred_power_cuts_lose_nothing() {
    let _alone = POWER.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(cut_power(300, false), 0);
}

#[test]
fn the_simulated_power_cut_finds_what_a_weaker_guard_loses() {
    let _alone = POWER.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(cut_power(20, true) > 0, "the simulation is too kind to show anything");
}

#[test]
fn a_full_disk_is_said_so_and_what_was_kept_before_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut store = Store::open(&Options::own(path.clone(), jiff::civil::date(2025, 11, 28))).unwrap().store;
    let kept = store.add(&Incoming::new(&story(1)), now()).unwrap().id();
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.connection.pragma_update_and_check(None, "max_page_count", pages + 4, |_| Ok(())).unwrap();
    let mut kept = vec![(kept, 1)];
    let error = (2..1_000)
        .find_map(|number| match store.add(&Incoming::new(&story(number)), now()) {
            Ok(added) => {
                kept.push((added.id(), number));
                None
            }
            Err(error) => Some(error),
        })
        .unwrap();
    assert!(matches!(error, Error::Full(_)), "{error:?}");
    assert!(error.to_string().contains("the disk is full"), "{error}");
    for (id, number) in &kept {
        assert_eq!(store.load(*id).unwrap(), story(*number));
    }
    // With room again, it goes on.
    store.connection.pragma_update_and_check(None, "max_page_count", 1_000_000, |_| Ok(())).unwrap();
    store.add(&Incoming::new(&story(5_000)), now()).unwrap();
    drop(store);
    let store = Store::open(&Options::own(path, jiff::civil::date(2025, 11, 28))).unwrap().store;
    assert_eq!(store.count(&Query::default()).unwrap(), kept.len() + 1);
}
