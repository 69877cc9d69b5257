//! Articles as objects of JSON, `{"id", "title"?, "date"?, "url"?, "text"}`: one a file (`.json`) or one a line (`.jsonl`).
//!
//! What is wrong with one is said in the user's words: what stands there, and what should. Places are bytes from 1.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{dates, draft, text};
use crate::article::Article;
use crate::text::safe;

/// What is expected of an object, as messages say it.
const EXPECTED: &str = "expected an object with \"id\" and \"text\"";

/// An article's name, given back as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A string, or a path.
    Text(String),
    /// A number.
    Number(serde_json::Number),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(id) => f.write_str(id),
            Self::Number(id) => id.fmt(f),
        }
    }
}

/// An article as its object gives it; nothing is made safe yet. Whatever else the object holds is not ours to judge.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// What it is called.
    pub id: Option<Id>,
    /// The headline.
    pub title: Option<String>,
    /// The date, in any form.
    pub date: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// The text.
    pub text: String,
}

impl Row {
    /// The article to be read.
    #[must_use]
    pub fn article(&self) -> Article {
        let title = self.title.as_deref().map(safe::line).filter(|title| !title.is_empty());
        // A text may begin with its title; then that is not said twice.
        let (mut article, _) = match title {
            Some(title) => text::read(&format!("Title: {title}\n\n{}", self.text)),
            None => text::read(&self.text),
        };
        article.meta.date = self.date.as_deref().and_then(dates::find).or(article.meta.date);
        article.meta.url = self.url.as_deref().and_then(draft::address).or(article.meta.url);
        article
    }
}

/// Whether the file `name` holds one article a line, by its ending.
#[must_use]
pub fn is_lines(name: &str) -> bool {
    ends_in(name, &["jsonl", "ndjson"])
}

/// Whether the file `name` holds one article, by its ending.
#[must_use]
pub fn is_object(name: &str) -> bool {
    ends_in(name, &["json"])
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Whether `bytes` hold articles whatever their file is called: the first line that is not blank is one.
#[must_use]
pub fn begins(bytes: &[u8]) -> bool {
    let bytes = unmarked(bytes).trim_ascii_start();
    bytes.first() == Some(&b'{') && matches!(bytes.split(|byte| *byte == b'\n').next().map(row), Some(Ok(Some(_))))
}

/// The article in `json`, a line or a whole file; nothing where that is blank.
///
/// # Errors
/// What is wrong with it: one line.
pub fn row(json: &[u8]) -> Result<Option<Row>, String> {
    let json = unmarked(json);
    let json = std::str::from_utf8(json).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to() + 1))?;
    if json.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(json).map(Some).map_err(|_| explain(json))
}

/// The one article in the file whose contents are `bytes`.
///
/// # Errors
/// Why there is none, or that there are several: one line without the file's name.
pub fn only(bytes: &[u8]) -> Result<Article, String> {
    match row(bytes) {
        Ok(Some(row)) => Ok(row.article()),
        Ok(None) => Ok(Article::default()),
        Err(_) if begins(bytes) => {
            Err("holds several articles, one a line: open it from a file whose name ends in .jsonl".to_owned())
        }
        Err(wrong) => Err(wrong),
    }
}

/// `bytes` without the byte order mark that they may begin with.
#[must_use]
pub fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// What is wrong with `json`, which is no [`Row`].
fn explain(json: &str) -> String {
    let object = match serde_json::from_str(json) {
        Ok(Value::Object(object)) => object,
        Ok(other) => return format!("{}; {EXPECTED}", no_object(&other)),
        Err(error) => return format!("{}; {EXPECTED}", flaw(json.as_bytes(), &error)),
    };
    let is_id = |id: &Value| matches!(id, Value::Null | Value::String(_) | Value::Number(_));
    if let Some(id) = object.get("id").filter(|id| !is_id(id)) {
        return format!("not an article: \"id\" is {}, not a string or a number", kind(id));
    }
    for (name, needed) in [("text", true), ("title", false), ("date", false), ("url", false)] {
        match object.get(name) {
            None if needed => return missing(name),
            None | Some(Value::String(_)) => {}
            Some(Value::Null) if !needed => {}
            Some(other) => return format!("not an article: \"{name}\" is {}, not a string", kind(other)),
        }
    }
    format!("not an article: a name stands twice in it; {EXPECTED}")
}

/// That `value` stands where an article belongs.
pub(super) fn no_object(value: &Value) -> String {
    format!("not an article: {} where an object belongs", kind(value))
}

