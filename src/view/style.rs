//! Roles to terminal styles: a theme brought down to the colours the terminal has.

use ratatui::style::{Color, Modifier, Style};

use crate::config::Colors;
use crate::config::theme::{self, Look, Role, Sheet, Theme, VOICES};

/// The styles of one frame.
#[derive(Clone, Debug)]
pub struct Palette {
    styles: [Style; Role::ALL.len()],
    voices: [Style; VOICES],
    tints: [Style; VOICES],
}

impl Palette {
    /// The styles of `theme` on a terminal of `colors`; [`Colors::Auto`] counts as 24 bits.
    #[must_use]
    pub fn new(theme: &Theme, colors: Colors) -> Self {
        let sheet = match colors {
            Colors::Auto | Colors::Rgb | Colors::Indexed256 => &theme.rgb,
            Colors::Indexed16 => &theme.ansi,
            Colors::Never => &theme.plain,
        };
        let mut styles = [Style::new(); Role::ALL.len()];
        for (style, (role, _)) in styles.iter_mut().zip(Role::ALL) {
            *style = of_look(sheet.look(*role), colors);
        }
        let foreground = |color| Style { fg: of_color(color, colors), ..Style::new() };
        Self {
            styles,
            voices: sheet.voices.map(foreground),
            tints: sheet.voices.map(|voice| foreground(tint(voice, sheet))),
        }
    }

    /// How `role` is drawn; to be patched over what is below it.
    #[must_use]
    pub fn role(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The colour of the voice at `place` among an article's voices.
    #[must_use]
    pub fn voice(&self, place: usize) -> Style {
        self.voices.get(place % VOICES).copied().unwrap_or_default()
    }

    /// The colour of what the voice at `place` is reported to have said: between its own and that of the text.
    #[must_use]
    pub fn reported(&self, place: usize) -> Style {
        self.tints.get(place % VOICES).copied().unwrap_or_default().patch(self.role(Role::Reported))
    }
}

/// `voice` half way to the colour of the text; the text's own where there are too few colours to mix.
fn tint(voice: theme::Color, sheet: &Sheet) -> theme::Color {
    match (voice, sheet.look(Role::Page).fg) {
        (theme::Color::Rgb(r, g, b), theme::Color::Rgb(r2, g2, b2)) => {
            theme::Color::Rgb(r.midpoint(r2), g.midpoint(g2), b.midpoint(b2))
        }
        _ => theme::Color::Default,
    }
}

fn of_look(look: Look, colors: Colors) -> Style {
    let modifiers = [
        (look.bold, Modifier::BOLD),
        (look.italic, Modifier::ITALIC),
        (look.underline, Modifier::UNDERLINED),
        (look.dim, Modifier::DIM),
        (look.reverse, Modifier::REVERSED),
    ];
    let add_modifier = modifiers.iter().filter(|(on, _)| *on).fold(Modifier::empty(), |all, (_, one)| all | *one);
    Style { fg: of_color(look.fg, colors), bg: of_color(look.bg, colors), add_modifier, ..Style::new() }
}

/// `color` for a terminal of `colors`; `None` leaves what is below.
fn of_color(color: theme::Color, colors: Colors) -> Option<Color> {
    match (color, colors) {
        (theme::Color::Default, _) | (_, Colors::Never) => None,
        (theme::Color::Rgb(r, g, b), Colors::Indexed256) => Some(Color::Indexed(nearest(r, g, b))),
        (theme::Color::Rgb(r, g, b), _) => Some(Color::Rgb(r, g, b)),
        (theme::Color::Indexed(index), _) => Some(of_ansi(index)),
    }
}

/// The terminal's colour `index` of 16, by the codes that terminals of 8 and 16 colours know.
fn of_ansi(index: u8) -> Color {
    const ANSI: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    ANSI.get(usize::from(index)).copied().unwrap_or(Color::Reset)
}

/// Levels of the 6 x 6 x 6 cube that the colours 16 to 231 of 256 are.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 240 fixed colours among 256: in the cube, or in the greys after it.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    let level = |value: u8| (0..6u8).min_by_key(|index| LEVELS[usize::from(*index)].abs_diff(value)).unwrap_or(0);
    let [x, y, z] = [r, g, b].map(level);
    let cube = [x, y, z].map(|index| LEVELS[usize::from(index)]);
    let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
    let step = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(23).min(23);
    let grey = [8 + 10 * step; 3];
    let distance = |color: [u8; 3]| -> u32 {
        color.iter().zip([r, g, b]).map(|(have, want)| u32::from(have.abs_diff(want)).pow(2)).sum()
    };
    if distance(grey) < distance(cube) { 232 + step } else { 16 + 36 * x + 6 * y + z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_find_the_nearest_of_256() {
        assert_eq!(nearest(255, 0, 0), 196);
        assert_eq!(nearest(0, 0, 0), 16);
        assert_eq!(nearest(28, 28, 28), 234);
        assert_eq!(nearest(255, 255, 255), 231);
        assert_eq!(nearest(0x5f, 0x87, 0xaf), 67);
    }

    #[test]
    fn without_colours_nothing_but_bold_underline_and_reverse_is_drawn() {
        for theme in Theme::built_in() {
            let palette = Palette::new(theme, Colors::Never);
            let all = Role::ALL.iter().map(|(role, _)| palette.role(*role));
            let voices = (0..VOICES).flat_map(|place| [palette.voice(place), palette.reported(place)]);
            for style in all.chain(voices) {
                assert!(style.fg.is_none() && style.bg.is_none());
                let allowed = Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED;
                assert!(allowed.contains(style.add_modifier), "{style:?}");
            }
        }
    }

    #[test]
    fn voices_keep_colours_of_their_own_in_256_and_in_16() {
        for theme in Theme::built_in() {
            for colors in [Colors::Indexed256, Colors::Indexed16] {
                let palette = Palette::new(theme, colors);
                let mut voices: Vec<String> =
                    (0..VOICES).map(|place| format!("{:?}", palette.voice(place).fg)).collect();
                voices.sort();
                voices.dedup();
                assert_eq!(voices.len(), VOICES, "{} {colors:?}", theme.name);
            }
        }
    }
}
