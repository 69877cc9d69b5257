//! Nothing in an article, a name or a setting can do anything to the terminal.
//!
//! The built program shows each hostile text in every place where it shows text; all bytes that it writes go through
//! the oracle.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use crate::oracle::{findings, harmful};
use crate::terminal::{Launch, PROGRAM, Program};

/// Sequences that would change the terminal; none is one that the program writes itself.
const SEQUENCES: [&str; 22] = [
    "\x1b]0;owned\x07",
    "\x1b]2;owned\x1b\\",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;http://owned/\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]1337;File=:AAAA\x07",
    "\x1b[02J",
    "\x1b[6n",
    "\x1b[8m",
    "\x1b[5m",
    "\x1b[?01049l",
    "\x1b[?12h",
    "\x1b[01;1H",
    "\x1bc",
    "\x1b#8",
    "\x1b(0",
    "\x1bP$q\"p\x1b\\",
    "\x1b_Gi=1\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bXstart\x1b\\",
    "\u{9b}02J",
    "\u{9d}0;owned\u{9c}",
    "\u{90}1\u{9c}",
];

/// Every hostile text: each harmful character and each sequence.
fn hostile() -> Vec<String> {
    let characters = (0..=0x10_ffff_u32).filter_map(char::from_u32).filter(|c| harmful(*c)).map(String::from);
    characters.chain(SEQUENCES.map(ToOwned::to_owned)).collect()
}

/// All hostile texts but those with one of `without`, each between two ordinary words, `separator` after each.
fn woven(without: &[char], separator: &str) -> String {
    let texts = hostile();
    let kept = texts.iter().filter(|text| !text.contains(without));
    kept.map(|text| format!("ab{text}cd{separator}")).collect()
}

/// A story that holds everything hostile in its text, its names and its quotes, and is to be found by `marker`.
fn story(marker: &str) -> String {
    let line = woven(&['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\x0b', '\x0c'], " ");
    let all = woven(&[], "\n");
    let said: String = hostile()
        .iter()
        .filter(|text| !text.contains(['\n', '\r']))
        .map(|text| format!("“We{text} will not go,” said Ana{text}bel Mo{text}ore of the Har{text}bour Board.\n\n"))
        .collect();
    format!("{marker} {line}\n\n{line}\n\n{all}\n\n{said}")
}

fn assert_harmless(raw: &[u8]) {
    let found = findings(raw);
    assert!(found.is_empty(), "{} findings: {:#?}", found.len(), &found[..found.len().min(10)]);
}

/// Opens `path` and goes everywhere: the story to its end, the panes, search, help, palette.
fn visit(launch: Launch) -> Vec<u8> {
    let mut program = launch.start();
    program.wait_for("Marker");
    wander(&mut program);
    program.press("q");
    let ending = program.end();
    assert_eq!((ending.code, ending.left_behind.len()), (0, 0), "{}", ending.screen);
    ending.raw
}

fn wander(program: &mut Program) {
    program.press("gt");
    for keys in ["]q", "]q", "]s", "]e", "\t", "jjj", "\r", "\t", "jj", "gt", "G", "gg"] {
        program.press(keys);
    }
    for _ in 0..40 {
        program.press(" ");
    }
    // A note that holds everything hostile: written, marked in the text, told, listed; and the names to pick from.
    program.press("gg]qA");
    program.paste(&woven(&[], "\n"));
    program.press("\x13");
    for keys in ["]h", "gh", "c", "cs"] {
        program.press(keys);
        leave(program);
        program.press("gt");
    }
    program.press("/");
    program.paste(&woven(&[], ""));
    leave(program);
    for open in ["\x1bOP", ":"] {
        program.press(open);
        program.paste(&woven(&[], ""));
        leave(program);
    }
}

/// Leaves what lies over the panes: the first Escape may clear a filter.
fn leave(program: &mut Program) {
    for _ in 0..3 {
        settle(program);
        program.escape();
    }
    settle(program);
}

/// Waits for a whole frame, drawn after what was pressed before.
fn settle(program: &Program) {
    let before = program.raw().len();
    let (columns, rows) = program.size();
    program.resize(columns + 1, rows);
    program.resize(columns, rows);
    program.wait_raw("a screen drawn anew", |raw| {
        raw.get(before..).is_some_and(|new| new.windows(4).any(|bytes| bytes == b"\x1b[2J"))
    });
}

