//! How long an escape sequence is, as ECMA-48 and xterm have it.
//!
//! A reader wants the whole sequence gone, `ESC [ 31 m` and not just its `ESC`. A sequence that is cut off, or holds
//! what no such sequence can hold, is no sequence: then only its introducer goes and the rest stays text.

/// Longest command string (title, clipboard, hyperlink) that is taken for one; behind an unterminated introducer a
/// reader's own text would otherwise go up to the next bell.
const MAX_STRING: usize = 4096;

const ESC: char = '\u{1B}';
/// String terminator as one character (C1).
const ST: char = '\u{9C}';

/// Bytes of the escape sequence at the start of `rest`, at least those of its first character, which is `ESC` or a
/// C1 control.
pub(super) fn length(rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    let introducer = first.len_utf8();
    let body = chars.as_str();
    if first != ESC {
        return introducer + c1(first, body);
    }
    match chars.next() {
        Some('[') => 2 + control(chars.as_str()).unwrap_or(0),
        Some(']') => 2 + string(chars.as_str(), true).unwrap_or(0),
        Some('P' | 'X' | '^' | '_') => 2 + string(chars.as_str(), false).unwrap_or(0),
        // Shift to another set for one character: the character itself is text.
        Some('N' | 'O') => 2,
        Some(' '..='/') => 1 + escape(body).unwrap_or(0),
        // What terminals act on: save and restore, keypad, line feeds, tabs, reset, shifts, a lone terminator. Any
        // other letter is more likely text behind a stray control.
        Some('7' | '8' | '=' | '>' | '<' | 'D' | 'E' | 'H' | 'M' | 'Z' | 'c' | 'n' | 'o' | '|' | '}' | '~' | '\\') => 2,
        _ => 1,
    }
}

/// The rest of a sequence that began with a one-character control. These are more often broken text than commands
/// (a closing quotation mark decoded twice holds U+009D), so they need better proof.
fn c1(first: char, body: &str) -> usize {
    let proven = body.starts_with(|c: char| c.is_ascii_digit() || c == '?' || c == '>');
    match first {
        '\u{9B}' if proven => control(body).unwrap_or(0),
        '\u{9D}' if proven => string(body, true).unwrap_or(0),
        _ => 0,
    }
}

/// Parameters, intermediates and final byte of a control sequence.
fn control(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let parameters = bytes.iter().take_while(|byte| (0x30..0x40).contains(*byte)).count();
    let intermediates = bytes.iter().skip(parameters).take_while(|byte| (0x20..0x30).contains(*byte)).count();
    let last = bytes.get(parameters + intermediates)?;
    (0x40..0x7F).contains(last).then_some(parameters + intermediates + 1)
}

/// Intermediates and final byte of a short escape sequence, such as the choice of a character set.
fn escape(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let intermediates = bytes.iter().take_while(|byte| (0x20..0x30).contains(*byte)).count();
    let last = bytes.get(intermediates)?;
    (0x30..0x7F).contains(last).then_some(intermediates + 1)
}

/// A command string with its terminator. Any other control in it means that it was cut off; so no stretch is
/// searched twice.
fn string(body: &str, bell: bool) -> Option<usize> {
    let (at, end) = body.char_indices().take_while(|(at, _)| *at <= MAX_STRING).find(|(_, c)| c.is_control())?;
    match end {
        '\u{7}' if bell => Some(at + 1),
        ST => Some(at + ST.len_utf8()),
        ESC if body.as_bytes().get(at + 1) == Some(&b'\\') => Some(at + 2),
        _ => None,
    }
}
