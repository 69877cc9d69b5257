//! Feeds into the library: many at once, one broken never in the way of the others.
//!
//! A few threads look at feeds and read their entries, two of one host at most; the calling thread writes what
//! is new, in batches, and what is to be remembered of each feed. What has not changed is not written. Threads that
//! wait for a server are left to themselves when the user stops: what they find then is dropped.

mod follow;
mod keep;
mod pages;
mod queue;
pub(super) mod reader;
mod rest;
mod row;
mod set;
mod visit;

use std::collections::HashMap;
use std::io;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;

pub use self::follow::{Followed, Wishes, find, follow, places};
pub use self::keep::{expire, expiring};
use self::queue::Queue;
pub use self::rest::{Resting, when};
pub use self::set::{Change, set};
pub use self::visit::{Story, Visit, address, stories, visit};
use super::place::today;
use crate::fetch::{Address, Client, Error, Kind, Proxies};
use crate::store::{Added, ArticleId, Error as StoreError, Feed, FeedId, Incoming, Origin, Store};

/// Feeds looked at at the same time.
const THREADS: usize = 12;
/// Of these, feeds of one host.
const PER_HOST: usize = 2;
/// Articles written in one transaction.
const BATCH: usize = 250;
/// How long what was found may wait to be written together.
const BATCH_TIME: Duration = Duration::from_millis(500);
/// How often it is looked whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// The proxies of this program's environment.
#[must_use]
pub fn proxies() -> Proxies {
    Proxies::new(|name| std::env::var(name).ok())
}

/// What became of one feed.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The feed as it is now.
    pub feed: Feed,
    /// What it brought.
    pub news: News,
    /// Why the look failed.
    pub error: Option<Error>,
    /// What the feed is called that this one turned out to be: it was followed already, and is the only one of the two
    /// from now on.
    pub same_as: Option<String>,
}

/// What a feed brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Articles that were not there before.
    pub new: Vec<New>,
    /// Articles of which there is a new version.
    pub updated: usize,
    /// Articles that the library had from elsewhere, and which belong to this feed too from now on.
    pub known: usize,
    /// Entries whose page was to be fetched and could not be, or not yet, so that the feed's own words were kept.
    pub pages_missed: usize,
    /// Whether the server says that nothing has changed.
    pub unchanged: bool,
}

/// A new article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Its name in the library.
    pub article: ArticleId,
    /// Its headline.
    pub title: String,
    /// Where it stands.
    pub url: Option<String>,
    /// The day it was published.
    pub date: Option<Date>,
}

/// How a refresh ended.
#[derive(Debug)]
pub enum Halt {
    /// The user stopped it; what was written stays.
    Stopped,
    /// The library cannot be written.
    Failed(StoreError),
    /// No thread can be started.
    NoThread(io::Error),
}

