//! Addresses of feeds and pages: absolute, of the web, and printable, because a login is kept apart from what is shown.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::{Host, ParseError, Url};

use super::{Error, Zone};
use crate::text::safe;

/// Bytes of an address at most: what browsers take.
const LONGEST: usize = 2048;

/// An address that can be fetched: `http` or `https`, a host, no fragment. A user name and password are kept beside it
/// and never shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    url: Url,
    login: Option<Login>,
}

/// A user name and a password for a server, `user:password`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Login(String);

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

impl Address {
    /// Reads an absolute address; a user name and a password in it are its login.
    ///
    /// # Errors
    /// [`Error::Address`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let mut url = Url::parse(text).map_err(|error| refuse(text, reason(error, text)))?;
        let login = login(&url);
        // Neither can fail where there is a host, and without one there is no address.
        let _ = url.set_password(None);
        let _ = url.set_username("");
        Self::check(url, text).map(|address| Self { login, ..address })
    }

    /// Reads an address as people type it: without a scheme it is one of the web, encrypted unless its host is near, and
    /// `feed:` is only a hint.
    ///
    /// # Errors
    /// [`Error::Address`] with what is wrong.
    pub fn typed(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("feed://") {
            return Self::parse(&format!("https://{rest}"));
        }
        let text = text.strip_prefix("feed:").unwrap_or(text);
        let host = text.split(['/', '?', '#']).next().unwrap_or_default();
        // "me:secret@example.org" has a login, not a scheme.
        let has_scheme = text.contains("://")
            || !host.contains('@')
                && text.split_once(':').is_some_and(|(scheme, rest)| {
                    // "localhost:8080/feed" has a port, not a scheme.
                    !scheme.contains(['.', '/']) && !rest.starts_with(|c: char| c.is_ascii_digit())
                });
        let begins_like_a_path = text.starts_with(['/', '.', '~', '|', '"']);
        if has_scheme || begins_like_a_path || text.is_empty() {
            return Self::parse(text);
        }
        // Machines nearby hardly ever have a certificate.
        let plain = Self::parse(&format!("http://{text}"))?;
        match plain.literal_zone() {
            None | Some(Zone::Public) => Self::parse(&format!("https://{text}")),
            Some(_) => Ok(plain),
        }
    }

    /// Whether `text` is meant as an address and not as the name of a file: it begins with a scheme and `://`.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.split_once("://").is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
    }

    /// Where `link`, found at this address, leads. It takes no login along, and brings none.
    ///
    /// # Errors
    /// [`Error::Address`] where that is nothing that can be fetched.
    pub fn join(&self, link: &str) -> Result<Self, Error> {
        let link = link.trim();
        let url = self.url.join(link).map_err(|error| refuse(link, reason(error, link)))?;
        if login(&url).is_some() {
            return Err(refuse(link, "a link with a password in it".to_owned()));
        }
        Self::check(url, link)
    }

    fn check(mut url: Url, text: &str) -> Result<Self, Error> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse(text, format!("{}: is not fetched", url.scheme())));
        }
        if !url.has_host() {
            return Err(refuse(text, "it names no host".to_owned()));
        }
        if url.as_str().len() > LONGEST {
            return Err(refuse("an address", "it is too long".to_owned()));
        }
        url.set_fragment(None);
        Ok(Self { url, login: None })
    }

    /// The same with the login `user:password`.
    #[must_use]
    pub fn with_login(self, login: Option<&str>) -> Self {
        Self { login: login.filter(|login| !login.is_empty()).map(|login| Login(login.to_owned())), ..self }
    }

    /// The login, `user:password`. Never to be shown.
    #[must_use]
    pub fn login(&self) -> Option<&str> {
        self.login.as_ref().map(|login| login.0.as_str())
    }

    /// The address with its login in it, as a file for other programs may have it. Never to be shown.
    #[must_use]
    pub fn with_secrets(&self) -> String {
        let mut url = self.url.clone();
        if let Some((user, password)) = self.login().map(|login| login.split_once(':').unwrap_or((login, ""))) {
            // Neither can fail: there is a host.
            let _ = url.set_username(user);
            let _ = url.set_password(Some(password).filter(|password| !password.is_empty()));
        }
        url.into()
    }

    /// Whether both are one place to people: scheme, the slash at the end and an empty query say nothing.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.place() == other.place()
    }

    /// What [`is_same_place`](Self::is_same_place) compares.
    #[must_use]
    pub fn place(&self) -> String {
        let own_port = self.url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let query = self.url.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
        format!("{}{own_port}{}{}", self.host(), self.url.path().trim_end_matches('/'), query.unwrap_or_default())
    }

    /// Whether both are served by one server, which may know a secret of the other.
    #[must_use]
    pub fn is_same_server(&self, other: &Self) -> bool {
        let upgraded = other.url.scheme() == "http" && self.is_encrypted() && other.url.port() == self.url.port();
        self.host() == other.host()
            && (upgraded || self.url.scheme() == other.url.scheme() && self.port() == other.port())
    }

    /// Whether a password may be sent there: encrypted, or no further than a machine nearby.
    #[must_use]
    pub fn keeps_secrets(&self) -> bool {
        self.is_encrypted() || self.literal_zone().is_some_and(|zone| zone != Zone::Public)
    }

    /// The address; one safe line of ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The host, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The port, that of the scheme where none is written.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(0)
    }

    /// Whether what is sent there is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The zone of the host, where that needs no look-up.
    #[must_use]
    pub fn literal_zone(&self) -> Option<Zone> {
        match self.url.host()? {
            Host::Domain(name) => Zone::of_literal(name),
            Host::Ipv4(address) => Some(Zone::of(address.into())),
            Host::Ipv6(address) => Some(Zone::of(address.into())),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The login in `url`, as it was before it was written into an address.
fn login(url: &Url) -> Option<Login> {
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (user, password) = (plain(url.username()), plain(url.password().unwrap_or_default()));
    let is_there = !user.is_empty() || !password.is_empty();
    is_there.then(|| Login(format!("{user}:{password}")))
}

/// What is wrong with `text`.
fn reason(error: ParseError, text: &str) -> String {
    match error {
        ParseError::EmptyHost => "it names no host".to_owned(),
        ParseError::RelativeUrlWithoutBase if text.is_empty() => "it is empty".to_owned(),
        ParseError::RelativeUrlWithoutBase => "it has no scheme".to_owned(),
        other => other.to_string(),
    }
}

fn refuse(text: &str, why: String) -> Error {
    // Whatever stands before an `@` may be a password.
    let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let shown = match host.rsplit_once('@') {
        Some((secret, _)) => format!("{scheme}://...{}", rest.get(secret.len()..).unwrap_or_default()),
        None => text.to_owned(),
    };
    let shown: String = safe::line(&shown).chars().take(200).collect();
    Error::Address(if shown.is_empty() { "an empty address".to_owned() } else { shown }, safe::line(&why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        for text in
            ["https://example.org/feed", "http://127.0.0.1:8080/", "HTTPS://EXAMPLE.ORG", " http://bücher.example/ "]
        {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
        for text in [
            "file:///etc/passwd",
            "gopher://example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/x",
            "exec:ls",
            "filter:x:http://example.org",
            "/etc/passwd",
            "|ls",
            "",
            "http://",
            "http:///etc",
            "view-source:http://example.org",
        ] {
            // `http:///etc` is the host `etc` to a browser, and is fetched as such.
            let is_host = text == "http:///etc";
            assert_eq!(Address::parse(text).is_ok(), is_host, "{text}");
        }
        assert!(Address::parse(&format!("https://example.org/{}", "x".repeat(3000))).is_err());
    }

    #[test]
    fn what_people_type_is_understood() {
        let typed = |text| Address::typed(text).unwrap().to_string();
        assert_eq!(typed("example.org/feed#top"), "https://example.org/feed");
        assert_eq!(typed("localhost:8080/feed"), "http://localhost:8080/feed");
        assert_eq!(typed("192.168.0.1/feed"), "http://192.168.0.1/feed");
        assert_eq!(typed("1.1.1.1:8443/feed"), "https://1.1.1.1:8443/feed");
        assert_eq!(typed("feed://example.org/x"), "https://example.org/x");
        assert_eq!(typed("feed:http://example.org/x"), "http://example.org/x");
        for text in ["/etc/passwd", "./feed.xml", "file:x", "exec:ls", "", "~/x"] {
            assert!(Address::typed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn links_lead_where_a_browser_goes_and_nowhere_else() {
        let page = Address::parse("https://example.org/a/b?c").unwrap();
        assert_eq!(page.join("../feed.xml").unwrap().as_str(), "https://example.org/feed.xml");
        assert_eq!(page.join("//other.example/x").unwrap().as_str(), "https://other.example/x");
        assert!(page.join("file:///etc/passwd").is_err());
        assert!(page.join("javascript:x").is_err());
    }

    #[test]
    fn hosts_in_disguise_have_their_zone() {
        for text in
            ["http://0x7f.1/", "http://2130706433/", "http://127.1/", "http://[::ffff:127.0.0.1]/", "http://LocalHost/"]
        {
            assert_eq!(Address::parse(text).unwrap().literal_zone(), Some(Zone::Loopback), "{text}");
        }
        assert_eq!(Address::parse("http://example.org").unwrap().literal_zone(), None);
    }
}
