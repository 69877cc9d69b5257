//! The way back from a derived text to the one it was made from.
//!
//! Units: bytes. *here* is the derived text, *there* the original. The map keeps one anchor per place where the two
//! part, so an unchanged text costs nothing and a text with CRLF line ends one anchor a line. Both sides only grow:
//! a derived text may drop, replace and insert, but never reorders.

use super::Span;

/// Where each byte of a derived text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    anchors: Vec<Anchor>,
}

/// From `here` on, up to the next anchor, offsets run in step with those from `there` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchor {
    here: usize,
    there: usize,
}

impl OffsetMap {
    /// Notes that the derived text goes on at `here` with what stands at `there`. Calls come in growing order.
    pub fn mark(&mut self, here: usize, there: usize) {
        let mut last = self.last();
        let there = there.max(last.there);
        if last.here == here && self.anchors.pop().is_some() {
            last = self.last();
        }
        if last.there + here.saturating_sub(last.here) != there {
            self.anchors.push(Anchor { here, there });
        }
    }

    /// Whether both texts are the same up to the end of the shorter.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Where the byte at `offset` came from; behind anything that was dropped before it.
    #[must_use]
    pub fn original(&self, offset: usize) -> usize {
        self.resolve(self.anchors.partition_point(|anchor| anchor.here <= offset), offset)
    }

    /// Where a span that ends at `offset` ended; in front of anything that was dropped there.
    #[must_use]
    pub fn original_end(&self, offset: usize) -> usize {
        self.resolve(self.anchors.partition_point(|anchor| anchor.here < offset), offset)
    }

    /// The original of `span`, without what was dropped at its edges.
    #[must_use]
    pub fn original_span(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.original(span.start);
            return Span::new(at, at);
        }
        Span::new(self.original(span.start), self.original_end(span.end))
    }

    /// Where the original byte at `offset` is now, or, where it was dropped, what follows it.
    #[must_use]
    pub fn derived(&self, offset: usize) -> usize {
        let next = self.anchors.partition_point(|anchor| anchor.there <= offset);
        let last = next.checked_sub(1).and_then(|index| self.anchors.get(index));
        let moved = last.map_or(offset, |anchor| anchor.here + (offset - anchor.there));
        self.anchors.get(next).map_or(moved, |anchor| moved.min(anchor.here))
    }

    /// The map from this derived text to what `inner`, the map of its original, leads to.
    #[must_use]
    pub fn then(&self, inner: &Self) -> Self {
        if inner.is_identity() {
            return self.clone();
        }
        let mut all = Self::default();
        let origin = Anchor { here: 0, there: 0 };
        let starts = std::iter::once(&origin).chain(&self.anchors);
        let mut ends = self.anchors.iter().map(|anchor| anchor.there).chain(std::iter::once(usize::MAX));
        for start in starts {
            all.mark(start.here, inner.original(start.there));
            let end = ends.next().unwrap_or(usize::MAX);
            let first = inner.anchors.partition_point(|anchor| anchor.here <= start.there);
            for anchor in inner.anchors.iter().skip(first).take_while(|anchor| anchor.here < end) {
                all.mark(start.here + (anchor.here - start.there), anchor.there);
            }
        }
        all
    }

    /// The last anchor; every text starts in step with its original.
    fn last(&self) -> Anchor {
        self.anchors.last().copied().unwrap_or(Anchor { here: 0, there: 0 })
    }

    /// `offset` carried over by the anchor before `next`, no further than `next` allows.
    fn resolve(&self, next: usize, offset: usize) -> usize {
        let last = next.checked_sub(1).and_then(|index| self.anchors.get(index));
        let moved = last.map_or(offset, |anchor| anchor.there + (offset - anchor.here));
        self.anchors.get(next).map_or(moved, |anchor| moved.min(anchor.there))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ab--cd` made into `abcd`, then `cd` replaced by `xyz` with something behind it.
    fn sample() -> OffsetMap {
        let mut map = OffsetMap::default();
        map.mark(2, 4);
        map.mark(5, 6);
        map
    }

    #[test]
    fn an_unchanged_text_costs_nothing() {
        let mut map = OffsetMap::default();
        map.mark(0, 0);
        map.mark(7, 7);
        assert!(map.is_identity());
        assert_eq!(map.original(3), 3);
        assert_eq!(map.derived(3), 3);
    }

    #[test]
    fn a_start_lies_behind_what_was_dropped_and_an_end_before_it() {
        let map = sample();
        assert_eq!(map.original(2), 4);
        assert_eq!(map.original_end(2), 2);
        assert_eq!(map.original_span(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(map.original_span(Span::new(2, 5)), Span::new(4, 6));
        assert_eq!(map.original_span(Span::new(2, 2)), Span::new(4, 4));
    }

    #[test]
    fn offsets_inside_a_longer_replacement_stay_within_the_original() {
        let map = sample();
        assert_eq!((2..7).map(|here| map.original(here)).collect::<Vec<_>>(), [4, 5, 6, 6, 7].to_vec());
    }

    #[test]
    fn dropped_originals_lead_to_what_follows_them() {
        let map = sample();
        assert_eq!((0..8).map(|there| map.derived(there)).collect::<Vec<_>>(), [0, 1, 2, 2, 2, 3, 5, 6].to_vec());
    }

    #[test]
    fn dropping_twice_at_one_place_keeps_one_anchor() {
        let mut map = OffsetMap::default();
        map.mark(0, 3);
        map.mark(0, 5);
        assert_eq!(map.original(0), 5);
        assert_eq!(map.anchors.len(), 1);
    }

    #[test]
    fn two_maps_in_a_row_lead_where_one_after_the_other_leads() {
        let outer = sample();
        let mut inner = OffsetMap::default();
        inner.mark(1, 3);
        inner.mark(5, 20);
        let both = outer.then(&inner);
        for here in 0..12 {
            assert_eq!(both.original(here), inner.original(outer.original(here)), "{here}");
        }
    }
}
