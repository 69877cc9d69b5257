//! The library from the command line: `pullquote add`, `search` and `quotes`, by the built program on real files.

mod adding;
mod exporting;
mod opening;
mod quoting;
mod searching;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::terminal::PROGRAM;

/// A folder of files and a library that is not there yet.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A library with these articles, each a name and a text.
    fn with(articles: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, text) in articles {
            desk.write(name, text);
        }
        let output = desk.run(["add", desk.path("in").to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn library(&self) -> PathBuf {
        self.path("data/library.db")
    }

    /// Writes a file into the folder that is added.
    fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }

    fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().env("PULLQUOTE_LIBRARY", self.library());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Output {
        self.feed(arguments, b"")
    }

    /// Runs the program with `input` on its standard input.
    fn feed<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Adds the folder; the exit code and what was said.
    fn add(&self) -> (Option<i32>, String) {
        let output = self.run([OsStr::new("add"), self.path("in").as_os_str()]);
        (output.status.code(), said(&output))
    }

    /// Titles of all articles that a query holds for.
    fn titles(&self, query: &str) -> Vec<String> {
        let output = self.run(["search", "--format", "jsonl", "--limit", "1000", "--", query]);
        rows(&output).iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn rows(output: &Output) -> Vec<Value> {
    printed(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Nothing but graphic characters and line ends.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || pullquote::text::safe::is_safe(c))
}

/// A small book of these chapters.
fn epub(chapters: &[&str]) -> Vec<u8> {
    use zip::write::SimpleFileOptions;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut file = |name: &str, text: &str| {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    file("mimetype", "application/epub+zip");
    file(
        "META-INF/container.xml",
        r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#,
    );
    let each = |item: fn(usize) -> String| (0..chapters.len()).map(item).collect::<String>();
    let items = each(|n| format!(r#"<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>"#));
    let spine = each(|n| format!(r#"<itemref idref="c{n}"/>"#));
    file(
        "book.opf",
        &format!(
            r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>The Book</dc:title><dc:creator>Ana Silva</dc:creator><dc:language>en</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"#
        ),
    );
    for (number, chapter) in chapters.iter().enumerate() {
        file(
            &format!("c{number}.xhtml"),
            &format!(
                r#"<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{chapter}</body></html>"#
            ),
        );
    }
    zip.finish().unwrap().into_inner()
}

/// How many articles are in the library now; none where there is no library.
fn kept(library: &Path) -> usize {
    use pullquote::store::{Options, Query, Store};
    if !library.exists() {
        return 0;
    }
    let today = jiff::civil::date(2025, 11, 28);
    Store::open(&Options::chosen(library.to_owned(), today))
        .map_or(0, |opened| opened.store.count(&Query::default()).unwrap_or(0))
}
