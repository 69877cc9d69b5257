//! What is kept: over quitting, copying, killing, and beside another reader.

use super::*;

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
