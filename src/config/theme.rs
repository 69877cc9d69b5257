//! Themes: a look for every role on the screen, as data.
//!
//! A theme is a TOML file with a sheet for terminals of many colours and one for those of 16; without colours all
//! themes look alike (`plain.toml`). A colour that is [`Color::Default`] leaves what is below it, in the end the
//! terminal's own.

use std::sync::LazyLock;

use serde::Deserialize;

use super::ThemeChoice;

/// A colour as a theme names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// What is below, in the end the terminal's own.
    #[default]
    Default,
    /// One of the terminal's 16 colours, 0 to 15.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// How a role looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident = $name:literal,)+) => {
        /// The parts of the screen that a theme gives a look.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[doc = $doc])+ $role,)+ }

        impl Role {
            /// All roles with the names they have in a theme.
            pub const ALL: &[(Self, &'static str)] = &[$((Self::$role, $name),)+];
        }
    };
}

roles! {
    /// Foreground and background of everything, where the theme was chosen by name: one chosen by the terminal's
    /// background leaves it as it is.
    Page = "page",
    /// What matters less.
    Dim = "dim",
    /// Rules and the scrollbar's track.
    Faint = "faint",
    /// The heading of the focused pane.
    Accent = "accent",
    /// The headline of a story.
    Title = "title",
    /// A heading within a story.
    Heading = "heading",
    /// The selected row of the focused pane.
    Selection = "selection",
    /// The selected row of another pane.
    Selected = "selected",
    /// The dot of an unread story.
    Unread = "unread",
    /// A person's name.
    Person = "person",
    /// The name of an organization.
    Organization = "organization",
    /// The name of a place.
    Place = "place",
    /// The name of anything else.
    Other = "other",
    /// Reported speech, on top of its speaker's colour.
    Reported = "reported",
    /// The words of a speaker nobody knows.
    Unknown = "unknown",
    /// The current quote, on top of its speaker's colour.
    Current = "current",
    /// Linked words.
    Link = "link",
    /// Mentions of the selected entity.
    Entity = "entity",
    /// The words that report, where the evidence is shown.
    Cue = "cue",
    /// The mentions that lead to the speaker, where the evidence is shown.
    Source = "source",
    /// What the user highlighted.
    Highlight = "highlight",
    /// Words that are being selected.
    Selecting = "selecting",
    /// The end of them that moves.
    Cursor = "cursor",
    /// What a search found.
    Hit = "hit",
    /// The hit the user is at.
    HitCurrent = "hit-current",
    /// What went wrong.
    Error = "error",
    /// What the user should know.
    Notice = "notice",
    /// The status line.
    Status = "status",
    /// The word at its start.
    Mode = "mode",
    /// A key in the status line.
    Key = "key",
    /// Help and command palette.
    Popup = "popup",
    /// A key in them.
    PopupKey = "popup-key",
    /// What the filter matches.
    Match = "match",
}

/// Voices that have a colour of their own.
pub const VOICES: usize = 8;

/// A look for every role and a colour for every voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    looks: [Look; Role::ALL.len()],
    /// Colours of the voices a to h, used again from the ninth on (the letter tells them apart).
    pub voices: [Color; VOICES],
}

impl Default for Sheet {
    fn default() -> Self {
        Self { looks: [Look::default(); Role::ALL.len()], voices: [Color::default(); VOICES] }
    }
}

impl Sheet {
    /// How `role` looks.
    #[must_use]
    pub fn look(&self, role: Role) -> Look {
        self.looks.get(role as usize).copied().unwrap_or_default()
    }
}

/// A theme; its voices have eight colours that stay apart for colour-blind readers (Okabe-Ito order).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Its name in the settings.
    pub name: &'static str,
    /// Whether it is made for light backgrounds.
    pub light: bool,
    /// For 24-bit colours; for 256 the nearest ones.
    pub rgb: Sheet,
    /// For the terminal's 16 colours.
    pub ansi: Sheet,
    /// Without colours.
    pub plain: Sheet,
}

/// The themes that come with the program.
static BUILT_IN: LazyLock<[Theme; 3]> = LazyLock::new(|| {
    let plain = sheet(toml::from_str(include_str!("../../assets/themes/plain.toml")).unwrap_or_default());
    let theme = |name, source| read(name, source, &plain).unwrap_or_default();
    [
        theme("dark", include_str!("../../assets/themes/dark.toml")),
        theme("light", include_str!("../../assets/themes/light.toml")),
        theme("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ]
});

impl Theme {
    /// The themes that come with the program: dark, light, high-contrast.
    #[must_use]
    pub fn built_in() -> &'static [Self] {
        &*BUILT_IN
    }

    /// The built-in theme called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::built_in().iter().find(|theme| theme.name == name)
    }

    /// The theme for `choice` on a terminal that said whether its background is light (`None`: it did not say). An
    /// unknown name gives what [`ThemeChoice::Auto`] gives; settings complain of it.
    #[must_use]
    pub fn resolve(choice: &ThemeChoice, light_background: Option<bool>) -> &'static Self {
        let [dark, light, _] = &*BUILT_IN;
        let named = match choice {
            ThemeChoice::Auto => None,
            ThemeChoice::Named(name) => Self::named(name),
        };
        named.unwrap_or(if light_background == Some(true) { light } else { dark })
    }
}

