//! Whole screens as snapshots, and what must hold for some of them.

use super::*;
use crate::app::list::Content;
use crate::app::overlay::Sign;
use crate::app::{Entry, EntryId, Message, Overlay};
use crate::article::import::markdown;
use crate::config::{Preset, ThemeChoice};
use crate::layout::LineKind;
use crate::view::glyphs::Glyphs;

/// Compares the frame with its styles to the snapshot of this name.
macro_rules! assert_screen {
    ($name:literal, $driver:expr) => {
        insta::assert_snapshot!($name, styled(&frame(&$driver)))
    };
}

#[test]
fn a_story_on_a_small_screen() {
    assert_screen!("reading_40x12", reader(40, 12, "gt ]q"));
}

#[test]
fn a_story_on_a_usual_screen() {
    assert_screen!("reading_80x24", reader(80, 24, "gt 3]q"));
}

#[test]
fn a_story_on_a_large_screen() {
    assert_screen!("reading_120x40", reader(120, 40, "gt 4]q"));
}

#[test]
fn a_story_on_a_huge_screen() {
    assert_screen!("reading_200x60", reader(200, 60, "gt ]e"));
}

#[test]
fn a_light_theme() {
    let settings = Settings { theme: ThemeChoice::Named("light".to_owned()), ..settings() };
    assert_screen!("reading_light", reader_with(settings, 80, 16, "gt 3]q"));
}

#[test]
fn sixteen_colours() {
    let settings = Settings { colors: Colors::Indexed16, ..settings() };
    assert_screen!("reading_16_colours", reader_with(settings, 80, 16, "gt 3]q"));
}

#[test]
fn no_colours_and_ascii_alone() {
    let settings = Settings { colors: Colors::Never, ascii: Some(true), ..settings() };
    let driver = reader_with(settings, 100, 30, "gt 3]q");
    let shown = frame(&driver);
    assert!(shown.content.iter().all(|cell| cell.symbol().is_ascii() || "“”’".contains(cell.symbol())));
    assert_screen!("reading_plain", driver);
}

#[test]
fn a_justified_story() {
    let settings = Settings { justify: true, ..settings() };
    insta::assert_snapshot!("justified", text(&frame(&reader_with(settings, 60, 24, "gt"))));
}

#[test]
fn the_list_with_a_story_that_cannot_be_read_and_one_that_is_not_read_yet() {
    let mut driver = reader(120, 32, "gl");
    driver.app.list.push(Entry::failed("notes/secret.txt", "permission denied"));
    driver.app.list.push(Entry::waiting("notes/later.txt"));
    assert_screen!("list_120x32", driver);
}

#[test]
fn the_open_story_is_told_from_the_selected_row_and_years_from_the_newest_one() {
    for (columns, rows) in [(120, 32), (200, 60), (120, 20)] {
        let driver = reader(columns, rows, "gl j");
        let shown = text(&frame(&driver));
        let marked = |mark: char| shown.lines().position(|row| row.starts_with(mark));
        let (open, selected) = (marked('▹').unwrap(), marked('▸').unwrap());
        assert!(open < selected && marked('▹') == shown.lines().position(|row| row.contains("Mayor's visi")));
        assert!(!shown.contains("Nov 2025 · 7") && (rows < 28 || shown.contains("Sep 2019 ·")), "{shown}");
        let same = text(&frame(&reader(columns, rows, "gl")));
        assert!(!same.contains('▹') && same.contains('▸'));
    }
}

#[test]
fn help_shows_keys_whole_and_the_signs_in_force() {
    for (preset, ascii) in [(Preset::Less, false), (Preset::Newsboat, true)] {
        let mut driver = reader_with(Settings { preset, ascii: Some(ascii), ..settings() }, 80, 60, "gt F1");
        let mut shown = text(&frame(&driver));
        for _ in 0..4 {
            shown += &text(&frame(driver.press("PgDn")));
        }
        for row in crate::app::action::TABLE {
            let keys = driver.app.keymap.keys_of(row.action);
            let letter = if row.letter { " + letter" } else { "" };
            let keys: Vec<_> = keys.into_iter().map(|keys| keys + letter).collect();
            assert!(shown.contains(&format!(" {}  ", keys.join("  "))), "{}: {keys:?}", row.name);
        }
        let glyphs = Glyphs::of(ascii);
        for (sign, meaning) in Sign::ALL {
            let sign = glyphs.sign(*sign);
            assert!(shown.lines().any(|line| line.contains(&*sign) && line.contains(meaning)), "{sign} {meaning}");
        }
    }
}

