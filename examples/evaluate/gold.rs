//! Gold articles, as `score.py` reads them; offsets become bytes here.

use anyhow::Context as _;
use pullquote::text::Span;
use serde::Deserialize;

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
    start: usize,
    end: usize,
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
    let mut bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(row.text.len());
    let byte = |at: usize| bytes.get(at).copied().context("a span lies outside the text");
    let mark = |span: RowSpan| -> anyhow::Result<Mark> {
        let entity = span.entity.unwrap_or_default();
        Ok(Mark { kind: span.kind, entity, span: Span::new(byte(span.start)?, byte(span.end)?) })
    };
    let spans = row.spans.into_iter().map(mark).collect::<anyhow::Result<_>>()?;
    Ok(Article { id: row.id, text: row.text, spans })
}
