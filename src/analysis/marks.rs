//! Quotation marks, paired paragraph by paragraph into stretches of quoted text.
//!
//! Units: byte offsets into the article's text. A stretch never crosses a paragraph (a line of the text): a quotation
//! over several paragraphs is a stretch in each. An apostrophe, an inch or foot mark and a stray mark pair with
//! nothing. Every mark is looked at a bounded number of times, so any text takes linear time.
//!
//! Pairing goes by a stack of open marks and by what stands around a mark: one after white space and before a letter
//! opens, one after a letter or full stop and before white space closes; where that does not tell, an open mark is
//! closed and otherwise one is opened. What the stretches mean is not decided here.

mod mark;

use crate::text::Span;
use mark::{Family, Mark, Shape, scan};

/// One quoted stretch within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The stretch with its marks.
    pub span: Span,
    /// What stands between the marks.
    pub inner: Span,
    /// How many other stretches it lies inside.
    pub depth: u8,
    /// Whether it goes on from an unclosed stretch of the paragraph before.
    pub continues: bool,
    /// Whether its closing mark was found; without one it ends with its paragraph.
    pub closed: bool,
    /// Whether single marks enclose it.
    pub single: bool,
    /// Whether no marks enclose it, but a label before it says whose words it gives.
    pub labelled: bool,
}

/// Deeper nesting than this is noise; the marks below pair with nothing.
const DEEPEST: usize = 4;

/// All quoted stretches of `text` in order of their start, outer before inner.
#[must_use]
pub fn stretches(text: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    let mut start = 0;
    let mut unclosed_before = false;
    for line in text.split('\n') {
        let paragraph = trimmed(text, Span::new(start, start + line.len()));
        start += line.len() + 1;
        if paragraph.is_empty() {
            continue;
        }
        marks.clear();
        scan(text, paragraph, unclosed_before, &mut marks);
        let first = found.len();
        unclosed_before = pair(paragraph, &marks, unclosed_before, &mut found);
        if let Some(fresh) = found.get_mut(first..) {
            set_depths(fresh);
        }
    }
    found
}

fn trimmed(text: &str, span: Span) -> Span {
    let line = span.of(text);
    let start = span.start + (line.len() - line.trim_start().len());
    Span::new(start, span.start + line.trim_end().len())
}

/// Pairs the marks of one paragraph; answers whether a stretch is left open at its end.
fn pair(paragraph: Span, marks: &[Mark], unclosed_before: bool, found: &mut Vec<Stretch>) -> bool {
    let next = next_of_family(marks);
    let follow = |place: usize| next.get(place).copied().flatten();
    let mut left: usize = marks.iter().filter(|mark| mark.family == Family::Double).count();
    let mut stack: Vec<Mark> = Vec::new();
    let mut any = false;
    for (place, mark) in marks.iter().enumerate() {
        let following = follow(place).and_then(|after| marks.get(after));
        let second = follow(place).and_then(follow).and_then(|after| marks.get(after));
        let remaining = left;
        left -= usize::from(mark.family == Family::Double);
        let open = stack.iter().rposition(|open| open.family == mark.family);
        let foreign = open.and_then(|level| stack.get(level)).is_some_and(|open| mark.is_foreign_to(*open));
        match decide(*mark, open.is_some(), following, second, remaining) {
            Move::Close if foreign => {}
            Move::Nothing => {}
            Move::Open => push(&mut stack, *mark),
            Move::Replace => {
                stack.truncate(open.unwrap_or(0));
                push(&mut stack, *mark);
            }
            Move::Close => match open {
                Some(level) if mark.family != Family::Single || level + 1 == stack.len() => {
                    if let Some(opener) = stack.get(level) {
                        found.extend(stretch(opener.span, mark.span, mark.family));
                    }
                    stack.truncate(level);
                }
                None if !any && unclosed_before && mark.family != Family::Single => {
                    let start = Span::new(paragraph.start, paragraph.start);
                    stack.clear();
                    found.extend(stretch(start, mark.span, mark.family).map(|s| Stretch { continues: true, ..s }));
                }
                _ => {}
            },
        }
        any |= mark.family != Family::Single;
    }
    continue_first(paragraph, marks, unclosed_before, found);
    close_at_end(paragraph, &stack, unclosed_before, found)
}

