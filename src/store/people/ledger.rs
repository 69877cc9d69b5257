//! Who the names in an article are: the part of a write that turns an analysis into appearances of people.
//!
//! A full name leads to the person of that name whom the evidence fits, or to a new one. A short name ("Leavitt" in
//! an article that never says more) leads to the one person who is called so elsewhere and whom the evidence speaks
//! for; without any, to a person of its own that is linked as long as it could be one person only. What the user said
//! comes before all of it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::evidence::{KNOWN, Known, Seen, company, fit};
use super::links;
use crate::analysis::{Analysis, EntityKind, utterances};
use crate::store::key::fold;
use crate::store::seal::open_column;
use crate::store::stored::{gender, gender_number, kind_number};

/// Most entities of one article that are recorded: a list of names is no story.
const MOST_ENTITIES: usize = 500;

/// Records articles within one transaction; what is known of people is kept at hand and written once, by
/// [`Ledger::finish`].
pub(in crate::store) struct Ledger<'c> {
    connection: &'c Connection,
    people: HashMap<i64, Figure>,
    by_key: HashMap<String, Vec<i64>>,
    by_short_name: HashMap<String, Vec<i64>>,
    /// Short names whose links are to be decided again.
    stirred: Vec<String>,
}

struct Figure {
    kind: u8,
    gender: crate::analysis::Gender,
    known: Known,
    articles: i64,
    quotes: i64,
    changed: bool,
}

