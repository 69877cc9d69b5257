//! What was named on the command line, as entries of the list and the places their bytes come from.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::files;
use crate::app::Entry;
use crate::app::list::Content;
use crate::article;
use crate::text::safe;

/// Endings of files that are opened without a look at their bytes.
const TEXT_ENDINGS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// Where an entry's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file that comes with the program.
    Bundled {
        /// Its name, which tells its format.
        name: &'static str,
        /// Its contents.
        bytes: &'static [u8],
    },
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Nothing, for this reason: one safe line without a name.
    Nothing(String),
}

/// The entries for `arguments` (files, folders, `-`), each with its source; those of the bundled articles where there
/// are none.
#[must_use]
pub fn list(arguments: &[PathBuf]) -> Vec<(Entry, Source)> {
    if arguments.is_empty() {
        return bundled();
    }
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            // Its bytes come once, however often it is named.
            if !found.iter().any(|(_, source)| *source == Source::Stdin) {
                found.push(waiting("standard input", Source::Stdin));
            }
        } else if argument.is_dir() {
            folder(argument, &mut found);
        } else {
            found.push(file(argument));
        }
    }
    found
}

/// What is wrong with every entry, where none can be opened.
#[must_use]
pub fn all_failed(found: &[(Entry, Source)]) -> Option<Vec<String>> {
    found
        .iter()
        .map(|(entry, _)| match &entry.content {
            Content::Failed(message) => Some(message.clone()),
            _ => None,
        })
        .collect()
}

fn bundled() -> Vec<(Entry, Source)> {
    article::seeds().into_iter().map(|(name, bytes)| waiting(name, Source::Bundled { name, bytes })).collect()
}

fn file(path: &Path) -> (Entry, Source) {
    match files::check(path) {
        Ok(()) => waiting(&path.to_string_lossy(), Source::File(path.to_owned())),
        // It may be there when the user tries again.
        Err(reason) => failed(path, &reason, Source::File(path.to_owned())),
    }
}

/// All texts below `folder`, by name; hidden files and folders are left out, links to folders are not followed.
fn folder(folder: &Path, found: &mut Vec<(Entry, Source)>) {
    let before = found.len();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.path().is_file() && is_text(entry.path()) => {
                found.push(waiting(&entry.path().to_string_lossy(), Source::File(entry.path().to_owned())));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let reason = error.io_error().map_or_else(|| safe::line(&error.to_string()), files::reason);
                found.push(failed(&path, &reason, Source::Nothing(reason.clone())));
            }
        }
    }
    if found.len() == before {
        let reason = "no article in this folder";
        found.push(failed(folder, reason, Source::Nothing(reason.to_owned())));
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    TEXT_ENDINGS.iter().any(|text| text.eq_ignore_ascii_case(ending)) || files::check(path).is_ok()
}

fn waiting(origin: &str, source: Source) -> (Entry, Source) {
    (Entry { origin: safe::line(origin), read: false, position: None, content: Content::Waiting }, source)
}

fn failed(path: &Path, reason: &str, source: Source) -> (Entry, Source) {
    let origin = safe::line(&path.to_string_lossy());
    let content = Content::Failed(format!("{origin}: {reason}"));
    (Entry { origin, read: false, position: None, content }, source)
}
