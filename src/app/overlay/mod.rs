//! What lies over the panes: prompts, help, the command palette, search across the library. Each takes all keys while it
//! is open.

mod about;
mod add;
mod correct;
mod filter;
mod find;
mod help;
mod highlights;
pub(in crate::app) mod input;
mod name;
mod note;
mod palette;
mod parts;
mod search;
mod signs;
mod tags;
mod who;

pub use about::AboutPrompt;
pub use add::AddPrompt;
pub use correct::{Choice, Correct, Name, Pick, Picked};
pub use filter::FilterPrompt;
pub use find::{Find, Sought};
pub use help::{Help, HelpRow};
pub use highlights::Overview;
pub use name::{NamePrompt, Names};
pub use note::NoteEditor;
pub use palette::Palette;
pub use parts::PartsMenu;
pub use search::{Memory, SearchPrompt};
pub use signs::Sign;
pub use tags::TagPrompt;
pub use who::{Purpose, WhoPrompt};

use super::feeds::FeedPrompt;
use super::keymap::{Command, Key};
use super::{Action, App};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What lies over the panes; at most one thing.
#[derive(Debug)]
pub enum Overlay {
    /// The search prompt, in the status line.
    Search(Box<SearchPrompt>),
    /// The keys of the focused pane.
    Help(Box<Help>),
    /// All commands.
    Palette(Box<Palette>),
    /// The filter of the list, in the status line.
    Filter(Box<FilterPrompt>),
    /// The tags of a story, in the status line.
    Tags(Box<TagPrompt>),
    /// The search across the library.
    Find(Box<Find>),
    /// Who is meant.
    Who(Box<WhoPrompt>),
    /// Which of a person's quotes are another person's.
    Parts(Box<PartsMenu>),
    /// What a person's quotes have to be about, in the status line.
    About(Box<AboutPrompt>),
    /// The name of a saved query, in the status line.
    Name(Box<NamePrompt>),
    /// The path of what is to be added to the library, in the status line.
    Add(Box<AddPrompt>),
    /// The note on a passage.
    Note(Box<NoteEditor>),
    /// All highlights and notes.
    Highlights(Box<Overview>),
    /// What may be said of what was found.
    Correct(Box<Correct>),
    /// The address or the settings of a feed, in the status line.
    Feed(Box<FeedPrompt>),
}

impl App {
    /// Takes in a key while something lies over the panes.
    pub(super) fn overlay_key(&mut self, event: KeyEvent, key: Key) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let event = match event.code {
            // What closes a prompt everywhere.
            KeyCode::Char('c' | 'g') if ctrl => KeyEvent::from(KeyCode::Esc),
            _ => key.event(),
        };
        if let (None, Some(action @ (Action::Suspend | Action::Redraw))) = (key.character(), self.keymap.action_of(key))
        {
            self.perform(Command { action, count: None, letter: None });
            return;
        }
        match self.overlay {
            Some(Overlay::Search(_)) => self.search_key(event),
            Some(Overlay::Help(_)) => self.help_key(event),
            Some(Overlay::Palette(_)) => self.palette_key(event),
            Some(Overlay::Filter(_)) => self.filter_key(event),
            Some(Overlay::Tags(_)) => self.tags_key(event),
            Some(Overlay::Find(_)) => self.find_key(event),
            Some(Overlay::Who(_)) => self.who_key(event),
            Some(Overlay::Parts(_)) => self.parts_key(event),
            Some(Overlay::About(_)) => self.about_key(event),
            Some(Overlay::Name(_)) => self.name_key(event),
            Some(Overlay::Add(_)) => self.add_key(event),
            Some(Overlay::Note(_)) => self.note_key(event),
            Some(Overlay::Highlights(_)) => self.highlights_key(event),
            Some(Overlay::Correct(_)) => self.correct_key(event),
            Some(Overlay::Feed(_)) => self.feed_key(event),
            None => {}
        }
    }

    /// Takes in pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.overlay {
            Some(Overlay::Search(prompt)) => {
                input::paste(&mut prompt.input, text);
                self.search_typed();
            }
            Some(Overlay::Help(help)) => {
                input::paste(&mut help.filter, text);
                help.top = 0;
            }
            Some(Overlay::Palette(palette)) => {
                input::paste(&mut palette.filter, text);
                palette.selected = 0;
                self.palette_typed();
            }
            Some(Overlay::Filter(prompt)) => {
                input::paste(&mut prompt.input, text);
                self.filter_typed();
            }
            Some(Overlay::Tags(prompt)) => input::paste(&mut prompt.input, text),
            Some(Overlay::Name(prompt)) => input::paste(&mut prompt.input, text),
            Some(Overlay::Who(prompt)) => {
                input::paste(&mut prompt.input, text);
                self.ask_names();
            }
            Some(Overlay::Parts(menu)) => {
                input::paste(&mut menu.filter, text);
                menu.selected = 0;
            }
            Some(Overlay::About(prompt)) => {
                input::paste(&mut prompt.input, text);
                self.about_typed();
            }
            Some(Overlay::Add(prompt)) => input::paste(&mut prompt.input, text),
            Some(Overlay::Feed(prompt)) => prompt.paste(text),
            Some(Overlay::Find(find)) => {
                input::paste(&mut find.input, text);
                self.find_again(true);
            }
            Some(Overlay::Note(editor)) => editor.paste(text),
            Some(Overlay::Highlights(overview)) => {
                input::paste(&mut overview.filter, text);
                overview.find();
            }
            Some(Overlay::Correct(correct)) => {
                if let Some(pick) = &mut correct.pick {
                    input::paste(&mut pick.filter, text);
                    pick.selected = 0;
                }
            }
            None => self.say("there is nothing to paste into"),
        }
    }
}
