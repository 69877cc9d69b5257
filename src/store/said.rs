//! Everything a person said, over all articles: newest first, by story, the same quote in several stories folded.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, Rows, params};

use super::key::{fold, letters, words};
use super::list::{Summary, summary};
use super::load;
use super::people::{self, PersonId};
use super::query::json;
use super::stored::day_number;
use super::texts::first_ordinal;
use super::{ArticleId, Error, Store, corrections};
use crate::analysis::{Analysis, QuoteKind, utterances};
use crate::article::Article;
use crate::text::{Span, safe};

/// Letters that a shorter quote must have to be folded into a longer one that holds it.
const FEWEST_LETTERS: usize = 16;

/// Quotes of one person among which shorter ones are looked for; beyond them only equal ones are folded.
const MOST_COMPARED: usize = 500;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of the name; `None` for everybody.
    pub name: Option<String>,
    /// This very person, whatever the name; comes before it.
    pub person: Option<PersonId>,
    /// Words that the paragraph of a quote must have, `word*` for a beginning; empty for any.
    pub about: String,
    /// The first day.
    pub since: Option<Date>,
    /// The day after the last.
    pub before: Option<Date>,
    /// Most quotes wanted, the newest ones; `None` for all.
    pub limit: Option<usize>,
}

/// The quotes of one article, in order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The article.
    pub article: Summary,
    /// What is said in it and in no newer story.
    pub quotes: Vec<Said>,
}

/// A quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Who.
    pub person: PersonId,
    /// The speaker's name in this article.
    pub name: String,
    /// The speaker's role in this article.
    pub role: Option<String>,
    /// How the words are given.
    pub kind: QuoteKind,
    /// Where, in the text of its article.
    pub span: Span,
    /// The words.
    pub words: String,
    /// The words that report it.
    pub cue: Option<String>,
    /// How sure the speaker is, 0 to 1.
    pub confidence: f32,
    /// Older stories with the same quote, or with a part of it.
    pub also: Vec<(ArticleId, Span)>,
}

impl Store {
    /// What people of a name said, newest story first.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::Interrupted`] where an [`super::Interrupter`] stopped it.
    pub fn said(&self, asked: &Asked) -> Result<Vec<Story>, Error> {
        self.read(|connection| {
            let people = match (asked.person, &asked.name) {
                (Some(person), _) => Some(people::forms(connection, person)?),
                (None, Some(name)) => Some(people::named(connection, &fold(name))?),
                (None, None) => None,
            };
            let topic = words_and_beginnings(&asked.about);
            let day = |day: Date| first_ordinal(i64::from(day_number(day)));
            let from = asked.since.map_or(i64::MIN, day);
            let to = asked.before.map_or(i64::MAX, day);
            let mut statement = connection.prepare_cached(&appearances(people.as_deref()))?;
            let is_seldom = match &people {
                Some(people) => appear_seldom(connection, people)?,
                None => false,
            };
            let bound = people.map_or(Value::Null, |people| json(&people));
            let mut appearances = statement.query(params![bound, from, to])?;
            let mut index = connection.prepare_cached(
                "SELECT rowid FROM fulltext WHERE fulltext MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC",
            )?;
            let mut filter = match matching(&topic).filter(|_| !is_seldom) {
                Some(matching) => Some(Filter::new(index.query(params![matching, from, to])?)?),
                None => None,
            };
            let mut collector = Collector::new(connection, topic, asked.limit.unwrap_or(usize::MAX));
            let mut speakers: Vec<Speaker> = Vec::new();
            while let Some(row) = appearances.next()? {
                let speaker = Speaker::read(row)?;
                if speakers.first().is_some_and(|first| first.ordinal != speaker.ordinal) {
                    collector.take(&speakers)?;
                    speakers.clear();
                    if collector.is_full() {
                        break;
                    }
                }
                let wanted = match &mut filter {
                    Some(filter) => filter.has(speaker.ordinal)?,
                    None => true,
                };
                if wanted {
                    speakers.push(speaker);
                }
            }
            collector.take(&speakers)?;
            Ok(collector.stories)
        })
    }
}

/// Appearances up to which each is looked at, whatever it is to be about: that is done sooner than a walk through all
/// articles that have a common word.
const SELDOM: usize = 300;

/// Whether `people` appear so seldom that all of it can be looked at.
fn appear_seldom(connection: &Connection, people: &[i64]) -> rusqlite::Result<bool> {
    let appearances: usize = connection
        .prepare_cached("SELECT coalesce(sum(articles), 0) FROM people WHERE id IN (SELECT value FROM json_each(?1))")?
        .query_row([json(people)], |row| row.get(0))?;
    Ok(appearances <= SELDOM)
}

