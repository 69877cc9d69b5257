//! A feed followed from now on, with what it has.

use std::sync::Mutex;

use super::{Desk, Halt, Outcome, stories};
use crate::fetch::look::Found;
use crate::fetch::{Address, Client, Settings};
use crate::runtime::place::today;
use crate::store::{Feed, Login, Store};

/// What the user wants of a feed that is to be followed.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// What it is called; none for what it calls itself.
    pub title: Option<String>,
    /// The folder it lies in.
    pub folder: Option<String>,
    /// Whether each entry's page is fetched.
    pub full_text: bool,
}

/// A feed that is followed.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The feed and what it brought.
    pub outcome: Outcome,
    /// Whether it was followed before.
    pub before: bool,
}

/// The [places](Address::place) where a feed is known: that of its address, and of the one it had first.
pub fn places(feed: &Feed) -> impl Iterator<Item = String> {
    [&feed.url, &feed.key].into_iter().filter_map(|own| Some(Address::parse(own).ok()?.place()))
}

/// The one of `feeds` that is followed at one of `addresses`, however they are written.
pub fn find<'f>(feeds: &'f [Feed], addresses: &[&Address]) -> Option<&'f Feed> {
    let asked: Vec<String> = addresses.iter().map(|address| address.place()).collect();
    feeds.iter().find(|feed| places(feed).any(|place| asked.contains(&place)))
}

/// Follows the feed that was `found` for `asked` and is to be asked at `at` from now on; one that is followed already
/// is treated as the user wants it now. `reading` is a second connection to the same library.
///
/// # Errors
/// Why the library has not kept it.
pub fn follow(
    (store, reading): (&mut Store, Store),
    client: &Client,
    (asked, at): (&Address, &Address),
    found: Box<Found>,
    wishes: Wishes,
) -> Result<Followed, Halt> {
    let all = store.feeds().map_err(Halt::Failed)?;
    let known = find(&all, &[asked, at, &found.address]).map(|feed| feed.id);
    let id = match known {
        Some(id) => id,
        None => store.add_feed(at.as_str(), &found.feed.title, "").map_err(Halt::Failed)?,
    };
    let mut feed = store.feed(id).map_err(Halt::Failed)?;
    let mut settings = Settings::read(&feed.settings);
    settings.full_text |= wishes.full_text;
    feed.settings = settings.write();
    feed.renamed = wishes.title.unwrap_or(feed.renamed);
    feed.folder = wishes.folder.unwrap_or(feed.folder);
    feed.login = at.login().map(|login| Login(login.to_owned())).or(feed.login);
    store.set_feeds(std::slice::from_ref(&feed), false).map_err(Halt::Failed)?;
    let visit = stories(client, feed, found, &Mutex::new(reading), today());
    if client.stopped() {
        // What it has was not looked through to the end.
        if known.is_none() {
            store.remove_feed(id).map_err(Halt::Failed)?;
        }
        return Err(Halt::Stopped);
    }
    let mut said = None;
    let mut tell = |outcome: Outcome| said = Some(outcome);
    let mut desk = Desk::new(store, &mut tell)?;
    desk.take(visit)?;
    desk.write()?;
    let outcome = said.ok_or(Halt::Stopped)?;
    Ok(Followed { outcome, before: known.is_some() })
}
