//! Whatever comes in, the core gives a sound value: the checks of the fuzz targets over inputs made of what matters.

use proptest::prelude::*;

use crate::checks;

/// Pieces that a text about speech is made of, and some that it should not be made of.
const PIECES: [&str; 56] = [
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "''",
    "``",
    "„",
    "「",
    " said ",
    " said that ",
    "He",
    "she",
    "they",
    "it",
    "Ana Ruiz",
    "Ruiz",
    "Mr. Hill",
    "Hugh Hill's",
    "the minister",
    "a witness",
    "the Green Party",
    "according to ",
    "told",
    "who",
    "which",
    "Monday",
    "May 4, 2020",
    "$5 million",
    ", ",
    ". ",
    ": ",
    "\n",
    "\n\n",
    " ",
    "-",
    "—",
    "(",
    ")",
    "and",
    "of",
    "the",
    "\u{301}",
    "日本",
    "İ",
    "Q: ",
    "“‘",
    "\r\n",
    "\u{2028}",
    "\u{1b}[0m",
    "\0",
    "👩‍👩‍👧‍👦",
    "s",
];

/// Texts about speech, of many scripts, without sense.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    let pieces = (prop::collection::vec(piece, 0..60), prop::sample::select(&["", " "][..]));
    prop_oneof![8 => pieces.prop_map(|(pieces, between)| pieces.join(between)), 1 => "(?s).{0,200}"]
}

/// Any bytes, and such texts as bytes.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![prop::collection::vec(any::<u8>(), 0..300), text().prop_map(String::into_bytes)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_an_analysis_that_fits_it(text in text()) {
        checks::analysis::check(&text);
    }

    #[test]
    fn any_bytes_give_a_sound_article(first: u8, bytes in bytes()) {
        checks::import::check_input(&[&[first], &bytes[..]].concat());
    }

    #[test]
    fn any_article_is_laid_out_whole_at_any_width(first: [u8; 3], bytes in bytes()) {
        checks::layout::check_input(&[&first, &bytes[..]].concat());
    }
}

#[test]
fn inputs_too_short_to_say_anything_are_inputs() {
    for input in [&b""[..], b"\xff", b"ab", b"abc"] {
        checks::import::check_input(input);
        checks::layout::check_input(input);
    }
}
