//! What was named on the command line, as entries of the list and the places their bytes come from.

use std::io::{BufRead, BufReader, Read};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;
use walkdir::WalkDir;

use super::pages::Fetched;
use super::{device, files};
use crate::app::Entry;
use crate::app::list::Content;
use crate::article::Article;
use crate::article::import::{self, Packing, json};
use crate::fetch::Address;
use crate::text::safe;

/// Endings of files that are opened without a look at their bytes.
const ENDINGS: [&str; 11] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "epub", "eml", "mbox", "mbx"];

/// Longest line of a `.jsonl` file, in bytes, its end counted.
const MAX_LINE: u64 = files::MAX_BYTES;

/// Where an entry's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A line of JSON in a file.
    Line {
        /// The file.
        path: PathBuf,
        /// Byte where the line starts.
        start: u64,
        /// Its length in bytes.
        length: u64,
    },
    /// A book or a mailbox, which holds several articles.
    Collection(PathBuf),
    /// A chapter of a book or a message of a mailbox.
    Part(Arc<Article>),
    /// Standard input.
    Stdin,
    /// A page of the web.
    Page(Address),
    /// A page that was fetched.
    Fetched(Fetched),
    /// Nothing, for this reason: one safe line without a name.
    Nothing(String),
}

/// The entries for `arguments` (files, folders, addresses, `-`), each with its source.
#[must_use]
pub fn list(arguments: &[PathBuf]) -> Vec<(Entry, Source)> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            // Its bytes come once, however often it is named.
            if !found.iter().any(|(_, source)| *source == Source::Stdin) {
                found.push(waiting("standard input", Source::Stdin));
            }
        } else {
            match named(argument) {
                Named::Path(path) => listed(&path, &mut found),
                Named::Page(address) => found.push(waiting(address.as_str(), Source::Page(address.clone()))),
                Named::Neither(line) => {
                    found.push((Entry::failed(line.clone(), line.clone()), Source::Nothing(line)));
                }
            }
        }
    }
    found
}

/// The entries of a file or folder.
fn listed(path: &Path, found: &mut Vec<(Entry, Source)>) {
    if path.is_dir() {
        folder(path, found);
    } else if is_collection(path) && path.is_file() {
        found.push(match check_collection(path) {
            Ok(()) => waiting(&path.to_string_lossy(), Source::Collection(path.to_owned())),
            Err(reason) => failed(path, &reason, Source::Collection(path.to_owned())),
        });
    } else {
        match files::check(path) {
            Ok(()) => file(path, found),
            // It may be there when the user tries again.
            Err(reason) => found.push(failed(path, &reason, Source::File(path.to_owned()))),
        }
    }
}

/// What an argument names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A file or folder, which may not be there; by its path, or as `file://` writes it.
    Path(PathBuf),
    /// A page of the web.
    Page(Address),
    /// An address of something else: one safe line that begins with it, why, and what to do.
    Neither(String),
}

/// What `argument` names.
#[must_use]
pub fn named(argument: &Path) -> Named {
    let Some(text) = argument.to_str().filter(|text| Address::is_meant(text)) else {
        return Named::Path(argument.to_owned());
    };
    if text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
        let path = Url::parse(text).ok().and_then(|url| url.to_file_path().ok());
        return path.map_or_else(
            || Named::Neither(format!("{}: names no file here; give its path", safe::line(text))),
            Named::Path,
        );
    }
    Address::parse(text).map_or_else(|error| Named::Neither(safe::line(&error.to_string())), Named::Page)
}

/// What to do where `arguments` ask for an article from standard input and that is the terminal, which gives keys.
#[must_use]
pub fn refuse_terminal(arguments: &[PathBuf]) -> Option<&'static str> {
    let asked = arguments.iter().any(|argument| argument.as_os_str() == "-");
    (asked && device::stdin_is_terminal()).then_some(
        "standard input is a terminal, which gives no article; name files, or pipe one in: COMMAND | pullquote",
    )
}

