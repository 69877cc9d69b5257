//! However the reader ends, the terminal is as it was.

use std::fs;

use rustix::process::Signal;

use crate::terminal::{Ending, Launch};

/// A reader on the bundled articles, its first frame shown.
fn reader(launch: Launch) -> crate::terminal::Program {
    let program = launch.start();
    program.wait("the first frame", |screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
    program
}

fn assert_clean(ending: &Ending, code: u32) {
    assert_eq!((ending.code, ending.signal.as_deref()), (code, None), "screen:\n{}", ending.screen);
    assert!(ending.left_behind.is_empty(), "left behind: {:?}", ending.left_behind);
}

#[test]
fn the_reader_takes_the_screen_and_the_mouse() {
    let mut program = reader(Launch::new([""; 0]));
    assert!(!program.line_settings_restored(), "keys come one by one");
    program.wait_raw("mouse and paste modes", |raw| {
        let raw = String::from_utf8_lossy(raw);
        raw.contains("\x1b[?1002h") && raw.contains("\x1b[?2004h")
    });
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut program = reader(Launch::new([""; 0]));
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn control_c_gives_the_terminal_back() {
    let mut program = reader(Launch::new([""; 0]));
    program.press("\x03");
    let ending = program.end();
    assert!(ending.left_behind.is_empty(), "left behind: {:?}", ending.left_behind);
    assert_eq!(ending.signal, None);
}

#[test]
fn deadly_signals_give_the_terminal_back_and_tell_their_number() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let program = reader(Launch::new([""; 0]));
        program.signal(signal);
        assert_clean(&program.end(), code);
    }
}

#[test]
fn a_signal_before_the_first_frame_gives_the_terminal_back() {
    for _ in 0..5 {
        let program = Launch::new([""; 0]).start();
        program.wait_raw("the first byte", |raw| !raw.is_empty());
        program.signal(Signal::TERM);
        assert_clean(&program.end(), 143);
    }
}

#[test]
fn a_closed_terminal_ends_the_reader() {
    let program = reader(Launch::new([""; 0]));
    let status = program.close();
    assert_eq!((status.exit_code(), status.signal()), (129, None));
}

#[test]
fn keys_that_end_without_a_signal_end_the_reader() {
    // The keyboard is another terminal, not the one this process belongs to: no signal tells when it goes.
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
    let keyboard = pair.master.tty_name().unwrap();
    let program = reader(Launch::shell(&format!("exec \"$PULLQUOTE\" < {}", keyboard.display())));
    drop(pair);
    assert_clean(&program.end(), 129);
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_of_the_main_thread_gives_the_terminal_back_and_says_what_happened() {
    let ending = Launch::new([""; 0]).env("PULLQUOTE_PANIC", "main").start().end();
    assert_clean(&ending, 101);
    assert!(ending.screen.contains("internal error: asked to panic in main"), "{}", ending.screen);
    let after = ending.raw.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").unwrap();
    assert!(!ending.raw[after + 8..].contains(&0x1b), "the message is safe and comes last");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_of_a_worker_is_told_and_the_reader_goes_on() {
    let mut program = reader(Launch::new([""; 0]).env("PULLQUOTE_PANIC", "worker").size(200, 24));
    program.wait_for("asked to panic in worker");
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn control_z_stops_the_reader_and_fg_draws_again() {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("story.txt");
    fs::write(&story, "A headline here\n\n“We will go,” said Ana Moore on Monday.\n").unwrap();
    let script = format!(
        "set -m; \"$PULLQUOTE\" '{}'; echo now stopped; read line; fg >/dev/null; echo now ended",
        story.display()
    );
    let mut program = reader(Launch::shell(&script));
    program.wait_for("1 voice");
    program.press("\x1a");
    program.wait_for("now stopped");
    assert_eq!(program.modes(), [""; 0], "the shell has its terminal");
    assert!(program.line_settings_restored(), "the shell has its terminal");
    program.press("\r");
    program.wait("the same screen again", |screen| screen.alternate_screen() && screen.contents().contains("1 voice"));
    program.press("q");
    program.wait_for("now ended");
    assert_clean(&program.end(), 0);
}

#[test]
fn a_reader_that_is_continued_draws_again() {
    let mut program = reader(Launch::new([""; 0]));
    let frames = |raw: &[u8]| raw.windows(8).filter(|bytes| *bytes == b"\x1b[?1049h").count();
    program.signal(Signal::CONT);
    program.wait_raw("the terminal taken again", |raw| frames(raw) == 2);
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn without_a_shell_to_go_back_to_the_reader_does_not_stop() {
    let mut program = reader(Launch::new([""; 0]).size(120, 24));
    program.press("\x1a");
    program.wait_for("no shell to go back to");
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn a_hundred_sizes_in_a_row_leave_a_whole_screen() {
    let mut program = reader(Launch::new([""; 0]));
    for step in 0..100 {
        program.resize(step * 7 % 130, step * 5 % 50);
    }
    program.resize(100, 30);
    program.wait("the screen filled to its last row", |screen| {
        screen.rows(0, 100).last().is_some_and(|row| !row.trim().is_empty())
    });
    program.press("q");
    assert_clean(&program.end(), 0);
}

#[test]
fn a_terminal_that_takes_nothing_does_not_keep_the_reader_from_ending() {
    let mut program = reader(Launch::new([""; 0]).size(200, 60));
    program.deafen(true);
    // So many full frames that no buffer holds them, however many keys are taken in between two. The reader hangs in a
    // write by the time that the last keys have been read.
    program.press(&"\x0c".repeat(400_000));
    program.signal(Signal::TERM);
    let ending = program.end_deaf();
    assert_eq!((ending.code, ending.signal), (143, None));
    assert!(!ending.left_behind.contains(&"line settings".to_owned()), "{:?}", ending.left_behind);
}

#[test]
fn nothing_that_opens_is_an_error_and_the_screen_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("image.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let ending = Launch::new([path("missing.txt"), path("image.png"), path("empty")]).size(250, 24).start().end();
    assert_clean(&ending, 1);
    assert!(!ending.raw.contains(&0x1b));
    for expected in ["missing.txt: no such file", "image.png: is not a text", "empty: no article in this folder"] {
        assert!(ending.screen.contains(expected), "{expected} in\n{}", ending.screen);
    }
}
