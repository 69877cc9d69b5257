//! What happens when a person presses keys: journeys through the reader, each a sentence.

use super::driver::Driver;

/// Two voices, a quote within reported speech, names, and paragraphs enough to scroll.
fn visit() -> String {
    let filler =
        (1..=30).map(|n| format!("Paragraph {n} says nothing of note, at some length, so that there is a page.\n\n"));
    format!(
        "{{a Karoline Leavitt}} spoke before {{b Zohran Mamdani}} came to {{c=place Washington}}.\n\n\
         [a: “It speaks volumes,”] {{a Leavitt}} said.\n\n\
         She said [a~ it is telling and [a: “speaks to the fact”] that they meet].\n\n\
         {}[b: “I will work with anyone,”] {{b Mamdani}} said.\n\n\
         [a: “You will hear from him,”] {{a Leavitt}} said.\n\n\
         [?: “Welcome,”] said somebody.\n\n{{c=place Washington}} was quiet.",
        filler.collect::<String>()
    )
}

#[test]
fn from_quote_to_quote_and_back() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("]q").quote(), "“It speaks volumes,”");
    assert_eq!(driver.press("]q").quote(), "it is telling and “speaks to the fact” that they meet");
    assert_eq!(driver.press("]q").quote(), "“I will work with anyone,”");
    assert!(driver.shows(driver.reader().cursor));
    assert_eq!(driver.press("]q ]q").quote(), "“Welcome,”");
    assert_eq!(driver.press("]q").notice(), "last quote");
    assert_eq!(driver.press("3[q").quote(), "it is telling and “speaks to the fact” that they meet");
}

#[test]
fn from_quote_to_quote_of_one_speaker() {
    let mut driver = Driver::open(&visit());
    assert_eq!(driver.press("]s").quote(), "“It speaks volumes,”");
    assert_eq!(driver.press("2]s").quote(), "“You will hear from him,”");
    assert_eq!(driver.press("]s").notice(), "last quote of this speaker");
}

#[test]
fn a_search_is_shown_as_it_is_typed_and_escape_goes_back() {
    let mut driver = Driver::open(&visit());
    driver.press("3j").press("/").type_in("quiet");
    assert!(driver.at_cursor().starts_with("quiet"));
    driver.press("Esc");
    assert_eq!((driver.reader().top, driver.reader().search.is_some()), (3, false));
    driver.press("/").type_in("leavitt").press("Enter n");
    assert_eq!(driver.reader().hit_place(), Some((1, 3)));
    assert_eq!(driver.notice(), "round the end: on from the beginning");
}
