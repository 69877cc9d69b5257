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

impl<const N: usize> Weights<N> for Sparse<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        let row = self.slots.get(feature, Self::SLOT).and_then(|place| {
            let place: [u8; 4] = place.try_into().ok()?;
            let place = usize::try_from(u32::from_le_bytes(place)).ok()?;
            let (count, entries) = self.slots.rest(Self::SLOT)?.get(place..)?.split_first()?;
            entries.get(..2 * usize::from(*count))
        });
        for entry in row.unwrap_or_default().chunks_exact(2) {
            if let [class, weight] = *entry
                && let Some(score) = scores.get_mut(usize::from(class))
            {
                *score += i32::from(weight.cast_signed());
            }
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
        for step in 0..REACH {
            let at = HEADER + self.wrap(slot + step) * size;
            let ([low, high], values) = self.bytes.get(at..at + size)?.split_first_chunk()?;
            match u16::from_le_bytes([*low, *high]) {
                0 => return None,
                found if found == check => return Some(values),
                _ => {}
            }
        }
        None
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
