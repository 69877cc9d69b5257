//! Weights as they are shipped: hash tables from features to rows of small numbers, read in place.
//!
//! Both kinds start with a header (number of classes, of slots, of bytes that follow the slots; little-endian). A slot
//! holds two bytes of check, 0 where it is empty; a feature's slot and check come from its hash, and a taken slot
//! moves it on to the next. [`Table`] has the weights in the slot, one signed byte a class; [`Sparse`] has the place of
//! a row there: the number of its entries, then class and weight of each.

use std::borrow::Cow;

use super::features::{Feature, Weights};

/// Weights for a few classes, each row whole.
#[derive(Clone, Debug, Default)]
pub struct Table<const N: usize> {
    slots: Slots,
}

/// Weights for many classes, most of them 0.
#[derive(Clone, Debug, Default)]
pub struct Sparse<const N: usize> {
    slots: Slots,
}

impl<const N: usize> Table<N> {
    const SLOT: usize = N + 2;

    /// Reads a table from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (slots, rest) = Slots::read(bytes, N, Self::SLOT)?;
        Some((Self { slots }, rest))
    }

    /// Makes a table of `rows`; one that finds no slot is left out.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; N])]) -> Self {
        let mut slots = Slots::empty(N, Self::SLOT, rows.len());
        for (feature, weights) in rows {
            let values = weights.map(i8::cast_unsigned);
            slots.insert(*feature, &values);
        }
        Self { slots }
    }

    /// The bytes that [`Table::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.slots.bytes
    }
}

impl<const N: usize> Weights<N> for Table<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        if let Some(weights) = self.slots.get(feature, Self::SLOT) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i32::from(weight.cast_signed());
            }
        }
    }

    fn scores(&self, features: &[Feature]) -> [i32; N] {
        let mut scores = [0; N];
        if Self::SLOT > READ {
            features.iter().for_each(|feature| self.add(*feature, &mut scores));
            return scores;
        }
        self.slots.each(features, Self::SLOT, |values| {
            for (score, weight) in scores.iter_mut().zip(values) {
                *score += i32::from(weight.cast_signed());
            }
        });
        scores
    }
}

impl<const N: usize> Sparse<N> {
    const SLOT: usize = 2 + 4;

    /// Reads a table from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (slots, rest) = Slots::read(bytes, N, Self::SLOT)?;
        Some((Self { slots }, rest))
    }

    /// Makes a table of `rows`; one that finds no slot is left out.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; N])]) -> Self {
        let mut slots = Slots::empty(N, Self::SLOT, rows.len());
        let mut entries = Vec::new();
        for (feature, weights) in rows {
            let place = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            if slots.insert(*feature, &place.to_le_bytes()) {
                let classes = (0..=u8::MAX).zip(weights).filter(|(_, weight)| **weight != 0);
                entries.push(u8::try_from(classes.clone().count()).unwrap_or(u8::MAX));
                entries.extend(classes.flat_map(|(class, weight)| [class, weight.cast_unsigned()]));
            }
        }
        slots.append(&entries);
        Self { slots }
    }

    /// The bytes that [`Sparse::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.slots.bytes
    }
}

impl<const N: usize> Sparse<N> {
    /// The row at `place`, and all that follows it: the number of its entries, then the entries.
    fn row(&self, place: u32) -> &[u8] {
        let rows = self.slots.rest(Self::SLOT).unwrap_or_default();
        usize::try_from(place).ok().and_then(|place| rows.get(place..)).unwrap_or_default()
    }
}

