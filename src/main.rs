//! The `pullquote` program: arguments, then the reader or a command.

use std::process::ExitCode;

use clap::Parser;
use pullquote::command::Arguments;
use pullquote::runtime;

fn main() -> ExitCode {
    let Arguments { command: _, read } = Arguments::parse();
    runtime::run(runtime::Options { articles: read.articles, config: read.config, theme: read.theme })
}
