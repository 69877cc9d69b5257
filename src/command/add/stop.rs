//! Ctrl-C and its like: the first one asks the command to stop, a second one ends it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether the command is to stop.
#[derive(Clone, Debug)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens from now on.
    ///
    /// # Errors
    /// What the system answers.
    pub fn listen() -> io::Result<Self> {
        let (asked, by) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // In this order: the first signal finds nothing asked yet.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
            flag::register_usize(signal, Arc::clone(&by), usize::try_from(signal).unwrap_or_default())?;
        }
        Ok(Self(by))
    }

    /// The exit code to stop with, once a signal came.
    #[must_use]
    pub fn asked(&self) -> Option<u8> {
        let signal = self.0.load(Ordering::SeqCst);
        (signal > 0).then(|| u8::try_from(128 + signal).unwrap_or(u8::MAX))
    }
}
