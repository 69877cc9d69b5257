//! All integration tests, one binary.

#![allow(clippy::disallowed_methods, reason = "tests run the program and read its files")]
#![allow(clippy::string_slice, reason = "tests slice texts they know")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod any_input;
#[path = "../any_input/mod.rs"]
mod checks;
mod endings;
mod extract;
mod fetch;
mod floors;
mod hostile;
mod journeys;
#[allow(dead_code, reason = "the example that owns it prints more than the tests need")]
#[path = "../../examples/evaluate/judge/mod.rs"]
mod judge;
mod layers;
mod layout;
mod library;
mod notes;
mod notices;
mod oracle;
mod outside;
mod panes;
mod people;
mod readme;
mod scores;
mod shelf;
mod store;
mod terminal;
