//! The scanner: characters to tokens, line by line.

use super::chars::{Class, class, is_apostrophe, is_hyphen, is_quote_mark, is_terminator};
use super::{Document, Paragraph, Shape, Token, Word, sentences, word};
use crate::text::Span;

/// Cuts the document's text into tokens, sentences and paragraphs.
pub fn scan(document: &mut Document<'_>) {
    let text = document.text.get(..u32::MAX as usize).unwrap_or(document.text);
    document.tokens.reserve(text.len() / 5);
    let mut scanner = Scanner { text, at: 0, spaced: true, tokens: &mut document.tokens, hasher: Hasher::default() };
    let mut line_start = 0;
    while line_start < text.len() {
        let rest = text.get(line_start..).unwrap_or_default();
        let line_end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |length| line_start + length);
        let first = scanner.tokens.len();
        scanner.line(line_start, line_end);
        if scanner.tokens.len() > first {
            let followed = text.get(line_end..).is_some_and(|rest| !rest.trim_start_matches(['\n', '\r']).is_empty());
            let paragraph = document.paragraphs.len();
            let first_sentence = document.sentences.len();
            sentences::split(text, scanner.tokens, first, paragraph, &mut document.sentences);
            let end = scanner.tokens.len();
            let tokens = scanner.tokens.get(first..).unwrap_or_default();
            document.paragraphs.push(Paragraph {
                span: Span::new(tokens.first().map_or(0, |t| t.span.start), tokens.last().map_or(0, |t| t.span.end)),
                first: index(first),
                end: index(end),
                first_sentence: index(first_sentence),
                end_sentence: index(document.sentences.len()),
                heading: followed && is_heading(tokens),
            });
        }
        line_start = line_end + 1;
    }
}

/// An index as it is kept; texts are cut before this could lose anything.
pub fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether a line of these tokens is a heading: at most thirty of them, the last no sentence end, colon or comma.
fn is_heading(tokens: &[Token]) -> bool {
    let ends_open = tokens.iter().rev().find(|t| !t.shape.has(Shape::QUOTE_MARK)).is_some_and(|last| {
        !last.shape.any(Shape::TERMINATOR) && last.word != word(":") && last.word != word(",") && last.word != word(";")
    });
    tokens.len() <= 30
        && (ends_open || (tokens.len() <= 16 && tokens.last().is_some_and(|t| t.word == word("?"))))
        && tokens.iter().any(Token::is_word)
}

/// Makes [`Word`]s, with a buffer of its own so that no token allocates.
#[derive(Debug, Default)]
pub struct Hasher {
    lower: Vec<u8>,
}

impl Hasher {
    /// The word that `text` is.
    pub fn word(&mut self, text: &str) -> Word {
        self.lower.clear();
        if text.is_ascii() {
            self.lower.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            let mut buffer = [0; 4];
            for c in text.chars() {
                if is_apostrophe(c) {
                    self.lower.push(b'\'');
                } else if is_hyphen(c) {
                    self.lower.push(b'-');
                } else {
                    for lower in c.to_lowercase() {
                        self.lower.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
                    }
                }
            }
        }
        xxhash_rust::xxh3::xxh3_64(&self.lower)
    }
}

struct Scanner<'a> {
    text: &'a str,
    /// The end of the last token or white space.
    at: usize,
    /// Whether white space, or the line's start, stands before `at`.
    spaced: bool,
    tokens: &'a mut Vec<Token>,
    hasher: Hasher,
}