/// What is wrong with every entry, where none can be opened.
#[must_use]
pub fn all_failed(found: &[(Entry, Source)]) -> Option<Vec<String>> {
    if found.is_empty() {
        return None;
    }
    found
        .iter()
        .map(|(entry, _)| match &entry.content {
            Content::Failed(message) => Some(message.to_string()),
            _ => None,
        })
        .collect()
}

/// The entry of a file, or those of its lines where it holds one article a line.
fn file(path: &Path, found: &mut Vec<(Entry, Source)>) {
    let shown = path.to_string_lossy();
    // A pipe or device gives its bytes only once.
    if !json::is_lines(&shown) || !path.is_file() {
        found.push(waiting(&shown, Source::File(path.to_owned())));
        return;
    }
    let before = found.len();
    if let Err(reason) = lines(path, found) {
        found.push(failed(path, &reason, Source::Nothing(reason.clone())));
    } else if found.len() == before {
        let reason = "holds no article";
        found.push(failed(path, reason, Source::Nothing(reason.to_owned())));
    }
}

/// The entries of all texts below a folder. Books and mailboxes are left out: a shelf of them would have to be read
/// before anything is shown.
fn folder(folder: &Path, found: &mut Vec<(Entry, Source)>) {
    let before = found.len();
    for text in below(folder) {
        match text {
            Ok(path) if is_collection(&path) => {}
            Ok(path) => file(&path, found),
            Err((path, reason)) => found.push(failed(&path, &reason, Source::Nothing(reason.clone()))),
        }
    }
    if found.len() == before {
        let reason = "holds books and mailboxes only; name them, or add them to the library: pullquote add";
        found.push(failed(folder, reason, Source::Nothing(reason.to_owned())));
    }
}

/// Whether a file holds several articles, by its name.
fn is_collection(path: &Path) -> bool {
    matches!(Packing::of(&[], &path.to_string_lossy()), Some(Packing::Book | Packing::Mailbox))
}

/// Whether a book or mailbox may be read, by a look that takes no time.
fn check_collection(path: &Path) -> Result<(), String> {
    let file = files::open(path)?;
    match Packing::of(&[], &path.to_string_lossy()) {
        Some(Packing::Book) => import::check_book(file),
        _ if file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0) => {
            Err("is empty".to_owned())
        }
        _ => Ok(()),
    }
}

/// An entry for each chapter of the book, or message of the mailbox, at `path`, and for what cannot be read of it.
#[must_use]
pub fn collection(path: &Path) -> Vec<(Entry, Source)> {
    let name = path.to_string_lossy();
    let read = files::open(path).and_then(|file| files::read_all(file, 0)).and_then(|bytes| {
        catch_unwind(|| import::import_all(&bytes, &name)).map_err(|_| "the program failed on it".to_owned())
    });
    let mut collection = match read {
        Ok(collection) => collection,
        Err(reason) => return vec![failed(path, &reason, Source::Collection(path.to_owned()))],
    };
    if collection.articles.is_empty() && collection.problems.is_empty() {
        collection.problems.push("holds no text".to_owned());
    }
    let parts = collection.articles.into_iter().zip(1_u64..);
    let articles = parts.map(|(article, number)| waiting(&format!("{name}#{number}"), Source::Part(Arc::new(article))));
    let problems = collection.problems.iter().map(|reason| failed(path, reason, Source::Nothing(reason.clone())));
    articles.chain(problems).collect()
}

/// An entry for each line of `path` that is not blank; which are articles is seen when they are read.
fn lines(path: &Path, found: &mut Vec<(Entry, Source)>) -> Result<(), String> {
    let mut file = BufReader::with_capacity(1 << 16, files::open(path)?);
    let (mut line, mut start) = (Vec::new(), 0);
    for number in 1.. {
        line.clear();
        let length =
            file.by_ref().take(MAX_LINE).read_until(b'\n', &mut line).map_err(|error| files::reason(&error))?;
        if length == 0 {
            break;
        }
        let length = length as u64;
        if length == MAX_LINE {
            return Err(format!("line {number} is longer than {} MB", MAX_LINE >> 20));
        }
        if !line.trim_ascii().is_empty() {
            let source = Source::Line { path: path.to_owned(), start, length };
            found.push(waiting(&format!("{}:{number}", path.to_string_lossy()), source));
        }
        start += length;
    }
    Ok(())
}

