//! The parts of a person's name: what is compared when two mentions may be one person.

use crate::analysis::lexicon::{Classes, Lexicon, join, plain};
use crate::analysis::names::Name;
use crate::analysis::token::{Document, Shape, Word, word_of};

/// At most so many parts of a name count.
const PARTS: usize = 6;

/// A person's name without particles, suffix and marks: `Mohammed bin Salman` has two parts, `Jean-Claude Juncker` too.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    words: [Word; PARTS],
    /// The first letter of each part, in lower case.
    letters: [char; PARTS],
    /// Whether a part is an initial.
    initials: [bool; PARTS],
    /// How many parts there are.
    pub count: usize,
    /// `Jr.`, `II`: two people that differ here are different.
    suffix: Word,
    /// The nickname in marks or brackets, 0 where there is none.
    aside: Word,
    /// The token of the first part.
    pub first_at: usize,
    /// The token of the last part.
    pub at: usize,
}

impl Parts {
    /// The parts of `name`.
    pub fn of(document: &Document<'_>, name: &Name, lexicon: &Lexicon) -> Self {
        let mut parts = Self::default();
        let (first, end) = (name.first as usize, name.end as usize);
        let mut joined = false;
        // A nickname in marks or brackets is no part.
        let mut aside = false;
        for at in first..end {
            let shape = document.shape_at(at);
            let text = document.text_of(at);
            if shape.has(Shape::PUNCTUATION) {
                let mark = shape.has(Shape::QUOTE_MARK) && text.len() != 1 || text == "\"";
                aside = if mark || matches!(text, "(" | ")") { !aside } else { aside };
                joined = text == "-" && !shape.has(Shape::SPACED);
                continue;
            }
            let classes = lexicon.classes(document.word_at(at));
            if aside && parts.aside == 0 {
                parts.aside = plain_word(document, at);
            }
            if aside || shape.has(Shape::POSSESSIVE) {
                continue;
            }
            if classes.any(Classes::SUFFIX) && at > first && at + 1 == end {
                parts.suffix = document.word_at(at);
                continue;
            }
            let particle =
                classes.any(Classes::PARTICLE) && text.chars().count() > 1 && !text.ends_with('.') && at + 1 < end;
            let leading = (at..end - 1).all(|at| lexicon.classes(document.word_at(at)).any(Classes::PARTICLE));
            if particle && !joined && (at > first || !shape.has(Shape::CAPITALISED) || leading) {
                continue;
            }
            parts.at = at;
            if parts.count == 0 {
                parts.first_at = at;
            }
            parts.push(plain_word(document, at), text, joined);
            joined = false;
        }
        parts
    }

    fn push(&mut self, word: Word, text: &str, joined: bool) {
        if joined && self.count > 0 {
            if let Some(last) = self.words.get_mut(self.count - 1) {
                *last = join(*last, word);
            }
            return;
        }
        let first = text.chars().next().unwrap_or(' ');
        let (Some(word_at), Some(letter), Some(initial)) =
            (self.words.get_mut(self.count), self.letters.get_mut(self.count), self.initials.get_mut(self.count))
        else {
            return;
        };
        *word_at = word;
        *letter = first.to_lowercase().next().unwrap_or(first);
        *initial = text.trim_end_matches('.').chars().count() == 1
            || (text.contains('.') && text.chars().all(|c| c == '.' || c.is_uppercase()));
        self.count += 1;
    }

    /// The words of the parts, the family name (as far as the order shows) last.
    pub fn words(&self) -> &[Word] {
        self.words.get(..self.count).unwrap_or_default()
    }

    /// The last part.
    pub fn last(&self) -> Word {
        self.words().last().copied().unwrap_or_default()
    }

    /// The first part.
    pub fn first(&self) -> Word {
        self.words().first().copied().unwrap_or_default()
    }

    /// Whether the single part `letters` has the initials of the name: `WSS` of `William S. Saturn`.
    pub fn has_initials(&self, letters: &str) -> bool {
        let own = self.letters.iter().take(self.count).copied();
        self.count > 1 && own.eq(letters.chars().map(|c| c.to_lowercase().next().unwrap_or(c)))
    }

    /// Whether both, of two or more parts each, can name one person.
    pub fn agree(&self, other: &Self, lexicon: &Lexicon) -> bool {
        if self.suffix != 0 && other.suffix != 0 && self.suffix != other.suffix {
            return false;
        }
        let (short, long) = if self.count <= other.count { (self, other) } else { (other, self) };
        // "Mohammed bin Salman" starts "Mohammed bin Salman Al Saud".
        if long.words().starts_with(short.words()) {
            return true;
        }
        if self.last() != other.last() {
            return false;
        }
        let given = |parts: &Self| parts.letters.first().copied().zip(parts.initials.first().copied());
        let same_letter = given(self).map(|(letter, _)| letter) == given(other).map(|(letter, _)| letter);
        let initial =
            given(self).is_some_and(|(_, initial)| initial) || given(other).is_some_and(|(_, initial)| initial);
        self.first() == other.first()
            || (self.aside != 0 && self.aside == other.first())
            || (other.aside != 0 && other.aside == self.first())
            || (initial && same_letter)
            || lexicon.is_nickname(self.first(), other.first())
            || long.words().iter().rev().skip(1).any(|word| *word == short.first())
    }
}

/// The word at `at` without accents, and without an Arabic article.
pub fn plain_word(document: &Document<'_>, at: usize) -> Word {
    let text = document.text_of(at);
    let bare = ["al-", "el-", "Al-", "El-", "al‑", "Al‑"]
        .iter()
        .find_map(|article| text.strip_prefix(article))
        .unwrap_or(text);
    if bare.is_ascii() {
        return if bare.len() == text.len() { document.word_at(at) } else { word_of(bare) };
    }
    word_of(&plain(bare))
}

/// Whether two full names are one but for a letter of the family name: `Osama bin Laden`, `Osama bin Ladin`.
pub fn misspelt(document: &Document<'_>, one: &Parts, other: &Parts) -> bool {
    one.first() == other.first()
        && one.count == other.count
        && is_spelt_alike(document.text_of(one.at), document.text_of(other.at))
}

/// Whether two words of five letters or more that begin alike differ in one letter: another one, or one more.
pub fn is_spelt_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 5 || long.len() - short.len() > 2 || short.chars().next() != long.chars().next() {
        return false;
    }
    let mut left = short.chars().peekable();
    let mut right = long.chars().peekable();
    while left.next_if(|c| right.peek() == Some(c)).is_some() {
        right.next();
    }
    let (left, right): (String, String) = (left.collect(), right.collect());
    let behind = |rest: &str| rest.chars().skip(1).collect::<String>();
    behind(&right) == left && !right.is_empty() || behind(&left) == behind(&right) && !left.is_empty()
}
