//! Who is meant: a name as it is typed, and the people of the library that are called so. `NAME about WORDS` also says
//! what the quotes have to be about.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::App;
use crate::app::people::{Ask, Identity, Of, Who};
use crate::app::step::Step;

/// The prompt.
#[derive(Debug)]
pub struct WhoPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// What for.
    pub purpose: Purpose,
    /// The people that are called so.
    pub people: Vec<Who>,
    /// The selected one.
    pub selected: usize,
    /// Whether the people are those of what is typed.
    pub answered: bool,
    ticket: u64,
}

/// What it is to be known for who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To show what they said.
    Said,
    /// To say that this is the same person.
    SameAs(Who),
}

/// What stands between a name and what the quotes have to be about.
const ABOUT: &str = " about ";

impl WhoPrompt {
    /// The name that is typed, and what the quotes have to be about.
    #[must_use]
    pub fn name_and_topic(&self) -> (&str, &str) {
        let typed = input::text(&self.input);
        match self.purpose {
            Purpose::Said => typed.split_once(ABOUT).map_or((typed.trim(), ""), |(name, about)| (name.trim(), about)),
            Purpose::SameAs(_) => (typed.trim(), ""),
        }
    }
}

impl App {
    /// Opens the prompt with `typed` in it.
    pub(in crate::app) fn open_who(&mut self, purpose: Purpose, typed: &str) {
        self.overlay = Some(Overlay::Who(Box::new(WhoPrompt {
            input: input::holding(typed),
            purpose,
            people: Vec::new(),
            selected: 0,
            answered: false,
            ticket: 0,
        })));
        self.ask_names();
    }

    /// Asks who is called what is typed by now.
    pub(super) fn ask_names(&mut self) {
        let ticket = self.next_find();
        let Some(Overlay::Who(prompt)) = &mut self.overlay else { return };
        (prompt.ticket, prompt.answered) = (ticket, false);
        let name = prompt.name_and_topic().0.to_owned();
        let like = match &prompt.purpose {
            Purpose::Said => None,
            Purpose::SameAs(who) => Some(who.id),
        };
        self.ask_people(Ask::Names { ticket, name, like });
    }

    /// Takes in who is called so.
    pub(in crate::app) fn names_told(&mut self, ticket: u64, people: Vec<Who>) {
        let Some(Overlay::Who(prompt)) = self.overlay.as_mut() else { return };
        if prompt.ticket != ticket {
            return;
        }
        prompt.answered = true;
        prompt.selected = 0;
        prompt.people = people;
    }

    pub(super) fn who_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let Some(Overlay::Who(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => self.who_entered(),
            KeyCode::Esc => self.overlay = None,
            KeyCode::Backspace if input::text(&prompt.input).is_empty() => self.overlay = None,
            KeyCode::Tab => self.complete_name(),
            KeyCode::Down => self.move_in_names(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab => self.move_in_names(Step::Rows(-1)),
            KeyCode::Char('n') if ctrl => self.move_in_names(Step::Rows(1)),
            KeyCode::Char('p') if ctrl => self.move_in_names(Step::Rows(-1)),
            KeyCode::PageDown => self.move_in_names(Step::Pages(1)),
            KeyCode::PageUp => self.move_in_names(Step::Pages(-1)),
            _ => {
                let name = prompt.name_and_topic().0.to_owned();
                if input::edit(&mut prompt.input, event) && prompt.name_and_topic().0 != name {
                    self.ask_names();
                }
            }
        }
    }

    pub(in crate::app) fn move_in_names(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height).max(1);
        if let Some(Overlay::Who(prompt)) = &mut self.overlay {
            prompt.selected = step.target(prompt.selected, prompt.people.len().saturating_sub(1), page);
        }
    }

    /// Writes the selected name out; what the quotes have to be about may follow.
    fn complete_name(&mut self) {
        let Some(Overlay::Who(prompt)) = &mut self.overlay else { return };
        let Some(who) = prompt.people.get(prompt.selected).cloned() else { return };
        let (name, topic) = prompt.name_and_topic();
        let typed = match prompt.purpose {
            Purpose::Said => format!("{}{ABOUT}{topic}", who.name),
            Purpose::SameAs(_) => who.name.clone(),
        };
        let is_new = name != who.name;
        prompt.input = input::holding(&typed);
        if is_new {
            prompt.people = vec![who];
            prompt.selected = 0;
        }
    }

    fn who_entered(&mut self) {
        let Some(Overlay::Who(prompt)) = &self.overlay else { return };
        let Some(who) = prompt.people.get(prompt.selected).cloned() else {
            if prompt.answered {
                self.say("nobody in the library is called so");
            }
            return;
        };
        let (purpose, about) = (prompt.purpose.clone(), prompt.name_and_topic().1.trim().to_owned());
        self.overlay = None;
        match purpose {
            Purpose::Said => self.open_people(Of::Person(who.id), about),
            Purpose::SameAs(one) => {
                // The one of the fuller name is whom they are known as.
                let (one, other) = if is_part(&who.name, &one.name) { (who, one) } else { (one, who) };
                self.ask_people(Ask::Change(Identity::Same(one.id, other.id)));
            }
        }
    }
}

/// Whether all words of one name are some of those of the other.
fn is_part(name: &str, fuller: &str) -> bool {
    let words: Vec<&str> = fuller.split_whitespace().collect();
    let count = name.split_whitespace().count();
    count < words.len() && name.split_whitespace().all(|word| words.contains(&word))
}
