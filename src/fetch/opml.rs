//! Lists of feeds, as readers exchange them (OPML 1.0 and 2.0, with newsboat's attributes).
//!
//! Nothing in such a file is ever run: newsboat's commands (`|command`, `exec:`, `filtercmd`) are named as what was
//! left out.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::{Address, Error};
use crate::article::import::decode_labelled;
use crate::text::safe;

/// Feeds of a file that are taken.
pub(super) const MOST: usize = 20_000;
/// Outlines in each other at most.
const MAX_DEPTH: usize = 32;
/// Characters of a title or the name of a folder.
const LONGEST: usize = 300;

/// A feed in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its address.
    pub address: Address,
    /// What it calls itself, one safe line; may be empty.
    pub name: String,
    /// What the user calls it, one safe line; empty where that is the same.
    pub renamed: String,
    /// The folder it lies in, parts separated by `/`; empty for none.
    pub folder: String,
}

impl Outline {
    /// What people see of it; its address where it has no name.
    #[must_use]
    pub fn title(&self) -> &str {
        [self.renamed.as_str(), &self.name].into_iter().find(|name| !name.is_empty()).unwrap_or(self.address.as_str())
    }
}

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its feeds, in its order, each address once.
    pub feeds: Vec<Outline>,
    /// What was left out and why, one safe line each.
    pub problems: Vec<String>,
    /// The places of its feeds.
    places: HashSet<String>,
}

/// Reads a list.
///
/// # Errors
/// One safe line: why `bytes` are no list of feeds.
pub fn read(bytes: &[u8]) -> Result<List, String> {
    let text = decode_labelled(bytes, None, true);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut list = List::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let (mut is_opml, mut has_body) = (false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if named(&tag, "outline") && has_body => {
                let folder = list.take(&tag, &folders);
                folders.push(folder);
            }
            Ok(Event::Empty(tag)) if named(&tag, "outline") && has_body => _ = list.take(&tag, &folders),
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "outline" => _ = folders.pop(),
            Ok(Event::Start(tag)) => {
                is_opml |= named(&tag, "opml");
                has_body |= is_opml && named(&tag, "body");
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                list.problems.push(safe::line(&format!("the rest cannot be read: {error}")));
                break;
            }
        }
        if list.feeds.len() + list.problems.len() >= MOST || folders.len() > MAX_DEPTH {
            list.problems.push("it is too large; the rest is left out".to_owned());
            break;
        }
    }
    match (is_opml, has_body) {
        (false, _) => Err("is no list of feeds (OPML)".to_owned()),
        (true, false) => Err("is OPML without a body, where its feeds would be".to_owned()),
        (true, true) => Ok(list),
    }
}

fn named(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case(name)
}

impl List {
    /// Takes an outline: a feed, or a folder whose name it gives.
    fn take(&mut self, tag: &BytesStart<'_>, folders: &[Option<String>]) -> Option<String> {
        let value = |wanted: &str| {
            let found = tag
                .attributes()
                .with_checks(false)
                .flatten()
                .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(wanted))?;
            let raw = found.value.as_ref();
            let text = quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
            Some(text).filter(|text| !text.trim().is_empty())
        };
        // `text` is what people see, and `title` what the feed calls itself; many writers put the same into both.
        let text = value("text").map(|text| line(&text)).unwrap_or_default();
        let name = value("title").map(|title| line(&title)).unwrap_or_default();
        let title = if name.is_empty() { text.clone() } else { name };
        let Some(url) = value("xmlUrl").or_else(|| value("url").filter(|_| value("type").is_some_and(|k| k == "rss")))
        else {
            return Some(title.replace('/', "-")).filter(|title| !title.is_empty());
        };
        let shown = if title.is_empty() { line(&url) } else { title.clone() };
        if refused(&url) {
            self.problems.push(format!("{shown}: left out, it is a command and not an address"));
            return None;
        }
        let address = match Address::parse(&url) {
            Ok(address) => address,
            Err(Error::Address(address, why)) => {
                self.problems.push(safe::line(&format!("{shown}: left out, {address} is no address ({why})")));
                return None;
            }
            Err(other) => {
                self.problems.push(safe::line(&format!("{shown}: left out ({other})")));
                return None;
            }
        };
        if value("filtercmd").is_some() {
            self.problems.push(format!("{shown}: its filter command is not run, all its entries are taken"));
        }
        let parts: Vec<&str> = folders.iter().flatten().map(String::as_str).collect();
        let renamed = if text == title { String::new() } else { text };
        self.push(Outline { address, name: title, renamed, folder: parts.join("/") });
        None
    }

    /// Takes a feed that is not in the list yet.
    pub(super) fn push(&mut self, feed: Outline) {
        if self.places.insert(feed.address.place()) {
            self.feeds.push(feed);
        }
    }
}

