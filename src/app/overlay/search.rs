//! The search prompt: hits are sought as one types, and the story goes back to its place unless they are kept.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::reader::{Anchor, Search};
use crate::app::{App, Focus};
use crate::text::search::Query;

/// The search prompt.
#[derive(Debug)]
pub struct SearchPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// Whether the search goes backward.
    pub backward: bool,
    /// Whether the input is a regular expression.
    pub regular: bool,
    /// What is wrong with the input, if anything.
    pub problem: Option<String>,
    /// What stood at the top when the prompt opened: `Esc` goes back there.
    pub origin: Anchor,
    /// Cursor (byte offset) when the prompt opened.
    pub origin_cursor: usize,
    before: Before,
    recalled: Option<usize>,
    draft: String,
}

/// What `Esc` puts back besides the place.
#[derive(Debug)]
struct Before {
    quote: Option<usize>,
    search: Option<Search>,
    focus: Focus,
    zoomed: bool,
}

/// What was sought before, oldest first; it outlives the story.
#[derive(Debug, Default)]
pub struct Memory {
    sought: Vec<Sought>,
    backward: bool,
    /// What was searched for across the library, latest first.
    pub(in crate::app) searches: Vec<String>,
    /// The search across the library, as it was left.
    pub(super) find: Option<Box<super::Find>>,
    /// The story that was opened from it, until its matches are shown.
    pub(super) sought_in: Option<super::Sought>,
    /// The quote that a story was opened at, until it is shown.
    pub(in crate::app) jump: Option<crate::app::people::Jump>,
    /// The screen of what somebody said that a story was opened from.
    pub(in crate::app) left: Option<crate::app::people::Left>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    pattern: String,
    regular: bool,
}

/// Searches remembered.
const MAX_SOUGHT: usize = 100;

impl Memory {
    fn keep(&mut self, sought: Sought, backward: bool) {
        self.backward = backward;
        self.sought.retain(|known| *known != sought);
        self.sought.push(sought);
        if self.sought.len() > MAX_SOUGHT {
            self.sought.remove(0);
        }
    }
}

impl App {
    /// Opens the prompt over the story.
    pub(in crate::app) fn open_search(&mut self, backward: bool) {
        let (focus, zoomed) = (self.panes.focus, self.panes.zoomed);
        let Some(reader) = &self.reader else { return };
        let before = Before { quote: reader.quote, search: reader.search.clone(), focus, zoomed };
        self.overlay = Some(Overlay::Search(Box::new(SearchPrompt {
            input: TextArea::default(),
            backward,
            regular: false,
            problem: None,
            origin: reader.anchor(),
            origin_cursor: reader.cursor,
            before,
            recalled: None,
            draft: String::new(),
        })));
        self.panes.focus_on(Focus::Text);
    }

    pub(super) fn search_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let Some(Overlay::Search(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => self.search_entered(),
            KeyCode::Esc => self.search_given_up(),
            KeyCode::Backspace if input::text(&prompt.input).is_empty() => self.search_given_up(),
            KeyCode::Up => self.recall(true),
            KeyCode::Down => self.recall(false),
            KeyCode::Char('p') if ctrl => self.recall(true),
            KeyCode::Char('n') if ctrl => self.recall(false),
            KeyCode::Char('r') if ctrl => {
                prompt.regular = !prompt.regular;
                self.search_typed();
            }
            _ => {
                if input::edit(&mut prompt.input, event) {
                    prompt.recalled = None;
                    self.search_typed();
                }
            }
        }
    }

    /// Seeks what is typed, from where the prompt opened.
    pub(super) fn search_typed(&mut self) {
        let (Some(Overlay::Search(prompt)), Some(reader)) = (&mut self.overlay, &mut self.reader) else { return };
        prompt.problem = None;
        reader.restore(prompt.origin, prompt.origin_cursor, prompt.before.quote);
        reader.search = None;
        let pattern = input::text(&prompt.input);
        if pattern.trim().is_empty() {
            return;
        }
        match Query::new(pattern, prompt.regular) {
            Ok(query) => {
                reader.seek(query, prompt.backward);
                reader.go_to_first_hit(prompt.origin_cursor);
            }
            Err(problem) => prompt.problem = Some(problem),
        }
    }

