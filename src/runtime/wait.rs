//! A line on standard error that tells people which server is waited for, taken away when the wait is over.

use std::io::{self, IsTerminal, Write};

/// The line, as long as it lives; nothing where standard error is no terminal that can take it away.
#[derive(Debug)]
pub struct Wait {
    shown: bool,
}

impl Wait {
    /// Waits for `host`, which is safe to show.
    #[must_use]
    pub fn new(host: &str) -> Self {
        let shown = io::stderr().is_terminal() && std::env::var_os("TERM").is_some_and(|term| term != "dumb");
        if shown {
            let _ = write!(io::stderr(), "fetching {host} ... (Ctrl-C stops)");
        }
        Self { shown }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}
