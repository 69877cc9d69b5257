//! What stands above the story: date line, headers, headline, byline.

use super::Line;
use crate::article::Meta;
use crate::article::import::draft::{Piece, address, field};
use crate::article::import::{dates, lead};
use crate::text::width;

/// Columns a headline takes at most.
const LONGEST_HEADLINE: usize = 160;
/// Lines that headers take at most.
const MOST_HEADERS: usize = 40;

/// What was read above the story.
#[derive(Default)]
pub(super) struct Head<'a> {
    pub(super) meta: Meta,
    /// The pieces of the headline.
    pub(super) title: Option<Vec<Piece<'a>>>,
    /// How many lines that took.
    pub(super) lines: usize,
}

/// Reads the head of `lines`; a line that is only partly head is left with the rest of it.
pub(super) fn take<'a>(lines: &mut [Line<'a>]) -> Head<'a> {
    let mut head = Head::default();
    head.skip_blank(lines);
    if let Some(first) = lines.get_mut(head.lines) {
        head.date_prefix(first);
    }
    head.skip_blank(lines);
    head.headers(lines);
    head.credits(lines);
    head.skip_blank(lines);
    if head.title.is_none() {
        head.headline(lines);
    } else {
        head.repeated_headline(lines);
    }
    head.credits(lines);
    head
}

