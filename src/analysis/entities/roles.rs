//! Titles before names and descriptions beside them: what a person is, as the article gives it.

use super::{Cast, Naming, Role, gender, index};
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::{Name, NameKind};
use crate::analysis::token::{Document, Shape, Word, word};
use crate::analysis::{EntityKind, Gender};

/// A description has at most so many tokens.
const LONGEST: usize = 12;

/// The title before a mention: its tokens, empty where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Title {
    first: usize,
    end: usize,
    head: usize,
    /// What it says of the person's gender.
    pub gender: Gender,
}

/// The titles before each of `names`; only people have one.
pub fn before(document: &Document<'_>, names: &[Name], lexicon: &Lexicon) -> Vec<Title> {
    let finder = Finder { document, lexicon, names };
    (0..names.len()).map(|at| finder.title(at)).collect()
}

/// Adds titles and descriptions to `cast`, and gives each person the fullest one as its role.
pub fn attach(document: &Document<'_>, lexicon: &Lexicon, titles: &[Title], names: &[Name], cast: &mut Cast) {
    let finder = Finder { document, lexicon, names };
    let mut mentions = cast.mentions.iter();
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.kind != NameKind::Group) {
        let Some(mention) = mentions.next() else { break };
        if name.kind != NameKind::Person {
            continue;
        }
        let title = titles.get(at).copied().unwrap_or_default();
        let aside = finder.description(at);
        for part in [title, aside].into_iter().filter(|part| part.first < part.end) {
            found.push((part, *mention));
        }
    }
    found.sort_by_key(|(part, _)| part.first);
    for (part, mention) in found {
        add(document, lexicon, cast, part, mention);
    }
}

fn add(document: &Document<'_>, lexicon: &Lexicon, cast: &mut Cast, part: Title, mention: Naming) {
    let head = document.word_at(part.head);
    cast.roles.push(Role { first: index(part.first), end: index(part.end), head, entity: mention.entity });
    let Some(entity) = cast.entities.get_mut(mention.entity.0 as usize) else { return };
    if part.gender != Gender::Unknown && entity.gender == Gender::Unknown {
        entity.gender = part.gender;
    }
    // "Mr" and "Dr" are forms of address, not roles.
    let says_something = lexicon.classes(head).any(Classes::ROLE);
    if entity.kind == EntityKind::Person && says_something {
        let text = document.span_of(part.first, part.end).of(document.text);
        let better = entity.role.as_ref().is_none_or(|role| !role.contains(' ') && text.contains(' '));
        if better {
            entity.role = Some(text.to_owned());
        }
    }
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
        self.classes(at).any(Classes::ROLE.with(Classes::HONORIFIC))
            || gender::of_word(self.document.word_at(at)) != Gender::Unknown
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
            return Title::default();
        };
        let gender = (first..end).map(|at| gender::of_word(self.document.word_at(at))).find(|g| *g != Gender::Unknown);
        Title { first, end, head, gender: gender.unwrap_or_default() }
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
            let joined = [word("and"), word("&")].contains(&word_before) && before > floor && self.is_role(before - 1);
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

    /// The description after the name `at`, set off by commas: ", the White House press secretary,".
    fn description(&self, at: usize) -> Title {
        let none = Title::default();
        let Some(name) = self.names.get(at) else { return none };
        let Some(sentence) = self.document.sentence_of(name.first as usize) else { return none };
        let mut first = name.end as usize;
        let said = self.predicate(first);
        if said.is_none() && self.document.word_at(first) != word(",") {
            return none;
        }
        first = said.unwrap_or(first + 1);
        // An age may come first: ", 45, a teacher".
        if said.is_none()
            && self.document.shape_at(first).has(Shape::NUMBER)
            && self.document.word_at(first + 1) == word(",")
        {
            first += 2;
        }
        let limit = (sentence.end as usize).min(first + LONGEST);
        let determined = [word("the"), word("a"), word("an"), word("his"), word("her"), word("their"), word("its")];
        let bare = !determined.contains(&self.document.word_at(first));
        let start = if bare { first } else { first + 1 };
        let stop = (start..limit).find(|at| self.ends_description(*at)).unwrap_or(limit);
        // The head is the last role word before anything that could follow it ("of", "for", "who", a comma).
        let phrase = (start..stop).take_while(|at| !self.follows_head(*at, start)).last();
        let Some(head) =
            phrase.filter(|last| self.is_role(*last) && !self.document.shape_at(*last).has(Shape::POSSESSIVE))
        else {
            return none;
        };
        let closed = stop < limit || stop == sentence.end as usize;
        let denied =
            (start..head).any(|at| [word("not"), word("n't"), word("never")].contains(&self.document.word_at(at)));
        if said.is_some() && denied {
            return none;
        }
        if bare && (!closed || self.classes(start).any(Classes::FUNCTION)) {
            return none;
        }
        let gender = gender::of_word(self.document.word_at(head));
        Title { first: start, end: stop.max(head + 1), head, gender }
    }

    /// Where what somebody is said to be begins, after the verb at `at`: "is", "has been", "became", "serves as".
    fn predicate(&self, at: usize) -> Option<usize> {
        let is = |at: usize, words: &[Word]| words.contains(&self.document.word_at(at));
        if is(at, &[word("is"), word("was"), word("became"), word("remains")]) {
            Some(at + 1)
        } else if is(at, &[word("has"), word("had")]) && is(at + 1, &[word("been")])
            || is(at, &[word("serves"), word("served")]) && is(at + 1, &[word("as")])
        {
            Some(at + 2)
        } else {
            None
        }
    }

    fn ends_description(&self, at: usize) -> bool {
        let shape = self.document.shape_at(at);
        let this = self.document.word_at(at);
        (shape.has(Shape::PUNCTUATION) && self.document.text_of(at) != "-")
            || [
                word("who"),
                word("which"),
                word("that"),
                word("said"),
                word("says"),
                word("told"),
                word("was"),
                word("is"),
                word("has"),
                word("had"),
                word("since"),
                word("until"),
                word("when"),
                word("while"),
            ]
            .contains(&this)
    }

    fn follows_head(&self, at: usize, start: usize) -> bool {
        let follows = [
            word("of"),
            word("for"),
            word("at"),
            word("in"),
            word("from"),
            word("with"),
            word("to"),
            word("on"),
            word("and"),
            word("by"),
        ];
        at > start && follows.contains(&self.document.word_at(at))
    }
}
