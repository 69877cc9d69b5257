//! `pullquote feed import` and `export`: lists of feeds from and for other readers.

use std::io::{self, Write};

use super::Failure;
use super::arguments::Import;
use super::set::tidy;
use crate::command::library::Library;
use crate::command::{complain, count, written};
use crate::fetch::Address;
use crate::fetch::opml::{self, Outline};
use crate::runtime::files;

pub(super) fn import(arguments: &Import, library: &Library) -> Result<u8, Failure> {
    let file = &arguments.file;
    let name = if file.as_os_str() == "-" { "standard input".to_owned() } else { file.to_string_lossy().into_owned() };
    let bytes = match file.as_os_str() == "-" {
        true => files::read_all(io::stdin().lock(), 0),
        false => files::open(file).and_then(|file| files::read_all(file, 0)),
    };
    let list = bytes.and_then(|bytes| opml::read(&bytes)).map_err(|why| Failure::usage(format!("{name}: {why}")))?;
    let mut store = library.open()?;
    let before = store.feeds()?.len();
    for feed in &list.feeds {
        let title = if feed.title.is_empty() { feed.address.as_str() } else { &feed.title };
        store.add_feed(feed.address.as_str(), title, &tidy(&feed.folder))?;
    }
    let new = store.feeds()?.len() - before;
    list.problems.iter().for_each(|problem| complain(&format!("{name}: {problem}")));
    let old = list.feeds.len().saturating_sub(new);
    let also = if old > 0 { format!(", {old} followed already") } else { String::new() };
    complain(&format!("{} added{also}; `pullquote feed refresh` brings their articles", count(new, "feed")));
    Ok(u8::from(!list.problems.is_empty() && list.feeds.is_empty()))
}

pub(super) fn export(library: &Library) -> Result<u8, Failure> {
    let store = library.open_existing()?;
    let outline = |feed: crate::store::Feed| {
        let address = Address::parse(&feed.url).ok()?;
        Some(Outline { address, title: feed.title, folder: feed.folder })
    };
    let feeds: Vec<Outline> = store.feeds()?.into_iter().filter_map(outline).collect();
    Ok(written(io::stdout().lock().write_all(opml::write(&feeds).as_bytes())))
}
