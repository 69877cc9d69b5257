//! The article list: a heading, then an entry every row or two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{Skin, facts, speech};
use crate::app::library::Part;
use crate::app::list::{Content, Entry, Facts, Said, Showing};
use crate::app::{EntryId, List};
use crate::article::sort::Sort;
use crate::config::theme::Role;
use crate::text::width;

/// Columns of the selection mark, the dot of the unread and the blank after them.
const MARKS: u16 = 3;
/// Letters of voices that are shown.
const LETTERS: usize = 5;
/// Columns that have to be left for tags.
const TAGS: usize = 8;
/// Columns from which a row of its own shows date and voices beside the title.
const WIDE: u16 = 44;

/// Draws the list into `area`; `open` is the story that is open, `focused` whether the list takes keys.
pub fn draw(buffer: &mut Buffer, area: Rect, list: &List, open: Option<EntryId>, focused: bool, skin: &Skin) {
    heading(buffer, area, list, focused, skin);
    let dates = Dates::of(list);
    let rows = List::entry_rows(area.height);
    let shown = list.window(list.top, List::capacity(area.height));
    for ((place, id, entry), row) in shown.zip(0u16..) {
        let y = area.y + List::HEADING_ROWS + row * rows;
        let own = Rect { y, height: rows, ..area };
        let (selected, picked) = (place == list.selected, list.is_picked(place, id));
        let style = match (selected, focused) {
            (true, true) => skin.role(Role::Selection),
            (true, false) => skin.role(Role::Selected),
            (false, _) if picked => skin.role(Role::Selected),
            (false, _) => Style::new(),
        };
        buffer.set_style(own, style);
        title_row(buffer, own, entry, Mark { selected, open: open == Some(id), picked }, dates, skin);
        if rows > 1 {
            facts_row(buffer, own, entry, dates, skin);
        }
    }
}

/// What an entry is to the user.
#[derive(Clone, Copy)]
struct Mark {
    selected: bool,
    open: bool,
    picked: bool,
}

/// How dates are written: with the year, unless it is the newest in the list.
#[derive(Clone, Copy)]
struct Dates {
    newest: Option<i16>,
    /// Columns of the longest.
    columns: usize,
}

impl Dates {
    fn of(list: &List) -> Self {
        let alike = list.years().is_none_or(|(oldest, newest)| oldest == newest);
        Self { newest: list.years().map(|(_, newest)| newest), columns: if alike { 6 } else { 11 } }
    }

    fn write(self, facts: &Facts) -> Option<String> {
        let date = facts.date?;
        Some(if Some(date.year()) == self.newest { facts::short_date(date) } else { facts::date(date) })
    }

    /// The same without the day where there is a year.
    fn write_brief(self, facts: &Facts) -> Option<String> {
        let date = self.write(facts)?;
        let parts = date.split_once(' ').filter(|(_, rest)| rest.contains(' '));
        Some(parts.map_or_else(|| date.clone(), |(_, rest)| rest.to_owned()))
    }
}

fn heading(buffer: &mut Buffer, area: Rect, list: &List, focused: bool, skin: &Skin) {
    let Showing { filter, sort, part, name } = &list.showing;
    let partial = *part == Some(Part::Beginning);
    let count = if partial { skin.glyphs.cut.to_owned() } else { list.len().to_string() };
    let place = if list.is_empty() && part.is_none() {
        String::new()
    } else if list.is_empty() {
        "none".to_owned()
    } else {
        format!("{}/{count}", list.selected + 1)
    };
    let place = format!("  {place}");
    let mut pen = Pen::new(buffer, area, 0);
    let style = skin.role(if focused { Role::Accent } else { Role::Dim });
    if filter.is_empty() {
        pen.put(" Articles", style);
    } else {
        // What the list keeps to stands where its name is: it is another list.
        let room = pen.room().saturating_sub(width::columns(&place) + 1);
        let shown = name.clone().unwrap_or_else(|| format!("&{filter}"));
        pen.put(" ", style).fit(&shown, room, skin.glyphs, style);
    }
    pen.put(&place, skin.role(Role::Dim));
    let sorted = (*sort != Sort::default()).then(|| [sort.describe(), sort.to_string()]);
    let unread = (!partial).then(|| format!("{} unread", list.unread()));
    for forms in [sorted.as_ref().map(<[_; 2]>::as_slice), unread.as_ref().map(std::slice::from_ref)] {
        let forms = forms.into_iter().flatten().map(|told| format!("{}{told}", skin.glyphs.between));
        if let Some(told) = forms.into_iter().find(|told| width::columns(told) <= pen.room()) {
            pen.put(&told, skin.role(Role::Dim));
        }
    }
}