    /// Goes through earlier searches, older or newer, and back to what was being typed.
    fn recall(&mut self, older: bool) {
        let Some(Overlay::Search(prompt)) = &mut self.overlay else { return };
        let sought = &self.memory.sought;
        if prompt.recalled.is_none() {
            input::text(&prompt.input).clone_into(&mut prompt.draft);
        }
        let place = match (prompt.recalled, older) {
            (None, true) => sought.len().checked_sub(1),
            (None, false) => return,
            (Some(place), true) => Some(place.saturating_sub(1)),
            (Some(place), false) => Some(place + 1).filter(|place| *place < sought.len()),
        };
        prompt.recalled = place;
        match place.and_then(|place| sought.get(place)) {
            Some(known) => {
                prompt.input = input::holding(&known.pattern);
                prompt.regular = known.regular;
            }
            None => prompt.input = input::holding(&prompt.draft),
        }
        self.search_typed();
    }

    /// Keeps the search; an empty one repeats the last.
    fn search_entered(&mut self) {
        let Some(Overlay::Search(prompt)) = &mut self.overlay else { return };
        let pattern = input::text(&prompt.input).to_owned();
        if pattern.trim().is_empty() {
            let backward = prompt.backward;
            self.search_given_up();
            self.repeat_search(backward);
            return;
        }
        if let Some(problem) = prompt.problem.clone() {
            self.fail(problem);
            return;
        }
        let (backward, regular) = (prompt.backward, prompt.regular);
        self.memory.keep(Sought { pattern: pattern.clone(), regular }, backward);
        if self.reader.as_ref().and_then(|reader| reader.search.as_ref()).is_some_and(|search| search.current.is_some())
        {
            let Some(Overlay::Search(prompt)) = self.overlay.take() else { return };
            if let Some(reader) = &mut self.reader {
                let found = std::mem::replace(&mut reader.cursor, prompt.origin_cursor);
                reader.remember();
                reader.cursor = found;
            }
            self.read_open_story();
        } else {
            self.search_given_up();
            self.say(format!("“{pattern}” is not found"));
        }
    }

    /// Closes the prompt and puts everything back.
    fn search_given_up(&mut self) {
        let Some(Overlay::Search(prompt)) = self.overlay.take() else { return };
        self.panes.focus = prompt.before.focus;
        self.panes.zoomed = prompt.before.zoomed;
        if let Some(reader) = &mut self.reader {
            reader.search = prompt.before.search;
            reader.restore(prompt.origin, prompt.origin_cursor, prompt.before.quote);
        }
    }

    /// Seeks what was sought last.
    fn repeat_search(&mut self, backward: bool) {
        let Some(known) = self.memory.sought.last() else {
            self.say("nothing was sought before");
            return;
        };
        if let (Some(reader), Ok(query)) = (&mut self.reader, Query::new(&known.pattern, known.regular)) {
            reader.seek(query, backward);
            self.panes.focus_on(Focus::Text);
            self.memory.backward = backward;
            self.step_hits(1, false);
        }
    }

    /// Goes from hit to hit; where nothing is sought, seeks what was sought last.
    pub(in crate::app) fn step_hits(&mut self, times: usize, reverse: bool) {
        let Some(reader) = &mut self.reader else { return };
        if reader.search.is_none()
            && let Some(known) = self.memory.sought.last()
            && let Ok(query) = Query::new(&known.pattern, known.regular)
        {
            reader.seek(query, self.memory.backward);
        }
        match reader.step_hits(times, reverse) {
            Ok(note) => {
                self.show_text();
                note.into_iter().for_each(|note| self.say(note));
            }
            Err(refusal) => {
                if reader.search.as_ref().is_some_and(|search| search.hits.is_empty()) {
                    reader.search = None;
                }
                self.say(refusal);
            }
        }
    }
}
