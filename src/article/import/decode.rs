//! Bytes to text: which encoding they are in, and whether they are text at all.
//!
//! In this order: a byte order mark; UTF-16 without a mark, known by its zero bytes (and often valid UTF-8, curly
//! quotes included); valid UTF-8; what the document says of itself; UTF-8 with a few broken bytes; a guess by
//! `chardetng`. What cannot be decoded becomes U+FFFD.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::html::charset;

/// How many bytes are looked at to tell text from other data, and to find the document's own word on its encoding.
const SAMPLE: usize = 8192;
/// How many bytes the guess is made from: it costs more than all the rest, and gets no better with more.
const GUESSED: usize = 1 << 18;

/// Beginnings of files that are no text, whatever their first kilobytes look like.
const MAGIC: [&[u8]; 32] = [
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF87a",
    b"GIF89a",
    b"RIFF",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1F\x8B",
    b"BZh",
    b"\xFD7zXZ\0",
    b"7z\xBC\xAF",
    b"\x28\xB5\x2F\xFD",
    b"Rar!\x1A",
    b"\x7FELF",
    b"MZ\x90",
    b"\xCA\xFE\xBA\xBE",
    b"\xCF\xFA\xED\xFE",
    b"\xFE\xED\xFA\xCE",
    b"\xFE\xED\xFA\xCF",
    b"\0asm",
    b"SQLite format 3\0",
    b"OggS",
    b"fLaC",
    b"ID3",
    b"II*\0",
    b"MM\0*",
    b"\0\0\x01\0",
    b"wOFF",
    b"wOF2",
    b"!<arch>\n",
    b"\x1A\x45\xDF\xA3",
];

/// Whether `bytes` are no text in any encoding (an image, a program): the reader says so instead of showing them.
#[must_use]
pub fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if MAGIC.iter().any(|magic| sample.starts_with(magic)) || sample.get(4..8) == Some(b"ftyp") {
        return true;
    }
    if Encoding::for_bom(sample).is_some() || wide(sample).is_some() {
        return false;
    }
    let odd = sample.iter().filter(|byte| matches!(byte, 0..=6 | 0xE..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    // Text of any encoding may hold a stray control character; of random bytes a tenth are, and hardly any are UTF-8.
    let tolerated = if is_utf8_so_far(sample) { sample.len() / 8 } else { sample.len() / 50 };
    odd > tolerated.max(1)
}

/// `bytes` as text. `marked_up` documents (HTML, XML) may say themselves which encoding they are in.
#[must_use]
pub fn decode(bytes: &[u8], marked_up: bool) -> Cow<'_, str> {
    decode_labelled(bytes, None, marked_up)
}

/// `bytes` as text. Whoever sent them may have named their encoding with a `label`, which counts for more than what a
/// `marked_up` document says of itself, and for less than what the bytes show.
#[must_use]
pub fn decode_labelled<'b>(bytes: &'b [u8], label: Option<&str>, marked_up: bool) -> Cow<'b, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = wide(sample) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP is written in ASCII; every other encoding that is valid UTF-8 as well is UTF-8.
        if memchr::memmem::find(bytes, b"\x1B$").is_none() {
            return Cow::Borrowed(text);
        }
    }
    let told = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    let own_word = told.or_else(|| if marked_up { charset::declared(sample) } else { None });
    let encoding = own_word
        .filter(|encoding| *encoding != UTF_8)
        .or_else(|| mostly_utf8(bytes).then_some(UTF_8))
        .unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

