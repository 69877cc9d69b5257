//! HTML cut into tags and text, in one pass whose time is linear in the input, whatever it is.
//!
//! It follows the tokenizer of the standard closely enough for pages as they are. Where a construct never ends (a
//! comment, a quoted value), the standard swallows the rest of the page; a reader would rather see it, so there such
//! a construct ends at its first `>`. What was searched for once and not found is not searched for again.

use memchr::{memchr, memmem};

use super::tags::{Tag, tag};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, with its character references as they are.
    Text(&'a str),
    /// A start tag and its attributes, not yet cut.
    Open(Tag, &'a str),
    /// An end tag.
    Close(Tag),
}

/// Cuts a page into tokens.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    html: &'a str,
    at: usize,
    /// No quoted value ends any more.
    unquoted: bool,
    /// No comment ends any more.
    uncommented: bool,
    /// Elements whose end tag is nowhere ahead.
    unclosed: Vec<&'static str>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, unquoted: false, uncommented: false, unclosed: Vec::new() }
    }

    /// Takes everything up to the end tag of the raw element `element`, that included. Without an end tag, code goes
    /// up to the end of the page and of other elements only the start tag was taken.
    pub(super) fn raw(&mut self, element: &Tag) -> &'a str {
        let rest = self.rest();
        if self.unclosed.contains(&element.name) {
            return "";
        }
        let close = |at: &usize| {
            let name = rest.get(at + 2..at + 2 + element.name.len()).unwrap_or_default();
            let behind = rest.as_bytes().get(at + 2 + element.name.len());
            name.eq_ignore_ascii_case(element.name) && behind.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        };
        if let Some(end) = memmem::find_iter(rest.as_bytes(), b"</").find(close) {
            let behind = rest.get(end..).unwrap_or_default();
            self.at += end + memchr(b'>', behind.as_bytes()).map_or(behind.len(), |length| length + 1);
            return rest.get(..end).unwrap_or_default();
        }
        if matches!(element.name, "script" | "style") {
            self.at = self.html.len();
            return rest;
        }
        self.unclosed.push(element.name);
        ""
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// What begins with the `<` at the start of the rest: a token, nothing to show (a comment), or just text.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        match rest.as_bytes().get(1) {
            Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(rest),
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let end = self.skip_to(rest, b'>')?;
                let name = rest.get(2..end)?.split(|c: char| c.is_ascii_whitespace() || c == '/').next()?;
                Some(Token::Close(tag(name)))
            }
            Some(b'!') if rest.starts_with("<!--") => self.comment(rest),
            Some(b'!' | b'/' | b'?') => self.skip_to(rest, b'>').map(|_| Token::Text("")),
            _ => None,
        }
    }

    fn start_tag(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let mut end = if self.unquoted { None } else { tag_end(rest.as_bytes()) };
        if end.is_none() {
            self.unquoted = true;
            end = memchr(b'>', rest.as_bytes());
        }
        let end = end?;
        self.at += end + 1;
        let inside = rest.get(1..end)?;
        let name = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name)?;
        Some(Token::Open(tag(name), attributes))
    }

    fn comment(&mut self, rest: &'a str) -> Option<Token<'a>> {
        let body = rest.get(4..)?;
        if body.starts_with('>') || body.starts_with("->") {
            self.skip_to(rest, b'>')?;
        } else if let Some(end) = memmem::find(body.as_bytes(), b"-->").filter(|_| !self.uncommented) {
            self.at += 4 + end + 3;
        } else {
            self.uncommented = true;
            self.skip_to(rest, b'>')?;
        }
        Some(Token::Text(""))
    }

    /// Goes on behind the first `byte` in `rest`; says where it was.
    fn skip_to(&mut self, rest: &str, byte: u8) -> Option<usize> {
        let end = memchr(byte, rest.as_bytes())?;
        self.at += end + 1;
        Some(end)
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            let text = match memchr(b'<', rest.as_bytes()) {
                Some(0) => match self.markup() {
                    Some(Token::Text("")) => continue,
                    Some(token) => return Some(token),
                    // A sign that opens nothing: without a `>` ahead, no later one does either.
                    None if memchr(b'>', rest.as_bytes()).is_none() => rest.len(),
                    None => 1,
                },
                Some(length) => length,
                None => rest.len(),
            };
            self.at += text;
            return rest.get(..text).map(Token::Text);
        }
    }
}

