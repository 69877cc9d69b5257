//! `pullquote quotes`: what people said, over all articles of the library, by person, day and story.

mod csv;
mod jsonl;
mod markdown;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use jiff::civil::Date;

use super::arguments::{Quotes, QuotesFormat};
use super::library::{self, Library};
use super::{NOTHING, complain, count, finish};
use crate::analysis::QuoteKind;
use crate::runtime::USAGE;
use crate::store::{ArticleId, Asked, Person, PersonId, Said, Store, Story, Summary, first_day};
use crate::text::safe;

/// Names told where nobody has the one asked for.
const MOST_NEAR: usize = 5;

/// A person and what it said, newest story first. All strings are safe lines.
struct Speaker {
    person: Person,
    stories: Vec<Story>,
}

/// All that is printed.
struct Answer {
    /// Who said most first.
    speakers: Vec<Speaker>,
    /// The rows of all articles that quotes stand in, also those they are folded from.
    articles: BTreeMap<ArticleId, Summary>,
}

/// Runs the command. Exit code 0; 1 where nobody said anything like it or standard output cannot be written; 2 where
/// the day or the library is wrong.
#[must_use]
pub fn run(arguments: &Quotes) -> ExitCode {
    let answer = check(arguments).and_then(|()| days(arguments)).and_then(|days| {
        let store = Library::find(arguments.library.path())?.open_existing()?;
        let answer = ask(&store, arguments, days).map_err(|error| error.to_string())?;
        let why = if answer.speakers.is_empty() { why_nothing(&store, arguments)? } else { String::new() };
        Ok((answer, why))
    });
    match answer {
        Err(line) => {
            complain(&line);
            USAGE.into()
        }
        Ok((answer, why)) if answer.speakers.is_empty() => {
            complain(&why);
            NOTHING.into()
        }
        Ok((answer, _)) => finish(write(&answer, arguments.format)),
    }
}

/// What is wrong with the name asked for.
fn check(arguments: &Quotes) -> Result<(), String> {
    if !arguments.words.is_empty() {
        let words = arguments.words.join(" ");
        return Err(format!("`quotes {words}`: a name stands after --by: pullquote quotes --by \"{words}\""));
    }
    if arguments.limit == Some(0) {
        return Err("--limit 0: nothing would be printed; write 1 or more, or leave it out for all".to_owned());
    }
    match &arguments.by {
        Some(name) if name.trim().is_empty() => {
            Err("--by: no name; write words of one, as in --by leavitt, or leave it out for everybody".to_owned())
        }
        _ => Ok(()),
    }
}

/// The first day asked for, and the day after the last.
fn days(arguments: &Quotes) -> Result<[Option<Date>; 2], String> {
    let today = library::today();
    let day = |option: &str, value: &Option<String>| {
        let Some(value) = value else { return Ok(None) };
        first_day(value, today).map(Some).ok_or_else(|| {
            format!("{option} {value}: no day; write 7d, 2w, 3m, 1y, today, 2025, 2025-11 or 2025-11-21")
        })
    };
    Ok([day("--since", &arguments.since)?, day("--before", &arguments.before)?])
}

/// The one person whose name begins so, where nobody has a name of just these words.
fn begun(store: &Store, arguments: &Quotes) -> Result<Option<PersonId>, crate::store::Error> {
    let Some(name) = &arguments.by else { return Ok(None) };
    if !store.people_called(name, 1)?.is_empty() {
        return Ok(None);
    }
    Ok(match &store.people(name, 2)?[..] {
        [only] => Some(only.id),
        _ => None,
    })
}