fn is_utf8_so_far(sample: &[u8]) -> bool {
    std::str::from_utf8(sample).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// UTF-16 without a mark: in most languages every other byte is zero, and in none are both of a pair.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = sample.as_chunks::<2>();
    let low = pairs.iter().filter(|pair| pair[0] != 0 && pair[1] == 0).count();
    let high = pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let none = pairs.iter().filter(|pair| **pair == [0, 0]).count();
    let most =
        |count: usize, other: usize| pairs.len() > 1 && count * 2 > pairs.len() && (other + none) * 20 < pairs.len();
    if most(low, high) {
        Some(UTF_16LE)
    } else if most(high, low) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether what is not ASCII is UTF-8 far more often than not: one broken byte must not spoil a whole story.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // What tells encodings apart are the bytes that are not ASCII, so the sample starts where these do.
    let first = bytes.iter().position(|byte| !byte.is_ascii() || *byte == 0x1B).unwrap_or(0);
    let rest = bytes.get(first..).unwrap_or(bytes);
    detector.feed(rest.get(..GUESSED).unwrap_or(rest), rest.len() <= GUESSED);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, label: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn a_byte_order_mark_decides_and_goes() {
        assert_eq!(decode(b"\xEF\xBB\xBFcaf\xC3\xA9", false), "café");
        assert_eq!(decode(&[b"\xFF\xFE".as_slice(), &utf16("日本", true)].concat(), false), "日本");
        assert_eq!(decode(&[b"\xFE\xFF".as_slice(), &utf16("日本", false)].concat(), false), "日本");
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        for little in [true, false] {
            for text in
                ["Plain enough, said Zoë.", "“Plain – enough,” she said. “It’s €5…”\n\nNo more.", "Nur ”ä”, ”ö”, ”ü”."]
            {
                let bytes = utf16(text, little);
                assert_eq!(decode(&bytes, false), text);
                assert!(!is_binary(&bytes));
            }
        }
        assert_eq!(decode(b"One stray \0 in a text", false), "One stray \0 in a text");
    }

    #[test]
    fn old_encodings_are_guessed() {
        let french = "Les élèves français étaient à l’école, a déclaré la ministre, « très fière » d’eux.";
        assert_eq!(decode(&encoded(french, "windows-1252"), false), french);
        let russian = "Премьер-министр заявил, что правительство готово к переговорам с оппозицией.";
        assert_eq!(decode(&encoded(russian, "windows-1251"), false), russian);
        assert_eq!(decode(&encoded(russian, "koi8-r"), false), russian);
        let japanese = "首相は記者会見で「対話を続ける」と述べ、野党の批判に反論した。";
        for label in ["shift_jis", "euc-jp", "iso-2022-jp"] {
            assert_eq!(decode(&encoded(japanese, label), false), japanese, "{label}");
        }
        let chinese = "总理在记者会上表示，政府将继续与各方对话，并希望尽快解决问题。";
        assert_eq!(decode(&encoded(chinese, "gbk"), false), chinese);
    }

    #[test]
    fn a_document_may_name_its_encoding() {
        let text = "Ďalšie kolo rokovaní sa začne v piatok";
        for head in [
            "<meta charset=windows-1250>",
            "<META  CHARSET = 'windows-1250'/>",
            "<?xml version='1.0' encoding='windows-1250'?>",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1250\">",
        ] {
            let page = format!("{head}<p>{text}</p>");
            assert_eq!(decode(&encoded(&page, "windows-1250"), true), page);
        }
    }

    #[test]
    fn a_wrong_declaration_does_not_spoil_utf8() {
        let page = "<meta charset=iso-8859-1><p>“Nein”, sagte Müller</p>";
        assert_eq!(decode(page.as_bytes(), true), page);
    }

    #[test]
    fn a_broken_byte_spoils_only_itself() {
        assert_eq!(
            decode(b"\xE2\x80\x9CYes,\xE2\x80\x9D said Zo\xC3\xAB. \xFF \xE2\x80\x9CNo.\xE2\x80\x9D \xE2\x80", false),
            "“Yes,” said Zoë. � “No.” �"
        );
    }

    #[test]
    fn pictures_programs_and_archives_are_binary() {
        for start in MAGIC {
            assert!(is_binary(&[start, b" and then some"].concat()), "{start:?}");
        }
        assert!(is_binary(b"\0\0\0\x18ftypmp42"));
        assert!(is_binary(&[0; 100]));
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(is_binary(&noise));
    }

    #[test]
    fn texts_of_all_encodings_are_not_binary() {
        let japanese = "首相は記者会見で「対話を続ける」と述べ".repeat(30);
        for label in ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030"] {
            assert!(!is_binary(&encoded(&japanese, label)), "{label}");
        }
        assert!(!is_binary(b""));
        assert!(!is_binary(b"One stray \0 in a text of some length"));
        assert!(!is_binary("é".repeat(5000).as_bytes().get(..SAMPLE + 1).unwrap()));
        assert!(!is_binary(b"\x1B[1mbold\x1B[0m text"));
    }
}
