//! Which mentions of people are one person.
//!
//! Names of several parts come first, wherever they stand: each joins the person whose name agrees, or is a new one.
//! Then single names, in order: the person with that family name, else that given name; of several, whoever fits the
//! title, then whoever was named most; else the only one with these initials, or whose name is a spelling of it. A
//! family ("the Vanderbilt family") is none of its members. Last come two names that the text says are one person's.

use std::collections::HashMap;

use super::gender::{self, Votes};
use super::mentions::{Mention, family, mentions};
use super::parts::{Parts, is_spelt_alike, misspelt};
use super::titles::{Sort, Title};
use crate::analysis::Gender;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::Document;

/// At most so many people of one name are compared, the latest ones.
const COMPARED: usize = 16;
/// So many bytes of a given name can stand for it: `Chad`, `Alex`.
const SHORTENED: usize = 4;
/// At most so many people are looked at for a name that is no part of theirs.
const KNOWN: usize = 64;
/// How likely one of two people who were named equally often is meant where the other one was named last.
const TIED: f32 = 0.6;
/// Smaller odds are no doubt.
const DOUBTFUL: f32 = 0.1;

struct Person {
    parts: Parts,
    /// What titles say of the gender, what the given name says, and what the pronouns behind its mentions say.
    titled: Gender,
    given: Gender,
    votes: Votes,
    /// Whether it was called as wives are, and whether by an office.
    called: [bool; 2],
    /// How often the person has been named so far, in the order of the text, and by which mention last.
    seen: usize,
    last: usize,
}

/// Who else a mention by a single name may mean.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// The place of the mention among all names.
    pub at: usize,
    /// The number of the other person.
    pub other: u32,
    /// How likely the other one is, against the one chosen.
    pub odds: f32,
}

/// Gives each mention of a person in `names` the number of the person as its key; returns the next free number, and
/// the mentions that may mean somebody else.
pub fn merge(
    document: &Document<'_>,
    names: &[Name],
    titles: &[Title],
    lexicon: &Lexicon,
    keys: &mut [u32],
) -> (u32, Vec<Tie>) {
    let mut people = People { document, lexicon, all: Vec::new(), by_part: WordMap::default() };
    let mut families: WordMap<u32> = WordMap::default();
    let mut ties = Vec::new();
    let mentions = mentions(document, names, titles, lexicon);
    for mention in mentions.iter().filter(|mention| mention.parts.count != 1) {
        let number = people.full(mention);
        if let Some(key) = keys.get_mut(mention.at) {
            *key = number;
        }
    }
    let mut before = None;
    for mention in &mentions {
        let number = if let Some(family) = family(document, names, mention, &people.by_part) {
            *families.entry(family).or_insert_with(|| people.push(Parts::default(), Gender::Unknown))
        } else if mention.parts.count == 1 {
            let (number, tie) = people.single(mention, before.filter(|_| mention.beside));
            ties.extend(tie.map(|(other, odds)| Tie { at: mention.at, other, odds }));
            number
        } else {
            keys.get(mention.at).copied().unwrap_or_default()
        };
        people.see(number, mention);
        before = Some(number);
        if let Some(key) = keys.get_mut(mention.at) {
            *key = number;
        }
    }
    join_stated(document, names, keys);
    ties.retain(|tie| keys.get(tie.at).is_some_and(|key| *key != tie.other));
    (u32::try_from(people.all.len()).unwrap_or(u32::MAX), ties)
}

struct People<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    all: Vec<Person>,
    /// Who has a part of a name.
    by_part: WordMap<Vec<u32>>,
}

