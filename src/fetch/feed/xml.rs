//! A feed's XML made whole before it is parsed, in one pass whose time is linear in the feed.
//!
//! Parsers of XML give up at the first fault, and feeds have many: cut off, an element that is never closed, a bare `&`.
//! Others cost them much: elements in each other without end, thousands of attributes, millions of empty items. So the
//! feed is written out again with every element closed, nothing too deep, attributes from a short list, and only its
//! first entries. An entry that the feed is cut off in is left out; all before it stay. Comments, instructions, the
//! declaration and the document type go: no entity is ever defined.

mod attributes;

use std::ops::Range;

use memchr::{memchr, memmem};

use super::markup::{is_name, local, modern, reference, tag_end};
use crate::fetch::Limits;

/// Elements in each other at most.
const MAX_DEPTH: usize = 48;
/// A feed that is well-formed.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// The feed.
    pub(super) xml: String,
    /// Where its entries stand in it.
    pub(super) entries: Vec<Range<usize>>,
    /// The start tags that the entries stand in.
    pub(super) opening: String,
    /// The end tags that the entries stand in.
    pub(super) closing: String,
    /// Why it is not all there.
    pub(super) lost: Option<Lost>,
}

/// Why a feed is not all there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It ends in the middle.
    CutOff,
    /// It has more entries than are taken.
    Entries,
    /// It has more elements than are taken.
    Elements,
}

/// Makes `xml` whole.
pub(super) fn make_whole(xml: &str, limits: &Limits) -> Whole {
    let mut mender = Mender {
        source: xml,
        at: 0,
        out: Whole::default(),
        open: Vec::new(),
        too_deep: 0,
        entry: None,
        unquoted: false,
        undefined: false,
    };
    mender.out.xml.reserve(xml.len() + 64);
    mender.out.lost = mender.run(limits);
    mender.finish()
}

struct Mender<'a> {
    source: &'a str,
    at: usize,
    out: Whole,
    /// Names of the elements that are open, outermost first.
    open: Vec<&'a str>,
    /// Elements open that were left out because they are too deep.
    too_deep: usize,
    /// Where the open entry begins in the output, and how many elements are open around it.
    entry: Option<(usize, usize)>,
    /// Quotation marks in tags mean nothing: one was never closed. What was searched for once and not found is not
    /// searched for again.
    unquoted: bool,
    /// No list of definitions ends any more.
    undefined: bool,
}

