//! What lies over the panes: the search prompt, help, the command palette.

use tui_textarea::TextArea;

/// What lies over the panes; at most one thing.
#[derive(Debug)]
pub enum Overlay {
    /// The search prompt, in the status line.
    Search(SearchPrompt),
    /// The keys of the focused pane.
    Help(Help),
    /// All commands.
    Palette(Palette),
}

/// The search prompt.
#[derive(Debug)]
pub struct SearchPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// Whether the search goes backward.
    pub backward: bool,
    /// Whether the input is a regular expression.
    pub regular: bool,
    /// What is wrong with the input, if anything.
    pub problem: Option<String>,
    /// First line shown when the prompt opened: `Esc` goes back there.
    pub origin_top: usize,
    /// Cursor (byte offset) when the prompt opened.
    pub origin_cursor: usize,
}

/// The help screen.
#[derive(Debug, Default)]
pub struct Help {
    /// What the list is filtered by.
    pub filter: TextArea<'static>,
    /// The first row shown.
    pub top: usize,
}

/// The command palette.
#[derive(Debug, Default)]
pub struct Palette {
    /// What the list is filtered by.
    pub filter: TextArea<'static>,
    /// The selected one of the commands that match.
    pub selected: usize,
}
