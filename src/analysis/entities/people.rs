//! Which mentions of people are one person.
//!
//! Names of several parts come first, wherever they stand: each joins the person whose name agrees, or is a new one.
//! Then single names, in order: the person with that family name, else that given name; of several, whoever fits the
//! title, then whoever was named most.

use super::parts::Parts;
use super::roles::Title;
use crate::analysis::Gender;
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::Document;

/// At most so many people of one name are compared, the latest ones.
const COMPARED: usize = 16;

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
    let all: Vec<(usize, Parts)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.kind == NameKind::Person)
        .map(|(at, name)| (at, Parts::of(document, name, lexicon)))
        .collect();
    for (at, parts) in all.iter().filter(|(_, parts)| parts.count != 1) {
        let agreeing = parts.words().iter().rev().filter_map(|word| by_part.get(word)).find_map(|known| {
            let agrees = |number: &&u32| {
                people.get(**number as usize).is_some_and(|p| p.parts.count > 1 && p.parts.agree(parts, lexicon))
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
        let number = if parts.count == 1 {
            let title = titles.get(*at).map_or(Gender::Unknown, |title| title.gender);
            let found = choose(&people, by_part.get(&parts.last()), parts, title);
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
    u32::try_from(people.len()).unwrap_or(u32::MAX)
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
