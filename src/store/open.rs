//! Opening a library: made where there is none, brought up to date, set aside where it is damaged, and read only
//! where it cannot be written.

#![expect(
    clippy::disallowed_methods,
    reason = "the library makes its own file and sets it aside, and touches no other"
)]

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::Connection;

use super::connect::{Access, connect, in_memory, prepare_to_write};
use super::migrate::{Nature, VERSION, examine, migrate, nature, probe};
use super::{Error, Store};

/// How long a write waits for another program's, usually: longer than a long import keeps the lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// How to open a library.
#[derive(Clone, Debug)]
pub struct Options {
    /// The library's file; its folder is made, for this user alone, where it is missing.
    pub path: PathBuf,
    /// Whether the file can only be ours (it lies in the program's own folder): then even one without any trace of a
    /// library counts as a damaged library; elsewhere it is left alone.
    pub own: bool,
    /// Today, for the name of a damaged library.
    pub today: Date,
    /// How long a write waits for another program's.
    pub patience: Duration,
}

impl Options {
    /// The library in the program's own folder, with the usual patience.
    #[must_use]
    pub fn own(path: PathBuf, today: Date) -> Self {
        Self { path, own: true, today, patience: PATIENCE }
    }

    /// A library that the user chose.
    #[must_use]
    pub fn chosen(path: PathBuf, today: Date) -> Self {
        Self { own: false, ..Self::own(path, today) }
    }
}

/// An opened library.
#[derive(Debug)]
pub struct Opened {
    /// The connection.
    pub store: Store,
    /// What was found.
    pub found: Found,
}

/// What was found where the library was to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A library, now at this program's version.
    Library,
    /// Nothing: the library is new and empty.
    Nothing,
    /// A library that cannot be written: it can be read, and nothing will be remembered.
    ReadOnly,
    /// A damaged library, now under this name; the library is new and empty (see [`Store::rescue`]).
    Damaged(PathBuf),
}

