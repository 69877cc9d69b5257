//! Articles for `extract`: a file each, a line each of JSON, a chapter or message each of a book or mailbox; files one by one or all below a folder.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use crate::article::Article;
use crate::article::import::json::{self, Id, Row};
use crate::article::import::{self, Packing};
use crate::runtime::files;
use crate::runtime::intake::FAILED;
use crate::runtime::sources::{self, Named};

/// Longest line taken, in bytes, its end not counted.
const MAX_LINE: u64 = files::MAX_BYTES;

/// One article to analyse.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the article is called in the output.
    pub id: Id,
    /// The headline, where the input gives one.
    pub title: Option<String>,
    /// The date as the input gives it.
    pub date: Option<String>,
    /// The text that offsets count in.
    pub text: String,
    /// Where it stands.
    place: Place,
}

/// A file, or a line of one.
#[derive(Clone, Debug)]
struct Place {
    file: String,
    line: Option<u64>,
}

/// Why an article could not be read, and where it stands.
#[derive(Clone, Debug)]
pub struct Problem {
    place: Place,
    what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place.file)?;
        if let Some(line) = self.place.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl Document {
    /// `what` is wrong with this article.
    #[must_use]
    pub fn problem(&self, what: &str) -> Problem {
        Problem { place: self.place.clone(), what: what.to_owned() }
    }
}

/// Takes articles, or what is wrong with them, in order; says whether it wants more.
pub trait Sink: FnMut(Result<Document, Problem>) -> bool {}

impl<F: FnMut(Result<Document, Problem>) -> bool> Sink for F {}

/// Reads the articles of `paths`, folders with all texts below them, and gives them to `sink` in order, until it wants
/// no more. With `every_line` all files hold one article a line, whatever their names.
pub fn read(paths: &[PathBuf], every_line: bool, mut sink: impl Sink) {
    for path in paths {
        let more = if path.as_os_str() == "-" {
            stream(io::stdin().lock(), path, every_line, &mut sink)
        } else {
            match sources::named(path) {
                Named::Path(path) => file_or_folder(&path, every_line, &mut sink),
                Named::Page(address) => {
                    let what = "is a page of the web, and files are read here; `pullquote add` keeps pages";
                    sink(Err(Problem { place: whole(Path::new(address.as_str())), what: what.to_owned() }))
                }
                Named::Neither(line) => {
                    let (file, what) = line.split_once(": ").unwrap_or(("", &line));
                    sink(Err(Problem { place: whole(Path::new(file)), what: what.to_owned() }))
                }
            }
        };
        if !more {
            return;
        }
    }
}

fn file_or_folder(path: &Path, every_line: bool, sink: &mut impl Sink) -> bool {
    if !path.is_dir() {
        return file(path, every_line, sink);
    }
    sources::below(path).all(|found| match found {
        Ok(path) => file(&path, every_line, sink),
        Err((path, what)) => sink(Err(Problem { place: whole(&path), what })),
    })
}

fn file(path: &Path, every_line: bool, sink: &mut impl Sink) -> bool {
    match files::open(path) {
        Ok(file) => stream(BufReader::new(file), path, every_line, sink),
        Err(what) => sink(Err(Problem { place: whole(path), what })),
    }
}

/// The articles of `source`, which is called `path`: one a line where its name or its first line says so, or else one.
fn stream(mut source: impl BufRead, path: &Path, every_line: bool, sink: &mut impl Sink) -> bool {
    let place = whole(path);
    if every_line || json::is_lines(&place.file) {
        return lines(source, &place.file, sink);
    }
    let mut beginning = Vec::new();
    if let Err(error) = first_line(&mut source, &mut beginning) {
        return sink(Err(Problem { place, what: files::reason(&error) }));
    }
    let by_line = json::begins(&beginning);
    let packing = source.fill_buf().ok().and_then(|bytes| Packing::of(bytes, &place.file));
    if beginning.is_empty() && packing.is_some_and(|packing| !packing.is_json()) {
        return collection(source, &place, sink);
    }
    let source = io::Cursor::new(beginning).chain(source);
    if by_line && !json::is_object(&place.file) {
        return lines(source, &place.file, sink);
    }
    sink(one(path, place, files::read_text(source, 0)))
}

