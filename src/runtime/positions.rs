//! Where the reader was in each article, whether it has been read, and how the side panes were set up: kept in one
//! small file between sessions.
//!
//! Keyed by content, so a moved or renamed file keeps its place. The file is written whole and put in place by a
//! rename, so it is never half; it is private to the user; it is read again before it is written, under a lock, so
//! two readers at once lose nothing; only the most recent [`MOST`] articles are kept. Anything wrong with it is a
//! notice, never a reason not to read.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};

use super::files::reason;
use crate::app::panes::Side;
use crate::text::safe;

/// Most articles whose place is kept.
pub const MOST: usize = 5000;

/// Largest file read: one of [`MOST`] articles has less than a tenth of this.
const MAX_BYTES: u64 = 4 << 20;

const VERSION: u32 = 1;
const NAME: &str = "positions.json";

/// The places known: those of the file and those of this session.
#[derive(Debug, Default)]
pub struct Positions {
    folder: Option<PathBuf>,
    known: BTreeMap<u64, Place>,
    /// What this session changed since the last save.
    changed: BTreeMap<u64, Place>,
    panes: Sides,
    panes_changed: bool,
    /// Whether the file is one that this program must not touch (a newer version's).
    foreign: bool,
}

/// The place in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// Byte offset into the article's text.
    offset: usize,
    /// When, in seconds since 1970.
    at: u64,
    /// Whether the user has read in it.
    #[serde(default)]
    read: bool,
}

/// How the user set up the side panes: article list, then sidebar.
pub type Sides = [Side; 2];

/// What the file holds.
#[derive(Debug, Default)]
struct Kept {
    places: BTreeMap<u64, Place>,
    panes: Sides,
}

/// The file: JSON, content ids in hexadecimal, sorted.
#[derive(Debug, Serialize, Deserialize)]
struct Format {
    version: u32,
    #[serde(default)]
    panes: Sides,
    positions: BTreeMap<String, Place>,
}

/// Only what tells whether the rest can be read.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

enum Problem {
    /// A newer program wrote it.
    Newer(u32),
    /// It is no such file.
    Damaged(String),
    /// It cannot be read.
    Unreadable(String),
}

impl Positions {
    /// Reads the file in `folder`; without a folder nothing is kept. The second value is a safe line about what is
    /// wrong.
    #[must_use]
    pub fn open(folder: Option<PathBuf>) -> (Self, Option<String>) {
        let mut positions = Self { folder, ..Self::default() };
        let Some(path) = positions.path() else { return (positions, None) };
        let shown = safe::line(&path.to_string_lossy());
        let problem = match read(&path) {
            Ok(kept) => {
                (positions.known, positions.panes) = (kept.places, kept.panes);
                return (positions, None);
            }
            Err(problem) => problem,
        };
        let line = match problem {
            Problem::Newer(version) => {
                positions.foreign = true;
                format!("{shown} is of a newer pullquote (version {version}): places are not kept")
            }
            Problem::Unreadable(why) => {
                positions.foreign = true;
                format!("cannot read {shown}: {why}: places are not kept")
            }
            Problem::Damaged(why) => match set_aside(&path) {
                Ok(aside) => format!("{shown} was damaged ({why}) and is now {}", safe::line(&aside.to_string_lossy())),
                Err(error) => {
                    positions.foreign = true;
                    format!("{shown} is damaged ({why}) and cannot be set aside: {}", reason(&error))
                }
            },
        };
        (positions, Some(line))
    }

    /// The byte offset where the user was in the article with this content, and whether it has been read.
    #[must_use]
    pub fn get(&self, content: u64) -> Option<(usize, bool)> {
        self.known.get(&content).map(|place| (place.offset, place.read))
    }

    /// The user is now at byte `offset` of the article with this content, and has read in it or not;
    /// [`Positions::save`] keeps it. An article left alone so far is not noted.
    pub fn set(&mut self, content: u64, offset: usize, read: bool) {
        if self.get(content).unwrap_or_default() == (offset, read) {
            return;
        }
        let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let place = Place { offset, at, read };
        self.known.insert(content, place);
        self.changed.insert(content, place);
    }

