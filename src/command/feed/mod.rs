//! `pullquote feed`: feeds followed, and what they bring.
//!
//! Nothing is fetched but by `add` and `refresh`. Exit codes tell failures apart, for those who let a clock run it:
//! `code`.

mod add;
pub mod arguments;
mod exchange;
mod list;
mod refresh;
mod set;
mod which;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use self::arguments::{Action, Feed};
use super::add::stop;
use super::library::Library;
use super::{NOTHING, complain};
use crate::fetch::{Client, Kind, Limits, Stop};
use crate::runtime::{USAGE, feeds, files};

/// How often a signal is looked for.
const PATIENCE: Duration = Duration::from_millis(30);

/// Runs the command.
#[must_use]
pub fn run(arguments: &Feed) -> ExitCode {
    let done = |library: &Library| match &arguments.action {
        Action::Add(arguments) => add::run(arguments, library),
        Action::List(arguments) => list::run(arguments, library),
        Action::Remove(arguments) => set::remove(arguments, library),
        Action::Refresh(arguments) => refresh::run(arguments, library),
        Action::Import(arguments) => exchange::import(arguments, library),
        Action::Export(arguments) => exchange::export(arguments, library),
        Action::Set(arguments) => set::run(arguments, library),
    };
    match Library::find(arguments.library.as_deref()).map_err(Failure::from).and_then(|library| done(&library)) {
        Ok(code) => code.into(),
        Err(Failure { line, code }) => {
            complain(&line);
            code.into()
        }
    }
}

/// Why a command ends without having done what it should: one line, and the exit code.
struct Failure {
    line: String,
    code: u8,
}

impl From<String> for Failure {
    /// The library failed.
    fn from(line: String) -> Self {
        Self { line, code: NOTHING }
    }
}

impl From<crate::store::Error> for Failure {
    fn from(error: crate::store::Error) -> Self {
        error.to_string().into()
    }
}

impl Failure {
    /// The user asked for something that is not there.
    fn usage(line: impl Into<String>) -> Self {
        Self { line: line.into(), code: USAGE }
    }
}

/// The exit code of a kind of failure.
fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Network => 3,
        Kind::Server => 4,
        Kind::Content => 5,
        Kind::Refused => 6,
        Kind::Stopped => NOTHING,
    }
}

/// A client that the signals of this process stop.
struct Stoppable {
    client: Client,
    signals: stop::Stop,
    over: Arc<AtomicBool>,
}

impl Stoppable {
    fn new() -> Result<Self, String> {
        let signals =
            stop::Stop::listen().map_err(|error| format!("cannot listen to signals: {}", files::reason(&error)))?;
        let stop = Stop::default();
        let over = Arc::new(AtomicBool::new(false));
        let (asked, ended, ask) = (signals.clone(), Arc::clone(&over), stop.clone());
        let watch = move || {
            while !ended.load(Ordering::SeqCst) {
                if asked.asked().is_some() {
                    ask.ask();
                    return;
                }
                thread::park_timeout(PATIENCE);
            }
        };
        let started = thread::Builder::new().name("signals".to_owned()).spawn(watch);
        started.map_err(|error| format!("cannot start a thread: {}", files::reason(&error)))?;
        Ok(Self { client: Client::new(Limits::default(), feeds::proxies(), stop), signals, over })
    }

    /// The exit code after a signal.
    fn code(&self) -> u8 {
        self.signals.asked().unwrap_or(NOTHING)
    }
}

impl Drop for Stoppable {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}
