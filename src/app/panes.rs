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

impl Panes {
    /// Panes on a screen of `columns` by `rows`.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { columns, rows, focus: Focus::List, zoomed: false, list: Side::default(), sidebar: Side::default() }
    }

    /// Where everything goes, with a text column of at most `text_width` columns.
    #[must_use]
    pub fn arrange(&self, text_width: u16) -> Arrangement {
        let _ = text_width;
        Arrangement { text: Rect::new(0, 0, self.columns, self.rows), ..Arrangement::default() }
    }
}
