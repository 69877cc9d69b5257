//! Every key of every action does something: no dead entries in the table.

use super::super::Action as A;
use super::super::action::{Row, TABLE};
use super::super::driver::Driver;
use super::{short, visit};

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
        _ => "",
    }
}

#[test]
fn every_key_of_every_action_has_an_effect() {
    let (visit, ana, ben) = (visit(), short("Ana"), short("Ben"));
    for Row { action, name, keys, letter, .. } in TABLE {
        for key in *keys {
            let mut driver = Driver::list(&[&ana, &visit, &ben]);
            driver.resize(160, 30);
            let meta = &mut std::sync::Arc::make_mut(match &mut driver.app.list.entries[1].content {
                super::super::list::Content::Ready { article, .. } => article,
                _ => unreachable!("the driver reads at once"),
            })
            .meta;
            meta.url = Some("https://example.org/".into());
            driver.press("j Enter").press(approach(*action));
            let before = (driver.fingerprint(), driver.effects.len());
            driver.press(&if *letter { format!("{key} a") } else { (*key).to_owned() });
            assert_ne!(before, (driver.fingerprint(), driver.effects.len()), "{name} ({key}) does nothing");
        }
    }
}
