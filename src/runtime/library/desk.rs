//! A thread's place of work: a connection, what is to be done by when, and whom to tell.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::fuzzy::Fuzzy;
use super::listing::{Unfinished, Unread};
use super::rows::Shelf;
use super::stale::Stale;
use super::watching::Watching;
use super::{Overtaking, Task, Wanted};
use crate::analysis::{VERSION, Voices};
use crate::app::library::{Answer, Loaded, Recalled};
use crate::app::panes::Side;
use crate::app::{EntryId, Message};
use crate::article::import::import;
use crate::article::seeds;
use crate::runtime::Event;
use crate::runtime::workers::Workers;
use crate::store::{ArticleId, Error, Incoming, Options, Query, Store};
use crate::text::safe;

/// How long positions wait to be written together.
const POSITIONS: Duration = Duration::from_millis(800);

/// How long articles of another engine wait to be analysed: the first frames come first.
const SETTLING: Duration = Duration::from_millis(300);

/// The preference that says that the bundled articles were added.
const SEEDED: &str = "seeds";
/// The preference that holds how the side panes are set up.
const PANES: &str = "panes";

/// What the threads share.
#[derive(Clone)]
pub(super) struct Setting {
    /// Whether the reader shows the library.
    pub shown: bool,
    pub events: Sender<Event>,
    pub workers: Workers,
    pub reading: Sender<Task>,
    pub writing: Sender<Task>,
    pub overtaking: Arc<Overtaking>,
    pub shelf: Arc<Mutex<Shelf>>,
    /// Whether adding files is to stop.
    pub stop: Arc<AtomicBool>,
    /// Whether the reader ends.
    pub closing: Arc<AtomicBool>,
    /// To the thread that watches folders.
    pub watching: Sender<Watching>,
}

impl Setting {
    pub fn tell(&self, answer: Answer) {
        let _ = self.events.send(Event::Message(Message::Library(answer)));
    }

    /// Tells the user that something went wrong.
    pub fn complain(&self, line: impl AsRef<str>) {
        let _ = self.events.send(Event::Message(Message::Failed(safe::line(line.as_ref()))));
    }

    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread's place of work.
pub(super) struct Desk {
    pub setting: Setting,
    pub store: Store,
    /// How to open the library once more; nothing where it is in memory.
    pub file: Option<Options>,
    /// The last list told, and what is still to be told of it.
    pub listed: Wanted,
    pub unfinished: Option<Unfinished>,
    /// Positions to be written, and by when.
    pub positions: BTreeMap<u64, usize>,
    pub positions_due: Option<Instant>,
    /// Whether the user was told that nothing can be kept, and nothing was since.
    pub fails: bool,
    /// What the library's change counter said last.
    pub version: Option<i64>,
    pub stale: Stale,
    /// The change of an earlier run that the user was told undo would take back.
    pub undo_named: Option<i64>,
    /// The articles that are not read, once a list was told.
    pub unread: Option<Unread>,
    /// Headlines, once the list was filtered by them.
    pub fuzzy: Fuzzy,
}

impl Desk {
    pub fn new(setting: Setting, store: Store) -> Self {
        let stale = if setting.shown { Stale::Due(Instant::now() + SETTLING) } else { Stale::None };
        let version = store.changes_elsewhere().ok();
        Self {
            setting,
            store,
            file: None,
            listed: Wanted::default(),
            unfinished: None,
            positions: BTreeMap::new(),
            positions_due: None,
            fails: false,
            version,
            stale,
            undo_named: None,
            unread: None,
            fuzzy: Fuzzy::default(),
        }
    }

