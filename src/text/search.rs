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
    // One letter is the first key of a search still being typed; with accents, a million hits take twice as long.
    let folded = pattern.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
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
            _ => letter(c, folded, &mut source),
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

/// The letter `c` with and without accents (if `folded`), any other character as itself.
fn letter(c: char, folded: bool, source: &mut String) {
    let accented = ACCENTED.iter().find(|(plain, _)| *plain == c.to_ascii_lowercase()).map(|(_, accented)| *accented);
    match accented.filter(|_| folded) {
        Some(accented) if c.is_ascii_lowercase() => _ = write!(source, "[{c}{accented}]"),
        Some(accented) => _ = write!(source, "[{c}{}]", accented.to_uppercase()),
        None if c.is_ascii_alphanumeric() || !c.is_ascii() => source.push(c),
        // A code point never has a meaning of its own in a pattern.
        None => _ = write!(source, r"\x{{{:X}}}", u32::from(c)),
    }
}

/// Letters of the Latin alphabets of Europe and Vietnam that a keyboard without them writes as the plain one.
const ACCENTED: [(char, &str); 19] = [
    ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįıǐỉị"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõöøōŏőơọỏốồổỗộớờởỡợ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűųưụủứừửữự"),
    ('w', "ŵẁẃẅ"),
    ('y', "ýÿŷỳỵỷỹ"),
    ('z', "źżž"),
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
        Query::new(pattern, false).unwrap().find_all(text).into_iter().map(|span| span.of(text)).collect()
    }

    fn matches<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
        Query::new(pattern, true).unwrap().find_all(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn case_counts_only_where_an_upper_case_letter_was_typed() {
        assert_eq!(hits("trump", "Trump, TRUMP and trump"), ["Trump", "TRUMP", "trump"]);
        assert_eq!(hits("Trump", "Trump, TRUMP and trump"), ["Trump"]);
        assert_eq!(hits("über", "Über über"), ["Über", "über"]);
        assert_eq!(matches(r"\Sump", "Trump tRUMP"), ["rump", "RUMP"]);
        assert_eq!(matches(r"\p{Lu}x", "ax Ax"), ["ax", "Ax"]);
        assert_eq!(matches("T.ump", "Trump trump"), ["Trump"]);
    }

    #[test]
    fn hits_cross_line_ends_and_any_white_space() {
        assert_eq!(hits("new york", "New\n\nYork, new \u{A0}york, NewYork"), ["New\n\nYork", "new \u{A0}york"]);
        assert_eq!(hits("he ", "he said the"), ["he "]);
    }

    #[test]
    fn straight_marks_find_curly_ones_but_not_the_other_way_round() {
        assert_eq!(hits("\"no\"", "“No” \"no\" „no“ «no»"), ["“No”", "\"no\"", "„no“", "«no»"]);
        assert_eq!(hits("don't", "Don’t, don't"), ["Don’t", "don't"]);
        assert_eq!(hits("“no", "“No” \"no\""), ["“No"]);
        assert_eq!(hits("1990-95", "1990–95"), ["1990–95"]);
        assert_eq!(hits("we...", "we… we..."), ["we…", "we..."]);
        assert_eq!(hits("u.s", "U.S. USA"), ["U.S"]);
    }

    #[test]
    fn a_plain_letter_finds_accented_ones_but_not_the_other_way_round() {
        assert_eq!(hits("rossello", "Rosselló, Rossello"), ["Rosselló", "Rossello"]);
        assert_eq!(hits("Lodz", "Łódź lodz"), ["Łódź"]);
        assert_eq!(hits("rosselló", "Rosselló, Rossello"), ["Rosselló"]);
    }

    #[test]
    fn a_literal_search_knows_no_special_characters() {
        for special in [r"a.b*c+(d)[e]{f}|g^h$i\j?k", "#&~<>-/", "%%"] {
            assert_eq!(hits(special, &format!("x{special}y")).len(), 1, "{special}");
        }
        assert!(hits("a.c", "abc").is_empty());
    }

    #[test]
    fn nothing_and_empty_hits_are_no_hits() {
        assert!(hits("", "text").is_empty());
        assert!(hits("  ", "a  b").is_empty());
        assert!(matches("x*", "abc").is_empty());
        assert_eq!(Query::new(" a", false).unwrap().pattern(), " a");
    }

    #[test]
    fn paragraph_edges_can_be_searched_for() {
        assert_eq!(matches("^said.*$", "He\n\nsaid no\n\nsaid"), ["said no", "said"]);
    }

    #[test]
    fn a_wrong_expression_is_explained_on_one_line() {
        assert_eq!(Query::new("(", true).unwrap_err(), "unclosed group");
        assert!(Query::new(r"\w{1000}{1000}", true).unwrap_err().contains("too large"));
        let hostile = Query::new("(?P<\u{1B}[31m>x)\n(", true).unwrap_err();
        assert!(hostile.chars().all(super::super::safe::is_safe));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_compiles_and_finds_itself(pattern in "\\PC{1,20}") {
            let query = Query::new(&pattern, false).unwrap();
            if !pattern.trim().is_empty() {
                prop_assert_eq!(query.find_all(&pattern), [Span::new(0, pattern.len())].to_vec());
            }
        }

        #[test]
        fn hits_are_in_order_and_on_character_boundaries(pattern in "[a-zé. ]{1,3}", text in "[a-zéè.\n ]{0,60}") {
            let mut end = 0;
            for span in Query::new(&pattern, false).unwrap().find_all(&text) {
                prop_assert!(span.start >= end && !span.of(&text).is_empty());
                end = span.end;
            }
        }
    }
}