/// Where `json` is none, as the parser says in `error`.
pub(super) fn flaw(json: &[u8], error: &serde_json::Error) -> String {
    // Lines before the one where it fails, each with its end.
    let lines = json.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    let at = (before + error.column()).max(1);
    let what = if error.is_eof() { "not JSON: it ends too early" } else { "not JSON" };
    format!("{what} (byte {at})")
}

/// That the field `name` is not there.
#[must_use]
pub fn missing(name: &str) -> String {
    format!("not an article: it has no \"{name}\"; {EXPECTED}")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn article(json: &str) -> Article {
        row(json.as_bytes()).unwrap().unwrap().article()
    }

    #[test]
    fn title_and_date_come_from_the_object_and_stand_once() {
        let both =
            article(r#"{"title": "Taxes stay low", "date": "2024-05-06", "text": "Taxes stay low\n\nShe spoke."}"#);
        let apart = article(r#"{"title": "Taxes stay low", "date": "2024-05-06", "text": "She spoke."}"#);
        assert_eq!(both, apart);
        assert_eq!(both.text, "Taxes stay low\n\nShe spoke.");
        assert_eq!(both.meta.title, "Taxes stay low");
        assert_eq!(both.meta.date, jiff::civil::Date::new(2024, 5, 6).ok());
        assert_eq!(article(r#"{"text": "One.\n\nTwo.", "id": 3, "more": [1]}"#).text, "One.\n\nTwo.");
    }

    #[test]
    fn only_a_page_on_the_web_is_its_address() {
        let page = r#"{"text": "She spoke.", "url": "https://example.org/a"}"#;
        assert_eq!(article(page).meta.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(article(&page.replace("https", "file")).meta.url, None);
        assert!(row(br#"{"text": "", "url": 1}"#).unwrap_err().contains("\"url\" is a number"));
    }

    #[test]
    fn what_is_wrong_is_said_in_the_users_words() {
        let wrong = |json: &str| row(json.as_bytes()).unwrap_err();
        assert_eq!(wrong("no"), format!("not JSON (byte 2); {EXPECTED}"));
        assert_eq!(wrong("{\n\"id\": x"), format!("not JSON (byte 9); {EXPECTED}"));
        assert_eq!(wrong("{\"id\": 1"), format!("not JSON: it ends too early (byte 8); {EXPECTED}"));
        assert_eq!(wrong("[1]"), format!("not an article: a list where an object belongs; {EXPECTED}"));
        assert_eq!(wrong("{\"id\": 1}"), format!("not an article: it has no \"text\"; {EXPECTED}"));
        assert_eq!(wrong("{\"text\": 1}"), "not an article: \"text\" is a number, not a string");
        assert_eq!(wrong("{\"text\": \"\", \"date\": []}"), "not an article: \"date\" is a list, not a string");
        assert_eq!(
            wrong("{\"id\": {}, \"text\": \"\"}"),
            "not an article: \"id\" is an object, not a string or a number"
        );
        assert!(wrong("{\"text\": \"a\", \"text\": \"b\"}").contains("a name stands twice"));
        assert_eq!(row(b"\xff").unwrap_err(), "not UTF-8 at byte 1");
    }

    #[test]
    fn articles_are_known_by_their_first_line() {
        assert!(begins(b"\n {\"text\": \"a\"}\n{\"te"));
        assert!(begins("\u{feff}{\"text\": \"a\"}".as_bytes()));
        for other in ["", "{\"a\": 1}", "{A story} begins here.", "\"text\"", "[{\"text\": \"a\"}]"] {
            assert!(!begins(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_file_of_one_article_may_take_several_lines() {
        assert_eq!(only(b"{\n \"text\": \"One.\"\n}\n").unwrap().text, "One.");
        assert!(only(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n").unwrap_err().contains(".jsonl"));
        assert!(only(b"[]").unwrap_err().contains("a list"));
        assert_eq!(only(b" \n").unwrap().text, "");
    }

    proptest! {
        #[test]
        fn any_title_and_text_give_a_sound_article(title in "\\PC{0,30}|[ \n\t:a-z]{0,9}", text in "(\\PC|[ \n:a-z\u{1b}]){0,80}") {
            let row = Row { id: None, title: Some(title), date: Some(text.clone()), url: Some(text.clone()), text };
            prop_assert_eq!(row.article().flaw(), None);
        }

        #[test]
        fn anything_else_is_explained_on_one_line(json in "(\\PC|[{}\\[\\]\":,a-z0-9\n]){0,40}") {
            if let Err(wrong) = row(json.as_bytes()) {
                prop_assert!(!wrong.chars().any(char::is_control), "{:?}", wrong);
            }
        }
    }
}
