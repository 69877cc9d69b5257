//! Feeds for the reader: a thread of its own that does what it is asked, one thing after the other, and, where the user
//! wants it so, refreshes all at the start and every so often.
//!
//! It has its own connections to the library, and tells the library's threads when something has changed: the list
//! follows, and what is new is analysed in the background. Without anything to do and without such a wish it sleeps.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::{Desk, Halt, Outcome, proxies, refresh, today};
use crate::app::Message;
use crate::app::feeds::{Ask, Progress, Settings as Shown, Tell};
use crate::config::Feeds as Wishes;
use crate::fetch::discover::{self, Discovered};
use crate::fetch::look::Found;
use crate::fetch::{Address, Client, Limits, Settings, Stop};
use crate::runtime::Event;
use crate::runtime::library::Looker;
use crate::store::{Feed, FeedId, Options, Store};
use crate::text::safe;

/// The way to those who fetch.
#[derive(Debug)]
pub struct Handle {
    asks: Sender<Ask>,
    /// Stops what is under way.
    stop: Arc<Mutex<Stop>>,
}

impl Handle {
    /// Starts the thread for the library at `options`; none where that is in memory.
    ///
    /// # Errors
    /// What the system answers to starting a thread.
    pub fn start(options: Option<Options>, wishes: Wishes, events: Sender<Event>, looker: Looker) -> io::Result<Self> {
        let (asks, orders) = mpsc::channel();
        let stop = Arc::new(Mutex::new(Stop::default()));
        let fetcher = Fetcher { options, events, looker, stop: Arc::clone(&stop) };
        thread::Builder::new().name("feeds".to_owned()).spawn(move || fetcher.work(&orders, wishes))?;
        Ok(Self { asks, stop })
    }

    /// Has something done.
    pub fn ask(&self, ask: Ask) {
        if ask == Ask::Stop {
            self.stop.lock().unwrap_or_else(PoisonError::into_inner).ask();
        } else {
            let _ = self.asks.send(ask);
        }
    }
}

struct Fetcher {
    options: Option<Options>,
    events: Sender<Event>,
    looker: Looker,
    stop: Arc<Mutex<Stop>>,
}

