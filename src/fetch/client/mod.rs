//! One fetch: a request, the redirects it leads through, and the body at the end.
//!
//! Redirects are followed here, one hop at a time, so that each can be looked at: its scheme, the zone of the addresses
//! that are really connected to, whether it is for good. A body that breaks off is given as far as it came: a feed's
//! complete entries are worth keeping.

mod answer;
mod guard;

use std::io::{ErrorKind, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http::StatusCode;
use ureq::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use ureq::http::response::Parts;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use self::guard::Guard;
use super::{Address, Error, Limits, Proxies, Stop, Zone};
use crate::text::safe;

/// What servers are told of us; nothing about the user.
const USER_AGENT: &str = concat!("pullquote/", env!("CARGO_PKG_VERSION"), " (article reader)");

/// Bytes of what a server wants back that are kept; more is not worth a row of the library.
const LONGEST_VALIDATOR: usize = 1000;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// Fetches.
#[derive(Clone, Debug)]
pub struct Client {
    /// What a server may cost.
    pub limits: Limits,
    proxies: Proxies,
    stop: Stop,
    /// Held while a feed is read: parsed, a hostile one takes many times its size.
    reading: Arc<Mutex<()>>,
}

/// What a server wants back with the next request for the same, so that it can say that nothing has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its name for this version.
    pub etag: Option<String>,
    /// The time of this version, as it writes it.
    pub last_modified: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Where.
    pub address: &'a Address,
    /// What was there the last time.
    pub known: Validators,
    /// The zone that led here; none where the user asked for this address.
    pub from: Option<Zone>,
    /// What is understood, as HTTP's `Accept`.
    pub accept: &'a str,
}

/// What came.
#[derive(Clone, Debug)]
pub struct Response {
    /// Whether nothing has changed since the known version; then there is no body.
    pub unchanged: bool,
    /// Where it was found in the end.
    pub address: Address,
    /// Where to ask from now on, if the server says so.
    pub moved: Option<Address>,
    /// The zone that what comes from here may lead to.
    pub zone: Zone,
    /// What to send the next time.
    pub validators: Validators,
    /// What it is, as the server says; may be empty.
    pub content_type: String,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// Why the body is not whole.
    pub cut: Option<Error>,
}

impl<'a> Request<'a> {
    /// What the user asks for.
    #[must_use]
    pub fn new(address: &'a Address) -> Self {
        Self { address, known: Validators::default(), from: None, accept: "*/*" }
    }
}

impl Client {
    /// A client that goes through `proxies` and ends when `stop` is asked for.
    #[must_use]
    pub fn new(limits: Limits, proxies: Proxies, stop: Stop) -> Self {
        Self { limits, proxies, stop, reading: Arc::default() }
    }

    /// Does `work`, which may take much memory, while no clone of this client does such a thing.
    pub(super) fn in_turn<T>(&self, work: impl FnOnce() -> T) -> T {
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stop.asked()
    }

    /// Fetches what `request` asks for, redirects included.
    ///
    /// # Errors
    /// Why there is nothing; an answer that says no is one too.
    pub fn get(&self, request: &Request<'_>) -> Result<Response, Error> {
        #[expect(clippy::disallowed_methods, reason = "how long a server has taken is part of fetching")]
        let started = Instant::now();
        let mut zone = request.from;
        let mut address = request.address.clone();
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=self.limits.redirects {
            let left = self.limits.total.saturating_sub(started.elapsed());
            let hop = self.hop(&address, zone, request, left);
            let hop = hop.map_err(|error| if self.stop.asked() { Error::Stopped } else { error })?;
            let zone = *zone.get_or_insert(hop.zone);
            let status = hop.head.status.as_u16();
            let Some(target) = hop.redirect() else { return hop.finish(address, moved, zone) };
            let next = address.join(&target).map_err(|error| match error {
                Error::Address(shown, _) => Error::Elsewhere(answer::short(&shown)),
                other => other,
            })?;
            // A login goes on within its server, and not back to it from elsewhere.
            let login = address.login().filter(|_| next.is_same_server(&address)).map(str::to_owned);
            let next = next.with_login(login.as_deref());
            for_good &= matches!(status, 301 | 308);
            if for_good {
                moved = Some(next.clone());
            }
            if next == address {
                break;
            }
            address = next;
        }
        Err(Error::Redirects(self.limits.redirects))
    }

