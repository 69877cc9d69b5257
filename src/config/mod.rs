//! Settings, key bindings and themes as read from TOML; what is wrong is reported with file and line.
//!
//! This module knows nothing of the rest: actions are names here, keys are strings; `app::keymap` gives them meaning.

mod nearest;
mod read;
pub mod theme;

pub use nearest::nearest;
pub use read::{REFRESH_MINUTES, TEXT_WIDTHS, read};
pub use theme::{Color, Theme};

/// The settings that come with the program, as the user would write them.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// All settings of a running reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Which theme.
    pub theme: ThemeChoice,
    /// Width of the text column, in columns (20 to 200).
    pub text_width: u16,
    /// Whether lines are spread to the full width.
    pub justify: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether only ASCII glyphs are drawn for bars, bullets and rules; where not said, by terminal and locale.
    pub ascii: Option<bool>,
    /// How many colours are used.
    pub colors: Colors,
    /// When feeds are refreshed unasked.
    pub feeds: Feeds,
    /// Which keys the user's bindings build on.
    pub preset: Preset,
    /// Key bindings of the user, in order; they add to and replace those of the action table.
    pub keys: Vec<Binding>,
}

/// Which theme to use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Dark or light, by what the terminal says.
    #[default]
    Auto,
    /// The built-in theme of this name (`dark`, `light`, `high-contrast`).
    Named(String),
}

/// How many colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colors {
    /// As many as the terminal has.
    #[default]
    Auto,
    /// 24 bits each.
    Rgb,
    /// 256 in all.
    Indexed256,
    /// The terminal's 16.
    Indexed16,
    /// None: bold, underline and reverse only.
    Never,
}

/// When feeds are refreshed unasked; by default never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Feeds {
    /// Whether they are when the reader starts on the library.
    pub refresh_on_start: bool,
    /// Minutes between two times while it is open (5 to 10,080).
    pub refresh_minutes: Option<u16>,
}

/// Keys to build on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Those of the action table.
    #[default]
    Standard,
    /// With those of `less` where they differ.
    Less,
    /// With those of `newsboat` where they differ.
    Newsboat,
}

/// A key binding as the user wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys, as in the action table (`]q`, `ctrl-d`, `space`).
    pub keys: String,
    /// The action's name; empty unbinds the keys.
    pub action: String,
    /// Line in the settings file, counted from 1.
    pub line: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::Auto,
            text_width: 70,
            justify: false,
            mouse: true,
            ascii: None,
            colors: Colors::Auto,
            feeds: Feeds::default(),
            preset: Preset::Standard,
            keys: Vec::new(),
        }
    }
}

/// Something wrong in a settings file: where, what, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Problem {
    /// The file, as the user may open it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right, one line.
    pub message: String,
}
