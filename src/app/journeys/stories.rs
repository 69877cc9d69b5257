//! From story to story: opening, reading in the background, what is read and where one was.

use std::sync::Arc;

use super::super::driver::Driver;
use super::super::list::Content;
use super::super::stories::IN_FLIGHT;
use super::super::{App, Effect, Entry, EntryId, Focus, Message};
use super::{short, visit};
use crate::analysis::{Analysis, Voices};
use crate::article::{Article, import};
use crate::config::Settings;

fn three() -> Driver {
    Driver::list(&[&visit(), &short("Ana"), &short("Ben")])
}

fn waiting(count: usize) -> Vec<Entry> {
    (0..count).map(|at| Entry::waiting(at.to_string())).collect()
}

fn is_read(driver: &Driver, id: usize) -> bool {
    driver.app.list.entry(EntryId(id)).unwrap().read
}

fn article(text: &str) -> Arc<Article> {
    Arc::new(import::import(text.as_bytes(), ""))
}

#[test]
fn the_first_story_is_there_at_once_but_not_yet_read() {
    let driver = three();
    assert_eq!(driver.reader().entry, EntryId(0));
    assert_eq!(driver.app.panes.focus, Focus::List);
    assert!(!is_read(&driver, 0));
    assert_eq!(driver.effects, []);
    let single = Driver::open(&visit());
    assert_eq!(single.app.panes.focus, Focus::Text, "a single story is what one came for");
}

#[test]
fn opening_a_story_marks_it_as_read_and_keeps_the_place_of_the_last() {
    let mut driver = three();
    driver.press("gt 12j");
    let left = driver.reader().article.content_id();
    let offset = driver.reader().position();
    driver.press("gl j Enter");
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(1), Focus::Text));
    assert!(is_read(&driver, 1));
    assert!(driver.effects.contains(&Effect::SavePosition { content: left, offset }));
    driver.press("K");
    assert_eq!((driver.reader().entry, driver.reader().top), (EntryId(0), 12));
}

#[test]
fn every_movement_tells_the_place_once() {
    let mut driver = three();
    driver.press("gt 9j");
    driver.effects.clear();
    driver.press("j j");
    let saved = driver.effects.iter().filter(|effect| matches!(effect, Effect::SavePosition { .. })).count();
    assert_eq!(saved, 2);
    driver.press("w w");
    let saved = driver.effects.iter().filter(|effect| matches!(effect, Effect::SavePosition { .. })).count();
    assert_eq!(saved, 2, "nothing moved");
}

#[test]
fn next_and_previous_story_work_from_anywhere() {
    let mut driver = three();
    driver.press("J");
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(1), Focus::List));
    assert_eq!(driver.press("gv J").reader().entry, EntryId(2));
    assert_eq!(driver.press("J").notice(), "last story");
    assert_eq!(driver.press("2K").reader().entry, EntryId(0));
    assert_eq!(driver.press("K").notice(), "first story");
}

#[test]
fn next_unread_passes_over_what_is_read() {
    let mut driver = three();
    driver.press("j r");
    assert_eq!(driver.notice(), "marked as read");
    assert_eq!(driver.press("gg ]u").reader().entry, EntryId(2));
    assert_eq!(driver.press("]u").notice(), "no unread story below");
    assert_eq!(driver.press("[u").reader().entry, EntryId(0));
    assert_eq!(driver.press("r").notice(), "marked as unread");
}

#[test]
fn what_cannot_be_read_is_not_unread() {
    let mut driver = three();
    driver.app.list.change(EntryId(1), |entry| entry.content = Content::Failed("story 1: no such file".into()));
    assert_eq!(driver.press("gl gg ]u").reader().entry, EntryId(2));
}

#[test]
fn quitting_and_suspending_keep_the_place() {
    let mut driver = three();
    driver.press("gt q");
    assert!(matches!(driver.effects[..], [Effect::SavePosition { .. }, Effect::Quit]), "{:?}", driver.effects);
    let mut driver = three();
    driver.press("gt ctrl-z");
    assert!(matches!(driver.effects[..], [Effect::SavePosition { .. }, Effect::Suspend]), "{:?}", driver.effects);
    assert_eq!(driver.send(Message::Continued).effects.last(), Some(&Effect::Redraw));
    let mut driver = three();
    assert_eq!(driver.press("ctrl-c").effects, [Effect::Quit], "a story that nobody opened is not read");
}

#[test]
fn few_requests_are_out_at_a_time_and_those_in_sight_come_first() {
    let (mut app, mut out) = App::new(Settings::default(), waiting(1_000), 100, 30);
    assert_eq!(out, (0..IN_FLIGHT).map(|at| Effect::Import(EntryId(at))).collect::<Vec<_>>());
    let jump = app.update(Message::Key(crossterm::event::KeyCode::End.into()));
    assert_eq!(jump, [], "all places are taken");
    let mut imported = 0;
    let mut analyzed = 0;
    let mut asked_late = None;
    while let Some(effect) = out.pop() {
        let answer = match effect {
            Effect::Import(id) => {
                imported += 1;
                if imported > IN_FLIGHT && asked_late.is_none() {
                    asked_late = Some(id);
                }
                Message::Imported(id, Ok(article("A story.")))
            }
            Effect::Analyze(id, _) => {
                analyzed += 1;
                Message::Analyzed(id, Arc::new(Analysis::default()), Arc::new(Voices::default()))
            }
            _ => continue,
        };
        out.extend(app.update(answer).into_iter().filter(|effect| !matches!(effect, Effect::Library(_))));
        assert!(out.len() <= 2 * IN_FLIGHT + 1);
    }
    assert_eq!((imported, analyzed), (1_000, 1_000), "each is asked for once");
    assert!(asked_late.is_some_and(|id| id.0 >= app.list.top), "{asked_late:?}");
}

