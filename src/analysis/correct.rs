//! A reader's corrections of an analysis: kept beside it, and applied again whenever the article is analysed again.
//!
//! A correction names a quote by its words and an entity by its name, never by an index, so it finds them in the work
//! of another engine and in a new version of the text.

use std::cmp::Reverse;

use super::{Analysis, Basis, Entity, EntityId, EntityKind, Evidence, Gender, Mention, MentionKind, Quote, QuoteKind};
use crate::text::Span;

/// What a reader says is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Who says a quote.
    Speaker {
        /// Which quote.
        quote: Anchor,
        /// The speaker's name; `None` where the text does not tell.
        speaker: Option<String>,
    },
    /// How a quote gives the words.
    Kind {
        /// Which quote.
        quote: Anchor,
        /// Its kind; `None` where it is no quote at all.
        kind: Option<QuoteKind>,
    },
    /// What an entity is.
    Entity {
        /// Its name.
        name: String,
        /// Its kind.
        kind: EntityKind,
    },
    /// That a passage gives somebody's words, which the engine did not see, or saw otherwise.
    Quote {
        /// Which passage.
        passage: Anchor,
        /// How it gives the words.
        kind: QuoteKind,
        /// The speaker's name; `None` where the text does not tell.
        speaker: Option<String>,
    },
    /// That two entities are one.
    Merge {
        /// The name of the one that goes.
        name: String,
        /// The name of the one that stays.
        into: String,
    },
    /// That one entity is two: what goes by one form of its name is somebody else.
    Split {
        /// The name of the one that stays.
        name: String,
        /// The form by which the other one goes: its name from now on.
        form: String,
    },
}

/// Names a quote by its words and by what stands around them (a text-quote selector of the Web Annotation model), so
/// that it is found where the same words are said more than once, and after the text has grown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Byte where the quote stood: of several places that the text around does not tell apart, the nearest is meant.
    pub start: usize,
    /// Its words, as [`Span::of`] gives them.
    pub words: String,
    /// The last characters before them.
    pub before: String,
    /// The first characters behind them.
    pub after: String,
}

/// Characters kept on each side of a quote.
const AROUND: usize = 32;

impl Anchor {
    /// The anchor of the quote at `span` of `text`.
    #[must_use]
    pub fn new(span: Span, text: &str) -> Self {
        let head = text.get(..span.start).unwrap_or_default();
        let first = head.char_indices().rev().take(AROUND).last().map_or(span.start, |(at, _)| at);
        let before = head.get(first..).unwrap_or_default().to_owned();
        let after = text.get(span.end..).unwrap_or_default().chars().take(AROUND).collect();
        Self { start: span.start, words: span.of(text).to_owned(), before, after }
    }

    /// Where its words stand in `text`.
    #[must_use]
    pub fn place(&self, text: &str) -> Option<Span> {
        let places = text.match_indices(self.words.as_str()).filter(|(_, words)| !words.is_empty());
        let best = places.max_by_key(|(at, words)| {
            let before = text.get(..*at).unwrap_or_default().bytes().rev();
            let after = text.get(at + words.len()..).unwrap_or_default().bytes();
            let around = same(before, self.before.bytes().rev()) + same(after, self.after.bytes());
            (around, Reverse(at.abs_diff(self.start)))
        });
        best.map(|(at, words)| Span::new(at, at + words.len()))
    }

    /// The index of the quote it names, in `analysis` of `text`; `None` where there is none. Another engine may begin or end it elsewhere, so it is
    /// the one that shares most with its place, and more than half.
    #[must_use]
    pub fn find(&self, analysis: &Analysis, text: &str) -> Option<usize> {
        let place = self.place(text)?;
        let shares = |quote: &Quote| (quote.span.intersection(place).len(), quote.span.union(place).len());
        let quotes = analysis.quotes.iter().map(shares).enumerate();
        let most = quotes.filter(|(_, (shared, all))| 2 * shared > *all);
        most.max_by_key(|(_, (shared, all))| (*shared, Reverse(*all))).map(|(index, _)| index)
    }
}

