//! Articles with everything that the steps of the engine look at, and attributions on their tokens.

use pullquote::analysis::cues::{self, Cue};
use pullquote::analysis::entities::{self, Cast};
use pullquote::analysis::marks::{self, Stretch};
use pullquote::analysis::scene::{self, Part, Scene};
use pullquote::analysis::sources::Source;
use pullquote::analysis::syntax::{Model, Syntax};
use pullquote::analysis::token::Document;
use pullquote::analysis::verbs::Verbs;
use pullquote::analysis::{Lexicon, names};
use pullquote::text::Span;

/// What all articles are analysed with.
pub struct Tools {
    pub syntax: Model,
    pub lexicon: Lexicon,
    pub verbs: Verbs,
}

impl Tools {
    pub fn embedded() -> Self {
        Self { syntax: Model::embedded(), lexicon: Lexicon::embedded(), verbs: Verbs::embedded() }
    }
}

/// An article with everything that the steps look at.
pub struct Case<'t> {
    pub document: Document<'t>,
    pub syntax: Syntax,
    pub cast: Cast,
    pub stretches: Vec<Stretch>,
    pub quoted: Vec<u32>,
    pub namings: Vec<Part>,
}

impl<'t> Case<'t> {
    pub fn new(text: &'t str, tools: &Tools) -> Self {
        let document = Document::new(text);
        let names = names::find(&document, &tools.lexicon);
        let cast = entities::collect(&document, &names, &tools.lexicon);
        Self::with_cast(document, cast, tools)
    }

    pub fn with_cast(document: Document<'t>, cast: Cast, tools: &Tools) -> Self {
        let syntax = tools.syntax.analyze(&document);
        let stretches = marks::stretches(document.text);
        let quoted = scene::quoted_tokens(&document, &stretches);
        let namings = scene::name_parts(&document, &cast);
        Self { document, syntax, cast, stretches, quoted, namings }
    }

    pub fn scene<'a>(&'a self, tools: &'a Tools) -> Scene<'a> {
        Scene {
            document: &self.document,
            syntax: &self.syntax,
            cast: &self.cast,
            english: true,
            stretches: &self.stretches,
            quoted: &self.quoted,
            // What is said in interviews teaches as well as what else is.
            turns: &[],
            namings: &self.namings,
            verbs: &tools.verbs,
            lexicon: &tools.lexicon,
        }
    }
}

/// A range of tokens.
pub type Range = (usize, usize);

/// An attribution on tokens, punctuation at the edges left out.
#[derive(Clone, Debug)]
pub struct Told {
    pub cue: Cue,
    /// The tokens of the cue as annotated.
    pub cue_range: Range,
    pub source: Option<Range>,
    pub contents: Vec<Range>,
    /// The pieces of the content as annotated, where they were annotated with it.
    pub spans: Vec<Span>,
}

/// The tokens of `span`, punctuation at the edges left out.
pub fn range(scene: &Scene<'_>, span: Span) -> Range {
    let (mut first, mut end) =
        (scene.document.token_at(span.start), scene.document.token_at(span.end.saturating_sub(1)) + 1);
    while first + 1 < end && scene.tag(first).is_punctuation() {
        first += 1;
    }
    while first + 1 < end && scene.tag(end - 1).is_punctuation() {
        end -= 1;
    }
    (first, end)
}

/// The token of the range that hangs on something outside it.
pub fn head(scene: &Scene<'_>, (first, end): Range) -> usize {
    let outside = |at: &usize| {
        let head = scene.syntax.head(*at);
        (head < first || head >= end || head == *at) && !scene.tag(*at).is_punctuation()
    };
    (first..end).find(outside).unwrap_or(first)
}

/// The cue around its head.
pub fn cue(scene: &Scene<'_>, head: usize) -> Cue {
    let (first, end) = cues::extent(scene, head);
    Cue { head, first, end, score: 9.0 }
}

/// The source as annotated.
pub fn gold_source(scene: &Scene<'_>, told: &Told) -> Option<Source> {
    told.source.map(|(first, end)| Source { head: head(scene, (first, end)), first, end })
}

/// The side and the tokens of the first piece of the content.
pub fn gold_content(told: &Told) -> Option<(bool, Range)> {
    let content = *told.contents.first()?;
    Some((content.0 >= told.cue.head, content))
}

/// Whether two boundaries are the same once punctuation beside them is left out.
pub fn same_edge(scene: &Scene<'_>, one: usize, other: usize, starts: bool) -> bool {
    let plain = |mut at: usize| {
        if starts {
            while scene.tag(at).is_punctuation() {
                at += 1;
            }
        } else {
            while at > 0 && scene.tag(at - 1).is_punctuation() {
                at -= 1;
            }
        }
        at
    };
    plain(one) == plain(other)
}
