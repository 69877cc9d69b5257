//! Files into the library, with everything found in them: for `pullquote add`, for the reader, for watched folders.
//!
//! One thread reads, several analyse, the caller's collects batches in the order read, one more writes them. What is
//! written is safe at once, so the work can be stopped at any moment and goes on where it stopped; what cannot be read is
//! told, the rest goes on.

mod read;

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

pub use self::read::{Place, Reading};

use self::read::{Found, Job, Unread};
use super::in_order::{self, Answers, Next};
use crate::analysis::{Analysis, Engine, Lexicon, VERSION};
use crate::article::{Article, import};
use crate::store::{Added, Error, Incoming, Store};

/// What is said of an article that the program failed on.
pub const FAILED: &str = "the program failed on this article";

/// Articles written in one transaction: a sync costs milliseconds, however much it makes safe, and the full-text index
/// has the fewer parts to merge.
pub const BATCH: usize = 1_000;

/// Bytes of text after which a batch is written too: some articles are books.
const BATCH_BYTES: usize = 8 << 20;

/// How often it is looked whether to stop, where nothing happens.
pub const PATIENCE: Duration = Duration::from_millis(100);

/// How long an article may wait for others to be written with it; half a second where none are coming.
const BATCH_TIME: Duration = Duration::from_secs(2);
const QUIET_TIME: Duration = Duration::from_millis(500);

/// Who looks on while articles are taken in.
pub trait Attendant {
    /// Whether to stop; what has come by then is written.
    fn stops(&self) -> bool;

    /// So many more articles, and so many more bytes of the input.
    fn advanced(&mut self, articles: u64, bytes: u64);

    /// Something cannot be read: its name and why, not yet safe.
    fn problem(&mut self, line: &str);

    /// Something is to be said of what is read all the same: its name and what, not yet safe.
    fn note(&mut self, line: &str) {
        self.problem(line);
    }

    /// A batch is kept.
    fn kept(&mut self) {}
}

/// How the work ended.
#[derive(Debug)]
pub enum End {
    /// Everything was read.
    Done,
    /// The attendant stopped it.
    Stopped,
    /// The library cannot be written.
    Failed(Error),
}

/// What became of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New articles.
    pub added: usize,
    /// New versions of articles.
    pub updated: usize,
    /// Articles that the library had.
    pub known: usize,
    /// Files that are as they were when they were added.
    pub unchanged: usize,
    /// What cannot be read.
    pub problems: usize,
}

/// What became of a piece of the input, and how many bytes of it that is.
type Outcome = (Result<Story, Found>, u64);

/// An article with everything found in it.
struct Story {
    article: Article,
    analysis: Analysis,
    place: Option<Place>,
}

/// What is written in one transaction: articles, and which collections were read to their ends.
type Batch = Vec<Result<Story, Place>>;

/// Takes `paths` (files, folders with all below them, `-`) into `store`; `reading` has another connection to the same
/// library. So many `threads` analyse with `engine`, which is built when it is needed.
///
/// # Errors
/// What the system answers to starting a thread.
pub fn take_in(
    store: &mut Store,
    reading: Reading,
    paths: Vec<PathBuf>,
    (threads, engine): (usize, Arc<OnceLock<Engine>>),
    attendant: &mut impl Attendant,
) -> io::Result<(Tally, End)> {
    let answers = in_order::start(
        threads,
        move |sink| reading.read(&paths, |found| sink(found.map_err(|(found, bytes)| (Err(found), bytes)))),
        move |job| analyze(engine.get_or_init(|| Engine::new(Lexicon::embedded())), job),
    )?;
    // While one batch is written, the next one is collected: no core waits for the disk.
    thread::scope(|scope| {
        let (batches, queue) = mpsc::sync_channel::<Batch>(0);
        let (told, written) = mpsc::channel();
        let work = move || queue.iter().all(|batch| told.send(write(store, &batch)).is_ok());
        thread::Builder::new().name("writing".to_owned()).spawn_scoped(scope, work)?;
        let (batch, tally) = (Batch::new(), Tally::default());
        let mut desk = Desk { batches, written, batch, bytes: 0, since: Instant::now(), tally, attendant };
        let end = desk.serve(answers).unwrap_or_else(End::Failed);
        Ok((desk.tally, end))
    })
}

