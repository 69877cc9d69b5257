//! The prompts about feeds, in the status line: the address of one to follow, and the settings of one.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Ask, Settings};
use crate::app::overlay::{Overlay, input};
use crate::app::{App, Effect};

/// A prompt about feeds.
#[derive(Debug)]
pub struct FeedPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// What the user is told beside it: what went wrong, or what happens.
    pub told: Option<(String, bool)>,
    /// The feed whose settings are typed; none where the address of one is.
    pub feed: Option<i64>,
    /// What that feed is called.
    pub name: String,
    /// Feeds of the page at the address, to choose from: addresses and titles.
    pub candidates: Vec<(String, String)>,
    /// The candidate that was shown last.
    shown: Option<usize>,
    /// Whether an answer is awaited.
    waiting: bool,
}

impl FeedPrompt {
    fn new(text: &str, feed: Option<i64>, name: String) -> Self {
        let input = input::holding(text);
        Self { input, told: None, feed, name, candidates: Vec::new(), shown: None, waiting: false }
    }

    /// Takes in pasted text, but not in the place of what is asked for.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        if !self.waiting {
            input::paste(&mut self.input, text);
        }
    }

    /// Shows the next candidate, or the one before.
    fn step(&mut self, backward: bool) {
        let count = self.candidates.len();
        if count == 0 {
            return;
        }
        let next = match self.shown {
            None => {
                if backward {
                    count - 1
                } else {
                    0
                }
            }
            Some(place) => (place + if backward { count - 1 } else { 1 }) % count,
        };
        self.shown = Some(next);
        if let Some((address, title)) = self.candidates.get(next) {
            self.input = input::holding(address);
            self.told = Some((format!("{} of {count} {title}", next + 1), false));
        }
    }
}

impl App {
    /// Opens the prompt for the address of a feed to follow.
    pub(in crate::app) fn open_follow(&mut self) {
        if self.needs_library("filled by feeds") {
            self.overlay = Some(Overlay::Feed(Box::new(FeedPrompt::new("", None, String::new()))));
        }
    }

    /// Opens the prompt for the settings of a feed, as they are now.
    pub(super) fn open_feed_settings(&mut self, feed: i64, name: String, settings: &Settings) {
        if self.overlay.is_none() {
            let prompt = FeedPrompt::new(&settings.line(), Some(feed), name);
            self.overlay = Some(Overlay::Feed(Box::new(prompt)));
        }
    }

    /// Takes in a key while one of the prompts is open.
    pub(in crate::app) fn feed_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Feed(prompt)) = &mut self.overlay else { return };
        match event.code {
            // What is asked for is what stands there.
            code if prompt.waiting && code != KeyCode::Esc => {}
            KeyCode::Enter => self.feed_entered(),
            KeyCode::Esc => {
                if prompt.waiting {
                    self.outbox.push(Effect::Feeds(Ask::StopFollowing));
                }
                self.overlay = None;
            }
            KeyCode::Tab | KeyCode::Down => prompt.step(false),
            KeyCode::BackTab | KeyCode::Up => prompt.step(true),
            _ => {
                if input::edit(&mut prompt.input, event) {
                    (prompt.told, prompt.shown) = (None, None);
                }
            }
        }
    }

    fn feed_entered(&mut self) {
        let Some(Overlay::Feed(prompt)) = &mut self.overlay else { return };
        let typed = input::text(&prompt.input).trim().to_owned();
        match prompt.feed {
            Some(feed) => match Settings::read(&typed) {
                Ok(settings) => {
                    self.overlay = None;
                    self.outbox.push(Effect::Feeds(Ask::Set(feed, settings)));
                }
                Err(why) => prompt.told = Some((why, true)),
            },
            None if typed.is_empty() => self.overlay = None,
            None => {
                prompt.waiting = true;
                prompt.told = Some(("asking ..., Esc stops".to_owned(), false));
                self.outbox.push(Effect::Feeds(Ask::Follow(typed)));
            }
        }
    }

    /// Takes in the feeds of a page, to choose from.
    pub(super) fn feed_candidates(&mut self, candidates: Vec<(String, String)>) {
        if let Some(prompt) = self.awaiting_prompt() {
            prompt.waiting = false;
            prompt.candidates = candidates;
            prompt.shown = None;
            prompt.step(false);
        }
    }

    /// Takes in why there is no feed at an address.
    pub(super) fn not_followed(&mut self, why: String) {
        if let Some(prompt) = self.awaiting_prompt() {
            prompt.waiting = false;
            prompt.told = Some((why, true));
        }
    }

    pub(super) fn close_feed_prompt(&mut self) {
        if self.awaiting_prompt().is_some() {
            self.overlay = None;
        }
    }

    /// The prompt that awaits an answer; what comes after it was closed is for nobody.
    fn awaiting_prompt(&mut self) -> Option<&mut FeedPrompt> {
        match &mut self.overlay {
            Some(Overlay::Feed(prompt)) if prompt.feed.is_none() && prompt.waiting => Some(prompt),
            _ => None,
        }
    }
}
