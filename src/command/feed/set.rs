//! `pullquote feed set` and `remove`: how feeds are treated, and which are followed no longer.

use jiff::Timestamp;

use super::arguments::{Remove, Set, Switch};
use super::{Failure, which};
use crate::command::complain;
use crate::command::library::Library;
use crate::fetch::Settings;
use crate::runtime::feeds::{self, Change};
use crate::store::Feed;
use crate::text::safe;

pub(super) fn run(arguments: &Set, library: &Library) -> Result<u8, Failure> {
    let Set { full_text, keep, title, folder, cut, skip, .. } = arguments;
    if full_text.is_none() && keep.is_none() && title.is_none() && folder.is_none() && cut.is_empty() && skip.is_empty()
    {
        return Err(Failure::usage("nothing to set; `pullquote feed set --help` lists what can be"));
    }
    let mut store = library.open()?;
    let feeds = which::named(&store, &arguments.feeds)?;
    if title.as_deref().is_some_and(|title| !title.is_empty()) && feeds.len() > 1 {
        return Err(Failure::usage("one title for several feeds; name one feed"));
    }
    let change = |before: Feed| {
        let mut after = before.clone();
        let mut settings = Settings::read(&after.settings);
        settings.full_text = full_text.map_or(settings.full_text, |switch| switch == Switch::On);
        settings.keep_days = keep.map_or(settings.keep_days, |keep| keep.0);
        listed(&mut settings.cut, cut);
        listed(&mut settings.skip, skip);
        after.settings = settings.write();
        after.renamed = title.as_deref().map_or(after.renamed, safe::line);
        after.folder = folder.as_deref().map_or(after.folder, tidy);
        Change { before, after }
    };
    let changes: Vec<Change> = feeds.into_iter().map(change).collect();
    let told = feeds::set(&mut store, &changes, Timestamp::now())?;
    told.iter().for_each(|line| complain(line));
    Ok(0)
}

/// Adds `more` to a list; an empty text takes back what was there.
fn listed(list: &mut Vec<String>, more: &[String]) {
    for text in more {
        let text = safe::line(text);
        if text.is_empty() {
            list.clear();
        } else if !list.contains(&text) {
            list.push(text);
        }
    }
}

/// The name of a folder without empty parts.
pub(super) fn tidy(folder: &str) -> String {
    let parts: Vec<String> = folder.split('/').map(safe::line).filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

pub(super) fn remove(arguments: &Remove, library: &Library) -> Result<u8, Failure> {
    let mut store = library.open()?;
    for feed in which::named(&store, &arguments.feeds)? {
        store.remove_feed(feed.id)?;
        complain(&format!("{} is followed no longer; its articles stay", feed.title()));
    }
    Ok(0)
}
