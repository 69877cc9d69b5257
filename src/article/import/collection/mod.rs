//! Files that hold several articles: books, mailboxes, lists of objects. What is wrong with one of them is said, and
//! the rest is read all the same.

mod book;
mod mail;
mod objects;

pub use book::check as check_book;

use super::{decode, import, json};
use crate::article::Article;

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The articles, in the file's order; those without any text are left out.
    pub articles: Vec<Article>,
    /// What could not be read: one safe line each, without the file's name.
    pub problems: Vec<String>,
}

/// Problems that are told one by one; a file with more is not worth more lines.
const MOST_PROBLEMS: usize = 20;

/// How a file that may hold several articles is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// EPUB.
    Book,
    /// A mail message (`.eml`).
    Message,
    /// A mailbox (`.mbox`).
    Mailbox,
    /// JSON: an object, a list, or a feed.
    Json,
    /// JSON, one object a line.
    JsonLines,
}

impl Packing {
    /// Whether it is JSON, which can be read in other ways too.
    #[must_use]
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }

    /// The packing of the file `name` with these first `bytes` (a few thousand will do); `None` where it is one
    /// article as it is.
    #[must_use]
    pub fn of(bytes: &[u8], name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "epub" => Some(Self::Book),
            "eml" => Some(Self::Message),
            "mbox" | "mbx" => Some(Self::Mailbox),
            "json" => Some(if json::begins(bytes) && !objects::is_one(bytes) { Self::JsonLines } else { Self::Json }),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ if book::begins(bytes) => Some(Self::Book),
            _ if mail::begins_mailbox(bytes) => Some(Self::Mailbox),
            _ if json::begins(bytes) => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// Reads all articles in the file `name` whose contents are `bytes`.
#[must_use]
pub fn import_all(bytes: &[u8], name: &str) -> Collection {
    let mut collection = match Packing::of(bytes, name) {
        Some(Packing::Book) => book::read(bytes),
        Some(Packing::Message) => std::iter::once(mail::read_message(bytes)).collect(),
        Some(Packing::Mailbox) => mail::read_mailbox(bytes),
        Some(Packing::Json) => objects::read(bytes),
        Some(Packing::JsonLines) => objects::read_lines(bytes),
        None if decode::is_binary(bytes) => {
            Collection { articles: Vec::new(), problems: vec!["is no text that can be read".to_owned()] }
        }
        None => std::iter::once(Ok(import(bytes, name))).collect(),
    };
    collection.articles.retain(|article| !article.text.is_empty());
    let many = collection.problems.len();
    if many > MOST_PROBLEMS {
        collection.problems.truncate(MOST_PROBLEMS);
        collection.problems.push(format!("and {} more problems", many - MOST_PROBLEMS));
    }
    collection
}

/// Reads the article in one object of JSON, a line of a file of many.
///
/// # Errors
/// What is wrong with it: one safe line.
pub fn object(json: &[u8]) -> Result<Article, String> {
    objects::object(json).map_err(|problem| crate::text::safe::line(&problem))
}

impl FromIterator<Result<Article, String>> for Collection {
    fn from_iter<I: IntoIterator<Item = Result<Article, String>>>(results: I) -> Self {
        let mut collection = Self::default();
        for result in results {
            match result {
                Ok(article) => collection.articles.push(article),
                Err(problem) => collection.problems.push(crate::text::safe::line(&problem)),
            }
        }
        collection
    }
}

#[cfg(test)]
mod tests;
