//! What is kept: positions, marks, changes to articles. The reader is told when it is, not before.

use std::path::Path;

use jiff::Timestamp;

use super::desk::Desk;
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

    /// Tells the user what went wrong with something that nobody waits for, once until something is kept again.
    pub fn report(&mut self, kept: Result<(), Error>) {
        match kept {
            Ok(()) => self.told_failure = false,
            Err(error) if !self.told_failure => {
                self.told_failure = true;
                self.setting.complain(error.to_string());
            }
            Err(_) => {}
        }
    }

    pub fn forget(&mut self, content: u64) {
        self.positions.remove(&content);
        let kept = self.store.forget_position(content);
        self.report(kept);
    }

    pub fn mark(&mut self, content: u64, letter: char, offset: usize) {
        match self.store.set_mark(content, letter, offset) {
            Ok(()) => self.setting.tell(Answer::MarkKept(letter)),
            Err(error) => self.setting.complain(error.to_string()),
        }
    }

    /// Changes an article and tells what its row shows then.
    pub fn change(&mut self, entry: EntryId, change: Change) {
        let article = self.setting.shelf().article(entry);
        let Some(article) = article else { return };
        let changed = change_article(&mut self.store, article, &change).and_then(|()| self.row(article));
        match changed {
            Ok(row) => {
                let known = self.setting.shelf().known(row);
                self.setting.tell(Answer::Changed(known, change));
            }
            Err(error) if change == Change::Opened => self.report(Err(error)),
            Err(error) => self.setting.complain(error.to_string()),
        }
    }

    fn row(&self, article: ArticleId) -> Result<crate::store::Summary, Error> {
        row(&self.store, article)
    }

    pub fn undo(&mut self) {
        match self.store.undo() {
            Ok(label) => {
                let is_change = label.is_some();
                self.setting.tell(Answer::Undone(label));
                if is_change {
                    let _ = self.setting.reading.send(Task::Again);
                }
            }
            Err(error) => self.setting.complain(error.to_string()),
        }
    }

    /// Has the list told again where another program has changed the library.
    pub fn look(&mut self) {
        let Ok(version) = self.store.changes_elsewhere() else { return };
        if self.version.replace(version).is_some_and(|before| before != version) {
            let _ = self.setting.reading.send(Task::Again);
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
        for Found { article, analysis, entry, .. } in &found {
            let Some(entry) = entry else { continue };
            let Ok((article, corrected)) = self.store.load_analyzed(*article) else { continue };
            let analysis = corrected.filter(|_| is_kept).map_or_else(|| analysis.clone(), |(analysis, _)| analysis);
            let voices = Voices::of(&analysis, &article.text);
            let message = Message::Analyzed(*entry, analysis.into(), voices.into());
            let _ = self.setting.events.send(Event::Message(message));
        }
        self.tell_anew(&found.iter().map(|found| found.article).collect::<Vec<_>>());
        if !waiting {
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
