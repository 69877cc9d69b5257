//! What the library can be looked through by. Saved queries are counted one by one after all else is told, and only
//! while nothing else is wanted.

use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::Task;
use super::desk::Desk;
use super::listing::parse;
use crate::app::library::{Answer, Feed, Folder, Folders, Saved, cut_pattern};
use crate::runtime::feeds::when;
use crate::store::{Error, Store};

impl Desk {
    /// Tells what there is.
    pub fn folders(&mut self) {
        match self.uninterrupted(folders) {
            Ok(folders) => {
                let saved = folders.saved.clone();
                self.setting.tell(Answer::Folders(Box::new(folders)));
                for Saved { name, query, .. } in saved {
                    let _ = self.setting.reading.send(Task::CountQuery(name, query));
                }
            }
            Err(error) => self.setting.complain(error.to_string()),
        }
    }

    /// Tells how many articles that match a saved query are unread; what is understood no longer is not counted.
    pub fn count_query(&mut self, name: String, text: String) {
        let fuzzy = cut_pattern(&text).is_some();
        let Some(query) = parse(&format!("unread {text}")).ok().filter(|_| !fuzzy) else { return };
        self.setting.overtaking.busy.store(true, Ordering::SeqCst);
        let count = self.store.count(&query);
        self.setting.overtaking.busy.store(false, Ordering::SeqCst);
        match count {
            Ok(count) => self.setting.tell(Answer::QueryCounted(name, count)),
            // Something else is wanted first.
            Err(Error::Interrupted) => drop(self.setting.reading.send(Task::CountQuery(name, text))),
            Err(_) => {}
        }
    }
}

fn folders(store: &Store) -> Result<Folders, Error> {
    let saved = store.saved_queries()?.into_iter();
    let feeds = store.feeds()?.into_iter();
    let added = store.folders()?.into_iter();
    let now = Timestamp::now();
    Ok(Folders {
        counts: store.counts()?,
        saved: saved
            .map(|saved| Saved { name: saved.name, query: saved.query, sort: saved.sort.parse().unwrap_or_default() })
            .collect(),
        tags: store.tags()?.into_iter().map(|tag| (tag.name, tag.articles)).collect(),
        feeds: feeds
            .map(|feed| Feed {
                number: feed.id.0,
                title: feed.title().to_owned(),
                error: feed.error.as_ref().map(|error| match feed.rests(now) {
                    true => format!("{error}; it rests until {}, R asks it now", when(feed.next_check, now)),
                    false => error.clone(),
                }),
                folder: feed.folder,
                articles: feed.articles,
                unread: feed.unread,
                note: feed.note,
            })
            .collect(),
        added: added
            .map(|folder| Folder {
                path: folder.path,
                name: folder.name,
                depth: folder.depth,
                articles: folder.articles,
            })
            .collect(),
    })
}
