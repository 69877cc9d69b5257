//! The screens of a library: what somebody said, the level above the list, stories that are picked.

use std::sync::Arc;

use super::*;
use crate::app::library::Feed;
use crate::app::people::Line;

/// Asserts that the frame is the snapshot of this name, with its styles.
macro_rules! assert_screen {
    ($name:expr, $driver:expr) => {
        insta::assert_snapshot!($name, styled(&frame(&$driver)))
    };
}

/// A library in which the same words stand in two stories.
fn people(columns: u16, rows: u16, keys: &str) -> Driver {
    let mut stories = stories();
    let again = "{c=place Rome} saw a repeat of it.\n\n[a: “It is all about the economy, and about nothing else: we will \
                 see to it that taxes fall and fall again, as everybody here has been told for years,”] said {a Karoline \
                 Leavitt}. She said [a~ it is very telling and also [a: “speaks to the fact that President Trump is \
                 willing to meet with anyone and talk to anyone, and to try to do what's right on behalf of the \
                 American people”]].";
    let mut again = annotated(again);
    let meta = &mut Arc::make_mut(&mut again.0).meta;
    (meta.title, meta.date) = ("A repeat of it".to_owned(), "2025-11-20".parse().ok());
    stories.push(again);
    let mut driver = Driver::library_of(stories, settings(), columns, rows);
    driver.press("Enter ]q gs").press(keys);
    driver
}

#[test]
fn what_somebody_said_on_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        insta::assert_snapshot!(format!("people_{columns}x{rows}"), text(&frame(&people(columns, rows, "j"))));
    }
    assert_screen!("people_styled_100x30", people(100, 30, "3j Enter j"));
}

#[test]
fn what_somebody_said_about_something_as_it_is_typed() {
    let mut driver = people(80, 24, "&");
    driver.type_in("economy");
    insta::assert_snapshot!("people_about_80x24", text(&frame(&driver)));
    driver.press("ctrl-u").type_in("zebra");
    let shown = text(&frame(&driver));
    assert!(shown.contains("nothing is said about zebra") && shown.contains("no quote"), "{shown}");
}

#[test]
fn a_name_is_chosen_and_parts_of_a_person() {
    let mut driver = people(80, 24, "gs");
    insta::assert_snapshot!("who_80x24", text(&frame(driver.type_in("l"))));
    driver.press("Esc X");
    insta::assert_snapshot!("parts_80x24", text(&frame(&driver)));
    let mut narrow = people(40, 12, "M");
    insta::assert_snapshot!("who_40x12", text(&frame(narrow.type_in("z"))));
}

fn tree(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::library_of(stories(), settings(), columns, rows);
    driver.press("x t").type_in("climate").press("Enter &").type_in("speaker:leavitt since:7d").press("ctrl-s");
    driver.type_in("Leavitt this week").press("Enter");
    driver.shelf.feeds = vec![
        Feed {
            number: 1,
            title: "BBC News".into(),
            folder: "News/UK".into(),
            articles: 120,
            unread: 12,
            ..Feed::default()
        },
        Feed {
            number: 2,
            title: "The Guardian".into(),
            folder: "News/UK".into(),
            articles: 9,
            unread: 0,
            error: Some("the server does not answer".into()),
            ..Feed::default()
        },
    ];
    driver.press("gf");
    driver
}

#[test]
fn the_level_above_the_list_on_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (200, 60)] {
        insta::assert_snapshot!(format!("tree_{columns}x{rows}"), text(&frame(&tree(columns, rows))));
    }
    let mut driver = tree(120, 40);
    driver.press("G k");
    assert_screen!("tree_styled_120x40", driver);
}

#[test]
fn stories_that_are_picked() {
    let mut driver = library(120, 32, "v j");
    assert_screen!("picked_120x32", driver);
    insta::assert_snapshot!("picked_40x12", text(&frame(driver.resize(40, 12))));
    driver.resize(120, 32).press("t");
    assert!(last_row(&driver).contains("for 2 stories: TAG gives, -TAG takes"), "{}", last_row(&driver));
}

#[test]
fn a_list_under_a_name_and_nothing_that_matches() {
    let mut driver = library(80, 24, "&");
    driver.type_in("zebra").press("ctrl-s");
    assert!(last_row(&driver).contains("saves zebra"));
    driver.type_in("Stripes").press("Enter");
    let shown = text(&frame(driver.press("gl")));
    assert!(shown.starts_with(" Stripes  none"), "{shown}");
    assert!(last_row(&driver).contains("no story matches: Esc leads back"), "{}", last_row(&driver));
    assert_eq!(driver.app.list_left().unwrap().filter, "zebra");
}

#[test]
fn no_line_of_what_somebody_said_is_wider_than_its_column() {
    for columns in [1, 7, 12, 40, 90, 300] {
        let driver = people(columns, 30, "");
        let people = driver.app.shown_people().unwrap();
        for (line, _) in &people.lines.lines {
            if let Line::Words(place, span, _) = line {
                let words = span.of(&people.said(*place).unwrap().words);
                let room = usize::from(columns.min(90).saturating_sub(5)).max(8);
                assert!(crate::text::width::columns(words) <= room, "{words} in {columns}");
            }
        }
    }
}

fn last_row(driver: &Driver) -> String {
    text(&frame(driver)).lines().last().unwrap_or_default().to_owned()
}
