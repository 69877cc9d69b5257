//! Watched folders: what comes, changes and vanishes below them, with the reader open and without.

use std::process::{Command, Output};

use super::*;
use crate::terminal::PROGRAM;

/// A folder of news beside a library of three stories.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        library(&desk.library());
        fs::create_dir(desk.news()).unwrap();
        desk
    }

    fn library(&self) -> std::path::PathBuf {
        self.folder.path().join("library.db")
    }

    fn news(&self) -> std::path::PathBuf {
        self.folder.path().join("news")
    }

    fn write(&self, name: &str, title: &str) {
        let path = self.news().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{title}\n2025-11-22\n\n“We heard of {title},” said Ada Stone, a nurse of {name}.\n"))
            .unwrap();
    }

    fn is_gone(&self, name: &str) -> bool {
        let options = Options::chosen(self.library(), "2025-11-25".parse().unwrap());
        let store = Store::open(&options).unwrap().store;
        store.origin(self.news().join(name).to_str().unwrap()).unwrap().is_none()
    }

    fn watch(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(PROGRAM);
        command.arg("watch").args(arguments).env_clear().env("PULLQUOTE_LIBRARY", self.library());
        command.output().unwrap()
    }

    fn watch_news(&self) {
        let output = self.watch(&["add", self.news().to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn what_happens_below_a_watched_folder_is_in_the_list_while_the_reader_is_open() {
    let desk = Desk::new();
    desk.write("first.txt", "Bridge opens");
    desk.watch_news();
    let mut program = open(&desk.library());
    program.wait_for("Bridge opens");
    desk.write("second.txt", "Tunnel closes");
    program.wait_for("watched folders: 1 new");
    program.wait_for("Tunnel closes");
    desk.write("deep/er/third.txt", "Tower leans");
    program.wait_for("Tower leans");
    desk.write("first.txt", "Bridge opens at last");
    program.wait_for("Bridge opens at last");
    fs::rename(desk.news().join("second.txt"), desk.news().join("renamed.txt")).unwrap();
    program.wait_for("1 gone");
    fs::remove_dir_all(desk.news().join("deep")).unwrap();
    let deadline = std::time::Instant::now() + crate::terminal::PATIENCE;
    while !desk.is_gone("deep/er/third.txt") {
        assert!(std::time::Instant::now() < deadline, "it is never seen to be gone");
        std::thread::yield_now();
    }
    program.press("&tower\r");
    program.wait_for("1/1");
    program.press("\r");
    program.wait_for("third.txt is gone; the library keeps its text");
    quit(program);
    assert_eq!(count(&desk.library(), ""), 6, "nothing is added twice, nothing is lost");
    assert_eq!(count(&desk.library(), "title:tunnel speaker:stone"), 1);
}

#[test]
fn what_other_programs_do_to_the_library_is_shown_without_a_key() {
    let desk = Desk::new();
    desk.write("first.txt", "Bridge opens");
    let program = open(&desk.library());
    program.wait_for("1/3");
    let lone = desk.folder.path().join("lone.txt");
    fs::write(&lone, "Ferry sinks\n2025-11-23\n\nIt did.\n").unwrap();
    let mut add = Command::new(PROGRAM);
    add.arg("add").arg(&lone).env_clear().env("PULLQUOTE_LIBRARY", desk.library());
    assert!(add.output().unwrap().status.success());
    program.wait_for("Ferry sinks");
    program.wait_for("/4");
    desk.watch_news();
    program.wait_for("Bridge opens");
    // The folder is watched by this reader from now on.
    desk.write("second.txt", "Tunnel closes");
    program.wait_for("watched folders: 1 new");
    quit(program);
}

#[test]
fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    let desk = Desk::new();
    let shelf = desk.news().join("daily/paper");
    desk.write("daily/paper/first.txt", "Bridge opens");
    let output = desk.watch(&["add", shelf.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    let program = open(&desk.library());
    program.wait_for("Bridge opens");
    desk.write("daily/paper/second.txt", "Tunnel closes");
    program.wait_for("Tunnel closes");
    fs::remove_dir_all(desk.news().join("daily")).unwrap();
    program.wait_for("2 gone");
    desk.write("daily/paper/third.txt", "Tower leans");
    program.wait_for("Tower leans");
    desk.write("daily/paper/deep/fourth.txt", "Ferry sinks");
    program.wait_for("Ferry sinks");
    // In one go, so that the folder is there whenever it is looked at.
    fs::rename(desk.news().join("daily"), desk.news().join("gone")).unwrap();
    desk.write("daily/paper/fifth.txt", "Dam breaks");
    program.wait_for("Dam breaks");
    desk.write("daily/paper/sixth.txt", "Mast falls");
    program.wait_for("Mast falls");
    quit(program);
    assert_eq!(count(&desk.library(), ""), 9, "nothing is lost");
}

#[test]
fn what_happened_while_nobody_watched_is_seen_at_the_start() {
    let desk = Desk::new();
    desk.write("first.txt", "Bridge opens");
    desk.write("second.txt", "Tunnel closes");
    desk.watch_news();
    desk.write("second.txt", "Tunnel closes for good");
    desk.write(".hidden/third.txt", "Tower leans");
    fs::remove_file(desk.news().join("first.txt")).unwrap();
    desk.write("new.txt", "Ferry sinks");
    let program = open(&desk.library());
    program.wait_for("watched folders: 1 new, 1 changed, 1 gone");
    program.wait_for("Tunnel closes for good");
    quit(program);
    assert_eq!(count(&desk.library(), ""), 6);
}

#[test]
fn a_folder_is_watched_from_when_another_program_says_so() {
    let desk = Desk::new();
    let mut program = open(&desk.library());
    desk.write("first.txt", "Bridge opens");
    desk.watch_news();
    // It is looked for when something happens, so something does, until it is seen.
    for _ in 0..10_000 {
        program.press("jk");
        if program.screen().contains("Bridge opens") {
            break;
        }
        std::thread::yield_now();
    }
    desk.write("second.txt", "Tunnel closes");
    program.wait_for("Tunnel closes");
    quit(program);
}

#[test]
fn folders_are_listed_and_watched_no_longer() {
    let desk = Desk::new();
    let news = desk.news();
    let none = desk.watch(&["list"]);
    assert_eq!((none.status.code(), printed(&none).as_str()), (Some(0), ""));
    assert!(said(&none).contains("no folder is watched; `pullquote watch add DIR` watches one"), "{}", said(&none));
    desk.write("first.txt", "Bridge opens");
    desk.watch_news();
    assert_eq!(printed(&desk.watch(&["list"])), format!("{}\n", news.canonicalize().unwrap().display()));
    fs::remove_dir_all(&news).unwrap();
    assert!(printed(&desk.watch(&["list"])).ends_with("news  (is not there)\n"));
    let path = printed(&desk.watch(&["list"])).replace("  (is not there)\n", "");
    assert!(desk.watch(&["remove", &path]).status.success());
    assert_eq!(desk.watch(&["remove", &path]).status.code(), Some(1));
    assert_eq!(desk.watch(&["list"]).status.code(), Some(0));
    assert_eq!(count(&desk.library(), "title:bridge"), 1, "its articles stay");
    let wrong = desk.watch(&["add", desk.library().to_str().unwrap(), "/nowhere"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("library.db: is no folder; `pullquote add` adds files"), "{}", said(&wrong));
    assert!(said(&wrong).contains("/nowhere: no such file"), "{}", said(&wrong));
}
