//! Whatever comes, in whatever order: the reader never panics, and its state stays in bounds.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::super::action::TABLE;
use super::super::driver::Driver;
use super::super::keymap::Key;
use super::super::{EntryId, Message, Overlay};
use super::{short, visit};
use crate::analysis::{Analysis, Voices};

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Happening {
    Keys(String),
    Press(KeyEvent),
    Mouse(MouseEventKind, u16, u16),
    Resize(u16, u16),
    Paste(String),
    Imported(usize, bool),
    Analyzed(usize),
    Failed,
    Continued,
}

fn happening() -> impl Strategy<Value = Happening> {
    let row =
        (0..TABLE.len(), 0usize..4, prop::option::of(0u32..2_000), prop::sample::select(vec!['a', 'b', 'x', 'é']));
    let keys = row.prop_map(|(row, key, count, letter)| {
        let row = TABLE[row];
        let digits: String =
            count.map(|count| count.to_string()).unwrap_or_default().chars().flat_map(|c| [c, ' ']).collect();
        let letter = if row.letter { format!(" {letter}") } else { String::new() };
        Happening::Keys(format!("{digits}{}{letter}", row.keys[key % row.keys.len()]))
    });
    let code = prop_oneof![
        any::<char>().prop_map(KeyCode::Char),
        "[a-z /?:0-9]".prop_map(|text| KeyCode::Char(text.chars().next().unwrap_or(' '))),
        prop::sample::select(vec![
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Home,
            KeyCode::PageDown,
            KeyCode::Tab,
            KeyCode::Null,
        ]),
    ];
    let press = (code, 0u8..8).prop_map(|(code, modifiers)| {
        Happening::Press(KeyEvent::new(code, KeyModifiers::from_bits_truncate(modifiers)))
    });
    let kind = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
        MouseEventKind::Moved,
    ]);
    prop_oneof![
        6 => keys,
        4 => press,
        3 => (kind, 0u16..130, 0u16..50).prop_map(|(kind, column, row)| Happening::Mouse(kind, column, row)),
        1 => (0u16..130, 0u16..50).prop_map(|(columns, rows)| Happening::Resize(columns, rows)),
        1 => "\\PC{0,20}".prop_map(Happening::Paste),
        1 => (0usize..6, any::<bool>()).prop_map(|(id, read)| Happening::Imported(id, read)),
        1 => (0usize..6).prop_map(Happening::Analyzed),
        1 => prop::sample::select(vec![Happening::Failed, Happening::Continued]),
    ]
}

fn happen(driver: &mut Driver, happening: Happening) {
    let entry =
        |driver: &Driver, id: usize| driver.app.list.entry(EntryId(id)).and_then(|entry| entry.article().cloned());
    match happening {
        Happening::Keys(keys) => {
            for key in Key::sequence(&keys).unwrap() {
                driver.send(Message::Key(key.event()));
            }
        }
        Happening::Press(event) => drop(driver.send(Message::Key(event))),
        Happening::Mouse(kind, column, row) => drop(driver.mouse(kind, column, row)),
        Happening::Resize(columns, rows) => drop(driver.resize(columns, rows)),
        Happening::Paste(text) => drop(driver.send(Message::Pasted(text))),
        Happening::Imported(id, read) => {
            let article = entry(driver, id).unwrap_or_default();
            let result = if read { Ok(article) } else { Err("no such file".to_owned()) };
            driver.send(Message::Imported(EntryId(id), result));
        }
        Happening::Analyzed(id) => {
            // What was found in another text: its places need not exist in this one.
            let (analysis, voices) =
                driver.found_in(0).unwrap_or_else(|| (Arc::new(Analysis::default()), Arc::new(Voices::default())));
            driver.send(Message::Analyzed(EntryId(id), analysis, voices));
        }
        Happening::Failed => drop(driver.send(Message::Failed("disk full".into()))),
        Happening::Continued => drop(driver.send(Message::Continued)),
    }
}

