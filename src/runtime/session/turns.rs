//! Which events are taken in before a frame is drawn: all that are there; and, for moments, those that are about to be,
//! so that no frame shows less than the next one and no key acts on what it was not meant for.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::Session;
use crate::app::Message;
use crate::runtime::Event;

/// Most events taken in before a frame is drawn: a flood of them must not keep the screen from changing.
const MOST_EVENTS: usize = 1000;

/// Longest wait for the first story before a frame is drawn without it.
const FIRST_FRAME: Duration = Duration::from_millis(15);

/// Longest wait for rows of the list that come into sight.
const ROWS: Duration = Duration::from_millis(8);

/// Longest that input waits for the list or story that was asked for before it.
const BEHIND: Duration = Duration::from_millis(150);

/// Input that came before the list or story that it was meant for.
#[derive(Debug, Default)]
pub(super) struct Held {
    events: VecDeque<Event>,
    until: Option<Instant>,
}

impl Session {
    /// Waits for something to happen and takes in all that has; `false` where nothing can happen any more.
    pub(super) fn take_turn(&mut self, events: &Receiver<Event>) -> bool {
        let first = match self.held.until {
            Some(until) => events.recv_timeout(until.saturating_duration_since(Instant::now())),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok(event) => self.take(event),
            Err(RecvTimeoutError::Timeout) => self.release(),
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        events.try_iter().take(MOST_EVENTS).for_each(|event| self.take(event));
        self.take_while(events, ROWS, |session| session.app.awaits_rows());
        true
    }

    /// Takes events until there is a story to show, but not for long: a frame without one, gone at once, would flicker.
    pub(super) fn await_story(&mut self, events: &Receiver<Event>) {
        self.take_while(events, FIRST_FRAME, |session| !session.app.is_settled());
    }

    /// Takes events for a moment, as long as something is missing.
    fn take_while(&mut self, events: &Receiver<Event>, longest: Duration, missing: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + longest;
        while self.code.is_none()
            && missing(self)
            && let Ok(event) = events.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            self.take(event);
        }
    }

    /// Takes in an event; input waits where it was meant for something that is not there yet.
    fn take(&mut self, event: Event) {
        if let Event::Message(message @ (Message::Key(_) | Message::Mouse(_) | Message::Pasted(_))) = &event
            && (!self.held.events.is_empty() || self.app.is_behind(message))
        {
            self.held.until.get_or_insert_with(|| Instant::now() + BEHIND);
            self.held.events.push_back(event);
            return;
        }
        self.handle(event);
        self.release();
    }

    /// Takes in the input that waited, as far as it need not wait any longer.
    fn release(&mut self) {
        let too_long = self.held.until.is_some_and(|until| until <= Instant::now());
        while let Some(Event::Message(message)) = self.held.events.front()
            && (too_long || !self.app.is_behind(message))
            && let Some(event) = self.held.events.pop_front()
        {
            self.handle(event);
        }
        if self.held.events.is_empty() {
            self.held.until = None;
        }
    }
}
