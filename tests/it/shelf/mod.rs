//! The library as a reader lives with it: kept over quitting and killing, shared, damaged, or not to be had.

mod adding;
mod keeping;
mod listing;
mod unkept;
mod watching;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Instant;

use pullquote::analysis::{Engine, Lexicon, VERSION};
use pullquote::article::import::import;
use pullquote::store::{Found, Incoming, Options, Query, Store};
use rustix::process::Signal;

use crate::terminal::{Launch, PATIENCE, Program};

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
