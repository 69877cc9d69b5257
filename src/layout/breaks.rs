//! Line break opportunities: UAX 14 as `unicode-linebreak` has it (Unicode 15.0), with the later rules about quotation
//! marks and hyphens laid over it.
//!
//! Those rules matter here more than elsewhere: a line must not end in `«` because French sets a blank after it (LB15a,
//! LB15b), Chinese may break before `“` and after `”` (LB19a), and a hyphen that begins a word keeps it (LB20a).

use unicode_linebreak::{BreakClass, BreakOpportunity, break_property, linebreaks};
use unicode_width::UnicodeWidthChar;

/// The places where a line of `text` may end: byte offsets, in order, the end of the text included.
pub fn opportunities(text: &str) -> impl Iterator<Item = (usize, BreakOpportunity)> + '_ {
    let mut found = linebreaks(text);
    let mut next = found.next();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (place, opportunity) = next?;
            if let Some(added) = beside_quotation_mark(text, at, place) {
                at = added;
                return Some((added, BreakOpportunity::Allowed));
            }
            at = place;
            next = found.next();
            if opportunity == BreakOpportunity::Mandatory || !is_forbidden(text, place) {
                return Some((place, opportunity));
            }
        }
    })
}

fn class(c: char) -> BreakClass {
    break_property(u32::from(c))
}

/// The characters before `at`, the nearest first, without the marks they carry.
fn before(text: &str, at: usize) -> impl Iterator<Item = char> {
    let bare = |c: &char| !matches!(class(*c), BreakClass::CombiningMark | BreakClass::ZeroWidthJoiner);
    text.get(..at).unwrap_or_default().chars().rev().filter(bare)
}

/// The characters from `at` on.
fn after(text: &str, at: usize) -> impl Iterator<Item = char> {
    text.get(at..).unwrap_or_default().chars()
}

/// Quotation marks that open (general category Pi).
pub(super) const fn opens(c: char) -> bool {
    matches!(c, '«' | '‘' | '‛' | '“' | '‟' | '‹' | '⸂' | '⸄' | '⸉' | '⸌' | '⸜' | '⸠')
}

/// Quotation marks that close (general category Pf).
pub(super) const fn closes(c: char) -> bool {
    matches!(c, '»' | '’' | '”' | '›' | '⸃' | '⸅' | '⸊' | '⸍' | '⸝' | '⸡')
}

/// Whether a later rule forbids the break at `at`.
fn is_forbidden(text: &str, at: usize) -> bool {
    use BreakClass as B;
    let Some(next) = after(text, at).next() else { return false };
    let Some(last) = before(text, at).next() else { return false };
    if closes(next) {
        // LB15b: what closes a quotation stays with it, blanks or not.
        let follows = after(text, at).nth(1).map(class);
        return follows.is_none_or(|class| {
            matches!(
                class,
                B::Space
                    | B::NonBreakingGlue
                    | B::WordJoiner
                    | B::ClosePunctuation
                    | B::Quotation
                    | B::CloseParenthesis
                    | B::Exclamation
                    | B::InfixSeparator
                    | B::Symbol
                    | B::Mandatory
                    | B::ZeroWidthSpace
            )
        });
    }
    let edge = |before: Option<char>| {
        before.map(class).is_none_or(|class| matches!(class, B::Space | B::NonBreakingGlue | B::ZeroWidthSpace))
    };
    match last {
        // LB20a: a hyphen that begins a word belongs to it.
        '-' | '\u{2010}' | '\u{5BE}' => {
            let letter = matches!(class(next), B::Alphabetic | B::HebrewLetter | B::Ambiguous | B::ComplexContext);
            letter && edge(before(text, at).nth(1))
        }
        // LB15a: what opens a quotation keeps what follows, blanks or not.
        ' ' => {
            let mut back = before(text, at).skip_while(|c| *c == ' ');
            let opened = back.next().is_some_and(opens);
            let behind = if opened { back.next() } else { return false };
            edge(behind) || matches!(behind.map(class), Some(B::OpenPunctuation | B::Quotation))
        }
        _ => false,
    }
}

/// The first place between `from` and `to`, which has none by the earlier rules, where East Asian text may break beside
/// a quotation mark (LB19a).
fn beside_quotation_mark(text: &str, from: usize, to: usize) -> Option<usize> {
    let segment = text.get(from..to).filter(|segment| segment.len() > 3 && !segment.is_ascii())?;
    segment.char_indices().map(|(at, c)| (from + at, c)).find_map(|(at, c)| {
        let end = at + c.len_utf8();
        let (last, next) = (before(text, at).next()?, after(text, end).next()?);
        if !is_east_asian(last) || !is_east_asian(next) {
            return None;
        }
        if opens(c) && at > from && ends_freely(last) {
            Some(at)
        } else if closes(c) && end < to && begins_freely(next) {
            Some(end)
        } else {
            None
        }
    })
}

/// Whether `c` is as wide as an ideograph, which is how East Asian text is told.
fn is_east_asian(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(2)
}

/// Whether a line may begin with `c` after a quotation mark.
fn begins_freely(c: char) -> bool {
    matches!(class(c), BreakClass::Ideographic | BreakClass::HangulLvSyllable | BreakClass::HangulLvtSyllable)
        || class(c) == BreakClass::OpenPunctuation
}

/// Whether a line may end with `c` before a quotation mark.
fn ends_freely(c: char) -> bool {
    !matches!(class(c), BreakClass::OpenPunctuation | BreakClass::Quotation | BreakClass::Before)
}
