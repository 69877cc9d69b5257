//! Every key of every action does something: no dead entries in the table.

use std::sync::Arc;

use super::super::Action as A;
use super::super::action::{Row, TABLE};
use super::super::driver::{Driver, annotated};
use super::{short, visit};
use crate::config::Settings;

/// The keys that lead to where the action has something to do, from the middle one of three stories, which has the
/// focus in its text.
fn approach(action: A) -> &'static str {
    match action {
        A::Up | A::HalfPageUp | A::PageUp | A::Top | A::PreviousParagraph => "G",
        A::Percent => "50",
        A::Open | A::FocusText | A::WiderPane | A::NarrowerPane => "gl",
        A::PreviousQuote | A::PreviousBySpeaker | A::LastPlace | A::JumpBack => "4]q",
        A::JumpForward => "3]q H",
        A::AllVoices => "s a",
        A::Evidence => "]q",
        A::NextMention | A::PreviousMention => "*",
        A::NextHit | A::PreviousHit => "/ w a s Enter",
        A::GoToMark => "m a G",
        A::WiderText => "-",
        A::NextHighlight | A::PreviousHighlight => "]q a",
        A::Undo => "x",
        A::Said => "]q",
        A::SamePerson | A::AnotherPerson => "]q gs",
        A::SaveFilter => "& w a s Enter",
        A::Pick | A::Select | A::PickAll => "gl",
        _ => "",
    }
}

#[test]
fn every_key_of_every_action_has_an_effect() {
    let (visit, ana, ben) = (visit(), short("Ana"), short("Ben"));
    for Row { action, name, keys, letter, .. } in TABLE {
        for key in *keys {
            let mut stories: Vec<_> = [&ana, &visit, &ben].map(|story| annotated(story)).into();
            let meta = &mut Arc::make_mut(&mut stories[1].0).meta;
            (meta.title, meta.url) = ("Visit".into(), Some("https://example.org/".into()));
            // What the library has cannot be added to it.
            let start = if *action == A::Add { Driver::of } else { Driver::library_of };
            let mut driver = start(stories, Settings::default(), 160, 30);
            driver.press("j Enter").press(approach(*action));
            let before = (driver.fingerprint(), driver.effects.len());
            driver.press(&if *letter { format!("{key} a") } else { (*key).to_owned() });
            assert_ne!(before, (driver.fingerprint(), driver.effects.len()), "{name} ({key}) does nothing");
        }
    }
}
