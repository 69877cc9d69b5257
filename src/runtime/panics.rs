//! Panics: on the main thread the terminal is given back before anything is said; elsewhere the reader is told and
//! goes on.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{Event, guard};
use crate::app::Message;
use crate::text::safe;

/// Installs the hook; call it on the main thread.
pub fn listen(events: Sender<Event>) {
    let main = thread::current().id();
    let events = Mutex::new(events);
    std::panic::set_hook(Box::new(move |info| {
        let what = describe(info);
        if thread::current().id() == main {
            guard::restore();
            let _ = writeln!(std::io::stderr(), "pullquote: internal error: {what}");
        } else {
            let message = Message::Failed(format!("internal error: {what}"));
            let _ = events.lock().unwrap_or_else(PoisonError::into_inner).send(Event::Message(message));
        }
    }));
}

/// What happened and where, as one safe line.
fn describe(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    safe::line(&format!("{}{place}", what.unwrap_or("unknown")))
}
