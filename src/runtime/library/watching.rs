//! Watched folders: what is new below them comes into the library while it is open, what changed takes its place, what
//! vanished stays readable and is known to be gone.
//!
//! A thread of its own sleeps until the system tells of a change; nothing is polled. At the start, and when the folders
//! change, it looks through all of them once: what happened while nobody watched. The folder above each is watched too,
//! or the nearest that is there: the system forgets a folder that is removed, and tells of another in its place there.
//!
//! The library's own file is watched by the same thread, so that what another program adds is shown without a key: what
//! is written to it has the writing thread compare the library's change counter, which its own writes leave as it is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Task;
use super::desk::Setting;
use crate::app::library::Answer;
use crate::runtime::intake::{self, Attendant, Place, Reading, Tally};
use crate::runtime::sources;
use crate::store::{Error, Options, Store};
use crate::text::safe;

/// How long nothing has to happen below the folders before what happened is looked at: files are written in pieces.
const QUIET: Duration = Duration::from_millis(150);

/// How long that waits at most.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the first look through the folders waits.
const SETTLING: Duration = Duration::from_millis(300);

/// What the thread waits for.
#[derive(Debug)]
pub(super) enum Watching {
    /// Something happened below a folder, or watching it failed.
    Happened(notify::Result<notify::Event>),
    /// The library was changed by another program: other folders may be watched.
    Look,
    /// Let go of the library; the sender is let go of after it.
    End(Sender<()>),
    /// Something was written to the library, maybe by this program.
    Written,
}

/// Starts the thread for the library of `options`.
pub(super) fn start(options: Options, setting: Setting, told: Receiver<Watching>) {
    let events = setting.watching.clone();
    let work = move || {
        // The first frames come first.
        if matches!(told.recv_timeout(SETTLING), Ok(Watching::End(_))) {
            return;
        }
        match Store::open(&options) {
            Ok(opened) => {
                let (store, options) = (opened.store, &options);
                let mut guard = Guard { store, options, setting, folders: Vec::new(), watcher: None };
                guard.watch(&events);
                // After the first question to the store, which has made the log that is watched.
                let _writes = watch_writes(&options.path, events.clone());
                // What was written before counts too.
                let _ = events.send(Watching::Written);
                let end = guard.work(&told, &events);
                drop(guard);
                drop(end);
            }
            Err(error) => setting.complain(format!("folders are not watched: {error}")),
        }
    };
    // Without it folders are looked through when they are added again.
    let _ = thread::Builder::new().name("watching".to_owned()).spawn(work);
}

/// Watches.
struct Guard<'a> {
    store: Store,
    options: &'a Options,
    setting: Setting,
    folders: Vec<PathBuf>,
    watcher: Option<RecommendedWatcher>,
}