/// The chapters of a book, or the messages of a mailbox, each called by the file's name and its number.
fn collection(source: impl Read, place: &Place, sink: &mut impl Sink) -> bool {
    let problem = |what| Err(Problem { place: place.clone(), what });
    let bytes = match files::read_all(source, 0) {
        Ok(bytes) => bytes,
        Err(what) => return sink(problem(what)),
    };
    let Ok(collection) = catch_unwind(|| import::import_all(&bytes, &place.file)) else {
        return sink(problem(FAILED.to_owned()));
    };
    let articles = collection.articles.into_iter().zip(1_u64..);
    articles.into_iter().all(|(article, number)| {
        let id = Id::Text(format!("{}#{number}", place.file));
        sink(Ok(document(id, article, place.clone())))
    }) && collection.problems.into_iter().all(|what| sink(problem(what)))
}

/// Reads up to the end of the first line that is not blank, if that may be an article; of anything else, nothing.
fn first_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<()> {
    let first = |bytes: &[u8]| json::unmarked(bytes).trim_ascii_start().first().copied();
    if first(source.fill_buf()?) != Some(b'{') {
        return Ok(());
    }
    while first(line).is_none() && source.by_ref().take(MAX_LINE).read_until(b'\n', line)? > 0 {}
    Ok(())
}

fn whole(path: &Path) -> Place {
    let file = if path.as_os_str() == "-" { "standard input".into() } else { path.to_string_lossy() };
    Place { file: file.into_owned(), line: None }
}

/// The one article in `bytes`.
fn one(path: &Path, place: Place, bytes: Result<Vec<u8>, String>) -> Result<Document, Problem> {
    let problem = |what| Problem { place: place.clone(), what };
    let bytes = bytes.map_err(problem)?;
    let name = path.to_string_lossy();
    if json::is_object(&name) {
        let row = match json::row(&bytes) {
            Ok(Some(row)) => row,
            Ok(None) => return Err(problem("is empty".to_owned())),
            Err(_) if json::begins(&bytes) => {
                return Err(problem("holds several articles, one a line: read it with --from jsonl".to_owned()));
            }
            Err(what) => return Err(problem(what)),
        };
        let Row { id, title, date, text, .. } = row;
        return Ok(Document { id: id.unwrap_or_else(|| Id::Text(name.into_owned())), title, date, text, place });
    }
    // A page that some parser fails on is this article's problem, and nobody else's.
    let article = catch_unwind(|| import::import(&bytes, &name)).map_err(|_| problem(FAILED.to_owned()))?;
    if article.text.is_empty() {
        return Err(problem(if bytes.is_empty() { "is empty" } else { "holds no text" }.to_owned()));
    }
    Ok(document(Id::Text(name.into_owned()), article, place))
}

fn document(id: Id, article: Article, place: Place) -> Document {
    Document {
        id,
        title: Some(article.meta.title).filter(|title| !title.is_empty()),
        date: article.meta.date.map(|date| date.to_string()),
        text: article.text,
        place,
    }
}

/// One article a line; whether `sink` wants more.
fn lines(mut source: impl BufRead, file: &str, sink: &mut impl Sink) -> bool {
    let mut line = Vec::new();
    for number in 1.. {
        let place = Place { file: file.to_owned(), line: Some(number) };
        line.clear();
        match source.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return sink(Err(Problem { place, what: files::reason(&error) })),
        }
        let ended = line.last() == Some(&b'\n');
        let found = if !ended && line.len() as u64 > MAX_LINE {
            let what = match source.skip_until(b'\n') {
                Ok(_) => format!("a line longer than {} MB", MAX_LINE >> 20),
                Err(error) => files::reason(&error),
            };
            Err(Problem { place, what })
        } else {
            match json::row(&line) {
                Ok(None) => continue,
                Ok(Some(Row { id: Some(id), title, date, text, .. })) => Ok(Document { id, title, date, text, place }),
                Ok(Some(_)) => Err(Problem { place, what: json::missing("id") }),
                Err(what) => Err(Problem { place, what }),
            }
        };
        // A line of many megabytes is not kept because another one may come.
        line.shrink_to(1 << 20);
        if !sink(found) {
            return false;
        }
    }
    true
}
