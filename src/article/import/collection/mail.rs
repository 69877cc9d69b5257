//! Mail: a message is an article, its subject the headline, its sender the author. Newsletters are meant, but any
//! mail is read.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::Collection;
use crate::article::import::draft::{Draft, address, field};
use crate::article::import::opening::Opening;
use crate::article::import::{html, text};
use crate::article::{Article, BlockKind, Meta};

/// Whether `bytes` begin as a mailbox does: an envelope line, then a header.
pub(super) fn begins_mailbox(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let envelope = lines.next().is_some_and(|line| line.starts_with(b"From ") && line.len() < 300);
    envelope && lines.next().is_some_and(is_header)
}

/// Whether a line is a header of a message.
fn is_header(line: &[u8]) -> bool {
    let name: Vec<u8> = line.iter().copied().take_while(|byte| *byte != b':').collect();
    let named = name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    (1..60).contains(&name.len()) && name.len() < line.len() && named
}

/// Reads every message of a mailbox.
pub(super) fn read_mailbox(bytes: &[u8]) -> Collection {
    let messages = MessageIterator::new(bytes).zip(1..).map(|(message, number)| {
        let message = message.map_err(|error| format!("message {number}: {error}"))?;
        read_message(message.contents()).map_err(|problem| format!("message {number} {problem}"))
    });
    let collection: Collection = messages.collect();
    if collection == Collection::default() {
        return std::iter::once(Err("is no mailbox: there is no message in it".to_owned())).collect();
    }
    collection
}

/// Reads one message.
pub(super) fn read_message(bytes: &[u8]) -> Result<Article, String> {
    let message = MessageParser::default().parse(bytes).filter(|message| message.headers().len() > 1);
    let message = message.ok_or_else(|| "is no mail message: it has no headers".to_owned())?;
    let is_empty = html_of(&message).is_none() && message.body_text(0).is_none();
    let cut = message.content_type().filter(|_| is_empty).and_then(|kind| kind.attribute("boundary"));
    if let Some(boundary) = cut {
        // Of a message that is cut off in its first part, the parser gives that part once it ends.
        let end = format!("\n--{boundary}--\n");
        if !bytes.ends_with(end.as_bytes()) {
            return read_message(&[bytes, end.as_bytes()].concat());
        }
    }
    let meta = about(&message);
    let article = match (html_of(&message), message.body_text(0)) {
        (Some(page), _) => written(page, meta),
        (None, Some(body)) => plain(&body, meta),
        (None, None) => return Err("has no text in it".to_owned()),
    };
    Ok(article)
}

/// The part of the message that was written as a page.
fn html_of<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    match &message.html_part(0)?.body {
        PartType::Html(page) => Some(page),
        _ => None,
    }
}

/// An article from a page; all of it is taken, because a newsletter has several stories.
fn written(page: &str, meta: Meta) -> Article {
    let mut draft = Draft::default();
    draft.block(BlockKind::Title, 0, &meta.title, &[]);
    let mut opening = Opening::new(meta.clone(), &meta.title);
    html::write_piece(page, &mut draft, &mut opening);
    // The message knows better than the page who wrote it and when.
    let Meta { title, untitled, date, byline, source, url, licence } = meta;
    let known = Meta {
        title,
        untitled,
        date: date.or(opening.meta.date),
        byline: byline.or(opening.meta.byline),
        source,
        url,
        licence,
    };
    draft.finish(known).0
}

/// An article from plain text.
fn plain(body: &str, meta: Meta) -> Article {
    let (mut article, _) =
        if meta.title.is_empty() { text::read(body) } else { text::read(&format!("Title: {}\n\n{body}", meta.title)) };
    article.meta.date = meta.date.or(article.meta.date);
    article.meta.byline = meta.byline.or(article.meta.byline.take());
    article.meta.source = meta.source.or(article.meta.source.take());
    article.meta.url = meta.url.or(article.meta.url.take());
    article
}

/// What the headers say.
fn about(message: &Message<'_>) -> Meta {
    let sender = message.from().and_then(Address::first);
    let byline = sender.and_then(|sender| sender.name().and_then(field).or_else(|| sender.address().and_then(field)));
    // "The Daily <daily.example.org>": a list has a name, and if not, an address.
    let list = match message.list_id() {
        HeaderValue::Address(list) => list.first().and_then(|list| list.name().or_else(|| list.address())),
        HeaderValue::Text(list) => Some(list.as_ref()),
        _ => None,
    };
    let archived = message.header_raw("Archived-At").map(|url| url.trim().trim_matches(['<', '>']).to_owned());
    let day = message.date().and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    Meta {
        title: message.subject().and_then(field).unwrap_or_default(),
        untitled: false,
        date: day,
        byline,
        source: list.and_then(field),
        url: archived.as_deref().and_then(address),
        licence: None,
    }
}
