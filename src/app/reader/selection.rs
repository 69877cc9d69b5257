//! A selection in the text: from where it was begun to the cursor, both ends included, a grapheme at a time.
//!
//! The cursor is the end that moves, so whatever moves it (a search, a jump, scrolling) extends the selection. Motions
//! go by what is laid out: the blanks at which lines are broken are passed over, and lines down keep their column.

use unicode_segmentation::UnicodeSegmentation;

use super::Reader;
use crate::layout::LineKind;
use crate::text::Span;

/// A selection that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Byte offset of the grapheme where it was begun; the other end is the cursor.
    pub anchor: usize,
    /// The column that lines up and down lead to, while one moves by lines.
    column: Option<usize>,
}

/// A movement of the cursor within the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme on.
    Right,
    /// One grapheme back.
    Left,
    /// To the start of the next word.
    Word,
    /// To the start of this word, or of the one before.
    WordBack,
    /// To the end of this word, or of the next.
    WordEnd,
    /// A line down, in the same column.
    Down,
    /// A line up, in the same column.
    Up,
    /// To the start of the line.
    LineStart,
    /// To the end of the line; lines up and down from there lead to their ends.
    LineEnd,
    /// To the start of this paragraph, or of the one before.
    ParagraphStart,
    /// To the end of this paragraph, or of the next.
    ParagraphEnd,
    /// To the end of the story.
    End,
}

impl Reader {
    /// Begins a selection at the cursor, or at the top of the screen where that is out of sight.
    pub fn begin_selection(&mut self) {
        let visible = self.visible();
        let from = if visible.contains(self.cursor) { self.cursor } else { visible.start };
        let anchor = self.shown_at(from);
        self.select_from(anchor, anchor);
    }

    /// Selects from the grapheme at byte `anchor` to the one at `cursor`.
    pub fn select_from(&mut self, anchor: usize, cursor: usize) {
        let anchor = self.shown_at(anchor);
        self.selection = Some(Selection { anchor, column: None });
        self.cursor = cursor;
    }

    /// What is selected, without blanks at its ends; `None` where nothing is.
    #[must_use]
    pub fn selected(&self) -> Option<Span> {
        let span = self.selection_span()?;
        let words = span.of(&self.article.text);
        let start = span.start + (words.len() - words.trim_start().len());
        Some(Span::new(start, start + words.trim().len())).filter(|span| !span.is_empty())
    }

    /// The same with the blanks: what is drawn as selected.
    #[must_use]
    pub fn selection_span(&self) -> Option<Span> {
        let anchor = self.selection?.anchor;
        let (first, last) = (anchor.min(self.cursor), anchor.max(self.cursor));
        // A cursor that follows what was found in another version of the text may be outside this one.
        Some(Span::new(first, self.grapheme_at(last).end)).filter(|span| !span.of(&self.article.text).is_empty())
    }

    /// The grapheme under the cursor.
    #[must_use]
    pub fn grapheme_at(&self, offset: usize) -> Span {
        let rest = self.article.text.get(offset..).unwrap_or_default();
        Span::new(offset, offset + rest.graphemes(true).next().map_or(0, str::len))
    }

