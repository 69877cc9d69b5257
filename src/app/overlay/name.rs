//! The name of a saved query: a new one for the filter in force, or another one for what is saved already.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::App;
use crate::app::Effect;
use crate::app::library::{Request, Sort};

/// The prompt.
#[derive(Debug)]
pub struct NamePrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// What it names.
    pub names: Names,
}

/// What is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// A query with the order it is shown in, which is saved.
    Query(String, Sort),
    /// What was saved under this name before.
    Saved(String),
}

impl App {
    /// Asks under which name the filter in force, or being typed, is to be saved.
    pub(in crate::app) fn open_save(&mut self) {
        if !self.needs_library("filtered") {
            return;
        }
        let query = match &self.overlay {
            Some(Overlay::Filter(prompt)) if prompt.problem.is_some() => return,
            Some(Overlay::Filter(prompt)) => input::text(&prompt.input).trim().to_owned(),
            _ => self.list.showing.filter.clone(),
        };
        if query.is_empty() {
            let keys = self.keymap.first_key_of(crate::app::Action::Filter);
            self.say(format!("there is no filter to save: {keys} sets one"));
            return;
        }
        let name = self.list.showing.name.clone().unwrap_or_default();
        let names = Names::Query(query, self.list.showing.sort);
        self.overlay = Some(Overlay::Name(Box::new(NamePrompt { input: input::holding(&name), names })));
    }

    /// Asks for another name for the saved query `name`.
    pub(in crate::app) fn open_rename(&mut self, name: String) {
        let input = input::holding(&name);
        self.overlay = Some(Overlay::Name(Box::new(NamePrompt { input, names: Names::Saved(name) })));
    }

    pub(super) fn name_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Name(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => self.named(),
            KeyCode::Esc => self.give_up_name(),
            _ => {
                input::edit(&mut prompt.input, event);
            }
        }
    }

    /// The filter that was to be saved is kept all the same.
    fn give_up_name(&mut self) {
        if let Some(Overlay::Name(prompt)) = self.overlay.take() {
            self.keep_named_filter(&prompt.names);
        }
    }

    fn named(&mut self) {
        let Some(Overlay::Name(prompt)) = &self.overlay else { return };
        let name = input::text(&prompt.input).trim().to_owned();
        if name.is_empty() {
            self.say("a name is wanted");
            return;
        }
        let names = prompt.names.clone();
        self.overlay = None;
        self.keep_named_filter(&names);
        self.outbox.push(Effect::Library(match names {
            Names::Query(query, sort) => {
                self.list.showing.name = Some(name.clone());
                Request::SaveQuery { name, query, sort }
            }
            Names::Saved(before) => Request::RenameQuery(before, name),
        }));
    }

    fn keep_named_filter(&mut self, names: &Names) {
        if let Names::Query(query, _) = names
            && *query != self.list.showing.filter
        {
            self.filter_by(query.clone(), false, None);
        }
    }
}
