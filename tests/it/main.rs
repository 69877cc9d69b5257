//! All integration tests, one binary.

#![allow(clippy::string_slice, reason = "tests slice texts they know")]

mod endings;
mod layers;
mod layout;
mod panes;
mod terminal;
