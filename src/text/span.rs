//! Half-open byte ranges on character boundaries: how every part of a text is named.

use std::ops::Range;

/// A half-open range of bytes into one text, `start <= end`, both on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives the empty span at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside (an equal span does).
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes both have, empty where they have none.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span moved right by `by` bytes.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text inside, or the empty string where the span does not fit `text` (never a panic).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// As a standard range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_start_gives_the_empty_span() {
        let span = Span::new(5, 3);
        assert!(span.is_empty());
        assert_eq!((span.start, span.end, span.len()), (5, 5, 0));
    }

    #[test]
    fn spans_are_half_open() {
        let span = Span::new(2, 4);
        assert_eq!((1..6).map(|at| span.contains(at)).collect::<Vec<_>>(), [false, true, true, false, false]);
        assert!(!span.overlaps(Span::new(4, 6)));
        assert!(span.overlaps(Span::new(3, 4)));
        assert!(span.covers(span) && span.covers(Span::new(3, 3)) && !span.covers(Span::new(3, 5)));
    }

    #[test]
    fn two_spans_meet_in_their_intersection_and_lie_in_their_union() {
        let (a, b) = (Span::new(1, 5), Span::new(3, 8));
        assert_eq!(a.intersection(b), Span::new(3, 5));
        assert!(a.intersection(Span::new(6, 8)).is_empty());
        assert_eq!(a.union(b), Span::new(1, 8));
        assert_eq!(a.shifted(2), Span::new(3, 7));
        assert_eq!(Span::from(a.range()), a);
    }

    #[test]
    fn a_span_that_does_not_fit_gives_no_text() {
        assert_eq!(Span::new(0, 2).of("é!"), "é");
        assert_eq!(Span::new(0, 1).of("é!"), "");
        assert_eq!(Span::new(2, 9).of("é!"), "");
    }
}
