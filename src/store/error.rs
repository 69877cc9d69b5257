//! What can go wrong with a library, said so that a reader knows what failed, why, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::ArticleId;
use crate::text::safe;

/// Something went wrong with the library; nothing that was acknowledged before is lost by it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no room on the disk.
    #[error("{path}: the disk is full, no more is kept; free some space and do it again", path = Shown(.0))]
    Full(PathBuf),
    /// The file or its folder may not be written.
    #[error("{path}: the library cannot be written; check who owns the file and its folder, or choose another with --library", path = Shown(.0))]
    ReadOnly(PathBuf),
    /// The folder or file may not be opened at all.
    #[error("{path}: the library cannot be opened ({reason}); check the path and its permissions, or choose another with --library", path = Shown(.0), reason = .1)]
    Unreachable(PathBuf, String),
    /// Another program held the library for longer than we wait.
    #[error("{path}: another program keeps the library locked; close it, or try again in a moment", path = Shown(.0))]
    Locked(PathBuf),
    /// The file holds something SQLite or our own hashes reject.
    #[error("{path}: the library is damaged ({reason}); start pullquote again to set the file aside and save what can be read", path = Shown(.0), reason = .1)]
    Damaged(PathBuf, String),
    /// One article's row does not match its hash; all others are fine.
    #[error("{path}: article {reason} is damaged in the library; add its file again to mend it", path = Shown(.0), reason = .1)]
    DamagedArticle(PathBuf, ArticleId),
    /// A later version of the program wrote the library.
    #[error("{shown}: the library has version {found}, this program knows versions up to {known}; update pullquote, or choose another library with --library", shown = Shown(path))]
    Newer {
        /// The library's file.
        path: PathBuf,
        /// The version it has.
        found: i64,
        /// The last version this program knows.
        known: i64,
    },
    /// The file is something else: it is left alone.
    #[error("{path}: the file is no pullquote library; choose another path with --library", path = Shown(.0))]
    Foreign(PathBuf),
    /// The file was there and is empty, and nothing says that it is to be a library: it is left alone.
    #[error("{path}: the file is empty, and no pullquote library; remove it, choose another path with --library, or give it a name that ends with .db", path = Shown(.0))]
    Blank(PathBuf),
    /// No article has this id, or no longer.
    #[error("article {0} is not in the library; it may have been removed")]
    NoArticle(ArticleId),
    /// What a person, highlight, feed or query was asked for by is gone.
    #[error("this {0} is no longer in the library")]
    Gone(&'static str),
    /// The work was stopped by [`super::Interrupter::interrupt`].
    #[error("stopped")]
    Interrupted,
    /// Anything else that SQLite or the system reports.
    #[error("{path}: the library failed ({reason}); try again, and check the disk if it happens again", path = Shown(.0), reason = .1)]
    Failed(PathBuf, String),
}

/// A path as it may be shown on a terminal.
struct Shown<'a>(&'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe::line(&self.0.display().to_string()))
    }
}

impl Error {
    /// What `error` of SQLite means for the library at `path`.
    pub(super) fn explain(error: &rusqlite::Error, path: &Path) -> Self {
        let path = path.to_path_buf();
        let reason = safe::line(&error.to_string());
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::Full(path),
                ErrorCode::ReadOnly => Self::ReadOnly(path),
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::Unreachable(path, reason),
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked(path),
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(path, reason),
                ErrorCode::OperationInterrupted => Self::Interrupted,
                // How the full-text index says that its own tables are damaged.
                _ if reason.contains("fts5") || reason.contains("vtable constructor") => Self::Damaged(path, reason),
                _ => Self::Failed(path, reason),
            },
            // A value of another type than we wrote, or one that its own hash rejects.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Self::Damaged(path, reason),
            // A table or column that is missing although the version is ours.
            rusqlite::Error::SqlInputError { .. } => Self::Damaged(path, reason),
            _ => Self::Failed(path, reason),
        }
    }

    /// What `error` of the file system means for the library at `path`.
    pub(super) fn from_io(error: &std::io::Error, path: &Path) -> Self {
        use std::io::ErrorKind;
        let path = path.to_path_buf();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full(path),
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            _ => Self::Unreachable(path, safe::line(&error.to_string())),
        }
    }

    /// Whether the library's file itself is damaged, so that it is to be set aside.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(..))
    }
}
