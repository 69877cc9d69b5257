//! The library: what is shown of it and asked for, what is changed, and that nothing moves under the cursor.

use crossterm::event::KeyCode;

use super::super::driver::Driver;
use super::super::library::{Answer, Known, Listed, Part, Request, Shown};
use super::super::list::{Content, Facts};
use super::super::{App, Effect, EntryId, Focus, Message, Overlay};
use super::{short, visit};
use crate::config::Settings;

fn three() -> Driver {
    Driver::library(&[&visit(), &short("Ana"), &short("Ben")])
}

/// A library of so many articles, as it is told to the reader, which has answered nothing yet but the list.
fn large(count: usize) -> (App, Vec<Effect>) {
    let (mut app, asked) = App::over_library(Settings::default(), 100, 30);
    let [Effect::Library(Request::List { ticket, .. })] = asked[..] else { panic!("{asked:?}") };
    let effects = app.update(listed(ticket, Part::Whole, 0..count));
    (app, effects)
}

fn listed(ticket: u64, part: Part, entries: impl Iterator<Item = usize>) -> Message {
    let shown = entries.map(|at| Shown { entry: EntryId(at), read: at % 2 == 1 }).collect();
    Message::Library(Answer::Listed(ticket, Ok(Listed { part, shown, known: Vec::new() })))
}

fn described(effects: &[Effect]) -> Vec<EntryId> {
    let asked = effects.iter().filter_map(|effect| match effect {
        Effect::Library(Request::Describe(entries)) => Some(entries.clone()),
        _ => None,
    });
    asked.flatten().collect()
}

fn known(entry: usize) -> Known {
    let facts = Facts { title: format!("Story {entry}"), ..Facts::default() };
    Known { entry: EntryId(entry), read: entry % 2 == 1, facts }
}

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    keys.chars().flat_map(|key| app.update(Message::Key(KeyCode::Char(key).into()))).collect()
}

#[test]
fn the_first_story_is_shown_and_read_only_when_it_is_opened() {
    let mut driver = three();
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(0), Focus::List));
    assert_eq!(driver.app.list.unread(), 3);
    driver.press("Enter");
    assert_eq!(driver.app.list.unread(), 2);
    assert!(driver.shelf.known[0].read, "it was told");
}

#[test]
fn a_story_that_is_left_keeps_its_marks_but_not_its_text() {
    let mut driver = three();
    driver.press("Enter 12j m a G J");
    assert_eq!(driver.notice(), "");
    let left = driver.app.list.entry(EntryId(0)).unwrap();
    assert!(matches!(left.content, Content::Waiting), "it can be had again");
    let content = driver.press("K").reader().content();
    assert_eq!(driver.shelf.recalled[&content].marks[0].0, 'a');
    assert!(driver.press("' a").reader().top < driver.reader().last_top(), "{}", driver.notice());
    assert_eq!(driver.press("m b").notice(), "mark b", "said once it is kept");
}

#[test]
fn a_file_goes_to_where_one_was_in_it_and_has_its_marks() {
    let mut first = Driver::open(&visit());
    first.press("G m a");
    let (content, offset) = (first.reader().content(), first.reader().position());
    let mut recalled = std::mem::take(&mut first.shelf.recalled);
    recalled.get_mut(&content).unwrap().position = Some(offset);
    let mut second = Driver::open(&visit());
    assert_eq!(second.reader().position(), 0, "nothing is remembered");
    let recalled = recalled.remove(&content).unwrap();
    second.send(Message::Library(Answer::Recalled(EntryId(0), recalled.clone())));
    assert_eq!(second.reader().position(), offset);
    assert_eq!(second.press("gg ' a").notice(), "");
    assert!(second.app.list.entry(EntryId(0)).unwrap().read, "what was read before is read");
    let mut third = Driver::open(&visit());
    third.press("5j").send(Message::Library(Answer::Recalled(EntryId(0), recalled)));
    assert_eq!(third.reader().top, 5, "who has moved is left alone");
}

#[test]
fn rows_are_asked_about_where_the_user_looks_and_once() {
    let (mut app, effects) = large(100_000);
    let near = described(&effects);
    assert!(near.len() < 100 && near.contains(&EntryId(0)) && near.contains(&EntryId(20)), "{near:?}");
    assert!(app.awaits_rows());
    assert_eq!(described(&press(&mut app, "j")), [], "they are on their way");
    app.update(Message::Library(Answer::Described(near.clone(), near.iter().map(|id| known(id.0)).collect())));
    assert!(!app.awaits_rows());
    let far = described(&press(&mut app, "G"));
    assert!(far.len() < 100 && far.contains(&EntryId(99_999)), "{far:?}");
    assert_eq!((app.list.len(), app.list.unread()), (100_000, 50_000));
}