/// Looks at `feeds` and writes what is new into `store`; `reading` is a second connection to the same library. `each`
/// is told what became of every feed, once that is written.
///
/// # Errors
/// Why it ended early.
pub fn refresh(
    store: &mut Store,
    reading: Store,
    feeds: Vec<Feed>,
    client: &Client,
    each: &mut dyn FnMut(Outcome),
) -> Result<(), Halt> {
    let mut left = feeds.len();
    let queue = Arc::new(Queue::new(feeds, PER_HOST));
    let reading = Arc::new(Mutex::new(reading));
    let (answers, visits) = sync_channel(2);
    for number in 0..THREADS.min(left) {
        let (queue, reading, client) = (Arc::clone(&queue), Arc::clone(&reading), client.clone());
        let answers = answers.clone();
        let work = move || {
            while let Some(feed) = queue.next() {
                let host = queue::host(&feed);
                let visited = visit::isolated(&client, feed, &reading, today());
                queue.done(&host);
                if client.stopped() || answers.send(visited).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name(format!("feeds {number}")).spawn(work).map_err(Halt::NoThread)?;
    }
    drop(answers);
    let mut desk = Desk::new(store, each)?;
    while left > 0 {
        if client.stopped() {
            desk.write()?;
            return Err(Halt::Stopped);
        }
        match visits.recv_timeout(PATIENCE) {
            Ok(visit) => {
                left -= 1;
                desk.take(visit)?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if desk.since.elapsed() >= BATCH_TIME {
            desk.write()?;
        }
    }
    desk.write()?;
    if client.stopped() { Err(Halt::Stopped) } else { Ok(()) }
}

/// Feeds by their [places](Address::place).
type Places = HashMap<String, FeedId>;

/// Writes what was found.
pub struct Desk<'s> {
    store: &'s mut Store,
    each: &'s mut dyn FnMut(Outcome),
    batch: Vec<Visit>,
    /// When the batch was begun.
    since: Instant,
    /// The feeds that are followed, by their places.
    followed: Places,
}

impl<'s> Desk<'s> {
    /// For one refresh.
    ///
    /// # Errors
    /// [`Halt::Failed`] where the library cannot be read.
    pub fn new(store: &'s mut Store, each: &'s mut dyn FnMut(Outcome)) -> Result<Self, Halt> {
        let feeds = store.feeds().map_err(Halt::Failed)?;
        let followed =
            feeds.iter().filter_map(|feed| Some((Address::parse(&feed.url).ok()?.place(), feed.id))).collect();
        Ok(Self { store, each, batch: Vec::new(), since: Instant::now(), followed })
    }

    /// Takes a visit in, to be written soon.
    ///
    /// # Errors
    /// [`Halt::Failed`] where the library cannot be written.
    pub fn take(&mut self, visit: Visit) -> Result<(), Halt> {
        if self.batch.is_empty() {
            self.since = Instant::now();
        }
        self.batch.push(visit);
        let stories: usize = self.batch.iter().map(|visit| visit.stories.len()).sum();
        if stories >= BATCH { self.write() } else { Ok(()) }
    }

    /// Writes all that was taken, and tells what became of it. Articles come first: a feed whose row is not written is
    /// asked again for what is known then.
    ///
    /// # Errors
    /// [`Halt::Failed`] where the library cannot be written.
    pub fn write(&mut self) -> Result<(), Halt> {
        let batch = std::mem::take(&mut self.batch);
        let now = Timestamp::now();
        let (doubles, batch): (Vec<Visit>, Vec<Visit>) =
            batch.into_iter().partition(|visit| row::is_double(visit, &mut self.followed));
        let incoming: Vec<Incoming<'_>> = batch.iter().flat_map(Visit::incoming).collect();
        let mut added = match incoming.is_empty() {
            true => Vec::new(),
            false => self.store.add_all(&incoming, now).map_err(Halt::Failed)?,
        }
        .into_iter();
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut rows = Vec::new();
        for visit in &batch {
            let news = visit.news(added.by_ref().take(visit.stories.len()));
            let row = row::after(visit, &news, &mut self.followed, now);
            let feed = row.clone().unwrap_or_else(|| visit.feed.clone());
            rows.extend(row);
            outcomes.push(Outcome { feed, news, error: visit.error().cloned(), same_as: None });
        }
        let joining = batch.iter().flat_map(|visit| visit.joining.iter().map(|article| (visit.feed.id, *article)));
        self.store.carry(&joining.collect::<Vec<_>>()).map_err(Halt::Failed)?;
        self.store.note_looks(&rows).map_err(Halt::Failed)?;
        for visit in doubles {
            outcomes.extend(self.unite(visit)?);
        }
        outcomes.into_iter().for_each(&mut *self.each);
        self.since = Instant::now();
        Ok(())
    }

    /// Follows the feed of `visit` no longer, which turned out to be one that is followed already and brings the same.
    fn unite(&mut self, visit: Visit) -> Result<Option<Outcome>, Halt> {
        let Some(other) = row::double(&visit, &self.followed) else { return Ok(None) };
        let mut feed = visit.feed;
        let mut other = self.store.feed(other).map_err(Halt::Failed)?;
        let server = |feed: &Feed| Address::parse(&feed.url).ok();
        let is_near = server(&feed).zip(server(&other)).is_some_and(|(one, two)| one.is_same_server(&two));
        if other.login.is_none() && feed.login.is_some() && is_near {
            other.login.clone_from(&feed.login);
            self.store.set_feeds(std::slice::from_ref(&other), false).map_err(Halt::Failed)?;
        }
        self.store.remove_feed(feed.id).map_err(Halt::Failed)?;
        let title = other.title().to_owned();
        feed.note = Some(format!("its feed is followed already as {title} ({}); it is one with that now", other.url));
        Ok(Some(Outcome { feed, news: News::default(), error: None, same_as: Some(title) }))
    }
}

impl Visit {
    fn incoming(&self) -> impl Iterator<Item = Incoming<'_>> {
        let feed: FeedId = self.feed.id;
        self.stories.iter().map(move |story| Incoming {
            article: &story.article,
            origin: Some(Origin { key: &story.key, stamp: story.stamp }),
            feed: Some(feed),
            analysis: None,
        })
    }

    fn news(&self, added: impl Iterator<Item = Added>) -> News {
        let (pages_missed, unchanged) = (self.pages_missed, self.is_unchanged());
        let mut news = News { pages_missed, unchanged, known: self.joining.len(), ..News::default() };
        for (story, added) in self.stories.iter().zip(added) {
            match added {
                Added::New(article) => {
                    let meta = &story.article.meta;
                    let (title, url) = (meta.title.clone(), meta.url.clone());
                    news.new.push(New { article, title, url, date: meta.date });
                }
                Added::Updated(_) => news.updated += 1,
                Added::Known(_) => news.known += usize::from(!story.seen),
            }
        }
        news
    }
}

impl Outcome {
    /// The kind of failure, if the look failed.
    #[must_use]
    pub fn failure(&self) -> Option<Kind> {
        self.error.as_ref().map(Error::kind)
    }
}
