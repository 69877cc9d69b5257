//! The library, used the way the reader uses it: through its public face, on real files where files matter.

mod adding;
mod damage;
mod durability;
mod folders;

mod lists;
mod marks;
mod opening;

mod people;
mod said;
mod search;
mod undo;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use pullquote::analysis::{
    Analysis, Entity, EntityId, EntityKind, Evidence, Gender, Mention, MentionKind, Quote, QuoteKind,
};
use pullquote::article::{Article, Block, BlockKind, Meta};
use pullquote::store::{Added, ArticleId, Incoming, Opened, Options, Query, Sort, Store, Window};
use pullquote::text::Span;

/// Today, in all tests.
const TODAY: Date = date(2025, 11, 28);

fn now() -> Timestamp {
    // Noon of that day.
    Timestamp::from_second(1_764_331_200).unwrap()
}

fn store() -> Store {
    Store::open_in_memory().unwrap()
}

fn options(path: &std::path::Path) -> Options {
    Options::own(path.to_owned(), TODAY)
}

fn open(path: &std::path::Path) -> Opened {
    Store::open(&options(path)).unwrap()
}

/// An article whose first paragraph is its headline.
fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let kind = if start == 0 { BlockKind::Title } else { BlockKind::Paragraph };
        blocks.push(Block { kind, span: Span::new(start, start + part.len()), depth: 0 });
        start += part.len() + 2;
    }
    let title = blocks.first().map(|block| block.span.of(text).to_owned()).unwrap_or_default();
    Article { text: text.to_owned(), blocks, links: Vec::new(), meta: Meta { title, ..Meta::default() } }
}

fn dated(text: &str, year: i16, month: i8, day: i8) -> Article {
    let mut article = article(text);
    article.meta.date = Some(date(year, month, day));
    article
}

fn from(mut article: Article, source: &str, url: &str) -> Article {
    article.meta.source = Some(source.to_owned()).filter(|source| !source.is_empty());
    article.meta.url = Some(url.to_owned()).filter(|url| !url.is_empty());
    article
}

/// An entity that is mentioned where its name and aliases stand in `text`; the name may carry a role after a comma.
fn person(text: &str, name: &str, aliases: &[&str]) -> Entity {
    let (name, role) = name.split_once(", ").map_or((name, None), |(name, role)| (name, Some(role.to_owned())));
    let mut mentions: Vec<Mention> = std::iter::once(name)
        .chain(aliases.iter().copied())
        .flat_map(|form| text.match_indices(form).map(|(at, form)| Span::new(at, at + form.len())))
        .map(|span| Mention { span, kind: MentionKind::Name })
        .collect();
    mentions.sort_by_key(|mention| mention.span);
    Entity {
        kind: EntityKind::Person,
        name: name.to_owned(),
        named: true,
        role,
        gender: Gender::Unknown,
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        mentions,
    }
}

fn organization(text: &str, name: &str) -> Entity {
    Entity { kind: EntityKind::Organization, ..person(text, name, &[]) }
}

/// The analysis of `text` with these entities, and quotes given by their words and the index of their speaker.
fn analysis(text: &str, entities: Vec<Entity>, quotes: &[(&str, u32)]) -> Analysis {
    let quotes = quotes.iter().map(|(words, speaker)| {
        let at = text.find(words).unwrap();
        Quote {
            kind: QuoteKind::Direct,
            span: Span::new(at, at + words.len()),
            speaker: Some(EntityId(*speaker)),
            source: None,
            cue: None,
            confidence: 0.9,
            evidence: Evidence::default(),
        }
    });
    let mut quotes: Vec<Quote> = quotes.collect();
    quotes.sort_by_key(|quote| quote.span);
    Analysis { entities, quotes }
}

fn add(store: &mut Store, article: &Article) -> ArticleId {
    store.add(&Incoming::new(article), now()).unwrap().id()
}

fn add_analyzed(store: &mut Store, article: &Article, analysis: &Analysis) -> ArticleId {
    let incoming = Incoming { analysis: Some((analysis, 1)), ..Incoming::new(article) };
    let added = store.add(&incoming, now()).unwrap();
    assert!(matches!(added, Added::New(_)), "{added:?}");
    added.id()
}

fn query(text: &str) -> Query {
    Query::parse(text, TODAY).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Headlines of the articles that a query holds for, newest first.
fn titles(store: &Store, text: &str) -> Vec<String> {
    let rows = store.list(&query(text), Sort::default(), Window::ALL).unwrap();
    rows.into_iter().map(|row| row.title).collect()
}
