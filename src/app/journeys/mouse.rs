//! The mouse.

use crossterm::event::{MouseButton, MouseEventKind};

use super::super::driver::Driver;
use super::super::sidebar::Row;
use super::super::{EntryId, Focus};
use super::{short, visit};
use crate::analysis::EntityId;
use crate::config::Settings;

const DRAG: MouseEventKind = MouseEventKind::Drag(MouseButton::Left);
const DOWN: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
const UP: MouseEventKind = MouseEventKind::Up(MouseButton::Left);

fn many() -> Driver {
    let stories: Vec<String> = std::iter::once(visit()).chain((0..60).map(|n| short(&format!("Person {n}")))).collect();
    let mut driver = Driver::list(&stories.iter().map(String::as_str).collect::<Vec<_>>());
    driver.resize(120, 30);
    driver
}

/// Where on the screen the text at byte `offset` is drawn.
fn place(driver: &Driver, offset: usize) -> (u16, u16) {
    let (text, reader) = (driver.app.arrangement().text, driver.reader());
    let column = reader.layout.column_at(&reader.article.text, offset);
    let row = reader.layout.line_at(offset) - reader.top;
    (text.x + u16::try_from(column).unwrap(), text.y + u16::try_from(row).unwrap())
}

fn click_on(driver: &mut Driver, words: &str) {
    let offset = driver.reader().article.text.find(words).unwrap();
    let (column, row) = place(driver, offset);
    driver.click(column, row);
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let mut driver = many();
    let shown = driver.app.arrangement();
    driver.mouse(MouseEventKind::ScrollDown, shown.text.x, shown.text.y);
    assert_eq!((driver.reader().top, driver.app.list.top, driver.app.panes.focus), (3, 0, Focus::List));
    driver.mouse(MouseEventKind::ScrollDown, shown.list.x, shown.list.y + 2);
    assert_eq!((driver.reader().top, driver.app.list.top, driver.app.list.selected), (3, 3, 3));
    driver.mouse(MouseEventKind::ScrollUp, shown.list.x, shown.list.y + 2);
    assert_eq!((driver.app.list.top, driver.app.list.selected), (0, 3), "the selection stays where it can");
    driver.mouse(MouseEventKind::ScrollUp, shown.text.x, shown.text.y);
    assert_eq!(driver.reader().top, 0);
}

#[test]
fn a_click_selects_a_story_and_another_opens_it() {
    let mut driver = many();
    driver.press("gt");
    let list = driver.app.arrangement().list;
    let row = super::super::List::entry_rows(list.height);
    driver.click(list.x + 1, list.y + 1 + 4 * row);
    assert_eq!((driver.app.list.selected, driver.app.panes.focus), (4, Focus::List));
    assert_eq!(driver.reader().entry, EntryId(0));
    driver.click(list.x + 1, list.y + 1 + 4 * row);
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(4), Focus::Text));
    driver.click(list.x + 1, list.y);
    assert_eq!(driver.app.list.selected, 4, "the heading is no story");
}

#[test]
fn a_click_selects_a_voice_and_another_follows_it() {
    let mut driver = many();
    let sidebar = driver.app.arrangement().sidebar;
    let row = driver.app.sidebar.rows.iter().position(|row| *row == Row::Voice(1)).unwrap();
    let y = sidebar.y + u16::try_from(row).unwrap();
    driver.click(sidebar.x, y);
    assert_eq!((driver.reader().entity, driver.app.panes.focus), (Some(EntityId(1)), Focus::Sidebar));
    driver.click(sidebar.x, y);
    assert_eq!((driver.quote(), driver.app.panes.focus), ("“I will work with anyone,”", Focus::Text));
    driver.click(sidebar.x, sidebar.y);
    assert_eq!(driver.app.panes.focus, Focus::Sidebar, "a heading only gives the focus");
}

#[test]
fn a_click_in_the_text_selects_quote_and_name() {
    let mut driver = many();
    click_on(&mut driver, "volumes");
    assert_eq!((driver.quote(), driver.reader().entity), ("“It speaks volumes,”", None));
    click_on(&mut driver, "Zohran");
    assert_eq!((driver.quote(), driver.reader().entity), ("", Some(EntityId(1))));
    assert_eq!(driver.notice(), "Zohran Mamdani: 2 mentions");
    click_on(&mut driver, "fact”");
    assert_eq!(driver.quote(), "it is telling and “speaks to the fact” that they meet");
    driver.press("w");
    click_on(&mut driver, "Washington");
    assert_eq!(driver.reader().entity, Some(EntityId(2)), "also where lines are spread");
    let (cursor, text) = (driver.reader().cursor, driver.app.arrangement().text);
    driver.click(text.right() - 1, text.y + 1);
    assert_eq!(driver.reader().cursor, cursor, "beside the text there is nothing");
}

#[test]
fn the_minimap_is_dragged_through_the_story() {
    let mut driver = many();
    let minimap = driver.app.arrangement().minimap;
    driver.mouse(DOWN, minimap.x, minimap.bottom() - 1);
    assert_eq!(driver.reader().top, driver.reader().last_top());
    driver.mouse(DRAG, minimap.x + 7, minimap.y + minimap.height / 2);
    assert!(driver.reader().percent().unwrap().abs_diff(50) < 10, "{:?}", driver.reader().percent());
    driver.mouse(DRAG, 0, 0).mouse(UP, 0, 0);
    assert_eq!(driver.reader().top, 0);
    driver.mouse(DRAG, minimap.x, minimap.bottom() - 1);
    assert_eq!(driver.reader().top, 0, "once let go, nothing is dragged");
    driver.mouse(DOWN, minimap.x, minimap.bottom() - 1).mouse(UP, 0, 0).press("''");
    assert_eq!(driver.reader().top, 0, "and there is a way back");
}

#[test]
fn the_lines_between_panes_are_dragged() {
    let mut driver = many();
    let before = driver.app.arrangement();
    driver.mouse(DOWN, before.list_rule.x, 5).mouse(DRAG, before.list_rule.x - 5, 5).mouse(UP, 0, 0);
    assert_eq!(driver.app.arrangement().list.width, before.list.width - 5);
    driver.mouse(DOWN, before.sidebar_rule.x, 5).mouse(DRAG, before.sidebar_rule.x - 4, 5).mouse(UP, 0, 0);
    assert_eq!(driver.app.arrangement().sidebar.width, before.sidebar.width + 4);
    assert_eq!(driver.app.arrangement().sidebar_rule.x, before.sidebar_rule.x - 4, "the line is under the pointer");
}

#[test]
fn switched_off_the_mouse_does_nothing() {
    let mut driver = Driver::with(&[&visit()], Settings { mouse: false, ..Settings::default() }, 120, 30);
    let before = driver.fingerprint();
    driver.click(5, 5).mouse(MouseEventKind::ScrollDown, 60, 10);
    assert_eq!(driver.fingerprint(), before);
}

#[test]
fn under_a_popup_nothing_is_clicked() {
    let mut driver = many();
    driver.press("F1");
    let before = driver.fingerprint();
    driver.click(2, 5);
    assert_eq!(driver.fingerprint(), before);
}
