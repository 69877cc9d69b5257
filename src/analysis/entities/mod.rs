//! From mentions to entities: who and what the article is about, before anybody is heard.
//!
//! Units: token indexes, unless a name says span. Every name mention belongs to exactly one entity; an entity has one
//! kind; two people with different given names are never one.

mod alias;
mod gender;
mod mentions;
mod parts;
mod people;
mod roles;
mod short;
#[cfg(test)]
mod tests;
mod things;
mod titles;

use std::collections::HashMap;

use super::names::{Name, NameKind};
use super::token::{Document, Word};
use super::{Entity, EntityId, EntityKind, Gender, Lexicon, Mention, MentionKind, dates};
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
    /// Mentions by a single name that two people bear ("Hill" of Ann and John Hill), in order.
    pub doubts: Vec<Doubt>,
}

/// Who else a mention may name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// Index of its first token.
    pub first: u32,
    /// Who else.
    pub other: EntityId,
    /// How likely the other one is against the one it is taken for; 1 where nothing tells.
    pub odds: f32,
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

/// Merges `names`, dates and amounts into entities.
#[must_use]
pub fn collect(document: &Document<'_>, names: &[Name], lexicon: &Lexicon) -> Cast {
    let titles = titles::before(document, names, lexicon);
    let mut keys = vec![0_u32; names.len()];
    let (people, ties) = people::merge(document, names, &titles, lexicon, &mut keys);
    things::merge(document, names, people, lexicon, &mut keys);
    let mut cast = Cast::default();
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut kinds: Vec<[usize; 6]> = Vec::new();
    for (name, key) in names.iter().zip(&keys) {
        let Some(kind) = kind(name.kind) else {
            cast.groups.push(*name);
            continue;
        };
        let number = *numbers.entry(*key).or_insert_with(|| {
            cast.entities.push(unnamed_yet(kind));
            kinds.push([0; 6]);
            index(cast.entities.len() - 1)
        });
        if let Some(count) = kinds.get_mut(number as usize).and_then(|kinds| kinds.get_mut(kind as usize)) {
            *count += 1;
        }
        let entity = EntityId(number);
        cast.mentions.push(Naming { first: name.first, end: name.end, entity });
        if let Some(entity) = cast.entities.get_mut(number as usize) {
            let span = document.span_of(name.first as usize, name.end as usize);
            entity.mentions.push(Mention { span, kind: MentionKind::Name });
        }
    }
    for (number, entity) in cast.entities.iter_mut().enumerate() {
        name_entity(document, entity);
        let counts = kinds.get(number).copied().unwrap_or_default();
        let count = |kind: EntityKind| counts.get(kind as usize).copied().unwrap_or(0);
        // What names one thing is of one kind: that which it is most often taken for.
        let usual = [EntityKind::Organization, EntityKind::Place, EntityKind::Other];
        entity.kind =
            usual.into_iter().fold(entity.kind, |best, kind| if count(kind) > count(best) { kind } else { best });
        debug_assert!(!entity.name.is_empty(), "entity {number} has no mention");
    }
    for tie in ties {
        if let (Some(name), Some(other)) = (names.get(tie.at), numbers.get(&tie.other)) {
            cast.doubts.push(Doubt { first: name.first, other: EntityId(*other), odds: tie.odds });
        }
    }
    describe(document, names, &titles, lexicon, &mut cast);
    tell_apart(document, names, &titles, &mut cast);
    add_dates(document, &mut cast);
    cast
}

/// Adds roles and genders to a cast whose mentions are those of `names`, in the same order.
pub fn add_roles(document: &Document<'_>, names: &[Name], lexicon: &Lexicon, cast: &mut Cast) {
    let titles = titles::before(document, names, lexicon);
    describe(document, names, &titles, lexicon, cast);
}

fn describe(document: &Document<'_>, names: &[Name], titles: &[titles::Title], lexicon: &Lexicon, cast: &mut Cast) {
    roles::attach(document, lexicon, titles, names, cast);
    gender::decide(document, lexicon, cast);
}

