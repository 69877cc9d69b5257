//! An entry of a feed: a few fields around a piece of HTML or of plain text.

use jiff::civil::Date;

use super::draft::{Draft, address, field};
use super::html;
use super::json::Row;
use super::opening::Opening;
use crate::article::{Article, BlockKind, Meta};

/// An entry as its feed gives it; nothing is safe yet.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The headline; may hold markup.
    pub title: &'a str,
    /// What it says.
    pub body: Body<'a>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// Where it stands.
    pub url: Option<&'a str>,
    /// When it was published.
    pub date: Option<Date>,
}

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    /// A piece of a page.
    Html(&'a str),
    /// Plain text.
    Text(&'a str),
}

/// Reads an entry; its text is empty where it says nothing at all.
#[must_use]
pub fn read(entry: &Entry<'_>) -> Article {
    let meta = Meta {
        title: line(entry.title).unwrap_or_default(),
        untitled: false,
        date: entry.date,
        byline: entry.byline.and_then(field),
        source: entry.source.and_then(line),
        url: entry.url.and_then(address),
        licence: None,
    };
    match entry.body {
        Body::Html(piece) => {
            let mut draft = Draft::default();
            draft.block(BlockKind::Title, 0, &meta.title, &[]);
            let mut opening = Opening::new(meta.clone(), &meta.title);
            html::write_piece(piece, &mut draft, &mut opening);
            draft.finish(opening.meta).0
        }
        Body::Text(text) => {
            let title = Some(meta.title.clone()).filter(|title| !title.is_empty());
            let row = Row { id: None, title, date: None, url: None, text: text.to_owned() };
            let mut article = row.article();
            let read = &mut article.meta;
            read.date = meta.date.or(read.date);
            read.byline = meta.byline.or(read.byline.take());
            read.source = meta.source.or(read.source.take());
            read.url = meta.url.or(read.url.take());
            article
        }
    }
}

/// `text`, which may hold markup and character references, as one safe line; none where nothing is left.
#[must_use]
pub fn line(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return field(text);
    }
    let mut draft = Draft::default();
    html::write_piece(text, &mut draft, &mut Opening::new(Meta::default(), ""));
    field(&draft.finish(Meta::default()).0.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Entry<'_> =
        Entry { title: "", body: Body::Html(""), byline: None, source: None, url: None, date: None };

    #[test]
    fn an_entry_is_an_article_with_its_headline() {
        let entry = Entry {
            title: "AT&amp;T <b>rises</b>",
            body: Body::Html("<p>One <a href='https://e.org/x'>link</a>.</p><script>x</script><p>Two.</p>"),
            byline: Some("Ana\u{1b}[31m Ruiz"),
            source: Some("The &quot;Paper&quot;"),
            url: Some("https://e.org/1"),
            date: Date::new(2025, 11, 21).ok(),
        };
        let article = read(&entry);
        assert_eq!(article.text, "AT&T rises\n\nOne link.\n\nTwo.");
        assert_eq!(article.meta.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(article.meta.source.as_deref(), Some("The \"Paper\""));
        assert_eq!((article.links.len(), article.flaw()), (1, None));
        let text = read(&Entry { body: Body::Text("One.\n\nTwo <b>."), ..entry });
        assert_eq!(text.text, "AT&T rises\n\nOne.\n\nTwo <b>.");
        assert_eq!((text.meta.date, text.meta.url), (entry.date, article.meta.url));
    }

    #[test]
    fn an_entry_may_lack_anything() {
        assert_eq!(read(&NOTHING).text, "");
        assert_eq!(read(&Entry { title: "Alone", ..NOTHING }).text, "Alone");
        let untitled = read(&Entry { body: Body::Html("No headline here."), url: Some("file:///x"), ..NOTHING });
        assert_eq!(
            (untitled.text.as_str(), untitled.meta.untitled, untitled.meta.url),
            ("No headline here.", true, None)
        );
    }

    #[test]
    fn signs_that_are_no_markup_stay() {
        assert_eq!(line("1 < 2 & 3 > 2").as_deref(), Some("1 < 2 & 3 > 2"));
        assert_eq!(line("caf&eacute; &#8217;s <i>x</i>").as_deref(), Some("café ’s x"));
        assert_eq!(line("<br/>"), None);
    }
}
