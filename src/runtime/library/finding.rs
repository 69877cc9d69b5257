//! Search across the library, and where a query matches in one of its texts.

use super::desk::Desk;
use super::listing::parse;
use super::{Overtaking, Wish};
use crate::app::EntryId;
use crate::app::library::{Answer, Hit};
use crate::store::{Order, Window};

impl Desk {
    /// Tells what matches.
    pub fn find(&mut self, wish: &Wish) {
        // What is sought is still being typed when it is sought.
        let query = match parse(&wish.query) {
            Ok(query) => query.while_typing(),
            Err(problem) => {
                self.setting.tell(Answer::Found(wish.ticket, Err(problem)));
                return;
            }
        };
        let order = if wish.by_relevance { Order::Relevance } else { Order::Newest };
        let is_wanted = |desk: &Self| Overtaking::is_latest(&desk.setting.overtaking.find, wish.ticket);
        let found = self.overtakable(is_wanted, |desk| desk.store.search(&query, order, Window::first(wish.limit)));
        let Some(found) = found else { return };
        let hits = {
            let mut shelf = self.setting.shelf();
            let hit = |hit: crate::store::Hit| Hit {
                known: shelf.known(hit.summary),
                offset: hit.offset,
                snippet: hit.snippet,
                marks: hit.marks,
            };
            found.into_iter().map(hit).collect()
        };
        self.setting.tell(Answer::Found(wish.ticket, Ok(hits)));
    }

    /// Tells where `query` matches in the text of `entry`; nowhere, where that cannot be said.
    pub fn matches(&mut self, entry: EntryId, query: &str) {
        let article = self.setting.shelf().article(entry);
        let matches = article.zip(parse(query).ok()).and_then(|(article, query)| {
            let query = query.while_typing();
            self.uninterrupted(|store| store.matches(&query, article)).ok()
        });
        self.setting.tell(Answer::Matched(entry, matches.unwrap_or_default()));
    }
}
