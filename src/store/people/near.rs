//! Whose names are nearly like another: for somebody who misspelt it, and to find whom a person may be the same as.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::evidence::shared_roles;
use super::{Person, PersonId, person};
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
            let words = all_words(connection)?;
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
            most_quoted(connection, &nearest, limit)
        })
    }

    /// Whom `person` may be the same as, the likeliest first: those who share a name, a surname or nearly so, then a role,
    /// then the most quoted. Of all people, or of those called `name` where that is not empty, the last word being a
    /// beginning; at most `limit`.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such person, and see [`Error`].
    pub fn people_like(&self, person: PersonId, name: &str, limit: usize) -> Result<Vec<Person>, Error> {
        let own = self.person(person)?;
        let mut found = self.people(name, limit)?;
        if fold(name).is_empty() {
            let alike = self.read(|connection| {
                let words = all_words(connection)?;
                let own: Vec<String> = names(&own).flat_map(|name| split(&name)).collect();
                let near = words.iter().filter(|word| own.iter().any(|own| own == *word || is_slip(word, own)));
                let roots = called(connection, near)?;
                most_quoted(connection, &roots, MOST_ALIKE)
            })?;
            found.extend(alike);
        }
        let mut ranked: Vec<(usize, Person)> =
            found.into_iter().filter(|other| other.id != own.id).map(|other| (likeness(&own, &other), other)).collect();
        ranked.sort_by(|(one, a), (other, b)| other.cmp(one).then(b.quotes.cmp(&a.quotes)).then(a.id.cmp(&b.id)));
        ranked.dedup_by_key(|(_, person)| person.id);
        ranked.truncate(limit);
        Ok(ranked.into_iter().map(|(_, person)| person).collect())
    }
}

/// People with a word of the name in common that are compared: the most quoted.
const MOST_ALIKE: usize = 200;

/// How much speaks for two being one person, by their names and roles; a person is no organization.
fn likeness(one: &Person, other: &Person) -> usize {
    if one.kind != other.kind {
        return 0;
    }
    let others: Vec<Vec<String>> = names(other).map(|name| split(&name)).collect();
    let own: Vec<Vec<String>> = names(one).map(|name| split(&name)).collect();
    let pairs = own.iter().flat_map(|own| others.iter().map(move |other| alike(own, other)));
    let roles = other.roles.iter().any(|role| shared_roles(&one.roles, role) > 0);
    1 + 2 * pairs.max().unwrap_or(0) + usize::from(roles)
}

/// How alike two names are, by their folded words: a part of the other, the same surname, nearly so, or any word.
fn alike(one: &[String], other: &[String]) -> usize {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let [Some(surname), Some(other_surname)] = [short.last(), long.last()] else { return 0 };
    // "K. Leavitt" is no other than "Karoline Leavitt" may be.
    let begins = |one: &str, other: &str| one.len() == 1 && other.starts_with(one);
    let fits = |word: &String| long.iter().any(|other| other == word || begins(word, other) || begins(other, word));
    if surname == other_surname && short.iter().all(fits) {
        return 4;
    }
    if short.iter().all(|word| long.contains(word)) {
        return 3;
    }
    match () {
        () if surname == other_surname || is_slip(surname, other_surname) => 2,
        () if short.iter().any(|word| word.len() > 1 && long.contains(word)) => 1,
        () => 0,
    }
}

/// All folded names of a person.
fn names(person: &Person) -> impl Iterator<Item = String> {
    std::iter::once(&person.name).chain(&person.names).map(|name| fold(name))
}

fn split(name: &str) -> Vec<String> {
    name.split(' ').filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

fn all_words(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare_cached("SELECT DISTINCT word FROM name_words")?.query_map([], |row| row.get(0))?.collect()
}

/// Those with these roots, the most quoted first, at most `limit`.
fn most_quoted(connection: &Connection, roots: &[i64], limit: usize) -> rusqlite::Result<Vec<Person>> {
    let found: Vec<(i64, usize, usize)> = connection
        .prepare_cached(
            "SELECT root, sum(quotes) AS said, sum(articles) AS seen FROM people
             WHERE root IN (SELECT value FROM json_each(?1))
             GROUP BY root HAVING seen > 0 ORDER BY said DESC, seen DESC, root LIMIT ?2",
        )?
        .query_map(params![json(roots), limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let people = found.into_iter();
    people.filter_map(|(root, quotes, articles)| person(connection, root, quotes, articles).transpose()).collect()
}

/// Whether one folded word is the other, begins with it, or is what it becomes by a slip or two of the keys.
fn is_near(word: &str, asked: &str) -> bool {
    slips(asked) > 0 && word.starts_with(asked) || is_slip(word, asked)
}

/// Whether one folded word is the other, or what it becomes by a slip or two of the keys.
fn is_slip(word: &str, asked: &str) -> bool {
    let slips = slips(asked);
    word.chars().count().abs_diff(asked.chars().count()) <= slips && strsim::osa_distance(word, asked) <= slips
}

/// Slips of the keys that are forgiven in a word.
fn slips(asked: &str) -> usize {
    match asked.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
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
        for (one, other, likeness) in [
            ("leavitt", "karoline leavitt", 4),
            ("k leavitt", "karoline leavitt", 4),
            ("karoline", "karoline leavitt", 3),
            ("john leavitt", "karoline leavitt", 2),
            ("karoline levitt", "karoline leavitt", 2),
            ("karoline smith", "karoline leavitt", 1),
            ("donald trump", "karoline leavitt", 0),
            ("", "karoline leavitt", 0),
        ] {
            assert_eq!(alike(&split(one), &split(other)), likeness, "{one} {other}");
            assert_eq!(alike(&split(other), &split(one)), likeness, "{one} {other}");
        }
        for (word, asked) in [("xi", "li"), ("smith", "jones"), ("lee", "le")] {
            assert!(!is_near(word, asked), "{word} {asked}");
        }
    }
}
