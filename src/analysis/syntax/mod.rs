//! What each word is and what it belongs to: part-of-speech tags and dependency heads, by two greedy linear models.
//!
//! Units: token indexes of a [`Document`]. A head lies in the token's own sentence; the head of a sentence points to
//! itself. Both models look at each token a bounded number of times, so any text takes linear time; a model without
//! weights gives poor tags and heads, never a failure.

pub mod features;
pub mod labels;
pub mod parser;
pub mod table;
pub mod tagger;

pub use labels::{Label, Tag};

use super::token::Document;

/// Tags, heads and labels of all tokens of a document.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    /// What each token is.
    pub tags: Vec<Tag>,
    /// Index of the token each token belongs to; its own index for the head of a sentence.
    pub heads: Vec<u32>,
    /// How each token belongs to its head.
    pub labels: Vec<Label>,
}

/// The weights of both models.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For tags.
    pub tagger: table::Sparse<{ Tag::COUNT }>,
    /// For heads.
    pub actions: table::Table<{ parser::ACTIONS }>,
    /// For labels.
    pub labels: table::Sparse<{ Label::COUNT }>,
}

impl Model {
    /// Tags and parses `document`.
    #[must_use]
    pub fn analyze(&self, document: &Document<'_>) -> Syntax {
        let count = document.tokens.len();
        let mut syntax = Syntax {
            tags: tagger::tag(document, &self.tagger),
            heads: vec![0; count],
            labels: vec![Label::Other; count],
        };
        let mut state = parser::State::default();
        for sentence in &document.sentences {
            parser::parse(document, sentence, &mut syntax, &mut state, &self.actions, &self.labels);
        }
        syntax
    }
}

impl Syntax {
    /// The tag of the token at `index`; [`Tag::Other`] where there is none.
    #[must_use]
    pub fn tag(&self, index: usize) -> Tag {
        self.tags.get(index).copied().unwrap_or_default()
    }

    /// The head of the token at `index`; its own index for the head of a sentence and past the end.
    #[must_use]
    pub fn head(&self, index: usize) -> usize {
        self.heads.get(index).map_or(index, |head| *head as usize)
    }

    /// The label of the token at `index`.
    #[must_use]
    pub fn label(&self, index: usize) -> Label {
        self.labels.get(index).copied().unwrap_or_default()
    }
}
