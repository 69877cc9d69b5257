//! The library of the commands: what is said where it is missing or cannot be used as it should.

use std::path::Path;

use jiff::Timestamp;

use super::complain;
use crate::runtime::files;
use crate::runtime::place::{NO_HOME, Place};
use crate::store::{Error, Found, Opened, Options, Store, is_blank};

pub use crate::runtime::place::today;

/// A library that may not exist yet.
#[derive(Clone, Debug)]
pub struct Library {
    options: Options,
}

impl Library {
    /// The library at `chosen`, or else that of the environment or of this user.
    ///
    /// # Errors
    /// One line: there is none, because there is no home folder.
    pub fn find(chosen: Option<&Path>) -> Result<Self, String> {
        match Place::find(chosen) {
            Place::File(options) => Ok(Self { options }),
            Place::Memory => Err(NO_HOME.to_owned()),
        }
    }

    /// The library, to be written; made where there is none. What was damaged is told on standard error.
    ///
    /// # Errors
    /// One line: what failed, why, and what to do.
    pub fn open(&self) -> Result<Store, String> {
        let opened = Store::open(&self.options).map_err(|error| error.to_string())?;
        if opened.found == Found::ReadOnly {
            return Err(Error::ReadOnly(self.options.path.clone()).to_string());
        }
        settled(opened)
    }

    /// The library as it is, to be read.
    ///
    /// # Errors
    /// One line, also where there is none.
    pub fn open_existing(&self) -> Result<Store, String> {
        let path = &self.options.path;
        let is_there = path.try_exists().map_err(|error| format!("{}: {}", path.display(), files::reason(&error)))?;
        if !is_there || is_blank(path) && path.extension().is_some_and(|extension| extension == "db") {
            return Err(format!("{}: there is no library yet; `pullquote add` makes one", path.display()));
        }
        Store::open(&self.options).map_err(|error| error.to_string()).and_then(settled)
    }

    /// One more connection to a library that is open already.
    ///
    /// # Errors
    /// One line: what failed, why, and what to do.
    pub fn again(&self) -> Result<Store, String> {
        Store::open(&self.options).map(|opened| opened.store).map_err(|error| error.to_string())
    }
}

/// The store of a library; of a damaged one, that of the new library with all that could be saved.
fn settled(opened: Opened) -> Result<Store, String> {
    let mut store = opened.store;
    if let Found::Damaged(aside) = opened.found {
        let rescued = store.rescue(&aside, Timestamp::now()).map_err(|error| error.to_string())?;
        let aside = aside.display();
        complain(&format!(
            "the library was damaged: it lies now in {aside}, and {} articles and {} highlights were saved from it",
            rescued.articles, rescued.highlights
        ));
    }
    Ok(store)
}
