//! Whose names are nearly like one that nobody has: for somebody who misspelt it.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::{Person, person};
use crate::store::key::fold;
use crate::store::query::json;
use crate::store::{Error, Store};

impl Store {
    /// People whose names share most words with `name`, or nearly the same words: the most quoted first, at most
    /// `limit`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn people_near(&self, name: &str, limit: usize) -> Result<Vec<Person>, Error> {
        self.read(|connection| {
            let name = fold(name);
            let words: Vec<String> = connection
                .prepare_cached("SELECT DISTINCT word FROM name_words")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
            for asked in name.split(' ').filter(|word| !word.is_empty()) {
                let near = words.iter().filter(|word| is_near(word, asked));
                for root in called(connection, near)? {
                    *shared.entry(root).or_default() += 1;
                }
            }
            let most = shared.values().copied().max().unwrap_or(0);
            let nearest: Vec<i64> =
                shared.into_iter().filter(|(_, words)| *words == most).map(|(root, _)| root).collect();
            let found: Vec<(i64, usize, usize)> = connection
                .prepare_cached(
                    "SELECT root, sum(quotes) AS said, sum(articles) AS seen FROM people
                     WHERE root IN (SELECT value FROM json_each(?1))
                     GROUP BY root HAVING seen > 0 ORDER BY said DESC, seen DESC, root LIMIT ?2",
                )?
                .query_map(params![json(&nearest), limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            found
                .into_iter()
                .filter_map(|(root, quotes, articles)| person(connection, root, quotes, articles).transpose())
                .collect()
        })
    }
}

/// Whether one folded word is the other, begins with it, or is what it becomes by a slip or two of the keys.
fn is_near(word: &str, asked: &str) -> bool {
    let letters = asked.chars().count();
    let slips = match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let begun = slips > 0 && word.starts_with(asked);
    begun || word.chars().count().abs_diff(letters) <= slips && strsim::osa_distance(word, asked) <= slips
}

/// The people called by any of `words`.
fn called<'w>(connection: &Connection, words: impl Iterator<Item = &'w String>) -> rusqlite::Result<Vec<i64>> {
    let words = serde_json::to_string(&words.collect::<Vec<_>>()).unwrap_or_default();
    connection
        .prepare_cached(
            "SELECT DISTINCT root FROM name_words JOIN people ON people.id = person
             WHERE word IN (SELECT value FROM json_each(?1))",
        )?
        .query_map([words], |row| row.get(0))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keys_is_near_and_another_name_is_not() {
        for (word, asked) in [
            ("leavitt", "leavit"),
            ("leavitt", "levitt"),
            ("mamdani", "mandami"),
            ("xi", "xi"),
            ("lee", "leo"),
            ("leavitt", "lea"),
        ] {
            assert!(is_near(word, asked), "{word} {asked}");
        }
        for (word, asked) in [("xi", "li"), ("smith", "jones"), ("lee", "le")] {
            assert!(!is_near(word, asked), "{word} {asked}");
        }
    }
}