#[test]
fn plain_text_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.txt");
    fs::write(&path, story("Marker")).unwrap();
    assert_harmless(&visit(Launch::new([path.to_string_lossy()]).size(120, 40)));
}

#[test]
fn bytes_in_no_encoding_are_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.txt");
    let mut bytes = b"Marker of bytes\n\n".to_vec();
    for byte in 0x80..=0xff_u8 {
        bytes.extend(b"Words before ");
        bytes.extend([byte, b'[', b'0', b'2', b'J', b' ', byte, byte, b'x', byte]);
        bytes.extend(b" and words after it, so that this is a text.\n");
    }
    fs::write(&path, bytes).unwrap();
    assert_harmless(&visit(Launch::new([path.to_string_lossy()])));
}

#[test]
fn heads_of_files_are_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let line = woven(&['\n', '\r'], " ");
    let head =
        format!("Title: Marker {line}\nAuthor: {line}\nSource: {line}\nURL: http://{line}\nDate: 2024-01-0{line}\n\n");
    fs::write(folder.path().join("head.txt"), format!("{head}{}", story("Text"))).unwrap();
    let front =
        format!("---\ntitle: Marker {line}\nauthor: {line}\n---\n\n# {line}\n\n- {line}\n\n> {line}\n\n`{line}`\n");
    fs::write(folder.path().join("front.md"), format!("{front}\n[{line}](http://{line})\n\n{}", story("Text")))
        .unwrap();
    let escaped: String =
        line.chars().map(|c| if harmful(c) { format!("&#x{:x};", u32::from(c)) } else { c.into() }).collect();
    let page = format!(
        "<!doctype html><html><head><title>Marker {line}{escaped}</title><meta name=author content=\"{escaped}\"></head><body>\
         <article><h1>Marker {line}{escaped}</h1><p>{line}</p><p>{escaped}</p><blockquote>{line}{escaped}</blockquote>\
         <p><a href=\"http://{line}\">{escaped}</a></p><pre>{line}{escaped}</pre></article></body></html>"
    );
    fs::write(folder.path().join("page.html"), page).unwrap();
    for name in ["head.txt", "front.md", "page.html"] {
        assert_harmless(&visit(Launch::new([folder.path().join(name).to_string_lossy()]).size(150, 50)));
    }
}

#[test]
fn names_of_files_and_folders_are_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let texts = hostile();
    let names = texts.iter().filter(|text| !text.contains(['/', '\0']) && !text.is_empty());
    for (number, text) in names.enumerate() {
        let inside = folder.path().join(format!("{number:03}{text}folder"));
        fs::create_dir(&inside).unwrap();
        fs::write(inside.join(format!("na{text}me.txt")), format!("Marker {number}\n\nA text.\n")).unwrap();
        fs::write(inside.join(format!("pic{text}ture.txt")), b"\0\0").unwrap();
    }
    fs::write(folder.path().join(OsString::from_vec(b"not\xffutf\x9b8.txt".to_vec())), "Marker\n\nA text.\n").unwrap();
    let mut program = Launch::new([folder.path().to_string_lossy()]).size(200, 60).start();
    program.wait_for("Marker");
    for _ in 0..hostile().len() / 8 {
        program.press("glG");
        program.press("ggJJJJJJJJ");
        settle(&program);
    }
    program.press("q");
    assert_harmless(&program.end().raw);
}

#[test]
fn what_is_said_about_missing_files_is_harmless() {
    let names: Vec<String> =
        hostile().into_iter().filter(|text| !text.contains('\0')).map(|t| format!("/no{t}file")).collect();
    let ending = Launch::new(names.iter().take(400)).start().end();
    assert_eq!(ending.code, 1);
    assert_harmless(&ending.raw);
}

