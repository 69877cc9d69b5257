//! Articles that another engine has analysed, or none: a few at a time are analysed anew, the newest first, while
//! nothing else waits for it.

use std::time::Instant;

use super::desk::Desk;
use super::{Found, Task};
use crate::analysis::VERSION;
use crate::store::Error;

/// Articles analysed before the next thing is done.
const BATCH: usize = 16;

/// How far analysing anew has come.
#[derive(Debug)]
pub(super) enum Stale {
    /// There is nothing to do.
    None,
    /// There may be something; look then.
    Due(Instant),
    /// Some are being analysed.
    Out,
}

impl Stale {
    pub fn due(&self) -> Option<Instant> {
        match self {
            Self::Due(due) => Some(*due),
            Self::None | Self::Out => None,
        }
    }
}

impl Desk {
    /// Looks for stale articles soon, unless some are being analysed.
    pub fn look_for_stale(&mut self) {
        if self.setting.shown && matches!(self.stale, Stale::None) {
            self.stale = Stale::Due(Instant::now());
        }
    }

    /// Goes on with the next ones where the last ones were kept.
    pub fn go_on_with_stale(&mut self, kept: bool) {
        self.stale = if kept { Stale::Due(Instant::now()) } else { Stale::None };
    }

    /// Has the next stale articles analysed.
    pub fn send_stale(&mut self) {
        self.stale = Stale::None;
        let Ok(articles) = self.store.stale_analyses(VERSION, BATCH) else { return };
        let mut texts = Vec::new();
        for id in articles {
            match self.store.load(id) {
                Ok(article) => texts.push((id, article)),
                Err(Error::DamagedArticle(..)) => {
                    // It would be the first to be analysed for ever.
                    if self.store.skip_analyses(&[id], VERSION).is_err() {
                        return;
                    }
                    self.stale = Stale::Due(Instant::now());
                }
                Err(_) => {}
            }
        }
        if texts.is_empty() {
            return;
        }
        self.stale = Stale::Out;
        let writing = self.setting.writing.clone();
        self.setting.workers.analyze_apart(move |analyze| {
            let found = texts.into_iter().map(|(article, text)| Found {
                article,
                content: text.content_id(),
                analysis: analyze(&text),
                entry: None,
            });
            let _ = writing.send(Task::Analyzed(found.collect()));
        });
    }
}