/// People whose quotes are merged as they come; of more, all are brought together first.
const MERGED: usize = 16;

/// The SQL for the appearances of `people` (of anybody, where there are none), newest first: `?1` is a list of them,
/// `?2` and `?3` are bounds. Of a few people each one's own come in the order of their index, so that nothing is sorted
/// and the newest are had at once.
fn appearances(people: Option<&[i64]>) -> String {
    let merged = people.filter(|people| !people.is_empty() && people.len() <= MERGED);
    let bounds = "a.quotes > 0 AND ordinal >= ?2 AND ordinal < ?3";
    let one = |of: &str| {
        format!(
            "SELECT ordinal, article, entity, (SELECT root FROM people WHERE id = person) FROM appearances AS a
             WHERE person = {of} AND {bounds}"
        )
    };
    match merged {
        Some(people) => {
            let each = (0..people.len()).map(|place| one(&format!("json_extract(?1, '$[{place}]')")));
            each.collect::<Vec<_>>().join(" UNION ALL ") + " ORDER BY 1 DESC"
        }
        None => format!(
            "SELECT ordinal, article, entity, root FROM appearances AS a JOIN people ON people.id = person
             WHERE {bounds} AND (?1 IS NULL OR person IN (SELECT value FROM json_each(?1)))
             ORDER BY ordinal DESC, entity"
        ),
    }
}

/// An entity of an article that is one of those asked for.
struct Speaker {
    ordinal: i64,
    article: i64,
    entity: u32,
    person: i64,
}

impl Speaker {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { ordinal: row.get(0)?, article: row.get(1)?, entity: row.get(2)?, person: row.get(3)? })
    }
}

/// Words of a topic, each with whether it is a beginning.
fn words_and_beginnings(about: &str) -> Vec<(String, bool)> {
    let pieces = about.split_whitespace();
    pieces.flat_map(|piece| words(piece).into_iter().map(|word| (word, piece.ends_with('*')))).collect()
}

/// The topic as the full-text index wants it.
fn matching(topic: &[(String, bool)]) -> Option<String> {
    let expressions =
        topic.iter().map(|(word, beginning)| format!("text : \"{word}\"{}", if *beginning { " *" } else { "" }));
    (!topic.is_empty()).then(|| expressions.collect::<Vec<_>>().join(" AND "))
}

/// The articles that have the words of a topic somewhere, walked along with those that have the person: both come in
/// descending order.
struct Filter<'s> {
    rows: Rows<'s>,
    current: Option<i64>,
}

impl<'s> Filter<'s> {
    fn new(rows: Rows<'s>) -> rusqlite::Result<Self> {
        let mut filter = Self { rows, current: None };
        filter.advance()?;
        Ok(filter)
    }

    fn advance(&mut self) -> rusqlite::Result<()> {
        self.current = self.rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(())
    }

    /// Whether the article at `ordinal`, not above the last one asked for, has the words.
    fn has(&mut self, ordinal: i64) -> rusqlite::Result<bool> {
        while self.current.is_some_and(|current| current > ordinal) {
            self.advance()?;
        }
        Ok(self.current == Some(ordinal))
    }
}

/// Collects quotes and folds equal ones.
struct Collector<'c> {
    connection: &'c Connection,
    topic: Vec<(String, bool)>,
    limit: usize,
    count: usize,
    stories: Vec<Story>,
    /// Quotes so far by their letters: story and place in it.
    known: HashMap<(i64, String), (usize, usize)>,
    /// The same by person, for those that hold shorter ones.
    by_person: HashMap<i64, Vec<(String, usize, usize)>>,
}

