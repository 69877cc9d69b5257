//! The articles that a new library opens with, embedded in the program.

/// Names and bytes of the bundled articles, in the order in which they are shown.
#[must_use]
pub fn seeds() -> Vec<(&'static str, &'static [u8])> {
    SEEDS.to_vec()
}

/// Every file of `seeds/*.txt`; a test keeps it complete.
const SEEDS: [(&str, &[u8]); 1] =
    [("000_176925febe755178.txt", include_bytes!("../../seeds/000_176925febe755178.txt"))];
