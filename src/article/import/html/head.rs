//! What a page says of itself beside its story: its feeds, its language, its address and the one its links
//! start from.

use super::references::decode;
use super::scan::{Scanner, Token, attribute};
use super::tags::Kind;
use crate::article::import::draft::field;
use crate::text::safe;

/// Feeds of a page that are looked at.
const MOST: usize = 30;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its feeds, in its order.
    pub feeds: Vec<Alternate>,
    /// The language it is in, as it names it (`en-GB`), in lower case.
    pub language: Option<String>,
    /// What relative links start from, as it is written.
    pub base: Option<String>,
    /// The address it wants to be known under, as it is written; may be relative.
    pub canonical: Option<String>,
}

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Its address, as it is written; may be relative.
    pub href: String,
    /// What the page calls it; one safe line, may be empty.
    pub title: String,
}

/// Reads what the page `html` says of itself.
#[must_use]
pub fn head(html: &str) -> Head {
    let mut found = Head::default();
    let mut scanner = Scanner::new(html);
    while let Some(token) = scanner.next() {
        let Token::Open(tag, attributes) = token else { continue };
        // Names that matter here are of no interest to a reader, so the tag's own name may be empty.
        found.see(attributes, tag.name);
        if tag.kind == Kind::Raw {
            scanner.raw(&tag);
        }
    }
    found
}

impl Head {
    fn see(&mut self, attributes: &str, name: &str) {
        let value = |key| attribute(attributes, key).map(|value| decode(value).into_owned());
        if let Some(rel) = attribute(attributes, "rel")
            && self.feeds.len() < MOST
            && rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate") || rel == "feed")
            && value("type").is_some_and(|kind| is_feed(&kind))
            && let Some(href) = value("href").filter(|href| !href.trim().is_empty())
            && self.feeds.iter().all(|feed| feed.href != href)
        {
            let title = value("title").and_then(|title| field(&title)).unwrap_or_default();
            self.feeds.push(Alternate { href, title });
        }
        if self.canonical.is_none()
            && let Some(rel) = attribute(attributes, "rel")
            && rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical"))
        {
            self.canonical = value("href").filter(|href| !href.trim().is_empty());
        }
        if name == "base" {
            self.base = self.base.take().or_else(|| value("href"));
        }
        if self.language.is_none() && name == "html" {
            self.language = value("lang").map(|lang| safe::line(&lang).to_lowercase()).filter(|lang| is_language(lang));
        }
    }
}

/// Whether a type of content is that of a feed.
fn is_feed(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        kind.as_str(),
        "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
            | "application/rdf+xml"
            | "text/rss+xml"
    )
}

fn is_language(text: &str) -> bool {
    (2..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_feeds() {
        let found = head(
            "<!doctype html><html lang=en-GB><head><script>'<link rel=alternate type=application/rss+xml href=no>'</script>\
             <base href='https://e.org/a/'><link rel='Alternate home' type='application/rss+xml; charset=utf-8' title='All &amp; new\u{1b}[2J' href='/rss?a=1&amp;b=2'>\
             <link rel=alternate hreflang=de href=/de><link type=application/feed+json rel=alternate href=feed.json>\
             <link rel=stylesheet type=application/rss+xml href=x><link rel=alternate type=application/rss+xml href='/rss?a=1&amp;b=2'>",
        );
        let feeds: Vec<_> = found.feeds.iter().map(|feed| (feed.href.as_str(), feed.title.as_str())).collect();
        assert_eq!(feeds, [("/rss?a=1&b=2", "All & new"), ("feed.json", "")]);
        assert_eq!((found.language.as_deref(), found.base.as_deref()), (Some("en-gb"), Some("https://e.org/a/")));
    }

    #[test]
    fn a_page_may_say_nothing_or_nonsense() {
        assert_eq!(head(""), Head::default());
        assert_eq!(head("<html lang='<b>'><link rel=alternate type=application/rss+xml href=' '>").feeds, []);
        let many: String =
            (0..999).map(|n| format!("<link rel=alternate type=application/atom+xml href={n}>")).collect();
        assert_eq!(head(&many).feeds.len(), MOST);
    }
}
