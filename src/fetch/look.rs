//! One look at a feed: what it has, and what is to be remembered of the look.

use super::feed::{self, Feed};
use super::{Address, Client, Error, Request, Response, Validators, Zone};

/// What is understood as a feed, best first.
pub(super) const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
    application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5";

/// What a look found.
#[derive(Clone, Debug)]
pub enum Look {
    /// Nothing has changed since the last time.
    Unchanged {
        /// Where to ask from now on, if the server says so.
        moved: Option<Address>,
    },
    /// The feed.
    Found(Box<Found>),
}

/// A feed with what was learnt on the way.
#[derive(Clone, Debug)]
pub struct Found {
    /// The feed.
    pub feed: Feed,
    /// Where it was found.
    pub address: Address,
    /// Where to ask from now on, if the server says so.
    pub moved: Option<Address>,
    /// What to send the next time; nothing where the feed is not all there, so that it comes again.
    pub validators: Validators,
    /// The zone that its entries may lead to.
    pub zone: Zone,
}

/// Looks at the feed at `address`, which is `known` from the last time.
///
/// # Errors
/// Why there is nothing to see.
pub fn look(client: &Client, address: &Address, known: Validators) -> Result<Look, Error> {
    let response = client.get(&Request { known, accept: ACCEPT, ..Request::new(address) })?;
    if response.unchanged {
        return Ok(Look::Unchanged { moved: response.moved });
    }
    found(client, response).map(|found| Look::Found(Box::new(found)))
}

/// The feed in a response.
pub(super) fn found(client: &Client, response: Response) -> Result<Found, Error> {
    let Response { body, content_type, .. } = &response;
    let read = client.in_turn(|| feed::read(body, content_type, &response.address, &client.limits));
    let mut feed = match read {
        Ok(feed) => feed,
        // What broke off may be no feed for that reason alone.
        Err(error) => return Err(response.cut.unwrap_or(error)),
    };
    let mut validators = response.validators;
    if let Some(cut) = response.cut {
        if feed.entries.is_empty() {
            return Err(cut);
        }
        let more = feed.lost.take().filter(|lost| lost != feed::CUT_OFF);
        feed.lost = Some(format!("{cut}; {}", more.as_deref().unwrap_or("its complete entries are kept")));
        validators = Validators::default();
    }
    Ok(Found { feed, address: response.address, moved: response.moved, validators, zone: response.zone })
}
