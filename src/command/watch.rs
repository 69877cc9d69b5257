//! `pullquote watch`: folders whose articles are kept up to date while the library is open.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::arguments::{Watch, WatchCommand};
use super::library::Library;
use super::{NOTHING, add, complain, finish};
use crate::runtime::USAGE;
use crate::runtime::intake::Place;
use crate::text::safe;

/// Runs the command. Exit code 0; 1 where a file could not be read, the library not be written, or nothing is watched;
/// 2 where what is named is no folder; 128 and the signal's number where one stopped it.
#[must_use]
pub fn run(arguments: &Watch) -> ExitCode {
    let library = match Library::find(arguments.library.path()) {
        Ok(library) => library,
        Err(line) => return failed(&line),
    };
    match &arguments.command {
        WatchCommand::Add { folders } => add_folders(&library, folders),
        WatchCommand::List => list(&library),
        WatchCommand::Remove { folders } => remove(&library, folders),
    }
}

fn failed(line: &str) -> ExitCode {
    complain(line);
    ExitCode::FAILURE
}

/// Watches folders from now on, and adds what is in them.
fn add_folders(library: &Library, folders: &[PathBuf]) -> ExitCode {
    let mut places = Vec::new();
    for folder in folders {
        match std::fs::canonicalize(folder) {
            Ok(path) if path.is_dir() && path.to_str().is_some() => places.push(path),
            Ok(path) if path.is_dir() => {
                complain(&format!("{}: its name is no text, so it cannot be watched", show(folder)));
            }
            Ok(_) => complain(&format!("{}: is no folder; `pullquote add` adds files", show(folder))),
            Err(error) => complain(&format!("{}: {}", show(folder), crate::runtime::files::reason(&error))),
        }
    }
    if places.len() < folders.len() {
        return USAGE.into();
    }
    let watched = library.open().and_then(|mut store| {
        let keys = places.iter().map(|path| Place::key(path));
        keys.map(|key| store.watch(&key)).collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())
    });
    match watched.and_then(|_| add::add(library, &places, false)) {
        Ok(code) => code.into(),
        Err(line) => failed(&line),
    }
}

fn list(library: &Library) -> ExitCode {
    match library.open_existing().and_then(|store| store.watched().map_err(|error| error.to_string())) {
        Err(line) => failed(&line),
        Ok(folders) if folders.is_empty() => {
            complain("no folder is watched; `pullquote watch add DIR` watches one");
            ExitCode::SUCCESS
        }
        Ok(folders) => {
            let lines = folders.iter().map(|folder| {
                let missing = if Path::new(folder).is_dir() { "" } else { "  (is not there)" };
                format!("{}{missing}\n", safe::line(folder))
            });
            finish(io::stdout().write_all(lines.collect::<String>().as_bytes()))
        }
    }
}

/// Watches folders no longer; their articles stay.
fn remove(library: &Library, folders: &[PathBuf]) -> ExitCode {
    let removed = library.open_existing().and_then(|mut store| {
        let watched = store.watched().map_err(|error| error.to_string())?;
        let mut all_known = true;
        for folder in folders {
            // A folder that is gone has no other name than the one it was added by.
            let key = Place::key(&std::fs::canonicalize(folder).unwrap_or_else(|_| folder.clone()));
            if watched.contains(&key) {
                store.unwatch(&key).map_err(|error| error.to_string())?;
            } else {
                all_known = false;
                complain(&format!("{}: is not watched; `pullquote watch list` shows what is", show(folder)));
            }
        }
        Ok(all_known)
    });
    match removed {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => NOTHING.into(),
        Err(line) => failed(&line),
    }
}

fn show(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