#[test]
fn the_list_alone_on_a_small_screen() {
    assert_screen!("list_40x12", reader(40, 12, "gl"));
}

#[test]
fn voices_on_a_usual_screen() {
    assert_screen!("voices_80x24", reader(80, 24, "gv j"));
}

#[test]
fn the_evidence_under_the_text() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        insta::assert_snapshot!(format!("evidence_{columns}x{rows}"), text(&frame(&reader(columns, rows, "gt 3]q e"))));
    }
    assert_screen!("evidence_styled_100x30", reader(100, 30, "gt 3]q e"));
    let unknown = text(&frame(&reader(80, 24, "gt 2]q e")));
    assert!(unknown.contains("Why nobody known") && unknown.contains("perhaps Karoline Leavitt, 41%"), "{unknown}");
}

#[test]
fn one_voice_kept_to() {
    assert_screen!("scope_100x30", reader(100, 30, "gt sb ]q"));
}

#[test]
fn a_search_as_it_is_typed() {
    let mut driver = reader(80, 24, "gt /");
    assert_screen!("search_80x24", driver.type_in("agenda"));
    driver.press("Esc /").type_in("nowhere to be found");
    assert_screen!("search_without_hit_40x12", driver.resize(40, 12));
}

#[test]
fn keys_that_are_pending_and_what_may_follow() {
    insta::assert_snapshot!("pending_80x24", last_row(&reader(80, 24, "gt 3 ]")));
}

#[test]
fn help_on_a_small_screen() {
    assert_screen!("help_40x12", reader(40, 12, "gt F1").type_in("quote"));
}

#[test]
fn help_on_a_usual_screen() {
    insta::assert_snapshot!("help_100x30", text(&frame(reader(100, 30, "gt F1").type_in("next"))));
}

#[test]
fn no_line_of_help_is_cut_on_a_usual_screen() {
    for row in crate::app::action::TABLE {
        let shown = text(&frame(reader(80, 24, "F1").type_in(row.name)));
        assert!(shown.contains(row.help), "{}\n{shown}", row.help);
    }
}

#[test]
fn what_keys_do_is_shown_whole_or_not_at_all() {
    let mut driver = Driver::library_of(stories(), settings(), 40, 12);
    let shown = text(&frame(driver.press("/")));
    let status = shown.lines().last().unwrap_or_default();
    assert_eq!(status.trim(), "Enter open  ctrl-r order  Esc close");
}

#[test]
fn a_story_that_cannot_be_read_is_named_once() {
    let mut driver = Driver::library_of(stories(), settings(), 120, 32);
    let message = Message::Library(crate::app::library::Answer::Loaded(EntryId(0), Err("story 0: is gone".to_owned())));
    driver.app.list.change(EntryId(0), |entry| {
        entry.origin = "story 0".into();
        entry.content = Content::Waiting;
    });
    let shown = text(&frame(driver.press("gl").send(message)));
    assert!(shown.lines().nth(2).unwrap().trim_start().starts_with("is gone"), "{shown}");
}

#[test]
fn what_went_wrong_is_told_whole_on_a_narrow_screen() {
    let mut driver = reader(40, 12, "gt");
    let message = "/home/somebody/library.db: the library cannot be written; check who owns the file and its folder";
    driver.send(Message::Failed(message.to_owned()));
    let shown = text(&frame(&driver));
    let told: String = shown.lines().skip(8).collect();
    let letters = |text: &str| text.replace(' ', "");
    assert!(letters(&told).ends_with(&letters(message)), "{shown}");
}

#[test]
fn the_command_palette() {
    assert_screen!("palette_80x24", reader(80, 24, "gt :").type_in("copy"));
    insta::assert_snapshot!("palette_40x12", text(&frame(reader(40, 12, "gt :").type_in("next"))));
}

#[test]
fn what_is_told_takes_the_place_of_the_quote() {
    let mut driver = reader(80, 24, "gt");
    driver.send(Message::Failed("no such file: notes.txt".to_owned()));
    let shown = last_row(&driver);
    assert!(shown.contains("no such file: notes.txt"), "{shown}");
}

