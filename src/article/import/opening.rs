//! What marked-up pages say again above their text: the headline, who wrote it and when.

use super::draft::field;
use super::{dates, lead};
use crate::article::{BlockKind, Meta};

/// Blocks at the start of a story among which such lines are looked for.
const DEPTH: usize = 6;

/// Takes blocks at the start of a story that only repeat its metadata, and what they add to it.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) meta: Meta,
    /// Letters of the headline that stands above the story already.
    headline: String,
    seen: usize,
}

impl Opening {
    /// For a story whose headline is `headline`, empty if none was written yet.
    pub(super) fn new(meta: Meta, headline: &str) -> Self {
        Self { meta, headline: letters(headline), seen: 0 }
    }

    /// Notes the headline of a story that has just been written.
    pub(super) fn has_headline(&mut self, headline: &str) {
        self.headline = letters(headline);
    }

    /// Whether the block is not to be written because the metadata says it now.
    pub(super) fn takes(&mut self, kind: BlockKind, raw: &str) -> bool {
        if self.seen >= DEPTH || raw.trim().is_empty() {
            return false;
        }
        self.seen += 1;
        if raw.len() > 400 {
            // The story has begun.
            self.seen = DEPTH;
            return false;
        }
        let Some(line) = field(raw) else { return false };
        if !self.headline.is_empty() && letters(&line) == self.headline && kind != BlockKind::ListItem {
            return true;
        }
        if kind != BlockKind::Paragraph {
            return false;
        }
        let (author, day) = credits(&line);
        let credit = author.is_some() || day.is_some();
        if let Some(author) = author {
            self.meta.byline.get_or_insert_with(|| author.to_owned());
        }
        self.meta.date = self.meta.date.or(day);
        credit
    }
}

/// Author and day in a line that says nothing else.
fn credits(line: &str) -> (Option<&str>, Option<jiff::civil::Date>) {
    if let Some(day) = dates::line(line) {
        return (None, Some(day));
    }
    let parted = line.split_once(['|', '•', '·', '–', '—']).map(|(author, day)| (author.trim(), dates::line(day)));
    match parted {
        Some((author, Some(day))) if lead::byline(author).is_some() => (lead::byline(author), Some(day)),
        _ => (lead::byline(line), None),
    }
}

/// A headline's letters and digits, in lower case: what is left when two are compared.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_repeat_the_metadata_are_taken() {
        let mut opening = Opening::new(Meta::default(), "Taxes to stay low");
        assert!(opening.takes(BlockKind::Heading, "Taxes to  stay low!"));
        assert!(opening.takes(BlockKind::Paragraph, "By Ana Ruiz | 21 November 2025"));
        assert!(!opening.takes(BlockKind::Paragraph, "The minister spoke on 21 November 2025."));
        assert_eq!(opening.meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(opening.meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    }

    #[test]
    fn nothing_is_taken_once_the_story_has_begun() {
        let mut opening = Opening::new(Meta::default(), "Taxes to stay low");
        assert!(!opening.takes(BlockKind::Paragraph, &"The minister spoke. ".repeat(30)));
        assert!(!opening.takes(BlockKind::Paragraph, "By Ana Ruiz"));
    }
}
