//! A page of the web to an article, and whether it could be read well.
//!
//! The story is found by `article::import`, which makes the page safe to parse first and takes linear time; here is
//! what only the one who fetched it knows: its address, what the server says of it, its language.

use super::feed::{charset, is_feed, resolve_links};
use super::{Address, Client, Error, Request, Zone};
use crate::article::import::{self, decode_labelled, html, is_binary};
use crate::article::{Article, BlockKind};
use crate::text::safe;

/// What is understood as a page, best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// Words below which what was found is hardly a story.
const FEW_WORDS: usize = 60;
/// Bytes of a paragraph of running text.
const PARAGRAPH: usize = 120;

/// A page as an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What there is to read.
    pub article: Article,
    /// The language the page says it is in (`en-gb`).
    pub language: Option<String>,
    /// Why it cannot be read well, one safe line; what there is, is given all the same.
    pub doubt: Option<String>,
    /// Why it is not whole, if it is not.
    pub cut: Option<Error>,
}

impl Page {
    /// What a reader should know before reading, in a line each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let doubt = self.doubt.iter().map(|doubt| format!("it may not have been read well: {doubt}"));
        let foreign = self.language.iter().filter(|language| !language.to_ascii_lowercase().starts_with("en"));
        let foreign = foreign.map(|of| format!("it is in another language ({of}); quotes are found in English"));
        doubt.chain(foreign).collect()
    }
}

/// Fetches the page at `address`, to which something in the zone `from` leads, if not the user.
///
/// # Errors
/// Why there is nothing to read.
pub fn fetch(client: &Client, address: &Address, from: Option<Zone>) -> Result<Page, Error> {
    let response = client.get(&Request { from, accept: ACCEPT, ..Request::new(address) })?;
    let page = read(&response.body, &response.content_type, &response.address);
    match (page, response.cut) {
        (Ok(mut page), Some(cut)) => {
            page.doubt = Some(format!("the page is not whole: {cut}"));
            page.cut = Some(cut);
            Ok(page)
        }
        (Err(_), Some(cut)) => Err(cut),
        (page, None) => page,
    }
}

/// Reads the page in `body`, which was found at `address` and which its server calls `content_type`.
///
/// # Errors
/// [`Error::NotAPage`]: what it is instead.
pub fn read(body: &[u8], content_type: &str, address: &Address) -> Result<Page, Error> {
    let not = |what: &str| Err(Error::NotAPage(what.to_owned()));
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if body.trim_ascii().is_empty() {
        return not("it is empty");
    }
    if body.starts_with(b"%PDF-") || kind == "application/pdf" {
        return not("a PDF");
    }
    if ["image/", "audio/", "video/", "font/"].iter().any(|media| kind.starts_with(media)) || is_binary(body) {
        return not(&safe::line(if kind.is_empty() { "binary data" } else { &kind }));
    }
    let text = decode_labelled(body, charset(content_type).as_deref(), true);
    if is_feed(&text, &kind) {
        return Err(Error::AFeed);
    }
    let is_data = ["xml", "json", "zip", "octet-stream"].iter().any(|data| kind.ends_with(data));
    if is_data && !kind.contains("html") {
        return not(&safe::line(&kind));
    }
    let is_html = kind.contains("html") || (!kind.starts_with("text/") && text.trim_start().starts_with('<'));
    let (mut article, head) = if is_html {
        (html::read(&text), html::head(&text))
    } else {
        let name = if kind.contains("markdown") { "page.md" } else { address.as_str() };
        (import::import(text.as_bytes(), name), html::Head::default())
    };
    if article.text.is_empty() {
        return not("it holds no text");
    }
    let base = head.base.and_then(|base| address.join(&base).ok());
    let named = head.canonical.or(article.meta.url);
    let url = named.and_then(|named| base.as_ref().unwrap_or(address).join(&named).ok());
    article.meta.url = Some(url.as_ref().unwrap_or(address).as_str().to_owned());
    resolve_links(&mut article, address);
    let doubt = if is_html { doubt(&article, &text) } else { None };
    Ok(Page { article, language: head.language, doubt, cut: None })
}