impl<'c> Collector<'c> {
    fn new(connection: &'c Connection, topic: Vec<(String, bool)>, limit: usize) -> Self {
        Self {
            connection,
            topic,
            limit,
            count: 0,
            stories: Vec::new(),
            known: HashMap::new(),
            by_person: HashMap::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.count >= self.limit
    }

    /// Takes the quotes of `speakers`, all of one article; a damaged article has none.
    fn take(&mut self, speakers: &[Speaker]) -> rusqlite::Result<()> {
        let Some(first) = speakers.first() else { return Ok(()) };
        let id = ArticleId(first.article);
        let (Some(found), Some(article)) =
            (load::analysis(self.connection, first.article)?, load::text_at(self.connection, first.ordinal)?)
        else {
            return Ok(());
        };
        let content = article.content_id().cast_signed();
        let corrected = corrections::applied(self.connection, content, std::borrow::Cow::Owned(found), &article.text)?;
        let mut said = said_in(&corrected, &article, speakers);
        said.retain(|(_, said)| on_topic(&self.topic, &article, said.span));
        if said.is_empty() {
            return Ok(());
        }
        let Some(article) = summary(self.connection, id)? else { return Ok(()) };
        self.stories.push(Story { article, quotes: Vec::new() });
        for (person, said) in said {
            if let Some(first) = self.same_as(person, &said.words) {
                first.also.push((id, said.span));
            } else if !self.is_full() {
                self.remember(person, said);
            }
        }
        self.stories.pop_if(|story| story.quotes.is_empty());
        Ok(())
    }

    /// The quote that has the same words of the same person already, or longer ones that hold them.
    fn same_as(&mut self, person: i64, words: &str) -> Option<&mut Said> {
        let key = (person, letters(words));
        let (story, place) = self.known.get(&key).copied().or_else(|| self.longer(person, &key.1))?;
        self.stories.get_mut(story)?.quotes.get_mut(place)
    }

    fn longer(&self, person: i64, letters: &str) -> Option<(usize, usize)> {
        let known = self.by_person.get(&person).filter(|_| letters.len() >= FEWEST_LETTERS)?;
        let finder = memchr::memmem::Finder::new(letters);
        let mut compared = known.iter().rev().take(MOST_COMPARED).filter(|(longer, _, _)| longer.len() > letters.len());
        let holds = compared.find(|(longer, _, _)| finder.find(longer.as_bytes()).is_some());
        holds.map(|(_, story, place)| (*story, *place))
    }

    /// Keeps a quote as one of the last story's.
    fn remember(&mut self, person: i64, said: Said) {
        let index = self.stories.len().saturating_sub(1);
        let Some(story) = self.stories.last_mut() else { return };
        let (letters, place) = (letters(&said.words), story.quotes.len());
        self.by_person.entry(person).or_default().push((letters.clone(), index, place));
        self.known.insert((person, letters), (index, place));
        story.quotes.push(said);
        self.count += 1;
    }
}

/// What `speakers` say in an article, each quote with its person.
fn said_in(analysis: &Analysis, article: &Article, speakers: &[Speaker]) -> Vec<(i64, Said)> {
    let mut said = Vec::new();
    for quote in utterances(analysis).into_iter().filter_map(|index| analysis.quotes.get(index)) {
        let Some(id) = quote.speaker else { continue };
        let Some(speaker) = speakers.iter().find(|speaker| speaker.entity == id.0) else { continue };
        let Some(entity) = analysis.entity(id) else { continue };
        let words = safe::line(quote.span.of(&article.text));
        if words.is_empty() {
            continue;
        }
        said.push((
            speaker.person,
            Said {
                person: PersonId(speaker.person),
                name: entity.name.clone(),
                role: entity.role.clone(),
                kind: quote.kind,
                span: quote.span,
                words,
                cue: quote.cue.map(|cue| safe::line(cue.of(&article.text))),
                confidence: quote.confidence,
                also: Vec::new(),
            },
        ));
    }
    said
}

/// Whether the paragraphs that `span` touches have all words of the topic.
fn on_topic(topic: &[(String, bool)], article: &Article, span: Span) -> bool {
    if topic.is_empty() {
        return true;
    }
    let touched = article.blocks.iter().filter(|block| block.span.overlaps(span));
    let around = touched.map(|block| block.span).reduce(Span::union).unwrap_or(span);
    let here = words(around.of(&article.text));
    topic.iter().all(|(word, beginning)| {
        here.iter().any(|other| if *beginning { other.starts_with(word.as_str()) } else { other == word })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appearances_of_a_few_people_come_in_order_without_being_sorted() {
        let store = Store::open_in_memory().unwrap();
        for people in [&[1][..], &[1, 2, 3]] {
            let sql = format!("EXPLAIN QUERY PLAN {}", appearances(Some(people)));
            let mut plan = store.connection.prepare(&sql).unwrap();
            let steps = plan.query_map(params![json(people), 0, 1], |row| row.get::<_, String>(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:#?}");
            assert!(
                steps.iter().any(|step| step.contains("appearances_by_person (person=? AND ordinal>")),
                "{steps:#?}"
            );
        }
    }
}
