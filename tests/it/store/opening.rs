//! Opening: new, known, newer, foreign, locked, read only; private to the user.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pullquote::store::{Error, FeedId, Found};
use rusqlite::Connection;

use super::*;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What lies in a folder, by name, with its bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn a_new_library_and_all_beside_it_is_private_to_the_user() {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("deep/er/library.db");
    let opened = open(&path);
    assert_eq!(opened.found, Found::Nothing);
    let mut store = opened.store;
    add(&mut store, &article("A\n\nb"));
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&outer.path().join("deep")), 0o700);
    for (name, _) in contents(path.parent().unwrap()) {
        assert_eq!(mode(&path.with_file_name(&name)), 0o600, "{name}");
    }
    assert!(contents(path.parent().unwrap()).len() >= 2, "there is a log");
}

#[test]
fn what_was_kept_is_there_after_opening_again_and_nothing_lies_beside_it_when_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let story = article("A headline\n\nA text.");
    let id = add(&mut open(&path).store, &story);
    assert_eq!(contents(folder.path()).len(), 1);
    let opened = open(&path);
    assert_eq!(opened.found, Found::Library);
    assert_eq!(opened.store.load(id).unwrap(), story);
}

#[test]
fn a_newer_library_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(open(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = contents(folder.path());
    let error = Store::open(&options(&path)).unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error:?}");
    assert!(message.contains("version 99") && message.contains("update pullquote"), "{message}");
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn somebody_elses_file_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("places.sqlite");
    Connection::open(&database)
        .unwrap()
        .execute_batch("CREATE TABLE bookmarks (url); PRAGMA user_version = 3;")
        .unwrap();
    let letter = folder.path().join("letter.txt");
    fs::write(&letter, "Dear Ana,\n".repeat(500)).unwrap();
    let before = contents(folder.path());
    for path in [&database, &letter] {
        let error = Store::open(&Options::chosen(path.clone(), TODAY)).unwrap_err();
        assert!(matches!(error, Error::Foreign(_)), "{error:?}");
        assert!(error.to_string().contains("is no pullquote library"), "{error}");
    }
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn in_its_own_folder_a_file_without_any_trace_of_a_library_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    for expected in ["library.db.damaged-2025-11-28", "library.db.damaged-2025-11-28-2"] {
        fs::write(&path, expected).unwrap();
        let opened = open(&path);
        let aside = folder.path().join(expected);
        assert_eq!(opened.found, Found::Damaged(aside.clone()));
        assert_eq!(fs::read_to_string(aside).unwrap(), expected, "it is kept as it was");
        assert_eq!(opened.store.count(&query("")).unwrap(), 0);
    }
}

#[test]
fn an_empty_file_becomes_a_library_and_a_folder_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    fs::write(&path, "").unwrap();
    add(&mut Store::open(&Options::chosen(path, TODAY)).unwrap().store, &article("A\n\nb"));
    let error = Store::open(&options(folder.path())).unwrap_err();
    assert!(matches!(error, Error::Unreachable(..)), "{error:?}");
    assert!(error.to_string().contains("check the path"), "{error}");
}

#[test]
fn an_empty_file_that_is_not_called_a_library_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.txt");
    fs::write(&path, "").unwrap();
    let error = Store::open(&Options::chosen(path.clone(), TODAY)).unwrap_err();
    assert!(matches!(error, Error::Blank(_)), "{error:?}");
    assert!(error.to_string().contains("the file is empty, and no pullquote library"), "{error}");
    assert_eq!(contents(folder.path()), [("plain.txt".to_owned(), Vec::new())]);
}

#[test]
fn messages_about_hostile_paths_are_safe_to_print() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{1b}[31mb/library.db");
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::create_dir(&path).unwrap();
    let message = Store::open(&options(&path)).unwrap_err().to_string();
    assert!(!message.chars().any(char::is_control), "{message:?}");
}

#[test]
fn a_library_that_another_program_writes_can_be_opened_and_read_and_writing_waits_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    add(&mut open(&path).store, &article("A\n\nb"));
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let patience = Duration::from_millis(20);
    let mut store = Store::open(&Options { patience, ..options(&path) }).unwrap().store;
    assert_eq!(titles(&store, ""), ["A"]);
    let error = store.set_mark(1, 'a', 1).unwrap_err();
    assert!(matches!(error, Error::Locked(_)), "{error:?}");
    assert!(error.to_string().contains("another program"), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    store.set_mark(1, 'a', 1).unwrap();
}

#[test]
fn changes_of_another_instance_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let (mut one, two) = (open(&path).store, open(&path).store);
    let before = two.changes_elsewhere().unwrap();
    assert_eq!(two.changes_elsewhere().unwrap(), before);
    add(&mut one, &article("A\n\nb"));
    assert_ne!(two.changes_elsewhere().unwrap(), before);
    assert_eq!(titles(&two, ""), ["A"]);
}