impl Scanner<'_> {
    fn line(&mut self, start: usize, end: usize) {
        self.at = start;
        self.spaced = true;
        while let Some(c) = self.text.get(self.at..end).and_then(|rest| rest.chars().next()) {
            match class(c) {
                Class::Space => {
                    self.at += c.len_utf8();
                    self.spaced = true;
                }
                Class::Letter | Class::Digit => self.run(end),
                Class::Mark => self.mark(c, end),
            }
        }
    }

    /// A run of letters and digits with whatever joins them.
    fn run(&mut self, line_end: usize) {
        if let Some(end) = self.address_end(line_end) {
            self.push(end, Shape::ADDRESS);
            return;
        }
        let start = self.at;
        let rest = self.text.get(start..line_end).unwrap_or_default();
        let run = Run::of(rest);
        if run.hyphens > 0
            && run.capitals_at_parts
            && !is_article_prefix(rest.get(..run.first_hyphen).unwrap_or_default())
        {
            self.parts(start, start + run.end);
        } else {
            self.piece(start + run.end);
        }
        if run.abbreviated
            && let Some(last) = self.tokens.last_mut()
        {
            last.shape = last.shape.with(Shape::ABBREVIATED);
        }
    }

    /// A hyphenated run that holds a name: each part and each hyphen is a token (`US-led`, `Anglo-Saxon`).
    fn parts(&mut self, start: usize, end: usize) {
        self.at = start;
        let run = self.text.get(start..end).unwrap_or_default();
        for (at, hyphen) in run.char_indices().filter(|(_, c)| is_hyphen(*c)) {
            if start + at > self.at {
                self.piece(start + at);
            }
            self.push(start + at + hyphen.len_utf8(), Shape::PUNCTUATION);
        }
        if self.at < end {
            self.piece(end);
        }
    }

    /// A run without further joints, but for a clitic (`'s`, `'ll`) at its end, which becomes a token of its own.
    fn piece(&mut self, end: usize) {
        let piece = self.text.get(self.at..end).unwrap_or_default();
        let clitic = piece.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c)).filter(|(at, c)| {
            let ending = piece.get(at + c.len_utf8()..).unwrap_or_default();
            *at > 0 && ["s", "ll", "re", "ve", "d", "m"].iter().any(|known| ending.eq_ignore_ascii_case(known))
        });
        if let Some((at, c)) = clitic {
            let possessive = piece.get(at + c.len_utf8()..).is_some_and(|ending| ending.eq_ignore_ascii_case("s"));
            self.push(self.at + at, Shape::default());
            self.push(end, if possessive { Shape::POSSESSIVE } else { Shape::default() });
        } else {
            self.push(end, Shape::default());
        }
    }

    /// A mark, alone or as a run of the same (`...`, `--`, `''`); or what a mark can start: `@handle`, `#tag`.
    fn mark(&mut self, c: char, line_end: usize) {
        let rest = self.text.get(self.at..line_end).unwrap_or_default();
        let next = rest.chars().nth(1);
        if matches!(c, '@' | '#') && next.is_some_and(|n| n == '_' || class(n) == Class::Letter) {
            let length =
                rest.char_indices().skip(1).find(|(_, n)| !is_handle_char(*n)).map_or(rest.len(), |(at, _)| at);
            self.push(self.at + length, Shape::ADDRESS);
            return;
        }
        let runs = match c {
            '.' | '-' | '\u{2013}' | '\u{2014}' | '_' | '=' | '*' | '!' | '?' | '~' => usize::MAX,
            // Two of them are one double mark in typewritten text.
            '\'' | '`' => 2,
            _ => 1,
        };
        let length: usize = if c == '!' || c == '?' {
            rest.chars().take_while(|n| matches!(n, '!' | '?')).map(char::len_utf8).sum()
        } else {
            rest.chars().take_while(|n| *n == c).take(runs).map(char::len_utf8).sum()
        };
        let mut shape = Shape::PUNCTUATION;
        if is_quote_mark(c) {
            shape = shape.with(Shape::QUOTE_MARK);
        }
        if is_terminator(c) {
            shape = shape.with(Shape::TERMINATOR);
        }
        self.push(self.at + length, shape);
    }

    /// Where an address that starts here ends, if one does.
    fn address_end(&self, line_end: usize) -> Option<usize> {
        let rest = self.text.get(self.at..line_end)?;
        let looks_like = ["http://", "https://", "www."]
            .iter()
            .any(|start| rest.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start)));
        let length = if looks_like {
            rest.find(|c: char| class(c) == Class::Space || matches!(c, '"' | '<' | '>' | '\u{201d}'))
                .unwrap_or(rest.len())
        } else {
            // name@host: a name has at most 64 characters.
            let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
            let name = rest.as_bytes().iter().take(65).take_while(|byte| in_name(byte)).count();
            if name > 64 || !rest.get(name..)?.starts_with('@') {
                return None;
            }
            let host = rest.get(name + 1..)?;
            let host_end =
                host.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(host.len());
            host.get(..host_end)?.trim_end_matches(['.', '-']).find('.')?;
            name + 1 + host_end
        };
        let address = rest.get(..length)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '-', '+']);
        (!address.is_empty()).then_some(self.at + address.len())
    }

    /// Ends a token at `end`, which must lie after the last one.
    fn push(&mut self, end: usize, mut shape: Shape) {
        let span = Span::new(self.at, end);
        let text = span.of(self.text);
        let bytes = text.as_bytes();
        if !shape.has(Shape::PUNCTUATION) {
            shape = shape.with(shape_of(text));
        }
        if self.spaced {
            shape = shape.with(Shape::SPACED);
        }
        if !text.is_ascii() {
            shape = shape.with(Shape::NON_ASCII);
        }
        let word = if bytes.len() <= 64 || !shape.has(Shape::PUNCTUATION) { self.hasher.word(text) } else { 0 };
        self.tokens.push(Token { span, word, sentence: 0, shape });
        self.at = end;
        self.spaced = false;
    }
}

