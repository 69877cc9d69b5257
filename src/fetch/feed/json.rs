//! A JSON Feed cut to its first complete items before it is parsed, in one pass.

use std::borrow::Cow;

use serde_json::Value;

use super::xml::Lost;

/// A feed that is JSON from its beginning to its end.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    pub(super) json: Cow<'a, str>,
    pub(super) lost: Option<Lost>,
}

/// Cuts `json` behind its first `most` items, or behind the last complete one where it breaks off.
pub(super) fn make_whole(json: &str, most: usize) -> Whole<'_> {
    let mut scan = Scan::default();
    for (at, byte) in json.bytes().enumerate() {
        scan.step(at, byte);
        if scan.items >= most && scan.in_items() {
            let more = json.get(at + 1..).unwrap_or_default().trim_ascii_start().starts_with(',');
            if more {
                return scan.cut(json, Lost::Entries);
            }
        }
    }
    if scan.depth == 0 || scan.behind.is_none() {
        return Whole { json: Cow::Borrowed(json), lost: None };
    }
    scan.cut(json, Lost::CutOff)
}

/// The same feed with numbers in the place of texts written as texts, where that is all that is wrong with it.
pub(super) fn forgive(json: &str) -> Option<String> {
    let mut feed: Value = serde_json::from_str(json).ok()?;
    let object = feed.as_object_mut()?;
    object.entry("title").or_insert_with(|| "".into());
    let version = object.entry("version").or_insert_with(|| "".into());
    if !version.as_str().is_some_and(|version| version.starts_with("https://jsonfeed.org/version/1")) {
        *version = "https://jsonfeed.org/version/1".into();
    }
    let items = object.get_mut("items")?.as_array_mut()?;
    items.retain(Value::is_object);
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        item.retain(|key, value| {
            if let Value::Number(number) = &*value {
                *value = Value::String(number.to_string());
            }
            let is_text = value.is_string();
            match key.as_str() {
                "id" | "url" | "external_url" | "title" | "content_html" | "content_text" | "summary"
                | "date_published" | "date_modified" => is_text,
                "author" => value.is_object(),
                "authors" => value.as_array().is_some_and(|all| all.iter().all(Value::is_object)),
                _ => false,
            }
        });
    }
    serde_json::to_string(&feed).ok()
}

/// Where a scan through JSON stands.
#[derive(Debug, Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// Whether the value that comes next is that of `items`.
    comes: bool,
    /// Depth of the list of items, while it is open.
    list: Option<usize>,
    /// Complete items.
    items: usize,
    /// Where the latest complete item, or the beginning of the list, ends.
    behind: Option<usize>,
    /// The beginning of the latest text at depth 1.
    key: Vec<u8>,
}

impl Scan {
    fn in_items(&self) -> bool {
        self.list == Some(self.depth)
    }

    fn step(&mut self, at: usize, byte: u8) {
        if self.in_text {
            self.step_in_text(byte);
            return;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                self.key.clear();
            }
            b':' => self.comes = self.depth == 1 && self.key == b"items",
            b'{' | b'[' => {
                self.depth += 1;
                if byte == b'[' && self.comes && self.list.is_none() && self.behind.is_none() {
                    self.list = Some(self.depth);
                    self.behind = Some(at + 1);
                }
                self.comes = false;
            }
            b'}' | b']' => {
                if self.in_items() {
                    self.list = None;
                }
                self.depth = self.depth.saturating_sub(1);
                if self.in_items() {
                    self.items += 1;
                    self.behind = Some(at + 1);
                }
            }
            byte if !byte.is_ascii_whitespace() => self.comes = false,
            _ => {}
        }
    }

    fn step_in_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_text = false,
            _ if self.depth == 1 && self.key.len() < 8 => self.key.push(byte),
            _ => {}
        }
    }

    fn cut(&self, json: &str, lost: Lost) -> Whole<'static> {
        let kept = json.get(..self.behind.unwrap_or(0)).unwrap_or_default();
        Whole { json: Cow::Owned(format!("{kept}]}}")), lost: Some(lost) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str =
        r#"{"version":"x","note":"items","items" : [{"id":"1","a":[{"b":"]}\""}]}, {"id":"2"}],"title":"T"}"#;

    #[test]
    fn a_feed_that_is_whole_stays_as_it_is() {
        for json in [FEED, "{}", "", "[1]", r#"{"items":[]}"#] {
            let whole = make_whole(json, 10);
            assert_eq!((&*whole.json, whole.lost), (json, None));
        }
    }

    #[test]
    fn a_feed_that_is_cut_off_anywhere_keeps_its_complete_items() {
        let start = FEED.find('[').unwrap() + 1;
        let ends: Vec<usize> = ["}]}", r#""2"}"#].iter().map(|end| FEED.find(end).unwrap() + end.len()).collect();
        for cut in start..FEED.len() {
            let whole = make_whole(FEED.get(..cut).unwrap(), 10);
            let value: Value = serde_json::from_str(&whole.json).unwrap();
            let complete = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(value["items"].as_array().unwrap().len(), complete, "cut at {cut}");
            assert_eq!(whole.lost, Some(Lost::CutOff));
        }
    }

    #[test]
    fn only_the_first_items_are_taken() {
        let many = format!(r#"{{"items":[{}{{}}]}}"#, "{},".repeat(100));
        let whole = make_whole(&many, 3);
        assert_eq!((&*whole.json, whole.lost), (r#"{"items":[{},{},{}]}"#, Some(Lost::Entries)));
        assert_eq!(make_whole(&many, 101).lost, None);
    }

    #[test]
    fn numbers_for_names_are_forgiven() {
        let json = r#"{"items":[{"id":7,"title":null,"content_text":"x","tags":5},3]}"#;
        let forgiven: Value = serde_json::from_str(&forgive(json).unwrap()).unwrap();
        assert_eq!(forgiven["items"], serde_json::json!([{"id":"7","content_text":"x"}]));
        assert_eq!(forgive("[]"), None);
    }
}
