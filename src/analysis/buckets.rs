//! Hash tables from features to a few bytes each, read in place from the bytes they are shipped as.
//!
//! A table starts with a header (what its reader calls its kind, number of buckets, of bytes that follow the buckets;
//! little-endian). A bucket has room for [`ROOM`] features: first their checks, two bytes each, 0 where none is, then what
//! belongs to each. A feature's bucket and check come from its hash. All checks of a bucket are compared at once, which
//! compilers make one instruction of, so that a lookup has no jump that depends on what is found.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::syntax::features::Feature;

/// Features in a bucket.
pub const ROOM: usize = 8;

/// Bytes of the checks of a bucket.
const CHECKS: usize = 2 * ROOM;

/// Bytes before the first bucket.
const HEADER: usize = 12;

/// For each place in a bucket all bits set where the feature looked for is, else none.
pub type Hits = [i16; ROOM];

/// A table with `WIDTH` bytes for each feature.
#[derive(Clone, Debug, Default)]
pub struct Buckets<const WIDTH: usize> {
    bytes: Cow<'static, [u8]>,
    count: usize,
}

impl<const WIDTH: usize> Buckets<WIDTH> {
    const SIZE: usize = CHECKS + ROOM * WIDTH;

    /// Reads a table of this `kind` from the start of `bytes` and answers with what follows it; `None` where it does not
    /// fit.
    #[must_use]
    pub fn read(bytes: &'static [u8], kind: usize) -> Option<(Self, &'static [u8])> {
        let number = |at: usize| {
            let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(four)).ok()
        };
        let (found, count, rest) = (number(0)?, number(4)?, number(8)?);
        let end = HEADER.checked_add(count.checked_mul(Self::SIZE)?)?.checked_add(rest)?;
        if found != kind || count == 0 {
            return None;
        }
        Some((Self { bytes: Cow::Borrowed(bytes.get(..end)?), count }, bytes.get(end..)?))
    }

    /// An empty table of this `kind` for so many features: five on average share a bucket, so that of a hundred two or
    /// three find theirs full.
    #[must_use]
    pub fn empty(kind: usize, features: usize) -> Self {
        let count = features / 5 + 1;
        let mut bytes = Vec::with_capacity(HEADER + count * Self::SIZE);
        for number in [kind, count, 0] {
            bytes.extend(u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        bytes.resize(HEADER + count * Self::SIZE, 0);
        Self { bytes: Cow::Owned(bytes), count }
    }

    /// The bytes that [`Buckets::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes a place for `feature`; answers with what its bucket holds behind the checks, and the place there. `None` where
    /// the bucket is full, or has another feature of the same check.
    pub fn insert(&mut self, feature: Feature) -> Option<(&mut [u8], usize)> {
        let (at, check) = self.place(feature);
        let (checks, values) = self.bytes.to_mut().get_mut(at..at + Self::SIZE)?.split_first_chunk_mut::<CHECKS>()?;
        let (checks, _) = checks.as_chunks_mut();
        let check = check.to_le_bytes();
        if checks.contains(&check) {
            return None;
        }
        let place = checks.iter().position(|check| *check == [0, 0])?;
        *checks.get_mut(place)? = check;
        Some((values, place))
    }

    /// Puts `rest` behind the buckets.
    pub fn append(&mut self, rest: &[u8]) {
        let bytes = self.bytes.to_mut();
        bytes.extend_from_slice(rest);
        let length = u32::try_from(rest.len()).unwrap_or(0).to_le_bytes();
        if let Some(field) = bytes.get_mut(8..HEADER) {
            field.copy_from_slice(&length);
        }
    }

    /// What follows the buckets.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        self.bytes.get(HEADER + self.count * Self::SIZE..).unwrap_or_default()
    }

    /// Where in its bucket `feature` is, and what the bucket holds behind the checks.
    #[must_use]
    pub fn find(&self, feature: Feature) -> (Hits, &[u8]) {
        let (at, check) = self.place(feature);
        let bucket = self.bytes.get(at..at + Self::SIZE).and_then(<[u8]>::split_first_chunk::<CHECKS>);
        let (checks, values) = bucket.unwrap_or((&[0; CHECKS], &[]));
        let mut hits = [0; ROOM];
        for (hit, found) in hits.iter_mut().zip(checks.as_chunks().0) {
            *hit = -i16::from(u16::from_le_bytes(*found) == check);
        }
        (hits, values)
    }

    /// Where the bucket of a feature starts, and its check, never 0.
    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut, and a product of it brought into range")]
    const fn place(&self, feature: Feature) -> (usize, u16) {
        let mixed = (feature ^ (feature >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let bucket = ((mixed >> 32) * self.count as u64) >> 32;
        (HEADER + bucket as usize * Self::SIZE, (mixed as u16) | 1)
    }
}

impl Buckets<4> {
    /// Notes `number` for `feature`; says whether there was room.
    pub fn insert_number(&mut self, feature: Feature, number: u32) -> bool {
        let Some((values, place)) = self.insert(feature) else { return false };
        values.as_chunks_mut().0.iter_mut().skip(place).take(1).for_each(|value| *value = number.to_le_bytes());
        true
    }

    /// The number noted for `feature`, 0 for none.
    #[must_use]
    pub fn number(&self, feature: Feature) -> u32 {
        let (hits, values) = self.find(feature);
        let numbers = values.as_chunks().0.iter().map(|value| u32::from_le_bytes(*value));
        numbers.zip(hits).fold(0, |found, (number, hit)| found | number & i32::from(hit).cast_unsigned())
    }
}

/// The rows in the order to insert them: the one whose largest weight is largest first, equals as they come.
pub fn heaviest_first<const N: usize>(rows: &[(Feature, [i8; N])]) -> Vec<&(Feature, [i8; N])> {
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|(_, weights)| Reverse(weights.iter().map(|weight| weight.unsigned_abs()).max()));
    sorted
}
