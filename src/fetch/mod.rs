//! Feeds and pages from the web: bytes in, entries and articles out.
//!
//! Everything that comes from outside is hostile: every request ends within its [`Limits`], whatever the server does;
//! only `http` and `https` are fetched; and nothing that a server says leads to a machine nearer than itself
//! ([`Zone`]), so that no feed can make the reader ask the services of its own network. Nothing here decides when
//! something is fetched, and nothing is stored: that is for `runtime` and `command`, which bring the proxies of the
//! environment too.
//!
//! Sockets are opened and waited for here, with the clock that time-outs need; no other part of the world is touched.
//!
//! Units: sizes are bytes, those of bodies after decompression.

mod address;
mod client;
pub mod discover;
mod error;
pub mod feed;
mod limits;
pub mod look;
pub mod newsboat;
pub mod opml;
pub mod page;
mod proxies;
mod settings;
mod stop;
mod zone;

pub use address::Address;
pub use client::{Client, Request, Response, Validators};
pub use error::{Error, Kind, RetryAfter};
pub use limits::Limits;
pub use proxies::Proxies;
pub use settings::Settings;
pub use stop::Stop;
pub use zone::Zone;
