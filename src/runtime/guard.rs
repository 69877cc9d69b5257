//! The terminal taken and given back: every mode the reader sets, and one [`restore`] that undoes them all.
//!
//! Invariant: [`restore`] may be called from any thread, at any time, any number of times (a panic hook, the signal
//! thread, the end of `main`). It writes one fixed text that turns off all modes whether they were on or not, because
//! a program that dies half-way through entering cannot know which ones were, and it holds no lock while it writes.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustix::termios::{OptionalActions, QueueSelector, Termios};

use super::device;

/// Alternate screen, empty; cursor hidden; bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?2004h";

/// Mouse buttons and drags (not every motion: the pointer crossing the window is nobody's business), SGR coordinates.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Asks for the background colour. It ends in BEL because some terminals answer a query that ends in ST wrongly.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x07";

/// Everything off: synchronized output, all mouse modes, paste, focus reports; colours and cursor as usual; main screen.
const RESTORE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?1004l\
\x1b[0m\x1b[?25h\x1b[?1049l";

static TERMINAL: OnceLock<Terminal> = OnceLock::new();
static ENTERED: AtomicBool = AtomicBool::new(false);
static ANSWER_DUE: AtomicBool = AtomicBool::new(false);

struct Terminal {
    keys: OwnedFd,
    screen: OwnedFd,
    mouse: bool,
    original: Mutex<Option<Termios>>,
}

/// Names the terminal that [`enter`] takes: where keys come from, where the screen is, and whether the mouse is used.
/// Only the first call counts; there is one terminal.
pub fn prepare(keys: OwnedFd, screen: OwnedFd, mouse: bool) {
    let _ = TERMINAL.set(Terminal { keys, screen, mouse, original: Mutex::new(None) });
}

/// Takes the terminal, again if need be: raw mode, alternate screen, mouse, paste. Does nothing before [`prepare`].
///
/// # Errors
/// What the terminal answers; it is given back first.
pub fn enter() -> io::Result<()> {
    let Some(terminal) = TERMINAL.get() else { return Ok(()) };
    let again = ENTERED.swap(true, Ordering::SeqCst);
    take(terminal, again).inspect_err(|_| restore())
}

fn take(terminal: &Terminal, again: bool) -> io::Result<()> {
    let mut raw = rustix::termios::tcgetattr(&terminal.keys)?;
    // Noted afresh each time the terminal was given back: the user may have changed it meanwhile. A reader that was
    // stopped against its will has not given it back, and finds it in its own raw mode.
    if !again {
        *terminal.original.lock().unwrap_or_else(PoisonError::into_inner) = Some(raw.clone());
    }
    raw.make_raw();
    rustix::termios::tcsetattr(&terminal.keys, OptionalActions::Now, &raw)?;
    device::write_all(&terminal.screen, ENTER)?;
    if terminal.mouse { device::write_all(&terminal.screen, MOUSE) } else { Ok(()) }
}

/// Asks the terminal for its background colour; the answer comes as input, or never.
///
/// # Errors
/// What the terminal answers to the writing.
pub fn ask_background() -> io::Result<()> {
    let Some(terminal) = TERMINAL.get() else { return Ok(()) };
    ANSWER_DUE.store(true, Ordering::SeqCst);
    device::write_all(&terminal.screen, ASK_BACKGROUND)
}

/// The answer to [`ask_background`] has come.
pub fn background_answered() {
    ANSWER_DUE.store(false, Ordering::SeqCst);
}

/// Gives the terminal back as it was. Errors are of no use to anyone here: the terminal may be gone, or take nothing,
/// and then there is nothing to wait for.
pub fn restore() {
    let Some(terminal) = TERMINAL.get() else { return };
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if device::takes_more(&terminal.screen) {
        let _ = device::write_all(&terminal.screen, RESTORE);
    }
    // An answer still under way would be typed at the shell's prompt.
    if ANSWER_DUE.swap(false, Ordering::SeqCst) {
        let _ = rustix::termios::tcflush(&terminal.keys, QueueSelector::IFlush);
    }
    let original = terminal.original.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(original) = original {
        let _ = rustix::termios::tcsetattr(&terminal.keys, OptionalActions::Now, &original);
    }
}
