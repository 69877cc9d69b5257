//! The library on the screen: listed, filtered, searched.

use super::*;

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
