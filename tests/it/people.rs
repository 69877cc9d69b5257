//! People, the level above the list, saved queries and changes to several stories, in the real program.

use std::path::Path;

use pullquote::analysis::{Engine, Lexicon, VERSION};
use pullquote::article::import::import;
use pullquote::store::{Incoming, Options, Query, Store};
use rustix::process::Signal;

use crate::terminal::{Launch, Program};

/// A library of four stories at `path`; Maria Lopez speaks in three of them, with the same words in two.
fn library(path: &Path) {
    let mut store = open_store(path);
    let engine = Engine::new(Lexicon::embedded());
    for (title, day, words) in [
        ("Harbour plan divides the town", "2025-11-20", "Nobody asked us about the harbour at all"),
        ("Harbour plan, one day later", "2025-11-21", "Nobody asked us about the harbour at all"),
        ("Ferry to the islands is late again", "2025-11-10", "The ferry has been late for a year now"),
    ] {
        let text = format!("{title}\n{day}\n\n“{words},” said Maria Lopez.\n\nThe end of it.\n");
        add(&mut store, &engine, &text);
    }
    add(&mut store, &engine, "A quiet day\n2025-10-01\n\n“All is well,” said Nina Berg.\n");
    store.set_preference("seeds", "not wanted").unwrap();
}

fn add(store: &mut Store, engine: &Engine, text: &str) {
    let article = import(text.as_bytes(), "story.txt");
    let analysis = engine.analyze(&article.text);
    let incoming = Incoming { analysis: Some((&analysis, VERSION)), ..Incoming::new(&article) };
    store.add(&incoming, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
}

fn open_store(path: &Path) -> Store {
    Store::open(&Options::chosen(path.to_owned(), "2025-11-25".parse().unwrap())).unwrap().store
}

fn count(path: &Path, query: &str) -> usize {
    open_store(path).count(&Query::parse(query, "2025-11-25".parse().unwrap()).unwrap()).unwrap()
}

fn open(path: &Path, columns: u16, rows: u16, first: &str) -> Program {
    let program = Launch::new(["--library", &path.to_string_lossy()]).size(columns, rows).start();
    program.wait_for(first);
    program
}

fn quit(mut program: Program) {
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0, "{}", ending.screen);
}

#[test]
fn everything_a_person_said_is_found_opened_and_come_back_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path, 100, 30, "Harbour plan, one day");
    program.press(":said lop");
    program.wait_for("Maria Lopez");
    program.press("\r");
    program.wait_for("2 quotes in 2 stories");
    program.wait_for("also in 1 other story");
    program.wait_for("10 Nov 2025");
    program.press("G\r");
    program.wait_for("a Maria Lopez · quote 1/1");
    program.wait_for("3/4");
    program.press("h");
    program.wait_for("quote 2/2");
    program.press("&harbour");
    program.wait_for("1 quote about harbour");
    program.press("\r");
    program.escape();
    program.wait_for("2 quotes in 2 stories");
    program.press("M");
    program.wait_for("Maria Lopez is the same as");
    program.press("nina\r");
    program.wait_for("made Maria Lopez and Nina Berg one person: U");
    program.wait_for("3 quotes in 3 stories");
    program.press("U");
    program.wait_for("undone: made Maria Lopez and Nina Berg one person");
    // It is she again, and not whom she was made one with.
    program.wait_for("2 quotes in 2 stories");
    program.press("gg");
    program.escape();
    program.wait_for("Articles  3/4");
    quit(program);
}

#[test]
fn a_saved_query_is_a_folder_and_the_list_is_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path, 40, 12, "Harbour plan");
    program.press("&speaker:lopez\x13Maria\r");
    program.wait_for("saved query Maria");
    program.wait_for("Maria  1/3");
    program.press("gf");
    program.wait_for("Saved queries");
    program.press("gg\r,t");
    program.wait_for("by title");
    program.wait_for("Articles");
    program.press("h4j\r");
    program.wait_for("Maria  1/3");
    quit(program);
    let program = open(&path, 80, 24, "Maria  1/3");
    quit(program);
}

#[test]
fn stories_are_picked_changed_removed_and_brought_back_even_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path, 120, 30, "Harbour plan, one day");
    program.press("vj");
    program.wait_for("2 stories picked");
    program.press("x");
    program.wait_for("starred 2 stories: U takes it back");
    program.press("\x01teu, town\r");
    program.wait_for("tagged 4 stories with eu, town");
    // All are let go of first.
    program.press("\x01ggD");
    program.wait_for("removed “Harbour plan, one day later”");
    program.wait_for("Articles  1/3");
    program.signal(Signal::KILL);
    let _ = program.end();
    assert_eq!((count(&path, ""), count(&path, "tag:eu tag:town"), count(&path, "starred")), (3, 3, 1));
    let mut program = open(&path, 120, 30, "Articles  1/3");
    program.press("U");
    program.wait_for("U again undoes what an earlier run did: removed “Harbour plan, one day later”");
    program.press("U");
    program.wait_for("undone: removed “Harbour plan, one day later”");
    program.wait_for("/4");
    program.press("U");
    program.wait_for("U again undoes what an earlier run did: tagged 4 stories");
    program.press("U");
    program.wait_for("undone: tagged 4 stories with eu, town");
    quit(program);
    assert_eq!((count(&path, ""), count(&path, "tag:eu"), count(&path, "starred")), (4, 0, 2));
}
