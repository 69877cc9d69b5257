//! Bytes to a feed: RSS 0.90 to 2.0, Atom, JSON Feed.
//!
//! The bytes are decoded (what the server says of their encoding, then what they say themselves, then a guess), made
//! whole (`xml`, `json`), and parsed by `feed-rs`. An entry that it gives up on loses itself and no other: then
//! each is parsed alone.

mod entry;
mod json;
mod markup;
mod xml;

use feed_rs::model;
use feed_rs::parser::{Builder, Parser};
use memchr::{memchr, memmem};

pub use entry::Entry;
pub(super) use entry::resolve_links;

use self::xml::Lost;
use super::{Address, Error, Limits};
use crate::article::import::{decode_labelled, entry::line, is_binary};
use crate::text::safe;

/// How a feed is called in [`Feed::lost`] that does not come to its end.
pub(super) const CUT_OFF: &str = "it is cut off; its complete entries are kept";

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title, one safe line; may be empty.
    pub title: String,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// What could not be read of it, one safe line.
    pub lost: Option<String>,
}

/// Reads the feed in `body`, which was found at `address` and which its server calls `content_type`.
///
/// # Errors
/// [`Error::NotAFeed`]: what it is instead.
pub fn read(body: &[u8], content_type: &str, address: &Address, limits: &Limits) -> Result<Feed, Error> {
    if body.trim_ascii().is_empty() {
        return Err(not("it is empty"));
    }
    if is_binary(body) {
        return Err(not("binary data"));
    }
    let text = decode_labelled(body, charset(content_type).as_deref(), true);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with('{') {
        return read_json(text, address, limits);
    }
    // What servers write before a feed, warnings for example, is passed over.
    let Some(start) = text.find('<') else { return Err(not("plain text")) };
    let text = text.get(start..).unwrap_or_default();
    match root(text) {
        Root::Feed => read_xml(text, address, limits),
        Root::Page => Err(not("a web page")),
        Root::Other => Err(not("another kind of document")),
    }
}

/// Whether a document, of the type `kind` by its server, is meant to be a feed.
pub(super) fn is_feed(text: &str, kind: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with('{') {
        let beginning: String = text.chars().take(1000).collect();
        return kind.ends_with("feed+json") || beginning.contains("jsonfeed.org/version/");
    }
    text.starts_with('<') && matches!(root(text), Root::Feed)
}

/// The encoding that a type of content names.
pub(super) fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

fn not(what: &str) -> Error {
    Error::NotAFeed(what.to_owned())
}

enum Root {
    Feed,
    Page,
    Other,
}

/// What the document is, by its first element.
fn root(text: &str) -> Root {
    let name = first_element(text).unwrap_or_default();
    match name.rsplit_once(':').map_or(name, |(_, local)| local).to_ascii_lowercase().as_str() {
        "rss" | "rdf" | "feed" | "entry" => Root::Feed,
        "html" | "head" | "body" | "div" | "p" | "h1" | "meta" | "title" | "script" | "br" => Root::Page,
        _ => Root::Other,
    }
}

/// The name of the first element; what stands in comments is none.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.get(memchr(b'<', rest.as_bytes())? + 1..)?;
        if rest.starts_with(|c: char| c.is_alphabetic()) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            return rest.get(..end);
        }
        let end = if rest.starts_with("!--") { "-->" } else { ">" };
        rest = rest.get(memmem::find(rest.as_bytes(), end.as_bytes())? + end.len()..)?;
    }
}

fn parser(address: &Address) -> Parser {
    // A name made of chance would make every entry new each time.
    Builder::new().base_uri(Some(address.as_str())).id_generator(|_, _, _| String::new()).build()
}

fn read_xml(text: &str, address: &Address, limits: &Limits) -> Result<Feed, Error> {
    let whole = xml::make_whole(text, limits);
    if let Ok(parsed) = parser(address).parse(whole.xml.as_bytes()) {
        return Ok(feed(parsed, address, whole.lost, 0, limits));
    }
    // One fault is enough to lose all: each entry for itself.
    let alone = |content: &str| {
        let document = format!("{}{content}{}", whole.opening, whole.closing);
        parser(address).parse(document.as_bytes())
    };
    let head_end = whole.entries.first().map_or(whole.xml.len(), |first| first.start);
    let head = whole.xml.get(whole.opening.len()..head_end).unwrap_or_default();
    let mut all = match alone(head).or_else(|_| alone("")) {
        Ok(parsed) => parsed,
        Err(error) => return Err(Error::NotAFeed(safe::line(&error.to_string()))),
    };
    let mut faulty = 0;
    for range in &whole.entries {
        match alone(whole.xml.get(range.clone()).unwrap_or_default()) {
            Ok(one) => all.entries.extend(one.entries),
            Err(_) => faulty += 1,
        }
    }
    Ok(feed(all, address, whole.lost, faulty, limits))
}

fn read_json(text: &str, address: &Address, limits: &Limits) -> Result<Feed, Error> {
    let whole = json::make_whole(text, limits.entries);
    let parsed = parser(address).parse(whole.json.as_bytes()).or_else(|error| match json::forgive(&whole.json) {
        Some(forgiven) => parser(address).parse(forgiven.as_bytes()),
        None => Err(error),
    });
    match parsed {
        Ok(parsed) => Ok(feed(parsed, address, whole.lost, 0, limits)),
        Err(error) => Err(Error::NotAFeed(safe::line(&error.to_string()))),
    }
}

/// What is kept of a parsed feed.
fn feed(parsed: model::Feed, address: &Address, lost: Option<Lost>, faulty: usize, limits: &Limits) -> Feed {
    let title = parsed.title.and_then(|title| line(&title.content)).unwrap_or_default();
    let by = entry::names(&parsed.authors);
    let entries: Vec<Entry> =
        parsed.entries.into_iter().map(|entry| Entry::of(entry, address, by.as_deref())).collect();
    let lost = match (lost, faulty) {
        (Some(Lost::CutOff), _) => Some(CUT_OFF.to_owned()),
        (Some(Lost::Entries), _) => Some(format!("only its first {} entries are taken", limits.entries)),
        (Some(Lost::Elements), _) => Some("it is too large; only its first entries are taken".to_owned()),
        (None, 0) => None,
        (None, 1) => Some("one of its entries cannot be read".to_owned()),
        (None, faulty) => Some(format!("{faulty} of its entries cannot be read")),
    };
    Feed { title, entries, lost }
}
