//! Sets of articles as bits, for conditions that hold for a good part of a library: whether an article is in one is a
//! look at a bit, where SQL alone would look up, sort or hash every one of them first.
//!
//! Ids are given out from 1 on and never again, so the bits are dense. A file from elsewhere may hold any ids: those
//! beyond [`HIGHEST`] are kept by themselves, and such a set is not given to SQL.

use std::collections::BTreeSet;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, Params};

use super::ArticleId;

/// The highest id that has a bit: four megabytes of them at most.
const HIGHEST: i64 = 1 << 25;

/// A set of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    bits: Vec<u8>,
    /// Those that have no bit.
    beyond: BTreeSet<i64>,
    count: usize,
}

impl Members {
    /// Whether `article` is in it.
    #[must_use]
    pub fn contains(&self, article: ArticleId) -> bool {
        bit(&self.bits, article.0) || self.beyond.contains(&article.0)
    }

    /// How many articles are in it.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether none is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn insert(&mut self, id: i64) {
        match usize::try_from(id) {
            Ok(place) if id < HIGHEST => {
                if place / 8 >= self.bits.len() {
                    self.bits.resize(place / 8 + 1, 0);
                }
                if let Some(byte) = self.bits.get_mut(place / 8) {
                    self.count += usize::from(*byte & (1 << (place % 8)) == 0);
                    *byte |= 1 << (place % 8);
                }
            }
            _ => self.count += usize::from(self.beyond.insert(id)),
        }
    }

    /// Adds the articles whose ids `sql` gives; those that are no more (NULL) are left out.
    pub(super) fn gather(&mut self, connection: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            if let Some(id) = row.get::<_, Option<i64>>(0)? {
                self.insert(id);
            }
        }
        Ok(())
    }

    /// The ids, in order.
    pub(super) fn ids(&self) -> Vec<i64> {
        let bytes = self.bits.iter().zip((0_i64..).step_by(8));
        let dense =
            bytes.flat_map(|(byte, first)| (0..8).filter(move |at| byte & (1 << at) != 0).map(move |at| first + at));
        dense.chain(self.beyond.iter().copied()).collect()
    }

    /// The set as SQL's `member` takes it; nothing where it cannot be.
    pub(super) fn bound(&self) -> Option<Value> {
        self.beyond.is_empty().then(|| Value::Blob(self.bits.clone()))
    }
}

/// Whether `id` has its bit in `bits`.
fn bit(bits: &[u8], id: i64) -> bool {
    let byte = usize::try_from(id).ok().and_then(|place| Some((bits.get(place / 8)?, place % 8)));
    byte.is_some_and(|(byte, at)| byte & (1 << at) != 0)
}

/// Gives a connection the function `member(set, id)`, for statements of this program alone: nothing in a file can call
/// it.
pub(super) fn provide(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("member", 2, flags, |context| {
        let set = context.get_raw(0).as_blob().unwrap_or_default();
        Ok(context.get_raw(1).as_i64().is_ok_and(|id| bit(set, id)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &[i64]) -> Members {
        let mut members = Members::default();
        ids.iter().for_each(|id| members.insert(*id));
        members
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let members = of(&[1, 8, 9, 700, 8]);
        assert_eq!((members.ids(), members.len()), (vec![1, 8, 9, 700], 4));
        let held: Vec<i64> = (-1..1_000).filter(|id| members.contains(ArticleId(*id))).collect();
        assert_eq!(held, [1, 8, 9, 700]);
    }

    #[test]
    fn ids_that_no_library_gives_out_take_no_memory() {
        let members = of(&[3, i64::MAX, -5]);
        assert!([3, i64::MAX, -5].iter().all(|id| members.contains(ArticleId(*id))));
        assert_eq!(members.bits.len(), 1);
        assert_eq!(members.bound(), None, "SQL would not see them");
    }

    #[test]
    fn sql_sees_the_same_set() {
        let connection = Connection::open_in_memory().unwrap();
        provide(&connection).unwrap();
        let members = of(&[2, 15, 16]);
        let mut statement = connection.prepare("SELECT value FROM json_each(?1) WHERE member(?2, value)").unwrap();
        let ids = statement
            .query_map((super::super::query::json(&[0, 2, 14, 15, 16, 17, 99]), members.bound()), |row| {
                row.get::<_, i64>(0)
            });
        assert_eq!(ids.unwrap().collect::<rusqlite::Result<Vec<_>>>().unwrap(), [2, 15, 16]);
    }
}
