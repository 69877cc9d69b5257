//! The help screen: the keys in force, by group, as the action table has them.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, popup};
use crate::app::overlay::{Help, HelpRow};
use crate::app::panes::Popup;
use crate::config::theme::Role;
use crate::text::width;

/// Columns that keys take at most before what they do.
const KEY_COLUMNS: usize = 22;

/// Draws the help screen with its `rows`.
pub fn draw(buffer: &mut Buffer, at: Popup, help: &Help, rows: &[HelpRow], skin: &Skin) {
    popup::draw(buffer, at, "Keys", "/ ", &help.filter, skin);
    let dim = skin.role(Role::Dim);
    if rows.is_empty() {
        Pen::new(buffer, at.rows, 0).put("no key does that", dim);
        return;
    }
    let longest = rows.iter().map(|row| match row {
        HelpRow::Keys { keys, .. } => width::columns(keys),
        HelpRow::Group(_) | HelpRow::Blank => 0,
    });
    let key_columns = longest.max().unwrap_or(0).min(KEY_COLUMNS).min(usize::from(at.rows.width) / 3);
    let top = help.top.min(rows.len().saturating_sub(at.rows.height.into()));
    for (row, y) in rows.iter().skip(top).zip(0..at.rows.height) {
        let mut pen = Pen::new(buffer, at.rows, y);
        match row {
            HelpRow::Blank => {}
            HelpRow::Group(title) => {
                pen.put(title, skin.role(Role::Heading));
            }
            HelpRow::Keys { keys, help, name } => {
                let room = pen.room();
                pen.skip(1).fit(keys, key_columns, skin.glyphs, skin.role(Role::PopupKey));
                pen.leave(room.saturating_sub(key_columns + 3));
                let names = width::columns(help) + width::columns(name) + 2 <= pen.room();
                pen.fit(help, pen.room(), skin.glyphs, Style::new());
                if names {
                    pen.put_last(name, dim);
                }
            }
        }
    }
    popup::draw_more(buffer, at, top, rows.len(), skin);
}
