//! Quotes as JSON, one a line.

use serde::Serialize;

use super::{Answer, kind};
use crate::command::json;
use crate::store::Summary;

#[derive(Serialize)]
struct Quote<'a> {
    person: Person<'a>,
    /// As the article calls the speaker.
    name: &'a str,
    role: Option<&'a str>,
    kind: &'static str,
    quote: &'a str,
    cue: Option<&'a str>,
    confidence: f32,
    story: Story<'a>,
    /// Other stories with the same quote, or a part of it.
    also: Vec<Story<'a>>,
}

/// One person of the library: namesakes have other numbers.
#[derive(Serialize)]
struct Person<'a> {
    id: i64,
    name: &'a str,
}

#[derive(Serialize)]
struct Story<'a> {
    article: i64,
    title: &'a str,
    date: Option<String>,
    source: &'a str,
    url: Option<&'a str>,
}

impl<'a> Story<'a> {
    fn of(summary: &'a Summary) -> Self {
        Self {
            article: summary.id.0,
            title: &summary.title,
            date: summary.date.map(|date| date.to_string()),
            source: &summary.source,
            url: summary.url.as_deref(),
        }
    }
}

/// All quotes.
pub(super) fn lines(answer: &Answer) -> Vec<u8> {
    let mut lines = Vec::new();
    for speaker in &answer.speakers {
        for story in &speaker.stories {
            for quote in &story.quotes {
                lines.extend(json::line(&Quote {
                    person: Person { id: speaker.person.id.0, name: &speaker.person.name },
                    name: &quote.name,
                    role: quote.role.as_deref(),
                    kind: kind(quote.kind),
                    quote: &quote.words,
                    cue: quote.cue.as_deref(),
                    confidence: (quote.confidence * 1000.0).round() / 1000.0,
                    story: Story::of(&story.article),
                    also: answer.others(quote, story.article.id).into_iter().map(Story::of).collect(),
                }));
            }
        }
    }
    lines
}
