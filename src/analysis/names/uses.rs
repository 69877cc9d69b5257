//! How an article writes each of its words: the evidence that a capital at the start of a sentence lacks.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::analysis::token::{Document, Shape, Word};

/// Passes on what is a hash already.
#[derive(Default)]
pub struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map from words, or anything else that is a hash already.
pub type WordMap<T> = HashMap<Word, T, BuildHasherDefault<Unhashed>>;

/// How often a word is written which way, headings aside.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// In lower case.
    pub lower: u32,
    /// Capitalised inside a sentence, where only names are.
    pub inside: u32,
}

/// The uses of every word of `document`.
pub fn count(document: &Document<'_>) -> WordMap<Use> {
    let mut uses: WordMap<Use> = WordMap::default();
    for paragraph in document.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
        for at in paragraph.first as usize..paragraph.end as usize {
            let Some(token) = document.tokens.get(at).filter(|token| token.is_word()) else { continue };
            if !token.is_capitalised() {
                uses.entry(token.word).or_default().lower += 1;
            } else if !starts_sentence(document, at) {
                uses.entry(token.word).or_default().inside += 1;
            }
        }
    }
    uses
}

/// Whether the token at `at` is capitalised for its place: first of its sentence, or after a mark that opens one.
pub fn starts_sentence(document: &Document<'_>, at: usize) -> bool {
    let shape = document.shape_at(at);
    if shape.has(Shape::FIRST) || at == 0 {
        return true;
    }
    let before = document.shape_at(at - 1);
    before.has(Shape::QUOTE_MARK)
        || document.text_of(at - 1) == ":"
        || (before.has(Shape::FIRST) && before.has(Shape::PUNCTUATION))
}
