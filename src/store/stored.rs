//! The form in which an article's structure is stored: types of their own, so that a change elsewhere cannot change a
//! file format. What comes back is checked against the text before anybody relies on it.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{Basis, EntityKind, Gender, MentionKind, QuoteKind};
use crate::article::{Article, Block, BlockKind, Link, Meta};
use crate::text::{Span, safe};

/// Format of [`Structure`].
pub(super) const STRUCTURE: u8 = 1;

/// Everything of an article but its text.
#[derive(Serialize, Deserialize)]
pub(super) struct Structure<'a> {
    /// Content of the text it belongs to: text and structure stand by themselves, whatever happens to other tables.
    content: u64,
    blocks: Vec<StoredBlock>,
    #[serde(borrow)]
    links: Vec<StoredLink<'a>>,
    title: Cow<'a, str>,
    untitled: bool,
    day: Option<i32>,
    byline: Option<Cow<'a, str>>,
    source: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    licence: Option<Cow<'a, str>>,
}

/// A block: kind, bytes since the end of the block before, length in bytes, depth.
#[derive(Serialize, Deserialize)]
struct StoredBlock(u8, usize, usize, u8);

/// A link: start, length in bytes, address.
#[derive(Serialize, Deserialize)]
struct StoredLink<'a>(usize, usize, #[serde(borrow)] Cow<'a, str>);

impl<'a> Structure<'a> {
    /// The structure of `article`.
    pub(super) fn of(article: &'a Article) -> Self {
        let mut end = 0;
        let meta = &article.meta;
        let borrowed = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        Self {
            content: article.content_id(),
            blocks: article
                .blocks
                .iter()
                .map(|block| {
                    let gap = block.span.start.saturating_sub(end);
                    end = block.span.end;
                    StoredBlock(block_number(block.kind), gap, block.span.len(), block.depth)
                })
                .collect(),
            links: article
                .links
                .iter()
                .map(|link| StoredLink(link.span.start, link.span.len(), Cow::Borrowed(&link.url)))
                .collect(),
            title: Cow::Borrowed(&meta.title),
            untitled: meta.untitled,
            day: meta.date.map(day_number),
            byline: borrowed(&meta.byline),
            source: borrowed(&meta.source),
            url: borrowed(&meta.url),
            licence: borrowed(&meta.licence),
        }
    }

    /// The article with `text`; `None` where it is not the text it belongs to.
    pub(super) fn article(self, text: &[u8]) -> Option<Article> {
        if xxhash_rust::xxh3::xxh3_64(text) != self.content {
            return None;
        }
        let text = str::from_utf8(text).ok()?.to_owned();
        let mut end: usize = 0;
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for StoredBlock(kind, gap, length, depth) in self.blocks {
            let start = end.checked_add(gap)?;
            end = start.checked_add(length)?;
            blocks.push(Block { kind: block_kind(kind)?, span: fitting(&text, start, length)?, depth });
        }
        // A link that fits nowhere is no reason to refuse a text.
        let links = self.links.into_iter().filter_map(|StoredLink(start, length, url)| {
            Some(Link { span: fitting(&text, start, length)?, url: safe::line(&url) })
        });
        let links = links.collect();
        let line = |text: Option<Cow<'_, str>>| text.map(|text| safe::line(&text));
        let meta = Meta {
            title: safe::line(&self.title),
            untitled: self.untitled,
            date: self.day.and_then(date_of),
            byline: line(self.byline),
            source: line(self.source),
            url: line(self.url),
            licence: line(self.licence),
        };
        Some(Article { text, blocks, links, meta })
    }
}

/// The span of `length` bytes from `start`, if it lies in `text` on character boundaries.
fn fitting(text: &str, start: usize, length: usize) -> Option<Span> {
    let end = start.checked_add(length)?;
    text.get(start..end).map(|_| Span::new(start, end))
}

/// Days from 1970-01-01 to `date`.
pub(super) fn day_number(date: Date) -> i32 {
    let hours = date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).unwrap_or_default()
}

/// The date `day` days after 1970-01-01, where there is one.
pub(super) fn date_of(day: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(i64::from(day) * 24)).ok()
}

/// Numbers of an enum's variants in the file, both ways; a number once used keeps its meaning.
macro_rules! numbered {
    ($to:ident, $from:ident, $type:ident { $($variant:ident = $number:literal),+ $(,)? }) => {
        pub(super) fn $to(value: $type) -> u8 {
            match value { $($type::$variant => $number),+ }
        }
        pub(super) fn $from(number: u8) -> Option<$type> {
            match number { $($number => Some($type::$variant),)+ _ => None }
        }
    };
}

numbered!(block_number, block_kind, BlockKind {
    Title = 0, Heading = 1, Paragraph = 2, Quotation = 3, ListItem = 4, Preformatted = 5,
});
numbered!(kind_number, entity_kind, EntityKind {
    Person = 0, Organization = 1, Place = 2, Other = 3, Date = 4, Money = 5,
});
numbered!(gender_number, gender, Gender { Unknown = 0, Female = 1, Male = 2 });
numbered!(mention_number, mention_kind, MentionKind { Name = 0, Nominal = 1, Pronoun = 2 });
numbered!(basis_number, basis, Basis { Nothing = 0, Cue = 1, Label = 2, Beside = 3, Continued = 4, Unclosed = 5, Correction = 6 });
numbered!(quote_number, quote_kind, QuoteKind { Direct = 0, Indirect = 1, Mixed = 2, Belief = 3 });

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::seal::{Sealed, open};

    #[test]
    fn days_and_dates_lead_back_to_each_other() {
        for day in [-719_528, -1, 0, 1, 20_413, 2_932_896] {
            assert_eq!(date_of(day).map(day_number), Some(day));
        }
        assert_eq!(day_number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(date_of(i32::MAX), None);
    }

    fn article() -> impl Strategy<Value = Article> {
        let block = ("[a-zé“”日 ]{1,20}", 0_u8..6, any::<u8>());
        (prop::collection::vec(block, 0..8), prop::option::of("[ -~é]{1,30}"), any::<bool>()).prop_map(
            |(parts, byline, linked)| {
                let mut article = Article::default();
                for (text, kind, depth) in parts {
                    if !article.text.is_empty() {
                        article.text.push_str("\n\n");
                    }
                    let start = article.text.len();
                    article.text.push_str(&text);
                    let span = Span::new(start, article.text.len());
                    article.blocks.push(Block { kind: block_kind(kind).unwrap(), span, depth });
                    if linked {
                        article.links.push(Link { span, url: "https://example.org/?a=1#b".to_owned() });
                    }
                }
                article.meta.byline = byline.map(|byline| safe::line(&byline));
                article.meta.date = Some(jiff::civil::date(2025, 11, 21));
                article
            },
        )
    }

    proptest! {
        #[test]
        fn an_article_is_rebuilt_exactly(article in article()) {
            let sealed = Sealed::new(STRUCTURE, &Structure::of(&article));
            let structure: Structure = open(STRUCTURE, sealed.bytes()).unwrap();
            prop_assert_eq!(structure.article(article.text.as_bytes()), Some(article));
        }

        #[test]
        fn another_text_is_refused(article in article(), text in "\\PC{0,60}") {
            let sealed = Sealed::new(STRUCTURE, &Structure::of(&article));
            let structure: Structure = open(STRUCTURE, sealed.bytes()).unwrap();
            prop_assert_eq!(structure.article(text.as_bytes()).is_some(), text == article.text);
        }
    }
}
