//! `pullquote add`: files into the library, with everything found in them.
//!
//! What is written is safe at once, so the command can be stopped at any moment and goes on where it stopped; what
//! cannot be read is named on standard error, the rest goes on, and the exit code says so at the end.

mod progress;
pub(super) mod stale;
pub(super) mod stop;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use self::progress::Progress;
use self::stop::Stop;
use super::arguments::Add;
use super::library::Library;
use super::{complain, count};
use crate::runtime::in_order;
use crate::runtime::intake::{self, Attendant, End, Reading};
use crate::runtime::{USAGE, files, sources};
use crate::store::Error;

/// Problems told on a terminal, where more would only push each other away.
const MOST_TOLD: usize = 100;

/// Why the work ended early.
pub(super) enum Halt {
    /// A signal, which gives this exit code.
    Stopped(u8),
    /// The library cannot be written.
    Failed(Error),
}

/// Runs the command. Exit code 0; 1 where a file could not be read or the library not be written; 2 where standard
/// input is to be read and is a terminal; 128 and the signal's number where one stopped it.
#[must_use]
pub fn run(arguments: &Add) -> ExitCode {
    if let Some(line) = sources::refuse_terminal(&arguments.paths) {
        complain(line);
        return USAGE.into();
    }
    match Library::find(arguments.library.path()).and_then(|library| add(&library, &arguments.paths, arguments.again)) {
        Ok(code) => code.into(),
        Err(line) => {
            complain(&line);
            ExitCode::FAILURE
        }
    }
}

/// Adds `paths`, read `again` where they are unchanged too; gives the exit code.
///
/// # Errors
/// One line: what is wrong with the library.
pub(super) fn add(library: &Library, paths: &[PathBuf], again: bool) -> Result<u8, String> {
    let mut store = library.open()?;
    let stop = Stop::listen().map_err(|error| format!("cannot listen to signals: {}", files::reason(&error)))?;
    let reading = Reading { store: library.again()?, again };
    let most = if io::stderr().is_terminal() { MOST_TOLD } else { usize::MAX };
    let mut watch = Watch { progress: Progress::over(paths), stop, problems: 0, most };
    let work = (in_order::cores(), std::sync::Arc::default());
    let (tally, end) = intake::take_in(&mut store, reading, paths.to_vec(), work, &mut watch).map_err(cannot_start)?;
    let Watch { progress, stop, problems, most } = watch;
    progress.end();
    if problems > most {
        complain(&format!("... and {}; `2> FILE` writes all of them down", count(problems - most, "more problem")));
    }
    complain(&tally.to_string());
    let halt = match end {
        End::Done => stale::analyze_again(&mut store, library.again()?, &stop).map_err(cannot_start)?.err(),
        End::Stopped => Some(Halt::Stopped(stop.asked().unwrap_or(1))),
        End::Failed(error) => Some(Halt::Failed(error)),
    };
    match halt {
        Some(Halt::Stopped(signal)) => {
            complain("stopped; what was added stays, and the same command goes on from there");
            Ok(signal)
        }
        Some(Halt::Failed(error)) => Err(error.to_string()),
        None => Ok(u8::from(tally.problems > 0)),
    }
}

fn cannot_start(error: io::Error) -> String {
    format!("cannot start a thread: {}", files::reason(&error))
}

/// Shows how far it is, and looks for signals.
struct Watch {
    progress: Progress,
    stop: Stop,
    /// Problems so far, and how many of them are told.
    problems: usize,
    most: usize,
}

impl Attendant for Watch {
    fn stops(&self) -> bool {
        self.stop.asked().is_some()
    }

    fn advanced(&mut self, articles: u64, bytes: u64) {
        self.progress.advance(articles, bytes);
    }

    fn problem(&mut self, line: &str) {
        self.problems += 1;
        if self.problems <= self.most {
            self.progress.say(|| complain(line));
        }
    }
}
