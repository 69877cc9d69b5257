//! Front matter: the few keys that a reader shows, from YAML as people write it or from TOML.
//!
//! YAML is read line by line: `key: value`, lists in brackets or below, values in quotation marks. Anchors, nesting
//! and the rest of the language have no part in a title or a date.

use pulldown_cmark::MetadataBlockKind;

use crate::article::Meta;
use crate::article::import::dates;
use crate::article::import::draft::{address, field};
use crate::article::import::text::Key;

/// The metadata in `raw`.
pub(super) fn read(kind: MetadataBlockKind, raw: &str) -> Meta {
    let mut meta = Meta::default();
    let pairs = match kind {
        MetadataBlockKind::YamlStyle => yaml(raw),
        MetadataBlockKind::PlusesStyle => toml(raw),
    };
    for (key, value) in pairs {
        let Some(key) = Key::of(&key) else { continue };
        match key {
            Key::Title if meta.title.is_empty() => meta.title = field(&value).unwrap_or_default(),
            Key::Date => meta.date = meta.date.or_else(|| dates::find(&value)),
            Key::Byline => meta.byline = meta.byline.or_else(|| field(&value)),
            Key::Source => meta.source = meta.source.or_else(|| field(&value)),
            Key::Url => meta.url = meta.url.or_else(|| address(&value)),
            Key::Licence => meta.licence = meta.licence.or_else(|| field(&value)),
            Key::Title => {}
        }
    }
    meta
}

fn yaml(raw: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in raw.lines() {
        let below = line.starts_with([' ', '\t', '-']);
        if below {
            // An item of a list, or the name in a mapping, below a key without a value of its own.
            let item = line.trim().trim_start_matches("- ").trim();
            let item = item.strip_prefix("name:").unwrap_or(item);
            let is_other = item.split_once(": ").is_some();
            if let Some((_, value)) = pairs.last_mut().filter(|_| !is_other && !item.is_empty()) {
                let joint = if line.trim_start().starts_with('-') { ", " } else { " " };
                if !value.is_empty() {
                    value.push_str(joint);
                }
                value.push_str(unquoted(item.trim()));
            }
        } else if let Some((key, value)) = line.split_once(':') {
            let value = value.trim();
            let folded = matches!(value, "|" | ">" | "|-" | ">-");
            pairs.push((key.trim().to_owned(), if folded { String::new() } else { scalar(value) }));
        }
    }
    pairs
}

/// A value as its text: without quotation marks, brackets and comment.
fn scalar(value: &str) -> String {
    if let Some(list) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        return list.split(',').map(|item| unquoted(item.trim())).collect::<Vec<_>>().join(", ");
    }
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some('"') => unquoted(value).replace("\\\"", "\""),
        Some(_) => unquoted(value).replace("''", "'"),
        None => value.split(" #").next().unwrap_or_default().trim().to_owned(),
    }
}

fn unquoted(value: &str) -> &str {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

fn toml(raw: &str) -> Vec<(String, String)> {
    let Ok(table) = raw.parse::<toml::Table>() else { return Vec::new() };
    table.into_iter().filter_map(|(key, value)| Some((key, plain(&value)?))).collect()
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Datetime(when) => Some(when.to_string()),
        toml::Value::Array(all) => Some(all.iter().filter_map(plain).collect::<Vec<_>>().join(", ")),
        toml::Value::Table(table) => table.get("name").and_then(plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_as_people_write_it() {
        let raw = "title: \"Taxes: \\\"low\\\"\" \ndate: 2025-11-21T10:00:00+01:00 # as printed\nauthor:\n  - Ana Ruiz\n  - name: Bo Li\ntags: [a, b]\nsource: 'It''s'\nlicense: CC BY 2.5\nlink: https://e.org/a\n";
        let meta = read(MetadataBlockKind::YamlStyle, raw);
        assert_eq!(meta.title, "Taxes: \"low\"");
        assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
        assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz, Bo Li"));
        assert_eq!(meta.source.as_deref(), Some("It's"));
        assert_eq!(meta.licence.as_deref(), Some("CC BY 2.5"));
        assert_eq!(meta.url.as_deref(), Some("https://e.org/a"));
        assert_eq!(
            read(MetadataBlockKind::YamlStyle, "title: >-\n  Taxes to\n  stay low\nauthors: [Ana, 'Bo']").title,
            "Taxes to stay low"
        );
    }

    #[test]
    fn toml_is_read_and_broken_toml_is_nothing() {
        let meta = read(
            MetadataBlockKind::PlusesStyle,
            "title = 'Taxes'\ndate = 2025-11-21T10:00:00Z\nauthors = ['Ana', 'Bo']\n[params]\nx = 1\n",
        );
        assert_eq!((meta.title.as_str(), meta.byline.as_deref()), ("Taxes", Some("Ana, Bo")));
        assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
        assert_eq!(read(MetadataBlockKind::PlusesStyle, "title = "), Meta::default());
    }
}
