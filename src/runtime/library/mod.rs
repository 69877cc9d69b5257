//! The library behind the reader: two threads with a connection each, so that nothing that is read waits for anything
//! that is written, and nothing the user does for either.
//!
//! The reading thread opens the library and answers at once; the writing thread keeps what is to be kept, and says so
//! when it is. Where there is no library (none can be had, or the file is not ours to use), one in memory takes its
//! place, and the reading thread does both. Positions alone wait: they are written together, a second after the first
//! at the latest. Nothing ticks: a thread without a task sleeps.

pub(super) mod adding;
mod annotating;
mod bulk;
mod desk;
mod finding;
mod folders;
mod fuzzy;
mod listing;
mod people;
mod rows;
mod stale;
#[cfg(test)]
mod tests;
mod watching;
mod writing;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use bulk::QueryChange;
use desk::Desk;
use rows::Shelf;
use watching::Watching;

use super::place::Place;
use super::workers::Workers;
use super::{Event, intake};
use crate::analysis::Analysis;
use crate::app::EntryId;
use crate::app::library::{Annotation, Answer, Bulk, Change, ListLeft, Request, Sort};
use crate::app::panes::Side;
use crate::app::people::{Ask, Identity};
use crate::article::Article;
use crate::store::{ArticleId, Interrupter, Store};
use crate::text::safe;
use adding::at_home;

/// How long quitting waits for what is still to be written, longer than a write waits for another program.
const LAST_WORDS: Duration = Duration::from_secs(12);

/// How long quitting waits for connections to be closed: nothing is lost where one is not.
const PARTING: Duration = Duration::from_millis(300);

/// How long stopping waits for the same: the shell is to come at once.
const PAUSE: Duration = Duration::from_secs(1);

/// The way to the library.
pub struct Library {
    reading: Sender<Task>,
    writing: Sender<Task>,
    overtaking: Arc<Overtaking>,
    /// Whether adding files is to stop.
    stop: Arc<AtomicBool>,
    /// Whether the reader ends.
    closing: Arc<AtomicBool>,
}

/// What a thread of the library is to do.
#[derive(Debug)]
enum Task {
    /// Tell a list.
    List(Wanted),
    /// Tell the last list again: the library has changed.
    Again,
    /// Tell what rows show.
    Describe(Vec<EntryId>),
    /// Load an article.
    Load(EntryId),
    /// Tell what is remembered of a text.
    Recall(EntryId, u64),
    /// Tell all tags.
    Tags,
    /// Tell what matches.
    Find(Wish),
    /// Tell where a query matches in an article.
    Matches(EntryId, String),
    /// Remember a position, soon.
    Position(u64, usize),
    /// Forget a position.
    Forget(u64),
    /// Keep a mark.
    Mark { content: u64, letter: char, offset: usize },
    /// Change an article.
    Change(EntryId, Change),
    /// Change several.
    ChangeAll(Vec<EntryId>, Bulk),
    /// Tell something about people.
    People(Ask),
    /// Keep the user's word on who is who.
    Identify(Identity),
    /// Tell what the library can be looked through by.
    Folders,
    /// Tell how many articles that match the saved query of this name are unread.
    CountQuery(String, String),
    /// Change the saved queries.
    Query(QueryChange),
    /// Remember how the list is left.
    RememberList(ListLeft),
    /// Tell what the user added to a text, and what was found in it.
    Annotations(EntryId, u64),
    /// Change what the user added to a text.
    Annotate(Option<EntryId>, u64, Annotation),
    /// Tell the highlights of all texts.
    Highlights,
    /// Take the latest change back.
    Undo,
    /// Tell which of these texts are kept.
    Shelve(Vec<(EntryId, u64)>),
    /// Keep the text of a file.
    Add(EntryId, Arc<Article>, Option<intake::Place>),
    /// Add files and folders.
    AddFiles(Vec<PathBuf>),
    /// Remember how the side panes are set up.
    Panes([Side; 2]),
    /// See whether another program has changed the library.
    Look,
    /// Keep what the engine found.
    Analyzed(Vec<Found>),
    /// Remember that this was searched for.
    KeepSearch(String),
    /// Write everything now, and say so.
    Flush(Sender<()>),
    /// Let go of the library; the sender is let go of after it.
    End(Sender<()>),
    /// Save what the damaged library that was set aside still holds.
    Settle(PathBuf),
}

/// A list that is wanted.
#[derive(Clone, Debug, Default)]
struct Wanted {
    ticket: u64,
    filter: String,
    sort: Sort,
    typing: bool,
}

/// A search that is wanted.
#[derive(Clone, Debug)]
struct Wish {
    ticket: u64,
    query: String,
    by_relevance: bool,
    limit: usize,
}

/// What the engine found in an article that is kept, and the entry that waits for it, if one does.
#[derive(Debug)]
struct Found {
    article: ArticleId,
    content: u64,
    analysis: Analysis,
    entry: Option<EntryId>,
}

