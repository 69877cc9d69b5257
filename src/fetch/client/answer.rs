//! What answers and failures mean in a reader's words.

use std::io::{self, ErrorKind};
use std::time::Duration;

use jiff::fmt::rfc2822;
use ureq::Timeout;

use super::guard::Refused;
use crate::fetch::{Address, Error, Limits, RetryAfter};
use crate::text::safe;

/// Characters of what a server says that are shown.
const LONGEST: usize = 200;

/// Longest time that a server may have us wait.
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 86_400);

/// The beginning of what a server says, as one safe line.
pub(super) fn short(text: &str) -> String {
    let beginning: String = text.chars().take(4 * LONGEST).collect();
    safe::line(&beginning).chars().take(LONGEST).collect()
}

/// `Retry-After`: seconds, or a date.
pub(super) fn retry_after(value: &str) -> Option<RetryAfter> {
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(RetryAfter::In(Duration::from_secs(seconds).min(LONGEST_WAIT)));
    }
    rfc2822::DateTimeParser::new().parse_timestamp(value).ok().map(RetryAfter::At)
}

/// What `error` means for a fetch from `address`.
pub(super) fn explain(error: ureq::Error, address: &Address, limits: &Limits) -> Error {
    let host = || address.host().to_owned();
    match error {
        ureq::Error::Other(inner) => match inner.downcast::<Refused>() {
            Ok(refused) => refused.0,
            Err(other) => Error::Unreachable(host(), short(&other.to_string())),
        },
        ureq::Error::Timeout(what) => match what {
            Timeout::Resolve => Error::TimedOut("finding the host", limits.connect),
            Timeout::Connect => Error::TimedOut("connecting to the host", limits.connect),
            Timeout::RecvBody => Error::TimedOut("sending it", limits.body),
            _ => Error::TimedOut("the server's answer", limits.total),
        },
        ureq::Error::HostNotFound => Error::NoHost(host()),
        ureq::Error::Io(error) => explain_io(&error, host()),
        ureq::Error::Tls(why) => Error::Certificate(host(), short(why)),
        ureq::Error::Rustls(why) => Error::Certificate(host(), short(&why.to_string())),
        ureq::Error::Protocol(why) => Error::Protocol(short(&why.to_string())),
        ureq::Error::Http(why) => Error::Protocol(short(&why.to_string())),
        ureq::Error::LargeResponseHeader(..) => {
            Error::Protocol(format!("more than {} KB of headers", limits.header_bytes >> 10))
        }
        ureq::Error::Decompress(how, why) => Error::Packing(short(&format!("{how}: {why}"))),
        ureq::Error::InvalidProxyUrl => Error::Proxy("no address".to_owned()),
        ureq::Error::ConnectProxyFailed(why) => {
            // "proxy server responded 403/403".
            let why = short(why.split('/').next().unwrap_or_default());
            Error::Proxy(match address.is_encrypted() {
                true => why,
                false => format!(
                    "{why}; http:// goes through CONNECT to port {} too, which some proxies refuse; https:// may work",
                    address.port()
                ),
            })
        }
        other => Error::Unreachable(host(), short(&other.to_string())),
    }
}

fn explain_io(error: &io::Error, host: String) -> Error {
    let why = match error.kind() {
        ErrorKind::ConnectionRefused => "it refuses the connection".to_owned(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            "it broke the connection off".to_owned()
        }
        ErrorKind::UnexpectedEof => "it ended the connection too early".to_owned(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => "there is no way to it".to_owned(),
        _ => {
            let text = short(&error.to_string());
            // How the system says that a name has no address; it has no kind of its own.
            if text.contains("lookup address") || text.contains("Name or service") {
                return Error::NoHost(host);
            }
            if text.contains("corrupt message") {
                return Error::Certificate(host, "it does not speak TLS; http:// may work".to_owned());
            }
            if text.contains("certificate") || text.contains("UnknownIssuer") {
                return Error::Certificate(host, text);
            }
            text.split(" (os error").next().unwrap_or_default().to_owned()
        }
    };
    Error::Unreachable(host, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(retry_after("120"), Some(RetryAfter::In(Duration::from_secs(120))));
        assert_eq!(retry_after("99999999999"), Some(RetryAfter::In(LONGEST_WAIT)));
        let date = retry_after("Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(date, Some(RetryAfter::At("2015-10-21T07:28:00Z".parse().unwrap())));
        for wrong in ["", "-1", "soon", "1.5"] {
            assert_eq!(retry_after(wrong), None, "{wrong}");
        }
    }
}
