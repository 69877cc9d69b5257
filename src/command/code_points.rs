//! Byte offsets into a text as counts of Unicode code points, which is what other programs' strings are indexed by.
//!
//! One pass over the text, then any number of look-ups in constant time.

/// Bytes between two counts kept.
const STEP: usize = 64;

/// Counts for one text.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points that begin before byte `STEP * index`; empty where every code point is one byte.
    before: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for step in bytes.chunks(STEP) {
                before.push(count);
                count += beginning(step);
            }
            before.push(count);
        }
        Self { bytes, before }
    }

    /// Code points before byte `offset`; those of the whole text past its end.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        let Some(before) = self.before.get(offset / STEP) else { return offset };
        before + self.bytes.get(offset - offset % STEP..offset).map_or(0, beginning)
    }
}

/// How many code points begin in `bytes`: all bytes that continue none.
fn beginning(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_boundary_counts_the_characters_before_it(text in "(\\PC|[a-z \n]){0,300}") {
            let counts = CodePoints::new(&text);
            for (number, (offset, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(counts.at(offset), number);
            }
            prop_assert_eq!(counts.at(text.len()), text.chars().count());
            prop_assert_eq!(counts.at(usize::MAX), text.chars().count());
        }
    }
}