    /// How the side panes were set up last.
    #[must_use]
    pub const fn panes(&self) -> Sides {
        self.panes
    }

    /// The side panes are set up like this now; [`Positions::save`] keeps it.
    pub fn set_panes(&mut self, panes: Sides) {
        self.panes_changed |= self.panes != panes;
        self.panes = panes;
    }

    /// Writes what changed, merged with what others wrote meanwhile.
    ///
    /// # Errors
    /// One safe line: why nothing was written. What changed is kept for the next try.
    pub fn save(&mut self) -> Result<(), String> {
        let changed = self.panes_changed || !self.changed.is_empty();
        let Some(path) = self.path().filter(|_| changed && !self.foreign) else { return Ok(()) };
        let shown = safe::line(&path.to_string_lossy());
        let failed = |error: &io::Error| format!("places are not kept: {shown}: {}", reason(error));
        let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|error| failed(&error))?;
        let _lock = lock(&folder);
        let mut merged = match read(&path) {
            Ok(others) => others,
            Err(Problem::Newer(_)) => return Ok(()),
            Err(Problem::Damaged(_) | Problem::Unreadable(_)) => Kept { places: self.known.clone(), panes: self.panes },
        };
        merged.places.extend(self.changed.iter().map(|(content, place)| (*content, *place)));
        if self.panes_changed {
            merged.panes = self.panes;
        }
        write(&path, &merged).map_err(|error| failed(&error))?;
        self.changed.clear();
        self.panes_changed = false;
        Ok(())
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(NAME))
    }
}

fn read(path: &Path) -> Result<Kept, Problem> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Kept::default()),
        Err(error) => return Err(Problem::Unreadable(reason(&error))),
    };
    if metadata.len() > MAX_BYTES {
        return Err(Problem::Damaged("far too large".to_owned()));
    }
    let bytes = fs::read(path).map_err(|error| Problem::Unreadable(reason(&error)))?;
    let damaged = |error: serde_json::Error| Problem::Damaged(safe::line(&error.to_string()));
    match serde_json::from_slice::<Version>(&bytes).map_err(damaged)? {
        Version { version } if version > VERSION => return Err(Problem::Newer(version)),
        Version { .. } => {}
    }
    let format: Format = serde_json::from_slice(&bytes).map_err(damaged)?;
    let places = format.positions.into_iter();
    let places = places.filter_map(|(key, place)| Some((u64::from_str_radix(&key, 16).ok()?, place))).collect();
    Ok(Kept { places, panes: format.panes })
}

/// Writes panes and the most recent places to a file beside `path` and puts it in its place.
fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    let mut newest: Vec<(u64, Place)> = kept.places.iter().map(|(content, place)| (*content, *place)).collect();
    newest.sort_by_key(|(content, place)| (std::cmp::Reverse(place.at), *content));
    newest.truncate(MOST);
    let positions = newest.into_iter().map(|(content, place)| (format!("{content:016x}"), place)).collect();
    let bytes = serde_json::to_vec(&Format { version: VERSION, panes: kept.panes, positions })?;
    // A link stays a link: the file behind it is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(&bytes)?;
        // Without this a power cut may leave the new name with none of the bytes.
        file.sync_all()?;
        fs::rename(&temporary, &path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Keeps other readers from writing until it is dropped. A reader that is stopped while it writes keeps nobody
/// waiting for long: after a while we go on without, and at worst lose its last place.
fn lock(folder: &Path) -> Option<File> {
    let path = folder.join("positions.lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).ok()?;
    for _ in 0..50 {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Some(file),
            Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(_) => return None,
        }
    }
    None
}

/// Renames a damaged file, so that whatever can be saved of it is not written over.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let aside = path.with_extension(format!("damaged-{seconds}.json"));
    fs::rename(path, &aside)?;
    Ok(aside)
}

#[cfg(test)]
mod tests;
