//! Proxies, by the environment's rules: which one a request goes through.

use std::net::IpAddr;

use super::{Address, Error};
use crate::text::safe;

/// The proxies of an environment; by default none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    plain: Option<String>,
    encrypted: Option<String>,
    /// Hosts that are asked directly.
    direct: Vec<String>,
}

impl Proxies {
    /// The proxies that `variable` names: `http_proxy` (in lower case only, because a web server's own environment may
    /// hold the other), `https_proxy`, `all_proxy` and `no_proxy`.
    pub fn new(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let either = |name: &str| set(name).or_else(|| set(&name.to_ascii_uppercase()));
        let all = either("all_proxy");
        let direct = either("no_proxy").unwrap_or_default();
        Self {
            plain: set("http_proxy").or_else(|| all.clone()),
            encrypted: either("https_proxy").or(all),
            direct: direct.split([',', ' ']).filter(|host| !host.is_empty()).map(str::to_ascii_lowercase).collect(),
        }
    }

    /// The proxy for `address`, where there is one.
    pub(super) fn of(&self, address: &Address) -> Result<Option<ureq::Proxy>, Error> {
        let proxy = if address.is_encrypted() { &self.encrypted } else { &self.plain };
        let Some(proxy) = proxy.as_deref().filter(|_| !self.is_direct(address)) else { return Ok(None) };
        ureq::Proxy::new(proxy).map(Some).map_err(|error| Error::Proxy(safe::line(&error.to_string())))
    }

    fn is_direct(&self, address: &Address) -> bool {
        let host = address.host().trim_matches(['[', ']']).to_ascii_lowercase();
        let ip: Option<IpAddr> = host.parse().ok();
        self.direct.iter().any(|pattern| {
            let (pattern, port) = match pattern.rsplit_once(':') {
                Some((host, port)) if !host.contains(':') && port.parse::<u16>().is_ok() => (host, port.parse().ok()),
                _ => (pattern.as_str(), None),
            };
            let name = pattern.trim_start_matches("*.").trim_start_matches('.');
            let is_host = pattern == "*"
                || host == name
                || host.strip_suffix(name).is_some_and(|rest| ip.is_none() && rest.ends_with('.'))
                || ip.zip(pattern.split_once('/')).is_some_and(|(ip, (net, bits))| is_within(ip, net, bits));
            is_host && port.is_none_or(|port: u16| port == address.port())
        })
    }
}

/// Whether `ip` has the first `bits` bits of `net`.
fn is_within(ip: IpAddr, net: &str, bits: &str) -> bool {
    let value = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => (u128::from(ip.to_bits()) << 96, 32),
        IpAddr::V6(ip) => (ip.to_bits(), 128),
    };
    let (Ok(net), Ok(bits)) = (net.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    let ((ip, of), (net, same)) = (value(ip), value(net));
    of == same && bits <= of && (ip ^ net).checked_shr(128 - bits).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        Proxies::new(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    fn host(proxies: &Proxies, address: &str) -> Option<String> {
        proxies.of(&Address::parse(address).unwrap()).unwrap().map(|proxy| proxy.host().to_owned())
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let both = proxies(&[("http_proxy", "http://a:3128"), ("HTTPS_PROXY", "http://b:3128")]);
        assert_eq!(host(&both, "http://example.org").as_deref(), Some("a"));
        assert_eq!(host(&both, "https://example.org").as_deref(), Some("b"));
        let all = proxies(&[("ALL_PROXY", "socks5://c:1080")]);
        assert_eq!(host(&all, "http://example.org").as_deref(), Some("c"));
        assert_eq!(host(&all, "https://example.org").as_deref(), Some("c"));
        assert_eq!(proxies(&[("HTTP_PROXY", "http://evil")]), Proxies::default());
        assert_eq!(proxies(&[("http_proxy", " "), ("all_proxy", "")]), Proxies::default());
    }

    #[test]
    fn hosts_without_a_proxy_are_asked_directly() {
        let some =
            proxies(&[("all_proxy", "http://a"), ("no_proxy", "localhost,.example.org, 10.0.0.0/8,[::1],e.com:81")]);
        for direct in
            ["http://localhost", "http://example.org", "http://a.Example.org", "http://10.2.3.4", "http://e.com:81"]
        {
            assert_eq!(host(&some, direct), None, "{direct}");
        }
        for through in ["http://notexample.org", "http://11.0.0.1", "http://e.com", "http://8.8.8.8"] {
            assert!(host(&some, through).is_some(), "{through}");
        }
        assert_eq!(host(&proxies(&[("all_proxy", "http://a"), ("no_proxy", "*")]), "http://e.com"), None);
    }

    #[test]
    fn a_proxy_that_is_none_is_said() {
        let wrong = proxies(&[("http_proxy", "nonsense://a b")]);
        let error = wrong.of(&Address::parse("http://example.org").unwrap()).unwrap_err();
        assert!(matches!(error, Error::Proxy(_)), "{error}");
    }
}
