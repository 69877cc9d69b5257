//! The signs of the screen and what they mean: one table, which the help screen and the README show. How each looks
//! is up to the glyphs in force.

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The selected row of a list.
    Selected,
    /// The open story, where another one is selected.
    Open,
    /// A story that has not been read.
    Unread,
    /// A story that is picked for a change to several.
    Picked,
    /// A story that the user starred.
    Star,
    /// A file that could not be read.
    Failed,
    /// The letters of a story's voices.
    Letters,
    /// The letter of nobody known.
    Unknown,
    /// Beside direct speech; beside the current quote.
    Direct,
    /// Beside reported speech; beside the current quote.
    Reported,
    /// The scrollbar where somebody speaks; on the screen.
    Speech,
    /// The scrollbar where nobody speaks; on the screen.
    Track,
    /// A hit on the scrollbar; the current one.
    Hit,
    /// A passage that the user highlighted; one with a note.
    Highlight,
    /// More rows above or below.
    More,
    /// A text that is cut.
    Cut,
}

impl Sign {
    /// All signs with what they mean, in the order shown.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Selected, "The selected row"),
        (Self::Open, "The open story, if another one is selected"),
        (Self::Unread, "A story you have not read"),
        (Self::Picked, "A story picked for a change to several"),
        (Self::Star, "A story you have starred"),
        (Self::Failed, "A file that cannot be read"),
        (Self::Letters, "Voices, most words first, and how many more"),
        (Self::Unknown, "Beside the text: nobody knows who says this"),
        (Self::Direct, "Said in these words; the current quote"),
        (Self::Reported, "Reported in other words; the current quote"),
        (Self::Speech, "Scrollbar: somebody speaks; on the screen"),
        (Self::Track, "Scrollbar: nobody speaks; on the screen"),
        (Self::Hit, "Scrollbar: search hit; the current one"),
        (Self::Highlight, "A passage you highlighted; with a note"),
        (Self::More, "There is more above, below"),
        (Self::Cut, "There is no room for the rest"),
    ];
}
