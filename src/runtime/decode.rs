//! What a terminal sends, cut into units and understood: keys, mouse, pastes, answers.
//!
//! The meaning of a unit is terminput's business; where one ends is decided here, because only the reader of the
//! terminal knows how long nothing has come. An unfinished unit is held back; [`Decoder::flush`] settles it once time
//! has passed (a lone `ESC` is the Escape key). A paste is never settled by time: half a paste taken for keys would
//! run as commands. Anything unknown is dropped, a terminal's answer to a question nobody asked included.

use crossterm::event::Event;
use memchr::memmem;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
/// Longest sequence taken for one, in bytes; the longest known answers are far shorter.
const MAX_SEQUENCE: usize = 4096;
/// Most bytes kept of one paste; the rest of it is dropped.
const MAX_PASTE: usize = 1 << 20;

/// What came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key, the mouse, a paste.
    Event(Event),
    /// The terminal told its background colour: whether it is light.
    Background {
        /// Whether it is light.
        light: bool,
    },
}

/// Bytes in, [`Input`] out; keeps what is unfinished.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    /// Bytes of `held` in which the end of a paste has been sought already.
    sought: usize,
}

/// How the held bytes begin.
enum Unit {
    /// More bytes are needed.
    Unfinished,
    /// This many bytes mean nothing.
    Junk(usize),
    /// This many bytes are a key or a mouse report.
    Key(usize),
    /// This many bytes are a control string (OSC, DCS, ...), an answer of the terminal.
    Answer(usize),
    /// This many bytes are a paste with its brackets.
    Paste(usize),
}

impl Decoder {
    /// Takes `bytes` in and gives all that is finished to `sink`.
    pub fn feed(&mut self, bytes: &[u8], mut sink: impl FnMut(Input)) {
        self.held.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(rest) = self.held.get(at..).filter(|rest| !rest.is_empty()) {
            let from = if at == 0 { self.sought } else { 0 };
            let length = match first_unit(rest, from) {
                Unit::Unfinished => break,
                Unit::Junk(length) => length,
                Unit::Key(length) => {
                    key(rest.get(..length).unwrap_or_default()).into_iter().for_each(&mut sink);
                    length
                }
                Unit::Answer(length) => {
                    background(rest.get(..length).unwrap_or_default()).into_iter().for_each(&mut sink);
                    length
                }
                Unit::Paste(length) => {
                    let end = length - PASTE_END.len();
                    let pasted = rest.get(PASTE_START.len()..end).unwrap_or_default();
                    let pasted = pasted.get(..MAX_PASTE).unwrap_or(pasted);
                    sink(Input::Event(Event::Paste(String::from_utf8_lossy(pasted).into_owned())));
                    length
                }
            };
            at += length;
            self.sought = 0;
        }
        self.held.drain(..at);
        self.trim();
    }

    /// Whether time settles what is held: [`Decoder::flush`] is to be called when nothing more comes.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.held.is_empty() && !self.held.starts_with(PASTE_START)
    }

    /// Nothing more has come: settles what is held.
    pub fn flush(&mut self, mut sink: impl FnMut(Input)) {
        if !self.waits() {
            return;
        }
        // `ESC [`, `ESC O`, `ESC ]` and nothing after are Alt and a key; a longer sequence was cut off and is dropped.
        if self.held.len() <= 2 && self.held.first() == Some(&ESC) {
            let second = self.held.get(1).copied();
            let letter = second.map_or_else(|| key(&[ESC]), |byte| key(&[byte]).map(with_alt));
            letter.into_iter().for_each(&mut sink);
        }
        self.held.clear();
    }

    /// Keeps a paste without end within bounds, and remembers how far its end has been sought.
    fn trim(&mut self) {
        if !self.held.starts_with(PASTE_START) {
            return;
        }
        let kept = PASTE_START.len() + MAX_PASTE;
        if self.held.len() > kept + PASTE_END.len() {
            let tail = self.held.len() - PASTE_END.len();
            self.held.drain(kept..tail);
        }
        self.sought = self.held.len().saturating_sub(PASTE_END.len());
    }
}

fn first_unit(bytes: &[u8], sought: usize) -> Unit {
    match bytes {
        [ESC] => Unit::Unfinished,
        [ESC, ESC, ..] => Unit::Key(1),
        [ESC, b'[', ..] => control_sequence(bytes, sought),
        [ESC, b'O'] => Unit::Unfinished,
        [ESC, b'O', _, ..] => Unit::Key(3),
        [ESC, b']' | b'P' | b'X' | b'^' | b'_', ..] => control_string(bytes),
        [ESC, rest @ ..] => match character(rest) {
            Unit::Key(length) => Unit::Key(length + 1),
            other => other,
        },
        _ => character(bytes),
    }
}

