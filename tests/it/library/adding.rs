//! Files in: of every kind, again, changed, damaged, hostile, and stopped in the middle.

use std::os::unix::ffi::OsStrExt;

use rustix::process::{Pid, Signal, kill_process};

use super::*;
use crate::terminal::Launch;

const STORY: &str =
    "date 2025-11-21 Taxes stay\n\n“Taxes stay low,” said Ana Silva, the mayor of Ostend. She left at noon.\n";

const LETTER: &str = "From: The Daily <ed@daily.example>\nTo: me@example.org\nSubject: Morning letter\nDate: Fri, 21 Nov 2025 09:30:00 +0100\n\nThe harbour opens.\n\nIt closes too.\n";

#[test]
fn every_kind_of_file_is_read_and_a_folder_with_all_below_it() {
    let desk = Desk::new();
    desk.write("story.txt", STORY);
    desk.write("deep/er/notes.md", "# Rivers rise\n\nThe **river** rose.\n");
    desk.write(
        "page.html",
        "<!doctype html><title>Harbour news</title><h1>Harbour news</h1><p>The harbour opened on Monday.</p>",
    );
    desk.write("book.epub", epub(&["<h1>Dawn</h1><p>It dawned.</p>", "<h1>Dusk</h1><p>It dusked.</p>"]));
    desk.write("letter.eml", LETTER);
    desk.write(
        "letters.mbox",
        format!(
            "From a Fri Nov 21 09:30:00 2025\n{}\n",
            LETTER.replace("Morning", "Evening").replace("harbour", "station")
        ),
    );
    desk.write(
        "feed.json",
        r#"{"title": "The Feed", "items": [{"title": "Item one", "content_html": "<p>One item.</p>"}]}"#,
    );
    desk.write(
        "rows.jsonl",
        "{\"title\": \"Row one\", \"text\": \"A row.\"}\n\n{\"title\": \"Row two\", \"text\": \"Another row.\"}\n",
    );
    desk.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\0");
    assert_eq!(desk.add(), (Some(0), "pullquote: added 10 articles\n".to_owned()));
    let mut titles = desk.titles("unread");
    titles.sort();
    let expected = [
        "Dawn",
        "Dusk",
        "Evening letter",
        "Harbour news",
        "Item one",
        "Morning letter",
        "Rivers rise",
        "Row one",
        "Row two",
        "Taxes stay",
    ];
    assert_eq!(titles, expected);
    assert_eq!(desk.titles("source:\"the book\""), ["Dusk", "Dawn"]);
    assert_eq!(desk.titles("speaker:silva"), ["Taxes stay"]);
}

#[test]
fn what_is_there_already_is_not_read_again_and_what_changed_takes_its_place() {
    let desk = Desk::new();
    let body = "The council met for hours about the bridge and its cost. ".repeat(8);
    desk.write("a.txt", format!("Bridge\n\n{body}"));
    desk.write("rows.jsonl", "{\"title\": \"Row\", \"text\": \"A row.\"}\n");
    assert_eq!(desk.add().1, "pullquote: added 2 articles\n");
    assert_eq!(desk.add(), (Some(0), "pullquote: added no articles, 2 unchanged since they were added\n".to_owned()));
    let again = desk.run([OsStr::new("add"), OsStr::new("--again"), desk.path("in").as_os_str()]);
    assert_eq!(said(&again), "pullquote: added no articles, 2 known already\n");
    // The same story under another headline, in another file.
    desk.write("b.txt", format!("A bridge too dear\n\n{body}"));
    assert_eq!(desk.add().1, "pullquote: added no articles, 1 known already, 2 unchanged since they were added\n");
    desk.write(
        "rows.jsonl",
        "{\"title\": \"New\", \"text\": \"A new row first.\"}\n{\"title\": \"Row\", \"text\": \"A row.\"}\n",
    );
    desk.write("c.txt", "Draft\n\nOld words.");
    assert_eq!(desk.add().1, "pullquote: added 2 articles, 1 known already, 2 unchanged since they were added\n");
    desk.write("c.txt", "Final\n\nNew words, and more of them.");
    assert_eq!(desk.add().1, "pullquote: added no articles, 1 updated, 3 unchanged since they were added\n");
    let mut titles = desk.titles("unread");
    titles.sort();
    assert_eq!(titles, ["Bridge", "Final", "New", "Row"]);
}