/// Marks a stretch that opens its paragraph as going on from the paragraph before, where that was left open.
fn continue_first(paragraph: Span, marks: &[Mark], unclosed_before: bool, found: &mut [Stretch]) {
    if !unclosed_before || marks.first().is_none_or(|mark| mark.span.start != paragraph.start) {
        return;
    }
    let fresh = found.iter_mut().rev().take_while(|stretch| stretch.span.start >= paragraph.start);
    for stretch in fresh.filter(|stretch| stretch.span.start == paragraph.start) {
        stretch.continues = true;
    }
}

/// Ends what is still open at the end of the paragraph; answers whether that is so.
fn close_at_end(paragraph: Span, stack: &[Mark], unclosed_before: bool, found: &mut Vec<Stretch>) -> bool {
    let Some(opener) = stack.iter().find(|open| open.family != Family::Single || open.shape == Shape::Opens) else {
        return false;
    };
    let starts = opener.span.start == paragraph.start;
    if !starts && (opener.family == Family::Single || !opener.may_open) {
        return false;
    }
    let end = Span::new(paragraph.end, paragraph.end);
    let Some(stretch) = stretch(opener.span, end, opener.family) else { return false };
    found.push(Stretch { closed: false, continues: starts && unclosed_before, ..stretch });
    true
}

fn push(stack: &mut Vec<Mark>, mark: Mark) {
    if stack.len() < DEEPEST {
        stack.push(mark);
    }
}

fn stretch(opener: Span, closer: Span, family: Family) -> Option<Stretch> {
    let inner = Span::new(opener.end, closer.start);
    let single = matches!(family, Family::Single | Family::SingleGuillemet);
    (!inner.is_empty()).then_some(Stretch {
        span: opener.union(closer),
        inner,
        depth: 0,
        continues: false,
        closed: true,
        single,
        labelled: false,
    })
}

/// What a mark does to the stack of open ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Nothing,
    Open,
    Close,
    /// Opens, and the open mark of the same family was a stray.
    Replace,
}

/// What `mark` does, given whether one of its family is open, the next two of its family, and how many double marks
/// are left in the paragraph, this one included.
fn decide(mark: Mark, open: bool, next: Option<&Mark>, second: Option<&Mark>, left: usize) -> Move {
    let closing = |mark: Option<&Mark>| mark.is_some_and(|mark| mark.closes_only());
    match (mark.family, open) {
        (Family::Single, false) if mark.opens_only() || mark.may_open && mark.shape != Shape::Closes => Move::Open,
        (Family::Single, false) => Move::Nothing,
        (Family::Single, true) if mark.may_close => {
            let apostrophe = mark.weak && closing(next) && next.is_some_and(|next| !next.weak);
            if apostrophe { Move::Nothing } else { Move::Close }
        }
        (Family::Single, true) => Move::Replace,
        (Family::Corner | Family::WhiteCorner, _) => {
            if mark.shape == Shape::Opens {
                Move::Open
            } else {
                Move::Close
            }
        }
        (_, false) if mark.closes_only() => Move::Close,
        (_, false) => Move::Open,
        (_, true) if mark.after_digit && mark.shape == Shape::Either && closing(next) => Move::Nothing,
        (_, true) if mark.opens_only() => {
            let pairs_up = mark.shape == Shape::Either && left % 2 == 1;
            match (closing(next), closing(second)) {
                (true, true) => Move::Open,
                _ if pairs_up => Move::Close,
                _ => Move::Replace,
            }
        }
        (_, true) => Move::Close,
    }
}

/// For each mark the place of the next one of its family.
fn next_of_family(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut next = vec![None; marks.len()];
    let mut last = [None; Family::COUNT];
    for (place, mark) in marks.iter().enumerate().rev() {
        if let (Some(slot), Some(last)) = (next.get_mut(place), last.get_mut(mark.family as usize)) {
            *slot = *last;
            *last = Some(place);
        }
    }
    next
}

/// Sorts the stretches of one paragraph, outer before inner, and counts what each lies inside.
fn set_depths(stretches: &mut [Stretch]) {
    stretches.sort_by_key(|stretch| (stretch.span.start, std::cmp::Reverse(stretch.span.end)));
    let mut ends: Vec<usize> = Vec::new();
    for stretch in stretches {
        while ends.last().is_some_and(|end| *end <= stretch.span.start) {
            ends.pop();
        }
        stretch.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(stretch.span.end);
    }
}

#[cfg(test)]
mod tests;
