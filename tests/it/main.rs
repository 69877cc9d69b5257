//! All integration tests, one binary.

#![allow(clippy::disallowed_methods, reason = "tests run the program and read its files")]
#![allow(clippy::string_slice, reason = "tests slice texts they know")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod endings;
mod extract;
mod hostile;
mod journeys;
mod layers;
mod layout;
mod library;
mod notices;
mod oracle;
mod outside;
mod panes;
mod readme;
mod shelf;
mod store;
mod terminal;
