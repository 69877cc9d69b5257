//! How many columns a text takes on the screen, by grapheme cluster.
//!
//! A screen is filled cluster by cluster, so the columns of a text are the sum of those of its clusters, measured as
//! ratatui measures them (a test keeps both equal). Texts are safe already: a control character counts as one column.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut count = 0;
    for c in text.chars() {
        if !is_narrow(c) {
            return text.graphemes(true).map(cluster).sum();
        }
        count += 1;
    }
    count
}

/// Whether `c` is a cluster of its own that takes one column: most of what European texts are made of.
fn is_narrow(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203B}' | '\u{20A0}'..='\u{20BF}')
}

/// The longest start of `text`, in whole clusters, that takes at most `limit` columns.
#[must_use]
#[expect(clippy::string_slice, reason = "the offsets are behind ASCII characters and whole clusters")]
pub fn prefix(text: &str, limit: usize) -> &str {
    // A mark may follow the last ASCII character, so that one is measured with its cluster.
    let head = text.as_bytes().get(..limit.saturating_add(1)).unwrap_or(text.as_bytes());
    let ascii = if head.is_ascii() { head.len() } else { head.iter().take_while(|byte| byte.is_ascii()).count() };
    if ascii == text.len() && ascii <= limit {
        return text;
    }
    let start = ascii.min(limit).saturating_sub(1);
    let mut used = start;
    let mut end = start;
    for grapheme in text[start..].graphemes(true) {
        used += cluster(grapheme);
        if used > limit {
            break;
        }
        end += grapheme.len();
    }
    &text[..end]
}

/// `text` cut to at most `limit` columns, with `…` where something was cut.
#[must_use]
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    if prefix(text, limit).len() == text.len() {
        return Cow::Borrowed(text);
    }
    let Some(room) = limit.checked_sub(1) else { return Cow::Borrowed("") };
    let mut cut = prefix(text, room).trim_end().to_owned();
    cut.push('…');
    Cow::Owned(cut)
}

/// Columns of one grapheme cluster.
fn cluster(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    // Terminals give the halfwidth sound marks a cell, although Unicode joins them to the letter before.
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::CellWidth;

    #[test]
    fn wide_characters_take_two_columns_and_marks_none() {
        assert_eq!(columns("abc"), 3);
        assert_eq!(columns("日本"), 4);
        assert_eq!(columns("e\u{301}a"), 2);
        assert_eq!(columns("👨\u{200D}👩\u{200D}👧"), 2);
        assert_eq!(columns(""), 0);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis_and_fits() {
        assert_eq!(truncate("Taxes are low", 13), "Taxes are low");
        assert_eq!(truncate("Taxes are low", 12), "Taxes are l…");
        assert_eq!(truncate("Taxes are low", 7), "Taxes…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("abc", 1), "…");
        assert_eq!(truncate("abc", 0), "");
        assert_eq!(truncate("", 0), "");
    }

    #[test]
    fn a_mark_stays_with_its_base_at_the_cut() {
        assert_eq!(prefix("abe\u{301}d", 3), "abe\u{301}");
        assert_eq!(prefix("abe\u{301}d", 2), "ab");
        assert_eq!(prefix("日本", 3), "日");
    }

    #[test]
    fn narrow_characters_take_the_column_that_the_screen_gives_them() {
        for c in ('\0'..='\u{3000}').filter(|c| is_narrow(*c)) {
            let text = format!("é{c}a");
            let clusters: Vec<_> = text.graphemes(true).collect();
            assert_eq!(clusters.len(), 3, "{c:?}");
            assert_eq!(clusters[1].cell_width(), 1, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn columns_are_those_of_the_screen(text in "\\PC{0,40}") {
            let screen: usize = text.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum();
            prop_assert_eq!(columns(&text), screen);
        }

        #[test]
        fn a_prefix_is_the_longest_that_fits(text in "\\PC{0,40}", limit in 0_usize..50) {
            let start = prefix(&text, limit);
            prop_assert!(text.starts_with(start));
            prop_assert!(columns(start) <= limit);
            if let Some(next) = text[start.len()..].graphemes(true).next() {
                prop_assert!(columns(start) + columns(next) > limit);
            }
            prop_assert!(columns(&truncate(&text, limit)) <= limit);
        }
    }
}
