//! How near a machine is: what is public may be asked for by anybody, the rest only by the user.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How near the machine behind an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Anywhere.
    Public,
    /// In a network of its own: that of a house or firm, and all that is reserved.
    Private,
    /// On the same wire, where clouds tell machines their secrets.
    LinkLocal,
    /// This machine.
    Loopback,
}

impl Zone {
    /// The zone of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// The zone of a host as it is written: an address, or a name that means this machine everywhere. `None` for
    /// names that have to be looked up.
    #[must_use]
    pub fn of_literal(host: &str) -> Option<Self> {
        let host = host.trim_matches(['[', ']']).trim_end_matches('.');
        if host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost") {
            return Some(Self::Loopback);
        }
        host.parse().ok().map(Self::of)
    }

    /// Whether what comes from this zone may lead to `other`: to the public, and to nothing nearer than itself.
    #[must_use]
    pub fn may_lead_to(self, other: Self) -> bool {
        other == Self::Public || other == self || self == Self::Loopback
    }

    /// What it is called in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "a public machine",
            Self::Private => "a private network",
            Self::LinkLocal => "the local wire",
            Self::Loopback => "this machine",
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Zone {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (0 | 127, ..) => Zone::Loopback,
        (169, 254, _) => Zone::LinkLocal,
        (10, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Zone::Private,
        (192, 0, 0) | (198, 18..=19, _) | (224.., ..) => Zone::Private,
        _ => Zone::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Zone {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Zone::Loopback,
        // An IPv4 address in another coat: mapped, compatible, translated (RFC 6052), 6to4.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0xfe80..=0xfebf, ..] => Zone::LinkLocal,
        // Unique local, site-local, multicast, local translation, Teredo (which hides an IPv4 address).
        [0xfc00..=0xfdff | 0xfec0..=0xfeff | 0xff00.., ..] => Zone::Private,
        [0x64, 0xff9b, 1, ..] | [0x2001, 0, ..] => Zone::Private,
        _ => Zone::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> Zone {
        Zone::of(text.parse().unwrap())
    }

    #[test]
    fn every_address_has_its_zone() {
        for public in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert_eq!(zone(public), Zone::Public, "{public}");
        }
        for loopback in ["127.0.0.1", "127.8.8.8", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1"] {
            assert_eq!(zone(loopback), Zone::Loopback, "{loopback}");
        }
        for private in
            ["10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "fd00::1"]
        {
            assert_eq!(zone(private), Zone::Private, "{private}");
        }
        for private in ["::ffff:10.0.0.1", "2002:a00:1::", "ff02::1", "::10.0.0.1", "2001::1"] {
            assert_eq!(zone(private), Zone::Private, "{private}");
        }
        for wire in ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254"] {
            assert_eq!(zone(wire), Zone::LinkLocal, "{wire}");
        }
    }

    #[test]
    fn hosts_are_told_as_they_are_written() {
        for loopback in ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(Zone::of_literal(loopback), Some(Zone::Loopback), "{loopback}");
        }
        assert_eq!(Zone::of_literal("example.org"), None);
        assert_eq!(Zone::of_literal("8.8.8.8"), Some(Zone::Public));
    }

    #[test]
    fn nothing_leads_to_what_is_nearer() {
        let all = [Zone::Public, Zone::Private, Zone::LinkLocal, Zone::Loopback];
        for from in all {
            for to in all {
                let may = to == Zone::Public || from == to || from == Zone::Loopback;
                assert_eq!(from.may_lead_to(to), may, "{from:?} to {to:?}");
            }
        }
    }
}
