//! What a person's quotes have to be about: they are filtered as one types, and all are back unless that is kept.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::App;

/// The prompt.
#[derive(Debug)]
pub struct AboutPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    before: String,
}

impl App {
    /// Opens the prompt over the quotes.
    pub(in crate::app) fn open_about(&mut self) {
        let Some(before) = self.shown_people().map(|people| people.about.clone()) else { return };
        self.overlay = Some(Overlay::About(Box::new(AboutPrompt { input: input::holding(&before), before })));
    }

    pub(super) fn about_key(&mut self, event: KeyEvent) {
        let Some(Overlay::About(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => self.overlay = None,
            KeyCode::Esc => {
                let before = std::mem::take(&mut prompt.before);
                self.overlay = None;
                self.keep_about(before);
            }
            KeyCode::Backspace if input::text(&prompt.input).is_empty() => self.overlay = None,
            _ => {
                if input::edit(&mut prompt.input, event) {
                    self.about_typed();
                }
            }
        }
    }

    /// Asks for the quotes about what is typed by now.
    pub(super) fn about_typed(&mut self) {
        let Some(Overlay::About(prompt)) = &self.overlay else { return };
        let about = input::text(&prompt.input).trim().to_owned();
        self.keep_about(about);
    }

    fn keep_about(&mut self, about: String) {
        if let Some(people) = self.people.as_mut().filter(|people| people.about != about) {
            people.about = about;
            self.ask_said();
        }
    }
}
