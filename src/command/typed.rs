//! The command line as people type it, brought into the form that its parser takes: the library may be named before
//! the command too, and a term of a query may begin with `-`. And what a word that is no file may have meant.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Command;

/// How alike a word and the name of a command have to be, 0 to 1.
const ALIKE: f64 = 0.7;

/// The option that may stand before a command.
const LIBRARY: &str = "--library";

/// `arguments`, the program's name first, as the parser of `program` takes them.
#[must_use]
pub fn ordered(arguments: impl IntoIterator<Item = OsString>, program: &Command) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let before = library_options(&arguments);
    let Some(name) = arguments.get(1 + before).filter(|name| is_command(program, name)).cloned() else {
        return arguments;
    };
    // The command goes to the front.
    if let Some(front) = arguments.get_mut(1..2 + before) {
        front.rotate_right(1);
    }
    if name == "search" { with_terms_last(arguments) } else { arguments }
}

/// The name of the command that `path`, which is no file, may have meant.
#[must_use]
pub fn meant(path: &Path, program: &Command) -> Option<String> {
    let word = path.to_str().filter(|word| word.chars().all(char::is_alphabetic))?.to_lowercase();
    let alike = program.get_subcommands().map(|command| {
        let name = command.get_name();
        (strsim::normalized_damerau_levenshtein(&word, name).max(strsim::jaro_winkler(&word, name) - 0.2), name)
    });
    let best = alike.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= ALIKE && !path.exists()).then(|| best.1.to_owned())
}

fn is_command(program: &Command, name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name == "help" || program.find_subcommand(name).is_some())
}

/// How many arguments after the program's name do nothing but say which library.
fn library_options(arguments: &[OsString]) -> usize {
    let mut count = 0;
    while let Some(argument) = arguments.get(1 + count).and_then(|argument| argument.to_str()) {
        count += match argument.strip_prefix(LIBRARY) {
            Some("") => 2,
            Some(value) if value.starts_with('=') => 1,
            _ => break,
        };
    }
    count.min(arguments.len().saturating_sub(1))
}

/// The same with words that begin with one `-`, terms of a query that are turned round, behind `--`. The order of the
/// terms means nothing.
fn with_terms_last(arguments: Vec<OsString>) -> Vec<OsString> {
    let is_term = |argument: &OsStr| {
        let bytes = argument.as_encoded_bytes();
        let letters = bytes.strip_prefix(b"-").filter(|rest| !rest.is_empty() && !rest.starts_with(b"-"));
        letters.is_some_and(|_| !matches!(bytes, b"-h" | b"-V"))
    };
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let (options, words) = arguments.split_at(end);
    let (terms, mut ordered): (Vec<_>, Vec<_>) = options.iter().cloned().partition(|argument| is_term(argument));
    ordered.push("--".into());
    ordered.extend(terms);
    ordered.extend(words.iter().skip(1).cloned());
    if ordered.last().is_some_and(|last| last == "--") {
        ordered.pop();
    }
    ordered
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::command::arguments::Arguments;

    fn typed(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from);
        let ordered = ordered(arguments, &Arguments::command());
        ordered.join(OsStr::new(" ")).into_string().unwrap()
    }

    #[test]
    fn the_library_may_be_named_before_the_command() {
        assert_eq!(typed("pullquote --library x.db search tax"), "pullquote search --library x.db tax");
        assert_eq!(typed("pullquote --library=x.db add -"), "pullquote add --library=x.db -");
        for same in ["pullquote --library x.db story.txt", "pullquote --library", "pullquote a search", "pullquote"] {
            assert_eq!(typed(same), same);
        }
    }

    #[test]
    fn a_term_that_is_turned_round_needs_no_dashes_before_it() {
        assert_eq!(typed("pullquote search -unread tax --limit 3"), "pullquote search tax --limit 3 -- -unread");
        assert_eq!(typed("pullquote search -a -- -b c"), "pullquote search -- -a -b c");
        for same in ["pullquote search tax", "pullquote search -h", "pullquote search -- -tag:x", "pullquote add -x"] {
            assert_eq!(typed(same), same);
        }
    }

    #[test]
    fn a_misspelt_command_is_recognised() {
        let meant = |word: &str| meant(Path::new(word), &Arguments::command());
        for (word, command) in [("serach", "search"), ("quote", "quotes"), ("Extract", "extract"), ("seach", "search")]
        {
            assert_eq!(meant(word).as_deref(), Some(command), "{word}");
        }
        for word in ["story", "news", "notes", "search.txt", "./serach", "Cargo", "a", "src"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
