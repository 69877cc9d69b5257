//! Files to articles on their way into the library: which need not be read again, what several articles in one file
//! are, and what is wrong with the rest.
//!
//! A file of one article has its path for an origin, so a later version takes its place. Articles of a collection (a
//! book, a mailbox, lines of JSON) have none, because they move within it: they are known by their texts, before they
//! are analysed, so what was interrupted goes on where it stopped.

use std::fs::Metadata;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::xxh3_64;

use super::FAILED;
use crate::article::Article;
use crate::article::import::{self, Packing, collection, json};
use crate::fetch::{Address, Client, Error, Limits, Stop, page};
use crate::runtime::sources::{self, Named};
use crate::runtime::{feeds, files};
use crate::store::{Origin, Store};

/// How many bytes of a file tell what it is.
const SNIFF: u64 = 8192;

/// Longest line of JSON, in bytes.
const MAX_LINE: u64 = files::MAX_BYTES;

/// Bad lines of one file that are told one by one.
const MOST_PROBLEMS: usize = 20;

/// An article that is to be analysed, from a file of this name.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) name: String,
    pub(super) what: Unread,
    /// Bytes of the input that it stands for.
    pub(super) bytes: u64,
}

#[derive(Debug)]
pub(super) enum Unread {
    /// The bytes of a file.
    File(Vec<u8>, Option<Place>),
    /// Part of a collection.
    Article(Box<Article>),
    /// A page of the web.
    Page(Box<Article>, Place),
}

/// What was found that needs no analysis.
#[derive(Debug)]
pub(super) enum Found {
    /// A file that was added before and is as it was then.
    Unchanged,
    /// A text that the library has.
    Known,
    /// The end of a collection that was read without problems.
    End(Place),
    /// What cannot be read and why, not yet safe.
    Problem(String),
    /// Something to say of what is read all the same.
    Note(String),
}

/// Where a file lies, and what changes when it does.
#[derive(Clone, Debug)]
pub struct Place {
    key: String,
    stamp: u64,
}

impl Place {
    /// The place of the file at `path`, as it is by its `metadata`.
    #[must_use]
    pub fn new(path: &Path, metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let stamp = format!("{} {}", metadata.len(), modified.unwrap_or_default().as_nanos());
        Self { key: Self::key(path), stamp: xxh3_64(stamp.as_bytes()) }
    }

    /// What the library knows the file or folder at `path` by.
    #[must_use]
    pub fn key(path: &Path) -> String {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match path.to_str() {
            Some(path) => path.to_owned(),
            // Two names that differ only in what is no text are still two.
            None => format!("{}#{:016x}", path.to_string_lossy(), xxh3_64(path.as_os_str().as_encoded_bytes())),
        }
    }

    /// The place of the file at `path`, of which somebody read some version: whoever reads it next reads it again.
    #[must_use]
    pub fn of_unknown_version(path: &Path, metadata: &Metadata) -> Self {
        Self { stamp: 0, ..Self::new(path, metadata) }
    }

    /// The same for the library.
    #[must_use]
    pub fn origin(&self) -> Origin<'_> {
        Origin { key: &self.key, stamp: self.stamp }
    }
}

/// Takes what is found, each with the bytes of the input that it stands for; says whether it wants more.
pub(super) trait Sink: FnMut(Result<Job, (Found, u64)>) -> bool {}

impl<F: FnMut(Result<Job, (Found, u64)>) -> bool + ?Sized> Sink for F {}

/// Reads on behalf of a library.
#[derive(Debug)]
pub struct Reading {
    /// Tells what is known.
    pub store: Store,
    /// Whether files are read again that have not changed.
    pub again: bool,
}

impl Reading {
    /// Reads all of `paths`, folders with all texts below them.
    pub(super) fn read(&self, paths: &[PathBuf], mut sink: impl Sink) {
        for path in paths {
            let more = if path.as_os_str() == "-" {
                self.stream(io::stdin().lock(), "standard input", None, 0, &mut sink)
            } else {
                match sources::named(path) {
                    Named::Path(path) => self.path(&path, &mut sink),
                    Named::Page(address) => page(&address, &mut sink),
                    Named::Neither(line) => sink(Err((Found::Problem(line), 0))),
                }
            };
            if !more {
                return;
            }
        }
    }