impl<const N: usize> Weights<N> for Sparse<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        if let Some(place) = self.slots.get(feature, Self::SLOT).and_then(<[u8]>::first_chunk) {
            let row = self.row(u32::from_le_bytes(*place));
            add_entries(row.first().copied().unwrap_or_default(), row, scores);
        }
    }

    fn scores(&self, features: &[Feature]) -> [i32; N] {
        let mut scores = [0; N];
        for batch in features.chunks(BATCH) {
            // As the slots, the rows are all read before any is looked at.
            let mut rows: [(u8, &[u8]); BATCH] = [(0, &[]); BATCH];
            let mut free = rows.iter_mut();
            self.slots.each(batch, Self::SLOT, |[a, b, c, d, ..]| {
                let row = self.row(u32::from_le_bytes([*a, *b, *c, *d]));
                if let Some(place) = free.next() {
                    *place = (row.first().copied().unwrap_or_default(), row);
                }
            });
            let left = free.len();
            for (count, row) in rows.iter().take(BATCH - left) {
                add_entries(*count, row, &mut scores);
            }
        }
        scores
    }
}

/// Adds the `count` entries of `row`, whose first byte says their number.
fn add_entries<const N: usize>(count: u8, row: &[u8], scores: &mut [i32; N]) {
    for entry in row.get(1..=2 * usize::from(count)).unwrap_or_default().chunks_exact(2) {
        if let [class, weight] = *entry
            && let Some(score) = scores.get_mut(usize::from(class))
        {
            *score += i32::from(weight.cast_signed());
        }
    }
}

/// The bytes of a table: header, slots of one size, and whatever follows them.
#[derive(Clone, Debug, Default)]
struct Slots {
    bytes: Cow<'static, [u8]>,
    count: usize,
}

/// Bytes before the first slot.
const HEADER: usize = 12;

/// How many slots a feature may move on.
const REACH: usize = 64;

/// So many features are looked up together: their slots are read before any is looked at, so that the memory is waited
/// for once and not for each.
const BATCH: usize = 16;

/// Bytes that are read of a slot and what follows it.
const READ: usize = 8;

