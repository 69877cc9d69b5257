//! The search prompt and the hits.

use super::super::driver::Driver;
use super::super::{Focus, Overlay};
use super::{short, visit};

fn typed(driver: &Driver) -> &str {
    match &driver.app.overlay {
        Some(Overlay::Search(prompt)) => &prompt.input.lines()[0],
        _ => "no prompt",
    }
}

fn hit(driver: &Driver) -> Option<(usize, usize)> {
    driver.reader().hit_place()
}

#[test]
fn hits_are_shown_as_one_types_and_enter_keeps_them() {
    let mut driver = Driver::open(&visit());
    driver.press("/").type_in("leavi");
    assert_eq!(hit(&driver), Some((1, 3)));
    driver.type_in("tt said");
    assert_eq!(hit(&driver), Some((1, 2)));
    assert!(driver.at_cursor().starts_with("Leavitt said"));
    driver.press("Enter n");
    assert_eq!(hit(&driver), Some((2, 2)));
    assert!(driver.shows(driver.reader().cursor));
    assert_eq!(driver.press("n").notice(), "round the end: on from the beginning");
    assert_eq!(driver.press("N").notice(), "round the beginning: on from the end");
    assert!(driver.press("Esc").reader().search.is_none());
    driver.press("gg").press("/").type_in("quiet").press("Enter H");
    assert_eq!(driver.reader().cursor, 0, "and there is a way back to where it began");
}

#[test]
fn escape_puts_everything_back() {
    let mut driver = Driver::list(&[&visit(), &short("Ana")]);
    driver.press("gt 20j ]q s b ]q").press("/").type_in("anyone").press("Enter").press("gl");
    let before = driver.fingerprint();
    driver.press("/").type_in("work");
    assert!(driver.at_cursor().starts_with("work with"));
    assert_eq!(driver.app.panes.focus, Focus::Text);
    driver.press("Esc");
    assert_eq!(driver.fingerprint(), before);
    driver.press("/ x Backspace Backspace");
    assert_eq!(driver.fingerprint(), before, "rubbing out more than there is closes the prompt");
    driver.press("/ x ctrl-c");
    assert_eq!(driver.fingerprint(), before);
}

#[test]
fn case_counts_only_where_a_capital_is_typed() {
    let mut driver = Driver::open("Ford drove a ford. FORD!");
    driver.press("/").type_in("ford");
    assert_eq!(hit(&driver), Some((1, 3)));
    driver.press("ctrl-u").type_in("Ford");
    assert_eq!(hit(&driver), Some((1, 1)));
}

#[test]
fn a_search_crosses_the_ends_of_lines() {
    let mut driver = Driver::open(&visit());
    driver.resize(40, 20).press("/").type_in("came to washington");
    assert_eq!(hit(&driver), Some((1, 1)));
}

#[test]
fn what_is_not_found_is_said_and_the_place_stays() {
    let mut driver = Driver::open(&visit());
    driver.press("7j").press("/").type_in("zebra");
    assert_eq!((hit(&driver), driver.reader().top), (Some((0, 0)), 7));
    driver.press("Enter");
    assert_eq!(driver.notice(), "“zebra” is not found");
    assert_eq!(driver.reader().top, 7);
    assert!(driver.app.overlay.is_none() && driver.reader().search.is_none());
    assert_eq!(driver.press("n").notice(), "“zebra” is not found");
}

#[test]
fn backward_goes_up_and_n_goes_on_in_that_direction() {
    let mut driver = Driver::open(&visit());
    driver.press("G").press("?").type_in("leavitt").press("Enter");
    assert_eq!(hit(&driver), Some((3, 3)));
    assert_eq!(hit(driver.press("n")), Some((2, 3)));
    assert_eq!(hit(driver.press("N")), Some((3, 3)));
}

