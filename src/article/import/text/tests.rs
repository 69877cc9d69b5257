//! Tests of plain text.

use super::read;
use crate::article::{Article, BlockKind};

/// The blocks of a text, each as a letter for its kind, its depth where it has one, and its text.
fn blocks(raw: &str) -> Vec<String> {
    let article = article(raw);
    article
        .blocks
        .iter()
        .map(|block| {
            let kind = match block.kind {
                BlockKind::Title => 'T',
                BlockKind::Heading => 'H',
                BlockKind::Paragraph => 'P',
                BlockKind::Quotation => 'Q',
                BlockKind::ListItem => 'L',
                BlockKind::Preformatted => 'F',
            };
            format!("{kind} {}", block.span.of(&article.text))
        })
        .collect()
}

fn article(raw: &str) -> Article {
    let (article, _) = read(raw);
    assert_eq!(article.flaw(), None, "{raw:?}");
    article
}

const STORY: &str = "The minister said on Friday that taxes would stay as they are, whatever the opposition may have been saying all week.";

#[test]
fn a_date_line_may_go_on_with_the_story() {
    let story = article(&format!(" date 2025-11-21 {STORY}\n\nShe left."));
    assert_eq!(story.meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert!(story.text.starts_with("The minister"));
    assert_eq!(story.meta.title, "The minister said on Friday that taxes would stay as they are…");
    assert_eq!(story.blocks[0].kind, BlockKind::Paragraph);
}

#[test]
fn a_date_line_may_stand_over_a_headline() {
    let raw = format!("date 2025-11-21\n\nTaxes to stay low\n\n{STORY}");
    assert_eq!(blocks(&raw), ["T Taxes to stay low", &format!("P {STORY}")]);
    assert_eq!(article(&raw).meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(article("date night is on Friday, she said.").meta.date, None);
}

#[test]
fn headers_are_metadata_and_the_headline() {
    let raw = format!(
        "Title: Taxes to stay low\nDate: 21 November 2025\nAuthor: Ana Ruiz\nSource: The Paper\nURL: https://e.org/a\nLicence: CC BY 2.5\nSection: World\n\n{STORY}"
    );
    let story = article(&raw);
    assert_eq!(blocks(&raw), ["T Taxes to stay low", &format!("P {STORY}")]);
    let meta = &story.meta;
    assert_eq!(meta.title, "Taxes to stay low");
    assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("The Paper"));
    assert_eq!(meta.url.as_deref(), Some("https://e.org/a"));
    assert_eq!(meta.licence.as_deref(), Some("CC BY 2.5"));
}

#[test]
fn headers_may_be_continued_and_followed_by_the_same_headline() {
    let raw = format!("Headline: Taxes to\n  stay low\nBy: Ana Ruiz\n\n{STORY}");
    assert_eq!(blocks(&raw)[0], "T Taxes to stay low");
    let raw = format!("Title: Taxes to stay low\n\nTaxes to stay low\n\n{STORY}");
    assert_eq!(blocks(&raw), ["T Taxes to stay low", &format!("P {STORY}")]);
}

#[test]
fn an_interview_is_not_taken_for_headers() {
    let raw = "Q: Will taxes stay low?\n\nA: They will, as I have said many times before this day.";
    assert_eq!(blocks(raw).len(), 2);
    assert_eq!(
        blocks("Source: close to the minister, who told us that taxes would stay as they are.\nHe left."),
        ["P Source: close to the minister, who told us that taxes would stay as they are.", "P He left."]
    );
}

#[test]
fn a_short_first_line_is_the_headline() {
    assert_eq!(blocks(&format!("Taxes to stay low\n\n{STORY}"))[0], "T Taxes to stay low");
    assert_eq!(blocks(&format!("Taxes to stay low\n{STORY}"))[0], "T Taxes to stay low");
    assert_eq!(blocks(&format!("Taxes to stay low\n=================\n\n{STORY}"))[0], "T Taxes to stay low");
    assert_eq!(
        blocks(&format!("“Taxes will stay low”, says minister?\n\n{STORY}"))[0],
        "T “Taxes will stay low”, says minister?"
    );
}

#[test]
fn a_first_sentence_is_no_headline() {
    for raw in [
        "Taxes are low.\n\nThey stay low, said the minister, who left.",
        "Hello world",
        "- one\n- two",
        "Short\n\nlines",
    ] {
        assert!(!blocks(raw)[0].starts_with('T'), "{raw:?}");
    }
    assert_eq!(article("Hello world").meta.title, "Hello world");
}

#[test]
fn a_byline_and_a_date_beside_the_headline_are_metadata() {
    for credits in
        ["By Ana Ruiz\nFriday, 21 November 2025", "By Ana Ruiz\n\n2025-11-21", "Published 21 Nov. 2025\n\nBy Ana Ruiz"]
    {
        let raw = format!("Taxes to stay low\n{credits}\n\n{STORY}");
        assert_eq!(blocks(&raw), ["T Taxes to stay low", &format!("P {STORY}")], "{credits:?}");
        let above = format!("{credits}\n\nTaxes to stay low\n\n{STORY}");
        assert_eq!(blocks(&above), blocks(&raw), "{credits:?}");
        assert_eq!(article(&above).meta, article(&raw).meta, "{credits:?}");
        assert_eq!(article(&raw).meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(article(&raw).meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    }
}

#[test]
fn wrapped_lines_are_joined() {
    let raw = "The minister said on Friday that taxes would stay as they are,\nwhatever the opposition may have been saying all week about the\nbudget and its many holes.\n\nShe left.";
    assert_eq!(
        blocks(raw),
        [
            "P The minister said on Friday that taxes would stay as they are, whatever the opposition may have been saying all week about the budget and its many holes.",
            "P She left.",
        ]
    );
}

#[test]
fn paragraphs_of_one_line_stay_apart() {
    let raw = format!("{STORY}\n{STORY}\nShe left.\n{STORY}");
    assert_eq!(blocks(&raw).len(), 4);
    assert_eq!(
        blocks("“Why?” she asked.\n“Because it is late,” he said, and he put on his coat.\nShe left."),
        ["P “Why?” she asked.", "P “Because it is late,” he said, and he put on his coat.", "P She left."]
    );
}

#[test]
fn an_indented_line_starts_a_paragraph() {
    let raw = "   The minister said on Friday that taxes would stay as they are,\nwhatever the opposition may have been saying all week about the\nbudget.\n   She added that nobody in the whole country had ever asked her to\nraise them.";
    assert_eq!(
        blocks(raw),
        [
            "P The minister said on Friday that taxes would stay as they are, whatever the opposition may have been saying all week about the budget.",
            "P She added that nobody in the whole country had ever asked her to raise them.",
        ]
    );
}

#[test]
fn a_word_broken_at_a_line_end_is_mended_where_the_text_shows_how() {
    let filler = "The minister said on Friday that taxes would stay as they are now,\nwhatever the opposition may have been saying all week about them.";
    let raw = format!(
        "{filler}\n\nThe opposition has now called for a debate on all of the govern-\nment and its well-known plans, which the government of the well-\nknown minister rejects."
    );
    let text = blocks(&raw).pop().unwrap();
    assert!(text.contains("all of the government and its well-known plans"), "{text}");
    assert!(text.contains("of the well-known minister"), "{text}");
}

#[test]
fn east_asian_lines_are_joined_without_a_blank() {
    let line = "首相は記者会見で対話を続けると述べ、野党の批判に反論した。さらに";
    assert_eq!(blocks(&format!("{line}\n{line}\n終わり。")), [format!("P {line}{line}終わり。")]);
}

#[test]
fn lists_keep_their_items_and_depth() {
    let raw = "The plan:\n\n- lower taxes\n- more schools, which the country has been waiting for since\n  the last election\n  * in the north\n- 1990\n\n1. First\n2. Second";
    assert_eq!(
        blocks(raw),
        [
            "P The plan:",
            "L lower taxes",
            "L more schools, which the country has been waiting for since the last election",
            "L in the north",
            "L 1990",
            "L 1. First",
            "L 2. Second",
        ]
    );
    assert_eq!(article(raw).blocks.iter().map(|block| block.depth).collect::<Vec<_>>(), [0, 1, 1, 2, 1, 1, 1]);
}

#[test]
fn verse_and_tables_keep_their_lines() {
    let raw = format!("{STORY}\n\nRoses are red\n  Violets are blue\nTaxes are low\nAnd so are you\n\n{STORY}");
    assert_eq!(blocks(&raw)[1], "F Roses are red\n  Violets are blue\nTaxes are low\nAnd so are you");
    let raw = "Year    Tax    Rate\n2024    low    1 %\n2025    low    2 %";
    assert_eq!(blocks(raw), [format!("F {raw}")]);
}

#[test]
fn set_off_and_marked_text_is_a_quotation() {
    let raw = format!(
        "{STORY}\n\n    The minister said on Friday that taxes would stay as they are,\n    whatever the opposition says.\n\n{STORY}"
    );
    assert!(blocks(&raw)[1].starts_with("Q The minister said"), "{:?}", blocks(&raw));
    assert_eq!(
        blocks(&format!("{STORY}\n\n> Taxes are low.\n>\n> They stay low.\n\n{STORY}"))[1..3],
        ["Q Taxes are low.", "Q They stay low."]
    );
}

#[test]
fn a_short_line_over_a_paragraph_is_a_heading_and_a_rule_is_nothing() {
    let raw = format!("Taxes to stay low\n\n{STORY}\n\nBackground\n\n{STORY}\n\n* * *\n\nHistory\n-------\n\n{STORY}");
    let kinds: String = blocks(&raw).iter().filter_map(|block| block.chars().next()).collect();
    assert_eq!(kinds, "TPHPHP");
}

#[test]
fn a_line_in_the_middle_of_the_page_is_a_heading() {
    let raw = format!("{STORY}\n\n              TERMS AND CONDITIONS\n\nShort.\n\n{STORY}\n___\nShe left.");
    let kinds: String = blocks(&raw).iter().filter_map(|block| block.chars().next()).collect();
    assert_eq!(kinds, "PHPPP");
}

#[test]
fn a_mail_is_a_story_with_a_sender() {
    let raw = "From: Ana Ruiz <ana@e.org>\nTo: Bo Li <bo@e.org>\nSubject: Taxes to stay low\nDate: Fri, 21 Nov 2025 10:00:00 +0100\n\nDear Bo,\n\n> They stay low.\n\nYes.";
    assert_eq!(blocks(raw), ["T Taxes to stay low", "P Dear Bo,", "Q They stay low.", "P Yes."]);
    let meta = article(raw).meta;
    assert_eq!((meta.byline.as_deref(), meta.date), (Some("Ana Ruiz"), jiff::civil::Date::new(2025, 11, 21).ok()));
}

#[test]
fn a_speaker_at_the_start_of_a_line_starts_a_paragraph() {
    let raw = "WIKINEWS: Will taxes stay as low as they have been for many years?\nMINISTER: They will, as I have said many times before this day, and\nI will say it again.";
    assert_eq!(blocks(raw).len(), 2);
}

#[test]
fn the_text_leads_back_to_its_source() {
    let raw = format!(
        "\u{FEFF}Title: Taxes to  stay low\r\nDate: 2025-11-21\r\n\r\n{STORY}\r\n\r\n- She\u{200B} left,\r\n  he \u{1B}[1mstayed\u{1B}[0m.\r\n"
    );
    let (article, origin) = read(&raw);
    assert_eq!(article.flaw(), None);
    for word in ["Taxes", "stay low", "minister", "whatever", "left,", "stayed", "She"] {
        let at = article.text.find(word).unwrap();
        let span = crate::text::Span::new(at, at + word.len());
        assert_eq!(origin.original_span(span).of(&raw), word);
    }
    let plain = format!("Taxes to stay low\n\n{STORY}\n\nShe left.");
    let (article, origin) = read(&plain);
    assert_eq!(article.text, plain);
    assert!(origin.is_identity());
}
