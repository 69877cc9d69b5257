//! Lines that are typed into: the prompts in the status line, the filters of the popups.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use tui_textarea::TextArea;

use super::pen::Pen;
use super::{Skin, facts};
use crate::app::overlay::{AddPrompt, FilterPrompt, SearchPrompt, TagPrompt};
use crate::config::theme::Role;
use crate::text::width;

/// A prompt in the status line.
struct Line<'a> {
    /// What is typed, in a word or two.
    kind: &'a str,
    /// The sign before it.
    sign: &'a str,
    input: &'a TextArea<'static>,
    /// What the user is told beside it, and how that is drawn.
    told: (String, Role),
}

/// Draws the search prompt into the status line; `place` is the current hit, from 1, and how many there are.
pub fn draw(buffer: &mut Buffer, area: Rect, prompt: &SearchPrompt, place: Option<(usize, usize)>, skin: &Skin) {
    let told = match (&prompt.problem, place) {
        (Some(problem), _) => (problem.clone(), Role::Error),
        (None, Some((_, 0))) => ("no match".to_owned(), Role::Error),
        (None, Some((place, count))) if is_typed(&prompt.input) => (format!("{place}/{count}"), Role::Key),
        (None, _) => ("Enter keeps, Esc goes back".to_owned(), Role::Status),
    };
    let kind = if prompt.regular { " regular expression " } else { " search " };
    let sign = if prompt.backward { "?" } else { "/" };
    draw_line(buffer, area, Line { kind, sign, input: &prompt.input, told }, skin);
}

/// Draws the filter prompt into the status line; `count` entries match.
pub fn filter(buffer: &mut Buffer, area: Rect, prompt: &FilterPrompt, count: usize, skin: &Skin) {
    let told = match &prompt.problem {
        Some(problem) => (problem.message.clone(), Role::Error),
        None if is_typed(&prompt.input) && count == 0 => ("no story matches".to_owned(), Role::Error),
        None if is_typed(&prompt.input) => (facts::counted(count, "story", "stories"), Role::Key),
        None => ("unread  speaker:NAME  since:7d  tag:NAME  words".to_owned(), Role::Status),
    };
    draw_line(buffer, area, Line { kind: " filter ", sign: "&", input: &prompt.input, told }, skin);
}

/// Draws the tag prompt into the status line, with the tags that what is typed may become.
pub fn tags(buffer: &mut Buffer, area: Rect, prompt: &TagPrompt, skin: &Skin) {
    let candidates = prompt.candidates().join(" ");
    let told = if candidates.is_empty() { "commas between tags, Enter keeps".to_owned() } else { candidates };
    draw_line(buffer, area, Line { kind: " tags ", sign: "", input: &prompt.input, told: (told, Role::Key) }, skin);
}

/// Draws the prompt for what is to be added into the status line, with what the path may become.
pub fn add(buffer: &mut Buffer, area: Rect, prompt: &AddPrompt, skin: &Skin) {
    let told = match (prompt.candidates.is_empty(), prompt.or_all && !is_typed(&prompt.input)) {
        (false, _) => prompt.candidates.join("  "),
        (true, true) => "a path; Enter alone adds all files listed".to_owned(),
        (true, false) => "file or folder, Tab completes, Enter adds".to_owned(),
    };
    draw_line(buffer, area, Line { kind: " add ", sign: "", input: &prompt.input, told: (told, Role::Key) }, skin);
}

fn is_typed(input: &TextArea<'static>) -> bool {
    input.lines().iter().any(|line| !line.is_empty())
}

fn draw_line(buffer: &mut Buffer, area: Rect, line: Line, skin: &Skin) {
    buffer.set_style(area, skin.role(Role::Status));
    let mut pen = Pen::new(buffer, area, 0);
    if pen.room() >= 40 {
        pen.put(line.kind, skin.role(Role::Mode)).put(" ", Style::new());
    }
    pen.put(line.sign, skin.role(Role::Key));
    // What is typed keeps half of the line however long the rest is.
    let (told, role) = line.told;
    let told = skin.glyphs.fit(&told, pen.room() / 2).into_owned();
    let start = area.width - u16::try_from(pen.room()).unwrap_or(0);
    pen.put_last(" ", Style::new()).put_last(&told, skin.role(role)).put_last("  ", Style::new());
    let columns = u16::try_from(pen.room()).unwrap_or(0);
    input(buffer, Rect { x: area.x + start, width: columns, ..area }, line.input, skin.role(Role::Status));
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