    /// Prepares to read: everything is ready but the tasks. A desk that only reads looks for nothing that is stale.
    pub fn begin(mut self, writes_too: bool) -> Self {
        if !writes_too {
            self.stale = Stale::None;
        }
        if let Ok(Some(panes)) = self.store.preference(PANES)
            && let Ok(panes) = serde_json::from_str::<[Side; 2]>(&panes)
        {
            self.setting.tell(Answer::Panes(panes));
        }
        if let Ok(searches) = self.store.searches() {
            self.setting.tell(Answer::Searches(searches));
        }
        if self.setting.shown {
            self.recall_list();
        }
        let interrupter = self.store.interrupter();
        *self.setting.overtaking.interrupter.lock().unwrap_or_else(PoisonError::into_inner) = Some(interrupter);
        self
    }

    /// Does what comes until nothing can come any more.
    pub fn work(mut self, tasks: &Receiver<Task>) {
        let end = loop {
            let task = match self.next_due() {
                Some(due) => tasks.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => tasks.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match task {
                Ok(Task::End(end)) => break Some(end),
                Ok(task) => self.perform(task),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break None,
            }
            self.do_what_is_due();
        };
        self.write_positions();
        if let Some(end) = &end {
            let _ = self.setting.watching.send(Watching::End(end.clone()));
        }
        drop(self);
        drop(end);
    }

    fn next_due(&self) -> Option<Instant> {
        let unfinished = self.unfinished.as_ref().map(|unfinished| unfinished.due);
        [unfinished, self.positions_due, self.stale.due()].into_iter().flatten().min()
    }

    fn do_what_is_due(&mut self) {
        let now = Instant::now();
        if self.positions_due.is_some_and(|due| due <= now) {
            self.write_positions();
        }
        if self.unfinished.as_ref().is_some_and(|unfinished| unfinished.due <= now) {
            self.finish_list();
        }
        if self.stale.due().is_some_and(|due| due <= now) {
            self.send_stale();
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::List(wanted) => self.list(wanted),
            Task::Again => self.list_again(),
            Task::Describe(entries) => self.describe(entries),
            Task::Load(entry) => self.load(entry),
            Task::Recall(entry, content) => {
                self.shelve(vec![(entry, content)]);
                let recalled = self.recall(content);
                self.setting.tell(Answer::Recalled(entry, recalled));
            }
            Task::Tags => match self.store.tags() {
                Ok(tags) => self.setting.tell(Answer::Tags(tags.into_iter().map(|tag| tag.name).collect())),
                Err(error) => self.setting.complain(error.to_string()),
            },
            Task::Find(wish) => self.find(&wish),
            Task::Matches(entry, query) => self.matches(entry, &query),
            Task::Position(content, offset) => {
                self.positions.insert(content, offset);
                self.positions_due.get_or_insert_with(|| Instant::now() + POSITIONS);
            }
            Task::Forget(content) => self.forget(content),
            Task::Mark { content, letter, offset } => self.mark(content, letter, offset),
            Task::Change(entry, change) => self.change(entry, change),
            Task::Annotations(entry, content) => self.tell_annotations(entry, content),
            Task::Annotate(entry, content, annotation) => self.annotate(entry, content, &annotation),
            Task::Highlights => self.tell_highlights(),
            Task::Undo => self.undo(),
            Task::ChangeAll(entries, change) => self.change_all(entries, change),
            Task::People(ask) => self.people(ask),
            Task::Identify(identity) => self.identify(identity),
            Task::Folders => self.folders(),
            Task::CountQuery(name, query) => self.count_query(name, query),
            Task::Query(change) => self.change_query(change),
            Task::RememberList(left) => self.remember_list(&left),
            Task::Shelve(texts) => self.shelve(texts),
            Task::Add(entry, article, place) => self.add(entry, &article, place.as_ref()),
            Task::AddFiles(paths) => self.add_files(paths),
            Task::Panes(panes) => {
                if let Ok(panes) = serde_json::to_string(&panes) {
                    let kept = self.store.set_preference(PANES, &panes);
                    self.report(kept);
                }
            }
            Task::KeepSearch(query) => {
                let kept = self.store.remember_search(&query, Timestamp::now());
                self.report(kept);
            }
            // Ends the work before it comes here.
            Task::End(_) => {}
            Task::Look => self.look(),
            Task::Analyzed(found) => self.analyzed(found),
            Task::Flush(done) => {
                self.write_positions();
                // A copy of the file alone then holds everything; where it cannot be done now nothing is lost.
                let _ = self.store.fold();
                let _ = done.send(());
            }
            Task::Settle(damaged) => self.settle(&damaged),
        }
    }

    /// Tells what the rows of `entries` show.
    fn describe(&mut self, entries: Vec<EntryId>) {
        let articles = self.setting.shelf().articles(&entries);
        let known = match self.uninterrupted(|store| store.summaries(&articles)) {
            Ok(rows) => {
                let mut shelf = self.setting.shelf();
                rows.into_iter().map(|row| shelf.known(row)).collect()
            }
            Err(error) => {
                self.setting.complain(error.to_string());
                Vec::new()
            }
        };
        self.setting.tell(Answer::Described(entries, known));
    }

    /// Loads an article, with what is known of its text.
    fn load(&mut self, entry: EntryId) {
        let article = self.setting.shelf().article(entry);
        let Some(id) = article else { return };
        self.setting.tell(Answer::Loaded(entry, self.loaded(id).map_err(|error| error.to_string())));
    }

    /// An article with all that is known of it.
    pub fn loaded(&self, id: ArticleId) -> Result<Box<Loaded>, Error> {
        self.uninterrupted(|store| store.load_analyzed(id)).map(|(article, analysis)| {
            let analysis = analysis.filter(|(_, engine)| *engine == VERSION).map(|(analysis, _)| {
                let voices = Voices::of(&analysis, &article.text);
                (Arc::new(analysis), Arc::new(voices))
            });
            let recalled = self.recall(article.content_id());
            let from = self.uninterrupted(|store| store.provenance(id)).ok().flatten();
            Box::new(Loaded { article: Arc::new(article), analysis, recalled, from })
        })
    }

    /// What is remembered of a text. What cannot be had is not missed: reading goes on.
    fn recall(&self, content: u64) -> Recalled {
        let position = self.uninterrupted(|store| store.position(content)).unwrap_or_default();
        let marks = self.uninterrupted(|store| store.marks(content)).unwrap_or_default();
        // A position that is still to be written is the newer one.
        let position = self.positions.get(&content).copied().or(position);
        Recalled { position, marks, content, annotations: self.annotations(content) }
    }

    /// What `work` gives; once more where it was taken for a list that nobody waits for.
    pub fn uninterrupted<T>(&self, work: impl Fn(&Store) -> Result<T, Error>) -> Result<T, Error> {
        loop {
            match work(&self.store) {
                Err(Error::Interrupted) => {}
                result => return result,
            }
        }
    }

    /// Adds the bundled articles to a library that is shown for the first time and has nothing in it. They are analysed
    /// as everything is that no engine has seen.
    pub fn add_seeds(&mut self) {
        if !self.setting.shown || self.store.preference(SEEDED).is_ok_and(|seeded| seeded.is_some()) {
            return;
        }
        if self.store.count(&Query::default()).is_ok_and(|count| count == 0) {
            let articles: Vec<_> = seeds().into_iter().map(|(name, bytes)| import(bytes, name)).collect();
            let incoming: Vec<_> = articles.iter().map(Incoming::new).collect();
            if let Err(error) = self.store.add_all(&incoming, Timestamp::now()) {
                self.setting.complain(error.to_string());
                return;
            }
        }
        let _ = self.store.set_preference(SEEDED, "added");
    }

    /// Tells what the rows of these articles show by now, where the reader knows them.
    pub fn tell_anew(&mut self, articles: &[ArticleId]) {
        if let Ok(rows) = self.store.summaries(articles) {
            let known = {
                let mut shelf = self.setting.shelf();
                rows.iter().flat_map(|row| shelf.all_known(row)).collect()
            };
            self.setting.tell(Answer::Described(Vec::new(), known));
        }
    }
}
