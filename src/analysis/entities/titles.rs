//! Titles before names: "US President", "former Vice President of the United States", "Mrs."

use super::gender;
use crate::analysis::Gender;
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::{Name, NameKind};
use crate::analysis::token::{Document, Shape, Word, word};

/// A title has at most so many tokens.
const LONGEST: usize = 12;

/// The title before a mention, or the description beside it: its tokens, empty where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Title {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// The word that says what somebody is.
    pub head: usize,
    /// What it says of the person's gender.
    pub gender: Gender,
    /// What sort of title it is.
    pub sort: Sort,
    /// Whether it is a relation to somebody else: "his wife, ".
    pub kin: bool,
}

impl Title {
    /// Whether it stands before the name of one person, with nothing between.
    #[must_use]
    pub fn is_before(&self) -> bool {
        self.first < self.end && self.sort != Sort::Couple && !self.kin
    }
}

/// Sorts of titles, as far as they tell people of one family name apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// None, or one that says nothing: "Mr.", "Dr."
    #[default]
    Plain,
    /// What a wife is called by her husband's name: "Mrs.", "Lady".
    Wife,
    /// An office or a profession: "President".
    Office,
    /// Two at once, for a couple: "Mr. and Mrs."
    Couple,
}

/// What wives are called.
const WIVES: [Word; 5] = [word("mrs"), word("mrs."), word("lady"), word("madame"), word("mme.")];

/// What somebody's relative is called before the name: "his wife, Ann Hill".
const KIN: [Word; 14] = [
    word("wife"),
    word("husband"),
    word("widow"),
    word("widower"),
    word("mother"),
    word("father"),
    word("daughter"),
    word("son"),
    word("sister"),
    word("brother"),
    word("aunt"),
    word("uncle"),
    word("grandmother"),
    word("grandfather"),
];

/// What stands before somebody's relative, beside a possessive `'s`.
const WHOSE: [Word; 4] = [word("his"), word("her"), word("their"), word("my")];

/// The titles before each of `names`; only people have one.
pub fn before(document: &Document<'_>, names: &[Name], lexicon: &Lexicon) -> Vec<Title> {
    let finder = Finder { document, lexicon, names };
    (0..names.len()).map(|at| finder.title(at)).collect()
}

struct Finder<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    names: &'a [Name],
}

/// Words that come before a role and belong to it.
const MODIFIERS: &[Word] = &[
    word("former"),
    word("acting"),
    word("deputy"),
    word("senior"),
    word("vice"),
    word("assistant"),
    word("interim"),
    word("incoming"),
    word("outgoing"),
    word("current"),
    word("then"),
    word("late"),
    word("prime"),
    word("foreign"),
    word("chief"),
    word("press"),
    word("general"),
    word("attorney"),
    word("first"),
    word("lead"),
    word("executive"),
    word("managing"),
    word("co"),
    word("ex"),
    word("associate"),
    word("junior"),
    word("opposition"),
    word("presidential"),
    word("national"),
    word("federal"),
    word("health"),
    word("police"),
    word("party"),
    word("finance"),
    word("defense"),
    word("defence"),
    word("interior"),
    word("security"),
    word("state"),
    word("campaign"),
    word("media"),
    word("majority"),
    word("minority"),
    word("house"),
    word("senate"),
    word("head"),
    word("team"),
    word("human"),
    word("rights"),
    word("education"),
    word("justice"),
    word("army"),
    word("military"),
    word("ministry"),
    word("government"),
    word("political"),
    word("film"),
    word("lead"),
    word("top"),
    word("veteran"),
    word("retired"),
    word("longtime"),
    word("city"),
    word("council"),
    word("school"),
    word("company"),
    word("communications"),
    word("elect"),
    word("supreme"),
    word("court"),
    word("district"),
    word("county"),
    word("fire"),
    word("republican"),
    word("democratic"),
];

