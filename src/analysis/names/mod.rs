//! Where names stand and what kind of thing each one is.
//!
//! Units: token indexes. Names are in order and do not overlap; a possessive `'s`, titles and honorifics stay outside.

pub mod model;
mod rules;
pub mod tags;
#[cfg(test)]
mod tests;
mod tidy;
mod uses;

pub use uses::WordMap;

use super::Lexicon;
use super::token::Document;

/// A mention of a proper name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
    /// What it names.
    pub kind: NameKind,
}

/// Kinds of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A company, party, agency, team, ...
    Organization,
    /// A country, city, river, building, ...
    Place,
    /// An event, work, product, law, ...
    Other,
    /// A nationality, religion or affiliation (`Russian`, `Democrats`): no entity by itself, but it may speak.
    Group,
}

/// All names in `document`.
#[must_use]
pub fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let mut names = match lexicon.names() {
        Some(weights) => model::find(document, lexicon, weights),
        None => rules::find(document, lexicon),
    };
    tidy::tidy(document, lexicon, &mut names);
    names
}
