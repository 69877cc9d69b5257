//! Into the library from inside the reader, and files that the library has the texts of.

use super::*;

/// A file of a story that nobody else has.
fn story(folder: &Path, name: &str, who: &str) -> String {
    let path = folder.join(name);
    let text = format!("What {who} said\n2025-11-21\n\n“Nobody asked us, {who},” said {who} Stone of the council.\n");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_file_is_added_and_its_state_in_the_library_is_seen_and_changed_when_it_is_opened_by_path() {
    let folder = tempfile::tempdir().unwrap();
    let (path, file) = (folder.path().join("library.db"), story(folder.path(), "story.txt", "Ada"));
    library(&path)
        .set_starred(&[pullquote::store::ArticleId(1)], true, "2025-11-25T12:00:00Z".parse().unwrap())
        .unwrap();
    let start = || {
        let program = Launch::new([file.as_str(), "--library", path.to_str().unwrap()]).size(120, 30).start();
        program.wait_for("What Ada said");
        program.wait_for("a Ada Stone");
        program
    };
    let mut program = start();
    program.press("x");
    program.wait_for("not in the library: i adds it");
    program.press("U");
    program.wait_for("there is nothing to undo");
    program.press("i");
    program.wait_for("added to the library");
    program.press("x");
    program.wait_for("starred");
    program.press("ttown\r");
    program.wait_for("tags: town");
    // What is found in the story is kept when a core has had the time.
    let begun = Instant::now();
    while count(&path, "speaker:\"ada stone\"") == 0 {
        assert!(begun.elapsed() < PATIENCE, "the analysis is never kept");
        std::thread::yield_now();
    }
    quit(program);
    assert_eq!((count(&path, ""), count(&path, "tag:town starred read")), (4, 1));
    let mut program = start();
    program.wait_for("★");
    program.press("x");
    program.wait_for("no star any more");
    program.press("U");
    program.wait_for("undone: ");
    program.wait_for("★");
    program.press("U");
    program.wait_for("there is nothing to undo");
    quit(program);
    assert_eq!(count(&path, "starred"), 2);
}

#[test]
fn a_folder_is_added_from_the_library_and_its_stories_are_in_the_list_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (path, news) = (folder.path().join("library.db"), folder.path().join("news"));
    library(&path);
    fs::create_dir(&news).unwrap();
    for number in 0..40 {
        story(&news, &format!("{number}.txt"), &format!("Ada{number}"));
    }
    fs::write(news.join("bad.txt"), [0; 64]).unwrap();
    let mut program = open(&path);
    program.press("I");
    program.press(folder.path().join("ne").to_str().unwrap());
    program.press("\t");
    program.wait_for("/news/");
    program.press("\r");
    program.wait_for("added 40 articles");
    program.wait_for("43 unread");
    program.press("&speaker:stone\r");
    program.wait_for("/41");
    quit(program);
    assert_eq!(count(&path, "unread"), 43);
}

#[test]
fn adding_what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    library(&path);
    let mut program = open(&path);
    program.press("I/nowhere/at/all\r");
    program.wait_for("added no articles, 1 not readable (/nowhere/at/all: no such file)");
    quit(program);
}
