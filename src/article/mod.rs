//! An article: one safe text, its blocks and links as spans into it, and what is known about it.
//!
//! Invariants: `text` holds no control character but `\n`; blocks are in order, do not overlap, lie on character
//! boundaries and are separated by `\n\n`; a block other than [`BlockKind::Preformatted`] holds no `\n`, so a
//! paragraph is one line however its file wrapped it.

pub mod counts;
pub mod import;
mod seeds;
pub mod sort;

pub use seeds::seeds;

use crate::text::{Span, safe};

/// Words that an adult reads in a minute (the mean over studies of silent reading of English is 238).
const WORDS_PER_MINUTE: usize = 230;
/// Digits of the number of a list's item at most, as in Markdown.
const LONGEST_NUMBER: usize = 9;

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

impl Block {
    /// The number that an item of a list begins with, the blank behind it included ("3. ", "3) "): it takes the place
    /// of a bullet. `text` is that of the article.
    #[must_use]
    pub fn number(self, text: &str) -> Option<Span> {
        let item = Some(self.span.of(text)).filter(|_| self.kind == BlockKind::ListItem)?;
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        let behind = item.get(digits..).filter(|_| (1..=LONGEST_NUMBER).contains(&digits))?;
        let parted = behind.starts_with(". ") || behind.starts_with(") ");
        parted.then(|| Span::new(self.span.start, self.span.start + digits + 2))
    }
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
    /// An item of a list; its text includes its number ([`Block::number`]), but no bullet.
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
    /// Whether `title` is cut from the lead: a name for lists, nothing that its author called it.
    pub untitled: bool,
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

    /// The number of words. Of scripts without blanks between words, two characters count as one.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text.split_whitespace().map(words_in).sum()
    }

    /// Minutes it takes to read, at least one where there is anything to read.
    #[must_use]
    pub fn minutes(&self) -> usize {
        self.words().div_ceil(WORDS_PER_MINUTE)
    }

    /// The first invariant of an article that this one breaks, for tests and fuzzing.
    #[must_use]
    pub fn flaw(&self) -> Option<&'static str> {
        let mut end = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            let text = block.span.of(&self.text);
            let gap = self.text.get(end..block.span.start).unwrap_or("?");
            let kept = block.kind == BlockKind::Preformatted;
            if text.trim().is_empty() {
                return Some("a block is blank or off a character boundary");
            } else if gap != if index == 0 { "" } else { "\n\n" } {
                return Some("blocks are not parted by exactly one empty line");
            } else if text.trim_end() != text || (!kept && text.trim_start() != text) {
                return Some("a block has white space at its edges");
            } else if !kept && text.contains('\n') {
                return Some("a block has a line end inside");
            } else if block.kind == BlockKind::Title && index > 0 {
                return Some("a title is not the first block");
            }
            end = block.span.end;
        }
        let meta = [&self.meta.byline, &self.meta.source, &self.meta.url, &self.meta.licence];
        let lines = meta.into_iter().flatten().chain(self.links.iter().map(|link| &link.url));
        if end != self.text.len() {
            Some("text behind the last block")
        } else if !self.text.chars().all(|c| c == '\n' || safe::is_safe(c)) {
            Some("a character that is not safe")
        } else if self.meta.title.is_empty() != self.text.is_empty() && !self.text.is_empty() {
            Some("a text without a title")
        } else if safe::line(&self.meta.title) != self.meta.title
            || lines.into_iter().any(|line| line.is_empty() || safe::line(line) != *line)
        {
            Some("metadata that is not one safe line")
        } else {
            self.link_flaw()
        }
    }

    fn link_flaw(&self) -> Option<&'static str> {
        let mut end = 0;
        for link in &self.links {
            let block = self.blocks.partition_point(|block| block.span.end < link.span.end);
            let inside = self.blocks.get(block).is_some_and(|block| block.span.covers(link.span));
            if link.span.start < end || link.span.of(&self.text).is_empty() || !inside {
                return Some("a link is out of order, empty or not within a block");
            }
            end = link.span.end;
        }
        None
    }
}

/// Words in a text without white space.
fn words_in(text: &str) -> usize {
    if text.is_ascii() {
        return 1;
    }
    let unspaced = |c: &char| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    text.chars().filter(unspaced).count().div_ceil(2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        Article { text: text.to_owned(), ..Article::default() }
    }

    #[test]
    fn reading_time_is_rounded_up() {
        assert_eq!(article("").minutes(), 0);
        assert_eq!(article("One word and more").minutes(), 1);
        assert_eq!(article(&"word ".repeat(383)).minutes(), 2);
    }

    #[test]
    fn scripts_without_blanks_have_words_too() {
        assert_eq!(article("one two three").words(), 3);
        assert_eq!(article("l’été dernier").words(), 2);
        assert_eq!(article("首相は記者会見で述べた").words(), 6);
    }

    #[test]
    fn items_may_begin_with_a_number() {
        let number = |kind, text: &str| {
            let whole = format!("Before\n\n{text}");
            let block = Block { kind, span: Span::new(8, whole.len()), depth: 1 };
            block.number(&whole).map(|span| span.of(&whole).to_owned())
        };
        assert_eq!(number(BlockKind::ListItem, "3. Go").as_deref(), Some("3. "));
        assert_eq!(number(BlockKind::ListItem, "120) Go").as_deref(), Some("120) "));
        for text in ["Go", "3", "3.5 million", "3.", ". Go", "1234567890. Go"] {
            assert_eq!(number(BlockKind::ListItem, text), None, "{text}");
        }
        assert_eq!(number(BlockKind::Paragraph, "3. Go"), None);
    }

    #[test]
    fn a_flaw_is_named() {
        let mut broken = article("One\n\nTwo");
        broken.meta.title = "One".to_owned();
        let paragraph = |start, end| Block { kind: BlockKind::Paragraph, span: Span::new(start, end), depth: 0 };
        broken.blocks = vec![paragraph(0, 3), paragraph(5, 8)];
        assert_eq!(broken.flaw(), None);
        for blocks in [vec![paragraph(0, 3)], vec![paragraph(0, 8)], vec![paragraph(0, 3), paragraph(4, 8)]] {
            assert!(Article { blocks, ..broken.clone() }.flaw().is_some());
        }
        assert!(Article { meta: Meta::default(), ..broken.clone() }.flaw().is_some());
        assert!(Article { text: "One\n\nT\u{202E}o".to_owned(), ..broken }.flaw().is_some());
    }
}
