//! What the user is told, where that takes more room than the status line has: it takes rows over it, so that nothing is cut.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Skin;
use super::pen::Pen;
use crate::config::theme::Role;
use crate::text::width;

/// Columns left free at either side.
const MARGIN: u16 = 1;

/// Draws `text` in `style` over the rows that end with `status`, half the screen at most.
pub fn draw(buffer: &mut Buffer, status: Rect, text: &str, style: Style, skin: &Skin) {
    let status = status.intersection(buffer.area);
    let columns = usize::from(status.width.saturating_sub(2 * MARGIN));
    if status.is_empty() || columns == 0 {
        return;
    }
    let lines = wrapped(text, columns);
    let most = usize::from(buffer.area.height / 2).max(1);
    let rows = lines.len().min(most).min(usize::from(status.bottom() - buffer.area.top()));
    let height = u16::try_from(rows).unwrap_or(1);
    let area = Rect { y: status.bottom() - height, height, ..status };
    for (line, row) in lines.iter().zip(0..height) {
        let own = Rect { y: area.y + row, height: 1, ..area };
        for x in own.left()..own.right() {
            buffer[(x, own.y)].reset();
        }
        buffer.set_style(own, skin.role(Role::Status));
        let mut pen = Pen::new(buffer, own, 0);
        pen.skip(MARGIN);
        let is_cut = usize::from(row) + 1 == rows && rows < lines.len();
        let shown = if is_cut { format!("{line}{}", skin.glyphs.cut) } else { (*line).to_owned() };
        let room = pen.room().saturating_sub(usize::from(MARGIN));
        pen.fit(&shown, room, skin.glyphs, style);
    }
}

/// `text` in lines of `columns` columns at most, broken at blanks where there are any.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while width::columns(rest) > columns {
        let head = width::prefix(rest, columns);
        let whole = match rest.get(head.len()..) {
            Some(after) if after.starts_with(' ') => head,
            _ => head.rsplit_once(' ').map_or(head, |(words, _)| words),
        };
        // A character wider than the line stands alone.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = whole.len().max(first);
        lines.push(rest.get(..length).unwrap_or(rest));
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_lose_no_word() {
        assert_eq!(wrapped("the disk is full", 9), ["the disk", "is full"]);
        assert_eq!(wrapped("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(wrapped("日本語", 1), ["日", "本", "語"]);
        let text = "/home/somebody/library.db: the library cannot be written; check who owns the file";
        for columns in 1..90 {
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&wrapped(text, columns).concat()), letters(text), "{columns}");
        }
    }
}