    /// A file, or all texts below a folder.
    fn path(&self, path: &Path, sink: &mut impl Sink) -> bool {
        if !path.is_dir() {
            return self.file(path, sink);
        }
        sources::below(path).all(|found| match found {
            Ok(path) => self.file(&path, sink),
            Err((path, what)) => sink(Err((problem(&path.to_string_lossy(), &what), 0))),
        })
    }

    fn file(&self, path: &Path, sink: &mut impl Sink) -> bool {
        let name = path.to_string_lossy();
        let opened = files::open(path).and_then(|file| {
            let metadata = file.metadata().map_err(|error| files::reason(&error))?;
            Ok((file, metadata))
        });
        let (file, metadata) = match opened {
            Ok(opened) => opened,
            Err(what) => return sink(Err((problem(&name, &what), 0))),
        };
        // A pipe or device gives something else each time.
        let place = metadata.is_file().then(|| Place::new(path, &metadata));
        if !self.again && place.as_ref().is_some_and(|place| self.is_unchanged(place, &name)) {
            return sink(Err((Found::Unchanged, metadata.len())));
        }
        self.stream(BufReader::with_capacity(1 << 16, file), &name, place, metadata.len(), sink)
    }

    /// Whether a file was read before, is as it was then, and what came of it is still in the library.
    fn is_unchanged(&self, place: &Place, name: &str) -> bool {
        let known = self.store.origin(&place.key).ok().flatten();
        known.is_some_and(|known| {
            known.stamp == place.stamp && (known.article.is_some() || Packing::of(&[], name).is_some())
        })
    }

    fn stream(
        &self,
        mut source: impl BufRead,
        name: &str,
        place: Option<Place>,
        bytes: u64,
        sink: &mut impl Sink,
    ) -> bool {
        let mut head = Vec::new();
        if let Err(error) = beginning(&mut source, &mut head) {
            return sink(Err((problem(name, &files::reason(&error)), bytes)));
        }
        let packing = Packing::of(&head, name);
        if packing.is_none() && import::is_binary(&head) {
            return sink(Err((problem(name, "is not a text (binary data)"), bytes)));
        }
        let source = Cursor::new(head).chain(source);
        if packing == Some(Packing::JsonLines) {
            return self.lines(source, name, place, sink);
        }
        match (files::read_all(source, usize::try_from(bytes).unwrap_or(0)), packing) {
            (Ok(read), Some(_)) => self.collection(&read, name, place, bytes, sink),
            (Ok(read), None) => sink(Ok(Job { name: name.to_owned(), what: Unread::File(read, place), bytes })),
            (Err(what), _) => sink(Err((problem(name, &what), bytes))),
        }
    }

    /// A file of several articles that has to be read as a whole.
    fn collection(&self, read: &[u8], name: &str, place: Option<Place>, bytes: u64, sink: &mut impl Sink) -> bool {
        let Ok(collection) = catch_unwind(|| import::import_all(read, name)) else {
            return sink(Err((problem(name, "the program failed on this file"), bytes)));
        };
        let (articles, mut problems) = (collection.articles, collection.problems);
        if articles.is_empty() && problems.is_empty() {
            problems.push("holds no text".to_owned());
        }
        let parts = articles.len() as u64 + 1;
        let is_whole = problems.is_empty();
        articles.into_iter().all(|article| self.part(article, name, bytes / parts, sink))
            && problems.into_iter().all(|what| sink(Err((problem(name, &what), 0))))
            && end(place.filter(|_| is_whole), bytes / parts + bytes % parts, sink)
    }

