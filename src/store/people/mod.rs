//! People across articles: one person under all names, namesakes kept apart, and the user's word on both.

mod evidence;
mod ledger;
pub(super) mod links;
mod near;
mod parts;

pub(super) use ledger::Ledger;
pub use parts::{Form, Part, Sharing};

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use self::evidence::{KNOWN, Known, Seen};
use super::key::fold;
use super::seal::open_column;
use super::stored::{entity_kind, gender, gender_number};
use super::undo::{Step, record};
use super::{ArticleId, Error, Store, corrections};
use crate::analysis::{EntityKind, Gender};
use crate::text::safe;

/// Names a person of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// A person, or an organization that speaks, over all articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Its name here.
    pub id: PersonId,
    /// The name it is known by.
    pub name: String,
    /// The other names in articles that are taken for it.
    pub names: Vec<String>,
    /// Person or organization.
    pub kind: EntityKind,
    /// What the articles show.
    pub gender: Gender,
    /// Roles that articles gave it, first seen first; a dozen at most.
    pub roles: Vec<String>,
    /// Appearances in articles.
    pub articles: usize,
    /// Quotes in all of them.
    pub quotes: usize,
}

/// Names of one person whose roles are told.
const MOST_FORMS: i64 = 16;

impl Store {
    /// The people whose names have these words, the last one as a beginning (all people where there are none), most
    /// quoted first; at most `limit`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn people(&self, name: &str, limit: usize) -> Result<Vec<Person>, Error> {
        self.people_by(&fold(name), true, limit)
    }

    /// The people whose names have exactly these words, most quoted first: whom [`Asked::name`](crate::store::Asked)
    /// means; at most `limit`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn people_called(&self, name: &str, limit: usize) -> Result<Vec<Person>, Error> {
        self.people_by(&fold(name), false, limit)
    }

    fn people_by(&self, name: &str, last_is_beginning: bool, limit: usize) -> Result<Vec<Person>, Error> {
        self.read(|connection| {
            let (condition, mut values) = name_condition(name, last_is_beginning);
            let sql = format!(
                "SELECT root, sum(quotes) AS said, sum(articles) AS seen FROM people
                 WHERE root IN (SELECT root FROM people WHERE {condition})
                 GROUP BY root HAVING seen > 0 ORDER BY said DESC, seen DESC, root LIMIT ?"
            );
            values.push(i64::try_from(limit).unwrap_or(-1).into());
            let found: Vec<(i64, usize, usize)> = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let people = found
                .into_iter()
                .filter_map(|(root, quotes, articles)| person(connection, root, quotes, articles).transpose());
            people.collect()
        })
    }

    /// The person that `id` is part of, after merges.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such person, and see [`Error`].
    pub fn person(&self, id: PersonId) -> Result<Person, Error> {
        let found = self.read(|connection| {
            let sums: Option<(i64, usize, usize)> = connection
                .prepare_cached(
                    "SELECT root, sum(quotes), sum(articles) FROM people
                     WHERE root = (SELECT root FROM people WHERE id = ?1) GROUP BY root",
                )?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            sums.map_or(Ok(None), |(root, quotes, articles)| person(connection, root, quotes, articles))
        })?;
        found.ok_or(Error::Gone("person"))
    }

    /// Whom the names in `article` are, in order of its entities and before merges: what [`Store::keep_apart`] takes.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn people_in(&self, article: ArticleId) -> Result<Vec<PersonId>, Error> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT person FROM appearances WHERE article = ?1 ORDER BY entity")?
                .query_map([article.0], |row| row.get(0).map(PersonId))?
                .collect()
        })
    }

    /// Says that two people are one: `person` is `into`; can be undone.
    ///
    /// # Errors
    /// [`Error::Gone`] where one of them does not exist, and see [`Error`].
    pub fn merge_people(&mut self, person: PersonId, into: PersonId, now: Timestamp) -> Result<(), Error> {
        let session = self.session;
        let done = self.write(|transaction| {
            let (Some(from), Some(into)) = (root(transaction, person.0)?, root(transaction, into.0)?) else {
                return Ok(false);
            };
            if from != into {
                let label = format!("made {} and {} one person", name(transaction, from)?, name(transaction, into)?);
                link(transaction, session, now, &label, from, Some(into), false)?;
            }
            Ok(true)
        })?;
        if done { Ok(()) } else { Err(Error::Gone("person")) }
    }

    /// Keeps the person of this very name apart from whomever it was merged with or linked to; can be undone.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such person, and see [`Error`].
    pub fn keep_apart(&mut self, person: PersonId, now: Timestamp) -> Result<(), Error> {
        let session = self.session;
        let done = self.write(|transaction| {
            if root(transaction, person.0)?.is_none() {
                return Ok(false);
            }
            let label = format!("kept {} apart", name(transaction, person.0)?);
            link(transaction, session, now, &label, person.0, None, true)?;
            Ok(true)
        })?;
        if done { Ok(()) } else { Err(Error::Gone("person")) }
    }

    /// Says that in these articles the name is another person's: a namesake, who is returned; can be undone. Later
    /// articles go to whom of the two they fit better.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is no such person, or none in these articles, and see [`Error`].
    pub fn split_person(
        &mut self,
        person: PersonId,
        articles: &[ArticleId],
        now: Timestamp,
    ) -> Result<PersonId, Error> {
        let session = self.session;
        let new = self.write(|transaction| {
            let Some(root) = root(transaction, person.0)? else { return Ok(None) };
            let mut names = Vec::new();
            for article in articles {
                names.extend(names_of(transaction, root, article.0)?);
            }
            if names.is_empty() {
                return Ok(None);
            }
            let (label_name, key, kind): (String, String, u8) = transaction
                .prepare_cached("SELECT name, key, kind FROM people WHERE id = ?1")?
                .query_row([root], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let unknown = gender_number(Gender::Unknown);
            let new = ledger::insert_person(transaction, &label_name, &key, kind, unknown, &Known::default())?;
            ledger::insert_name(transaction, new, &key, true)?;
            let before = names
                .iter()
                .map(|(article, key)| Ok((*article, key.clone(), identity(transaction, *article, key)?)))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let after: Vec<_> = names.into_iter().map(|(article, key)| (article, key, Some(new))).collect();
            identify(transaction, &after)?;
            relearn(transaction, root)?;
            let label = format!("told two people named {} apart", safe::line(&label_name));
            // Back means one person again, with the articles that went to the namesake since.
            let rejoin = Step::Linked { person: new, merged_into: Some(root), apart: false };
            record(transaction, session, now, &label, &[rejoin, Step::Identified { names: before }])?;
            Ok(Some(PersonId(new)))
        })?;
        new.ok_or(Error::Gone("person"))
    }
}

