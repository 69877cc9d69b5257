//! The reader's state, and the one function that changes it.
//!
//! [`Action`] is what the user means, [`Message`] what happened, [`Effect`] what to do outside. [`App::update`] alone
//! changes state; it touches no terminal, file, clock or thread.

pub mod action;
#[cfg(test)]
pub(crate) mod driver;
pub mod feeds;
#[cfg(test)]
mod journeys;
pub mod keymap;
pub mod library;
pub mod list;
mod mouse;
pub mod notes;
pub mod overlay;
pub mod panes;
pub mod people;
mod perform;
pub mod reader;
pub mod sidebar;
pub mod step;
mod stories;
pub mod tree;

use std::sync::Arc;

pub use action::Action;
use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
pub use keymap::{Keymap, Pending};
pub use list::{Entry, EntryId, List};
pub use overlay::Overlay;
pub use panes::{Arrangement, Focus, Panes};
pub use reader::Reader;
pub use sidebar::Sidebar;
pub use tree::Tree;

use crate::analysis::{Analysis, Voices};
use crate::article::Article;
use crate::config::Settings;
use keymap::{Key, Press};
use library::{Answer, Library, Request};
use mouse::Drag;
use reader::Page;
use stories::Stories;

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
    /// What the library can be looked through by, where it is shown in the place of the list.
    pub tree: Option<Tree>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// Keys pressed that are not an action yet.
    pub pending: Pending,
    /// A message to the user, shown in the status line until the next key.
    pub notice: Option<Notice>,
    /// Whether the terminal's background is light, where it said so.
    pub light_background: Option<bool>,
    stories: Stories,
    library: Library,
    people: Option<people::People>,
    notes: notes::Notes,
    feeds: feeds::Feeds,
    memory: overlay::Memory,
    drag: Option<Drag>,
    outbox: Vec<Effect>,
}

/// A message to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One safe line.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
    /// Whether it takes rows over the status line where it is longer than that.
    pub whole: bool,
    /// Bytes at its end that stay where the rest is cut: the key that takes back what was done.
    pub hint: usize,
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
    /// A file that holds several articles was read: they are the entries in its place.
    Unpacked(EntryId, Vec<Entry>),
    /// An article was analysed.
    Analyzed(EntryId, Arc<Analysis>, Arc<Voices>),
    /// The terminal told whether its background is light.
    BackgroundFound {
        /// Whether it is light.
        light: bool,
    },
    /// The reader was stopped and goes on: everything is to be drawn again.
    Continued,
    /// The library answers.
    Library(Answer),
    /// Those who fetch tell something.
    Feeds(feeds::Tell),
    /// Something outside went wrong that the user should know: one safe line.
    Failed(String),
    /// What the path that was `typed` may become.
    PathCompleted {
        /// As it was asked for.
        typed: String,
        /// As far as there is but one way to go on.
        completed: String,
        /// The names that it may go on with, safe lines; empty where there is one at most.
        candidates: Vec<String>,
    },
}

/// What to do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the article of this entry; answered by [`Message::Imported`], or [`Answer::Loaded`] where it is kept.
    Import(EntryId),
    /// Ask the library.
    Library(Request),
    /// Ask those who fetch.
    Feeds(feeds::Ask),
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
    /// Add the article of this entry, which is a file, to the library; answered by [`Answer::Added`].
    Add(EntryId, Arc<Article>),
    /// Complete the path that is being typed; answered by [`Message::PathCompleted`].
    CompletePath(String),
    /// Draw everything again, whatever the terminal shows.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// Leave.
    Quit,
}

impl App {
    /// A reader over `entries` on a screen of `columns` by `rows`, and what to do first. The first story that can be
    /// read is opened; it has the focus where it is the only one.
    #[must_use]
    pub fn new(settings: Settings, entries: Vec<Entry>, columns: u16, rows: u16) -> (Self, Vec<Effect>) {
        let mut app = Self::empty(settings, columns, rows);
        if entries.len() == 1 {
            app.panes.focus_on(Focus::Text);
        }
        app.list = List::of(entries);
        app.open_first();
        let effects = app.settle();
        (app, effects)
    }

