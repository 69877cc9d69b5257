//! Whom a pronoun refers to: everybody mentioned shortly before who fits in gender and number, ranked by how near, how
//! prominent in the sentence and how lately heard they are.

use std::sync::LazyLock;

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
    pub fn pronoun(&self, index: usize) -> Option<EntityId> {
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
        let weights = Weights::embedded();
        let mut best: Option<(f32, Antecedent)> = None;
        for (entity, at, signs) in self.candidates(index, wanted) {
            let score = weights.score(&signs);
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

    /// The signs of the entity mentioned at `at` for what is wanted at `index`; `None` where it cannot be.
    fn signs(&self, id: EntityId, at: usize, index: usize, wanted: Wanted) -> Option<Signs> {
        let entity = self.entities.get(id.0 as usize)?;
        let scene = self.scene;
        let plural = !entity.named && scene.tag(at) == Tag::Nouns;
        let mut signs = [0.0; NAMES.len()];
        match (wanted, entity.kind) {
            (Wanted::Person(gender), EntityKind::Person) if !plural => match entity.gender {
                Gender::Unknown => {}
                known if known == gender => signs[GENDER] = 1.0,
                _ => return None,
            },
            (Wanted::Thing, EntityKind::Organization) if !plural => signs[THING_BODY] = 1.0,
            (Wanted::Thing, EntityKind::Place | EntityKind::Other) => signs[THING_OTHER] = 1.0,
            (Wanted::Many, EntityKind::Person) => signs[if plural { MANY_PEOPLE } else { MANY_ONE }] = 1.0,
            (Wanted::Many, EntityKind::Organization) => signs[MANY_BODY] = 1.0,
            (Wanted::Many, EntityKind::Place) => signs[MANY_PLACE] = 1.0,
            (Wanted::Speaker, EntityKind::Person | EntityKind::Organization) => {}
            (Wanted::Author, EntityKind::Organization) => signs[AUTHOR_BODY] = 1.0,
            (Wanted::Author, EntityKind::Person) | (Wanted::Body, EntityKind::Organization) => {}
            _ => return None,
        }
        let (here, there) = (scene.document.tokens.get(index)?.sentence, scene.document.tokens.get(at)?.sentence);
        let paragraph = |sentence: u32| scene.document.sentences.get(sentence as usize).map_or(0, |s| s.paragraph);
        #[expect(clippy::cast_precision_loss, reason = "a score")]
        let apart = |one: u32, other: u32, most: u32| one.saturating_sub(other).min(most) as f32;
        signs[SENTENCES] = apart(here, there, 12);
        signs[PARAGRAPHS] = apart(paragraph(here), paragraph(there), 6);
        let place = match scene.syntax.label(at) {
            Label::Subject | Label::PassiveSubject => SUBJECT,
            Label::Apposition | Label::Root | Label::Conjunct => BESIDE,
            Label::Owner | Label::Compound => OWNER,
            Label::Object => OBJECT,
            _ => OBLIQUE,
        };
        signs[place] = 1.0;
        let sign = |is: bool| f32::from(u8::from(is));
        signs[FIRST] = sign(scene.cast.mentions_in(scene.sentence(at).0, at).is_empty());
        signs[QUOTED] = sign(scene.is_quoted(at));
        signs[HEADING] = sign(scene.document.paragraph_of(at).is_some_and(|paragraph| paragraph.heading));
        #[expect(clippy::cast_precision_loss, reason = "a score")]
        let named = entity.mentions.partition_point(|mention| mention.span.start < scene.span(at, at + 1).end) as f32;
        signs[NAMED] = (1.0 + named).ln();
        signs[ALIKE] = sign(scene.syntax.label(at) == scene.syntax.label(index));
        signs[SAME_SENTENCE] = sign(here == there);
        Some(signs)
    }

    /// Everybody whom the pronoun at `index` may mean, with the signs of each mention, the latest first.
    #[must_use]
    pub fn antecedents(&self, index: usize) -> Vec<(EntityId, usize, Signs)> {
        wanted(self.scene.word(index)).map_or_else(Vec::new, |wanted| self.candidates(index, wanted).collect())
    }

    /// Notes that the entity spoke at the token `at`, which comes after all noted before.
    pub fn hear(&mut self, at: usize, id: EntityId) {
        self.spoken.push((at, id));
    }

    fn candidates(&self, index: usize, wanted: Wanted) -> impl Iterator<Item = (EntityId, usize, Signs)> + '_ {
        let mentions = &self.scene.cast.mentions;
        let split = mentions.partition_point(|mention| (mention.first as usize) < index);
        let named = mentions.get(..split).unwrap_or_default().iter().rev().take(REACH);
        let named = named.map(|mention| (mention.end as usize - 1, mention.entity));
        let until = self.spoken.partition_point(|(at, _)| *at < index);
        let heard = self.spoken.get(..until).unwrap_or_default().iter().rev().take(REACH).copied();
        let last = heard.clone().next();
        named.chain(heard).filter_map(move |(at, entity)| {
            let mut signs = self.signs(entity, at, index, wanted)?;
            signs[HEARD] = f32::from(u8::from(last.is_some_and(|(_, id)| id == entity)));
            Some((entity, at, signs))
        })
    }
}