/// Sets a link of the user's, with its way back.
fn link(
    connection: &Connection,
    session: i64,
    now: Timestamp,
    label: &str,
    person: i64,
    merged_into: Option<i64>,
    apart: bool,
) -> rusqlite::Result<()> {
    let before = connection
        .prepare_cached("SELECT merged_into, apart FROM people WHERE id = ?1")?
        .query_row([person], |row| Ok(Step::Linked { person, merged_into: row.get(0)?, apart: row.get(1)? }))?;
    links::set(connection, person, merged_into, apart)?;
    record(connection, session, now, label, &[before]).map(drop)
}

/// Everybody who is one person with `person`.
pub(super) fn forms(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT id FROM people WHERE root = (SELECT root FROM people WHERE id = ?1)")?
        .query_map([person.0], |row| row.get(0))?
        .collect()
}

/// All people that `name` may mean, folded already: everybody who is one person with somebody called so.
pub(super) fn named(connection: &Connection, name: &str) -> rusqlite::Result<Vec<i64>> {
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let (condition, values) = name_condition(name, false);
    let sql = format!("SELECT id FROM people WHERE root IN (SELECT root FROM people WHERE {condition})");
    connection.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| row.get(0))?.collect()
}

/// SQL that holds for people who are called by all words of a folded name.
fn name_condition(name: &str, last_is_beginning: bool) -> (String, Vec<Value>) {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if last_is_beginning && index + 1 == words.len() {
            conditions.push("id IN (SELECT person FROM name_words WHERE word >= ? AND word < ?)".to_owned());
            values.push((*word).to_owned().into());
            values.push(format!("{word}\u{10ffff}").into());
        } else {
            conditions.push("id IN (SELECT person FROM name_words WHERE word = ?)".to_owned());
            values.push((*word).to_owned().into());
        }
    }
    (conditions.join(" AND "), values)
}

