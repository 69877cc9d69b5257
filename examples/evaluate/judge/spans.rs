//! Spans as the scorers compare them: edges without punctuation, words, offsets in code points.

use std::sync::LazyLock;

use anyhow::Context as _;
use pullquote::text::Span;
use regex::Regex;
use serde::Deserialize;

/// What is trimmed from the edges of spans before they are compared.
const TRIM: &str = " \t\n\r\"'“”‘’«»„‚.,;:!?…-–—()[]";

/// `span` without marks and spaces at its edges.
pub fn trim(text: &str, span: Span) -> Span {
    let left = span.of(text).trim_start_matches(|c| TRIM.contains(c));
    let start = span.end - left.len();
    Span::new(start, start + left.trim_end_matches(|c| TRIM.contains(c)).len())
}

/// Where the words inside `span` start: runs of what Python's `\w` takes.
pub fn words(text: &str, span: Span) -> impl Iterator<Item = usize> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("a valid pattern"));
    WORD.find_iter(span.of(text)).map(move |word| span.start + word.start())
}

/// A range in code points, as the files have it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Range {
    pub start: usize,
    pub end: usize,
}

/// Code points of a text as bytes.
pub struct Bytes(Vec<usize>);

impl Bytes {
    pub fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The span of `range`.
    ///
    /// # Errors
    /// Where it reaches past the text.
    pub fn span(&self, range: Range) -> anyhow::Result<Span> {
        let byte = |at: usize| {
            self.0.get(at).copied().with_context(|| format!("offset {at} is past the end, {}", self.0.len() - 1))
        };
        Ok(Span::new(byte(range.start)?, byte(range.end)?))
    }
}
