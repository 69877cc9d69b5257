use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use proptest::prelude::*;

use super::*;

/// What comes of `parts` when each is read at a time, and nothing after.
fn decode(parts: &[&[u8]]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    for part in parts {
        decoder.feed(part, |input| found.push(input));
    }
    decoder.flush(|input| found.push(input));
    found
}

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

fn plain(c: char) -> Input {
    pressed(KeyCode::Char(c), KeyModifiers::NONE)
}

fn pasted(text: &str) -> Input {
    Input::Event(Event::Paste(text.to_owned()))
}

#[test]
fn letters_of_any_alphabet_are_keys() {
    assert_eq!(decode(&["aß語😀".as_bytes()]), ['a', 'ß', '語', '😀'].map(plain));
}

#[test]
fn a_letter_cut_in_two_reads_is_one_key() {
    assert_eq!(decode(&[b"\xf0\x9f", b"\x98\x80x"]), ['😀', 'x'].map(plain));
}

#[test]
fn named_keys_and_their_modifiers() {
    let keys: [(&[u8], KeyCode, KeyModifiers); 12] = [
        (b"\r", KeyCode::Enter, KeyModifiers::NONE),
        (b"\t", KeyCode::Tab, KeyModifiers::NONE),
        (b"\x7f", KeyCode::Backspace, KeyModifiers::NONE),
        (b"\x03", KeyCode::Char('c'), KeyModifiers::CONTROL),
        (b"\x1b[A", KeyCode::Up, KeyModifiers::NONE),
        (b"\x1bOB", KeyCode::Down, KeyModifiers::NONE),
        (b"\x1b[5~", KeyCode::PageUp, KeyModifiers::NONE),
        (b"\x1b[1;5C", KeyCode::Right, KeyModifiers::CONTROL),
        (b"\x1b[Z", KeyCode::BackTab, KeyModifiers::SHIFT),
        (b"\x1bOP", KeyCode::F(1), KeyModifiers::NONE),
        (b"\x1b[[A", KeyCode::F(1), KeyModifiers::NONE),
        (b"\x1bx", KeyCode::Char('x'), KeyModifiers::ALT),
    ];
    for (bytes, code, modifiers) in keys {
        assert_eq!(decode(&[bytes]), [pressed(code, modifiers)], "{bytes:?}");
        let halves: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(&halves), [pressed(code, modifiers)], "{bytes:?} a byte at a time");
    }
}

#[test]
fn escape_alone_is_the_escape_key_once_nothing_follows() {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    decoder.feed(b"\x1b", |input| found.push(input));
    assert!(decoder.waits());
    assert_eq!(found, []);
    decoder.flush(|input| found.push(input));
    assert_eq!(found, [pressed(KeyCode::Esc, KeyModifiers::NONE)]);
    assert!(!decoder.waits());
}