impl<'a> Mender<'a> {
    fn run(&mut self, limits: &Limits) -> Option<Lost> {
        let mut elements = 0;
        while let Some(next) = memchr(b'<', self.rest().as_bytes()) {
            self.text(next);
            let rest = self.rest();
            let done = match rest.as_bytes().get(1) {
                Some(b'!') if rest.starts_with("<![CDATA[") => self.character_data(),
                Some(b'!') if rest.starts_with("<!--") => self.skip("-->"),
                Some(b'!') => self.document_type(),
                Some(b'?') => self.skip("?>"),
                Some(b'/') => self.end_tag(),
                Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80 => {
                    elements += 1;
                    if self.out.entries.len() >= limits.entries {
                        return Some(Lost::Entries);
                    }
                    // What is mended is hardly longer than it was, unless somebody wants it to be.
                    if elements > limits.elements || self.out.xml.len() > 2 * limits.body_bytes {
                        return Some(Lost::Elements);
                    }
                    self.start_tag()
                }
                Some(_) => {
                    self.out.xml.push_str("&lt;");
                    self.at += 1;
                    Some(())
                }
                None => None,
            };
            if done.is_none() {
                return Some(Lost::CutOff);
            }
        }
        let rest = self.rest().len();
        self.text(rest);
        (!self.open.is_empty()).then_some(Lost::CutOff)
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Copies the next `length` bytes, which are text; a sign that begins no reference is written as one.
    fn text(&mut self, length: usize) {
        let mut text = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        if self.open.is_empty() {
            return;
        }
        while let Some(at) = memchr(b'&', text.as_bytes()) {
            let (before, from) = text.split_at_checked(at).unwrap_or_default();
            self.out.xml.push_str(before);
            let length = reference(from);
            match length {
                Some(length) => self.out.xml.push_str(from.get(..length).unwrap_or_default()),
                None => self.out.xml.push_str("&amp;"),
            }
            text = from.get(length.unwrap_or(1)..).unwrap_or_default();
        }
        self.out.xml.push_str(text);
    }

    /// Goes on behind `end`.
    fn skip(&mut self, end: &str) -> Option<()> {
        let length = memmem::find(self.rest().as_bytes(), end.as_bytes())? + end.len();
        self.at += length;
        Some(())
    }

    fn document_type(&mut self) -> Option<()> {
        let bytes = self.rest().as_bytes();
        let end = memchr(b'>', bytes)?;
        // With definitions of its own, which end in "]>".
        let defines = !self.undefined && memchr(b'[', bytes.get(..end).unwrap_or_default()).is_some();
        if defines && self.skip("]>").is_some() {
            return Some(());
        }
        self.undefined |= defines;
        self.skip(">")
    }

    fn character_data(&mut self) -> Option<()> {
        let length = memmem::find(self.rest().as_bytes(), b"]]>")? + 3;
        let data = self.rest().get(..length)?;
        self.at += length;
        if !self.open.is_empty() {
            self.out.xml.push_str(data);
        }
        Some(())
    }

    fn start_tag(&mut self) -> Option<()> {
        let rest = self.rest();
        let end = if self.unquoted { None } else { tag_end(rest) };
        self.unquoted |= end.is_none();
        let end = end.or_else(|| memchr(b'>', rest.as_bytes()))?;
        self.at += end + 1;
        let inside = rest.get(1..end)?;
        let is_empty = inside.ends_with('/');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_end)?;
        if self.open.len() >= MAX_DEPTH || !is_name(name) {
            self.too_deep += usize::from(!is_empty);
            return Some(());
        }
        let name = if self.is_early_atom() { modern(name) } else { name };
        let begins_entry = self.entry.is_none() && self.is_entry(name);
        if begins_entry {
            self.entry = Some((self.out.xml.len(), self.open.len()));
        }
        let start = self.out.xml.len();
        self.out.xml.push('<');
        self.out.xml.push_str(name);
        if self.open.is_empty() {
            self.root(name, attributes);
        } else if self.out.opening.starts_with("<feed") && matches!(name, "title" | "summary" | "content" | "subtitle")
        {
            self.construct(attributes);
        } else {
            self.attributes(attributes, |_, _| false);
        }
        self.out.xml.push('>');
        if self.entry.is_none() && self.open.len() < 2 && matches!(local(name), "rss" | "RDF" | "feed" | "channel") {
            let tag = self.out.xml.get(start..).unwrap_or_default().to_owned();
            self.out.opening.push_str(&tag);
            self.out.closing.insert_str(0, &format!("</{name}>"));
        }
        self.open.push(name);
        if is_empty {
            self.close();
        }
        Some(())
    }

    /// Whether an element `name`, begun here, is an entry.
    fn is_entry(&self, name: &str) -> bool {
        match local(name) {
            "item" => matches!(self.open.len(), 1 | 2),
            "entry" => self.open.len() <= 1,
            _ => false,
        }
    }

    fn is_early_atom(&self) -> bool {
        self.out.opening.contains("<feed early=")
    }

    fn end_tag(&mut self) -> Option<()> {
        let rest = self.rest();
        let end = memchr(b'>', rest.as_bytes())?;
        self.at += end + 1;
        let name = rest.get(2..end)?.trim_ascii();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return Some(());
        }
        let name = if self.is_early_atom() { modern(name) } else { name };
        // One that ends nothing means nothing; one that ends something further out ends all inside.
        if let Some(place) = self.open.iter().rposition(|open| *open == name) {
            while self.open.len() > place {
                self.close();
            }
        }
        Some(())
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.out.xml.push_str("</");
        self.out.xml.push_str(name);
        self.out.xml.push('>');
        if let Some((start, around)) = self.entry
            && around == self.open.len()
        {
            self.entry = None;
            self.out.entries.push(start..self.out.xml.len());
        }
    }

    /// Takes the entry out that is not whole, and ends all elements.
    fn finish(mut self) -> Whole {
        if let Some((start, around)) = self.entry.take() {
            self.out.xml.truncate(start);
            self.open.truncate(around);
        }
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

#[cfg(test)]
mod tests;
