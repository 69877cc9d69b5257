//! Character references (`&eacute;`, `&#233;`), as the standard reads them; each is decoded once.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use memchr::memchr;

/// Bytes of the longest name with its signs.
const LONGEST: usize = 34;

/// `text` with the characters that its references stand for. What is no reference stays.
pub(in crate::article::import) fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        decoded.push_str(before);
        let (character, length) = numeric(reference).or_else(|| named(reference)).unwrap_or(("&".into(), 1));
        decoded.push_str(&character);
        rest = reference.get(length..).unwrap_or_default();
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of a number, and the bytes of the reference; its semicolon may be missing.
fn numeric(reference: &str) -> Option<(Cow<'static, str>, usize)> {
    let body = reference.strip_prefix("&#")?;
    let (radix, digits) = body.strip_prefix(['x', 'X']).map_or((10, body), |hexadecimal| (16, hexadecimal));
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let number = digits.get(..count).filter(|digits| !digits.is_empty())?;
    let length = reference.len() - digits.len() + count;
    let length = length + usize::from(digits.as_bytes().get(count) == Some(&b';'));
    let code = u32::from_str_radix(number, radix).unwrap_or(u32::MAX);
    let character = match u8::try_from(code) {
        // Written by programs that thought in Windows' code page.
        Ok(byte @ 0x80..=0x9F) => WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned(),
        _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}').to_string(),
    };
    Some((character.into(), length))
}

/// The characters of a name, and the bytes of the reference.
fn named(reference: &str) -> Option<(Cow<'_, str>, usize)> {
    let window = reference.as_bytes().get(..LONGEST).unwrap_or(reference.as_bytes());
    let length = memchr(b';', window)? + 1;
    let name = reference.get(..length)?;
    let character = html_escape::decode_html_entities(name);
    (character != name).then_some((character, length))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn names_and_numbers_become_characters() {
        assert_eq!(
            decode("caf&eacute; &amp; &ldquo;x&rdquo; &#8211; &#x2019; &nbsp;&hellip;"),
            "café & “x” – ’ \u{A0}…"
        );
        assert_eq!(decode("&#146;&#x80; &#65 &#27;"), "’€ A \u{1B}");
        assert_eq!(decode("&#0;&#xD800;&#99999999999;&#x110000;"), "����");
    }

    #[test]
    fn what_is_no_reference_stays_and_nothing_is_decoded_twice() {
        for text in ["a & b", "&", "&&", "&;", "&#;", "&#x;", "&nosuchname;", "AT&T; no", "?a=1&b=2"] {
            assert_eq!(decode(text), text);
        }
        assert_eq!(decode("&amp;lt; &#38;lt; &amp;#27;"), "&lt; &lt; &#27;");
    }
}
