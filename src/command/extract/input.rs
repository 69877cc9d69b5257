//! Articles for `extract`: a file each, or a line each of JSON.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::import;
use crate::runtime::files;

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

/// An article's name, given back as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A string, or a path.
    Text(String),
    /// A whole number.
    Number(serde_json::Number),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(id) => f.write_str(id),
            Self::Number(id) => id.fmt(f),
        }
    }
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

/// A line of JSON; anything else in it is not ours to judge.
#[derive(Deserialize)]
struct Row {
    id: Id,
    title: Option<String>,
    date: Option<String>,
    text: String,
}

/// Reads the articles of `files` (standard input where there are none) and gives them to `sink` in order, until it
/// wants no more. With `every_line` all files hold one article a line, whatever their names.
pub fn read(files: &[PathBuf], every_line: bool, mut sink: impl FnMut(Result<Document, Problem>) -> bool) {
    let stdin = [PathBuf::from("-")];
    for path in if files.is_empty() { &stdin } else { files } {
        let by_line = every_line || ends_in_jsonl(path);
        let more = match (by_line, path.as_os_str() == "-") {
            (true, true) => lines(io::stdin().lock(), "standard input", &mut sink),
            (true, false) => match open(path) {
                Ok(file) => lines(BufReader::new(file), &path.to_string_lossy(), &mut sink),
                Err(what) => sink(Err(Problem { place: whole(path), what })),
            },
            (false, true) => sink(whole_file(path, files::read_text(io::stdin().lock(), 0))),
            (false, false) => sink(whole_file(path, files::read(path))),
        };
        if !more {
            return;
        }
    }
}

fn ends_in_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl") || ending.eq_ignore_ascii_case("ndjson"))
}

fn open(path: &Path) -> Result<File, String> {
    let file = File::open(path).map_err(|error| files::reason(&error))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err("is a folder".to_owned()),
        _ => Ok(file),
    }
}

fn whole(path: &Path) -> Place {
    let file = if path.as_os_str() == "-" { "standard input".into() } else { path.to_string_lossy() };
    Place { file: file.into_owned(), line: None }
}

fn whole_file(path: &Path, bytes: Result<Vec<u8>, String>) -> Result<Document, Problem> {
    let bytes = bytes.map_err(|what| Problem { place: whole(path), what })?;
    let name = path.to_string_lossy();
    let article = import::import(&bytes, &name);
    Ok(Document {
        id: Id::Text(name.into_owned()),
        title: Some(article.meta.title).filter(|title| !title.is_empty()),
        date: article.meta.date.map(|date| date.to_string()),
        text: article.text,
        place: whole(path),
    })
}

/// One article a line; whether `sink` wants more.
fn lines(mut source: impl BufRead, file: &str, sink: &mut impl FnMut(Result<Document, Problem>) -> bool) -> bool {
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
            match row(&line, number == 1) {
                Ok(None) => continue,
                Ok(Some(Row { id, title, date, text })) => Ok(Document { id, title, date, text, place }),
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

/// The article of one line; nothing where the line is blank.
fn row(line: &[u8], first: bool) -> Result<Option<Row>, String> {
    let line = if first { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line) } else { line };
    let text = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to() + 1))?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).map_err(|error| explain(&error))
}

/// What is wrong with a line, and where in it, in bytes from 1.
fn explain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    let what = match what {
        "data did not match any variant of untagged enum Id" => "`id` is neither text nor a number",
        other => other,
    };
    let kind = if error.is_data() { "not an article" } else { "not JSON" };
    match error.column() {
        0 => format!("{kind}: {what}"),
        column => format!("{kind}: {what} (byte {column})"),
    }
}
