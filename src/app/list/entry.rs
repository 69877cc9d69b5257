//! An article of the list: what its row shows, and its contents as far as they have come.
//!
//! Of most entries a row is all that is ever needed, and of most of those that are kept in the library not even that:
//! an entry that nobody looked at holds no text.

use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{Analysis, Voices};
use crate::article::Article;

/// Names an entry for as long as the reader runs, wherever it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub usize);

/// One article of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it comes from, made safe: a path or `standard input`; empty where it is kept in the library.
    pub origin: Box<str>,
    /// Whether it is kept in the library.
    pub kept: bool,
    /// Whether the library has its text, although it is read from a file.
    pub shelved: bool,
    /// Whether the user has opened it.
    pub read: bool,
    /// What its row shows; nothing until that is known.
    pub facts: Option<Box<Facts>>,
    /// Its contents so far.
    pub content: Content,
    /// Whether the list shows it.
    pub(super) shown: bool,
    /// The listing that `facts` are as new as; see [`List::wanting`](super::List::wanting).
    pub(super) described: u32,
}

/// What is known of an article without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The headline; empty where the text is.
    pub title: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Who published it; empty where unknown.
    pub source: String,
    /// What is said in it, once analysed.
    pub said: Option<Said>,
    /// The byte offset where the user was last time.
    pub position: Option<usize>,
    /// Words of the text, where they have been counted.
    pub words: Option<usize>,
    /// Whether the user starred it.
    pub starred: bool,
    /// Its tags, by name.
    pub tags: Vec<String>,
}

/// How much is said in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Utterances, direct and reported, by anybody.
    pub quotes: usize,
    /// Speakers.
    pub voices: usize,
}

/// How far an entry has come.
#[derive(Clone, Debug)]
pub enum Content {
    /// Not read yet.
    Waiting,
    /// Could not be read: one safe line.
    Failed(Box<str>),
    /// Read, and analysed where `analysis` says so.
    Ready {
        /// The article.
        article: Arc<Article>,
        /// What it says.
        analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    },
}

impl Entry {
    /// An entry that is still to be read from `origin`.
    #[must_use]
    pub fn waiting(origin: impl Into<Box<str>>) -> Self {
        Self {
            origin: origin.into(),
            kept: false,
            shelved: false,
            read: false,
            facts: None,
            content: Content::Waiting,
            shown: false,
            described: 0,
        }
    }

    /// An entry that cannot be read from `origin`: one safe line says why.
    #[must_use]
    pub fn failed(origin: impl Into<Box<str>>, message: impl Into<Box<str>>) -> Self {
        Self { content: Content::Failed(message.into()), ..Self::waiting(origin) }
    }

    /// An entry that is kept in the library; nothing more is known of it.
    #[must_use]
    pub fn kept() -> Self {
        Self { kept: true, ..Self::waiting("") }
    }

    /// Whether the library has it, so that its state there can be changed.
    #[must_use]
    pub const fn is_in_library(&self) -> bool {
        self.kept || self.shelved
    }

    /// Whether it is still to be read; what cannot be read is not.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        !self.read && !matches!(self.content, Content::Failed(_))
    }

    /// The article, once it is read.
    #[must_use]
    pub fn article(&self) -> Option<&Arc<Article>> {
        match &self.content {
            Content::Ready { article, .. } => Some(article),
            Content::Waiting | Content::Failed(_) => None,
        }
    }

    /// Its title, or where it comes from if there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        self.facts.as_ref().map(|facts| facts.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&self.origin)
    }

    /// The byte offset where the user was last time.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.facts.as_ref()?.position
    }

    /// The user is at byte `offset` of it now, or nowhere.
    pub fn set_position(&mut self, offset: Option<usize>) {
        self.facts.get_or_insert_default().position = offset;
    }

    /// Takes in its article; what was known of it otherwise stays.
    pub fn arrived(&mut self, article: Arc<Article>) {
        let known = self.facts.take().unwrap_or_default();
        let meta = &article.meta;
        let source = meta.source.clone().unwrap_or_else(|| known.source.clone());
        self.facts = Some(Box::new(Facts { title: meta.title.clone(), date: meta.date, source, ..*known }));
        self.content = Content::Ready { article, analysis: None };
    }

    /// Takes in what its article says.
    pub fn analyzed(&mut self, found: Arc<Analysis>, voices: Arc<Voices>) {
        if let Content::Ready { analysis, .. } = &mut self.content {
            let said = Said { quotes: voices.utterances.len(), voices: voices.all.len() };
            self.facts.get_or_insert_default().said = Some(said);
            *analysis = Some((found, voices));
        }
    }
}