/// Where the tag at the start of `bytes` ends: its `>`, but not one in a quoted value.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    let mut value = false;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at),
            b'=' => value = true,
            quote @ (b'"' | b'\'') if value => {
                at += 1 + memchr(quote, bytes.get(at + 1..)?)?;
                value = false;
            }
            byte => value = value && byte.is_ascii_whitespace(),
        }
        at += 1;
    }
}

/// Names and values of `attributes`, values with their character references as they are.
pub(super) fn attributes(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).filter(|_| !rest.is_empty())?;
        let Some(value) = behind.trim_ascii_start().strip_prefix('=') else {
            rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => {
                let value = value.get(1..).unwrap_or_default();
                value.split_once(quote).unwrap_or((value, ""))
            }
            None => {
                let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
                value.split_at_checked(end).unwrap_or((value, ""))
            }
        };
        rest = behind;
        Some((name, value))
    })
}

/// The value of the first attribute called `name`.
pub(super) fn attribute<'a>(all: &'a str, name: &str) -> Option<&'a str> {
    attributes(all).take(MOST_ATTRIBUTES).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Attributes of a tag that are looked at.
pub(super) const MOST_ATTRIBUTES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a page, written shortly.
    fn tokens(html: &str) -> Vec<String> {
        Scanner::new(html)
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Open(tag, attributes) => format!("<{}|{}>", tag.name, attributes.trim()),
                Token::Close(tag) => format!("</{}>", tag.name),
            })
            .collect()
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        assert_eq!(
            tokens("a<P CLASS=x>b &amp; c</p >d<br/>e"),
            ["a", "<p|CLASS=x>", "b &amp; c", "</p>", "d", "<br|/>", "e"]
        );
        assert_eq!(tokens("1 < 2 <3 <> a<b"), ["1 ", "<", " 2 ", "<", "3 ", "<", "> a", "<b"]);
    }

    #[test]
    fn a_sign_in_a_quoted_value_ends_no_tag() {
        assert_eq!(tokens("<a href='x>y' title = \"a>b\">z"), ["<a|href='x>y' title = \"a>b\">", "z"]);
        assert_eq!(tokens("<a x\"y>z"), ["<a|x\"y>", "z"]);
    }

    #[test]
    fn comments_and_declarations_are_nothing() {
        assert_eq!(
            tokens("a<!-- <p> -- > -->b<!>c<!-->d<!--->e<?php x ?>f<!DOCTYPE html>g</ x>h"),
            ["a", "b", "c", "d", "e", "f", "g", "h"]
        );
    }

    #[test]
    fn what_never_ends_swallows_nothing() {
        assert_eq!(tokens("a<!-- b <p>c<!-- d>e"), ["a", "c", "e"]);
        assert_eq!(tokens("<a href=\"x>b<p>c"), ["<a|href=\"x>", "b", "<p|>", "c"]);
        assert_eq!(tokens("a<p"), ["a", "<p"]);
    }

    #[test]
    fn raw_content_goes_up_to_its_end_tag() {
        let mut scanner = Scanner::new("<script>if (a</b) '<p>'</SCRIPT >x<title>y");
        let Some(Token::Open(script, _)) = scanner.next() else { panic!("no tag") };
        assert_eq!(scanner.raw(&script), "if (a</b) '<p>'");
        assert_eq!(scanner.next(), Some(Token::Text("x")));
        let Some(Token::Open(title, _)) = scanner.next() else { panic!("no tag") };
        assert_eq!(scanner.raw(&title), "");
        assert_eq!(scanner.next(), Some(Token::Text("y")));
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let all: Vec<_> = attributes(" a=1 B = 'two' c=\"th ree\" d /e=5/6 f==g").collect();
        assert_eq!(all, [("a", "1"), ("B", "two"), ("c", "th ree"), ("d", ""), ("e", "5/6"), ("f", "=g")]);
        assert_eq!(attribute(" a=1 A=2", "A"), Some("1"));
        assert_eq!(attributes(" = =x ='y").count(), 2);
    }
}
