//! One quotation mark: what its shape says, and what stands around it.
//!
//! Units: byte offsets. English, German, Danish, French and others use the same shapes the other way round, so what
//! stands around a mark counts more than its shape; where that does not tell (`« so »`), the shape does.

use crate::text::Span;

/// Marks that can close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `"`, `“ ”`, `„ “`, and ``` `` '' ```: people mix them up within one pair.
    Double,
    /// `'`, `‘ ’` and `‚ ‘`.
    Single,
    /// `« »` either way round.
    Guillemet,
    /// `‹ ›` either way round.
    SingleGuillemet,
    /// `「 」`.
    Corner,
    /// `『 』`.
    WhiteCorner,
}

impl Family {
    pub(super) const COUNT: usize = 6;
}

/// What a mark's shape says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Opens,
    Closes,
    Either,
}

/// One mark that may open or close a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) family: Family,
    pub(super) shape: Shape,
    /// What stands around it allows it to open.
    pub(super) may_open: bool,
    /// What stands around it allows it to close.
    pub(super) may_close: bool,
    /// A digit stands before it, so it may mean inches.
    pub(super) after_digit: bool,
    /// An apostrophe as likely as a closing mark ("the workers' rights").
    pub(super) weak: bool,
    /// Its first character.
    sign: char,
}

impl Mark {
    /// Whether shape and surroundings agree that it opens and does not close.
    pub(super) fn opens_only(self) -> bool {
        match self.shape {
            Shape::Opens => self.may_open || !self.may_close,
            Shape::Closes => false,
            Shape::Either => self.may_open && !self.may_close,
        }
    }

    /// Whether shape and surroundings agree that it closes and does not open.
    pub(super) fn closes_only(self) -> bool {
        match self.shape {
            Shape::Opens => false,
            Shape::Closes => self.may_close || !self.may_open,
            Shape::Either => self.may_close && !self.may_open,
        }
    }

    /// Whether it cannot close what `open` opened: `‘` closes `‚` alone.
    pub(super) fn is_foreign_to(self, open: Self) -> bool {
        self.sign == '‘' && open.sign != '‚'
    }
}

/// Collects the marks of `paragraph`, without those that can only be apostrophes. Where the paragraph before was left
/// open, a `»` may repeat at its start that the quotation goes on, as French does.
pub(super) fn scan(text: &str, paragraph: Span, goes_on: bool, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let mut at = paragraph.start;
    while at < paragraph.end {
        let Some((length, family, shape)) = mark_at(bytes, at) else {
            at += 1;
            continue;
        };
        let span = Span::new(at, at + length);
        let repeats = goes_on && at == paragraph.start && matches!(family, Family::Guillemet);
        at = span.end;
        let found = mark(text, paragraph, span, family, shape);
        marks.extend(found.map(|mark| {
            if repeats { Mark { shape: Shape::Opens, may_open: true, may_close: false, ..mark } } else { mark }
        }));
    }
}

/// The mark whose first byte is at `at`: its length in bytes, family and shape.
fn mark_at(bytes: &[u8], at: usize) -> Option<(usize, Family, Shape)> {
    let next = |by: usize| bytes.get(at + by).copied();
    match bytes.get(at)? {
        b'"' => Some((1, Family::Double, Shape::Either)),
        b'\'' if next(1) == Some(b'\'') => Some((2, Family::Double, Shape::Either)),
        b'\'' => Some((1, Family::Single, Shape::Either)),
        b'`' if next(1) == Some(b'`') => Some((2, Family::Double, Shape::Opens)),
        b'`' => Some((1, Family::Single, Shape::Opens)),
        0xC2 => match next(1)? {
            0xAB => Some((2, Family::Guillemet, Shape::Opens)),
            0xBB => Some((2, Family::Guillemet, Shape::Closes)),
            _ => None,
        },
        0xE2 if next(1)? == 0x80 => match next(2)? {
            0x98 | 0x9A | 0x9B => Some((3, Family::Single, Shape::Opens)),
            0x99 => Some((3, Family::Single, Shape::Closes)),
            0x9C | 0x9E | 0x9F => Some((3, Family::Double, Shape::Opens)),
            0x9D => Some((3, Family::Double, Shape::Closes)),
            0xB9 => Some((3, Family::SingleGuillemet, Shape::Opens)),
            0xBA => Some((3, Family::SingleGuillemet, Shape::Closes)),
            _ => None,
        },
        0xE3 if next(1)? == 0x80 => match next(2)? {
            0x8C => Some((3, Family::Corner, Shape::Opens)),
            0x8D => Some((3, Family::Corner, Shape::Closes)),
            0x8E => Some((3, Family::WhiteCorner, Shape::Opens)),
            0x8F => Some((3, Family::WhiteCorner, Shape::Closes)),
            _ => None,
        },
        0xEF if next(1)? == 0xBC && next(2)? == 0x82 => Some((3, Family::Double, Shape::Either)),
        _ => None,
    }
}

