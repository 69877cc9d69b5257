//! Bytes to an [`Article`]: decode, recognise the format, read it. Never fails: strange bytes give a poorer article.
//!
//! A file per format: [`text`] is plain text, and the only one whose article leads back to offsets in its source.
//! [`collection`] reads files that hold several articles.

pub mod collection;
mod dates;
mod decode;
mod draft;
pub mod entry;
mod format;
pub mod html;
pub mod json;
mod lead;
mod lines;
pub mod markdown;
mod opening;
pub mod text;

use super::Article;

pub use collection::{Collection, Packing, check_book, import_all};
pub use decode::{decode_labelled, is_binary};

/// How a file's bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with a date line, headers or a headline where it has them.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
}

/// Reads `bytes`, whose file is called `name` (a path or address, only its ending is looked at; may be empty).
#[must_use]
pub fn import(bytes: &[u8], name: &str) -> Article {
    let marked_up = format::by_ending(name) != Some(Format::Markdown);
    let text = decode::decode(bytes, marked_up);
    match format::of(&text, name) {
        Format::Text => text::read(&text).0,
        Format::Markdown => markdown::read(&text),
        Format::Html => html::read(&text),
    }
}

#[cfg(test)]
mod tests;
