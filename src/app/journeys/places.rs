//! Marks, and there and back again.

use super::super::driver::Driver;
use super::{short, visit};

#[test]
fn marks_lead_back_to_their_place() {
    let mut driver = Driver::open(&visit());
    driver.press("3]q m x");
    assert_eq!(driver.notice(), "mark x");
    let cursor = driver.reader().cursor;
    driver.press("gg ' x");
    assert_eq!(driver.reader().cursor, cursor);
    assert_eq!(driver.quote(), "“I will work with anyone,”", "the quote there is the current one again");
    assert_eq!(driver.press("' y").notice(), "no mark y in this story: there are x");
}

#[test]
fn the_last_place_is_there_and_back_again() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("''").notice(), "no jump to go back from");
    driver.press("10j G");
    let there = driver.reader().cursor;
    let here = driver.press("''").reader().cursor;
    assert!(here < there && driver.shows(here));
    assert_eq!(driver.press("''").reader().cursor, there);
    assert_eq!(driver.press("''").reader().cursor, here);
}

#[test]
fn jumps_are_gone_back_and_forward_through() {
    let mut driver = Driver::open(&visit());
    let cursors: Vec<usize> = ["]q", "]q", "50%", "G"].iter().map(|keys| driver.press(keys).reader().cursor).collect();
    assert_eq!(driver.press("H").reader().cursor, cursors[2]);
    assert_eq!(driver.press("2H").reader().cursor, cursors[0]);
    assert_eq!(driver.press("L").reader().cursor, cursors[1]);
    assert_eq!(driver.press("9L").reader().cursor, cursors[3]);
    assert_eq!(driver.press("L").notice(), "no place to go forward to");
    driver.press("2H gg");
    assert_eq!(driver.press("L").notice(), "no place to go forward to", "a new jump forgets what lay ahead");
    assert_eq!(driver.press("99H H").notice(), "no place to go back to");
}

#[test]
fn marks_and_jumps_stay_with_their_story() {
    let mut driver = Driver::list(&[&visit(), &short("Ana")]);
    driver.press("gt G m x");
    let cursor = driver.reader().cursor;
    driver.press("J");
    assert_eq!(driver.press("' x").notice(), "no mark x in this story");
    driver.press("K ' x");
    assert_eq!(driver.reader().cursor, cursor);
}
