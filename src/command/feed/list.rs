//! `pullquote feed list`: the feeds by folder, with what is unread and what is wrong.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::Failure;
use super::arguments::{Format, List};
use crate::command::library::Library;
use crate::command::{NOTHING, complain, json};
use crate::fetch::Settings;
use crate::runtime::feeds::when;
use crate::store::Feed;
use crate::text::{safe, width};

/// Columns of the longest title that others are aligned to.
const WIDEST: usize = 48;

pub(super) fn run(arguments: &List, library: &Library) -> Result<u8, Failure> {
    let store = library.open_existing()?;
    let (mut all, now) = (store.feeds()?, Timestamp::now());
    if arguments.failing {
        all.retain(|feed| feed.failures > 0);
    }
    if all.is_empty() {
        let what =
            if arguments.failing { "no feed is failing" } else { "no feeds; `pullquote feed add URL` follows one" };
        complain(what);
        return Ok(if arguments.failing { NOTHING } else { 0 });
    }
    let out = match arguments.format {
        Format::Text => text(&all, now).into_bytes(),
        Format::Jsonl => all.iter().flat_map(|feed| json::line(&Row::of(feed, now))).collect(),
    };
    Ok(super::super::written(io::stdout().lock().write_all(&out)))
}

/// The feeds for people; all strings are safe lines already.
fn text(feeds: &[Feed], now: Timestamp) -> String {
    let widest = feeds.iter().map(|feed| width::columns(called(feed))).max().unwrap_or(0).min(WIDEST);
    let number = feeds.iter().map(|feed| feed.id.0.to_string().len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut folder = "";
    for feed in feeds {
        if feed.folder != folder {
            folder = &feed.folder;
            out += &format!("{folder}/\n");
        }
        let title = width::truncate(called(feed), WIDEST);
        let gap = " ".repeat(widest.saturating_sub(width::columns(&title)));
        let indent = if folder.is_empty() { "" } else { "  " };
        out += &format!(
            "{indent}{id:>number$}  {title}{gap}  {unread:>4} unread of {kept}\n",
            id = feed.id.0,
            unread = feed.unread,
            kept = feed.articles
        );
        let login = user(feed).map(|user| format!(" as {user}")).unwrap_or_default();
        out += &format!("{indent}{:number$}  {}{login}\n", "", feed.url);
        if let Some(error) = &feed.error {
            let times = if feed.failures > 1 { format!(" ({} times in a row)", feed.failures) } else { String::new() };
            let rest = match feed.rests(now) {
                true => format!("; rests until {}", when(feed.next_check, now)),
                false => String::new(),
            };
            out += &format!("{indent}{:number$}  failed: {error}{times}{rest}\n", "");
        }
        if let Some(note) = &feed.note {
            out += &format!("{indent}{:number$}  note: {note}\n", "");
        }
    }
    out
}

/// The title of `feed`; the address stands below it.
fn called(feed: &Feed) -> &str {
    if feed.title() == feed.url { "(untitled)" } else { feed.title() }
}

/// The user name that the server of `feed` is told.
fn user(feed: &Feed) -> Option<String> {
    feed.login.as_ref().map(|login| safe::line(login.0.split(':').next().unwrap_or_default()))
}

/// When `feed` is looked at again, if not at once: UTC, in whole seconds.
pub(super) fn next_check(feed: &Feed) -> Option<String> {
    (feed.next_check.as_second() > 0).then(|| feed.next_check.to_string())
}

/// Why a look failed.
#[derive(Serialize)]
pub(super) struct Trouble<'a> {
    kind: &'a str,
    message: &'a str,
}

impl<'a> Trouble<'a> {
    /// Why the last look at `feed` failed, if it did.
    pub(super) fn of(feed: &'a Feed) -> Option<Self> {
        let message = feed.error.as_deref()?;
        Some(Self { kind: feed.failure.as_deref().unwrap_or_default(), message })
    }
}

/// A feed as a line of JSON.
#[derive(Serialize)]
struct Row<'a> {
    feed: i64,
    url: &'a str,
    title: &'a str,
    folder: &'a str,
    unread: usize,
    articles: usize,
    /// The user name that its server is told.
    user: Option<String>,
    failures: u32,
    /// Why the last look failed.
    error: Option<Trouble<'a>>,
    /// What could not be read of it.
    note: Option<&'a str>,
    /// Whether it is not looked at before `next_check`.
    resting: bool,
    /// Null where it may be looked at at once.
    next_check: Option<String>,
    full_text: bool,
    keep_days: Option<u32>,
    cut: Vec<String>,
    skip: Vec<String>,
}

impl<'a> Row<'a> {
    fn of(feed: &'a Feed, now: Timestamp) -> Self {
        let Settings { full_text, keep_days, cut, skip, .. } = Settings::read(&feed.settings);
        Self {
            feed: feed.id.0,
            url: &feed.url,
            title: feed.title(),
            folder: &feed.folder,
            unread: feed.unread,
            articles: feed.articles,
            failures: feed.failures,
            user: user(feed),
            error: Trouble::of(feed),
            note: feed.note.as_deref(),
            resting: feed.rests(now),
            next_check: next_check(feed),
            full_text,
            keep_days,
            cut,
            skip,
        }
    }
}
