//! The filter prompt: the list keeps to what matches as one types, and goes back unless that is kept.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::library::Problem;
use crate::app::{App, EntryId, Focus};

/// The filter prompt.
#[derive(Debug)]
pub struct FilterPrompt {
    /// What is typed: a query.
    pub input: TextArea<'static>,
    /// What is wrong with it, if anything.
    pub problem: Option<Problem>,
    /// What `Esc` puts back.
    before: String,
    selected: Option<EntryId>,
    focus: Focus,
    zoomed: bool,
}

impl FilterPrompt {
    /// The filter that was in force before.
    #[must_use]
    pub fn before(&self) -> &str {
        &self.before
    }
}

impl App {
    /// Opens the prompt over the filter in force; from the tree, which is another way to set one, an empty one.
    pub(in crate::app) fn open_filter(&mut self) {
        if !self.needs_library("filtered") {
            return;
        }
        let before = self.list.showing.filter.clone();
        let anew = self.close_tree() && !before.is_empty();
        self.overlay = Some(Overlay::Filter(Box::new(FilterPrompt {
            input: input::holding(if anew { "" } else { &before }),
            problem: None,
            before,
            selected: self.list.selected_id(),
            focus: self.panes.focus,
            zoomed: self.panes.zoomed,
        })));
        self.panes.focus_on(Focus::List);
        if anew {
            self.filter_typed();
        }
    }

    pub(super) fn filter_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Filter(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Char('s') if event.modifiers.contains(KeyModifiers::CONTROL) => self.open_save(),
            KeyCode::Enter => self.filter_entered(),
            KeyCode::Esc => self.filter_given_up(),
            KeyCode::Backspace if input::text(&prompt.input).is_empty() => self.filter_given_up(),
            _ => {
                if input::edit(&mut prompt.input, event) {
                    self.filter_typed();
                }
            }
        }
    }

    /// Asks for what matches by now.
    pub(super) fn filter_typed(&mut self) {
        let Some(Overlay::Filter(prompt)) = &self.overlay else { return };
        let (filter, selected) = (input::text(&prompt.input).to_owned(), prompt.selected);
        self.filter_by(filter, true, selected);
    }

    /// Takes in that the filter is understood, or what is wrong with it.
    pub(in crate::app) fn filter_answered(&mut self, problem: Option<Problem>) {
        match &mut self.overlay {
            Some(Overlay::Filter(prompt)) => prompt.problem = problem,
            _ => problem.into_iter().for_each(|problem| self.fail(problem.message)),
        }
    }

    /// Keeps the filter, unless something is wrong with it.
    fn filter_entered(&mut self) {
        let Some(Overlay::Filter(prompt)) = &self.overlay else { return };
        if let Some(problem) = &prompt.problem {
            let message = problem.message.clone();
            self.fail(message);
            return;
        }
        let filter = input::text(&prompt.input).trim().to_owned();
        self.overlay = None;
        self.filter_by(filter, false, None);
    }

    /// Closes the prompt and puts everything back.
    fn filter_given_up(&mut self) {
        let Some(Overlay::Filter(prompt)) = self.overlay.take() else { return };
        self.panes.focus_on(prompt.focus);
        self.panes.zoomed = prompt.zoomed;
        self.filter_by(prompt.before, false, prompt.selected);
    }
}
