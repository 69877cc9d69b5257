//! Versions of the library: numbered migrations, each run once, in one transaction with its number.
//!
//! To add one: write `migrations/NNN_topic.sql`, list it in [`MIGRATIONS`], and keep a library of the version before
//! in `tests/fixtures/libraries`. A released migration is never edited.

use rusqlite::{Connection, TransactionBehavior};

/// Marks a file as a pullquote library (`PRAGMA application_id`): "PQlb".
pub(super) const APPLICATION: i32 = 0x5051_6c62;

/// All migrations; the first makes version 1.
const MIGRATIONS: [&str; 2] = [include_str!("migrations/001_library.sql"), include_str!("migrations/002_feeds.sql")];

/// The version this program writes.
#[expect(clippy::cast_possible_wrap, reason = "a handful of migrations")]
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// What a database file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Nothing in it yet.
    Empty,
    /// A library of this version.
    Library(i64),
    /// Some other program's.
    Foreign,
}

/// What the opened file is.
pub(super) fn nature(connection: &Connection) -> rusqlite::Result<Nature> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let version = number("user_version")?;
    if number("application_id")? == i64::from(APPLICATION) {
        return Ok(Nature::Library(version));
    }
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(if objects == 0 && version == 0 { Nature::Empty } else { Nature::Foreign })
}

/// Brings a library of an earlier version, or an empty file, to [`VERSION`]; does nothing where another program was
/// faster.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    if version < VERSION {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}

/// Touches the tables everything depends on: a library whose pages are gone fails here and not in the middle of work.
pub(super) fn probe(connection: &Connection) -> rusqlite::Result<()> {
    for columns in [
        "id FROM articles",
        "ordinal FROM texts",
        "article FROM analyses",
        "rowid FROM fulltext",
        "id FROM people",
        "article FROM appearances",
        "id FROM highlights",
        "id FROM corrections",
        "id FROM journal",
    ] {
        connection.prepare(&format!("SELECT {columns} LIMIT 1"))?.query([])?.next()?;
    }
    Ok(())
}

/// Looks at the whole file, which takes seconds for a large one; where something is wrong that a new full-text index
/// mends, it is made.
pub(super) fn examine(connection: &Connection) -> rusqlite::Result<()> {
    let check = || connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    let mut verdict = check()?;
    if verdict != "ok" {
        connection.execute("INSERT INTO fulltext (fulltext) VALUES ('rebuild')", [])?;
        verdict = check()?;
    }
    if verdict == "ok" {
        return Ok(());
    }
    let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(corrupt, Some(verdict)))
}
