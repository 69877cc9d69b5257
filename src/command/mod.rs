//! What runs without the terminal screen, and the command line itself.

#![allow(clippy::disallowed_methods, reason = "the rim: files, threads, environment and clock belong here")]

pub mod arguments;
mod code_points;
pub mod extract;
