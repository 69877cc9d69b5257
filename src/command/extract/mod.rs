//! `pullquote extract`: articles in, who said what out, as a stream.
//!
//! One thread reads, as many as asked analyse, the main thread writes in the order read. Both channels are bounded, so
//! memory does not grow with the number of articles; what cannot be read is reported on standard error in its place,
//! the rest goes on, and the exit code says so at the end.

mod input;
mod json;
mod report;

use std::io::{self, ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use input::{Document, Problem};

use super::arguments::{Extract, Output};
use crate::analysis::{Engine, Lexicon, Options};
use crate::runtime::{USAGE, files, sources};
use crate::text::safe;

/// Articles under way for each thread that analyses: enough that none waits for the others.
const AHEAD: usize = 4;

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
    match print(&answers, &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads us has enough: `pullquote extract ... | head` is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("cannot write: {}", files::reason(&error)));
            ExitCode::FAILURE
        }
    }
}

/// Starts reading and analysing; gives the place where the answers come, in order.
fn start(arguments: &Extract, files: Vec<PathBuf>) -> io::Result<Receiver<Receiver<Answer>>> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.jobs.map_or_else(cores, usize::from);
    let (jobs, queue) = sync_channel::<(Document, SyncSender<Answer>)>(threads * AHEAD);
    let (order, answers) = sync_channel(threads * AHEAD);
    let queue = Arc::new(Mutex::new(queue));
    let engine = Arc::new(Engine::new(Lexicon::embedded()));
    let (format, options) = (arguments.format, Options { beliefs: arguments.beliefs });
    for number in 0..threads {
        let (queue, engine) = (Arc::clone(&queue), Arc::clone(&engine));
        thread::Builder::new().name(format!("analysis {number}")).spawn(move || {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((document, answer)) = next else { return };
                let _ = answer.send(analyze(&engine, &document, format, options));
            }
        })?;
    }
    let every_line = arguments.from.is_some();
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        input::read(&files, every_line, |document| {
            let (answer, place) = sync_channel(1);
            let under_way = order.send(place).is_ok();
            under_way
                && match document {
                    Ok(document) => jobs.send((document, answer)).is_ok(),
                    Err(problem) => answer.send(Err(problem)).is_ok(),
                }
        });
    })?;
    Ok(answers)
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
    .map_err(|_| document.problem("the program failed on this article"))
}

/// Writes the answers as they come; whether all articles could be read.
fn print(answers: &Receiver<Receiver<Answer>>, out: &mut impl Write) -> io::Result<bool> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let mut all_well = true;
    loop {
        // What is there is shown before waiting for more: whoever feeds us slowly sees each article at once.
        let next = match answers.try_recv() {
            Err(TryRecvError::Empty) => {
                out.flush()?;
                answers.recv().ok()
            }
            answered => answered.ok(),
        };
        let Some(answer) = next else { break };
        match answer.recv() {
            Ok(Ok(bytes)) => out.write_all(&bytes)?,
            Ok(Err(problem)) => {
                all_well = false;
                out.flush()?;
                complain(&problem.to_string());
            }
            Err(_) => all_well = false,
        }
    }
    out.flush()?;
    Ok(all_well)
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe::line(line));
}
