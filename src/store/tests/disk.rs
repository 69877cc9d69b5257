//! A file system in memory, below SQLite, that keeps apart what was synced: when the power goes, each write since the
//! last sync is there, or not, or in part, whatever came before or after it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Error as IoError, ErrorKind, Result as IoResult};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlite_vfs::wip::{WalIndex, WalIndexLock};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenOptions, Vfs};

/// A small generator of numbers (SplitMix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
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
pub(super) struct Disk {
    files: BTreeMap<String, File>,
    pub(super) left: u64,
}

static DISK: Mutex<Disk> = Mutex::new(Disk { files: BTreeMap::new(), left: 0 });

pub(super) fn disk() -> MutexGuard<'static, Disk> {
    DISK.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    /// An empty one.
    pub(super) fn new(left: u64) -> Self {
        Self { files: BTreeMap::new(), left }
    }

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
    pub(super) fn after_power_cut(&self, random: &mut Random) -> Vec<(String, Vec<u8>)> {
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

pub(super) struct Power;

pub(super) struct Handle {
    name: String,
    lock: LockKind,
}

pub(super) struct Index(Arc<Mutex<BTreeMap<u32, [u8; 32768]>>>);

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
