//! Search within one text: smart case, literal or regular expression, all hits at once.
//!
//! Whoever types a search has a keyboard's characters: a straight quotation mark also finds curly ones, a hyphen any
//! dash, three dots an ellipsis, a letter the same letter with accents. Time is linear in the text for literal
//! searches; a regular expression is limited in size, and has no construct that backtracks.

use std::fmt::Write as _;

use super::Span;

/// Largest compiled regular expression, in bytes: enough for any that a person types.
const MAX_COMPILED: usize = 1 << 20;

/// A compiled search.
#[derive(Clone, Debug)]
pub struct Query {
    pattern: String,
    /// Nothing to search for: no hits.
    regex: Option<regex::Regex>,
}

impl Query {
    /// Compiles `pattern`: case is ignored unless it holds an upper-case letter (smart case); white space matches
    /// any run of white space, so hits cross line ends. With `regular`, it is a regular expression, in which `^` and
    /// `$` stand for the edges of paragraphs.
    ///
    /// # Errors
    /// A one-line message for the user where a regular expression does not compile or is too large.
    pub fn new(pattern: &str, regular: bool) -> Result<Self, String> {
        if pattern.trim().is_empty() {
            return Ok(Self { pattern: pattern.to_owned(), regex: None });
        }
        let (source, sensitive) = if regular {
            (pattern.to_owned(), has_upper_case(pattern))
        } else {
            (literal(pattern), pattern.chars().any(char::is_uppercase))
        };
        let regex = regex::RegexBuilder::new(&source)
            .case_insensitive(!sensitive)
            .multi_line(true)
            .size_limit(MAX_COMPILED)
            .build()
            .map_err(|error| explain(&error))?;
        Ok(Self { pattern: pattern.to_owned(), regex: Some(regex) })
    }

    /// What the user typed.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// All non-overlapping, non-empty hits in `text`, in order.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Span> {
        self.hits(text).collect()
    }

    /// The same one by one, for whoever needs only the first.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let found = self.regex.iter().flat_map(move |regex| regex.find_iter(text));
        found.map(|hit| Span::from(hit.range())).filter(|span| !span.is_empty())
    }
}

/// `pattern` as a regular expression that finds it, and what it stands for on paper.
fn literal(pattern: &str) -> String {
    let mut source = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if c.is_whitespace() => {
                while chars.next_if(|next| next.is_whitespace()).is_some() {}
                source.push_str(r"\s+");
            }
            '"' => source.push_str("[\"“”„‟«»″]"),
            '\'' => source.push_str("['‘’‚‛‹›′]"),
            '-' => source.push_str("[-‐‑‒–—―−]"),
            '.' => source.push_str(&dots(&mut chars)),
            _ => escape(c, &mut source),
        }
    }
    source
}

/// The dots at this place, the first of which is taken: three also find an ellipsis.
fn dots(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut count = 1;
    while chars.next_if_eq(&'.').is_some() {
        count += 1;
    }
    if count == 3 { r"(?:\.\.\.|…)".to_owned() } else { r"\.".repeat(count) }
}

fn escape(c: char, source: &mut String) {
    if c.is_ascii_alphanumeric() || !c.is_ascii() {
        source.push(c);
    } else {
        // A code point never has a meaning of its own in a pattern.
        let _ = write!(source, r"\x{{{:X}}}", u32::from(c));
    }
}

/// Whether a regular expression asks for upper case: `\S` and `\p{Lu}` are classes, not letters.
fn has_upper_case(pattern: &str) -> bool {
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let class = matches!(chars.next(), Some('p' | 'P'));
            if class && chars.next_if_eq(&'{').is_some() {
                chars.by_ref().find(|c| *c == '}');
            } else if class {
                chars.next();
            }
        } else if c.is_uppercase() {
            return true;
        }
    }
    false
}

/// The reason, without the drawing that the library puts above it.
fn explain(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "this regular expression is too large: use smaller counts".to_owned(),
        _ => {
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            super::safe::line(reason.strip_prefix("error: ").unwrap_or(reason))
        }
    }
}
