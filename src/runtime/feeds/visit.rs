//! One feed looked at: what it has that the library has not.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;
use crate::fetch::discover::{self, Discovered};
use crate::fetch::feed::Entry;
use crate::fetch::look::{Found, Look, look};
use crate::fetch::{Address, Client, Error, Settings, Validators, Zone, page};
use crate::store::{ArticleId, Carried, Feed, FeedId, Store};

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
    /// Articles that are kept already, came from this feed, and do not belong to it yet.
    pub joining: Vec<ArticleId>,
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
}

impl Visit {
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
    let mut pages = Pages { client, from: found.zone, own: address(&feed).ok(), fetched: 0, missed: 0 };
    let mut visit = Visit::without(feed, Ok(Look::Unchanged { moved: None }));
    for mut entry in std::mem::take(&mut found.feed.entries) {
        let key = format!("{}#{}", visit.feed.key, entry.id);
        if settings.skips(&entry.title) {
            continue;
        }
        let stamp = stamp(&entry, &settings);
        let seen = match standing(reading, visit.feed.id, &key, |known| is_settled(known, stamp, &settings)) {
            Standing::New => false,
            Standing::Changed => true,
            Standing::Known => continue,
            Standing::Elsewhere(article) => {
                visit.joining.push(article);
                continue;
            }
        };
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
            visit.stories.push(Story { key, stamp, seen, article });
        }
    }
    visit.pages_missed = pages.missed;
    visit.look = Ok(Look::Found(found));
    visit
}

/// The first bits of the stamp of an entry whose page was read, which tell it from one that was not.
const IN_FULL: u64 = 0xf011 << 48;

/// What changes when an entry does, or what the settings make of it.
fn stamp(entry: &Entry, settings: &Settings) -> u64 {
    let cut = settings.cut(&entry.title);
    let own = match cut == entry.title.trim() {
        true => entry.stamp(),
        false => xxh3_64(format!("{} {cut}", entry.stamp()).as_bytes()),
    };
    if settings.full_text { own >> 16 | IN_FULL } else { own }
}

/// Whether an entry with the stamp `known` need not be read again now that it has the stamp `now`: a story that was
/// read in full is not cut down again.
fn is_settled(known: u64, now: u64, settings: &Settings) -> bool {
    known == now || !settings.full_text && known >> 48 == IN_FULL >> 48
}

/// What the library has of an entry.
enum Standing {
    /// Nothing.
    New,
    /// An earlier version.
    Changed,
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
        Ok(Some(_)) => Standing::Changed,
        Ok(None) | Err(_) => Standing::New,
    }
}

/// Fetches the pages of entries.
struct Pages<'c> {
    client: &'c Client,
    /// The zone of the feed, which the pages may not lead out of.
    from: Zone,
    /// The address of the feed, whose login its server's pages may want too.
    own: Option<Address>,
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
        let login = self.own.as_ref().filter(|own| url.is_same_server(own)).and_then(Address::login);
        match page::fetch(self.client, &url.clone().with_login(login), Some(self.from)) {
            Ok(page) if page.doubt.is_none() && page.article.words() >= own.words() => {
                let mut article = page.article;
                let meta = &mut article.meta;
                // The feed's headline is the one that the user's rules are for.
                if !own.meta.untitled {
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