impl Guard<'_> {
    /// Does what is told until it is to end, or nothing can be told any more.
    fn work(&mut self, told: &Receiver<Watching>, events: &Sender<Watching>) -> Option<Sender<()>> {
        while let Ok(first) = told.recv() {
            let (begun, mut happened, mut next) = (Instant::now(), Vec::new(), Some(first));
            while let Some(watching) = next {
                if let Watching::End(end) = watching {
                    return Some(end);
                }
                happened.push(watching);
                next = if begun.elapsed() < PATIENCE { told.recv_timeout(QUIET).ok() } else { None };
            }
            let mut changed = BTreeSet::new();
            let (mut looks, mut written, mut moved) = (false, false, BTreeSet::new());
            for watching in happened {
                match watching {
                    Watching::Look => looks = true,
                    Watching::Written => written = true,
                    // Ends the work before it comes here.
                    Watching::End(_) => {}
                    Watching::Happened(Ok(event)) if event.need_rescan() => {
                        changed.extend(self.folders.iter().cloned());
                    }
                    Watching::Happened(Ok(event)) if is_change(event.kind) => {
                        if is_move(event.kind) {
                            let at = |folder: &&PathBuf| event.paths.iter().any(|path| folder.starts_with(path));
                            moved.extend(self.folders.iter().filter(at).cloned());
                        }
                        changed.extend(event.paths);
                    }
                    Watching::Happened(Ok(_)) => {}
                    Watching::Happened(Err(error)) => self.complain(&error),
                }
            }
            if written {
                // Where it was another program, the answer is a `Look`.
                let _ = self.setting.writing.send(Task::Look);
            }
            if looks {
                self.watch(events);
            }
            if !moved.is_empty() {
                self.arm(events);
                changed.extend(moved);
            }
            if !changed.is_empty() {
                self.look_at(changed.into_iter().collect(), true);
            }
        }
        None
    }

    /// Watches the folders that are to be watched by now, and looks through those that are new.
    fn watch(&mut self, events: &Sender<Watching>) {
        let Ok(folders) = self.store.watched() else { return };
        let folders: Vec<PathBuf> = folders.into_iter().map(PathBuf::from).collect();
        if folders == self.folders {
            return;
        }
        let new: Vec<PathBuf> = folders.iter().filter(|folder| !self.folders.contains(folder)).cloned().collect();
        self.folders = folders;
        self.arm(events);
        self.look_at(new, false);
    }

    /// Has the system tell what happens below the folders, and that one of them comes or goes.
    fn arm(&mut self, events: &Sender<Watching>) {
        self.watcher = None;
        let (events, folders) = (events.clone(), self.folders.clone());
        let concerns = move |event: &notify::Event| {
            let is_near = |path: &Path| folders.iter().any(|near| path.starts_with(near) || near.starts_with(path));
            event.need_rescan() || event.paths.iter().any(|path| is_near(path))
        };
        let tell = move |event: notify::Result<notify::Event>| {
            if event.as_ref().is_ok_and(|event| !concerns(event)) {
                return;
            }
            let _ = events.send(Watching::Happened(event));
        };
        let mut watcher = match notify::recommended_watcher(tell) {
            Ok(watcher) => watcher,
            Err(error) => return self.complain(&error),
        };
        let there: Vec<&PathBuf> = self.folders.iter().filter(|folder| folder.is_dir()).collect();
        let above = |folder: &PathBuf| folder.ancestors().skip(1).find(|above| above.is_dir()).map(Path::to_owned);
        let mut above: BTreeSet<PathBuf> = self.folders.iter().filter_map(above).collect();
        // Watched with all below it, a folder tells of itself too; the other way would end that.
        above.retain(|above| !there.iter().any(|folder| above.starts_with(folder)));
        let above = above.iter().map(|folder| (folder, RecursiveMode::NonRecursive));
        for (folder, mode) in above.chain(there.iter().map(|folder| (*folder, RecursiveMode::Recursive))) {
            // What went meanwhile is told by the folder above.
            if let Err(error) = watcher.watch(folder, mode)
                && folder.is_dir()
            {
                self.complain(&error);
            }
        }
        self.watcher = Some(watcher);
    }

    fn complain(&self, error: &notify::Error) {
        let paths: Vec<String> = error.paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let plain = match &error.kind {
            notify::ErrorKind::MaxFilesWatch => {
                "the system watches no more files; raise fs.inotify.max_user_watches".to_owned()
            }
            notify::ErrorKind::Io(error) => crate::runtime::files::reason(error),
            _ => error.to_string(),
        };
        self.setting.complain(format!("not all is watched: {} {plain}", paths.join(", ")));
    }

    /// Brings the library in line with what lies at `paths`: files, folders, or nothing any more. Problems are told
    /// where `aloud`.
    fn look_at(&mut self, paths: Vec<PathBuf>, aloud: bool) {
        let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.into_iter().filter(|path| self.concerns(path)).partition(|path| path.exists());
        let missing = self.missing(&there, &gone).unwrap_or_default();
        let mut tally = Tally::default();
        let mut witness = Witness { setting: &self.setting, problem: None };
        if !there.is_empty()
            && let Some(reading) = self.reading()
        {
            let work = (1, self.setting.workers.engine());
            let sought: Vec<PathBuf> = there.into_iter().filter(|path| !path.is_dir() || !is_bare(path)).collect();
            if let Ok((done, _)) = intake::take_in(&mut self.store, reading, sought, work, &mut witness) {
                tally = done;
            }
        }
        let problem = witness.problem.filter(|_| aloud);
        let vanished =
            if missing.is_empty() || self.store.note_all_gone(&missing).is_err() { 0 } else { missing.len() };
        self.tell(&tally, vanished, problem);
    }

    /// A connection for a thread that reads.
    fn reading(&self) -> Option<Reading> {
        let store = Store::open(self.options).ok()?.store;
        Some(Reading { store, again: false })
    }

    /// Whether something at `path` may be an article, by its place alone: hidden files and folders are left out.
    fn concerns(&self, path: &Path) -> bool {
        let below = self.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        below.into_iter().any(|rest| !rest.iter().any(sources::is_hidden))
            && (!path.is_file() || sources::is_text(path))
    }

    /// The keys of known files that are missing: those at `gone` and below, and those below the folders that are
    /// `there`.
    fn missing(&self, there: &[PathBuf], gone: &[PathBuf]) -> Result<Vec<String>, Error> {
        let mut missing = Vec::new();
        for path in gone {
            let key = Place::key(path);
            if self.store.origin(&key)?.is_some() {
                missing.push(key.clone());
            }
            missing.extend(self.store.origins_below(&key)?);
        }
        for folder in there.iter().filter(|path| path.is_dir()) {
            let known = self.store.origins_below(&Place::key(folder))?;
            if known.is_empty() {
                continue;
            }
            let here: BTreeSet<String> = sources::below(folder).flatten().map(|path| Place::key(&path)).collect();
            missing.extend(known.into_iter().filter(|key| !here.contains(key) && !Path::new(key).exists()));
        }
        // A file may have gone by itself and with its folder.
        missing.sort_unstable();
        missing.dedup();
        Ok(missing)
    }

    /// Tells the reader what came of it.
    fn tell(&self, tally: &Tally, vanished: usize, problem: Option<String>) {
        let news = [(tally.added, "new"), (tally.updated, "changed"), (vanished, "gone")];
        let news: Vec<String> =
            news.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if !news.is_empty() {
            let _ = self.setting.writing.send(Task::Look);
            self.setting.tell(Answer::Note(format!("watched folders: {}", news.join(", "))));
        }
        if let Some(line) = problem {
            self.setting.complain(line);
        }
    }
}

