//! Tests of Markdown.

use super::read;
use crate::article::{Article, BlockKind};

fn article(text: &str) -> Article {
    let article = read(text);
    assert_eq!(article.flaw(), None, "{text}");
    article
}

/// The blocks of a text, each as a letter for its kind, its depth where it has one, and its text.
fn blocks(text: &str) -> Vec<String> {
    let article = article(text);
    let kind = |kind| match kind {
        BlockKind::Title => "T",
        BlockKind::Heading => "H",
        BlockKind::Paragraph => "P",
        BlockKind::Quotation => "Q",
        BlockKind::ListItem => "L",
        BlockKind::Preformatted => "F",
    };
    let depth = |depth: u8| if depth == 0 { String::new() } else { depth.to_string() };
    article
        .blocks
        .iter()
        .map(|block| format!("{}{} {}", kind(block.kind), depth(block.depth), block.span.of(&article.text)))
        .collect()
}

#[test]
fn blocks_keep_their_kind_and_depth() {
    let text = "# Taxes *low*\n\nThe `minister`\nspoke.\n\n## Why\n\n> Because\n> of it.\n>\n> - a\n\n- one\n\n  more\n  1. two\n  2. three\n- [x] four\n\n```rust\nlet a;\n\n  b\n```\n\n***\n\nEnd\\\nof it.";
    assert_eq!(
        blocks(text),
        [
            "T Taxes low",
            "P The minister spoke.",
            "H Why",
            "Q1 Because of it.",
            "L2 a",
            "L1 one",
            "P1 more",
            "L2 1. two",
            "L2 2. three",
            "L1 [x] four",
            "F let a;\n\n  b",
            "P End",
            "P of it.",
        ]
    );
}

#[test]
fn links_are_spans_and_pictures_are_nothing() {
    let article = article(
        "See [the *new* report](https://e.org/a), <https://f.org> and ![a picture](p.png).\n\n![only](x.png)\n\n[a]: https://g.org\n\nOr [this][a].",
    );
    assert_eq!(article.text, "See the new report, https://f.org and .\n\nOr this.");
    let links: Vec<_> = article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
    assert_eq!(
        links,
        [("the new report", "https://e.org/a"), ("https://f.org", "https://f.org"), ("this", "https://g.org")]
    );
}

#[test]
fn front_matter_is_metadata_and_the_headline() {
    let text = "---\ntitle: Taxes to stay low\ndate: 2025-11-21\nauthor: Ana Ruiz\nsource: The Paper\nurl: https://e.org/a\nlicence: CC BY 2.5\ntags: [a]\n---\n\n# Taxes to stay low\n\nThe minister spoke.";
    assert_eq!(blocks(text), ["T Taxes to stay low", "P The minister spoke."]);
    let meta = article(text).meta;
    assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(
        (meta.title.as_str(), meta.byline.as_deref(), meta.source.as_deref()),
        ("Taxes to stay low", Some("Ana Ruiz"), Some("The Paper"))
    );
    assert_eq!((meta.url.as_deref(), meta.licence.as_deref()), (Some("https://e.org/a"), Some("CC BY 2.5")));
    assert_eq!(blocks("+++\ntitle = 'Taxes'\n+++\nShe spoke.\n\n# Other"), ["T Taxes", "P She spoke.", "H Other"]);
}

#[test]
fn a_first_heading_is_the_headline_and_credits_below_it_are_metadata() {
    let text = "Taxes to stay low\n=================\n\n*By Ana Ruiz*\n\nNovember 21, 2025\n\nThe minister spoke.\n\n# Another";
    assert_eq!(blocks(text), ["T Taxes to stay low", "P The minister spoke.", "H Another"]);
    assert_eq!(article(text).meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(article(text).meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(blocks("Text first.\n\n# Then a heading"), ["P Text first.", "H Then a heading"]);
    assert_eq!(article("The minister spoke. She left.").meta.title, "The minister spoke");
}

#[test]
fn tables_are_lines() {
    assert_eq!(
        blocks("| Party | Seats |\n|---|---|\n| *Left* | 12 |\n| Right | 7 |"),
        ["F Party   Seats\nLeft    12\nRight   7"]
    );
}

#[test]
fn html_within_is_read_as_html() {
    assert_eq!(
        blocks(
            "<div align=center>\n<p>Hello <b>there</b></p>\n<script>x</script></div>\n\nA<br>b <span>c</span> &amp; d"
        ),
        ["P Hello there", "P A", "P b c & d"]
    );
}

#[test]
fn hostile_references_give_safe_text() {
    assert_eq!(article("a&#27;b&#x202e;c `\u{1B}[31md`").text, "abc d");
    assert_eq!(article("[x](https://e.org/\u{202E}y)").links[0].url, "https://e.org/y");
}

#[test]
fn footnotes_stand_where_they_are_defined() {
    assert_eq!(blocks("Text[^1] goes on.\n\n[^1]: A note.\n\nEnd."), ["P Text goes on.", "P A note.", "P End."]);
}