/// One character in UTF-8, or one control byte.
fn character(bytes: &[u8]) -> Unit {
    let length = match bytes.first() {
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Unit::Junk(1),
    };
    let Some(whole) = bytes.get(..length) else {
        let begun = bytes.iter().skip(1).all(|byte| (0x80..0xc0).contains(byte));
        return if begun { Unit::Unfinished } else { Unit::Junk(1) };
    };
    if std::str::from_utf8(whole).is_ok() { Unit::Key(length) } else { Unit::Junk(1) }
}

/// `ESC [`: parameters, intermediates, one final byte; besides them three odd ones, a paste, an X10 mouse report and
/// the Linux console's function keys.
fn control_sequence(bytes: &[u8], sought: usize) -> Unit {
    if bytes.starts_with(PASTE_START) {
        let from = sought.max(PASTE_START.len());
        return match bytes.get(from..).and_then(|rest| memmem::find(rest, PASTE_END)) {
            Some(end) => Unit::Paste(from + end + PASTE_END.len()),
            None => Unit::Unfinished,
        };
    }
    let whole = match bytes.get(2) {
        Some(b'M') => 6,
        Some(b'[') => 4,
        _ => 0,
    };
    if whole > 0 {
        return if bytes.len() < whole { Unit::Unfinished } else { Unit::Key(whole) };
    }
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x20..=0x3f if at < MAX_SEQUENCE => {}
            0x40..=0x7e => {
                let whole = bytes.get(..=at).unwrap_or_default();
                return if is_report(whole, *byte) { Unit::Junk(at + 1) } else { Unit::Key(at + 1) };
            }
            _ => return Unit::Junk(at),
        }
    }
    Unit::Unfinished
}

/// Whether a control sequence is an answer (cursor position, device attributes, modes) and no key. F3 with Shift looks
/// like a cursor in row 1, and is taken for the key: nobody asks for the cursor.
fn is_report(bytes: &[u8], last: u8) -> bool {
    let private = bytes.get(2).is_some_and(|byte| (b'<'..=b'?').contains(byte));
    match last {
        b'R' => !bytes.starts_with(b"\x1b[1;"),
        b'M' | b'm' => (bytes.get(2) != Some(&b'<') && private) || !has_place(bytes),
        b'c' | b'n' | b'y' | b't' | b'x' => true,
        _ => private,
    }
}

/// Whether a mouse report tells a place. Columns and rows count from 1; a terminal may say 0 of a pointer outside it.
fn has_place(bytes: &[u8]) -> bool {
    let parameters = bytes.get(2..bytes.len() - 1).unwrap_or_default();
    let mut places = parameters.split(|byte| *byte == b';').skip(1);
    places.all(|place| place.iter().any(|digit| (b'1'..=b'9').contains(digit)))
}

/// `ESC ]`, `ESC P` and the like, up to `ESC \` or BEL.
fn control_string(bytes: &[u8]) -> Unit {
    let Some(end) = bytes.iter().skip(2).position(|byte| *byte == BEL || *byte == ESC).map(|at| at + 2) else {
        return if bytes.len() > MAX_SEQUENCE { Unit::Junk(bytes.len()) } else { Unit::Unfinished };
    };
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(&BEL), _) => Unit::Answer(end + 1),
        (_, Some(b'\\')) => Unit::Answer(end + 2),
        (_, None) => Unit::Unfinished,
        // Cut off by another sequence.
        (_, Some(_)) => Unit::Junk(end),
    }
}

fn key(bytes: &[u8]) -> Option<Input> {
    let event = terminput::Event::parse_from(bytes).ok().flatten()?;
    terminput_crossterm::to_crossterm(event).ok().map(Input::Event)
}

fn with_alt(input: Input) -> Input {
    match input {
        Input::Event(Event::Key(mut key)) => {
            key.modifiers |= crossterm::event::KeyModifiers::ALT;
            Input::Event(Event::Key(key))
        }
        other => other,
    }
}

/// Reads `ESC ] 11 ; rgb:RRRR/GGGG/BBBB`, one to four hexadecimal digits a colour.
fn background(bytes: &[u8]) -> Option<Input> {
    let text = std::str::from_utf8(bytes).ok()?;
    let value = text.strip_prefix("\x1b]11;")?.trim_end_matches(['\x1b', '\\', '\x07']);
    let colours = value.strip_prefix("rgb:").or_else(|| value.strip_prefix("rgba:"))?;
    let mut channels = colours.split('/').map(|digits| {
        let most = [0xf, 0xff, 0xfff, 0xffff].get(digits.len().checked_sub(1)?)?;
        Some(f64::from(u16::from_str_radix(digits, 16).ok()?) / f64::from(*most))
    });
    let mut next = || channels.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // How bright the eye finds it (ITU-R BT.709).
    Some(Input::Background { light: 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 })
}

#[cfg(test)]
mod tests;
