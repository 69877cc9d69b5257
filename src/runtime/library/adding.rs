//! Into the library from inside the reader: one story, or files and folders on a thread of their own; and which files
//! that are only read have their texts in the library.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::desk::{Desk, Setting};
use super::{Found, Task};
use crate::app::EntryId;
use crate::app::library::{Adding, Answer};
use crate::article::Article;
use crate::runtime::intake::{self, Attendant, End, Place, Reading};
use crate::runtime::{in_order, sources};
use crate::store::{Added, Error, Incoming, Options, Store};
use crate::text::safe;

/// How often it is told how far adding is, at most.
const TELLING: Duration = Duration::from_millis(200);

impl Desk {
    /// Tells which of these texts the library has, and what it knows of them.
    pub fn shelve(&mut self, texts: Vec<(EntryId, u64)>) {
        let mut known = Vec::new();
        for (entry, content) in texts {
            let Ok(Some(article)) = self.uninterrupted(|store| store.article_with(content)) else { continue };
            let Ok(Some(row)) = self.uninterrupted(|store| Ok(store.summaries(&[article])?.pop())) else { continue };
            self.setting.shelf().bind(entry, article);
            known.push(super::Shelf::known_as(entry, row));
        }
        if !known.is_empty() {
            self.setting.tell(Answer::Shelved(known));
        }
    }

    /// Keeps the text of `entry`, which was read from `place`. What it says is found in time.
    pub fn add(&mut self, entry: EntryId, article: &Arc<Article>, place: Option<&Place>) {
        let incoming = Incoming { origin: place.map(Place::origin), ..Incoming::new(article) };
        let added = self.store.add(&incoming, Timestamp::now());
        let told = added.and_then(|added| {
            let id = added.id();
            let row = self.store.summaries(&[id])?.pop().ok_or(Error::NoArticle(id))?;
            Ok((added, row))
        });
        let (added, row) = match told {
            Ok(told) => told,
            Err(error) => return self.refuse(&error),
        };
        self.report(Ok(()));
        let is_analysed = row.analysed;
        self.setting.shelf().bind(entry, added.id());
        let known = super::Shelf::known_as(entry, row);
        self.setting.tell(Answer::Added { known, already: matches!(added, Added::Known(_)) });
        if !is_analysed {
            let (writing, article, id) = (self.setting.writing.clone(), Arc::clone(article), added.id());
            self.setting.workers.analyze_apart(move |analyze| {
                let analysis = analyze(&article);
                let found = Found { article: id, content: article.content_id(), analysis, entry: None };
                let _ = writing.send(Task::Analyzed(vec![found]));
            });
        }
    }

    /// Adds all of `paths`, on a thread of their own.
    pub fn add_files(&mut self, paths: Vec<PathBuf>) {
        let over = |line: String| Answer::Adding(Adding::Over(line, false));
        let Some(options) = self.file.clone() else {
            self.setting.tell(over("nothing was added: there is no library to keep it".to_owned()));
            return;
        };
        self.setting.stop.store(false, Ordering::SeqCst);
        let setting = self.setting.clone();
        let work = move || {
            let ended = match add_files(&options, paths, &setting) {
                Ok((line, well)) => Answer::Adding(Adding::Over(line, well)),
                Err(line) => over(line),
            };
            setting.tell(ended);
            let _ = setting.writing.send(Task::Look);
        };
        if let Err(error) = thread::Builder::new().name("adding".to_owned()).spawn(work) {
            self.setting.tell(over(format!("nothing was added: no thread for it ({error})")));
        }
    }
}

/// Adds all of `paths` to the library of `options`; what came of it, and whether all could be read.
fn add_files(options: &Options, paths: Vec<PathBuf>, setting: &Setting) -> Result<(String, bool), String> {
    let open = || Store::open(options).map(|opened| opened.store).map_err(|error| safe::line(&error.to_string()));
    let (mut store, reading) = (open()?, Reading { store: open()?, again: false });
    let mut teller = Teller::new(setting, &paths);
    teller.tell();
    // The reader itself wants a core.
    let threads = in_order::cores().saturating_sub(1).max(1);
    let work = (threads, setting.workers.engine());
    let (tally, end) = intake::take_in(&mut store, reading, paths, work, &mut teller)
        .map_err(|error| format!("nothing was added: no thread for it ({error})"))?;
    let first = teller.problem.map(|line| format!(" ({line})")).unwrap_or_default();
    match end {
        End::Done => Ok((format!("{tally}{first}"), tally.problems == 0)),
        End::Stopped => Ok((format!("stopped: {tally}{first}; adding the same goes on from there"), true)),
        End::Failed(error) => Err(safe::line(&format!("{tally}; then: {error}"))),
    }
}

