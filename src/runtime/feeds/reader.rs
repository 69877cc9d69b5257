//! Feeds for the reader: one thread refreshes, when it is asked to and, where the user wants it so, at the start and every
//! so often; another does what takes no time; each address that is looked at has its own, so that nobody waits for
//! somebody else's server.
//!
//! They have their own connections to the library, and tell the library's threads when something has changed: the list
//! follows, and what is new is analysed in the background. Without anything to do and without such a wish they sleep.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Change, Halt, Outcome, Resting, Wishes, expire, find, follow, proxies, refresh};
use crate::app::Message;
use crate::app::feeds::{Ask, Progress, Settings as Shown, Tell};
use crate::config::Feeds as Intervals;
use crate::fetch::discover::{self, Discovered};
use crate::fetch::{Address, Client, Limits, Settings, Stop};
use crate::runtime::Event;
use crate::runtime::library::Looker;
use crate::store::{Feed, FeedId, Options, Store};
use crate::text::safe;

/// The way to those who fetch.
#[derive(Debug)]
pub struct Handle {
    /// What is refreshed.
    refreshes: Sender<Vec<i64>>,
    /// What takes no time.
    asks: Sender<Ask>,
    fetcher: Arc<Fetcher>,
}

impl Handle {
    /// Starts the threads for the library at `options`; none where that is in memory.
    ///
    /// # Errors
    /// What the system answers to starting a thread.
    pub fn start(
        options: Option<Options>,
        intervals: Intervals,
        events: Sender<Event>,
        looker: Looker,
    ) -> io::Result<Self> {
        let (refreshes, due) = mpsc::channel();
        let (asks, orders) = mpsc::channel::<Ask>();
        let fetcher =
            Arc::new(Fetcher { options, events, looker, refreshing: Mutex::default(), following: Mutex::default() });
        let (refresher, setter) = (Arc::clone(&fetcher), Arc::clone(&fetcher));
        thread::Builder::new().name("feeds".to_owned()).spawn(move || refresher.keep_fresh(&due, intervals))?;
        let obey = move || orders.into_iter().for_each(|ask| setter.perform(ask));
        thread::Builder::new().name("feed settings".to_owned()).spawn(obey)?;
        Ok(Self { refreshes, asks, fetcher })
    }

    /// Has something done.
    pub fn ask(&self, ask: Ask) {
        match ask {
            Ask::Refresh(which) => _ = self.refreshes.send(which),
            Ask::Stop => stop(&self.fetcher.refreshing),
            Ask::StopFollowing => stop(&self.fetcher.following),
            Ask::Follow(typed) => {
                let fetcher = Arc::clone(&self.fetcher);
                let client = client(&fetcher.following);
                let work = move || {
                    let done = fetcher.follow(&typed, &client);
                    fetcher.done(done);
                };
                if let Err(error) = thread::Builder::new().name("follow".to_owned()).spawn(work) {
                    self.fetcher.tell(Tell::NotFollowed(safe::line(&format!("no thread for it: {error}"))));
                }
            }
            other => _ = self.asks.send(other),
        }
    }
}

/// A client that stops when what is in `place` by then is asked to.
fn client(place: &Mutex<Stop>) -> Client {
    let stop = Stop::default();
    *place.lock().unwrap_or_else(PoisonError::into_inner) = stop.clone();
    Client::new(Limits::default(), proxies(), stop)
}

fn stop(place: &Mutex<Stop>) {
    place.lock().unwrap_or_else(PoisonError::into_inner).ask();
}

/// When all feeds are refreshed next without being asked to, if ever.
#[derive(Debug)]
struct Round {
    every: Option<Duration>,
    next: Option<Instant>,
}

impl Round {
    fn new(every: Option<Duration>, now: Instant) -> Self {
        Self { every, next: every.map(|every| now + every) }
    }

    /// How long it is until then.
    fn left(&self, now: Instant) -> Option<Duration> {
        self.next.map(|next| next.saturating_duration_since(now))
    }

    /// Notes that the feeds `which` were refreshed, all where it is empty; some alone do not put the others off.
    fn refreshed(&mut self, which: &[i64], now: Instant) {
        if which.is_empty() {
            self.next = self.every.map(|every| now + every);
        }
    }
}

#[derive(Debug)]
struct Fetcher {
    options: Option<Options>,
    events: Sender<Event>,
    looker: Looker,
    /// Stops the refresh that is under way.
    refreshing: Mutex<Stop>,
    /// Stops looking for a feed to follow.
    following: Mutex<Stop>,
}