#[test]
fn escape_pressed_twice_is_two_keys() {
    let escape = pressed(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(decode(&[b"\x1b\x1b"]), [escape.clone(), escape]);
}

#[test]
fn alt_and_a_bracket_is_a_key_and_does_not_swallow_what_follows() {
    for bracket in ['[', ']', 'O', 'P', '_', '^', 'X'] {
        let mut decoder = Decoder::default();
        let mut found = Vec::new();
        decoder.feed(format!("\x1b{bracket}").as_bytes(), |input| found.push(input));
        decoder.flush(|input| found.push(input));
        decoder.feed(b"j", |input| found.push(input));
        assert_eq!(found.len(), 2, "{bracket}");
        let Input::Event(Event::Key(key)) = &found[0] else { panic!("{found:?}") };
        assert!(key.modifiers.contains(KeyModifiers::ALT) && key.code == KeyCode::Char(bracket), "{key:?}");
        assert_eq!(found[1], plain('j'));
    }
}

#[test]
fn mouse_reports_tell_button_and_place() {
    let [Input::Event(Event::Mouse(mouse))] = &decode(&[b"\x1b[<0;10;5M"])[..] else { panic!() };
    assert_eq!((mouse.kind, mouse.column, mouse.row), (MouseEventKind::Down(MouseButton::Left), 9, 4));
    let [Input::Event(Event::Mouse(wheel))] = &decode(&[b"\x1b[<65;1;1M"])[..] else { panic!() };
    assert_eq!(wheel.kind, MouseEventKind::ScrollDown);
}

#[test]
fn a_paste_is_one_text_whatever_it_holds_and_however_it_comes() {
    let whole = b"a\x1b[200~q\x1b[31m\x1b]0;x\x07\r\n\xff\x1b[201~b";
    let expected = [plain('a'), pasted("q\x1b[31m\x1b]0;x\x07\r\n\u{fffd}"), plain('b')];
    assert_eq!(decode(&[whole]), expected);
    for cut in 1..whole.len() {
        assert_eq!(decode(&[&whole[..cut], &whole[cut..]]), expected, "cut at {cut}");
    }
}

#[test]
fn half_a_paste_never_becomes_keys() {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    decoder.feed(b"\x1b[200~qqq", |input| found.push(input));
    assert!(!decoder.waits(), "time does not settle it");
    decoder.flush(|input| found.push(input));
    assert_eq!(found, []);
    decoder.feed(b"\x1b[201~", |input| found.push(input));
    assert_eq!(found, [pasted("qqq")]);
}

#[test]
fn an_endless_paste_is_cut_and_takes_bounded_memory() {
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    decoder.feed(b"\x1b[200~", |input| found.push(input));
    for _ in 0..40 {
        decoder.feed(&[b'x'; 100_000], |input| found.push(input));
        assert!(decoder.held.len() < MAX_PASTE + 200_000);
    }
    decoder.feed(b"\x1b[201~j", |input| found.push(input));
    let [Input::Event(Event::Paste(text)), key] = &found[..] else { panic!() };
    assert_eq!(text.len(), MAX_PASTE);
    assert_eq!(*key, plain('j'));
}

#[test]
fn the_answer_about_the_background_is_no_key() {
    let dark = Input::Background { light: false };
    let light = Input::Background { light: true };
    assert_eq!(decode(&[b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07"]), std::slice::from_ref(&dark));
    assert_eq!(decode(&[b"\x1b]11;rgb:ff/ff/f0\x1b\\j"]), [light.clone(), plain('j')]);
    assert_eq!(decode(&[b"\x1b]11;rgba:0000/0000/0000/ffff\x1b", b"\\"]), [dark]);
    assert_eq!(decode(&[b"\x1b]11;rgb:f", b"fff/ffff/ffff\x07"]), [light]);
}

#[test]
fn answers_to_questions_nobody_asked_are_dropped() {
    for answer in [
        &b"\x1b[12;40R"[..],
        b"\x1b[0;0R",
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[0n",
        b"\x1b[?2026;2$y",
        b"\x1b[8;24;80t",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b]11;rgb:12345/0/0\x07",
        b"\x1b]11;nonsense\x07",
        b"\x1b]4;1;rgb:0/0/0\x07",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[<0;0;5M",
        b"\x1b[<0;5;00m",
        b"\x1b[32;0;0M",
        b"\x80",
    ] {
        assert_eq!(decode(&[answer, b"j"]), [plain('j')], "{answer:?}");
    }
}

#[test]
fn a_sequence_cut_off_is_dropped_and_the_next_is_read() {
    assert_eq!(decode(&[b"\x1b[1;", b"\x1b[A"]), [pressed(KeyCode::Up, KeyModifiers::NONE)]);
    assert_eq!(decode(&[b"\x1b]11;rgb:", b"\x1b[A"]), [pressed(KeyCode::Up, KeyModifiers::NONE)]);
    assert_eq!(decode(&[b"\x1b[1;"]), []);
}

proptest! {
    #[test]
    fn any_bytes_in_any_parts_are_taken_without_a_panic(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..8)
    ) {
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        decode(&parts);
    }

    #[test]
    fn sequences_of_any_shape_are_taken_without_a_panic(text in "(\x1b[\\[\\]OP]?[0-9;:<>?M~uRmHABC$ ]{0,12}){0,4}") {
        decode(&[text.as_bytes()]);
    }

    #[test]
    fn mouse_reports_of_any_numbers_are_taken_without_a_panic(text in "(\x1b\\[<?[0-9]{0,4};[0-9]{0,6};[0-9]{0,6}[Mm]){1,3}") {
        decode(&[text.as_bytes()]);
    }

    #[test]
    fn where_a_read_ends_does_not_change_what_is_understood(
        text in "([a-zé]|\x1b\\[[0-9]{1,2};[0-9]m|\x1b\\[[A-D]|\x1b\\[5~|\x1bO[PQ]){0,12}",
        cut in 0_usize..80,
    ) {
        let bytes = text.as_bytes();
        let (before, after) = bytes.split_at(cut.min(bytes.len()));
        prop_assert_eq!(decode(&[before, after]), decode(&[bytes]));
    }
}
