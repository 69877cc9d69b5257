//! Addresses of feeds and pages: absolute, of the web, and without secrets.

use std::fmt;

use url::{Host, Url};

use super::{Error, Zone};
use crate::text::safe;

/// Bytes of an address at most: what browsers take.
const LONGEST: usize = 2048;

/// An address that can be fetched: `http` or `https`, a host, no user name or password, no fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Url);

impl Address {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// [`Error::Address`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let url = Url::parse(text).map_err(|error| refuse(text, &error.to_string()))?;
        Self::check(url, text)
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
        let has_scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
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

    /// Whether `text` is meant as an address and not as the name of a file.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        matches!(scheme.as_deref(), Some("http" | "https"))
    }

    /// Where `link`, found at this address, leads.
    ///
    /// # Errors
    /// [`Error::Address`] where that is nothing that can be fetched.
    pub fn join(&self, link: &str) -> Result<Self, Error> {
        let link = link.trim();
        let url = self.0.join(link).map_err(|error| refuse(link, &error.to_string()))?;
        Self::check(url, link)
    }

    fn check(mut url: Url, text: &str) -> Result<Self, Error> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse(text, &format!("{}: is not fetched", url.scheme())));
        }
        if !url.has_host() {
            return Err(refuse(text, "it names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("an address", "user names and passwords do not belong in one"));
        }
        if url.as_str().len() > LONGEST {
            return Err(refuse("an address", "it is too long"));
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// The address; one safe line of ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, that of the scheme where none is written.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(0)
    }

    /// Whether what is sent there is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The zone of the host, where that needs no look-up.
    #[must_use]
    pub fn literal_zone(&self) -> Option<Zone> {
        match self.0.host()? {
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

fn refuse(text: &str, why: &str) -> Error {
    let shown: String = safe::line(text).chars().take(200).collect();
    Error::Address(if shown.is_empty() { "an empty address".to_owned() } else { shown }, safe::line(why))
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
            "https://a:b@example.org/",
            "https://me@example.org/",
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
