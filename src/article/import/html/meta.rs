//! What a page says of itself: title, author, day, publisher, address and terms.
//!
//! Three voices, the first that speaks is heard: JSON-LD, `<meta>` and `<link>`, and what readability finds in the
//! text. Everything is taken as text from strangers: limits on number and size, nothing trusted to be what it says.

use serde_json::Value;

use super::references::decode;
use super::scan::{attribute, attributes};
use super::tags::Tag;
use crate::article::Meta;
use crate::article::import::dates;
use crate::article::import::draft::{address, field};

/// `<meta>` elements that are looked at.
const MOST_PAIRS: usize = 300;
/// JSON-LD blocks that are looked at, and bytes of one.
const MOST_BLOCKS: usize = 20;
const LONGEST_BLOCK: usize = 1 << 20;

/// Names under which pages give the day of publication, best first.
const DATES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "sailthru.date",
    "article.published",
    "og:published_time",
    "date",
];
/// Names for the author, the publisher, the address, the title and the terms.
const AUTHORS: [&str; 7] =
    ["dc.creator", "dcterms.creator", "author", "parsely-author", "sailthru.author", "byl", "article:author"];
const PUBLISHERS: [&str; 6] =
    ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "twitter:site"];
const ADDRESSES: [&str; 3] = ["og:url", "parsely-link", "twitter:url"];
const TITLES: [&str; 5] = ["dc.title", "dcterms.title", "og:title", "parsely-title", "twitter:title"];
const TERMS: [&str; 5] = ["dcterms.license", "dc.rights", "dcterms.rights", "license", "copyright"];

/// What was seen in the page's head and elsewhere, as it is written there.
#[derive(Debug, Default)]
pub(super) struct Declared<'a> {
    /// The content of `<title>`.
    pub(super) title: Option<&'a str>,
    /// Names, in lower case, and contents of `<meta>`.
    pairs: Vec<(String, &'a str)>,
    canonical: Option<&'a str>,
    licence: Option<&'a str>,
    /// The first `<time>`.
    time: Option<&'a str>,
    blocks: Vec<&'a str>,
}

impl<'a> Declared<'a> {
    /// Notes what an element says about the page.
    pub(super) fn see(&mut self, tag: Tag, all: &'a str) {
        if tag.name == "time" {
            self.time = self.time.or_else(|| attribute(all, "datetime"));
        }
        if let Some(rel) = attribute(all, "rel") {
            let is = |wanted: &str| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(wanted));
            if is("canonical") {
                self.canonical = self.canonical.or_else(|| attribute(all, "href"));
            } else if is("license") {
                self.licence = self.licence.or_else(|| attribute(all, "href"));
            }
        }
        if let Some(content) = attribute(all, "content").filter(|_| self.pairs.len() < MOST_PAIRS) {
            let names = attributes(all).filter(|(name, _)| {
                ["name", "property", "itemprop"].iter().any(|wanted| name.eq_ignore_ascii_case(wanted))
            });
            for (_, name) in names.take(3) {
                let each = name.split_ascii_whitespace().take(3);
                self.pairs.extend(each.map(|name| {
                    (name.to_ascii_lowercase().replace("dc:", "dc.").replace("dcterms:", "dcterms."), content)
                }));
            }
        }
    }

    /// Notes a script, if it is data about the page.
    pub(super) fn script(&mut self, all: &'a str, content: &'a str) {
        let is_data =
            attribute(all, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        if is_data && content.len() <= LONGEST_BLOCK && self.blocks.len() < MOST_BLOCKS {
            self.blocks.push(content);
        }
    }

    /// The content of the first of `names` that the page gives.
    fn pair(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let contents = self.pairs.iter().filter(|(key, _)| key == name);
            contents.map(|(_, content)| decode(content)).find_map(|content| field(&content))
        })
    }

    /// Metadata from all the page declares; the title may be empty.
    pub(super) fn meta(&self) -> Meta {
        let data = self.blocks.iter().find_map(|block| story(block)).unwrap_or_default();
        let day = |text: String| dates::find(&text);
        let web = |text: &str| address(&decode(text));
        let author = self.pair(&AUTHORS).filter(|author| address(author).is_none());
        Meta {
            untitled: false,
            title: data.title.or_else(|| self.pair(&TITLES)).unwrap_or_default(),
            date: data
                .date
                .and_then(day)
                .or_else(|| self.pair(&DATES).and_then(day))
                .or_else(|| self.time.and_then(dates::find)),
            byline: data.author.or(author),
            source: data.publisher.or_else(|| self.pair(&PUBLISHERS)),
            url: self
                .canonical
                .and_then(web)
                .or_else(|| self.pair(&ADDRESSES).and_then(|url| address(&url)))
                .or(data.url),
            licence: self.licence.and_then(|url| field(&decode(url))).or(data.licence).or_else(|| self.pair(&TERMS)),
        }
    }
}

/// What a JSON-LD block says of a story.
#[derive(Debug, Default)]
struct Story {
    title: Option<String>,
    date: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    licence: Option<String>,
}

/// The story in a block of JSON-LD: an object, a list of them, or a graph.
fn story(block: &str) -> Option<Story> {
    let text = block.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let value: Value = serde_json::from_str(text).ok()?;
    let all: Vec<&Value> = match &value {
        Value::Array(all) => all.iter().collect(),
        one => one.get("@graph").and_then(Value::as_array).map_or_else(|| vec![one], |all| all.iter().collect()),
    };
    let is_story = |value: &&&Value| {
        let is = |kind: &Value| {
            kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report")
        };
        value.get("@type").is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is)))
    };
    let found = *all.iter().find(is_story)?;
    let text = |key: &str| found.get(key).and_then(names);
    Some(Story {
        title: text("headline").or_else(|| text("name")),
        date: text("datePublished").or_else(|| text("dateCreated")),
        author: text("author").or_else(|| text("creator")),
        publisher: text("publisher"),
        url: text("url").as_deref().and_then(address),
        licence: text("license"),
    })
}

/// A string, the name of a thing, or the names of several, as one line.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => field(&decode(text)),
        Value::Object(thing) => thing.get("name").and_then(Value::as_str).and_then(|name| field(&decode(name))),
        Value::Array(all) => {
            let all: Vec<_> = all.iter().take(8).filter(|value| !value.is_array()).filter_map(names).collect();
            field(&all.join(", "))
        }
        _ => None,
    }
}
