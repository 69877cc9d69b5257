//! Panes: focus, zoom, folding and widths.

use super::super::driver::Driver;
use super::super::{Focus, Panes};
use super::{short, visit};

fn two(columns: u16, rows: u16) -> Driver {
    let (visit, short) = (visit(), short("Ana"));
    let mut driver = Driver::list(&[&visit, &short]);
    driver.resize(columns, rows);
    driver
}

fn focus(driver: &Driver) -> Focus {
    driver.app.panes.focus
}

#[test]
fn tab_goes_round_the_panes() {
    let mut driver = two(120, 30);
    let round: Vec<Focus> = (0..3).map(|_| focus(driver.press("Tab"))).collect();
    assert_eq!(round, [Focus::Text, Focus::Sidebar, Focus::List]);
    assert_eq!(focus(driver.press("shift-Tab")), Focus::Sidebar);
    assert_eq!(focus(driver.press("2 shift-Tab")), Focus::List);
    driver.press(")");
    assert_eq!(focus(driver.press("Tab Tab")), Focus::List, "what is folded is passed over");
    assert_eq!(focus(driver.press("gv")), Focus::Sidebar, "but can be gone to");
    assert!(!driver.app.panes.sidebar.folded);
    assert_eq!(focus(driver.press("gt")), Focus::Text);
    assert_eq!(focus(driver.press("gl")), Focus::List);
}

#[test]
fn enter_and_escape_go_right_and_left() {
    let mut driver = two(120, 30);
    assert_eq!(focus(driver.press("Enter")), Focus::Text);
    assert_eq!(focus(driver.press("l")), Focus::Text);
    assert_eq!(driver.notice(), "no voice or name to follow: ]q goes to a quote");
    assert_eq!(focus(driver.press("]q l")), Focus::Sidebar);
    assert_eq!(focus(driver.press("h")), Focus::Text);
    driver.press("Esc");
    assert_eq!((focus(&driver), driver.reader().entity), (Focus::Text, None), "first the selected name is let go");
    assert_eq!(focus(driver.press("Esc")), Focus::List);
    assert_eq!(driver.press("Esc").notice(), "q quits");
}

#[test]
fn escape_clears_one_thing_at_a_time() {
    let mut driver = two(120, 30);
    driver.press("Enter * s a").press("/").type_in("speaks").press("Enter");
    let state = |driver: &Driver| {
        let reader = driver.reader();
        (reader.search.is_some(), reader.scope.is_some(), reader.entity.is_some(), focus(driver))
    };
    assert_eq!(state(&driver), (true, true, true, Focus::Text));
    assert_eq!(state(driver.press("Esc")), (false, true, true, Focus::Text));
    assert_eq!(state(driver.press("Esc")), (false, false, true, Focus::Text));
    assert_eq!(state(driver.press("Esc")), (false, false, false, Focus::Text));
    assert_eq!(state(driver.press("Esc")), (false, false, false, Focus::List));
}

#[test]
fn the_text_alone_and_back() {
    let mut driver = two(120, 30);
    driver.press("z");
    assert_eq!((driver.app.panes.zoomed, focus(&driver)), (true, Focus::Text));
    assert!(driver.app.arrangement().list.is_empty());
    driver.press("z");
    assert!(!driver.app.panes.zoomed && !driver.app.arrangement().list.is_empty());
    driver.press("z gl");
    assert!(!driver.app.panes.zoomed, "another pane cannot have the focus unseen");
}

#[test]
fn panes_are_folded_and_unfolded() {
    let mut driver = two(120, 30);
    driver.press("(");
    assert!(driver.app.arrangement().list.is_empty());
    assert_eq!(focus(&driver), Focus::Text, "the focus does not stay in a pane that is gone");
    driver.press("( gv )");
    assert!(!driver.app.arrangement().list.is_empty());
    assert_eq!((driver.app.arrangement().sidebar.width, focus(&driver)), (0, Focus::Text));
    driver.press("z )");
    assert!(!driver.app.arrangement().sidebar.is_empty(), "unfolding ends zooming");
    assert!(two(50, 20).press("gt (").notice().starts_with("the screen is too narrow"));
}

#[test]
fn panes_are_made_wider_and_narrower() {
    let mut driver = two(160, 40);
    let width = |driver: &Driver, pane| driver.app.arrangement().of(pane).width;
    for (keys, pane) in [("gl", Focus::List), ("gv", Focus::Sidebar)] {
        driver.press(keys);
        let before = width(&driver, pane);
        assert_eq!(width(driver.press(">"), pane), before + 2);
        assert_eq!(width(driver.press("3<"), pane), before - 4);
        driver.press("99<");
        assert_eq!(driver.press("<").notice(), "this pane cannot be narrower");
        driver.press("99>");
        assert_eq!(driver.press(">").notice(), "this pane cannot be wider");
        assert!(width(&driver, Focus::Text) > 0);
    }
}

#[test]
fn the_text_is_made_wider_narrower_and_justified() {
    let mut driver = two(200, 40);
    let width = |driver: &Driver| driver.reader().layout.options.width;
    assert_eq!(driver.press("-").notice(), "text width 68");
    assert_eq!(width(&driver), 68);
    assert_eq!(driver.press("4+").notice(), "text width 76");
    driver.press("gt 99+");
    assert_eq!(driver.press("+").notice(), "the text is as wide as there is room");
    assert_eq!(driver.press("99-").notice(), "text width 20");
    driver.press("w");
    assert!(driver.reader().layout.options.justify);
    assert_eq!(driver.notice(), "lines to the full width");
    assert_eq!(driver.press("w").notice(), "ragged lines");
}

#[test]
fn one_pane_at_a_time_keeps_the_lines_of_the_text() {
    let mut driver = two(50, 20);
    driver.press("gt 5j");
    let (lines, top) = (driver.reader().layout.lines.len(), driver.reader().top);
    driver.press("gl gv gl");
    assert_eq!((driver.reader().layout.lines.len(), driver.reader().top), (lines, top));
    assert!(driver.app.arrangement().text.is_empty());
    driver.press("]q");
    assert_eq!(focus(&driver), Focus::Text, "what happens in the text is shown");
}

#[test]
fn the_focused_pane_is_on_the_screen_at_any_size() {
    let mut driver = two(0, 0);
    for columns in 0..130 {
        for rows in [0, 1, 2, 5, 30] {
            driver.resize(columns, rows);
            for keys in ["gl", "gt", "gv"] {
                driver.press(keys);
                let Panes { focus, .. } = driver.app.panes;
                let area = driver.app.arrangement().of(focus);
                assert!(columns == 0 || rows == 0 || !area.is_empty(), "{focus:?} at {columns}x{rows}");
            }
        }
    }
}
