//! Descriptions beside names, and what a person's role is by these and by the titles before.

use super::titles::{Sort, Title, is_role};
use super::{Cast, Naming, Role, gender, index};
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::{Name, NameKind};
use crate::analysis::token::{Document, Shape, Word, word};
use crate::analysis::{EntityKind, Gender};

/// A description has at most so many tokens.
const LONGEST: usize = 12;

/// Adds titles and descriptions to `cast`, and gives each person the fullest one as its role.
pub fn attach(document: &Document<'_>, lexicon: &Lexicon, titles: &[Title], names: &[Name], cast: &mut Cast) {
    let finder = Descriptions { document, lexicon, names };
    let mut mentions = cast.mentions.iter();
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.kind != NameKind::Group) {
        let Some(mention) = mentions.next() else { break };
        if name.kind != NameKind::Person {
            continue;
        }
        let title = titles.get(at).copied().unwrap_or_default();
        let aside = finder.description(at);
        for part in [title, aside].into_iter().filter(|part| part.first < part.end && part.sort != Sort::Couple) {
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
    // "Mr" and "Dr" are forms of address, not roles; and whose wife somebody is does not stand in "wife".
    let says_something = lexicon.classes(head).any(Classes::ROLE) && !part.kin;
    if entity.kind == EntityKind::Person && says_something {
        let text = document.span_of(part.first, part.end).of(document.text);
        let better = entity.role.as_ref().is_none_or(|role| !role.contains(' ') && text.contains(' '));
        if better {
            entity.role = Some(text.to_owned());
        }
    }
}

struct Descriptions<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    names: &'a [Name],
}

impl Descriptions<'_> {
    fn is_role(&self, at: usize) -> bool {
        is_role(self.document, self.lexicon, at)
    }

    fn classes(&self, at: usize) -> Classes {
        self.lexicon.classes(self.document.word_at(at))
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
        Title { first: start, end: stop.max(head + 1), head, gender, ..Title::default() }
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
