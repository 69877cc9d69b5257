//! An article laid out at one width: lines that are spans into its text, and the way between offsets and lines.
//!
//! Units: widths and columns are terminal columns; offsets are bytes into the article's text. Nothing of the text is
//! lost: every character that is not white space at a line's end lies on exactly one line.

use crate::article::Article;
use crate::text::{Span, width};

/// How to lay out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns a line may take; at least 1 is assumed.
    pub width: u16,
    /// Whether the view will spread lines to the full width.
    pub justify: bool,
    /// Whether blocks are separated by a blank line and the story's facts stand under the title.
    pub airy: bool,
}

/// One row of the laid-out article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text on it, without white space at its end; empty on a blank line, where it tells the place.
    pub span: Span,
    /// Columns before the text.
    pub indent: u16,
    /// What it is.
    pub kind: LineKind,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Text of the block with this index; `last` where the block ends on it (never justified).
    Text {
        /// Index into the article's blocks.
        block: usize,
        /// Whether it is the block's first line (where a list item's bullet goes).
        first: bool,
        /// Whether it is the block's last line.
        last: bool,
    },
    /// Between two blocks.
    Blank,
    /// Room for the story's facts (date, words, minutes, voices), which the view fills in.
    Facts,
}

/// A laid-out article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// All rows, in order of the text.
    pub lines: Vec<Line>,
}

impl Layout {
    /// Lays out `article`.
    #[must_use]
    pub fn new(article: &Article, options: Options) -> Self {
        let _ = options;
        let mut lines = Vec::new();
        for (block, at) in article.blocks.iter().enumerate() {
            lines.push(Line { span: at.span, indent: 0, kind: LineKind::Text { block, first: true, last: true } });
            lines.push(Line { span: Span::new(at.span.end, at.span.end), indent: 0, kind: LineKind::Blank });
        }
        Self { lines }
    }

    /// The line that shows `offset`, or the nearest one before it; 0 where there are no lines.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.span.start <= offset).saturating_sub(1)
    }

    /// The column of `offset` on its line, indent included, in a ragged layout of `text`.
    #[must_use]
    pub fn column_at(&self, text: &str, offset: usize) -> usize {
        let Some(line) = self.lines.get(self.line_at(offset)) else { return 0 };
        line.indent as usize + width::columns(Span::new(line.span.start, offset.min(line.span.end)).of(text))
    }

    /// The offset shown at `column` of line `line` (the nearest one on that line).
    #[must_use]
    pub fn offset_at(&self, text: &str, line: usize, column: usize) -> usize {
        let _ = (text, column);
        self.lines.get(line).map_or(0, |line| line.span.start)
    }
}
