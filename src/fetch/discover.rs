//! The feeds that belong to a page: those it names, and the places where feeds usually lie.

use super::look::{Found, found};
use super::{Address, Client, Error, Request, Response, feed};
use crate::article::import::decode_labelled;
use crate::article::import::html::head;

/// Where feeds usually lie.
const USUAL: [&str; 6] = ["/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml"];

/// A feed that may be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its address.
    pub address: Address,
    /// What the page calls it; may be empty.
    pub title: String,
}

/// What an address turned out to be.
#[derive(Clone, Debug)]
pub enum Discovered {
    /// A feed, or a page with exactly one: the address to follow it at, and what it holds now.
    Feed(Address, Box<Found>),
    /// A page with several.
    Several(Vec<Candidate>),
}

/// Looks for feeds at `address`: itself, those it names, and, if `guess`, those that lie where feeds usually do.
///
/// # Errors
/// Why there is none.
pub fn at(client: &Client, address: &Address, guess: bool) -> Result<Discovered, Error> {
    let response = client.get(&Request { accept: super::look::ACCEPT, ..Request::new(address) })?;
    let zone = response.zone;
    let named = named(&response.body, &response.content_type, &response.address);
    let here = response.address.clone();
    // What the user may see of a server with a login, the program may see too.
    let known = |other: Address| {
        let login = address.login().filter(|_| other.is_same_server(address)).map(str::to_owned);
        other.with_login(login.as_deref())
    };
    let to_follow = |asked: &Address, response: &Response| match &response.moved {
        Some(moved) => known(moved.clone()),
        None => asked.clone(),
    };
    let own = to_follow(address, &response);
    let none = match found(client, response) {
        Ok(found) => return Ok(Discovered::Feed(own, Box::new(found))),
        Err(error) => error,
    };
    let try_at = |other: &Address| {
        let address = known(other.clone());
        let request = Request { accept: super::look::ACCEPT, from: Some(zone), ..Request::new(&address) };
        let response = client.get(&request)?;
        let own = to_follow(&address, &response);
        found(client, response).map(|found| (own, found))
    };
    match named.as_slice() {
        [] if guess => {
            let mut tries = usual(&here).map(|address| try_at(&address));
            let hit = tries.find_map(|tried| match tried {
                Err(Error::Stopped) => Some(Err(Error::Stopped)),
                Err(_) => None,
                Ok(hit) => Some(Ok(hit)),
            });
            hit.unwrap_or(Err(none)).map(|(address, found)| Discovered::Feed(address, Box::new(found)))
        }
        [] => Err(none),
        [one] => try_at(&one.address).map(|(address, found)| Discovered::Feed(address, Box::new(found))),
        _ => Ok(Discovered::Several(named)),
    }
}

/// The feeds that the page in `body`, found at `address`, names.
#[must_use]
pub fn named(body: &[u8], content_type: &str, address: &Address) -> Vec<Candidate> {
    let page = decode_labelled(body, feed::charset(content_type).as_deref(), true);
    let head = head(&page);
    let base = head.base.and_then(|base| address.join(&base).ok()).unwrap_or_else(|| address.clone());
    let mut found: Vec<Candidate> = Vec::new();
    for alternate in head.feeds {
        if let Ok(address) = base.join(&alternate.href)
            && found.iter().all(|candidate| candidate.address != address)
        {
            found.push(Candidate { address, title: alternate.title });
        }
    }
    found
}

/// Addresses at the host of `address` where a feed may lie that the page does not name.
pub fn usual(address: &Address) -> impl Iterator<Item = Address> {
    USUAL.iter().filter_map(|path| address.join(path).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_from_where_their_page_is() {
        let page = Address::parse("https://e.org/a/b.html").unwrap();
        let html = "<base href=/c/><link rel=alternate type=application/rss+xml href=x.xml title=X>\
            <link rel=alternate type=application/atom+xml href=https://e.org/c/x.xml>\
            <link rel=alternate type=application/atom+xml href=file:///etc/passwd>";
        let found = named(html.as_bytes(), "text/html", &page);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].address.as_str(), found[0].title.as_str()), ("https://e.org/c/x.xml", "X"));
        assert_eq!(usual(&page).next().unwrap().as_str(), "https://e.org/feed");
    }
}
