//! Stopping what is being fetched, from another thread.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::Agent;

/// Tells all fetches of its clients to end; their sockets are shut, so that nobody waits for a server.
#[derive(Clone, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Default)]
struct Shared {
    asked: AtomicBool,
    /// What is under way, each with its number.
    agents: Mutex<(u64, Vec<(u64, Agent)>)>,
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stop").field(&self.asked()).finish()
    }
}

impl Stop {
    /// Ends what is under way, and whatever would begin.
    pub fn ask(&self) {
        self.0.asked.store(true, Ordering::SeqCst);
        let mut agents = self.0.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.1.drain(..).for_each(|(_, agent)| agent.shutdown());
    }

    /// Whether it was asked for.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// Notes that `agent` fetches something for as long as the value lives.
    pub(super) fn watch(&self, agent: &Agent) -> Watched<'_> {
        let mut agents = self.0.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.0 += 1;
        let number = agents.0;
        agents.1.push((number, agent.clone()));
        // It may have been asked for since this was looked at last.
        if self.asked() {
            agent.clone().shutdown();
        }
        Watched { stop: self, number }
    }
}

/// A fetch that is under way.
pub(super) struct Watched<'a> {
    stop: &'a Stop,
    number: u64,
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        let mut agents = self.stop.0.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.1.retain(|(number, _)| *number != self.number);
    }
}
