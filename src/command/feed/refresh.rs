//! `pullquote feed refresh`: what is new, from all feeds or some.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

use super::arguments::{Format, Refresh};
use super::list::{Trouble, next_check};
use super::{Failure, Stoppable, code, which};
use crate::command::add::{Halt as Stale, stale};
use crate::command::library::Library;
use crate::command::{complain, count, json, written};
use crate::fetch::Kind;
use crate::runtime::feeds::{self, Halt, Outcome, Resting};
use crate::store::{Feed, Store};

pub(super) fn run(arguments: &Refresh, library: &Library) -> Result<u8, Failure> {
    let mut store = library.open()?;
    let now = Timestamp::now();
    let (due, resting): (Vec<Feed>, Vec<Feed>) = match arguments.feeds.as_slice() {
        [] => store.feeds()?.into_iter().partition(|feed| !feed.rests(now)),
        asked => (which::named(&store, asked)?, Vec::new()),
    };
    if due.is_empty() && resting.is_empty() {
        return Err(Failure::usage("no feeds; `pullquote feed add URL` follows one"));
    }
    let stoppable = Stoppable::new()?;
    let mut report = Report::new(arguments.format, due.len());
    for feed in &resting {
        report.rests(feed);
    }
    let reading = library.again()?;
    let refreshed = feeds::refresh(&mut store, reading, due, &stoppable.client, &mut |outcome| report.take(&outcome));
    report.bar.finish_and_clear();
    let said = report.end(Resting::of(&resting, now));
    match refreshed {
        Ok(()) => {}
        Err(Halt::Stopped) => {
            complain("stopped; what came before stays");
            return Ok(stoppable.code());
        }
        Err(Halt::Failed(error)) => return Err(error.into()),
        Err(Halt::NoThread(error)) => return Err(format!("cannot start a thread: {error}").into()),
    }
    let all = store.feeds()?;
    let expired = feeds::expire(&mut store, &all, Timestamp::now())?;
    if expired > 0 {
        complain(&format!("{} not to be kept any longer removed", count(expired, "article")));
    }
    let analysed = analyze(&mut store, library, &stoppable)?;
    Ok(if analysed > 0 { analysed } else { said })
}

/// Analyses what is new; the exit code.
pub(super) fn analyze(store: &mut Store, library: &Library, stoppable: &Stoppable) -> Result<u8, Failure> {
    let done = stale::analyze_again(store, library.again()?, &stoppable.signals);
    match done.map_err(|error| format!("cannot start a thread: {error}"))? {
        Ok(()) => Ok(0),
        Err(Stale::Stopped(code)) => {
            complain("stopped; the new articles stay, and are analysed the next time");
            Ok(code)
        }
        Err(Stale::Failed(error)) => Err(error.into()),
    }
}

/// Tells what becomes of the feeds.
struct Report {
    format: Format,
    bar: ProgressBar,
    feeds: usize,
    new: usize,
    updated: usize,
    failed: usize,
    /// The kinds of failure seen, the first of [`Kind`] first.
    worst: Option<Kind>,
    written: io::Result<()>,
}

impl Report {
    fn new(format: Format, feeds: usize) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let target = if dumb { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(feeds as u64), target);
        let style = ProgressStyle::with_template("[{bar:30}] {pos} of {len} feeds  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        Self { format, bar, feeds: 0, new: 0, updated: 0, failed: 0, worst: None, written: Ok(()) }
    }

    fn take(&mut self, outcome: &Outcome) {
        self.feeds += 1;
        self.new += outcome.news.new.len();
        self.updated += outcome.news.updated;
        if let Some(kind) = outcome.failure() {
            self.failed += 1;
            self.fails(kind);
        }
        let page = match self.format {
            Format::Text => text(outcome).into_bytes(),
            Format::Jsonl => json::line(&Row::of(outcome)),
        };
        self.write(&page);
        let note = match (&outcome.error, &outcome.feed.note) {
            (Some(error), _) => Some(error.to_string()),
            (None, Some(note)) if !outcome.news.unchanged => Some(note.clone()),
            _ => None,
        };
        if let Some(note) = note {
            self.bar.suspend(|| complain(&format!("{}: {note}", outcome.feed.title())));
        }
        self.bar.inc(1);
        self.bar.set_message(count(self.new, "new article"));
    }

