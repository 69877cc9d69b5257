//! The command line: what it offers, and its help.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgGroup, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::{complain, typed};
use crate::config::ThemeChoice;
use crate::runtime::{USAGE, paths};
use crate::store::QUERY_KEYS;
use crate::text::{SafeText, safe};

/// The command line of `pullquote`.
#[derive(Clone, Debug, Parser)]
#[command(name = "pullquote", version, about, long_about = None, args_conflicts_with_subcommands = true)]
#[command(after_help = after_help())]
pub struct Arguments {
    /// Instead of reading: a command.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// What to read.
    #[command(flatten)]
    pub read: Read,
}

/// What the reader opens and how.
#[derive(Clone, Debug, Args)]
pub struct Read {
    /// Articles to read: files, folders (with all below them), addresses of pages, `-` for standard input; without any,
    /// those of the library
    #[arg(value_name = "FILE|DIR|URL|-")]
    pub articles: Vec<PathBuf>,

    /// Use this library instead of the usual one
    #[arg(long, value_name = "PATH")]
    pub library: Option<PathBuf>,

    /// Read the settings from this file instead of the usual one
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,

    /// Use this theme instead of that of the settings
    #[arg(long, value_enum, value_name = "NAME")]
    pub theme: Option<Theme>,
}

/// The themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark or light, by what the terminal says
    Auto,
    /// Dark
    Dark,
    /// Light
    Light,
    /// High contrast
    HighContrast,
}

impl Theme {
    /// The same in the words of the settings.
    #[must_use]
    pub fn choice(self) -> ThemeChoice {
        match self.to_possible_value() {
            Some(value) if self != Self::Auto => ThemeChoice::Named(value.get_name().to_owned()),
            _ => ThemeChoice::Auto,
        }
    }
}

/// What runs without the screen.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print who said what: articles in, their entities, quotes and speakers out
    Extract(Extract),
    /// Keep articles in the library, with everything found in them
    Add(Add),
    /// Keep the articles of folders up to date while the library is open
    Watch(Watch),
    /// Find articles of the library
    Search(Search),
    /// Print what people said, over all articles of the library
    Quotes(Quotes),
    /// Follow feeds: their articles come into the library
    Feed(super::feed::arguments::Feed),
    /// Print your highlights, notes and corrections
    Export(Export),
}

/// Which library.
#[derive(Clone, Debug, Args)]
pub struct LibraryFile {
    /// The library's file, instead of the usual one
    #[arg(long, value_name = "PATH", global = true)]
    library: Option<PathBuf>,
}

impl LibraryFile {
    /// The file that was named.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.library.as_deref()
    }
}

/// Arguments of `add`.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// Articles: texts, Markdown, web pages, books (EPUB), mail (.eml, .mbox), JSON (one article, a list, or one a line),
    /// folders (with all below them), pages of the web (URLs), `-` for standard input
    #[arg(value_name = "FILE|DIR|URL|-", required = true)]
    pub paths: Vec<PathBuf>,

    /// Read files again that have not changed since they were added
    #[arg(long)]
    pub again: bool,

    /// Where to.
    #[command(flatten)]
    pub library: LibraryFile,
}

/// Arguments of `watch`.
#[derive(Clone, Debug, Args)]
pub struct Watch {
    /// What to do.
    #[command(subcommand)]
    pub command: WatchCommand,

    /// Where.
    #[command(flatten)]
    pub library: LibraryFile,
}

/// What `watch` does.
#[derive(Clone, Debug, Subcommand)]
pub enum WatchCommand {
    /// Add the articles of folders, and watch them from now on: new ones come, changed ones take their places, vanished
    /// ones stay readable
    Add {
        /// Folders, with all below them
        #[arg(value_name = "DIR", required = true)]
        folders: Vec<PathBuf>,
    },
    /// Print the watched folders
    List,
    /// Watch folders no longer; their articles stay
    Remove {
        /// Folders as `list` prints them
        #[arg(value_name = "DIR", required = true)]
        folders: Vec<PathBuf>,
    },
}

