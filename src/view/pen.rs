//! Writing a row of the screen from left to right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyphs::Glyphs;
use crate::text::width;

/// Writes into one row, never beyond its end.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the start of row `row` of `area`; one without room where there is no such row.
    #[must_use]
    pub fn new(buffer: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let area = area.intersection(buffer.area);
        let end = if row < area.height { area.right() } else { area.x };
        Self { buffer, x: area.x, y: area.y.saturating_add(row), end }
    }

    /// Columns left.
    #[must_use]
    pub fn room(&self) -> usize {
        self.end.saturating_sub(self.x).into()
    }

    /// Writes `text`, cut where the row ends.
    pub fn put(&mut self, text: &str, style: Style) -> &mut Self {
        if self.x < self.end {
            (self.x, _) = self.buffer.set_stringn(self.x, self.y, text, self.room(), style);
        }
        self
    }

    /// Writes `text`, with the cut shown where it does not fit into `limit` columns.
    pub fn fit(&mut self, text: &str, limit: usize, glyphs: &Glyphs, style: Style) -> &mut Self {
        let limit = limit.min(self.room());
        self.put(&glyphs.fit(text, limit), style)
    }

    /// Goes on so far right that `columns` are left.
    pub fn leave(&mut self, columns: usize) -> &mut Self {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        self.x = self.x.max(self.end.saturating_sub(columns));
        self
    }

    /// Goes on `columns` to the right.
    pub fn skip(&mut self, columns: u16) -> &mut Self {
        self.x = self.x.saturating_add(columns).min(self.end);
        self
    }

    /// Writes `text` at the right end of what is left, which ends there.
    pub fn put_last(&mut self, text: &str, style: Style) -> &mut Self {
        let columns = width::columns(text);
        if columns <= self.room() {
            let end = self.end;
            let x = end - u16::try_from(columns).unwrap_or(0);
            self.buffer.set_stringn(x, self.y, text, columns, style);
            self.end = x;
        }
        self
    }
}
