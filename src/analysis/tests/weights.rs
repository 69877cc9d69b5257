//! The weights that come with the program are whole, and others than these are refused: a wrong file would give poor
//! answers without a word, since the engine does without what it cannot read.

use super::*;
use crate::analysis::names::model::weights::Weights;

const ATTRIBUTIONS: &[u8] = include_bytes!("../../../assets/model/attributions.bin");
const SYNTAX: &[u8] = include_bytes!("../../../assets/model/syntax.bin");
const NAMES: &[u8] = include_bytes!("../../../assets/model/names.bin");

/// Whether each file is read.
type Reads = fn(&'static [u8]) -> bool;

const FILES: [(&str, &[u8], Reads); 3] = [
    ("attributions.bin", ATTRIBUTIONS, |bytes| attributions::Model::read(bytes).is_some()),
    ("syntax.bin", SYNTAX, |bytes| syntax::Model::read(bytes).is_some()),
    ("names.bin", NAMES, |bytes| Weights::read(bytes).is_ok()),
];

#[test]
fn the_weights_and_lists_that_come_with_the_program_are_whole() {
    for (name, bytes, reads) in FILES {
        assert!(reads(bytes), "{name}");
    }
    assert!(Lexicon::embedded().names().is_some());
    assert!(verbs::Verbs::embedded().get(token::word("said")).is_some());
}

#[test]
fn weights_that_are_cut_off_or_of_another_kind_are_refused() {
    for (name, bytes, reads) in FILES {
        for cut in [0, 1, 8, 30, 64, 1000, bytes.len() / 2, bytes.len() - 1] {
            assert!(!reads(&bytes[..cut]), "{name}, {cut} bytes of {}", bytes.len());
        }
        assert!(!reads(&bytes[1..]), "{name} without its first byte");
        for (other, bytes, _) in FILES {
            assert!(other == name || !reads(bytes), "{other} for {name}");
        }
    }
}

#[test]
fn weights_of_another_version_or_with_more_behind_them_are_refused() {
    for (name, bytes, reads) in FILES {
        let mut other = bytes.to_vec();
        other[0] ^= 1;
        assert!(!reads(other.leak()), "{name} of another kind");
        assert!(!reads([bytes, b"\0"].concat().leak()), "{name} with a byte more");
    }
}
