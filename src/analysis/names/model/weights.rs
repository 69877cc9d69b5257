//! The trained weights, read in place from the bytes they are shipped as.
//!
//! The format, little endian: a header of 32 bytes (name, versions, numbers of slots and rows, checksum of the rest), the
//! weights of pairs of tags (two tables of `TAGS` × `TAGS` `i16`, for the first and the second pass); for each slot (a
//! power of two of them) a bit that says whether it is taken, in words of 64; for each word how many slots are taken before
//! it; and for each taken slot, in their order, the fingerprint of its feature (14 bits) and its row ([`ROW`] bytes, an
//! `i8` a tag). A feature's slot is found by the lower half of its hash and linear probing. Most features that are looked
//! for have no row, and the bits tell so from a few kilobytes.
//!
//! A file with another magic, format, feature version, length or checksum is refused as a whole.

use crate::analysis::names::tags::TAGS;

use super::features;

/// Bytes a row takes: one a tag, filled up so that a row is three steps of eight.
pub const ROW: usize = 24;

/// So many features are looked up together.
const BATCH: usize = 16;

/// Slots in a word.
const WORD: usize = 64;

const MAGIC: &[u8; 8] = b"pqnames\n";
const FORMAT: u32 = 2;
const HEADER: usize = 32;
const PAIRS: usize = TAGS * TAGS * 2;

/// Scores of the tags of one token, in units of the model's own.
pub type Scores = [i16; ROW];

/// The weights of a model.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    taken: &'a [[u8; 8]],
    before: &'a [[u8; 4]],
    fingerprints: &'a [[u8; 2]],
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
        let words = slots / WORD;
        let size = words.saturating_mul(12).saturating_add(rows.saturating_mul(2 + ROW)).saturating_add(2 * PAIRS);
        let whole = slots.is_power_of_two() && words > 0 && rest.len() == size;
        if !whole || checksum != Some(xxhash_rust::xxh3::xxh3_64(rest)) {
            return Err(Refused::Damaged);
        }
        let (pairs, rest) = rest.split_at(2 * PAIRS);
        let (taken, rest) = rest.split_at(words * 8);
        let (before, rest) = rest.split_at(words * 4);
        let (fingerprints, rows) = rest.split_at(rows * 2);
        let mut read = [[[0; TAGS]; TAGS]; 2];
        for (weight, bytes) in read.iter_mut().flatten().flatten().zip(pairs.chunks_exact(2)) {
            if let &[a, b] = bytes {
                *weight = i16::from_le_bytes([a, b]);
            }
        }
        Ok(Self {
            taken: taken.as_chunks().0,
            before: before.as_chunks().0,
            fingerprints: fingerprints.as_chunks().0,
            rows: rows.as_chunks().0,
            pairs: read,
        })
    }

    /// The bytes of a model of these pairs of tags and rows of features; the inverse of [`Weights::read`].
    #[must_use]
    pub fn write(pairs: &[[[i16; TAGS]; TAGS]; 2], features: &[(u64, [i8; TAGS])]) -> Vec<u8> {
        let slots = (features.len() * 2).next_power_of_two().max(WORD);
        let mut table = vec![None; slots];
        for (feature, row) in features {
            let around = (0..slots).map(|step| (slot(*feature, slots) + step) & (slots - 1));
            let free = around.into_iter().find(|at| table.get(*at) == Some(&None));
            if let Some(place) = free.and_then(|at| table.get_mut(at)) {
                *place = Some((feature, row));
            }
        }
        let mut rest: Vec<u8> = pairs.iter().flatten().flatten().flat_map(|weight| weight.to_le_bytes()).collect();
        let (mut before, mut sums) = (0, Vec::new());
        for word in table.chunks(WORD) {
            let bits = word.iter().rev().fold(0_u64, |bits, place| bits << 1 | u64::from(place.is_some()));
            rest.extend(bits.to_le_bytes());
            sums.extend(u32_of(before).to_le_bytes());
            before += word.iter().flatten().count();
        }
        rest.extend(sums);
        rest.extend(table.iter().flatten().flat_map(|(feature, _)| fingerprint(**feature).to_le_bytes()));
        for (_, row) in table.iter().flatten() {
            rest.extend(row.iter().map(|weight| weight.cast_unsigned()));
            rest.resize(rest.len() + ROW - TAGS, 0);
        }
        let mut bytes = MAGIC.to_vec();
        for number in [FORMAT, features::VERSION, u32_of(slots), u32_of(features.len())] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(xxhash_rust::xxh3::xxh3_64(&rest).to_le_bytes());
        bytes.extend(rest);
        bytes
    }

    /// Adds the weights of all `features` to `scores`. Their rows are found before any is read, so that the memory is
    /// waited for once and not for each.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        const NONE: [u8; ROW] = [0; ROW];
        for batch in features.chunks(BATCH) {
            let mut rows = [&NONE; BATCH];
            for (row, feature) in rows.iter_mut().zip(batch) {
                *row = self.row(*feature).and_then(|row| self.rows.get(row)).unwrap_or(&NONE);
            }
            for row in rows.iter().take(batch.len()) {
                for (score, weight) in scores.iter_mut().zip(*row) {
                    *score = score.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
        }
    }

    /// The number of the row of `feature`.
    fn row(&self, feature: u64) -> Option<usize> {
        let slots = self.taken.len() * WORD;
        for step in 0..slots {
            let at = (slot(feature, slots) + step) & (slots - 1);
            let word = u64::from_le_bytes(*self.taken.get(at / WORD)?);
            let bit = 1 << (at % WORD);
            if word & bit == 0 {
                return None;
            }
            let before = u32::from_le_bytes(*self.before.get(at / WORD)?);
            let row = before as usize + (word & (bit - 1)).count_ones() as usize;
            if u16::from_le_bytes(*self.fingerprints.get(row)?) == fingerprint(feature) {
                return Some(row);
            }
        }
        None
    }
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn slot(feature: u64, slots: usize) -> usize {
    (feature & 0xffff_ffff) as usize & (slots - 1)
}

fn fingerprint(feature: u64) -> u16 {
    (feature >> 50) as u16
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
            assert!(Weights::read(&changed).is_err(), "byte {at}");
            assert!(Weights::read(&bytes[..at]).is_err());
        }
    }
}
