//! Highlights on the screen: their signs beside the text and on the scrollbar, and the overview of all of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{Skin, facts, find, popup};
use crate::app::Reader;
use crate::app::library::{Annotated, Highlight};
use crate::app::overlay::Overview;
use crate::app::panes::Popup;
use crate::config::theme::Role;
use crate::text::{Span, safe, width};

/// Columns of the gutter from which there is one for the signs.
const SIGNED: u16 = 3;
/// Rows of a passage in the overview at most, and of a note.
const PASSAGE_ROWS: usize = 2;
const NOTE_ROWS: usize = 3;
/// Rows of the overview at least.
const LEAST: usize = 6;

/// Whether a passage on `stretch` is highlighted, and then whether one of them has a note.
#[must_use]
pub fn on(reader: &Reader, stretch: Span) -> Option<bool> {
    let mut noted = reader.highlights().filter(|(span, _)| span.overlaps(stretch)).map(|(_, one)| one.is_noted());
    let first = noted.next()?;
    Some(first || noted.any(|noted| noted))
}

/// Draws the sign of each highlight beside the line where it begins, in the gutter's last column.
pub fn signs(buffer: &mut Buffer, area: Rect, reader: &Reader, skin: &Skin) {
    if area.width < SIGNED {
        return;
    }
    let x = area.right() - 1;
    for (span, highlight) in reader.highlights() {
        let line = reader.layout.line_at(span.start);
        let row = line.checked_sub(reader.top).and_then(|row| u16::try_from(row).ok());
        let Some(row) = row.filter(|row| *row < area.height) else { continue };
        let cell = &mut buffer[(x, area.y + row)];
        if !highlight.is_noted() && cell.symbol() == skin.glyphs.highlight[1] {
            continue;
        }
        cell.set_symbol(skin.glyphs.highlight[usize::from(highlight.is_noted())]).set_style(skin.role(Role::Notice));
    }
}

/// A row of the overview.
enum Line<'a> {
    Story(&'a Annotated),
    /// A row of what a highlight shows, which belongs to the highlight at this place.
    Words(usize, String, Part),
}

/// What the words of a row are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Passage,
    Note { first: bool },
}

/// Draws the overview.
pub fn overview(buffer: &mut Buffer, at: Popup, overview: &Overview, skin: &Skin) {
    let (count, here) = (overview.count(), overview.only.is_some());
    let what = if here { "Highlights and notes of this story" } else { "All highlights and notes" };
    let title = if count > 0 { format!("{what}{}{count}", skin.glyphs.between) } else { what.to_owned() };
    let columns = usize::from(at.rows.width.saturating_sub(4));
    let lines = lines(overview, at.rows.height.into(), columns, skin);
    let at = at.shrunk(u16::try_from(lines.len().max(LEAST)).unwrap_or(u16::MAX));
    popup::draw(buffer, at, &title, ("/ ", "words of the passage, the note or the story"), &overview.filter, skin);
    if count == 0 {
        let told = match (&overview.stories, overview.is_filtered()) {
            (None, _) => "",
            (Some(_), true) => "no highlight has these words",
            (Some(_), false) => "nothing is highlighted yet",
        };
        Pen::new(buffer, at.rows, 0).put(told, skin.role(Role::Dim));
        return;
    }
    let height = usize::from(at.rows.height);
    let of_selected = |line: &Line| matches!(line, Line::Words(place, ..) if *place == overview.selected);
    let first = lines.iter().position(of_selected).unwrap_or(0);
    let last = lines.iter().rposition(of_selected).unwrap_or(0);
    let heading = first.checked_sub(1).filter(|above| matches!(lines.get(*above), Some(Line::Story(_))));
    // All of the selected one is shown, with its story above it where there is room.
    let top = (last + 1).saturating_sub(height).min(first);
    let top = heading.filter(|heading| *heading < top && last < heading + height).unwrap_or(top);
    for (line, row) in lines.iter().skip(top).zip(0..at.rows.height) {
        let own = Rect { y: at.rows.y + row, height: 1, ..at.rows };
        match line {
            Line::Story(story) => draw_story(buffer, own, story, skin),
            Line::Words(place, words, part) => {
                let selected = *place == overview.selected;
                let is_first = row == 0 || usize::from(row) + top == first;
                draw_words(buffer, own, (words, *part), (selected, selected && is_first), skin);
            }
        }
    }
    let (above, below) = (top > 0 || overview.selected > height, lines.len() > top + height);
    let hidden = |yes: bool| usize::from(yes);
    popup::draw_more(buffer, at, hidden(above), height + hidden(above) + hidden(below), skin);
}

