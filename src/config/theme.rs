//! Themes: a style for every role on the screen, as data.

/// A colour as a theme names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// The terminal's own.
    Default,
    /// One of the terminal's 16 colours, 0 to 15.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// How a role looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Foreground.
    pub fg: Color,
    /// Background.
    pub bg: Color,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Dimmed.
    pub dim: bool,
    /// Foreground and background swapped.
    pub reverse: bool,
}

/// A style for every role; voices have eight colours that stay apart for colour-blind readers (Okabe-Ito order).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Colours of the voices a to h, used again from the ninth on (the letter tells them apart).
    pub voices: [Color; 8],
}

impl Default for Theme {
    fn default() -> Self {
        Self { name: "dark".to_owned(), voices: [Color::Default; 8] }
    }
}