    /// One article a line; they are read as they come.
    fn lines(&self, mut source: impl BufRead, name: &str, place: Option<Place>, sink: &mut impl Sink) -> bool {
        let (mut line, mut bad) = (Vec::new(), 0);
        for number in 1_u64.. {
            line.clear();
            let length = match source.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(length) => length as u64,
                Err(error) => return sink(Err((problem(name, &files::reason(&error)), 0))),
            };
            let read = if length > MAX_LINE {
                let _ = source.skip_until(b'\n');
                Err(format!("is longer than {} MB", MAX_LINE >> 20))
            } else if json::unmarked(&line).trim_ascii().is_empty() {
                continue;
            } else {
                catch_unwind(|| collection::object(&line)).unwrap_or_else(|_| Err(FAILED.to_owned()))
            };
            let more = match read {
                Ok(article) => self.part(article, name, length, sink),
                Err(what) => {
                    bad += 1;
                    bad > MOST_PROBLEMS || sink(Err((problem(&format!("{name}:{number}"), &what), length)))
                }
            };
            if !more {
                return false;
            }
            // A line of many megabytes is not kept because another one may come.
            line.shrink_to(1 << 20);
        }
        if bad > MOST_PROBLEMS && !sink(Err((problem(name, &format!("and {} more bad lines", bad - MOST_PROBLEMS)), 0)))
        {
            return false;
        }
        end(place.filter(|_| bad == 0), 0, sink)
    }

    /// An article of a collection: to be analysed, unless the library has its text.
    fn part(&self, article: Article, name: &str, bytes: u64, sink: &mut impl Sink) -> bool {
        if article.text.is_empty() {
            return sink(Err((problem(name, "an article in it holds no text"), bytes)));
        }
        if !self.again && self.store.article_with(article.content_id()).is_ok_and(|known| known.is_some()) {
            return sink(Err((Found::Known, bytes)));
        }
        sink(Ok(Job { name: name.to_owned(), what: Unread::Article(Box::new(article)), bytes }))
    }
}

/// Reads enough to know a file by: its first line that is not blank, if that may be an article (more may take its time),
/// or else its first bytes.
fn beginning(source: &mut impl BufRead, head: &mut Vec<u8>) -> io::Result<()> {
    let first = |bytes: &[u8]| json::unmarked(bytes).trim_ascii_start().first().copied();
    if first(source.fill_buf()?) != Some(b'{') {
        return source.by_ref().take(SNIFF).read_to_end(head).map(drop);
    }
    while first(head).is_none() && source.by_ref().take(MAX_LINE).read_until(b'\n', head)? > 0 {}
    Ok(())
}

/// The end of a collection; where it is one to be remembered, that.
fn end(place: Option<Place>, bytes: u64, sink: &mut impl Sink) -> bool {
    place.is_none_or(|place| sink(Err((Found::End(place), bytes))))
}

/// A page of the web; the whole program waits for no more than it.
fn page(address: &Address, sink: &mut impl Sink) -> bool {
    let client = Client::new(Limits::default(), feeds::proxies(), Stop::default());
    let url = address.as_str();
    match catch_unwind(|| page::fetch(&client, address, None)) {
        Ok(Ok(page)) => {
            let place = Place { key: url.to_owned(), stamp: page.article.content_id() };
            let notes: Vec<String> = page.notes().iter().map(|note| format!("{url}: {note}")).collect();
            let what = Unread::Page(Box::new(page.article), place);
            sink(Ok(Job { name: url.to_owned(), what, bytes: 0 }))
                && notes.into_iter().all(|note| sink(Err((Found::Note(note), 0))))
        }
        Ok(Err(Error::AFeed)) => {
            sink(Err((Found::Problem(format!("{url}: is a feed; `pullquote feed add {url}` follows it")), 0)))
        }
        Ok(Err(error)) => sink(Err((problem(url, &error.to_string()), 0))),
        Err(_) => sink(Err((problem(url, FAILED), 0))),
    }
}

fn problem(name: &str, what: &str) -> Found {
    Found::Problem(format!("{name}: {what}"))
}