#[test]
fn wrong_settings_are_harmless() {
    let line = woven(&['\n', '\r'], " ");
    let escaped: String =
        line.chars().map(|c| if harmful(c) { format!("\\U{:08x}", u32::from(c)) } else { c.into() }).collect();
    let escaped = escaped.replace(['"', '$'], "");
    for toml in [
        format!("theme = \"{escaped}\"\n\"{escaped}\" = 1\n[keys]\n\"{escaped}\" = \"quit\"\n\"x\" = \"{escaped}\"\n"),
        format!("theme = {line}\n"),
        format!("{line}\n"),
    ] {
        let mut program = Launch::new([""; 0]).settings(&toml).size(200, 50).start();
        program.wait_for("config.toml");
        program.press("q");
        let ending = program.end();
        assert_eq!(ending.code, 0, "{}", ending.screen);
        assert_harmless(&ending.raw);
    }
}

#[test]
fn the_name_of_the_settings_file_is_harmless() {
    let path = format!("/no{}where.toml", woven(&['\0'], "")).chars().take(200).collect::<String>();
    let mut program = Launch::new(["--config", &path]).size(200, 50).start();
    program.wait_for("/no");
    program.press("q");
    assert_harmless(&program.end().raw);
}

#[test]
fn extract_as_text_is_harmless_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sto\x1b[02Jry.txt");
    fs::write(&path, story("Marker")).unwrap();
    let rows = folder.path().join("rows.jsonl");
    let row = serde_json::json!({"id": woven(&[], ""), "title": woven(&[], ""), "date": woven(&[], ""), "text": woven(&[], "\n")});
    fs::write(&rows, format!("{row}\n{}\n", woven(&['\n'], ""))).unwrap();
    for format in ["text", "jsonl"] {
        let arguments = ["extract", "--format", format];
        let files = [path.to_string_lossy().into_owned(), rows.to_string_lossy().into_owned()];
        let ending = Launch::new(arguments.map(ToOwned::to_owned).into_iter().chain(files)).start().end();
        assert_eq!(ending.code, 1, "the last line is not JSON");
        assert_harmless(&ending.raw);
    }
}

#[test]
fn the_commands_of_the_library_are_harmless_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let library = library.to_str().unwrap();
    let articles = folder.path().join("in");
    fs::create_dir(&articles).unwrap();
    fs::write(articles.join("story.txt"), story("Marker")).unwrap();
    for (number, text) in SEQUENCES.iter().enumerate() {
        let name = text.replace(['/', '\0'], "");
        fs::write(articles.join(format!("{name}{number}.eml")), "No header.").unwrap();
    }
    let run = |arguments: &[&str], code: u32| {
        let ending = Launch::new(arguments.iter().chain(&["--library", library])).start().end();
        assert_harmless(&ending.raw);
        assert_eq!(ending.code, code, "{}", ending.screen);
        assert!(ending.raw.len() > 20, "{arguments:?} said nothing");
    };
    run(&["add", articles.to_str().unwrap()], 1);
    run(&["search", "marker"], 0);
    run(&["search", "will", "--format", "jsonl"], 0);
    for format in ["text", "jsonl", "csv", "markdown"] {
        run(&["quotes", "--format", format], 0);
    }
    for text in SEQUENCES {
        let name = text.replace('\0', "");
        run(&["quotes", "--by", &format!("No{name}body")], 1);
    }
    run(&["search", &format!("speeker:{}", SEQUENCES[0])], 2);
}

#[test]
fn usage_errors_are_harmless() {
    for argument in hostile().iter().filter(|text| !text.contains('\0')).take(300).map(|text| format!("--{text}x")) {
        let output = std::process::Command::new(PROGRAM).arg(&argument).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).replace('\n', "\r\n");
        let harm: Vec<char> = said.chars().filter(|c| harmful(*c) && !matches!(c, '\r' | '\n')).collect();
        assert!(harm.is_empty(), "{argument:?} gives {harm:?}");
    }
}

#[test]
fn the_payloads_of_the_shared_folder_are_harmless() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hostile/payloads");
    if !folder.is_dir() {
        println!("skipped: ../shared/data/hostile/payloads is not there");
        return;
    }
    let mut program = Launch::new([folder.to_string_lossy()]).size(120, 40).start();
    program.wait("the first frame", |screen| !screen.contents().trim().is_empty());
    for _ in 0..20 {
        program.press("J");
        settle(&program);
    }
    program.press("q");
    assert_harmless(&program.end().raw);
}
