//! Values stored with their hash, because SQLite keeps none: a changed byte is an error, never a strange value.
//!
//! A sealed blob is one byte of format version, eight bytes of hash over version and payload (little-endian), then
//! the payload as postcard writes it. A format that changes gets a new version and keeps a reader for the old one.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// Bytes before the payload.
const HEAD: usize = 9;

/// A value as it stands in a blob: made with [`Sealed::new`], opened with [`open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed(Vec<u8>);

/// Why a sealed blob was rejected.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is shorter than its head, or its hash does not match.
    Hash,
    /// Its version is not one we know.
    Version(u8),
    /// Its payload is no value of the type.
    Payload,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash => f.write_str("a stored value does not match its hash"),
            Self::Version(version) => write!(f, "a stored value has the unknown format {version}"),
            Self::Payload => f.write_str("a stored value cannot be read"),
        }
    }
}

impl std::error::Error for Broken {}

impl Sealed {
    /// Seals `value` in format `version`.
    pub(super) fn new<T: Serialize>(version: u8, value: &T) -> Self {
        let mut bytes = vec![0; HEAD];
        // Writing to a vector does not fail for types without maps of unknown length, which ours are.
        bytes = postcard::to_extend(value, bytes).unwrap_or_default();
        bytes.resize(bytes.len().max(HEAD), 0);
        let hash = hash(version, bytes.get(HEAD..).unwrap_or_default());
        if let Some(head) = bytes.get_mut(..HEAD) {
            head[0] = version;
            head[1..].copy_from_slice(&hash.to_le_bytes());
        }
        Self(bytes)
    }

    /// The sealed blob `bytes`, to be stored again without being opened.
    pub(super) fn from_stored(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The blob.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The value sealed in `bytes`, whose format must be `version`.
pub(super) fn open<'a, T: Deserialize<'a>>(version: u8, bytes: &'a [u8]) -> Result<T, Broken> {
    let (head, payload) = bytes.split_at_checked(HEAD).ok_or(Broken::Hash)?;
    let found = *head.first().ok_or(Broken::Hash)?;
    if head.get(1..) != Some(&hash(found, payload).to_le_bytes()) {
        return Err(Broken::Hash);
    }
    if found != version {
        return Err(Broken::Version(found));
    }
    postcard::from_bytes(payload).map_err(|_| Broken::Payload)
}

/// Like [`open`], for a column of a row.
pub(super) fn open_column<'a, T: Deserialize<'a>>(version: u8, value: ValueRef<'a>) -> FromSqlResult<T> {
    open(version, value.as_blob()?).map_err(FromSqlError::other)
}

/// A hash over strings that stand in columns of their own, for rows whose text other programs may want to read.
pub(super) fn over(parts: &[&str]) -> i64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for part in parts {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.digest().cast_signed()
}

fn hash(version: u8, payload: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(payload, u64::from(version))
}

impl ToSql for Sealed {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Sealed {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob().map(Self::from_stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_comes_back_and_any_changed_bit_is_noticed() {
        let value = (7_u32, "Leavitt".to_owned(), vec![1_u64, 300, 70_000]);
        let sealed = Sealed::new(3, &value);
        assert_eq!(open::<(u32, String, Vec<u64>)>(3, sealed.bytes()), Ok(value));
        for bit in 0..sealed.bytes().len() * 8 {
            let mut bytes = sealed.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(open::<(u32, String, Vec<u64>)>(3, &bytes).is_err(), "bit {bit}");
        }
        for length in 0..sealed.bytes().len() {
            assert!(open::<(u32, String, Vec<u64>)>(3, &sealed.bytes()[..length]).is_err(), "length {length}");
        }
    }

    #[test]
    fn another_format_is_told_from_damage() {
        let sealed = Sealed::new(1, &5_u8);
        assert_eq!(open::<u8>(2, sealed.bytes()), Err(Broken::Version(1)));
    }

    #[test]
    fn strings_moved_from_one_column_to_the_next_change_the_hash() {
        assert_ne!(over(&["ab", "c"]), over(&["a", "bc"]));
    }
}