#[test]
fn what_is_known_of_rows_far_away_is_forgotten_in_time() {
    let (mut app, mut effects) = large(20_000);
    for _ in 0..400 {
        let near = described(&effects);
        app.update(Message::Library(Answer::Described(near.clone(), near.iter().map(|id| known(id.0)).collect())));
        effects = press(&mut app, " ");
    }
    let known = (0..20_000).filter(|id| app.list.entry(EntryId(*id)).unwrap().facts.is_some()).count();
    assert!(known > 1_000 && known <= super::super::library::MOST_KNOWN + 200, "{known}");
}

#[test]
fn of_a_list_in_two_parts_the_second_changes_nothing_in_sight() {
    let (mut app, _) = App::over_library(Settings::default(), 100, 30);
    app.update(listed(1, Part::Beginning, 0..150));
    press(&mut app, "9j");
    let before = (app.list.selected, app.list.top);
    app.update(listed(1, Part::Whole, 0..5_000));
    assert_eq!((app.list.selected, app.list.top, app.list.len()), (before.0, before.1, 5_000));
    app.update(listed(7, Part::Whole, 0..3));
    assert_eq!(app.list.len(), 5_000, "a list that nobody asked for");
}

#[test]
fn while_headlines_are_filtered_fuzzily_the_best_is_selected_until_one_moves() {
    let (mut app, _) = large(1_000);
    press(&mut app, "500j&~a");
    app.update(listed(3, Part::Beginning, (400..450).rev()));
    assert_eq!((app.list.selected_id(), app.list.top), (Some(EntryId(449)), 0), "not what was selected before");
    app.update(listed(3, Part::Whole, (100..450).rev().chain(500..600)));
    assert_eq!((app.list.selected_id(), app.list.top), (Some(EntryId(449)), 0));
    app.update(Message::Key(KeyCode::Enter.into()));
    app.update(listed(4, Part::Whole, (100..450).rev().chain(500..600)));
    press(&mut app, "3j");
    app.update(listed(4, Part::Again, (100..450).rev()));
    assert_eq!(app.list.selected_id(), Some(EntryId(446)), "who has moved is left there");
}

#[test]
fn a_change_elsewhere_leaves_the_selected_row_where_it_is() {
    let (mut app, _) = large(1_000);
    press(&mut app, "gg90j5k");
    let (selected, row) = (app.list.selected_id(), app.list.selected - app.list.top);
    app.update(listed(1, Part::Again, (1_000..1_040).chain(0..1_000)));
    assert_eq!((app.list.selected_id(), app.list.selected - app.list.top), (selected, row));
    assert_eq!(app.list.len(), 1_040);
    let gone = selected.unwrap().0;
    app.update(listed(1, Part::Again, (0..1_000).filter(|at| *at != gone)));
    assert_eq!(app.list.selected_id(), selected, "what is selected stays although it matches no longer");
    assert_eq!(
        (app.list.id_at(gone - 1), app.list.id_at(gone + 1)),
        (Some(EntryId(gone - 1)), Some(EntryId(gone + 1)))
    );
}

#[test]
fn stars_and_read_marks_are_shown_when_they_are_kept() {
    let mut driver = three();
    assert_eq!(driver.press("j x").notice(), "starred");
    let entry = |driver: &Driver| driver.app.list.entry(EntryId(1)).unwrap().clone();
    assert!(entry(&driver).facts.unwrap().starred);
    assert_eq!(driver.press("r").notice(), "marked as read");
    assert_eq!((entry(&driver).read, driver.app.list.unread()), (true, 2));
    assert_eq!(driver.press("U").notice(), "undone: marked “Ana was there” read");
    assert_eq!((entry(&driver).read, driver.app.list.unread()), (false, 3));
    assert_eq!(driver.press("U").notice(), "undone: starred “Ana was there”");
    assert!(!entry(&driver).facts.unwrap().starred);
    assert_eq!(driver.press("U").notice(), "there is nothing to undo");
    let (mut app, _) = large(10);
    let asked = press(&mut app, "x");
    let change = super::super::library::Change::ToggleStar;
    assert!(asked.contains(&Effect::Library(Request::Change(EntryId(0), change))));
    assert!(app.notice.is_none() && app.list.entry(EntryId(0)).unwrap().facts.is_none(), "nothing is kept yet");
}

