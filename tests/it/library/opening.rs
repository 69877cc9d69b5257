//! Books and mail without a library: opened in the reader, and analysed.

use super::*;
use crate::terminal::Launch;

const LETTERS: &str = "From a Fri Nov 21 09:30:00 2025\nFrom: Ana <ana@example.org>\nSubject: Morning letter\n\nThe harbour opens.\n\nFrom b Sat Nov 22 09:30:00 2025\nFrom: Ben <ben@example.org>\nSubject: Evening letter\n\nThe harbour closes.\n";

#[test]
fn chapters_and_messages_are_entries_of_the_list() {
    let desk = Desk::new();
    let book = desk.write("book.epub", epub(&["<h1>Dawn</h1><p>It dawned.</p>", "<h1>Dusk</h1><p>It dusked.</p>"]));
    let letters = desk.write("letters.mbox", LETTERS);
    let letter = desk.write("letter.eml", "From: Cleo <c@example.org>\nSubject: Noon letter\n\nThe harbour rests.\n");
    let paths = [book, letters, letter].map(|path| path.to_str().unwrap().to_owned());
    let mut program = Launch::new(paths).size(120, 30).start();
    for title in ["Dawn", "Dusk", "Morning letter", "Evening letter", "Noon letter", "It dawned."] {
        program.wait_for(title);
    }
    program.press("J");
    program.wait_for("It dusked.");
    program.press("q");
    assert_eq!(program.end().code, 0);
}

#[test]
fn what_is_damaged_is_listed_and_a_folder_of_nothing_but_books_says_what_to_do() {
    let desk = Desk::new();
    desk.write("cut.epub", &epub(&["<h1>One</h1><p>Text.</p>"])[..400]);
    let folder = desk.path("in");
    let named = desk.run([folder.join("cut.epub")]);
    assert_eq!(named.status.code(), Some(1));
    assert!(said(&named).contains("cut.epub: is no EPUB: it is cut off"), "{}", said(&named));
    let below = desk.run([folder]);
    assert_eq!(below.status.code(), Some(1));
    assert!(said(&below).contains("holds books and mailboxes only"), "{}", said(&below));
}

#[test]
fn extract_takes_books_and_mailboxes_apart() {
    let desk = Desk::new();
    let book = desk.write(
        "book.epub",
        epub(&["<h1>Dawn</h1><p>“It dawned,” said Ana Silva.</p>", "<h1>Dusk</h1><p>It dusked.</p>"]),
    );
    desk.write("letters.mbox", LETTERS);
    let output = desk.run([OsStr::new("extract"), desk.path("in").as_os_str()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let rows = rows(&output);
    let titles: Vec<&str> = rows.iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Dawn", "Dusk", "Morning letter", "Evening letter"]);
    assert_eq!(rows[0]["id"], format!("{}#1", book.display()));
    assert_eq!(rows[0]["quotes"][0]["kind"], "direct");
}
