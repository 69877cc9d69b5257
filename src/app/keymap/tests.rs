//! The keymap: what sequences come to, and what is said of wrong bindings.

use proptest::prelude::*;

use super::*;
use crate::config::Preset;

fn bindings(lines: &[(&str, &str)]) -> Settings {
    let keys = lines.iter().zip(2..).map(|((keys, action), line)| Binding {
        keys: (*keys).to_owned(),
        action: (*action).to_owned(),
        line,
    });
    Settings { keys: keys.collect(), ..Settings::default() }
}

fn problems(lines: &[(&str, &str)]) -> Vec<String> {
    Keymap::new(&bindings(lines), "config.toml").1.iter().map(ToString::to_string).collect()
}

/// What each key of `keys` comes to, from nothing pending.
fn presses(keymap: &Keymap, keys: &str) -> Vec<Press> {
    let mut pending = Pending::default();
    Key::sequence(keys).unwrap().into_iter().map(|key| keymap.press(&mut pending, key)).collect()
}

fn last(keymap: &Keymap, keys: &str) -> Press {
    presses(keymap, keys).pop().unwrap()
}

fn act(action: Action, count: Option<u32>, letter: Option<char>) -> Press {
    Press::Act(Command { action, count, letter })
}

#[test]
fn every_key_of_the_table_does_what_its_row_says() {
    let (keymap, problems) = Keymap::new(&Settings::default(), "");
    assert_eq!(problems, []);
    for row in TABLE {
        for keys in row.keys {
            let (typed, letter) =
                if row.letter { (format!("{keys} a"), Some('a')) } else { ((*keys).to_owned(), None) };
            assert_eq!(last(&keymap, &typed), act(row.action, None, letter), "{typed}");
        }
    }
}

#[test]
fn no_keys_of_the_table_get_in_each_others_way() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    for (at, bound) in keymap.bound.iter().enumerate() {
        for other in keymap.bound.iter().skip(at + 1) {
            assert!(!bound.conflicts(other), "{} and {}", Key::write(&bound.keys), Key::write(&other.keys));
        }
    }
}

#[test]
fn counts_come_before_keys_and_are_never_commands() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    assert_eq!(last(&keymap, "50%"), act(Action::Percent, Some(50), None));
    assert_eq!(last(&keymap, "0%"), act(Action::Percent, Some(0), None));
    assert_eq!(last(&keymap, "1 2 ]q"), act(Action::NextQuote, Some(12), None));
    assert_eq!(last(&keymap, "9 9 9 9 9 9 9 9 9 9 9 j"), act(Action::Down, Some(MAX_COUNT), None));
}

#[test]
fn what_is_pending_is_shown_and_escape_gives_it_up() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    let mut pending = Pending::default();
    for key in Key::sequence("3]").unwrap() {
        assert_eq!(keymap.press(&mut pending, key), Press::Pending);
    }
    assert_eq!((pending.count, pending.keys.as_str()), (Some(3), "]"));
    assert_eq!(keymap.awaiting(&pending), None);
    let following: Vec<_> = keymap.following(&pending).into_iter().map(|(keys, row)| (keys, row.name)).collect();
    assert!(following.contains(&("q".to_owned(), "next-quote")) && following.len() == 6, "{following:?}");
    assert_eq!(keymap.press(&mut pending, Key::ESC), Press::Cancelled);
    assert!(pending.is_empty() && pending.keys.is_empty());
    assert_eq!(keymap.press(&mut pending, Key::ESC), act(Action::Back, None, None));
}

#[test]
fn a_key_that_goes_on_with_nothing_drops_what_is_pending() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    assert_eq!(
        presses(&keymap, "]xj"),
        [Press::Pending, Press::Unknown("]x".to_owned()), act(Action::Down, None, None)]
    );
    assert_eq!(last(&keymap, "m1"), Press::Unknown("m1".to_owned()), "a digit is no letter");
    assert_eq!(last(&keymap, "m ctrl-a"), Press::Unknown("m ctrl-a".to_owned()));
}

#[test]
fn a_longer_sequence_comes_before_the_letter_of_an_action() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    assert_eq!(last(&keymap, "''"), act(Action::LastPlace, None, None));
    let mut pending = Pending::default();
    let _ = keymap.press(&mut pending, Key::sequence("'").unwrap()[0]);
    assert_eq!(keymap.awaiting(&pending), Some(Action::GoToMark));
    assert_eq!(last(&keymap, "'é"), act(Action::GoToMark, None, Some('é')));
    let keymap = Keymap::new(&bindings(&[("sx", "all-voices")]), "").0;
    assert_eq!(last(&keymap, "sx"), act(Action::AllVoices, None, None));
    assert_eq!(last(&keymap, "sa"), act(Action::KeepToVoice, None, Some('a')));
}

#[test]
fn the_palette_can_wait_for_a_letter() {
    let keymap = Keymap::new(&Settings::default(), "").0;
    let mut pending = Pending::letter_for(Row::named("mark").unwrap(), None);
    let q = Key::sequence("q").unwrap()[0];
    assert_eq!(keymap.press(&mut pending, q), act(Action::Mark, None, Some('q')));
    assert!(pending.is_empty());
}