    /// Lets the ends of the selection change places.
    pub fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.column = None;
            std::mem::swap(&mut selection.anchor, &mut self.cursor);
            self.keep_cursor_in_sight();
        }
    }

    /// Moves the cursor `times` by `motion`, and keeps it in sight.
    pub fn move_cursor(&mut self, motion: Motion, times: usize) {
        let goal = self.goal(motion);
        for _ in 0..times {
            let before = self.cursor;
            self.cursor = self.target(motion, goal);
            if self.cursor == before {
                break;
            }
        }
        if let Some(selection) = &mut self.selection {
            selection.column = goal;
        }
        self.keep_cursor_in_sight();
    }

    /// The column that `motion` keeps to, if it keeps to one.
    fn goal(&self, motion: Motion) -> Option<usize> {
        let kept = self.selection.and_then(|selection| selection.column);
        match motion {
            Motion::Down | Motion::Up => {
                Some(kept.unwrap_or_else(|| self.layout.column_at(&self.article.text, self.cursor)))
            }
            Motion::LineEnd => Some(usize::MAX),
            _ => None,
        }
    }

    fn target(&self, motion: Motion, goal: Option<usize>) -> usize {
        let text = self.article.text.as_str();
        let line = self.layout.line_at(self.cursor);
        match motion {
            Motion::Right => self.neighbour(line, false),
            Motion::Left => self.neighbour(line, true),
            Motion::Word => self.next_word(),
            Motion::WordBack => self.word_start(),
            Motion::WordEnd => self.word_end(),
            Motion::Down | Motion::Up => {
                let target = self.text_line(line, motion == Motion::Up);
                target.map_or(self.cursor, |line| self.layout.offset_at(text, line, goal.unwrap_or(0)))
            }
            Motion::LineStart => self.layout.offset_at(text, line, 0),
            Motion::LineEnd => self.layout.offset_at(text, line, usize::MAX),
            Motion::ParagraphStart | Motion::ParagraphEnd => self.paragraph_end(motion == Motion::ParagraphStart),
            Motion::End => self.shown_at(text.len()),
        }
    }

    /// The grapheme beside the cursor, on its line or on the next one (or the one before).
    fn neighbour(&self, line: usize, backward: bool) -> usize {
        let text = self.article.text.as_str();
        let mut cells = self.layout.cells(text, line).filter(|cell| cell.width > 0).map(|cell| cell.offset);
        let beside = if backward {
            cells.take_while(|offset| *offset < self.cursor).last()
        } else {
            cells.find(|offset| *offset > self.cursor)
        };
        let column = if backward { usize::MAX } else { 0 };
        let beyond = || Some(self.layout.offset_at(text, self.text_line(line, backward)?, column));
        beside.or_else(beyond).unwrap_or(self.cursor)
    }

    /// The line of text after `line`, or before it.
    fn text_line(&self, line: usize, backward: bool) -> Option<usize> {
        let is_text = |line: &usize| {
            self.layout
                .lines
                .get(*line)
                .is_some_and(|line| matches!(line.kind, LineKind::Text { .. }) && !line.span.is_empty())
        };
        if backward { (0..line).rev().find(is_text) } else { (line + 1..self.layout.lines.len()).find(is_text) }
    }

    fn next_word(&self) -> usize {
        let rest = self.article.text.get(self.cursor..).unwrap_or_default();
        let next = rest.split_word_bound_indices().skip(1).find(|(_, word)| is_word(word));
        next.map_or_else(|| self.shown_at(self.article.text.len()), |(at, _)| self.cursor + at)
    }

    fn word_start(&self) -> usize {
        let before = self.article.text.get(..self.cursor).unwrap_or_default();
        before.split_word_bound_indices().rev().find(|(_, word)| is_word(word)).map_or(self.cursor, |(at, _)| at)
    }

    fn word_end(&self) -> usize {
        let from = self.grapheme_at(self.cursor).end;
        let rest = self.article.text.get(from..).unwrap_or_default();
        let next = rest.split_word_bound_indices().find(|(_, word)| is_word(word));
        let last = |word: &str| word.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        next.map_or(self.cursor, |(at, word)| from + at + last(word))
    }

    /// The end of the cursor's paragraph, or its start; from there those of the next, or the one before.
    fn paragraph_end(&self, backward: bool) -> usize {
        let blocks = &self.article.blocks;
        let ends = |at: usize| blocks.get(at).map(|block| self.shown_at(block.span.end));
        let target = if backward {
            let place = blocks.partition_point(|block| block.span.start < self.cursor).checked_sub(1);
            place.and_then(|place| blocks.get(place)).map(|block| block.span.start)
        } else {
            let place = blocks.partition_point(|block| block.span.end <= self.cursor);
            ends(place).filter(|end| *end > self.cursor).or_else(|| ends(place + 1))
        };
        target.unwrap_or(self.cursor)
    }

    /// The grapheme that is shown at `offset`, or the nearest one before it.
    #[must_use]
    pub fn shown_at(&self, offset: usize) -> usize {
        let text = self.article.text.as_str();
        let line = self.layout.line_at(offset);
        let shown = self.layout.cells(text, line).filter(|cell| cell.width > 0 && cell.offset <= offset);
        shown.last().map_or_else(|| self.layout.offset_at(text, line, 0), |cell| cell.offset)
    }

    /// The grapheme that is drawn at `column` of line `line`, or the nearest one before.
    #[must_use]
    pub fn pointed_at(&self, line: usize, column: usize) -> usize {
        let last = self.layout.lines.len().saturating_sub(1);
        let (line, column) = if line > last { (last, usize::MAX) } else { (line, column) };
        let is_text = self.layout.lines.get(line).is_some_and(|line| matches!(line.kind, LineKind::Text { .. }));
        let (line, column) = match self.text_line(line, true).filter(|_| !is_text) {
            Some(before) => (before, usize::MAX),
            None => (line, column),
        };
        self.layout.offset_at(&self.article.text, line, column)
    }

    /// Scrolls no more than it must so that the cursor is seen.
    pub fn keep_cursor_in_sight(&mut self) {
        let (cursor, line) = (self.cursor, self.layout.line_at(self.cursor));
        let rows = self.rows().max(1);
        if line < self.top {
            // What stands above the first words is shown with them.
            self.scroll_to(self.text_line(line, true).map_or(0, |_| line));
        } else if line >= self.top + rows {
            self.scroll_to(line + 1 - rows);
        }
        self.cursor = cursor;
    }
}

fn is_word(word: &str) -> bool {
    !word.trim().is_empty()
}