impl<'c> Ledger<'c> {
    pub(in crate::store) fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            people: HashMap::new(),
            by_key: HashMap::new(),
            by_short_name: HashMap::new(),
            stirred: Vec::new(),
        }
    }

    /// Records who appears in `article` by its `analysis`, corrections applied. Earlier appearances must be gone.
    pub(in crate::store) fn record(&mut self, article: i64, ordinal: i64, analysis: &Analysis) -> rusqlite::Result<()> {
        let mut quotes = vec![0_i64; analysis.entities.len()];
        let said = utterances(analysis).into_iter().filter_map(|index| analysis.quotes.get(index));
        for speaker in said.filter_map(|quote| quote.speaker) {
            if let Some(count) = quotes.get_mut(speaker.0 as usize) {
                *count += 1;
            }
        }
        let company = company(analysis);
        let identities = self.identities(article)?;
        let mut taken = Vec::new();
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO appearances (article, entity, person, ordinal, quotes) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let recorded = analysis
            .entities
            .iter()
            .zip(quotes)
            .enumerate()
            .filter(|(_, (entity, quotes))| entity.named && (entity.kind == EntityKind::Person || *quotes > 0));
        for (index, (entity, quotes)) in recorded.take(MOST_ENTITIES) {
            let seen = Seen::new(entity, &company);
            if seen.key.is_empty() {
                continue;
            }
            let kind = kind_number(entity.kind);
            let said = identities.iter().find(|(key, _)| *key == seen.key).map(|(_, person)| *person);
            let person = match said {
                Some(person) => self.load(person)?.then_some(person),
                None => self.find(&seen, kind, &taken)?,
            };
            let person = match person {
                Some(person) => person,
                None => self.create(&entity.name, &seen, kind)?,
            };
            taken.push(person);
            insert.execute(params![article, index, person, ordinal, quotes])?;
            let aliases = entity.aliases.iter().map(|alias| fold(alias)).filter(|alias| !alias.is_empty());
            self.learn(person, &seen, aliases, quotes)?;
        }
        Ok(())
    }

    /// Takes back the appearances in `article`.
    pub(in crate::store) fn forget(&mut self, article: i64) -> rusqlite::Result<()> {
        let appearances: Vec<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT person, quotes FROM appearances WHERE article = ?1")?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (person, quotes) in appearances {
            self.load(person)?;
            if let Some(figure) = self.people.get_mut(&person) {
                figure.articles -= 1;
                figure.quotes -= quotes;
                figure.changed = true;
            }
        }
        self.connection.prepare_cached("DELETE FROM appearances WHERE article = ?1")?.execute([article])?;
        Ok(())
    }

    /// Writes what was learned and decides the links of short names again.
    pub(in crate::store) fn finish(mut self) -> rusqlite::Result<()> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE people SET gender = ?2, known = ?3, articles = ?4, quotes = ?5 WHERE id = ?1")?;
        let mut changed: Vec<_> = self.people.iter().filter(|(_, figure)| figure.changed).collect();
        // In the order of the table, which touches each page once.
        changed.sort_by_key(|(id, _)| **id);
        for (id, figure) in changed {
            update.execute(params![
                id,
                gender_number(figure.gender),
                figure.known.sealed(),
                figure.articles,
                figure.quotes
            ])?;
        }
        self.stirred.sort();
        self.stirred.dedup();
        for key in &self.stirred {
            links::decide(self.connection, key)?;
        }
        Ok(())
    }

    /// What the user said about names in `article`.
    fn identities(&self, article: i64) -> rusqlite::Result<Vec<(String, i64)>> {
        self.connection
            .prepare_cached("SELECT key, person FROM identities WHERE article = ?1")?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    /// The person whom `seen` fits best, not one of those `taken` by other entities of the article.
    fn find(&mut self, seen: &Seen<'_>, kind: u8, taken: &[i64]) -> rusqlite::Result<Option<i64>> {
        let is_short = kind == kind_number(EntityKind::Person) && !seen.key.contains(' ');
        if is_short && let Some(person) = self.called(seen, taken)? {
            return Ok(Some(person));
        }
        let candidates = self.namesakes(&seen.key)?;
        Ok(self.best(&candidates, seen, taken, |figure| figure.kind == kind).map(|(person, _, _)| person))
    }

    /// The person with a fuller name who is called by this short one elsewhere, if the evidence speaks for one alone.
    fn called(&mut self, seen: &Seen<'_>, taken: &[i64]) -> rusqlite::Result<Option<i64>> {
        if !self.by_short_name.contains_key(&seen.key) {
            // A name that hundreds share says nothing, so a part of them will do.
            let found = ids(self.connection, "SELECT person FROM short_names WHERE key = ?1 LIMIT 100", &seen.key)?;
            for person in &found {
                self.load(*person)?;
            }
            self.by_short_name.insert(seen.key.clone(), found);
        }
        let candidates = self.by_short_name.get(&seen.key).cloned().unwrap_or_default();
        let best = self.best(&candidates, seen, taken, |_| true);
        Ok(best.filter(|(_, fit, alone)| *fit > 0 && *alone).map(|(person, _, _)| person))
    }

    /// The candidate that fits best, how well it does, and whether it is the only one that does so well.
    fn best(
        &self,
        candidates: &[i64],
        seen: &Seen<'_>,
        taken: &[i64],
        suits: impl Fn(&Figure) -> bool,
    ) -> Option<(i64, usize, bool)> {
        let mut best: Option<(i64, usize, bool)> = None;
        for person in candidates.iter().filter(|person| !taken.contains(person)) {
            let Some(figure) = self.people.get(person).filter(|figure| suits(figure)) else { continue };
            let Some(fit) = fit(&figure.known, figure.gender, seen) else { continue };
            best = match best {
                Some((_, most, _)) if fit < most => best,
                Some((first, most, _)) if fit == most => Some((first, most, false)),
                _ => Some((*person, fit, true)),
            };
        }
        best
    }

    /// All people of the folded name `key`.
    fn namesakes(&mut self, key: &str) -> rusqlite::Result<Vec<i64>> {
        if let Some(known) = self.by_key.get(key) {
            return Ok(known.clone());
        }
        let found = ids(self.connection, "SELECT id FROM people WHERE key = ?1 ORDER BY id", key)?;
        for person in &found {
            self.load(*person)?;
        }
        self.by_key.insert(key.to_owned(), found.clone());
        Ok(found)
    }

    /// Brings what is known of `person` to hand; says whether there is such a person.
    fn load(&mut self, person: i64) -> rusqlite::Result<bool> {
        if self.people.contains_key(&person) {
            return Ok(true);
        }
        let figure = self
            .connection
            .prepare_cached("SELECT kind, gender, known, articles, quotes FROM people WHERE id = ?1")?
            .query_row([person], |row| {
                Ok(Figure {
                    kind: row.get(0)?,
                    gender: gender(row.get(1)?).unwrap_or_default(),
                    // What is known can be learned again; a damaged memory is no reason to stop.
                    known: open_column(KNOWN, row.get_ref(2)?).unwrap_or_default(),
                    articles: row.get(3)?,
                    quotes: row.get(4)?,
                    changed: false,
                })
            })
            .optional()?;
        Ok(figure.map(|figure| self.people.insert(person, figure)).is_some())
    }

    fn create(&mut self, name: &str, seen: &Seen<'_>, kind: u8) -> rusqlite::Result<i64> {
        let figure =
            Figure { kind, gender: seen.gender, known: Known::default(), articles: 0, quotes: 0, changed: true };
        let person = insert_person(self.connection, name, &seen.key, kind, gender_number(seen.gender), &figure.known)?;
        self.people.insert(person, figure);
        self.by_key.entry(seen.key.clone()).and_modify(|people| people.push(person));
        self.stirred.push(seen.key.clone());
        Ok(person)
    }

    /// Adds to what is known of `person`, and the names it is found by.
    fn learn(
        &mut self,
        person: i64,
        seen: &Seen<'_>,
        aliases: impl Iterator<Item = String>,
        quotes: i64,
    ) -> rusqlite::Result<()> {
        let Some(figure) = self.people.get_mut(&person) else { return Ok(()) };
        figure.articles += 1;
        figure.quotes += quotes;
        figure.changed = true;
        figure.known.learn(seen);
        if figure.gender == crate::analysis::Gender::Unknown {
            figure.gender = seen.gender;
        }
        for name in std::iter::once(seen.key.clone()).chain(aliases) {
            if !figure.known.learn_name(&name) {
                continue;
            }
            let is_own = name == seen.key;
            insert_name(self.connection, person, &name, is_own)?;
            if !is_own {
                self.by_short_name.entry(name.clone()).and_modify(|people| people.push(person));
                self.stirred.push(name);
            }
        }
        Ok(())
    }
}

