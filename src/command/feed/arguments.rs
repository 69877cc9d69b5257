//! What `pullquote feed` offers.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `feed`.
#[derive(Clone, Debug, Args)]
pub struct Feed {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,

    /// The library's file, instead of the usual one
    #[arg(long, global = true, value_name = "PATH")]
    pub library: Option<PathBuf>,
}

/// What can be done with feeds.
#[derive(Clone, Debug, Subcommand)]
pub enum Action {
    /// Follow a feed, or the feed of a page
    Add(Add),
    /// Print the feeds, with what is unread and what is wrong with them
    List(List),
    /// Follow feeds no longer; their articles stay
    Remove(Remove),
    /// Bring what is new into the library
    Refresh(Refresh),
    /// Follow the feeds of another reader: OPML, or newsboat's file `urls`; nothing is fetched yet
    Import(Import),
    /// Write the feeds as OPML
    Export(Export),
    /// Change the settings of feeds
    Set(Set),
}

/// Which feeds: a number of `feed list`, an address, or words of a title.
pub const WHICH: &str = "FEED";

/// Arguments of `feed add`.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// Address of a feed, or of a page that names its feeds; https://NAME:PASSWORD@HOST/... where it wants a login
    #[arg(value_name = "URL")]
    pub url: String,

    /// Also look where feeds usually lie (/feed, /rss.xml, ...), if the page names none
    #[arg(long)]
    pub guess: bool,

    /// Put it into this folder; parts are separated by `/`
    #[arg(long, value_name = "NAME")]
    pub folder: Option<String>,

    /// Call it so, whatever it calls itself
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Fetch each entry's page and keep the story in it
    #[arg(long)]
    pub full_text: bool,
}

/// Arguments of `feed list`.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,

    /// Only feeds whose last look failed; exit code 1 if there is none
    #[arg(long)]
    pub failing: bool,
}

/// What `feed list` and `feed refresh` print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object a line and feed
    Jsonl,
}

/// Arguments of `feed remove`.
#[derive(Clone, Debug, Args)]
pub struct Remove {
    /// Which: numbers of `feed list`, addresses, or words of titles
    #[arg(value_name = WHICH, required = true)]
    pub feeds: Vec<String>,
}

/// Arguments of `feed refresh`.
#[derive(Clone, Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Refresh {
    /// Only these, even if they rest after a failure: numbers of `feed list`, addresses, or words of titles
    #[arg(value_name = WHICH)]
    pub feeds: Vec<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

const EXIT_CODES: &str = "Exit codes: 0 all feeds were looked at; 1 the library cannot be written; 2 the arguments are \
    wrong; otherwise the first that holds for any feed, those that rest after a failure too: 3 its server cannot be reached, 4 the server says no, 5 what \
    comes is no feed, 6 it was not asked for because that would not be safe; 128 and its number after a signal.";

/// Arguments of `feed import`.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// OPML file, or newsboat's `urls`; `-` for standard input
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
}

/// Arguments of `feed export`.
#[derive(Clone, Debug, Args)]
pub struct Export {
    /// Write user names and passwords into the addresses, for whoever may read the file
    #[arg(long)]
    pub with_passwords: bool,
}

/// Arguments of `feed set`.
#[derive(Clone, Debug, Args)]
pub struct Set {
    /// Which: numbers of `feed list`, addresses, or words of titles
    #[arg(value_name = WHICH, required = true)]
    pub feeds: Vec<String>,

    /// Whether to fetch each entry's page and keep the story in it
    #[arg(long, value_enum, value_name = "ON|OFF")]
    pub full_text: Option<Switch>,

    /// Keep read articles so many days, but for starred, tagged and highlighted ones; `forever` keeps them
    #[arg(long, value_name = "DAYS", value_parser = keep, allow_negative_numbers = true)]
    pub keep: Option<Keep>,

    /// Call it so; an empty title is that of the feed itself
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Put it into this folder; parts are separated by `/`, an empty name is none
    #[arg(long, value_name = "NAME")]
    pub folder: Option<String>,

    /// Cut this from both ends of headlines; may be given several times, an empty text takes all back
    #[arg(long, value_name = "TEXT")]
    pub cut: Vec<String>,

    /// Leave out entries with this in the headline; may be given several times, an empty text takes all back
    #[arg(long, value_name = "TEXT")]
    pub skip: Vec<String>,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is
    On,
    /// It is not
    Off,
}

/// Days that articles are kept; none for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep(pub Option<u32>);

fn keep(text: &str) -> Result<Keep, String> {
    if text == "forever" {
        return Ok(Keep(None));
    }
    match text.parse() {
        Ok(days @ 1..=36_500) => Ok(Keep(Some(days))),
        _ => Err("a number of days, or `forever`".to_owned()),
    }
}
