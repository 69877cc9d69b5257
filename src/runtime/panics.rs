//! Panics: on the main thread the terminal is given back before anything is said; elsewhere a running reader is told
//! and goes on. What is said is safe: a panic's message may quote an article.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use super::{Event, guard};
use crate::app::Message;
use crate::text::safe;

/// The running reader.
static READER: OnceLock<Mutex<Sender<Event>>> = OnceLock::new();

/// Installs the hook; to be called first of all, on the main thread.
pub fn install() {
    let main = thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let what = describe(info);
        let reader = READER.get().filter(|_| thread::current().id() != main);
        if let Some(reader) = reader {
            let message = Message::Failed(format!("internal error: {what}"));
            let _ = reader.lock().unwrap_or_else(PoisonError::into_inner).send(Event::Message(message));
        } else {
            guard::restore();
            let _ = writeln!(std::io::stderr(), "pullquote: internal error: {what}");
        }
    }));
}

/// From here on panics of other threads are told to the reader behind `events`.
pub(super) fn tell(events: Sender<Event>) {
    let _ = READER.set(Mutex::new(events));
}

/// What happened and where, as one safe line.
fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    safe::line(&format!("{}{place}", what.unwrap_or("unknown")))
}
