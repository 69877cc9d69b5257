//! Gold and prediction of one article side by side, matched as `score.py` matches them.

use std::collections::{BTreeMap, BTreeSet};

use pullquote::analysis::{Analysis, Entity, EntityId, EntityKind, MentionKind, Quote, QuoteKind};
use pullquote::text::Span;

use super::gold::{Article, Mark};
use super::spans::{trim, words};

/// Stretches in quotation marks, by their span once trimmed.
pub struct Direct<'a> {
    /// Whose words: the outermost ones.
    pub want: BTreeMap<Span, &'a Mark>,
    /// Quotations inside those: right if found, no error if not.
    pub inner: BTreeSet<Span>,
    /// Nobody's words.
    pub scare: BTreeSet<Span>,
    /// What is predicted.
    pub got: BTreeMap<Span, &'a Quote>,
}

impl<'a> Direct<'a> {
    pub fn of(article: &'a Article, analysis: &'a Analysis) -> Self {
        let text = &article.text;
        let trimmed = |mark: &Mark| trim(text, mark.span);
        let quoted: Vec<&Mark> = article.spans.iter().filter(|mark| mark.kind == 'Q').collect();
        let is_inner = |mark: &Mark| quoted.iter().any(|o| !std::ptr::eq(*o, mark) && o.span.covers(mark.span));
        let (inner, outer): (Vec<&Mark>, Vec<&Mark>) = quoted.iter().partition(|mark| is_inner(mark));
        let direct = analysis.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct);
        Self {
            want: outer.into_iter().map(|mark| (trimmed(mark), mark)).collect(),
            inner: inner.into_iter().map(trimmed).collect(),
            scare: article.spans.iter().filter(|mark| mark.kind == 'S').map(trimmed).collect(),
            got: direct.map(|quote| (trim(text, quote.span), quote)).collect(),
        }
    }
}

/// Reported speech, by the words in it, a word being named by where it starts.
pub struct Reported<'a> {
    /// What is reported, and where annotations nest, in which of them.
    pub want: BTreeMap<usize, Vec<&'a Mark>>,
    /// What is predicted; words that gold counts as direct speech alone are left out.
    pub got: BTreeMap<usize, &'a Quote>,
}

impl<'a> Reported<'a> {
    pub fn of(article: &'a Article, analysis: &'a Analysis) -> Self {
        let text = &article.text;
        let mut want: BTreeMap<usize, Vec<&Mark>> = BTreeMap::new();
        let mut quoted = BTreeSet::new();
        for mark in &article.spans {
            match mark.kind {
                'I' => words(text, mark.span).for_each(|at| want.entry(at).or_default().push(mark)),
                'Q' => quoted.extend(words(text, mark.span)),
                _ => {}
            }
        }
        let mut got = BTreeMap::new();
        for quote in analysis.quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Indirect | QuoteKind::Mixed)) {
            for at in words(text, quote.span).filter(|at| want.contains_key(at) || !quoted.contains(at)) {
                got.entry(at).or_insert(quote);
            }
        }
        Self { want, got }
    }
}

/// Names of people, organizations, places and other things, by their span.
pub struct Names<'a> {
    pub gold: BTreeMap<Span, (EntityKind, &'a Mark)>,
    pub got: BTreeMap<Span, (EntityId, &'a Entity)>,
}

impl<'a> Names<'a> {
    pub fn of(article: &'a Article, analysis: &'a Analysis) -> Self {
        let gold = article.spans.iter().filter_map(|mark| Some((mark.span, (kind_of(mark)?, mark)))).collect();
        let mut got = BTreeMap::new();
        for (entity, id) in analysis.entities.iter().zip(0..) {
            if entity.named && name_of(entity.kind).is_some() {
                let names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
                got.extend(names.map(|mention| (mention.span, (EntityId(id), entity))));
            }
        }
        Self { gold, got }
    }
}

/// The kinds of name that are scored, in the order of the table.
pub const KINDS: [(EntityKind, &str); 4] = [
    (EntityKind::Person, "person"),
    (EntityKind::Organization, "organization"),
    (EntityKind::Place, "place"),
    (EntityKind::Other, "other"),
];

/// What a kind is called; `None` where it is not scored.
pub fn name_of(kind: EntityKind) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name)
}

fn kind_of(mark: &Mark) -> Option<EntityKind> {
    match mark.kind {
        'P' => Some(EntityKind::Person),
        'O' => Some(EntityKind::Organization),
        'L' => Some(EntityKind::Place),
        'X' => Some(EntityKind::Other),
        _ => None,
    }
}

/// Whether a quote is given to the right speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// To the right one, but under a name that is not this one's.
    Misnamed,
    /// To somebody else, to nobody, or to somebody though nobody can know.
    Wrong,
}

/// Judges the speaker of `quote`, `gold` being the annotated one.
pub fn speaker(article: &Article, gold: &str, analysis: &Analysis, quote: &Quote) -> Verdict {
    let Some(entity) = quote.speaker.and_then(|id| analysis.entity(id)) else {
        return if gold == "unknown" { Verdict::Right } else { Verdict::Wrong };
    };
    let of_gold =
        |kinds: &'static str| article.spans.iter().filter(move |mark| mark.entity == gold && kinds.contains(mark.kind));
    let mut spans = entity.mentions.iter().map(|mention| mention.span).chain(quote.source);
    if !spans.any(|span| of_gold("POLXNR").any(|mark| mark.span.overlaps(span))) {
        return Verdict::Wrong;
    }
    let mut names = of_gold("POLXN").map(|mark| normal(mark.span.of(&article.text))).peekable();
    if names.peek().is_none() || names.any(|name| name == normal(&entity.name)) {
        Verdict::Right
    } else {
        Verdict::Misnamed
    }
}

/// A name for comparison: white space and case are ignored, as is a leading "the".
fn normal(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}
