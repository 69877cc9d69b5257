//! The command palette: find an action by a few letters of its name or help, run it. A number before them is a count.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, Purpose, input};
use crate::app::action::{Row, TABLE};
use crate::app::keymap::{Command, Pending};
use crate::app::step::Step;
use crate::app::{Action, App};

/// The command palette.
#[derive(Debug, Default)]
pub struct Palette {
    /// What the list is filtered by.
    pub filter: TextArea<'static>,
    /// The selected one of the commands that match.
    pub selected: usize,
}

impl Palette {
    /// The commands that match, the best first, those alike in the order of the table; where none does, those whose
    /// names may have been meant.
    #[must_use]
    pub fn matches(&self) -> Vec<&'static Row> {
        let filter = self.filter_and_count().0;
        let mut found: Vec<_> = TABLE.iter().filter_map(|row| Some((rank(row, &filter)?, row))).collect();
        if found.is_empty() {
            found = TABLE.iter().filter_map(|row| Some((slips(row, &filter)?, row))).collect();
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// What is sought, and the count before it.
    fn filter_and_count(&self) -> (String, Option<u32>) {
        let typed = input::text(&self.filter).trim_start();
        let filter = typed.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = typed.strip_suffix(filter).unwrap_or_default();
        (filter.trim().to_lowercase(), digits.parse().ok())
    }
}

/// How well `row` matches, 0 best; `None` where it does not.
fn rank(row: &Row, filter: &str) -> Option<u8> {
    let spoken = row.name.replace('-', " ");
    let filter = filter.replace('-', " ");
    let words = || filter.split_whitespace();
    let begins = |word: &str| spoken.split(' ').any(|known| known.starts_with(word));
    if spoken.starts_with(&filter) {
        Some(0)
    } else if words().all(begins) {
        Some(1)
    } else if words().all(|word| spoken.contains(word)) {
        Some(2)
    } else if words().all(|word| spoken.contains(word) || row.help.to_lowercase().contains(word)) {
        Some(3)
    } else {
        let mut letters = spoken.chars();
        let in_order = filter.chars().filter(|c| *c != ' ').all(|sought| letters.any(|letter| letter == sought));
        in_order.then_some(4)
    }
}

/// By how many slips of the keys the first word typed is one of the name of `row`; `None` where they are too many.
fn slips(row: &Row, filter: &str) -> Option<u8> {
    let typed = filter.split([' ', '-']).next().unwrap_or_default();
    let most = match typed.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let words = row.name.split('-').map(|word| strsim::osa_distance(word, typed));
    words.min().filter(|slips| *slips <= most).and_then(|slips| u8::try_from(slips).ok())
}

impl App {
    pub(in crate::app) fn open_palette(&mut self) {
        self.overlay = Some(Overlay::Palette(Box::default()));
    }

    pub(super) fn palette_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        match event.code {
            KeyCode::Esc => self.overlay = None,
            KeyCode::Enter => self.run_selected(),
            KeyCode::Down | KeyCode::Tab => self.move_in_palette(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab => self.move_in_palette(Step::Rows(-1)),
            KeyCode::Char('n') if ctrl => self.move_in_palette(Step::Rows(1)),
            KeyCode::Char('p') if ctrl => self.move_in_palette(Step::Rows(-1)),
            KeyCode::PageDown => self.move_in_palette(Step::Pages(1)),
            KeyCode::PageUp => self.move_in_palette(Step::Pages(-1)),
            _ => {
                if let Some(Overlay::Palette(palette)) = &mut self.overlay
                    && input::edit(&mut palette.filter, event)
                {
                    palette.selected = 0;
                    self.palette_typed();
                }
            }
        }
    }

    pub(in crate::app) fn move_in_palette(&mut self, step: Step) {
        let page = usize::from(self.panes.rows / 2);
        if let Some(Overlay::Palette(palette)) = &mut self.overlay {
            palette.selected = step.target(palette.selected, palette.matches().len().saturating_sub(1), page);
        }
    }

    /// Goes on with the name where whose quotes are wanted is typed: `said NAME about WORDS`.
    pub(super) fn palette_typed(&mut self) {
        let Some(Overlay::Palette(palette)) = &self.overlay else { return };
        if let Some(name) = input::text(&palette.filter).trim_start().strip_prefix("said ") {
            let name = name.to_owned();
            self.open_who(Purpose::Said, &name);
        }
    }

    fn run_selected(&mut self) {
        let Some(Overlay::Palette(palette)) = &self.overlay else { return };
        let Some(row) = palette.matches().get(palette.selected).copied() else {
            let typed = input::text(&palette.filter).to_owned();
            self.say(format!("no command matches “{typed}”"));
            return;
        };
        let (typed, count) = palette.filter_and_count();
        self.overlay = None;
        let name = typed.split_once(' ').map_or("", |(_, name)| name);
        if row.action == Action::Said && !name.is_empty() {
            // The command was misspelt, or the name would have been asked for as it was typed.
            self.open_who(Purpose::Said, name);
        } else if row.letter {
            self.pending = Pending::letter_for(row, count);
        } else {
            self.perform(Command { action: row.action, count, letter: None });
        }
    }
}
