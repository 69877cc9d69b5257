//! Prints one frame of the reader as a terminal would show it, for looking at and for pictures:
//! `cargo run --example frame -- COLUMNS ROWS [KEYS] [OPTION=VALUE...] FILE...`.
//!
//! KEYS are written as in the settings, with blanks between them. Options: `theme=light`, `colors=rgb|256|16|never`,
//! `ascii=true`, `justify=true`, `ansi=false` for text without colours.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

use std::process::ExitCode;
use std::sync::Arc;

use pullquote::analysis::{Engine, Lexicon, Voices};
use pullquote::app::keymap::Key;
use pullquote::app::list::Content;
use pullquote::app::{App, Effect, Entry, Message};
use pullquote::article::import;
use pullquote::config::{Colors, Settings, ThemeChoice};
use pullquote::view;
use ratatui::Terminal;
use ratatui::backend::{IntoCrossterm, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::crossterm::style::ContentStyle;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [columns, rows, keys, rest @ ..] = &*arguments else {
        eprintln!("usage: frame COLUMNS ROWS KEYS [OPTION=VALUE...] FILE...");
        return ExitCode::from(2);
    };
    let (Ok(columns), Ok(rows)) = (columns.parse(), rows.parse()) else {
        eprintln!("COLUMNS and ROWS are numbers");
        return ExitCode::from(2);
    };
    let (options, files): (Vec<&String>, Vec<&String>) = rest.iter().partition(|word| word.contains('='));
    let mut settings = Settings { colors: Colors::Rgb, ..Settings::default() };
    let mut ansi = true;
    for option in options {
        match option.split_once('=').unwrap_or_default() {
            ("theme", name) => settings.theme = ThemeChoice::Named(name.to_owned()),
            ("colors", "256") => settings.colors = Colors::Indexed256,
            ("colors", "16") => settings.colors = Colors::Indexed16,
            ("colors", "never") => settings.colors = Colors::Never,
            ("ascii", value) => settings.ascii = Some(value == "true"),
            ("justify", value) => settings.justify = value == "true",
            ("ansi", value) => ansi = value == "true",
            _ => eprintln!("unknown option {option}"),
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test backend never fails");
    let app = read(settings, &files, columns, rows, keys);
    let frame = terminal.draw(|frame| view::draw(frame, &app)).expect("a test backend never fails");
    show(frame.buffer, ansi);
    ExitCode::SUCCESS
}

/// A reader of `files` after `keys`, with everything asked for answered.
fn read(settings: Settings, files: &[&String], columns: u16, rows: u16, keys: &str) -> App {
    let engine = Engine::new(Lexicon::embedded());
    let entry =
        |file: &&String| Entry { origin: (*file).clone(), read: false, position: None, content: Content::Waiting };
    let (mut app, mut effects) = App::new(settings, files.iter().map(entry).collect(), columns, rows);
    let mut keys = keys.split_whitespace();
    loop {
        for effect in std::mem::take(&mut effects) {
            let message = match effect {
                Effect::Import(id) => {
                    let bytes = std::fs::read(files[id.0]).map_err(|error| format!("{}: {error}", files[id.0]));
                    Message::Imported(id, bytes.map(|bytes| Arc::new(import::import(&bytes, files[id.0]))))
                }
                Effect::Analyze(id, article) => {
                    let analysis = Arc::new(engine.analyze(&article.text));
                    let voices = Arc::new(Voices::of(&analysis, &article.text));
                    Message::Analyzed(id, analysis, voices)
                }
                _ => continue,
            };
            effects.extend(app.update(message));
        }
        if !effects.is_empty() {
            continue;
        }
        let Some(written) = keys.next() else { return app };
        for key in Key::sequence(written).unwrap_or_default() {
            effects.extend(app.update(Message::Key(key.event())));
        }
    }
}

/// Prints the cells of `buffer`, with their styles where `ansi` says so.
fn show(buffer: &Buffer, ansi: bool) {
    for row in buffer.content.chunks(usize::from(buffer.area.width.max(1))) {
        let mut line = String::new();
        let mut hidden = 0;
        for cell in row {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            hidden = pullquote::text::width::columns(cell.symbol()).saturating_sub(1);
            if ansi {
                let style: ContentStyle = cell.style().into_crossterm();
                line.push_str(&style.apply(cell.symbol()).to_string());
            } else {
                line.push_str(cell.symbol());
            }
        }
        println!("{}", line.trim_end());
    }
}
