//! Errors by class: what kind of thing goes wrong how often.
//!
//! Each quote, reported clause or name that is missed, spurious or wrong is one error of one class; a found quote may
//! have one more for its speaker, classed by how the text gives the speaker to whoever reads it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use pullquote::analysis::token::Document;
use pullquote::analysis::{Analysis, Quote};
use pullquote::text::Span;

use super::compare::{Direct, Names, Reported, Verdict, name_of, speaker};
use super::gold::{Article, Mark};
use super::spans::words;

/// One error, for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of error: what it is about, a colon, what is wrong.
    pub class: String,
    /// In which article.
    pub article: String,
    /// What is annotated and what was said.
    pub text: String,
}

/// The errors in all articles added so far.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    pub all: Vec<Error>,
}

impl Errors {
    /// How many errors each class has, the worst first.
    pub fn counts(&self) -> Vec<(&str, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for error in &self.all {
            *counts.entry(&error.class).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts
    }

    /// Adds those of one article.
    pub fn add(&mut self, article: &Article, analysis: &Analysis) {
        let mut of = OfArticle { article, analysis, document: Document::new(&article.text), errors: &mut self.all };
        of.direct();
        of.reported();
        of.names();
        of.links();
    }
}

/// The errors of one article in the making.
struct OfArticle<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
    document: Document<'a>,
    errors: &'a mut Vec<Error>,
}

