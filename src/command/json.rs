//! One value as a line of JSON that can be shown on a terminal as it is: whatever could do harm there is written as
//! `\uXXXX`, which says the same to a program.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::text::safe;

/// `value` on one line, which ends in a line end.
#[must_use]
pub fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 << 10);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Harmless);
    // Writing to memory cannot fail, and the types of the output hold nothing that JSON cannot say.
    let _ = value.serialize(&mut serializer);
    bytes.push(b'\n');
    bytes
}

/// JSON on one line in which characters that could do harm on a terminal are escaped.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = fragment;
        while let Some((before, harmful, after)) = first_harmful(plain) {
            CompactFormatter.write_string_fragment(writer, before)?;
            for unit in harmful.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = after;
        }
        CompactFormatter.write_string_fragment(writer, plain)
    }
}

/// The first harmful character of `text`, with what comes before and after it.
fn first_harmful(text: &str) -> Option<(&str, char, &str)> {
    let (at, harmful) = text.char_indices().find(|(_, c)| !safe::is_safe(*c))?;
    let (before, rest) = text.split_at_checked(at)?;
    let mut after = rest.chars();
    after.next();
    Some((before, harmful, after.as_str()))
}