impl Slots {
    fn read(bytes: &'static [u8], classes: usize, size: usize) -> Option<(Self, &'static [u8])> {
        let number = |at: usize| {
            let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(four)).ok()
        };
        let (found, count, rest) = (number(0)?, number(4)?, number(8)?);
        let end = HEADER.checked_add(count.checked_mul(size)?)?.checked_add(rest)?;
        if found != classes || count == 0 {
            return None;
        }
        Some((Self { bytes: Cow::Borrowed(bytes.get(..end)?), count }, bytes.get(end..)?))
    }

    fn empty(classes: usize, size: usize, rows: usize) -> Self {
        let count = rows + rows / 3 + 1;
        let mut bytes = Vec::with_capacity(HEADER + count * size);
        for number in [classes, count, 0] {
            bytes.extend(u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        bytes.resize(HEADER + count * size, 0);
        Self { bytes: Cow::Owned(bytes), count }
    }

    fn insert(&mut self, feature: Feature, values: &[u8]) -> bool {
        let size = values.len() + 2;
        let (slot, check) = self.place(feature);
        let mut slots = (0..REACH).map(|step| HEADER + self.wrap(slot + step) * size);
        let free = slots.find(|at| self.bytes.get(*at..*at + 2) == Some(&[0, 0]));
        let Some(row) = free.and_then(|at| self.bytes.to_mut().get_mut(at..at + size)) else { return false };
        let (head, tail) = row.split_at_mut(2);
        head.copy_from_slice(&check.to_le_bytes());
        tail.copy_from_slice(values);
        true
    }

    fn append(&mut self, rest: &[u8]) {
        let bytes = self.bytes.to_mut();
        bytes.extend_from_slice(rest);
        let length = u32::try_from(rest.len()).unwrap_or(0).to_le_bytes();
        if let Some(field) = bytes.get_mut(8..HEADER) {
            field.copy_from_slice(&length);
        }
    }

    /// What the slot of `feature` holds behind its check, where slots are `size` bytes.
    fn get(&self, feature: Feature, size: usize) -> Option<&[u8]> {
        let (slot, check) = self.place(feature);
        self.probe(slot, check, size)
    }

    /// The same for a feature whose slot and check are known.
    fn probe(&self, slot: usize, check: u16, size: usize) -> Option<&[u8]> {
        let slots = self.bytes.get(HEADER..HEADER + self.count * size)?;
        let ahead = slots.get(slot * size..)?.chunks_exact(size);
        for slot in ahead.chain(slots.chunks_exact(size)).take(REACH) {
            let (head, values) = slot.split_first_chunk()?;
            match u16::from_le_bytes(*head) {
                0 => return None,
                found if found == check => return Some(values),
                _ => {}
            }
        }
        None
    }

    /// Calls `with` with what [`Slots::get`] finds for each of `features`, in their order, filled up with bytes of no
    /// meaning; slots are `size` bytes, at most [`READ`].
    fn each(&self, features: &[Feature], size: usize, mut with: impl FnMut(&[u8; READ - 2])) {
        for batch in features.chunks(BATCH) {
            let mut places = [(0, 0); BATCH];
            let mut heads = [0; BATCH];
            for ((place, head), feature) in places.iter_mut().zip(&mut heads).zip(batch) {
                let (slot, check) = self.place(*feature);
                *place = (slot, check);
                *head = head_of(&self.bytes, HEADER + slot * size);
            }
            for ((slot, check), head) in places.iter().zip(&heads).take(batch.len()) {
                let [low, high, values @ ..] = head.to_le_bytes();
                let found = u16::from_le_bytes([low, high]);
                if found == *check {
                    with(&values);
                } else if found != 0
                    && let Some(values) = self.probe(*slot, *check, size)
                {
                    let mut filled = [0; READ - 2];
                    filled.iter_mut().zip(values).for_each(|(place, value)| *place = *value);
                    with(&filled);
                }
            }
        }
    }

    fn rest(&self, size: usize) -> Option<&[u8]> {
        self.bytes.get(HEADER + self.count * size..)
    }

    /// The slot of a feature and its check, never 0.
    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut, and a product of it brought into range")]
    const fn place(&self, feature: Feature) -> (usize, u16) {
        let mixed = (feature ^ (feature >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let slot = ((mixed >> 32) * self.count as u64) >> 32;
        (slot as usize, (mixed as u16) | 1)
    }

    const fn wrap(&self, slot: usize) -> usize {
        if slot < self.count { slot } else { slot - self.count }
    }
}

/// The first bytes of the slot at `at`; zeros where the table ends.
fn head_of(bytes: &[u8], at: usize) -> u64 {
    let bytes = bytes.get(at..).unwrap_or_default();
    match bytes.first_chunk() {
        Some(head) => u64::from_le_bytes(*head),
        None => bytes.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::start;
    use super::*;

    #[test]
    fn a_table_gives_back_the_rows_it_was_made_of() {
        let rows: Vec<(Feature, [i8; 3])> =
            (0..100_i8).map(|n| (start(u64::from(n.unsigned_abs())), [n, -n, 1])).collect();
        let (whole, sparse) = (Table::build(&rows), Sparse::build(&rows));
        for (feature, weights) in &rows {
            assert_eq!(whole.scores(&[*feature]), weights.map(i32::from));
            assert_eq!(sparse.scores(&[*feature]), weights.map(i32::from));
        }
        assert_eq!(whole.scores(&[start(999)]), [0, 0, 0]);
        assert_eq!(sparse.scores(&[start(999)]), [0, 0, 0]);
    }

    #[test]
    fn a_table_without_rows_gives_nothing() {
        assert_eq!(Table::<3>::default().scores(&[1]), [0, 0, 0]);
        assert_eq!(Sparse::<3>::build(&[]).scores(&[1]), [0, 0, 0]);
    }

    #[test]
    fn a_damaged_table_is_refused_or_gives_nothing() {
        assert!(Table::<3>::read(&[]).is_none());
        assert!(Table::<3>::read(&[3, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]).is_none());
        assert!(Table::<3>::read(&[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
        let places: &'static [u8] = &[3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 255, 255, 9, 9, 9, 9, 7];
        let (sparse, rest) = Sparse::<3>::read(places).expect("its sizes are sound");
        assert!(rest.is_empty());
        for template in 0..99 {
            assert_eq!(sparse.scores(&[start(template)]), [0, 0, 0]);
        }
    }
}
