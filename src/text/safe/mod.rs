//! Hostile text made safe once, where bytes enter: no control character, escape sequence or bidirectional override
//! survives, and a map leads every offset back to where it came from.
//!
//! What is left of a text: graphic characters, blanks and `\n`. Whole escape sequences go, so that no `[31m` stays to
//! be read; what only looks like the start of one loses just its first character, so no text is lost with it. Tabs
//! become blanks up to the next stop, every kind of line end becomes `\n`, a private-use or nonexistent character the
//! replacement character. A base carries at most [`MAX_MARKS`] marks and a grapheme cluster at most [`MAX_CLUSTER`]
//! characters, because a terminal cell must stay small. Making a safe text safe again changes nothing.

mod chars;
mod escape;

use unicode_segmentation::UnicodeSegmentation;

use super::{OffsetMap, Span, width};
use chars::Fate;

/// Marks that a base character may carry; no written language stacks more.
pub const MAX_MARKS: usize = 8;
/// Characters a grapheme cluster may hold; a family of four with skin tones has eleven.
pub const MAX_CLUSTER: usize = 32;
/// Columns from one tab stop to the next, as terminals have them.
const TAB_STOP: usize = 8;

/// A text without control characters (only `\n` is kept), with the way back to its original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeText {
    text: String,
    map: OffsetMap,
}

impl SafeText {
    /// Makes `raw` safe, keeping its line ends as `\n`.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        if chars::clean_prefix(raw.as_bytes()) == raw.len() {
            return Self { text: raw.to_owned(), map: OffsetMap::default() };
        }
        let mut cleaner = Cleaner::new(raw);
        cleaner.run();
        let crowded = cleaner.crowded;
        let safe = cleaner.finish();
        if crowded { safe.thinned() } else { safe }
    }

    /// The safe text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives the safe text away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// Gives the safe text and the way back to its original away.
    #[must_use]
    pub fn into_parts(self) -> (String, OffsetMap) {
        (self.text, self.map)
    }

    /// The way back to the original.
    #[must_use]
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// Where `span` of the safe text stands in the original.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        self.map.original_span(span)
    }

    /// The same text with grapheme clusters of more than [`MAX_CLUSTER`] characters cut to that.
    fn thinned(self) -> Self {
        let mut thin = Splicer::new(&self.text);
        for (start, cluster) in self.text.grapheme_indices(true) {
            if let Some((cut, _)) = cluster.char_indices().nth(MAX_CLUSTER) {
                thin.replace(start + cut, start + cluster.len(), "");
            }
        }
        let (text, map) = thin.finish();
        Self { text, map: map.then(&self.map) }
    }
}

/// Whether `c` may reach a terminal as part of a text (line ends may not: they are layout, not text).
#[must_use]
pub fn is_safe(c: char) -> bool {
    matches!(chars::fate(c), Fate::Keep | Fate::Joiner | Fate::Selector)
}

/// Whether `symbol` may be shown in one cell of the screen: something visible, every character safe, no mark without
/// a base, and small. The finished screen is swept with it before it is shown.
#[must_use]
pub fn fits_cell(symbol: &str) -> bool {
    if let [byte] = symbol.as_bytes() {
        return (0x20..0x7f).contains(byte);
    }
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else { return false };
    if !is_safe(first) || chars::is_mark(first) {
        return false;
    }
    let mut marks = 0;
    for (count, c) in chars.enumerate() {
        marks = if chars::is_mark(c) { marks + 1 } else { 0 };
        if !is_safe(c) || marks > MAX_MARKS || count + 1 >= MAX_CLUSTER {
            return false;
        }
    }
    true
}

/// `raw` as one safe line for titles, paths and messages: control characters dropped, any white space one blank.
#[must_use]
pub fn line(raw: &str) -> String {
    if is_plain(raw.as_bytes()) {
        return raw.to_owned();
    }
    let (text, _) = SafeText::new(raw).into_parts();
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        // A mark at the start of a word would settle on the blank, or on the frame before the line.
        line.push_str(word.trim_start_matches(chars::is_mark));
    }
    line.truncate(line.trim_end().len());
    line
}

/// Whether these are visible ASCII characters with single blanks between them: a safe line already, as most are.
fn is_plain(raw: &[u8]) -> bool {
    let mut before = b' ';
    let visible = raw
        .iter()
        .all(|byte| (0x20..0x7f).contains(byte) && (std::mem::replace(&mut before, *byte), *byte) != (b' ', b' '));
    visible && (before != b' ' || raw.is_empty())
}

/// Writes a text that differs from another in a few places: nothing is copied before the first of them.
struct Splicer<'a> {
    raw: &'a str,
    /// Bytes of `raw` that are already in `out`, or were replaced.
    done: usize,
    out: String,
    map: OffsetMap,
}

