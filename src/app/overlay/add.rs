//! The prompt for files and folders that are to be added to the library.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::library::Request;
use crate::app::{App, Effect};

/// The prompt.
#[derive(Debug)]
pub struct AddPrompt {
    /// What is typed: a path.
    pub input: TextArea<'static>,
    /// Whether nothing typed means all files that were named at the start.
    pub or_all: bool,
    /// What the typed path may become, told by [`crate::app::Message::PathCompleted`].
    pub candidates: Vec<String>,
}

impl AddPrompt {
    /// An empty prompt.
    #[must_use]
    pub fn new(or_all: bool) -> Self {
        Self { input: TextArea::default(), or_all, candidates: Vec::new() }
    }
}

impl App {
    pub(super) fn add_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Add(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Esc => self.overlay = None,
            KeyCode::Backspace if input::text(&prompt.input).is_empty() => self.overlay = None,
            KeyCode::Enter => {
                let (path, or_all) = (input::text(&prompt.input).trim().to_owned(), prompt.or_all);
                self.overlay = None;
                if !path.is_empty() || or_all {
                    let path = Some(path).filter(|path| !path.is_empty());
                    self.outbox.push(Effect::Library(Request::AddFiles(path)));
                }
            }
            KeyCode::Tab => {
                let typed = input::text(&prompt.input).to_owned();
                self.outbox.push(Effect::CompletePath(typed));
            }
            _ => {
                if input::edit(&mut prompt.input, event) {
                    prompt.candidates.clear();
                }
            }
        }
    }

    /// Takes in what `typed` may become: the longest beginning that all `candidates` share, and those.
    pub(in crate::app) fn path_completed(&mut self, typed: &str, completed: &str, candidates: Vec<String>) {
        if let Some(Overlay::Add(prompt)) = &mut self.overlay
            && input::text(&prompt.input) == typed
        {
            prompt.input = input::holding(completed);
            prompt.candidates = candidates;
        }
    }
}