#[test]
fn what_cannot_be_read_is_named_with_its_reason_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("good.txt", STORY);
    desk.write("empty.txt", "");
    desk.write("cut.epub", &epub(&["<h1>One</h1><p>Text.</p>"])[..400]);
    desk.write("rows.jsonl", format!("{{\"text\": \"Fine.\"}}\nnonsense\n{}", "{}\n".repeat(40)));
    let hostile = OsStr::from_bytes(b"a\x1b[31mb\xff.txt");
    fs::write(desk.path("in").join(hostile), "\x1b]0;owned\x07").unwrap();
    let binary = desk.write("binary", [0; 64]);
    let paths = [desk.path("in"), desk.path("nowhere.txt"), binary];
    let output = desk.run(std::iter::once(OsStr::new("add")).chain(paths.iter().map(|path| path.as_os_str())));
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for expected in [
        "in/empty.txt: holds no text",
        "in/cut.epub: is no EPUB: it is cut off, or no ZIP archive at all",
        "in/rows.jsonl:2: not JSON (byte 2)",
        "in/rows.jsonl:3: not an article: it has no \"text\" and no \"content_html\"",
        "in/rows.jsonl: and 21 more bad lines",
        "nowhere.txt: no such file",
        "in/binary: is not a text (binary data)",
        "added 2 articles, ",
    ] {
        assert!(said.contains(expected), "{expected} in\n{said}");
    }
    assert!(is_harmless(&said), "{said:?}");
    assert_eq!(kept(&desk.library()), 2);
}

#[test]
fn a_folder_that_vanishes_before_its_turn_is_named_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("in/b.txt", STORY);
    for name in ["in/c.txt", "in/deep/d.txt", "last.txt"] {
        desk.write(name, format!("{name}\n\nThe words of {name}."));
    }
    // The first file comes when somebody writes it.
    let slow = desk.path("in/in/a.txt");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &slow, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let folders = [desk.path("in/in"), desk.path("in/last.txt")];
    let mut command =
        desk.command(["add", slow.to_str().unwrap(), folders[0].to_str().unwrap(), folders[1].to_str().unwrap()]);
    let child = command.spawn().unwrap();
    let mut pipe = fs::OpenOptions::new().write(true).open(&slow).unwrap();
    fs::remove_dir_all(&folders[0]).unwrap();
    pipe.write_all(b"Slow\n\nThe first word.").unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("/in/in: no such file\n"), "{}", said(&output));
    assert!(said(&output).contains("added 2 articles, 1 not readable"), "{}", said(&output));
}

#[test]
fn standard_input_is_one_article_or_many() {
    let desk = Desk::new();
    assert_eq!(said(&desk.feed(["add", "-"], STORY.as_bytes())), "pullquote: added 1 article\n");
    let rows = b"{\"text\": \"One row.\"}\n{\"text\": \"Two rows.\"}\n";
    assert_eq!(said(&desk.feed(["add", "-"], rows)), "pullquote: added 2 articles\n");
    assert_eq!(said(&desk.feed(["add", "-"], &epub(&["<p>A chapter.</p>"]))), "pullquote: added 1 article\n");
}

#[test]
fn a_signal_stops_it_and_the_same_command_goes_on_from_there() {
    let desk = Desk::new();
    let row = |number: u32| format!("{{\"text\": \"Row {number} and nothing else.\"}}\n");
    let first: String = (0..300).map(row).collect();
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let before = kept(&desk.library());
        let mut child = desk.command(["add", "-"]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(first.replace("nothing", &format!("{code}")).as_bytes()).unwrap();
        // More may come, so it waits; what has come is written all the same.
        while kept(&desk.library()) < before + 300 {
            std::thread::yield_now();
        }
        kill_process(Pid::from_child(&child), signal).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(
            said(&output).lines().last(),
            Some("pullquote: stopped; what was added stays, and the same command goes on from there")
        );
        assert_eq!(kept(&desk.library()), before + 300);
        let all = first.replace("nothing", &format!("{code}")) + &row(code.unsigned_abs() + 1_000);
        assert_eq!(said(&desk.feed(["add", "-"], all.as_bytes())), "pullquote: added 1 article, 300 known already\n");
    }
}

