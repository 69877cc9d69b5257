//! What the user added to texts as one JSON document. The types here are the format; nothing else derives it.

use serde::Serialize;

use super::Story;
use crate::analysis::correct::{Anchor, Correction};
use crate::command::code_points::CodePoints;
use crate::command::extract::{entity_kind, quote_kind};
use crate::command::json;
use crate::store::{Highlight, KeptCorrection};
use crate::text::Span;

/// The version of the format: it grows when a field changes its meaning or goes, not when one is added.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    stories: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    /// A hash of the text, in hexadecimal: the same for the same text everywhere.
    content: String,
    /// Its number in the library; null where it is not kept.
    article: Option<i64>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    source: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    /// All of that as one line for people; null where nothing is known.
    citation: Option<String>,
    highlights: Vec<Passage<'a>>,
    corrections: Vec<Corrected<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    text: &'a str,
    note: Option<&'a str>,
    #[serde(flatten)]
    range: Range,
    made: String,
    changed: String,
    intact: bool,
}

/// Half-open, in Unicode code points of the text; null where the text is not kept or no longer holds the words.
#[derive(Serialize)]
struct Range {
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Serialize)]
struct Corrected<'a> {
    made: String,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Serialize)]
#[serde(tag = "corrects", rename_all = "snake_case")]
enum What<'a> {
    Speaker { quote: Quote<'a>, speaker: Option<&'a str> },
    Kind { quote: Quote<'a>, kind: Option<&'static str> },
    Quote { quote: Quote<'a>, kind: &'static str, speaker: Option<&'a str> },
    Entity { name: &'a str, kind: &'static str },
    Merge { name: &'a str, into: &'a str },
    Split { name: &'a str, form: &'a str },
}

/// A quote by its words and what stands around them, as the Web Annotation model does it.
#[derive(Serialize)]
struct Quote<'a> {
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

/// All stories, ending in a line end.
pub(super) fn document(stories: &[Story]) -> Vec<u8> {
    let stories = stories.iter().map(|story| {
        let counts = story.text.as_deref().map(CodePoints::new);
        Text {
            content: format!("{:016x}", story.content),
            article: story.article.map(|article| article.0),
            title: some(&story.about.title),
            byline: some(&story.about.byline),
            source: some(&story.about.source),
            date: story.about.date.map(|date| date.to_string()),
            url: some(&story.about.url),
            citation: Some(story.about.citation()).filter(|citation| !citation.is_empty()),
            highlights: story.highlights.iter().map(|highlight| passage(highlight, counts.as_ref())).collect(),
            corrections: story.corrections.iter().map(corrected).collect(),
        }
    });
    json::line(&Document { format: FORMAT, stories: stories.collect() })
}

fn passage<'a>(highlight: &'a Highlight, counts: Option<&CodePoints>) -> Passage<'a> {
    let counted = |at: fn(Span) -> usize| Some(counts?.at(at(highlight.span?)));
    Passage {
        text: &highlight.excerpt,
        note: some(&highlight.note),
        range: Range { start: counted(|span| span.start), end: counted(|span| span.end) },
        made: highlight.made.to_string(),
        changed: highlight.changed.to_string(),
        intact: highlight.intact,
    }
}

fn corrected(kept: &KeptCorrection) -> Corrected<'_> {
    let what = match &kept.correction {
        Correction::Speaker { quote: at, speaker } => What::Speaker { quote: quote(at), speaker: speaker.as_deref() },
        Correction::Kind { quote: at, kind } => What::Kind { quote: quote(at), kind: kind.map(quote_kind) },
        Correction::Quote { passage, kind, speaker } => {
            What::Quote { quote: quote(passage), kind: quote_kind(*kind), speaker: speaker.as_deref() }
        }
        Correction::Entity { name, kind } => What::Entity { name, kind: entity_kind(*kind) },
        Correction::Merge { name, into } => What::Merge { name, into },
        Correction::Split { name, form } => What::Split { name, form },
    };
    Corrected { made: kept.made.to_string(), what }
}

fn quote(anchor: &Anchor) -> Quote<'_> {
    Quote { exact: &anchor.words, prefix: &anchor.before, suffix: &anchor.after }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
