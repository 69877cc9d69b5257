//! From quote to quote, speaker to speaker, name to name.

use super::super::Focus;
use super::super::driver::Driver;
use super::{short, visit};
use crate::analysis::EntityId;

#[test]
fn next_and_previous_quote_go_from_utterance_to_utterance_and_say_where_they_end() {
    let mut driver = Driver::open(&visit());
    let mut said = Vec::new();
    for _ in 0..5 {
        said.push(driver.press("]q").quote().to_owned());
        assert!(driver.shows(driver.reader().cursor), "{said:?}");
    }
    assert_eq!(
        said,
        [
            "“It speaks volumes,”",
            "it is telling and “speaks to the fact” that they meet",
            "“I will work with anyone,”",
            "“You will hear from him,”",
            "“Welcome,”"
        ]
    );
    assert_eq!(driver.reader().quote_place(), Some((5, 5)));
    assert_eq!(driver.press("]q").notice(), "last quote");
    assert_eq!(driver.quote(), "“Welcome,”");
    assert_eq!(driver.press("3[q").quote(), "it is telling and “speaks to the fact” that they meet");
    assert_eq!(driver.press("[q [q").notice(), "first quote");
    assert_eq!(driver.press("99]q").quote(), "“Welcome,”", "a count too large goes as far as it can");
}

#[test]
fn a_quote_within_a_quote_by_somebody_else_is_an_utterance_of_its_own() {
    let mut driver = Driver::open("[a: “He told me [b: ‘No,’] and left,”] she said.");
    assert_eq!(driver.press("]q").quote(), "“He told me ‘No,’ and left,”");
    assert_eq!(driver.press("]q").quote(), "‘No,’");
    assert_eq!(driver.press("[q").quote(), "“He told me ‘No,’ and left,”");
}

#[test]
fn a_quote_jumped_to_stands_a_third_below_the_top() {
    let mut driver = Driver::open(&visit());
    driver.press("3]q");
    let reader = driver.reader();
    assert_eq!(reader.layout.line_at(reader.cursor) - reader.top, reader.rows() / 3);
}

#[test]
fn scrolled_out_of_sight_a_quote_is_no_longer_the_current_one_and_the_next_is_the_first_from_here() {
    let mut driver = Driver::open(&visit());
    driver.press("]q space");
    assert_eq!(driver.quote(), "");
    assert_eq!(driver.press("]q").quote(), "“I will work with anyone,”");
    driver.press("G");
    assert_eq!(driver.quote(), "");
    assert_eq!(driver.press("[q").quote(), "“Welcome,”");
}

#[test]
fn the_same_speaker_is_followed_through_the_story() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("]s").quote(), "“It speaks volumes,”", "from nowhere, the first quote");
    assert_eq!(driver.press("]s ]s").quote(), "“You will hear from him,”");
    assert_eq!(driver.press("]s").notice(), "last quote of Karoline Leavitt");
    assert_eq!(driver.press("2[s").quote(), "“It speaks volumes,”");
    driver.press("G [q ]s");
    assert_eq!(
        (driver.quote(), driver.notice()),
        ("“Welcome,”", "the only quote of nobody known"),
        "nobody known is one"
    );
}

#[test]
fn kept_to_one_voice_only_its_quotes_count_until_all_are_heard_again() {
    let mut driver = Driver::open(&visit());
    driver.press("]q s b");
    assert_eq!(driver.notice(), "only Zohran Mamdani: 1 quote");
    assert_eq!(driver.quote(), "", "the current quote is another's");
    assert_eq!(driver.press("]q").quote(), "“I will work with anyone,”");
    assert_eq!(driver.press("]q").notice(), "the only quote of Zohran Mamdani");
    assert_eq!(driver.press("S").notice(), "all voices");
    assert_eq!(driver.press("]q").quote(), "“You will hear from him,”");
    driver.press("s a");
    assert_eq!(driver.reader().quote_place(), Some((3, 3)));
    assert_eq!(driver.press("s x").notice(), "no voice x here: they are a to b");
    assert_eq!(driver.reader().scope, Some(EntityId(0)), "a wrong letter changes nothing");
    assert_eq!(driver.press("Esc").reader().scope, None);
}

#[test]
fn a_story_without_quotes_or_without_analysis_says_so() {
    let mut driver = Driver::open("Nothing is said.");
    assert_eq!(driver.press("]q").notice(), "no quotes in this story");
    assert_eq!(driver.press("s a").notice(), "nobody speaks in this story");
    assert_eq!(driver.press("*").notice(), "no names in this story");
    driver.app.reader.as_mut().unwrap().analysis = None;
    for keys in ["]q", "]s", "s a", "*", "]e", "yq"] {
        assert_eq!(driver.press(keys).notice(), "this story is still being analysed", "{keys}");
    }
}

