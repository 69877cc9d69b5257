//! Whether the article speaks of a person as a woman or a man: by title, by role, by given name.

use super::parts::Parts;
use super::{Cast, Name, Naming};
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::names::NameKind;
use crate::analysis::token::{Document, Shape, Word, word};
use crate::analysis::{EntityId, EntityKind, Gender};

/// A pronoun is looked for in so many tokens behind a name.
const FAR: usize = 30;

/// Titles and roles of women.
const FEMALE: &[Word] = &[
    word("mrs"),
    word("mrs."),
    word("ms"),
    word("ms."),
    word("miss"),
    word("madam"),
    word("madame"),
    word("lady"),
    word("dame"),
    word("queen"),
    word("princess"),
    word("duchess"),
    word("countess"),
    word("baroness"),
    word("empress"),
    word("actress"),
    word("spokeswoman"),
    word("chairwoman"),
    word("congresswoman"),
    word("councilwoman"),
    word("assemblywoman"),
    word("businesswoman"),
    word("policewoman"),
    word("mother"),
    word("daughter"),
    word("sister"),
    word("wife"),
    word("widow"),
    word("girlfriend"),
    word("aunt"),
    word("niece"),
    word("grandmother"),
    word("heiress"),
    word("nun"),
    word("waitress"),
    word("woman"),
    word("girl"),
    word("stewardess"),
    word("sportswoman"),
    word("forewoman"),
    word("señora"),
    word("mme."),
];

/// Titles and roles of men.
const MALE: &[Word] = &[
    word("mr"),
    word("mr."),
    word("mister"),
    word("sir"),
    word("lord"),
    word("king"),
    word("prince"),
    word("duke"),
    word("earl"),
    word("baron"),
    word("count"),
    word("emperor"),
    word("sultan"),
    word("sheikh"),
    word("emir"),
    word("pope"),
    word("cardinal"),
    word("imam"),
    word("ayatollah"),
    word("spokesman"),
    word("chairman"),
    word("congressman"),
    word("councilman"),
    word("assemblyman"),
    word("businessman"),
    word("policeman"),
    word("father"),
    word("son"),
    word("brother"),
    word("husband"),
    word("widower"),
    word("boyfriend"),
    word("uncle"),
    word("nephew"),
    word("grandfather"),
    word("actor"),
    word("monk"),
    word("waiter"),
    word("man"),
    word("boy"),
    word("sportsman"),
    word("foreman"),
    word("señor"),
    word("fireman"),
    word("gunman"),
    word("monsieur"),
];

/// What one word of a title or role says.
pub fn of_word(word: Word) -> Gender {
    if FEMALE.contains(&word) {
        Gender::Female
    } else if MALE.contains(&word) {
        Gender::Male
    } else {
        Gender::Unknown
    }
}

/// What a pronoun says that may mean the last one named; "him" does not.
pub fn of_pronoun(pronoun: Word) -> Gender {
    const SHE: [Word; 3] = [word("she"), word("her"), word("herself")];
    const HE: [Word; 3] = [word("he"), word("his"), word("himself")];
    if SHE.contains(&pronoun) {
        Gender::Female
    } else if HE.contains(&pronoun) {
        Gender::Male
    } else {
        Gender::Unknown
    }
}

/// What pronouns say of one person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Votes {
    she: u32,
    he: u32,
}

impl Votes {
    /// Counts one that says `gender`.
    pub fn add(&mut self, gender: Gender) {
        match gender {
            Gender::Female => self.she += 1,
            Gender::Male => self.he += 1,
            Gender::Unknown => {}
        }
    }

    /// The gender of somebody whose given name says `given`: a single pronoun may mean somebody else, several do not.
    pub fn with_given(self, given: Gender) -> Gender {
        let least = if given == Gender::Unknown { 1 } else { 2 };
        if self.she >= self.he + least {
            Gender::Female
        } else if self.he >= self.she + least {
            Gender::Male
        } else {
            given
        }
    }
}

/// Decides for every person of `cast`.
pub fn decide(document: &Document<'_>, lexicon: &Lexicon, cast: &mut Cast) {
    for role in &cast.roles {
        let Some(entity) = cast.entities.get_mut(role.entity.0 as usize) else { continue };
        let gender = of_word(role.head);
        if entity.gender == Gender::Unknown && gender != Gender::Unknown {
            entity.gender = gender;
        }
    }
    let is_person = |id: EntityId| cast.entities.get(id.0 as usize).is_some_and(|e| e.kind == EntityKind::Person);
    let people: Vec<&Naming> = cast.mentions.iter().filter(|mention| is_person(mention.entity)).collect();
    let mut votes = vec![(Gender::Unknown, Votes::default()); cast.entities.len()];
    for (at, mention) in people.iter().enumerate() {
        let Some((given, votes)) = votes.get_mut(mention.entity.0 as usize) else { continue };
        if *given == Gender::Unknown {
            let name = Name { first: mention.first, end: mention.end, kind: NameKind::Person };
            *given = of_given_name(&Parts::of(document, &name, lexicon), lexicon);
        }
        let next = people.get(at + 1).map_or(usize::MAX, |next| next.first as usize);
        votes.add(pronoun_after(document, mention.end as usize, next));
    }
    for (entity, (given, votes)) in cast.entities.iter_mut().zip(votes) {
        if entity.kind == EntityKind::Person && entity.gender == Gender::Unknown {
            entity.gender = votes.with_given(given);
        }
    }
}

/// What the first pronoun behind the token before `from` says, up to, not including, `next` and in the same sentence.
pub fn pronoun_after(document: &Document<'_>, from: usize, next: usize) -> Gender {
    let sentence = from.checked_sub(1).and_then(|last| document.sentence_of(last));
    let end = sentence.map_or(0, |sentence| sentence.end as usize).min(next).min(from + FAR);
    // Whom others speak of is somebody else.
    let outside = (from..end).take_while(|at| !document.shape_at(*at).has(Shape::QUOTE_MARK));
    let mut told = outside.map(|at| of_pronoun(document.word_at(at)));
    told.find(|gender| *gender != Gender::Unknown).unwrap_or_default()
}

/// What a given name says by itself.
pub fn of_given_name(parts: &Parts, lexicon: &Lexicon) -> Gender {
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