impl Fetcher {
    fn keep_fresh(&self, due: &Receiver<Vec<i64>>, intervals: Intervals) {
        let every = intervals.refresh_minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        if intervals.refresh_on_start {
            self.done(self.refresh(&[], true));
        }
        let mut round = Round::new(every, Instant::now());
        loop {
            let order = match round.left(Instant::now()) {
                Some(left) => due.recv_timeout(left),
                None => due.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let (which, by_itself) = match order {
                Ok(which) => (which, false),
                Err(RecvTimeoutError::Timeout) => (Vec::new(), true),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            self.done(self.refresh(&which, by_itself));
            round.refreshed(&which, Instant::now());
        }
    }

    /// Does what takes no time.
    fn perform(&self, ask: Ask) {
        self.done(match ask {
            Ask::Settings(feed) => self.settings(FeedId(feed)),
            Ask::SettingsOf(content) => self.settings_of(content),
            Ask::Set(feed, settings) => self.set(FeedId(feed), &settings),
            Ask::Unfollow(feed) => self.unfollow(FeedId(feed)),
            Ask::Refresh(_) | Ask::Follow(_) | Ask::Stop | Ask::StopFollowing => Ok(()),
        });
    }

    fn done(&self, done: Result<(), String>) {
        if let Err(why) = done {
            self.tell(Tell::Over(safe::line(&why), true));
        }
    }

    fn tell(&self, tell: Tell) {
        let _ = self.events.send(Event::Message(Message::Feeds(tell)));
    }

    fn open(&self) -> Result<Store, String> {
        let Some(options) = &self.options else {
            return Err("there is no library to keep feeds in; see the settings, or start with --library".to_owned());
        };
        Store::open(options).map(|opened| opened.store).map_err(|error| error.to_string())
    }

    /// Looks for what is new; by itself it says nothing where there is nothing to say.
    fn refresh(&self, which: &[i64], by_itself: bool) -> Result<(), String> {
        let mut store = self.open()?;
        let now = Timestamp::now();
        let all = store.feeds().map_err(|error| error.to_string())?;
        let wanted = |feed: &&Feed| if which.is_empty() { !feed.rests(now) } else { which.contains(&feed.id.0) };
        let due: Vec<Feed> = all.iter().filter(wanted).cloned().collect();
        let resting = Resting::of(all.iter().filter(|_| which.is_empty()), now);
        if due.is_empty() {
            let line = match resting {
                Some(resting) => told(resting),
                None => "there are no feeds yet; F follows one".to_owned(),
            };
            if !by_itself || !all.is_empty() {
                self.tell(Tell::Over(line, false));
            }
            return Ok(());
        }
        let client = client(&self.refreshing);
        let mut progress = Progress { total: due.len(), ..Progress::default() };
        self.tell(Tell::Progress(progress));
        let mut same = Vec::new();
        let done = refresh(&mut store, self.open()?, due, &client, &mut |outcome: Outcome| {
            progress.done += 1;
            same.extend(outcome.same_as.map(|other| format!("{} is {other}, followed already", outcome.feed.title())));
            progress.new += outcome.news.new.len();
            progress.failed += usize::from(outcome.error.is_some());
            self.tell(Tell::Progress(progress));
            if !outcome.news.new.is_empty() || outcome.news.updated > 0 || outcome.news.known > 0 {
                self.looker.look();
            }
        });
        let all = store.feeds().map_err(|error| error.to_string())?;
        if expire(&mut store, &all, Timestamp::now()).map_err(|error| error.to_string())? > 0 {
            self.looker.look();
        }
        match done {
            Ok(()) | Err(Halt::Stopped) => {
                let nothing = by_itself && progress.new == 0 && progress.failed == 0 && same.is_empty();
                let mut line = if nothing { String::new() } else { came_of(&progress, resting, &all, which) };
                line.extend(same.into_iter().map(|same| format!("; {same}")));
                self.tell(Tell::Over(line, false));
                Ok(())
            }
            Err(Halt::Failed(error)) => Err(error.to_string()),
            Err(Halt::NoThread(error)) => Err(format!("no thread for feeds: {error}")),
        }
    }

    fn follow(&self, typed: &str, client: &Client) -> Result<(), String> {
        let refuse = |why: &str| {
            self.tell(Tell::NotFollowed(safe::line(why)));
            Ok(())
        };
        let asked = match Address::typed(typed) {
            Ok(asked) => asked,
            Err(error) => return refuse(&error.to_string()),
        };
        let mut store = self.open()?;
        let all = store.feeds().map_err(|error| error.to_string())?;
        let already = |feed: &Feed| format!("already followed: {}", feed.title());
        // A page in somebody's list is no feed yet.
        let is_one = |feed: &&Feed| !feed.is_untried() && asked.login().is_none();
        if let Some(feed) = find(&all, &[&asked]).filter(is_one) {
            return refuse(&already(feed));
        }
        let found = discover::at(client, &asked, false);
        if client.stopped() {
            // The user has closed the prompt.
            return Ok(());
        }
        let (at, found) = match found {
            Ok(Discovered::Feed(at, found)) => (at, found),
            Ok(Discovered::Several(all)) => {
                let all = all.into_iter().map(|feed| (feed.address.to_string(), feed.title)).collect();
                self.tell(Tell::Several(all));
                return Ok(());
            }
            Err(error) => return refuse(&error.to_string()),
        };
        if let Some(feed) = find(&all, &[&at, &found.address]).filter(|_| asked.login().is_none()) {
            return refuse(&already(feed));
        }
        let followed = follow((&mut store, self.open()?), client, (&asked, &at), found, Wishes::default());
        match followed {
            Ok(followed) => {
                self.looker.look();
                let Outcome { feed, news, .. } = followed.outcome;
                self.tell(Tell::Followed(feed.title().to_owned(), news.new.len(), news.known));
                Ok(())
            }
            Err(Halt::Failed(error)) => Err(error.to_string()),
            Err(Halt::Stopped | Halt::NoThread(_)) => Ok(()),
        }
    }

    fn settings(&self, id: FeedId) -> Result<(), String> {
        let feed = self.open()?.feed(id).map_err(|error| error.to_string())?;
        let Settings { full_text, keep_days, cut, skip } = Settings::read(&feed.settings);
        let name = feed.title().to_owned();
        let shown = Shown { title: feed.renamed, folder: feed.folder, full_text, keep_days, cut, skip };
        self.tell(Tell::Settings(id.0, name, shown));
        Ok(())
    }

    fn settings_of(&self, content: u64) -> Result<(), String> {
        let store = self.open()?;
        let feed =
            store.article_with(content).and_then(|article| store.summaries(&article.into_iter().collect::<Vec<_>>()));
        let feed = feed.map_err(|error| error.to_string())?.first().and_then(|summary| summary.feed);
        match feed {
            Some(feed) => self.settings(feed),
            None => Err("this story came by no feed; its settings are those of a feed".to_owned()),
        }
    }

    fn set(&self, id: FeedId, shown: &Shown) -> Result<(), String> {
        let mut store = self.open()?;
        let before = store.feed(id).map_err(|error| error.to_string())?;
        let settings = Settings {
            full_text: shown.full_text,
            keep_days: shown.keep_days,
            cut: shown.cut.clone(),
            skip: shown.skip.clone(),
        };
        let after = Feed {
            renamed: shown.title.clone(),
            folder: shown.folder.clone(),
            settings: settings.write(),
            ..before.clone()
        };
        let told = super::set(&mut store, &[Change { before, after }], Timestamp::now());
        let told = told.map_err(|error| error.to_string())?;
        self.tell(Tell::Kept(told.concat()));
        Ok(())
    }

    fn unfollow(&self, id: FeedId) -> Result<(), String> {
        let mut store = self.open()?;
        let feed = store.feed(id).map_err(|error| error.to_string())?;
        store.remove_feed(id).map_err(|error| error.to_string())?;
        self.looker.look();
        self.tell(Tell::Kept(format!("{} is followed no longer; its articles stay", feed.title())));
        Ok(())
    }
}

/// How many feeds were not asked, and how one is asked all the same.
fn told(resting: Resting) -> String {
    format!("{resting}; R on one of them in the tree (gf) asks it all the same")
}

/// What came of a refresh, in a line.
fn came_of(progress: &Progress, resting: Option<Resting>, all: &[Feed], which: &[i64]) -> String {
    let Progress { done, total, new, failed } = *progress;
    let failures = match failed {
        0 => String::new(),
        1 => ", 1 feed failed".to_owned(),
        failed => format!(", {failed} feeds failed"),
    };
    let mut line = match new {
        0 => "no new articles".to_owned(),
        1 => "1 new article".to_owned(),
        new => format!("{new} new articles"),
    };
    line.push_str(&failures);
    // Who asks one feed wants to know why it failed.
    let asked = all.iter().find(|feed| failed > 0 && which == [feed.id.0]);
    let error = asked.and_then(|feed| feed.error.as_ref());
    line.extend(error.map(|error| format!(": {error}")));
    line.extend(resting.map(|resting| format!(", {}", told(resting))));
    if done < total {
        line.push_str(&format!(" (stopped after {done} of {total} feeds)"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_refreshes_all_is_told_how_a_feed_that_rests_is_asked() {
        let now = Timestamp::UNIX_EPOCH;
        let feed = Feed { next_check: Timestamp::MAX, failures: 1, ..Feed::default() };
        let resting = Resting::of([&feed], now);
        let line = came_of(&Progress { done: 3, total: 3, new: 1, failed: 0 }, resting, &[], &[]);
        assert!(line.starts_with("1 new article, 1 feed rests"), "{line}");
        assert!(line.ends_with("R on one of them in the tree (gf) asks it all the same"), "{line}");
    }

    #[test]
    fn one_feed_refreshed_does_not_put_the_others_off() {
        let (start, minute) = (Instant::now(), Duration::from_secs(60));
        let mut round = Round::new(Some(10 * minute), start);
        round.refreshed(&[3], start + 6 * minute);
        assert_eq!(round.left(start + 6 * minute), Some(4 * minute));
        assert_eq!(round.left(start + 60 * minute), Some(Duration::ZERO), "what is late is due at once");
        round.refreshed(&[], start + 7 * minute);
        assert_eq!(round.left(start + 7 * minute), Some(10 * minute));
        let mut never = Round::new(None, start);
        never.refreshed(&[], start);
        assert_eq!(never.left(start), None);
    }
}