impl Fetcher {
    fn work(self, orders: &Receiver<Ask>, wishes: Wishes) {
        let every = wishes.refresh_minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        if wishes.refresh_on_start {
            self.perform(Ask::Refresh(Vec::new()), true);
        }
        loop {
            let order = match every {
                Some(every) => orders.recv_timeout(every),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(ask) => self.perform(ask, false),
                Err(RecvTimeoutError::Timeout) => self.perform(Ask::Refresh(Vec::new()), true),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Does what is asked; by itself it says nothing where there is nothing to say.
    fn perform(&self, ask: Ask, by_itself: bool) {
        let done = match ask {
            Ask::Refresh(which) => self.refresh(&which, by_itself),
            Ask::Follow(address) => self.follow(&address),
            Ask::Settings(feed) => self.settings(FeedId(feed)),
            Ask::SettingsOf(content) => self.settings_of(content),
            Ask::Set(feed, settings) => self.set(FeedId(feed), &settings),
            Ask::Unfollow(feed) => self.unfollow(FeedId(feed)),
            Ask::Stop => Ok(()),
        };
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

    /// A client that [`Handle::ask`] can stop.
    fn client(&self) -> Client {
        let stop = Stop::default();
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = stop.clone();
        Client::new(Limits::default(), proxies(), stop)
    }

    fn refresh(&self, which: &[i64], by_itself: bool) -> Result<(), String> {
        let mut store = self.open()?;
        let now = Timestamp::now();
        let all = store.feeds().map_err(|error| error.to_string())?;
        let wanted = |feed: &Feed| if which.is_empty() { feed.next_check <= now } else { which.contains(&feed.id.0) };
        let due: Vec<Feed> = all.iter().filter(|feed| wanted(feed)).cloned().collect();
        if due.is_empty() {
            let line = match all.is_empty() {
                true => "there are no feeds yet",
                false => "all feeds rest after failures; the tree tells why",
            };
            if !by_itself || !all.is_empty() {
                self.tell(Tell::Over(line.to_owned(), false));
            }
            return Ok(());
        }
        let client = self.client();
        let mut progress = Progress { total: due.len(), ..Progress::default() };
        self.tell(Tell::Progress(progress));
        let done = refresh(&mut store, self.open()?, due, &client, &mut |outcome: Outcome| {
            progress.done += 1;
            progress.new += outcome.news.new.len();
            progress.failed += usize::from(outcome.error.is_some());
            self.tell(Tell::Progress(progress));
            if !outcome.news.new.is_empty() || outcome.news.updated > 0 {
                self.looker.look();
            }
        });
        let expired = super::expire(&mut store, &all, Timestamp::now()).map_err(|error| error.to_string())?;
        if expired > 0 {
            self.looker.look();
        }
        let Progress { done: looked, total, new, failed } = progress;
        let failures = match failed {
            0 => String::new(),
            1 => ", 1 feed failed".to_owned(),
            failed => format!(", {failed} feeds failed"),
        };
        let articles = match new {
            0 => "no new articles".to_owned(),
            1 => "1 new article".to_owned(),
            new => format!("{new} new articles"),
        };
        let stopped =
            if looked < total { format!(" (stopped after {looked} of {total} feeds)") } else { String::new() };
        match done {
            Ok(()) | Err(Halt::Stopped) => {
                self.tell(Tell::Over(format!("{articles}{failures}{stopped}"), false));
                Ok(())
            }
            Err(Halt::Failed(error)) => Err(error.to_string()),
            Err(Halt::NoThread(error)) => Err(format!("no thread for feeds: {error}")),
        }
    }

    fn follow(&self, typed: &str) -> Result<(), String> {
        let client = self.client();
        let found = Address::typed(typed).and_then(|address| discover::at(&client, &address, false));
        if client.stopped() {
            // The user has closed the prompt.
            return Ok(());
        }
        match found {
            Ok(Discovered::Feed(url, found)) => self.followed(&client, &url, found),
            Ok(Discovered::Several(all)) => {
                let all = all.into_iter().map(|feed| (feed.address.to_string(), feed.title)).collect();
                self.tell(Tell::Several(all));
                Ok(())
            }
            Err(error) => {
                self.tell(Tell::NotFollowed(safe::line(&error.to_string())));
                Ok(())
            }
        }
    }

    fn followed(&self, client: &Client, url: &Address, found: Box<Found>) -> Result<(), String> {
        let mut store = self.open()?;
        let followed = store.feeds().map_err(|error| error.to_string())?;
        if let Some(feed) = followed.iter().find(|feed| feed.url == url.as_str()) {
            self.tell(Tell::NotFollowed(format!("already followed: {}", feed.title)));
            return Ok(());
        }
        let title = if found.feed.title.is_empty() { url.as_str() } else { &found.feed.title };
        let feed = store.add_feed(url.as_str(), title, "").and_then(|id| store.feed(id));
        let feed = feed.map_err(|error| error.to_string())?;
        let reading = Mutex::new(self.open()?);
        let visit = super::stories(client, feed, found, &reading, today());
        let mut said = None;
        let mut tell = |outcome: Outcome| said = Some(outcome);
        let written =
            Desk::new(&mut store, &mut tell).and_then(|mut desk| desk.take(visit).and_then(|()| desk.write()));
        if let Err(Halt::Failed(error)) = written {
            return Err(error.to_string());
        }
        self.looker.look();
        if let Some(outcome) = said {
            self.tell(Tell::Followed(outcome.feed.title, outcome.news.new.len()));
        }
        Ok(())
    }

    fn settings(&self, id: FeedId) -> Result<(), String> {
        let feed = self.open()?.feed(id).map_err(|error| error.to_string())?;
        let Settings { full_text, keep_days, own_title, cut, skip, .. } = Settings::read(&feed.settings);
        let name = feed.title.clone();
        let title = if own_title { feed.title } else { String::new() };
        let shown = Shown { title, folder: feed.folder, full_text, keep_days, cut, skip };
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
        let mut feed = store.feed(id).map_err(|error| error.to_string())?;
        let mut settings = Settings::read(&feed.settings);
        settings.full_text = shown.full_text;
        settings.keep_days = shown.keep_days;
        settings.cut.clone_from(&shown.cut);
        settings.skip.clone_from(&shown.skip);
        if shown.title.is_empty() && settings.own_title {
            // It is asked again for all it says, its title included.
            (feed.etag, feed.last_modified) = (None, None);
        }
        settings.own_title = !shown.title.is_empty();
        if settings.own_title {
            feed.title.clone_from(&shown.title);
        }
        feed.folder.clone_from(&shown.folder);
        feed.settings = settings.write();
        store.update_feed(&feed).map_err(|error| error.to_string())?;
        self.tell(Tell::Kept(format!("settings of {} kept", feed.title)));
        Ok(())
    }

    fn unfollow(&self, id: FeedId) -> Result<(), String> {
        let mut store = self.open()?;
        let feed = store.feed(id).map_err(|error| error.to_string())?;
        store.remove_feed(id).map_err(|error| error.to_string())?;
        self.looker.look();
        self.tell(Tell::Kept(format!("{} is followed no longer; its articles stay", feed.title)));
        Ok(())
    }
}