/// Has the system tell what is written to the library at `path`: each change goes into the log beside it. Where that
/// cannot be watched, others' changes are seen with the next key.
fn watch_writes(path: &Path, events: Sender<Watching>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any))) {
            let _ = events.send(Watching::Written);
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(&log_of(path), RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

/// The write-ahead log of the library at `path`.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// Whether there is nothing to read below a folder, which is no problem here.
fn is_bare(folder: &Path) -> bool {
    !sources::below(folder).any(|found| found.is_ok())
}

/// Whether something may have another content afterwards.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(AccessKind::Open(_) | AccessKind::Read | AccessKind::Any))
}

/// Whether something may have come, gone or got another name.
fn is_move(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)))
}

/// Looks on while files are taken in.
struct Witness<'a> {
    setting: &'a Setting,
    /// The first thing that cannot be read: one safe line.
    problem: Option<String>,
}

impl Attendant for Witness<'_> {
    fn stops(&self) -> bool {
        self.setting.closing.load(Ordering::SeqCst)
    }

    fn advanced(&mut self, _: u64, _: u64) {}

    fn problem(&mut self, line: &str) {
        self.problem.get_or_insert_with(|| safe::line(line));
    }

    fn kept(&mut self) {
        let _ = self.setting.writing.send(Task::Look);
    }
}
