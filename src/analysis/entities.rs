//! From mentions to entities: who and what the article is about, before anybody is heard.
//!
//! Units: token indexes, unless a name says span.

use super::names::{Name, NameKind};
use super::token::{Document, Word};
use super::{Entity, EntityId, Lexicon};
use crate::text::Span;

/// The entities of one article with every place that names them.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Entities with their name mentions; later steps add mentions by pronoun and description, and unnamed speakers.
    pub entities: Vec<Entity>,
    /// Every mention by name, date and amount, in order, none overlapping another.
    pub mentions: Vec<Naming>,
    /// Nationalities, religions and affiliations (`Democrats`): no entities yet; in order, none overlapping a mention.
    pub groups: Vec<Name>,
    /// Titles and descriptions that stand beside a name, in order of their start.
    pub roles: Vec<Role>,
}

/// One mention by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Index of its first token.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
    /// What it names.
    pub entity: EntityId,
}

/// A title or description beside a name: "Press Secretary", "the White House press secretary".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Index of its first token, past a determiner.
    pub first: u32,
    /// One past the index of its last token.
    pub end: u32,
    /// The word that says what somebody is ("secretary"), in lower case.
    pub head: Word,
    /// Whose it is.
    pub entity: EntityId,
}

impl Cast {
    /// The mention that holds the token at `index`.
    #[must_use]
    pub fn mention_at(&self, index: usize) -> Option<&Naming> {
        let after = self.mentions.partition_point(|mention| mention.end as usize <= index);
        self.mentions.get(after).filter(|mention| mention.first as usize <= index)
    }

    /// The mentions that start inside the tokens from `first` up to, not including, `end`.
    #[must_use]
    pub fn mentions_in(&self, first: usize, end: usize) -> &[Naming] {
        let from = self.mentions.partition_point(|mention| (mention.first as usize) < first);
        let to = self.mentions.partition_point(|mention| (mention.first as usize) < end);
        self.mentions.get(from..to.max(from)).unwrap_or_default()
    }
}

impl Naming {
    /// Where the mention stands in the text.
    #[must_use]
    pub fn span(&self, document: &Document<'_>) -> Span {
        document.span_of(self.first as usize, self.end as usize)
    }
}

/// Merges `names` and what else can be mentioned into entities.
#[must_use]
pub fn collect(document: &Document<'_>, names: &[Name], lexicon: &Lexicon) -> Cast {
    let _ = lexicon;
    let mut cast = Cast::default();
    for name in names {
        let kind = match name.kind {
            NameKind::Person => super::EntityKind::Person,
            NameKind::Organization => super::EntityKind::Organization,
            NameKind::Place => super::EntityKind::Place,
            NameKind::Other => super::EntityKind::Other,
            NameKind::Group => {
                cast.groups.push(*name);
                continue;
            }
        };
        let span = document.span_of(name.first as usize, name.end as usize);
        let text = span.of(document.text);
        let known = cast.entities.iter().position(|entity| entity.name == text);
        let place = known.unwrap_or_else(|| {
            cast.entities.push(Entity {
                kind,
                name: text.to_owned(),
                named: true,
                role: None,
                gender: super::Gender::Unknown,
                aliases: Vec::new(),
                mentions: Vec::new(),
            });
            cast.entities.len() - 1
        });
        cast.entities[place].mentions.push(super::Mention { span, kind: super::MentionKind::Name });
        cast.mentions.push(Naming { first: name.first, end: name.end, entity: EntityId(place as u32) });
    }
    cast
}
