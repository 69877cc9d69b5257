//! The help screen: the keys in force, by group, as the action table has them, and what the signs mean.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, popup};
use crate::app::overlay::{Help, HelpRow};
use crate::app::panes::Popup;
use crate::config::theme::Role;

/// Columns for keys before what they do.
const KEY_COLUMNS: u16 = 18;
/// Columns below which there is room for one key of each action only.
const WIDE: u16 = 60;
/// Columns from which the name of each action in settings is shown.
const NAMED: u16 = 80;

/// Draws the help screen with its `rows`.
pub fn draw(buffer: &mut Buffer, at: Popup, help: &Help, rows: &[HelpRow], skin: &Skin) {
    popup::draw(buffer, at, "Keys and signs", ("", "type to filter"), &help.filter, skin);
    let dim = skin.role(Role::Dim);
    if rows.is_empty() {
        Pen::new(buffer, at.rows, 0).put("no key does that, no sign means it", dim);
        return;
    }
    let narrow = at.rows.width < WIDE;
    let key_columns = if narrow { at.rows.width / 4 } else { KEY_COLUMNS };
    let key_columns = usize::from(key_columns);
    let top = help.top.min(rows.len().saturating_sub(at.rows.height.into()));
    for (row, y) in rows.iter().skip(top).zip(0..at.rows.height) {
        let mut pen = Pen::new(buffer, at.rows, y);
        match row {
            HelpRow::Blank => {}
            HelpRow::Group(title) => {
                pen.put(title, skin.role(Role::Heading));
            }
            HelpRow::Keys { keys, help, name } => {
                let keys = if narrow { keys.split("  ").next().unwrap_or_default() } else { keys };
                meaning(&mut pen, keys, (key_columns, name), help, skin);
            }
            HelpRow::Sign(sign, help) => meaning(&mut pen, &skin.glyphs.sign(*sign), (key_columns, ""), help, skin),
        }
    }
    popup::draw_more(buffer, at, top, rows.len(), skin);
}

/// `keys` in at least `columns` columns, what they mean, and at the end, where there is room, their `name`. Keys have
/// the room that they need, up to two thirds: what they do can be guessed from half of it, keys cannot.
fn meaning(pen: &mut Pen, keys: &str, (columns, name): (usize, &str), help: &str, skin: &Skin) {
    let room = pen.room();
    pen.skip(1).fit(keys, room * 2 / 3, skin.glyphs, skin.role(Role::PopupKey));
    pen.skip(2).leave(room.saturating_sub(columns + 2));
    if room >= usize::from(NAMED) {
        pen.put_last(name, skin.role(Role::Dim)).put_last(" ", Style::new());
    }
    pen.fit(help, pen.room(), skin.glyphs, Style::new());
}
