//! The input thread: reads the terminal, and tells when it is gone.
//!
//! The terminal is read here and not by crossterm, whose reader asks again for ever once a terminal that has gone
//! away gives nothing, and takes answers of the terminal for keys.

use std::os::fd::OwnedFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::{io, thread};

use crossterm::event::Event as TerminalEvent;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::decode::{Decoder, Input};
use super::{Event, guard};
use crate::app::Message;

/// How long a sequence may pause before what has come of it is taken as it is: long enough for a slow line, short
/// enough that Escape does not feel late.
const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// Starts the thread that reads `keys` and sends what comes; [`Event::InputClosed`] when the terminal is gone.
///
/// # Errors
/// What the system answers to starting a thread.
pub fn listen(keys: OwnedFd, events: Sender<Event>) -> io::Result<()> {
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        // Sent however the thread ends, by a panic too: a reader that hears nothing must leave.
        let closing = Closing(events);
        read(&keys, &closing.0);
    })?;
    Ok(())
}

struct Closing(Sender<Event>);

impl Drop for Closing {
    fn drop(&mut self) {
        let _ = self.0.send(Event::InputClosed);
    }
}

fn read(keys: &OwnedFd, events: &Sender<Event>) {
    let mut decoder = Decoder::default();
    let mut buffer = [0; 4096];
    let send = |input| {
        let _ = match input {
            Input::Event(TerminalEvent::Key(key)) => events.send(Event::Message(Message::Key(key))),
            Input::Event(TerminalEvent::Mouse(mouse)) => events.send(Event::Message(Message::Mouse(mouse))),
            Input::Event(TerminalEvent::Paste(text)) => events.send(Event::Message(Message::Pasted(text))),
            Input::Event(_) => Ok(()),
            Input::Background { light } => {
                guard::background_answered();
                events.send(Event::Message(Message::BackgroundFound { light }))
            }
        };
    };
    loop {
        if decoder.waits() && !comes_soon(keys) {
            decoder.flush(send);
        }
        match rustix::io::read(keys, &mut buffer) {
            // In raw mode a read gives a byte or waits: nothing at all means that the terminal is gone.
            Ok(0) => return,
            Ok(count) => {
                let bytes = buffer.get(..count).unwrap_or_default();
                // A sequence that the program fails on is lost, and no more: the user has been told.
                if catch_unwind(AssertUnwindSafe(|| decoder.feed(bytes, send))).is_err() {
                    decoder = Decoder::default();
                }
            }
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) if waits_for_more(keys) => {}
            Err(_) => return,
        }
    }
}

/// Whether something comes within [`PAUSE`], the end included.
fn comes_soon(keys: &OwnedFd) -> bool {
    !matches!(poll(&mut [PollFd::new(keys, PollFlags::IN)], Some(&PAUSE)), Ok(0))
}

/// Waits on a terminal that another program left in non-blocking mode; false where it is gone.
fn waits_for_more(keys: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(keys, PollFlags::IN)];
    match poll(&mut fds, None) {
        Ok(_) => !fds.iter().any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)),
        Err(error) => error == Errno::INTR,
    }
}
