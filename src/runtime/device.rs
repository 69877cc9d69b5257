//! The terminal as a device: where keys come from, how large it is, and writing to it.

use std::fs::OpenOptions;
use std::io;
use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::isatty;

/// Most columns drawn: a terminal may claim any size, and memory and time of a frame grow with it.
const MAX_COLUMNS: u16 = 500;
/// Most rows drawn.
const MAX_ROWS: u16 = 200;

/// Where the screen is: standard output, if it is a terminal.
///
/// # Errors
/// `None` inside where it is no terminal; otherwise what the system answers.
pub fn screen() -> io::Result<Option<OwnedFd>> {
    let out = rustix::stdio::stdout();
    if isatty(out) { out.try_clone_to_owned().map(Some) } else { Ok(None) }
}

/// Where keys come from: standard input if it is a terminal, or else the terminal this process belongs to.
///
/// # Errors
/// What the system answers where there is none.
pub fn keys() -> io::Result<OwnedFd> {
    let stdin = rustix::stdio::stdin();
    if isatty(stdin) {
        return stdin.try_clone_to_owned();
    }
    Ok(OpenOptions::new().read(true).write(true).open("/dev/tty")?.into())
}

/// Whether standard input is a terminal: then it gives keys, and no article.
#[must_use]
pub fn stdin_is_terminal() -> bool {
    isatty(rustix::stdio::stdin())
}

/// Columns and rows to draw on the terminal `fd`, clamped; 80 by 24 where it does not know (a serial line).
#[must_use]
pub fn size(fd: impl AsFd) -> (u16, u16) {
    match rustix::termios::tcgetwinsize(fd) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col.min(MAX_COLUMNS), size.ws_row.min(MAX_ROWS)),
        _ => (80, 24),
    }
}

/// Writes all of `bytes`, also where another program left the terminal in non-blocking mode.
///
/// # Errors
/// What the system answers: the terminal is gone.
pub fn write_all(fd: impl AsFd, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(fd.as_fd(), bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::new(&fd, PollFlags::OUT)], None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether the terminal `fd` takes more bytes, or will in a moment.
#[must_use]
pub fn takes_more(fd: impl AsFd) -> bool {
    let moment = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    !matches!(poll(&mut [PollFd::new(&fd, PollFlags::OUT)], Some(&moment)), Ok(0))
}
