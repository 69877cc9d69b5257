//! What a reader does with the program, from the shell to the shell.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::terminal::{Launch, Program};

/// Two voices, four quotes, long enough to scroll.
fn story() -> String {
    let filler = "The council met again in the old town hall and the rain did not stop all day long. ".repeat(6);
    format!(
        "Harbour plan divides the town\n\n{filler}\n\n“The harbour needs new walls,” said Maria Lopez.\n\n{filler}\n\n\
         “Nobody asked the fishermen,” said Peter Stone.\n\n{filler}\n\n“We asked everybody twice,” said Lopez.\n\n{filler}\n\n\
         “Then nobody listened,” said Stone.\n\n{filler}\n\nThe last paragraph ends with a zebra.\n"
    )
}

/// The program on [`story`], analysed.
fn reading(folder: &Path, data: Option<&Path>) -> Program {
    let path = folder.join("story.txt");
    fs::write(&path, story()).unwrap();
    let mut launch = Launch::new([path.to_string_lossy()]).size(110, 20);
    if let Some(data) = data {
        launch = launch.env("PULLQUOTE_DATA", &data.to_string_lossy());
    }
    let program = launch.start();
    program.wait_for("a Maria Lopez");
    program
}

/// The last row of the screen.
fn status(screen: &vt100::Screen) -> String {
    let columns = screen.size().1;
    screen.rows(0, columns.get()).last().unwrap_or_default()
}

fn quit(mut program: Program) {
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0, "{}", ending.screen);
    assert!(ending.left_behind.is_empty(), "{:?}", ending.left_behind);
}

#[test]
fn without_arguments_the_bundled_articles_open() {
    let program = Launch::new([""; 0]).size(120, 40).start();
    program.wait_for("Mamdani");
    program.wait_for("Voices");
    program.wait("the first voice", |screen| {
        screen.contents().lines().any(|row| row.contains("│ a ") && row.contains("Leav"))
    });
    program.wait_for("Articles  1/13");
    quit(program);
}

#[test]
fn jumping_by_quote_and_by_speaker_names_the_speaker() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.press("]q");
    program.wait("the first quote's speaker", |screen| status(screen).contains("Maria Lopez"));
    program.press("]q");
    program.wait("the second quote's speaker", |screen| status(screen).contains("Peter Stone"));
    program.press("]s");
    program.wait("the speaker's next quote", |screen| {
        status(screen).contains("Peter Stone") && screen.contents().contains("Then nobody listened")
    });
    program.press("[s[s");
    program.wait_for("Nobody asked the fishermen");
    program.press("2]q");
    program.wait_for("Then nobody listened");
    quit(program);
}

#[test]
fn why_a_quote_is_its_speakers_is_told_under_the_text_and_marked_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.press("]q]q]qe");
    program.wait_for("Why Maria Lopez");
    let row = |screen: &vt100::Screen, label: &str| {
        let contents = screen.contents();
        contents.lines().find(|row| row.contains(label)).unwrap_or_default().to_owned()
    };
    program.wait("cue, source and the way to the name", |screen| {
        row(screen, "cue  ").contains("said") && row(screen, "source  ").contains("Lopez → Maria Lopez, paragraph 2")
    });
    program.wait("the words marked in the text", |screen| {
        let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
        let marked = |y: u16| -> String {
            let cells = (0..columns).filter_map(|x| screen.cell(y, x));
            cells.filter(|cell| cell.underline() && cell.bold()).map(vt100::Cell::contents).collect()
        };
        (0..rows).any(|y| marked(y).contains("saidLopez"))
    });
    program.press("[q");
    program.wait_for("Why Peter Stone");
    program.escape();
    program.wait("the text alone, its quote still the current one", |screen| {
        !screen.contents().contains("Why Peter") && status(screen).contains("Peter Stone")
    });
    program.press(":why\r");
    program.wait_for("Why Peter Stone");
    quit(program);
}

#[test]
fn keeping_to_a_voice_skips_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.press("]qs");
    program.press("a");
    program.press("gg]q]q");
    program.wait("two quotes of one voice", |screen| status(screen).contains("2/2"));
    quit(program);
}

