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

/// Pieces that feeds and lists are made of, whole and broken.
const MARKUP: [&str; 40] = [
    "<rss version='2.0'>",
    "<channel>",
    "</channel></rss>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<description>",
    "</description>",
    "<link>http://e.org/</link>",
    "<guid>1</guid>",
    "<pubDate>Fri, 21 Nov 2025 09:30:00 GMT</pubDate>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<feed version='0.3' xmlns='http://purl.org/atom/ns#'>",
    "<entry>",
    "</entry>",
    "<content type='xhtml'><div>",
    "<content type='html' src='x'/>",
    "</div></content>",
    "<link rel='alternate' href='/x'/>",
    "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "&amp;",
    "&#0;",
    "&a;",
    "&",
    "<a b='",
    "<a xml:base='http://[' b=c>",
    "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[",
    "{\"id\":1,\"content_html\":\"<p>x\"}",
    "]}",
    ",",
    "<opml><body>",
    "<outline text='a/b\u{1b}[2J' title='x'>",
    "<outline xmlUrl='https://e.org/&#10;x' title='&quot;'/>",
    "</outline>",
];

/// Feeds and lists of feeds, without sense.
fn markup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![8 => prop::sample::select(&MARKUP[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    let beginning =
        prop::sample::select(&["", MARKUP[0], MARKUP[12], MARKUP[13], MARKUP[20], MARKUP[32], MARKUP[36]][..]);
    (beginning, prop::collection::vec(piece, 0..40))
        .prop_map(|(beginning, pieces)| format!("{beginning}{}", pieces.concat()).into_bytes())
}

/// Addresses, and what may be taken for some.
fn url() -> impl Strategy<Value = String> {
    let pieces = [
        "http:",
        "https:",
        "feed:",
        "file:",
        "javascript:",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "#",
        "?",
        "%",
        "[",
        "]",
        "::1",
        "127.1",
        "0x7f",
        "e.org",
        "localhost",
        "ü",
        " ",
        "\n",
        "\u{202e}",
        "\u{1b}[2J",
        "80",
        "0",
        "..",
        "|",
        "a",
    ];
    let piece = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
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
    fn any_bytes_give_a_sound_feed_or_a_reason(first: u8, bytes in prop_oneof![4 => markup(), 1 => bytes()]) {
        checks::feed::check_input(&[&[first], &bytes[..]].concat());
    }

    #[test]
    fn any_bytes_give_a_list_that_can_be_written(bytes in prop_oneof![4 => markup(), 1 => bytes()]) {
        checks::opml::check(&bytes);
    }

    #[test]
    fn any_text_gives_an_address_of_the_web_or_a_reason(text in url()) {
        checks::url::check(&text);
    }

    #[test]
    fn any_article_is_laid_out_whole_at_any_width(first: [u8; 3], bytes in bytes()) {
        checks::layout::check_input(&[&first, &bytes[..]].concat());
    }
}

#[test]
fn inputs_too_short_to_say_anything_are_inputs() {
    for input in [&b""[..], b"\xff", b"ab", b"abc"] {
        checks::feed::check_input(input);
        checks::opml::check(input);
        checks::import::check_input(input);
        checks::layout::check_input(input);
    }
}
