//! What the environment says about the terminal: its colours, its characters and its background.

use std::env::var;

use crate::config::Colors;

/// How many colours the terminal has, by `NO_COLOR`, `COLORTERM` and `TERM`.
#[must_use]
pub fn colors() -> Colors {
    let of = |name| var(name).unwrap_or_default();
    colors_by(&of("NO_COLOR"), &of("COLORTERM"), &of("TERM"))
}

fn colors_by(no_color: &str, colorterm: &str, term: &str) -> Colors {
    let monochrome = term == "dumb" || term.starts_with("vt") || term.ends_with("-mono") || term.ends_with("-m");
    if !no_color.is_empty() || monochrome {
        Colors::Never
    } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
        Colors::Rgb
    } else if term.contains("256") {
        Colors::Indexed256
    } else {
        Colors::Indexed16
    }
}

/// Whether the terminal can be trusted with ASCII only, by `TERM` and the locale.
#[must_use]
pub fn ascii() -> bool {
    let of = |name| var(name).unwrap_or_default();
    ascii_by(&of("TERM"), [&of("LC_ALL"), &of("LC_CTYPE"), &of("LANG")])
}

/// The first of `locales` that is set counts (POSIX); none at all says nothing: containers and services have none, and
/// their terminals take UTF-8.
fn ascii_by(term: &str, locales: [&str; 3]) -> bool {
    let locale = locales.into_iter().find(|locale| !locale.is_empty()).map(str::to_ascii_lowercase);
    term == "dumb" || locale.is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"))
}

/// Whether the terminal can be asked for its background: the others would show the question.
#[must_use]
pub fn answers() -> bool {
    !matches!(var("TERM").as_deref(), Ok("dumb" | "linux") | Err(_))
}

/// Whether the background is light, by `COLORFGBG`.
#[must_use]
pub fn light_background() -> Option<bool> {
    light_by(&var("COLORFGBG").ok()?)
}

/// What `COLORFGBG` (`15;0`, `0;default;15`: text; background) says.
fn light_by(value: &str) -> Option<bool> {
    let background: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(matches!(background, 7 | 9..=15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_and_terminals_without_colours_win_over_what_they_claim() {
        assert_eq!(colors_by("1", "truecolor", "xterm-256color"), Colors::Never);
        assert_eq!(colors_by("", "truecolor", "dumb"), Colors::Never);
        assert_eq!(colors_by("", "", "vt100"), Colors::Never);
        assert_eq!(colors_by("", "", "xterm-mono"), Colors::Never);
    }

    #[test]
    fn colours_are_as_many_as_the_terminal_says() {
        assert_eq!(colors_by("", "truecolor", "xterm-256color"), Colors::Rgb);
        assert_eq!(colors_by("", "", "xterm-256color"), Colors::Indexed256);
        assert_eq!(colors_by("", "", "xterm"), Colors::Indexed16);
        assert_eq!(colors_by("", "", ""), Colors::Indexed16);
    }

    #[test]
    fn other_locales_than_utf_8_get_ascii() {
        assert!(ascii_by("dumb", ["", "", "en_US.UTF-8"]));
        for locales in [["C", "", "en_US.UTF-8"], ["", "POSIX", "C.UTF-8"], ["", "", "de_DE.ISO-8859-1"]] {
            assert!(ascii_by("xterm", locales), "{locales:?}");
        }
        for locales in [["", "", ""], ["C.utf8", "C", "C"], ["", "de_DE.UTF-8@euro", "C"], ["", "", "en_US.UTF-8"]] {
            assert!(!ascii_by("xterm", locales), "{locales:?}");
        }
    }

    #[test]
    fn a_background_named_by_number_is_light_or_dark() {
        assert_eq!(light_by("0;15"), Some(true));
        assert_eq!(light_by("15;0"), Some(false));
        assert_eq!(light_by("0;default;15"), Some(true));
        assert_eq!(light_by("12;8"), Some(false));
        assert_eq!(light_by("default;default"), None);
    }
}