#[test]
fn the_list_is_sorted_and_shown_from_its_top() {
    let mut driver = three();
    driver.press("j");
    assert_eq!(driver.press(", t").notice(), "by title: ,T turns it round");
    assert!(titles(&driver).is_sorted());
    assert_eq!(driver.app.list.selected, 0, "what comes first is what one sorts for");
    driver.press("j");
    assert_eq!(driver.press(", t").notice(), "by title: ,T turns it round", "twice is the same");
    assert_eq!(driver.press(", T").notice(), "by title, reversed: ,t turns it round");
    assert!(titles(&driver).is_sorted_by(|one, next| one >= next));
    assert_eq!(driver.app.list.selected, 0);
    driver.press("j");
    let before = driver.app.list.selected_id();
    driver.press("r & Esc");
    assert_eq!((driver.app.list.selected_id(), driver.app.list.selected), (before, 1), "only then");
    assert!(driver.press(", q").notice().starts_with("no order has the letter q: d date, a added"));
}

fn titles(driver: &Driver) -> Vec<String> {
    driver.app.list.window(0, 9).map(|(_, _, entry)| entry.title().to_owned()).collect()
}

/// The filter prompt's problem; empty where there is none.
fn problem(driver: &Driver) -> &str {
    match &driver.app.overlay {
        Some(Overlay::Filter(prompt)) => prompt.problem.as_ref().map_or("", |problem| &problem.message),
        _ => "",
    }
}

#[test]
fn the_list_keeps_to_what_matches_as_one_types_and_goes_back() {
    let mut driver = three();
    driver.press("j &").type_in("ben");
    assert_eq!(titles(&driver).len(), 1);
    driver.press("Esc");
    assert_eq!((titles(&driver).len(), driver.app.list.selected), (3, 1), "with the same story selected");
    driver.press("&").type_in("was there").press("Enter");
    assert_eq!((titles(&driver).len(), driver.app.list.showing.filter.as_str()), (2, "was there"));
    assert!(driver.app.overlay.is_none());
    driver.press("&").send(Message::Pasted(" unread nokey:x".into()));
    assert_eq!((problem(&driver), titles(&driver).len()), ("nokey: is no key", 2), "the list stays as it was");
    driver.press("Enter");
    assert!(driver.app.overlay.is_some(), "what is wrong is not kept");
    driver.press("Esc Esc");
    assert_eq!((titles(&driver).len(), driver.app.list.showing.filter.as_str()), (3, ""));
    assert_eq!(driver.press("Esc Esc").notice(), "q quits");
}

#[test]
fn a_story_that_is_read_stays_in_a_list_of_unread_ones_until_it_is_filtered_anew() {
    let mut driver = three();
    driver.press("&").type_in("unread").press("Enter j r");
    assert_eq!((titles(&driver).len(), driver.app.list.unread()), (3, 2));
    assert_eq!(driver.press("& Enter").app.list.len(), 2);
    driver.press("& ctrl-u").type_in("nothing like it").press("Enter");
    assert_eq!((driver.app.list.len(), driver.app.list.selected_id()), (0, None));
    assert_eq!(driver.press("x").notice(), "no story is selected");
    driver.press("Enter j J r ]u Esc");
    assert_eq!(driver.app.list.len(), 3);
}

#[test]
fn tags_are_typed_with_commas_and_completed_from_those_there_are() {
    let mut driver = three();
    driver.press("t").type_in("climate, eu , Climate,").press("Enter");
    assert_eq!(driver.notice(), "tags: climate, eu");
    driver.press("j t").type_in("cl").press("Tab").type_in(", ").press("Tab Enter");
    assert_eq!(driver.notice(), "tags: climate, eu");
    driver.press("t ctrl-u").type_in("town").press("Enter");
    assert_eq!(driver.notice(), "tags: town");
    driver.press("&").type_in("tag:climate").press("Enter");
    assert_eq!(driver.app.list.len(), 1);
    driver.press("t ctrl-u").type_in("t").press("Tab Esc");
    assert_eq!(driver.shelf.known[0].facts.tags, ["climate", "eu"], "what is given up is not kept");
    assert_eq!(driver.press("t ctrl-u Enter").notice(), "no tags");
    assert_eq!(Driver::open(&visit()).press("t").notice(), "this story is not in the library: i adds it");
}

