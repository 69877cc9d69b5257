//! The library as a reader lives with it: kept over quitting and killing, shared, damaged, or not to be had.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use pullquote::analysis::{Engine, Lexicon, VERSION};
use pullquote::article::import::import;
use pullquote::store::{Found, Incoming, Options, Query, Store};
use rustix::process::Signal;

use crate::terminal::{Launch, Program};

/// A library of three stories at `path`, and the way to it.
fn library(path: &Path) -> Store {
    let options = Options::chosen(path.to_owned(), "2025-11-25".parse().unwrap());
    let mut store = Store::open(&options).unwrap().store;
    let engine = Engine::new(Lexicon::embedded());
    let filler = "The council met in the old town hall and the rain did not stop all day. ".repeat(40);
    for (title, day, who) in [
        ("Harbour plan divides the town", "2025-11-20", "Maria Lopez"),
        ("Ferry to the islands is late again", "2025-11-10", "Peter Stone"),
        ("A quiet day in the mountains", "2025-10-01", "Nina Berg"),
    ] {
        let text = format!("{title}\n{day}\n\n{filler}\n\n“Nobody asked us,” said {who}.\n\n{filler}\n\nThe end.\n");
        let article = import(text.as_bytes(), "story.txt");
        let analysis = engine.analyze(&article.text);
        let incoming = Incoming { analysis: Some((&analysis, VERSION)), ..Incoming::new(&article) };
        store.add(&incoming, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    }
    store.set_preference("seeds", "not wanted").unwrap();
    store
}

fn open(path: &Path) -> Program {
    let program = Launch::new(["--library", &path.to_string_lossy()]).size(200, 30).start();
    program.wait_for("Harbour plan divides");
    program
}

fn quit(mut program: Program) {
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0, "{}", ending.screen);
    assert!(ending.left_behind.is_empty(), "{:?}", ending.left_behind);
}

/// How many articles match a query by now.
fn count(path: &Path, query: &str) -> usize {
    let options = Options::chosen(path.to_owned(), "2025-11-25".parse().unwrap());
    let store = Store::open(&options).unwrap().store;
    store.count(&Query::parse(query, options.today).unwrap()).unwrap()
}

/// Kills the program as a power switch would.
fn kill(program: Program) {
    program.signal(Signal::KILL);
    let _ = program.end();
}

#[test]
fn the_library_opens_newest_first_and_stories_open_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.wait_for("Articles  1/3 · 3 unread");
    program.wait_for("Maria Lopez");
    program.press("j\r");
    program.wait_for("Peter Stone");
    program.wait_for("2/3 · 2 unread");
    program.press("]q");
    program.wait_for("a Peter Stone · quote 1/1");
    quit(program);
    assert_eq!(count(&path, "unread"), 2);
}

#[test]
fn a_copy_of_the_file_alone_holds_everything_once_the_reader_has_quit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("jx");
    program.wait_for("starred");
    quit(program);
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(count(&copy, "starred"), 1);
}

#[test]
fn what_the_screen_says_is_kept_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("jx");
    program.wait_for("starred");
    program.press("jr");
    program.wait_for("marked as read");
    program.press("gg\rGma");
    program.wait_for("mark a");
    kill(program);
    assert_eq!((count(&path, "starred"), count(&path, "read")), (1, 2));
    let mut program = open(&path);
    program.press("\rgg'a");
    program.wait_for("The end.");
    quit(program);
}

#[test]
fn the_place_in_a_file_is_kept_within_a_second_even_if_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, story) = (folder.path().join("library.db"), folder.path().join("story.txt"));
    let filler = "The council met in the old town hall and the rain did not stop all day. ".repeat(60);
    fs::write(&story, format!("A long story\n\n{filler}\n\nHere is a zebra.\n")).unwrap();
    let start = || {
        let arguments = [&story.to_string_lossy(), "--library", &*path.to_string_lossy()];
        let program = Launch::new(arguments).size(80, 20).start();
        program.wait_for("council");
        program
    };
    let mut program = start();
    program.press("G");
    program.wait_for("zebra");
    let is_kept = || {
        let options = Options::chosen(path.clone(), "2025-11-25".parse().unwrap());
        let content = import(&fs::read(&story).unwrap(), "story.txt").content_id();
        Store::open(&options).is_ok_and(|opened| opened.store.position(content).is_ok_and(|place| place.is_some()))
    };
    let deadline = std::time::Instant::now() + crate::terminal::PATIENCE;
    while !is_kept() {
        assert!(std::time::Instant::now() < deadline, "the place is never written");
        std::thread::yield_now();
    }
    kill(program);
    let program = start();
    program.wait_for("zebra");
    quit(program);
}

#[test]
fn two_readers_see_what_the_other_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let (mut one, mut two) = (open(&path), open(&path));
    one.press("jr");
    one.wait_for("marked as read");
    // It is looked for when something happens, so something does, until it is seen.
    let mut unread = false;
    for _ in 0..10_000 {
        two.press("jk");
        unread = two.screen().contains("3 · 2 unread");
        if unread {
            break;
        }
        std::thread::yield_now();
    }
    if !unread {
        two.wait_for("3 · 2 unread");
    }
    two.press("ggx");
    two.wait_for("starred");
    quit(one);
    quit(two);
    assert_eq!((count(&path, "starred"), count(&path, "read")), (1, 1));
}

