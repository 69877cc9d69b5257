//! What a person could be taken apart by: the names it goes by, and the roles and company that only some of its
//! articles show.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::PersonId;
use crate::analysis::EntityKind;
use crate::store::key::fold;
use crate::store::{ArticleId, Error, Store, corrections};
use crate::text::safe;

/// A name that is taken for a person: what [`Store::keep_apart`] takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Those of this very name.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Articles in which it is the fullest name.
    pub articles: usize,
}

/// Some of a person's articles, and what they have in common: what [`Store::split_person`] takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What they share.
    pub sharing: Sharing,
    /// The articles, newest first.
    pub articles: Vec<ArticleId>,
}

/// What articles about a person share and others do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// The role they give the person.
    Role(String),
    /// Somebody or something else that they name.
    Company(String),
}

/// Articles that are looked at, the newest ones.
const MOST_ARTICLES: usize = 1_000;

/// Roles that are told, and as many companions.
const MOST_PARTS: usize = 8;

impl Store {
    /// The names that are taken for `person`, most articles first.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn forms_of(&self, person: PersonId) -> Result<Vec<Form>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, name, articles FROM people
                     WHERE root = (SELECT root FROM people WHERE id = ?1) AND articles > 0
                     ORDER BY articles DESC, name",
                )?
                .query_map([person.0], |row| {
                    let name = safe::line(&row.get::<_, String>(1)?);
                    Ok(Form { id: PersonId(row.get(0)?), name, articles: row.get(2)? })
                })?
                .collect()
        })
    }

    /// The person that an entity of an article is, after merges.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn person_in(&self, article: ArticleId, entity: u32) -> Result<Option<PersonId>, Error> {
        use rusqlite::OptionalExtension;
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT root FROM appearances JOIN people ON people.id = person
                     WHERE article = ?1 AND entity = ?2",
                )?
                .query_row(params![article.0, entity], |row| row.get(0).map(PersonId))
                .optional()
        })
    }

    /// What some of the articles about `person` share and the others do not, those that most share first: roles, then
    /// company. Looks at the newest thousand articles.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn parts_of(&self, person: PersonId) -> Result<Vec<Part>, Error> {
        self.read(|connection| {
            let appearances: Vec<(i64, usize)> = connection
                .prepare_cached(
                    "SELECT article, entity FROM appearances JOIN people ON people.id = person
                     WHERE root = (SELECT root FROM people WHERE id = ?1) ORDER BY ordinal DESC LIMIT ?2",
                )?
                .query_map(params![person.0, MOST_ARTICLES], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            // Of a role that is written in several ways ("US President", "US president") the newest way is told.
            let mut parts: BTreeMap<(bool, String), (Sharing, Vec<ArticleId>)> = BTreeMap::new();
            let mut all = BTreeSet::new();
            for (article, index) in appearances {
                let Some(analysis) = corrections::corrected(connection, article)? else { continue };
                all.insert(article);
                for (place, entity) in analysis.entities.iter().enumerate() {
                    let name = || safe::line(&entity.name);
                    let sharing = match entity.kind {
                        _ if place == index => entity.role.as_deref().map(|role| Sharing::Role(safe::line(role))),
                        EntityKind::Person if entity.named && entity.name.contains(' ') => {
                            Some(Sharing::Company(name()))
                        }
                        EntityKind::Organization if entity.named => Some(Sharing::Company(name())),
                        _ => None,
                    };
                    let Some(sharing) = sharing else { continue };
                    let key = match &sharing {
                        Sharing::Role(role) => (false, fold(role)),
                        Sharing::Company(with) => (true, with.clone()),
                    };
                    let (_, articles) = parts.entry(key).or_insert_with(|| (sharing, Vec::new()));
                    if articles.last() != Some(&ArticleId(article)) {
                        articles.push(ArticleId(article));
                    }
                }
            }
            let mut parts: Vec<Part> = parts
                .into_values()
                .filter(|(_, articles)| articles.len() < all.len())
                .map(|(sharing, articles)| Part { sharing, articles })
                .collect();
            parts.sort_by_key(|part| std::cmp::Reverse(part.articles.len()));
            let (mut roles, mut company): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|part| matches!(part.sharing, Sharing::Role(_)));
            roles.truncate(MOST_PARTS);
            company.truncate(MOST_PARTS);
            roles.append(&mut company);
            Ok(roles)
        })
    }
}
