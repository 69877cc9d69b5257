//! One feed looked at: what it has that the library has not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use crate::article::Article;
use crate::fetch::feed::Entry;
use crate::fetch::look::{Found, Look, look};
use crate::fetch::{Address, Client, Error, Settings, Validators, Zone, page};
use crate::store::{Feed, Store};

/// Pages fetched for one feed in one look; the rest has its turn the next time.
const MOST_PAGES: usize = 40;

/// A feed that was looked at.
#[derive(Debug)]
pub struct Visit {
    /// The feed as it was before.
    pub feed: Feed,
    /// What was seen.
    pub look: Result<Look, Error>,
    /// Articles that are new, or new versions.
    pub stories: Vec<Story>,
    /// Entries whose page was to be fetched and could not.
    pub pages_missed: usize,
}

/// An article on its way into the library.
#[derive(Debug)]
pub struct Story {
    /// What it is known under.
    pub key: String,
    /// A hash of what the feed said.
    pub stamp: u64,
    /// The article.
    pub article: Article,
}

impl Visit {
    /// Why the look failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.look.as_ref().err()
    }

    /// Whether the server says that nothing has changed.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        matches!(self.look, Ok(Look::Unchanged { .. }))
    }
}

/// Looks at `feed`; a feed that the program fails on loses itself and no other.
pub(super) fn isolated(client: &Client, feed: Feed, reading: &Mutex<Store>, today: Date) -> Visit {
    let row = feed.clone();
    let visited = catch_unwind(AssertUnwindSafe(|| visit(client, feed, reading, today)));
    visited.unwrap_or_else(|_| {
        let look = Err(Error::NotAFeed("the program failed on it".to_owned()));
        Visit { feed: row, look, stories: Vec::new(), pages_missed: 0 }
    })
}

/// Looks at `feed` and reads what is new in it; `reading` says what is known.
pub fn visit(client: &Client, feed: Feed, reading: &Mutex<Store>, today: Date) -> Visit {
    let known = Validators { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    match Address::parse(&feed.url).and_then(|address| look(client, &address, known)) {
        Ok(Look::Found(found)) => stories(client, feed, found, reading, today),
        other => Visit { feed, look: other, stories: Vec::new(), pages_missed: 0 },
    }
}

/// Reads what is new in a feed that was `found`.
pub fn stories(client: &Client, feed: Feed, mut found: Box<Found>, reading: &Mutex<Store>, today: Date) -> Visit {
    let settings = Settings::read(&feed.settings);
    let origin = if settings.origin.is_empty() { &feed.url } else { &settings.origin };
    let source = match settings.own_title || found.feed.title.is_empty() {
        true => feed.title.clone(),
        false => found.feed.title.clone(),
    };
    let mut pages = Pages { client, from: found.zone, fetched: 0, missed: 0 };
    let mut stories = Vec::new();
    for mut entry in std::mem::take(&mut found.feed.entries) {
        let (key, stamp) = (format!("{origin}#{}", entry.id), entry.stamp());
        if settings.skips(&entry.title) || !is_wanted(reading, &key, stamp) {
            continue;
        }
        if settings.full_text && pages.are_enough() {
            // Without a trace: it is as new the next time.
            found.validators = Validators::default();
            continue;
        }
        entry.title = settings.cut(&entry.title).to_owned();
        let own = entry.article(&source, today);
        let article = if settings.full_text { pages.full(&entry, own) } else { own };
        if client.stopped() {
            break;
        }
        if !article.text.is_empty() {
            stories.push(Story { key, stamp, article });
        }
    }
    let pages_missed = pages.missed;
    Visit { feed, look: Ok(Look::Found(found)), stories, pages_missed }
}

/// Whether an entry is new, or a new version of one that is still kept: what the user removed does not come back.
fn is_wanted(reading: &Mutex<Store>, key: &str, stamp: u64) -> bool {
    let reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
    match reading.origin(key) {
        Ok(Some(known)) => known.article.is_some() && known.stamp != stamp,
        Ok(None) | Err(_) => true,
    }
}

/// Fetches the pages of entries.
struct Pages<'c> {
    client: &'c Client,
    /// The zone of the feed, which the pages may not lead out of.
    from: Zone,
    fetched: usize,
    missed: usize,
}

impl Pages<'_> {
    fn are_enough(&self) -> bool {
        self.fetched >= MOST_PAGES
    }

    /// The story of the entry's page with what the feed knows of it; what the feed itself says where there is none.
    fn full(&mut self, entry: &Entry, own: Article) -> Article {
        let Some(url) = &entry.url else { return own };
        self.fetched += 1;
        match page::fetch(self.client, url, Some(self.from)) {
            Ok(page) if page.doubt.is_none() && page.article.words() >= own.words() => {
                let mut article = page.article;
                let meta = &mut article.meta;
                if meta.untitled && !own.meta.untitled {
                    meta.title = own.meta.title;
                    meta.untitled = false;
                }
                meta.date = own.meta.date.or(meta.date);
                meta.byline = meta.byline.take().or(own.meta.byline);
                meta.source = own.meta.source.or(meta.source.take());
                article
            }
            _ => {
                self.missed += 1;
                own
            }
        }
    }
}
