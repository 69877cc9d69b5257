//! Words are selected and copied, highlighted, noted and corrected; what is kept is shown, and taken back.

use crossterm::event::{MouseButton, MouseEventKind};

use super::super::driver::Driver;
use super::super::library::HighlightId;
use super::super::{EntryId, Focus, Message, Overlay};
use super::{short, visit};
use crate::analysis::{EntityId, QuoteKind};
use crate::text::Span;

const STORY: &str = "{a Ana Silva} and {b Ben} met.\n\n[a: “We won this game,”] said {a Ana}. {a Silva} smiled.\n\n\
                     {b Ben} said [b~ nobody had lost] and left.";

fn selected(driver: &Driver) -> &str {
    driver.reader().selected().map_or("", |span| span.of(&driver.reader().article.text))
}

fn highlighted(driver: &Driver) -> Vec<&str> {
    let reader = driver.reader();
    reader.highlights().map(|(span, _)| span.of(&reader.article.text)).collect()
}

fn note(driver: &Driver) -> Option<&str> {
    driver.reader().annotations.highlights.first().map(|highlight| highlight.note.as_str())
}

#[test]
fn a_selection_grows_as_vim_grows_it_and_its_words_are_copied() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q v");
    assert_eq!(selected(&driver), "“");
    assert_eq!(selected(driver.press("l e")), "“We");
    assert_eq!(selected(driver.press("2w e")), "“We won this");
    assert_eq!(selected(driver.press("b b")), "“We w");
    assert_eq!(selected(driver.press("$")), "“We won this game,” said Ana. Silva smiled.");
    assert_eq!(selected(driver.press("0")), "“");
    assert_eq!(selected(driver.press("} {")), "“");
    assert_eq!(selected(driver.press("3l o")), "“We", "the other end is the cursor, and blanks at the ends are none");
    driver.press("o h o");
    assert_eq!(driver.at_cursor().chars().next(), Some('“'));
    driver.press("y");
    assert_eq!((driver.copied(), driver.notice()), ("“We", "copied the words"));
    assert_eq!(driver.reader().selection, None);
}

#[test]
fn lines_down_and_up_keep_the_column_and_scroll_as_little_as_they_must() {
    let mut driver = Driver::library(&[&visit()]);
    driver.press("Enter v 3l");
    let column = |driver: &Driver| {
        let reader = driver.reader();
        reader.layout.column_at(&reader.article.text, reader.cursor)
    };
    assert_eq!(column(&driver), 3);
    driver.press("j j j j");
    assert_eq!((column(&driver), driver.reader().top), (3, 0));
    driver.press("40j");
    assert!(driver.reader().top > 0 && driver.shows(driver.reader().cursor));
    driver.press("60k");
    assert_eq!((column(&driver), driver.reader().top), (3, 0));
    driver.press("$ j");
    let reader = driver.reader();
    assert_eq!(reader.cursor, reader.layout.offset_at(&reader.article.text, reader.layout.line_at(reader.cursor), 999));
    driver.press("G");
    assert!(driver.at_cursor().chars().count() == 1, "{:?}", driver.at_cursor());
    driver.press("1w 1l 1e");
    assert!(driver.at_cursor().chars().count() == 1, "there is nothing behind the end");
}

#[test]
fn every_motion_ends_on_what_is_shown_in_any_script() {
    let story = "Ein Wort, 漢字かな 한국어 e\u{301}a\u{301}\n\nلعربية نص قصير\n\n👩‍👩‍👧‍👦 🇩🇪 end";
    let mut driver = Driver::with(&[story], crate::config::Settings::default(), 30, 20);
    driver.press("gt v");
    for motion in ["l", "w", "e", "j", "}", "$", "0", "b", "h", "k", "{"] {
        for _ in 0..40 {
            driver.press(motion);
            let reader = driver.reader();
            let line = reader.layout.line_at(reader.cursor);
            let mut cells = reader.layout.cells(&reader.article.text, line);
            assert!(cells.any(|cell| cell.offset == reader.cursor && cell.width > 0), "{motion} {}", reader.cursor);
        }
    }
    driver.press("0 0 k k k k 99b");
    assert_eq!(driver.reader().cursor, 0);
}

