//! The level above the list, saved queries, and changes to several stories at once.

use super::super::driver::Driver;
use super::super::library::{Answer, Feed, ListLeft, Request, Sort};
use super::super::tree::{Branch, Row};
use super::super::{EntryId, Focus, Message, Overlay};
use super::{short, visit};

fn three() -> Driver {
    Driver::library(&[&visit(), &short("Ana"), &short("Ben")])
}

fn branches(driver: &Driver) -> Vec<&Branch> {
    let rows = driver.app.tree.iter().flat_map(|tree| &tree.rows);
    rows.filter_map(|row| if let Row::Branch(branch) = row { Some(branch) } else { None }).collect()
}

fn names(driver: &Driver) -> Vec<&str> {
    branches(driver).into_iter().map(|branch| branch.name.as_str()).collect()
}

fn filter(driver: &Driver) -> &str {
    &driver.app.list.showing.filter
}

#[test]
fn back_from_the_list_leads_to_what_the_library_can_be_looked_through_by() {
    let mut driver = three();
    driver.press("j x r h");
    assert_eq!(names(&driver), ["All stories", "Unread", "Starred", "Highlighted", "/news/paper"]);
    assert_eq!((branches(&driver)[0].articles, branches(&driver)[0].unread), (Some(3), Some(2)));
    assert_eq!(driver.press("h").notice(), "q quits", "there is nothing above it");
    driver.press("2j Enter");
    assert_eq!((filter(&driver), driver.app.list.len()), ("starred", 1));
    assert!(driver.app.tree.is_none());
    driver.press("gf");
    let selected = driver.app.tree.as_ref().and_then(|tree| tree.branch()).map(|branch| branch.name.clone());
    assert_eq!(selected.as_deref(), Some("Starred"), "what the list keeps to is selected");
    driver.press("gg Enter");
    assert_eq!((filter(&driver), driver.app.list.len()), ("", 3));
    driver.press("G gf gf");
    assert!(driver.app.tree.is_none(), "the same keys lead back");
    driver.press("gf gl");
    assert!(driver.app.tree.is_none() && driver.app.panes.focus == Focus::List);
}

#[test]
fn feeds_stand_in_their_folders_with_what_is_unread_and_what_went_wrong() {
    let mut driver = three();
    let feed = |title: &str, folder: &str, unread, error: Option<&str>| Feed {
        number: 1,
        title: title.into(),
        folder: folder.into(),
        articles: 9,
        unread,
        error: error.map(Into::into),
        ..Feed::default()
    };
    driver.shelf.feeds = vec![
        feed("Alone", "", 0, None),
        feed("BBC News", "News/UK", 2, None),
        feed("Guardian", "News/UK", 3, Some("no answer")),
        feed("Le Monde", "News/World", 1, None),
    ];
    driver.press("gf");
    let shown: Vec<(&str, usize, Option<usize>)> =
        branches(&driver)[4..].iter().map(|branch| (branch.name.as_str(), branch.depth, branch.unread)).collect();
    assert_eq!(
        shown[..7],
        [
            ("Alone", 0, Some(0)),
            ("News", 0, Some(6)),
            ("UK", 1, Some(5)),
            ("BBC News", 2, Some(2)),
            ("Guardian", 2, Some(3)),
            ("World", 1, Some(1)),
            ("Le Monde", 2, Some(1)),
        ]
    );
    let queries: Vec<&str> = branches(&driver)[4..].iter().map(|branch| branch.query.as_str()).collect();
    assert_eq!(queries[1..4], ["folder:News", "folder:News/UK", "feed:\"BBC News\""]);
    driver.press("8j Enter");
    assert_eq!(driver.notice(), "Guardian: no answer");
}

#[test]
fn a_filter_is_saved_under_a_name_renamed_removed_and_brought_back() {
    let mut driver = three();
    assert_eq!(driver.press("ctrl-s").notice(), "there is no filter to save: & sets one");
    driver.press(", t &").type_in("unread was").press("ctrl-s").type_in("There").press("Enter");
    assert_eq!(driver.notice(), "saved query There: U takes it back");
    assert_eq!((filter(&driver), driver.app.list.showing.name.as_deref()), ("unread was", Some("There")));
    driver.press("Esc");
    assert_eq!((filter(&driver), driver.app.list.showing.name.as_deref()), ("", None), "Esc shows all again");
    assert!(driver.app.tree.is_none());
    driver.press(", d gf 4j Enter");
    assert_eq!((filter(&driver), driver.app.list.showing.sort), ("unread was", "title".parse().unwrap()));
    assert_eq!(driver.app.list.showing.name.as_deref(), Some("There"));
    driver.press("gf ctrl-s").type_in(" they were").press("Enter");
    assert!(names(&driver).contains(&"There they were"), "{:?}", names(&driver));
    driver.send(Message::Library(Answer::QueryCounted("There they were".into(), 7)));
    assert_eq!(branches(&driver)[4].unread, Some(7));
    driver.press("D");
    assert_eq!(driver.notice(), "deleted query There they were: U takes it back");
    assert!(!names(&driver).contains(&"There they were"));
    driver.press("U");
    assert!(names(&driver).contains(&"There they were"), "it is back");
    driver.press("gg D");
    assert_eq!(driver.notice(), "only saved queries and feeds can be removed here");
    driver.press("ctrl-s");
    assert_eq!(driver.notice(), "select a saved query first: gf shows them");
    driver.press("gl & ctrl-u Esc gf &");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Filter(prompt)) if prompt.before() == "unread was"));
    assert_eq!(driver.app.list.len(), 3, "from the tree the filter starts anew");
    driver.press("Esc");
    assert_eq!(filter(&driver), "unread was", "and the one before is back where it is given up");
    driver.press("Esc gf");
    let at = driver.app.tree.as_ref().and_then(|tree| tree.branch()).map(|branch| branch.name.clone());
    assert_eq!(at.as_deref(), Some("There they were"), "what was opened last is selected");
    driver.press("gl &").type_in("ben").press("ctrl-s Esc");
    assert_eq!((filter(&driver), driver.app.list.len()), ("ben", 1), "given up, the filter stays");
}

