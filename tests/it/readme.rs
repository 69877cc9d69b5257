//! README.md is current: its picture of the screen comes from the real renderer over the bundled articles, its tables
//! of keys and signs from those of the program. `PULLQUOTE_UPDATE=1 cargo test readme` writes both.

use std::fmt::Write as _;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use pullquote::analysis::{Engine, Lexicon, Voices};
use pullquote::app::overlay::Sign;
use pullquote::app::{App, Effect, Entry, Message};
use pullquote::article::import::import;
use pullquote::article::seeds;
use pullquote::config::Settings;
use pullquote::text::width;
use pullquote::view;
use pullquote::view::glyphs::UNICODE;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Columns and rows of the picture.
const PICTURE: (u16, u16) = (116, 30);

#[test]
fn the_picture_of_the_screen_is_what_the_renderer_draws() {
    keep_current("screen", &format!("```text\n{}```\n", picture()));
}

#[test]
fn the_legend_is_the_table_of_signs() {
    let mut table = "| sign | means |\n|---|---|\n".to_owned();
    for (sign, meaning) in Sign::ALL {
        let shown: Vec<_> = UNICODE.sign(*sign).split(' ').map(|form| format!("`{form}`")).collect();
        let _ = writeln!(table, "| {} | {meaning} |", shown.join(" "));
    }
    keep_current("signs", &table);
}

#[test]
fn the_key_table_is_the_action_table() {
    keep_current("keys", &key_table());
}

/// Checks what stands between the markers of `part` in the README, or writes it where the environment asks for that.
fn keep_current(part: &str, wanted: &str) {
    // The tests of this binary write the one file: one after the other.
    static FILE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _guard = FILE.lock().unwrap();
    let readme = std::fs::read_to_string(README).unwrap();
    let start = readme.find(&format!("<!-- {part}:begin")).expect("the opening marker");
    let start = start + readme[start..].find('\n').unwrap() + 1;
    let end = readme.find(&format!("<!-- {part}:end")).expect("the closing marker");
    if std::env::var_os("PULLQUOTE_UPDATE").is_some() {
        std::fs::write(README, format!("{}{wanted}{}", &readme[..start], &readme[end..])).unwrap();
    } else {
        assert_eq!(&readme[start..end], wanted, "README.md is not current: PULLQUOTE_UPDATE=1 cargo test readme");
    }
}

/// The reader over the bundled articles, with the story open and the second quote of its first voice found: the status
/// line tells about it.
fn picture() -> String {
    let mut bundled = seeds();
    // As the library shows them: newest first.
    bundled.sort_by_key(|(name, bytes)| std::cmp::Reverse(import(bytes, name).meta.date));
    let entries = bundled.iter().map(|(name, _)| Entry::waiting(*name)).collect();
    let engine = Engine::new(Lexicon::embedded());
    let (mut app, mut effects) = App::new(Settings::default(), entries, PICTURE.0, PICTURE.1);
    let mut keys = "lgvl]s".chars();
    loop {
        while let Some(effect) = effects.pop() {
            let answer = match effect {
                Effect::Import(id) => {
                    let (name, bytes) = bundled[id.0];
                    Message::Imported(id, Ok(Arc::new(import(bytes, name))))
                }
                Effect::Analyze(id, article) => {
                    let analysis = engine.analyze(&article.text);
                    let voices = Voices::of(&analysis, &article.text);
                    Message::Analyzed(id, Arc::new(analysis), Arc::new(voices))
                }
                _ => continue,
            };
            effects.extend(app.update(answer));
        }
        let Some(key) = keys.next() else { break };
        effects.extend(app.update(Message::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))));
    }
    assert!(app.reader.as_ref().is_some_and(|reader| reader.quote.is_some()), "the status line has a quote to show");
    assert_eq!(app.notice, None, "nothing hides what the status line says of the quote");
    let mut terminal = Terminal::new(TestBackend::new(PICTURE.0, PICTURE.1)).unwrap();
    terminal.draw(|frame| view::draw(frame, &app)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut drawn = String::new();
    for row in 0..PICTURE.1 {
        let mut line = String::new();
        let mut column = 0;
        while column < PICTURE.0 {
            let symbol = buffer[(column, row)].symbol();
            line.push_str(symbol);
            column += u16::try_from(width::columns(symbol)).unwrap().max(1);
        }
        let _ = writeln!(drawn, "{}", line.trim_end());
    }
    drawn
}

/// All actions by group, as a Markdown table.
fn key_table() -> String {
    use pullquote::app::action::{Group, TABLE};
    let mut table = "| keys | does | name |\n|---|---|---|\n".to_owned();
    for group in Group::ALL {
        let _ = writeln!(table, "| | **{}** | |", group.title());
        for row in TABLE.iter().filter(|row| row.group == group) {
            let letter = if row.letter { " + letter" } else { "" };
            let keys: Vec<_> = row.keys.iter().map(|keys| format!("`{keys}`{letter}")).collect();
            let _ = writeln!(table, "| {} | {} | `{}` |", keys.join(" "), row.help, row.name);
        }
    }
    table
}
