//! Articles as objects of JSON: one, a list of them, a feed (JSON Feed) or one a line.
//!
//! The names of fields are those of this program's own output, of JSON Feed, of schema.org and of common exporters;
//! text and HTML are both taken. An object without text is a problem of its own, the others are read.

use serde_json::{Map, Value};

use super::Collection;
use crate::article::import::draft::{Draft, address, field};
use crate::article::import::opening::Opening;
use crate::article::import::{dates, html, json};
use crate::article::{Article, BlockKind, Meta};

/// Whether `bytes` are one value of JSON.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(json::unmarked(bytes)).is_ok()
}

/// Reads a file that is one value.
pub(super) fn read(bytes: &[u8]) -> Collection {
    let bytes = json::unmarked(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Array(list)) => list_of(&list, &Map::new()),
        Ok(Value::Object(object)) => {
            let items = ["items", "articles", "entries", "data"].iter().find_map(|name| object.get(*name)?.as_array());
            match items {
                Some(items) if text_of(&object).is_none() => list_of(items, &object),
                _ => std::iter::once(article(&object, &Map::new())).collect(),
            }
        }
        Ok(other) => std::iter::once(Err(json::no_object(&other))).collect(),
        Err(error) => std::iter::once(Err(json::flaw(bytes, &error))).collect(),
    }
}

/// Reads a file with one object a line.
pub(super) fn read_lines(bytes: &[u8]) -> Collection {
    let lines = json::unmarked(bytes).split(|byte| *byte == b'\n').zip(1..);
    let lines = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
    lines.map(|(line, number)| object(line).map_err(|problem| format!("line {number}: {problem}"))).collect()
}

/// Reads one object.
pub(super) fn object(bytes: &[u8]) -> Result<Article, String> {
    let bytes = json::unmarked(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(object)) => article(&object, &Map::new()),
        Ok(other) => Err(json::no_object(&other)),
        Err(error) => Err(json::flaw(bytes, &error)),
    }
}

fn list_of(list: &[Value], around: &Map<String, Value>) -> Collection {
    list.iter()
        .zip(1..)
        .map(|(value, number)| match value {
            Value::Object(object) => article(object, around).map_err(|problem| format!("entry {number}: {problem}")),
            other => Err(format!("entry {number}: {}", json::no_object(other))),
        })
        .collect()
}

/// The text of an object, and whether it is HTML.
fn text_of(object: &Map<String, Value>) -> Option<(&str, bool)> {
    let plain = first(object, &["text", "content_text", "articleBody", "body", "plain"]).map(|text| (text, false));
    let page = || first(object, &["content_html", "html"]).map(|text| (text, true));
    let either = || {
        let text = first(object, &["content", "description", "summary"])?;
        Some((text, text.contains("</") || text.contains("<p>") || text.contains("<br")))
    };
    plain.or_else(page).or_else(either)
}

/// The article of an object in a list whose own object is `around`.
fn article(object: &Map<String, Value>, around: &Map<String, Value>) -> Result<Article, String> {
    let Some((text, is_html)) = text_of(object) else {
        return Err("not an article: it has no \"text\" and no \"content_html\"".to_owned());
    };
    let title = first(object, &["title", "headline", "name"]).and_then(field);
    let meta = Meta {
        title: title.clone().unwrap_or_default(),
        untitled: false,
        date: first(object, &["date", "date_published", "datePublished", "published", "pubDate", "created"])
            .and_then(dates::find),
        byline: person(object, &["byline", "author", "authors", "creator"])
            .or_else(|| person(around, &["author", "authors"])),
        source: first(object, &["source", "publisher", "site_name", "siteName"])
            .or_else(|| name_in(object, "publisher"))
            .or_else(|| first(around, &["title"]))
            .and_then(field),
        url: first(object, &["url", "link", "canonical_url", "external_url"]).and_then(address),
        licence: first(object, &["licence", "license", "rights"]).and_then(field),
    };
    if is_html {
        let mut draft = Draft::default();
        draft.block(BlockKind::Title, 0, &meta.title, &[]);
        let mut opening = Opening::new(meta.clone(), &meta.title);
        html::write_piece(text, &mut draft, &mut opening);
        return Ok(draft.finish(opening.meta).0);
    }
    let row = json::Row { id: None, title, date: None, url: None, text: text.to_owned() };
    let mut article = row.article();
    let read = &mut article.meta;
    read.date = meta.date.or(read.date);
    read.byline = meta.byline.or(read.byline.take());
    read.source = meta.source.or(read.source.take());
    read.url = meta.url.or(read.url.take());
    read.licence = meta.licence.or(read.licence.take());
    Ok(article)
}

/// The first of these fields that is a string with something in it.
fn first<'o>(object: &'o Map<String, Value>, names: &[&str]) -> Option<&'o str> {
    names.iter().find_map(|name| object.get(*name)?.as_str()).filter(|text| !text.trim().is_empty())
}

/// The name in the first of these fields: a string, an object with a name, or a list of either.
fn person(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| object.get(*name))?;
    let one = |value: &Value| match value {
        Value::String(name) => field(name),
        Value::Object(person) => person.get("name")?.as_str().and_then(field),
        _ => None,
    };
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().take(5).filter_map(one).collect();
            Some(names.join(", ")).filter(|names| !names.is_empty())
        }
        other => one(other),
    }
}

/// The name of the object in a field.
fn name_in<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o str> {
    object.get(name)?.as_object()?.get("name")?.as_str()
}
