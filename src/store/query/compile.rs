//! A query to SQL over `articles AS a`: conditions with bound values, and one expression for the full-text index.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{Column, Comparison, Number, Query, Term, What};
use crate::store::feeds::TITLE;
use crate::store::key::fold;
use crate::store::members::Members;
use crate::store::people;
use crate::store::stored::day_number;
use crate::store::texts::{EARLIEST, first_ordinal};

/// A query in SQL.
#[derive(Debug, Default, PartialEq)]
pub(in crate::store) struct Compiled {
    /// What the full-text index is asked for, if anything.
    pub(in crate::store) matching: Option<String>,
    /// Whether that has a beginning of so few letters that a good part of all words begin so.
    pub(in crate::store) vague: bool,
    /// Conditions joined by AND, each beginning with " AND ".
    pub(in crate::store) conditions: String,
    /// The values of the conditions, in order of their question marks.
    pub(in crate::store) values: Vec<Value>,
}

/// Appearances from which it is cheaper to ask of each article whether somebody appears, until there are enough, than to
/// bring all those articles together first.
const MANY: i64 = 1_000;

/// Articles that are fetched by their ids and sorted; where there are more, the list is walked in its order and each is
/// asked whether it is one of them.
const FEW: usize = 1_000;

/// What a query is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Aim {
    /// The first that it holds for.
    Some,
    /// All that it holds for.
    All,
}

/// Compiles `query`; names of people and feeds are looked up now.
pub(in crate::store) fn compile(query: &Query, aim: Aim, connection: &Connection) -> rusqlite::Result<Compiled> {
    let mut compiled = Compiled::default();
    let mut wanted = Vec::new();
    let mut unwanted = Vec::new();
    for term in &query.terms {
        match &term.what {
            What::Words { column, words, prefix } => {
                compiled.vague |= *prefix && last_word(words).chars().count() < CLEAR;
                let list = if term.negated { &mut unwanted } else { &mut wanted };
                list.push(expression(*column, words, *prefix));
            }
            _ => compiled.condition(term, aim, connection)?,
        }
    }
    let unwanted = unwanted.join(" OR ");
    match (wanted.is_empty(), unwanted.is_empty()) {
        (true, true) => {}
        (false, true) => compiled.matching = Some(wanted.join(" AND ")),
        (false, false) => compiled.matching = Some(format!("({}) NOT ({unwanted})", wanted.join(" AND "))),
        (true, false) => compiled.push(
            false,
            "a.ordinal NOT IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ?)",
            [unwanted.into()],
        ),
    }
    Ok(compiled)
}

/// Letters of a beginning from which the index has all that begins so in one place.
const CLEAR: usize = 3;

fn last_word(words: &str) -> &str {
    words.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default()
}

/// Words as the full-text index wants them: always one quoted string, so that nothing in it is syntax.
fn expression(column: Column, words: &str, prefix: bool) -> String {
    let quoted = format!("\"{}\"{}", words.replace('"', " "), if prefix { " *" } else { "" });
    match column {
        Column::Both => quoted,
        Column::Title => format!("title : {quoted}"),
        Column::Text => format!("text : {quoted}"),
    }
}

impl Compiled {
    fn push(&mut self, negated: bool, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push_str(if negated { " AND NOT (" } else { " AND (" });
        self.conditions.push_str(condition);
        self.conditions.push(')');
        self.values.extend(values);
    }

    /// One of `people` appears, in a way that `how` says.
    fn appears(
        &mut self,
        negated: bool,
        how: &str,
        people: &[i64],
        aim: Aim,
        connection: &Connection,
    ) -> rusqlite::Result<()> {
        let people = json(people);
        let appearances: i64 = connection
            .prepare_cached(
                "SELECT coalesce(sum(articles), 0) FROM people WHERE id IN (SELECT value FROM json_each(?1))",
            )?
            .query_row([&people], |row| row.get(0))?;
        let theirs = format!("{how}person IN (SELECT value FROM json_each(?))");
        let condition = match aim {
            Aim::Some if appearances > MANY => {
                format!("EXISTS (SELECT 1 FROM appearances WHERE article = a.id AND {theirs})")
            }
            _ => format!("a.id IN (SELECT article FROM appearances WHERE {theirs})"),
        };
        self.push(negated, &condition, [people]);
        Ok(())
    }

    /// The article is one of `members`.
    fn among(&mut self, negated: bool, members: &Members) {
        match members.bound().filter(|_| members.len() > FEW) {
            Some(set) => self.push(negated, "member(?, a.id)", [set]),
            None => self.push(negated, "a.id IN (SELECT value FROM json_each(?))", [json(&members.ids())]),
        }
    }

