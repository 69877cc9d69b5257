//! People across articles: one person under all names.

mod evidence;
mod ledger;
pub(super) mod links;

pub(super) use ledger::Ledger;

pub(super) fn identify(
    connection: &rusqlite::Connection,
    names: &[(i64, String, Option<i64>)],
) -> rusqlite::Result<()> {
    let _ = (connection, names);
    Ok(())
}
