//! The article list: a heading, then an entry every row or two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::{Skin, facts, speech};
use crate::analysis::{Analysis, Voices};
use crate::app::List;
use crate::app::list::{Content, Entry};
use crate::app::reader::utterances;
use crate::article::Article;
use crate::config::theme::Role;
use crate::text::width;

/// Columns of the selection mark, the dot of the unread and the blank after them.
const MARKS: u16 = 3;
/// Letters of voices that are shown.
const LETTERS: usize = 5;
/// Columns from which a row of its own shows date and voices beside the title.
const WIDE: u16 = 44;

/// Draws the list into `area`; `focused` where it takes keys.
pub fn draw(buffer: &mut Buffer, area: Rect, list: &List, focused: bool, skin: &Skin) {
    heading(buffer, area, list, focused, skin);
    let rows = List::entry_rows(area.height);
    let shown = list.entries.iter().enumerate().skip(list.top).take(List::capacity(area.height));
    for ((index, entry), place) in shown.zip(0u16..) {
        let y = area.y + List::HEADING_ROWS + place * rows;
        let own = Rect { y, height: rows, ..area };
        let selected = index == list.selected;
        let style = match (selected, focused) {
            (true, true) => skin.role(Role::Selection),
            (true, false) => skin.role(Role::Selected),
            (false, _) => Style::new(),
        };
        buffer.set_style(own, style);
        title_row(buffer, own, entry, selected, skin);
        if rows > 1 {
            facts_row(buffer, own, entry, skin);
        }
    }
}

fn heading(buffer: &mut Buffer, area: Rect, list: &List, focused: bool, skin: &Skin) {
    let count = list.entries.len();
    let unread = list.entries.iter().filter(|entry| !entry.read).count();
    let place = if count == 0 { "none".to_owned() } else { format!("{}/{count}", list.selected + 1) };
    let mut pen = Pen::new(buffer, area, 0);
    let style = skin.role(if focused { Role::Accent } else { Role::Dim });
    pen.put(" Articles", style).put(&format!("  {place}"), skin.role(Role::Dim));
    let unread = format!("{}{unread} unread", skin.glyphs.between);
    if width::columns(&unread) <= pen.room() {
        pen.put(&unread, skin.role(Role::Dim));
    }
}

/// Selection mark, unread dot and title; beside it, where there is but this row, quotes and voices.
fn title_row(buffer: &mut Buffer, area: Rect, entry: &Entry, selected: bool, skin: &Skin) {
    let mut pen = Pen::new(buffer, area, 0);
    pen.put_last(" ", Style::new());
    pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new());
    let error = skin.role(Role::Error);
    match &entry.content {
        Content::Failed(reason) => {
            pen.put(skin.glyphs.failed, error).skip(1);
            let shown = if area.height > 1 { &entry.origin } else { reason };
            pen.fit(shown, pen.room(), skin.glyphs, error);
        }
        Content::Waiting => {
            pen.skip(2);
            pen.fit(&entry.origin, pen.room(), skin.glyphs, skin.role(Role::Dim));
        }
        Content::Ready { article, analysis } => {
            let dot = if entry.read { " " } else { skin.glyphs.unread };
            pen.put(dot, skin.role(Role::Unread)).skip(1);
            if area.height == 1 {
                beside_title(&mut pen, area.width, article, analysis.as_deref_pair(), skin);
            }
            let style = if entry.read { skin.role(Role::Dim) } else { Style::new() };
            pen.fit(title(article, entry), pen.room(), skin.glyphs, style);
        }
    }
}

/// The title, or where the article comes from if its text is empty.
fn title<'a>(article: &'a Article, entry: &'a Entry) -> &'a str {
    if article.meta.title.is_empty() { &entry.origin } else { &article.meta.title }
}

/// What is written at the right end of a title's row: in wide lists date, quotes and voices, else quotes alone.
fn beside_title(pen: &mut Pen, columns: u16, article: &Article, said: Option<(&Analysis, &Voices)>, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    if columns >= WIDE {
        let date = article.meta.date.map(facts::short_date).unwrap_or_default();
        pen.put_last(&format!(" {date:>6}"), dim);
        if let Some((_, voices)) = said {
            for place in (0..voices.all.len().min(LETTERS)).rev() {
                pen.put_last(&speech::letter(place).to_string(), skin.palette.voice(place));
            }
            pen.put_last(&" ".repeat(1 + LETTERS - voices.all.len().min(LETTERS)), dim);
        }
    }
    if let Some(count) = said.map(|(analysis, _)| utterances(analysis).len()).filter(|count| *count > 0) {
        pen.put_last(&format!(" {count:>2}"), dim);
    }
}

/// Date, number of quotes and the voices' letters, under the title.
fn facts_row(buffer: &mut Buffer, area: Rect, entry: &Entry, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let mut pen = Pen::new(buffer, area, 1);
    pen.skip(MARKS);
    let (article, said) = match &entry.content {
        Content::Failed(reason) => {
            pen.fit(reason, pen.room(), skin.glyphs, dim);
            return;
        }
        Content::Waiting => {
            pen.put("reading", dim).put(skin.glyphs.cut, dim);
            return;
        }
        Content::Ready { article, analysis } => (article, analysis.as_deref_pair()),
    };
    let date = |long: bool| article.meta.date.map(if long { facts::date } else { facts::short_date });
    let Some((analysis, voices)) = said else {
        let shown: Vec<String> = date(true).into_iter().chain([skin.glyphs.cut.to_owned()]).collect();
        pen.put(&shown.join(skin.glyphs.between), dim);
        return;
    };
    let letters = voices.all.len().min(LETTERS);
    let count = utterances(analysis).len();
    let counted = if count == 0 { "no quotes".to_owned() } else { facts::counted(count, "quote", "quotes") };
    let brief = if count == 0 { String::new() } else { count.to_string() };
    // As much as fits: the year goes first, then blanks between letters, then the word.
    let forms = [(true, &counted, 2), (false, &counted, 2), (false, &counted, 1), (false, &brief, 1)];
    let mut shown = String::new();
    let mut letter_columns = 2;
    for (year, counted, columns) in forms {
        let parts = date(year).into_iter().chain([counted.clone()]).filter(|part| !part.is_empty());
        shown = parts.collect::<Vec<_>>().join(skin.glyphs.between);
        letter_columns = columns;
        if width::columns(&shown) + letters * columns < pen.room() {
            break;
        }
    }
    pen.put(&shown, dim).put(" ", dim);
    for place in 0..letters {
        let mut letter = [0; 4];
        pen.put(speech::letter(place).encode_utf8(&mut letter), skin.palette.voice(place));
        pen.skip(u16::from(letter_columns > 1));
    }
    if let Some(more) = voices.all.len().checked_sub(LETTERS).filter(|more| *more > 0) {
        let more = format!("+{more}");
        if width::columns(&more) <= pen.room() {
            pen.put(&more, dim);
        }
    }
}

/// A pair of shared values as borrowed ones.
trait AsDerefPair {
    fn as_deref_pair(&self) -> Option<(&Analysis, &Voices)>;
}

impl AsDerefPair for Option<(std::sync::Arc<Analysis>, std::sync::Arc<Voices>)> {
    fn as_deref_pair(&self) -> Option<(&Analysis, &Voices)> {
        self.as_ref().map(|(analysis, voices)| (&**analysis, &**voices))
    }
}