/// Arguments of `search`.
#[derive(Clone, Debug, Args)]
#[command(after_help = query_help())]
pub struct Search {
    /// Words, beginnings (`econom*`), phrases (`'"white house"'`) and terms like `speaker:leavitt`; all must hold
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t = SearchFormat::Text)]
    pub format: SearchFormat,

    /// Print so many articles at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,

    /// What comes first
    #[arg(long, value_enum, default_value_t = Order::Newest)]
    pub sort: Order,

    /// Where.
    #[command(flatten)]
    pub library: LibraryFile,
}

/// What `search` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// For people: title, facts, and the text around the first match
    Text,
    /// One JSON object a line and article
    Jsonl,
}

/// Orders of what `search` finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// The newest article
    Newest,
    /// The one that matches best
    Relevance,
}

/// Arguments of `quotes`.
#[derive(Clone, Debug, Args)]
pub struct Quotes {
    /// Words that are no option: a name, most likely.
    #[arg(hide = true)]
    pub words: Vec<String>,

    /// Whose: words of the name; everybody's if not given
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// Only quotes in whose paragraph all these words stand; `econom*` is a beginning
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,

    /// Only stories from this day on: 7d, 2w, 3m, 1y, today, yesterday, 2025, 2025-11, 2025-11-21
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,

    /// Only stories from before this day, written likewise
    #[arg(long, value_name = "DAY", allow_negative_numbers = true)]
    pub before: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t = QuotesFormat::Text)]
    pub format: QuotesFormat,

    /// Print so many quotes at most, the newest ones
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Where from.
    #[command(flatten)]
    pub library: LibraryFile,
}

/// What `quotes` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum QuotesFormat {
    /// For people: by speaker, day and story
    Text,
    /// One JSON object a line and quote
    Jsonl,
    /// A table with a header
    Csv,
    /// Headings and block quotations
    Markdown,
}

/// Arguments of `export`.
#[derive(Clone, Debug, Args)]
#[command(after_help = EXPORT_HELP, group = ArgGroup::new("what").required(true).multiple(true))]
pub struct Export {
    /// Export highlights and the notes on them
    #[arg(long, group = "what")]
    pub highlights: bool,

    /// Export your corrections of what was found
    #[arg(long, group = "what")]
    pub corrections: bool,

    /// What to print; what the ending of --output says if not given, else Markdown
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,

    /// Write to this file instead of standard output; it replaces one that is there
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Where from.
    #[command(flatten)]
    pub library: LibraryFile,
}

/// What `export` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A heading and a citation for each story, block quotations, notes below them
    Markdown,
    /// One JSON document (its fields are below)
    Json,
}

/// The JSON that `export` prints.
const EXPORT_HELP: &str = "\
Stories come by day, the newest first; highlights by their place in the story,
corrections as they were made.

JSON: {\"format\": 1, \"stories\": [...]}, each story with
  content        a hash of its text, the same for the same text everywhere
  article        its number in the library; null where only its file was opened
  title, byline, source, date, url, citation
                 null where they are not known; citation is all of it in a line
  highlights[]   text, note (null where there is none),
                 start, end (Unicode code points of the text, half-open; null
                 where the text is not kept, or no longer holds the words),
                 made, changed (times in UTC),
                 intact (false where bytes in the library's file have changed)
  corrections[]  made, corrects, and by what it corrects
    speaker      quote, speaker (null: nobody known)
    kind         quote, kind (direct, indirect, mixed; null: not a quote)
    quote        quote, kind, speaker: a passage that is a quote
    entity       name, kind (person, organization, place, other)
    merge        name, into: two names that are one
    split        name, form: a form of the name that is somebody else's
                 A quote is {exact, prefix, suffix}: its words, and what stands
                 before and behind them.

Exit code 1 where there is nothing to export, 2 where the library cannot be read.";

/// Arguments of `extract`.
#[derive(Clone, Debug, Args)]
pub struct Extract {
    /// Articles: files of one article each, `.jsonl` files of one article a line, folders (with all below them), `-` for
    /// standard input (the default)
    #[arg(value_name = "FILE|DIR|-")]
    pub files: Vec<PathBuf>,

    /// What to print
    #[arg(long, value_enum, default_value_t = Output::Jsonl)]
    pub format: Output,

    /// How many articles are analysed at a time; as many as there are processor cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,

    /// Read every input as one article a line, as `.jsonl` files are
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<Input>,

    /// Give beliefs and intentions too ("wants", "plans", "fears"), as quotes of kind `belief`; reported speech then keeps
    /// a leading "that" and may have no source
    #[arg(long)]
    pub beliefs: bool,
}

/// What `extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// One JSON object a line and article; offsets count Unicode code points
    Jsonl,
    /// For people: each article's voices and quotes
    Text,
}

/// What `extract` reads, whatever the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// `{"id", "title"?, "date"?, "text"}` a line
    Jsonl,
}

