//! Everything a person said, across the library, and who is whom.

use super::super::driver::Driver;
use super::super::people::{Choice, Identity, People};
use super::super::{EntryId, Focus, Overlay};
use super::{short, visit};

/// Leavitt speaks in two stories, Mamdani in one, Ana in one; two of them have the same words.
fn library() -> Driver {
    let again = "{a Karoline Leavitt} spoke again.\n\n[a: “You will hear from him,”] {a Leavitt} said. \
                 [a~ taxes would fall], she said.";
    Driver::library(&[&visit(), again, &short("Ana")])
}

fn people(driver: &Driver) -> &People {
    driver.app.shown_people().expect("somebody's quotes are shown")
}

fn who(driver: &Driver) -> &str {
    people(driver).who.as_ref().map_or("", |who| who.name.as_str())
}

/// The words of what is selected.
fn selected(driver: &Driver) -> &str {
    let place = people(driver).choice().expect("something is selected").place();
    people(driver).said(place).map_or("", |said| said.words.as_str())
}

#[test]
fn all_that_the_current_speaker_said_is_shown_and_leads_to_its_stories_and_back_to_the_same_row() {
    let mut driver = library();
    driver.press("Enter ]q gs");
    assert_eq!(who(&driver), "Karoline Leavitt");
    assert_eq!(selected(&driver), "“It speaks volumes,”");
    driver.press("G");
    assert_eq!(selected(&driver), "taxes would fall");
    driver.press("Enter");
    assert!(driver.app.shown_people().is_none());
    assert_eq!((driver.reader().entry, driver.quote()), (EntryId(1), "taxes would fall"));
    assert_eq!(driver.app.panes.focus, Focus::Text);
    driver.press("h");
    assert_eq!((who(&driver), selected(&driver)), ("Karoline Leavitt", "taxes would fall"));
    driver.press("Esc");
    assert!(driver.app.shown_people().is_none(), "back to the stories");
    driver.press("gt h");
    assert!(driver.app.shown_people().is_none(), "once left it is left");
    driver.press("gg Enter gg ]q gs Enter J gl k Enter h");
    assert!(driver.app.shown_people().is_none(), "a story opened from the list leads back to the list");
}

#[test]
fn the_same_quote_is_shown_once_and_unfolds_to_the_other_stories() {
    let mut driver = library();
    driver.press("Enter ]q gs");
    let words: Vec<&str> =
        people(&driver).stories.iter().flat_map(|story| &story.quotes).map(|said| said.words.as_str()).collect();
    assert_eq!(words.iter().filter(|words| **words == "“You will hear from him,”").count(), 1, "{words:?}");
    while !matches!(people(&driver).choice(), Some(Choice::Also(_))) {
        driver.press("j");
    }
    driver.press("Enter");
    assert!(matches!(people(&driver).choice(), Some(Choice::Quote(_))), "the quote whose stories are shown");
    driver.press("j Enter");
    assert_eq!((driver.reader().entry, driver.quote()), (EntryId(1), "“You will hear from him,”"));
}

#[test]
fn quotes_are_filtered_by_what_they_are_about_as_one_types() {
    let mut driver = library();
    driver.press("Enter ]q gs &").type_in("tax");
    assert_eq!(people(&driver).quote_place(), (1, 1));
    driver.press("Esc");
    assert_eq!(people(&driver).quote_place().1, 5, "all are back");
    driver.press("/").type_in("tax").press("Enter");
    assert_eq!((people(&driver).about.as_str(), selected(&driver)), ("tax", "taxes would fall"));
    driver.press("& ctrl-u").type_in("nothing like it").press("Enter Enter j k G gg");
    assert_eq!(people(&driver).quote_place(), (0, 0));
    driver.press("Esc");
    assert_eq!(people(&driver).quote_place().1, 5, "Esc clears it first");
}