/// The person whose root is `root`.
fn person(connection: &Connection, root: i64, quotes: usize, articles: usize) -> rusqlite::Result<Option<Person>> {
    let found = connection
        .prepare_cached("SELECT name, kind, gender FROM people WHERE id = ?1")?
        .query_row([root], |row| {
            Ok(Person {
                id: PersonId(root),
                name: safe::line(&row.get::<_, String>(0)?),
                names: Vec::new(),
                kind: entity_kind(row.get(1)?).unwrap_or(EntityKind::Person),
                gender: gender(row.get(2)?).unwrap_or_default(),
                roles: Vec::new(),
                articles,
                quotes,
            })
        })
        .optional()?;
    let Some(mut person) = found else { return Ok(None) };
    person.names = connection
        .prepare_cached("SELECT DISTINCT name FROM people WHERE root = ?1 AND name <> ?2 ORDER BY quotes DESC, name")?
        .query_map(params![root, person.name], |row| row.get::<_, String>(0).map(|name| safe::line(&name)))?
        .collect::<rusqlite::Result<_>>()?;
    person.roles = roles(connection, root)?;
    Ok(Some(person))
}

/// The roles that the articles gave the person whose root is `root`, under whichever name: those of the name it is
/// known by first.
fn roles(connection: &Connection, root: i64) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT known FROM people WHERE root = ?1 ORDER BY id = ?1 DESC, quotes DESC, id LIMIT ?2")?;
    let mut rows = statement.query([root, MOST_FORMS])?;
    let mut roles: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        let known: Known = open_column(KNOWN, row.get_ref(0)?).unwrap_or_default();
        for role in known.roles {
            let is_new = !roles.iter().any(|told| fold(told) == fold(&role));
            if is_new && roles.len() < evidence::MOST_ROLES {
                roles.push(safe::line(&role));
            }
        }
    }
    Ok(roles)
}

fn root(connection: &Connection, person: i64) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached("SELECT root FROM people WHERE id = ?1")?.query_row([person], |row| row.get(0)).optional()
}

fn name(connection: &Connection, person: i64) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT name FROM people WHERE id = ?1")?
        .query_row([person], |row| row.get::<_, String>(0).map(|name| safe::line(&name)))
}

/// The folded names by which the person with `root` appears in `article`.
fn names_of(connection: &Connection, root: i64, article: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    let entities: Vec<usize> = connection
        .prepare_cached(
            "SELECT entity FROM appearances WHERE article = ?1 AND person IN (SELECT id FROM people WHERE root = ?2)",
        )?
        .query_map([article, root], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let Some(analysis) = corrections::corrected(connection, article)? else { return Ok(Vec::new()) };
    let found = entities.iter().filter_map(|index| analysis.entities.get(*index));
    Ok(found.map(|entity| (article, fold(&entity.name))).collect())
}

/// Learns what is known of `person` again from the articles it still appears in, the newest ones: what came from others
/// would draw their namesake's later articles to it.
fn relearn(connection: &Connection, person: i64) -> rusqlite::Result<()> {
    const ENOUGH: usize = 100;
    let known = connection
        .prepare_cached("SELECT known FROM people WHERE id = ?1")?
        .query_row([person], |row| Ok(open_column::<Known>(KNOWN, row.get_ref(0)?).unwrap_or_default()))?;
    let appearances: Vec<(i64, usize)> = connection
        .prepare_cached("SELECT article, entity FROM appearances WHERE person = ?1 ORDER BY ordinal DESC LIMIT ?2")?
        .query_map(params![person, ENOUGH], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut learned = known.names_only();
    for (article, entity) in appearances {
        let Some(analysis) = corrections::corrected(connection, article)? else { continue };
        let company = evidence::company(&analysis);
        if let Some(entity) = analysis.entities.get(entity) {
            learned.learn(&Seen::new(entity, &company));
        }
    }
    connection
        .prepare_cached("UPDATE people SET known = ?2 WHERE id = ?1")?
        .execute(params![person, learned.sealed()])
        .map(drop)
}

fn identity(connection: &Connection, article: i64, key: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT person FROM identities WHERE article = ?1 AND key = ?2")?
        .query_row(params![article, key], |row| row.get(0))
        .optional()
}

/// Sets who names in articles are (`None`: whoever the evidence says) and decides their appearances again.
pub(super) fn identify(connection: &Connection, names: &[(i64, String, Option<i64>)]) -> rusqlite::Result<()> {
    for (article, key, person) in names {
        connection
            .prepare_cached("DELETE FROM identities WHERE article = ?1 AND key = ?2")?
            .execute(params![article, key])?;
        connection
            .prepare_cached(
                "INSERT INTO identities (article, key, person)
                 SELECT articles.id, ?2, people.id FROM articles, people WHERE articles.id = ?1 AND people.id = ?3",
            )?
            .execute(params![article, key, person])?;
    }
    let mut articles: Vec<i64> = names.iter().map(|(article, _, _)| *article).collect();
    articles.sort_unstable();
    articles.dedup();
    articles.into_iter().try_for_each(|article| corrections::rederive(connection, article))
}
