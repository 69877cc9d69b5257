//! The impure rim: terminal, threads, files, signals, clock.
//!
//! Five kinds of thread feed one channel of `Event`s: input, signals, workers, the library's, and whoever reads standard
//! input.
//! The main thread takes all events that are there, lets [`App::update`](crate::app::App::update) change the state,
//! does the effects, and draws once. Nothing ticks: where no event comes, nothing runs.

#![allow(clippy::disallowed_methods, reason = "the rim: files, threads, environment and clock belong here")]

mod decode;
mod device;
mod environment;
pub mod feeds;
pub mod files;
mod guard;
pub mod in_order;
mod input;
pub mod intake;
mod library;
mod pages;
pub mod panics;
pub mod paths;
pub mod place;
mod screen;
mod session;
mod settings;
mod signals;
pub mod sources;
pub mod wait;
mod workers;

pub use session::{Options, USAGE, run};

use std::io::{self, Write};

use crate::app::{Entry, EntryId, Message};
use crate::text::safe;

/// What the main thread waits for.
#[derive(Debug)]
enum Event {
    /// Something for the application.
    Message(Message),
    /// The file of an entry holds these, each with its source.
    Unpacked(EntryId, Vec<(Entry, sources::Source)>),
    /// A signal came, by its number.
    Signal(i32),
    /// The terminal is gone.
    InputClosed,
}

/// Says `line` on standard error, made safe.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe::line(line));
}

/// In debug builds, panics where `PULLQUOTE_PANIC` names this `place`: the tests see the terminal come back.
fn panic_on_request(place: &str) {
    #[cfg(debug_assertions)]
    if std::env::var_os("PULLQUOTE_PANIC").is_some_and(|wanted| wanted == place) {
        panic!("asked to panic in {place}\x1b[31m");
    }
    #[cfg(not(debug_assertions))]
    let _ = place;
}
