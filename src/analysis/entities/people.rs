//! Which mentions of people are one person.
//!
//! Names of several parts come first, wherever they stand: each joins the person whose name agrees, or is a new one.
//! Then single names, in order: the person with that family name, else that given name; of several, whoever fits the
//! title, then whoever was named most; else the only one with these initials, or whose name is a spelling of it. A
//! family ("the Vanderbilt family") is none of its members. Last come two names that the text says are one person's.

use std::collections::HashMap;

use super::parts::Parts;
use super::roles::Title;
use crate::analysis::Gender;
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::{Document, Word, word, word_of};

/// At most so many people of one name are compared, the latest ones.
const COMPARED: usize = 16;
/// So many bytes of a given name can stand for it: `Chad`, `Alex`.
const SHORTENED: usize = 4;
/// At most so many people are looked at for a name that is no part of theirs.
const KNOWN: usize = 64;

struct Person {
    parts: Parts,
    gender: Gender,
    /// How often the person has been named so far, in the order of the text.
    seen: usize,
}

/// Gives each mention of a person in `names` the number of the person as its key; returns the next free number.
pub fn merge(document: &Document<'_>, names: &[Name], titles: &[Title], lexicon: &Lexicon, keys: &mut [u32]) -> u32 {
    let mut people: Vec<Person> = Vec::new();
    let mut by_part: WordMap<Vec<u32>> = WordMap::default();
    let mut families: WordMap<u32> = WordMap::default();
    let all: Vec<(usize, Parts)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.kind == NameKind::Person)
        .map(|(at, name)| (at, Parts::of(document, name, lexicon)))
        .collect();
    for (at, parts) in all.iter().filter(|(_, parts)| parts.count != 1) {
        let agreeing = parts.words().iter().rev().filter_map(|word| by_part.get(word)).find_map(|known| {
            let agrees = |number: &&u32| {
                people.get(**number as usize).is_some_and(|p| {
                    p.parts.count > 1 && (p.parts.agree(parts, lexicon) || misspelt(document, &p.parts, parts))
                })
            };
            known.iter().rev().take(COMPARED).find(agrees).copied()
        });
        let number = agreeing.unwrap_or_else(|| add(&mut people, &mut by_part, *parts, lexicon));
        if let Some(person) = people.get_mut(number as usize) {
            if parts.count > person.parts.count {
                person.parts = *parts;
            }
            let title = titles.get(*at).map_or(Gender::Unknown, |title| title.gender);
            if person.gender == Gender::Unknown || title != Gender::Unknown {
                person.gender = if title == Gender::Unknown { given_gender(parts, lexicon) } else { title };
            }
        }
        if let Some(key) = keys.get_mut(*at) {
            *key = number;
        }
    }
    for (at, parts) in &all {
        let number = if let Some(family) = family(document, names, *at, parts, &by_part) {
            *families.entry(family).or_insert_with(|| {
                people.push(Person { parts: Parts::default(), gender: Gender::Unknown, seen: 0 });
                u32::try_from(people.len() - 1).unwrap_or(u32::MAX)
            })
        } else if parts.count == 1 {
            let title = titles.get(*at).map_or(Gender::Unknown, |title| title.gender);
            let found = choose(&people, by_part.get(&parts.last()), parts, title);
            let found = found.or_else(|| like(document, lexicon, &people, parts));
            found.unwrap_or_else(|| add(&mut people, &mut by_part, *parts, lexicon))
        } else {
            keys.get(*at).copied().unwrap_or_default()
        };
        if let Some(person) = people.get_mut(number as usize) {
            person.seen += 1;
        }
        if let Some(key) = keys.get_mut(*at) {
            *key = number;
        }
    }
    join_stated(document, names, keys);
    u32::try_from(people.len()).unwrap_or(u32::MAX)
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

