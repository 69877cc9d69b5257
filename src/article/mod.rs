//! An article: one safe text, its blocks and links as spans into it, and what is known about it.
//!
//! Invariants: `text` holds no control character but `\n`; blocks are in order, do not overlap, lie on character
//! boundaries and are separated by `\n\n`; a block other than [`BlockKind::Preformatted`] holds no `\n`, so a
//! paragraph is one line however its file wrapped it.

pub mod import;

use crate::text::Span;

/// A story, ready for analysis and layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Everything there is to read, headline included where the source has one.
    pub text: String,
    /// The parts of `text`, in order.
    pub blocks: Vec<Block>,
    /// Links in `text`, in order.
    pub links: Vec<Link>,
    /// What is known about the article.
    pub meta: Meta,
}

/// A part of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// Nesting of lists and quotations, 0 outside.
    pub depth: u8,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline of the article; at most one, and the first block.
    Title,
    /// A heading inside the article.
    Heading,
    /// Running text.
    Paragraph,
    /// A set-off quotation (`<blockquote>`, `>`).
    Quotation,
    /// An item of a list; its text does not include the bullet.
    ListItem,
    /// Text whose line ends and spaces are kept.
    Preformatted,
}

/// A link from a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words.
    pub span: Span,
    /// Where to, as the source gives it, made safe.
    pub url: String,
}

/// What is known about an article beside its text. All strings are safe, single lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline, or a title cut from the lead where there is none; never empty unless the text is.
    pub title: String,
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Under which terms it may be read and passed on.
    pub licence: Option<String>,
}

impl Article {
    /// A hash of the text that stays the same over versions and machines; positions are kept by it.
    #[must_use]
    pub fn content_id(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(self.text.as_bytes())
    }

    /// The number of words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}
