//! `pullquote add`: files into the library, with everything found in them.
//!
//! One thread reads, as many as there are cores analyse, the main thread writes batches in the order read. What is
//! written is safe at once, so the command can be stopped at any moment and goes on where it stopped; what cannot be
//! read is named on standard error, the rest goes on, and the exit code says so at the end.

pub(super) mod progress;
mod read;
pub(super) mod stale;
pub(super) mod stop;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use self::progress::Progress;
use self::read::{Found, Job, Place, Reading, Unread};
use self::stop::Stop;
use super::arguments::Add;
use super::in_order::{self, Answers, Next};
use super::library::Library;
use super::{FAILED, complain, count};
use crate::analysis::{Analysis, Engine, Lexicon, VERSION};
use crate::article::{Article, import};
use crate::runtime::{USAGE, files, sources};
use crate::store::{Added, Error, Incoming, Store};

/// Articles written in one transaction; a sync costs milliseconds, however much it makes safe.
const BATCH: usize = 250;

/// How long an article may wait for others to be written with it.
const BATCH_TIME: Duration = Duration::from_millis(500);

/// How often a signal is looked for where nothing happens.
const PATIENCE: Duration = Duration::from_millis(100);

/// What became of a piece of the input, and how many bytes of it that is.
type Outcome = (Result<Story, Found>, u64);

/// An article with everything found in it.
struct Story {
    article: Article,
    analysis: Analysis,
    place: Option<Place>,
}

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
    match add(arguments) {
        Ok(code) => code.into(),
        Err(line) => {
            complain(&line);
            ExitCode::FAILURE
        }
    }
}

fn add(arguments: &Add) -> Result<u8, String> {
    let library = Library::find(arguments.library.path())?;
    let store = library.open()?;
    let stop = Stop::listen().map_err(|error| format!("cannot listen to signals: {}", files::reason(&error)))?;
    let answers = start(arguments, library.again()?).map_err(cannot_start)?;
    let mut desk = Desk {
        store,
        batch: Vec::new(),
        since: Instant::now(),
        tally: Tally::default(),
        progress: Progress::over(&arguments.paths),
    };
    let mut halt = desk.serve(answers, &stop).err();
    desk.progress.end();
    let mut code = u8::from(desk.tally.problems > 0);
    complain(&desk.tally.to_string());
    if halt.is_none() {
        halt = stale::analyze_again(&mut desk.store, library.again()?, &stop).map_err(cannot_start)?.err();
    }
    match halt {
        Some(Halt::Stopped(signal)) => {
            complain("stopped; what was added stays, and the same command goes on from there");
            code = signal;
        }
        Some(Halt::Failed(error)) => return Err(error.to_string()),
        None => {}
    }
    Ok(code)
}

fn cannot_start(error: io::Error) -> String {
    format!("cannot start a thread: {}", files::reason(&error))
}

/// Starts reading and analysing.
fn start(arguments: &Add, store: Store) -> io::Result<Answers<Outcome>> {
    let reading = Reading { store, again: arguments.again };
    let paths = arguments.paths.clone();
    let engine = OnceLock::new();
    in_order::start(
        in_order::cores(),
        move |sink| reading.read(&paths, |found| sink(found.map_err(|(found, bytes)| (Err(found), bytes)))),
        move |job| analyze(engine.get_or_init(|| Engine::new(Lexicon::embedded())), job),
    )
}

/// Reads and analyses one article. An engine that fails on it loses this article and no other.
fn analyze(engine: &Engine, Job { name, what, bytes }: Job) -> Outcome {
    let done = catch_unwind(AssertUnwindSafe(|| {
        let (article, place) = match what {
            Unread::Article(article) => (*article, None),
            Unread::Page(article, place) => (*article, Some(place)),
            Unread::File(read, place) => (import::import(&read, &name), place),
        };
        let analysis = engine.analyze(&article.text);
        Story { article, analysis, place }
    }));
    let problem = |what| Err(Found::Problem(format!("{name}: {what}")));
    let outcome = match done {
        Ok(story) if story.article.text.is_empty() => problem("holds no text"),
        Ok(story) => Ok(story),
        Err(_) => problem(FAILED),
    };
    (outcome, bytes)
}

/// Writes what comes.
struct Desk {
    store: Store,
    batch: Vec<Result<Story, Place>>,
    /// When the batch was begun.
    since: Instant,
    tally: Tally,
    progress: Progress,
}

impl Desk {
    /// Takes answers until there are no more; what has come is written in any case.
    fn serve(&mut self, mut answers: Answers<Outcome>, stop: &Stop) -> Result<(), Halt> {
        loop {
            if let Some(code) = stop.asked() {
                return self.write().and(Err(Halt::Stopped(code)));
            }
            match answers.next(PATIENCE) {
                Next::Answer((outcome, bytes)) => self.take(outcome, bytes),
                Next::Lost => self.take(Err(Found::Problem(FAILED.to_owned())), 0),
                Next::Waiting => {}
                Next::Over => return self.write(),
            }
            if self.batch.len() >= BATCH || self.since.elapsed() >= BATCH_TIME {
                self.write()?;
            }
        }
    }

    fn take(&mut self, outcome: Result<Story, Found>, bytes: u64) {
        let before = self.batch.len();
        let articles = u64::from(matches!(outcome, Ok(_) | Err(Found::Known)));
        match outcome {
            Ok(story) => self.batch.push(Ok(story)),
            Err(Found::End(place)) => self.batch.push(Err(place)),
            Err(Found::Known) => self.tally.known += 1,
            Err(Found::Unchanged) => self.tally.unchanged += 1,
            Err(Found::Note(line)) => self.progress.say(|| complain(&line)),
            Err(Found::Problem(line)) => {
                self.tally.problems += 1;
                self.progress.say(|| complain(&line));
            }
        }
        if before == 0 {
            self.since = Instant::now();
        }
        self.progress.advance(articles, bytes);
    }

    /// Writes the batch: its articles in one transaction, then which collections were read to their ends.
    fn write(&mut self) -> Result<(), Halt> {
        let batch = std::mem::take(&mut self.batch);
        let stories: Vec<&Story> = batch.iter().flatten().collect();
        let incoming: Vec<Incoming<'_>> = stories
            .iter()
            .map(|story| Incoming {
                article: &story.article,
                origin: story.place.as_ref().map(Place::origin),
                feed: None,
                analysis: Some((&story.analysis, VERSION)),
            })
            .collect();
        if !incoming.is_empty() {
            for added in self.store.add_all(&incoming, Timestamp::now()).map_err(Halt::Failed)? {
                match added {
                    Added::New(_) => self.tally.added += 1,
                    Added::Updated(_) => self.tally.updated += 1,
                    Added::Known(_) => self.tally.known += 1,
                }
            }
        }
        let ends = batch.iter().filter_map(|part| part.as_ref().err());
        ends.map(Place::origin).try_for_each(|origin| self.store.note_read(origin)).map_err(Halt::Failed)?;
        self.since = Instant::now();
        Ok(())
    }
}

/// What became of everything.
#[derive(Debug, Default)]
struct Tally {
    added: usize,
    updated: usize,
    known: usize,
    unchanged: usize,
    problems: usize,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "added {}", count(self.added, "article"))?;
        let rest = [
            (self.updated, "updated"),
            (self.known, "known already"),
            (self.unchanged, "unchanged since they were added"),
            (self.problems, "not readable"),
        ];
        rest.into_iter().filter(|(count, _)| *count > 0).try_for_each(|(count, what)| write!(f, ", {count} {what}"))
    }
}