fn ask(store: &Store, arguments: &Quotes, [since, before]: [Option<Date>; 2]) -> Result<Answer, crate::store::Error> {
    let asked = Asked {
        name: arguments.by.clone(),
        person: begun(store, arguments)?,
        about: arguments.about.clone().unwrap_or_default(),
        since,
        before,
        limit: arguments.limit,
    };
    let mut by_person: BTreeMap<PersonId, Vec<Story>> = BTreeMap::new();
    let mut articles = BTreeMap::new();
    for Story { article, quotes } in store.said(&asked)? {
        for quote in quotes {
            let also: Vec<ArticleId> = quote.also.iter().map(|(id, _)| *id).collect();
            let unknown: Vec<ArticleId> = also.into_iter().filter(|id| !articles.contains_key(id)).collect();
            articles.extend(store.summaries(&unknown)?.into_iter().map(|summary| (summary.id, summary)));
            let stories = by_person.entry(quote.person).or_default();
            match stories.last_mut() {
                Some(story) if story.article.id == article.id => story.quotes.push(quote),
                _ => stories.push(Story { article: article.clone(), quotes: vec![quote] }),
            }
        }
        articles.insert(article.id, article);
    }
    let speakers = by_person.into_iter().map(|(id, stories)| Ok(Speaker { person: store.person(id)?, stories }));
    let mut speakers = speakers.collect::<Result<Vec<_>, crate::store::Error>>()?;
    speakers.sort_by_key(|speaker| std::cmp::Reverse(speaker.quotes()));
    Ok(Answer { speakers, articles })
}

/// Why nothing was found, and who may have been meant.
fn why_nothing(store: &Store, arguments: &Quotes) -> Result<String, String> {
    let Some(name) = &arguments.by else { return Ok("nobody in the library said anything like it".to_owned()) };
    let mut people = store.people_called(name, 1).map_err(|error| error.to_string())?;
    if people.is_empty() {
        people = store.people(name, MOST_NEAR).map_err(|error| error.to_string())?;
    }
    if let [_, _, ..] = &people[..] {
        return Ok(format!("the names of several people begin with {}: {}", safe::line(name), told(&people)));
    }
    if let Some(person) = people.first() {
        return Ok(match person.quotes {
            0 => format!("{} is named in the library, but not quoted", person.name),
            quotes => format!("none of the {} by {} matches", count(quotes, "quote"), person.name),
        });
    }
    let near = store.people_near(name, MOST_NEAR).map_err(|error| error.to_string())?;
    let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", told(&near)) };
    Ok(format!("nobody in the library is called {}{hint}", safe::line(name)))
}

/// `Ana Silva (2 quotes), Ana Díaz (1 quote)`.
fn told(people: &[Person]) -> String {
    let told = people.iter().map(|person| format!("{} ({})", person.name, count(person.quotes, "quote")));
    told.collect::<Vec<_>>().join(", ")
}

fn write(answer: &Answer, format: QuotesFormat) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let page = match format {
        QuotesFormat::Text => text::page(answer).into_bytes(),
        QuotesFormat::Markdown => markdown::page(answer).into_bytes(),
        QuotesFormat::Csv => csv::table(answer).into_bytes(),
        QuotesFormat::Jsonl => jsonl::lines(answer),
    };
    out.write_all(&page)?;
    out.flush()
}

impl Speaker {
    fn quotes(&self) -> usize {
        self.stories.iter().map(|story| story.quotes.len()).sum()
    }

    /// "Press Secretary · 3 quotes in 2 stories".
    fn facts(&self) -> String {
        let role = self.person.roles.first().map(|role| format!("{role} · ")).unwrap_or_default();
        let stories = match self.stories.len() {
            1 => "1 story".to_owned(),
            stories => format!("{stories} stories"),
        };
        format!("{role}{} in {stories}", count(self.quotes(), "quote"))
    }
}

impl Answer {
    /// The other stories that have `quote` too.
    fn others<'a>(&'a self, quote: &Said, own: ArticleId) -> Vec<&'a Summary> {
        let mut ids: Vec<ArticleId> = quote.also.iter().map(|(id, _)| *id).filter(|id| *id != own).collect();
        ids.dedup();
        ids.iter().filter_map(|id| self.articles.get(id)).collect()
    }
}

/// How words are given, in the output's words.
fn kind(kind: QuoteKind) -> &'static str {
    super::extract::quote_kind(kind)
}
