//! Pieces of markup: where a tag ends, its attributes, references, names.

use memchr::memchr;

/// Bytes of a tag at most in which quotation marks count.
const LONGEST_TAG: usize = 64 << 10;
/// Bytes of a character reference at most.
const MAX_REFERENCE: usize = 32;

/// Where the tag at the start of `rest` ends: at the first `>` outside of quotation marks, or, where the next tag begins
/// before that, at the first of all. None where there is none near.
pub(super) fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'<') if at > 0 => return memchr(b'>', bytes.get(..at)?),
            _ => {}
        }
    }
    None
}

/// The attributes with their values, as they are written.
pub(super) fn pairs(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
            let (key, behind) = rest.split_at_checked(end)?;
            let Some(value) = behind.trim_ascii_start().strip_prefix('=') else {
                rest = behind;
                if key.is_empty() {
                    return None;
                }
                continue;
            };
            let value = value.trim_ascii_start();
            let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quoted {
                Some(quote) => {
                    let value = value.get(1..)?;
                    let (value, behind) = value.split_once(quote).unwrap_or((value, ""));
                    rest = behind;
                    value
                }
                None => {
                    let (value, behind) =
                        value.split_at_checked(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()))?;
                    rest = behind;
                    value
                }
            };
            if is_name(key) {
                return Some((key, value));
            }
        }
    })
}

/// The bytes of the character reference that `text` begins with, if it is one that XML can have.
pub(super) fn reference(text: &str) -> Option<usize> {
    let end = memchr(b';', text.as_bytes().get(..MAX_REFERENCE.min(text.len()))?)?;
    let name = text.get(1..end)?;
    let fits = match name.strip_prefix('#') {
        Some(number) => {
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok().filter(|_| number.starts_with('x')),
                None => number.parse().ok().filter(|_| number.bytes().all(|byte| byte.is_ascii_digit())),
            };
            value.and_then(char::from_u32).is_some_and(|c| c != '\0')
        }
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    };
    fits.then_some(end + 1)
}

pub(super) fn is_name(name: &str) -> bool {
    name.len() <= 200
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
}

pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What Atom calls now what it was called before it was a standard.
pub(super) fn modern(name: &str) -> &str {
    match name {
        "issued" | "created" => "published",
        "modified" => "updated",
        "tagline" => "subtitle",
        _ => name,
    }
}
