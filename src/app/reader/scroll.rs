//! Moving through the lines: scrolling, showing a place, paragraphs, and keeping the text in place when lines change.

use super::{Anchor, Page, Reader, Refusal};
use crate::app::step::Step;
use crate::layout::Layout;
use crate::text::Span;

/// A place jumped to stands this part of the screen below its top: what comes before it gives it context.
const CONTEXT: usize = 3;

impl Reader {
    /// The last line that may stand at the top.
    #[must_use]
    pub fn last_top(&self) -> usize {
        self.layout.lines.len().saturating_sub(self.page.rows.max(1))
    }

    /// How much of the way to the end is behind the reader, 0 to 100; nothing where all of the story is in sight.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        (self.top * 100).checked_div(self.last_top())
    }

    /// The text in sight.
    #[must_use]
    pub fn visible(&self) -> Span {
        let start = self.line_start(self.top);
        let last = self.layout.lines.get(..(self.top + self.page.rows.max(1)).min(self.layout.lines.len()));
        Span::new(start, last.and_then(<[_]>::last).map_or(start, |line| line.span.end))
    }

    /// Rows of text on the screen.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.page.rows
    }

    /// Moves by `step`; a jump can be gone back from.
    ///
    /// # Errors
    /// What to tell the user where the story ends.
    pub fn step(&mut self, step: Step) -> Result<(), Refusal> {
        let before = self.top;
        if step.is_jump() {
            self.remember();
            self.quote = None;
        }
        self.scroll_to(step.target(self.top, self.last_top(), self.page.rows));
        match step {
            Step::Last => self.cursor = self.line_start(self.layout.lines.len().saturating_sub(1)),
            _ if step.is_jump() => self.cursor = self.line_start(self.top),
            Step::Pages(times) if times > 0 && self.top == before => {
                return Err("the story ends here".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// Makes `top` the first line shown, as far as the text goes.
    pub fn scroll_to(&mut self, top: usize) {
        self.top = top.min(self.last_top());
        self.anchor = self.anchor_of(self.top);
        let visible = self.visible();
        if self.cursor < visible.start || self.cursor > visible.end {
            self.cursor = visible.start;
        }
        if self.current_span().is_some_and(|quote| !quote.overlaps(visible)) {
            self.quote = None;
        }
    }

    /// Shows `offset` a third below the top and makes it the cursor.
    pub fn show(&mut self, offset: usize) {
        let line = self.layout.line_at(offset);
        self.scroll_to(line.saturating_sub(self.page.rows / CONTEXT));
        self.cursor = offset;
    }

    /// Shows `offset` and makes it the cursor, without scrolling where it is in sight.
    pub fn reveal(&mut self, offset: usize) {
        let line = self.layout.line_at(offset);
        if line < self.top || line >= self.top + self.page.rows {
            self.show(offset);
        }
        self.cursor = offset;
    }

    /// Goes `times` paragraphs down or up; the paragraph stands at the top where the text goes that far.
    ///
    /// # Errors
    /// What to tell the user where there is no further one.
    pub fn step_paragraphs(&mut self, times: usize, backward: bool) -> Result<(), Refusal> {
        let blocks = &self.article.blocks;
        let place = if backward {
            blocks.partition_point(|block| block.span.start < self.cursor).checked_sub(times)
        } else {
            blocks.partition_point(|block| block.span.start <= self.cursor).checked_add(times - 1)
        };
        let beyond = if backward { 0 } else { blocks.len().saturating_sub(1) };
        let target = place.filter(|place| *place < blocks.len()).unwrap_or(beyond);
        let Some(start) = blocks.get(target).map(|block| block.span.start) else {
            return Err("this story is empty".to_owned());
        };
        if start == self.cursor || (start < self.cursor) != backward {
            return Err(if backward { "first paragraph" } else { "last paragraph" }.to_owned());
        }
        self.scroll_to(self.layout.line_at(start));
        self.cursor = start;
        self.quote = None;
        self.select_quote_at(start);
        Ok(())
    }

    /// The offset of what is drawn at `column` of line `line`, where anything is.
    #[must_use]
    pub fn offset_at(&self, line: usize, column: usize) -> Option<usize> {
        let mut cells = self.layout.cells(&self.article.text, line);
        cells.find(|cell| cell.column <= column && column < cell.column + cell.width).map(|cell| cell.offset)
    }

    /// What stands at the top, for [`Reader::restore`].
    #[must_use]
    pub const fn anchor(&self) -> Anchor {
        self.anchor
    }

    /// Puts back what stood at the top, the cursor and the current quote.
    pub fn restore(&mut self, anchor: Anchor, cursor: usize, quote: Option<usize>) {
        self.anchor = anchor;
        self.top = self.line_of(anchor).min(self.last_top());
        self.cursor = cursor;
        self.quote = quote;
    }

    /// Lays the story out for `page`; what stood at the top stays there, unless the current quote would be lost to sight.
    pub fn fit(&mut self, page: Page) {
        if page == self.page {
            return;
        }
        let is_seen = |reader: &Self| reader.current_span().is_some_and(|quote| reader.shows(quote.start));
        let was_seen = is_seen(self);
        if page.options != self.page.options {
            self.layout = Layout::new(&self.article, page.options);
        }
        self.page = page;
        self.top = self.line_of(self.anchor).min(self.last_top());
        if was_seen
            && !is_seen(self)
            && let Some(quote) = self.current_span()
        {
            let last = (self.layout.line_at(quote.end.saturating_sub(1)) + 1).saturating_sub(self.page.rows);
            self.top = self.layout.line_at(quote.start).min(last.max(self.top)).min(self.last_top());
            self.anchor = self.anchor_of(self.top);
        }
    }

    /// Whether the line of `offset` is in sight.
    fn shows(&self, offset: usize) -> bool {
        let line = self.layout.line_at(offset);
        self.top <= line && line < self.top + self.page.rows.max(1)
    }

    /// Whether nobody has moved or selected anything yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.top == 0 && self.cursor == 0 && self.quote.is_none() && self.places.back.is_empty()
    }

    /// Shows the line of byte `position` at the top, as if the story had been opened there.
    pub fn start_at(&mut self, position: usize) {
        let position = position.min(self.article.text.len());
        self.scroll_to(self.line_of(Anchor { offset: position, before: 0 }));
    }

    fn anchor_of(&self, line: usize) -> Anchor {
        let offset = self.line_start(line);
        let first = self.layout.lines.partition_point(|line| line.span.start < offset);
        Anchor { offset, before: line.saturating_sub(first) }
    }

    pub(super) fn line_of(&self, anchor: Anchor) -> usize {
        let first = self.layout.lines.partition_point(|line| line.span.start < anchor.offset);
        let last = self.layout.lines.partition_point(|line| line.span.start <= anchor.offset).saturating_sub(1);
        (first + anchor.before).min(last)
    }

    /// The byte offset at which line `line` begins; 0 where there is none.
    pub(super) fn line_start(&self, line: usize) -> usize {
        self.layout.lines.get(line).map_or(0, |line| line.span.start)
    }
}
