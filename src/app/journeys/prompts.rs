//! Help and the command palette.

use super::super::driver::Driver;
use super::super::overlay::HelpRow;
use super::super::{Focus, Overlay};
use super::{short, visit};
use crate::config::{Binding, Settings};

fn help(driver: &Driver) -> Vec<HelpRow> {
    match &driver.app.overlay {
        Some(Overlay::Help(help)) => help.rows(&driver.app.keymap, driver.app.panes.focus),
        _ => Vec::new(),
    }
}

fn found(driver: &Driver) -> Vec<&'static str> {
    match &driver.app.overlay {
        Some(Overlay::Palette(palette)) => palette.matches().iter().map(|row| row.name).collect(),
        _ => Vec::new(),
    }
}

fn selected(driver: &Driver) -> Option<&'static str> {
    match &driver.app.overlay {
        Some(Overlay::Palette(palette)) => found(driver).get(palette.selected).copied(),
        _ => None,
    }
}

#[test]
fn help_lists_every_action_with_the_keys_in_force_and_is_filtered_as_one_types() {
    let binding = |keys: &str, action: &str| Binding { keys: keys.into(), action: action.into(), line: 1 };
    let keys = vec![binding("ctrl-n", "next-quote"), binding("Q", "quit"), binding("q", "")];
    let mut driver = Driver::with(&[&visit()], Settings { keys, ..Settings::default() }, 120, 30);
    driver.press("F1");
    let names: Vec<_> = help(&driver)
        .into_iter()
        .filter_map(|row| match row {
            HelpRow::Keys { name, .. } if !name.is_empty() => Some(name),
            _ => None,
        })
        .collect();
    assert_eq!(names.len(), super::super::action::TABLE.len());
    driver.type_in("next quote");
    let quote = HelpRow::Keys { keys: "]q  ctrl-n".into(), help: "Go to the next quote", name: "next-quote" };
    assert_eq!(help(&driver)[..2], [HelpRow::Group("Quotes and names"), quote]);
    driver.press("ctrl-u").type_in("ctrl-c");
    assert!(help(&driver).iter().any(|row| matches!(row, HelpRow::Keys { keys, .. } if keys == "ctrl-c  Q")));
    driver.press("ctrl-u").type_in("zebra");
    assert_eq!(help(&driver), []);
    driver.press("ctrl-u").type_in("/scrollbar");
    assert!(matches!(help(&driver)[..], [HelpRow::Group("Signs"), HelpRow::Sign(..), ..]), "without the `/`");
    driver.press("ctrl-u").type_in("signs");
    assert_eq!(help(&driver).len(), 1 + super::super::overlay::Sign::ALL.len());
    assert!(driver.press("Esc").app.overlay.is_none());
}

#[test]
fn help_scrolls_and_begins_with_what_the_focused_pane_does() {
    let mut driver = Driver::list(&[&visit(), &short("Ana")]);
    driver.press("?");
    assert_eq!(help(&driver)[0], HelpRow::Group("Stories"));
    let top = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Help(help)) => help.top,
        _ => 0,
    };
    driver.press("Down PgDn");
    assert!(top(&driver) > 5);
    driver.press("PgDn PgDn PgDn PgDn PgDn");
    let last = top(&driver);
    assert!(last < help(&driver).len());
    driver.press("PgDn");
    assert_eq!(top(&driver), last, "it ends where the last row is");
    driver.type_in("x");
    assert_eq!(top(&driver), 0);
    driver.press("ctrl-c gt F1");
    assert_eq!(help(&driver)[0], HelpRow::Group("Move"));
}

#[test]
fn the_palette_finds_commands_by_name_words_and_letters() {
    let mut driver = Driver::open(&visit());
    driver.press(":");
    assert_eq!(found(&driver).len(), super::super::action::TABLE.len());
    driver.type_in("next");
    assert!(found(&driver).starts_with(&["next-paragraph", "next-quote", "next-by-speaker"]), "{:?}", found(&driver));
    driver.press("ctrl-u").type_in("quote next");
    assert_eq!(found(&driver)[0], "next-quote");
    driver.press("ctrl-u").type_in("clipboard");
    assert_eq!(found(&driver), [""; 0]);
    assert_eq!(driver.press("Enter").notice(), "no command matches “clipboard”");
    driver.press("ctrl-u").type_in("nxq");
    assert_eq!(found(&driver), ["next-quote"]);
    driver.press("Enter");
    assert_eq!(driver.quote(), "“It speaks volumes,”");
}

#[test]
fn the_palette_takes_counts_and_letters() {
    let mut driver = Driver::open(&visit());
    driver.press(":").type_in("2 next quote").press("Enter");
    assert_eq!(driver.reader().quote_place(), Some((2, 5)));
    driver.press(":").type_in("keep").press("Enter");
    assert_eq!(driver.app.pending.keys, "keep-to-voice ");
    driver.press("b");
    assert_eq!(driver.notice(), "only Zohran Mamdani: 1 quote");
}

#[test]
fn the_selection_moves_in_the_palette_and_starts_again_when_one_types() {
    let mut driver = Driver::open(&visit());
    driver.press(":").type_in("quote").press("Down ctrl-n Up");
    assert_eq!(selected(&driver), found(&driver).get(1).copied());
    driver.type_in(" p");
    assert_eq!(selected(&driver), found(&driver).first().copied());
    driver.press("PgDn PgDn PgDn");
    assert_eq!(selected(&driver), found(&driver).last().copied());
    driver.press("Esc");
    assert!(driver.app.overlay.is_none());
}

#[test]
fn a_question_mark_searches_backward_only_where_there_is_text_to_search() {
    let mut driver = Driver::list(&[&visit(), &short("Ana")]);
    driver.press("?");
    assert!(matches!(driver.app.overlay, Some(Overlay::Help(_))));
    driver.press("Esc gt ?");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Search(prompt)) if prompt.backward));
}

#[test]
fn keys_that_concern_the_terminal_work_under_a_popup() {
    let mut driver = Driver::open(&visit());
    driver.press("/ a ctrl-l ctrl-z");
    assert!(driver.effects.contains(&super::super::Effect::Redraw));
    assert!(driver.effects.contains(&super::super::Effect::Suspend));
    assert!(driver.app.overlay.is_some());
    driver.press("Esc F1 F1");
    assert_eq!((driver.app.overlay.is_some(), driver.app.panes.focus), (false, Focus::Text));
}

#[test]
fn a_misspelt_command_finds_the_one_that_was_meant() {
    let mut driver = Driver::library(&[&visit()]);
    let names = |driver: &Driver| match &driver.app.overlay {
        Some(Overlay::Palette(palette)) => palette.matches().iter().map(|row| row.name).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    driver.press(":").type_in("sadi");
    assert_eq!(names(&driver), ["said"]);
    driver.type_in(" mamdani").press("Enter");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Who(prompt)) if prompt.name_and_topic() == ("mamdani", "")));
    driver.press("Enter");
    assert!(driver.app.shown_people().is_some());
    driver.press("Esc :").type_in("fliter");
    assert_eq!(names(&driver)[0], "filter");
    driver.press("ctrl-u").type_in("xyzzy");
    assert_eq!(names(&driver), Vec::<&str>::new(), "what is like nothing is like nothing");
}
