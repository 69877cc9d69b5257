//! All integration tests, one binary.

#![allow(clippy::string_slice, reason = "tests slice texts they know")]

mod endings;
mod extract;
mod layers;
mod layout;
mod outside;
mod panes;
mod terminal;