#[test]
fn regular_expressions_are_switched_on_and_say_what_is_wrong_with_them() {
    let mut driver = Driver::open(&visit());
    driver.press("/").type_in("paragraph 1[0-2]");
    assert_eq!(hit(&driver), Some((0, 0)));
    driver.press("ctrl-r");
    assert_eq!(hit(&driver), Some((1, 3)));
    driver.type_in("(");
    let problem = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Search(prompt)) => prompt.problem.clone(),
        _ => None,
    };
    assert!(problem(&driver).is_some_and(|problem| problem.contains("unclosed group")), "{:?}", problem(&driver));
    driver.press("Enter");
    assert!(driver.app.overlay.is_some(), "a wrong expression can be mended");
    driver.press("Backspace");
    assert_eq!((problem(&driver), hit(&driver)), (None, Some((1, 3))));
}

#[test]
fn earlier_searches_come_back_with_the_arrows() {
    let mut driver = Driver::open(&visit());
    driver.press("/").type_in("leavitt").press("Enter").press("/").type_in("quiet").press("Enter");
    driver.press("/").type_in("was").press("Up");
    assert_eq!(typed(&driver), "quiet");
    driver.press("Up Up");
    assert_eq!(typed(&driver), "leavitt");
    assert_eq!(hit(&driver).map(|hit| hit.1), Some(3));
    driver.press("Down Down");
    assert_eq!(typed(&driver), "was", "what was being typed comes back last");
    assert_eq!(typed(driver.press("Down")), "was");
}

#[test]
fn an_empty_search_repeats_the_last_one() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("/ Enter").notice(), "nothing was sought before");
    driver.press("/").type_in("leavitt").press("Enter Esc");
    assert!(driver.reader().search.is_none());
    assert_eq!(hit(driver.press("/ Enter")), Some((2, 3)));
    assert_eq!(hit(driver.press("Esc n")), Some((3, 3)), "n repeats it too");
}

#[test]
fn a_search_outlives_its_story() {
    let mut driver = Driver::list(&[&visit(), "Once {a Leavitt} spoke to {a Leavitt}."]);
    driver.press("/").type_in("leavitt").press("Enter J n");
    assert_eq!(hit(&driver), Some((1, 2)));
}

#[test]
fn kept_to_one_voice_only_hits_in_its_words_count() {
    let mut driver = Driver::open("[a: “No tax,”] said A. Tax.\n\n[b: “Some tax,”] said B.");
    driver.press("s b").press("/").type_in("tax").press("Enter");
    assert_eq!(hit(&driver), Some((1, 1)));
    assert_eq!(driver.reader().search.as_ref().unwrap().hits.len(), 3, "all are marked");
    assert!(driver.at_cursor().starts_with("tax,”] said B.".trim_matches(']').get(..4).unwrap()));
    assert_eq!(hit(driver.press("S n")), Some((1, 3)));
    assert_eq!(driver.press("s a").press("/").type_in("some").press("Enter").notice(), "“some” is not found");
}

#[test]
fn the_scrollbar_shows_only_hits_that_the_scope_leaves() {
    let mut driver = Driver::open(&visit());
    driver.press("/").type_in("e").press("Enter");
    let all = driver.reader().hits_heard().len();
    driver.press("s b");
    let heard = driver.reader().hits_heard().into_owned();
    assert!(!heard.is_empty() && heard.len() < all);
    assert_eq!(driver.reader().hit_place().unwrap().1, heard.len());
}

#[test]
fn pasted_text_is_sought_as_one_safe_line() {
    let mut driver = Driver::open(&visit());
    driver.press("/").send(super::super::Message::Pasted("came\r\nto\x1b[31m Washington\n".into()));
    assert_eq!((typed(&driver), hit(&driver)), ("came to Washington", Some((1, 1))));
    driver.press("Esc").send(super::super::Message::Pasted("qqq".into()));
    assert!(driver.app.overlay.is_none(), "a paste is never commands");
}

#[test]
fn a_resize_while_typing_keeps_the_way_back() {
    let mut driver = Driver::open(&visit());
    driver.press("9j");
    let (top, cursor) = (driver.reader().top, driver.reader().cursor);
    driver.press("/").type_in("quiet").resize(50, 15).resize(100, 30).press("Esc");
    assert_eq!((driver.reader().top, driver.reader().cursor), (top, cursor));
}