    /// Tells of a feed that is not looked at; why that is so counts for the exit code.
    fn rests(&mut self, feed: &Feed) {
        if let Some(kind) = feed.failure.as_deref().and_then(Kind::named) {
            self.fails(kind);
        }
        if self.format == Format::Jsonl {
            self.write(&json::line(&Row::resting(feed)));
        }
    }

    fn fails(&mut self, kind: Kind) {
        self.worst = Some(self.worst.map_or(kind, |worst| worst.min(kind)));
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.written.is_ok() {
            self.written = self.bar.suspend(|| io::stdout().lock().write_all(bytes));
        }
    }

    /// Tells all in a line; the exit code.
    fn end(self, resting: Option<Resting>) -> u8 {
        let mut parts = vec![format!("{} from {}", count(self.new, "new article"), count(self.feeds, "feed"))];
        if self.updated > 0 {
            parts.push(format!("{} updated", count(self.updated, "article")));
        }
        if self.failed > 0 {
            parts.push(format!("{} failed", count(self.failed, "feed")));
        }
        parts.extend(resting.map(|resting| resting.to_string()));
        let line = parts.join(", ");
        complain(&line);
        match written(self.written) {
            0 => self.worst.map_or(0, code),
            code => code,
        }
    }
}

/// What a feed brought, for people; empty where that is nothing.
fn text(outcome: &Outcome) -> String {
    if outcome.news.new.is_empty() {
        return String::new();
    }
    let titles = outcome.news.new.iter().map(|new| format!("  {}\n", new.title));
    format!("{}\n{}", outcome.feed.title(), titles.collect::<String>())
}

/// What became of a feed, as a line of JSON.
#[derive(Serialize)]
struct Row<'a> {
    feed: i64,
    url: &'a str,
    title: &'a str,
    /// `new`, `unchanged`, `failed`, or `resting`: it failed before and is not looked at.
    status: &'static str,
    new: Vec<NewRow<'a>>,
    updated: usize,
    /// Articles that were there from elsewhere and belong to it too from now on.
    known: usize,
    /// Entries whose page could not be had, so that the feed's own words were kept.
    pages_missed: usize,
    /// Why the look failed; of a resting feed, the last one.
    error: Option<Trouble<'a>>,
    /// What could not be read of the feed.
    note: Option<&'a str>,
    /// Not to be looked at before.
    next_check: Option<String>,
}

#[derive(Serialize)]
struct NewRow<'a> {
    article: i64,
    title: &'a str,
    url: Option<&'a str>,
    date: Option<String>,
}

impl<'a> Row<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let Outcome { feed, news, error, .. } = outcome;
        let new = news.new.iter().map(|new| NewRow {
            article: new.article.0,
            title: &new.title,
            url: new.url.as_deref(),
            date: new.date.map(|date| date.to_string()),
        });
        let status = match error {
            Some(_) => "failed",
            None if news.new.is_empty() && news.updated == 0 => "unchanged",
            None => "new",
        };
        Self {
            status,
            new: new.collect(),
            updated: news.updated,
            pages_missed: news.pages_missed,
            known: news.known,
            ..Self::resting(feed)
        }
    }

    fn resting(feed: &'a Feed) -> Self {
        Self {
            feed: feed.id.0,
            url: &feed.url,
            title: feed.title(),
            status: "resting",
            new: Vec::new(),
            updated: 0,
            pages_missed: 0,
            known: 0,
            error: Trouble::of(feed),
            note: feed.note.as_deref(),
            next_check: next_check(feed),
        }
    }
}
