//! Part-of-speech tags, from left to right, by a linear model over the words around and the tags before.

use super::features::{Feature, Weights, best, start, suffix, with};
use super::labels::Tag;
use crate::analysis::token::{Document, Shape, word};

/// Features of one token.
pub type Features = [Feature; 20];

/// What is known of one token before its tag is.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    word: u64,
    suffix: u64,
    shape: u64,
}

/// Tags all tokens of `document`.
#[must_use]
pub fn tag(document: &Document<'_>, weights: &impl Weights<{ Tag::COUNT }>) -> Vec<Tag> {
    let mut tagger = Tagger::new(document);
    let mut tags = Vec::with_capacity(document.tokens.len());
    for _ in &document.tokens {
        let tag = tagger.certain().unwrap_or_else(|| {
            let scores = weights.scores(&tagger.features());
            Tag::ALL.get(best(&scores, |_| true)).copied().unwrap_or_default()
        });
        tags.push(tag);
        tagger.advance(tag);
    }
    tags
}

/// Goes over the tokens of a document, one at a time.
#[derive(Debug)]
pub struct Tagger<'a> {
    document: &'a Document<'a>,
    at: usize,
    /// The two tokens before, the token itself, and the two after.
    window: [Look; 5],
    /// The tags before, the last one first.
    tags: [Tag; 2],
}

impl<'a> Tagger<'a> {
    /// Starts at the first token.
    #[must_use]
    pub fn new(document: &'a Document<'a>) -> Self {
        let mut tagger = Self { document, at: 0, window: [Look::default(); 5], tags: [Tag::Stop; 2] };
        tagger.window[2] = tagger.look(0);
        tagger.window[3] = tagger.look(1);
        tagger.window[4] = tagger.look(2);
        tagger
    }

    /// The tag of the token where its form alone decides.
    #[must_use]
    pub fn certain(&self) -> Option<Tag> {
        let shape = self.document.shape_at(self.at);
        if shape.has(Shape::POSSESSIVE) {
            return None;
        }
        if !shape.has(Shape::PUNCTUATION) {
            return (self.document.word_at(self.at) == word("to")).then_some(Tag::To);
        }
        let text = self.document.text_of(self.at);
        Some(match text.chars().next()? {
            ',' => Tag::Comma,
            '.' | '!' | '?' if text.len() == 1 => Tag::Stop,
            ':' | ';' | '-' | '–' | '—' | '…' | '.' => Tag::Colon,
            '(' | ')' | '[' | ']' | '{' | '}' => Tag::Bracket,
            _ if shape.has(Shape::QUOTE_MARK) => Tag::Quote,
            _ => return None,
        })
    }

    /// Steps to the next token after this one got `tag`.
    pub fn advance(&mut self, tag: Tag) {
        self.at += 1;
        self.tags = [tag, self.tags[0]];
        self.window.rotate_left(1);
        self.window[4] = self.look(self.at + 2);
    }

    fn look(&self, index: usize) -> Look {
        let Some(token) = self.document.tokens.get(index) else { return Look::default() };
        let text = token.span.of(self.document.text);
        let kept = Shape::CAPITALISED
            .with(Shape::ALL_CAPS)
            .with(Shape::INNER_CAPITAL)
            .with(Shape::DIGITS)
            .with(Shape::NUMBER)
            .with(Shape::PUNCTUATION)
            .with(Shape::FIRST)
            .with(Shape::ABBREVIATED)
            .with(Shape::POSSESSIVE)
            .with(Shape::ADDRESS);
        let hyphen = u64::from(text.contains('-')) << 16;
        let shape = u64::from(token.shape.bits() & kept.bits()) | hyphen;
        Look { word: token.word, suffix: suffix(text, 3), shape }
    }

    /// The features of the token.
    #[must_use]
    pub fn features(&self) -> Features {
        let [w2, w1, here, n1, n2] = self.window;
        let [t1, t2] = self.tags.map(|tag| tag as u64);
        let text = self.document.text_of(self.at);
        let tags = with(start(0), t1 << 8 | t2);
        [
            start(1),
            with(start(2), here.word),
            with(start(3), here.suffix),
            with(start(4), suffix(text, 2)),
            with(start(5), suffix(text, 4)),
            with(start(6), here.shape),
            with(start(7), t1),
            tags,
            with(with(start(8), t1), here.word),
            with(start(9), w1.word),
            with(start(10), w2.word),
            with(start(11), n1.word),
            with(start(12), n2.word),
            with(start(13), n1.suffix),
            with(start(14), w1.suffix),
            with(with(start(15), n1.shape), here.shape),
            with(with(start(16), t1), n1.word),
            with(with(start(17), here.shape), here.suffix),
            with(with(start(18), here.word), n1.suffix),
            with(with(start(19), w1.word), here.suffix),
        ]
    }
}
