//! Lines that are typed into: the prompts in the status line, the filters of the popups.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use tui_textarea::TextArea;

use super::pen::Pen;
use super::{Skin, facts};
use crate::app::feeds::FeedPrompt;
use crate::app::overlay::{AboutPrompt, AddPrompt, FilterPrompt, NamePrompt, Names, SearchPrompt, TagPrompt};
use crate::app::people::People;
use crate::config::theme::Role;
use crate::text::width;

/// Columns below which the shortest is told beside what is typed.
const NARROW: u16 = 60;

/// Columns up to which nothing is told but what is typed.
const NARROWEST: u16 = 24;

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
        None if is_typed(&prompt.input) => {
            let count = facts::counted(count, "story", "stories");
            (format!("{count}{}ctrl-s saves", skin.glyphs.between), Role::Key)
        }
        None => ("unread  speaker:NAME  since:7d  tag:NAME  words  ~title".to_owned(), Role::Status),
    };
    draw_line(buffer, area, Line { kind: " filter ", sign: "&", input: &prompt.input, told }, skin);
}

/// Draws the tag prompt into the status line, with the tags that what is typed may become.
pub fn tags(buffer: &mut Buffer, area: Rect, prompt: &TagPrompt, skin: &Skin) {
    let candidates = prompt.candidates().join(" ");
    let several = prompt.several.len();
    let told = match (candidates.is_empty(), several) {
        (false, _) => candidates,
        (true, 0) => "Enter keeps, commas between tags".to_owned(),
        (true, _) if area.width < NARROW => format!("{several}: TAG or -TAG"),
        (true, _) => format!("for {}: TAG gives, -TAG takes", facts::counted(several, "story", "stories")),
    };
    draw_line(buffer, area, Line { kind: " tags ", sign: "", input: &prompt.input, told: (told, Role::Key) }, skin);
}

/// Draws the prompt for what a person's quotes have to be about.
pub fn about(buffer: &mut Buffer, area: Rect, prompt: &AboutPrompt, people: Option<&People>, skin: &Skin) {
    let count = people.map_or(0, |people| people.quote_place().1);
    let told = match (is_typed(&prompt.input), count) {
        (false, _) => ("words of the paragraph".to_owned(), Role::Status),
        (true, 0) => ("no quote".to_owned(), Role::Error),
        (true, count) => (facts::counted(count, "quote", "quotes"), Role::Key),
    };
    draw_line(buffer, area, Line { kind: " said ", sign: "about ", input: &prompt.input, told }, skin);
}

/// Draws the prompt for the name of a saved query.
pub fn name(buffer: &mut Buffer, area: Rect, prompt: &NamePrompt, skin: &Skin) {
    let (sign, told) = match &prompt.names {
        Names::Query(query, _) => ("name ", format!("saves {query}")),
        Names::Saved(before) => ("name ", format!("renames {before}")),
    };
    draw_line(buffer, area, Line { kind: " save ", sign, input: &prompt.input, told: (told, Role::Key) }, skin);
}

/// Draws the prompt for what is to be added into the status line, with what the path may become.
pub fn add(buffer: &mut Buffer, area: Rect, prompt: &AddPrompt, skin: &Skin) {
    let told = match (prompt.candidates.is_empty(), prompt.or_all && !is_typed(&prompt.input)) {
        (false, _) => prompt.candidates.join("  "),
        (true, true) => "a path; Enter alone adds all files listed".to_owned(),
        (true, false) => "Enter adds, Tab completes, Esc closes".to_owned(),
    };
    draw_line(buffer, area, Line { kind: " add ", sign: "", input: &prompt.input, told: (told, Role::Key) }, skin);
}

/// `text` as far as its parts, between commas, two blanks or `between`, fit whole into `columns`; where not even the first
/// does, nothing, or all of it if that is the only one.
pub(super) fn whole_parts<'t>(text: &'t str, between: &str, columns: usize) -> &'t str {
    let ends: Vec<usize> =
        [", ", "  ", between].iter().flat_map(|end| text.match_indices(end)).map(|(end, _)| end).collect();
    let heads = ends.iter().copied().chain([text.len()]).filter_map(|end| text.get(..end));
    let fitting = heads.filter(|head| width::columns(head) <= columns).max_by_key(|head| head.len());
    fitting.unwrap_or(if ends.is_empty() { text } else { "" })
}

/// Draws a prompt about feeds into the status line; what is told takes rows over it where it is longer than half of that.
pub fn feed(buffer: &mut Buffer, area: Rect, prompt: &FeedPrompt, skin: &Skin) {
    let told = prompt.told.as_ref().map(|(line, wrong)| (line.clone(), if *wrong { Role::Error } else { Role::Key }));
    let is_long = |(line, _): &(String, Role)| width::columns(line) > usize::from(area.width / 2);
    let told = match (told, prompt.feed) {
        (Some(told), _) if is_long(&told) && area.y > buffer.area.top() => {
            let above = Rect { y: area.y - 1, height: 1, ..area };
            super::notice::draw(buffer, above, &told.0, skin.role(told.1), skin);
            (String::new(), Role::Status)
        }
        (Some(told), _) => told,
        (None, None) => ("address of a feed, or of its page".to_owned(), Role::Status),
        (None, Some(_)) => ("full-text  keep:DAYS  title:  folder:  cut:  skip:".to_owned(), Role::Status),
    };
    let kind = if prompt.feed.is_some() { " feed " } else { " follow " };
    let room = usize::from(area.width / 4);
    let sign = match prompt.feed {
        Some(_) => format!("{}: ", skin.glyphs.fit(&prompt.name, room)),
        None => String::new(),
    };
    let masked = prompt.feed.is_none().then(|| mask(&prompt.input));
    let input = masked.as_ref().unwrap_or(&prompt.input);
    draw_line(buffer, area, Line { kind, sign: &sign, input, told }, skin);
}

