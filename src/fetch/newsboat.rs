//! Newsboat's list of feeds, the file `urls`: a line for each with its address, tags, and, behind a `~`, a title.
//!
//! What newsboat would run (`exec:`, `filter:`) is not, and queries over feeds are none; both are named as left out.

use super::opml::{List, MOST, Outline, line, refused};
use super::{Address, Error};
use crate::article::import::decode_labelled;
use crate::text::safe;

/// Reads a list; of several tags, the first is the folder.
#[must_use]
pub fn read(bytes: &[u8]) -> List {
    let text = decode_labelled(bytes, None, false);
    let mut list = List::default();
    for (number, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if list.feeds.len() + list.problems.len() >= MOST {
            list.problems.push("it is too large; the rest is left out".to_owned());
            break;
        }
        let mut words = words(text).into_iter();
        let Some(url) = words.next() else { continue };
        match feed(&url, words) {
            Ok(feed) => list.push(feed),
            Err(why) => {
                let problem = format!("line {}: left out, {why}: {}", number + 1, line(&shown(&url)));
                list.problems.push(safe::line(&problem));
            }
        }
    }
    list
}

fn feed(url: &str, tags: impl Iterator<Item = String>) -> Result<Outline, String> {
    if url.starts_with("query:") {
        return Err("a query, not a feed (in the reader, & and ctrl-s save one)".to_owned());
    }
    let address = Address::parse(url).map_err(|error| match error {
        _ if refused(url) => "a command, which is not run".to_owned(),
        Error::Address(_, why) => format!("no address ({why})"),
        other => other.to_string(),
    })?;
    let mut feed = Outline { address, name: String::new(), renamed: String::new(), folder: String::new() };
    for tag in tags {
        if let Some(title) = tag.strip_prefix('~') {
            feed.renamed = line(title);
        } else if feed.folder.is_empty() && !tag.starts_with('!') {
            feed.folder = line(&tag).replace('/', "-");
        }
    }
    Ok(feed)
}

/// What may be shown of what is no address: no password that may stand in it.
fn shown(url: &str) -> String {
    let end = url.split(':').next().map_or(0, str::len);
    if url.contains('@') { format!("{}...", url.get(..end).unwrap_or_default()) } else { url.to_owned() }
}

/// The words of a line, in quotation marks or not; a word that begins with `#` ends it.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '#' {
            break;
        }
        let mut word = String::new();
        let mut chars = rest.char_indices().skip(usize::from(first == '"'));
        let end = loop {
            match chars.next() {
                Some((_, '\\')) if first == '"' => word.extend(chars.next().map(|(_, c)| c)),
                Some((at, '"')) if first == '"' => break at + 1,
                Some((at, c)) if first != '"' && c.is_whitespace() => break at,
                Some((_, c)) => word.push(c),
                None => break rest.len(),
            }
        };
        if !word.is_empty() {
            words.push(word);
        }
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_newsboat_is_read_line_by_line() {
        let list = read(
            b"# my feeds\n\nhttps://a.example/x?a=1#top \"News\" tech \"~The \\\"A\\\"\" # good\n\
              http://b.example/ \"!\" \"~B\"\n\"https://c.example/feed\" News/World\nhttps://me:secret@d.example/\n\
              https://a.example/x?a=1\n",
        );
        let shown: Vec<_> = list
            .feeds
            .iter()
            .map(|feed| (feed.address.as_str(), feed.renamed.as_str(), feed.folder.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("https://a.example/x?a=1", "The \"A\"", "News"),
                ("http://b.example/", "B", ""),
                ("https://c.example/feed", "", "News-World"),
                ("https://d.example/", "", ""),
            ]
        );
        assert_eq!((list.feeds[3].address.login(), list.problems.len()), (Some("me:secret"), 0));
    }

    #[test]
    fn what_is_no_feed_is_told_line_by_line() {
        let list = read(
            b"\"query:Unread:unread = \\\"yes\\\"\"\n\nexec:~/x.sh\n\"filter:~/y.py:https://e.org/\"\nfile:///etc/passwd\n\
              \x1b[2J\nhttp://me:secret@\n",
        );
        assert_eq!(list.feeds, []);
        let says = ["a query", "not run", "not run", "not fetched", "no scheme", "names no host"];
        for ((problem, says), line) in list.problems.iter().zip(says).zip(["1", "3", "4", "5", "6", "7"]) {
            assert!(problem.starts_with(&format!("line {line}:")) && problem.contains(says), "{problem}");
            assert!(safe::line(problem) == *problem && !problem.contains("secret"), "{problem}");
        }
        assert_eq!((list.problems.len(), read(b"").problems.len()), (6, 0));
    }
}
