//! Predictions of any program, as the scorers read them and `pullquote extract` prints them.

use std::collections::HashMap;

use anyhow::Context as _;
use pullquote::analysis::{Analysis, Entity, EntityId, EntityKind, Gender, Mention, MentionKind, Quote, QuoteKind};
use pullquote::text::Span;
use serde::Deserialize;
use serde_json::Value;

use super::spans::{Bytes, Range};

/// Predictions by the article's `id`.
pub struct Predictions(HashMap<String, Row>);

#[derive(Deserialize)]
struct Row {
    id: Value,
    #[serde(default)]
    entities: Vec<RowEntity>,
    quotes: Vec<RowQuote>,
}

#[derive(Deserialize)]
struct RowEntity {
    id: Value,
    kind: String,
    name: String,
    named: Option<bool>,
    #[serde(default)]
    mentions: Vec<RowMention>,
}

#[derive(Deserialize)]
struct RowMention {
    r#type: Option<String>,
    #[serde(flatten)]
    range: Range,
}

#[derive(Deserialize)]
struct RowQuote {
    kind: String,
    #[serde(flatten)]
    range: Range,
    speaker: Option<Value>,
    source: Option<Range>,
    cue: Option<Range>,
}

impl Predictions {
    /// Reads `lines`, one article each.
    ///
    /// # Errors
    /// A line that is not such an article, with its number.
    pub fn read(lines: &str) -> anyhow::Result<Self> {
        let mut rows = HashMap::new();
        for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).with_context(|| format!("predictions, line {}", number + 1))?;
            let id = row.id.as_str().map_or_else(|| row.id.to_string(), str::to_owned);
            rows.insert(id, row);
        }
        Ok(Self(rows))
    }

    /// What is predicted for the article `id` with `text`; nothing at all where it is missing.
    ///
    /// # Errors
    /// Where a prediction does not fit the text.
    pub fn analysis(&self, id: &str, text: &str) -> anyhow::Result<Analysis> {
        let Some(row) = self.0.get(id) else { return Ok(Analysis::default()) };
        row.analysis(&Bytes::of(text)).with_context(|| format!("predictions for {id}"))
    }
}

impl Row {
    fn analysis(&self, bytes: &Bytes) -> anyhow::Result<Analysis> {
        let mut ids = HashMap::new();
        let mut analysis = Analysis::default();
        for (row, number) in self.entities.iter().zip(0..) {
            ids.insert(row.id.to_string(), EntityId(number));
            analysis.entities.push(entity(row, bytes)?);
        }
        let span =
            |range: Option<Range>| -> anyhow::Result<Option<Span>> { range.map(|range| bytes.span(range)).transpose() };
        for row in &self.quotes {
            analysis.quotes.push(Quote {
                kind: quote_kind(&row.kind)?,
                span: bytes.span(row.range)?,
                speaker: row.speaker.as_ref().and_then(|speaker| ids.get(&speaker.to_string())).copied(),
                source: span(row.source)?,
                cue: span(row.cue)?,
                confidence: 0.0,
                evidence: Default::default(),
            });
        }
        Ok(analysis)
    }
}

fn entity(row: &RowEntity, bytes: &Bytes) -> anyhow::Result<Entity> {
    let mention = |row: &RowMention| -> anyhow::Result<Mention> {
        let kind = match row.r#type.as_deref() {
            None | Some("name") => MentionKind::Name,
            Some("pronoun") => MentionKind::Pronoun,
            Some(_) => MentionKind::Nominal,
        };
        Ok(Mention { span: bytes.span(row.range)?, kind })
    };
    Ok(Entity {
        kind: kind(&row.kind)?,
        name: row.name.clone(),
        named: row.named.unwrap_or(true),
        role: None,
        gender: Gender::Unknown,
        aliases: Vec::new(),
        mentions: row.mentions.iter().map(mention).collect::<anyhow::Result<_>>()?,
    })
}

fn kind(kind: &str) -> anyhow::Result<EntityKind> {
    Ok(match kind {
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "place" => EntityKind::Place,
        "other" => EntityKind::Other,
        "date" => EntityKind::Date,
        "money" => EntityKind::Money,
        kind => anyhow::bail!("no kind of entity: {kind:?}"),
    })
}

fn quote_kind(kind: &str) -> anyhow::Result<QuoteKind> {
    Ok(match kind {
        "direct" => QuoteKind::Direct,
        "indirect" => QuoteKind::Indirect,
        "mixed" => QuoteKind::Mixed,
        "belief" => QuoteKind::Belief,
        kind => anyhow::bail!("no kind of quote: {kind:?}"),
    })
}
