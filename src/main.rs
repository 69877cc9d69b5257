//! The `pullquote` program: arguments, then the reader or a command.

use std::process::ExitCode;

use clap::Parser;
use pullquote::command::arguments::{Arguments, Command, Theme};
use pullquote::command::extract;
use pullquote::runtime;

fn main() -> ExitCode {
    runtime::panics::install();
    let Arguments { command, read } = Arguments::parse();
    match command {
        Some(Command::Extract(arguments)) => extract::run(&arguments),
        None => {
            let theme = read.theme.map(Theme::choice);
            runtime::run(&runtime::Options { articles: read.articles, config: read.config, theme })
        }
    }
}