/// How many bytes are the same before the first that differs.
fn same(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

impl Correction {
    /// Applies the correction to `analysis` of `text`; says whether what it corrects was found.
    pub fn apply(&self, analysis: &mut Analysis, text: &str) -> bool {
        match self {
            Self::Speaker { quote, speaker } => {
                let Some(index) = quote.find(analysis, text) else { return false };
                let speaker = speaker.as_deref().map(|name| named_or_new(analysis, name));
                if let Some(quote) = analysis.quotes.get_mut(index) {
                    // What the engine took for the source named somebody else.
                    if quote.speaker != speaker {
                        quote.source = None;
                    }
                    quote.speaker = speaker;
                    quote.confidence = 1.0;
                    quote.evidence = by_hand();
                }
                true
            }
            Self::Kind { quote, kind } => {
                let Some(index) = quote.find(analysis, text) else { return false };
                match (kind, analysis.quotes.get_mut(index)) {
                    (Some(kind), Some(quote)) => quote.kind = *kind,
                    _ => {
                        analysis.quotes.remove(index);
                    }
                }
                true
            }
            Self::Quote { passage, kind, speaker } => {
                let Some(span) = passage.place(text) else { return false };
                let speaker = speaker.as_deref().map(|name| named_or_new(analysis, name));
                let evidence = by_hand();
                let quote = Quote { kind: *kind, span, speaker, source: None, cue: None, confidence: 1.0, evidence };
                insert(analysis, quote);
                true
            }
            Self::Entity { name, kind } => {
                let entity = position(analysis, name).and_then(|index| analysis.entities.get_mut(index));
                entity.map(|entity| entity.kind = *kind).is_some()
            }
            Self::Merge { name, into } => match (position(analysis, name), position(analysis, into)) {
                (Some(from), Some(into)) if from != into => {
                    merge(analysis, from, into);
                    true
                }
                _ => false,
            },
            Self::Split { name, form } => {
                position(analysis, name).is_some_and(|index| split(analysis, index, form, text))
            }
        }
    }

    /// The quote or passage that it corrects; `None` where it corrects a name.
    #[must_use]
    pub const fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Speaker { quote, .. } | Self::Kind { quote, .. } | Self::Quote { passage: quote, .. } => Some(quote),
            Self::Entity { .. } | Self::Merge { .. } | Self::Split { .. } => None,
        }
    }

    /// Whether it says what the entity with one of `names` is, or who is behind one of them.
    #[must_use]
    pub fn is_about(&self, names: &[&str]) -> bool {
        let is_it = |name: &str| names.iter().any(|known| is_same(known, name));
        match self {
            Self::Entity { name, .. } => is_it(name),
            Self::Merge { name: one, into: other } | Self::Split { name: one, form: other } => {
                is_it(one) || is_it(other)
            }
            Self::Speaker { .. } | Self::Kind { .. } | Self::Quote { .. } => false,
        }
    }
}

/// What speaks for a speaker whom a reader named.
fn by_hand() -> Evidence {
    Evidence { basis: Basis::Correction, ..Evidence::default() }
}

/// Adds `quote` where it belongs. What it crosses or covers goes, but for words in quotation marks inside reported
/// speech; a quote that it lies within stays around it.
fn insert(analysis: &mut Analysis, quote: Quote) {
    let span = quote.span;
    analysis.quotes.retain(|other| {
        let around = other.span.covers(span) && other.span != span;
        let inside = span.covers(other.span) && span != other.span;
        let quoted = inside && other.kind == QuoteKind::Direct && quote.kind != QuoteKind::Direct;
        around || quoted || !other.span.overlaps(span)
    });
    let key = |quote: &Quote| (quote.span.start, Reverse(quote.span.end));
    let place = analysis.quotes.partition_point(|other| key(other) <= key(&quote));
    analysis.quotes.insert(place, quote);
}

