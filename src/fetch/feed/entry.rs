//! An entry of a feed, as it is kept until it is known to be new.

use feed_rs::model;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;
use crate::article::import::entry::{self, Body};
use crate::fetch::Address;

/// Bytes of an entry's own name that are taken as they are; longer ones are hashed.
const LONGEST_ID: usize = 300;

/// An entry; its texts are as the feed gives them, not yet safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is called within its feed, the same each time: its own name, or its address, or a hash of what it says.
    pub id: String,
    /// The page it is about.
    pub url: Option<Address>,
    /// Its headline.
    pub title: String,
    /// What it says.
    pub body: String,
    /// Whether that is HTML.
    pub is_html: bool,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day it was published, in UTC.
    pub date: Option<Date>,
}

impl Entry {
    pub(super) fn of(entry: model::Entry, address: &Address, by: Option<&str>) -> Self {
        let url = page(&entry.links, address).and_then(|url| Address::parse(&url).ok());
        let (body, is_html) = said(&entry);
        let date = entry.published.or(entry.updated).and_then(|time| {
            let time = Timestamp::from_second(time.timestamp()).ok()?;
            Some(TimeZone::UTC.to_datetime(time).date())
        });
        let title = entry.title.map(|title| title.content).unwrap_or_default();
        let own = Some(entry.id.trim()).filter(|id| !id.is_empty()).or_else(|| url.as_ref().map(Address::as_str));
        let id = match own {
            Some(id) if id.len() <= LONGEST_ID => id.to_owned(),
            Some(id) => format!("{:016x}", xxh3_64(id.as_bytes())),
            None => format!("{:016x}", xxh3_64(format!("{title}\n{body}").as_bytes())),
        };
        let byline = names(&entry.authors).or_else(|| by.map(str::to_owned));
        Self { id, url, title, body, is_html, byline, date }
    }

    /// A hash of all that it says: another one is another version.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        let url = self.url.as_ref().map(Address::as_str).unwrap_or_default();
        let byline = self.byline.as_deref().unwrap_or_default();
        let all = format!("{}\n{}\n{byline}\n{url}\n{:?}", self.title, self.body, self.date);
        xxh3_64(all.as_bytes())
    }

    /// The article it is, published by `source`; its text is empty where it says nothing. A day behind `today` is no
    /// day: it would stay above all others.
    #[must_use]
    pub fn article(&self, source: &str, today: Date) -> Article {
        let body = if self.is_html { Body::Html(&self.body) } else { Body::Text(&self.body) };
        let mut article = entry::read(&entry::Entry {
            title: &self.title,
            body,
            byline: self.byline.as_deref(),
            source: Some(source),
            url: self.url.as_ref().map(Address::as_str),
            date: self.date.filter(|date| *date <= today.tomorrow().unwrap_or(today)),
        });
        if let Some(base) = &self.url {
            resolve_links(&mut article, base);
        }
        article
    }
}

/// Makes relative links of `article` absolute, as a browser does at `base`.
pub(in crate::fetch) fn resolve_links(article: &mut Article, base: &Address) {
    for link in &mut article.links {
        if !link.url.contains(':')
            && let Ok(absolute) = base.join(&link.url)
        {
            link.url = absolute.as_str().to_owned();
        }
    }
}

/// What an entry says, and whether that is HTML: its content, else its summary, else what its media say.
fn said(entry: &model::Entry) -> (String, bool) {
    let is_html = |kind: &str| kind != "text/plain";
    let content = entry.content.as_ref().and_then(|content| Some((content.body.as_ref()?, &content.content_type)));
    let summary = entry.summary.as_ref().map(|summary| (&summary.content, &summary.content_type));
    let media = entry.media.iter().find_map(|media| media.description.as_ref());
    let media = media.map(|text| (&text.content, &text.content_type));
    let found = [content, summary, media].into_iter().flatten().find(|(text, _)| !text.trim().is_empty());
    found.map_or((String::new(), false), |(text, kind)| (text.clone(), is_html(kind.as_str())))
}

/// The page among `links`: the first that is no feed, comment or attachment, and can be fetched.
fn page(links: &[model::Link], address: &Address) -> Option<String> {
    let is_page = |link: &&model::Link| {
        link.target.is_none()
            && matches!(link.rel.as_deref(), None | Some("alternate"))
            && link.media_type.as_deref().is_none_or(|kind| kind.contains("html"))
    };
    let mut pages = links.iter().filter(is_page).filter_map(|link| address.join(&link.href).ok());
    pages.next().map(|page| page.as_str().to_owned())
}

/// The names of people, as one text.
pub(super) fn names(people: &[model::Person]) -> Option<String> {
    let names: Vec<&str> = people
        .iter()
        .filter_map(|person| person.name.as_deref())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .take(5)
        .collect();
    Some(names.join(", ")).filter(|names| !names.is_empty())
}
