//! Orders of the list, and the letters by which they are chosen.

/// An order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What it goes by.
    pub by: SortKey,
    /// Whether it is turned round.
    pub reversed: bool,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// Newest first.
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

    /// The one with this letter.
    #[must_use]
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == letter).map(|(key, ..)| key)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(key, ..)| *key == self).map_or("", |(.., name)| name)
    }
}

impl Sort {
    /// The same as [`Sort::describe`] in the fewest columns, with a `-` where it is turned round.
    #[must_use]
    pub fn short(self) -> String {
        format!("{}{}", if self.reversed { "-" } else { "" }, self.by.name())
    }

    /// How the list is sorted, in a word or two.
    #[must_use]
    pub fn describe(self) -> String {
        format!("by {}{}", self.by.name(), if self.reversed { ", reversed" } else { "" })
    }
}
