//! `pullquote feed import` and `export`: lists of feeds from and for other readers.

use std::collections::HashSet;
use std::io::{self, Write};

use super::Failure;
use super::arguments::{Export, Import};
use super::set::tidy;
use crate::command::library::Library;
use crate::command::{complain, count, written};
use crate::fetch::newsboat;
use crate::fetch::opml::{self, List, Outline};
use crate::runtime::feeds::{address, places};
use crate::runtime::files;
use crate::store::{Feed, Login};

pub(super) fn import(arguments: &Import, library: &Library) -> Result<u8, Failure> {
    let file = &arguments.file;
    let name = if file.as_os_str() == "-" { "standard input".to_owned() } else { file.to_string_lossy().into_owned() };
    let bytes = match file.as_os_str() == "-" {
        true => files::read_all(io::stdin().lock(), 0),
        false => files::open(file).and_then(|file| files::read_all(file, 0)),
    };
    let list = bytes.and_then(|bytes| read(&bytes)).map_err(|why| Failure::usage(format!("{name}: {why}")))?;
    let mut store = library.open()?;
    let followed: HashSet<String> = store.feeds()?.iter().flat_map(places).collect();
    let feeds = list.feeds.iter().filter(|feed| !followed.contains(&feed.address.place()));
    let new = store.add_feeds(&feeds.map(row).collect::<Vec<_>>())?;
    list.problems.iter().for_each(|problem| complain(&format!("{name}: {problem}")));
    let old = list.feeds.len().saturating_sub(new);
    let also = if old > 0 { format!(", {old} followed already") } else { String::new() };
    let next = if new > 0 { "; `pullquote feed refresh` brings their articles" } else { "" };
    complain(&format!("{} added{also}{next}", count(new, "feed")));
    Ok(u8::from(!list.problems.is_empty() && list.feeds.is_empty()))
}

/// The feeds in `bytes`: OPML, or newsboat's file `urls`.
fn read(bytes: &[u8]) -> Result<List, String> {
    let begins = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().first();
    let wide = bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]);
    if begins == Some(&b'<') || wide {
        return opml::read(bytes);
    }
    let list = newsboat::read(bytes);
    if list.feeds.is_empty() {
        return Err("holds no feeds; a list of them is OPML, or newsboat's file of an address a line".to_owned());
    }
    Ok(list)
}

/// A feed of a list as the library follows it.
fn row(outline: &Outline) -> Feed {
    Feed {
        url: outline.address.as_str().to_owned(),
        name: outline.name.clone(),
        renamed: outline.renamed.clone(),
        folder: tidy(&outline.folder),
        login: outline.address.login().map(|login| Login(login.to_owned())),
        ..Feed::default()
    }
}

pub(super) fn export(arguments: &Export, library: &Library) -> Result<u8, Failure> {
    let store = library.open_existing()?;
    let outline = |feed: Feed| {
        let address = address(&feed).ok()?;
        Some(Outline { address, name: feed.name, renamed: feed.renamed, folder: feed.folder })
    };
    let feeds: Vec<Outline> = store.feeds()?.into_iter().filter_map(outline).collect();
    let secrets = feeds.iter().filter(|feed| feed.address.login().is_some()).count();
    if secrets > 0 && !arguments.with_passwords {
        complain(&format!("left out the passwords of {}; --with-passwords writes them", count(secrets, "feed")));
    }
    Ok(written(io::stdout().lock().write_all(opml::write(&feeds, arguments.with_passwords).as_bytes())))
}
