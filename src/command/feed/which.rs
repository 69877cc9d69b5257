//! Which feeds the user means: by number, by address, by words of the title.

use super::Failure;
use crate::fetch::Address;
use crate::runtime::feeds::find;
use crate::store::{Feed, Store};

/// The feeds that `asked` names, each once, in the order asked for.
///
/// # Errors
/// Where one names none, or words name several.
pub(super) fn named(store: &Store, asked: &[String]) -> Result<Vec<Feed>, Failure> {
    let all = store.feeds()?;
    let mut found: Vec<Feed> = Vec::new();
    for name in asked {
        let feed = one(&all, name)?;
        if found.iter().all(|other| other.id != feed.id) {
            found.push(feed.clone());
        }
    }
    Ok(found)
}

fn one<'a>(all: &'a [Feed], name: &str) -> Result<&'a Feed, Failure> {
    if let Some(feed) = name.parse().ok().and_then(|id: i64| all.iter().find(|feed| feed.id.0 == id)) {
        return Ok(feed);
    }
    if let Some(feed) = Address::typed(name).ok().and_then(|url| find(all, &[&url])) {
        return Ok(feed);
    }
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let matches: Vec<&Feed> = all
        .iter()
        .filter(|feed| {
            let title = feed.title().to_lowercase();
            !words.is_empty() && words.iter().all(|word| title.contains(word.as_str()))
        })
        .collect();
    match matches.as_slice() {
        [] => Err(Failure::usage(format!("no feed is called {name}; `pullquote feed list` shows them all"))),
        [one] => Ok(one),
        several => {
            let exact = several.iter().find(|feed| feed.title().eq_ignore_ascii_case(name));
            exact.copied().ok_or_else(|| {
                let shown: Vec<String> =
                    several.iter().take(4).map(|feed| format!("{} ({})", feed.id.0, feed.title())).collect();
                Failure::usage(format!("several feeds are called {name}: {}; give a number", shown.join(", ")))
            })
        }
    }
}
