//! An article laid out at one width: lines that are spans into its text, and the way between offsets and lines.
//!
//! The text is wrapped once for a width; drawing, scrolling and jumping only look lines up. Lines are spans, so
//! neither a highlight nor a change of colours ever moves one.
//!
//! Units: widths and columns are terminal columns; offsets are bytes into the article's text. Nothing of the text is
//! lost: every character that is not white space at a line's start or end lies on exactly one line.

pub mod breaks;
pub mod cells;
mod spread;
mod wrap;

use crate::article::{Article, Block, BlockKind};
use crate::text::Span;
pub use cells::Cell;
pub use wrap::wrapped;

/// How to lay out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Columns a line may take; at least 1 is assumed.
    pub width: u16,
    /// Whether the view will spread lines to the full width.
    pub justify: bool,
    /// Whether blocks other than the items of a list are separated by a blank line and the story's facts stand under the title. Where not,
    /// paragraphs are told apart by an indented first line.
    pub airy: bool,
}

/// One row of the laid-out article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text on it, without white space at its end; empty on a blank line, where it tells the place.
    pub span: Span,
    /// Columns before the text.
    pub indent: u16,
    /// Whether the words are spread to reach the full width.
    pub spread: bool,
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
    /// How they were laid out.
    pub options: Options,
}

/// Columns by which a paragraph's first line is indented where no blank line tells paragraphs apart.
const FIRST_INDENT: u16 = 2;

impl Layout {
    /// Lays out `article`.
    #[must_use]
    pub fn new(article: &Article, options: Options) -> Self {
        let room = article.text.len() / usize::from(options.width.max(1)) + article.blocks.len() * 2;
        let mut layout = Self { lines: Vec::with_capacity(room.min(1 << 20)), options };
        let titled = article.blocks.first().is_some_and(|block| block.kind == BlockKind::Title);
        if options.airy && !titled && !article.blocks.is_empty() {
            layout.push_facts(0);
        }
        for (index, block) in article.blocks.iter().enumerate() {
            layout.push_block(&article.text, &article.blocks, index);
            if options.airy && block.kind == BlockKind::Title {
                layout.push_facts(block.span.end);
            } else if options.airy && article.blocks.get(index + 1).is_some_and(|next| are_parted(block, next)) {
                layout.push_blank(block.span.end + 1);
            }
        }
        layout
    }