#[test]
fn search_from_the_list_goes_across_the_library_and_opens_at_the_match() {
    let mut driver = three();
    driver.press("/").type_in("Hello");
    let found = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Find(find)) => find.hits.iter().map(|hit| hit.known.entry.0).collect::<Vec<_>>(),
        _ => panic!("the search is open"),
    };
    assert_eq!(found(&driver), [1, 2]);
    driver.press("ctrl-r");
    assert_eq!(found(&driver), [2, 1]);
    driver.press("ctrl-r Down Enter");
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(2), Focus::Text));
    assert!(driver.at_cursor().starts_with("Hello"), "{}", driver.at_cursor());
    assert_eq!(driver.reader().hit_place(), Some((1, 1)));
    driver.press("gl / ctrl-u").type_in("Paragraph 2").press("Enter");
    assert_eq!(driver.reader().hit_place(), Some((1, 11)), "all matches are marked");
    assert!(driver.press("n").at_cursor().starts_with("Paragraph 20"));
    driver.press("Esc gl /");
    assert_eq!(found(&driver), [0], "it is as it was left");
    driver.press("ctrl-u").type_in("zebra").press("Enter");
    assert_eq!(driver.notice(), "no story matches");
    driver.press("Esc");
    assert!(driver.app.overlay.is_none());
}

#[test]
fn earlier_searches_of_the_library_come_back() {
    let mut driver = three();
    let kept = |driver: &Driver| match driver.shelf.asked.last() {
        Some(Request::KeepSearch(query)) => query.clone(),
        asked => panic!("{asked:?}"),
    };
    let query = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Find(find)) => find.query().to_owned(),
        _ => panic!("the search is open"),
    };
    driver.app.update(Message::Library(Answer::Searches(vec!["one of last week".to_owned()])));
    driver.press("/").type_in("Hello").press("Enter");
    assert_eq!(kept(&driver), "Hello");
    driver.press("Esc gl /").type_in("Paragraph");
    assert_eq!(query(&driver), "Paragraph", "what is typed takes the place of what was sought");
    driver.press("Enter Esc gl /").type_in("half");
    let mut seen = |key: &str| query(driver.press(key));
    assert_eq!(seen("ctrl-p"), "Paragraph");
    assert_eq!(seen("ctrl-p"), "Hello");
    assert_eq!((seen("ctrl-p"), seen("ctrl-p")), ("one of last week".to_owned(), "one of last week".to_owned()));
    assert_eq!((seen("ctrl-n"), seen("ctrl-n")), ("Hello".to_owned(), "Paragraph".to_owned()));
    assert_eq!((seen("ctrl-n"), seen("ctrl-n")), ("half".to_owned(), "half".to_owned()));
}

#[test]
fn the_first_story_of_a_library_that_was_empty_is_shown_when_it_comes() {
    let (mut app, effects) = large(0);
    assert_eq!((effects.len(), app.list.len()), (0, 0));
    assert!(!app.is_settled());
    let effects = app.update(listed(1, Part::Again, 0..3));
    assert!(effects.contains(&Effect::Import(EntryId(0))), "{effects:?}");
}

#[test]
fn a_story_that_changes_while_it_is_open_goes_on_at_the_same_words() {
    let mut driver = three();
    driver.press("Enter 2]q ma 4]q * ]q");
    let (quote, before) = (driver.quote().to_owned(), driver.first_line().to_owned());
    let name = driver.reader().entity.map(|entity| driver.reader().describe(entity));
    assert!(!quote.is_empty() && name.is_some());
    let grown = format!("A correction stands here now.\n\n{}\n\nAnd it was late.", visit());
    driver.rewrite(0, &grown);
    assert_eq!(driver.notice(), "the story has changed: this is what it says now");
    assert_eq!((driver.quote(), driver.first_line()), (quote.as_str(), before.as_str()));
    assert!(driver.reader().article.text.starts_with("A correction"));
    assert_eq!(driver.reader().entity.map(|entity| driver.reader().describe(entity)), name);
    driver.press("'a");
    assert_eq!(driver.quote(), "it is telling and “speaks to the fact” that they meet");
    driver.rewrite(1, &format!("{} More.", short("Ana")));
    assert_ne!(driver.notice(), "the story has changed: this is what it says now", "it is another one");
}

#[test]
fn words_that_are_selected_are_not_taken_away() {
    let mut driver = three();
    driver.press("Enter v w w");
    let old = driver.reader().content();
    driver.rewrite(0, &format!("{}\n\nMore.", visit()));
    assert_eq!(driver.reader().content(), old);
    driver.press("y");
    assert_ne!(driver.reader().content(), old, "once that is done the new text comes");
    driver.press(":");
    let old = driver.reader().content();
    driver.rewrite(0, &visit());
    assert_eq!(driver.reader().content(), old);
    driver.press("Esc");
    assert_ne!(driver.reader().content(), old);
}