/// Why a page was hardly read well.
fn doubt(article: &Article, html: &str) -> Option<String> {
    let runs = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::Preformatted);
    let long = article.blocks.iter().any(|block| runs(block.kind) && block.span.len() >= PARAGRAPH);
    if long || article.words() >= FEW_WORDS && article.blocks.iter().filter(|block| runs(block.kind)).count() > 3 {
        return None;
    }
    let says = |words: &[&str]| {
        let lower = html.get(..html.len().min(1 << 18)).unwrap_or(html).to_lowercase();
        words.iter().any(|word| lower.contains(word))
    };
    let why = if says(&["enable javascript", "requires javascript", "javascript is disabled", "<noscript"]) {
        "the page makes its text with JavaScript, which is not run"
    } else if says(&["captcha", "are you a robot", "cf-challenge"]) {
        "the site wants to know whether a person asks"
    } else if says(&["subscribe to continue", "log in to continue", "paywall", "already a subscriber"]) {
        "the page shows its text to subscribers only"
    } else {
        "there is hardly any running text on the page"
    };
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address::parse("https://e.org/a/story").unwrap()
    }

    fn story() -> String {
        format!(
            "<html lang=de-AT><title>Taxes stay low</title><article><h1>Taxes stay low</h1><p>{}<a href=../b>there</a></p></article>",
            "“Taxes will stay low,” said Ana Ruiz, the minister, at a briefing on Monday. ".repeat(8)
        )
    }

    #[test]
    fn a_page_is_an_article_with_its_address_and_language() {
        let page = read(story().as_bytes(), "text/html; charset=utf-8", &address()).unwrap();
        assert_eq!(page.article.meta.title, "Taxes stay low");
        assert_eq!(page.article.meta.url.as_deref(), Some("https://e.org/a/story"));
        assert_eq!(page.article.links[0].url, "https://e.org/b");
        assert_eq!((page.language.as_deref(), page.doubt), (Some("de-at"), None));
        let canonical = story().replace("<title>", "<link rel=canonical href=https://e.org/story><title>");
        let page = read(canonical.as_bytes(), "text/html", &address()).unwrap();
        assert_eq!(page.article.meta.url.as_deref(), Some("https://e.org/story"));
    }

    #[test]
    fn a_canonical_address_may_be_relative_and_is_one_of_the_web() {
        for (head, url) in [
            ("<link rel=canonical href=/canon/x>", "https://e.org/canon/x"),
            ("<link rel='nofollow Canonical' href='y?a=1&amp;b=2'>", "https://e.org/a/y?a=1&b=2"),
            ("<base href=/z/><link rel=canonical href=y>", "https://e.org/z/y"),
            ("<link rel=canonical href=//other.org/y>", "https://other.org/y"),
            ("<meta property=og:url content=https://e.org/og><link rel=canonical href=/y>", "https://e.org/y"),
            ("<link rel=canonical href=''>", "https://e.org/a/story"),
            ("<link rel=canonical href=javascript:alert(1)>", "https://e.org/a/story"),
            ("<link rel=canonical href=file:///etc/passwd>", "https://e.org/a/story"),
            ("<meta property=og:url content=https://e.org/og>", "https://e.org/og"),
            ("<link rel=canonical href=https://me:secret@e.org/y>", "https://e.org/a/story"),
        ] {
            let page = story().replace("<title>", &format!("{head}<title>"));
            let page = read(page.as_bytes(), "text/html", &address()).unwrap();
            assert_eq!(page.article.meta.url.as_deref(), Some(url), "{head}");
        }
    }

    #[test]
    fn the_servers_word_on_the_encoding_counts() {
        let bytes = b"<title>x</title><p>caf\xE9 cr\xE8me, said she; \xE0 bient\xF4t</p>";
        let page = read(bytes, "text/html; charset=\"ISO-8859-1\"", &address()).unwrap();
        assert!(page.article.text.contains("café crème"), "{}", page.article.text);
    }

    #[test]
    fn a_page_that_cannot_be_read_well_says_so_and_gives_what_there_is() {
        let page = read(b"<title>App</title><div id=root>Loading</div><noscript>x</noscript>", "text/html", &address());
        let page = page.unwrap();
        assert!(page.doubt.unwrap().contains("JavaScript"));
        assert!(page.article.text.contains("Loading"));
    }

    #[test]
    fn what_is_no_page_is_named() {
        for (body, kind, what) in [
            (&b"%PDF-1.4 x"[..], "text/html", "PDF"),
            (b"", "text/html", "empty"),
            (b"x", "image/png", "image/png"),
            (b"<rss/>", "application/rss+xml", "feed add"),
            (b"<?xml version='1.0'?><feed/>", "text/html", "feed add"),
            (b"{\"version\":\"https://jsonfeed.org/version/1\"}", "application/json", "feed add"),
            (b"<svg/>", "application/xml", "xml"),
            (b"{}", "application/json", "json"),
            (b"\x89PNG\r\n\x1a\n\0\0", "", "binary"),
            (b"<script>x</script>", "text/html", "no text"),
        ] {
            let error = read(body, kind, &address()).unwrap_err();
            assert!(error.to_string().contains(what), "{error}");
        }
    }

    #[test]
    fn plain_text_and_markdown_are_read_as_such() {
        let page = read(b"# Head\n\nSome *text* here.\n", "text/markdown", &address()).unwrap();
        assert!(page.article.text.contains("Some text here."));
        let page = read(b"One <b>.\n", "text/plain", &address()).unwrap();
        assert!(page.article.text.contains("One <b>."));
    }
}