/// How far a run reaches, and what it holds.
struct Run {
    /// Its length in bytes, the full stop of an abbreviation included.
    end: usize,
    hyphens: usize,
    first_hyphen: usize,
    /// Whether any part between hyphens starts upper case.
    capitals_at_parts: bool,
    abbreviated: bool,
}

impl Run {
    /// The run at the start of `rest`, which starts with a letter or digit.
    fn of(rest: &str) -> Self {
        let mut run = Self { end: 0, hyphens: 0, first_hyphen: 0, capitals_at_parts: false, abbreviated: false };
        let mut chars = rest.char_indices().peekable();
        let mut previous = ' ';
        let mut part_start = 0;
        let mut only_initials = true;
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            match class(c) {
                Class::Letter | Class::Digit => {
                    if at == part_start {
                        run.capitals_at_parts |= c.is_uppercase();
                    }
                    only_initials &= class(c) == Class::Letter && class(previous) != Class::Letter;
                }
                Class::Mark if is_joint(previous, c, next) => {
                    if is_hyphen(c) {
                        if run.hyphens == 0 {
                            run.first_hyphen = at;
                        }
                        run.hyphens += 1;
                        part_start = at + c.len_utf8();
                        only_initials = false;
                    }
                    if c == '.' && class(next) == Class::Letter && !only_initials && !next.is_lowercase() {
                        break;
                    }
                }
                Class::Mark | Class::Space => break,
            }
            previous = c;
            run.end = at + c.len_utf8();
        }
        let found = rest.get(..run.end).unwrap_or_default();
        let after = rest.get(run.end..).unwrap_or_default();
        let last_part = found.get(part_start..).unwrap_or_default();
        if after.starts_with('.') && !after.starts_with("..") {
            let initials = only_initials && (found.len() > 1 && found.contains('.') || is_initial(found, after));
            if initials || sentences::is_abbreviation(last_part) {
                run.end += 1;
                run.abbreviated = true;
            }
        }
        run
    }
}

/// Whether `c` between `previous` and `next` joins them into one run.
fn is_joint(previous: char, c: char, next: char) -> bool {
    let (before, after) = (class(previous), class(next));
    let wordlike = |class| matches!(class, Class::Letter | Class::Digit);
    match c {
        '.' => (before == Class::Digit && after == Class::Digit) || (before == Class::Letter && after == Class::Letter),
        ',' | ':' => before == Class::Digit && after == Class::Digit,
        '&' => previous.is_uppercase() && next.is_uppercase(),
        '_' => wordlike(before) && wordlike(after),
        _ if is_apostrophe(c) => wordlike(before) && after == Class::Letter,
        _ if is_hyphen(c) => wordlike(before) && wordlike(after),
        _ => false,
    }
}

/// Whether one capital letter and the full stop after it are an initial: a capitalised word follows.
fn is_initial(letter: &str, after: &str) -> bool {
    let capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    let follows = after.strip_prefix('.').unwrap_or_default();
    letter != "I" && capital(letter) && follows.strip_prefix([' ', '\u{a0}']).is_some_and(capital)
}

/// Arabic articles and the like, which make one word with the name after the hyphen.
fn is_article_prefix(part: &str) -> bool {
    ["al", "el", "ad", "ar", "as", "ash", "at", "az", "ul"].iter().any(|known| part.eq_ignore_ascii_case(known))
}

fn is_handle_char(c: char) -> bool {
    c == '_' || matches!(class(c), Class::Letter | Class::Digit)
}

/// The flags that follow from the letters and digits of `text`.
fn shape_of(text: &str) -> Shape {
    let mut shape = Shape::default();
    let (mut upper, mut lower, mut letters) = (false, false, false);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric()) {
            shape = shape.with(if at == 0 { Shape::DIGITS.with(Shape::NUMBER) } else { Shape::DIGITS });
        } else if c.is_uppercase() {
            if !letters {
                shape = shape.with(Shape::CAPITALISED);
            } else if lower {
                shape = shape.with(Shape::INNER_CAPITAL);
            }
            (upper, letters) = (true, true);
        } else if c.is_alphabetic() {
            (lower, letters) = (true, true);
        }
    }
    if letters {
        shape = shape.with(Shape::LETTERS);
    }
    if upper && !lower {
        shape = shape.with(Shape::ALL_CAPS);
    }
    shape
}
