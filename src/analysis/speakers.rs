//! From the phrase that names a speaker to the entity behind it: a name, somebody named before whom a pronoun or a
//! description refers to, or somebody who is never named.
//!
//! Units: token indexes. Sources must be resolved in the order of the text, since a pronoun looks at who spoke before.

mod links;
mod pronouns;

use super::entities::Role;
use super::scene::{Part, Scene};
use super::sources::{LONGEST, Source};
use super::syntax::{Label, Tag};
use super::token::{Shape, Word, word};
use super::verbs::WordMap;
use super::{Entity, EntityId, EntityKind, Gender, Lexicon, Mention, MentionKind};
use crate::analysis::lexicon::Classes;

/// Resolves sources one after the other, and remembers who spoke.
#[derive(Debug)]
pub struct Speakers<'a> {
    scene: &'a Scene<'a>,
    lexicon: &'a Lexicon,
    /// Named entities, then the unnamed speakers met so far.
    entities: Vec<Entity>,
    unnamed: WordMap<EntityId>,
    /// For each word the roles with it as their head, in order.
    roles: WordMap<Vec<Role>>,
    /// Sources resolved so far: the token that decides and who it is.
    spoken: Vec<(usize, EntityId)>,
}

/// Nouns for what is said or written: "a tweet by", "the court's summary".
const WRITINGS: [Word; 26] = [
    word("tweet"),
    word("tweets"),
    word("statement"),
    word("statements"),
    word("report"),
    word("letter"),
    word("post"),
    word("message"),
    word("summary"),
    word("speech"),
    word("announcement"),
    word("release"),
    word("comments"),
    word("comment"),
    word("remarks"),
    word("interview"),
    word("email"),
    word("video"),
    word("ruling"),
    word("account"),
    word("page"),
    word("blog"),
    word("website"),
    word("warning"),
    word("press"),
    word("claim"),
];

impl<'a> Speakers<'a> {
    /// Starts with the named entities of the scene.
    #[must_use]
    pub fn new(scene: &'a Scene<'a>, lexicon: &'a Lexicon) -> Self {
        let entities = scene.cast.entities.clone();
        let mut roles: WordMap<Vec<Role>> = WordMap::default();
        for role in &scene.cast.roles {
            roles.entry(role.head).or_default().push(*role);
        }
        Self { scene, lexicon, entities, unnamed: WordMap::default(), roles, spoken: Vec::new() }
    }

