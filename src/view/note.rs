//! The note on a passage: the words above, below them what is written.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use super::pen::Pen;
use super::{Skin, find, popup};
use crate::app::overlay::NoteEditor;
use crate::app::panes::Popup;
use crate::config::theme::Role;

/// Rows of a note before it has more: enough to see where one is.
const LEAST: usize = 6;

/// Draws the note.
pub fn draw(buffer: &mut Buffer, at: Popup, note: &NoteEditor, skin: &Skin) {
    let lines = note.input.lines();
    let columns = usize::from(at.rows.width.max(1));
    let rows: usize = lines.iter().map(|line| crate::text::width::columns(line) / columns + 1).sum();
    let at = at.shrunk(u16::try_from(rows.max(LEAST) + 3).unwrap_or(u16::MAX));
    let title = match (note.saving, note.asks, note.is_changed()) {
        (true, ..) => "Note: being kept",
        (_, true, _) => "Keep this note?",
        (_, _, true) => "Note, not kept yet",
        (_, _, false) => "Note",
    };
    popup::frame(buffer, at, title, skin);
    let style = skin.role(Role::Popup);
    let dim = style.patch(skin.role(Role::Dim));
    let all = Rect { height: at.filter.height + at.rows.height, ..at.filter };
    let first = find::line_of(&note.excerpt, usize::from(all.width));
    let rest = note.excerpt.strip_prefix(first).unwrap_or_default().trim_start();
    Pen::new(buffer, all, 0).put(first.trim_end(), dim);
    let mut used = 1;
    if all.height >= 8 && !rest.is_empty() {
        Pen::new(buffer, all, 1).fit(rest, all.width.into(), skin.glyphs, dim);
        used = 2;
    }
    // A blank row between the two, and one with the keys below, where there is room for them.
    let keys = all.height >= 6;
    used += u16::from(keys);
    let below = u16::from(keys);
    let area = Rect { y: all.y + used, height: all.height.saturating_sub(used + below), ..all };
    input(buffer, area.intersection(buffer.area), note, style);
    if keys {
        let key = style.patch(skin.role(Role::PopupKey));
        let mut pen = Pen::new(buffer, all, all.height - 1);
        let keys = match note.asks {
            true => [("y", " keeps it"), ("n", " drops it"), ("Esc", " goes on writing")],
            false => [("ctrl-s", " keeps it"), ("Esc", " closes"), ("Enter", " breaks the line")],
        };
        for (key_name, does) in keys {
            if pen.room() < key_name.len() + does.len() {
                break;
            }
            pen.put(key_name, key).put(does, dim).put("   ", style);
        }
    }
}

fn input(buffer: &mut Buffer, area: Rect, note: &NoteEditor, style: Style) {
    if area.is_empty() {
        return;
    }
    let mut shown = note.input.clone();
    shown.set_style(style);
    shown.set_cursor_line_style(Style::new());
    let cursor = if note.asks || note.saving { style } else { style.add_modifier(Modifier::REVERSED) };
    shown.set_cursor_style(cursor);
    shown.set_selection_style(style.add_modifier(Modifier::UNDERLINED));
    shown.render(area, buffer);
}
