//! Into the library from inside the reader, and files that the library has the texts of.

use super::super::driver::Driver;
use super::super::library::{Adding, Answer, Change, Known, Request};
use super::super::list::Facts;
use super::super::{Effect, EntryId, Message, Overlay};
use super::{short, visit};

fn files() -> Driver {
    let mut driver = Driver::list(&[&visit(), &short("Ana"), &short("Ben")]);
    driver.press("gl");
    driver
}

/// What the library says of the file `entry`, whose text it has.
fn shelved(entry: usize, read: bool, starred: bool) -> Known {
    let facts = Facts { title: "Another title".into(), starred, tags: vec!["town".into()], ..Facts::default() };
    Known { entry: EntryId(entry), read, facts }
}

fn changes(driver: &mut Driver) -> Vec<(EntryId, Change)> {
    let changes = driver.shelf.changes.drain(..);
    changes.collect()
}

#[test]
fn a_file_that_the_library_has_shows_its_state_there_and_changes_it() {
    let mut driver = files();
    let answer = Answer::Shelved(vec![shelved(1, true, true)]);
    driver.send(Message::Library(answer)).press("j");
    let entry = driver.app.list.entry(EntryId(1)).unwrap();
    let facts = entry.facts.as_ref().unwrap();
    assert!(entry.read && facts.starred && facts.tags == ["town"], "{facts:?}");
    assert_ne!(facts.title, "Another title", "the file's own stays");
    driver.press("x r");
    let asked = [Change::ToggleStar, Change::ToggleRead].map(|change| (EntryId(1), change));
    assert_eq!(changes(&mut driver), asked);
    driver.press("t");
    assert!(matches!(driver.app.overlay, Some(Overlay::Tags(_))));
    driver.press("Esc");
    let known = shelved(1, false, false);
    driver.send(Message::Library(Answer::Changed(known, Change::ToggleStar)));
    assert_eq!(driver.notice(), "no star any more");
    assert!(!driver.app.list.entry(EntryId(1)).unwrap().read);
}

#[test]
fn a_story_that_was_opened_before_the_library_said_that_it_has_it_is_told_to_be_read() {
    let mut driver = files();
    driver.press("j Enter");
    driver.send(Message::Library(Answer::Shelved(vec![shelved(1, false, false), shelved(2, false, false)])));
    assert_eq!(changes(&mut driver), [(EntryId(1), Change::Opened)]);
    assert_eq!(driver.app.list.unread(), 2);
}

#[test]
fn a_story_that_is_not_in_the_library_can_be_added_to_it() {
    let mut driver = files();
    driver.press("x");
    assert_eq!(driver.notice(), "this story is not in the library: i adds it");
    driver.press("t");
    assert_eq!(driver.notice(), "this story is not in the library: i adds it");
    driver.press("i");
    assert!(matches!(driver.effects[..], [Effect::Add(EntryId(0), _)]), "{:?}", driver.effects);
    driver.send(Message::Library(Answer::Added { known: shelved(0, false, false), already: false }));
    assert_eq!(driver.notice(), "added to the library");
    driver.press("x");
    assert_eq!(changes(&mut driver), [(EntryId(0), Change::ToggleStar)]);
    assert_eq!(driver.press("i").notice(), "this story is in the library");
}

#[test]
fn what_is_done_to_a_library_that_is_not_kept_says_so_each_time() {
    let mut driver = files();
    driver.send(Message::Library(Answer::Keeping(Some("no room".into()))));
    assert_eq!((driver.notice(), driver.app.not_kept()), ("not kept: no room", Some("no room")));
    driver.send(Message::Library(Answer::Added { known: shelved(0, false, false), already: false }));
    assert_eq!(driver.notice(), "added to the library, but not kept: no room");
    assert_eq!(driver.press("Enter m a").notice(), "mark a, but not kept: no room");
    driver.send(Message::Library(Answer::Keeping(None)));
    assert_eq!(driver.app.not_kept(), None);
    assert_eq!(driver.press("m a").notice(), "mark a");
}

#[test]
fn files_are_added_by_their_path_or_all_that_are_listed_until_they_are_stopped() {
    let asked = |driver: &Driver| driver.shelf.asked.clone();
    let mut driver = files();
    driver.press("I").type_in("~/news").press("Enter");
    assert_eq!(asked(&driver), [Request::AddFiles(Some("~/news".into()))]);
    driver.send(Message::Library(Answer::Adding(Adding::Under("adding: 240 articles".into()))));
    assert_eq!(driver.app.being_added(), Some("adding: 240 articles"));
    assert_eq!(driver.press("I").notice(), "files are being added already");
    driver.press("Esc");
    assert_eq!(asked(&driver).last(), Some(&Request::StopAdding));
    driver.send(Message::Library(Answer::Adding(Adding::Over("stopped: added 240 articles".into(), true))));
    assert_eq!((driver.notice(), driver.app.being_added()), ("stopped: added 240 articles", None));
    let Some(Request::Shelve(texts)) = asked(&driver).last().cloned() else { panic!("{:?}", asked(&driver)) };
    assert_eq!(texts.len(), 3, "any of them may be there now");
    driver.press("I Enter");
    assert_eq!(asked(&driver).last(), Some(&Request::AddFiles(None)));
}

#[test]
fn a_path_is_completed_as_far_as_there_is_one_way_to_go_on() {
    let mut driver = files();
    driver.press("I").type_in("/ne").press("Tab");
    assert_eq!(driver.effects, [Effect::CompletePath("/ne".into())]);
    let candidates = vec!["news-2024/".to_owned(), "news-2025/".to_owned()];
    let (typed, completed) = ("/ne".to_owned(), "/news-202".to_owned());
    driver.send(Message::PathCompleted { typed, completed, candidates });
    driver.type_in("5/").press("Enter");
    assert_eq!(driver.shelf.asked, [Request::AddFiles(Some("/news-2025/".into()))]);
}
