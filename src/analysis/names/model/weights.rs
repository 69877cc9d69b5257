//! The trained weights, read in place from the bytes they are shipped as.
//!
//! The format, little endian: a header of 32 bytes (name, versions, numbers of slots and rows, checksum of the rest), the
//! weights of pairs of tags (two tables of `TAGS` × `TAGS` `i16`, for the first and the second pass), the slots (a power of
//! two of `u16`: the upper 14 bits of a feature, and the highest bit to tell it from an empty slot), for each `GROUP` of
//! slots how many before it are taken (`u32`), and the rows ([`ROW`] bytes each, an `i8` a tag) in the order of their slots.
//! A feature's slot is found by its lower half and linear probing; most features that are looked for have no row, and the
//! few bytes of their slots tell so.
//!
//! A file with another magic, format, feature version, length or checksum is refused as a whole.

use crate::analysis::names::tags::TAGS;

use super::features;

/// Bytes a row takes: one a tag, filled up so that a row is three steps of eight.
pub const ROW: usize = 24;

/// So many features are looked up together.
const BATCH: usize = 16;

/// So many slots are counted together.
const GROUP: usize = 16;

/// Tells a slot that is taken from an empty one.
const TAKEN: u16 = 1 << 15;

const MAGIC: &[u8; 8] = b"pqnames\n";
const FORMAT: u32 = 2;
const HEADER: usize = 32;
const PAIRS: usize = TAGS * TAGS * 2;

/// Scores of the tags of one token, in units of the model's own.
pub type Scores = [i16; ROW];

/// The weights of a model.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    slots: &'a [[[u8; 2]; GROUP]],
    before: &'a [[u8; 4]],
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
        let groups = slots / GROUP;
        let size =
            groups.saturating_mul(2 * GROUP + 4).saturating_add(rows.saturating_mul(ROW)).saturating_add(2 * PAIRS);
        let whole = slots.is_power_of_two() && groups > 0 && rest.len() == size;
        if !whole || checksum != Some(xxhash_rust::xxh3::xxh3_64(rest)) {
            return Err(Refused::Damaged);
        }
        let (pairs, rest) = rest.split_at(2 * PAIRS);
        let (slots, rest) = rest.split_at(groups * 2 * GROUP);
        let (before, rows) = rest.split_at(groups * 4);
        let mut read = [[[0; TAGS]; TAGS]; 2];
        for (weight, bytes) in read.iter_mut().flatten().flatten().zip(pairs.chunks_exact(2)) {
            if let &[a, b] = bytes {
                *weight = i16::from_le_bytes([a, b]);
            }
        }
        Ok(Self {
            slots: slots.as_chunks().0.as_chunks().0,
            before: before.as_chunks().0,
            rows: rows.as_chunks().0,
            pairs: read,
        })
    }

    /// The bytes of a model of these pairs of tags and rows of features; the inverse of [`Weights::read`].
    #[must_use]
    pub fn write(pairs: &[[[i16; TAGS]; TAGS]; 2], features: &[(u64, [i8; TAGS])]) -> Vec<u8> {
        let slots = (features.len() * 2).next_power_of_two().max(GROUP);
        let mut table = vec![None; slots];
        for (feature, row) in features {
            let around = (0..slots).map(|step| (slot(*feature, slots) + step) & (slots - 1));
            let free = around.into_iter().find(|at| table.get(*at) == Some(&None));
            if let Some(place) = free.and_then(|at| table.get_mut(at)) {
                *place = Some((feature, row));
            }
        }
        let mut rest: Vec<u8> = pairs.iter().flatten().flatten().flat_map(|weight| weight.to_le_bytes()).collect();
        let filled = |place: &Option<(&u64, _)>| place.map_or(0, |(feature, _)| fingerprint(*feature));
        rest.extend(table.iter().flat_map(|place| filled(place).to_le_bytes()));
        let mut before = 0;
        for group in table.chunks(GROUP) {
            rest.extend(u32_of(before).to_le_bytes());
            before += group.iter().flatten().count();
        }
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

    /// Adds the weights of all `features` to `scores`. Their slots are read before any is looked at, and their rows before
    /// any is added, so that the memory is waited for once and not for each.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        const NONE: [u8; ROW] = [0; ROW];
        for batch in features.chunks(BATCH) {
            let mut found = [0; BATCH];
            for (found, feature) in found.iter_mut().zip(batch) {
                *found = self.slot(self.first(*feature));
            }
            let mut rows = [&NONE; BATCH];
            for ((row, found), feature) in rows.iter_mut().zip(found).zip(batch) {
                if found == fingerprint(*feature) {
                    *row = self.row(self.first(*feature)).unwrap_or(&NONE);
                } else if found != 0 {
                    *row = self.further(*feature).unwrap_or(&NONE);
                }
            }
            for row in rows.iter().take(batch.len()) {
                for (score, weight) in scores.iter_mut().zip(*row) {
                    *score = score.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
        }
    }

    /// The first slot of `feature`.
    const fn first(&self, feature: u64) -> usize {
        slot(feature, self.slots.len() * GROUP)
    }

    /// The row of `feature` past its first slot.
    fn further(&self, feature: u64) -> Option<&[u8; ROW]> {
        let slots = self.slots.len() * GROUP;
        let mut ahead = (1..slots).map(|step| (self.first(feature) + step) & (slots - 1));
        let at = ahead.find(|at| matches!(self.slot(*at), found if found == 0 || found == fingerprint(feature)))?;
        if self.slot(at) == 0 { None } else { self.row(at) }
    }

    fn slot(&self, at: usize) -> u16 {
        let slot = self.slots.as_flattened().get(at);
        slot.map_or(0, |slot| u16::from_le_bytes(*slot))
    }

    /// The row that belongs to the taken slot `at`.
    fn row(&self, at: usize) -> Option<&[u8; ROW]> {
        let before = u32::from_le_bytes(*self.before.get(at / GROUP)?) as usize;
        let group = self.slots.get(at / GROUP)?.iter().zip(0..);
        let within = group.map(|(slot, place)| usize::from(*slot != [0, 0] && place < at % GROUP)).sum::<usize>();
        self.rows.get(before + within)
    }
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

const fn slot(feature: u64, slots: usize) -> usize {
    (feature & 0xffff_ffff) as usize & (slots - 1)
}

/// What a slot that `feature` takes holds.
const fn fingerprint(feature: u64) -> u16 {
    (feature >> 50) as u16 | TAKEN
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
