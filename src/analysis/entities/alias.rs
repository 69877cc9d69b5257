//! Names of one thing by the word of the text: "World Health Organization (WHO)", "Jon Huber, better known as Brodie
//! Lee", and one name that is taken for one kind of thing here and for another there.

use super::things::Forms;
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::{Document, Shape, Word, word};

/// Words that may stand between two names of one thing.
const BETWEEN: &[Word] = &[
    word("also"),
    word("formerly"),
    word("previously"),
    word("once"),
    word("better"),
    word("best"),
    word("commonly"),
    word("popularly"),
    word("professionally"),
    word("originally"),
    word("affectionately"),
    word("locally"),
    word("widely"),
    word("known"),
    word("called"),
    word("as"),
    word("to"),
    word("fans"),
    word("friends"),
    word("the"),
    word("or"),
    word("simply"),
    word("aka"),
    word("a.k.a."),
    word("née"),
];

/// Words of those that say that both names are of one thing.
const SAME: &[Word] = &[word("known"), word("called"), word("aka"), word("a.k.a."), word("née")];

/// At most so many words stand between them.
const APART: usize = 8;

/// Kinds of names that somebody has beside the usual one: "under the ring name".
const KINDS_OF_NAME: &[Word] = &[word("ring"), word("stage"), word("pen"), word("birth"), word("real")];

/// At most so many names stand between somebody and such a name.
const REACH: usize = 4;

/// Pairs of names, by their places, that are of one thing as the text says.
pub fn stated(document: &Document<'_>, names: &[Name]) -> Vec<(usize, usize)> {
    // "Sanders called Biden" says something else.
    let set_off = |at: usize| matches!(document.text_of(at), "," | "(");
    let same = |one: &Name, other: &Name| {
        let end = one.end as usize + usize::from(document.text_of(one.end as usize) == ")");
        let mut between = end + 1..other.first as usize;
        between.len() < APART
            && set_off(end)
            && between.clone().all(|at| BETWEEN.contains(&document.word_at(at)))
            && between.any(|at| SAME.contains(&document.word_at(at)))
    };
    let named = |one: &Name, other: &Name| {
        let before = (other.first as usize).checked_sub(2).filter(|at| *at >= one.end as usize);
        before.is_some_and(|at| {
            document.word_at(at + 1) == word("name")
                && KINDS_OF_NAME.contains(&document.word_at(at))
                && document.tokens.get(one.first as usize).map(|t| t.sentence)
                    == document.tokens.get(at).map(|t| t.sentence)
        })
    };
    let mut pairs = Vec::new();
    for (at, other) in names.iter().enumerate().skip(1) {
        let before = names.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        let people = || before.iter().rposition(|one| one.kind == NameKind::Person && named(one, other));
        if before.last().is_some_and(|one| same(one, other)) {
            pairs.push((at - 1, at));
        } else if let Some(place) = people() {
            pairs.push((at - before.len() + place, at));
        }
    }
    pairs
}

impl Forms<'_> {
    /// Links what the text says is one.
    pub(super) fn link_stated(&mut self, names: &[Name]) {
        for (one, other) in stated(self.document, names) {
            self.link_names(one, other);
        }
    }

    fn link_names(&mut self, one: usize, other: usize) {
        let form = |at: usize| self.of_name.get(at).copied().flatten();
        if let (Some(one), Some(other)) = (form(one), form(other)) {
            self.link(one, other);
        }
    }

    /// "World Health Organization (WHO)", "WHO (World Health Organization)": what stands in brackets behind a name, and
    /// is short for it or the other way round, is the same.
    pub(super) fn link_brackets(&mut self, names: &[Name]) {
        for (at, pair) in names.windows(2).enumerate() {
            let [outside, inside] = pair else { continue };
            let (end, start) = (outside.end as usize, inside.first as usize);
            let bracketed = end + 1 == start
                && self.document.text_of(end) == "("
                && matches!(self.document.text_of(inside.end as usize), ")" | ";" | ",");
            let acronym = inside.kind == outside.kind && self.is_acronym(inside);
            if bracketed && (acronym || self.is_short_for(inside, outside) || self.is_short_for(outside, inside)) {
                self.link_names(at, at + 1);
            }
        }
    }

    /// Whether a name is two capitals or more in a word: in brackets it is an acronym, in whatever language.
    fn is_acronym(&self, name: &Name) -> bool {
        let text = self.document.span_of(name.first as usize, name.end as usize).of(self.document.text);
        text.chars().filter(|c| c.is_uppercase()).count() >= 2 && text.chars().count() <= 10 && !text.contains(' ')
    }

    /// Whether `short` has letters of `long` only, in their order and beginning with the first: "WHO", "Phivolcs".
    fn is_short_for(&self, short: &Name, long: &Name) -> bool {
        let text = |name: &Name| {
            let span = self.document.span_of(name.first as usize, name.end as usize);
            span.of(self.document.text).to_lowercase()
        };
        let (short, long) = (text(short), text(long));
        let mut rest = long.chars();
        short.len() < long.len()
            && short.chars().next() == long.chars().next()
            && short.chars().filter(|c| c.is_alphanumeric()).all(|c| rest.any(|other| other == c))
    }

    /// Links equal words of different kinds, as far as the kinds are a matter of taste: acronyms, and what is one thing
    /// much more often than another.
    pub(super) fn link_kinds(&mut self, names: &[Name]) {
        let mut counts = vec![0_usize; self.all.len()];
        for form in self.of_name.iter().take(names.len()).flatten() {
            if let Some(count) = counts.get_mut(*form as usize) {
                *count += 1;
            }
        }
        let mut known: WordMap<u32> = WordMap::default();
        for number in 0..u32::try_from(self.all.len()).unwrap_or(u32::MAX) {
            let Some(form) = self.all.get(number as usize) else { continue };
            let other = *known.entry(self.key(form.first, form.end)).or_insert(number);
            let count = |form: u32| counts.get(form as usize).copied().unwrap_or(0);
            let (few, many) = (count(number).min(count(other)), count(number).max(count(other)));
            let shape = self.document.shape_at(form.first);
            let acronym = form.end - form.first == 1 && shape.has(Shape::ALL_CAPS) && form.kind != NameKind::Place;
            if other != number && (acronym || many >= few * MORE_OFTEN) {
                self.link(number, other);
            }
        }
    }
}

/// How much more often a name is of one kind than of another where that is always meant.
const MORE_OFTEN: usize = 3;
