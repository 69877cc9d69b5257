//! The `pullquote` program: arguments, then the reader or a command.

fn main() {}