impl<'a> Splicer<'a> {
    fn new(raw: &'a str) -> Self {
        Self { raw, done: 0, out: String::new(), map: OffsetMap::default() }
    }

    /// Copies what was kept up to `end`.
    fn keep(&mut self, end: usize) {
        self.out.push_str(Span::new(self.done, end).of(self.raw));
        self.done = end;
    }

    /// Puts `with` where `start..end` of the raw text was.
    fn replace(&mut self, start: usize, end: usize, with: &str) {
        self.keep(start);
        self.out.push_str(with);
        self.done = end;
        self.map.mark(self.out.len(), end);
    }

    fn finish(mut self) -> (String, OffsetMap) {
        self.keep(self.raw.len());
        (self.out, self.map)
    }
}

/// One pass over a raw text, deciding for each character what becomes of it.
struct Cleaner<'a> {
    splicer: Splicer<'a>,
    /// The last character kept, `\n` at the start of the text.
    last: char,
    /// Marks kept since the last base.
    marks: usize,
    /// Characters kept since the last one that is a grapheme cluster of its own.
    run: usize,
    /// Whether some run was long enough to hold a cluster that is too big.
    crowded: bool,
    /// An offset into the output and the column there, from which the next tab counts.
    column: (usize, usize),
}

impl<'a> Cleaner<'a> {
    fn new(raw: &'a str) -> Self {
        Self { splicer: Splicer::new(raw), last: '\n', marks: 0, run: 0, crowded: false, column: (0, 0) }
    }

    fn run(&mut self) {
        let raw = self.splicer.raw;
        let mut at = 0;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let clean = chars::clean_prefix(rest.as_bytes());
            if clean > 0 {
                at += clean;
                self.base(char::from(raw.as_bytes()[at - 1]));
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            at += if chars::is_plain(c) { self.plain(c) } else { self.decide(at, c, rest) };
        }
    }

    /// Keeps `c`, which no character before it joins; says its length.
    fn plain(&mut self, c: char) -> usize {
        self.base(c);
        c.len_utf8()
    }

    fn base(&mut self, c: char) {
        (self.last, self.marks, self.run) = (c, 0, 0);
    }

    /// Decides over `c`, the first character of `rest`, at `at` of the raw text; says how many bytes that took.
    fn decide(&mut self, at: usize, c: char, rest: &str) -> usize {
        let length = c.len_utf8();
        match chars::fate(c) {
            Fate::Keep if chars::is_mark(c) => self.mark(at, c),
            Fate::Keep => {
                (self.last, self.marks) = (c, 0);
                self.count();
            }
            Fate::Joiner if chars::takes_joiner(self.last) => self.mark(at, c),
            Fate::Selector if chars::takes_selector(self.last, c) => self.mark(at, c),
            Fate::Joiner | Fate::Selector | Fate::Drop => self.splicer.replace(at, at + length, ""),
            Fate::Unknown => {
                self.splicer.replace(at, at + length, "\u{FFFD}");
                self.base('\u{FFFD}');
            }
            Fate::LineEnd => return self.line_end(at, rest),
            Fate::Tab => self.tab(at),
            Fate::Escape => {
                let sequence = escape::length(rest);
                self.splicer.replace(at, at + sequence, "");
                return sequence;
            }
        }
        length
    }

    /// Keeps the mark `c` where it has a base that does not carry too many yet.
    fn mark(&mut self, at: usize, c: char) {
        if self.last.is_whitespace() || self.marks == MAX_MARKS {
            self.splicer.replace(at, at + c.len_utf8(), "");
        } else {
            self.marks += 1;
            self.last = c;
            self.count();
        }
    }

    fn count(&mut self) {
        self.run += 1;
        self.crowded |= self.run > MAX_CLUSTER / 2;
    }

    fn line_end(&mut self, at: usize, rest: &str) -> usize {
        let length = if rest.starts_with("\r\n") { 2 } else { rest.chars().next().map_or(1, char::len_utf8) };
        self.splicer.replace(at, at + length, "\n");
        self.base('\n');
        length
    }

    /// Blanks up to the next tab stop; each stretch of the output is measured once, however many tabs there are.
    #[expect(clippy::string_slice, reason = "the offsets are those of line ends and of the whole output")]
    fn tab(&mut self, at: usize) {
        self.splicer.keep(at);
        let out = &self.splicer.out;
        let (from, column) = self.column;
        let line = out[from..].rfind('\n').map_or((from, column), |end| (from + end + 1, 0));
        let column = line.1 + width::columns(&out[line.0..]);
        let blanks = TAB_STOP - column % TAB_STOP;
        self.splicer.replace(at, at + 1, &"        "[..blanks]);
        self.column = (self.splicer.out.len(), column + blanks);
        self.base(' ');
    }

    fn finish(self) -> SafeText {
        let (text, map) = self.splicer.finish();
        SafeText { text, map }
    }
}

#[cfg(test)]
mod tests;