impl<'a> Head<'a> {
    fn skip_blank(&mut self, lines: &[Line<'a>]) {
        self.lines += lines.iter().skip(self.lines).take_while(|line| line.is_blank()).count();
    }

    /// `date 2025-11-21`, possibly with the first words of the story behind it.
    fn date_prefix(&mut self, first: &mut Line<'a>) {
        let trimmed = first.text.trim_start();
        let Some(rest) = trimmed.get(..5).filter(|word| word.eq_ignore_ascii_case("date ")).and(trimmed.get(5..))
        else {
            return;
        };
        let rest = rest.trim_start();
        let Some((day, rest)) = rest.split_at_checked(10) else { return };
        if !rest.is_empty() && !rest.starts_with(' ') {
            return;
        }
        let Some(date) = dates::find(day).filter(|_| day.bytes().all(|b| b.is_ascii_digit() || b == b'-')) else {
            return;
        };
        self.meta.date = Some(date);
        *first = Line { text: rest, at: first.at + (first.text.len() - rest.len()) };
    }

    /// `Key: value` lines. Two known keys prove them, or one that an empty line follows; a key that is not known
    /// is one only in a block that ends with an empty line.
    fn headers(&mut self, lines: &[Line<'a>]) {
        let block = lines.get(self.lines..).unwrap_or_default();
        let all =
            block.iter().take(MOST_HEADERS).take_while(|line| header(**line).is_some() || is_continued(**line)).count();
        let known = |line: &&Line<'a>| header(**line).is_some_and(|(key, _)| Key::of(key).is_some());
        let mut count = all;
        if block.get(all).is_some_and(|next| !next.is_blank()) {
            count = block.iter().take(all).take_while(|line| known(line) || is_continued(**line)).count();
        }
        let closed = block.get(count).is_none_or(|next| next.is_blank());
        let proofs = block.iter().take(count).filter(known).count();
        if !block.first().is_some_and(|line| known(&line)) || proofs + usize::from(closed) < 2 {
            return;
        }
        let mut key = None;
        for line in block.iter().take(count) {
            match header(*line) {
                Some((name, value)) => {
                    key = Key::of(name);
                    self.header(key, value);
                }
                None if key == Some(Key::Title) => self.title.iter_mut().for_each(|title| title.push(line.piece(0))),
                None => {}
            }
        }
        self.lines += count;
    }

    fn header(&mut self, key: Option<Key>, value: Piece<'a>) {
        let meta = &mut self.meta;
        match key {
            Some(Key::Title) if !value.text.is_empty() => self.title = Some(vec![value]),
            Some(Key::Date) => meta.date = dates::find(value.text).or(meta.date),
            Some(Key::Byline) => {
                let name = lead::byline(value.text).unwrap_or(value.text);
                // Of a mail's sender, the name.
                let address =
                    name.split_once(" <").filter(|(name, rest)| !name.trim().is_empty() && rest.ends_with('>'));
                meta.byline = field(address.map_or(name, |(name, _)| name));
            }
            Some(Key::Source) => meta.source = field(value.text),
            Some(Key::Url) => meta.url = address(value.text).or(meta.url.take()),
            Some(Key::Licence) => meta.licence = field(value.text),
            Some(Key::Title) | None => {}
        }
    }

    /// A first block that stands as a headline: short, without a period, over something longer.
    fn headline(&mut self, lines: &[Line<'a>]) {
        let block = lines.get(self.lines..).unwrap_or_default();
        let length = block.iter().take(4).take_while(|line| !line.is_blank()).count();
        let Some(first) = block.first().filter(|first| is_headline(first.text)) else { return };
        let ruled = |line: Option<&Line<'a>>| line.is_some_and(|line| super::body::is_rule(line.text));
        let below = block.get(1).filter(|below| !below.is_blank());
        let ends_here = match below {
            None => true,
            Some(below) if ruled(Some(below)) => true,
            Some(below) if is_credit(below.text) => true,
            Some(below) => below.text.len() > 80 && below.text.len() > first.text.len() * 2,
        };
        // A headline that was wrapped into two lines.
        let two = length == 2
            && first.text.len() > 40
            && below
                .is_some_and(|below| is_headline(below.text) && first.text.len() + below.text.len() < LONGEST_HEADLINE);
        let taken = if ends_here {
            1
        } else if two {
            2
        } else {
            return;
        };
        let title: Vec<_> = block.iter().take(taken).map(|line| line.piece(0)).collect();
        let taken = taken + usize::from(ruled(block.get(taken)));
        let mut story =
            block.iter().skip(taken).filter(|line| !line.is_blank() && !is_credit(line.text)).take(20).peekable();
        let longer = story.peek().is_some_and(|next| taken > 1 || next.text.len() > first.text.len());
        if longer || story.any(|line| line.text.len() > 40) {
            self.title = Some(title);
            self.lines += taken;
        }
    }

    /// The headline of the headers, once more above the story.
    fn repeated_headline(&mut self, lines: &[Line<'a>]) {
        let Some([title]) = self.title.as_deref() else { return };
        let same = |line: &Line<'a>| line.text.trim() == title.text;
        if lines.get(self.lines).is_some_and(same) && lines.get(self.lines + 1).is_none_or(|line| line.is_blank()) {
            self.lines += 1;
        }
    }

    /// Lines above or below the headline that name author or day.
    fn credits(&mut self, lines: &[Line<'a>]) {
        for _ in 0..3 {
            let after = self.lines + lines.iter().skip(self.lines).take_while(|line| line.is_blank()).count();
            let Some(line) = lines.get(after) else { return };
            let is_last = lines.get(after + 1).is_none_or(|next| next.is_blank() || is_credit(next.text));
            if !is_credit(line.text) || !(is_last || self.title.is_some()) {
                return;
            }
            match lead::byline(line.text.trim()) {
                Some(name) if self.meta.byline.is_none() => self.meta.byline = field(name),
                Some(_) => return,
                None => self.meta.date = self.meta.date.or(dates::line(line.text)),
            }
            self.lines = after + 1;
        }
    }
}

/// Whether a line only names author or day.
fn is_credit(line: &str) -> bool {
    lead::byline(line.trim()).is_some() || dates::line(line).is_some()
}

/// Whether a line could be a headline, whatever follows it.
fn is_headline(line: &str) -> bool {
    let line = line.trim();
    let ends_open = line.ends_with(['.', ',', ';', ':', '-']) && !line.ends_with("...");
    let is_story =
        super::body::bullet(line).is_some() || super::body::is_rule(line) || super::body::label(line).is_some();
    let letters = line.chars().filter(|c| c.is_alphabetic()).take(3).count();
    !ends_open
        && !is_story
        && letters == 3
        && width::columns(width::prefix(line, LONGEST_HEADLINE + 1)) <= LONGEST_HEADLINE
}

/// Whether a line goes on with the header above it.
fn is_continued(line: Line<'_>) -> bool {
    !line.is_blank() && line.text.starts_with(' ')
}

/// Key and value of a header line.
fn header<'a>(line: Line<'a>) -> Option<(&'a str, Piece<'a>)> {
    let (key, _) = line.text.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '))?;
    let plain = key.len() <= 30 && key.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = plain && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    plain.then(|| (key, line.piece(key.len() + 1)))
}

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article::import) enum Key {
    Title,
    Date,
    Byline,
    Source,
    Url,
    Licence,
}

impl Key {
    /// The meaning of a header's name, whichever of the usual words it is.
    pub(in crate::article::import) fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase().replace(['-', '_'], " ");
        Some(match name.as_str() {
            "title" | "headline" | "subject" => Self::Title,
            "date" | "published" | "publication date" | "publish date" | "pubdate" | "date published"
            | "published at" | "created" => Self::Date,
            "author" | "authors" | "by" | "byline" | "writer" | "from" | "creator" | "reporter" => Self::Byline,
            "source" | "publisher" | "publication" | "site" | "site name" | "newspaper" => Self::Source,
            "url" | "link" | "permalink" | "canonical" | "canonical url" | "source url" | "original url" | "web" => {
                Self::Url
            }
            "licence" | "license" | "rights" | "copyright" => Self::Licence,
            _ => return None,
        })
    }
}