/// A theme's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    light: bool,
    rgb: toml::Table,
    ansi: toml::Table,
}

/// Reads the theme `name` from the text of its file.
///
/// # Errors
/// Where it is no TOML or lacks a part.
fn read(name: &'static str, source: &str, plain: &Sheet) -> Result<Theme, toml::de::Error> {
    let File { light, rgb, ansi } = toml::from_str(source)?;
    Ok(Theme { name, light, rgb: sheet(rgb), ansi: sheet(ansi), plain: plain.clone() })
}

/// The sheet written in `table`; roles it does not name look like what is below them.
fn sheet(table: toml::Table) -> Sheet {
    let mut sheet = Sheet::default();
    for (place, (_, name)) in Role::ALL.iter().enumerate() {
        let written = table.get(*name).and_then(toml::Value::as_str);
        if let (Some(look), Some(slot)) = (written.and_then(look), sheet.looks.get_mut(place)) {
            *slot = look;
        }
    }
    let voices = table.get("voices").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
    for (slot, written) in sheet.voices.iter_mut().zip(voices) {
        *slot = written.as_str().and_then(color).unwrap_or_default();
    }
    sheet
}

/// The look written as `FOREGROUND on BACKGROUND bold italic underline dim reverse`; `None` where a word is unknown.
fn look(written: &str) -> Option<Look> {
    let mut look = Look::default();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "bold" => look.bold = true,
            "italic" => look.italic = true,
            "underline" => look.underline = true,
            "dim" => look.dim = true,
            "reverse" => look.reverse = true,
            "on" => look.bg = color(words.next()?)?,
            fg => look.fg = color(fg)?,
        }
    }
    Some(look)
}

/// The terminal's 16 colours by their usual names, in their order.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// The colour written as `default`, `#rrggbb` or the name of one of the 16.
fn color(written: &str) -> Option<Color> {
    if written == "default" {
        return Some(Color::Default);
    }
    if let Some(hex) = written.strip_prefix('#').filter(|hex| hex.len() == 6) {
        let value = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    (0..).zip(NAMES).find(|(_, name)| *name == written).map(|(index, _)| Color::Indexed(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_theme_is_understood() {
        let plain = include_str!("../../assets/themes/plain.toml");
        let mut sheets = vec![("plain", toml::from_str::<toml::Table>(plain).unwrap())];
        for (name, source) in [
            ("dark", include_str!("../../assets/themes/dark.toml")),
            ("light", include_str!("../../assets/themes/light.toml")),
            ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
        ] {
            let File { rgb, ansi, .. } = toml::from_str(source).unwrap();
            sheets.extend([(name, rgb), (name, ansi)]);
        }
        for (theme, table) in sheets {
            for (name, value) in &table {
                if name == "voices" {
                    let voices = value.as_array().unwrap();
                    assert_eq!(voices.len(), VOICES, "{theme}");
                    assert!(voices.iter().all(|voice| color(voice.as_str().unwrap()).is_some()), "{theme}");
                } else {
                    assert!(Role::ALL.iter().any(|(_, role)| role == name), "{theme}: no role {name}");
                    assert!(look(value.as_str().unwrap()).is_some(), "{theme}: {name} = {value}");
                }
            }
        }
    }

    #[test]
    fn looks_are_written_in_words() {
        let expected = Look { fg: Color::Rgb(255, 0, 16), bg: Color::Indexed(12), bold: true, ..Look::default() };
        assert_eq!(look("#ff0010 on bright-blue bold"), Some(expected));
        assert_eq!(look("on nowhere"), None);
        assert_eq!(look("blinking"), None);
    }

    #[test]
    fn the_terminals_background_decides_unless_the_user_does() {
        let named = |name: &str| ThemeChoice::Named(name.to_owned());
        assert_eq!(Theme::resolve(&ThemeChoice::Auto, Some(true)).name, "light");
        assert_eq!(Theme::resolve(&ThemeChoice::Auto, None).name, "dark");
        assert_eq!(Theme::resolve(&named("dark"), Some(true)).name, "dark");
        assert_eq!(Theme::resolve(&named("no such theme"), Some(true)).name, "light");
    }
}
