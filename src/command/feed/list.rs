//! `pullquote feed list`: the feeds by folder, with what is unread and what is wrong.

use std::io::{self, Write};

use serde::Serialize;

use super::Failure;
use super::arguments::{Format, List};
use crate::command::library::Library;
use crate::command::{complain, count, json};
use crate::fetch::Settings;
use crate::store::Feed;
use crate::text::width;

/// Columns of the longest title that others are aligned to.
const WIDEST: usize = 48;

pub(super) fn run(arguments: &List, library: &Library) -> Result<u8, Failure> {
    let store = library.open_existing()?;
    let mut all = store.feeds()?;
    if arguments.failing {
        all.retain(|feed| feed.failures > 0);
    }
    if all.is_empty() {
        let what =
            if arguments.failing { "no feed is failing" } else { "no feeds; `pullquote feed add URL` follows one" };
        complain(what);
        return Ok(0);
    }
    let out = match arguments.format {
        Format::Text => text(&all).into_bytes(),
        Format::Jsonl => all.iter().flat_map(|feed| json::line(&Row::of(feed))).collect(),
    };
    Ok(super::super::written(io::stdout().lock().write_all(&out)))
}

/// The feeds for people; all strings are safe lines already.
fn text(feeds: &[Feed]) -> String {
    let widest = feeds.iter().map(|feed| width::columns(&feed.title)).max().unwrap_or(0).min(WIDEST);
    let number = feeds.iter().map(|feed| feed.id.0.to_string().len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut folder = "";
    for feed in feeds {
        if feed.folder != folder {
            folder = &feed.folder;
            out += &format!("{folder}/\n");
        }
        let title = width::truncate(&feed.title, WIDEST);
        let gap = " ".repeat(widest.saturating_sub(width::columns(&title)));
        let indent = if folder.is_empty() { "" } else { "  " };
        out += &format!(
            "{indent}{id:>number$}  {title}{gap}  {unread:>4} unread of {kept}\n",
            id = feed.id.0,
            unread = feed.unread,
            kept = feed.articles
        );
        out += &format!("{indent}{:number$}  {}\n", "", feed.url);
        if let Some(error) = &feed.error {
            let times = if feed.failures > 1 {
                format!(" ({} in a row)", count(feed.failures as usize, "failure"))
            } else {
                String::new()
            };
            let mark = if feed.failures > 0 { "failed" } else { "note" };
            out += &format!("{indent}{:number$}  {mark}: {error}{times}\n", "");
        }
    }
    out
}

/// A feed as a line of JSON.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    feed: i64,
    url: &'a str,
    title: &'a str,
    folder: &'a str,
    unread: usize,
    articles: usize,
    failures: u32,
    error: Option<&'a str>,
    /// Not to be looked at before; null where it may be at once.
    next_check: Option<String>,
    full_text: bool,
    keep_days: Option<u32>,
    cut: Vec<String>,
    skip: Vec<String>,
}

impl<'a> Row<'a> {
    pub(super) fn of(feed: &'a Feed) -> Self {
        let Settings { full_text, keep_days, cut, skip, .. } = Settings::read(&feed.settings);
        Self {
            feed: feed.id.0,
            url: &feed.url,
            title: &feed.title,
            folder: &feed.folder,
            unread: feed.unread,
            articles: feed.articles,
            failures: feed.failures,
            error: feed.error.as_deref(),
            next_check: (feed.next_check.as_second() > 0).then(|| feed.next_check.to_string()),
            full_text,
            keep_days,
            cut,
            skip,
        }
    }
}
