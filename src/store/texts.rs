//! Where texts stand: their ordinals, which are days in order, and the full-text index beside them.

use rusqlite::{Connection, params};

use super::key::fold;
use super::load::{Kept, kept};
use super::seal::Sealed;

/// Articles of one day that have a place of their own; those beyond go to the next days.
const DAY: i64 = 1 << 20;

/// The day that articles without one are sorted under: earlier than any, so that they come last.
pub(super) const UNDATED: i64 = -5_000_000;

/// Before any day of a calendar, and after all places of articles without one.
pub(super) const EARLIEST: i64 = -4_400_000;

/// The first ordinal of a day.
pub(super) fn first_ordinal(day: i64) -> i64 {
    day * DAY
}

/// The day that an ordinal sorts under.
pub(super) fn day_of_ordinal(ordinal: i64) -> i64 {
    ordinal.div_euclid(DAY)
}

/// A free ordinal on `day`, after all others of that day.
pub(super) fn take_ordinal(connection: &Connection, day: i64) -> rusqlite::Result<i64> {
    let mut latest =
        connection.prepare_cached("SELECT max(ordinal) FROM articles WHERE ordinal >= ?1 AND ordinal < ?2")?;
    for day in day.. {
        let (first, end) = (first_ordinal(day), first_ordinal(day + 1));
        let last: Option<i64> = latest.query_row([first, end], |row| row.get(0))?;
        match last {
            None => return Ok(first),
            Some(last) if last + 1 < end => return Ok(last + 1),
            Some(_) => {}
        }
    }
    Err(rusqlite::Error::IntegralValueOutOfRange(0, day))
}

/// What titles are sorted by: enough of the folded title.
pub(super) fn title_key(title: &str) -> String {
    fold(title).chars().take(32).collect()
}

/// Stores a text at `ordinal` and indexes it.
pub(super) fn write_text(
    connection: &Connection,
    ordinal: i64,
    title: &str,
    text: &str,
    structure: &Sealed,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO texts (ordinal, title, text, structure) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![ordinal, title, text, structure])?;
    connection
        .prepare_cached("INSERT INTO fulltext (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![ordinal, title, text])?;
    Ok(())
}

/// Deletes the text at `ordinal` and takes it out of the index.
pub(super) fn delete_text(connection: &Connection, ordinal: i64, content: i64) -> rusqlite::Result<()> {
    // The index is told what to take out: from a text that is not the indexed one it would take out the wrong words.
    if matches!(kept(connection, ordinal, content)?, Kept::Whole(_)) {
        connection
            .prepare_cached(
                "INSERT INTO fulltext (fulltext, rowid, title, text)
                 SELECT 'delete', ordinal, title, text FROM texts WHERE ordinal = ?1",
            )?
            .execute([ordinal])?;
    }
    connection.prepare_cached("DELETE FROM texts WHERE ordinal = ?1")?.execute([ordinal])?;
    Ok(())
}
