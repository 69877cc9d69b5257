//! The graphemes of a line and the columns they take, one measure for laying out and for drawing.
//!
//! The width of a text is the sum of the widths of its graphemes, because each is drawn into cells of its own; that
//! is why ligatures over graphemes (Arabic lam-alef) count as they are drawn, apart.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A grapheme on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Byte offset of its start.
    pub offset: usize,
    /// The grapheme.
    pub grapheme: &'a str,
    /// The column it starts at.
    pub column: usize,
    /// Columns it takes; 0 for one that shows nothing of its own.
    pub width: usize,
}

/// The graphemes of `text`, from column 0 and offset 0.
pub fn graphemes(text: &str) -> impl Iterator<Item = Cell<'_>> {
    let mut column = 0;
    text.grapheme_indices(true).map(move |(offset, grapheme)| {
        let cell = Cell { offset, grapheme, column, width: width(grapheme) };
        column += cell.width;
        cell
    })
}

/// Columns that `text` takes when drawn grapheme by grapheme.
#[must_use]
pub fn columns(text: &str) -> usize {
    match simple(text) {
        Some(columns) => columns,
        None => text.graphemes(true).map(width).sum(),
    }
}

/// Columns of one grapheme.
fn width(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

/// Whether `c` takes a column and is a grapheme of its own beside others of its like: letters and punctuation of the
/// Latin scripts. (U+00AD is not one: it shows nothing.)
pub(super) const fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}')
}

/// Whether `c` takes two columns and is a grapheme of its own beside others of its like: ideographs, kana, syllables
/// of Hangul, their punctuation.
pub(super) const fn is_wide(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{FF01}'..='\u{FF5E}'
    )
}

/// Columns of a text of simple and wide characters alone; `None` where anything else is in it.
fn simple(text: &str) -> Option<usize> {
    if text.is_ascii() {
        return Some(text.len());
    }
    let mut columns = 0;
    for c in text.chars() {
        if is_simple(c) {
            columns += 1;
        } else if is_wide(c) {
            columns += 2;
        } else {
            return None;
        }
    }
    Some(columns)
}

/// How many bytes of `text` the characters take that fit into `limit` columns; `None` where these and the one after them
/// are not all simple or wide, so that nothing hangs on to the last of them.
pub(super) fn simple_prefix(text: &str, limit: usize) -> Option<usize> {
    let window = text.as_bytes().get(..=limit).unwrap_or(text.as_bytes());
    if window.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return Some(limit.min(text.len()));
    }
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        columns += match c {
            c if is_simple(c) => 1,
            c if is_wide(c) => 2,
            _ => return None,
        };
        if columns > limit {
            return Some(at);
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_simple_texts_are_those_of_their_graphemes() {
        for c in ('\u{20}'..='\u{FFFF}').filter(|c| is_simple(*c) || is_wide(*c)) {
            let text = format!("{c}é{c}漢{c}");
            assert_eq!(columns(&text), text.graphemes(true).map(width).sum::<usize>(), "{:04X}", u32::from(c));
        }
    }

    #[test]
    fn graphemes_are_measured_as_they_are_drawn() {
        for text in ["ｶﾞ", "👩‍👩‍👧‍👦", "e\u{301}", "한국", "نص عربي", "लिपि", "🇩🇪🇫🇷"]
        {
            let drawn: usize =
                text.graphemes(true).map(|one| usize::from(ratatui::buffer::CellWidth::cell_width(one))).sum();
            assert_eq!(columns(text), drawn, "{text}");
        }
    }
}
