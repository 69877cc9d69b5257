//! An article while it is written: the one place that keeps the invariants of [`Article`], whatever the source.
//!
//! Two kinds of sources write here. One has its whole text safe already and names each piece by its offset there, so
//! that the article's text leads back to it (plain text). The other brings a block at a time, not yet safe, with
//! links as ranges into that block (markup).

use std::ops::Range;

use crate::article::{Article, Block, BlockKind, Link, Meta};
use crate::text::{OffsetMap, SafeText, Span, safe, width};

use super::lead;

/// Bytes of a headline at most; anything longer is a paragraph that was marked up as one.
const LONGEST_TITLE: usize = 600;
/// Columns of a title or name in the metadata at most.
const LONGEST_FIELD: usize = 300;
/// Bytes of an address at most: what browsers take.
const LONGEST_URL: usize = 2048;

/// A piece of a source whose text is safe, with its offset there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// An article that is being written.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    blocks: Vec<Block>,
    links: Vec<Link>,
    /// From the text to the source.
    origin: OffsetMap,
    /// Bytes of blocks brought so far, where the source is not one safe text.
    brought: usize,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Writes `raw`, not yet safe, as a block; says whether anything was left to write. Links, in order, are byte
    /// ranges of `raw` with their targets.
    pub(super) fn block(&mut self, kind: BlockKind, depth: u8, raw: &str, links: &[(Range<usize>, String)]) -> bool {
        let (text, map) = SafeText::new(raw).into_parts();
        let base = self.brought;
        self.brought += text.len() + 1;
        let piece = Piece { text: &text, at: base };
        let Some(span) = self.pieces(kind, depth, &[(piece, "")]) else { return false };
        for (range, url) in links {
            let url = safe::line(url);
            let start = self.origin.derived(base + map.derived(range.start));
            let end = self.origin.derived(base + map.derived(range.end));
            let linked = trimmed(Span::new(start, end).intersection(span), &self.text);
            let taken = self.links.last().map_or(0, |link| link.span.end);
            if !linked.is_empty() && linked.start >= taken && url.len() <= LONGEST_URL && leads_somewhere(&url) {
                self.links.push(Link { span: linked, url });
            }
        }
        true
    }

    /// Writes safe pieces as one block, each with what joins it to the next; says where it stands.
    pub(super) fn pieces(&mut self, kind: BlockKind, depth: u8, pieces: &[(Piece<'_>, &str)]) -> Option<Span> {
        let before = self.text.len();
        if !self.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        for (index, (piece, joint)) in pieces.iter().enumerate() {
            if kind == BlockKind::Preformatted {
                self.keep_lines(*piece, start);
            } else {
                self.weave(*piece, start);
            }
            if index + 1 < pieces.len() && self.text.len() > start && !self.text.ends_with([' ', '\n']) {
                self.text.push_str(joint);
            }
        }
        let written = self.text.get(start..).unwrap_or_default();
        let end = start + written.trim_end().len();
        if end == start {
            self.text.truncate(before);
            return None;
        }
        self.text.truncate(end);
        let source_end = pieces.last().map_or(0, |(piece, _)| piece.at + piece.text.len());
        self.origin.mark(end, source_end);
        let span = Span::new(start, end);
        self.blocks.push(Block { kind: self.fitting(kind, span.len()), span, depth });
        Some(span)
    }

    /// `kind`, but a paragraph for a title that is too long or is not the first block.
    fn fitting(&self, kind: BlockKind, length: usize) -> BlockKind {
        match kind {
            BlockKind::Title if length > LONGEST_TITLE => BlockKind::Paragraph,
            BlockKind::Title if !self.is_empty() => BlockKind::Heading,
            _ => kind,
        }
    }

    /// Writes a piece of running text: any white space that is wider than a blank or breaks a line is one blank.
    fn weave(&mut self, piece: Piece<'_>, block: usize) {
        let mut rest = piece.text;
        while !rest.is_empty() {
            let at = piece.at + (piece.text.len() - rest.len());
            let plain = plain_length(rest, self.text.len() == block || self.text.ends_with(char::is_whitespace));
            let (kept, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            if !kept.is_empty() {
                self.origin.mark(self.text.len(), at);
                self.text.push_str(kept);
            }
            rest = behind.trim_start();
            let space = behind.len() - rest.len();
            if space > 0 && self.text.len() > block && !self.text.ends_with(char::is_whitespace) {
                self.origin.mark(self.text.len(), at + plain);
                self.text.push(' ');
            }
        }
    }

    /// Writes lines as they are, without blanks at their ends and without empty ones at the start.
    fn keep_lines(&mut self, piece: Piece<'_>, block: usize) {
        let mut at = piece.at;
        for line in piece.text.split_inclusive('\n') {
            let kept = line.trim_end();
            if self.text.len() > block || !kept.is_empty() {
                self.origin.mark(self.text.len(), at);
                self.text.push_str(kept);
                if line.ends_with('\n') {
                    self.origin.mark(self.text.len(), at + line.len() - 1);
                    self.text.push('\n');
                }
            }
            at += line.len();
        }
    }

    /// The finished article and the way from its text back to the source. Its title is the headline in the text,
    /// else the one in `meta`, else one cut from the lead.
    pub(super) fn finish(self, mut meta: Meta) -> (Article, OffsetMap) {
        let of_kind = |wanted: fn(BlockKind) -> bool| {
            self.blocks.iter().find(|block| wanted(block.kind)).map(|block| block.span.of(&self.text))
        };
        let headline = self.blocks.first().filter(|block| block.kind == BlockKind::Title);
        if let Some(headline) = headline {
            meta.title = field(headline.span.of(&self.text)).unwrap_or_default();
        }
        meta.untitled = meta.title.is_empty();
        if meta.title.is_empty() {
            let lead = of_kind(|kind| !matches!(kind, BlockKind::Heading | BlockKind::Preformatted));
            meta.title = lead::title(lead.unwrap_or(&self.text));
        }
        if meta.title.is_empty() {
            meta.title = lead::title(&self.text);
        }
        let article = Article { text: self.text, blocks: self.blocks, links: self.links, meta };
        (article, self.origin)
    }
}

/// Bytes at the start of `text` that running text keeps as they are: up to the first white space that is a line end
/// or stands beside other white space; `spaced` says whether some stands before.
fn plain_length(text: &str, mut spaced: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (length, space) = match byte {
            b'\n' => return at,
            b' ' => (1, true),
            0..0x80 => (1, false),
            _ => {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                (c.len_utf8(), c.is_whitespace())
            }
        };
        if space {
            let next = text.get(at + length..).and_then(|rest| rest.chars().next());
            if spaced || next.is_none_or(char::is_whitespace) {
                return at;
            }
        }
        spaced = space;
        at += length;
    }
    at
}

/// `raw` as a line of metadata; none where nothing is left of it.
pub(super) fn field(raw: &str) -> Option<String> {
    let line = safe::line(width::prefix(raw.trim_start(), LONGEST_FIELD * 4));
    if line.is_empty() { None } else { Some(width::truncate(&line, LONGEST_FIELD).into_owned()) }
}

/// `raw` as an address of a page on the web, none for anything else.
pub(super) fn address(raw: &str) -> Option<String> {
    let url = safe::line(raw.get(..raw.len().min(LONGEST_URL))?);
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plausible = !rest.is_empty() && !rest.starts_with('/') && !url.contains(' ');
    plausible.then_some(url)
}

/// Whether a link's target is one that a reader can go to.
fn leads_somewhere(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_code = matches!(scheme.as_deref(), Some("javascript" | "data" | "vbscript" | "blob" | "about"));
    !url.is_empty() && !url.starts_with('#') && !is_code
}

/// `span` without white space at its edges.
fn trimmed(span: Span, text: &str) -> Span {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_has_single_blanks_and_no_line_ends() {
        let mut draft = Draft::default();
        assert!(draft.block(BlockKind::Paragraph, 0, "  One\n two\t three\u{A0}four \u{A0} five \n", &[]));
        assert!(!draft.block(BlockKind::Paragraph, 0, " \n\u{200B} ", &[]));
        assert!(draft.block(BlockKind::Preformatted, 0, "\n  a\n\n    b  \n\n", &[]));
        let (article, _) = draft.finish(Meta::default());
        assert_eq!(article.text, "One two three\u{A0}four five\n\n  a\n\n    b");
        assert_eq!(article.flaw(), None);
        assert_eq!(article.meta.title, "One two three four five");
    }

    #[test]
    fn links_stay_on_their_words() {
        let mut draft = Draft::default();
        draft.block(BlockKind::Paragraph, 0, "First", &[]);
        let raw = "\u{1B}[1m See  the\u{200B} \n report  here";
        let at = |word: &str| raw.find(word).unwrap();
        let links = [
            (at(" \n")..at(" here"), "https://e.org/a\u{202E}".to_owned()),
            (at("here")..raw.len(), "javascript:alert(1)".to_owned()),
        ];
        draft.block(BlockKind::Paragraph, 0, raw, &links);
        let (article, _) = draft.finish(Meta::default());
        assert_eq!(article.text, "First\n\nSee the report here");
        let linked: Vec<_> =
            article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
        assert_eq!(linked, [("report", "https://e.org/a")]);
        assert_eq!(article.flaw(), None);
    }

    #[test]
    fn only_the_first_block_can_be_the_title() {
        let mut draft = Draft::default();
        draft.block(BlockKind::Title, 0, "A\u{A0}title", &[]);
        draft.block(BlockKind::Title, 0, "Another", &[]);
        let (article, _) = draft.finish(Meta { title: "Elsewhere".into(), ..Meta::default() });
        let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Title, BlockKind::Heading]);
        assert_eq!(article.meta.title, "A title");
    }

    #[test]
    fn only_pages_on_the_web_are_addresses() {
        assert_eq!(address("https://e.org/x"), Some("https://e.org/x".to_owned()));
        for raw in ["", "e.org", "file:///etc/passwd", "https://", "http:///x", "https://a b", "javascript:x"] {
            assert_eq!(address(raw), None, "{raw}");
        }
    }
}