#[test]
fn whatever_moves_the_cursor_extends_the_selection_and_leaving_the_text_ends_it() {
    let mut driver = Driver::open(STORY);
    driver.press("gt v / s m i l e d Enter");
    assert!(selected(&driver).ends_with("Silva s"), "{}", selected(&driver));
    driver.press("gv");
    assert_eq!((driver.reader().selection, driver.app.panes.focus), (None, Focus::Sidebar));
    assert!(driver.press("gt v").reader().selection.is_some());
    assert!(driver.press("v").reader().selection.is_none());
    driver.press("v Esc");
    assert_eq!((driver.reader().selection, driver.app.panes.focus), (None, Focus::Text));
}

#[test]
fn the_mouse_selects_what_it_is_dragged_over_and_a_click_selects_nothing() {
    let mut driver = Driver::open(STORY);
    driver.press("gt");
    let text = driver.app.arrangement().text;
    driver.mouse(MouseEventKind::Down(MouseButton::Left), text.x + 1, text.y + 2);
    driver.mouse(MouseEventKind::Drag(MouseButton::Left), text.x + 8, text.y + 2);
    driver.mouse(MouseEventKind::Up(MouseButton::Left), text.x + 8, text.y + 2);
    assert_eq!(selected(&driver), "na Silva");
    driver.mouse(MouseEventKind::Down(MouseButton::Left), text.x + 3, text.y + 2);
    driver.mouse(MouseEventKind::Up(MouseButton::Left), text.x + 3, text.y + 2);
    assert_eq!(driver.reader().selection, None);
    driver.mouse(MouseEventKind::Down(MouseButton::Left), text.x + 20, text.y + 2);
    driver.mouse(MouseEventKind::Drag(MouseButton::Left), text.x, text.bottom() + 3);
    assert!(selected(&driver).ends_with("and left."), "as far as the text goes: {}", selected(&driver));
}

#[test]
fn in_the_overview_the_key_that_undoes_there_is_told() {
    let mut driver = Driver::library(&[STORY]);
    driver.press("gt ]q a gh ctrl-d");
    assert_eq!(driver.notice(), "highlight removed; ctrl-y brings it back");
    driver.press("ctrl-y Esc");
    assert_eq!(highlighted(&driver), ["“We won this game,”"]);
}

#[test]
fn the_quote_is_highlighted_without_a_selection_and_again_no_longer() {
    for mut driver in [Driver::open(STORY), Driver::library(&[STORY])] {
        driver.press("gt ]q a");
        assert_eq!(highlighted(&driver), ["“We won this game,”"]);
        assert_eq!(driver.notice(), "highlighted; A writes a note on it");
        driver.press("a");
        assert!(highlighted(&driver).is_empty());
        assert_eq!(driver.notice(), "highlight removed; U brings it back");
        driver.press("U");
        assert_eq!(highlighted(&driver), ["“We won this game,”"]);
        driver.press("U");
        assert!(highlighted(&driver).is_empty());
    }
}

#[test]
fn a_selection_is_highlighted_and_highlights_are_gone_through_round_the_ends() {
    let mut driver = Driver::open(STORY);
    driver.press("gt v e a gg ]q v e e a");
    assert_eq!(highlighted(&driver), ["Ana", "“We won"]);
    driver.press("gg ]h");
    assert!(driver.at_cursor().starts_with("“We"), "{}", driver.at_cursor());
    assert_eq!(driver.notice(), "highlight 2 of 2");
    driver.press("]h");
    assert_eq!(driver.notice(), "highlight 1 of 2, round from the beginning");
    driver.press("[h a");
    assert_eq!(highlighted(&driver), ["Ana"], "the one at the cursor is removed");
    assert_eq!(driver.press("]h").notice(), "highlight 1 of 1, round from the beginning");
}

#[test]
fn a_word_highlighted_in_a_quote_is_not_in_the_way_of_the_quote() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q v 2w v v e a");
    assert_eq!(highlighted(&driver), ["won"]);
    driver.press("gg ]q a");
    assert_eq!(highlighted(&driver), ["“We won this game,”", "won"]);
    driver.press("a");
    assert_eq!(highlighted(&driver), ["won"], "and goes without it");
}

