//! Highlights, notes and corrections with the built program on a real terminal, from the key to the export.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::terminal::{Launch, PROGRAM, Program};

const STORY: &str = "Harbour plan divides the town\n\nThe council met in the old town hall.\n\n\
                     “The harbour needs new walls,” said Maria Lopez.\n\n“Nobody asked the fishermen,” said Peter Stone.\n";

/// The program on a story in a file, with the data in `folder`.
fn reading(folder: &Path) -> Program {
    let path = folder.join("story.txt");
    fs::write(&path, STORY).unwrap();
    let data = folder.join("data");
    let launch = Launch::new([path.to_string_lossy()]).size(110, 24);
    let program = launch.env("PULLQUOTE_DATA", &data.to_string_lossy()).start();
    program.wait("the voices", |screen| screen.contents().lines().any(|row| row.contains("│ a ")));
    program
}

fn quit(mut program: Program) {
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0, "{}", ending.screen);
    assert!(ending.left_behind.is_empty(), "{:?}", ending.left_behind);
}

fn export(folder: &Path, arguments: &[&str]) -> String {
    let library = folder.join("data/library.db");
    let mut command = std::process::Command::new(PROGRAM);
    command.arg("export").args(arguments).env_clear().env("PULLQUOTE_LIBRARY", library);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_note_is_written_is_there_the_next_time_and_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path());
    program.press("]qA");
    program.wait_for("ctrl-s keeps it");
    program.press("who pays?\x13");
    program.wait_for("the note is kept");
    program.press("vwwy");
    program.wait_raw("the words on the clipboard", |raw| raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"));
    quit(program);
    let mut program = reading(folder.path());
    program.press("]h");
    program.wait_for("highlight 1 of 1: who pays?");
    program.press("gh");
    program.wait_for("All highlights and notes");
    program.wait_for("◆ who pays?");
    program.escape();
    program.wait("the overview to close", |screen| !screen.contents().contains("All highlights"));
    quit(program);
    let page = export(folder.path(), &["--highlights"]);
    assert!(page.contains("> “The harbour needs new walls,”\n\nwho pays?\n"), "{page}");
}

#[test]
fn a_speaker_is_corrected_stays_so_and_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path());
    program.press("]qecs");
    program.wait_for("Who says it");
    program.press("stone\r");
    program.wait_for("you said so");
    program.wait_for("Why Peter Stone");
    quit(program);
    let mut program = reading(folder.path());
    program.press("]qe");
    program.wait_for("Why Peter Stone");
    // `U` takes back what was done since the reader was started, and that was before.
    program.press("cu");
    program.wait_for("Why Maria Lopez");
    program.press("U");
    program.wait_for("Why Peter Stone");
    quit(program);
}

#[test]
fn a_note_that_is_being_written_survives_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path());
    program.press("]qA");
    program.wait_for("ctrl-s keeps it");
    program.press("half a thought");
    program.wait_for("half a thought");
    program.signal(Signal::HUP);
    assert_eq!(program.end().code, 129);
    assert!(export(folder.path(), &["--highlights"]).contains("half a thought"));
}

#[test]
fn a_note_that_was_said_to_be_kept_survives_whatever_kills_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..5 {
        let mut program = reading(folder.path());
        program.press("]qA");
        program.wait_for("ctrl-s keeps it");
        program.press(&format!(" and {number}\x13"));
        program.wait_for("the note is kept");
        program.signal(Signal::KILL);
        program.end();
        let page = export(folder.path(), &["--highlights"]);
        assert!(page.contains(&format!("and {number}\n")), "{page}");
    }
}

#[test]
fn the_mouse_selects_words_and_they_reach_the_clipboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path());
    let mut place = None;
    program.wait("the first quote", |screen| {
        let columns = screen.size().1.get();
        place = screen.rows(0, columns).zip(1..).find_map(|(row, line)| {
            let at = row.find("harbour needs")?;
            Some((row[..at].chars().count() + 1, line))
        });
        place.is_some()
    });
    let (column, row) = place.unwrap();
    let last = column + "harbour".len() - 1;
    program.press(&format!("\x1b[<0;{column};{row}M\x1b[<32;{last};{row}M\x1b[<0;{last};{row}m"));
    program.wait_for("1 word ");
    program.press("y");
    // "harbour"
    program.wait_raw("the words on the clipboard", |raw| {
        raw.windows(20).any(|bytes| bytes == b"\x1b]52;c;aGFyYm91cg==\x07")
    });
    quit(program);
}