impl Finder<'_> {
    fn classes(&self, at: usize) -> Classes {
        self.lexicon.classes(self.document.word_at(at))
    }

    fn is_role(&self, at: usize) -> bool {
        is_role(self.document, self.lexicon, at)
    }

    /// The name that ends right before the token at `end`, looked for among those before the name `at`.
    fn name_ending(&self, at: usize, end: usize) -> Option<&Name> {
        self.names.get(..at)?.iter().rev().take(4).find(|name| name.end as usize == end)
    }

    /// The title before the name `at`: "US President", "former Vice President of the United States".
    fn title(&self, at: usize) -> Title {
        let Some(name) = self.names.get(at).filter(|name| name.kind == NameKind::Person) else {
            return Title::default();
        };
        let Some(sentence) = self.document.sentence_of(name.first as usize) else { return Title::default() };
        let floor = (sentence.first as usize).max(self.names.get(..at).and_then(<[Name]>::last).map_or(0, |name| {
            // Names of people end a title; other names may be part of it.
            if name.kind == NameKind::Person { name.end as usize } else { 0 }
        }));
        let end = name.first as usize;
        let Some((first, head)) = self.title_before(at, floor, end).or_else(|| self.title_of_place(at, floor, end))
        else {
            return self.kin(floor, end).unwrap_or_default();
        };
        let of = |at: usize| gender::of_word(self.document.word_at(at));
        let joined = head.checked_sub(2).filter(|first| *first >= floor && self.is_and(first + 1));
        let couple = joined.is_some_and(|first| matches!((of(first), of(head)), (Gender::Male, Gender::Female)));
        let gender = (first..end).map(of).find(|gender| *gender != Gender::Unknown && !couple).unwrap_or_default();
        let sort = if couple {
            Sort::Couple
        } else if WIVES.contains(&self.document.word_at(head)) {
            Sort::Wife
        } else if self.classes(head).any(Classes::ROLE) {
            Sort::Office
        } else {
            Sort::Plain
        };
        Title { first, end, head, gender, sort, kin: false }
    }

    fn is_and(&self, at: usize) -> bool {
        [word("and"), word("&")].contains(&self.document.word_at(at))
    }

    /// The relative whom the name that starts at `end` is: "his wife, Ann Hill", "Hill's brother John".
    fn kin(&self, floor: usize, end: usize) -> Option<Title> {
        let comma = self.document.word_at(end.checked_sub(1)?) == word(",");
        let head = end.checked_sub(1 + usize::from(comma)).filter(|head| *head > floor)?;
        let whose =
            WHOSE.contains(&self.document.word_at(head - 1)) || self.document.shape_at(head - 1).has(Shape::POSSESSIVE);
        let kin = self.document.word_at(head);
        let gender = gender::of_word(kin);
        let given = self.classes(end);
        // "Before he told his wife, John Hill left."
        let another = match gender {
            Gender::Female => given.any(Classes::GIVEN_MALE) && !given.any(Classes::GIVEN_FEMALE),
            _ => given.any(Classes::GIVEN_FEMALE) && !given.any(Classes::GIVEN_MALE),
        };
        let is_kin = whose && KIN.contains(&kin) && !another;
        is_kin.then_some(Title { first: head, end: head + 1, head, gender, sort: Sort::Plain, kin: true })
    }

    /// The start and head of a title that ends right before `end`: "US President", "Mayor-elect".
    fn title_before(&self, at: usize, floor: usize, end: usize) -> Option<(usize, usize)> {
        let last = end.checked_sub(1).filter(|last| *last >= floor)?;
        let elect = self.document.word_at(last) == word("elect") && last >= floor + 2;
        let head = if elect { last - 2 } else { last };
        self.is_role(head).then(|| (self.widen(at, floor, head), head))
    }

    /// The same where a name stands between: "Vice President of the United States".
    fn title_of_place(&self, at: usize, floor: usize, end: usize) -> Option<(usize, usize)> {
        let place = self.name_ending(at, end).filter(|place| place.first as usize > floor)?;
        let of = self.of_before(floor, place.first as usize)?;
        let head = of.checked_sub(1).filter(|head| *head >= floor && self.is_role(*head))?;
        Some((self.widen(at, floor, head), head))
    }

    /// The "of" (or "from", "for", "of the") that ends right before `at`.
    fn of_before(&self, floor: usize, at: usize) -> Option<usize> {
        let of = |at: usize| [word("of"), word("from"), word("for")].contains(&self.document.word_at(at));
        let last = at.checked_sub(1).filter(|last| *last > floor)?;
        if of(last) {
            return Some(last);
        }
        (self.document.word_at(last) == word("the") && of(last - 1)).then_some(last - 1)
    }

    /// Where a role starts whose head is at `head`: names, roles and modifiers before it belong to it.
    fn widen(&self, at: usize, floor: usize, head: usize) -> usize {
        let mut first = head;
        while first > floor && head - first < LONGEST {
            if let Some(name) = self.name_ending(at, first)
                && name.kind != NameKind::Person
                && name.first as usize >= floor
            {
                first = name.first as usize;
                continue;
            }
            let before = first - 1;
            let word_before = self.document.word_at(before);
            let shape = self.document.shape_at(before);
            let classes = self.classes(before);
            let tight = self.document.text_of(before) == "-" && !shape.has(Shape::SPACED) && before > floor;
            let joined = self.is_and(before) && before > floor && self.is_role(before - 1);
            let belongs = MODIFIERS.contains(&word_before)
                || (classes.any(Classes::ROLE.with(Classes::NATIONALITY)) && !classes.any(Classes::SAYING))
                || (shape.has(Shape::CAPITALISED)
                    && !classes.any(Classes::FUNCTION.with(Classes::SAYING))
                    && !shape.has(Shape::FIRST));
            if tight || joined || belongs {
                first = before;
            } else {
                break;
            }
        }
        // A role does not start with what only joins.
        while first < head && [word("-"), word("and"), word("&")].contains(&self.document.word_at(first)) {
            first += 1;
        }
        first
    }
}

/// Whether the word at `at` says what somebody is.
pub fn is_role(document: &Document<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let word = document.word_at(at);
    lexicon.classes(word).any(Classes::ROLE.with(Classes::HONORIFIC)) || gender::of_word(word) != Gender::Unknown
}
