//! Keys and how they are written: one notation for the action table, settings, help and tests.
//!
//! A sequence is written as its keys: `]q` is `]` then `q`. A key with a name (`Enter`, `PgDn`, `F1`, `space`) or a
//! modifier (`ctrl-d`) stands between blanks where others are beside it: `g space`. Names may be in any case. A
//! capital letter is the letter with shift; terminals differ in how they report it, so [`Key`] never holds both.

use std::fmt::{self, Display, Formatter, Write as _};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::config::nearest;

/// A key as the keymap knows it: the same whatever protocol the terminal speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Names of keys; the first of each is the one shown.
const NAMES: &[(&str, KeyCode)] = &[
    ("space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
];

/// Modifiers as they are written, in the order shown.
const MODIFIERS: &[(&str, KeyModifiers)] =
    &[("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

/// Ctrl keys that terminals send as another key.
const SENT_AS: &[(char, &str)] = &[('i', "Tab"), ('m', "Enter"), ('[', "Esc")];

/// Keys that may stand together without blanks; more of them are rather a misspelt name.
const MAX_UNSPACED: usize = 3;

impl Key {
    /// The key that gives up what is pending.
    pub const ESC: Self = Self { code: KeyCode::Esc, modifiers: KeyModifiers::NONE };

    /// The key of `event`; `None` for a release, a modifier alone and other events that mean nothing here.
    #[must_use]
    pub fn of(event: KeyEvent) -> Option<Self> {
        let foreign = KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META;
        if event.kind == KeyEventKind::Release || event.modifiers.intersects(foreign) {
            return None;
        }
        match event.code {
            KeyCode::Null => Some(Self::new(KeyCode::Char(' '), KeyModifiers::CONTROL)),
            KeyCode::Modifier(_)
            | KeyCode::CapsLock
            | KeyCode::NumLock
            | KeyCode::ScrollLock
            | KeyCode::Media(_)
            | KeyCode::KeypadBegin => None,
            code => Some(Self::new(code, event.modifiers)),
        }
    }

    /// The one form of a key that may be reported in several.
    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::Char(upper(c)),
            code => code,
        };
        if matches!(code, KeyCode::Char(_)) {
            modifiers -= KeyModifiers::SHIFT;
        }
        Self { code, modifiers }
    }

    /// The character that the key types, where it types one.
    #[must_use]
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The event of this key as most terminals send it.
    #[must_use]
    pub fn event(self) -> KeyEvent {
        match self.code {
            KeyCode::Tab if self.modifiers.contains(KeyModifiers::SHIFT) => {
                KeyEvent::new(KeyCode::BackTab, self.modifiers)
            }
            code => KeyEvent::new(code, self.modifiers),
        }
    }

    /// The keys that `text` writes.
    ///
    /// # Errors
    /// One line that says what is no key, and what may have been meant.
    pub fn sequence(text: &str) -> Result<Vec<Self>, String> {
        let mut keys = Vec::new();
        for chunk in text.split_whitespace() {
            chunk_keys(chunk, &mut keys)?;
        }
        if keys.is_empty() { Err("no key is given".to_owned()) } else { Ok(keys) }
    }

    /// `keys` as [`Key::sequence`] reads them.
    #[must_use]
    pub fn write(keys: &[Self]) -> String {
        let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let joined = names.concat();
        let alone = names.iter().all(|name| name.chars().count() == 1);
        if alone && Self::sequence(&joined).is_ok_and(|read| read == keys) { joined } else { names.join(" ") }
    }
}

impl Display for Key {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (name, modifier) in MODIFIERS {
            if self.modifiers.contains(*modifier) {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) => f.write_char(c),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// The capital of `c` where it is one character.
fn upper(c: char) -> char {
    let mut capital = c.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

/// Adds the keys of `chunk`, which has no blanks.
fn chunk_keys(chunk: &str, keys: &mut Vec<Key>) -> Result<(), String> {
    let mut rest = chunk;
    let mut modifiers = KeyModifiers::NONE;
    while let Some((tail, modifier)) = MODIFIERS.iter().find_map(|(name, modifier)| {
        let head = rest.get(..name.len())?;
        let tail = rest.get(name.len()..)?;
        (head.eq_ignore_ascii_case(name) && !tail.is_empty()).then_some((tail, *modifier))
    }) {
        rest = tail;
        modifiers |= modifier;
    }
    if let Some(code) = code_of(rest) {
        if let (true, KeyCode::Char(c)) = (modifiers.contains(KeyModifiers::CONTROL), code)
            && let Some((_, name)) = SENT_AS.iter().find(|(sent, _)| *sent == c.to_ascii_lowercase())
        {
            return Err(format!("terminals send `{name}` for `{chunk}`: bind `{name}`"));
        }
        keys.push(Key::new(code, modifiers));
        return Ok(());
    }
    if !modifiers.is_empty() || rest.chars().count() > MAX_UNSPACED {
        let near = nearest(rest, NAMES.iter().map(|(name, _)| *name));
        let meant = near.map_or_else(
            || "write keys one after another with blanks between them".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        return Err(format!("no key is called `{rest}`; {meant}"));
    }
    keys.extend(rest.chars().map(|c| Key::new(KeyCode::Char(c), KeyModifiers::NONE)));
    Ok(())
}

/// The one key called `name`, or the one that types it.
fn code_of(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return Some(KeyCode::Char(c));
    }
    let named = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code);
    named.or_else(|| {
        let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
        (1..=24).contains(&number).then_some(KeyCode::F(number))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Key {
        let keys = Key::sequence(text).unwrap();
        assert_eq!(keys.len(), 1, "{text}");
        keys[0]
    }

    #[test]
    fn sequences_are_read_as_they_are_written() {
        for (text, count) in [
            ("]q", 2),
            ("gg", 2),
            ("G", 1),
            ("ctrl-d", 1),
            ("space", 1),
            ("PgDn", 1),
            ("F12", 1),
            ("g space", 2),
            ("''", 2),
        ] {
            let keys = Key::sequence(text).unwrap();
            assert_eq!(keys.len(), count, "{text}");
            assert_eq!(Key::write(&keys), text);
        }
        assert_eq!(one("pagedown"), one("PgDn"));
        assert_eq!(one("CTRL-D"), one("ctrl-d"));
        assert_eq!(one("ctrl--"), Key::new(KeyCode::Char('-'), KeyModifiers::CONTROL));
        assert_eq!(Key::write(&Key::sequence("u p").unwrap()), "u p", "`up` would be the arrow");
    }

    #[test]
    fn what_is_no_key_is_said_with_what_may_be_meant() {
        assert_eq!(Key::sequence("PgDwn").unwrap_err(), "no key is called `PgDwn`; did you mean `PgDn`?");
        assert_eq!(Key::sequence("ctrl-entr").unwrap_err(), "no key is called `entr`; did you mean `Enter`?");
        assert_eq!(Key::sequence("ctrl-i").unwrap_err(), "terminals send `Tab` for `ctrl-i`: bind `Tab`");
        assert!(Key::sequence("abcdefgh").unwrap_err().contains("blanks between"));
        assert_eq!(Key::sequence("  ").unwrap_err(), "no key is given");
    }

    #[test]
    fn terminals_that_report_a_key_differently_mean_the_same() {
        let of = |code, modifiers| Key::of(KeyEvent::new(code, modifiers)).unwrap();
        let (none, shift, ctrl) = (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL);
        assert_eq!(of(KeyCode::Char('G'), none), of(KeyCode::Char('G'), shift));
        assert_eq!(of(KeyCode::Char('g'), shift), one("G"));
        assert_eq!(of(KeyCode::Char('?'), shift), one("?"));
        assert_eq!(of(KeyCode::BackTab, none), of(KeyCode::BackTab, shift));
        assert_eq!(of(KeyCode::Tab, shift), one("shift-tab"));
        assert_eq!(of(KeyCode::Char('C'), ctrl | shift), one("ctrl-c"));
        assert_eq!(of(KeyCode::Null, none), one("ctrl-space"));
    }

    #[test]
    fn releases_and_modifiers_alone_are_no_keys() {
        let release = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Key::of(release), None);
        assert_eq!(Key::of(KeyEvent::new(KeyCode::CapsLock, KeyModifiers::NONE)), None);
        assert_eq!(Key::of(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::SUPER)), None);
        let repeat = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Repeat);
        assert_eq!(Key::of(repeat), Some(one("j")));
    }

    proptest! {
        #[test]
        fn any_text_is_keys_or_a_message(text in "\\PC{0,12}") {
            if let Ok(keys) = Key::sequence(&text) {
                prop_assert_eq!(Key::sequence(&Key::write(&keys)), Ok(keys));
            }
        }

        #[test]
        fn a_key_is_the_one_its_event_means(text in "\\PC{1,6}") {
            for key in Key::sequence(&text).unwrap_or_default() {
                prop_assert_eq!(Key::of(key.event()), Some(key));
            }
        }
    }
}
