//! Which line ends are only where a line was full.
//!
//! A program that wraps text puts a word on the next line because it had no room left. So in a wrapped group, most
//! lines, together with the first word of the next, would be as long as the text is wide. Verse, addresses and
//! paragraphs of one line are not like that.

use std::collections::HashSet;

use super::Line;
use crate::text::width;

/// Columns that wrapped text can have at least and at most; outside, every line is a paragraph.
const SHORTEST: usize = 30;
pub(super) const LONGEST: usize = 132;
/// Lines from which a text's own width is known.
const ENOUGH: usize = 6;

/// How a whole text is wrapped.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// Columns of the full lines, where there are enough to tell.
    width: Option<usize>,
    /// Words with a hyphen inside, and words without, of a text in which lines end in hyphens; lower case.
    words: HashSet<String>,
    /// Whether words are broken at line ends throughout.
    hyphenates: bool,
}

impl Measure {
    pub(super) fn of(groups: &[&[Line<'_>]]) -> Self {
        let mut widths = Vec::new();
        let mut hyphens = 0;
        for group in groups {
            for line in group.iter().rev().skip(1) {
                widths.push(line.columns());
                hyphens += usize::from(breaks_word(line.text));
            }
        }
        let mut measure = Self::default();
        if widths.len() >= ENOUGH {
            // One long address in a hundred lines is not the width of the text.
            let at = widths.len() - 1 - widths.len() / 20;
            measure.width = Some(*widths.select_nth_unstable(at).1);
        }
        if hyphens > 0 {
            measure.hyphenates = hyphens * 25 >= widths.len();
            let text = groups.iter().flat_map(|group| group.iter()).flat_map(|line| line.text.split(' '));
            measure.words = text.map(|word| bare(word).to_lowercase()).collect();
        }
        measure
    }

    /// Whether the line ends within `lines` are only where the lines were full.
    pub(super) fn is_wrapped(&self, lines: &[Line<'_>]) -> bool {
        if lines.len() < 2 {
            return false;
        }
        let widest = lines.iter().map(|line| line.columns()).max().unwrap_or(0);
        let width = self.width.filter(|width| widest <= width + width / 4).unwrap_or(widest);
        if !(SHORTEST..=LONGEST).contains(&width) || widest > LONGEST {
            return false;
        }
        // Paragraphs of one line look full beside each other, but each of them ends a sentence.
        let ended = |line: &Line<'_>| line.text.ends_with(['.', '!', '?', '"', '”', '’', '»']);
        let sentences = lines.iter().rev().skip(1).all(ended);
        if sentences && (self.width.is_none() || lines.len() > 2) {
            return false;
        }
        let full = lines.windows(2).filter(|pair| {
            let [line, next] = pair else { return false };
            let word = next.text.split_whitespace().next().map_or(0, width::columns);
            // Programs that even lines out leave some room; one that fills them leaves none.
            (line.columns() + 1 + word) * 20 > width * 17
        });
        full.count() * 4 >= (lines.len() - 1) * 3
    }
}

/// Letters and hyphens of a word, without what stands around them.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a line may end within a word.
fn breaks_word(line: &str) -> bool {
    let Some(word) = line.strip_suffix(['-', '\u{2010}']) else { return false };
    word.ends_with(char::is_alphabetic)
}

/// How a full line goes on in the next: what is kept of it, and what goes between them.
pub(super) fn joint<'a>(line: &'a str, next: &str, measure: &Measure) -> (&'a str, &'static str) {
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return (line, "") };
    if breaks_word(line) {
        let head = line.rsplit(' ').next().unwrap_or(line);
        let tail = next.split(' ').next().unwrap_or(next);
        let head = head.strip_suffix(['-', '\u{2010}']).unwrap_or(head);
        let whole = format!("{}{}", bare(head), bare(tail)).to_lowercase();
        let hyphened = format!("{}-{}", bare(head), bare(tail)).to_lowercase();
        let broken = !measure.words.contains(&hyphened) && (measure.words.contains(&whole) || measure.hyphenates);
        let small = head.ends_with(char::is_lowercase) && first.is_lowercase();
        return (if small && broken { line.strip_suffix(['-', '\u{2010}']).unwrap_or(line) } else { line }, "");
    }
    let dash = matches!(last, '—' | '/') || line.ends_with("--");
    let unspaced = is_unspaced(last) && is_unspaced(first);
    (line, if dash || unspaced { "" } else { " " })
}

/// Whether a script puts no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
