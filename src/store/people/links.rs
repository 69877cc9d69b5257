//! Links between people of the library: what a short name leads to, what the user merged, and the root of both.
//!
//! A link never moves an appearance, so it can be taken back: one person is all those with the same root.

use rusqlite::{Connection, OptionalExtension, params};

use super::evidence::{KNOWN, Known, may_be_one};
use crate::analysis::{EntityKind, Gender};
use crate::store::seal::open_column;
use crate::store::stored::{gender, kind_number};

/// Longest chain of links that is followed; a longer one can only be damage.
const LONGEST: usize = 32;

/// Decides again whom the people named just `key` lead to: the one person with a fuller name who is called so, as
/// long as the library knows no second and nothing speaks against it.
pub(super) fn decide(connection: &Connection, key: &str) -> rusqlite::Result<()> {
    if key.contains(' ') {
        return Ok(());
    }
    let kind = kind_number(EntityKind::Person);
    let shorts: Vec<(i64, Known, Gender, Option<i64>)> = connection
        .prepare_cached("SELECT id, known, gender, leads_to FROM people WHERE key = ?1 AND kind = ?2 AND apart = 0")?
        .query_map(params![key, kind], |row| Ok((row.get(0)?, known(row, 1)?, gender_of(row, 2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if shorts.is_empty() {
        return Ok(());
    }
    let roots: Vec<(i64, i64)> = connection
        .prepare_cached(
            "SELECT root, min(id) FROM people WHERE id IN (SELECT person FROM short_names WHERE key = ?1)
             AND kind = ?2 AND apart = 0 GROUP BY root LIMIT 2",
        )?
        .query_map(params![key, kind], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let only = match roots.as_slice() {
        [(root, id)] => connection
            .prepare_cached("SELECT known, gender FROM people WHERE id = ?1")?
            .query_row([id], |row| Ok(Some((*id, known(row, 0)?, gender_of(row, 1)?, *root))))?,
        _ => None,
    };
    for (person, known, gender, before) in shorts {
        let fits = only.as_ref().filter(|only| may_be_one((&only.1, only.2), (&known, gender)) && only.3 != person);
        let leads_to = fits.map(|only| only.0);
        if leads_to != before {
            connection
                .prepare_cached("UPDATE people SET leads_to = ?2 WHERE id = ?1")?
                .execute(params![person, leads_to])?;
            refresh_roots(connection, person)?;
        }
    }
    Ok(())
}

/// Sets the links that are the user's to set.
pub(in crate::store) fn set(
    connection: &Connection,
    person: i64,
    merged_into: Option<i64>,
    apart: bool,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE people SET merged_into = ?2, apart = ?3, leads_to = iif(?3, NULL, leads_to) WHERE id = ?1",
        )?
        .execute(params![person, merged_into, apart])?;
    refresh_roots(connection, person)?;
    let key: Option<String> = connection
        .prepare_cached("SELECT key FROM people WHERE id = ?1")?
        .query_row([person], |row| row.get(0))
        .optional()?;
    key.map_or(Ok(()), |key| decide(connection, &key))
}

/// Sets the root of `person` and of all that lead to it.
pub(super) fn refresh_roots(connection: &Connection, person: i64) -> rusqlite::Result<()> {
    let root = root_of(connection, person)?;
    let mut waiting = vec![person];
    let mut done = Vec::new();
    while let Some(person) = waiting.pop() {
        if done.contains(&person) {
            continue;
        }
        done.push(person);
        connection.prepare_cached("UPDATE people SET root = ?2 WHERE id = ?1")?.execute(params![person, root])?;
        let below = connection
            .prepare_cached(
                "SELECT id FROM people WHERE merged_into = ?1
                 UNION SELECT id FROM people WHERE leads_to = ?1 AND merged_into IS NULL",
            )?
            .query_map([person], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        waiting.extend(below);
    }
    Ok(())
}

/// The end of the links that start at `person`.
pub(super) fn root_of(connection: &Connection, person: i64) -> rusqlite::Result<i64> {
    let mut root = person;
    for _ in 0..LONGEST {
        let next: Option<i64> = connection
            .prepare_cached("SELECT coalesce(merged_into, leads_to) FROM people WHERE id = ?1")?
            .query_row([root], |row| row.get(0))?;
        match next {
            Some(next) => root = next,
            None => break,
        }
    }
    Ok(root)
}

fn known(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Known> {
    Ok(open_column(KNOWN, row.get_ref(column)?).unwrap_or_default())
}

fn gender_of(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Gender> {
    Ok(gender(row.get(column)?).unwrap_or_default())
}
