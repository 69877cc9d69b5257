//! What is kept: positions, marks, changes to articles. The reader is told when it is, not before.

use std::path::Path;

use jiff::Timestamp;

use super::desk::Desk;
use super::watching::Watching;
use super::{Found, Task};
use crate::analysis::{VERSION, Voices};
use crate::app::library::{Answer, Change};
use crate::app::{EntryId, Message};
use crate::runtime::Event;
use crate::store::{ArticleId, Error, Store};
use crate::text::safe;

impl Desk {
    /// Writes the positions that wait. Those that cannot be written are dropped: newer ones will come.
    pub fn write_positions(&mut self) {
        self.positions_due = None;
        if self.positions.is_empty() {
            return;
        }
        let positions: Vec<_> = std::mem::take(&mut self.positions).into_iter().collect();
        let kept = self.store.set_positions(&positions, Timestamp::now());
        self.report(kept);
    }

    /// Tells the user that things are kept no longer, or are again, where something that nobody waits for says so.
    pub fn report(&mut self, kept: Result<(), Error>) {
        match kept {
            Ok(()) if self.fails => {
                self.fails = false;
                self.setting.tell(Answer::Keeping(None));
            }
            Err(error) if !self.fails => self.fail(&error),
            Ok(()) | Err(_) => {}
        }
    }

    /// Tells the user that something they asked for is not kept, and why.
    pub fn refuse(&mut self, error: &Error) {
        let lasts = !matches!(error, Error::NoArticle(_) | Error::Gone(_) | Error::DamagedArticle(..));
        if lasts {
            self.fail(error);
        } else {
            self.setting.complain(error.to_string());
        }
    }

    fn fail(&mut self, error: &Error) {
        self.fails = true;
        self.setting.tell(Answer::Keeping(Some(safe::line(&error.to_string()))));
    }

    pub fn forget(&mut self, content: u64) {
        self.positions.remove(&content);
        let kept = self.store.forget_position(content);
        self.report(kept);
    }

    pub fn mark(&mut self, content: u64, letter: char, offset: usize) {
        match self.store.set_mark(content, letter, offset) {
            Ok(()) => {
                self.report(Ok(()));
                self.setting.tell(Answer::MarkKept(letter));
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Changes an article and tells what its row shows then.
    pub fn change(&mut self, entry: EntryId, change: Change) {
        let article = self.setting.shelf().article(entry);
        let Some(article) = article else { return };
        let changed = change_article(&mut self.store, article, &change).and_then(|()| self.row(article));
        match changed {
            Ok(row) => {
                self.report(Ok(()));
                self.setting.tell(Answer::Changed(super::Shelf::known_as(entry, row), change));
                if !self.setting.shown {
                    // Another file may have the same text.
                    self.tell_anew(&[article]);
                }
            }
            Err(error) if change == Change::Opened => self.report(Err(error)),
            Err(error) => self.refuse(&error),
        }
    }

    fn row(&self, article: ArticleId) -> Result<crate::store::Summary, Error> {
        row(&self.store, article)
    }

    pub fn undo(&mut self) {
        // What was done days ago is not remembered: it is named before it is taken back.
        if self.setting.shown
            && let Ok(Some((entry, label))) = self.store.undoable_of_earlier()
            && self.undo_named.replace(entry) != Some(entry)
        {
            self.setting.tell(Answer::UndoneNext(label));
            return;
        }
        // Over files only what was done beside them is taken back: nothing else of the library is seen.
        let setting = self.setting.clone();
        let mut tell = |done, all| setting.tell(Answer::Busy(format!("bringing back: {done} of {all} stories")));
        let undone = if self.setting.shown { self.store.undo_telling(&mut tell) } else { self.store.undo_own() };
        match undone {
            Ok(label) => {
                let is_change = label.is_some();
                self.setting.tell(Answer::Undone(label));
                if is_change {
                    self.report(Ok(()));
                    let _ = self.setting.reading.send(Task::Again);
                    let files = self.setting.shelf().bound();
                    self.tell_anew(&files);
                }
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Has the list told again where another program has changed the library.
    pub fn look(&mut self) {
        let Ok(version) = self.store.changes_elsewhere() else { return };
        if self.version.replace(version).is_some_and(|before| before != version) {
            let _ = self.setting.reading.send(Task::Again);
            let _ = self.setting.watching.send(Watching::Look);
            self.look_for_stale();
        }
    }

    /// Keeps what the engine found, and tells the reader of it as it is kept: corrected.
    pub fn analyzed(&mut self, found: Vec<Found>) {
        let waiting = found.iter().any(|found| found.entry.is_some());
        let found: Vec<Found> = {
            let shelf = self.setting.shelf();
            let named = |mut found: Found| {
                if let Some(article) = found.entry.and_then(|entry| shelf.article(entry)) {
                    found.article = article;
                }
                found
            };
            found.into_iter().map(named).collect()
        };
        let analyses: Vec<_> = found.iter().map(|found| (found.article, found.content, &found.analysis)).collect();
        let kept = self.store.put_analyses(&analyses, VERSION);
        let is_kept = kept.is_ok();
        self.report(kept);
        for Found { article, analysis, entry, content } in &found {
            let Some(entry) = entry else { continue };
            let Ok((article, corrected)) = self.store.load_analyzed(*article) else { continue };
            if article.content_id() != *content {
                // It has another text by now, which the reader is told of.
                continue;
            }
            let analysis = corrected.filter(|_| is_kept).map_or_else(|| analysis.clone(), |(analysis, _)| analysis);
            let voices = Voices::of(&analysis, &article.text);
            let message = Message::Analyzed(*entry, analysis.into(), voices.into());
            let _ = self.setting.events.send(Event::Message(message));
        }
        self.tell_anew(&found.iter().map(|found| found.article).collect::<Vec<_>>());
        if !waiting && self.setting.shown {
            self.go_on_with_stale(is_kept);
        }
    }

    /// Saves what can be read of the damaged library that was set aside.
    pub fn settle(&mut self, damaged: &Path) {
        let aside = safe::line(&damaged.to_string_lossy());
        let said = match self.store.rescue(damaged, Timestamp::now()) {
            Ok(saved) => format!(
                "the library was damaged: it lies now in {aside}, and {} articles and {} highlights were saved from it",
                saved.articles, saved.highlights
            ),
            Err(error) => format!("the library was damaged: it lies now in {aside}; saving from it failed: {error}"),
        };
        self.add_seeds();
        self.setting.complain(said);
        let _ = self.setting.reading.send(Task::Again);
        self.look_for_stale();
    }
}

fn row(store: &Store, article: ArticleId) -> Result<crate::store::Summary, Error> {
    store.summaries(&[article])?.into_iter().next().ok_or(Error::NoArticle(article))
}

/// Makes one change, which is kept when this returns.
fn change_article(store: &mut Store, article: ArticleId, change: &Change) -> Result<(), Error> {
    let now = Timestamp::now();
    match change {
        Change::Opened => store.mark_opened(article),
        Change::ToggleRead => {
            let read = row(store, article)?.read;
            store.set_read(&[article], !read, now).map(drop)
        }
        Change::ToggleStar => {
            let starred = row(store, article)?.starred;
            store.set_starred(&[article], !starred, now).map(drop)
        }
        Change::Tag(wanted) => {
            let has = row(store, article)?.tags;
            let given: Vec<&str> = wanted.iter().filter(|tag| !has.contains(tag)).map(String::as_str).collect();
            let taken: Vec<&str> = has.iter().filter(|tag| !wanted.contains(tag)).map(String::as_str).collect();
            store.retag(&[article], &given, &taken, now).map(drop)
        }
    }
}
