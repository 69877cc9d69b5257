//! What runs without the terminal screen, and the command line itself.

pub mod arguments;

pub use arguments::Arguments;