/// What speaks for a candidate and against it, each a number of a few units at most.
pub type Signs = [f32; NAMES.len()];

/// What each of the [`Signs`] is.
pub const NAMES: [&str; 22] = [
    "sentences-apart",
    "paragraphs-apart",
    "gender-known",
    "it-body",
    "it-other",
    "they-people",
    "they-one",
    "they-body",
    "they-place",
    "author-body",
    "subject",
    "beside",
    "owner",
    "object",
    "oblique",
    "first-in-sentence",
    "quoted",
    "heading",
    "heard-last",
    "named-often",
    "same-part-of-sentence",
    "same-sentence",
];

// Places among the signs.
const SENTENCES: usize = 0;
const PARAGRAPHS: usize = 1;
const GENDER: usize = 2;
const THING_BODY: usize = 3;
const THING_OTHER: usize = 4;
const MANY_PEOPLE: usize = 5;
const MANY_ONE: usize = 6;
const MANY_BODY: usize = 7;
const MANY_PLACE: usize = 8;
const AUTHOR_BODY: usize = 9;
const SUBJECT: usize = 10;
const BESIDE: usize = 11;
const OWNER: usize = 12;
const OBJECT: usize = 13;
const OBLIQUE: usize = 14;
const FIRST: usize = 15;
const QUOTED: usize = 16;
const HEADING: usize = 17;
const HEARD: usize = 18;
const NAMED: usize = 19;
const ALIKE: usize = 20;
const SAME_SENTENCE: usize = 21;

/// Weights of the signs; with them the logarithm of the odds is a sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(pub Signs);

impl Weights {
    /// The weights that come with the program, learned by `train ... pronouns`.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
            Weights::read(include_str!("../../../assets/model/pronouns.txt")).unwrap_or(Weights([0.0; NAMES.len()]))
        });
        &EMBEDDED
    }

    /// Weights from their text: a line a sign, its name and a number; `#` opens a remark. `None` where one is missing.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut weights = [0.0; NAMES.len()];
        for (weight, name) in weights.iter_mut().zip(NAMES) {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
            *weight = line.trim().parse().ok().filter(|number: &f32| number.is_finite())?;
        }
        Some(Self(weights))
    }

    /// The text that [`Weights::read`] takes.
    #[must_use]
    pub fn text(&self) -> String {
        let head = "# How much each sign speaks for whom a pronoun may mean: logarithms of odds.\n".to_owned();
        NAMES.iter().zip(self.0).fold(head, |text, (name, weight)| text + &format!("{name} {weight:.3}\n"))
    }

    /// How much `signs` speak for somebody.
    #[must_use]
    pub fn score(&self, signs: &Signs) -> f32 {
        self.0.iter().zip(signs).map(|(weight, sign)| weight * sign).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_are_written() {
        let embedded = Weights::embedded();
        assert_ne!(embedded.0, [0.0; NAMES.len()], "the ones that come with the program can be read");
        assert_eq!(Weights::read(&embedded.text()).as_ref(), Some(embedded));
        assert_eq!(Weights::read(&embedded.text().replacen("quoted ", "quoted x", 1)), None);
        assert_eq!(Weights::read(""), None);
    }
}
