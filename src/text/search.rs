//! Search within one text: smart case, literal or regular expression, all hits at once.

use super::Span;

/// A compiled search.
#[derive(Clone, Debug)]
pub struct Query {
    pattern: String,
    regex: regex::Regex,
}

impl Query {
    /// Compiles `pattern`: case is ignored unless it holds an upper-case letter (smart case); white space matches
    /// any run of white space, so hits cross line ends. With `regular`, it is a regular expression.
    ///
    /// # Errors
    /// A one-line message for the user where a regular expression does not compile.
    pub fn new(pattern: &str, regular: bool) -> Result<Self, String> {
        let sensitive = pattern.chars().any(char::is_uppercase);
        let source = if regular {
            pattern.to_owned()
        } else {
            pattern.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+")
        };
        let regex = regex::RegexBuilder::new(&source)
            .case_insensitive(!sensitive)
            .build()
            .map_err(|error| error.to_string().lines().last().unwrap_or_default().to_owned())?;
        Ok(Self { pattern: pattern.to_owned(), regex })
    }

    /// What the user typed.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// All non-overlapping, non-empty hits in `text`, in order.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Span> {
        self.regex.find_iter(text).map(|hit| Span::from(hit.range())).filter(|span| !span.is_empty()).collect()
    }
}
