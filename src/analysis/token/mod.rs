//! A text cut into paragraphs, sentences and tokens, with exact spans, in one linear pass each.
//!
//! Units: spans are bytes into the text; token, sentence and paragraph positions are indexes into the three lists of
//! [`Document`]. A paragraph is a line that holds more than white space. A token never crosses a sentence, a sentence
//! never crosses a paragraph, and every character that is not white space lies in exactly one token, in order.
//!
//! No token owns a string: [`Token::word`] is a hash of the lower-cased form, so a list of words is a set of numbers
//! and [`word`] makes the number of a literal while compiling. Texts of more than 4 GiB are cut there (indexes are
//! `u32`).

mod chars;
mod scan;
mod sentences;
#[cfg(test)]
mod tests;

use crate::text::Span;

/// A word without its case: the hash of its lower-cased form, with `’` as `'`.
pub type Word = u64;

/// The [`Word`] of `lower`, which must be in lower case already and hold `'` for any apostrophe.
#[must_use]
pub const fn word(lower: &str) -> Word {
    xxhash_rust::const_xxh3::xxh3_64(lower.as_bytes())
}

/// The [`Word`] of any text, as the tokens have it (slower than [`Token::word`], which is already made).
#[must_use]
pub fn word_of(text: &str) -> Word {
    scan::Hasher::default().word(text)
}

/// A text with its paragraphs, sentences and tokens.
#[derive(Clone, Debug, Default)]
pub struct Document<'t> {
    /// The text that every span points into.
    pub text: &'t str,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; each holds at least one token.
    pub sentences: Vec<Sentence>,
    /// All paragraphs, in order; each holds at least one sentence.
    pub paragraphs: Vec<Paragraph>,
}

/// A word, number, mark or other indivisible piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub span: Span,
    /// What it says, without its case.
    pub word: Word,
    /// Index of its sentence.
    pub sentence: u32,
    /// What it looks like.
    pub shape: Shape,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
    /// Index of its paragraph.
    pub paragraph: u32,
}

/// A paragraph: one line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first token to its last.
    pub span: Span,
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
    /// Index of its first sentence.
    pub first_sentence: u32,
    /// One past the index of its last sentence.
    pub end_sentence: u32,
    /// Whether it is a headline or heading: short, not ended like a sentence, and set off from what follows.
    pub heading: bool,
}

/// What a token looks like: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shape(u16);

impl Shape {
    /// Holds a letter.
    pub const LETTERS: Self = Self(1);
    /// Its first letter is upper case.
    pub const CAPITALISED: Self = Self(1 << 1);
    /// All of its letters are upper case.
    pub const ALL_CAPS: Self = Self(1 << 2);
    /// An upper-case letter follows a lower-case one (`McDonald`, `iPhone`).
    pub const INNER_CAPITAL: Self = Self(1 << 3);
    /// Holds a digit.
    pub const DIGITS: Self = Self(1 << 4);
    /// Starts with a digit (`2020`, `1,991.5`, `5th`).
    pub const NUMBER: Self = Self(1 << 5);
    /// Holds neither letter nor digit.
    pub const PUNCTUATION: Self = Self(1 << 6);
    /// White space, or nothing at all, stands before it.
    pub const SPACED: Self = Self(1 << 7);
    /// The first token of its sentence.
    pub const FIRST: Self = Self(1 << 8);
    /// A quotation mark of any kind, apostrophes that stand alone included.
    pub const QUOTE_MARK: Self = Self(1 << 9);
    /// Ends in a full stop that belongs to it (`U.S.`, `Mr.`, `J.`).
    pub const ABBREVIATED: Self = Self(1 << 10);
    /// The ending `'s` of the word before it.
    pub const POSSESSIVE: Self = Self(1 << 11);
    /// A web or mail address, `@handle` or `#tag`.
    pub const ADDRESS: Self = Self(1 << 12);
    /// Holds a character outside ASCII.
    pub const NON_ASCII: Self = Self(1 << 13);
    /// `.`, `!`, `?`, an ellipsis or the like.
    pub const TERMINATOR: Self = Self(1 << 14);

    /// Whether all of `flags` are set.
    #[must_use]
    pub const fn has(self, flags: Self) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// Whether any of `flags` is set.
    #[must_use]
    pub const fn any(self, flags: Self) -> bool {
        self.0 & flags.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, flags: Self) -> Self {
        Self(self.0 | flags.0)
    }

    /// The set as a number, for use in features.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }
}

impl Token {
    /// Whether its first letter is upper case.
    #[must_use]
    pub const fn is_capitalised(&self) -> bool {
        self.shape.has(Shape::CAPITALISED)
    }

    /// Whether it holds neither letter nor digit.
    #[must_use]
    pub const fn is_punctuation(&self) -> bool {
        self.shape.has(Shape::PUNCTUATION)
    }

    /// Whether it holds a letter.
    #[must_use]
    pub const fn is_word(&self) -> bool {
        self.shape.has(Shape::LETTERS)
    }
}

impl<'t> Document<'t> {
    /// Cuts `text`, which may be any text at all.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut document = Self { text, ..Self::default() };
        scan::scan(&mut document);
        document
    }

    /// The text of the token at `index`, empty where there is none.
    #[must_use]
    pub fn text_of(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// The [`Word`] of the token at `index`, 0 where there is none.
    #[must_use]
    pub fn word_at(&self, index: usize) -> Word {
        self.tokens.get(index).map_or(0, |token| token.word)
    }

    /// The shape of the token at `index`, no flag set where there is none.
    #[must_use]
    pub fn shape_at(&self, index: usize) -> Shape {
        self.tokens.get(index).map_or(Shape::default(), |token| token.shape)
    }

    /// The span from token `first` up to, not including, token `end`; empty where there is none.
    #[must_use]
    pub fn span_of(&self, first: usize, end: usize) -> Span {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(a), Some(b)) if first < end => Span::new(a.span.start, b.span.end),
            _ => Span::default(),
        }
    }

    /// Index of the first token that ends after the byte `offset` (the one that holds it, or the next one).
    #[must_use]
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }

    /// The sentence that holds the token at `index`.
    #[must_use]
    pub fn sentence_of(&self, index: usize) -> Option<&Sentence> {
        self.tokens.get(index).and_then(|token| self.sentences.get(token.sentence as usize))
    }

    /// The paragraph that holds the token at `index`.
    #[must_use]
    pub fn paragraph_of(&self, index: usize) -> Option<&Paragraph> {
        self.sentence_of(index).and_then(|sentence| self.paragraphs.get(sentence.paragraph as usize))
    }
}
