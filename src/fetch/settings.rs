//! What the user wants of one feed, as it is kept in the library.

use serde::{Deserialize, Serialize};

/// Settings of a feed. What a later version wrote and this one does not know is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether each entry's page is fetched, and the story in it kept instead of what the feed gives of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub full_text: bool,
    /// Days that read articles are kept, but for those that are starred, tagged or highlighted; for ever if not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
    /// What is cut from both ends of headlines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<String>,
    /// Entries with one of these in the headline are left out, whatever the case of its letters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<String>,
}

impl Settings {
    /// Reads settings as they are kept; what cannot be read is as if it had not been set.
    #[must_use]
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The settings as they are kept; empty where none is set.
    #[must_use]
    pub fn write(&self) -> String {
        if *self == Self::default() { String::new() } else { serde_json::to_string(self).unwrap_or_default() }
    }

    /// Whether an entry with this headline is left out.
    #[must_use]
    pub fn skips(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        self.skip.iter().any(|word| !word.is_empty() && title.contains(&word.to_lowercase()))
    }

    /// The headline without what is to be cut; as it is where nothing would be left.
    #[must_use]
    pub fn cut<'t>(&self, title: &'t str) -> &'t str {
        let separators = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ':' | '·');
        let mut left = title.trim();
        for word in self.cut.iter().filter(|word| !word.is_empty()) {
            let shorter = left.strip_prefix(word.as_str()).or_else(|| left.strip_suffix(word.as_str()));
            left = shorter.map(|rest| rest.trim_matches(separators)).filter(|rest| !rest.is_empty()).unwrap_or(left);
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let settings = Settings { full_text: true, keep_days: Some(30), cut: vec!["x".into()], ..Settings::default() };
        assert_eq!(Settings::read(&settings.write()), settings);
        assert_eq!(Settings::default().write(), "");
        for nonsense in ["", "{", "[]", r#"{"full_text":3}"#, "\u{1b}[2J"] {
            assert_eq!(Settings::read(nonsense), Settings::default(), "{nonsense}");
        }
        assert!(Settings::read(r#"{"full_text":true,"later":1}"#).full_text);
    }

    #[test]
    fn headlines_are_cut_and_skipped() {
        let settings = Settings { cut: vec!["The Paper".into()], skip: vec!["advert".into()], ..Settings::default() };
        assert_eq!(settings.cut("The Paper: Taxes - low"), "Taxes - low");
        assert_eq!(settings.cut("Taxes | The Paper "), "Taxes");
        assert_eq!(settings.cut("The Paper"), "The Paper");
        assert!(settings.skips("An Advertisement") && !settings.skips("News"));
    }
}
