//! One article as a line of JSON.
//!
//! The types here are the format; nothing else derives it. Offsets count Unicode code points of `text`.

use serde::Serialize;

use super::input::Document;
use crate::analysis::{Analysis, Basis, EntityKind, MentionKind, QuoteKind};
use crate::article::import::json::Id;
use crate::command::code_points::CodePoints;
use crate::command::json;
use crate::text::Span;

#[derive(Serialize)]
struct Extracted<'a> {
    id: &'a Id,
    title: Option<&'a str>,
    date: Option<&'a str>,
    text: &'a str,
    entities: Vec<Entity<'a>>,
    quotes: Vec<Quote>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: u32,
    kind: &'static str,
    name: &'a str,
    named: bool,
    role: Option<&'a str>,
    aliases: &'a [String],
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    #[serde(flatten)]
    range: Range,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Quote {
    id: usize,
    kind: &'static str,
    #[serde(flatten)]
    range: Range,
    speaker: Option<u32>,
    source: Option<Range>,
    cue: Option<Range>,
    confidence: f32,
    evidence: Evidence,
}

#[derive(Serialize)]
struct Evidence {
    basis: Option<&'static str>,
    chain: Vec<Range>,
    runner_up: Option<RunnerUp>,
}

#[derive(Serialize)]
struct RunnerUp {
    speaker: u32,
    probability: f32,
}

/// Half-open, in code points.
#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

/// `document` and what it says, ending in a line end.
#[must_use]
pub fn line(document: &Document, analysis: &Analysis) -> Vec<u8> {
    let counts = CodePoints::new(&document.text);
    let range = |span: Span| Range { start: counts.at(span.start), end: counts.at(span.end) };
    let entities = analysis.entities.iter().zip(0..).map(|(entity, id)| Entity {
        id,
        kind: kind(entity.kind),
        name: &entity.name,
        named: entity.named,
        role: entity.role.as_deref(),
        aliases: &entity.aliases,
        mentions: entity
            .mentions
            .iter()
            .map(|mention| Mention { range: range(mention.span), r#type: mention_type(mention.kind) })
            .collect(),
    });
    let quotes = analysis.quotes.iter().enumerate().map(|(id, quote)| Quote {
        id,
        kind: quote_kind(quote.kind),
        range: range(quote.span),
        speaker: quote.speaker.map(|speaker| speaker.0),
        source: quote.source.map(range),
        cue: quote.cue.map(range),
        confidence: rounded(quote.confidence),
        evidence: Evidence {
            basis: basis(quote.evidence.basis),
            chain: quote.evidence.chain.iter().map(|span| range(*span)).collect(),
            runner_up: quote
                .evidence
                .runner_up
                .map(|other| RunnerUp { speaker: other.speaker.0, probability: rounded(other.probability) }),
        },
    });
    let extracted = Extracted {
        id: &document.id,
        title: document.title.as_deref(),
        date: document.date.as_deref(),
        text: &document.text,
        entities: entities.collect(),
        quotes: quotes.collect(),
    };
    json::line(&extracted)
}

/// What an entity is, in the output's words.
#[must_use]
pub fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
        EntityKind::Date => "date",
        EntityKind::Money => "money",
    }
}

/// How words are given, in the output's words.
#[must_use]
pub fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Belief => "belief",
    }
}

/// A probability with the figures that mean something.
fn rounded(probability: f32) -> f32 {
    (probability * 1000.0).round() / 1000.0
}

/// What decided, in the output's words.
fn basis(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Nothing => None,
        Basis::Cue => Some("cue"),
        Basis::Label => Some("label"),
        Basis::Beside => Some("beside"),
        Basis::Continued => Some("continued"),
        Basis::Unclosed => Some("unclosed"),
        Basis::Correction => Some("correction"),
    }
}

fn mention_type(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    }
}
