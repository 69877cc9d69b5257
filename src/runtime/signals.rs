//! Signals as events, and stopping as a job of the shell.
//!
//! Handlers are installed before the terminal is taken, so there is no moment at which a signal leaves it broken.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use nix::unistd::{getpgid, getpgrp, getppid, getsid};
use rustix::process::Signal;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Event, guard};

/// How long the loop may take to leave after a deadly signal. It takes milliseconds, unless it hangs in a write to a
/// terminal that takes nothing.
const GRACE: Duration = Duration::from_secs(1);

/// Set while this process stops its own group: the signal comes to this process too and means nothing new.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Installs the handlers; from here on signals arrive as [`Event::Signal`].
///
/// # Errors
/// What the system answers.
pub fn listen(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if signal == SIGTSTP && STOPPING.swap(false, Ordering::SeqCst) {
                continue;
            }
            let _ = events.send(Event::Signal(signal));
            if is_deadly(signal) {
                thread::sleep(GRACE);
                guard::restore();
                std::process::exit(128 + signal);
            }
        }
    })?;
    Ok(())
}

/// Whether the program ends on `signal`.
#[must_use]
pub fn is_deadly(signal: i32) -> bool {
    matches!(signal, SIGTERM | SIGHUP | SIGINT | SIGQUIT)
}

/// Whether there is a shell that could continue this process once it has stopped: a parent in the same session but
/// another group. Without one a stopped reader would be stuck for ever.
#[must_use]
pub fn can_stop() -> bool {
    let parent = getppid();
    if parent.as_raw() == 0 {
        // Outside this container, or none at all; `getsid(0)` would be this process.
        return false;
    }
    let same_session = getsid(Some(parent)).is_ok_and(|session| getsid(None).is_ok_and(|own| own == session));
    let other_group = getpgid(Some(parent)).is_ok_and(|group| group != getpgrp());
    same_session && other_group
}

/// Stops this process until it is continued; with `group` the whole pipeline it belongs to, as the terminal's own
/// Ctrl-Z would.
pub fn stop(group: bool) {
    if group {
        STOPPING.store(true, Ordering::SeqCst);
        let _ = rustix::process::kill_current_process_group(Signal::TSTP);
    }
    let _ = signal_hook::low_level::raise(signal_hook::consts::signal::SIGSTOP);
}
