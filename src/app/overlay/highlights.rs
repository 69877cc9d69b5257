//! The overview of all highlights and notes, by story: filtered as one types, each opened at its place.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::library::{Annotated, Annotation, Highlight, Request};
use crate::app::step::Step;
use crate::app::{App, Effect};

/// The overview.
#[derive(Debug, Default)]
pub struct Overview {
    /// What the list is filtered by.
    pub filter: TextArea<'static>,
    /// The stories with their highlights, once they are told.
    pub stories: Option<Vec<Annotated>>,
    /// Whether only those of the open story are shown; its content id.
    pub only: Option<u64>,
    /// The selected one of the highlights that match.
    pub selected: usize,
    /// What matches: a story and one of its highlights, by their places.
    found: Vec<(usize, usize)>,
}

impl Overview {
    /// The highlights that match, each with its story, in the order shown.
    pub fn matches(&self) -> impl DoubleEndedIterator<Item = (&Annotated, &Highlight)> {
        let stories = self.stories.as_deref().unwrap_or_default();
        self.found.iter().filter_map(move |(story, highlight)| {
            let story = stories.get(*story)?;
            Some((story, story.highlights.get(*highlight)?))
        })
    }

    /// Finds what matches what is typed by now; the first of it is selected.
    pub(super) fn find(&mut self) {
        self.selected = 0;
        let filter = input::text(&self.filter).to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        let mut found = Vec::new();
        for (place, story) in self.stories.iter().flatten().enumerate() {
            if self.only.is_some_and(|only| story.content != only) {
                continue;
            }
            let about = format!("{} {}", story.title, story.source).to_lowercase();
            let matches = |highlight: &Highlight| {
                let own = format!("{} {}", highlight.excerpt, highlight.note).to_lowercase();
                words.iter().all(|word| own.contains(word) || about.contains(word))
            };
            let own = story.highlights.iter().enumerate().filter(|(_, highlight)| matches(highlight));
            found.extend(own.map(|(highlight, _)| (place, highlight)));
        }
        self.found = found;
    }

    /// How many highlights match.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The selected highlight and its story.
    fn chosen(&self) -> Option<(&Annotated, &Highlight)> {
        self.matches().nth(self.selected)
    }

    /// Whether anything is typed.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !input::text(&self.filter).trim().is_empty()
    }
}

impl App {
    /// Opens the overview of all highlights, or of those of the open story.
    pub(in crate::app) fn open_highlights(&mut self, only_here: bool) {
        let only = self.reader.as_ref().filter(|_| only_here).map(crate::app::Reader::content);
        self.overlay = Some(Overlay::Highlights(Box::new(Overview { only, ..Overview::default() })));
        self.outbox.push(Effect::Library(Request::Highlights));
    }

    /// Asks for the highlights again, where the overview is open.
    pub(in crate::app) fn renew_highlights(&mut self) {
        if matches!(self.overlay, Some(Overlay::Highlights(_))) {
            self.outbox.push(Effect::Library(Request::Highlights));
        }
    }

    /// Takes in the highlights of all texts. At first the one at the cursor is selected.
    pub(in crate::app) fn highlights_told(&mut self, stories: Vec<Annotated>) {
        let here = self.reader.as_ref().and_then(|reader| reader.highlight_here()).map(|highlight| highlight.id);
        let Some(Overlay::Highlights(overview)) = &mut self.overlay else { return };
        let (is_first, before) = (overview.stories.is_none(), overview.selected);
        overview.stories = Some(stories);
        overview.find();
        let place = overview.matches().position(|(_, highlight)| Some(highlight.id) == here).filter(|_| is_first);
        overview.selected = place.unwrap_or(before).min(overview.count().saturating_sub(1));
    }

    pub(super) fn highlights_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let Some(Overlay::Highlights(overview)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Esc => self.overlay = None,
            KeyCode::Backspace if input::text(&overview.filter).is_empty() => self.overlay = None,
            KeyCode::Enter => self.open_highlight(),
            KeyCode::Down | KeyCode::Tab => self.move_in_highlights(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab => self.move_in_highlights(Step::Rows(-1)),
            KeyCode::Char('n') if ctrl => self.move_in_highlights(Step::Rows(1)),
            KeyCode::Char('p') if ctrl => self.move_in_highlights(Step::Rows(-1)),
            KeyCode::PageDown => self.move_in_highlights(Step::Pages(1)),
            KeyCode::PageUp => self.move_in_highlights(Step::Pages(-1)),
            KeyCode::Char('e') if ctrl => self.edit_chosen_note(),
            KeyCode::Char('d') if ctrl => self.remove_chosen(),
            KeyCode::Char('y') if ctrl => self.outbox.push(Effect::Library(Request::Undo)),
            KeyCode::Char('r') if ctrl => self.toggle_only_here(),
            _ => {
                if input::edit(&mut overview.filter, event) {
                    overview.find();
                }
            }
        }
    }

    pub(in crate::app) fn move_in_highlights(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height / 3).max(1);
        let Some(Overlay::Highlights(overview)) = &mut self.overlay else { return };
        overview.selected = step.target(overview.selected, overview.count().saturating_sub(1), page);
    }

    /// Keeps to the open story, or to nothing.
    fn toggle_only_here(&mut self) {
        let here = self.reader.as_ref().map(crate::app::Reader::content);
        let Some(Overlay::Highlights(overview)) = &mut self.overlay else { return };
        overview.only = if overview.only.is_some() { None } else { here };
        overview.find();
    }

    fn open_highlight(&mut self) {
        let Some(Overlay::Highlights(overview)) = &self.overlay else { return };
        let Some((story, highlight)) = overview.chosen() else { return };
        let (content, entry, offset) = (story.content, story.entry, highlight.span.map(|span| span.start));
        self.go_to_highlight(content, entry, offset);
    }

    fn edit_chosen_note(&mut self) {
        let Some(Overlay::Highlights(overview)) = self.overlay.take() else { return };
        match overview.chosen().map(|(story, highlight)| ((story.content, story.entry), highlight.clone())) {
            Some((place, highlight)) => self.write_note_from(overview, &highlight, place),
            None => self.overlay = Some(Overlay::Highlights(overview)),
        }
    }

    fn remove_chosen(&mut self) {
        let Some(Overlay::Highlights(overview)) = &self.overlay else { return };
        let Some((story, highlight)) = overview.chosen() else { return };
        let request = Request::Annotate(story.entry, story.content, Annotation::Remove(highlight.id));
        self.outbox.push(Effect::Library(request));
    }
}