#[test]
fn searching_finds_as_one_types_and_escape_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.press("/zeb");
    program.wait_for("zebra");
    program.escape();
    program.wait("the beginning again", |screen| {
        screen.contents().contains("Harbour plan divides") && !screen.contents().contains("zebra")
    });
    program.press("/fishermen\r");
    program.wait_for("Nobody asked the fishermen");
    program.press("/no such words\r");
    program.wait("word that nothing is found", |screen| {
        let status = status(screen).to_lowercase();
        status.contains("no ") || status.contains("not found")
    });
    program.escape();
    quit(program);
}

#[test]
fn the_wheel_scrolls_and_a_click_selects() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    for _ in 0..40 {
        program.press("\x1b[<65;50;10M");
    }
    program.wait_for("zebra");
    quit(program);
}

#[test]
fn copying_hands_the_quote_to_the_terminals_clipboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.press("]qyq");
    program.wait_raw("the clipboard's sequence", |raw| raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"));
    let raw = program.raw();
    let text = String::from_utf8_lossy(&raw);
    let encoded = text.split("\x1b]52;c;").nth(1).and_then(|rest| rest.split('\x07').next()).unwrap();
    let copied = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, encoded).unwrap();
    let copied = String::from_utf8(copied).unwrap();
    assert!(copied.contains("The harbour needs new walls") && copied.contains("Maria Lopez"), "{copied}");
    quit(program);
}

#[test]
fn a_light_terminal_gets_light_colours() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    program.wait_raw("the question", |raw| raw.windows(7).any(|bytes| bytes == b"\x1b]11;?\x07"));
    let ink = |screen: &vt100::Screen| screen.cell(19, 3).map(|cell| (cell.fgcolor(), cell.bgcolor()));
    let mut dark = None;
    program.wait("a status line", |screen| {
        dark = ink(screen);
        true
    });
    program.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    program.wait("other colours", |screen| ink(screen) != dark);
    quit(program);
}

#[test]
fn the_place_is_kept_when_one_quits() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut program = reading(folder.path(), Some(&data));
    program.press("gtG");
    program.wait_for("zebra");
    quit(program);
    let again = reading(folder.path(), Some(&data));
    again.wait_for("zebra");
    quit(again);
}

#[test]
fn what_was_read_is_read_the_next_time_and_what_was_only_shown_is_not() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one", "two", "three"] {
        fs::write(folder.path().join(format!("{name}.txt")), format!("Story {name}\n\nText.\n")).unwrap();
    }
    let data = folder.path().join(".data");
    let start = || {
        let launch = Launch::new([folder.path().to_string_lossy()]).size(110, 30);
        launch.env("PULLQUOTE_DATA", &data.to_string_lossy()).start()
    };
    let unread = |program: &Program, title: &str, unread: bool| {
        program.wait(&format!("{title}, unread: {unread}"), |screen| {
            screen.contents().lines().any(|row| row.contains(title) && row.contains('●') == unread)
        });
    };
    let mut program = start();
    unread(&program, "Story one", true);
    unread(&program, "Story two", true);
    program.press("j");
    program.press("\r");
    unread(&program, "Story three", false);
    quit(program);
    let program = start();
    unread(&program, "Story three", false);
    unread(&program, "Story one", true);
    unread(&program, "Story two", true);
    quit(program);
}

#[test]
fn the_place_is_kept_when_the_program_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut program = reading(folder.path(), Some(&data));
    program.press("gtG");
    program.wait_for("zebra");
    program.signal(Signal::TERM);
    assert_eq!(program.end().code, 143);
    let again = reading(folder.path(), Some(&data));
    again.wait_for("zebra");
    quit(again);
}

#[test]
fn the_panes_are_as_they_were_left() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut program = reading(folder.path(), Some(&data));
    program.press("gt(");
    program.wait("no list", |screen| !screen.contents().contains("Articles"));
    quit(program);
    let mut again = reading(folder.path(), Some(&data));
    again.wait("no list", |screen| screen.contents().contains("Voices") && !screen.contents().contains("Articles"));
    again.press("gl");
    again.wait_for("Articles");
    quit(again);
}