#[test]
fn undo_says_what_it_took_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("x");
    program.wait_for("starred");
    program.press("U");
    program.wait_for("undone: starred “");
    program.press("U");
    program.wait_for("there is nothing to undo");
    quit(program);
    assert_eq!(count(&path, "starred"), 0);
}

#[test]
fn a_library_that_cannot_be_written_is_read_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept/library.db");
    library(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o500)).unwrap();
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may write anything");
    } else {
        let mut program = open(&path);
        program.wait_for("nothing will be remembered");
        program.press("x");
        program.wait_for("cannot be written");
        program.press("j\r");
        program.wait_for("Peter Stone");
        quit(program);
    }
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_damaged_library_is_set_aside_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    fs::write(&path, "this was a library once \x1b[31m").unwrap();
    let program = Launch::new([""; 0]).env("PULLQUOTE_DATA", &folder.path().to_string_lossy()).size(200, 30).start();
    program.wait_for("the library was damaged: it lies now in");
    program.wait_for("Mamdani");
    quit(program);
    let aside = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let aside: Vec<_> = aside.filter(|path| path.to_string_lossy().contains("damaged")).collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert!(fs::read_to_string(&aside[0]).unwrap().starts_with("this was a library once"), "nothing is overwritten");
}

#[test]
fn a_file_that_is_no_library_is_left_alone_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    fs::write(&path, "Dear Ana, this is a letter.\n").unwrap();
    let program = Launch::new(["--library", &path.to_string_lossy()]).size(200, 30).start();
    program.wait_for("no pullquote library; choose another path with --library");
    program.wait_for("Mamdani");
    quit(program);
    assert_eq!(fs::read_to_string(&path).unwrap(), "Dear Ana, this is a letter.\n");
}

#[test]
fn the_bundled_articles_are_added_once_and_stay_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let start = || Launch::new(["--library", &path.to_string_lossy()]).size(200, 30).start();
    let program = start();
    program.wait_for("Articles  1/13");
    program.wait_for("9 quotes a b");
    quit(program);
    let options = Options::chosen(path.clone(), "2025-11-25".parse().unwrap());
    let opened = Store::open(&options).unwrap();
    assert_eq!(opened.found, Found::Library);
    let mut store = opened.store;
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "private to the user");
    let ids = store.ids(&Query::default(), Default::default()).unwrap();
    store.remove(&ids, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    drop(store);
    let program = start();
    program.wait_for("Articles  none");
    quit(program);
}

#[test]
fn the_list_is_filtered_by_a_query_whose_errors_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("&speaker:berg");
    program.wait("one story", |screen| {
        let contents = screen.contents();
        contents.contains("1 story") && contents.contains("A quiet day") && !contents.contains("Ferry to the")
    });
    program.press(" sinze:2020");
    program.wait_for("since");
    program.escape();
    program.wait_for("Ferry to the islands");
    program.press("&since:2025-11-01 unread\r");
    program.wait_for("&since:2025-11-01 unread  1/2");
    program.press("r");
    program.wait_for("1/2 · 1 unread");
    program.escape();
    program.wait_for("Articles  1/3 · 2 unread");
    program.press(",l");
    program.wait_for("by length");
    program.press("tclimate, eu\r");
    program.wait_for("tags: climate, eu");
    program.press("&tag:cli\r");
    program.wait_for("&tag:cli  none");
    program.escape();
    quit(program);
    assert_eq!(count(&path, "tag:climate tag:eu"), 1);
}

#[test]
fn search_across_the_library_opens_a_story_at_the_match() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("/berg");
    program.wait("the story with its words", |screen| {
        let contents = screen.contents();
        contents.contains("Search the library") && contents.contains("Nobody asked us,” said Nina Berg")
    });
    program.press("\r");
    program.wait("the match", |screen| {
        screen.contents().lines().last().is_some_and(|status| status.contains("/berg 1/1"))
            && screen.contents().contains("said Nina Berg")
    });
    program.press("gl/");
    program.wait_for("said Nina Berg");
    program.press("\x15zebra");
    program.wait_for("no story matches");
    program.escape();
    quit(program);
}

#[test]
fn a_library_that_is_newer_or_locked_is_left_alone_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let said = |text: &str| {
        let mut program = Launch::new(["--library", &path.to_string_lossy()]).size(200, 30).start();
        program.wait_for(text);
        program.wait_for("Mamdani");
        program.press("x");
        program.wait_for("starred");
        quit(program);
    };
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM searches;").unwrap();
    said("another program keeps the library locked; close it");
    other.execute_batch("ROLLBACK; PRAGMA locking_mode = NORMAL; PRAGMA user_version = 99;").unwrap();
    drop(other);
    said("version 99, this program knows versions up to");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA user_version = 1;").unwrap();
    drop(other);
    assert_eq!((count(&path, ""), count(&path, "starred")), (3, 0), "nobody wrote to it");
}
