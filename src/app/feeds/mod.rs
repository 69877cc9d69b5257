//! Feeds as the reader sees them: refreshed with progress and a way to stop, followed by an address, set as the user
//! wants.
//!
//! What they bring comes by way of the library, whose list follows without moving the selected row. Feeds go by their
//! numbers here.

mod prompt;
mod words;

pub use prompt::FeedPrompt;
pub use words::Settings;

use super::{Action, App, Effect, Focus, Tree};

/// What is asked of those who fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Look for what is new: in these feeds, or in all that do not rest after a failure; answered by
    /// [`Tell::Progress`], then [`Tell::Over`].
    Refresh(Vec<i64>),
    /// Stop doing so.
    Stop,
    /// Follow the feed at this address, or of the page there; answered by [`Tell::Followed`], [`Tell::Several`] or
    /// [`Tell::NotFollowed`].
    Follow(String),
    /// Stop looking for it; not answered.
    StopFollowing,
    /// How a feed is treated; answered by [`Tell::Settings`].
    Settings(i64),
    /// The same of the feed that brought the text with this content id.
    SettingsOf(u64),
    /// Treat a feed so; answered by [`Tell::Kept`].
    Set(i64, Settings),
    /// Follow a feed no longer; answered by [`Tell::Kept`].
    Unfollow(i64),
}

/// What those who fetch tell. All strings are safe lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tell {
    /// How far it is.
    Progress(Progress),
    /// It is done, or was stopped: what came of it, in a line, empty where nobody has to know; whether something went
    /// wrong.
    Over(String, bool),
    /// A feed is followed from now on: its title, how many articles it brought, and how many of its articles were there
    /// already.
    Followed(String, usize, usize),
    /// The page has several feeds: addresses and titles.
    Several(Vec<(String, String)>),
    /// Why there is no feed at an address.
    NotFollowed(String),
    /// What a feed is called, and how it is treated.
    Settings(i64, String, Settings),
    /// A change to a feed is kept: what it was, in a line.
    Kept(String),
}

/// How far a refresh is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Feeds looked at.
    pub done: usize,
    /// All that are to be looked at.
    pub total: usize,
    /// Articles that are new.
    pub new: usize,
    /// Feeds that failed.
    pub failed: usize,
}

/// How the reader stands with feeds.
#[derive(Debug, Default)]
pub(super) struct Feeds {
    /// How far the refresh is that is under way.
    running: Option<Progress>,
    /// What the user was told of it last.
    said: String,
    /// The feed that another press of the same key follows no longer.
    pub(super) leaving: Option<i64>,
    /// The one that was so before the key that is taken in.
    pub(super) asked: Option<i64>,
}

impl App {
    /// Looks for what is new in `feeds`, or in all.
    pub(super) fn refresh_feeds(&mut self, feeds: Vec<i64>) {
        if self.feeds.running.is_some() {
            self.say("the feeds are being refreshed already; Esc stops it");
            return;
        }
        self.feeds.running = Some(Progress::default());
        self.say_of_feeds("feeds: asking ...".to_owned());
        self.outbox.push(Effect::Feeds(Ask::Refresh(feeds)));
    }

    /// Stops a refresh that is under way; whether there was one.
    pub(super) fn stop_feeds(&mut self) -> bool {
        if self.feeds.running.is_none() {
            return false;
        }
        self.say_of_feeds("feeds: stopping ...".to_owned());
        self.outbox.push(Effect::Feeds(Ask::Stop));
        true
    }

    /// Takes in what those who fetch tell.
    pub(super) fn feeds_told(&mut self, tell: Tell) {
        match tell {
            Tell::Progress(progress) => {
                self.feeds.running = Some(progress);
                let Progress { done, total, new, failed } = progress;
                let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
                let keys = self.keymap.first_key_of(Action::Back);
                self.say_of_feeds(format!("feeds: {done} of {total}, {new} new{failed}; {keys} stops"));
            }
            Tell::Over(line, wrong) => {
                self.feeds.running = None;
                if line.is_empty() {
                    self.notice.take_if(|notice| notice.text == self.feeds.said);
                } else if wrong {
                    self.fail(line);
                } else {
                    self.say_whole(line);
                }
                self.refresh_folders();
            }
            Tell::Followed(title, new, known) => {
                self.close_feed_prompt();
                let known = if known > 0 { format!(", {known} that were here already") } else { String::new() };
                self.say_whole(format!("following {title}: {}{known}", articles(new)));
                self.refresh_folders();
            }
            Tell::Several(candidates) => self.feed_candidates(candidates),
            Tell::NotFollowed(why) => self.not_followed(why),
            Tell::Settings(feed, name, settings) => self.open_feed_settings(feed, name, &settings),
            Tell::Kept(line) => {
                self.say_whole(line);
                self.refresh_folders();
            }
        }
    }

    /// Opens the settings of the feed that is selected in the tree, or of the one that the open story came by.
    pub(super) fn change_feed(&mut self) {
        match (self.chosen_feeds().as_slice(), &self.reader) {
            ([feed], _) => self.outbox.push(Effect::Feeds(Ask::Settings(*feed))),
            ([], _) if self.tree.is_some() && self.panes.focus == Focus::List => {
                self.say("no feed is selected; select one, or leave the tree for that of the open story");
            }
            ([], Some(reader)) => self.outbox.push(Effect::Feeds(Ask::SettingsOf(reader.content()))),
            ([], None) => self.say("open a story of the feed first, or select the feed in the tree"),
            _ => self.say("these are several feeds; select one"),
        }
    }

    /// Follows a feed no longer, once the user has said so twice: nothing brings it back.
    pub(super) fn unfollow(&mut self, feed: i64, name: &str) {
        if self.feeds.asked == Some(feed) {
            self.outbox.push(Effect::Feeds(Ask::Unfollow(feed)));
            return;
        }
        self.feeds.leaving = Some(feed);
        let key = self.keymap.first_key_of(Action::Remove);
        self.say(format!("stop following {name}? {key} again"));
    }

    /// The feeds that are selected in the tree; none where it does not have the focus.
    pub(super) fn chosen_feeds(&self) -> Vec<i64> {
        let tree = self.tree.as_ref().filter(|_| self.panes.focus == Focus::List);
        tree.and_then(Tree::branch).map(|branch| branch.feeds.clone()).unwrap_or_default()
    }

    /// Tells how far it is, but not in the place of what the user was told about something else.
    fn say_of_feeds(&mut self, line: String) {
        if self.notice.as_ref().is_none_or(|notice| notice.text == self.feeds.said) {
            self.say(line.clone());
        }
        self.feeds.said = line;
    }
}

/// "no new articles", "1 new article", "2 new articles".
fn articles(count: usize) -> String {
    match count {
        0 => "no new articles".to_owned(),
        1 => "1 new article".to_owned(),
        count => format!("{count} new articles"),
    }
}