#[test]
fn a_note_is_written_kept_changed_and_found_again_when_the_story_is_opened_anew() {
    let mut driver = Driver::library(&[STORY, &short("Cid")]);
    driver.press("Enter ]q A");
    driver.type_in("telling").press("Enter").type_in("indeed");
    assert_eq!(note(&driver), None, "nothing is kept before it is said to be");
    driver.press("ctrl-s");
    assert!(driver.app.overlay.is_none());
    assert_eq!((note(&driver), driver.notice()), (Some("telling\nindeed"), "the note is kept"));
    driver.press("J K");
    assert_eq!(note(&driver), Some("telling\nindeed"));
    driver.press("gg ]h");
    assert_eq!(driver.notice(), "highlight 1 of 1: telling indeed");
    driver.press("A").type_in("!").press("Esc y");
    assert_eq!(note(&driver), Some("telling\nindeed!"));
    assert_eq!(note(driver.press("U")), Some("telling\nindeed"));
}

#[test]
fn giving_a_note_up_asks_only_where_something_would_be_lost() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q A Esc");
    assert!(driver.app.overlay.is_none() && highlighted(&driver).is_empty(), "nothing was written");
    driver.press("A").type_in("mine").press("Esc");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Note(editor)) if editor.asks));
    driver.press("Esc").type_in("!").press("ctrl-c n");
    assert!(driver.app.overlay.is_none() && highlighted(&driver).is_empty());
    driver.press("A").type_in("kept").press("Esc Enter");
    assert_eq!(note(&driver), Some("kept"));
    driver.press("A Esc");
    assert!(driver.app.overlay.is_none(), "it is as it was");
}

#[test]
fn a_note_that_cannot_be_kept_stays_open_with_what_was_written() {
    let mut app = Driver::open(STORY);
    app.press("gt ]q A").type_in("mine");
    let effects = app.app.update(Message::Key(crossterm::event::KeyEvent::new(
        crossterm::event::KeyCode::Char('s'),
        crossterm::event::KeyModifiers::CONTROL,
    )));
    assert_eq!(effects.len(), 1);
    assert!(matches!(&app.app.overlay, Some(Overlay::Note(editor)) if editor.saving));
    app.app.update(Message::Failed("the disk is full".to_owned()));
    assert!(matches!(&app.app.overlay, Some(Overlay::Note(editor)) if !editor.saving && editor.is_changed()));
    assert_eq!(app.notice(), "the disk is full");
    assert_eq!(app.press("ctrl-s").reader().annotations.highlights[0].note, "mine");
}

#[test]
fn where_nothing_is_kept_that_is_said_and_a_note_stays_open() {
    let not_kept =
        |reason: Option<&str>| Message::Library(super::super::library::Answer::Keeping(reason.map(str::to_owned)));
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q A").type_in("mine");
    if let Some(Overlay::Note(editor)) = &mut driver.app.overlay {
        editor.saving = true;
    }
    driver.send(not_kept(Some("the disk is full")));
    assert!(matches!(&driver.app.overlay, Some(Overlay::Note(editor)) if !editor.saving && editor.is_changed()));
    // A library in memory takes it: that is said for what it is.
    driver.press("ctrl-s");
    assert_eq!(driver.notice(), "noted, but not kept: the disk is full");
    driver.press("a");
    assert!(driver.notice().starts_with("it has a note: A edits it, ctrl-d in "), "{}", driver.notice());
}

#[test]
fn a_note_that_is_being_written_is_kept_where_the_reader_is_told_to_end() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q A").type_in("half a tho");
    let wishes = driver.app.last_wishes();
    assert!(format!("{wishes:?}").contains("half a tho"), "{wishes:?}");
    assert!(Driver::open(STORY).app.last_wishes().is_empty());
    assert!(Driver::open(STORY).press("gt ]q A").app.last_wishes().is_empty(), "nothing was written");
}

#[test]
fn pasted_text_is_made_safe_and_keeps_its_lines() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q A").send(Message::Pasted("one\r\ntwo\u{1b}[31m\u{7}".to_owned()));
    driver.press("ctrl-s");
    assert_eq!(note(&driver), Some("one\ntwo"));
}

