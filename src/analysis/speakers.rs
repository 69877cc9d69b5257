//! From the phrase that names a speaker to the entity behind it: a name, somebody named before whom a pronoun or a
//! description refers to, or somebody who is never named.
//!
//! Units: token indexes. Sources must be resolved in the order of the text, since a pronoun looks at who spoke before.

mod descriptions;
mod labels;
mod links;
pub mod pronouns;
#[cfg(test)]
mod tests;

use super::entities::{Role, gender_of_word};
use super::scene::{Part, Scene};
use super::sources::Source;
use super::syntax::{Label, Tag};
use super::token::{Shape, word};
use super::verbs::WordMap;
use super::{Entity, EntityId, EntityKind, Mention, MentionKind};
use crate::analysis::lexicon::Classes;

/// Resolves sources one after the other, and remembers who spoke.
#[derive(Debug)]
pub struct Speakers<'a> {
    scene: &'a Scene<'a>,
    /// Named entities, then the unnamed speakers met so far.
    entities: Vec<Entity>,
    unnamed: WordMap<EntityId>,
    /// For each word the roles with it as their head, in order.
    roles: WordMap<Vec<Role>>,
    /// The unnamed speaker last described by each noun.
    nouns: WordMap<EntityId>,
    /// Sources resolved so far: the token that decides and who it is.
    spoken: Vec<(usize, EntityId)>,
    /// Who answers in an interview, once it was looked for.
    guest: Option<Option<EntityId>>,
}

impl<'a> Speakers<'a> {
    /// Starts with the named entities of the scene.
    #[must_use]
    pub fn new(scene: &'a Scene<'a>) -> Self {
        let entities = scene.cast.entities.clone();
        let mut roles: WordMap<Vec<Role>> = WordMap::default();
        for role in &scene.cast.roles {
            roles.entry(role.head).or_default().push(*role);
        }
        let (unnamed, nouns) = (WordMap::default(), WordMap::default());
        Self { scene, entities, unnamed, roles, nouns, spoken: Vec::new(), guest: None }
    }

    /// The entity behind `source`, a new unnamed one where nobody known fits. If it is `heard` there, the pronouns that
    /// follow are likelier to mean it.
    pub fn resolve(&mut self, source: Source, heard: bool) -> Option<EntityId> {
        let (id, kind) = self.identify(source)?;
        let span = self.scene.span(source.first, source.end);
        if let (Some(entity), Some(kind)) = (self.entities.get_mut(id.0 as usize), kind) {
            entity.mentions.push(Mention { span, kind });
        }
        if heard && self.spoken.last().is_none_or(|(at, _)| *at < source.head) {
            self.spoken.push((source.head, id));
        }
        Some(id)
    }

    /// Who is behind `source`, if somebody known is; changes nothing.
    #[must_use]
    pub fn guess(&self, source: Source) -> Option<EntityId> {
        if matches!(self.scene.tag(source.head), Tag::Pronoun | Tag::Possessive) {
            return self.pronoun(source.head);
        }
        self.named(source).or_else(|| self.described(source, 0))
    }

    /// The entity with `id`, unnamed speakers included.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// All entities, mentions in order; of those at one place the first that was found.
    #[must_use]
    pub fn finish(mut self) -> Vec<Entity> {
        for entity in &mut self.entities {
            entity.mentions.sort_by_key(|mention| mention.span);
            entity.mentions.dedup_by_key(|mention| mention.span);
        }
        self.entities
    }

    fn identify(&mut self, source: Source) -> Option<(EntityId, Option<MentionKind>)> {
        let scene = self.scene;
        let named = scene.part(source.head) != Part::Nothing;
        if !named && matches!(scene.tag(source.head), Tag::Pronoun | Tag::Possessive) {
            let id = self.pronoun(source.head)?;
            return Some((id, Some(MentionKind::Pronoun)));
        }
        if !named && matches!(scene.tag(source.head), Tag::Who | Tag::Which) {
            return self.antecedent(source.head).and_then(|before| self.identify(before));
        }
        if let Some(id) = self.named(source) {
            return Some((id, None));
        }
        let id = self.described(source, 0).or_else(|| self.unnamed(source))?;
        Some((id, Some(MentionKind::Nominal)))
    }

    fn unnamed(&mut self, source: Source) -> Option<EntityId> {
        let scene = self.scene;
        let mut first = source.first;
        if source.head > first && [word("the"), word("a"), word("an"), word("this")].contains(&scene.word(first)) {
            first += 1;
        }
        if !scene.document.shape_at(source.head).has(Shape::LETTERS) {
            return None;
        }
        let ends =
            |at: &usize| scene.tag(*at) == Tag::Comma || scene.tag(*at).is_verb() || scene.tag(*at) == Tag::Modal;
        let end = (source.head + 1..source.end).find(ends).unwrap_or(source.end);
        let name = scene.span(first, end).of(scene.document.text).to_owned();
        let key = super::token::word_of(&name);
        let next = EntityId(u32::try_from(self.entities.len()).ok()?);
        let id = *self.unnamed.entry(key).or_insert(next);
        if id == next {
            let kind = match scene.part(source.head) {
                Part::Entity(_, kind) => kind,
                _ if self.is_writing(source.head) => EntityKind::Other,
                _ if scene.classes(source.head).any(Classes::ORGANIZATION_HEAD) => EntityKind::Organization,
                _ => EntityKind::Person,
            };
            self.entities.push(Entity {
                kind,
                name,
                named: false,
                role: None,
                gender: gender_of_word(scene.word(source.head)),
                aliases: Vec::new(),
                mentions: Vec::new(),
            });
        }
        self.nouns.insert(scene.word(source.head), id);
        Some(id)
    }
}
