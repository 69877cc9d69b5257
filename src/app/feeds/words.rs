//! The settings of a feed as a line that can be typed: `full-text keep:30 title:"The Paper" folder:News cut:X skip:Y`.

use std::fmt::Write as _;

use crate::text::safe;

/// How a feed is treated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What the user calls it; empty for what it calls itself.
    pub title: String,
    /// The folder it lies in, parts separated by `/`; empty for none.
    pub folder: String,
    /// Whether each entry's page is fetched.
    pub full_text: bool,
    /// Days that read articles are kept; for ever if not set.
    pub keep_days: Option<u32>,
    /// What is cut from both ends of headlines.
    pub cut: Vec<String>,
    /// Entries with one of these in the headline are left out.
    pub skip: Vec<String>,
}

/// The words of the line, for messages.
const WORDS: &str = "full-text, keep:DAYS, title:\"NAME\", folder:NAME, cut:\"TEXT\", skip:\"TEXT\"";

impl Settings {
    /// The line that says it.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = String::new();
        let mut word = |key: &str, value: &str| {
            let quoted = value.is_empty() || value.contains([' ', '"', ':']);
            let value = if quoted { format!("\"{}\"", value.replace('"', "'")) } else { value.to_owned() };
            // Writing to a string cannot fail.
            let _ = write!(line, "{key}:{value} ");
        };
        if !self.title.is_empty() {
            word("title", &self.title);
        }
        if !self.folder.is_empty() {
            word("folder", &self.folder);
        }
        if let Some(days) = self.keep_days {
            word("keep", &days.to_string());
        }
        self.cut.iter().for_each(|text| word("cut", text));
        self.skip.iter().for_each(|text| word("skip", text));
        if self.full_text { format!("full-text {line}") } else { line }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it and what would be right: one safe line.
    pub fn read(line: &str) -> Result<Self, String> {
        let mut settings = Self::default();
        for word in words(line)? {
            let (key, value) = word.split_once(':').unwrap_or((word.as_str(), ""));
            let value = safe::line(value);
            match key {
                "full-text" if value.is_empty() || value == "on" => settings.full_text = true,
                "full-text" if value == "off" => settings.full_text = false,
                "keep" if value == "forever" => settings.keep_days = None,
                "keep" => match value.parse() {
                    Ok(days @ 1..=36_500) => settings.keep_days = Some(days),
                    _ => return Err("keep: takes a number of days from 1, or `forever`".to_owned()),
                },
                "title" => settings.title = value,
                "folder" => settings.folder = value,
                "cut" | "skip" if value.is_empty() => return Err(format!("{key}: takes a text: {key}:\"TEXT\"")),
                "cut" => settings.cut.push(value),
                "skip" => settings.skip.push(value),
                _ => {
                    let key = safe::line(key);
                    let named = if key.is_empty() { "this" } else { &key };
                    return Err(format!("{named} is no setting: {WORDS}"));
                }
            }
        }
        Ok(settings)
    }
}

/// The words of a line; blanks in quotation marks separate nothing, and the marks go.
fn words(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            c if c.is_whitespace() && !quoted => {
                if std::mem::take(&mut begun) {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if quoted {
        return Err("a quotation mark is not closed".to_owned());
    }
    if begun {
        words.push(word);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_written() {
        let all = Settings {
            title: "The Paper: all".into(),
            folder: "News/World".into(),
            full_text: true,
            keep_days: Some(30),
            cut: vec!["The Paper".into(), "|".into()],
            skip: vec!["advert".into()],
        };
        let line = "full-text title:\"The Paper: all\" folder:News/World keep:30 cut:\"The Paper\" cut:| skip:advert ";
        assert_eq!((all.line().as_str(), Settings::read(line)), (line, Ok(all)));
        assert_eq!((Settings::default().line().as_str(), Settings::read("  ")), ("", Ok(Settings::default())));
        assert_eq!(Settings::read("full-text:off keep:forever"), Ok(Settings::default()));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, says) in [
            ("keep:soon", "days"),
            ("keep:0", "days"),
            ("cut:", "cut:\"TEXT\""),
            ("colour:red", "colour is no setting"),
            ("full-text:maybe", "no setting"),
            ("title:\"x", "not closed"),
            ("\u{1b}[2J:x", "is no setting"),
        ] {
            let why = Settings::read(line).unwrap_err();
            assert!(why.contains(says) && safe::line(&why) == why, "{why}");
        }
    }
}