#[test]
fn an_opened_story_shows_enough_rows_of_its_text() {
    for (columns, rows, least) in [(80, 24, 16), (40, 12, 8)] {
        for (index, keys) in [(0, "gt"), (1, "J gt")] {
            let driver = reader(columns, rows, keys);
            let reader = driver.app.reader.as_ref().unwrap();
            let layout = &reader.layout.lines;
            let shown = layout.iter().skip(reader.top).take(driver.app.arrangement().text.height.into());
            let of_text = shown.filter(|line| matches!(line.kind, LineKind::Text { .. })).count();
            let all = layout.iter().filter(|line| matches!(line.kind, LineKind::Text { .. })).count();
            assert!(of_text >= least.min(all), "story {index} at {columns}x{rows}: {of_text} rows");
        }
    }
}

#[test]
fn a_letter_stands_where_a_quote_begins_and_at_the_top_where_it_goes_on() {
    let mut driver = reader(40, 12, "gt");
    let reader = driver.app.reader.as_ref().unwrap();
    let (analysis, _) = reader.analysis.as_ref().unwrap();
    let begin = reader.layout.line_at(analysis.quotes[2].span.start);
    driver.press(&format!("{begin}j"));
    assert_eq!(driver.app.reader.as_ref().unwrap().top, begin);
    assert_eq!(letters(&driver)[..2], ["a", " "], "the quote begins at the top");
    assert_eq!(letters(driver.press("j"))[..2], ["a", " "], "the quote began a line above");
}

#[test]
fn nothing_stands_beside_the_blank_row_above_a_quote() {
    let long = "with {b New York} and all of its boroughs in the years to come".repeat(2);
    for (source, blank) in [
        (format!("[a~ It is going to work {long}], {{a Lund}} said."), 1),
        (format!("They met\n\n[a~ It is going to work {long}], {{a Lund}} said."), 2),
        (format!("He met {long} at last.\n\n[a~ It is going to work {long}], {{a Lund}} said."), 0),
    ] {
        let mut driver = Driver::of(vec![annotated(&source)], settings(), 100, 30);
        driver.press("gt");
        let reader = driver.app.reader.as_ref().unwrap();
        let first = reader.layout.line_at(reader.article.text.find("It is going").unwrap());
        assert!(first > blank && reader.layout.lines[first - 1].kind == LineKind::Blank, "{source}");
        let gutter = driver.app.arrangement().gutter;
        let y = gutter.top() + u16::try_from(first - reader.top).unwrap();
        let shown = frame(&driver);
        let row = |y: u16| [gutter.x, gutter.x + 1].map(|x| shown[(x, y)].symbol().to_owned());
        assert_eq!((row(y - 1), row(y)), ([" ", " "].map(String::from), ["a", "┊"].map(String::from)), "{source}");
    }
}

#[test]
fn the_bar_of_a_quote_goes_on_between_its_paragraphs() {
    let source = "[a: “We have no choice but to go on.\n\n“And we will,”] said {a Erik Lund}.";
    let mut driver = Driver::of(vec![annotated(source)], settings(), 100, 30);
    driver.press("gt");
    let reader = driver.app.reader.as_ref().unwrap();
    let second = reader.layout.line_at(reader.article.text.find("“And").unwrap());
    let gutter = driver.app.arrangement().gutter;
    let y = gutter.top() + u16::try_from(second - reader.top).unwrap();
    assert_eq!(frame(&driver)[(gutter.x + 1, y - 1)].symbol(), "▌");
}

#[test]
fn what_is_quoted_within_the_current_quote_is_told_from_what_is_only_reported() {
    let long = ["with all the others in the city and in the country around it"; 3].join(" ");
    let source = format!("{{a Erik Lund}} said [a~ he was going {long} and [a: “to go on until the very end of it”]].");
    let mut driver = Driver::of(vec![annotated(&source)], settings(), 100, 30);
    driver.press("gt ]q");
    let gutter = driver.app.arrangement().gutter;
    let shown = frame(&driver);
    let bars: String = (gutter.top()..gutter.bottom()).map(|y| shown[(gutter.x + 1, y)].symbol()).collect();
    assert!(bars.trim().starts_with('┋') && bars.trim().ends_with('█'), "{bars:?}");
}

#[test]
fn items_have_a_bullet_or_their_number() {
    let mut story = annotated("Steps");
    story.0 = Arc::new(markdown::read("- Wash the car at once\n- Dry it\n\n1. Start\n2. Go on\n\nThe end of it."));
    let mut driver = Driver::of(vec![story], settings(), 60, 24);
    let shown = text(&frame(driver.press("gt")));
    for row in ["   • Wash the car at once", "   • Dry it", "   1. Start", "   2. Go on"] {
        assert!(shown.lines().any(|line| line.starts_with(row)), "{row}\n{shown}");
    }
}

