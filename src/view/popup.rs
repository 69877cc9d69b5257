//! What help and command palette have in common: a frame over the panes, a filter, rows below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};
use tui_textarea::TextArea;

use super::Skin;
use super::pen::Pen;
use super::prompt;
use crate::app::panes::Popup;
use crate::config::theme::Role;

/// Draws frame, title and filter of a popup; before the filter a sign, and in it a hint while nothing is typed.
pub fn draw(
    buffer: &mut Buffer,
    at: Popup,
    title: &str,
    (sign, hint): (&str, &str),
    filter: &TextArea<'static>,
    skin: &Skin,
) {
    frame(buffer, at, title, skin);
    let style = skin.role(Role::Popup);
    let mut pen = Pen::new(buffer, at.filter, 0);
    pen.put(sign, style.patch(skin.role(Role::PopupKey)));
    let used = at.filter.width - u16::try_from(pen.room()).unwrap_or(0);
    let rest = Rect { x: at.filter.x + used, width: at.filter.width - used, ..at.filter };
    prompt::input(buffer, rest, filter, style);
    if prompt::columns(filter) == 0 {
        // The cursor stands before it.
        let mut pen = Pen::new(buffer, rest, 0);
        pen.skip(2);
        let hint = prompt::whole_parts(hint, skin.glyphs.between, pen.room());
        pen.fit(hint, pen.room(), skin.glyphs, style.patch(skin.role(Role::Dim)));
    }
}

/// Draws the frame of a popup and its title, with nothing in it.
pub fn frame(buffer: &mut Buffer, at: Popup, title: &str, skin: &Skin) {
    let style = skin.role(Role::Popup);
    Clear.render(at.frame, buffer);
    buffer.set_style(at.frame, skin.role(Role::Page));
    buffer.set_style(at.frame, style);
    if at.filter.x > at.frame.x {
        let block = Block::bordered().border_set(skin.glyphs.border).border_style(style.patch(skin.role(Role::Faint)));
        block.render(at.frame, buffer);
        let row = Rect { x: at.frame.x + 2, width: at.frame.width.saturating_sub(4), ..at.frame };
        let mut pen = Pen::new(buffer, row, 0);
        let title = skin.glyphs.fit(title, pen.room().saturating_sub(2)).into_owned();
        pen.put(&format!(" {title} "), style.patch(skin.role(Role::Accent)));
    }
}

/// Marks on the frame where there are rows above or below those shown.
pub fn draw_more(buffer: &mut Buffer, at: Popup, top: usize, count: usize, skin: &Skin) {
    let edge = Rect { x: at.frame.right().saturating_sub(3), width: 1, ..at.frame };
    let [above, below] = skin.glyphs.more;
    if at.filter.x == at.frame.x {
        return;
    }
    if top > 0 {
        Pen::new(buffer, edge, 0).put(above, Style::new());
    }
    if count > top + usize::from(at.rows.height) {
        Pen::new(buffer, edge, at.frame.height.saturating_sub(1)).put(below, Style::new());
    }
}
