//! The open story: where the user is in it, what is selected, sought and marked.
//!
//! Places are byte offsets into the article's text, so they outlive any layout; `top` alone counts lines, and `anchor`
//! is the offset it stands for. Invariants: `top` shows no more empty rows under the text than it must; the current
//! quote is visible whenever the user has moved; `cursor` is within the text.

mod copy;
mod highlights;
mod names;
mod places;
mod quotes;
mod renewed;
mod scroll;
mod search;
mod selection;

use std::sync::Arc;

pub use places::Places;
pub use search::Search;
pub use selection::{Motion, Selection};

use super::EntryId;
use super::library::{Annotations, CorrectionId};
use crate::analysis::{Analysis, EntityId, Voices};
use crate::article::Article;
use crate::layout::{Layout, Options};

/// The open story.
#[derive(Debug)]
pub struct Reader {
    /// Its entry in the list.
    pub entry: EntryId,
    /// Where it comes from, as its entry says.
    pub origin: String,
    /// The article.
    pub article: Arc<Article>,
    /// What it says, once analysed.
    pub analysis: Option<(Arc<Analysis>, Arc<Voices>)>,
    /// The text at the current width.
    pub layout: Layout,
    /// The first line shown.
    pub top: usize,
    /// Where the user is: byte offset of what was last jumped to or scrolled to.
    pub cursor: usize,
    /// The current quote, an index into the analysis' quotes.
    pub quote: Option<usize>,
    /// The speaker that quotes, search and minimap keep to.
    pub scope: Option<EntityId>,
    /// The entity whose mentions stand out.
    pub entity: Option<EntityId>,
    /// The search in force.
    pub search: Option<Search>,
    /// Marks and jumps.
    pub places: Places,
    /// The selection that is being made.
    pub selection: Option<Selection>,
    /// What the user added to the text.
    pub annotations: Annotations,
    /// The quotes that the user corrected, each with one of its corrections.
    corrected: Vec<(usize, CorrectionId)>,
    /// What stays at the top when the layout changes.
    anchor: Anchor,
    /// What `layout` was made for.
    page: Page,
    /// [`Article::content_id`].
    content: u64,
}

/// The room a story is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How lines are made.
    pub options: Options,
    /// Rows of text on the screen.
    pub rows: usize,
}

/// A line by what it shows, whatever the layout: the byte offset where it begins, and how many lines that begin there
/// too come before it (blank ones do).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    offset: usize,
    before: usize,
}

/// Why there is nowhere to go; what the user is told.
pub type Refusal = String;

impl Reader {
    /// The story `article` of `entry`, which comes from `origin`, opened on `page` at byte `position`.
    #[must_use]
    pub fn new(entry: EntryId, origin: String, article: Arc<Article>, page: Page, position: usize) -> Self {
        let layout = Layout::new(&article, page.options);
        let content = article.content_id();
        let mut reader = Self {
            entry,
            origin,
            article,
            analysis: None,
            layout,
            top: 0,
            cursor: 0,
            quote: None,
            scope: None,
            entity: None,
            search: None,
            places: Places::default(),
            selection: None,
            annotations: Annotations::default(),
            corrected: Vec::new(),
            anchor: Anchor::default(),
            page,
            content,
        };
        reader.start_at(position);
        reader
    }

    /// Takes in what the story says. What was selected by an earlier analysis stays so as far as it is still there:
    /// speaker and name by what they are called, the quote by its place.
    pub fn set_analysis(&mut self, analysis: Arc<Analysis>, voices: Arc<Voices>) {
        let name = |entity: Option<EntityId>| entity.map(|entity| self.name_of(entity).to_owned());
        let (scope, entity) = (name(self.scope), name(self.entity));
        let quote = self.current_span();
        let called = |name: Option<String>| name.and_then(|name| analysis.called(&name));
        (self.scope, self.entity) = (called(scope), called(entity));
        self.quote = None;
        self.analysis = Some((analysis, voices));
        if let Some(quote) = quote {
            self.select_quote_at(quote.start);
        }
        if self.scope.is_some() && self.current_quote().is_some_and(|quote| quote.speaker != self.scope) {
            self.quote = None;
        }
        self.note_corrections();
    }

    /// [`Article::content_id`] of the story.
    #[must_use]
    pub const fn content(&self) -> u64 {
        self.content
    }

    /// The byte offset of what stands at the top.
    #[must_use]
    pub fn position(&self) -> usize {
        self.anchor.offset
    }

    /// What the story says; nothing while it is not analysed.
    fn said(&self) -> Option<&Analysis> {
        self.analysis.as_ref().map(|(analysis, _)| &**analysis)
    }

    /// The name of `entity` for messages.
    fn name_of(&self, entity: EntityId) -> &str {
        self.said().and_then(|analysis| analysis.entity(entity)).map_or("this speaker", |entity| &entity.name)
    }

    /// What the user is told where something needs the analysis.
    fn without_analysis() -> Refusal {
        "this story is still being analysed".to_owned()
    }
}

/// `places` on from `place` (or back) among `count` places in a ring, and whether that went round its end. `place` may
/// be `count`, one past the last.
fn around(place: usize, places: usize, backward: bool, count: usize) -> (usize, bool) {
    let count = count.max(1);
    if !backward {
        let target = place.saturating_add(places);
        return (target % count, target >= count);
    }
    match place.checked_sub(places) {
        Some(target) => (target, false),
        None => ((count - (places - place) % count) % count, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_ring_go_round_its_ends() {
        assert_eq!(around(1, 1, false, 3), (2, false));
        assert_eq!(around(3, 0, false, 3), (0, true), "one past the last is the first");
        assert_eq!(around(2, 7, false, 3), (0, true));
        assert_eq!(around(3, 3, true, 3), (0, false));
        assert_eq!(around(0, 1, true, 3), (2, true));
        assert_eq!(around(1, 4, true, 3), (0, true));
        assert_eq!(around(0, usize::MAX, false, 0), (0, true));
    }
}