    /// The entity behind `source`, a new unnamed one where nobody known fits.
    pub fn resolve(&mut self, source: Source) -> Option<EntityId> {
        let (id, kind) = self.identify(source)?;
        let span = self.scene.span(source.first, source.end);
        if let (Some(entity), Some(kind)) = (self.entities.get_mut(id.0 as usize), kind) {
            entity.mentions.push(Mention { span, kind });
        }
        if self.spoken.last().is_none_or(|(at, _)| *at < source.head) {
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
        self.named(source).or_else(|| self.described(source))
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
        if matches!(scene.tag(source.head), Tag::Pronoun | Tag::Possessive) {
            let id = self.pronoun(source.head)?;
            return Some((id, Some(MentionKind::Pronoun)));
        }
        if matches!(scene.tag(source.head), Tag::Who | Tag::Which)
            && let Some(before) = self.antecedent(source.head)
        {
            return self.identify(before);
        }
        if let Some(id) = self.named(source) {
            return Some((id, None));
        }
        let id = self.described(source).or_else(|| self.unnamed(source))?;
        Some((id, Some(MentionKind::Nominal)))
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, index: usize) -> Option<Source> {
        let syntax = self.scene.syntax;
        let mut at = index;
        for _ in 0..8 {
            if syntax.label(at) == Label::RelativeClause {
                let head = syntax.head(at);
                let noun = self.scene.tag(head).is_noun() && head < index;
                return noun.then(|| Source {
                    head,
                    first: syntax.extent(head).0.max(self.scene.sentence(head).0).max(head.saturating_sub(LONGEST)),
                    end: head + 1,
                });
            }
            at = syntax.head(at);
        }
        None
    }

    /// Somebody named within the phrase itself.
    fn named(&self, source: Source) -> Option<EntityId> {
        let scene = self.scene;
        let head = scene.cast.mention_at(source.head).map(|mention| mention.entity);
        let head_kind = head.and_then(|id| self.entities.get(id.0 as usize)).map(|entity| entity.kind);
        if head_kind == Some(EntityKind::Person) {
            return head;
        }
        let inside = scene.cast.mentions_in(source.first, source.end);
        let writing = WRITINGS.contains(&scene.word(source.head));
        let mut found = None;
        for mention in inside {
            let kind = self.entities.get(mention.entity.0 as usize).map(|entity| entity.kind);
            let (first, end) = (mention.first as usize, mention.end as usize);
            let owns = scene.document.shape_at(end).has(Shape::POSSESSIVE);
            let hangs = first > source.first && matches!(scene.tag(first - 1), Tag::Preposition | Tag::To);
            let heard = kind == Some(EntityKind::Person) || kind == Some(EntityKind::Organization);
            if writing
                && heard
                && (owns || first > 0 && [word("by"), word("from"), word("of")].contains(&scene.word(first - 1)))
            {
                return Some(mention.entity);
            }
            if kind == Some(EntityKind::Person) && !owns && !hangs && found.is_none() {
                found = Some(mention.entity);
            }
        }
        found.or(head)
    }

    /// Somebody named elsewhere whom the description fits.
    fn described(&self, source: Source) -> Option<EntityId> {
        let scene = self.scene;
        let head = scene.word(source.head);
        if scene.tag(source.head) != Tag::Noun || !self.is_definite(source) {
            return None;
        }
        if let Some(roles) = self.roles.get(&head) {
            let after = roles.partition_point(|role| (role.first as usize) < source.first);
            return roles.get(after.saturating_sub(1)).map(|role| role.entity);
        }
        self.by_kind_word(source, head)
    }

    /// The organization or other thing whose own name holds the noun: "the party", "the court", "the company".
    fn by_kind_word(&self, source: Source, head: Word) -> Option<EntityId> {
        let scene = self.scene;
        let before = scene.cast.mentions.partition_point(|mention| (mention.first as usize) < source.first);
        let earlier = scene.cast.mentions.get(..before)?.iter().rev().take(80);
        let holds = |mention: &&super::entities::Naming| {
            let kind = self.entities.get(mention.entity.0 as usize).map(|entity| entity.kind);
            matches!(kind, Some(EntityKind::Organization | EntityKind::Other))
                && (mention.first..mention.end).take(LONGEST).any(|at| scene.word(at as usize) == head)
        };
        if self.lexicon.classes(head).any(Classes::ORGANIZATION_HEAD) {
            return earlier.clone().find(holds).map(|mention| mention.entity);
        }
        None
    }

    fn is_definite(&self, source: Source) -> bool {
        let first = self.scene.word(source.first);
        first == word("the") || first == word("this")
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
        let comma = (source.head..source.end).find(|at| scene.tag(*at) == Tag::Comma);
        let name = scene.span(first, comma.unwrap_or(source.end)).of(scene.document.text).to_owned();
        let key = super::token::word_of(&name);
        let next = EntityId(u32::try_from(self.entities.len()).ok()?);
        let id = *self.unnamed.entry(key).or_insert(next);
        if id == next {
            let kind = match scene.part(source.head) {
                Part::Entity(_, kind) => kind,
                _ if self.lexicon.classes(scene.word(source.head)).any(Classes::ORGANIZATION_HEAD) => {
                    EntityKind::Organization
                }
                _ => EntityKind::Person,
            };
            self.entities.push(Entity {
                kind,
                name,
                named: false,
                role: None,
                gender: Gender::Unknown,
                aliases: Vec::new(),
                mentions: Vec::new(),
            });
        }
        Some(id)
    }
}