#[test]
fn a_terminal_shows_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let rows = folder.path().join("rows.jsonl");
    fs::write(&rows, "{\"text\": \"One row.\"}\n{\"text\": \"Two rows.\"}\n").unwrap();
    // The second `cat` keeps the pipe open until the terminal sends an end of file.
    let script = format!("{{ cat '{}'; cat; }} | \"$PULLQUOTE\" add -", rows.display());
    let mut program = Launch::shell(&script).start();
    program.wait_for("2 articles, ");
    assert!(program.screen().contains(" a second"), "{}", program.screen());
    program.press("\x04");
    let ending = program.end();
    assert_eq!(ending.code, 0);
    assert!(
        ending.screen.contains("pullquote: added 2 articles") && !ending.screen.contains("a second"),
        "{}",
        ending.screen
    );
}

#[test]
fn files_of_known_sizes_show_the_time_left() {
    let desk = Desk::new();
    let rows = desk.write("rows.jsonl", "{\"text\": \"One row.\"}\n{\"text\": \"Two rows.\"}\n");
    // The last file comes when somebody writes it.
    let slow = desk.path("in/slow.txt");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &slow, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let paths = [desk.library(), rows, slow.clone()].map(|path| path.to_str().unwrap().to_owned());
    let program = Launch::new(["add", "--library"].map(str::to_owned).into_iter().chain(paths)).start();
    program.wait("bar, share, rate and time left", |screen| {
        let shown = screen.contents();
        ["[=", "100%", "2 articles, ", " a second", " left"].into_iter().all(|part| shown.contains(part))
    });
    fs::write(slow, "Slow\n\nThe last word.").unwrap();
    let ending = program.end();
    assert_eq!((ending.code, ending.screen.trim()), (0, "pullquote: added 3 articles"));
}

#[test]
fn analyses_of_another_engine_are_made_again() {
    use pullquote::analysis::Analysis;
    use pullquote::store::{Incoming, Options, Store};
    let desk = Desk::new();
    desk.write("a.txt", "Nothing new");
    let story = pullquote::article::import::import(STORY.as_bytes(), "story.txt");
    let old = Analysis::default();
    let mut store = Store::open(&Options::own(desk.library(), jiff::civil::date(2025, 11, 28))).unwrap().store;
    let incoming = Incoming { analysis: Some((&old, 1)), ..Incoming::new(&story) };
    store.add(&incoming, jiff::Timestamp::UNIX_EPOCH).unwrap();
    drop(store);
    assert_eq!(desk.titles("speaker:silva"), Vec::<String>::new());
    assert_eq!(desk.add().0, Some(0));
    assert_eq!(desk.titles("speaker:silva"), ["Taxes stay"]);
}

#[test]
fn a_file_that_is_no_library_is_left_alone_and_said_so() {
    let desk = Desk::new();
    let story = desk.write("story.txt", STORY);
    let arguments = ["add", "--library", story.to_str().unwrap(), story.to_str().unwrap()];
    let output = desk.run(arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("the file is no pullquote library; choose another path with --library"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(story).unwrap(), STORY);
}

#[test]
fn a_damaged_library_is_set_aside_and_what_can_be_read_of_it_saved() {
    let desk = Desk::with(&[("story.txt", STORY)]);
    let mut bytes = fs::read(desk.library()).unwrap();
    // The head of the list of tables.
    bytes[100..160].fill(0xa5);
    fs::write(desk.library(), bytes).unwrap();
    desk.write("other.txt", "Other\n\nAnother text.");
    // The damaged library lies where the user chose; it shows that it is one of ours.
    let (code, said) = desk.add();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("the library was damaged: it lies now in ") && said.contains("library.db.damaged-"),
        "{said}"
    );
    assert_eq!(kept(&desk.library()), 2);
}
