//! Where one paragraph is cut into lines: greedy, at the line break opportunities of UAX 14, else between graphemes.
//!
//! A line is found from its own start, so the cost is that of the line and not of the paragraph, however long the
//! words are. Most lines of most stories end among letters and blanks: [`plain_line`] finds that end
//! by classes of characters in a few nanoseconds; any doubt goes to [`any_line`], which asks the full algorithm.

use unicode_linebreak::BreakOpportunity;
use unicode_segmentation::GraphemeCursor;

use super::{breaks, cells};
use crate::text::Span;

/// Where a line ends and the next one starts: byte offsets into the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// One past the last byte shown; white space at the line's end is not.
    pub end: usize,
    /// First byte of the next line; the paragraph's length where there is none.
    pub next: usize,
    /// Whether the line ends because the text says so and not because it is full.
    pub forced: bool,
}

/// The end of the line of at most `limit` columns that starts at `start` in `text`, with `start < text.len()`.
///
/// A line takes at least one grapheme however wide it is, so every cut makes progress.
#[must_use]
pub fn line(text: &str, start: usize, limit: usize) -> Cut {
    let limit = limit.max(1);
    plain_line(text, start, limit).unwrap_or_else(|| any_line(text, start, limit))
}

/// The lines of at most `limit` columns of a text that stands by itself, as bytes of it; none where there is nothing to
/// show.
#[must_use]
pub fn wrapped(text: &str, limit: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let cut = line(text, start, limit);
        if cut.end > start {
            lines.push(Span::new(start, cut.end));
        }
        start = cut.next;
    }
    lines
}

/// What the fast path knows about a character that is simple or wide, which no mark is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A blank.
    Blank,
    /// No break on either side but next to a blank, and a line may start with it: letters, digits, quotation marks
    /// that do not close, symbols of class AL.
    Starts,
    /// The same, but a line may not start with it: `,` `.` `:` `;` and quotation marks that close.
    Follows,
    /// It may keep what follows even after a blank: opening brackets and quotation marks.
    Opens,
    /// A break opportunity on either side next to another one: ideographs, syllables of Hangul.
    Ideograph,
    /// Anything else.
    Other,
}

/// The classes of ASCII.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "below 128")]
        let class = match byte as u8 {
            b' ' => Class::Blank,
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'"' | b'\'' => Class::Starts,
            b'#' | b'&' | b'*' | b'@' | b'^' | b'_' | b'`' | b'~' | b'<' | b'=' | b'>' => Class::Starts,
            b',' | b'.' | b':' | b';' => Class::Follows,
            b'(' | b'[' | b'{' => Class::Opens,
            _ => Class::Other,
        };
        classes[byte] = class;
        byte += 1;
    }
    classes
};

fn class(c: char) -> Class {
    if let Some(class) = ASCII.get(c as usize) {
        return *class;
    }
    match c {
        '\u{C0}'..='\u{24F}' if c != '×' && c != '÷' => Class::Starts,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Class::Ideograph,
        c if breaks::opens(c) => Class::Opens,
        c if breaks::closes(c) => Class::Follows,
        _ => Class::Other,
    }
}

/// Whether a word may hold `class` without a break opportunity inside.
const fn holds_together(class: Class) -> bool {
    matches!(class, Class::Starts | Class::Follows)
}

/// The cut where plain text around the line's end leaves no doubt; `None` where it does.
fn plain_line(text: &str, start: usize, limit: usize) -> Option<Cut> {
    let rest = text.get(start..)?;
    let full = cells::simple_prefix(rest, limit)?;
    let (shown, beyond) = rest.split_at_checked(full)?;
    let Some(first_beyond) = beyond.chars().next() else {
        return Some(Cut { end: start + rest.trim_end().len(), next: text.len(), forced: true });
    };
    let last_shown = shown.chars().next_back()?;
    let next = match class(first_beyond) {
        Class::Blank => full + beyond.len() - beyond.trim_start_matches(' ').len(),
        Class::Starts | Class::Follows => match shown.trim_end_matches(|c| holds_together(class(c))).len() {
            // A word that is longer than the line.
            0 => return Some(Cut { end: start + full, next: start + full, forced: false }),
            next => next,
        },
        Class::Ideograph if class(last_shown) == Class::Ideograph => {
            return Some(Cut { end: start + full, next: start + full, forced: false });
        }
        Class::Ideograph | Class::Opens | Class::Other => return None,
    };
    let Some(first) = rest.get(next..)?.chars().next() else {
        let end = rest.trim_end().len();
        return (end > 0).then_some(Cut { end: start + end, next: text.len(), forced: true });
    };
    let before = rest.get(..next)?;
    let kept = before.trim_end_matches(' ');
    let last = kept.chars().next_back()?;
    let certain =
        kept.len() < next && class(first) == Class::Starts && class(last) != Class::Opens && cells::is_simple(last);
    certain.then_some(Cut { end: start + kept.len(), next: start + next, forced: false })
}

