//! Lines that are typed into: the search prompt in the status line, the filters of the popups.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use tui_textarea::TextArea;

use super::Skin;
use super::pen::Pen;
use crate::app::overlay::SearchPrompt;
use crate::config::theme::Role;
use crate::text::width;

/// Draws the search prompt into the status line; `place` is the current hit, from 1, and how many there are.
pub fn draw(buffer: &mut Buffer, area: Rect, prompt: &SearchPrompt, place: Option<(usize, usize)>, skin: &Skin) {
    buffer.set_style(area, skin.role(Role::Status));
    let typed = prompt.input.lines().iter().any(|line| !line.is_empty());
    let (told, role) = match (&prompt.problem, place) {
        (Some(problem), _) => (problem.clone(), Role::Error),
        (None, Some((_, 0))) => ("no match".to_owned(), Role::Error),
        (None, Some((place, count))) if typed => (format!("{place}/{count}"), Role::Key),
        (None, _) => ("Enter keeps, Esc goes back".to_owned(), Role::Status),
    };
    let kind = if prompt.regular { " regular expression " } else { " search " };
    let mut pen = Pen::new(buffer, area, 0);
    if pen.room() >= 40 {
        pen.put(kind, skin.role(Role::Mode)).put(" ", Style::new());
    }
    pen.put(if prompt.backward { "?" } else { "/" }, skin.role(Role::Key));
    // What is typed keeps half of the line however long the rest is.
    let told = skin.glyphs.fit(&told, pen.room() / 2).into_owned();
    let start = area.width - u16::try_from(pen.room()).unwrap_or(0);
    pen.put_last(" ", Style::new()).put_last(&told, skin.role(role)).put_last("  ", Style::new());
    let columns = u16::try_from(pen.room()).unwrap_or(0);
    input(buffer, Rect { x: area.x + start, width: columns, ..area }, &prompt.input, skin.role(Role::Status));
}

/// Draws what is typed, with the cursor.
pub fn input(buffer: &mut Buffer, area: Rect, input: &TextArea<'static>, style: Style) {
    let area = Rect { height: area.height.min(1), ..area }.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let mut shown = input.clone();
    shown.set_style(style);
    shown.set_cursor_line_style(Style::new());
    shown.set_cursor_style(style.add_modifier(Modifier::REVERSED));
    shown.set_selection_style(style.add_modifier(Modifier::UNDERLINED));
    shown.render(area, buffer);
}

/// Columns of what is typed.
#[must_use]
pub fn columns(input: &TextArea<'static>) -> usize {
    input.lines().first().map_or(0, |line| width::columns(line))
}
