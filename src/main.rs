//! The `pullquote` program: arguments, then the reader or a command.

use std::process::ExitCode;

use pullquote::command::arguments::{self, Command, Theme};
use pullquote::command::{add, export, extract, feed, quotes, search, watch};
use pullquote::runtime;

fn main() -> ExitCode {
    runtime::panics::install();
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    match arguments.command {
        Some(Command::Extract(arguments)) => extract::run(&arguments),
        Some(Command::Add(arguments)) => add::run(&arguments),
        Some(Command::Watch(arguments)) => watch::run(&arguments),
        Some(Command::Search(arguments)) => search::run(&arguments),
        Some(Command::Quotes(arguments)) => quotes::run(&arguments),
        Some(Command::Feed(arguments)) => feed::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        None => {
            let read = arguments.read;
            let theme = read.theme.map(Theme::choice);
            let (articles, config, library) = (read.articles, read.config, read.library);
            runtime::run(&runtime::Options { articles, library, config, theme })
        }
    }
}
