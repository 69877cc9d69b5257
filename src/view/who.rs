//! Choosing a person by name, and choosing which of a person's quotes are another's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, facts, popup};
use crate::app::overlay::{PartsMenu, Purpose, WhoPrompt};
use crate::app::panes::Popup;
use crate::app::people::Who;
use crate::config::theme::Role;
use crate::text::width;

/// Draws the prompt with the people who are called so.
pub fn draw(buffer: &mut Buffer, at: Popup, prompt: &WhoPrompt, skin: &Skin) {
    let (title, hint) = match &prompt.purpose {
        Purpose::Said => ("What did they say?".to_owned(), "NAME, or NAME about WORDS"),
        Purpose::SameAs(who) => (format!("{} is the same as", who.name), "NAME"),
    };
    let title = skin.glyphs.fit(&title, usize::from(at.frame.width.saturating_sub(6))).into_owned();
    let count = u16::try_from(prompt.people.len().max(1)).unwrap_or(u16::MAX);
    let at = at.shrunk(count);
    popup::draw(buffer, at, &title, ("", hint), &prompt.input, skin);
    if prompt.people.is_empty() {
        let told = if prompt.answered { "nobody in the library is called so" } else { "" };
        Pen::new(buffer, at.rows, 0).put(told, skin.role(Role::Dim));
        return;
    }
    let people = prompt.people.iter();
    let top = top(at, prompt.selected, prompt.people.len());
    for ((index, who), y) in people.enumerate().skip(top).zip(0..at.rows.height) {
        let own = Rect { y: at.rows.y + y, height: 1, ..at.rows };
        draw_who(&mut row(buffer, own, index == prompt.selected, skin), who, skin);
    }
    popup::draw_more(buffer, at, top, prompt.people.len(), skin);
}

/// Name and role, and at the end of the row how much the person said.
fn draw_who(pen: &mut Pen, who: &Who, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    pen.put_last(" ", Style::new());
    let quotes = facts::counted(who.quotes, "quote", "quotes");
    let long = format!("  {quotes}, named in {}", facts::counted(who.stories, "story", "stories"));
    let short = format!("  {}", who.quotes);
    // The name has two thirds of the row at least.
    let told = if width::columns(&long) <= pen.room() / 3 { long } else { short };
    pen.put_last(&told, dim);
    pen.fit(&who.name, pen.room(), skin.glyphs, Style::new());
    if let Some(role) = who.roles.first().filter(|role| width::columns(role) + 2 <= pen.room()) {
        pen.put("  ", dim).put(role, dim);
    }
}

/// Draws the menu of what may be another person's.
pub fn parts(buffer: &mut Buffer, at: Popup, menu: &PartsMenu, skin: &Skin) {
    let count = menu.rows().count();
    let at = at.shrunk(u16::try_from(count.max(1)).unwrap_or(u16::MAX));
    let title = skin
        .glyphs
        .fit(&format!("Not {}, but another", menu.name), at.frame.width.saturating_sub(6).into())
        .into_owned();
    popup::draw(buffer, at, &title, ("", "type to filter"), &menu.filter, skin);
    if count == 0 {
        Pen::new(buffer, at.rows, 0).put("nothing is called that", skin.role(Role::Dim));
        return;
    }
    let top = top(at, menu.selected, count);
    for ((index, told), y) in menu.rows().enumerate().skip(top).zip(0..at.rows.height) {
        let own = Rect { y: at.rows.y + y, height: 1, ..at.rows };
        let mut pen = row(buffer, own, index == menu.selected, skin);
        pen.fit(told, pen.room(), skin.glyphs, Style::new());
    }
    popup::draw_more(buffer, at, top, count, skin);
}

/// The first row shown of so many.
fn top(at: Popup, selected: usize, count: usize) -> usize {
    let height = usize::from(at.rows.height);
    (selected + 1).saturating_sub(height).min(count.saturating_sub(height))
}

/// A row with its mark.
fn row<'a>(buffer: &'a mut Buffer, area: Rect, selected: bool, skin: &Skin) -> Pen<'a> {
    if selected {
        buffer.set_style(area, skin.role(Role::Selection));
    }
    let mut pen = Pen::new(buffer, area, 0);
    pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new()).skip(1);
    pen
}
