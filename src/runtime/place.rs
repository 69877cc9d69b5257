//! Which library, and what is said where it cannot be used as it should.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::ZonedDateTime;
use jiff::civil::Date;

use crate::runtime::paths;
use crate::store::{Error, Found, Opened, Options, Store};

/// How long opening waits for another program: a reader is to be seen soon.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is said where there is no place for a library.
pub const NO_HOME: &str = "there is no home folder for a library; name one with --library";

/// Which library to open.
#[derive(Clone, Debug)]
pub enum Place {
    /// That in a file; it is made where it is missing.
    File(Options),
    /// None: there is no home folder. What is remembered is forgotten at the end.
    Memory,
}

/// A library to work with.
#[derive(Debug)]
pub(super) struct Ready {
    /// The connection.
    pub store: Store,
    /// How to open another one; nothing where the library is in memory.
    pub again: Option<Options>,
    /// Why nothing is kept, where that is so: one safe line.
    pub not_kept: Option<String>,
    /// A damaged library that was set aside.
    pub damaged: Option<PathBuf>,
}

/// Today, where the user is.
#[must_use]
pub fn today() -> Date {
    ZonedDateTime::now().date()
}

impl Place {
    /// The library at `chosen`, or else that of the environment or of this user.
    #[must_use]
    pub fn find(chosen: Option<&Path>) -> Self {
        match chosen.map(Path::to_owned).or_else(paths::chosen_library) {
            Some(path) => Self::File(Options::chosen(path, today())),
            None => paths::library().map_or(Self::Memory, |path| Self::File(Options::own(path, today()))),
        }
    }

    /// How to open it; nothing where it is in memory.
    #[must_use]
    pub fn options(&self) -> Option<Options> {
        match self {
            Self::File(options) => Some(options.clone()),
            Self::Memory => None,
        }
    }

    /// Opens the library; one in memory where that fails.
    pub(super) fn open(self) -> Ready {
        let Self::File(options) = self else { return Ready::in_memory(NO_HOME.to_owned()) };
        match Store::open(&Options { patience: PATIENCE, ..options.clone() }) {
            Ok(Opened { store, found }) => {
                let ready = Ready { store, again: Some(options), not_kept: None, damaged: None };
                match found {
                    Found::Library | Found::Nothing => ready,
                    Found::Damaged(aside) => Ready { damaged: Some(aside), ..ready },
                    Found::ReadOnly => {
                        let reason = Error::ReadOnly(ready.store.path().to_owned()).to_string();
                        Ready { not_kept: Some(reason), ..ready }
                    }
                }
            }
            Err(error) => Ready::in_memory(error.to_string()),
        }
    }
}

impl Ready {
    fn in_memory(reason: String) -> Self {
        let store = Store::open_in_memory().expect("SQLite works in memory");
        Self { store, again: None, not_kept: Some(reason), damaged: None }
    }
}
