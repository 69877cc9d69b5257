//! How long a frame takes, from state to a terminal's cells: `cargo bench --bench frame`.

use std::sync::Arc;

use crossterm::event::KeyCode;
use divan::Bencher;
use pullquote::analysis::{Engine, Lexicon, Voices};
use pullquote::app::keymap::Key;
use pullquote::app::library::{Answer, Known, Listed, Part, Shown};
use pullquote::app::list::Facts;
use pullquote::app::{App, Effect, Entry, EntryId, Message};
use pullquote::article::{Article, import};
use pullquote::config::{Colors, Settings};
use pullquote::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

const SEED: &[u8] = include_bytes!("../seeds/000_176925febe755178.txt");

/// A reader of the bundled article, said `times` over, after `keys`.
fn reader(times: usize, columns: u16, rows: u16, keys: &str) -> App {
    let mut bytes = SEED.to_vec();
    for _ in 1..times {
        bytes.extend_from_slice(b"\n\n");
        bytes.extend_from_slice(SEED);
    }
    let article: Arc<Article> = Arc::new(import::import(&bytes, "story.txt"));
    let analysis = Arc::new(Engine::new(Lexicon::embedded()).analyze(&article.text));
    let voices = Arc::new(Voices::of(&analysis, &article.text));
    let entry = |_| Entry::waiting("story.txt");
    let settings = Settings { colors: Colors::Rgb, ..Settings::default() };
    let (mut app, _) = App::new(settings, (0..50).map(entry).collect(), columns, rows);
    for id in (0..50).map(EntryId) {
        let effects = app.update(Message::Imported(id, Ok(Arc::clone(&article))));
        if effects.iter().any(|effect| matches!(effect, Effect::Analyze(..))) {
            app.update(Message::Analyzed(id, Arc::clone(&analysis), Arc::clone(&voices)));
        }
    }
    for key in keys.split_whitespace().flat_map(|keys| Key::sequence(keys).unwrap_or_default()) {
        app.update(Message::Key(key.event()));
    }
    app
}

fn draw(bencher: Bencher, app: &App) {
    let (columns, rows) = (app.panes.columns, app.panes.rows);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test backend never fails");
    bencher.bench_local(|| {
        terminal.draw(|frame| view::draw(frame, divan::black_box(app))).expect("a test backend never fails");
    });
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn story(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &reader(1, size.0, size.1, "gt ]q"));
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn story_with_hits(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &reader(1, size.0, size.1, "gt / e Enter"));
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn middle_of_a_story_of_2_mb(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &reader(900, size.0, size.1, "gt 50%"));
}

/// A reader over a library of 100,000 articles, in the middle of its list.
fn library(columns: u16, rows: u16) -> App {
    let settings = Settings { colors: Colors::Rgb, ..Settings::default() };
    let (mut app, _) = App::over_library(settings, columns, rows);
    let shown = (0..100_000).map(|at| Shown { entry: EntryId(at), read: at % 3 == 0 }).collect();
    let known = |at| Known {
        entry: EntryId(at),
        read: false,
        facts: Facts { title: format!("Story {at}"), ..Facts::default() },
    };
    let known = (49_900..50_100).map(known).collect();
    app.update(Message::Library(Answer::Listed(1, Ok(Listed { part: Part::Whole, shown, known }))));
    for key in ["5", "0", "%"].into_iter().flat_map(|key| Key::sequence(key).unwrap_or_default()) {
        app.update(Message::Key(key.event()));
    }
    app
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn list_of_100_000_articles(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &library(size.0, size.1));
}

#[divan::bench]
fn key_in_a_list_of_100_000_articles(bencher: Bencher) {
    let mut app = library(80, 24);
    let key = |code| Message::Key(KeyCode::Char(code).into());
    bencher.bench_local(|| (app.update(key('j')).len(), app.update(key('k')).len()));
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn help(bencher: Bencher, size: (u16, u16)) {
    draw(bencher, &reader(1, size.0, size.1, "gt F1"));
}
