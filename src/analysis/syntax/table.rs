//! Weights as they are shipped: a hash table with one row of small numbers a feature, read in place.
//!
//! The bytes are a header (number of classes, number of slots, a power of two) and then, for each slot, two bytes of
//! check and one signed byte a class; a check of 0 marks an empty slot. A feature's slot and check come from its hash;
//! a taken slot moves it on to the next.

use std::borrow::Cow;

use super::features::{Feature, Weights};

/// A table of weights for `N` classes.
#[derive(Clone, Debug, Default)]
pub struct Table<const N: usize> {
    bytes: Cow<'static, [u8]>,
    mask: usize,
}

/// Bytes before the first slot: classes and slots, both little-endian.
const HEADER: usize = 8;

/// How many slots a feature may move on; a table never holds one further away.
const REACH: usize = 64;

impl<const N: usize> Table<N> {
    const ROW: usize = N + 2;

    /// Reads a table from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (classes, slots) = header(bytes)?;
        let end = HEADER + slots.checked_mul(Self::ROW)?;
        if classes != N || !slots.is_power_of_two() || bytes.len() < end {
            return None;
        }
        Some((Self { bytes: Cow::Borrowed(bytes.get(..end)?), mask: slots - 1 }, bytes.get(end..)?))
    }

    /// Makes a table of `rows`; rows that find no slot are left out.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; N])]) -> Self {
        let slots = (rows.len() * 5 / 4).next_power_of_two().max(1);
        let mut bytes = vec![0; HEADER + slots * Self::ROW];
        for (slot, number) in bytes.iter_mut().zip([N, slots].iter().flat_map(|n| u32::try_from(*n).unwrap_or(0).to_le_bytes())) {
            *slot = number;
        }
        let mask = slots - 1;
        for (feature, weights) in rows {
            let (slot, check) = place(*feature);
            let free = (0..REACH).map(|step| HEADER + ((slot + step) & mask) * Self::ROW);
            let free = free.into_iter().find(|at| bytes.get(*at..*at + 2) == Some(&[0, 0]));
            let row = free.and_then(|at| bytes.get_mut(at..at + Self::ROW));
            let values = check.to_le_bytes().into_iter().chain(weights.iter().map(|weight| weight.cast_unsigned()));
            row.into_iter().flatten().zip(values).for_each(|(slot, value)| *slot = value);
        }
        Self { bytes: Cow::Owned(bytes), mask }
    }

    /// The bytes that [`Table::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let number = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    Some((number(0)?, number(4)?))
}

/// The slot of a feature, before the table's size is taken off, and its check, never 0.
#[expect(clippy::cast_possible_truncation, reason = "a hash is cut")]
const fn place(feature: Feature) -> (usize, u16) {
    let mixed = feature ^ (feature >> 29);
    ((mixed >> 20) as usize, (mixed as u16) | 1)
}

impl<const N: usize> Weights<N> for Table<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        let (slot, check) = place(feature);
        for step in 0..REACH {
            let at = HEADER + ((slot + step) & self.mask) * Self::ROW;
            let Some(([low, high], weights)) = self.bytes.get(at..at + Self::ROW).and_then(<[u8]>::split_first_chunk) else {
                return;
            };
            match u16::from_le_bytes([*low, *high]) {
                0 => return,
                found if found == check => {
                    for (score, weight) in scores.iter_mut().zip(weights) {
                        *score += i32::from(weight.cast_signed());
                    }
                    return;
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_the_rows_it_was_made_of() {
        let rows: Vec<(Feature, [i8; 3])> =
            (0..500_i8).map_while(|n| n.checked_add(0)).map(|n| (super::super::features::start(u64::from(n.unsigned_abs())), [n, -n, 1])).collect();
        let table = Table::build(&rows);
        for (feature, weights) in &rows {
            assert_eq!(table.scores(&[*feature]), weights.map(i32::from));
        }
        assert_eq!(table.scores(&[super::super::features::start(999)]), [0, 0, 0]);
        assert_eq!(Table::<3>::default().scores(&[1]), [0, 0, 0]);
    }

    #[test]
    fn a_damaged_table_is_refused() {
        assert!(Table::<3>::read(&[]).is_none());
        assert!(Table::<3>::read(&[3, 0, 0, 0, 255, 255, 255, 255]).is_none());
        assert!(Table::<3>::read(&[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
    }
}
