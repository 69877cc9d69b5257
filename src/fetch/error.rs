//! Why something could not be fetched or read, said so that a reader knows what to do.

use std::time::Duration;

use jiff::Timestamp;

use super::Zone;

/// Why something could not be fetched or read. What servers say in it is a safe line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An address that is none, or none that is fetched: the address, and why.
    #[error("{0}: no address that can be fetched ({1}); one is like https://example.org/news")]
    Address(String, String),
    /// A redirect or link to a nearer machine than the one it comes from.
    #[error("refused to go on to {host}: it leads from {from} to {to}", from = .from.name(), to = .to.name())]
    Nearer {
        /// The host it leads to.
        host: String,
        /// Where it comes from.
        from: Zone,
        /// Where it leads.
        to: Zone,
    },
    /// A redirect to what is not fetched.
    #[error("the server sends us on to what is not fetched: {0}")]
    Elsewhere(String),
    /// Too many redirects, or one in a circle.
    #[error("the server sends us round in circles (more than {0} redirects)")]
    Redirects(usize),
    /// The host has no address.
    #[error("the host {0} is not known; check the address and the network")]
    NoHost(String),
    /// No connection, or one that broke: the host, and why.
    #[error("{0} cannot be reached ({1})")]
    Unreachable(String, String),
    /// The server's certificate is not right: the host, and why.
    #[error("{0}: no safe connection ({1})")]
    Certificate(String, String),
    /// A password would go to this host for all on the way to read.
    #[error("the password is not sent to {0} unencrypted; follow the address with https://")]
    Unencrypted(String),
    /// The proxy of the environment is not right.
    #[error("the proxy cannot be used ({0}); check http_proxy, https_proxy and all_proxy")]
    Proxy(String),
    /// It took too long: what, and how long it was allowed to take.
    #[error("{0} took longer than {limit}", limit = shown(*.1))]
    TimedOut(&'static str, Duration),
    /// The server says no.
    #[error("the server answers {status}{}", meaning(*.status))]
    Status {
        /// Its answer.
        status: u16,
        /// When to ask again.
        retry: Option<RetryAfter>,
    },
    /// What the server sends is no HTTP.
    #[error("the server's answer is no HTTP ({0})")]
    Protocol(String),
    /// The body did not come to its end: why.
    #[error("it was cut off ({0})")]
    Cut(String),
    /// The body is longer than this many bytes.
    #[error("it is larger than {} MB", .0 >> 20)]
    TooLarge(usize),
    /// The body cannot be unpacked.
    #[error("it cannot be unpacked ({0})")]
    Packing(String),
    /// It is no feed: what it is instead, or what is wrong with it.
    #[error("it is no feed ({0})")]
    NotAFeed(String),
    /// It is a feed where a page was to be read.
    #[error("it is a feed, not a page; follow it: `pullquote feed add ADDRESS`, or F in the reader")]
    AFeed,
    /// It is no page that can be read: what it is instead.
    #[error("it cannot be read as an article ({0})")]
    NotAPage(String),
    /// The user stopped it.
    #[error("stopped")]
    Stopped,
}

/// When a server wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After this time.
    In(Duration),
    /// Not before this moment.
    At(Timestamp),
}

/// What kind of failure it is, for exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Network: no host, no connection, too slow.
    Network,
    /// The server answers, but with a refusal or with nonsense.
    Server,
    /// What came is not what was expected, or damaged.
    Content,
    /// It was not asked for, because that would not be safe.
    Refused,
    /// The user stopped it.
    Stopped,
}

impl Error {
    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Address(..) | Self::Nearer { .. } | Self::Elsewhere(_) | Self::Unencrypted(_) => Kind::Refused,
            Self::NoHost(_) | Self::Unreachable(..) | Self::Certificate(..) | Self::Proxy(_) | Self::TimedOut(..) => {
                Kind::Network
            }
            Self::Redirects(_) | Self::Status { .. } | Self::Protocol(_) => Kind::Server,
            Self::Cut(_)
            | Self::TooLarge(_)
            | Self::Packing(_)
            | Self::NotAFeed(_)
            | Self::AFeed
            | Self::NotAPage(_) => Kind::Content,
            Self::Stopped => Kind::Stopped,
        }
    }

    /// Whether it may go well another time, with nothing changed on our side.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::Protocol(_) | Self::Cut(_) | Self::Stopped => true,
            other => other.kind() == Kind::Network,
        }
    }

    /// Whether it will be the same, now, with whatever else is asked for at the same host.
    #[must_use]
    pub fn is_of_the_host(&self) -> bool {
        matches!(self, Self::Status { status: 429 | 503, .. }) || self.kind() == Kind::Network
    }
}

impl Kind {
    /// The kind with this [name](Self::name).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Network, Self::Server, Self::Content, Self::Refused, Self::Stopped]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// Its name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Server => "server",
            Self::Content => "content",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
        }
    }
}

fn shown(limit: Duration) -> String {
    if limit.subsec_millis() == 0 { format!("{} s", limit.as_secs()) } else { format!("{} ms", limit.as_millis()) }
}

/// What a status means and what can be done, where that is known.
fn meaning(status: u16) -> &'static str {
    match status {
        400 => " (bad request)",
        401 => " (it wants a user name and a password, or others: https://NAME:PASSWORD@HOST/...)",
        407 => " (the proxy wants a user name and a password)",
        402 => " (it wants to be paid)",
        403 => " (it does not let us)",
        404 => " (there is nothing at this address; check it)",
        410 => " (gone: there is nothing here any more, and nothing will come)",
        429 => " (too many requests for now)",
        451 => " (it is kept from us for legal reasons)",
        500 => " (it has an error of its own)",
        502 | 504 => " (what stands behind it does not answer)",
        503 => " (it is not available for now)",
        _ => "",
    }
}
