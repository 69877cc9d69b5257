//! What runs without the terminal screen, and the command line itself.

#![allow(clippy::disallowed_methods, reason = "the rim: files, threads, environment and clock belong here")]

pub mod add;
pub mod arguments;
mod code_points;
pub mod export;
pub mod extract;
pub mod feed;
mod json;
mod library;
mod markdown;
pub mod quotes;
pub mod search;
mod typed;
pub mod watch;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use jiff::civil::Date;

use crate::runtime::files;
use crate::text::safe;

/// Exit code where nothing was found, as that of `grep`.
const NOTHING: u8 = 1;

/// Says `line` on standard error, made safe.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe::line(line));
}

/// The exit code after standard output was `written`.
fn finish(written: io::Result<()>) -> ExitCode {
    self::written(written).into()
}

/// The same as a number.
fn written(written: io::Result<()>) -> u8 {
    match written {
        Ok(()) => 0,
        // Whoever reads us has enough: `pullquote ... | head` is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => 0,
        Err(error) => {
            complain(&format!("cannot write: {}", files::reason(&error)));
            1
        }
    }
}

/// "no quotes", "1 quote", "2 quotes".
fn count(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// A day as people write it: "21 November 2025".
fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