/// Lets what nobody waits for any more be given up.
#[derive(Default)]
struct Overtaking {
    /// The ticket of the latest list asked for.
    list: AtomicU64,
    /// That of the latest search.
    find: AtomicU64,
    /// Those of the latest question for names, and for what somebody said.
    names: AtomicU64,
    said: AtomicU64,
    /// Whether a list is being made, or something sought.
    busy: AtomicBool,
    interrupter: Mutex<Option<Interrupter>>,
}

impl Overtaking {
    /// What has `ticket` is wanted from now on, of `kind`.
    fn overtake(&self, kind: &AtomicU64, ticket: u64) {
        kind.store(ticket, Ordering::SeqCst);
        if self.busy.load(Ordering::SeqCst)
            && let Some(interrupter) = &*self.interrupter.lock().unwrap_or_else(PoisonError::into_inner)
        {
            interrupter.interrupt();
        }
    }

    fn is_latest(kind: &AtomicU64, ticket: u64) -> bool {
        kind.load(Ordering::SeqCst) == ticket
    }
}

impl Library {
    /// Starts the threads. `shown` says whether the reader shows the library, or files only; `workers` analyse.
    ///
    /// # Errors
    /// What the system answers to starting a thread.
    pub fn start(place: Place, shown: bool, events: &Sender<Event>, workers: &Workers) -> io::Result<Self> {
        let (reading, reads) = mpsc::channel();
        let (writing, writes) = mpsc::channel();
        let overtaking = Arc::new(Overtaking::default());
        let stop = Arc::new(AtomicBool::new(false));
        let library = Self {
            reading: reading.clone(),
            writing: writing.clone(),
            overtaking: Arc::clone(&overtaking),
            stop: Arc::clone(&stop),
            closing: Arc::default(),
        };
        let (watching, watches) = mpsc::channel();
        let desk = desk::Setting {
            shown,
            events: events.clone(),
            workers: workers.clone(),
            reading,
            writing,
            overtaking,
            shelf: Arc::new(Mutex::new(if shown { Shelf::default() } else { Shelf::over_files() })),
            stop,
            closing: Arc::clone(&library.closing),
            watching,
        };
        thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || read(place, &desk, &reads, (writes, watches)))?;
        Ok(library)
    }

    /// Asks what the reader asks.
    pub fn ask(&self, request: Request) {
        let (thread, task) = match request {
            Request::List { ticket, filter, sort, typing } => {
                self.overtaking.overtake(&self.overtaking.list, ticket);
                (&self.reading, Task::List(Wanted { ticket, filter, sort, typing }))
            }
            Request::Describe(entries) => (&self.reading, Task::Describe(entries)),
            Request::Recall(entry, content) => (&self.reading, Task::Recall(entry, content)),
            Request::Tags => (&self.reading, Task::Tags),
            Request::Find { ticket, query, by_relevance, limit } => {
                self.overtaking.overtake(&self.overtaking.find, ticket);
                (&self.reading, Task::Find(Wish { ticket, query, by_relevance, limit }))
            }
            Request::Matches(entry, query) => (&self.reading, Task::Matches(entry, query)),
            Request::Forget(content) => (&self.writing, Task::Forget(content)),
            Request::KeepMark { content, letter, offset } => (&self.writing, Task::Mark { content, letter, offset }),
            Request::Change(entry, change) => (&self.writing, Task::Change(entry, change)),
            Request::ChangeAll(entries, change) => (&self.writing, Task::ChangeAll(entries, change)),
            Request::Annotations(entry, content) => (&self.reading, Task::Annotations(entry, content)),
            Request::Annotate(entry, content, annotation) => {
                (&self.writing, Task::Annotate(entry, content, annotation))
            }
            Request::Highlights => (&self.reading, Task::Highlights),
            Request::Undo => (&self.writing, Task::Undo),
            Request::People(ask) => {
                match &ask {
                    Ask::Names { ticket, .. } => self.overtaking.overtake(&self.overtaking.names, *ticket),
                    Ask::Said { ticket, .. } => self.overtaking.overtake(&self.overtaking.said, *ticket),
                    Ask::Parts(_) | Ask::Change(_) => {}
                }
                (&self.reading, Task::People(ask))
            }
            Request::Folders => (&self.reading, Task::Folders),
            Request::KeepSearch(query) => (&self.writing, Task::KeepSearch(query)),
            Request::SaveQuery { name, query, sort } => {
                (&self.writing, Task::Query(QueryChange::Save { name, query, sort }))
            }
            Request::RenameQuery(name, to) => (&self.writing, Task::Query(QueryChange::Rename(name, to))),
            Request::RemoveQuery(name) => (&self.writing, Task::Query(QueryChange::Remove(name))),
            Request::Shelve(texts) => (&self.reading, Task::Shelve(texts)),
            Request::AddFiles(path) => (&self.writing, Task::AddFiles(path.iter().map(|path| at_home(path)).collect())),
            Request::StopAdding => return self.stop.store(true, Ordering::SeqCst),
        };
        let _ = thread.send(task);
    }

    /// Adds the text of `entry`, which was read from `place`.
    pub fn add(&self, entry: EntryId, article: Arc<Article>, place: Option<intake::Place>) {
        let _ = self.writing.send(Task::Add(entry, article, place));
    }

    /// Adds files and folders, which goes on for as long as it takes.
    pub fn add_files(&self, paths: Vec<PathBuf>) {
        let _ = self.writing.send(Task::AddFiles(paths));
    }

    /// Loads the article of `entry`.
    pub fn load(&self, entry: EntryId) {
        let _ = self.reading.send(Task::Load(entry));
    }

    /// Remembers within a second that the user is at byte `offset` of the text with this content id.
    pub fn set_position(&self, content: u64, offset: usize) {
        let _ = self.writing.send(Task::Position(content, offset));
    }

    /// Remembers how the side panes are set up.
    pub fn set_panes(&self, panes: [Side; 2]) {
        let _ = self.writing.send(Task::Panes(panes));
    }

    /// Remembers how the list is left.
    pub fn remember_list(&self, left: ListLeft) {
        let _ = self.writing.send(Task::RememberList(left));
    }

    /// Sees whether another program has changed the library; the list follows where one has.
    pub fn look(&self) {
        let _ = self.writing.send(Task::Look);
    }

    /// Waits until everything is written, but not for long.
    pub fn flush(&self) {
        self.wait_for(PAUSE);
    }

    /// Waits until everything is written; `false` where that takes too long.
    #[must_use]
    pub fn close(self) -> bool {
        self.stop.store(true, Ordering::SeqCst);
        self.closing.store(true, Ordering::SeqCst);
        if !self.wait_for(LAST_WORDS) {
            return false;
        }
        // The last connection that is closed leaves one file behind.
        let ends = [&self.reading, &self.writing].map(|thread| {
            let (end, ended) = mpsc::channel();
            let _ = thread.send(Task::End(end));
            ended
        });
        let since = Instant::now();
        for ended in ends {
            let _ = ended.recv_timeout(PARTING.saturating_sub(since.elapsed()));
        }
        true
    }

    fn wait_for(&self, patience: Duration) -> bool {
        let (done, waits) = mpsc::channel();
        let _ = self.writing.send(Task::Flush(done));
        // A thread that is gone has written what it could.
        waits.recv_timeout(patience) != Err(RecvTimeoutError::Timeout)
    }

    /// The way for those who change it.
    pub fn looker(&self) -> Looker {
        Looker(self.writing.clone())
    }

    /// The way for what the engine found in kept articles.
    pub fn analyst(&self) -> Analyst {
        Analyst(self.writing.clone())
    }
}

