//! What a server may cost us.

use std::time::Duration;

/// Bounds of one fetch and of what is read from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the first look-up of a name to the last byte, all redirects included.
    pub total: Duration,
    /// To find a host, and to connect to it.
    pub connect: Duration,
    /// For the body alone.
    pub body: Duration,
    /// For all pages of a feed's entries in one look.
    pub pages: Duration,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Bytes of a response before its body.
    pub header_bytes: usize,
    /// Bytes of a body, after decompression.
    pub body_bytes: usize,
    /// Entries of a feed, the first ones.
    pub entries: usize,
    /// Elements of a feed's markup; parsed they take some hundred bytes each.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: Duration::from_secs(20),
            connect: Duration::from_secs(5),
            body: Duration::from_secs(10),
            pages: Duration::from_secs(20),
            redirects: 5,
            header_bytes: 32 << 10,
            body_bytes: 8 << 20,
            entries: 1000,
            elements: 100_000,
        }
    }
}
