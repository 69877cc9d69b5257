//! Every size of screen in every state of the reader: something is drawn, nothing panics.

use super::*;

/// Keys that lead to the states of a screen over a library.
const LIBRARY: [&str; 8] =
    ["gf", "v j", "ctrl-a t", "& a ctrl-s", "Enter ]q gs", "Enter ]q gs &", "Enter ]q gs gs", "Enter ]q gs X"];

/// Keys that lead to the states of the screen.
const STATES: [&str; 17] = [
    "gl",
    "gt ]q",
    "gv",
    "gt /",
    "gt F1",
    "gt :",
    "gt z ]e",
    "gt )",
    "gt 2 ]",
    "gt 3]q e",
    "gt e gg",
    "gt ]q v 3w j",
    "gt ]q a A x ctrl-s gh",
    "gt ]q A x Enter y Esc",
    "gt ]q c",
    "gt ]q c s e",
    "gt ]q c n e",
];

#[test]
fn small_screens_in_every_state() {
    for keys in STATES {
        let mut driver = reader(80, 24, keys);
        for columns in 0..26 {
            for rows in 0..14 {
                frame(driver.resize(columns, rows));
            }
        }
    }
}

#[test]
fn small_screens_in_every_state_of_a_library() {
    for keys in LIBRARY {
        let mut driver = library(80, 24, keys);
        for columns in 0..26 {
            for rows in 0..14 {
                frame(driver.resize(columns, rows));
            }
        }
    }
}

#[test]
fn every_size_of_screen() {
    let mut drivers = STATES.map(|keys| reader(80, 24, keys));
    for columns in 0..=120u16 {
        for rows in 0..=50u16 {
            let state = usize::from(columns * 7 + rows) % STATES.len();
            frame(drivers[state].resize(columns, rows));
        }
    }
}

#[test]
fn a_frame_of_another_size_than_the_reader_was_told() {
    let driver = reader(120, 40, "gt ]q");
    for (columns, rows) in [(0, 0), (1, 1), (40, 12), (119, 41), (200, 60)] {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| crate::view::draw(frame, &driver.app)).unwrap();
    }
}