    /// A reader over the library, and what to do first.
    #[must_use]
    pub fn over_library(settings: Settings, columns: u16, rows: u16) -> (Self, Vec<Effect>) {
        let mut app = Self::empty(settings, columns, rows);
        app.library.open = true;
        app.list_anew(false, None);
        let effects = app.settle();
        (app, effects)
    }

    fn empty(settings: Settings, columns: u16, rows: u16) -> Self {
        Self {
            keymap: Keymap::new(&settings, "").0,
            panes: Panes::new(columns, rows),
            list: List::default(),
            reader: None,
            sidebar: Sidebar::default(),
            tree: None,
            overlay: None,
            pending: Pending::default(),
            notice: None,
            light_background: None,
            settings,
            stories: Stories::default(),
            library: Library::default(),
            people: None,
            notes: notes::Notes::default(),
            feeds: feeds::Feeds::default(),
            memory: overlay::Memory::default(),
            drag: None,
            outbox: Vec::new(),
        }
    }

    /// Sets the side panes up as the user left them last time: article list, then sidebar.
    fn set_up_panes(&mut self, [list, sidebar]: [panes::Side; 2]) {
        (self.panes.list, self.panes.sidebar) = (list, sidebar);
        if list.folded && self.panes.focus == Focus::List {
            self.panes.focus_on(Focus::Text);
        }
    }