/// Tells the library that it was changed.
#[derive(Clone, Debug)]
pub struct Looker(Sender<Task>);

impl Looker {
    /// Has the list follow, and what is new analysed.
    pub fn look(&self) {
        let _ = self.0.send(Task::Look);
    }
}

/// Takes in what the engine found in articles that are kept.
#[derive(Clone, Debug)]
pub struct Analyst(Sender<Task>);

impl Analyst {
    /// Keeps what was found in the text with this content id, for `entry`.
    pub fn found(&self, entry: EntryId, content: u64, analysis: Analysis) {
        let found = Found { article: ArticleId(0), content, analysis, entry: Some(entry) };
        let _ = self.0.send(Task::Analyzed(vec![found]));
    }
}

/// The reading thread: opens the library, starts the writing thread, and does what it is asked.
fn read(
    place: Place,
    setting: &desk::Setting,
    tasks: &Receiver<Task>,
    (writes, watches): (Receiver<Task>, Receiver<Watching>),
) {
    let opened = place.open();
    let is_kept = opened.not_kept.is_none();
    if let Some(reason) = opened.not_kept {
        setting.tell(Answer::Keeping(Some(reason)));
    }
    let desk = Desk { file: opened.again.clone(), ..Desk::new(setting.clone(), opened.store) };
    let (in_memory, own) = (opened.again.is_none(), setting.clone());
    let file = opened.again;
    let write = move || match file.as_ref().map(Store::open) {
        Some(Ok(opened)) => {
            let mut desk = Desk { file, ..Desk::new(own, opened.store) };
            // What nobody waits for is not missed: that nothing is kept was said at the start.
            desk.fails = !is_kept;
            desk.work(&writes);
        }
        Some(Err(error)) => own.tell(Answer::Keeping(Some(safe::line(&error.to_string())))),
        None => writes.iter().for_each(|task| drop(own.reading.send(task))),
    };
    let is_damaged = opened.damaged.is_some();
    if let Some(aside) = opened.damaged {
        let _ = setting.writing.send(Task::Settle(aside));
    }
    if let Err(error) = thread::Builder::new().name("library writer".to_owned()).spawn(write) {
        setting.tell(Answer::Keeping(Some(format!("nothing is kept: no thread for it ({error})"))));
    }
    let mut desk = desk.begin(in_memory);
    if !is_damaged {
        desk.add_seeds();
    }
    if let Some(options) = desk.file.clone().filter(|_| setting.shown && is_kept) {
        watching::start(options, setting.clone(), watches);
    }
    desk.work(tasks);
}