/// The cut by the full algorithm: the last opportunity that fits, else as many graphemes as fit.
fn any_line(text: &str, start: usize, limit: usize) -> Cut {
    let rest = text.get(start..).unwrap_or_default();
    let mut window = limit.saturating_mul(2).saturating_add(32);
    loop {
        let seen = (0..4).find_map(|back| rest.get(..window.min(rest.len()) - back)).unwrap_or(rest);
        if let Some(cut) = cut_within(rest, seen, limit) {
            return Cut { end: start + cut.end, next: start + cut.next, forced: cut.forced };
        }
        window = window.saturating_mul(2);
    }
}

/// The cut of `rest` as far as its beginning `seen` tells; `None` where more must be seen.
fn cut_within(rest: &str, seen: &str, limit: usize) -> Option<Cut> {
    let whole = seen.len() == rest.len();
    let mut best = None;
    let (mut at, mut used) = (0, 0);
    for (next, opportunity) in breaks::opportunities(seen) {
        let segment = seen.get(at..next).unwrap_or_default();
        let shown = segment.trim_end();
        let unfinished = next == seen.len() && !whole;
        let columns = cells::columns(shown);
        if unfinished && used + cells::columns(without_last(shown).trim_end()) <= limit {
            // There may be a place to break before the last character that only the next one tells of.
            return None;
        }
        if !shown.is_empty() && used + columns > limit {
            return Some(best.map_or_else(|| word_cut(rest, limit), |next| cut_at(rest, next, false)));
        }
        if unfinished {
            return None;
        }
        if next == seen.len() || opportunity == BreakOpportunity::Mandatory {
            return Some(cut_at(rest, next, true));
        }
        if is_grapheme_boundary(rest, next) {
            best = Some(next);
        }
        used += if shown.len() == segment.len() { columns } else { cells::columns(segment) };
        at = next;
    }
    None
}

/// The cut between the line that ends at `next` and the one that starts there.
fn cut_at(text: &str, next: usize, forced: bool) -> Cut {
    Cut { end: text.get(..next).unwrap_or_default().trim_end().len(), next, forced }
}

/// `text` without its last character.
fn without_last(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next_back();
    chars.as_str()
}

/// Whether a cut at `at` leaves the graphemes of `text` whole.
fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return true };
    let simple = |c: Option<char>| c.is_none_or(|c| cells::is_simple(c) || cells::is_wide(c));
    if simple(before.chars().next_back()) && simple(after.chars().next()) {
        return true;
    }
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// The cut of a text that begins with a word too long for the line; white space at the cut is not shown.
fn word_cut(text: &str, limit: usize) -> Cut {
    let cut = hard_cut(text, limit);
    let (shown, rest) = text.split_at_checked(cut.end).unwrap_or((text, ""));
    let next = text.len() - rest.trim_start().len();
    Cut { end: shown.trim_end().len(), next, forced: false }
}

/// As many graphemes of `text` as `limit` columns hold, at least one.
#[must_use]
pub fn hard_cut(text: &str, limit: usize) -> Cut {
    let mut used = 0;
    let mut end = 0;
    for cell in cells::graphemes(text) {
        if end > 0 && used + cell.width > limit {
            break;
        }
        used += cell.width;
        end = cell.offset + cell.grapheme.len();
    }
    Cut { end, next: end, forced: end == text.len() }
}
