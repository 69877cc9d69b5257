//! What the library is asked about people, and what it tells.

use jiff::civil::Date;

use crate::analysis::{EntityId, QuoteKind};
use crate::app::EntryId;
use crate::text::Span;

/// Names a person of the library for as long as the reader runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Who is called so, the last word being a beginning; answered by [`Tell::Names`].
    Names {
        /// Comes back with the answer.
        ticket: u64,
        /// The name; the most quoted people where it is empty.
        name: String,
        /// Whom those told may be the same as: the likeliest come first, and this one is not told.
        like: Option<PersonId>,
    },
    /// What somebody said; answered by [`Tell::Said`].
    Said {
        /// Comes back with the answer.
        ticket: u64,
        /// Who.
        of: Of,
        /// What it has to be about; empty for anything.
        about: String,
        /// Most quotes wanted, the newest ones.
        limit: usize,
    },
    /// By what the person could be taken apart; answered by [`Tell::Parts`].
    Parts(PersonId),
    /// Change who is who; answered by [`Tell::Changed`].
    Change(Identity),
}

/// Whose quotes are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// Those of this person.
    Person(PersonId),
    /// Those of whoever an entity of a kept article is.
    Entity(EntryId, EntityId),
    /// Those of the most quoted person of this name.
    Name(String),
}

/// The user's word on who is who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The first is the second.
    Same(PersonId, PersonId),
    /// In these articles the person is somebody else of that name.
    Another(PersonId, Vec<EntryId>),
    /// Those of this very name are not whom they were taken for.
    Apart(PersonId),
}

/// What is told.
#[derive(Debug)]
pub enum Tell {
    /// Who is called so, most quoted first.
    Names(u64, Vec<Who>),
    /// What somebody said, or one safe line that says why nothing is told.
    Said(u64, Result<Box<Told>, String>),
    /// By what a person can be taken apart.
    Parts(PersonId, Vec<Part>),
    /// Who is who was changed, which is kept: what was done, one safe line.
    Changed(String),
}

/// A person of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Names it.
    pub id: PersonId,
    /// The name it is known by.
    pub name: String,
    /// The other names that are taken for it.
    pub names: Vec<String>,
    /// Roles that articles gave it, first seen first.
    pub roles: Vec<String>,
    /// Stories it appears in.
    pub stories: usize,
    /// Quotes in all of them.
    pub quotes: usize,
}

/// What somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Who.
    pub who: Who,
    /// The stories, newest first.
    pub stories: Vec<Story>,
    /// Whether older quotes were left out.
    pub more: bool,
}

/// The quotes of one story, in order of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The story.
    pub title: Title,
    /// What is said in it and in no newer story.
    pub quotes: Vec<Said>,
}

/// A story by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its entry.
    pub entry: EntryId,
    /// Its headline.
    pub title: String,
    /// Who published it; empty where unknown.
    pub source: String,
    /// When.
    pub date: Option<Date>,
}

/// A quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The words, on one line.
    pub words: String,
    /// How they are given.
    pub kind: QuoteKind,
    /// Where, in the text of its story.
    pub span: Span,
    /// How sure the speaker is, 0 to 1.
    pub confidence: f32,
    /// Older stories with the same quote, and where it stands in their text.
    pub also: Vec<(Title, Span)>,
}

/// Some of a person's stories, which may be another person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What they share.
    pub shared: Shared,
    /// How many they are.
    pub stories: usize,
    /// What taking them apart comes to.
    pub change: Identity,
}

/// What stories of a person share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The name they use.
    Name(String),
    /// The role they give.
    Role(String),
    /// Somebody or something else they name.
    Company(String),
}
