//! Which addresses are connected to: those looked up now, checked, and no others, whatever a name means a moment later.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::fetch::{Address, Error, Zone};

/// Looks hosts up and lets through what may be connected to.
#[derive(Clone, Debug)]
pub(super) struct Guard(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    host: String,
    /// The zone that led here.
    from: Option<Zone>,
    /// The zone of the host, as far as it is known.
    zone: Mutex<Zone>,
}

/// The refusal, on its way through the HTTP library.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Error);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl Guard {
    /// For one request to `address`, which something in the zone `from` leads to.
    pub(super) fn new(address: &Address, from: Option<Zone>) -> Self {
        // A name that only a proxy looks up is one of the public.
        let zone = Mutex::new(address.literal_zone().unwrap_or(Zone::Public));
        Self(Arc::new(Inner { host: address.host().to_owned(), from, zone }))
    }

    /// The zone of the host.
    pub(super) fn zone(&self) -> Zone {
        *self.0.zone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks the host as it is written: a proxy looks its name up itself.
    pub(super) fn check_as_written(&self) -> Result<(), Error> {
        self.check(self.zone())
    }

    fn check(&self, to: Zone) -> Result<(), Error> {
        match self.0.from {
            Some(from) if !from.may_lead_to(to) => Err(Error::Nearer { host: self.0.host.clone(), from, to }),
            _ => Ok(()),
        }
    }

    /// Those of `found` that may be connected to. Where a name has public addresses, they alone count: one that also
    /// means a near machine is out to deceive.
    fn let_through(&self, found: &[SocketAddr]) -> Result<Vec<SocketAddr>, Error> {
        let zones = || found.iter().map(|address| Zone::of(address.ip()));
        let Some(zone) = zones().min() else { return Ok(Vec::new()) };
        self.check(zone)?;
        *self.0.zone.lock().unwrap_or_else(PoisonError::into_inner) = zone;
        Ok(found.iter().copied().filter(|address| Zone::of(address.ip()) == zone).collect())
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // The proxy itself, which the user's environment names.
        if uri.host().is_some_and(|host| !host.eq_ignore_ascii_case(&self.0.host)) {
            return Ok(found);
        }
        let through = self.let_through(&found).map_err(|error| ureq::Error::Other(Box::new(Refused(error))))?;
        let mut kept = self.empty();
        through.into_iter().for_each(|address| kept.push(address));
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(from: Option<Zone>, found: &[&str]) -> Result<Vec<String>, Error> {
        let guard = Guard::new(&Address::parse("http://example.org").unwrap(), from);
        let found: Vec<SocketAddr> = found.iter().map(|text| text.parse().unwrap()).collect();
        guard.let_through(&found).map(|kept| kept.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_the_user_asks_for_is_connected_to_wherever_it_is() {
        assert_eq!(through(None, &["127.0.0.1:80"]).unwrap(), ["127.0.0.1:80"]);
        assert_eq!(through(None, &["1.1.1.1:80", "[2606:4700::1]:80"]).unwrap().len(), 2);
    }

    #[test]
    fn what_the_public_leads_to_is_public() {
        for near in ["127.0.0.1:80", "10.0.0.1:80", "169.254.169.254:80", "[::1]:80", "[::ffff:10.0.0.1]:80"] {
            assert!(matches!(through(Some(Zone::Public), &[near]), Err(Error::Nearer { .. })), "{near}");
            assert!(through(Some(Zone::Loopback), &[near]).is_ok());
        }
        assert!(through(Some(Zone::Private), &["127.0.0.1:80"]).is_err());
        assert!(through(Some(Zone::Private), &["10.0.0.1:80"]).is_ok());
    }

    #[test]
    fn a_name_with_a_near_address_beside_a_public_one_means_the_public_one() {
        for from in [None, Some(Zone::Public)] {
            assert_eq!(through(from, &["127.0.0.1:80", "1.1.1.1:80"]).unwrap(), ["1.1.1.1:80"]);
        }
    }
}
