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
    /// For each token the first and one past the last token of what hangs on it, itself included.
    extents: Vec<(u32, u32)>,
    /// For each token its first child, and the next child of its head; [`NONE`] where there is none.
    children: Vec<(u32, u32)>,
}

const NONE: u32 = u32::MAX;

/// The first bytes of a model file: its name and version.
pub const MAGIC: &[u8] = b"pullquote syntax 2\n";

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
        let mut syntax = Syntax::tagged(tagger::tag(document, &self.tagger));
        let mut state = parser::State::default();
        for sentence in &document.sentences {
            parser::parse(document, sentence, &mut syntax, &mut state, &self.actions, &self.labels);
        }
        syntax.link();
        syntax
    }

    /// The model that comes with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(include_bytes!("../../../assets/model/syntax.bin")).unwrap_or_default()
    }

    /// A model from its bytes; `None` where they are damaged or of another version.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let (tagger, bytes) = table::Sparse::read(bytes.strip_prefix(MAGIC)?)?;
        let (actions, bytes) = table::Table::read(bytes)?;
        let (labels, bytes) = table::Sparse::read(bytes)?;
        bytes.is_empty().then_some(Self { tagger, actions, labels })
    }
}

impl Syntax {
    /// Tags alone, every token a sentence of its own.
    #[must_use]
    pub fn tagged(tags: Vec<Tag>) -> Self {
        let heads = (0..).take(tags.len()).collect();
        Self { heads, labels: vec![Label::Other; tags.len()], tags, ..Self::default() }
    }

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

    /// From the first token of what hangs on the token at `index`, itself included, to one past the last.
    #[must_use]
    pub fn extent(&self, index: usize) -> (usize, usize) {
        self.extents.get(index).map_or((index, index + 1), |(first, end)| (*first as usize, *end as usize))
    }

    /// What hangs directly on the token at `index`, in the order of the text.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.children.get(index).map_or(NONE, |(first, _)| *first);
        let next = |child: &u32| self.children.get(*child as usize).map(|(_, next)| *next).filter(|next| *next != NONE);
        std::iter::successors(Some(first).filter(|first| *first != NONE), next).map(|child| child as usize)
    }

    /// The first child of the token at `index` with one of `labels`.
    #[must_use]
    pub fn child(&self, index: usize, labels: &[Label]) -> Option<usize> {
        self.children(index).find(|child| labels.contains(&self.label(*child)))
    }

    /// Works out children and extents from the heads.
    pub fn link(&mut self) {
        let count = self.heads.len();
        self.children = vec![(NONE, NONE); count];
        for index in (0..count).rev() {
            let head = self.head(index);
            if head == index {
                continue;
            }
            let first = self.children.get(head).map_or(NONE, |(first, _)| *first);
            let number = u32::try_from(index).unwrap_or(NONE);
            if let Some(own) = self.children.get_mut(index) {
                own.1 = first;
            }
            if let Some(parent) = self.children.get_mut(head) {
                parent.0 = number;
            }
        }
        self.extents = (0..).take(count).map(|index: u32| (index, index + 1)).collect();
        self.stretch_extents();
    }

    /// Widens each extent over those of the children, from the leaves up.
    fn stretch_extents(&mut self) {
        let count = self.heads.len();
        let mut waiting: Vec<u32> =
            (0..count).map(|index| self.children(index).count().try_into().unwrap_or(0)).collect();
        let mut ready: Vec<usize> = (0..count).filter(|index| waiting.get(*index) == Some(&0)).collect();
        while let Some(index) = ready.pop() {
            let head = self.head(index);
            if head == index {
                continue;
            }
            let (first, end) = self.extents.get(index).copied().unwrap_or_default();
            if let Some(extent) = self.extents.get_mut(head) {
                *extent = (extent.0.min(first), extent.1.max(end));
            }
            if let Some(left) = waiting.get_mut(head) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ready.push(head);
                }
            }
        }
    }
}
