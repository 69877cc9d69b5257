//! Gold articles, as `score.py` reads them.

use anyhow::Context as _;
use pullquote::text::Span;
use serde::Deserialize;

use super::spans::{Bytes, Range};

/// An annotated article.
pub struct Article {
    pub id: String,
    pub text: String,
    pub spans: Vec<Mark>,
}

/// One annotation.
pub struct Mark {
    /// P, O, L, X, N, R, Q, S or I.
    pub kind: char,
    /// Empty where no entity belongs to it.
    pub entity: String,
    pub span: Span,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    #[serde(default)]
    spans: Vec<RowSpan>,
}

#[derive(Deserialize)]
struct RowSpan {
    kind: char,
    entity: Option<String>,
    #[serde(flatten)]
    range: Range,
}

/// The articles of `file`, one a line.
pub fn read(file: &str) -> anyhow::Result<Vec<Article>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(number, line)| parse(line).with_context(|| format!("{file}, line {}", number + 1))).collect()
}

/// One article from its line.
pub fn parse(line: &str) -> anyhow::Result<Article> {
    let row: Row = serde_json::from_str(line)?;
    let bytes = Bytes::of(&row.text);
    let mark = |span: RowSpan| -> anyhow::Result<Mark> {
        Ok(Mark { kind: span.kind, entity: span.entity.unwrap_or_default(), span: bytes.span(span.range)? })
    };
    let spans = row.spans.into_iter().map(mark).collect::<anyhow::Result<_>>()?;
    Ok(Article { id: row.id, text: row.text, spans })
}
