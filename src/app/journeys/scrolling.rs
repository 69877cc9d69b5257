//! Through the lines, pages and paragraphs, and through a change of the screen.

use proptest::prelude::*;

use super::super::driver::Driver;
use super::{short, visit};

#[test]
fn lines_pages_and_ends() {
    let mut driver = Driver::open(&visit());
    let rows = driver.reader().rows();
    let last = driver.reader().last_top();
    assert_eq!(driver.press("5j").reader().top, 5);
    assert_eq!(driver.press("2k Up").reader().top, 2);
    assert_eq!(driver.press("gg space").reader().top, rows - 1, "a line stays in sight");
    assert_eq!(driver.press("d").reader().top, rows - 1 + rows / 2);
    assert_eq!(driver.press("u PgUp").reader().top, 0);
    assert_eq!(driver.press("G").reader().top, last);
    assert_eq!(driver.press("j").reader().top, last);
    assert_eq!(driver.press("space").notice(), "the story ends here");
    assert_eq!(driver.press("4gg").reader().top, 3);
    assert_eq!(driver.press("7G").reader().top, 6);
    assert_eq!(driver.press("Home End").reader().top, last);
}

#[test]
fn percent_goes_to_where_the_count_says() {
    let mut driver = Driver::open(&visit());
    let last = driver.reader().last_top();
    assert!(driver.press("50%").reader().percent().unwrap().abs_diff(50) <= 1);
    assert_eq!(driver.press("100%").reader().top, last);
    assert_eq!(driver.press("0%").reader().top, 0);
    assert_eq!(driver.press("%").notice(), "a number before it says how far");
}

#[test]
fn paragraphs_come_to_the_top_one_by_one() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("}").first_line(), "“It speaks volumes,” Leavitt said.");
    assert_eq!(driver.quote(), "“It speaks volumes,”", "a quote that a paragraph opens with is the current one");
    assert!(driver.press("2]p").first_line().starts_with("Paragraph 1 "));
    assert!(driver.press("{").first_line().starts_with("She said"));
    assert!(driver.press("9[p").first_line().starts_with("Karoline"));
    assert_eq!(driver.press("{").notice(), "first paragraph");
    assert!(driver.press("99}").at_cursor().starts_with("Washington was quiet."));
    assert!(driver.shows(driver.reader().cursor));
    assert_eq!(driver.press("}").notice(), "last paragraph");
}

#[test]
fn the_same_keys_move_in_list_and_sidebar() {
    let stories: Vec<String> = (0..50).map(|n| short(&format!("Person {n}"))).collect();
    let mut driver = Driver::list(&stories.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(driver.press("3j").app.list.selected, 3);
    assert_eq!(driver.press("G").app.list.selected, 49);
    assert_eq!(driver.press("50%").app.list.selected, 25);
    assert_eq!(driver.press("10gg").app.list.selected, 9);
    driver.press("Enter").resize(100, 12).press("gv G");
    assert!(driver.app.sidebar.row().is_some_and(super::super::sidebar::Row::is_choice));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn resizing_keeps_what_stands_at_the_top(
        top in 0usize..80,
        sizes in prop::collection::vec((0u16..130, 0u16..50), 1..8),
    ) {
        let mut driver = Driver::open(&visit());
        driver.app.reader.as_mut().unwrap().scroll_to(top);
        driver.resize(100, 30).effects.clear();
        let (top, position) = (driver.reader().top, driver.reader().position());
        for (columns, rows) in sizes {
            driver.resize(columns, rows);
            let reader = driver.reader();
            prop_assert_eq!(reader.position(), position);
            prop_assert!(reader.top <= reader.last_top());
            let start = |line: usize| reader.layout.lines.get(line).map_or(usize::MAX, |line| line.span.start);
            prop_assert!(start(reader.top) <= position);
            prop_assert!(position <= start(reader.top + 1) || reader.top == reader.last_top());
        }
        driver.resize(100, 30);
        prop_assert_eq!(driver.reader().top, top);
        prop_assert_eq!(&driver.effects, &[]);
    }
}
