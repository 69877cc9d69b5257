//! All integration tests, one binary.

mod layout;
mod panes;
