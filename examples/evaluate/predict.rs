//! An analysis as the line of JSON that `score.py` reads; offsets become code points here.

use pullquote::analysis::{Analysis, EntityId, EntityKind, MentionKind, QuoteKind};
use pullquote::text::Span;
use serde_json::{Value, json};

use super::gold::Article;

/// The line for one article.
pub fn row(article: &Article, analysis: &Analysis) -> Value {
    let mut points = vec![0_usize; article.text.len() + 1];
    for (number, (at, _)) in article.text.char_indices().enumerate() {
        if let Some(point) = points.get_mut(at) {
            *point = number;
        }
    }
    if let Some(last) = points.last_mut() {
        *last = article.text.chars().count();
    }
    let point = |at: usize| points.get(at).copied().unwrap_or_default();
    let range = |span: Span| json!({"start": point(span.start), "end": point(span.end)});
    let id = |id: EntityId| format!("e{}", id.0);
    let entities = analysis.entities.iter().zip(0..).map(|(entity, number)| {
        let mentions = entity.mentions.iter().map(|mention| {
            let kind = match mention.kind {
                MentionKind::Name => "name",
                MentionKind::Nominal => "nominal",
                MentionKind::Pronoun => "pronoun",
            };
            json!({"start": point(mention.span.start), "end": point(mention.span.end), "type": kind})
        });
        json!({"id": id(EntityId(number)), "kind": kind(entity.kind), "name": entity.name, "named": entity.named,
            "role": entity.role, "aliases": entity.aliases, "mentions": mentions.collect::<Value>()})
    });
    let quotes = analysis.quotes.iter().map(|quote| {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Belief => "belief",
        };
        json!({"kind": kind, "start": point(quote.span.start), "end": point(quote.span.end),
            "speaker": quote.speaker.map(id), "source": quote.source.map(range), "cue": quote.cue.map(range),
            "confidence": quote.confidence})
    });
    json!({"id": article.id, "entities": entities.collect::<Value>(), "quotes": quotes.collect::<Value>()})
}

/// The name of a kind, as the scorers have it.
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
