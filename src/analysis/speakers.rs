//! From the phrase that names a speaker to the entity behind it.

use super::entities::Cast;
use super::scene::Scene;
use super::sources::Source;
use super::token::{Shape, word};
use super::verbs::WordMap;
use super::{Entity, EntityId, EntityKind, Gender, Mention, MentionKind};

/// Resolves sources one after the other, in the order of the text, and remembers who spoke.
#[derive(Debug)]
pub struct Speakers<'a> {
    scene: Scene<'a>,
    /// Entities with the unnamed speakers met so far.
    pub entities: Vec<Entity>,
    unnamed: WordMap<EntityId>,
    last: Option<EntityId>,
}

impl<'a> Speakers<'a> {
    /// Starts with the named entities of the scene.
    #[must_use]
    pub fn new(scene: Scene<'a>) -> Self {
        Self { scene, entities: scene.cast.entities.clone(), unnamed: WordMap::default(), last: None }
    }

    /// The entity behind `source`, a new unnamed one where nobody known fits.
    pub fn resolve(&mut self, source: Source) -> Option<EntityId> {
        let (id, kind) = self.identify(source)?;
        let span = self.scene.document.span_of(source.first, source.end);
        if let (Some(entity), Some(kind)) = (self.entities.get_mut(id.0 as usize), kind)
            && entity.mentions.iter().all(|mention| mention.span != span)
        {
            entity.mentions.push(Mention { span, kind });
        }
        self.last = Some(id);
        Some(id)
    }

    fn identify(&mut self, source: Source) -> Option<(EntityId, Option<MentionKind>)> {
        if let Some(mention) = self.scene.cast.mention_at(source.head)
            && mention.first as usize >= source.first
        {
            return Some((mention.entity, None));
        }
        if self.scene.is_pronoun(source.head) {
            return self.pronoun(source.head).map(|id| (id, Some(MentionKind::Pronoun)));
        }
        self.by_role(source).or_else(|| self.unnamed(source)).map(|id| (id, Some(MentionKind::Nominal)))
    }

    /// The nearest compatible entity before the pronoun: who spoke last, else the subject of an earlier sentence.
    fn pronoun(&self, index: usize) -> Option<EntityId> {
        let pronoun = self.scene.word(index);
        let wanted = if pronoun == word("she") || pronoun == word("her") {
            Some(Gender::Female)
        } else if pronoun == word("he") || pronoun == word("him") {
            Some(Gender::Male)
        } else {
            None
        };
        let fits = |id: EntityId| {
            self.entities.get(id.0 as usize).is_some_and(|entity| match wanted {
                Some(gender) => {
                    entity.kind == EntityKind::Person && (entity.gender == gender || entity.gender == Gender::Unknown)
                }
                None => entity.kind == EntityKind::Organization || entity.kind == EntityKind::Person || !entity.named,
            })
        };
        let mentions: &[_] = self.scene.cast.mentions.as_slice();
        let end = mentions.partition_point(|mention| mention.first as usize <= index);
        let mut best: Option<(f32, EntityId)> = None;
        let sentence = self.scene.document.tokens.get(index)?.sentence;
        for mention in mentions.get(..end)?.iter().rev().take(40) {
            let at = mention.first as usize;
            if self.scene.is_quoted(at) || !fits(mention.entity) {
                continue;
            }
            let there = self.scene.document.tokens.get(at).map_or(0, |token| token.sentence);
            let first = self.scene.document.sentences.get(there as usize).map_or(0, |s| s.first as usize);
            #[expect(clippy::cast_precision_loss, reason = "a score")]
            let mut score = -((sentence - there) as f32) - (at - first) as f32 / 40.0;
            if Some(mention.entity) == self.last {
                score += 1.5;
            }
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, mention.entity));
            }
        }
        best.map(|(_, id)| id).or_else(|| self.last.filter(|id| fits(*id)))
    }

    fn by_role(&self, source: Source) -> Option<EntityId> {
        let head = self.scene.word(source.head);
        let definite = self.scene.word(source.first) == word("the");
        let roles = &self.scene.cast.roles;
        let before = roles.iter().rev().find(|role| role.head == head && (role.first as usize) < source.first);
        definite.then_some(())?;
        before.map(|role| role.entity)
    }

    fn unnamed(&mut self, source: Source) -> Option<EntityId> {
        let mut first = source.first;
        if [word("the"), word("a"), word("an")].contains(&self.scene.word(first)) {
            first += 1;
        }
        if !self.scene.document.shape_at(source.end - 1).has(Shape::LETTERS) {
            return None;
        }
        let span = self.scene.document.span_of(first, source.end);
        let name = span.of(self.scene.document.text).to_owned();
        let key = super::token::word_of(&name);
        let next = EntityId(u32::try_from(self.entities.len()).ok()?);
        let id = *self.unnamed.entry(key).or_insert(next);
        if id == next {
            self.entities.push(Entity {
                kind: EntityKind::Person,
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

    /// Who spoke last.
    #[must_use]
    pub fn last(&self) -> Option<EntityId> {
        self.last
    }

    /// All entities, mentions in order.
    #[must_use]
    pub fn finish(mut self) -> Vec<Entity> {
        for entity in &mut self.entities {
            entity.mentions.sort_by_key(|mention| mention.span);
        }
        self.entities
    }
}

/// The named entities of `cast` alone.
#[must_use]
pub fn named(cast: &Cast) -> &[Entity] {
    &cast.entities
}