/// What a word like "actress" or "king" says of the gender of whom it describes.
#[must_use]
pub fn gender_of_word(word: Word) -> Gender {
    gender::of_word(word)
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn kind(kind: NameKind) -> Option<EntityKind> {
    match kind {
        NameKind::Person => Some(EntityKind::Person),
        NameKind::Organization => Some(EntityKind::Organization),
        NameKind::Place => Some(EntityKind::Place),
        NameKind::Other => Some(EntityKind::Other),
        NameKind::Group => None,
    }
}

fn unnamed_yet(kind: EntityKind) -> Entity {
    Entity {
        kind,
        name: String::new(),
        named: true,
        role: None,
        gender: Gender::Unknown,
        aliases: Vec::new(),
        mentions: Vec::new(),
    }
}

/// Gives `entity` the fullest of the forms it is mentioned by as its name, and the others as aliases.
fn name_entity(document: &Document<'_>, entity: &mut Entity) {
    let mut forms: Vec<(&str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for mention in &entity.mentions {
        let form = mention.span.of(document.text);
        let place = *places.entry(form).or_insert_with(|| {
            forms.push((form, 0));
            forms.len() - 1
        });
        if let Some((_, count)) = forms.get_mut(place) {
            *count += 1;
        }
    }
    // Fuller is more words, then no initials; of equals the first. Nicknames in marks and shouting do not count for it.
    let fullness = |form: &str| {
        let marked = form.contains(['"', '“', '(', '/']);
        let shouted = form.len() > 5 && !form.contains(char::is_lowercase) && form.contains(' ');
        let initials = form.contains('.') || !form.contains(char::is_lowercase);
        (!marked && !shouted, form.split([' ', '-']).count(), !initials)
    };
    let full = forms.iter().map(|(form, _)| *form).reduce(
        |best, form| {
            if fullness(form) > fullness(best) { form } else { best }
        },
    );
    let full = full.unwrap_or_default();
    forms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    full.clone_into(&mut entity.name);
    entity.aliases = forms.iter().filter(|(form, _)| *form != full).map(|(form, _)| (*form).to_owned()).collect();
}

/// Puts the title before the names of people who would be called the same: "Mr. Hill" and "Mrs. Hill".
fn tell_apart(document: &Document<'_>, names: &[Name], titles: &[titles::Title], cast: &mut Cast) {
    let is_single = |entity: &&Entity| entity.kind == EntityKind::Person && !entity.name.contains(' ');
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for entity in cast.entities.iter().filter(is_single) {
        *bearers.entry(entity.name.clone()).or_default() += 1;
    }
    let named = names.iter().zip(titles).filter(|(name, _)| kind(name.kind).is_some());
    for ((_, title), mention) in named.zip(&cast.mentions).filter(|((_, title), _)| title.is_before()) {
        let Some(entity) = cast.entities.get_mut(mention.entity.0 as usize) else { continue };
        let span = document.span_of(title.head, mention.end as usize);
        if bearers.get(&entity.name).is_some_and(|bearers| *bearers > 1) && is_single(&&*entity) {
            let bare = std::mem::replace(&mut entity.name, span.of(document.text).to_owned());
            entity.aliases.insert(0, bare);
        }
    }
}

/// Adds dates and amounts as entities, equal ones as one.
fn add_dates(document: &Document<'_>, cast: &mut Cast) {
    let mut known: HashMap<(EntityKind, String), u32> = HashMap::new();
    let mut added = Vec::new();
    for found in dates::find(document) {
        if !cast.mentions_in(found.first, found.end).is_empty() || cast.mention_at(found.first).is_some() {
            continue;
        }
        let span = document.span_of(found.first, found.end);
        let kind = if found.money { EntityKind::Money } else { EntityKind::Date };
        let number = *known.entry((kind, span.of(document.text).to_lowercase())).or_insert_with(|| {
            cast.entities.push(Entity { name: span.of(document.text).to_owned(), ..unnamed_yet(kind) });
            index(cast.entities.len() - 1)
        });
        added.push(Naming { first: index(found.first), end: index(found.end), entity: EntityId(number) });
        if let Some(entity) = cast.entities.get_mut(number as usize) {
            entity.mentions.push(Mention { span, kind: MentionKind::Name });
        }
    }
    cast.mentions.extend(added);
    cast.mentions.sort_unstable_by_key(|mention| mention.first);
}
