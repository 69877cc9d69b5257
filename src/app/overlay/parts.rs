//! Which of a person's quotes are another person's: the story of the selected one, or all stories that share a name, a
//! role or company.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::App;
use crate::app::people::{Ask, Identity, Part, Shared};
use crate::app::step::Step;

/// The menu.
#[derive(Debug)]
pub struct PartsMenu {
    /// What the rows are filtered by.
    pub filter: TextArea<'static>,
    /// The name of the person.
    pub name: String,
    /// The selected one of the rows that match.
    pub selected: usize,
    rows: Vec<(String, Identity)>,
}

impl PartsMenu {
    /// The rows that match what is typed.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        self.matching().map(|(row, _)| row.as_str())
    }

    fn matching(&self) -> impl Iterator<Item = &(String, Identity)> {
        let filter = input::text(&self.filter).to_lowercase();
        self.rows.iter().filter(move |(row, _)| {
            let row = row.to_lowercase();
            filter.split_whitespace().all(|word| row.contains(word))
        })
    }
}

impl App {
    /// Opens the menu over the screen of what somebody said.
    pub(in crate::app) fn open_parts(&mut self, parts: Vec<Part>) {
        let Some(who) = self.shown_people().and_then(|people| people.who.as_ref()) else { return };
        let (name, stories) = (who.name.clone(), who.stories);
        let mut rows: Vec<(String, Identity)> = Vec::new();
        if let Some((title, change)) = self.this_story_apart().filter(|_| stories > 1) {
            rows.push((format!("in this story: {title}"), change));
        }
        rows.extend(parts.into_iter().map(|part| {
            // Of these some only name the person, without a quote.
            let count = match part.stories {
                1 => "named in 1 story".to_owned(),
                stories => format!("named in {stories} stories"),
            };
            let row = match part.shared {
                Shared::Name(name) => format!("where the name is only {name}: {count}"),
                Shared::Role(role) => format!("as {role}: {count}"),
                Shared::Company(with) => format!("beside {with}: {count}"),
            };
            (row, part.change)
        }));
        if rows.is_empty() {
            self.say(format!("{name} is in one story only"));
            return;
        }
        self.overlay =
            Some(Overlay::Parts(Box::new(PartsMenu { filter: TextArea::default(), name, selected: 0, rows })));
    }

    pub(super) fn parts_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Parts(menu)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Esc => self.overlay = None,
            KeyCode::Enter => {
                let change = menu.matching().nth(menu.selected).map(|(_, change)| change.clone());
                if let Some(change) = change {
                    self.overlay = None;
                    self.ask_people(Ask::Change(change));
                }
            }
            KeyCode::Down | KeyCode::Tab => self.move_in_parts(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab => self.move_in_parts(Step::Rows(-1)),
            KeyCode::PageDown => self.move_in_parts(Step::Pages(1)),
            KeyCode::PageUp => self.move_in_parts(Step::Pages(-1)),
            _ => {
                if input::edit(&mut menu.filter, event) {
                    menu.selected = 0;
                }
            }
        }
    }

    pub(in crate::app) fn move_in_parts(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height).max(1);
        if let Some(Overlay::Parts(menu)) = &mut self.overlay {
            let last = menu.rows().count().saturating_sub(1);
            menu.selected = step.target(menu.selected, last, page);
        }
    }
}
