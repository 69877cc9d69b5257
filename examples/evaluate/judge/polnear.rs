//! PolNeAR, and the figures of `polnear_score.py`, by its definitions: sources, cues and contents, by exact spans and by
//! words.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use pullquote::analysis::{Analysis, Quote};
use pullquote::text::Span;

use super::score::{Count, share};
use super::spans::{Bytes, Range, trim, words};

/// An annotated article.
pub struct Article {
    pub id: String,
    pub text: String,
    /// Sources, cues and contents, trimmed; one in several pieces counts piece by piece.
    spans: [BTreeSet<Span>; 3],
}

const ROLES: [&str; 3] = ["Source", "Cue", "Content"];

/// The articles of a compartment, a folder with `text` and `attributions`, in order; where several annotators marked
/// one, the first by name is taken.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let marked = names(&folder.join("attributions"))?;
    let mut articles = Vec::new();
    for name in names(&folder.join("text"))? {
        let id = name.strip_suffix(".txt").unwrap_or(&name).to_owned();
        let own = |file: &&String| file.strip_prefix(&id).is_some_and(|rest| rest.starts_with('_'));
        let Some(marks) = marked.iter().find(own) else { continue };
        let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        let text = read(&folder.join("text").join(&name))?;
        let marks = read(&folder.join("attributions").join(marks))?;
        let spans = parse(&text, &marks).with_context(|| format!("attributions of {id}"))?;
        articles.push(Article { id, text, spans });
    }
    Ok(articles)
}

/// The names of the files in `folder`, sorted.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The spans by role from lines such as `T1<tab>Source 10 15;20 22<tab>...`.
fn parse(text: &str, marks: &str) -> anyhow::Result<[BTreeSet<Span>; 3]> {
    let bytes = Bytes::of(text);
    let mut spans = [const { BTreeSet::new() }; 3];
    for line in marks.lines().filter(|line| line.starts_with('T')) {
        let Some((role, pieces)) = line.split('\t').nth(1).and_then(|field| field.split_once(' ')) else { continue };
        let Some((_, spans)) = ROLES.iter().zip(&mut spans).find(|(name, _)| **name == role) else { continue };
        for piece in pieces.split(';') {
            let (start, end) = piece.trim().split_once(' ').with_context(|| format!("no range: {piece:?}"))?;
            let range = Range { start: start.parse()?, end: end.trim().parse()? };
            spans.insert(trim(text, bytes.span(range)?));
        }
    }
    Ok(spans)
}

/// The counts over all articles added so far.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// By role: spans that agree exactly, and words shared.
    roles: [(Count, Count); 3],
    /// Contents found exactly, by kind: direct, mixed, indirect.
    contents: [Count; 3],
}

impl Score {
    /// Exact and word figures of source, cue and content: precision, recall and F1, 0 to 1.
    pub fn figures(&self) -> [(&'static str, [f64; 3], [f64; 3]); 3] {
        std::array::from_fn(|role| {
            let (exact, overlap) = self.roles[role];
            (ROLES[role], exact.prf(), overlap.prf())
        })
    }

    /// The part of the contents that is found exactly, and how many there are, by kind.
    pub fn recall(&self) -> [(&'static str, f64, usize); 3] {
        let [direct, mixed, indirect] = self.contents;
        let of = |name, count: Count| (name, share(count.right, count.gold), count.gold);
        [of("direct", direct), of("mixed", mixed), of("indirect", indirect)]
    }

    /// Adds what was found in one article.
    pub fn add(&mut self, article: &Article, analysis: &Analysis) {
        let got = predicted(&article.text, analysis);
        let all_words = |spans: &BTreeSet<Span>| -> BTreeSet<usize> {
            spans.iter().flat_map(|span| words(&article.text, *span)).collect()
        };
        for ((gold, got), (exact, overlap)) in article.spans.iter().zip(&got).zip(&mut self.roles) {
            let right = gold.intersection(got).count();
            *exact = exact.plus(Count { right, predicted: got.len(), gold: gold.len() });
            let (gold, got) = (all_words(gold), all_words(got));
            let right = gold.intersection(&got).count();
            *overlap = overlap.plus(Count { right, predicted: got.len(), gold: gold.len() });
        }
        let ([.., contents], [.., found]) = (&article.spans, &got);
        for content in contents {
            let count = &mut self.contents[kind(&article.text, *content)];
            count.gold += 1;
            count.right += usize::from(found.contains(content));
        }
    }
}

/// Sources, cues and contents of the quotes that lie in no other quote.
fn predicted(text: &str, analysis: &Analysis) -> [BTreeSet<Span>; 3] {
    let inside = |quote: &Quote| analysis.quotes.iter().any(|o| o.span != quote.span && o.span.covers(quote.span));
    let outer: Vec<&Quote> = analysis.quotes.iter().filter(|quote| !inside(quote)).collect();
    let trimmed = |span: Span| trim(text, span);
    [
        outer.iter().filter_map(|quote| quote.source).map(trimmed).collect(),
        outer.iter().filter_map(|quote| quote.cue).map(trimmed).collect(),
        outer.iter().map(|quote| trimmed(quote.span)).collect(),
    ]
}

/// How a content is given: wholly in quotation marks (0), partly (1), or not at all (2).
fn kind(text: &str, span: Span) -> usize {
    let marked = |piece: &str| piece.contains(['"', '“', '”', '„', '«', '»']);
    let before =
        |at: usize| text.get(..at).and_then(|head| head.char_indices().rev().take(2).last()).map_or(at, |(at, _)| at);
    let after = |at: usize, count: usize| {
        let tail = text.get(at..).unwrap_or_default();
        tail.char_indices().nth(count).map_or(text.len(), |(step, _)| at + step)
    };
    let piece = |start, end| Span::new(start, end).of(text);
    if !marked(piece(before(span.start), after(span.end, 2))) {
        2
    } else if marked(piece(before(span.start), span.start))
        && marked(piece(span.end, after(span.end, 3)))
        && !marked(span.of(text))
    {
        0
    } else {
        1
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:10}{:>9}{:>7}{:>7}{:>12}{:>7}{:>7}", "", "exact P", "R", "F1", "overlap P", "R", "F1")?;
        for (name, exact, overlap) in self.figures() {
            let [[p, r, f1], [word_p, word_r, word_f1]] = [exact, overlap].map(|prf| prf.map(|figure| 100.0 * figure));
            writeln!(f, "{name:10}{p:9.1}{r:7.1}{f1:7.1}{word_p:12.1}{word_r:7.1}{word_f1:7.1}")?;
        }
        let recall = self.recall().map(|(kind, found, of)| format!("{kind} {:.1} of {of}", 100.0 * found));
        writeln!(f, "contents found exactly: {}", recall.join(", "))
    }
}