/// The address that is typed, with a sign for each character of its password.
fn mask(input: &TextArea<'static>) -> TextArea<'static> {
    let typed = input.lines().first().map_or("", String::as_str);
    let Some(password) = password(typed) else { return input.clone() };
    let shown = typed.char_indices().map(|(at, c)| if password.contains(&at) { '*' } else { c });
    let mut shown = TextArea::new(vec![shown.collect::<String>()]);
    let column = u16::try_from(input.cursor().1).unwrap_or(u16::MAX);
    shown.move_cursor(tui_textarea::CursorMove::Jump(0, column));
    shown
}

/// The bytes of the password in an address, which may not be typed to its end yet: `NAME:PASSWORD@`.
fn password(address: &str) -> Option<Range<usize>> {
    let host = address.find("://").map_or(0, |at| at + 3);
    let rest = address.get(host..)?;
    let path = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let colon = rest.get(..path)?.find(':')?;
    let port = rest.get(colon + 1..path)?;
    if !port.contains('@') && port.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let end = rest.rfind('@').filter(|at| *at > colon).unwrap_or(rest.len());
    Some(host + colon + 1..host + end)
}

fn is_typed(input: &TextArea<'static>) -> bool {
    input.lines().iter().any(|line| !line.is_empty())
}

fn draw_line(buffer: &mut Buffer, area: Rect, line: Line, skin: &Skin) {
    buffer.set_style(area, skin.role(Role::Status));
    let mut pen = Pen::new(buffer, area, 0);
    // On a narrow screen the sign says enough, where there is one.
    if area.width >= NARROW || line.sign.is_empty() && area.width > NARROWEST {
        pen.put(line.kind, skin.role(Role::Mode)).put(" ", Style::new());
    }
    pen.put(line.sign, skin.role(Role::Key));
    // What is typed keeps half of the line however long the rest is.
    let (told, role) = line.told;
    let half = pen.room() / 2;
    let told = if matches!(role, Role::Error) { &told } else { whole_parts(&told, skin.glyphs.between, half) };
    let told = skin.glyphs.fit(told, half).into_owned();
    let start = area.width - u16::try_from(pen.room()).unwrap_or(0);
    pen.put_last(" ", Style::new()).put_last(&told, skin.role(role)).put_last("  ", Style::new());
    let columns = u16::try_from(pen.room()).unwrap_or(0);
    let at = Rect { x: area.x + start, width: columns, ..area };
    input(buffer, at, line.input, skin.role(Role::Status));
    if columns > 1 && is_scrolled(line.input, columns) {
        buffer.set_string(at.x, at.y, skin.glyphs.cut, skin.role(Role::Status));
    }
}

/// Whether the beginning of what is typed does not fit into `columns` together with the cursor.
fn is_scrolled(input: &TextArea<'static>, columns: u16) -> bool {
    let line = input.lines().first().map_or("", String::as_str);
    let before: String = line.chars().take(input.cursor().1).collect();
    width::columns(&before) >= usize::from(columns)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown_while_it_is_typed_and_a_port_is() {
        for (typed, shown) in [
            ("https://me:secret@e.org/a", "https://me:******@e.org/a"),
            ("https://me:secr", "https://me:****"),
            ("https://me:s/cr@t@e.org/a", "https://me:******@e.org/a"),
            ("me:12@e.org", "me:**@e.org"),
            ("https://e.org:8080/@me", "https://e.org:8080/@me"),
            ("https://e.org/a:b@c", "https://e.org/a:b@c"),
            ("https:", "https:"),
        ] {
            let mut input = TextArea::new(vec![typed.to_owned()]);
            input.move_cursor(tui_textarea::CursorMove::Forward);
            let masked = mask(&input);
            assert_eq!((masked.lines(), masked.cursor()), ([shown.to_owned()].as_slice(), input.cursor()));
        }
    }

    #[test]
    fn what_is_typed_shows_that_its_beginning_is_left_out() {
        let mut input = TextArea::new(vec!["abcdef".to_owned()]);
        assert!(!is_scrolled(&input, 4), "the cursor is at the beginning");
        input.move_cursor(tui_textarea::CursorMove::End);
        assert!(is_scrolled(&input, 6) && !is_scrolled(&input, 7));
    }

    #[test]
    fn hints_end_with_a_part_that_fits() {
        let hint = "Enter keeps, Esc goes back";
        assert_eq!(whole_parts(hint, " · ", 40), hint);
        assert_eq!(whole_parts(hint, " · ", 20), "Enter keeps");
        assert_eq!(whole_parts(hint, " · ", 5), "");
        assert_eq!(whole_parts("saves unread", " · ", 5), "saves unread");
        assert_eq!(whole_parts("unread  tag:x  words", " · ", 14), "unread  tag:x");
        assert_eq!(whole_parts("1 story · ctrl-s saves", " · ", 14), "1 story");
    }
}
