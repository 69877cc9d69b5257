//! The menu of corrections, and the list of names to pick from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, popup};
use crate::app::overlay::{Correct, Pick, Picked};
use crate::app::panes::Popup;
use crate::config::theme::Role;

/// Draws the menu, or the list.
pub fn draw(buffer: &mut Buffer, at: Popup, correct: &Correct, skin: &Skin) {
    match &correct.pick {
        Some(pick) => names(buffer, at, pick, skin),
        None => menu(buffer, at, correct, skin),
    }
}

fn menu(buffer: &mut Buffer, at: Popup, correct: &Correct, skin: &Skin) {
    let at = at.shrunk(u16::try_from(correct.choices.len() + 1).unwrap_or(u16::MAX));
    popup::frame(buffer, at, "Correct", skin);
    let dim = skin.role(Role::Popup).patch(skin.role(Role::Dim));
    Pen::new(buffer, at.filter, 0).fit(&correct.title, at.filter.width.into(), skin.glyphs, dim);
    // A blank row below the words, where there is one to spare.
    let spare = u16::from(usize::from(at.rows.height) > correct.choices.len());
    let area = Rect { y: at.rows.y + spare, height: at.rows.height - spare, ..at.rows };
    let top = (correct.selected + 1).saturating_sub(usize::from(area.height));
    for ((index, choice), row) in correct.choices.iter().enumerate().skip(top).zip(0..area.height) {
        let mut pen = row_of(buffer, area, row, index == correct.selected, skin);
        pen.put(&choice.key.to_string(), skin.role(Role::PopupKey)).skip(2);
        pen.fit(&choice.says, pen.room(), skin.glyphs, Style::new());
    }
    popup::draw_more(buffer, Popup { rows: area, ..at }, top, correct.choices.len(), skin);
}

fn names(buffer: &mut Buffer, at: Popup, pick: &Pick, skin: &Skin) {
    let rows = pick.rows();
    let at = at.shrunk(u16::try_from(rows.len().max(1)).unwrap_or(u16::MAX));
    popup::draw(buffer, at, pick.question, (": ", "type to find, or a new name"), &pick.filter, skin);
    if rows.is_empty() {
        Pen::new(buffer, at.rows, 0).put("nobody here is called that", skin.role(Role::Dim));
        return;
    }
    let height = usize::from(at.rows.height);
    let top = (pick.selected + 1).saturating_sub(height).min(rows.len().saturating_sub(height));
    for ((index, picked), row) in rows.iter().enumerate().skip(top).zip(0..at.rows.height) {
        let mut pen = row_of(buffer, at.rows, row, index == pick.selected, skin);
        match picked {
            Picked::Known(name) => {
                let letter = name.letter.map_or(" ".to_owned(), |letter| letter.to_string());
                pen.put(&letter, skin.role(Role::PopupKey)).skip(2);
                pen.fit(&name.name, pen.room(), skin.glyphs, Style::new());
            }
            Picked::Nobody => {
                pen.put("?", skin.role(Role::PopupKey)).skip(2).put("nobody known", skin.role(Role::Dim));
            }
            Picked::New(name) => {
                pen.put("+", skin.role(Role::PopupKey)).skip(2);
                pen.fit(name, pen.room().saturating_sub(12), skin.glyphs, Style::new());
                pen.put(", a new name", skin.role(Role::Dim));
            }
        }
    }
    popup::draw_more(buffer, at, top, rows.len(), skin);
}

/// A pen in row `row` of `area`, behind the sign of the selected one.
fn row_of<'a>(buffer: &'a mut Buffer, area: Rect, row: u16, selected: bool, skin: &Skin) -> Pen<'a> {
    let own = Rect { y: area.y + row, height: 1, ..area };
    if selected {
        buffer.set_style(own, skin.role(Role::Selection));
    }
    let mut pen = Pen::new(buffer, own, 0);
    pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new()).skip(1);
    pen
}