/// The mark at `span` with what its surroundings say; `None` for an apostrophe or a foot mark.
fn mark(text: &str, paragraph: Span, span: Span, family: Family, shape: Shape) -> Option<Mark> {
    let before = Span::new(paragraph.start, span.start).of(text).chars().next_back();
    let rest = Span::new(span.end, paragraph.end).of(text);
    let after = rest.chars().next();
    let touches_left = before.is_some_and(|c| !opens_gap(c));
    let touches_right = after.is_some_and(|c| !closes_gap(c));
    let sign = span.of(text).chars().next()?;
    let mut mark = Mark {
        span,
        family,
        shape,
        may_open: !touches_left && after.is_some_and(|c| !c.is_whitespace()),
        may_close: before.is_some_and(|c| !c.is_whitespace()) && !touches_right,
        after_digit: before.is_some_and(|c| c.is_ascii_digit()),
        weak: false,
        sign,
    };
    match family {
        Family::Guillemet | Family::SingleGuillemet => {
            // A blank stands inside in French, and is no gap before a comma.
            let opens = !touches_left && touches_right;
            let closes = mark.may_close && (touches_left || before.is_some_and(ends_words));
            if opens != closes {
                mark.shape = if opens { Shape::Opens } else { Shape::Closes };
            }
            mark.may_open = mark.shape == Shape::Opens;
            mark.may_close = !mark.may_open;
        }
        Family::Single => {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if letter(before) && letter(after) || !mark.may_open && !mark.may_close {
                return None;
            }
            if mark.may_open && !mark.may_close {
                if shape == Shape::Closes || is_elision(rest) {
                    return None;
                }
            } else if shape == Shape::Opens && !mark.may_open && sign != '‘' {
                return None;
            }
            mark.weak = before.is_some_and(|c| matches!(c, 's' | 'S' | 'n' | 'z' | 'x'))
                && after.is_none_or(char::is_whitespace)
                || mark.after_digit;
        }
        _ => {}
    }
    Some(mark)
}

/// Whether a mark after `c` can open a stretch.
fn opens_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '―' | '/' | '¿' | '¡' | '…') || is_mark(c)
}

/// Whether a mark before `c` can close a stretch.
fn closes_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ')' | ']' | '}' | '-' | '–' | '—' | '―' | '/' | '.' | ',' | ';' | ':' | '!' | '?' | '…')
        || is_mark(c)
}

/// Whether `c` may be the last of somebody's words.
fn ends_words(c: char) -> bool {
    matches!(c, ')' | ']' | '–' | '—' | '-' | '…') || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '「'..='』' | '＂')
}

/// Whether `rest`, after a single mark, is a word with its beginning left out ("'em", "'90s").
fn is_elision(rest: &str) -> bool {
    const WORDS: [&str; 16] = [
        "em", "til", "till", "tis", "twas", "twere", "cause", "bout", "round", "n", "neath", "cuz", "cos", "nuff",
        "gainst", "tho",
    ];
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let digits = word.trim_end_matches('s');
    (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
        || WORDS.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}