/// The family that the single name at `at` means, where it means one: "the Vanderbilt family", "the Turpins".
fn family(
    document: &Document<'_>,
    names: &[Name],
    at: usize,
    parts: &Parts,
    by_part: &WordMap<Vec<u32>>,
) -> Option<Word> {
    const KIN: [Word; 8] = [
        word("family"),
        word("families"),
        word("brothers"),
        word("sisters"),
        word("siblings"),
        word("couple"),
        word("clan"),
        word("dynasty"),
    ];
    let name = names.get(at).filter(|_| parts.count == 1)?;
    if KIN.contains(&document.word_at(name.end as usize)) {
        return Some(parts.last());
    }
    let the = name.first > 0 && document.word_at(name.first as usize - 1) == word("the");
    let single = word_of(document.text_of(parts.at).strip_suffix('s').filter(|_| the)?);
    by_part.contains_key(&single).then_some(single)
}

/// The only person whom a single name means that is no part of any name here: by initials, by a short form of the
/// given name, or by another spelling of the family name.
fn like(document: &Document<'_>, lexicon: &Lexicon, people: &[Person], single: &Parts) -> Option<u32> {
    let text = document.text_of(single.at);
    let initials = (2..=4).contains(&text.len()) && text.chars().all(char::is_uppercase);
    let fits = |person: &Person| {
        person.parts.count > 1
            && if initials {
                person.parts.has_initials(text)
            } else {
                lexicon.is_nickname(single.last(), person.parts.first())
                    || text.len() >= SHORTENED && document.text_of(person.parts.first_at).starts_with(text)
                    || is_spelt_alike(text, document.text_of(person.parts.at))
            }
    };
    let mut found = (0..).zip(people).take(KNOWN).filter(|(_, person)| fits(person)).map(|(number, _)| number);
    found.next().filter(|_| found.next().is_none())
}

/// Whether two full names are one but for a letter of the family name: `Osama bin Laden`, `Osama bin Ladin`.
fn misspelt(document: &Document<'_>, one: &Parts, other: &Parts) -> bool {
    one.first() == other.first()
        && one.count == other.count
        && is_spelt_alike(document.text_of(one.at), document.text_of(other.at))
}

/// Whether two words of five letters or more that begin alike differ in one letter: another one, or one more.
fn is_spelt_alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 5 || long.len() - short.len() > 2 || short.chars().next() != long.chars().next() {
        return false;
    }
    let mut left = short.chars().peekable();
    let mut right = long.chars().peekable();
    while left.next_if(|c| right.peek() == Some(c)).is_some() {
        right.next();
    }
    let (left, right): (String, String) = (left.collect(), right.collect());
    let behind = |rest: &str| rest.chars().skip(1).collect::<String>();
    behind(&right) == left && !right.is_empty() || behind(&left) == behind(&right) && !left.is_empty()
}

fn add(people: &mut Vec<Person>, by_part: &mut WordMap<Vec<u32>>, parts: Parts, lexicon: &Lexicon) -> u32 {
    let number = u32::try_from(people.len()).unwrap_or(u32::MAX);
    people.push(Person { parts, gender: given_gender(&parts, lexicon), seen: 0 });
    for word in parts.words() {
        by_part.entry(*word).or_default().push(number);
    }
    number
}

/// The person that a single name means.
fn choose(people: &[Person], known: Option<&Vec<u32>>, single: &Parts, title: Gender) -> Option<u32> {
    let fits = |person: &Person| title == Gender::Unknown || person.gender == Gender::Unknown || person.gender == title;
    let recent = known?.iter().rev().take(COMPARED);
    let candidates = recent.filter_map(|number| people.get(*number as usize).map(|person| (*number, person)));
    let rank = |person: &Person| {
        let family = person.parts.last() == single.last();
        let given = person.parts.first() == single.last();
        // Whoever was named most so far; of equals, whoever came first, which is the lowest number.
        (family, given, person.seen)
    };
    let fitting = candidates.filter(|(_, person)| fits(person));
    fitting.max_by_key(|(number, person)| (rank(person), std::cmp::Reverse(*number))).map(|(number, _)| number)
}

/// What a given name says by itself.
pub fn given_gender(parts: &Parts, lexicon: &Lexicon) -> Gender {
    if parts.count < 2 {
        return Gender::Unknown;
    }
    let classes = lexicon.classes(parts.first());
    match (classes.any(Classes::GIVEN_FEMALE), classes.any(Classes::GIVEN_MALE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}
