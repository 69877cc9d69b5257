//! What cannot be tested from outside: a power cut at any moment, and a full disk.
//!
//! A power cut is simulated below SQLite: a file system in memory that keeps apart what was synced. When the power
//! goes, each write since the last sync is there, or not, or in part, whatever came before or after it. Killing a
//! process shows nothing of this: the system keeps what was written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Error as IoError, ErrorKind, Result as IoResult};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use sqlite_vfs::wip::{WalIndex, WalIndexLock};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenOptions, Vfs, register};

use super::open::open_to_write;
use super::*;
use crate::article::Article;
use crate::text::Span;

/// A small generator of numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}

/// What was done to a file since it was last synced.
#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(at, data) => {
                bytes.resize(bytes.len().max(at + data.len()), 0);
                bytes[*at..at + data.len()].copy_from_slice(data);
            }
            Self::Length(length) => bytes.resize(*length, 0),
        }
    }
}

#[derive(Clone, Default)]
struct File {
    synced: Vec<u8>,
    now: Vec<u8>,
    since: Vec<Change>,
}

/// All files of the simulated computer, and how many writes and syncs are left until the power goes.
struct Disk {
    files: BTreeMap<String, File>,
    left: u64,
}

static DISK: Mutex<Disk> = Mutex::new(Disk { files: BTreeMap::new(), left: 0 });

fn disk() -> MutexGuard<'static, Disk> {
    DISK.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    /// Counts one operation; an error once the power is gone.
    fn tick(&mut self) -> IoResult<()> {
        self.left = self.left.checked_sub(1).ok_or(IoError::other("no power"))?;
        Ok(())
    }

    fn change(&mut self, name: &str, change: Change) -> IoResult<()> {
        self.tick()?;
        let file = self.files.get_mut(name).ok_or(ErrorKind::NotFound)?;
        change.apply(&mut file.now);
        file.since.push(change);
        Ok(())
    }

    /// The files as they are found when the power is back.
    fn after_power_cut(&self, random: &mut Random) -> Vec<(String, Vec<u8>)> {
        let found = self.files.iter().map(|(name, file)| {
            let mut bytes = file.synced.clone();
            for change in &file.since {
                match (random.below(4), change) {
                    (0, _) => {}
                    (1, Change::Write(at, data)) => {
                        // Some of its sectors.
                        for (index, sector) in data.chunks(512).enumerate() {
                            if random.below(2) == 0 {
                                Change::Write(at + index * 512, sector.to_vec()).apply(&mut bytes);
                            }
                        }
                    }
                    _ => change.apply(&mut bytes),
                }
            }
            (name.clone(), bytes)
        });
        found.collect()
    }
}

struct Power;

struct Handle {
    name: String,
    lock: LockKind,
}

struct Index(Arc<Mutex<BTreeMap<u32, [u8; 32768]>>>);

impl Vfs for Power {
    type Handle = Handle;

    fn open(&self, name: &str, _: OpenOptions) -> IoResult<Handle> {
        disk().files.entry(name.to_owned()).or_default();
        Ok(Handle { name: name.to_owned(), lock: LockKind::None })
    }

    fn delete(&self, name: &str) -> IoResult<()> {
        let mut disk = disk();
        disk.tick()?;
        disk.files.remove(name);
        Ok(())
    }

    fn exists(&self, name: &str) -> IoResult<bool> {
        Ok(disk().files.contains_key(name))
    }

    fn temporary_name(&self) -> String {
        "temporary".to_owned()
    }

    fn random(&self, buffer: &mut [i8]) {
        buffer.fill(7);
    }

    fn sleep(&self, duration: Duration) -> Duration {
        duration
    }

    fn full_pathname<'a>(&self, name: &'a str) -> IoResult<Cow<'a, str>> {
        Ok(name.into())
    }
}

impl DatabaseHandle for Handle {
    type WalIndex = Index;

    fn size(&self) -> IoResult<u64> {
        Ok(disk().files.get(&self.name).map_or(0, |file| file.now.len() as u64))
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> IoResult<()> {
        let disk = disk();
        let bytes = disk.files.get(&self.name).map(|file| file.now.as_slice()).unwrap_or_default();
        let there = bytes.get(offset as usize..).unwrap_or_default();
        let length = there.len().min(buffer.len());
        buffer[..length].copy_from_slice(&there[..length]);
        buffer[length..].fill(0);
        if length < buffer.len() { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    fn write_all_at(&mut self, buffer: &[u8], offset: u64) -> IoResult<()> {
        disk().change(&self.name, Change::Write(offset as usize, buffer.to_vec()))
    }

    fn sync(&mut self, _: bool) -> IoResult<()> {
        let mut disk = disk();
        disk.tick()?;
        if let Some(file) = disk.files.get_mut(&self.name) {
            file.synced = file.now.clone();
            file.since.clear();
        }
        Ok(())
    }

    fn set_len(&mut self, size: u64) -> IoResult<()> {
        disk().change(&self.name, Change::Length(size as usize))
    }

    fn lock(&mut self, lock: LockKind) -> IoResult<bool> {
        self.lock = lock;
        Ok(true)
    }

    fn reserved(&mut self) -> IoResult<bool> {
        Ok(false)
    }

    fn current_lock(&self) -> IoResult<LockKind> {
        Ok(self.lock)
    }

    fn wal_index(&self, _: bool) -> IoResult<Index> {
        Ok(Index(Arc::default()))
    }
}

impl WalIndex for Index {
    fn map(&mut self, region: u32) -> IoResult<[u8; 32768]> {
        Ok(*self.0.lock().unwrap().entry(region).or_insert([0; 32768]))
    }

    fn lock(&mut self, _: std::ops::Range<u8>, _: WalIndexLock) -> IoResult<bool> {
        Ok(true)
    }

    fn delete(self) -> IoResult<()> {
        Ok(())
    }
}

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
        *disk() = Disk { files: BTreeMap::new(), left: u64::MAX };
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