impl People<'_> {
    fn get(&self, number: u32) -> Option<&Person> {
        self.all.get(number as usize)
    }

    /// The person whom a name of several parts means: one whose name agrees, or a new one.
    fn full(&mut self, mention: &Mention) -> u32 {
        let parts = &mention.parts;
        let agrees = |number: &&u32| {
            self.get(**number).is_some_and(|person| {
                person.parts.count > 1
                    && (person.parts.agree(parts, self.lexicon) || misspelt(self.document, &person.parts, parts))
            })
        };
        let known = parts.words().iter().rev().filter_map(|word| self.by_part.get(word));
        let found = known.into_iter().find_map(|known| known.iter().rev().take(COMPARED).find(agrees).copied());
        let number = found.unwrap_or_else(|| self.add(parts));
        if let Some(person) = self.all.get_mut(number as usize) {
            if parts.count > person.parts.count {
                person.parts = *parts;
            }
            if person.given == Gender::Unknown {
                person.given = gender::of_given_name(parts, self.lexicon);
            }
            if mention.title.gender != Gender::Unknown {
                person.titled = mention.title.gender;
            }
        }
        number
    }

    /// The person whom a single name means, who is not the one named `beside` it; and who else may be meant.
    fn single(&mut self, mention: &Mention, beside: Option<u32>) -> (u32, Option<(u32, f32)>) {
        let (found, tie) = self.choose(mention, beside);
        let found = found.or_else(|| self.like(&mention.parts));
        (found.unwrap_or_else(|| self.add(&mention.parts)), tie)
    }

    /// Notes that the person was named.
    fn see(&mut self, number: u32, mention: &Mention) {
        let Some(person) = self.all.get_mut(number as usize) else { return };
        person.seen += 1;
        person.last = mention.at;
        if person.titled == Gender::Unknown {
            person.titled = mention.title.gender;
        }
        person.votes.add(mention.pronoun);
        match mention.title.sort {
            Sort::Wife => person.called[0] = true,
            Sort::Office => person.called[1] = true,
            Sort::Plain | Sort::Couple => {}
        }
    }

    fn add(&mut self, parts: &Parts) -> u32 {
        let number = self.push(*parts, gender::of_given_name(parts, self.lexicon));
        for word in parts.words() {
            self.by_part.entry(*word).or_default().push(number);
        }
        number
    }

    fn push(&mut self, parts: Parts, given: Gender) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let (titled, votes) = (Gender::Unknown, Votes::default());
        self.all.push(Person { parts, titled, given, votes, called: [false; 2], seen: 0, last: 0 });
        number
    }

    /// The person with the single name of `mention` as a part of the name, and who comes next if that is as good.
    fn choose(&self, mention: &Mention, beside: Option<u32>) -> (Option<u32>, Option<(u32, f32)>) {
        let name = mention.parts.last();
        let recent = self.by_part.get(&name).into_iter().flatten().rev().take(COMPARED);
        let candidates = recent.filter_map(|number| Some((*number, self.get(*number)?)));
        let part = |person: &Person| {
            let given = person.parts.count > 1 && person.parts.first() == name;
            // Whoever is called "Mrs." keeps her title.
            let bare = !(person.called[0] && person.parts.count == 1) || mention.title.sort == Sort::Wife;
            (person.parts.last() == name, given, bare)
        };
        // Of equals whoever was named last, else whoever came first.
        let rank = |(number, person): &(u32, &Person)| {
            let last = (person.seen > 0).then_some(person.last);
            std::cmp::Reverse((part(person), person.weight(mention), last, std::cmp::Reverse(*number)))
        };
        let fitting = candidates.filter(|(number, person)| Some(*number) != beside && person.may_be(mention));
        let mut ranked: Vec<(u32, &Person)> = fitting.collect();
        ranked.sort_by_key(rank);
        let Some((number, best)) = ranked.first() else { return (None, None) };
        let second = ranked.get(1).filter(|(_, second)| part(second) == part(best));
        #[expect(clippy::cast_precision_loss, reason = "odds")]
        let odds = |other: &Person| TIED * (other.weight(mention) as f32 / best.weight(mention) as f32).powi(2);
        let tie = second.map(|(other, person)| (*other, odds(person)));
        (Some(*number), tie.filter(|(_, odds)| *odds >= DOUBTFUL))
    }

    /// The only person whom a single name means that is no part of any name here: by initials, by a short form of the
    /// given name, or by another spelling of the family name.
    fn like(&self, single: &Parts) -> Option<u32> {
        let text = self.document.text_of(single.at);
        let initials = (2..=4).contains(&text.len()) && text.chars().all(char::is_uppercase);
        let fits = |person: &Person| {
            person.parts.count > 1
                && if initials {
                    person.parts.has_initials(text)
                } else {
                    self.lexicon.is_nickname(single.last(), person.parts.first())
                        || text.len() >= SHORTENED && self.document.text_of(person.parts.first_at).starts_with(text)
                        || is_spelt_alike(text, self.document.text_of(person.parts.at))
                }
        };
        let people = (0..).zip(&self.all).take(KNOWN);
        let mut found = people.filter(|(_, person)| fits(person)).map(|(number, _)| number);
        found.next().filter(|_| found.next().is_none())
    }
}

impl Person {
    fn gender(&self) -> Gender {
        if self.titled == Gender::Unknown { self.votes.with_given(self.given) } else { self.titled }
    }

    /// Whether the person can be the one of `mention`, by title and gender. "Mrs. Trump" is not President Trump, unless
    /// somebody says "she" of the president or gives the given name.
    fn may_be(&self, mention: &Mention) -> bool {
        let (own, titled) = (self.gender(), mention.title.gender);
        if own != Gender::Unknown && titled != Gender::Unknown && own != titled {
            return false;
        }
        let [wife, office] = self.called;
        let apart = match mention.title.sort {
            Sort::Wife => office && own != Gender::Female,
            Sort::Office => wife && !office && mention.pronoun != Gender::Female,
            Sort::Plain | Sort::Couple => false,
        };
        !(apart && self.parts.count == 1)
    }

    /// How much speaks for the person: how often it was named so far, and whether the pronoun behind the mention fits.
    fn weight(&self, mention: &Mention) -> usize {
        let own = self.gender();
        // Given names are listed for one gender only that some of the other bear too.
        let listed = self.titled == Gender::Unknown && own == self.given;
        let fits = match (own, mention.pronoun) {
            (Gender::Unknown, _) | (_, Gender::Unknown) => 4,
            (own, told) if own == told && self.seen == 0 => 4,
            (own, told) if own == told => {
                if listed {
                    8
                } else {
                    12
                }
            }
            _ => {
                if listed {
                    2
                } else {
                    1
                }
            }
        };
        (2 * self.seen + 1) * fits
    }
}

/// Makes two people one where the text says that they are.
fn join_stated(document: &Document<'_>, names: &[Name], keys: &mut [u32]) {
    let person = |at: usize| names.get(at).filter(|name| name.kind == NameKind::Person);
    let mut kept: HashMap<u32, u32> = HashMap::new();
    for (one, other) in super::alias::stated(document, names) {
        let key = |at: usize| person(at).and(keys.get(at)).copied();
        if let (Some(one), Some(other)) = (key(one), key(other)) {
            let one = kept.get(&one).copied().unwrap_or(one);
            kept.entry(other).or_insert(one);
        }
    }
    for (key, _) in keys.iter_mut().zip(names).filter(|(_, name)| name.kind == NameKind::Person) {
        *key = kept.get(key).copied().unwrap_or(*key);
    }
}
