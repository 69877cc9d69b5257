//! A packed hash table from words and phrases to small numbers, looked up in place.
//!
//! The format: a power of two of slots, eight bytes each, little endian: the upper half of the word's hash, then the
//! value; an empty slot has value 0. A word's slot is found by the lower half of its hash and linear probing. At most
//! half of the slots are in use. Two words that share the upper halves and meet are taken for one another: with
//! 100,000 entries about once in two billion look-ups.
//!
//! Shared with the build script, which makes the tables; so it stands on the standard library alone.

/// Bytes a slot takes.
const SLOT: usize = 8;

/// The hash of a phrase: of its `start` with `word` appended.
pub const fn join(start: u64, word: u64) -> u64 {
    (start.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The value of the word with `hash` in `table`, 0 where there is none or the table is none.
pub fn get(table: &[u8], hash: u64) -> u32 {
    let slots = table.len() / SLOT;
    if slots == 0 {
        return 0;
    }
    let mut at = hash as usize & (slots - 1);
    loop {
        let Some(&[a, b, c, d, e, f, g, h]) = table.get(at * SLOT..(at + 1) * SLOT) else { return 0 };
        let value = u32::from_le_bytes([e, f, g, h]);
        if value == 0 || u32::from_le_bytes([a, b, c, d]) == (hash >> 32) as u32 {
            return value;
        }
        at = (at + 1) & (slots - 1);
    }
}

/// The table of `entries`, whose hashes must be different and whose values must not be 0.
pub fn pack(entries: &std::collections::BTreeMap<u64, u32>) -> Vec<u8> {
    let slots = (2 * entries.len()).next_power_of_two().max(2);
    let mut table = vec![0; slots * SLOT];
    for (hash, value) in entries {
        let mut at = *hash as usize & (slots - 1);
        while table[at * SLOT + 4..(at + 1) * SLOT] != [0; 4] {
            at = (at + 1) & (slots - 1);
        }
        table[at * SLOT..at * SLOT + 4].copy_from_slice(&((hash >> 32) as u32).to_le_bytes());
        table[at * SLOT + 4..(at + 1) * SLOT].copy_from_slice(&value.to_le_bytes());
    }
    table
}
