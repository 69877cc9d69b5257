//! A packed hash table from words and phrases to small numbers, looked up in place.
//!
//! The format, all little endian: how many different values there are (four bytes), these (four bytes each), then the
//! slots of six bytes: the upper half of a word's hash, and which value it has, counted from 1; 0 is an empty slot. The
//! lower half of the hash tells the slot, the next ones follow; three quarters of the slots are in use at most. Two
//! words that share the upper halves and meet are taken for one another: about once in 500 million look-ups.
//!
//! Shared with the build script, which makes the tables; so it stands on the standard library alone.

/// Bytes a slot takes.
const SLOT: usize = 6;
/// Bytes a value takes, and the number of them.
const VALUE: usize = 4;

/// The hash of a phrase: of its `start` with `word` appended.
pub const fn join(start: u64, word: u64) -> u64 {
    (start.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The value of the word with `hash` in `table`, 0 where there is none or the table is none.
pub fn get(table: &[u8], hash: u64) -> u32 {
    let Some((count, rest)) = table.split_first_chunk::<VALUE>() else { return 0 };
    let values = u32::from_le_bytes(*count) as usize * VALUE;
    let Some((values, slots)) = rest.split_at_checked(values) else { return 0 };
    let (values, slots) = (values.as_chunks::<VALUE>().0, slots.as_chunks::<SLOT>().0);
    let mut at = home(hash, slots.len());
    loop {
        let Some(&[a, b, c, d, e, f]) = slots.get(at) else { return 0 };
        let Some(value) = usize::from(u16::from_le_bytes([e, f])).checked_sub(1) else { return 0 };
        if u32::from_le_bytes([a, b, c, d]) == (hash >> 32) as u32 {
            return values.get(value).map_or(0, |value| u32::from_le_bytes(*value));
        }
        at = if at + 1 == slots.len() { 0 } else { at + 1 };
    }
}

/// The first of `slots` slots in which the word with `hash` may stand.
fn home(hash: u64, slots: usize) -> usize {
    (((hash & 0xffff_ffff) * slots as u64) >> 32) as usize
}

/// The table of `entries`, whose hashes must be different and whose values must not be 0.
///
/// # Errors
/// Where there are more different values than two bytes can count.
pub fn pack(entries: &std::collections::BTreeMap<u64, u32>) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let values: Vec<u32> = entries.values().copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let count = entries.len() * 4 / 3 + 1;
    let mut slots = vec![[0; SLOT]; count];
    for (hash, value) in entries {
        let mut at = home(*hash, count);
        while slots[at][4..] != [0, 0] {
            at = (at + 1) % count;
        }
        let value = u16::try_from(values.partition_point(|known| known < value) + 1)?;
        slots[at][..4].copy_from_slice(&((hash >> 32) as u32).to_le_bytes());
        slots[at][4..].copy_from_slice(&value.to_le_bytes());
    }
    let mut table = u32::try_from(values.len())?.to_le_bytes().to_vec();
    values.iter().for_each(|value| table.extend(value.to_le_bytes()));
    table.extend(slots.as_flattened());
    Ok(table)
}
