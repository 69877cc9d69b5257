//! The search across the library: each story that matches with the words around its first match.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{Skin, facts, notice, popup};
use crate::app::library::Hit;
use crate::app::overlay::Find;
use crate::app::panes::Popup;
use crate::config::theme::Role;
use crate::text::{Span, width};

/// Rows from which a snippet has two of them.
const TALL: u16 = 16;

/// Rows that a hit takes in a popup with so many.
#[must_use]
pub const fn hit_rows(height: u16) -> u16 {
    if height < TALL { 2 } else { 3 }
}

/// Draws the search.
pub fn draw(buffer: &mut Buffer, at: Popup, find: &Find, skin: &Skin) {
    let order = if find.by_relevance { "best match first" } else { "newest first" };
    let title = format!("Search the library{}{order}", skin.glyphs.between);
    popup::draw(buffer, at, &title, ("/ ", "words, \"a phrase\", speaker:NAME, since:7d"), &find.input, skin);
    let dim = skin.role(Role::Dim);
    if let Some(problem) = &find.problem {
        let lines = notice::wrapped(&problem.message, at.rows.width.into());
        for (line, row) in lines.into_iter().zip(0..at.rows.height) {
            Pen::new(buffer, at.rows, row).put(line, skin.role(Role::Error));
        }
        return;
    }
    if find.hits.is_empty() {
        let told = if find.query().is_empty() || !find.answered { "" } else { "no story matches" };
        Pen::new(buffer, at.rows, 0).put(told, dim);
        return;
    }
    let rows = hit_rows(at.rows.height);
    let shown = usize::from((at.rows.height / rows).max(1));
    let top = (find.selected + 1).saturating_sub(shown).min(find.hits.len().saturating_sub(shown));
    for ((index, hit), place) in find.hits.iter().enumerate().skip(top).take(shown).zip(0u16..) {
        let own = Rect { y: at.rows.y + place * rows, height: rows, ..at.rows }.intersection(at.rows);
        let selected = index == find.selected;
        if selected {
            buffer.set_style(own, skin.role(Role::Selection));
        }
        title_row(buffer, own, hit, selected, skin);
        snippet_rows(buffer, own, hit, skin);
    }
    popup::draw_more(buffer, at, top * usize::from(rows), find.hits.len() * usize::from(rows), skin);
}

/// Title, and at the end of the row date and source as far as there is room.
fn title_row(buffer: &mut Buffer, area: Rect, hit: &Hit, selected: bool, skin: &Skin) {
    let mut pen = Pen::new(buffer, area, 0);
    let known = &hit.known.facts;
    pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new()).skip(1);
    pen.put_last(" ", Style::new());
    let date = known.date.map(facts::date).unwrap_or_default();
    let both = [known.source.as_str(), &date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let both = both.join(skin.glyphs.between);
    // The title has two thirds of the row at least.
    let told = [both, date].into_iter().find(|told| width::columns(told) <= pen.room() / 3).unwrap_or_default();
    pen.put_last(&told, skin.role(Role::Dim)).put_last("  ", Style::new());
    pen.fit(&known.title, pen.room(), skin.glyphs, Style::new().add_modifier(Modifier::BOLD));
}

/// The words around the first match, with every match marked.
fn snippet_rows(buffer: &mut Buffer, area: Rect, hit: &Hit, skin: &Skin) {
    let columns = usize::from(area.width.saturating_sub(3));
    let room = columns * usize::from(area.height.saturating_sub(1));
    let mut rest = Span::new(start_of(hit, room), hit.snippet.len());
    for row in 1..area.height {
        let text = rest.of(&hit.snippet);
        let last = row + 1 == area.height;
        let cut = last && width::columns(text) > columns;
        let mark = if cut { skin.glyphs.cut } else { "" };
        let line = line_of(text, columns.saturating_sub(width::columns(mark)));
        let line = Span::new(rest.start, rest.start + line.len());
        let mut pen = Pen::new(buffer, area, row);
        pen.skip(2);
        put_marked(&mut pen, hit, line, skin);
        pen.put(mark, skin.role(Role::Dim));
        let text = Span::new(line.end, rest.end).of(&hit.snippet);
        rest = Span::new(rest.end - text.trim_start().len(), rest.end);
    }
}

/// Where the snippet begins so that its first match is within `room` columns: at its start, where that can be.
fn start_of(hit: &Hit, room: usize) -> usize {
    let Some(mark) = hit.marks.first() else { return 0 };
    let before = Span::new(0, mark.start).of(&hit.snippet);
    if width::columns(Span::new(0, mark.end).of(&hit.snippet)) <= room {
        return 0;
    }
    let words = before.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1);
    let near = |at: &usize| width::columns(Span::new(*at, mark.start).of(&hit.snippet)) <= room / 3;
    words.into_iter().find(near).unwrap_or(mark.start)
}

/// The beginning of `text` that fits into `columns`, whole words where that can be.
pub(super) fn line_of(text: &str, columns: usize) -> &str {
    let fits = width::prefix(text, columns);
    if fits.len() == text.len() {
        return fits;
    }
    fits.rsplit_once(' ').map_or(fits, |(line, _)| line)
}

/// Writes `line` of the snippet, matches marked.
fn put_marked(pen: &mut Pen, hit: &Hit, line: Span, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let mut from = line.start;
    for mark in hit.marks.iter().filter(|mark| mark.overlaps(line)) {
        let mark = Span::new(mark.start.max(from), mark.end.min(line.end));
        pen.put(Span::new(from, mark.start).of(&hit.snippet), dim);
        pen.put(mark.of(&hit.snippet), skin.role(Role::Hit));
        from = mark.end;
    }
    pen.put(Span::new(from, line.end).of(&hit.snippet), dim);
}
