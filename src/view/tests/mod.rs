//! Screens as a person sees them: text, and below it the styles, because the text of a frame has no colours.

mod colors;
mod library;
mod notes;
mod screens;
mod sizes;

use std::fmt::Write;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};

use crate::analysis::{Basis, EntityId, EntityKind, Evidence, RunnerUp};
use crate::app::driver::{Driver, Story, annotated};
use crate::article::{Link, Meta};
use crate::config::{Colors, Settings};
use crate::text::Span;

/// A story with all there is: both kinds of speech, nested and by nobody known, names, a link.
const VISIT: &str = "Mayor's visit speaks volumes, says Leavitt

{c=place New York City} Mayor-elect {b Zohran Mamdani}'s visit to {d=place Washington} [a: “speaks volumes”] that a \
[?: “communist”] is coming, Press Secretary {a Karoline Leavitt} has said.

[a: “It speaks volumes that tomorrow we have a Communist coming to the White House, because that's who the Democrat \
Party elected as the Mayor of the largest city in the country,”] {a Leavitt} said on Thursday.

She said [a~ it is very telling and also [a: “speaks to the fact that President Trump is willing to meet with anyone \
and talk to anyone, and to try to do what's right on behalf of the American people”]].

Ahead of the meeting, {b Mamdani} told reporters in {c New York} that [b~ he will work with the American leader on any \
agenda that benefits New Yorkers].

[b: “I intend to make it clear to President Trump that I will work with him on any agenda that benefits New Yorkers. \
If an agenda hurts New Yorkers, I will also be the first to say so,”] he added.

It is customary for an incoming {c New York City} Mayor to meet with the {e=place White House}, \
[b: “given the mutual reliance”], he said.";

const SECOND: &str = "Court finds suspension of Parliament unlawful

The court in {b=place Edinburgh} found against the government. [a: “This is a great day,”] said {a Joanna Cherry}.

The case goes on.";

/// The stories of the tests.
fn stories() -> Vec<Story> {
    let date = |text: &str| text.parse().ok();
    let mut visit = annotated(VISIT);
    let article = Arc::make_mut(&mut visit.0);
    let at = article.text.find("press").or(article.text.find("Press")).unwrap();
    article.links.push(Link { span: Span::new(at, at + 15), url: "https://example.org/".to_owned() });
    article.meta = Meta {
        date: date("2025-11-21"),
        source: Some("Wikinews".to_owned()),
        title: "Mayor's visit speaks volumes, says Leavitt".to_owned(),
        ..Meta::default()
    };
    let analysis = Arc::make_mut(&mut visit.1);
    analysis.entities[0].role = Some("Press Secretary".to_owned());
    analysis.entities[4].kind = EntityKind::Organization;
    analysis.quotes[2].confidence = 0.74;
    let place = |words: &str| article.text.find(words).map(|start| Span::new(start, start + words.len()));
    let quote = &mut analysis.quotes[2];
    quote.cue = place("said on").map(|span| Span::new(span.start, span.start + 4));
    quote.source = place("Leavitt said on").map(|span| Span::new(span.start, span.start + 7));
    quote.evidence = Evidence {
        basis: Basis::Cue,
        chain: place("Karoline Leavitt").into_iter().collect(),
        runner_up: Some(RunnerUp { speaker: EntityId(1), probability: 0.2 }),
    };
    analysis.quotes[1].evidence.runner_up = Some(RunnerUp { speaker: EntityId(0), probability: 0.41 });
    let mut second = annotated(SECOND);
    Arc::make_mut(&mut second.0).meta.date = date("2019-09-13");
    vec![visit, second]
}

fn settings() -> Settings {
    Settings { colors: Colors::Rgb, ..Settings::default() }
}

/// A reader of the stories of the tests on a screen of this size, after these keys.
fn reader(columns: u16, rows: u16, keys: &str) -> Driver {
    reader_with(settings(), columns, rows, keys)
}

fn reader_with(settings: Settings, columns: u16, rows: u16, keys: &str) -> Driver {
    let mut driver = Driver::of(stories(), settings, columns, rows);
    if !keys.is_empty() {
        driver.press(keys);
    }
    driver
}

/// A reader over a library of the stories of the tests, after these keys.
fn library(columns: u16, rows: u16, keys: &str) -> Driver {
    let mut driver = Driver::library_of(stories(), settings(), columns, rows);
    driver.press(keys);
    driver
}

/// The frame that the reader shows.
fn frame(driver: &Driver) -> Buffer {
    let (columns, rows) = (driver.app.panes.columns, driver.app.panes.rows);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| super::draw(frame, &driver.app)).unwrap().buffer.clone()
}

/// The text of the frame, a row a line.
fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width.max(1))) {
        let line: String = row.iter().map(Cell::symbol).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The frame with its styles: a letter for each cell, and what the letters stand for.
fn styled(buffer: &Buffer) -> String {
    let mut styles: Vec<String> = vec![String::new()];
    let mut letters = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width.max(1))) {
        let mut line = String::new();
        for cell in row {
            let style = style(cell);
            let index = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            line.push(letter(index));
        }
        letters.push_str(line.trim_end());
        letters.push('\n');
    }
    let mut shown = format!("{}--- styles\n{letters}---\n", text(buffer));
    for (index, style) in styles.iter().enumerate().skip(1) {
        writeln!(shown, "{} {style}", letter(index)).unwrap();
    }
    shown
}

fn letter(index: usize) -> char {
    " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".chars().nth(index).unwrap_or('#')
}

fn style(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != ratatui::style::Color::Reset {
        parts.push(cell.fg.to_string());
    }
    if cell.bg != ratatui::style::Color::Reset {
        parts.push(format!("on {}", cell.bg));
    }
    if !cell.modifier.is_empty() {
        parts.push(format!("{:?}", cell.modifier));
    }
    parts.join(" ")
}
