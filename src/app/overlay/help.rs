//! The help screen: the keys in force, by group, and the signs of the screen, filtered by what is typed.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, Sign, input};
use crate::app::action::{Group, TABLE};
use crate::app::notes::SELECTING;
use crate::app::step::Step;
use crate::app::{App, Focus, Keymap};

/// The help screen.
#[derive(Debug, Default)]
pub struct Help {
    /// What the list is filtered by.
    pub filter: TextArea<'static>,
    /// The first row shown.
    pub top: usize,
}

/// A row of the help screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpRow {
    /// A group begins.
    Group(&'static str),
    /// What keys do.
    Keys {
        /// The keys as the user may press them, one sequence after another.
        keys: String,
        /// What they do.
        help: &'static str,
        /// What it is called in settings; empty for keys that cannot be changed.
        name: &'static str,
    },
    /// What a sign means.
    Sign(Sign, &'static str),
    /// Between groups.
    Blank,
}

/// Keys of the prompts, which cannot be changed.
const TYPING: &[(&str, &str)] = &[
    ("Enter", "Keep the search, run the command"),
    ("Esc ctrl-c", "Close and go back to where it began"),
    ("Up Down", "Go through earlier searches, through commands"),
    ("ctrl-p ctrl-n", "Go through earlier searches of the library"),
    ("ctrl-r", "Search by regular expression, or by words"),
    ("ctrl-w ctrl-u", "Delete a word, everything before the cursor"),
];

impl Help {
    /// What is shown for these bindings, the groups of the focused pane first.
    #[must_use]
    pub fn rows(&self, keymap: &Keymap, focus: Focus) -> Vec<HelpRow> {
        let filter = input::text(&self.filter).to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        let mut groups = Group::ALL;
        if focus == Focus::List {
            groups.sort_by_key(|group| *group != Group::Stories);
        }
        let mut rows = Vec::new();
        for group in groups {
            let found = TABLE.iter().filter(|row| row.group == group).filter_map(|row| {
                let letter = if row.letter { " + letter" } else { "" };
                let keys: Vec<_> = keymap.keys_of(row.action).into_iter().map(|keys| keys + letter).collect();
                let row = HelpRow::Keys { keys: keys.join("  "), help: row.help, name: row.name };
                row.holds(&words).then_some(row)
            });
            section(&mut rows, group.title(), found.collect());
        }
        let selecting = SELECTING.iter().map(|(keys, help)| fixed(keys, help));
        section(&mut rows, "While selecting words", selecting.filter(|row| row.holds(&words)).collect());
        let typing = TYPING.iter().map(|(keys, help)| fixed(keys, help));
        section(&mut rows, "While typing", typing.filter(|row| row.holds(&words)).collect());
        let signs = Sign::ALL.iter().map(|(sign, meaning)| HelpRow::Sign(*sign, meaning));
        section(&mut rows, "Signs", signs.filter(|row| row.holds(&words)).collect());
        rows
    }
}

impl HelpRow {
    /// Whether every word is in keys, help or name; that of a sign is `signs`.
    fn holds(&self, words: &[&str]) -> bool {
        let (keys, help, name) = match self {
            Self::Keys { keys, help, name } => (keys.as_str(), *help, *name),
            Self::Sign(_, meaning) => ("", *meaning, "signs"),
            Self::Group(_) | Self::Blank => return false,
        };
        let (keys, help) = (keys.to_lowercase(), help.to_lowercase());
        words.iter().all(|word| keys.contains(word) || help.contains(word) || name.contains(word))
    }
}

/// A row of keys that cannot be changed.
fn fixed(keys: &str, help: &'static str) -> HelpRow {
    HelpRow::Keys { keys: keys.replace(' ', "  "), help, name: "" }
}

fn section(rows: &mut Vec<HelpRow>, title: &'static str, mut content: Vec<HelpRow>) {
    if content.is_empty() {
        return;
    }
    if !rows.is_empty() {
        rows.push(HelpRow::Blank);
    }
    rows.push(HelpRow::Group(title));
    rows.append(&mut content);
}

impl App {
    pub(in crate::app) fn open_help(&mut self) {
        self.overlay = Some(Overlay::Help(Box::default()));
    }

    pub(super) fn help_key(&mut self, event: KeyEvent) {
        match event.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::F(1) => self.overlay = None,
            KeyCode::Down => self.scroll_help(Step::Rows(1)),
            KeyCode::Up => self.scroll_help(Step::Rows(-1)),
            KeyCode::PageDown => self.scroll_help(Step::Pages(1)),
            KeyCode::PageUp => self.scroll_help(Step::Pages(-1)),
            // Those who expect to have to open the filter press its key first.
            KeyCode::Char('/') if self.help_filter().is_some_and(str::is_empty) => {}
            _ => {
                if let Some(Overlay::Help(help)) = &mut self.overlay
                    && input::edit(&mut help.filter, event)
                {
                    help.top = 0;
                }
            }
        }
    }

    /// What is typed into the help screen.
    fn help_filter(&self) -> Option<&str> {
        let Some(Overlay::Help(help)) = &self.overlay else { return None };
        Some(input::text(&help.filter))
    }

    pub(in crate::app) fn scroll_help(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height).max(1);
        if let Some(Overlay::Help(help)) = &mut self.overlay {
            let rows = help.rows(&self.keymap, self.panes.focus).len();
            help.top = step.target(help.top, rows.saturating_sub(page), page);
        }
    }
}
