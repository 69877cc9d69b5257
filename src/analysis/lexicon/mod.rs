//! The word lists and weights that the steps look things up in.
//!
//! The lists of `assets/lists` are packed into a hash table when the program is built; nothing is read at start-up.

#[cfg_attr(not(test), expect(dead_code, reason = "the build script goes through the lists, the program only asks"))]
mod classes;
mod plain;
#[expect(dead_code, reason = "the build script packs, the program only looks up")]
mod table;

pub use classes::Classes;
pub use plain::plain;
pub use table::join;

use super::names::model::weights::Weights;
use super::token::{Document, Word};

/// Lists and weights, ready for use.
#[derive(Debug, Default)]
pub struct Lexicon {
    lists: &'static [u8],
    same: &'static [u8],
    names: Option<Weights<'static>>,
}

/// The longest entry of the lists, in tokens.
pub const LONGEST: usize = 6;

impl Lexicon {
    /// The lists and weights that come with the program (`assets/lists`, `assets/model`).
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            lists: include_bytes!(concat!(env!("OUT_DIR"), "/lists.bin")),
            same: include_bytes!(concat!(env!("OUT_DIR"), "/same.bin")),
            names: Weights::read(include_bytes!("../../../assets/model/names.bin")).ok(),
        }
    }

    /// The weights that find names; `None` where names are found by rules alone.
    #[must_use]
    pub fn names(&self) -> Option<&Weights<'static>> {
        self.names.as_ref()
    }

    /// The lists alone, without weights.
    #[must_use]
    pub fn without_weights(self) -> Self {
        Self { names: None, ..self }
    }

    /// The classes of a single word, in any case.
    #[must_use]
    pub fn classes(&self, word: Word) -> Classes {
        Classes(table::get(self.lists, word))
    }

    /// A number that all names of one well-known thing share ("US", "United States"), 0 for any other name.
    #[must_use]
    pub fn family(&self, words: impl IntoIterator<Item = Word>) -> u32 {
        words.into_iter().reduce(table::join).map_or(0, |phrase| table::get(self.same, phrase))
    }

    /// Whether one of the given names is short for the other ("Bill", "William").
    #[must_use]
    pub fn is_nickname(&self, one: Word, other: Word) -> bool {
        let known = |short, long| self.classes(table::join(short, long)).any(Classes::NICKNAME);
        known(one, other) || known(other, one)
    }

    /// The longest entry of two or more words that starts with the token at `first`: its length in tokens and its
    /// classes.
    #[must_use]
    pub fn phrase(&self, document: &Document<'_>, first: usize) -> Option<(usize, Classes)> {
        let mut hash = document.word_at(first);
        let mut longest = None;
        for length in 2..=LONGEST {
            if !self.classes(hash).any(Classes::PREFIX) {
                break;
            }
            hash = table::join(hash, document.tokens.get(first + length - 1)?.word);
            let classes = self.classes(hash);
            if classes.without(Classes::PREFIX.with(Classes::NICKNAME)) != Classes::default() {
                longest = Some((length, classes));
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::token::word;

    #[test]
    fn words_have_the_classes_of_their_lists() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.classes(word("caroline")).any(Classes::GIVEN_FEMALE));
        assert!(lexicon.classes(word("ukraine")).any(Classes::COUNTRY));
        assert!(lexicon.classes(word("the")).any(Classes::FUNCTION));
        assert_eq!(lexicon.classes(word("xyzzyq")), Classes::default());
        assert_eq!(Lexicon::default().classes(word("the")), Classes::default());
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let lexicon = Lexicon::embedded();
        let document = Document::new("Papua New Guinea and United States of America, New");
        let (length, classes) = lexicon.phrase(&document, 0).expect("a country");
        assert!(length == 3 && classes.any(Classes::COUNTRY));
        assert_eq!(lexicon.phrase(&document, 4).map(|(length, _)| length), Some(4));
        assert_eq!(lexicon.phrase(&document, 9), None);
    }

    #[test]
    fn every_line_of_the_lists_is_cut_as_a_text_is() {
        let mut wrong = Vec::new();
        for (name, _) in classes::LISTS {
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lists").join(name);
            let lines = std::fs::read_to_string(file.with_extension("txt")).expect("a list");
            for line in lines.lines() {
                let text = line.replace(" '", "'");
                let document = Document::new(&text);
                let tokens: Vec<&str> = (0..document.tokens.len()).map(|at| document.text_of(at)).collect();
                if tokens.join(" ") != line || !(1..=LONGEST).contains(&tokens.len()) {
                    wrong.push(format!("{name}: {line}"));
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}
