//! Libraries that are damaged, not ours or not to be had: left alone or set aside, read as far as can be, and said.

use super::*;

/// Quits a reader that keeps nothing: it says why once more.
fn quit_unkept(mut program: Program, why: &str) {
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0, "{}", ending.screen);
    assert!(
        ending.screen.contains("pullquote: nothing was kept: ") && ending.screen.contains(why),
        "{}",
        ending.screen
    );
}

fn last_line(screen: &vt100::Screen) -> String {
    screen.contents().lines().last().unwrap_or_default().to_owned()
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
        program.wait_for("not kept: ");
        program.press("x");
        program.wait_for("cannot be written; check who owns the file");
        program.press("j\r");
        program.wait_for("Peter Stone");
        program.wait_for("not kept");
        quit_unkept(program, "cannot be written");
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
    let mut program = Launch::new(["--library", &path.to_string_lossy()]).size(200, 30).start();
    program.wait_for("no pullquote library; choose another path with --library");
    program.wait_for("Mamdani");
    program.press("j");
    program.wait("a sign that stays", |screen| last_line(screen).contains("not kept"));
    program.press("x");
    program.wait_for("starred, but not kept: ");
    program.press("\rma");
    program.wait_for("mark a, but not kept: ");
    quit_unkept(program, "no pullquote library; choose another path with --library");
    assert_eq!(fs::read_to_string(&path).unwrap(), "Dear Ana, this is a letter.\n");
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
        program.wait_for("starred, but not kept: ");
        quit_unkept(program, text);
    };
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM searches;").unwrap();
    said("another program keeps the library locked; close it");
    other.execute_batch("ROLLBACK; PRAGMA locking_mode = NORMAL; PRAGMA user_version = 99;").unwrap();
    drop(other);
    said("version 99, this program knows versions up to");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.pragma_update(None, "user_version", pullquote::store::VERSION).unwrap();
    drop(other);
    assert_eq!((count(&path, ""), count(&path, "starred")), (3, 0), "nobody wrote to it");
}