/// A title or the name of a folder, as one safe line.
pub(super) fn line(text: &str) -> String {
    safe::line(text).chars().take(LONGEST).collect()
}

/// Whether newsboat would run what stands in the place of an address.
pub(super) fn refused(url: &str) -> bool {
    url.trim_start().starts_with(['|', '"']) || url.starts_with("exec:") || url.starts_with("filter:")
}

/// Writes a list, folders as nested outlines; logins only `with_secrets`.
#[must_use]
pub fn write(feeds: &[Outline], with_secrets: bool) -> String {
    let mut sorted: Vec<&Outline> = feeds.iter().collect();
    sorted.sort_by(|a, b| a.folder.split('/').cmp(b.folder.split('/')).then_with(|| a.title().cmp(b.title())));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>Feeds of pullquote</title>\n  </head>\n  <body>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for feed in sorted {
        let parts: Vec<&str> = feed.folder.split('/').filter(|part| !part.is_empty()).take(MAX_DEPTH - 1).collect();
        let same = open.iter().zip(&parts).take_while(|(a, b)| a == b).count();
        while open.len() > same {
            open.pop();
            tag(&mut out, open.len(), "</outline>");
        }
        for part in parts.iter().skip(same) {
            let name = attribute(part);
            tag(&mut out, open.len(), &format!("<outline text=\"{name}\" title=\"{name}\">"));
            open.push(part);
        }
        let name = attribute(if feed.name.is_empty() { feed.title() } else { &feed.name });
        let text = attribute(feed.title());
        let url = if with_secrets { feed.address.with_secrets() } else { feed.address.as_str().to_owned() };
        let url = attribute(&url);
        tag(
            &mut out,
            open.len(),
            &format!("<outline type=\"rss\" text=\"{text}\" title=\"{name}\" xmlUrl=\"{url}\"/>"),
        );
    }
    while open.pop().is_some() {
        tag(&mut out, open.len(), "</outline>");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn attribute(text: &str) -> String {
    escape(safe::line(text).as_str()).into_owned()
}

fn tag(out: &mut String, depth: usize, text: &str) {
    out.push_str(&"  ".repeat(depth + 2));
    out.push_str(text);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(address: &str, title: &str, folder: &str) -> Outline {
        let address = Address::parse(address).unwrap();
        Outline { address, name: title.into(), renamed: String::new(), folder: folder.into() }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let feeds = vec![
            outline("https://a.example/x?a=1&b=2", "A \"quoted\" <title> & more", ""),
            outline("https://b.example/", "B", "News/World"),
            outline("https://c.example/", "C", "News/World"),
            Outline { renamed: "My D".into(), ..outline("https://me:pass%20word@d.example/", "D", "Tech") },
        ];
        let read_as = |text: &str| (read(text.as_bytes()).unwrap().feeds, read(text.as_bytes()).unwrap().problems);
        assert_eq!(read_as(&write(&feeds, true)), (feeds.clone(), vec![]));
        let bare = write(&feeds, false);
        assert!(!bare.contains("pass") && read_as(&bare).0[3].address.login().is_none(), "{bare}");
    }

    #[test]
    fn nothing_is_run_and_nothing_local_is_read() {
        let list = read(
            b"<opml><body><outline title='x\x1b[2J'>\
              <outline title='cmd' xmlUrl='|rm -rf ~'/><outline xmlUrl='exec:ls'/><outline xmlUrl='filter:x:http://e.org'/>\
              <outline title='file' xmlUrl='file:///etc/passwd'/><outline xmlUrl='/etc/passwd'/>\
              <outline title='filtered' xmlUrl='https://e.org/f' filtercmd='~/x'/></outline></body></opml>",
        )
        .unwrap();
        assert_eq!(list.feeds, [outline("https://e.org/f", "filtered", "x")]);
        assert_eq!(list.problems.len(), 6);
        assert!(list.problems.iter().all(|line| safe::line(line) == *line));
    }

    #[test]
    fn what_is_no_list_says_so() {
        for (bytes, what) in
            [(&b""[..], "no list"), (b"<html/>", "no list"), (b"<opml><head/></opml>", "without a body")]
        {
            assert!(read(bytes).unwrap_err().contains(what));
        }
        let broken = read(b"<opml><body><outline xmlUrl='https://e.org/'/><outline xmlUrl='https://f").unwrap();
        assert_eq!((broken.feeds.len(), broken.problems.len()), (1, 1));
        let deep = format!("<opml><body>{}", "<outline text='x'>".repeat(100_000));
        assert_eq!(read(deep.as_bytes()).unwrap().problems.len(), 1);
    }
}
