//! How a connection is set up: safe against power cuts, hostile files and other programs.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::members;

/// What the connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Read and write; the file must exist.
    Write,
    /// Read only, other programs may write.
    Read,
    /// Read only where nobody can write, not even a lock file.
    Frozen,
}

/// A connection to the file at `path`, with every guard on; nothing has been read yet. `vfs` names another file
/// system than the platform's.
pub(super) fn connect(
    path: &Path,
    access: Access,
    patience: Duration,
    vfs: Option<&str>,
) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    flags |= match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read | Access::Frozen => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection = match (vfs, access) {
        (Some(vfs), _) => Connection::open_with_flags_and_vfs(path, flags | OpenFlags::SQLITE_OPEN_CREATE, vfs)?,
        (None, Access::Frozen) => {
            Connection::open_with_flags(frozen_address(path), flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        (None, _) => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(patience)?;
    guard(&connection)?;
    Ok(connection)
}

/// A connection to a database that lives in memory.
pub(super) fn in_memory() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    guard(&connection)?;
    Ok(connection)
}

/// Guards that touch no file: the library may come from anywhere, so nothing in its schema is trusted.
fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    for (option, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        // A plan that stays: else a statement is prepared anew for each value bound, to see whether one of the indexes
        // over some articles holds for it, which costs more than most of our statements themselves.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        connection.set_db_config(option, on)?;
    }
    members::provide(connection)?;
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
    )
}

/// Settings of the file itself. The log is taken where the file system offers it; elsewhere SQLite keeps a rollback
/// journal, which is as safe and lets one program write at a time. The page size counts for a new file only: on pages
/// of 4 KB there would be room for one article each, and a third of it wasted.
pub(super) fn prepare_to_write(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 33554432;")
}

/// The address by which SQLite opens `path` without looking for locks or a log.
fn frozen_address(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for c in path.to_string_lossy().chars() {
        match c {
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            '%' => address.push_str("%25"),
            _ => address.push(c),
        }
    }
    address + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use crate::store::Store;

    #[test]
    fn a_statement_is_prepared_once_whatever_is_bound() {
        let store = Store::open_in_memory().unwrap();
        let sql = "SELECT title FROM articles WHERE id = ?1 AND day > ?2";
        let mut statement = store.connection.prepare(sql).unwrap();
        for value in 0..5_i64 {
            assert!(!statement.exists([value, -value]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