/// Makes what goes by `form` an entity of its own: its mentions by that form, the descriptions and pronouns that come
/// after one of them before the next other name, and the quotes that these mentions are the sources of. `false` where
/// nothing of entity `index` goes by it, or all of it does.
fn split(analysis: &mut Analysis, index: usize, form: &str, text: &str) -> bool {
    let new = EntityId(u32::try_from(analysis.entities.len()).unwrap_or(u32::MAX));
    let Some(entity) = analysis.entities.get_mut(index) else { return false };
    let by_form = |mention: &Mention| mention.kind == MentionKind::Name && is_same(mention.span.of(text), form);
    let mut other = false;
    let (gone, kept): (Vec<Mention>, Vec<Mention>) = entity.mentions.iter().copied().partition(|mention| {
        if mention.kind == MentionKind::Name {
            other = by_form(mention);
        }
        other
    });
    if !gone.iter().any(by_form) || !kept.iter().any(|mention| mention.kind == MentionKind::Name) {
        return false;
    }
    entity.aliases.retain(|alias| !is_same(alias, form));
    if is_same(&entity.name, form) {
        let longest = kept.iter().filter(|mention| mention.kind == MentionKind::Name).map(|mention| mention.span);
        let name = longest.max_by_key(|span| (span.len(), Reverse(span.start))).unwrap_or_default();
        name.of(text).clone_into(&mut entity.name);
        let name = entity.name.clone();
        entity.aliases.retain(|alias| !is_same(alias, &name));
    }
    entity.mentions = kept;
    let (kind, gender) = (entity.kind, entity.gender);
    for quote in analysis.quotes.iter_mut().filter(|quote| quote.speaker.is_some_and(|id| id.0 as usize == index)) {
        let sources = quote.source.iter().chain(&quote.evidence.chain);
        if sources.take(1).any(|source| gone.iter().any(|mention| mention.span.overlaps(*source))) {
            quote.speaker = Some(new);
            quote.evidence.chain = Box::default();
        }
    }
    let name = form.to_owned();
    analysis.entities.push(Entity { kind, name, named: true, role: None, gender, aliases: Vec::new(), mentions: gone });
    true
}

fn is_same(name: &str, other: &str) -> bool {
    name.to_lowercase() == other.to_lowercase()
}

impl Analysis {
    /// The entity called `name`: by its full name first, then by what else it is called.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<EntityId> {
        position(self, name).and_then(|index| u32::try_from(index).ok()).map(EntityId)
    }
}

/// The entity called `name`: by its full name first, then by what else it is called.
fn position(analysis: &Analysis, name: &str) -> Option<usize> {
    let same = |other: &str| is_same(other, name);
    analysis
        .entities
        .iter()
        .position(|entity| same(&entity.name))
        .or_else(|| analysis.entities.iter().position(|entity| entity.aliases.iter().any(|alias| same(alias))))
}

