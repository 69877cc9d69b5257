//! The reader's state, and the one function that changes it.
//!
//! [`Action`] is what the user means, [`Message`] what happened, [`Effect`] what to do outside. [`App::update`] alone
//! changes state; it touches no terminal, file, clock or thread.

pub mod action;
pub mod keymap;
pub mod list;
pub mod overlay;
pub mod panes;
pub mod reader;
pub mod sidebar;

use std::sync::Arc;

pub use action::Action;
use crossterm::event::{KeyEvent, MouseEvent};
pub use keymap::{Keymap, Pending};
pub use list::{Entry, EntryId, List};
pub use overlay::Overlay;
pub use panes::{Arrangement, Focus, Panes};
pub use reader::Reader;
pub use sidebar::Sidebar;

use crate::analysis::{Analysis, Voices};
use crate::article::Article;
use crate::config::Settings;

/// All state of a running reader.
#[derive(Debug)]
pub struct App {
    /// Settings as read at the start, with what the user changed since.
    pub settings: Settings,
    /// Keys to actions.
    pub keymap: Keymap,
    /// Size of the screen and which panes it shows.
    pub panes: Panes,
    /// The article list.
    pub list: List,
    /// The open story.
    pub reader: Option<Reader>,
    /// The sidebar of voices and entities of the open story.
    pub sidebar: Sidebar,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// Keys pressed that are not an action yet.
    pub pending: Pending,
    /// A message to the user, shown in the status line until the next key.
    pub notice: Option<Notice>,
    /// Whether the terminal's background is light, where it said so.
    pub light_background: Option<bool>,
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One safe line.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// What happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Pasted(String),
    /// The terminal has a new size, in columns and rows.
    Resized(u16, u16),
    /// An article was read, or could not be (one safe line that names the file).
    Imported(EntryId, Result<Arc<Article>, String>),
    /// An article was analysed.
    Analyzed(EntryId, Arc<Analysis>, Arc<Voices>),
    /// The terminal told whether its background is light.
    BackgroundFound {
        /// Whether it is light.
        light: bool,
    },
    /// The reader was stopped and goes on: everything is to be drawn again.
    Continued,
    /// Something outside went wrong that the user should know: one safe line.
    Failed(String),
}

/// What to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the article of this entry; answered by [`Message::Imported`].
    Import(EntryId),
    /// Analyse an article; answered by [`Message::Analyzed`].
    Analyze(EntryId, Arc<Article>),
    /// Remember where the user is in the article with this content id (byte offset).
    SavePosition {
        /// [`Article::content_id`].
        content: u64,
        /// Byte offset into the article's text.
        offset: usize,
    },
    /// Put this text on the clipboard.
    Copy(String),
    /// Draw everything again, whatever the terminal shows.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Leave.
    Quit,
}

impl App {
    /// A reader over `entries` on a screen of `columns` by `rows`, and what to do first.
    #[must_use]
    pub fn new(settings: Settings, entries: Vec<Entry>, columns: u16, rows: u16) -> (Self, Vec<Effect>) {
        let app = Self {
            keymap: Keymap::default(),
            panes: Panes::new(columns, rows),
            list: List { entries, selected: 0, top: 0 },
            reader: None,
            sidebar: Sidebar::default(),
            overlay: None,
            pending: Pending::default(),
            notice: None,
            light_background: None,
            settings,
        };
        (app, vec![Effect::Import(EntryId(0))])
    }

    /// Takes in what happened; says what to do outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(_) => vec![Effect::Quit],
            Message::Resized(columns, rows) => {
                self.panes.columns = columns;
                self.panes.rows = rows;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