impl OfArticle<'_> {
    fn error(&mut self, class: impl Into<String>, text: String) {
        self.errors.push(Error { class: class.into(), article: self.article.id.clone(), text });
    }

    /// The beginning of what stands at `span`, in quotation marks.
    fn shown(&self, span: Span) -> String {
        format!("{:?}", span.of(&self.article.text).chars().take(90).collect::<String>())
    }

    fn direct(&mut self) {
        let Direct { want, inner, scare, got } = Direct::of(self.article, self.analysis);
        for (span, mark) in &want {
            if let Some(quote) = got.get(span) {
                self.speaker("speaker", quote, mark);
            } else if let Some(found) = meeting(*span, &got) {
                self.error("direct: wrong bounds", format!("{} said {}", self.shown(*span), self.shown(found)));
            } else {
                self.error("direct: missed", format!("{} by {}", self.shown(*span), mark.entity));
            }
        }
        for span in got.keys().filter(|span| !want.contains_key(span) && !inner.contains(span)) {
            if scare.contains(span) {
                self.error("direct: nobody's words taken for speech", self.shown(*span));
            } else if meeting(*span, &want).is_none() {
                self.error("direct: no annotated stretch", self.shown(*span));
            }
        }
    }

    fn reported(&mut self) {
        let Reported { want, got } = Reported::of(self.article, self.analysis);
        let text = &self.article.text;
        let clauses: Vec<&Mark> = self.article.spans.iter().filter(|mark| mark.kind == 'I').collect();
        // What somebody reports inside a report is as right with the one speaker as with the other.
        let is_inner = |mark: &Mark| clauses.iter().any(|o| o.span != mark.span && o.span.covers(mark.span));
        for mark in clauses.iter().filter(|mark| !is_inner(mark)) {
            let own: BTreeSet<usize> = words(text, mark.span).collect();
            let Some(quote) = most(own.iter().filter_map(|at| got.get(at).copied())) else {
                self.error("reported: missed", format!("{} by {}", self.shown(mark.span), mark.entity));
                continue;
            };
            let found: BTreeSet<usize> = words(text, quote.span).filter(|at| got.contains_key(at)).collect();
            let wrong = match (own.first() != found.first(), own.last() != found.last()) {
                (true, true) => Some("reported: wrong at both ends"),
                (true, false) => Some("reported: wrong start"),
                (false, true) => Some("reported: wrong end"),
                (false, false) => None,
            };
            if let Some(class) = wrong {
                self.error(class, format!("{} said {}", self.shown(mark.span), self.shown(quote.span)));
            }
            self.speaker("reported speaker", quote, mark);
        }
        let spurious = |quote: &Quote| {
            let mut inside = words(text, quote.span).filter(|at| got.contains_key(at)).peekable();
            inside.peek().is_some() && inside.all(|at| !want.contains_key(&at))
        };
        let mut spans: Vec<Span> = got.values().filter(|quote| spurious(quote)).map(|quote| quote.span).collect();
        spans.dedup();
        for span in spans {
            self.error("reported: no annotated clause", self.shown(span));
        }
    }

    /// Classes a wrong speaker by how the text gives the right one.
    fn speaker(&mut self, what: &str, quote: &Quote, mark: &Mark) {
        let verdict = speaker(self.article, &mark.entity, self.analysis, quote);
        if verdict == Verdict::Right {
            return;
        }
        let how = if verdict == Verdict::Misnamed { "right, but misnamed" } else { self.given(mark) };
        let said = quote.speaker.and_then(|id| self.analysis.entity(id)).map(|entity| entity.name.as_str());
        let text = format!("{} is by {}, said {}", self.shown(mark.span), mark.entity, said.unwrap_or("nobody"));
        self.error(format!("{what}: {how}"), text);
    }

    /// How the text gives the speaker of `mark`: by the nearest mention outside what is said, in its sentences first.
    fn given(&self, mark: &Mark) -> &'static str {
        if mark.entity == "unknown" {
            return "nobody can know";
        }
        let token = |at: usize| self.document.token_at(at);
        let (first, last) = (token(mark.span.start), token(mark.span.end.saturating_sub(1)));
        let (Some(from), Some(to)) = (self.document.sentence_of(first), self.document.sentence_of(last)) else {
            return "outside every sentence";
        };
        let beside = from.span.union(to.span);
        let mentions = self.article.spans.iter().filter(|other| {
            other.entity == mark.entity && "POLXNR".contains(other.kind) && !mark.span.covers(other.span)
        });
        let nearest = mentions.clone().filter(|mention| beside.covers(mention.span)).min_by_key(|mention| {
            let gap = |from: usize, to: usize| to.saturating_sub(from);
            gap(mention.span.end, mark.span.start) + gap(mark.span.end, mention.span.start)
        });
        let paragraph = self.document.paragraph_of(first).map_or(beside, |paragraph| paragraph.span);
        match nearest {
            Some(mention) if mention.kind != 'R' => "given by name",
            Some(mention) if is_pronoun(mention.span.of(&self.article.text)) => "given by pronoun",
            Some(_) => "given by description",
            None if mentions.clone().any(|mention| paragraph.covers(mention.span)) => "given in another sentence",
            None => "given in another paragraph",
        }
    }

    fn names(&mut self) {
        let Names { gold, got } = Names::of(self.article, self.analysis);
        for (span, (kind, _)) in &gold {
            let Some(kind) = name_of(*kind) else { continue };
            match got.get(span).and_then(|(_, entity)| name_of(entity.kind)) {
                Some(said) if said == kind => {}
                Some(said) => self.error(format!("{kind}: taken for {said}"), self.shown(*span)),
                None => match meeting(*span, &got) {
                    Some(found) => {
                        let text = format!("{} said {}", self.shown(*span), self.shown(found));
                        self.error(format!("{kind}: wrong bounds"), text);
                    }
                    None => self.error(format!("{kind}: missed"), self.shown(*span)),
                },
            }
        }
        for (span, (_, entity)) in &got {
            let Some(kind) = name_of(entity.kind) else { continue };
            if meeting(*span, &gold).is_none() {
                self.error(format!("{kind}: no annotated name"), self.shown(*span));
            }
        }
    }

    /// One error per gold entity that is split and per predicted one that mixes several.
    fn links(&mut self) {
        let Names { gold, got } = Names::of(self.article, self.analysis);
        let mut split: BTreeMap<&str, BTreeMap<u32, &str>> = BTreeMap::new();
        let mut mixed: BTreeMap<u32, (&str, BTreeSet<&str>)> = BTreeMap::new();
        for (span, (_, mark)) in gold.iter().filter(|(_, (_, mark))| mark.kind != 'X') {
            if let Some((id, entity)) = got.get(span) {
                split.entry(&mark.entity).or_default().insert(id.0, &entity.name);
                mixed.entry(id.0).or_insert((&entity.name, BTreeSet::new())).1.insert(&mark.entity);
            }
        }
        for (entity, names) in split.iter().filter(|(_, names)| names.len() > 1) {
            self.error("links: one entity split", format!("{entity} is {:?}", names.values().collect::<Vec<_>>()));
        }
        for (name, entities) in mixed.values().filter(|(_, entities)| entities.len() > 1) {
            self.error("links: several entities mixed", format!("{name:?} is {entities:?}"));
        }
    }
}

/// The first of `all` that shares something with `span`.
fn meeting<V>(span: Span, all: &BTreeMap<Span, V>) -> Option<Span> {
    all.keys().copied().find(|other| other.overlaps(span))
}

/// The quote that comes most often, the first of equals.
fn most<'a>(quotes: impl Iterator<Item = &'a Quote>) -> Option<&'a Quote> {
    let mut counted: Vec<(&Quote, usize)> = Vec::new();
    for quote in quotes {
        match counted.iter_mut().find(|(known, _)| std::ptr::eq(*known, quote)) {
            Some((_, count)) => *count += 1,
            None => counted.push((quote, 1)),
        }
    }
    counted.into_iter().rev().max_by_key(|(_, count)| *count).map(|(quote, _)| quote)
}

fn is_pronoun(text: &str) -> bool {
    const PRONOUNS: [&str; 16] = [
        "he", "she", "it", "they", "i", "we", "you", "who", "which", "his", "her", "their", "its", "him", "them", "one",
    ];
    PRONOUNS.contains(&text.to_lowercase().as_str())
}