/// Reads the command line of this process. Help and version are printed, and so is what is wrong; then there is only
/// an exit code left.
///
/// # Errors
/// The exit code: 0 after help and version, 2 where the arguments are wrong.
pub fn parse() -> Result<Arguments, ExitCode> {
    let program = Arguments::command();
    let arguments = Arguments::try_parse_from(typed::ordered(std::env::args_os(), &program)).map_err(|error| {
        let message = error.to_string();
        let safe = SafeText::new(&message);
        // A name with an escape sequence in it may well come from a `*`: it is shown, but not to the terminal as it is.
        let _ = if safe.as_str() == message { error.print() } else { write!(io::stderr(), "{}", safe.as_str()) };
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })?;
    let first = arguments.read.articles.first().filter(|_| arguments.command.is_none());
    if let Some(path) = first
        && let Some(command) = typed::meant(path, &program)
    {
        complain(&format!("{}: no such file; did you mean the command {command}?", path.display()));
        return Err(USAGE.into());
    }
    Ok(arguments)
}

/// Names the user's files.
fn after_help() -> String {
    let show = |path: Option<PathBuf>| {
        path.map_or_else(|| "none (there is no home folder)".to_owned(), |path| safe::line(&path.to_string_lossy()))
    };
    format!(
        "Settings: {}\nData:     {}\nLibrary:  {}\nPULLQUOTE_CONFIG names another settings file, PULLQUOTE_DATA another data folder, PULLQUOTE_LIBRARY another library.\n\nPress F1 in the reader for its keys. A file called like a command opens as ./extract.",
        show(paths::settings()),
        show(paths::data()),
        show(paths::library()),
    )
}

/// Lists the terms of a query.
fn query_help() -> String {
    let keys = QUERY_KEYS.map(|(key, means)| format!("  {:<11}{means}\n", format!("{key}:")));
    format!(
        "Terms of a query, each turned round by a `-` before it:\n{}\n  unread, read, starred, unstarred, highlighted and noted stand alone.",
        keys.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_theme_is_one_that_the_settings_know() {
        for theme in Theme::value_variants() {
            let name = theme.to_possible_value().unwrap().get_name().to_owned();
            let (settings, problems) = crate::config::read(&format!("theme = '{name}'"), "config.toml");
            assert_eq!((settings.theme, problems), (theme.choice(), vec![]), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_no_command_is_a_file() {
        let read = |arguments: &[&str]| Arguments::try_parse_from(arguments).unwrap();
        assert!(read(&["pullquote", "extract"]).command.is_some());
        for argument in ["./extract", "story.txt", "-", "Extract"] {
            let arguments = read(&["pullquote", argument]);
            assert!(arguments.command.is_none());
            assert_eq!(arguments.read.articles, [PathBuf::from(argument)]);
        }
        assert_eq!(read(&["pullquote", "--", "extract"]).read.articles, [PathBuf::from("extract")]);
        assert_eq!(read(&["pullquote", "a", "extract"]).read.articles.len(), 2);
    }
}
