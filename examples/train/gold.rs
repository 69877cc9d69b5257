//! Annotated texts: names as token ranges.

use std::path::Path;

use anyhow::Context as _;
use pullquote::analysis::names::{Name, NameKind};
use pullquote::analysis::token::Document;
use serde::Deserialize;

/// A text with its names.
pub struct Text {
    pub text: String,
    /// Names in bytes, in order, none overlapping another.
    pub spans: Vec<(usize, usize, NameKind)>,
    /// Where the text comes from: the file, for weights and reports.
    pub source: usize,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    spans: Vec<RowSpan>,
}

#[derive(Deserialize)]
struct RowSpan {
    kind: char,
    start: usize,
    end: usize,
}

/// The kind of name that a letter of the guidelines stands for.
pub fn kind(letter: char) -> Option<NameKind> {
    match letter {
        'P' => Some(NameKind::Person),
        'O' => Some(NameKind::Organization),
        'L' => Some(NameKind::Place),
        'X' => Some(NameKind::Other),
        'N' => Some(NameKind::Group),
        _ => None,
    }
}

/// The texts of a gold file.
pub fn read(file: &Path, source: usize) -> anyhow::Result<Vec<Text>> {
    let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut texts = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        let mut bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(row.text.len());
        let mut spans = Vec::new();
        for span in row.spans {
            let (Some(kind), Some(start), Some(end)) = (kind(span.kind), bytes.get(span.start), bytes.get(span.end))
            else {
                continue;
            };
            spans.push((*start, *end, kind));
        }
        spans.sort_unstable_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
        let mut reached = 0;
        spans.retain(|(start, end, _)| {
            let outer = *start >= reached;
            if outer {
                reached = *end;
            }
            outer
        });
        texts.push(Text { text: row.text, spans, source });
    }
    Ok(texts)
}

impl Text {
    /// The names as token ranges of `document`, which must be of this text.
    pub fn names(&self, document: &Document<'_>) -> Vec<Name> {
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let name = |(start, end, kind): &(usize, usize, NameKind)| {
            let first = document.token_at(*start);
            let last = document.token_at(end - 1);
            Name { first: index(first), end: index(last + 1), kind: *kind }
        };
        let mut names: Vec<Name> = self.spans.iter().map(name).collect();
        let mut reached = 0;
        names.retain(|name| {
            let apart = name.first >= reached && name.first < name.end;
            if apart {
                reached = name.end;
            }
            apart
        });
        names
    }
}
