//! The trained weights, read in place from the bytes they are shipped as.
//!
//! The format, little endian: a header of 64 bytes (`Header`), the weights of pairs of tags (two tables of `TAGS` ×
//! `TAGS` `i16`, for the first and the second pass), the slots (a power of two of `u32`: the upper 14 bits a
//! fingerprint of the feature, the lower 18 the number of its row plus 1, 0 for an empty slot), the rows ([`ROW`] bytes
//! each, an `i8` a tag). A feature's slot is found by the lower half of its hash and linear probing.
//!
//! A file with another magic, format, feature version, length or checksum is refused as a whole.

use crate::analysis::names::tags::TAGS;

use super::features;

/// Bytes a row takes: one a tag, filled up so that a row is three steps of eight.
pub const ROW: usize = 24;

/// Bits of a slot that hold the row's number.
const ROW_BITS: u32 = 18;

/// The largest number of rows.
pub const MOST_ROWS: usize = (1 << ROW_BITS) - 1;

/// So many features are looked up together.
const BATCH: usize = 16;

const MAGIC: &[u8; 8] = b"pqnames\n";
const FORMAT: u32 = 1;
const HEADER: usize = 64;
const PAIRS: usize = TAGS * TAGS * 2;

/// Scores of the tags of one token, in units of the model's own.
pub type Scores = [i16; ROW];

/// The weights of a model.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    slots: &'a [[u8; 4]],
    rows: &'a [[u8; ROW]],
    /// For each pass: the weight of each tag after each other.
    pub pairs: [[[i16; TAGS]; TAGS]; 2],
}

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not a file of this kind.
    #[error("not a names model")]
    Magic,
    /// Another version of the format or of the features.
    #[error("a names model of another version (format {0}, features {1})")]
    Version(u32, u32),
    /// Cut off, too long or changed.
    #[error("a damaged names model")]
    Damaged,
}

impl<'a> Weights<'a> {
    /// Reads the weights in `bytes`.
    ///
    /// # Errors
    /// Where the bytes are not a whole model of this version.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refused> {
        let word = |at: usize| {
            bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or(Refused::Magic)
        };
        if bytes.get(..8) != Some(MAGIC) {
            return Err(Refused::Magic);
        }
        let (format, version) = (word(8)?, word(12)?);
        if format != FORMAT || version != features::VERSION {
            return Err(Refused::Version(format, version));
        }
        let (slots, rows) = (word(16)? as usize, word(20)? as usize);
        let checksum = bytes.get(24..32).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let rest = bytes.get(HEADER..).ok_or(Refused::Damaged)?;
        let whole = slots.is_power_of_two() && rows <= MOST_ROWS && rest.len() == 2 * PAIRS + slots * 4 + rows * ROW;
        if !whole || checksum != Some(xxhash_rust::xxh3::xxh3_64(rest)) {
            return Err(Refused::Damaged);
        }
        let (pairs, rest) = rest.split_at(2 * PAIRS);
        let (slots, rows) = rest.split_at(slots * 4);
        let mut read = [[[0; TAGS]; TAGS]; 2];
        for (weight, bytes) in read.iter_mut().flatten().flatten().zip(pairs.chunks_exact(2)) {
            if let &[a, b] = bytes {
                *weight = i16::from_le_bytes([a, b]);
            }
        }
        Ok(Self { slots: slots.as_chunks().0, rows: rows.as_chunks().0, pairs: read })
    }

    /// The bytes of a model of these pairs of tags and rows of features; the inverse of [`Weights::read`].
    #[must_use]
    pub fn write(pairs: &[[[i16; TAGS]; TAGS]; 2], features: &[(u64, [i8; TAGS])]) -> Vec<u8> {
        let slots = (features.len() * 2).next_power_of_two().max(2);
        let mut table = vec![0_u32; slots];
        let mut rows = Vec::with_capacity(features.len() * ROW);
        for ((feature, row), number) in features.iter().zip(1_u32..) {
            let mut at = slot(*feature, slots);
            while let Some(filled) = table.get(at).filter(|filled| **filled != 0) {
                let _ = filled;
                at = (at + 1) & (slots - 1);
            }
            if let Some(free) = table.get_mut(at) {
                *free = (fingerprint(*feature) << ROW_BITS) | number;
            }
            rows.extend(row.iter().map(|weight| weight.to_le_bytes()[0]));
            rows.resize(rows.len() + ROW - TAGS, 0);
        }
        let mut rest: Vec<u8> = pairs.iter().flatten().flatten().flat_map(|weight| weight.to_le_bytes()).collect();
        rest.extend(table.iter().flat_map(|slot| slot.to_le_bytes()));
        rest.extend(rows);
        let mut bytes = MAGIC.to_vec();
        for number in [FORMAT, features::VERSION, u32_of(slots), u32_of(features.len())] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(xxhash_rust::xxh3::xxh3_64(&rest).to_le_bytes());
        bytes.resize(HEADER, 0);
        bytes.extend(rest);
        bytes
    }

    /// Adds the weights of all `features` to `scores`. Their slots are read before any is looked at, so that the memory is
    /// waited for once and not for each; what follows is most often without a jump.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        const NONE: [u8; ROW] = [0; ROW];
        for batch in features.chunks(BATCH) {
            let mut read = [0; BATCH];
            for (first, feature) in read.iter_mut().zip(batch) {
                *first = self.slot(slot(*feature, self.slots.len()));
            }
            for (first, feature) in read.iter().zip(batch) {
                let filled = if *first != 0 && *first >> ROW_BITS != fingerprint(*feature) {
                    self.further(*feature)
                } else {
                    *first
                };
                let row = ((filled & MOST_ROWS as u32) as usize).wrapping_sub(1);
                for (score, weight) in scores.iter_mut().zip(self.rows.get(row).unwrap_or(&NONE)) {
                    *score = score.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
        }
    }

    /// The slot of `feature` past its first, 0 for none.
    fn further(&self, feature: u64) -> u32 {
        let first = slot(feature, self.slots.len());
        let mut ahead = (first + 1..self.slots.len()).chain(0..first).map(|at| self.slot(at));
        ahead.find(|filled| *filled == 0 || *filled >> ROW_BITS == fingerprint(feature)).unwrap_or(0)
    }

    fn slot(&self, at: usize) -> u32 {
        self.slots.get(at).map_or(0, |slot| u32::from_le_bytes(*slot))
    }
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn slot(feature: u64, slots: usize) -> usize {
    (feature & 0xffff_ffff) as usize & (slots - 1)
}

fn fingerprint(feature: u64) -> u32 {
    (feature >> (32 + ROW_BITS)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Vec<u8> {
        let mut pairs = [[[0; TAGS]; TAGS]; 2];
        pairs[1][2][3] = -300;
        let mut row = [0; TAGS];
        row[5] = -7;
        Weights::write(&pairs, &[(42 << 50 | 1, row), (43 << 50 | 1, [1; TAGS])])
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = model();
        let weights = Weights::read(&bytes).expect("a model");
        let mut scores = Scores::default();
        weights.add_all(&[42 << 50 | 1, 43 << 50 | 1, 44 << 50 | 1], &mut scores);
        assert_eq!((scores[0], scores[5], weights.pairs[1][2][3]), (1, -6, -300));
    }

    #[test]
    fn any_change_is_refused() {
        let bytes = model();
        for at in (0..bytes.len()).step_by(7).chain([0, 8, 12, 16, 20, 24]) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(Weights::read(&changed).is_err() || (32..HEADER).contains(&at), "byte {at}");
            assert!(Weights::read(&bytes[..at]).is_err());
        }
    }
}