#[test]
fn every_utterance_of_the_bundled_articles_is_gone_through_on_the_screen() {
    let mut driver = Driver::seeds();
    driver.press("gt");
    let mut heard = 0;
    for (columns, rows) in [(100, 30), (80, 24), (40, 12)].into_iter().cycle().take(driver.app.list.len()) {
        driver.resize(columns, rows).press("gg");
        let count = driver.reader().utterances().len();
        for place in 1..=count {
            let before = driver.reader().cursor;
            driver.press("]q");
            let reader = driver.reader();
            assert_eq!(reader.quote_place(), Some((place, count)));
            assert!(driver.shows(reader.cursor) && (reader.cursor > before || place == 1));
        }
        heard += count;
        let end = if count == 0 { "no quotes in this story" } else { "last quote" };
        assert_eq!(driver.press("]q").notice(), end);
        driver.press("J");
    }
    assert!(heard > 50, "{heard}");
}

#[test]
fn the_name_here_is_selected_and_its_mentions_are_gone_through_in_a_ring() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("*").notice(), "Karoline Leavitt: 3 mentions");
    assert_eq!(driver.press("*").notice(), "Zohran Mamdani: 2 mentions", "again, the next name");
    assert_eq!(driver.press("*").notice(), "Washington: 2 mentions");
    assert_eq!(driver.press("]e").notice(), "Washington: mention 2 of 2");
    assert!(driver.at_cursor().starts_with("Washington was quiet."));
    assert!(driver.shows(driver.reader().cursor));
    assert_eq!(driver.press("]e").notice(), "Washington: mention 1 of 2, round from the beginning");
    assert_eq!(driver.press("[e").notice(), "Washington: mention 2 of 2, round from the end");
    assert_eq!(driver.press("Esc").reader().entity, None);
    assert_eq!(driver.press("gg ]e").notice(), "Karoline Leavitt: 3 mentions", "without a name, the one here");
}

#[test]
fn what_is_selected_in_the_text_is_selected_in_the_sidebar_and_back() {
    let mut driver = Driver::open(&visit());
    driver.press("3*");
    let voices = &driver.reader().analysis.as_ref().unwrap().1;
    assert_eq!(driver.app.sidebar.entity(voices), Some(EntityId(2)));
    driver.press("gv gg");
    assert_eq!(driver.reader().entity, Some(EntityId(0)));
    driver.press("G Enter");
    assert_eq!(driver.reader().entity, Some(EntityId(2)));
    assert!(driver.at_cursor().starts_with("Washington was quiet"), "{}", driver.at_cursor());
}

#[test]
fn following_a_voice_goes_to_its_next_quote() {
    let mut driver = Driver::open(&visit());
    driver.press("gv j Enter");
    assert_eq!(driver.quote(), "“I will work with anyone,”");
    driver.press("s a gv gg j Enter");
    assert_eq!((driver.quote(), driver.reader().scope), ("“I will work with anyone,”", None), "out of another's scope");
    driver.press("l");
    let voices = &driver.reader().analysis.as_ref().unwrap().1;
    assert_eq!(driver.app.sidebar.entity(voices), Some(EntityId(1)), "from a quote to who says it");
}

#[test]
fn copies_say_who_said_it_and_where() {
    let mut driver = Driver::open(&visit());
    let article = std::sync::Arc::make_mut(&mut driver.app.reader.as_mut().unwrap().article);
    article.meta.title = "Visit “speaks volumes”".into();
    article.meta.untitled = false;
    article.meta.source = Some("Wikinews".into());
    article.meta.date = Some(jiff::civil::date(2025, 11, 21));
    article.meta.url = Some("https://example.org/visit".into());
    let citation = "Visit “speaks volumes”. Wikinews, 21 November 2025. https://example.org/visit";
    driver.press("]q yq");
    assert_eq!(driver.copied(), format!("“It speaks volumes,”\n— Karoline Leavitt\n{citation}"));
    assert_eq!(driver.notice(), "copied the quote");
    assert_eq!(driver.press("yc").copied(), citation);
    assert_eq!(driver.press("yp").copied(), "“It speaks volumes,” Leavitt said.");
    assert_eq!(driver.press("yu").copied(), "https://example.org/visit");
    let article = std::sync::Arc::make_mut(&mut driver.app.reader.as_mut().unwrap().article);
    article.meta.untitled = true;
    assert_eq!(
        driver.press("yc").copied(),
        "Wikinews, 21 November 2025. https://example.org/visit",
        "no made-up title"
    );
    let article = std::sync::Arc::make_mut(&mut driver.app.reader.as_mut().unwrap().article);
    (article.meta.source, article.meta.url) = (None, None);
    assert_eq!(
        driver.press("yc").copied(),
        "story 0, 21 November 2025.",
        "where it was read, where nothing else is known"
    );
    assert!(driver.press("G yq").copied().starts_with("“You will hear from him,”\n"), "{}", driver.copied());
}

