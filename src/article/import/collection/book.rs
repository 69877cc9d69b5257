//! Books as EPUB: a chapter is an article, the book its source.
//!
//! The archive is unpacked once into nothing first, because a few kilobytes of it can stand for gigabytes; only what
//! stays within bounds is read. The table of contents is not: it can be nested without end, and headings say the same.

use std::io::{Cursor, Read, Seek, Write};

use rbook::Epub;

use super::Collection;
use crate::article::import::draft::{Draft, field};
use crate::article::import::html;
use crate::article::import::opening::Opening;
use crate::article::{Article, BlockKind, Meta};

/// Bytes that a whole book may have when unpacked, and a chapter of it.
const LARGEST_BOOK: u64 = 256 << 20;
const LARGEST_CHAPTER: usize = 8 << 20;
/// Files in a book.
const MOST_FILES: usize = 20_000;

/// Whether `bytes` begin as an EPUB does: a ZIP archive whose first file says so.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(120)).unwrap_or_default();
    let says = b"application/epub+zip";
    head.starts_with(b"PK\x03\x04") && head.windows(says.len()).any(|bytes| bytes == says)
}

/// Whether `file` has the frame of a book; what is in it is not looked at.
///
/// # Errors
/// What is wrong with it: one line.
pub fn check(file: impl Read + Seek) -> Result<(), String> {
    zip::ZipArchive::new(file).map(drop).map_err(|error| no_archive(&error))
}

/// Why what should be the archive of a book is none.
fn no_archive(error: &zip::result::ZipError) -> String {
    match error {
        zip::result::ZipError::InvalidArchive(_) => "is no EPUB: it is cut off, or no ZIP archive at all".to_owned(),
        other => format!("is no EPUB that can be read: {other}"),
    }
}

/// Whether something was not found, at the bottom of what is wrong.
fn is_missing(error: &(dyn std::error::Error + 'static)) -> bool {
    let errors = std::iter::successors(Some(error), |error| error.source());
    let mut found = errors.filter_map(|error| error.downcast_ref::<std::io::Error>());
    found.any(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Reads the chapters of a book.
pub(super) fn read(bytes: &[u8]) -> Collection {
    match open(bytes) {
        Ok(book) => chapters(&book),
        Err(problem) => std::iter::once(Err(problem)).collect(),
    }
}

fn open(bytes: &[u8]) -> Result<Epub, String> {
    measure(bytes)?;
    Epub::options().strict(false).skip_toc(true).read(Cursor::new(bytes.to_vec())).map_err(|error| {
        match is_missing(&error) {
            true => "is no EPUB: nothing in it says where its chapters are".to_owned(),
            false => format!("is no EPUB that can be read: {error}"),
        }
    })
}

/// Unpacks everything into nothing, as long as it stays within bounds.
fn measure(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| no_archive(&error))?;
    if archive.len() > MOST_FILES {
        return Err(format!("has more than {MOST_FILES} files inside"));
    }
    let mut left = LARGEST_BOOK;
    for index in 0..archive.len() {
        // A file that cannot be unpacked is a problem of the chapter that needs it.
        let Ok(file) = archive.by_index(index) else { continue };
        let unpacked = std::io::copy(&mut file.take(left), &mut std::io::sink()).unwrap_or(0);
        left = left.saturating_sub(unpacked);
        if left == 0 {
            return Err(format!("is larger than {} MB when unpacked", LARGEST_BOOK >> 20));
        }
    }
    Ok(())
}

fn chapters(book: &Epub) -> Collection {
    let meta = about(book);
    let chapters = book.spine().iter().enumerate().filter_map(|(index, chapter)| {
        let number = index + 1;
        let Some(entry) = chapter.manifest_entry() else {
            return Some(Err(format!("chapter {number} is not in the book")));
        };
        if !entry.media_type().contains("html") {
            return None;
        }
        let mut page = Bounded { bytes: Vec::new(), left: LARGEST_CHAPTER };
        match entry.copy_bytes(&mut page) {
            Ok(_) => Some(Ok(chapter_of(&String::from_utf8_lossy(&page.bytes), &meta, number))),
            Err(_) if page.left == 0 => {
                Some(Err(format!("chapter {number} is larger than {} MB", LARGEST_CHAPTER >> 20)))
            }
            Err(error) if is_missing(&error) => Some(Err(format!("chapter {number} is not in the book"))),
            Err(error) => Some(Err(format!("chapter {number} is damaged: {error}"))),
        }
    });
    chapters.collect()
}

/// One chapter; what has neither a heading nor a title gets a number.
fn chapter_of(page: &str, book: &Meta, number: usize) -> Article {
    let mut draft = Draft::default();
    let mut opening = Opening::new(book.clone(), "");
    html::write_piece(page, &mut draft, &mut opening);
    let meta = Meta { title: String::new(), ..opening.meta };
    let (mut article, _) = draft.finish(meta);
    let heading = article.blocks.first().filter(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Title));
    let title = match heading {
        Some(heading) => field(heading.span.of(&article.text)),
        None => book.source.as_ref().map(|book| format!("{book}, part {number}")),
    };
    if let Some(title) = title {
        article.meta.title = title;
        article.meta.untitled = heading.is_none();
    }
    article
}

/// What the book says of itself.
fn about(book: &Epub) -> Meta {
    let metadata = book.metadata();
    let creators: Vec<String> = metadata.creators().filter_map(|creator| field(creator.value())).take(5).collect();
    let published = metadata.published().map(|published| published.date());
    let day = published.and_then(|date| {
        let month = i8::try_from(date.month()).ok()?;
        jiff::civil::Date::new(date.year(), month.max(1), i8::try_from(date.day()).ok()?.max(1)).ok()
    });
    Meta {
        title: String::new(),
        untitled: false,
        date: day,
        byline: Some(creators.join(", ")).filter(|creators| !creators.is_empty()),
        source: metadata.title().and_then(|title| field(title.value())),
        url: None,
        licence: metadata.rights().next().and_then(|rights| field(rights.value())),
    }
}

/// Takes bytes up to a bound.
struct Bounded {
    bytes: Vec<u8>,
    left: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() > self.left {
            self.left = 0;
            return Err(std::io::Error::other("too large"));
        }
        self.left -= bytes.len();
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