    /// One request and its answer.
    fn hop(&self, address: &Address, from: Option<Zone>, request: &Request<'_>, left: Duration) -> Result<Hop, Error> {
        if self.stop.asked() {
            return Err(Error::Stopped);
        }
        if left.is_zero() {
            return Err(Error::TimedOut("the way through its redirects", self.limits.total));
        }
        let login = address.login();
        if login.is_some() && !address.keeps_secrets() {
            return Err(Error::Unencrypted(address.host().to_owned()));
        }
        let guard = Guard::new(address, from);
        let proxy = self.proxies.of(address)?;
        if proxy.is_some() {
            guard.check_as_written()?;
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(left))
            .timeout_resolve(Some(self.limits.connect.min(left)))
            .timeout_connect(Some(self.limits.connect.min(left)))
            .timeout_recv_body(Some(self.limits.body.min(left)))
            .max_response_header_size(self.limits.header_bytes)
            .max_idle_connections(0)
            .proxy(proxy)
            .user_agent(USER_AGENT)
            .accept(request.accept)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard.clone());
        let _watched = self.stop.watch(&agent);
        let mut call = agent.get(address.as_str());
        for (name, value) in [(IF_NONE_MATCH, &request.known.etag), (IF_MODIFIED_SINCE, &request.known.last_modified)] {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                call = call.header(name, value);
            }
        }
        if let Some(login) = login {
            call = call.header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(login)));
        }
        let explain = |error| answer::explain(error, address, &self.limits);
        // What is connected to is the proxy, where there is one.
        let is_proxied = agent.config().proxy().is_some();
        let unanswered = |error| match explain(error) {
            Error::Unreachable(_, why) if is_proxied => Error::Proxy(why),
            Error::NoHost(_) if is_proxied => Error::Proxy("its host is not known".to_owned()),
            other => other,
        };
        let (head, body) = call.call().map_err(unanswered)?.into_parts();
        let (body, cut) = if head.status.is_success() { self.read(body, explain) } else { (Vec::new(), None) };
        Ok(Hop { head, body, cut, zone: guard.zone() })
    }

    /// The body as far as it comes, and why that is not to its end.
    fn read(&self, body: Body, explain: impl Fn(ureq::Error) -> Error) -> (Vec<u8>, Option<Error>) {
        let mut reader = body.into_reader();
        let mut read = Vec::new();
        loop {
            let room = (self.limits.body_bytes + 1 - read.len()).min(PIECE);
            let before = read.len();
            read.resize(before + room, 0);
            let came = reader.read(read.get_mut(before..).unwrap_or_default());
            read.truncate(before + *came.as_ref().unwrap_or(&0));
            match came {
                Ok(0) => return (read, None),
                Ok(_) if read.len() > self.limits.body_bytes => {
                    read.truncate(self.limits.body_bytes);
                    return (read, Some(Error::TooLarge(self.limits.body_bytes)));
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let why = match explain(error.into()) {
                        _ if self.stop.asked() => Error::Stopped,
                        Error::Unreachable(_, why) => Error::Cut(why),
                        other => other,
                    };
                    return (read, Some(why));
                }
            }
        }
    }
}

/// One answer.
struct Hop {
    head: Parts,
    body: Vec<u8>,
    cut: Option<Error>,
    /// Where the host is.
    zone: Zone,
}

impl Hop {
    fn header(&self, name: HeaderName) -> Option<String> {
        self.head.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
    }

    /// Where the answer sends us on to.
    fn redirect(&self) -> Option<String> {
        self.header(LOCATION).filter(|_| matches!(self.head.status.as_u16(), 301 | 302 | 303 | 307 | 308))
    }

    fn finish(self, address: Address, moved: Option<Address>, zone: Zone) -> Result<Response, Error> {
        let status = self.head.status;
        let unchanged = status == StatusCode::NOT_MODIFIED;
        if !unchanged && !status.is_success() {
            let retry = self.header(RETRY_AFTER).as_deref().and_then(answer::retry_after);
            return Err(Error::Status { status: status.as_u16(), retry });
        }
        if self.cut == Some(Error::Stopped) {
            return Err(Error::Stopped);
        }
        if let Some(packing) = self.header(CONTENT_ENCODING)
            && !matches!(packing.to_ascii_lowercase().as_str(), "" | "identity" | "gzip" | "x-gzip" | "br")
        {
            return Err(Error::Packing(format!("as {}", answer::short(&packing))));
        }
        let kept = |name| self.header(name).filter(|value| value.len() <= LONGEST_VALIDATOR);
        Ok(Response {
            unchanged,
            validators: Validators { etag: kept(ETAG), last_modified: kept(LAST_MODIFIED) },
            content_type: self.header(CONTENT_TYPE).map(|kind| safe::line(&kind)).unwrap_or_default(),
            address,
            moved,
            zone,
            body: self.body,
            cut: self.cut,
        })
    }
}
