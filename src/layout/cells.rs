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

/// Columns of a text of letters and marks of the Latin scripts, which are a grapheme and a column each; `None` where
/// anything else is in it. (U+00AD is left out: it shows nothing.)
fn simple(text: &str) -> Option<usize> {
    if text.is_ascii() {
        return Some(text.len());
    }
    let is_simple =
        |c: char| matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}');
    let mut columns = 0;
    for c in text.chars() {
        if !is_simple(c) {
            return None;
        }
        columns += 1;
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_simple_texts_are_those_of_their_graphemes() {
        for c in ('\u{20}'..='\u{7E}').chain('\u{A0}'..='\u{2FF}').chain('\u{2010}'..='\u{2027}') {
            let text = format!("{c}é");
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
