//! Whom a pronoun refers to: everybody mentioned shortly before who fits in gender and number, ranked by how near, how
//! prominent in the sentence and how lately heard they are.

use super::{Label, Speakers, Tag};
use crate::analysis::token::{Word, word};
use crate::analysis::{EntityId, EntityKind, Gender};

/// What a pronoun can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A man or a woman.
    Person(Gender),
    /// A thing or a body.
    Thing,
    /// Several people, a body, or somebody whose gender is left open.
    Many,
    /// Whoever speaks.
    Speaker,
    /// Whoever writes or publishes.
    Author,
    /// An organization.
    Body,
}

/// What a pronoun stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Antecedent {
    /// Whom.
    pub(super) entity: EntityId,
    /// The last token of the mention that decided.
    pub(super) at: usize,
    /// Who comes next, and by how much.
    pub(super) rival: Option<(EntityId, f32)>,
}

/// How many mentions back a pronoun reaches.
const REACH: usize = 50;

impl Speakers<'_> {
    /// Whom the pronoun at `index` refers to.
    pub(super) fn pronoun(&self, index: usize) -> Option<EntityId> {
        self.rank(index, wanted(self.scene.word(index))?)
    }

    /// The same, with what decided.
    pub(super) fn antecedent_of(&self, index: usize) -> Option<Antecedent> {
        self.rank_all(index, wanted(self.scene.word(index))?)
    }

    /// Who is most likely meant at `index` among those that are wanted there.
    pub(super) fn rank(&self, index: usize, wanted: Wanted) -> Option<EntityId> {
        self.rank_all(index, wanted).map(|found| found.entity)
    }

    fn rank_all(&self, index: usize, wanted: Wanted) -> Option<Antecedent> {
        let sentence = self.scene.document.tokens.get(index)?.sentence;
        let paragraph = self.scene.document.sentences.get(sentence as usize)?.paragraph;
        let mentions = &self.scene.cast.mentions;
        let split = mentions.partition_point(|mention| (mention.first as usize) < index);
        let named =
            mentions.get(..split)?.iter().rev().take(REACH).map(|mention| (mention.end as usize - 1, mention.entity));
        let until = self.spoken.partition_point(|(at, _)| *at < index);
        let heard = self.spoken.get(..until)?.iter().rev().take(REACH).copied();
        let last = heard.clone().next();
        let mut best: Option<(f32, Antecedent)> = None;
        for (at, entity) in named.chain(heard) {
            let Some(fit) = self.fit(entity, at, wanted) else { continue };
            let there = self.scene.document.tokens.get(at).map_or(0, |token| token.sentence);
            let there_paragraph = self.scene.document.sentences.get(there as usize).map_or(0, |s| s.paragraph);
            #[expect(clippy::cast_precision_loss, reason = "a score")]
            let apart = (sentence - there).min(12) as f32 * 0.5 + (paragraph - there_paragraph).min(6) as f32 * 0.3;
            let spoke = match last {
                Some((_, id)) if id == entity => 0.9,
                _ => 0.0,
            };
            let score = fit + self.prominence(at) + spoke - apart;
            best = Some(match best {
                Some((top, found)) if score <= top => {
                    let second = found.rival.filter(|(_, margin)| entity == found.entity || top - score >= *margin);
                    let rival = if entity == found.entity { found.rival } else { Some((entity, top - score)) };
                    (top, Antecedent { rival: second.or(rival), ..found })
                }
                Some((top, found)) if found.entity == entity => {
                    let rival = found.rival.map(|(other, margin)| (other, margin + score - top));
                    (score, Antecedent { at, rival, ..found })
                }
                Some((top, found)) => (score, Antecedent { entity, at, rival: Some((found.entity, score - top)) }),
                None => (score, Antecedent { entity, at, rival: None }),
            });
        }
        best.map(|(_, found)| found)
    }

    /// How well the entity, mentioned at `at`, fits; `None` where it cannot be.
    fn fit(&self, id: EntityId, at: usize, wanted: Wanted) -> Option<f32> {
        let entity = self.entities.get(id.0 as usize)?;
        let plural = !entity.named && self.scene.tag(at) == Tag::Nouns;
        match (wanted, entity.kind) {
            (Wanted::Person(gender), EntityKind::Person) if !plural => match entity.gender {
                Gender::Unknown => Some(0.0),
                known if known == gender => Some(0.6),
                _ => None,
            },
            (Wanted::Thing, EntityKind::Organization) if !plural => Some(0.5),
            (Wanted::Thing, EntityKind::Place | EntityKind::Other) => Some(-0.3),
            (Wanted::Many, EntityKind::Person) => Some(if plural { 1.2 } else { -1.0 }),
            (Wanted::Many, EntityKind::Organization) => Some(0.4),
            (Wanted::Many, EntityKind::Place) => Some(-0.8),
            (Wanted::Speaker, EntityKind::Person | EntityKind::Organization) => Some(0.0),
            (Wanted::Author, EntityKind::Organization) => Some(0.6),
            (Wanted::Author, EntityKind::Person) => Some(0.0),
            (Wanted::Body, EntityKind::Organization) => Some(0.0),
            _ => None,
        }
    }

    /// How much a mention stands out in its sentence.
    fn prominence(&self, at: usize) -> f32 {
        let scene = self.scene;
        let place = match scene.syntax.label(at) {
            Label::Subject | Label::PassiveSubject => 1.0,
            Label::Apposition | Label::Root | Label::Conjunct => 0.2,
            Label::Owner | Label::Compound => -0.4,
            Label::Object => -0.1,
            _ => -0.3,
        };
        let first = scene.cast.mentions_in(scene.sentence(at).0, at).is_empty();
        let heading = scene.document.paragraph_of(at).is_some_and(|paragraph| paragraph.heading);
        place + if first { 0.6 } else { 0.0 }
            - if scene.is_quoted(at) { 1.5 } else { 0.0 }
            - if heading { 0.8 } else { 0.0 }
    }
}

fn wanted(pronoun: Word) -> Option<Wanted> {
    const SHE: [Word; 3] = [word("she"), word("her"), word("herself")];
    const HE: [Word; 4] = [word("he"), word("him"), word("his"), word("himself")];
    const THEY: [Word; 4] = [word("they"), word("them"), word("their"), word("themselves")];
    if SHE.contains(&pronoun) {
        Some(Wanted::Person(Gender::Female))
    } else if HE.contains(&pronoun) {
        Some(Wanted::Person(Gender::Male))
    } else if THEY.contains(&pronoun) {
        Some(Wanted::Many)
    } else if pronoun == word("it") || pronoun == word("its") {
        Some(Wanted::Thing)
    } else if [word("i"), word("we"), word("you")].contains(&pronoun) {
        Some(Wanted::Speaker)
    } else {
        None
    }
}