    fn condition(&mut self, term: &Term, aim: Aim, connection: &Connection) -> rusqlite::Result<()> {
        let negated = term.negated;
        match &term.what {
            What::Words { .. } => {}
            // Written out, because an index that holds only unread articles is not taken for a bound value.
            What::Read(read) => self.push(false, flag("a.read", *read != negated), []),
            What::Starred(starred) => self.push(false, flag("a.starred", *starred != negated), []),
            What::Highlighted => {
                self.push(negated, "EXISTS (SELECT 1 FROM highlights WHERE content = a.content)", []);
            }
            What::Noted => {
                self.push(negated, "EXISTS (SELECT 1 FROM highlights WHERE content = a.content AND note <> '')", []);
            }
            What::Tag(key) => self.push(
                negated,
                "a.id IN (SELECT article FROM taggings JOIN tags ON tag = tags.id WHERE key = ?)",
                [key.clone().into()],
            ),
            What::Source(key) => {
                self.push(
                    negated,
                    "a.source IN (SELECT id FROM sources WHERE instr(key, ?) > 0)",
                    [key.clone().into()],
                );
            }
            What::Feed(name) => {
                let exact = feeds(connection, |title, _| fold(title) == *name)?;
                let feeds = match exact {
                    Value::Text(none) if none == "[]" => {
                        feeds(connection, |title, _| fold(title).contains(name.as_str()))?
                    }
                    exact => exact,
                };
                let (condition, values) = of_feeds(connection, feeds)?;
                self.push(negated, &condition, values);
            }
            What::Folder(name) => {
                let inside = |folder: &str| {
                    folder.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                let feeds = feeds(connection, |_, folder| inside(folder))?;
                // The next character after `/` ends what lies in the folder.
                let files = name.trim_end_matches('/');
                let mut members = Members::default();
                members.gather(
                    connection,
                    "SELECT id FROM articles WHERE feed IS NOT NULL AND feed IN (SELECT value FROM json_each(?1))",
                    [&feeds],
                )?;
                members.gather(
                    connection,
                    "SELECT article FROM carried WHERE feed IN (SELECT value FROM json_each(?1))",
                    [feeds],
                )?;
                members.gather(
                    connection,
                    "SELECT article FROM origins WHERE key >= ?1 AND key < ?2",
                    [format!("{files}/"), format!("{files}0")],
                )?;
                self.among(negated, &members);
            }
            What::Speaker(name) => {
                self.appears(negated, "quotes > 0 AND ", &people::named(connection, name)?, aim, connection)?;
            }
            What::Person(name) => {
                self.appears(negated, "", &people::named(connection, name)?, aim, connection)?;
            }
            What::Since(day) => self.push(negated, "a.ordinal >= ?", [first_of(*day)]),
            // An article without a day is before none.
            What::Before(day) => {
                let dated = Value::Integer(first_ordinal(EARLIEST));
                self.push(negated, "a.ordinal >= ? AND a.ordinal < ?", [dated, first_of(*day)]);
            }
            What::Number { of, is, than } => {
                let column = match of {
                    Number::Words => "a.words",
                    Number::Quotes => "a.quotes",
                    Number::Voices => "a.voices",
                };
                let sign = match is {
                    Comparison::Less => "<",
                    Comparison::Equal => "=",
                    Comparison::More => ">",
                };
                let than = i64::try_from(*than).unwrap_or(i64::MAX);
                self.push(negated, &format!("{column} {sign} ?"), [than.into()]);
            }
        }
        Ok(())
    }
}

fn flag(column: &str, on: bool) -> &'static str {
    match (column, on) {
        ("a.read", true) => "a.read = 1",
        ("a.read", false) => "a.read = 0",
        (_, true) => "a.starred = 1",
        (_, false) => "a.starred = 0",
    }
}

/// The first ordinal of a day.
fn first_of(day: jiff::civil::Date) -> Value {
    Value::Integer(first_ordinal(i64::from(day_number(day))))
}

/// The feeds whose title and folder suit, as a JSON list.
fn feeds(connection: &Connection, suits: impl Fn(&str, &str) -> bool) -> rusqlite::Result<Value> {
    let mut statement = connection.prepare_cached(&format!("SELECT id, {TITLE}, folder FROM feeds"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (title, folder): (String, String) = (row.get(1)?, row.get(2)?);
        if suits(&title, &folder) {
            found.push(row.get(0)?);
        }
    }
    Ok(json(&found))
}

/// The condition that an article is in one of `feeds`, a JSON list, with its values.
fn of_feeds(connection: &Connection, feeds: Value) -> rusqlite::Result<(String, Vec<Value>)> {
    let brought = "(a.feed IS NOT NULL AND a.feed IN (SELECT value FROM json_each(?)))";
    let carried = "SELECT article FROM carried WHERE feed IN (SELECT value FROM json_each(?))";
    // Most feeds share nothing with others, and are found by one index then.
    let shared = connection.prepare_cached(carried)?.exists([&feeds])?;
    Ok(if shared {
        (format!("{brought} OR a.id IN ({carried})"), vec![feeds.clone(), feeds])
    } else {
        (brought.to_owned(), vec![feeds])
    })
}

/// Ids as a JSON list, which is how a list of any length is bound.
pub(in crate::store) fn json(ids: &[i64]) -> Value {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    Value::Text(format!("[{}]", ids.join(",")))
}