#[test]
fn the_users_keys_add_to_and_replace_those_of_the_table() {
    let (keymap, problems) = Keymap::new(&bindings(&[("ctrl-n", "next-quote"), ("q", ""), ("J", "down")]), "");
    assert_eq!(problems, []);
    assert_eq!(last(&keymap, "ctrl-n"), act(Action::NextQuote, None, None));
    assert_eq!(last(&keymap, "]q"), act(Action::NextQuote, None, None));
    assert_eq!(last(&keymap, "q"), Press::Unknown("q".to_owned()));
    assert_eq!(last(&keymap, "J"), act(Action::Down, None, None));
    assert_eq!(keymap.keys_of(Action::Down), ["j", "Down", "J"]);
}

#[test]
fn wrong_bindings_are_reported_with_their_line() {
    assert_eq!(
        problems(&[("x", "nxt-quote"), ("PgDwn", "down"), ("5", "down"), ("F9", "")]),
        [
            "config.toml:2: no action is called `nxt-quote`; did you mean `next-quote`?",
            "config.toml:3: no key is called `PgDwn`; did you mean `PgDn`?",
            "config.toml:4: `5` holds a digit: digits are counts, so they cannot be bound",
            "config.toml:5: `F9` is not bound, so it cannot be unbound",
        ]
    );
    assert_eq!(
        problems(&[("next-quote", "x"), ("down", "ctrl-n"), ("top", "up")]),
        [
            "config.toml:2: keys come first: write it the other way round, \"x\" = \"next-quote\"",
            "config.toml:3: keys come first: write it the other way round, \"ctrl-n\" = \"down\"",
            "config.toml:4: `top` hides `t` (tags); unbind what you do not need with \"\"",
        ]
    );
    assert_eq!(
        problems(&[("x", "frobnicate")]),
        ["config.toml:2: no action is called `frobnicate`; `:` in the reader lists all actions"]
    );
}

#[test]
fn conflicts_are_reported_and_the_first_of_the_users_keys_stays() {
    assert_eq!(
        problems(&[("x", "down"), ("xy", "up"), ("x", "top")]),
        [
            "config.toml:3: `xy` gets in the way of `x` on line 2: one of the two must go",
            "config.toml:4: `x` gets in the way of `x` on line 2: one of the two must go",
        ]
    );
    let lines = [("g", "top")];
    assert_eq!(
        problems(&lines),
        [
            "config.toml:2: `g` hides `gg` (top), `gs` (said), `gf` (tree), `gF` (feed-settings), `gh` (highlights), `gH` (story-highlights), `gl` \
             (focus-list), `gt` (focus-text), `gv` (focus-voices); unbind what you do not need with \"\""
        ]
    );
    assert_eq!(last(&Keymap::new(&bindings(&lines), "").0, "g"), act(Action::Top, None, None));
    let hidden = ["gg", "gs", "gf", "gF", "gh", "gH", "gl", "gt", "gv"];
    let unbound: Vec<_> = std::iter::once(("g", "top")).chain(hidden.map(|keys| (keys, ""))).collect();
    assert_eq!(problems(&unbound), [""; 0]);
}

#[test]
fn there_is_always_a_way_to_quit() {
    let lines = [("q", ""), ("ctrl-c", "")];
    assert_eq!(problems(&lines), ["config.toml:3: no key is left for `quit`; `ctrl-c` keeps it"]);
    assert_eq!(last(&Keymap::new(&bindings(&lines), "").0, "ctrl-c"), act(Action::Quit, None, None));
}

#[test]
fn presets_are_keys_and_actions_and_leave_a_key_for_every_action() {
    for preset in [Preset::Less, Preset::Newsboat] {
        for (keys, name) in preset::bindings(preset) {
            assert!(Key::sequence(keys).is_ok() && Row::named(name).is_some(), "{keys} {name}");
        }
        let keymap = Keymap::new(&Settings { preset, ..Settings::default() }, "").0;
        for (keys, name) in preset::bindings(preset) {
            assert_eq!(last(&keymap, keys), act(Row::named(name).unwrap().action, None, None), "{keys}");
        }
        for row in TABLE {
            assert_ne!(keymap.keys_of(row.action), [""; 0], "{preset:?} leaves no key for {}", row.name);
        }
    }
}

proptest! {
    #[test]
    fn any_bindings_leave_no_two_that_conflict(lines in prop::collection::vec(("[a-c\\[\\]]{1,3}", 0..TABLE.len()), 0..12)) {
        let lines: Vec<_> = lines.iter().map(|(keys, row)| (keys.as_str(), TABLE[*row].name)).collect();
        let (keymap, _) = Keymap::new(&bindings(&lines), "");
        for (at, bound) in keymap.bound.iter().enumerate() {
            prop_assert!(!keymap.bound.iter().skip(at + 1).any(|other| bound.conflicts(other)));
        }
    }
}