/// What stands in the first column of the gutter.
fn letters(driver: &Driver) -> Vec<String> {
    let gutter = driver.app.arrangement().gutter;
    let shown = frame(driver);
    (gutter.top()..gutter.bottom()).map(|y| shown[(gutter.x, y)].symbol().to_owned()).collect()
}

#[test]
fn nothing_hostile_in_any_text_reaches_a_cell() {
    let hostile = "a\u{1b}[31mb\u{202e}c\u{9b}d\u{200b}e\u{7}";
    let mut driver = reader(120, 40, "gt");
    driver.app.list.change(EntryId(1), |entry| {
        entry.origin = hostile.into();
        entry.content = Content::Failed(hostile.into());
    });
    driver.send(Message::Failed(hostile.to_owned()));
    let mut frames = vec![frame(&driver)];
    driver.press("/");
    if let Some(Overlay::Search(prompt)) = &mut driver.app.overlay {
        prompt.problem = Some(hostile.to_owned());
    }
    frames.push(frame(&driver));
    for cell in frames.iter().flat_map(|frame| &frame.content) {
        assert!(crate::text::safe::fits_cell(cell.symbol()), "{:?}", cell.symbol());
    }
}

fn last_row(driver: &Driver) -> String {
    text(&frame(driver)).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_list_of_the_library_with_a_star_and_tags_in_another_order() {
    let mut driver = library(200, 60, "x t");
    driver.type_in("eu, law").press("Enter , v j");
    assert_screen!("library_200x60", driver);
    let shown = text(&frame(driver.resize(80, 24)));
    assert!(shown.lines().next().unwrap().starts_with(" Articles  2/2 · voices"), "{shown}");
    assert!(shown.contains("★  7 "), "{shown}");
}

#[test]
fn a_filter_being_typed_that_is_wrong() {
    let mut driver = library(80, 24, "&");
    driver.type_in("nokey:");
    let shown = text(&frame(&driver));
    assert!(shown.lines().last().unwrap().trim_end().ends_with("nokey: is no key"), "{shown}");
    driver.press("ctrl-u").type_in("unread").press("Enter");
    assert!(text(&frame(&driver)).starts_with(" &unread  1/2"), "{}", text(&frame(&driver)));
    driver.press("& ctrl-u").type_in("nothing like it").press("Enter");
    let shown = text(&frame(&driver));
    assert!(shown.starts_with(" &nothing like it  none") && shown.contains("no story matches"), "{shown}");
}

#[test]
fn the_search_across_the_library() {
    let mut driver = library(80, 24, "/");
    driver.type_in("court");
    assert_screen!("find_80x24", driver);
    let mut driver = library(40, 12, "/");
    driver.type_in("Mamdani");
    insta::assert_snapshot!("find_40x12", text(&frame(&driver)));
    for (columns, rows) in [(1, 1), (8, 3), (20, 6), (300, 100)] {
        frame(driver.resize(columns, rows));
    }
}

#[test]
fn what_is_wrong_with_a_search_is_told_whole_and_a_snippet_says_where_it_is_cut() {
    let mut driver = library(40, 12, "/");
    driver.type_in("court");
    let Some(Overlay::Find(find)) = &mut driver.app.overlay else { panic!("it is open") };
    find.hits.truncate(1);
    find.hits[0].snippet = "the court said more than anybody in the whole town had thought".to_owned();
    find.hits[0].marks = vec![Span::new(4, 9)];
    let shown = text(&frame(&driver));
    assert!(shown.contains("the court said more than anybody…"), "{shown}");
    let Some(Overlay::Find(find)) = &mut driver.app.overlay else { panic!("it is open") };
    let message = "xyzzy: is no key of a query; known are speaker, person, since, before, on, tag".to_owned();
    find.problem = Some(crate::app::library::Problem { span: Span::new(0, 6), message });
    let shown = text(&frame(&driver));
    assert!(shown.contains("│speaker, person, since, before, on,   │\n│tag "), "{shown}");
}

#[test]
fn a_snippet_begins_so_that_the_match_is_seen() {
    let mut driver = library(60, 14, "/");
    driver.type_in("court");
    if let Some(Overlay::Find(find)) = &mut driver.app.overlay {
        let hit = &mut find.hits[0];
        hit.snippet = format!("{}the court said more", "a long way before the match ".repeat(6));
        let at = hit.snippet.find("court").unwrap();
        hit.marks = vec![Span::new(at, at + 5)];
    }
    let shown = text(&frame(&driver));
    assert!(shown.contains("the court said more"), "{shown}");
}
