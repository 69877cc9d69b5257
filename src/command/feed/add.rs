//! `pullquote feed add`: a feed, or the feed of a page, followed from now on.

use std::sync::Mutex;

use super::arguments::Add;
use super::set::tidy;
use super::{Failure, Stoppable, code};
use crate::command::library::{self, Library};
use crate::command::{NOTHING, complain, count};
use crate::fetch::discover::{self, Discovered};
use crate::fetch::look::Found;
use crate::fetch::{Address, Error, Settings};
use crate::runtime::feeds::{self, Desk, Halt};
use crate::store::Feed;
use crate::text::safe;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { line: error.to_string(), code: code(error.kind()) }
    }
}

pub(super) fn run(arguments: &Add, library: &Library) -> Result<u8, Failure> {
    let address = Address::typed(&arguments.url)?;
    let mut store = library.open()?;
    let stoppable = Stoppable::new()?;
    let (url, found) = match discover::at(&stoppable.client, &address, arguments.guess) {
        Ok(Discovered::Feed(url, found)) => (url, found),
        Ok(Discovered::Several(candidates)) => {
            complain(&format!("{address} has several feeds; follow one of them:"));
            candidates.iter().for_each(|feed| complain(&format!("  {} {}", feed.address, feed.title)));
            return Ok(NOTHING);
        }
        Err(Error::Stopped) => return Ok(stoppable.code()),
        Err(error) => {
            let hint = if !arguments.guess && matches!(error, Error::NotAFeed(_)) {
                "; with --guess, it is looked for where feeds usually lie"
            } else {
                ""
            };
            return Err(Failure { line: format!("{address}: {error}{hint}"), code: code(error.kind()) });
        }
    };
    let feed = follow(&mut store, arguments, &url, &found)?;
    let reading = Mutex::new(library.again()?);
    let visit = feeds::stories(&stoppable.client, feed, found, &reading, library::today());
    let mut said = None;
    let mut tell = |outcome: feeds::Outcome| said = Some(outcome);
    let mut desk = Desk::new(&mut store, &mut tell).map_err(failed)?;
    desk.take(visit).and_then(|()| desk.write()).map_err(failed)?;
    if let Some(feeds::Outcome { feed, news, .. }) = said {
        complain(&format!("following {} ({}): {}", feed.title, feed.url, count(news.new.len(), "new article")));
        feed.error.iter().for_each(|note| complain(&format!("{}: {note}", feed.title)));
    }
    super::refresh::analyze(&mut store, library, &stoppable)
}

fn failed(halt: Halt) -> Failure {
    match halt {
        Halt::Failed(error) => error.into(),
        Halt::NoThread(error) => format!("cannot start a thread: {error}").into(),
        Halt::Stopped => "stopped".to_owned().into(),
    }
}

/// The feed as a row of the library, with what the user wants of it.
fn follow(store: &mut crate::store::Store, arguments: &Add, url: &Address, found: &Found) -> Result<Feed, Failure> {
    let own = arguments.title.as_deref().map(safe::line).filter(|title| !title.is_empty());
    let named = if found.feed.title.is_empty() { url.as_str() } else { &found.feed.title };
    let title = own.as_deref().unwrap_or(named);
    let id = store.add_feed(url.as_str(), title, &tidy(arguments.folder.as_deref().unwrap_or_default()))?;
    let mut feed = store.feed(id)?;
    let mut settings = Settings::read(&feed.settings);
    settings.full_text |= arguments.full_text;
    settings.own_title |= own.is_some();
    feed.title = own.unwrap_or(feed.title);
    if let Some(folder) = &arguments.folder {
        feed.folder = tidy(folder);
    }
    feed.settings = settings.write();
    store.update_feed(&feed)?;
    Ok(feed)
}