/// Run by the test below as a user who may not write; does nothing otherwise.
#[test]
#[ignore = "a part of another test"]
fn read_only_child() {
    let Some(path) = std::env::var_os("PULLQUOTE_TEST_READ_ONLY") else { return };
    let opened = Store::open(&options(Path::new(&path))).unwrap();
    assert_eq!(opened.found, Found::ReadOnly);
    let mut store = opened.store;
    assert_eq!(titles(&store, "text"), ["A"]);
    let error = store.set_mark(1, 'a', 1).unwrap_err();
    assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
    assert!(error.to_string().contains("cannot be written"), "{error}");
    let elsewhere = Path::new(&path).with_file_name("none/library.db");
    let error = Store::open(&options(&elsewhere)).unwrap_err();
    assert!(error.to_string().contains("check"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_library_in_a_read_only_folder_can_be_read_and_says_that_it_cannot_be_written() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    add(&mut open(&path).store, &article("A\n\nThe text."));
    for read_only in [folder.path(), &path] {
        let bits = if read_only.is_dir() { 0o555 } else { 0o444 };
        fs::set_permissions(read_only, fs::Permissions::from_mode(bits)).unwrap();
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "--ignored", "store::opening::read_only_child"]).env("PULLQUOTE_TEST_READ_ONLY", &path);
    // Permissions do not hold for the superuser, so the child is somebody else then.
    if rustix::process::geteuid().is_root() {
        let given = [folder.path(), &path].into_iter().try_for_each(|own| chown(own, Some(NOBODY), None));
        if let Err(error) = given {
            eprintln!("skipped: the library cannot be given to another user here ({error})");
            return;
        }
        child.uid(NOBODY).current_dir("/");
    }
    let output = match child.output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!("skipped: the test program cannot be run as another user here ({error})");
            return;
        }
    };
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// Where libraries of past versions lie.
fn fixture(version: usize) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/libraries/{version}.db"))
}

/// Puts into a library one of everything that must survive a migration.
fn one_of_everything(store: &mut Store) {
    let story = from(
        dated("Visit\n\n“It speaks volumes,” Karoline Leavitt said.\n\nThe café was open.", 2025, 11, 21),
        "Wikinews",
        "https://en.wikinews.org/wiki/V",
    );
    let found = analysis(
        &story.text,
        vec![person(&story.text, "Karoline Leavitt, Press Secretary", &["Leavitt"])],
        &[("“It speaks volumes,”", 0)],
    );
    let id = add_analyzed(store, &story, &found);
    store.tag(&[id], "politics", now()).unwrap();
    store.set_starred(&[id], true, now()).unwrap();
    store.highlight(&story, Span::new(7, 29), "a note", now()).unwrap();
    store.set_positions(&[(story.content_id(), 9)], now()).unwrap();
    store.set_mark(story.content_id(), 'a', 3).unwrap();
    store.add_feed("https://example.org/feed", "Example", "News").unwrap();
    store.set_read(&[id], true, now()).unwrap();
}

/// Writes the fixture of the present version: `cargo test --test it -- --ignored write_the_fixture`, once, when a
/// version is released. From then on its file is frozen: it stands for the libraries that people have.
#[test]
#[ignore = "writes a fixture"]
fn write_the_fixture_of_this_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut store = open(&path).store;
    one_of_everything(&mut store);
    drop(store);
    fs::create_dir_all(fixture(0).parent().unwrap()).unwrap();
    fs::copy(path, fixture(pullquote::store::VERSION as usize)).unwrap();
}

#[test]
fn a_library_of_every_version_opens_with_all_that_was_in_it() {
    for version in 1..=pullquote::store::VERSION as usize {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        fs::copy(fixture(version), &path).unwrap_or_else(|error| panic!("no fixture of version {version}: {error}"));
        let opened = open(&path);
        assert_eq!(opened.found, Found::Library, "version {version}");
        let mut store = opened.store;
        assert_eq!(titles(&store, "speaker:leavitt tag:politics starred cafe source:wikinews"), ["Visit"]);
        let row = store.list(&query(""), Sort::default(), Window::ALL).unwrap().remove(0);
        assert_eq!((row.position, row.highlights, row.quotes, row.read), (Some(9), 1, 1, true));
        assert_eq!(store.highlights(0, 9).unwrap()[0].note, "a note");
        assert_eq!(store.marks(row.content).unwrap(), [('a', 3)]);
        let feed = store.feeds().unwrap().remove(0);
        assert_eq!((feed.folder.as_str(), feed.title(), feed.renamed.as_str()), ("News", "Example", ""));
        assert_eq!(feed.key, "https://example.org/feed");
        let undone = store.undo().unwrap().unwrap();
        assert!(undone.starts_with("marked ") && undone.ends_with(" read"), "{undone}");
        assert_eq!(store.load_analyzed(row.id).unwrap().1.unwrap().0.entities[0].name, "Karoline Leavitt");
    }
}

#[test]
fn feeds_of_the_first_version_keep_names_notes_failures_and_shared_stories() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    fs::copy(fixture(1), &path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch(
            r#"INSERT INTO feeds (id, url, title, failures, error, settings) VALUES
                 (7, 'http://b/', 'Mine', 2, 'the server answers 404', '{"own_title":true,"origin":"http://old/"}'),
                 (8, 'http://c/', 'http://c/', 0, 'only its first entries', 'no json');
               UPDATE articles SET feed = 8;
               INSERT INTO origins (key, stamp, article) SELECT 'http://old/#1', 1, id FROM articles;
               INSERT INTO origins (key, stamp, article) SELECT 'http://old/x', 1, id FROM articles;"#,
        )
        .unwrap();
    let store = open(&path).store;
    let mine = store.feed(FeedId(7)).unwrap();
    assert_eq!((mine.title(), mine.renamed.as_str(), mine.name.as_str()), ("Mine", "Mine", ""));
    assert_eq!(
        (mine.key.as_str(), mine.failure.as_deref(), mine.note.as_deref()),
        ("http://old/", Some("server"), None)
    );
    let noted = store.feed(FeedId(8)).unwrap();
    assert_eq!((noted.title(), noted.name.as_str(), noted.key.as_str()), ("http://c/", "", "http://c/"));
    assert_eq!((noted.error.as_deref(), noted.note.as_deref()), (None, Some("only its first entries")));
    assert_eq!((mine.articles, noted.articles), (1, 1));
    assert_eq!((titles(&store, "feed:mine").len(), titles(&store, "-feed:mine").len()), (1, 0));
}
