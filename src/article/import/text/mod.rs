//! Plain text: what stands above the story, then its paragraphs.
//!
//! A file may begin with `date YYYY-MM-DD` (with or without text behind it on the line), with `Key: value` headers,
//! with a headline, a byline and a date, or straight with the story. `head` reads that, `body` the paragraphs,
//! `wrapped` decides which line ends are only where a line was full.

mod body;
mod head;
mod wrapped;

pub(super) use head::Key;

use super::draft::{Draft, Piece};
use crate::article::{Article, BlockKind};
use crate::text::{OffsetMap, SafeText, width};

/// A line of the safe text, without blanks at its end.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    /// Offset in the safe text.
    at: usize,
}

impl<'a> Line<'a> {
    fn is_blank(self) -> bool {
        self.text.is_empty()
    }

    /// Blanks before the first other character, in bytes.
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Columns it takes, of a line far too long for wrapped text only that it is long.
    fn columns(self) -> usize {
        if self.text.len() > 4 * wrapped::LONGEST { self.text.len() } else { width::columns(self.text) }
    }

    /// The line from `skip` bytes on, without blanks around it.
    fn piece(self, skip: usize) -> Piece<'a> {
        let rest = self.text.get(skip..).unwrap_or_default();
        let text = rest.trim();
        Piece { text, at: self.at + skip + (rest.len() - rest.trim_start().len()) }
    }
}

/// Reads plain text; the map leads from the article's text to `raw`.
#[must_use]
pub fn read(raw: &str) -> (Article, OffsetMap) {
    let safe = SafeText::new(raw);
    let mut at = 0;
    let mut lines = Vec::new();
    for line in safe.as_str().split('\n') {
        lines.push(Line { text: line.trim_end(), at });
        at += line.len() + 1;
    }
    let mut draft = Draft::default();
    let head = head::take(&mut lines);
    if let Some(title) = &head.title {
        let pieces: Vec<_> = title.iter().map(|piece| (*piece, " ")).collect();
        draft.pieces(BlockKind::Title, 0, &pieces);
    }
    body::write(lines.get(head.lines..).unwrap_or_default(), &mut draft);
    let (article, origin) = draft.finish(head.meta);
    let origin = origin.then(safe.map());
    (article, origin)
}

/// What a group of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One paragraph that was wrapped.
    Wrapped,
    /// Lines that belong together and stay lines.
    Verse,
    /// A paragraph a line.
    Paragraphs,
}

/// What `lines`, none of them blank, are.
pub(super) fn shape(lines: &[&str]) -> Shape {
    let group: Vec<Line<'_>> = lines.iter().map(|line| Line { text: line.trim(), at: 0 }).collect();
    let measure = wrapped::Measure::default();
    if measure.is_wrapped(&group) {
        Shape::Wrapped
    } else if body::is_preformatted(&group, 0, &measure) {
        Shape::Verse
    } else {
        Shape::Paragraphs
    }
}

#[cfg(test)]
mod tests;
