//! `pullquote search`: articles of the library that a query holds for, with the places where its words stand.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::arguments::{Order as Asked, Search, SearchFormat};
use super::code_points::CodePoints;
use super::library::{self, Library};
use super::{NOTHING, complain, count, day, finish, json};
use crate::runtime::USAGE;
use crate::store::{Hit, Order, Query, Store, Window};
use crate::text::Span;

/// Runs the command. Exit code 0; 1 where nothing was found or standard output cannot be written; 2 where the query or
/// the library is wrong.
#[must_use]
pub fn run(arguments: &Search) -> ExitCode {
    let found = query(arguments).and_then(|query| {
        let store = Library::find(arguments.library.path())?.open_existing()?;
        let order = if arguments.sort == Asked::Relevance { Order::Relevance } else { Order::Newest };
        let hits = store.search(&query, order, Window::first(arguments.limit)).map_err(|error| error.to_string())?;
        Ok((store, query, hits))
    });
    match found {
        Err(line) => {
            complain(&line);
            USAGE.into()
        }
        Ok((_, _, hits)) if hits.is_empty() => {
            complain(&nothing(&arguments.query.join(" ")));
            NOTHING.into()
        }
        Ok((store, query, hits)) => {
            let code = finish(write(&hits, arguments.format));
            say_whether_all(&store, &query, hits.len());
            code
        }
    }
}

/// The query as it was typed, in one or several arguments.
fn query(arguments: &Search) -> Result<Query, String> {
    let text = arguments.query.join(" ");
    let query = Query::parse(&text, library::today()).map_err(|error| format!("{error} (in: {text})"))?;
    if query.is_empty() && !text.trim().is_empty() {
        return Err(format!("{text}: there is nothing to search for, no letter, digit or term"));
    }
    Ok(query)
}

/// That nothing matches `text`; where it has what is an operator elsewhere, that it is a word here.
fn nothing(text: &str) -> String {
    let operator = text.split_whitespace().find_map(|word| match word {
        "OR" | "||" | "|" => Some("OR is no operator here; search for one word at a time"),
        "AND" | "&&" => Some("AND is no operator here; leave it out"),
        "NOT" => Some("NOT is no operator here; write -WORD"),
        _ => None,
    });
    let hint = operator.map(|hint| format!(": all words must occur, and {hint}")).unwrap_or_default();
    format!("nothing in the library matches{hint}")
}

/// On standard error, how many articles match, where these are not all of them.
fn say_whether_all(store: &Store, query: &Query, shown: usize) {
    if let Ok(all) = store.count(query)
        && all > shown
    {
        complain(&format!("{shown} of {} shown; --limit {all} shows all", count(all, "article")));
    }
}

fn write(hits: &[Hit], format: SearchFormat) -> io::Result<()> {
    let stdout = io::stdout();
    let unset = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let bold = stdout.is_terminal() && unset("NO_COLOR") && !dumb;
    let mut out = io::BufWriter::new(stdout.lock());
    for hit in hits {
        match format {
            SearchFormat::Text => out.write_all(page(hit, bold).as_bytes())?,
            SearchFormat::Jsonl => out.write_all(&json::line(&Found::of(hit)))?,
        }
    }
    out.flush()
}

/// One hit for people; all its strings are safe lines already.
fn page(hit: &Hit, bold: bool) -> String {
    let Hit { summary, snippet, marks, .. } = hit;
    let mut facts: Vec<String> = summary.date.map(day).into_iter().collect();
    facts.extend(Some(summary.source.clone()).filter(|source| !source.is_empty()));
    facts.push(count(summary.quotes, "quote"));
    facts.push(count(summary.voices, "voice"));
    let mut shown = String::new();
    let mut end = 0;
    for mark in marks.iter().filter(|_| bold) {
        shown += &format!("{}\x1b[1m{}\x1b[22m", Span::new(end, mark.start).of(snippet), mark.of(snippet));
        end = mark.end;
    }
    shown += Span::new(end, snippet.len()).of(snippet);
    format!("{}\n  {}\n  {shown}\n\n", summary.title, facts.join(" · "))
}

/// A hit as a line of JSON.
#[derive(Serialize)]
struct Found<'a> {
    article: i64,
    title: &'a str,
    date: Option<String>,
    source: &'a str,
    url: Option<&'a str>,
    words: usize,
    quotes: usize,
    voices: usize,
    read: bool,
    starred: bool,
    tags: &'a [String],
    snippet: &'a str,
    /// Where the query's words stand in `snippet`: half-open, in code points.
    matches: Vec<Range>,
}

#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

impl<'a> Found<'a> {
    fn of(hit: &'a Hit) -> Self {
        let counts = CodePoints::new(&hit.snippet);
        let summary = &hit.summary;
        Self {
            article: summary.id.0,
            title: &summary.title,
            date: summary.date.map(|date| date.to_string()),
            source: &summary.source,
            url: summary.url.as_deref(),
            words: summary.words,
            quotes: summary.quotes,
            voices: summary.voices,
            read: summary.read,
            starred: summary.starred,
            tags: &summary.tags,
            snippet: &hit.snippet,
            matches: hit.marks.iter().map(|m| Range { start: counts.at(m.start), end: counts.at(m.end) }).collect(),
        }
    }
}
