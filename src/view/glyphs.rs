//! What is drawn beside text: one set of glyphs that any font has, and one of ASCII alone.

use std::borrow::Cow;

use ratatui::symbols::border;

use crate::app::overlay::Sign;
use crate::text::width;

/// The glyphs of the screen, each a column wide.
#[derive(Debug)]
pub struct Glyphs {
    /// The selected row.
    pub selected: &'static str,
    /// The open story, where another one is selected.
    pub open: &'static str,
    /// An unread story.
    pub unread: &'static str,
    /// A story picked for a change to several.
    pub picked: &'static str,
    /// A starred story.
    pub star: &'static str,
    /// A story that could not be read.
    pub failed: &'static str,
    /// Direct speech in the gutter; of the current quote.
    pub direct: [&'static str; 2],
    /// Reported speech in the gutter; of the current quote.
    pub reported: [&'static str; 2],
    /// Between panes.
    pub rule: &'static str,
    /// The scrollbar where nobody speaks; where that part is on the screen.
    pub track: [&'static str; 2],
    /// The scrollbar where somebody speaks; where that part is on the screen.
    pub speech: [&'static str; 2],
    /// A hit on the scrollbar; the current one.
    pub hit: [&'static str; 2],
    /// A highlight; one with a note.
    pub highlight: [&'static str; 2],
    /// Before an item of a list.
    pub bullet: &'static str,
    /// Between parts of a line, blanks included.
    pub between: &'static str,
    /// Between a mention and what it refers to.
    pub leads: &'static str,
    /// Where a text is cut.
    pub cut: &'static str,
    /// Parts of a bar, from an eighth to eight eighths of a column.
    pub bar: [&'static str; 8],
    /// Where there is more above, below.
    pub more: [&'static str; 2],
    /// Frames of popups.
    pub border: border::Set<'static>,
}

/// Glyphs of plain Unicode: no font needs to be patched for them.
pub static UNICODE: Glyphs = Glyphs {
    selected: "▸",
    open: "▹",
    unread: "●",
    picked: "✓",
    star: "★",
    failed: "✗",
    direct: ["▌", "█"],
    reported: ["┊", "┋"],
    rule: "│",
    track: ["│", "┃"],
    speech: ["▒", "█"],
    hit: ["╾", "◀"],
    highlight: ["◇", "◆"],
    bullet: "•",
    between: " · ",
    leads: "→",
    cut: "…",
    bar: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    more: ["▲", "▼"],
    border: border::ROUNDED,
};

/// Glyphs for terminals and fonts that have nothing else.
pub static ASCII: Glyphs = Glyphs {
    selected: ">",
    open: "=",
    unread: "*",
    picked: "x",
    star: "+",
    failed: "!",
    direct: ["|", "#"],
    reported: [":", "!"],
    rule: "|",
    track: [".", "|"],
    speech: ["+", "#"],
    hit: ["-", "<"],
    highlight: ["%", "@"],
    bullet: "-",
    between: " - ",
    leads: ">",
    cut: "~",
    bar: [" ", " ", " ", "=", "=", "=", "=", "="],
    more: ["^", "v"],
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

impl Glyphs {
    /// The set that the settings ask for.
    #[must_use]
    pub fn of(ascii: bool) -> &'static Self {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// How `sign` looks; where it has two forms, both, as its meaning names them.
    #[must_use]
    pub fn sign(&self, sign: Sign) -> Cow<'static, str> {
        let both = |[usual, other]: [&str; 2]| Cow::Owned(format!("{usual} {other}"));
        match sign {
            Sign::Selected => self.selected.into(),
            Sign::Open => self.open.into(),
            Sign::Unread => self.unread.into(),
            Sign::Picked => self.picked.into(),
            Sign::Star => self.star.into(),
            Sign::Failed => self.failed.into(),
            Sign::Letters => "abc+4".into(),
            Sign::Unknown => "?".into(),
            Sign::Direct => both(self.direct),
            Sign::Reported => both(self.reported),
            Sign::Speech => both(self.speech),
            Sign::Track => both(self.track),
            Sign::Hit => both(self.hit),
            Sign::Highlight => both(self.highlight),
            Sign::More => both(self.more),
            Sign::Cut => self.cut.into(),
        }
    }

    /// `text` in at most `limit` columns, cut in its middle so that both ends are seen.
    #[must_use]
    pub fn fit_ends<'a>(&self, text: &'a str, limit: usize) -> Cow<'a, str> {
        let all = width::columns(text);
        if all <= limit {
            return Cow::Borrowed(text);
        }
        let Some(room) = limit.checked_sub(width::columns(self.cut)) else { return Cow::Borrowed("") };
        let head = width::prefix(text, room / 3);
        let after = text.get(head.len()..).unwrap_or_default();
        // From the shortest beginning that is left out on.
        let tails = after.char_indices().filter_map(|(at, _)| after.get(at..));
        let tail =
            tails.into_iter().find(|tail| width::columns(head) + width::columns(tail) <= room).unwrap_or_default();
        Cow::Owned([head, self.cut, tail].concat())
    }

    /// `text` in at most `limit` columns, with the cut shown where it is cut.
    #[must_use]
    pub fn fit<'a>(&self, text: &'a str, limit: usize) -> Cow<'a, str> {
        let kept = width::prefix(text, limit);
        if kept.len() == text.len() {
            return Cow::Borrowed(text);
        }
        let Some(room) = limit.checked_sub(1) else { return Cow::Borrowed("") };
        Cow::Owned(width::prefix(text, room).trim_end().to_owned() + self.cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_what_is_cut_in_the_middle_are_seen() {
        let text = "127.0.0.1:8731/日本/two.html";
        assert_eq!(UNICODE.fit_ends(text, 40), text);
        assert_eq!(UNICODE.fit_ends(text, 16), "127.0…/two.html");
        for limit in 0..30 {
            for glyphs in [&UNICODE, &ASCII] {
                let shown = glyphs.fit_ends(text, limit);
                assert!(width::columns(&shown) <= limit, "{limit}: {shown}");
            }
        }
    }
}