    /// The line of text that shows `offset`, or the nearest one before it (the first one where there is none before);
    /// 0 where there are no lines.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        let reached = self.lines.partition_point(|line| line.span.start <= offset);
        let text = |line: &Line| matches!(line.kind, LineKind::Text { .. });
        let (before, after) = self.lines.split_at_checked(reached).unwrap_or((&self.lines, &[]));
        match before.iter().rposition(text) {
            Some(line) => line,
            None => after.iter().position(text).map_or(0, |line| reached + line),
        }
    }

    /// The column of `offset` on its line as it is drawn, indent included; that of the line's end where the offset
    /// lies in white space that is not shown.
    #[must_use]
    pub fn column_at(&self, text: &str, offset: usize) -> usize {
        let line = self.line_at(offset);
        let mut end = self.lines.get(line).map_or(0, |line| usize::from(line.indent));
        for cell in self.cells(text, line) {
            if offset < cell.offset + cell.grapheme.len() {
                return cell.column;
            }
            end = cell.column + cell.width;
        }
        end
    }

    /// The offset of what is drawn at `column` of line `line`: the start of that grapheme, or of the nearest one on
    /// the line.
    #[must_use]
    pub fn offset_at(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(start) = self.lines.get(line).map(|line| line.span.start) else { return 0 };
        let shown = self.cells(text, line).filter(|cell| cell.width > 0);
        shown.take_while(|cell| cell.column <= column).last().map_or(start, |cell| cell.offset)
    }

    /// The graphemes of line `line` of `text` where they are drawn: columns count from the left edge of the text
    /// column, indent and spreading included.
    pub fn cells<'a>(&self, text: &'a str, line: usize) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let width = usize::from(self.options.width.max(1));
        let line = self.lines.get(line).copied();
        let span = line.map_or(Span::default(), |line| line.span);
        let indent = line.map_or(0, |line| usize::from(line.indent));
        let shown = span.of(text);
        let gaps = match line {
            Some(line) if line.spread => spread::Gaps::of(shown, width.saturating_sub(indent)),
            _ => spread::Gaps::default(),
        };
        gaps.place(cells::graphemes(shown)).map(move |cell| Cell {
            offset: span.start + cell.offset,
            column: indent + cell.column,
            ..cell
        })
    }

    fn push_facts(&mut self, at: usize) {
        self.lines.push(Line { span: Span::new(at, at), indent: 0, spread: false, kind: LineKind::Facts });
        self.push_blank(at);
    }

    fn push_blank(&mut self, at: usize) {
        self.lines.push(Line { span: Span::new(at, at), indent: 0, spread: false, kind: LineKind::Blank });
    }

    /// Adds the lines of one block.
    fn push_block(&mut self, text: &str, blocks: &[Block], index: usize) {
        let Some(block) = blocks.get(index).copied() else { return };
        let opens = index
            .checked_sub(1)
            .and_then(|before| blocks.get(before))
            .is_none_or(|before| matches!(before.kind, BlockKind::Title | BlockKind::Heading));
        let number = block.number(text).map_or(0, |number| u16::try_from(number.len()).unwrap_or(u16::MAX));
        let indents = Indents::of(block, opens, number, self.options);
        let shown = block.span.of(text);
        let from = self.lines.len();
        if block.kind == BlockKind::Preformatted {
            self.push_preformatted(shown, index, block.span.start, indents);
        } else {
            self.push_wrapped(shown, index, block, indents);
        }
        if let Some(line) = self.lines.get_mut(from..).and_then(<[Line]>::last_mut) {
            line.spread = false;
            if let LineKind::Text { last, .. } = &mut line.kind {
                *last = true;
            }
        }
    }

    fn push_wrapped(&mut self, shown: &str, index: usize, block: Block, indents: Indents) {
        let runs_on = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem);
        let mut start = shown.len() - shown.trim_start().len();
        let mut first = true;
        while start < shown.len() || first {
            let indent = if first { indents.first } else { indents.rest };
            let cut = if start < shown.len() {
                wrap::line(shown, start, usize::from(self.options.width.max(1).saturating_sub(indent)))
            } else {
                wrap::Cut { end: start, next: start, forced: true }
            };
            self.lines.push(Line {
                span: Span::new(start, cut.end).shifted(block.span.start),
                indent,
                spread: self.options.justify && runs_on && !cut.forced,
                kind: LineKind::Text { block: index, first, last: false },
            });
            start = cut.next;
            first = false;
        }
    }

    fn push_preformatted(&mut self, shown: &str, index: usize, origin: usize, indents: Indents) {
        let limit = usize::from(self.options.width.max(1).saturating_sub(indents.rest)).max(1);
        let mut start = 0;
        let mut first = true;
        for row in shown.split('\n') {
            let end = start + row.trim_end().len();
            loop {
                let rest = Span::new(start.min(end), end).of(shown);
                let cut = wrap::hard_cut(rest, limit);
                self.lines.push(Line {
                    span: Span::new(start.min(end), start.min(end) + cut.end).shifted(origin),
                    indent: indents.rest,
                    spread: false,
                    kind: LineKind::Text { block: index, first, last: false },
                });
                first = false;
                if cut.forced {
                    break;
                }
                start += cut.next;
            }
            start = end.max(start) + (row.len() - row.trim_end().len()) + 1;
        }
    }
}

/// Whether a blank line parts two blocks where there is room for any: the items of a list stand together.
fn are_parted(block: &Block, next: &Block) -> bool {
    !(block.kind == BlockKind::ListItem && next.kind == BlockKind::ListItem)
}

/// Columns before the lines of a block.
#[derive(Clone, Copy)]
struct Indents {
    first: u16,
    rest: u16,
}

impl Indents {
    /// The indents of `block`, which `opens` the text or a part of it and begins with a `number` of so many columns,
    /// which hangs where a bullet would stand: never more than a third of the width, so that
    /// deep nesting leaves room for words.
    fn of(block: Block, opens: bool, number: u16, options: Options) -> Self {
        let depth = u16::from(block.depth);
        let (first, rest) = match block.kind {
            BlockKind::Title | BlockKind::Heading => (0, 0),
            BlockKind::Paragraph if options.airy || opens => (2 * depth, 2 * depth),
            BlockKind::Paragraph => (2 * depth + FIRST_INDENT, 2 * depth),
            BlockKind::ListItem if number > 0 => (2 * depth.max(1) - 2, 2 * depth.max(1) - 2 + number),
            BlockKind::Quotation | BlockKind::ListItem => (2 * depth.max(1), 2 * depth.max(1)),
            BlockKind::Preformatted => (2 * depth, 2 * depth),
        };
        let most = options.width / 3;
        Self { first: first.min(most), rest: rest.min(most) }
    }
}