/// A new person of its own; returns its id.
pub(super) fn insert_person(
    connection: &Connection,
    name: &str,
    key: &str,
    kind: u8,
    gender: u8,
    known: &Known,
) -> rusqlite::Result<i64> {
    let mut insert = connection
        .prepare_cached("INSERT INTO people (name, key, kind, gender, known, root) VALUES (?1, ?2, ?3, ?4, ?5, 0)")?;
    let person = insert.insert(params![name, key, kind, gender, known.sealed()])?;
    connection.prepare_cached("UPDATE people SET root = id WHERE id = ?1")?.execute([person])?;
    Ok(person)
}

/// Lets `person` be found by the folded name `name`, which is its own or one it is also called by.
pub(super) fn insert_name(connection: &Connection, person: i64, name: &str, is_own: bool) -> rusqlite::Result<()> {
    let mut word = connection.prepare_cached("INSERT OR IGNORE INTO name_words (word, person) VALUES (?1, ?2)")?;
    for part in name.split(' ') {
        word.execute(params![part, person])?;
    }
    if !is_own {
        connection
            .prepare_cached("INSERT OR IGNORE INTO short_names (key, person) VALUES (?1, ?2)")?
            .execute(params![name, person])?;
    }
    Ok(())
}

fn ids(connection: &Connection, sql: &str, key: &str) -> rusqlite::Result<Vec<i64>> {
    connection.prepare_cached(sql)?.query_map([key], |row| row.get(0))?.collect()
}
