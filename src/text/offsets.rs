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
        let starts = std::iter::once(&Anchor { here: 0, there: 0 }).chain(&self.anchors);
        let mut nexts = self.anchors.iter();
        for start in starts {
            let length = nexts.next().map_or(usize::MAX, |next| (next.here - start.here).min(next.there - start.there));
            all.mark(start.here, inner.original(start.there));
            let first = inner.anchors.partition_point(|anchor| anchor.here <= start.there);
            let within = inner.anchors.iter().skip(first).map(|anchor| (anchor.here - start.there, anchor.there));
            for (step, there) in within.take_while(|(step, _)| *step < length) {
                all.mark(start.here + step, there);
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
    use proptest::prelude::*;

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

    /// A map as a program makes them: some bytes kept, some dropped, some inserted, over and over.
    fn edits() -> impl Strategy<Value = OffsetMap> {
        proptest::collection::vec((0_usize..5, 0_usize..4, 0_usize..4), 0..12).prop_map(|steps| {
            let (mut map, mut here, mut there) = (OffsetMap::default(), 0, 0);
            for (kept, dropped, inserted) in steps {
                here += kept + inserted;
                there += kept + dropped;
                map.mark(here, there);
            }
            map
        })
    }

    proptest! {
        #[test]
        fn two_maps_in_a_row_lead_where_one_after_the_other_leads(outer in edits(), inner in edits()) {
            let both = outer.then(&inner);
            // Only what was kept has an exact origin; inside of something inserted, any offset near it will do.
            let kept = |map: &OffsetMap, here: usize| map.derived(map.original(here)) == here;
            for here in (0..60).filter(|here| kept(&outer, *here) && kept(&inner, outer.original(*here))) {
                prop_assert_eq!(both.original(here), inner.original(outer.original(here)));
            }
        }

        #[test]
        fn offsets_never_run_backwards(map in edits()) {
            for at in 0..60 {
                prop_assert!(map.original(at) <= map.original(at + 1));
                prop_assert!(map.original_end(at) <= map.original(at));
                prop_assert!(map.derived(at) <= map.derived(at + 1));
            }
        }
    }
}
