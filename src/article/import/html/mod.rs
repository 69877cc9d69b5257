//! Web pages: the story found in them, as text.
//!
//! `prune` makes the page safe to parse, in linear time; `dom_smoothie` finds the story in what is left; `blocks`
//! writes it. Where no story is found, or the page is too large for the search, all text that a browser would show
//! is taken, but for what says itself that it is no story (`clutter`).

mod blocks;
pub(super) mod charset;
mod clutter;
mod head;
mod hidden;
mod meta;
mod prune;
mod references;
mod scan;
pub(super) mod table;
mod tags;

use dom_smoothie::{Config, Readability};

pub use head::{Alternate, Head, head};

use super::draft::{Draft, field};
use super::opening::Opening;
use crate::article::{Article, BlockKind, Meta};
use scan::{Scanner, Token};

/// Elements of a page in which a story is searched for. A long page of a newspaper has some three thousand.
const MAX_ELEMENTS: usize = 20_000;
/// Bytes of pruned page in which a story is searched for.
const MAX_SEARCHED: usize = 1 << 20;
/// Bytes of visible text up to which a page is hardly more than its story.
const SHORT: usize = 2000;

/// Reads a web page.
#[must_use]
pub fn read(html: &str) -> Article {
    let page = prune::prune(html);
    let mut meta = page.declared.meta();
    let searched = page.elements <= MAX_ELEMENTS && page.html.len() <= MAX_SEARCHED;
    let story = if searched { story(&page.html, &mut meta) } else { None };
    if meta.title.is_empty() {
        meta.title = page.declared.title.and_then(|title| field(&references::decode(title))).unwrap_or_default();
    }
    meta.title = headline(&meta, &page.html);
    let found = story.map(|story| compose(&story, meta.clone()));
    match found {
        Some(found) if found.text.len() > SHORT => found,
        found => {
            // A short page may well be all story, of which the search has thrown half away.
            let visible = compose(&page.html, meta);
            match found {
                Some(found) if !is_scrap(&found, &visible) => found,
                _ => visible,
            }
        }
    }
}

/// Whether what was found is too little of what is there to be the story.
fn is_scrap(found: &Article, visible: &Article) -> bool {
    let (found, visible) = (found.text.len(), visible.text.len());
    if visible <= SHORT { found * 2 < visible } else { found < SHORT / 8 && found * 10 < visible }
}

/// The title without what pages put behind it for search engines: the name of the site.
fn headline(meta: &Meta, html: &str) -> String {
    let title = meta.title.as_str();
    let separators = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '·' | '•' | ':' | '»' | '/');
    let begins = |first: &String| {
        title.strip_prefix(first.as_str()).is_some_and(|rest| rest.trim_start().starts_with(separators))
    };
    if let Some(first) = headings(html).filter(|first| first.len() > 8).find(begins) {
        return first;
    }
    let site = meta.source.as_deref().and_then(|site| title.strip_suffix(site));
    let cut = site.filter(|rest| rest.ends_with(separators)).map(|rest| rest.trim_end_matches(separators));
    cut.filter(|cut| !cut.is_empty()).unwrap_or(title).to_owned()
}

/// The texts of the first few `<h1>`.
fn headings(html: &str) -> impl Iterator<Item = String> {
    let mut tokens = Scanner::new(html);
    let texts = std::iter::from_fn(move || {
        tokens.by_ref().find(|token| matches!(token, Token::Open(tag, _) if tag.name == "h1"))?;
        let inside = tokens.by_ref().take_while(|token| !matches!(token, Token::Close(tag) if tag.name == "h1"));
        let text = inside.filter_map(|token| if let Token::Text(text) = token { Some(text) } else { None });
        Some(references::decode(&text.collect::<String>()).into_owned())
    });
    texts.take(4).filter_map(|text| field(&text))
}

/// The text of a piece of HTML within another format, block by block.
pub(super) fn write_piece(html: &str, draft: &mut Draft, opening: &mut Opening) {
    blocks::write(&prune::prune(html).html, draft, opening);
}

/// The part of the page that is the story, as HTML; adds to `meta` what was found on the way.
fn story(html: &str, meta: &mut Meta) -> Option<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    // With the page's address, links in the story are made absolute.
    let mut search = Readability::new(html, meta.url.as_deref(), Some(config.clone()))
        .or_else(|_| Readability::new(html, None, Some(config)))
        .ok()?;
    let found = search.parse().ok()?;
    if meta.title.is_empty() {
        meta.title = field(&found.title).unwrap_or_default();
    }
    if meta.byline.is_none() {
        meta.byline = found
            .byline
            .as_deref()
            .and_then(field)
            .map(|byline| super::lead::byline(&byline).map_or(byline.clone(), str::to_owned));
    }
    if found.text_content.trim().is_empty() { None } else { Some(found.content.to_string()) }
}

fn compose(html: &str, meta: Meta) -> Article {
    let mut draft = Draft::default();
    draft.block(BlockKind::Title, 0, &meta.title, &[]);
    let mut opening = Opening::new(meta.clone(), &meta.title);
    blocks::write(html, &mut draft, &mut opening);
    draft.finish(opening.meta).0
}

#[cfg(test)]
mod tests;
