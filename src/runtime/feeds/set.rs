//! How feeds are treated from now on, and what that means for what is there already.

use jiff::Timestamp;

use super::expiring;
use crate::fetch::Settings;
use crate::store::{Error, Feed, Store};

/// A feed as it was, and as the user wants it: name, folder, settings and login count.
#[derive(Clone, Debug)]
pub struct Change {
    /// As it was.
    pub before: Feed,
    /// As it is to be.
    pub after: Feed,
}

/// Keeps what the user wants of feeds; says for each what is different now, in a line.
///
/// # Errors
/// What the library says.
pub fn set(store: &mut Store, changes: &[Change], now: Timestamp) -> Result<Vec<String>, Error> {
    for afresh in [false, true] {
        let feeds: Vec<Feed> = changes
            .iter()
            .filter(|change| change.concerns_what_it_lists() == afresh)
            .map(|change| change.after.clone())
            .collect();
        store.set_feeds(&feeds, afresh)?;
    }
    changes.iter().map(|change| change.told(store, now)).collect()
}

impl Change {
    fn settings(&self) -> (Settings, Settings) {
        (Settings::read(&self.before.settings), Settings::read(&self.after.settings))
    }

    /// Whether entries that the feed still lists become other articles by it.
    fn concerns_what_it_lists(&self) -> bool {
        let (before, after) = self.settings();
        before.cut != after.cut || after.full_text && !before.full_text
    }

    fn told(&self, store: &Store, now: Timestamp) -> Result<String, Error> {
        let ((before, after), feed) = (self.settings(), &self.after);
        let mut told = Vec::new();
        if self.before.renamed != feed.renamed {
            told.push(match feed.renamed.is_empty() {
                true => "called as it calls itself".to_owned(),
                false => format!("called so instead of {}", self.before.title()),
            });
        }
        if self.before.folder != feed.folder {
            told.push(match feed.folder.as_str() {
                "" => "in no folder".to_owned(),
                folder => format!("in the folder {folder}"),
            });
        }
        if before.full_text != after.full_text {
            told.push(match after.full_text {
                true => "stories in full".to_owned(),
                false => "stories as the feed has them, but for those fetched in full before".to_owned(),
            });
        }
        if before.keep_days != after.keep_days {
            told.push(match after.keep_days {
                None => "its articles are kept for ever".to_owned(),
                Some(days) => {
                    let days = if days == 1 { "a day".to_owned() } else { format!("{days} days") };
                    let count = match expiring(store, feed.id, now)? {
                        0 => "none".to_owned(),
                        count => count.to_string(),
                    };
                    format!("read articles go after {days} ({count} at the next refresh)")
                }
            });
        }
        if before.cut != after.cut {
            told.push(match after.cut.is_empty() {
                true => "headlines as they are".to_owned(),
                false => format!("{} cut from headlines", quoted(&after.cut)),
            });
        }
        if before.skip != after.skip {
            told.push(match after.skip.is_empty() {
                true => "no new entry is left out".to_owned(),
                false => format!("new entries with {} are left out", quoted(&after.skip)),
            });
        }
        if self.before.login != feed.login {
            told.push("asked with the password given".to_owned());
        }
        if self.concerns_what_it_lists() {
            told.push("from the next refresh on, for what it lists now too".to_owned());
        }
        let told = if told.is_empty() { "nothing is different".to_owned() } else { told.join("; ") };
        Ok(format!("{}: {told}", feed.title()))
    }
}

fn quoted(texts: &[String]) -> String {
    texts.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join(", ")
}
