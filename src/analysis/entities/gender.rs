//! Whether the article speaks of a person as a woman or a man: by title, by role, by given name.

use super::parts::Parts;
use super::people::given_gender;
use super::{Cast, Name};
use crate::analysis::lexicon::Lexicon;
use crate::analysis::names::NameKind;
use crate::analysis::token::{Document, Word, word};
use crate::analysis::{EntityKind, Gender};

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

/// Decides for every person of `cast`.
pub fn decide(document: &Document<'_>, lexicon: &Lexicon, cast: &mut Cast) {
    for role in &cast.roles {
        let Some(entity) = cast.entities.get_mut(role.entity.0 as usize) else { continue };
        let gender = of_word(role.head);
        if entity.gender == Gender::Unknown && gender != Gender::Unknown {
            entity.gender = gender;
        }
    }
    for mention in &cast.mentions {
        let Some(entity) = cast.entities.get_mut(mention.entity.0 as usize) else { continue };
        if entity.kind == EntityKind::Person && entity.gender == Gender::Unknown {
            let name = Name { first: mention.first, end: mention.end, kind: NameKind::Person };
            entity.gender = given_gender(&Parts::of(document, &name, lexicon), lexicon);
        }
    }
}