#[test]
fn without_a_current_quote_the_first_in_sight_is_copied_and_said_so() {
    assert_eq!(Driver::open(&visit()).press("yq").notice(), "copied the first quote in sight");
    assert_eq!(Driver::open(&visit()).press("]q yq").notice(), "copied the quote");
}

#[test]
fn a_story_that_nobody_published_is_cited_by_its_file_or_its_first_words() {
    let mut driver = Driver::open(&visit());
    let reader = driver.app.reader.as_mut().unwrap();
    reader.origin = "/home/ana/news/visit.txt".to_owned();
    let meta = &mut std::sync::Arc::make_mut(&mut reader.article).meta;
    (meta.title, meta.untitled, meta.date) = ("Visit".into(), false, "2025-11-21".parse().ok());
    assert_eq!(driver.press("yc").copied(), "Visit. visit.txt, 21 November 2025.");
    let reader = driver.app.reader.as_mut().unwrap();
    reader.origin.clear();
    std::sync::Arc::make_mut(&mut reader.article).meta.untitled = true;
    assert_eq!(
        driver.press("yc").copied(),
        "“Karoline Leavitt spoke before Zohran Mamdani came to…”. 21 November 2025."
    );
}

#[test]
fn a_step_to_a_quote_from_the_list_leads_into_the_text() {
    let mut driver = Driver::list(&[&visit(), &short("Ana")]);
    driver.press("gl ]q");
    assert_eq!((driver.app.panes.focus, driver.quote()), (Focus::Text, "“It speaks volumes,”"));
}

#[test]
fn the_current_quote_stays_in_sight_whatever_becomes_of_the_screen() {
    let mut driver = Driver::open(&visit());
    driver.press("3]q");
    for (columns, rows) in [(40, 12), (100, 9), (30, 5), (200, 60), (24, 4), (100, 30), (16, 2)] {
        driver.resize(columns, rows);
        let quote = driver.reader().current_quote().expect("a resize is no step").span;
        assert!(driver.shows(quote.start), "{columns}x{rows}");
    }
}

#[test]
fn what_cannot_be_copied_is_said() {
    let mut driver = Driver::open("Nothing is said.");
    assert_eq!(driver.press("yq").notice(), "no quote in sight");
    assert_eq!(driver.press("yu").notice(), "this story gives no address");
    assert_eq!(driver.copied(), "");
}

#[test]
fn the_evidence_opens_for_the_quote_in_sight_follows_the_steps_and_closes_first() {
    let mut driver = Driver::open(&visit());
    driver.press("e");
    assert!(driver.app.panes.evidence);
    assert_eq!(driver.quote(), "“It speaks volumes,”", "the first in sight");
    driver.press("]q ]q");
    assert_eq!(driver.quote(), "“I will work with anyone,”");
    assert!(driver.app.panes.evidence && driver.shows(driver.reader().cursor));
    driver.press("s a ]q Esc");
    assert!(!driver.app.panes.evidence && driver.reader().scope.is_some(), "it is what was opened last");
    assert_eq!(driver.press("gg 10j e").notice(), "no quote in sight");
    assert!(!driver.app.panes.evidence);
    let mut driver = Driver::open("Nothing is said.");
    assert_eq!(driver.press("e").notice(), "no quote in sight");
    driver.app.reader.as_mut().unwrap().analysis = None;
    assert_eq!(driver.press("e").notice(), "this story is still being analysed");
}

#[test]
fn opening_the_evidence_brings_quote_cue_and_source_into_sight() {
    let mut driver = Driver::seeds();
    driver.press("gt");
    for (columns, rows) in [(100, 30), (80, 24), (40, 12)].into_iter().cycle().take(driver.app.list.len()) {
        driver.resize(columns, rows).press("gg");
        for _ in 0..driver.reader().utterances().len() {
            driver.press("]q e");
            let reader = driver.reader();
            let quote = reader.current_quote().unwrap();
            let all = [quote.source, quote.cue].into_iter().flatten().fold(quote.span, crate::text::Span::union);
            let lines = reader.layout.line_at(all.end - 1) - reader.layout.line_at(all.start);
            assert!(driver.shows(if lines < reader.rows() { all.end - 1 } else { quote.span.start }));
            assert!(lines >= reader.rows() || driver.shows(all.start));
            driver.press("e");
        }
        driver.press("J");
    }
}