#[test]
fn the_list_is_shown_as_it_was_left_unless_the_user_was_quicker() {
    let mut driver = three();
    let sort = Sort { reversed: true, ..Sort::default() };
    let left = ListLeft { filter: "ben".into(), sort, name: Some("Ben's".into()) };
    driver.send(Message::Library(Answer::Remembered(left.clone())));
    assert_eq!((filter(&driver), driver.app.list.len()), ("ben", 1));
    assert_eq!(driver.app.list_left(), Some(left.clone()));
    driver.press("& ctrl-u").type_in("an");
    assert_eq!(driver.app.list_left().unwrap().filter, "ben", "what is being typed is not kept");
    let mut driver = three();
    driver.press("&").type_in("ana").press("Enter");
    driver.send(Message::Library(Answer::Remembered(left)));
    assert_eq!(filter(&driver), "ana");
    assert_eq!(Driver::open(&visit()).app.list_left(), None);
}

#[test]
fn what_is_picked_is_changed_as_one_and_taken_back_as_one() {
    let mut driver = three();
    driver.press(". .");
    assert_eq!((driver.app.list.picked_count(), driver.app.list.selected), (2, 2));
    assert_eq!(driver.press("r").notice(), "marked 2 stories read: U takes it back");
    assert_eq!((driver.app.list.unread(), driver.app.list.picked_count()), (1, 2), "they stay picked");
    assert_eq!(driver.press("U").notice(), "undone: marked 2 stories read");
    assert_eq!(driver.app.list.unread(), 3);
    driver.press("Esc gg v j x");
    assert_eq!(driver.notice(), "starred 2 stories: U takes it back");
    driver.press("j");
    assert_eq!((driver.app.list.picked_count(), driver.app.list.is_ranging()), (2, false), "the range has ended");
    driver.press("ctrl-a x");
    assert_eq!(driver.notice(), "starred 3 stories: U takes it back");
    driver.press("t").type_in("eu, town").press("Enter");
    assert!(driver.shelf.known.iter().all(|known| known.facts.tags == ["eu", "town"]));
    driver.press("t").type_in("-eu, old").press("Enter");
    assert!(driver.shelf.known.iter().all(|known| known.facts.tags == ["town", "old"]));
    driver.press("U");
    assert!(driver.shelf.known.iter().all(|known| known.facts.tags == ["eu", "town"]));
    driver.press("Esc gg v j D");
    assert_eq!(driver.notice(), "removed 2 stories: U takes it back");
    assert!(!driver.app.list.has_picks(), "what is gone is not picked");
    driver.press("U v j Esc");
    assert!(!driver.app.list.has_picks() && driver.app.tree.is_none(), "Esc lets go first");
    assert_eq!(driver.press("Enter .").notice(), "stories are picked in the list: gl goes there");
}

#[test]
fn a_story_is_removed_and_comes_back_as_it_was() {
    let mut driver = three();
    driver.press("j Enter");
    assert_eq!(driver.reader().entry, EntryId(1));
    assert!(driver.press("D").notice().starts_with("removed “"), "{}", driver.notice());
    assert_eq!((driver.app.list.len(), driver.app.panes.focus), (2, Focus::List));
    assert_eq!(driver.reader().entry, EntryId(2), "the one in its place is shown");
    assert!(!driver.app.list.entry(EntryId(2)).unwrap().read, "and is not read by that");
    driver.press("U");
    assert_eq!(driver.app.list.len(), 3);
    driver.press("ctrl-a Delete");
    assert_eq!((driver.app.list.len(), driver.app.reader.is_none()), (0, true));
    driver.press("j Enter r x U");
    assert_eq!((driver.app.list.len(), driver.app.reader.is_some()), (3, true));
    assert_eq!(Driver::open(&visit()).press("D").notice(), "no story of the library is selected");
}

#[test]
fn changes_that_change_nothing_say_so_and_the_tree_hides_the_selection() {
    let mut driver = three();
    driver.press("ctrl-a t").type_in("-none").press("Enter");
    assert_eq!(driver.notice(), "nothing to change");
    driver.press("gf");
    for key in ["x", "r", "t"] {
        let told = "no story is selected here: Enter shows some, gl the list";
        assert_eq!(driver.press(key).notice(), told, "{key}");
    }
    driver.press("t Esc & Esc");
    assert!(driver.app.tree.is_none(), "the filter is one of the list");
    driver.press("gf /").press("Esc");
    let asked = driver.effects.iter().any(
        |effect| matches!(effect, super::super::Effect::Library(Request::ChangeAll(entries, _)) if entries.is_empty()),
    );
    assert!(!asked && !matches!(driver.app.overlay, Some(Overlay::Find(_))));
}
