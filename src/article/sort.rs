//! Orders of a list of articles, as the user names them and as they are stored.

use std::fmt;
use std::str::FromStr;

use crate::text::safe;

/// An order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What it goes by.
    pub by: SortKey,
    /// Whether it is turned round.
    pub reversed: bool,
}

/// What a list is sorted by; what is equal goes by date, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// Newest first, then those without a date, last added first.
    #[default]
    Date,
    /// Last added first.
    Added,
    /// By headline.
    Title,
    /// By who published it.
    Source,
    /// Most voices first.
    Voices,
    /// Longest first.
    Length,
}

impl SortKey {
    /// All of them, each with its letter and name.
    pub const ALL: [(Self, char, &'static str); 6] = [
        (Self::Date, 'd', "date"),
        (Self::Added, 'a', "added"),
        (Self::Title, 't', "title"),
        (Self::Source, 's', "source"),
        (Self::Voices, 'v', "voices"),
        (Self::Length, 'l', "length"),
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(key, ..)| *key == self).map_or("", |(.., name)| name)
    }
}

impl Sort {
    /// The order with this letter; a capital letter turns it round.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        let key = SortKey::ALL.into_iter().find(|(_, known, _)| *known == letter.to_ascii_lowercase());
        key.map(|(by, ..)| Self { by, reversed: letter.is_ascii_uppercase() })
    }

    /// Its letter.
    #[must_use]
    pub fn letter(self) -> char {
        let letter = SortKey::ALL.into_iter().find(|(key, ..)| *key == self.by).map_or('d', |(_, letter, _)| letter);
        if self.reversed { letter.to_ascii_uppercase() } else { letter }
    }

    /// The same turned round.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { reversed: !self.reversed, ..self }
    }

    /// How the list is sorted, in a word or two.
    #[must_use]
    pub fn describe(self) -> String {
        format!("by {}{}", self.by.name(), if self.reversed { ", reversed" } else { "" })
    }
}

impl fmt::Display for Sort {
    /// The name of what it goes by, with a `-` where it is turned round.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.reversed { "-" } else { "" }, self.by.name())
    }
}

impl FromStr for Sort {
    type Err = String;

    /// Reads `title`, or `-title` for the reverse.
    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.strip_prefix('-').unwrap_or(text);
        let key = SortKey::ALL.into_iter().find(|(.., known)| *known == name);
        key.map(|(by, ..)| Self { by, reversed: name.len() < text.len() }).ok_or_else(|| {
            format!("{} is no order; known are {}", safe::line(name), SortKey::ALL.map(|(.., name)| name).join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_read_as_it_is_written_and_has_a_letter_of_its_own() {
        for (by, letter, name) in SortKey::ALL {
            for sort in [Sort { by, reversed: false }, Sort { by, reversed: true }] {
                assert_eq!(sort.to_string().parse(), Ok(sort), "{name}");
                assert_eq!(Sort::of(sort.letter()), Some(sort), "{letter}");
                assert_eq!(sort.turned().turned(), sort);
            }
        }
        assert_eq!(Sort::of('q'), None);
    }
}