/// Tells the reader how far it is.
struct Teller<'a> {
    setting: &'a Setting,
    begun: Instant,
    told: Instant,
    articles: u64,
    bytes: u64,
    /// Bytes of everything, once they are added up.
    all: Arc<AtomicU64>,
    /// The first thing that cannot be read: one safe line.
    problem: Option<String>,
}

impl<'a> Teller<'a> {
    fn new(setting: &'a Setting, paths: &[PathBuf]) -> Self {
        let all = Arc::new(AtomicU64::new(0));
        let (sum, paths) = (Arc::clone(&all), paths.to_vec());
        let measure = move || {
            let total = paths.iter().map(|path| sources::size(path)).sum();
            sum.store(total, Ordering::SeqCst);
        };
        // Without it there is no time left to tell, which is no reason not to begin.
        let _ = thread::Builder::new().name("sizes".to_owned()).spawn(measure);
        let now = Instant::now();
        Self { setting, begun: now, told: now, articles: 0, bytes: 0, all, problem: None }
    }

    /// Tells how far it is now.
    fn tell(&mut self) {
        self.told = Instant::now();
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        let line = progress(self.articles, self.bytes, self.all.load(Ordering::SeqCst), seconds);
        self.setting.tell(Answer::Adding(Adding::Under(line)));
    }
}

/// `adding: 240 articles, 310 a second, 40%, 12 s left`.
#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn progress(articles: u64, bytes: u64, all: u64, seconds: f64) -> String {
    let mut line = match articles {
        0 => "adding".to_owned(),
        1 => "adding: 1 article".to_owned(),
        articles => format!("adding: {articles} articles, {:.0} a second", articles as f64 / seconds),
    };
    if all > 0 && bytes > 0 {
        let part = (bytes as f64 / all as f64).min(1.0);
        line += &format!(", {:.0}%, {:.0} s left", part * 100.0, seconds / part - seconds);
    }
    line
}

impl Attendant for Teller<'_> {
    fn stops(&self) -> bool {
        self.setting.stop.load(Ordering::SeqCst)
    }

    fn advanced(&mut self, articles: u64, bytes: u64) {
        self.articles += articles;
        self.bytes += bytes;
        if self.told.elapsed() >= TELLING {
            self.tell();
        }
    }

    fn problem(&mut self, line: &str) {
        self.problem.get_or_insert_with(|| safe::line(line));
    }

    fn kept(&mut self) {
        let _ = self.setting.writing.send(Task::Look);
    }
}

/// What a path that is being typed may become: as far as there is but one way to go on, and the names to go on with,
/// as safe lines.
pub(in crate::runtime) fn complete(typed: &str) -> (String, Vec<String>) {
    let (folder, begun) = typed.rsplit_once('/').map_or(("", typed), |(folder, begun)| (folder, begun));
    let listed = match (folder, typed.starts_with('/')) {
        ("", true) => PathBuf::from("/"),
        ("", false) => PathBuf::from("."),
        (folder, _) => at_home(folder),
    };
    let Ok(entries) = std::fs::read_dir(listed) else { return (typed.to_owned(), Vec::new()) };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !begun.starts_with('.');
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (name.starts_with(begun) && !is_hidden && safe::line(&name) == name).then(|| name + slash)
        })
        .collect();
    names.sort();
    let shared = names.iter().fold(None, |shared: Option<String>, name| {
        let shared = shared.unwrap_or_else(|| name.clone());
        Some(shared.chars().zip(name.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect())
    });
    let before = typed.strip_suffix(begun).unwrap_or_default();
    let completed = shared.map_or_else(|| typed.to_owned(), |shared| format!("{before}{shared}"));
    (completed, if names.len() > 1 { names } else { Vec::new() })
}

/// A path as it was typed, with `~` for the home folder.
pub(in crate::runtime) fn at_home(typed: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    match typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => home().map_or_else(|| PathBuf::from(typed), |home| home.join(rest.trim_start_matches('/'))),
        None => Path::new(typed).to_owned(),
    }
}
