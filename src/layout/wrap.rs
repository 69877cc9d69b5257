//! Where one paragraph is cut into lines: greedy, at the line break opportunities of UAX 14, else between graphemes.
//!
//! A line is found from its own start, so the cost is that of the line and not of the paragraph, however long the
//! words are. Most lines of most stories are ASCII where they end: [`plain_line`] finds their end with a table of
//! bytes in a few nanoseconds; any doubt goes to [`any_line`], which asks the full algorithm.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::GraphemeCursor;

use super::cells;

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

/// A byte that never has a break opportunity on either side but next to white space: letters, digits, quotation
/// marks, infix punctuation and symbols of class AL.
const PLAIN: u8 = 1;
/// A [`PLAIN`] byte that a line may start with after white space: not `,` `.` `:` `;`.
const STARTS: u8 = 2;
/// An opening bracket, which keeps what follows even after white space.
const OPENS: u8 = 4;

/// What the fast path knows about every byte.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "below 128")]
        let class = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'"' | b'\'' => PLAIN | STARTS,
            b'#' | b'&' | b'*' | b'@' | b'^' | b'_' | b'`' | b'~' | b'<' | b'=' | b'>' => PLAIN | STARTS,
            b',' | b'.' | b':' | b';' => PLAIN,
            b'(' | b'[' | b'{' => OPENS,
            _ => 0,
        };
        classes[byte] = class;
        byte += 1;
    }
    classes
};

const fn class(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

/// The cut where plain ASCII around the line's end leaves no doubt; `None` where it does.
fn plain_line(text: &str, start: usize, limit: usize) -> Option<Cut> {
    let bytes = text.as_bytes().get(start..)?;
    let window = bytes.get(..=limit).unwrap_or(bytes);
    if !window.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    if bytes.len() <= limit {
        return Some(Cut { end: start + bytes.trim_ascii_end().len(), next: text.len(), forced: true });
    }
    let beyond = *window.last()?;
    if beyond != b' ' && class(beyond) & PLAIN == 0 {
        return None;
    }
    let next = if beyond == b' ' {
        limit + bytes.get(limit..)?.iter().take_while(|byte| **byte == b' ').count()
    } else {
        let word = window.iter().rev().take_while(|byte| class(**byte) & PLAIN != 0).count();
        window.len() - word
    };
    let Some(first) = bytes.get(next) else {
        let end = bytes.trim_ascii_end().len();
        return (end > 0).then_some(Cut { end: start + end, next: text.len(), forced: true });
    };
    if class(*first) & STARTS == 0 {
        return None;
    }
    let before = bytes.get(..next)?;
    let end = before.len() - before.iter().rev().take_while(|byte| **byte == b' ').count();
    let last = *bytes.get(end.checked_sub(1)?)?;
    let certain = end < next && class(last) & OPENS == 0 && matches!(last, b'!'..=b'~');
    certain.then_some(Cut { end: start + end, next: start + next, forced: false })
}

/// The cut by the full algorithm: the last opportunity that fits, else as many graphemes as fit.
fn any_line(text: &str, start: usize, limit: usize) -> Cut {
    let rest = text.get(start..).unwrap_or_default();
    let mut window = limit.saturating_mul(4).saturating_add(256);
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
    let mut best: Option<Cut> = None;
    let (mut at, mut used) = (0, 0);
    for (next, opportunity) in linebreaks(seen) {
        let segment = seen.get(at..next).unwrap_or_default();
        let shown = segment.trim_end();
        if !shown.is_empty() && used + cells::columns(shown) > limit {
            return Some(best.unwrap_or_else(|| word_cut(rest, limit)));
        }
        let ends = next == seen.len();
        if ends && !whole {
            return None;
        }
        let forced = ends || opportunity == BreakOpportunity::Mandatory;
        if forced || is_grapheme_boundary(rest, next) {
            let end = rest.get(..next).unwrap_or_default().trim_end().len();
            best = Some(Cut { end, next, forced });
        }
        if forced {
            return best;
        }
        used += cells::columns(segment);
        at = next;
    }
    best
}

/// Whether a cut at `at` leaves the graphemes of `text` whole.
fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let ascii = |at: usize| bytes.get(at).is_none_or(u8::is_ascii);
    if ascii(at) && ascii(at.wrapping_sub(1)) {
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