/// Selection mark, unread dot and title; beside it, where there is but this row, quotes and voices.
fn title_row(buffer: &mut Buffer, area: Rect, entry: &Entry, mark: Mark, dates: Dates, skin: &Skin) {
    let mut pen = Pen::new(buffer, area, 0);
    pen.put_last(" ", Style::new());
    pen.put(
        match mark {
            Mark { selected: true, .. } => skin.glyphs.selected,
            Mark { open: true, .. } => skin.glyphs.open,
            Mark { .. } => " ",
        },
        Style::new(),
    );
    let error = skin.role(Role::Error);
    if let Content::Failed(reason) = &entry.content {
        pen.put(skin.glyphs.failed, error).skip(1);
        let name = brief(&entry.origin);
        let scheme = entry.origin.strip_suffix(name).unwrap_or_default();
        if area.height == 1 && width::columns(name) < pen.room() {
            pen.fit(reason.strip_prefix(scheme).unwrap_or(reason), pen.room(), skin.glyphs, error);
            return;
        }
        // Names of one place differ at their ends.
        let shown = skin.glyphs.fit_ends(name, pen.room());
        pen.put(&shown, error);
        return;
    }
    let Some(facts) = known(entry) else {
        pen.skip(2);
        pen.fit(&entry.origin, pen.room(), skin.glyphs, skin.role(Role::Dim));
        return;
    };
    let dot = if entry.read { " " } else { skin.glyphs.unread };
    pen.put(dot, skin.role(Role::Unread));
    if mark.picked {
        pen.put(skin.glyphs.picked, skin.role(Role::Accent));
    } else {
        pen.skip(1);
    }
    if area.height == 1 {
        beside_title(&mut pen, area.width, facts, dates, skin);
    }
    if facts.starred {
        pen.put_last(&format!(" {}", skin.glyphs.star), skin.role(Role::Unread));
    }
    let style = match mark.open {
        true => Style::new().add_modifier(Modifier::BOLD),
        false if entry.read => skin.role(Role::Dim),
        false => Style::new(),
    };
    pen.fit(entry.title(), pen.room(), skin.glyphs, style);
}

/// The name of what could not be read: of an address, what stands behind its scheme.
fn brief(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, rest)| rest)
}

/// What is known of an entry that is there to be read.
fn known(entry: &Entry) -> Option<&Facts> {
    entry.facts.as_deref().filter(|facts| entry.article().is_some() || !facts.title.is_empty())
}

/// What is written at the right end of a title's row: in wide lists date, quotes and voices, else quotes alone.
fn beside_title(pen: &mut Pen, columns: u16, facts: &Facts, dates: Dates, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    if columns >= WIDE {
        let date = dates.write(facts).unwrap_or_default();
        pen.put_last(&format!(" {date:>columns$}", columns = dates.columns), dim);
        if let Some(Said { voices, .. }) = facts.said {
            for place in (0..voices.min(LETTERS)).rev() {
                pen.put_last(&speech::letter(place).to_string(), skin.palette.voice(place));
            }
            pen.put_last(&" ".repeat(1 + LETTERS - voices.min(LETTERS)), dim);
        }
    }
    if let Some(Said { quotes, .. }) = facts.said.filter(|said| said.quotes > 0) {
        pen.put_last(&format!(" {quotes:>2}"), dim);
    }
}

/// Date, number of quotes and the voices' letters, under the title.
fn facts_row(buffer: &mut Buffer, area: Rect, entry: &Entry, dates: Dates, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let mut pen = Pen::new(buffer, area, 1);
    pen.put_last(" ", Style::new()).skip(MARKS);
    if let Content::Failed(reason) = &entry.content {
        // The name stands over it already.
        let why = reason.strip_prefix(&*entry.origin).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(reason);
        pen.fit(why, pen.room(), skin.glyphs, dim);
        return;
    }
    let Some(facts) = known(entry) else {
        pen.put("reading", dim).put(skin.glyphs.cut, dim);
        return;
    };
    let Some(said) = facts.said else {
        let shown: Vec<String> = dates.write(facts).into_iter().chain([skin.glyphs.cut.to_owned()]).collect();
        pen.fit(&shown.join(skin.glyphs.between), pen.room(), skin.glyphs, dim);
        return;
    };
    let count = said.quotes;
    let counted = facts::counted(count, "quote", "quotes");
    let brief = if count == 0 { counted.clone() } else { format!("{count} q") };
    let (date, month) = (dates.write(facts), dates.write_brief(facts));
    // As much as fits: the blanks between letters go first, then the day beside a year, then the word, last the letters
    // that have no room.
    let letters = said.voices.min(LETTERS);
    let forms = [(&date, &counted, 2), (&date, &counted, 1), (&month, &counted, 1), (&month, &brief, 1)];
    let forms = forms.map(|(date, counted, columns)| {
        let parts: Vec<&str> = date.iter().chain([counted]).map(String::as_str).collect();
        (parts.join(skin.glyphs.between), columns)
    });
    let fits = |(shown, columns): &&(String, usize)| width::columns(shown) + 1 + letters * columns <= pen.room();
    // Tags need what blanks between letters take.
    let spaced = usize::from(!facts.tags.is_empty());
    let Some((shown, columns)) = forms.iter().skip(spaced).find(fits).or(forms.last()) else { return };
    pen.fit(shown, pen.room(), skin.glyphs, dim).put(" ", dim);
    draw_letters(&mut pen, said.voices, *columns, skin);
    if !facts.tags.is_empty() && pen.room() > TAGS {
        pen.put(skin.glyphs.between, dim);
        pen.fit(&facts.tags.join(", "), pen.room(), skin.glyphs, dim);
    }
}

/// The letters of so many voices, each in so many columns, and how many more there are, as far as there is room.
fn draw_letters(pen: &mut Pen, voices: usize, columns: usize, skin: &Skin) {
    let more = |shown: usize| if shown < voices { format!("+{}", voices - shown) } else { String::new() };
    let fits = |shown: &usize| *shown * columns + more(*shown).len() <= pen.room();
    let Some(shown) = (1..=voices.min(LETTERS)).rev().find(fits) else { return };
    for place in 0..shown {
        let mut letter = [0; 4];
        pen.put(speech::letter(place).encode_utf8(&mut letter), skin.palette.voice(place));
        pen.skip(u16::from(columns > 1));
    }
    pen.put(&more(shown), skin.role(Role::Dim));
}
