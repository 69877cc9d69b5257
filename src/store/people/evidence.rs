//! What is known of a person beside the name, and whether a name in another article can be the same person.
//!
//! Two people of one name are kept apart only on evidence: both have roles, no word of which is shared, and they were
//! never seen in the same company; or one is a woman and the other a man. Without evidence the same full name is the
//! same person, which is right far more often in the articles that one reader keeps.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Entity, EntityKind, Gender};
use crate::store::key::fold;
use crate::store::seal::Sealed;

/// Format of a stored [`Known`].
pub(super) const KNOWN: u8 = 1;

/// Most that is kept of each kind: enough to recognise somebody by, and no more work for the famous.
pub(super) const MOST_ROLES: usize = 12;
const MOST_COMPANY: usize = 64;
const MOST_NAMES: usize = 24;

/// What all appearances so far tell about a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    /// Roles as the articles give them, first seen first.
    pub(super) roles: Vec<String>,
    /// Hashes of the names of the people and organizations mentioned in the same articles.
    company: Vec<u32>,
    /// Hashes of the folded names it is found by.
    names: Vec<u32>,
}

/// What one article tells about one of its entities.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) key: String,
    pub(super) gender: Gender,
    pub(super) role: Option<&'a str>,
    company: &'a [u32],
}

impl<'a> Seen<'a> {
    /// `entity` in the company of all of its article's entities.
    pub(super) fn new(entity: &'a Entity, company: &'a [u32]) -> Self {
        Self { key: fold(&entity.name), gender: entity.gender, role: entity.role.as_deref(), company }
    }
}

/// Hashes of the folded names of those whose presence says something about the rest: people by full name, and
/// organizations. Places are too common.
pub(super) fn company(analysis: &Analysis) -> Vec<u32> {
    let telling = analysis.entities.iter().filter(|entity| entity.named).filter_map(|entity| {
        let key = fold(&entity.name);
        match entity.kind {
            EntityKind::Person => key.contains(' ').then_some(key),
            EntityKind::Organization => Some(key),
            _ => None,
        }
    });
    telling.take(MOST_COMPANY).map(|key| short_hash(&key)).collect()
}

/// How well `seen` fits `known`; `None` where they cannot be one person.
pub(super) fn fit(known: &Known, gender: Gender, seen: &Seen<'_>) -> Option<usize> {
    if genders_differ(gender, seen.gender) {
        return None;
    }
    let own = short_hash(&seen.key);
    let company = seen.company.iter().filter(|hash| **hash != own && known.company.contains(hash)).count();
    let roles = seen.role.map_or(0, |role| shared_roles(&known.roles, role));
    if roles + company == 0 && seen.role.is_some() && !known.roles.is_empty() {
        return None;
    }
    Some(2 * roles + company)
}

/// Whether the two may be one person, by all that is known of both.
pub(super) fn may_be_one(one: (&Known, Gender), other: (&Known, Gender)) -> bool {
    if genders_differ(one.1, other.1) {
        return false;
    }
    let shared = one.0.company.iter().any(|hash| other.0.company.contains(hash))
        || other.0.roles.iter().any(|role| shared_roles(&one.0.roles, role) > 0);
    shared || one.0.roles.is_empty() || other.0.roles.is_empty()
}

fn genders_differ(one: Gender, other: Gender) -> bool {
    one != Gender::Unknown && other != Gender::Unknown && one != other
}

/// The number of words that `role` shares with any of `roles`.
pub(super) fn shared_roles(roles: &[String], role: &str) -> usize {
    let known: Vec<String> = roles.iter().map(|role| fold(role)).collect();
    telling_words(&fold(role)).filter(|word| known.iter().any(|role| telling_words(role).any(|w| w == *word))).count()
}

/// The words of a folded role that say what somebody does.
fn telling_words(role: &str) -> impl Iterator<Item = &str> {
    const EMPTY: [&str; 12] = ["a", "an", "and", "at", "for", "former", "in", "of", "on", "the", "then", "to"];
    role.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word))
}

impl Known {
    /// Takes in what one more article tells; says whether anything was new.
    pub(super) fn learn(&mut self, seen: &Seen<'_>) -> bool {
        let before = (self.roles.len(), self.company.len());
        let new_role = seen.role.filter(|role| !self.roles.iter().any(|known| known == role));
        self.roles.extend(new_role.filter(|_| self.roles.len() < MOST_ROLES).map(ToOwned::to_owned));
        let own = short_hash(&seen.key);
        for hash in seen.company {
            if self.company.len() >= MOST_COMPANY {
                break;
            }
            if *hash != own && !self.company.contains(hash) {
                self.company.push(*hash);
            }
        }
        before != (self.roles.len(), self.company.len())
    }

    /// What is left when the articles are forgotten: the names it is found by.
    pub(super) fn names_only(&self) -> Self {
        Self { names: self.names.clone(), ..Self::default() }
    }

    /// Takes in that the person is called `key`; says whether that is new.
    pub(super) fn learn_name(&mut self, key: &str) -> bool {
        let hash = short_hash(key);
        let new = self.names.len() < MOST_NAMES && !self.names.contains(&hash);
        if new {
            self.names.push(hash);
        }
        new
    }

    /// In stored form.
    pub(super) fn sealed(&self) -> Sealed {
        Sealed::new(KNOWN, self)
    }
}

fn short_hash(key: &str) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "half a hash is enough to compare a few dozen names by")]
    let hash = xxhash_rust::xxh3::xxh3_64(key.as_bytes()) as u32;
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'a>(key: &str, role: Option<&'a str>, company: &'a [u32]) -> Seen<'a> {
        Seen { key: key.to_owned(), gender: Gender::Unknown, role, company }
    }

    fn known(role: Option<&str>, company: &[u32]) -> Known {
        let mut known = Known::default();
        known.learn(&seen("john smith", role, company));
        known
    }

    #[test]
    fn namesakes_with_other_roles_in_other_company_are_two_people() {
        let senator = known(Some("US Senator"), &[1, 2]);
        assert_eq!(fit(&senator, Gender::Unknown, &seen("john smith", Some("football coach"), &[3])), None);
    }

    #[test]
    fn a_shared_word_of_the_role_or_shared_company_makes_one_person() {
        let senator = known(Some("US Senator"), &[1, 2]);
        assert!(fit(&senator, Gender::Unknown, &seen("john smith", Some("former senator from Ohio"), &[3])).is_some());
        assert!(fit(&senator, Gender::Unknown, &seen("john smith", Some("candidate"), &[2])).is_some());
        assert!(fit(&senator, Gender::Unknown, &seen("john smith", None, &[9])).is_some());
    }

    #[test]
    fn a_man_and_a_woman_are_never_one_person() {
        let mut woman = seen("sam lee", None, &[]);
        woman.gender = Gender::Female;
        assert_eq!(fit(&Known::default(), Gender::Male, &woman), None);
    }

    #[test]
    fn what_is_kept_of_the_famous_stays_bounded() {
        let mut known = Known::default();
        for round in 0..1000_u32 {
            let role = format!("role {round}");
            known.learn(&seen("x y", Some(&role), &[round, round + 5000]));
            known.learn_name(&format!("name {round}"));
        }
        assert_eq!((known.roles.len(), known.company.len(), known.names.len()), (12, 64, 24));
    }
}
