//! The command palette: the commands that match what is typed, with what they do and their keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, popup};
use crate::app::Keymap;
use crate::app::overlay::Palette;
use crate::app::panes::Popup;
use crate::config::theme::Role;
use crate::text::width;

/// Columns from which what a command does stands beside its name.
const WIDE: u16 = 50;

/// Draws the palette.
pub fn draw(buffer: &mut Buffer, at: Popup, palette: &Palette, keymap: &Keymap, skin: &Skin) {
    let found = palette.matches();
    let at = at.shrunk(u16::try_from(found.len().max(1)).unwrap_or(u16::MAX));
    popup::draw(buffer, at, "Commands", (": ", "type to find"), &palette.filter, skin);
    let dim = skin.role(Role::Dim);
    if found.is_empty() {
        Pen::new(buffer, at.rows, 0).put("no command is called that", dim);
        return;
    }
    let height = usize::from(at.rows.height);
    let top = (palette.selected + 1).saturating_sub(height).min(found.len().saturating_sub(height));
    let names = found.iter().map(|row| width::columns(row.name)).max().unwrap_or(0);
    for ((index, row), y) in found.iter().enumerate().skip(top).zip(0..at.rows.height) {
        let own = Rect { y: at.rows.y + y, height: 1, ..at.rows };
        let selected = index == palette.selected;
        if selected {
            buffer.set_style(own, skin.role(Role::Selection));
        }
        let mut pen = Pen::new(buffer, own, 0);
        pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new()).skip(1);
        pen.put_last(" ", Style::new());
        pen.put_last(&keymap.keys_of(row.action).join("  "), skin.role(Role::PopupKey));
        let room = pen.room();
        pen.fit(row.name, pen.room(), skin.glyphs, Style::new());
        if at.rows.width >= WIDE {
            pen.leave(room.saturating_sub(names + 2));
            let columns = pen.room().saturating_sub(2);
            pen.fit(row.help, columns, skin.glyphs, dim);
        }
    }
    popup::draw_more(buffer, at, top, found.len(), skin);
}