#[test]
fn all_highlights_are_shown_filtered_opened_noted_and_removed() {
    let mut driver = Driver::library(&[STORY, &short("Cid")]);
    driver.press("Enter ]q a J ]q A").type_in("greets").press("ctrl-s g h");
    let shown = |driver: &Driver| -> Vec<String> {
        let Some(Overlay::Highlights(overview)) = &driver.app.overlay else { panic!("no overview") };
        overview.matches().map(|(_, highlight)| highlight.excerpt.clone()).collect()
    };
    let mut all = shown(&driver);
    all.sort();
    assert_eq!(all, ["“Hello,”", "“We won this game,”"]);
    assert_eq!(shown(driver.type_in("won")), ["“We won this game,”"]);
    driver.press("Enter");
    assert_eq!((driver.reader().entry, driver.quote()), (EntryId(0), "“We won this game,”"));
    driver.press("gh").type_in("greets").press("ctrl-e").type_in(" all").press("ctrl-s");
    assert_eq!(shown(&driver), ["“Hello,”"], "back in the overview, as it was");
    driver.press("ctrl-d");
    assert!(shown(&driver).is_empty());
    assert_eq!(shown(driver.press("ctrl-y")), ["“Hello,”"]);
    driver.press("Esc gH");
    assert_eq!(shown(&driver), ["“We won this game,”"], "of the open story alone");
    assert_eq!(shown(driver.press("ctrl-r")).len(), 2);
}

#[test]
fn a_highlight_in_a_file_that_is_listed_opens_it_and_others_say_what_to_do() {
    let mut driver = Driver::list(&[STORY, &short("Cid")]);
    driver.press("gt ]q a J gh Enter");
    assert_eq!((driver.reader().entry, driver.quote()), (EntryId(0), "“We won this game,”"));
    let elsewhere = driver.shelf.recalled.remove(&driver.reader().content()).unwrap();
    driver.shelf.recalled.insert(7, elsewhere);
    driver.press("gh Enter");
    assert!(driver.notice().contains("pullquote add"), "{}", driver.notice());
}

#[test]
fn a_highlight_whose_words_are_gone_or_whose_place_is_wrong_harms_nothing() {
    let mut driver = Driver::library(&[STORY]);
    driver.press("Enter ]q a");
    let content = driver.reader().content();
    let own = &mut driver.shelf.recalled.get_mut(&content).unwrap().annotations.highlights;
    own[0].span = Some(Span::new(1, 999_999));
    let mut second = own[0].clone();
    (second.id, second.span) = (HighlightId(9), None);
    own.push(second);
    let again = driver.shelf.list_again().unwrap();
    driver.send(Message::Library(again));
    assert_eq!(driver.reader().highlights().count(), 0);
    assert_eq!(driver.press("]h").notice(), "no highlights in this story");
    driver.press("gh Enter");
    assert!(driver.reader().cursor <= driver.reader().article.text.len());
    driver.press("gh Down Enter");
    assert_eq!(driver.notice(), "these words are no longer in the story");
}

fn speaker(driver: &Driver) -> &str {
    let reader = driver.reader();
    let id = reader.current_quote().and_then(|quote| quote.speaker);
    let (analysis, _) = reader.analysis.as_ref().unwrap();
    id.and_then(|id| analysis.entity(id)).map_or("nobody", |entity| &entity.name)
}

#[test]
fn the_speaker_of_a_quote_is_corrected_shown_and_taken_back() {
    for mut driver in [Driver::open(STORY), Driver::library(&[STORY])] {
        driver.press("gt ]q e");
        assert_eq!(speaker(&driver), "Ana Silva");
        driver.press("c s").type_in("ben").press("Enter");
        assert_eq!((speaker(&driver), driver.notice()), ("Ben", "corrected; U takes it back"));
        assert!(driver.reader().is_corrected(driver.reader().quote.unwrap()));
        driver.press("c s").type_in("Eva Braun").press("Enter");
        assert_eq!(speaker(&driver), "Eva Braun", "somebody the story does not name");
        driver.press("c s").type_in("nobody").press("Enter");
        assert_eq!(speaker(&driver), "nobody");
        driver.press("U");
        assert_eq!(speaker(&driver), "Eva Braun");
        driver.press("c u");
        assert_eq!((speaker(&driver), driver.notice()), ("Ana Silva", "as the program found it"));
        assert_eq!(driver.quote(), "“We won this game,”", "the current quote all the time");
    }
}

