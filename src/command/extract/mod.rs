//! `pullquote extract`: articles in, who said what out, as a stream.
//!
//! One thread reads, as many as asked analyse, the main thread writes in the order read. Memory does not grow with the
//! number of articles; what cannot be read is reported on standard error in its place,
//! the rest goes on, and the exit code says so at the end.

mod input;
mod json;
mod report;

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use input::{Document, Problem};
pub(super) use json::{kind as entity_kind, quote_kind};

use super::arguments::{Extract, Output};
use super::{complain, finish};
use crate::analysis::{Engine, Lexicon, Options};
use crate::runtime::in_order::{self, Answers, Next};
use crate::runtime::intake::FAILED;
use crate::runtime::{USAGE, files, sources};

/// What one article came to: the bytes to print, or what is wrong.
type Answer = Result<Vec<u8>, Problem>;

/// Runs the command. Exit code 0, 1 where an article could not be read or nothing can be written, or 2 where standard
/// input is to be read and is a terminal.
#[must_use]
pub fn run(arguments: &Extract) -> ExitCode {
    let stdin = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &stdin } else { &arguments.files[..] };
    if let Some(line) = sources::refuse_terminal(files) {
        complain(line);
        return USAGE.into();
    }
    let answers = match start(arguments, files.to_vec()) {
        Ok(answers) => answers,
        Err(error) => {
            complain(&format!("cannot start a thread: {}", files::reason(&error)));
            return ExitCode::FAILURE;
        }
    };
    match print(answers, &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => finish(Err(error)),
    }
}

/// Starts reading and analysing; gives the place where the answers come, in order.
fn start(arguments: &Extract, files: Vec<PathBuf>) -> io::Result<Answers<Answer>> {
    let threads = arguments.jobs.map_or_else(in_order::cores, usize::from);
    let engine = Engine::new(Lexicon::embedded());
    let (format, options) = (arguments.format, Options { beliefs: arguments.beliefs });
    let every_line = arguments.from.is_some();
    in_order::start(
        threads,
        move |sink| input::read(&files, every_line, |found| sink(found.map_err(Err))),
        move |document| analyze(&engine, &document, format, options),
    )
}

/// Analyses one article. An engine that fails on it loses this article and no other.
fn analyze(engine: &Engine, document: &Document, format: Output, options: Options) -> Answer {
    catch_unwind(AssertUnwindSafe(|| {
        let analysis = engine.analyze_with(&document.text, options);
        match format {
            Output::Jsonl => json::line(document, &analysis),
            Output::Text => report::page(document, &analysis),
        }
    }))
    .map_err(|_| document.problem(FAILED))
}

/// Writes the answers as they come; whether all articles could be read.
fn print(mut answers: Answers<Answer>, out: &mut impl Write) -> io::Result<bool> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let mut all_well = true;
    loop {
        // What is there is shown before waiting for more: whoever feeds us slowly sees each article at once.
        let next = match answers.next(Duration::ZERO) {
            Next::Waiting => {
                out.flush()?;
                answers.next(Duration::MAX)
            }
            next => next,
        };
        match next {
            Next::Answer(Ok(bytes)) => out.write_all(&bytes)?,
            Next::Answer(Err(problem)) => {
                all_well = false;
                out.flush()?;
                complain(&problem.to_string());
            }
            Next::Lost => all_well = false,
            Next::Waiting | Next::Over => break,
        }
    }
    out.flush()?;
    Ok(all_well)
}