#[test]
fn a_name_is_typed_and_completed_and_the_topic_may_follow() {
    let mut driver = library();
    driver.press("gs").type_in("mam");
    let names = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Who(prompt)) => prompt.people.iter().map(|who| who.name.clone()).collect::<Vec<_>>(),
        _ => panic!("a name is asked for"),
    };
    assert_eq!(names(&driver), ["Zohran Mamdani"]);
    driver.press("Tab").type_in("work").press("Enter");
    assert_eq!((who(&driver), people(&driver).about.as_str()), ("Zohran Mamdani", "work"));
    driver.press("Esc Esc :").type_in("said ana about hello").press("Enter");
    assert_eq!((who(&driver), selected(&driver)), ("Ana", "“Hello,”"));
    driver.press("gs").type_in("zebra").press("Enter");
    assert_eq!(driver.notice(), "nobody in the library is called so");
    driver.press("Esc");
    assert_eq!(who(&driver), "Ana", "what was shown stays");
}

#[test]
fn a_voice_of_the_sidebar_is_asked_after_and_a_place_says_nothing() {
    let mut driver = library();
    driver.press("Enter gv j gs");
    assert_eq!(who(&driver), "Zohran Mamdani");
    driver.press("Esc gv G gs");
    assert_eq!(driver.notice(), "Washington is not quoted in the library");
    assert!(driver.app.shown_people().is_none());
}

#[test]
fn two_people_are_made_one_and_taken_apart_again() {
    let mut driver = library();
    driver.press("Enter ]q gs M").type_in("ana").press("Enter");
    assert!(driver.notice().starts_with("made Karoline Leavitt and Ana one person: U"), "{}", driver.notice());
    assert_eq!((who(&driver), people(&driver).quote_place().1), ("Ana", 6));
    driver.press("U");
    assert_eq!((who(&driver), people(&driver).quote_place().1), ("Karoline Leavitt", 5), "who she was");
    driver.press("M").type_in("karoline");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Who(prompt)) if prompt.people.is_empty()), "nobody is oneself");
    driver.press("Esc Esc gl gg");
    driver.press("Esc gl j Enter ]q gs X");
    let Some(Overlay::Parts(menu)) = &driver.app.overlay else { panic!("{:?}", driver.app.overlay) };
    let rows: Vec<&str> = menu.rows().collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].starts_with("in this story") && rows[1] == "as mayor: named in 1 story", "{rows:?}");
    driver.type_in("mayor").press("Enter");
    assert!(matches!(driver.shelf.identities.last(), Some(Identity::Another(_, entries)) if entries == &[EntryId(0)]));
    assert!(driver.notice().ends_with("U takes it back"));
}

#[test]
fn keys_that_mean_nothing_among_quotes_say_so_and_those_of_people_need_them() {
    let mut driver = library();
    assert_eq!(driver.press("M").notice(), "show what the person said first: gs does");
    driver.press("Enter ]q gs x");
    assert_eq!(driver.notice(), "not among quotes: Esc goes back to the stories");
    assert!(!driver.shelf.known[0].facts.starred);
    driver.press("yq");
    assert!(driver.copied().starts_with("“It speaks volumes,” — Karoline Leavitt"), "{}", driver.copied());
}

#[test]
fn over_files_the_library_is_asked_and_what_is_not_among_them_is_not_opened() {
    let mut driver = Driver::open(&visit());
    driver.press("]q gs");
    assert_eq!(who(&driver), "Karoline Leavitt");
    let people = driver.app.people.as_mut().unwrap();
    people.stories[0].title.entry = EntryId(usize::MAX);
    driver.press("Enter");
    assert_eq!(driver.notice(), "that story is not among these files: `pullquote` alone opens the library");
    assert_eq!(who(&driver), "Karoline Leavitt");
    driver.app.people.as_mut().unwrap().stories[0].title.entry = EntryId(0);
    driver.press("Enter");
    assert_eq!((driver.reader().entry, driver.app.shown_people().is_none()), (EntryId(0), true));
}

#[test]
fn any_size_keeps_what_is_selected_in_sight() {
    let mut driver = library();
    driver.press("Enter ]q gs");
    for (columns, rows) in [(40, 12), (8, 5), (200, 60), (3, 2), (80, 24)] {
        driver.resize(columns, rows).press("G k");
        let people = people(&driver);
        let (_, first, end) = people.lines.choices[people.selected];
        let shown = usize::from(super::super::people::Area::of(columns, rows).body.height);
        assert!(first >= people.top && (end <= people.top + shown.max(1) || first == people.top), "{columns}x{rows}");
    }
}
