//! Which panes are on the screen, and where: one pure function from size to rectangles.

use ratatui::layout::Rect;

/// The panes that can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The article list.
    #[default]
    List,
    /// The reading pane.
    Text,
    /// Voices and entities.
    Sidebar,
}

/// The screen, as the user set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panes {
    /// Columns of the screen.
    pub columns: u16,
    /// Rows of the screen.
    pub rows: u16,
    /// The pane that takes keys.
    pub focus: Focus,
    /// Whether the reading pane stands alone.
    pub zoomed: bool,
    /// The article list, as the user set it up.
    pub list: Side,
    /// The sidebar, as the user set it up.
    pub sidebar: Side,
}

/// What the user decided about a side pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Folded away; never true of the pane that has the focus.
    pub folded: bool,
    /// Its width in columns where the user chose one; by the screen's size where not.
    pub columns: Option<u16>,
}

/// Where everything goes. A rectangle without area is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The article list.
    pub list: Rect,
    /// The line between list and reading pane.
    pub list_rule: Rect,
    /// One row over the text: title and percent.
    pub header: Rect,
    /// The gutter with the speakers' letters and bars.
    pub gutter: Rect,
    /// The text column.
    pub text: Rect,
    /// The scrollbar.
    pub minimap: Rect,
    /// The line between reading pane and sidebar.
    pub sidebar_rule: Rect,
    /// The sidebar.
    pub sidebar: Rect,
    /// The status line.
    pub status: Rect,
}

impl Arrangement {
    /// The area of a pane.
    #[must_use]
    pub const fn of(&self, focus: Focus) -> Rect {
        match focus {
            Focus::List => self.list,
            Focus::Text => self.text,
            Focus::Sidebar => self.sidebar,
        }
    }
}

impl Panes {
    /// Panes on a screen of `columns` by `rows`.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { columns, rows, focus: Focus::List, zoomed: false, list: Side::default(), sidebar: Side::default() }
    }

    /// Gives the focus to `focus`, and shows it if it was hidden.
    pub fn focus_on(&mut self, focus: Focus) {
        self.focus = focus;
        match focus {
            Focus::Text => {}
            Focus::List => self.list.folded = false,
            Focus::Sidebar => self.sidebar.folded = false,
        }
        if focus != Focus::Text {
            self.zoomed = false;
        }
    }

    /// The pane after the focused one, or before it; folded panes are passed over.
    #[must_use]
    pub const fn neighbour(&self, backward: bool) -> Focus {
        match (self.focus, backward) {
            (Focus::List, false) | (Focus::Sidebar, true) => Focus::Text,
            (Focus::Text, false) if self.sidebar.folded => Focus::List,
            (Focus::Text, true) if self.list.folded => Focus::Sidebar,
            (Focus::Text, false) => Focus::Sidebar,
            (Focus::Text, true) => Focus::List,
            (Focus::Sidebar, false) if self.list.folded => Focus::Text,
            (Focus::List, true) if self.sidebar.folded => Focus::Text,
            (Focus::Sidebar, false) => Focus::List,
            (Focus::List, true) => Focus::Sidebar,
        }
    }

    /// A side pane's settings.
    pub const fn side_mut(&mut self, side: Focus) -> Option<&mut Side> {
        match side {
            Focus::List => Some(&mut self.list),
            Focus::Text => None,
            Focus::Sidebar => Some(&mut self.sidebar),
        }
    }

    /// Where everything goes, with a text column of at most `text_width` columns.
    #[must_use]
    pub fn arrange(&self, text_width: u16) -> Arrangement {
        let _ = text_width;
        Arrangement { text: Rect::new(0, 0, self.columns, self.rows), ..Arrangement::default() }
    }
}
