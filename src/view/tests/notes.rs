//! Highlights, notes and corrections on the screen.

use super::*;
use crate::app::Overlay;
use crate::app::library::{Annotated, Answer};
use crate::app::{Focus, Message};

/// Compares the frame with its styles to the snapshot of this name.
macro_rules! assert_screen {
    ($name:literal, $driver:expr) => {
        insta::assert_snapshot!($name, styled(&frame(&$driver)))
    };
}

/// A highlight with a note, and one without.
fn annotated_story(settings: Settings, columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::library_of(stories(), settings, columns, rows);
    driver
        .press("gt 3]q A")
        .type_in("The word of the day.")
        .press("Enter Enter")
        .type_in("Who counts?")
        .press("ctrl-s");
    driver.press("4]q a gg");
    driver
}

#[test]
fn highlights_in_the_text_with_their_signs() {
    assert_screen!("highlights_80x24", annotated_story(settings(), 80, 24).press("]h"));
    for (columns, rows) in [(40, 12), (120, 40), (200, 60)] {
        let mut driver = annotated_story(settings(), columns, rows);
        insta::assert_snapshot!(format!("highlights_{columns}x{rows}"), text(&frame(driver.press("]h"))));
    }
}

#[test]
fn highlights_without_colours_and_in_ascii() {
    let plain = Settings { colors: Colors::Never, ascii: Some(true), ..settings() };
    assert_screen!("highlights_plain", annotated_story(plain, 80, 24).press("]h"));
}

#[test]
fn words_being_selected() {
    assert_screen!("selecting_80x24", reader(80, 24, "gt ]q v j 3w e"));
    let plain = Settings { colors: Colors::Never, ..settings() };
    assert_screen!("selecting_plain", reader_with(plain, 60, 14, "gt ]q v 3w"));
    insta::assert_snapshot!("selecting_40x12", text(&frame(&reader(40, 12, "gt ]q v 5w"))));
}

#[test]
fn a_note_being_written() {
    let mut driver = reader(80, 24, "gt 3]q A");
    driver
        .type_in("A long note, which is broken where its words end, because the frame is only so wide.")
        .press("Enter");
    assert_screen!("note_80x24", driver.type_in("- and more"));
    insta::assert_snapshot!("note_asks_40x12", text(&frame(driver.resize(40, 12).press("Esc"))));
}

#[test]
fn the_overview_of_all_highlights() {
    let mut driver = annotated_story(settings(), 80, 24);
    driver.press("J ]q a gh");
    assert_screen!("overview_80x24", driver);
    for (columns, rows) in [(40, 12), (120, 40), (200, 60)] {
        insta::assert_snapshot!(format!("overview_{columns}x{rows}"), text(&frame(driver.resize(columns, rows))));
    }
    let none = text(&frame(driver.type_in("no such word")));
    assert!(none.contains("no highlight has these words"), "{none}");
    let empty = text(&frame(&reader(80, 24, "gt gh")));
    assert!(empty.contains("nothing is highlighted yet"), "{empty}");
}

#[test]
fn the_selected_highlight_is_shown_whole_however_many_there_are() {
    let mut driver = annotated_story(settings(), 80, 24);
    let content = driver.reader().content();
    let highlight = driver.reader().annotations.highlights[0].clone();
    driver.press("gh");
    let story = |at: u64| Annotated {
        content: content + at / 3,
        entry: None,
        title: format!("Story {}", at / 3),
        source: String::new(),
        date: None,
        highlights: vec![crate::app::library::Highlight { note: format!("note {at}"), ..highlight.clone() }],
    };
    driver.send(Message::Library(Answer::Highlights((0..200).map(story).collect())));
    for steps in ["", "Down", "PgDn", "PgDn", "PgDn", "Up", "PgUp", "PgDn"] {
        driver.press(steps);
        let Some(Overlay::Highlights(overview)) = &driver.app.overlay else { panic!("no overview") };
        let wanted = format!("◆ {} ", overview.matches().nth(overview.selected).unwrap().1.note);
        let shown = text(&frame(&driver));
        assert!(shown.contains(&wanted), "{wanted}\n{shown}");
    }
}

#[test]
fn the_menu_of_corrections_and_the_names() {
    let mut driver = reader(80, 24, "gt 3]q c");
    assert_screen!("correct_80x24", driver);
    insta::assert_snapshot!("correct_40x12", text(&frame(driver.resize(40, 12))));
    driver.resize(80, 24).press("s").type_in("new");
    assert_screen!("correct_names_80x24", driver);
    driver.press("Esc Esc gv");
    assert_eq!(driver.app.panes.focus, Focus::Sidebar);
    insta::assert_snapshot!("correct_name_80x24", text(&frame(driver.press("c"))));
}

#[test]
fn what_the_user_said_is_told_as_such() {
    let mut driver = reader(80, 24, "gt 3]q e c s");
    driver.type_in("mamdani").press("Enter j");
    insta::assert_snapshot!("evidence_corrected_80x24", text(&frame(&driver)));
    let mut driver = reader(80, 24, "gt 3]q e c r j");
    let shown = text(&frame(&driver));
    assert!(shown.contains("kind    reported, you said so"), "{shown}");
    driver.press("e");
}
