//! One feed looked at: what it has that the library has not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use super::pages::{self, Came, Pages};
use crate::article::Article;
use crate::fetch::discover::{self, Discovered};
use crate::fetch::feed::Entry;
use crate::fetch::look::{Found, Look, look};
use crate::fetch::{Address, Client, Error, Settings, Validators};
use crate::store::{ArticleId, Carried, Feed, FeedId, Store};

/// A feed that was looked at.
#[derive(Debug)]
pub struct Visit {
    /// The feed as it was before.
    pub feed: Feed,
    /// What was seen.
    pub look: Result<Look, Error>,
    /// Articles that are new, or new versions.
    pub stories: Vec<Story>,
    /// Articles that are kept already, came from this feed, and do not belong to it yet.
    pub joining: Vec<ArticleId>,
    /// Entries whose page was to be fetched and could not be, or not yet.
    pub pages_missed: usize,
}

/// An article on its way into the library.
#[derive(Debug)]
pub struct Story {
    /// What it is known under.
    pub key: String,
    /// A hash of what the feed said.
    pub stamp: u64,
    /// Whether there was an earlier version.
    pub seen: bool,
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

    /// A look that brought no entries.
    fn without(feed: Feed, look: Result<Look, Error>) -> Self {
        Self { feed, look, stories: Vec::new(), joining: Vec::new(), pages_missed: 0 }
    }
}

/// Looks at `feed`; a feed that the program fails on loses itself and no other.
pub(super) fn isolated(client: &Client, feed: Feed, reading: &Mutex<Store>, today: Date) -> Visit {
    let row = feed.clone();
    let visited = catch_unwind(AssertUnwindSafe(|| visit(client, feed, reading, today)));
    visited.unwrap_or_else(|_| Visit::without(row, Err(Error::NotAFeed("the program failed on it".to_owned()))))
}

/// The address at which `feed` is asked, with its login.
///
/// # Errors
/// Where what is kept is no address.
pub fn address(feed: &Feed) -> Result<Address, Error> {
    let login = feed.login.as_ref().map(|login| login.0.as_str());
    Address::parse(&feed.url).map(|address| address.with_login(login))
}

/// Looks at `feed` and reads what is new in it; `reading` says what is known.
pub fn visit(client: &Client, feed: Feed, reading: &Mutex<Store>, today: Date) -> Visit {
    let known = Validators { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    let looked = address(&feed).and_then(|address| match feed.is_untried() {
        true => first_look(client, &address),
        false => look(client, &address, known),
    });
    match looked {
        Ok(Look::Found(found)) => stories(client, feed, found, reading, today),
        other => Visit::without(feed, other),
    }
}

/// Looks at a feed of which nothing came yet: lists of other readers hold addresses of pages too.
fn first_look(client: &Client, address: &Address) -> Result<Look, Error> {
    match discover::at(client, address, false)? {
        Discovered::Feed(at, mut found) => {
            found.moved = Some(at).filter(|at| at != address);
            Ok(Look::Found(found))
        }
        Discovered::Several(feeds) => Err(Error::NotAFeed(format!(
            "a web page with {} feeds; follow one of them: `pullquote feed add {address}` lists them",
            feeds.len()
        ))),
    }
}

/// Reads what is new in a feed that was `found`.
pub fn stories(client: &Client, feed: Feed, mut found: Box<Found>, reading: &Mutex<Store>, today: Date) -> Visit {
    let settings = Settings::read(&feed.settings);
    let mut source = feed.title().to_owned();
    if feed.renamed.is_empty() && !found.feed.title.is_empty() {
        source.clone_from(&found.feed.title);
    }
    let mut pages = Pages::new(client, found.zone, address(&feed).ok());
    let mut visit = Visit::without(feed, Ok(Look::Unchanged { moved: None }));
    for Due { mut entry, key, stamp, known } in due(&mut visit, &mut found, &settings, reading) {
        entry.title = settings.cut(&entry.title).to_owned();
        let said = entry.article(&source, today);
        let (article, stamp) = if settings.full_text {
            let times = known.map_or(0, |known| pages::times(known, stamp));
            match pages.story(&entry, &said, stamp, times) {
                Came::Story(story) => (*story, pages::in_full(stamp)),
                // What is there already, perhaps in full, is no worse.
                Came::Nothing(stamp) if known.is_some_and(|known| known == stamp || pages::is_full(known)) => continue,
                Came::Nothing(stamp) => (said, stamp),
            }
        } else {
            (said, stamp)
        };
        if client.stopped() {
            break;
        }
        if !article.text.is_empty() {
            visit.stories.push(Story { key, stamp, seen: known.is_some(), article });
        }
    }
    visit.pages_missed = pages.missed();
    if pages.are_waiting() {
        // So that the feed lists them again.
        found.validators = Validators::default();
    }
    let lost = [found.feed.lost.take(), pages.note()].into_iter().flatten().collect::<Vec<_>>().join("; ");
    found.feed.lost = Some(lost).filter(|lost| !lost.is_empty());
    visit.look = Ok(Look::Found(found));
    visit
}

/// An entry to be read.
struct Due {
    entry: Entry,
    /// What it is known under.
    key: String,
    /// Its stamp now, without its page.
    stamp: u64,
    /// The stamp of what is kept of it.
    known: Option<u64>,
}

/// The entries of the feed that are to be read, those first whose pages are needed most; those that the library has
/// as articles of others join `visit`.
fn due(visit: &mut Visit, found: &mut Found, settings: &Settings, reading: &Mutex<Store>) -> Vec<Due> {
    let mut due = Vec::new();
    for entry in std::mem::take(&mut found.feed.entries) {
        let key = format!("{}#{}", visit.feed.key, entry.id);
        if settings.skips(&entry.title) {
            continue;
        }
        let stamp = stamp(&entry, settings);
        let is_settled = |known| pages::is_settled(known, stamp, settings.full_text);
        match standing(reading, visit.feed.id, &key, is_settled) {
            Standing::New => due.push(Due { entry, key, stamp, known: None }),
            Standing::Changed(known) => due.push(Due { entry, key, stamp, known: Some(known) }),
            Standing::Known => {}
            Standing::Elsewhere(article) => visit.joining.push(article),
        }
    }
    due.sort_by_key(|due| due.known.map_or(0, |known| pages::turn(known, due.stamp)));
    due
}

/// What changes when an entry does, or what the settings make of its headline.
fn stamp(entry: &Entry, settings: &Settings) -> u64 {
    let cut = settings.cut(&entry.title);
    match cut == entry.title.trim() {
        true => entry.stamp(),
        false => xxh3_64(format!("{} {cut}", entry.stamp()).as_bytes()),
    }
}

/// What the library has of an entry.
enum Standing {
    /// Nothing.
    New,
    /// An earlier version, or one without its page: its stamp.
    Changed(u64),
    /// All of it; or the user removed it, and it does not come back.
    Known,
    /// All of it, as an article that does not belong to the feed.
    Elsewhere(ArticleId),
}

fn standing(reading: &Mutex<Store>, feed: FeedId, key: &str, is_settled: impl Fn(u64) -> bool) -> Standing {
    let reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
    match reading.carried(feed, key) {
        Ok(Some(Carried { article: None, .. })) => Standing::Known,
        Ok(Some(Carried { stamp, article: Some(article), belongs })) if is_settled(stamp) => match belongs {
            true => Standing::Known,
            false => Standing::Elsewhere(article),
        },
        Ok(Some(Carried { stamp, .. })) => Standing::Changed(stamp),
        Ok(None) | Err(_) => Standing::New,
    }
}