/// All texts below `folder`, by name, or what cannot be looked into and why, or that there is none. Hidden files and
/// folders are left out, links to folders are not followed, files that are no texts are passed over.
pub fn below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, (PathBuf, String)>> + use<> {
    let top = folder.to_owned();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let mut texts = walk
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.path().is_file() => is_text(entry.path()).then(|| Ok(entry.into_path())),
            Ok(entry) => {
                let vanished = entry.file_type().is_file() && entry.path().symlink_metadata().is_err();
                vanished.then(|| Err((entry.into_path(), "is there no longer".to_owned())))
            }
            Err(error) => {
                let path = error.path().unwrap_or(&top).to_owned();
                Some(Err((path, error.io_error().map_or_else(|| safe::line(&error.to_string()), files::reason))))
            }
        })
        .peekable();
    let none = texts.peek().is_none().then(|| Err((folder.to_owned(), "no article in this folder".to_owned())));
    texts.chain(none)
}

/// Bytes of a file, or of all that will be read below a folder.
#[must_use]
pub fn size(path: &Path) -> u64 {
    let length = |path: &Path| path.metadata().map_or(0, |metadata| metadata.len());
    if path.is_dir() { below(path).flatten().map(|path| length(&path)).sum() } else { length(path) }
}

/// Whether a file or folder is left out by its name.
#[must_use]
pub fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

/// Whether a file may be an article, by its name or its first bytes.
#[must_use]
pub fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) || files::check(path).is_ok()
}

fn waiting(origin: &str, source: Source) -> (Entry, Source) {
    (Entry::waiting(safe::line(origin)), source)
}

fn failed(path: &Path, reason: &str, source: Source) -> (Entry, Source) {
    let origin = safe::line(&path.to_string_lossy());
    let message = format!("{origin}: {reason}");
    (Entry::failed(origin, message), source)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_argument_names_a_file_or_a_page_or_says_what_would() {
        for (text, path) in [("a.txt", "a.txt"), ("file:///tmp/a%20b.txt", "/tmp/a b.txt"), ("http:x", "http:x")] {
            assert_eq!(named(Path::new(text)), Named::Path(path.into()));
        }
        let Named::Page(page) = named(Path::new("HTTPS://me:secret@Example.org")) else { panic!("no page") };
        assert_eq!((page.as_str(), page.login()), ("https://example.org/", Some("me:secret")));
        for (text, says) in [
            ("ftp://e.org/x", "ftp: is not fetched"),
            ("http://", "it names no host"),
            ("file://e.org/x", "give its path"),
            ("https://me:secret@/x", "https://...@"),
        ] {
            let Named::Neither(line) = named(Path::new(text)) else { panic!("{text} is taken") };
            assert!(line.contains(says) && !line.contains("secret"), "{line}");
        }
    }

    #[test]
    fn what_vanishes_below_a_folder_while_it_is_walked_is_told_and_the_rest_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c/d.txt", "e.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        let mut found = below(folder.path());
        assert_eq!(found.next(), Some(Ok(folder.path().join("a.txt"))));
        fs::remove_file(folder.path().join("b.txt")).unwrap();
        fs::remove_dir_all(folder.path().join("c")).unwrap();
        let rest: Vec<_> = found.collect();
        let [Err((b, gone)), Err((c, missing)), Ok(e)] = &rest[..] else { panic!("{rest:?}") };
        assert_eq!((b.file_name().unwrap(), gone.as_str()), ("b.txt".as_ref(), "is there no longer"));
        assert_eq!((c.file_name().unwrap(), missing.as_str()), ("c".as_ref(), "no such file"));
        assert_eq!(e.file_name().unwrap(), "e.txt");
    }
}