#[test]
fn two_readers_at_once_keep_both_places() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = one.path().join("data");
    fs::write(two.path().join("other.txt"), story().replace("zebra", "giraffe")).unwrap();
    let mut first = reading(one.path(), Some(&data));
    let other = || {
        let launch = Launch::new([two.path().join("other.txt").to_string_lossy()]).size(110, 20);
        launch.env("PULLQUOTE_DATA", &data.to_string_lossy()).start()
    };
    let mut second = other();
    second.wait_for("a Maria Lopez");
    first.press("gtG");
    first.wait_for("zebra");
    second.press("gtG");
    second.wait_for("giraffe");
    quit(first);
    quit(second);
    let (first, second) = (reading(one.path(), Some(&data)), other());
    first.wait_for("zebra");
    second.wait_for("giraffe");
    quit(first);
    quit(second);
}

#[test]
fn a_damaged_memory_is_said_and_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("positions.json"), "{\"version\":1,\x1b[31m").unwrap();
    let program = reading(folder.path(), Some(&data));
    program.wait_for("damaged");
    quit(program);
    assert!(fs::read_dir(&data).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().contains("damaged")));
}

#[test]
fn what_cannot_be_read_is_an_entry_and_the_rest_opens() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("image.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(folder.path().join("story.txt"), story()).unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let mut program = Launch::new([path("missing.txt"), path("image.png"), path("story.txt")]).size(200, 20).start();
    program.wait_for("Harbour plan divides");
    program.press("glgg\r");
    program.wait_for("missing.txt: no such file");
    program.press("glj\r");
    program.wait_for("image.png: is not a text");
    fs::write(path("missing.txt"), "There after all\n\nA text.\n").unwrap();
    program.press("glgg\r");
    program.wait_for("A text.");
    quit(program);
}

#[test]
fn folders_open_with_all_below_them_in_order_and_without_what_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("b/two.md", "# Second story\n\nText."),
        ("a.txt", "First story\n\nText."),
        ("c/d/three", "Third story\n\nText."),
        (".hidden.txt", "Hidden story\n\nText."),
        (".git/config.txt", "Hidden too\n\nText."),
        ("picture.png", "\u{0}\u{0}\u{0}"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let program = Launch::new([folder.path().to_string_lossy()]).size(140, 30).start();
    program.wait_for("Articles  1/3");
    program.wait("the three in order", |screen| {
        let contents = screen.contents();
        let places: Vec<Option<usize>> =
            ["First story", "Second story", "Third story"].iter().map(|title| contents.find(title)).collect();
        places.iter().all(Option::is_some) && places.is_sorted()
    });
    assert!(!program.screen().contains("Hidden"));
    quit(program);
}

#[test]
fn a_story_still_fits_a_tiny_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = reading(folder.path(), None);
    for (columns, rows) in [(1, 1), (2, 2), (40, 12), (3, 50), (300, 3), (80, 24)] {
        program.resize(columns, rows);
        program.press("]q");
    }
    program.press("gg]q");
    program.wait("the first quote's speaker", |screen| status(screen).contains("Maria Lopez"));
    quit(program);
}

#[test]
fn a_file_of_one_article_a_line_opens_as_its_articles() {
    let folder = tempfile::tempdir().unwrap();
    let row =
        |id: u32, title: &str, text: &str| format!("{{\"id\": {id}, \"title\": \"{title}\", \"text\": \"{text}\"}}\n");
    let lines = [
        row(1, "The first headline", "“We will go,” said Ana Moore."),
        "\n".to_owned(),
        "{\"id\": 2}\n".to_owned(),
        row(3, "The third headline", "Escapes \\u001b[2J are shown as signs."),
    ];
    fs::write(folder.path().join("many.jsonl"), lines.concat()).unwrap();
    fs::write(folder.path().join("nothing.txt"), "").unwrap();
    fs::write(folder.path().join("one.json"), row(4, "The fourth headline", "And its text.")).unwrap();
    let mut program = Launch::new([folder.path().to_string_lossy()]).size(160, 24).start();
    program.wait("all entries read", |screen| {
        let contents = screen.contents();
        let expected = ["1/5 · 3 unread", "The first headline", "The fourth headline", "Ana Moore"];
        expected.iter().all(|part| contents.contains(part))
    });
    program.press("j\r");
    program.wait_for("many.jsonl:3: not an article: it has no \"text\"");
    program.press("glj\r");
    program.wait_for("are shown as signs");
    program.press("glj\r");
    program.wait_for("nothing.txt: is empty");
    program.press("q");
    assert_eq!(program.end().code, 0);
}
