//! All integration tests, one binary.

#![allow(clippy::string_slice, reason = "tests slice texts they know")]

mod endings;
mod extract;
mod hostile;
mod layers;
mod layout;
mod oracle;
mod outside;
mod panes;
mod readme;
mod store;
mod terminal;