/// The rows of the highlights around the selected one: as many as may be on the screen with it.
fn lines<'a>(overview: &'a Overview, height: usize, columns: usize, skin: &Skin) -> Vec<Line<'a>> {
    let from = overview.selected.saturating_sub(height);
    let mut lines = Vec::new();
    let mut before: Option<u64> = None;
    for (place, (story, highlight)) in overview.matches().enumerate().skip(from).take(2 * height + 1) {
        if before != Some(story.content) {
            before = Some(story.content);
            lines.push(Line::Story(story));
        }
        for (words, part) in rows_of(highlight, columns, skin) {
            lines.push(Line::Words(place, words, part));
        }
    }
    lines
}

/// Passage and note of a highlight in rows of at most `columns`.
fn rows_of(highlight: &Highlight, columns: usize, skin: &Skin) -> Vec<(String, Part)> {
    let mut rows: Vec<(String, Part)> = Vec::new();
    let lost = match (highlight.span, highlight.intact) {
        (_, false) => " (damaged in the library's file)",
        (None, true) => " (no longer in the story)",
        (Some(_), true) => "",
    };
    let passage = format!("{}{lost}", safe::line(&highlight.excerpt));
    rows.extend(wrapped(&passage, columns, PASSAGE_ROWS, skin).into_iter().map(|row| (row, Part::Passage)));
    if highlight.is_noted() {
        let note = safe::line(&highlight.note);
        let note = wrapped(&note, columns.saturating_sub(2), NOTE_ROWS, skin);
        rows.extend(note.into_iter().enumerate().map(|(row, words)| (words, Part::Note { first: row == 0 })));
    }
    rows
}

/// `text` in at most `most` rows, the cut shown.
fn wrapped(text: &str, columns: usize, most: usize, skin: &Skin) -> Vec<String> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && rows.len() + 1 < most {
        let row = find::line_of(rest, columns);
        if row.is_empty() {
            break;
        }
        rest = rest.strip_prefix(row).unwrap_or_default().trim_start();
        rows.push(row.trim_end().to_owned());
    }
    if !rest.is_empty() {
        rows.push(skin.glyphs.fit(rest, columns).into_owned());
    }
    rows
}

/// A story's title, and at the end of the row date and source as far as there is room.
fn draw_story(buffer: &mut Buffer, area: Rect, story: &Annotated, skin: &Skin) {
    let mut pen = Pen::new(buffer, area, 0);
    pen.put_last(" ", Style::new());
    let date = story.date.map(facts::date).unwrap_or_default();
    let both = [story.source.as_str(), &date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let both = both.join(skin.glyphs.between);
    let told = [both, date].into_iter().find(|told| width::columns(told) <= pen.room() / 3).unwrap_or_default();
    pen.put_last(&told, skin.role(Role::Dim)).put_last("  ", Style::new());
    let title = if story.title.is_empty() { "without a title" } else { &story.title };
    pen.fit(title, pen.room(), skin.glyphs, Style::new().add_modifier(Modifier::BOLD));
}

fn draw_words(
    buffer: &mut Buffer,
    area: Rect,
    (words, part): (&str, Part),
    (selected, marked): (bool, bool),
    skin: &Skin,
) {
    if selected {
        buffer.set_style(area, skin.role(Role::Selection));
    }
    let mut pen = Pen::new(buffer, area, 0);
    pen.put(if marked { skin.glyphs.selected } else { " " }, Style::new()).skip(1);
    match part {
        Part::Passage => pen.put(words, Style::new()),
        Part::Note { first } => {
            let sign = if first { skin.glyphs.highlight[1] } else { " " };
            pen.put(sign, skin.role(Role::Notice)).skip(1).put(words, skin.role(Role::Notice))
        }
    };
}