    /// Takes in what happened; says what to do outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(event) => {
                if let Some(key) = Key::of(event) {
                    self.key(event, key);
                }
            }
            Message::Mouse(event) => self.mouse(event),
            Message::Pasted(text) => self.paste(&text),
            Message::Resized(columns, rows) => (self.panes.columns, self.panes.rows) = (columns, rows),
            Message::Imported(id, result) => self.imported(id, result),
            Message::Unpacked(id, entries) => self.unpacked(id, entries),
            Message::Analyzed(id, analysis, voices) => self.analyzed(id, analysis, voices),
            Message::Library(answer) => self.answered(answer),
            Message::Feeds(tell) => self.feeds_told(tell),
            Message::BackgroundFound { light } => self.light_background = Some(light),
            Message::Continued => self.outbox.push(Effect::Redraw),
            Message::PathCompleted { typed, completed, candidates } => {
                self.path_completed(&typed, &completed, candidates);
            }
            Message::Failed(message) => {
                self.library.busy = None;
                self.note_may_not_be_kept();
                self.fail(message);
            }
        }
        self.settle()
    }

    /// Takes in a key.
    fn key(&mut self, event: KeyEvent, key: Key) {
        self.notice = None;
        let leaving = self.feeds.leaving.take();
        self.feeds.asked = None;
        if self.overlay.is_some() {
            self.overlay_key(event, key);
            return;
        }
        if event.code == KeyCode::Esc && self.stop_adding() || self.selecting_key(key) {
            return;
        }
        match self.keymap.press(&mut self.pending, key) {
            Press::Act(command) => {
                self.feeds.asked = leaving;
                self.perform(command);
            }
            Press::Pending => self.feeds.leaving = leaving,
            Press::Cancelled => {}
            Press::Unknown(keys) => {
                let help = self.keymap.keys_of(Action::Help).into_iter().next();
                let hint = help.map(|help| format!(": {help} shows the keys")).unwrap_or_default();
                self.say(format!("{keys} does nothing{hint}"));
            }
        }
    }

    /// Takes in what the library tells.
    fn answered(&mut self, answer: Answer) {
        if matches!(answer, Answer::AllChanged(..) | Answer::Undone(_) | Answer::Keeping(_)) {
            self.library.busy = None;
        }
        match answer {
            Answer::Busy(line) => self.library.busy = Some(line),
            Answer::Listed(ticket, answer) => self.listed(ticket, answer),
            Answer::Described(asked, known) => self.described(&asked, known),
            Answer::Loaded(id, result) => self.loaded(id, result),
            Answer::Renewed(id, loaded) => self.renewed(id, *loaded),
            Answer::Recalled(id, recalled) => self.recalled(id, recalled),
            Answer::MarkKept(letter) => self.say_kept(format!("mark {letter}")),
            Answer::Changed(known, change) => self.changed(known, &change),
            Answer::Undone(label) => self.undone(label),
            Answer::UndoneNext(label) => self.name_undone_next(&label),
            Answer::AllChanged(entries, change, label) => self.all_changed(&entries, &change, label),
            Answer::People(tell) => self.people_told(tell),
            Answer::Folders(folders) => self.folders_told(&folders),
            Answer::QueryCounted(name, unread) => self.query_counted(&name, unread),
            Answer::QueriesChanged(label) => self.queries_changed(&label),
            Answer::Remembered(left) => self.list_remembered(left),
            Answer::Tags(tags) => self.tags_told(tags),
            Answer::Found(ticket, answer) => self.found(ticket, answer),
            Answer::Matched(id, matches) => self.matched(id, matches),
            Answer::Searches(searches) => self.memory.searches = searches,
            Answer::Panes(panes) => self.set_up_panes(panes),
            Answer::Keeping(reason) => self.keeping(reason),
            Answer::Shelved(known) => self.shelved(known),
            Answer::Added { known, already } => self.added(known, already),
            Answer::Adding(adding) => self.adding(adding),
            Answer::Note(line) => self.say(line),
            Answer::Marked(marked) => self.marked(*marked),
            Answer::Highlights(stories) => self.highlights_told(stories),
        }
    }

    /// Brings everything that depends on the screen and the story in line with them; gives what is to be done outside.
    fn settle(&mut self) -> Vec<Effect> {
        let page = self.page();
        if let Some(reader) = &mut self.reader {
            reader.fit(page);
        }
        self.arrive_at_highlight();
        self.settle_selection();
        self.list.select(self.list.selected, self.list_rows());
        self.sidebar.settle(self.sidebar_rows());
        let tree_rows = self.tree_rows();
        if let Some(tree) = &mut self.tree {
            tree.settle(tree_rows);
        }
        if let Some(people) = &mut self.people {
            people.fit(self.panes.columns, self.panes.rows);
        }
        self.renew_when_free();
        self.save_position_if_moved();
        self.read_what_is_in_sight();
        self.describe_what_is_near();
        self.ask();
        std::mem::take(&mut self.outbox)
    }

    /// Where everything goes on the screen.
    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        self.panes.arrange(self.settings.text_width)
    }

    /// Where everything goes once `focus` has the focus, which matters where the screen shows one pane at a time.
    fn arrangement_with(&self, focus: Focus) -> Arrangement {
        let shown = self.arrangement();
        if !shown.of(focus).is_empty() {
            return shown;
        }
        let mut panes = self.panes.clone();
        panes.focus_on(focus);
        panes.arrange(self.settings.text_width)
    }

    /// The room that the story has, or will have once it is shown.
    fn page(&self) -> Page {
        let shown = self.arrangement_with(Focus::Text);
        Page { options: shown.options(self.settings.justify), rows: shown.text.height.into() }
    }

    /// How many entries the list shows.
    fn list_rows(&self) -> usize {
        List::capacity(self.arrangement_with(Focus::List).list.height)
    }

    /// How many rows the sidebar shows.
    fn sidebar_rows(&self) -> usize {
        self.arrangement_with(Focus::Sidebar).sidebar.height.into()
    }

    /// Tells the user `text`.
    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), error: false, whole: false, hint: 0 });
    }

    /// Tells the user what was `done`, and by which key it is taken back, which is never cut.
    fn say_undoable(&mut self, done: &str) {
        let keys = self.keymap.first_key_of(Action::Undo);
        let hint = format!(": {keys} takes it back");
        self.say_kept(format!("{done}{hint}"));
        if let Some(notice) = self.notice.as_mut().filter(|notice| !notice.error) {
            notice.hint = hint.len();
        }
    }

    /// Tells the user something that is not to be cut, however long it is.
    fn say_whole(&mut self, text: String) {
        self.notice = Some(Notice { text, error: false, whole: true, hint: 0 });
    }

    /// Tells the user that something went wrong.
    fn fail(&mut self, text: String) {
        self.notice = Some(Notice { text, error: true, whole: true, hint: 0 });
    }
}