/// The entity called `name`, a new person where there is none.
fn named_or_new(analysis: &mut Analysis, name: &str) -> EntityId {
    let index = position(analysis, name).unwrap_or_else(|| {
        analysis.entities.push(Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            named: true,
            role: None,
            gender: Gender::Unknown,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        analysis.entities.len() - 1
    });
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Makes entity `from` part of entity `into`, two valid and different indexes; later ones move down by one.
fn merge(analysis: &mut Analysis, from: usize, into: usize) {
    let gone = analysis.entities.remove(from);
    let moved = |index: usize| index - usize::from(index > from);
    let target = moved(into);
    if let Some(entity) = analysis.entities.get_mut(target) {
        entity.mentions.extend(gone.mentions);
        entity.mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        for name in std::iter::once(gone.name).chain(gone.aliases) {
            if name != entity.name && !entity.aliases.contains(&name) {
                entity.aliases.push(name);
            }
        }
        entity.role = entity.role.take().or(gone.role);
        if entity.gender == Gender::Unknown {
            entity.gender = gone.gender;
        }
    }
    let renumber = |speaker: &mut EntityId| {
        let index = speaker.0 as usize;
        let index = if index == from { target } else { moved(index) };
        *speaker = EntityId(u32::try_from(index).unwrap_or(u32::MAX));
    };
    for quote in &mut analysis.quotes {
        quote.speaker.iter_mut().for_each(renumber);
        let runner_up = &mut quote.evidence.runner_up;
        runner_up.iter_mut().for_each(|other| renumber(&mut other.speaker));
        // Nobody is second to themselves.
        *runner_up = runner_up.take().filter(|other| Some(other.speaker) != quote.speaker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“We won,” said Ana Silva. “We won,” said Ben. Mr Silva left.";

    fn entity(name: &str, start: usize) -> Entity {
        Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            named: true,
            role: None,
            gender: Gender::Unknown,
            aliases: Vec::new(),
            mentions: vec![Mention { span: Span::new(start, start + name.len()), kind: MentionKind::Name }],
        }
    }

    fn quote(start: usize, end: usize, speaker: u32) -> Quote {
        Quote {
            kind: QuoteKind::Direct,
            span: Span::new(start, end),
            speaker: Some(EntityId(speaker)),
            source: None,
            cue: None,
            confidence: 0.5,
            evidence: Evidence::default(),
        }
    }

    fn analysis() -> Analysis {
        let second = TEXT.rfind("“We won,”").unwrap();
        Analysis {
            entities: vec![entity("Ana Silva", 19), entity("Ben", 50), entity("Mr Silva", 55)],
            quotes: vec![quote(0, 13, 0), quote(second, second + 13, 2)],
        }
    }

    #[test]
    fn a_quote_said_twice_is_corrected_where_it_stood() {
        let mut analysis = analysis();
        let anchor = Anchor::new(analysis.quotes[1].span, TEXT);
        assert!(Correction::Speaker { quote: anchor, speaker: Some("ben".to_owned()) }.apply(&mut analysis, TEXT));
        assert_eq!(analysis.quotes[0].speaker, Some(EntityId(0)));
        assert_eq!(analysis.quotes[1].speaker, Some(EntityId(1)));
    }

    #[test]
    fn a_speaker_whom_the_engine_never_saw_becomes_an_entity() {
        let mut analysis = analysis();
        let anchor = Anchor::new(analysis.quotes[0].span, TEXT);
        Correction::Speaker { quote: anchor, speaker: Some("Eva Braun".to_owned()) }.apply(&mut analysis, TEXT);
        let speaker = analysis.quotes[0].speaker.and_then(|id| analysis.entity(id)).unwrap();
        assert_eq!(speaker.name, "Eva Braun");
    }

    #[test]
    fn a_correction_follows_its_words_into_a_new_version_of_the_text() {
        let longer = format!("A new first sentence. {TEXT}");
        let mut moved = analysis();
        let anchor = Anchor::new(moved.quotes[1].span, TEXT);
        for quote in &mut moved.quotes {
            quote.span = quote.span.shifted(longer.len() - TEXT.len());
        }
        assert!(Correction::Speaker { quote: anchor, speaker: None }.apply(&mut moved, &longer));
        assert_eq!(moved.quotes[1].speaker, None);
    }

    #[test]
    fn a_correction_finds_a_quote_that_another_engine_ends_elsewhere() {
        let mut other = analysis();
        let anchor = Anchor::new(other.quotes[1].span, TEXT);
        other.quotes[1].span.end -= "”".len();
        assert!(Correction::Kind { quote: anchor, kind: None }.apply(&mut other, TEXT));
        assert_eq!(other.quotes, analysis().quotes[..1]);
    }

    #[test]
    fn merging_moves_mentions_and_quotes_and_keeps_every_id_right() {
        for (name, into) in [("Mr Silva", "Ana Silva"), ("Ana Silva", "Mr Silva")] {
            let mut analysis = analysis();
            assert!(Correction::Merge { name: name.to_owned(), into: into.to_owned() }.apply(&mut analysis, TEXT));
            assert_eq!(analysis.entities.len(), 2);
            let names: Vec<_> =
                analysis.quotes.iter().map(|q| analysis.entity(q.speaker.unwrap()).unwrap().name.clone()).collect();
            assert_eq!(names, [into, into]);
            let merged = analysis.entities.iter().find(|entity| entity.name == into).unwrap();
            assert_eq!((merged.mentions.len(), merged.aliases.as_slice()), (2, [name.to_owned()].as_slice()));
        }
    }

    #[test]
    fn a_passage_that_nobody_took_for_a_quote_becomes_one_where_it_stands() {
        let mut analysis = analysis();
        let at = TEXT.find("Mr Silva left").unwrap();
        let passage = Anchor::new(Span::new(at, at + 13), TEXT);
        let reported = |passage: &Anchor| Correction::Quote {
            passage: passage.clone(),
            kind: QuoteKind::Indirect,
            speaker: Some("Ben".to_owned()),
        };
        assert!(reported(&passage).apply(&mut analysis, TEXT));
        let last = analysis.quotes.last().unwrap();
        assert_eq!((analysis.quotes.len(), last.span.of(TEXT)), (3, "Mr Silva left"));
        assert_eq!((last.speaker, last.evidence.basis), (Some(EntityId(1)), Basis::Correction));
        assert_eq!(passage.find(&analysis, TEXT), Some(2));
        // Around a direct quote, which stays inside it; across one, which goes.
        for (words, quotes) in [("“We won,” said Ben", 4), ("won,” said Ben", 3)] {
            let mut analysis = analysis.clone();
            let at = TEXT.rfind(words).unwrap();
            let passage = Anchor::new(Span::new(at, at + words.len()), TEXT);
            reported(&passage).apply(&mut analysis, TEXT);
            assert_eq!(analysis.quotes.len(), quotes, "{words}");
            assert!(analysis.quotes.is_sorted_by_key(|quote| (quote.span.start, Reverse(quote.span.end))));
        }
    }

    #[test]
    fn splitting_gives_a_form_with_its_pronouns_and_quotes_to_somebody_else() {
        let mut analysis = analysis();
        let merge = Correction::Merge { name: "Mr Silva".to_owned(), into: "Ana Silva".to_owned() };
        merge.apply(&mut analysis, TEXT);
        analysis.entities[0].mentions.push(Mention { span: Span::new(64, 68), kind: MentionKind::Pronoun });
        analysis.quotes[1].source = TEXT.find("Mr Silva").map(|at| Span::new(at, at + 8));
        let at = analysis.quotes[1].source.unwrap();
        analysis.entities[0].mentions[1].span = at;
        let split = |form: &str| Correction::Split { name: "Ana Silva".to_owned(), form: form.to_owned() };
        assert!(split("mr silva").apply(&mut analysis, TEXT));
        let names: Vec<_> =
            analysis.entities.iter().map(|entity| (entity.name.as_str(), entity.mentions.len())).collect();
        assert_eq!(names, [("Ana Silva", 1), ("Ben", 1), ("mr silva", 2)]);
        assert_eq!(analysis.quotes.iter().map(|quote| quote.speaker.unwrap().0).collect::<Vec<_>>(), [0, 2]);
        assert!(analysis.entities[0].aliases.is_empty());
        assert!(!split("Ana Silva").apply(&mut analysis, TEXT), "nothing would be left");
        assert!(!split("Nobody").apply(&mut analysis, TEXT));
    }

    #[test]
    fn splitting_the_fullest_name_off_leaves_the_next_one() {
        let mut analysis = analysis();
        let merge = Correction::Merge { name: "Mr Silva".to_owned(), into: "Ana Silva".to_owned() };
        merge.apply(&mut analysis, TEXT);
        let at = TEXT.find("Mr Silva").unwrap();
        analysis.entities[0].mentions[1].span = Span::new(at, at + 8);
        let split = Correction::Split { name: "Ana Silva".to_owned(), form: "Ana Silva".to_owned() };
        analysis.entities[0].mentions[0].span = Span::new(TEXT.find("Ana").unwrap(), TEXT.find("Ana").unwrap() + 9);
        assert!(split.apply(&mut analysis, TEXT));
        assert_eq!((analysis.entities[0].name.as_str(), analysis.entities[2].name.as_str()), ("Mr Silva", "Ana Silva"));
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        let before = analysis();
        let mut after = before.clone();
        let nowhere = Anchor { words: "Nobody said this".to_owned(), ..Anchor::new(Span::new(2, 9), TEXT) };
        assert!(!Correction::Kind { quote: nowhere, kind: None }.apply(&mut after, TEXT));
        assert!(!Correction::Merge { name: "Ana Silva".to_owned(), into: "Cleo".to_owned() }.apply(&mut after, TEXT));
        assert!(!Correction::Entity { name: "Cleo".to_owned(), kind: EntityKind::Place }.apply(&mut after, TEXT));
        assert_eq!(before, after);
    }
}
