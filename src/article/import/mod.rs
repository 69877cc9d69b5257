//! Bytes to an [`Article`]: decode, recognise the format, read it. Never fails: strange bytes give a poorer article.

use super::{Article, Block, BlockKind, Meta};
use crate::text::{Span, safe};

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
    let _ = name;
    let raw = String::from_utf8_lossy(bytes);
    let mut article = Article::default();
    for paragraph in raw.lines().map(safe::line).filter(|line| !line.is_empty()) {
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(&paragraph);
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, article.text.len()), depth: 0 });
    }
    article.meta = Meta { title: article.text.chars().take(60).collect(), ..Meta::default() };
    article
}

/// Whether `bytes` are no text in any encoding (an image, a program): the reader says so instead of showing them.
#[must_use]
pub fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(8192).filter(|byte| **byte == 0).count() > 0
}