impl Store {
    /// Opens the library, or makes one.
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::Foreign`], [`Error::Locked`], and those of the file system. A damaged library is no
    /// error: it is renamed to `NAME.damaged-DATE` (never over another file) and a new one is started.
    pub fn open(options: &Options) -> Result<Opened, Error> {
        let path = &options.path;
        if path.is_dir() {
            return Err(Error::Unreachable(path.clone(), "it is a folder; name a file in it".to_owned()));
        }
        let is_new = make(path).map_err(|error| Error::from_io(&error, path))?;
        if !is_new && !options.own && is_blank(path) && path.extension().is_none_or(|extension| extension != "db") {
            return Err(Error::Blank(path.clone()));
        }
        match open_to_write(options, None) {
            Ok(store) => Ok(Opened { store, found: if is_new { Found::Nothing } else { Found::Library } }),
            Err(Error::ReadOnly(_) | Error::Unreachable(..)) => {
                open_to_read(options).map(|store| Opened { store, found: Found::ReadOnly })
            }
            Err(Error::Damaged(..) | Error::Foreign(_)) if options.own || looks_like_ours(path) => {
                let aside = set_aside(path, options.today).map_err(|error| Error::from_io(&error, path))?;
                make(path).map_err(|error| Error::from_io(&error, path))?;
                Ok(Opened { store: open_to_write(options, None)?, found: Found::Damaged(aside) })
            }
            Err(Error::Damaged(..)) => Err(Error::Foreign(path.clone())),
            Err(error) => Err(error),
        }
    }

    /// A library that lives in memory and is gone with the value: for reading on where no file can be had, and tests.
    ///
    /// # Errors
    /// [`Error::Failed`] where memory is short.
    pub fn open_in_memory() -> Result<Self, Error> {
        let path = Path::new("");
        let mut connection = in_memory().map_err(|error| Error::explain(&error, path))?;
        migrate(&mut connection).map_err(|error| Error::explain(&error, path))?;
        Self::over(connection, path).map_err(|error| Error::explain(&error, path))
    }

    /// A store over a connection whose library is up to date.
    fn over(connection: Connection, path: &Path) -> rusqlite::Result<Self> {
        let journal_floor = connection
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'journal'", [], |row| row.get(0))
            .or_else(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => Ok(0),
                other => Err(other),
            })?;
        let session = connection.query_row("SELECT random()", [], |row| row.get(0))?;
        Ok(Self { connection, path: path.to_path_buf(), session, journal_floor })
    }
}

/// A store that reads and writes the existing file, up to date.
pub(super) fn open_to_write(options: &Options, vfs: Option<&str>) -> Result<Store, Error> {
    let path = options.path.as_path();
    let explain = |error: rusqlite::Error| Error::explain(&error, path);
    let mut connection = connect(path, Access::Write, options.patience, vfs).map_err(explain)?;
    let nature = check_nature(&connection, path)?;
    // SQLite opens a file without leave to write it all the same.
    if connection.is_readonly("main").map_err(explain)? {
        return Err(Error::ReadOnly(path.to_path_buf()));
    }
    prepare_to_write(&connection).map_err(explain)?;
    if nature != Nature::Library(VERSION) {
        migrate(&mut connection).map_err(explain)?;
    }
    let suspicion = beside(path, SUSPICION);
    let probed = probe(&connection).map_err(explain);
    if suspicion.exists() || probed.as_ref().is_err_and(Error::is_damage) {
        examine(&connection).map_err(explain)?;
        probe(&connection).map_err(explain)?;
        // Where it stays, the next start looks again; that is all.
        let _ = fs::remove_file(suspicion);
    } else {
        probed?;
    }
    Store::over(connection, path).map_err(explain)
}

/// A store that only reads. Without a log beside it the file is taken as it stands, which needs no lock file; with
/// one, SQLite must be able to share it.
fn open_to_read(options: &Options) -> Result<Store, Error> {
    let path = options.path.as_path();
    let explain = |error: rusqlite::Error| Error::explain(&error, path);
    let connection = connect_to_read(path).map_err(explain)?;
    match check_nature(&connection, path)? {
        Nature::Library(VERSION) => {}
        // An older one would have to be migrated, which cannot be done here.
        _ => return Err(Error::ReadOnly(path.to_path_buf())),
    }
    probe(&connection).map_err(explain)?;
    Store::over(connection, path).map_err(explain)
}

/// A connection that changes nothing.
pub(super) fn connect_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let log_is_empty = fs::metadata(beside(path, "-wal")).map_or(true, |log| log.len() == 0);
    connect(path, if log_is_empty { Access::Frozen } else { Access::Read }, PATIENCE, None)
}

/// What a file's name ends with that says: the library beside it is to be looked at as a whole.
const SUSPICION: &str = "-suspect";

/// Remembers that the library at `path` showed damage; best effort.
pub(super) fn suspect(path: &Path) {
    if !path.as_os_str().is_empty() {
        let _ = make(&beside(path, SUSPICION));
    }
}

fn check_nature(connection: &Connection, path: &Path) -> Result<Nature, Error> {
    /// No program will ever know so many versions: beyond them the number itself is damaged.
    const FAR: i64 = 10_000;
    match nature(connection).map_err(|error| Error::explain(&error, path))? {
        Nature::Foreign => Err(Error::Foreign(path.to_path_buf())),
        Nature::Library(found) if !(1..FAR).contains(&found) => {
            Err(Error::Damaged(path.to_path_buf(), format!("it claims to have version {found}")))
        }
        Nature::Library(found) if found > VERSION => {
            Err(Error::Newer { path: path.to_path_buf(), found, known: VERSION })
        }
        nature => Ok(nature),
    }
}

/// Makes an empty file at `path` and the folders above it, for this user alone; says whether there was none.
fn make(path: &Path) -> io::Result<bool> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        make_folder(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether nothing is in the file at `path`, nor in a log beside it.
#[must_use]
pub fn is_blank(path: &Path) -> bool {
    let is_empty = |path: &Path| fs::metadata(path).map(|file| file.is_file() && file.len() == 0);
    is_empty(path).unwrap_or(false) && is_empty(&beside(path, "-wal")).unwrap_or(true)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Renames the library at `path` and what SQLite keeps beside it; the new name is taken by nobody.
fn set_aside(path: &Path, today: Date) -> io::Result<PathBuf> {
    for attempt in 1..1000 {
        let mut suffix = format!(".damaged-{today}");
        if attempt > 1 {
            suffix = format!("{suffix}-{attempt}");
        }
        let aside = beside(path, &suffix);
        // Taking the name first makes sure that nothing is overwritten, also when two programs do this at once.
        match fs::OpenOptions::new().write(true).create_new(true).open(&aside) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        }
        fs::rename(path, &aside)?;
        let log = beside(path, "-wal");
        if log.exists() {
            fs::rename(log, beside(&aside, "-wal"))?;
        }
        // The index of the log is made again from it, and the new library is under no suspicion.
        for suffix in ["-shm", SUSPICION] {
            let _ = fs::remove_file(beside(path, suffix));
        }
        return Ok(aside);
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many damaged libraries lie beside it; move them away"))
}

/// `path` with `suffix` at the end of its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether a file that SQLite rejects bears a trace of having been a library: the mark in its first page.
fn looks_like_ours(path: &Path) -> bool {
    use std::io::Read;
    const MARK_AT: usize = 68;
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
    let mark = super::migrate::APPLICATION.to_be_bytes();
    read.is_ok() && head.get(MARK_AT..MARK_AT + mark.len()) == Some(mark.as_slice())
}