/// Writes `batch`: its articles in one transaction, then which collections were read to their ends.
fn write(store: &mut Store, batch: &Batch) -> Result<Vec<Added>, Error> {
    let incoming: Vec<Incoming<'_>> = batch
        .iter()
        .flatten()
        .map(|story| Incoming {
            article: &story.article,
            origin: story.place.as_ref().map(Place::origin),
            feed: None,
            analysis: Some((&story.analysis, VERSION)),
        })
        .collect();
    let added = if incoming.is_empty() { Vec::new() } else { store.add_all(&incoming, Timestamp::now())? };
    let ends = batch.iter().filter_map(|part| part.as_ref().err());
    ends.map(Place::origin).try_for_each(|origin| store.note_read(origin))?;
    Ok(added)
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

/// Collects what comes, and has it written.
struct Desk<'a, A> {
    batches: SyncSender<Batch>,
    written: Receiver<Result<Vec<Added>, Error>>,
    batch: Batch,
    /// Bytes of text in the batch.
    bytes: usize,
    /// When the batch was begun.
    since: Instant,
    tally: Tally,
    attendant: &'a mut A,
}

impl<A: Attendant> Desk<'_, A> {
    /// Takes answers until there are no more; what has come is written in any case.
    fn serve(&mut self, mut answers: Answers<Outcome>) -> Result<End, Error> {
        let end = loop {
            if self.attendant.stops() {
                break End::Stopped;
            }
            let mut patience = BATCH_TIME;
            match answers.next(PATIENCE) {
                Next::Answer((outcome, bytes)) => self.take(outcome, bytes),
                Next::Lost => self.take(Err(Found::Problem(FAILED.to_owned())), 0),
                Next::Waiting => patience = QUIET_TIME,
                Next::Over => break End::Done,
            }
            if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES || self.since.elapsed() >= patience {
                self.send();
            }
            while let Ok(written) = self.written.try_recv() {
                self.count(written?);
            }
        };
        self.send();
        // Without a way to more the thread ends when it has written what it has.
        (self.batches, _) = mpsc::sync_channel(0);
        while let Ok(written) = self.written.recv() {
            self.count(written?);
        }
        Ok(end)
    }

    fn take(&mut self, outcome: Result<Story, Found>, bytes: u64) {
        let before = self.batch.len();
        let articles = u64::from(matches!(outcome, Ok(_) | Err(Found::Known)));
        match outcome {
            Ok(story) => {
                self.bytes += story.article.text.len();
                self.batch.push(Ok(story));
            }
            Err(Found::End(place)) => self.batch.push(Err(place)),
            Err(Found::Known) => self.tally.known += 1,
            Err(Found::Unchanged) => self.tally.unchanged += 1,
            Err(Found::Note(line)) => self.attendant.note(&line),
            Err(Found::Problem(line)) => {
                self.tally.problems += 1;
                self.attendant.problem(&line);
            }
        }
        if before == 0 {
            self.since = Instant::now();
        }
        self.attendant.advanced(articles, bytes);
    }

    /// Hands the batch over to be written, once the one before is.
    fn send(&mut self) {
        self.since = Instant::now();
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        if !batch.is_empty() {
            // A thread that is gone has said why.
            let _ = self.batches.send(batch);
        }
    }

    /// Counts what became of a batch, which is kept.
    fn count(&mut self, written: Vec<Added>) {
        for added in written {
            match added {
                Added::New(_) => self.tally.added += 1,
                Added::Updated(_) => self.tally.updated += 1,
                Added::Known(_) => self.tally.known += 1,
            }
        }
        self.attendant.kept();
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.added {
            0 => f.write_str("added no articles")?,
            1 => f.write_str("added 1 article")?,
            added => write!(f, "added {added} articles")?,
        }
        let rest = [
            (self.updated, "updated"),
            (self.known, "known already"),
            (self.unchanged, "unchanged since they were added"),
            (self.problems, "not readable"),
        ];
        rest.into_iter().filter(|(count, _)| *count > 0).try_for_each(|(count, what)| write!(f, ", {count} {what}"))
    }
}