#[test]
fn a_correction_of_a_file_is_there_when_it_is_opened_again_and_analysed_anew() {
    let mut driver = Driver::list(&[STORY, &short("Cid")]);
    driver.press("gt ]q c n");
    assert_eq!(driver.reader().utterances().len(), 1);
    let (analysis, voices) = driver.found_in(0).unwrap();
    driver.send(Message::Analyzed(EntryId(0), analysis, voices));
    assert_eq!(driver.reader().utterances().len(), 1);
    driver.press("J K");
    assert_eq!(driver.reader().utterances().len(), 1);
    assert_eq!(driver.press("U").reader().utterances().len(), 2);
    let recalled = driver.press("gg ]q c n").shelf.recalled.clone();
    let mut again = Driver::list(&[STORY]);
    let (content, entry) = (again.reader().content(), again.reader().entry);
    let recalled = super::super::library::Recalled { content, ..recalled[&content].clone() };
    again.send(Message::Library(super::super::library::Answer::Recalled(entry, recalled)));
    assert_eq!(again.reader().utterances().len(), 1);
}

#[test]
fn kind_and_passages_are_corrected_too() {
    let mut driver = Driver::library(&[STORY]);
    driver.press("Enter ]q ]q c d");
    assert_eq!(driver.reader().current_quote().unwrap().kind, QuoteKind::Direct);
    driver.press("c r");
    assert_eq!(driver.reader().current_quote().unwrap().kind, QuoteKind::Indirect);
    let text = driver.reader().article.text.clone();
    let start = text.find("Silva smiled").unwrap();
    driver.press("gg").app.reader.as_mut().unwrap().cursor = start;
    driver.press("v 2e l c r").type_in("b").press("Enter");
    let (analysis, _) = driver.reader().analysis.clone().unwrap();
    let quote = analysis.quotes.iter().find(|quote| quote.span.of(&text) == "Silva smiled.").unwrap();
    assert_eq!((quote.kind, quote.speaker), (QuoteKind::Indirect, Some(EntityId(1))));
    assert_eq!(driver.quote(), "Silva smiled.", "it is the current quote");
}

#[test]
fn two_names_become_one_and_one_becomes_two() {
    let mut driver = Driver::library(&[STORY]);
    driver.press("Enter ]q c x").type_in("silva").press("Down Enter");
    let names = |driver: &Driver| -> Vec<String> {
        let (analysis, _) = driver.reader().analysis.clone().unwrap();
        analysis.entities.iter().map(|entity| entity.name.clone()).collect()
    };
    assert_eq!(names(&driver), ["Ana Silva", "Ben", "Silva"]);
    driver.press("c m").type_in("silva").press("Enter");
    assert_eq!(names(&driver), ["Ana Silva", "Ben"]);
    driver.press("gv j");
    assert_eq!(driver.app.panes.focus, Focus::Sidebar);
    driver.press("gt * gv c o");
    let (analysis, _) = driver.reader().analysis.clone().unwrap();
    assert!(analysis.entities.iter().any(|entity| entity.kind == crate::analysis::EntityKind::Organization));
}

#[test]
fn what_was_said_of_a_name_or_of_words_that_are_no_quote_is_taken_back_long_after() {
    let mut driver = Driver::library(&[STORY]);
    driver.press("Enter ]q c n");
    assert_eq!(driver.reader().utterances().len(), 1);
    driver.press("gt * gv c o x gt");
    let is_organization = |driver: &Driver| {
        let (analysis, _) = driver.reader().analysis.clone().unwrap();
        analysis.entities[0].kind == crate::analysis::EntityKind::Organization
    };
    assert!(is_organization(&driver));
    driver.press("gv c u");
    assert!(!is_organization(&driver));
    let start = driver.reader().article.text.find("won").unwrap();
    driver.press("gt").app.reader.as_mut().unwrap().cursor = start;
    driver.press("v e c u");
    assert_eq!(driver.reader().utterances().len(), 2);
}

#[test]
fn a_menu_of_corrections_closes_step_by_step_and_refuses_where_there_is_nothing() {
    let mut driver = Driver::open(STORY);
    driver.press("gt ]q c s Esc");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Correct(correct)) if correct.pick.is_none()));
    driver.press("Esc");
    assert!(driver.app.overlay.is_none());
    assert_eq!(Driver::open("Nobody says a word here.").press("gt c").notice(), "no quote in sight");
}