#[test]
fn the_story_one_waits_for_is_asked_for_at_once() {
    let (mut app, _) = App::new(Settings::default(), waiting(100), 100, 30);
    app.update(Message::Key(crossterm::event::KeyCode::End.into()));
    let asked = app.update(Message::Key(crossterm::event::KeyCode::Enter.into()));
    assert_eq!(asked, [Effect::Import(EntryId(99))]);
    let asked = app.update(Message::Imported(EntryId(99), Ok(article("The last story."))));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Analyze(EntryId(99), _))), "{asked:?}");
    assert_eq!(app.reader.as_ref().unwrap().entry, EntryId(99));
}

#[test]
fn what_cannot_be_read_is_passed_over_at_the_start_and_said_when_opened() {
    let (mut app, _) = App::new(Settings::default(), waiting(2), 100, 30);
    app.update(Message::Imported(EntryId(0), Err("0: no such file".into())));
    assert!(app.notice.is_none());
    app.update(Message::Imported(EntryId(1), Ok(article("A story."))));
    assert_eq!(app.reader.as_ref().unwrap().entry, EntryId(1));
    let again = app.update(Message::Key(crossterm::event::KeyCode::Char('K').into()));
    assert_eq!(again, [Effect::Import(EntryId(0))], "it may be there by now");
    app.update(Message::Imported(EntryId(0), Err("0: no such file".into())));
    assert_eq!(app.notice.as_ref().map(|notice| (notice.text.as_str(), notice.error)), Some(("0: no such file", true)));
    assert_eq!(app.reader.as_ref().unwrap().entry, EntryId(1), "the open story stays");
    app.update(Message::Key(crossterm::event::KeyCode::Enter.into()));
    app.update(Message::Imported(EntryId(0), Err("0: no such file".into())));
    assert_eq!(app.panes.focus, Focus::List, "what the reading pane shows was not meant");
}

#[test]
fn answers_for_entries_that_are_not_there_or_come_twice_change_nothing() {
    let mut driver = three();
    let before = driver.fingerprint();
    let nothing = || (Arc::new(Analysis::default()), Arc::new(Voices::default()));
    driver.send(Message::Imported(EntryId(77), Ok(article("?"))));
    driver.send(Message::Imported(EntryId(0), Ok(article("Another text."))));
    driver.send(Message::Imported(EntryId(0), Err("late".into())));
    let (analysis, voices) = nothing();
    driver.send(Message::Analyzed(EntryId(77), analysis, voices));
    assert_eq!(driver.fingerprint(), before);
}

#[test]
fn without_stories_nothing_is_open_and_keys_say_so() {
    let (mut app, effects) = App::new(Settings::default(), Vec::new(), 80, 24);
    assert_eq!(effects, []);
    for row in super::super::action::TABLE.iter().filter(|row| row.in_story) {
        for key in super::super::keymap::Key::sequence(&format!("{} a", row.keys[0])).unwrap() {
            app.update(Message::Key(key.event()));
            if app.notice.is_some() {
                break;
            }
        }
        assert_eq!(app.notice.take().map(|notice| notice.text).as_deref(), Some("no story is open"), "{}", row.name);
    }
}

#[test]
fn what_went_wrong_outside_is_said() {
    let mut driver = three();
    driver.send(Message::Failed("positions.json: disk full".into()));
    assert!(driver.app.notice.as_ref().is_some_and(|notice| notice.error));
    assert_eq!(driver.press("j").notice(), "", "until the next key");
}

#[test]
fn a_story_that_fits_the_screen_is_read_once_it_has_the_focus() {
    let mut driver = Driver::list(&[&short("Ana"), &visit()]);
    assert_eq!(driver.app.list.unread(), 2, "it is merely shown");
    assert_eq!(driver.press("gt").app.list.unread(), 1);
    assert_eq!(Driver::open(&short("Ana")).app.list.unread(), 0, "the only story has the focus");
    assert_eq!(Driver::open(&visit()).app.list.unread(), 1, "there is more of it to see");
}

#[test]
fn the_articles_of_a_file_take_its_place_in_the_list() {
    let mut driver = Driver::list(&[&visit(), &short("Ana"), &short("Ben"), &short("Cid")]);
    driver.press("gl j");
    let entries = ["book#1", "book#2", "book#3"].map(crate::app::Entry::waiting).to_vec();
    driver.send(Message::Unpacked(EntryId(0), entries));
    let shown: Vec<String> =
        driver.app.list.window(0, 9).map(|(_, id, entry)| format!("{} {}", id.0, entry.origin)).collect();
    assert_eq!(shown, ["0 book#1", "4 book#2", "5 book#3", "1 story 1", "2 story 2", "3 story 3"]);
    assert_eq!(driver.app.list.selected_id(), Some(EntryId(1)), "what was selected still is");
    assert!(driver.app.list.entry(EntryId(0)).unwrap().article().is_some(), "it is read when it is its turn");
    assert_eq!(driver.app.list.entry(EntryId(5)).unwrap().origin.as_ref(), "book#3");
}
