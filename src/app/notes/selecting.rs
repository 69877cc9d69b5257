//! While words are selected: the keys that move the cursor as vim does, and what is done with the words.

use crossterm::event::KeyCode;

use super::super::keymap::Key;
use super::super::reader::Motion;
use super::super::{App, Effect, Focus};

/// The keys while words are selected, which cannot be changed, and what they do; all others do what they always do.
pub const SELECTING: &[(&str, &str)] = &[
    ("h l j k", "Move by a letter, by a line"),
    ("w b e", "Move to the next word, back, to the end"),
    ("0 $", "Move to the start of the line, to its end"),
    ("{ } G", "Move by paragraphs, to the end"),
    ("o", "Go on at the other end"),
    ("y Enter", "Copy the words"),
    ("Esc", "Select nothing"),
];

/// What a key does while words are selected.
enum Doing {
    Move(Motion),
    Swap,
    Copy,
    Leave,
}

impl Doing {
    fn of(key: Key) -> Option<Self> {
        let event = key.event();
        if !event.modifiers.is_empty() {
            return None;
        }
        Some(match event.code {
            KeyCode::Char('h') | KeyCode::Left | KeyCode::Backspace => Self::Move(Motion::Left),
            KeyCode::Char('l') | KeyCode::Right => Self::Move(Motion::Right),
            KeyCode::Char('j') | KeyCode::Down => Self::Move(Motion::Down),
            KeyCode::Char('k') | KeyCode::Up => Self::Move(Motion::Up),
            KeyCode::Char('w') => Self::Move(Motion::Word),
            KeyCode::Char('b') => Self::Move(Motion::WordBack),
            KeyCode::Char('e') => Self::Move(Motion::WordEnd),
            KeyCode::Char('0' | '^') | KeyCode::Home => Self::Move(Motion::LineStart),
            KeyCode::Char('$') | KeyCode::End => Self::Move(Motion::LineEnd),
            KeyCode::Char('{') => Self::Move(Motion::ParagraphStart),
            KeyCode::Char('}') => Self::Move(Motion::ParagraphEnd),
            KeyCode::Char('G') => Self::Move(Motion::End),
            KeyCode::Char('o') => Self::Swap,
            KeyCode::Char('y') | KeyCode::Enter => Self::Copy,
            KeyCode::Esc => Self::Leave,
            _ => return None,
        })
    }
}

impl App {
    /// Begins a selection at the cursor, or gives up the one there is.
    pub(super) fn toggle_selection(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        if reader.selection.take().is_some() {
            return;
        }
        if reader.article.text.trim().is_empty() {
            self.say("there is nothing to select");
            return;
        }
        reader.begin_selection();
        self.focus(Focus::Text);
    }

    /// Takes in a key while words are selected; `false` where it does what it always does.
    pub(in crate::app) fn selecting_key(&mut self, key: Key) -> bool {
        let is_begun = self.pending.is_sequence() || self.keymap.awaiting(&self.pending).is_some();
        let is_digit = key.character() == Some('0') && self.pending.count.is_some();
        let is_cancel = key == Key::ESC && !self.pending.is_empty();
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.selection.is_some()) else { return false };
        let Some(doing) = Doing::of(key).filter(|_| !is_begun && !is_digit && !is_cancel) else { return false };
        let times = std::mem::take(&mut self.pending).count.map_or(1, |count| count.max(1) as usize);
        match doing {
            Doing::Move(motion) => reader.move_cursor(motion, times),
            Doing::Swap => reader.swap_ends(),
            Doing::Leave => reader.selection = None,
            Doing::Copy => {
                let words = reader.selected().map(|span| span.of(&reader.article.text).to_owned());
                reader.selection = None;
                match words {
                    Some(words) => {
                        self.outbox.push(Effect::Copy(words));
                        self.say("copied the words");
                    }
                    None => self.say("nothing but blanks is selected"),
                }
            }
        }
        true
    }

    /// Gives up a selection that is no longer where the user is.
    pub(in crate::app) fn settle_selection(&mut self) {
        let elsewhere = self.panes.focus != Focus::Text;
        if let Some(reader) = &mut self.reader
            && elsewhere
        {
            reader.selection = None;
        }
    }
}