fn check(driver: &Driver) -> Result<(), TestCaseError> {
    let app = &driver.app;
    prop_assert!(app.list.selected < app.list.len().max(1));
    prop_assert!(app.list.top <= app.list.selected);
    let unread = app.list.window(0, 99).filter(|(_, _, entry)| entry.is_unread()).count();
    prop_assert_eq!(app.list.unread(), unread, "counted as things change");
    prop_assert!(app.sidebar.selected < app.sidebar.rows.len().max(1));
    prop_assert!(app.sidebar.rows.is_empty() || app.sidebar.row().is_some_and(super::super::sidebar::Row::is_choice));
    prop_assert!(app.overlay.is_none() || app.pending.is_empty());
    check_overlay(driver)?;
    if let Some(people) = app.shown_people() {
        prop_assert!(people.selected < people.lines.choices.len().max(1));
        prop_assert!(people.top < people.lines.lines.len().max(1));
    }
    if let Some(tree) = &app.tree {
        prop_assert!(tree.rows.is_empty() || (tree.branch().is_some() && tree.top <= tree.selected));
    }
    prop_assert!(app.list.picked_count() <= app.list.len());
    let Some(reader) = &app.reader else {
        prop_assert!(app.list.is_empty(), "something is shown where there is anything");
        return Ok(());
    };
    prop_assert!(reader.top <= reader.last_top());
    prop_assert!(reader.article.text.is_char_boundary(reader.position().min(reader.article.text.len())));
    prop_assert_eq!(reader.quote.is_some(), reader.current_quote().is_some());
    for (span, _) in reader.highlights() {
        prop_assert!(!span.of(&reader.article.text).is_empty());
    }
    if let Some(span) = reader.selection_span() {
        prop_assert!(reader.article.text.get(span.range()).is_some(), "{span:?}");
        prop_assert_eq!(app.panes.focus, super::super::Focus::Text);
    }
    if let Some(search) = &reader.search {
        prop_assert!(search.current.is_none_or(|current| current < search.hits.len()));
    }
    Ok(())
}

fn check_overlay(driver: &Driver) -> Result<(), TestCaseError> {
    let app = &driver.app;
    match &app.overlay {
        Some(Overlay::Palette(palette)) => prop_assert!(palette.selected < palette.matches().len().max(1)),
        Some(Overlay::Help(help)) => {
            prop_assert!(help.top < help.rows(&app.keymap, app.panes.focus).len().max(1));
        }
        Some(Overlay::Search(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Filter(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Tags(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Add(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Highlights(overview)) => prop_assert!(overview.selected < overview.count().max(1)),
        Some(Overlay::Correct(correct)) => {
            prop_assert!(correct.selected < correct.choices.len());
            let pick = correct.pick.as_ref();
            prop_assert!(pick.is_none_or(|pick| pick.selected < pick.rows().len().max(1)));
        }
        Some(Overlay::Note(_)) => {}
        Some(Overlay::Feed(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Find(find)) => prop_assert!(find.selected < find.hits.len().max(1)),
        Some(Overlay::About(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Name(prompt)) => prop_assert_eq!(prompt.input.lines().len(), 1),
        Some(Overlay::Who(prompt)) => prop_assert!(prompt.selected < prompt.people.len().max(1)),
        Some(Overlay::Parts(menu)) => prop_assert!(menu.selected < menu.rows().count().max(1)),
        None => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn the_state_stays_in_bounds(happenings in prop::collection::vec(happening(), 1..60)) {
        let mut driver = Driver::list(&[&visit(), &short("Ana"), &short("Ben"), "", &short("Cid")]);
        for happening in happenings {
            happen(&mut driver, happening);
            check(&driver)?;
        }
    }

    #[test]
    fn the_state_stays_in_bounds_over_a_library(happenings in prop::collection::vec(happening(), 1..60)) {
        let mut driver = Driver::library(&[&visit(), &short("Ana"), &short("Ben"), &short("Dov"), &short("Cid")]);
        for happening in happenings {
            happen(&mut driver, happening);
            check(&driver)?;
            let again = driver.shelf.list_again();
            driver.send(Message::Library(again.expect("a list was asked for")));
            check(&driver)?;
        }
    }
}
