//! A document as the steps after the names see it: tokens, syntax, names and quoted stretches together.
//!
//! Units: token indexes, unless a name says span.

use super::entities::Cast;
use super::lexicon::Classes;
use super::marks::Stretch;
use super::syntax::{Label, Syntax, Tag};
use super::token::{Document, Word, word, word_of};
use super::turns::{self, Turn};
use super::verbs::Verbs;
use super::{EntityId, EntityKind, Lexicon};
use crate::text::Span;

/// Everything known about a text before anybody is heard.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The text with its tokens.
    pub document: &'a Document<'a>,
    /// What each word is and belongs to.
    pub syntax: &'a Syntax,
    /// Who and what it names.
    pub cast: &'a Cast,
    /// Whether it is English, which alone the weights know.
    pub english: bool,
    /// The quoted stretches, in order.
    pub stretches: &'a [Stretch],
    /// For each token one more than the index of the outermost quoted stretch it lies in, 0 outside.
    pub quoted: &'a [u32],
    /// What is said in an interview without marks, in order.
    pub turns: &'a [Turn],
    /// For each token what names it is part of.
    pub namings: &'a [Part],
    /// The verbs that report.
    pub verbs: &'a Verbs,
    /// Word lists.
    pub lexicon: &'a Lexicon,
}

/// What name a token is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// None.
    #[default]
    Nothing,
    /// A name, date or amount.
    Entity(EntityId, EntityKind),
    /// A nationality, religion or affiliation.
    Group,
}

impl Part {
    /// A small number for the kind of name, for use in features.
    #[must_use]
    pub const fn kind(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Group => 1,
            Self::Entity(_, kind) => 2 + kind as u64,
        }
    }
}

impl<'a> Scene<'a> {
    /// Whether the token at `index` lies in a quoted stretch, its marks included.
    #[must_use]
    pub fn is_quoted(&self, index: usize) -> bool {
        self.quoted.get(index).is_some_and(|stretch| *stretch > 0)
    }

    /// The index of the outermost stretch that holds the token at `index`.
    #[must_use]
    pub fn stretch_at(&self, index: usize) -> Option<usize> {
        self.quoted.get(index).and_then(|stretch| (*stretch as usize).checked_sub(1))
    }

    /// First token of the stretch with `number` and one past its last, marks included.
    #[must_use]
    pub fn stretch_tokens(&self, number: usize) -> (usize, usize) {
        let Some(stretch) = self.stretches.get(number) else { return (0, 0) };
        let first = self.document.token_at(stretch.span.start);
        let end = self.document.tokens.partition_point(|token| token.span.start < stretch.span.end);
        (first, end.max(first))
    }

    /// The word at `index`, 0 where there is none.
    #[must_use]
    pub fn word(&self, index: usize) -> Word {
        self.document.word_at(index)
    }

    /// The tag at `index`.
    #[must_use]
    pub fn tag(&self, index: usize) -> Tag {
        self.syntax.tag(index)
    }

    /// What name the token at `index` is part of.
    #[must_use]
    pub fn part(&self, index: usize) -> Part {
        self.namings.get(index).copied().unwrap_or_default()
    }

    /// First token of the sentence that holds the token at `index`, and one past its last.
    #[must_use]
    pub fn sentence(&self, index: usize) -> (usize, usize) {
        self.document.sentence_of(index).map_or((index, index), |s| (s.first as usize, s.end as usize))
    }

    /// First token of the paragraph that holds the token at `index`, and one past its last.
    #[must_use]
    pub fn paragraph(&self, index: usize) -> (usize, usize) {
        self.document.paragraph_of(index).map_or((index, index), |p| (p.first as usize, p.end as usize))
    }

    /// The span of the tokens from `first` up to, not including, `end`.
    #[must_use]
    pub fn span(&self, first: usize, end: usize) -> Span {
        self.document.span_of(first, end)
    }

    /// The subject that hangs on the verb at `index`.
    #[must_use]
    pub fn own_subject(&self, index: usize) -> Option<usize> {
        self.syntax.child(index, &[Label::Subject, Label::PassiveSubject])
    }

    /// The classes of the word at `index`; a plural noun has those of its singular.
    #[must_use]
    pub fn classes(&self, index: usize) -> Classes {
        let own = self.lexicon.classes(self.word(index));
        if self.tag(index) != Tag::Nouns {
            return own;
        }
        let text = self.document.text_of(index);
        let singular = match text.strip_suffix("ies").or_else(|| text.strip_suffix("men")) {
            Some(stem) if text.ends_with("ies") => word_of(&format!("{stem}y")),
            Some(stem) => word_of(&format!("{stem}man")),
            None => word_of(text.strip_suffix('s').unwrap_or(text)),
        };
        Classes(own.0 | self.lexicon.classes(singular).0)
    }

    /// Whether the token at `index` is a pronoun that can be a source.
    #[must_use]
    pub fn is_pronoun(&self, index: usize) -> bool {
        self.tag(index) == Tag::Pronoun
    }
}

/// For each token one more than the index of the outermost stretch it lies in, 0 for those outside.
#[must_use]
pub fn quoted_tokens(document: &Document<'_>, stretches: &[Stretch]) -> Vec<u32> {
    let mut quoted = vec![0; document.tokens.len()];
    for (number, stretch) in (1..).zip(stretches) {
        if stretch.depth > 0 {
            continue;
        }
        let first = document.token_at(stretch.span.start);
        let tokens = document.tokens.iter().skip(first).take_while(|token| token.span.start < stretch.span.end);
        for (slot, _) in quoted.iter_mut().skip(first).zip(tokens) {
            *slot = number;
        }
    }
    quoted
}

/// For each token what name it is part of.
#[must_use]
pub fn name_parts(document: &Document<'_>, cast: &Cast) -> Vec<Part> {
    let mut parts = vec![Part::Nothing; document.tokens.len()];
    let mut fill = |first: u32, end: u32, part: Part| {
        if let Some(range) = parts.get_mut(first as usize..end as usize) {
            range.fill(part);
        }
    };
    for group in &cast.groups {
        fill(group.first, group.end, Part::Group);
    }
    for mention in &cast.mentions {
        if let Some(entity) = cast.entities.get(mention.entity.0 as usize) {
            fill(mention.first, mention.end, Part::Entity(mention.entity, entity.kind));
        }
    }
    parts
}

/// The turns of `document`, where `cast` tells who is a person.
#[must_use]
pub fn turns(document: &Document<'_>, cast: &Cast, lexicon: &Lexicon) -> Vec<Turn> {
    turns::find(document, lexicon, |at| {
        let mention = cast.mention_at(at).and_then(|mention| cast.entities.get(mention.entity.0 as usize));
        mention.is_some_and(|entity| entity.kind == EntityKind::Person)
    })
}

/// Words that open the content of reported speech and do not belong to it.
pub const THAT: Word = word("that");
