//! What runs without the terminal screen, and the command line itself.

pub mod arguments;
mod code_points;
pub mod extract;
