//! Which panes are on the screen, and where: one pure function from size to rectangles.

use ratatui::layout::{Margin, Rect};
use serde::{Deserialize, Serialize};

use crate::layout::Options;

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
    /// Whether it is shown under the text why the current quote is given to its speaker.
    pub evidence: bool,
    /// The article list, as the user set it up.
    pub list: Side,
    /// The sidebar, as the user set it up.
    pub sidebar: Side,
}

/// What the user decided about a side pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Folded away; never true of the pane that has the focus.
    pub folded: bool,
    /// Its width in columns where the user chose one; by the screen's size where not.
    pub columns: Option<u16>,
}

/// Where everything goes. A rectangle without area is not shown; those shown never overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The article list, its heading included.
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
    /// Why the current quote is given to its speaker: rows under the text.
    pub evidence: Rect,
    /// The line between reading pane and sidebar.
    pub sidebar_rule: Rect,
    /// The sidebar.
    pub sidebar: Rect,
    /// The status line.
    pub status: Rect,
    /// Whether there are rows enough to lay the text out with blank lines between its blocks.
    pub airy: bool,
}

/// Where the parts of a popup go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Popup {
    /// All of it.
    pub frame: Rect,
    /// The row that is typed into.
    pub filter: Rect,
    /// The rows below.
    pub rows: Rect,
}

impl Popup {
    /// The same with no more than `rows` rows below what is typed.
    #[must_use]
    pub fn shrunk(self, rows: u16) -> Self {
        let spare = self.rows.height.saturating_sub(rows);
        let shorter = |rect: Rect| Rect { height: rect.height - spare, ..rect };
        Self { frame: shorter(self.frame), rows: shorter(self.rows), ..self }
    }

    /// The same, with nothing outside `screen`.
    #[must_use]
    pub fn within(self, screen: Rect) -> Self {
        let Self { frame, filter, rows } = self;
        Self { frame: frame.intersection(screen), filter: filter.intersection(screen), rows: rows.intersection(screen) }
    }
}

/// Columns from which list and sidebar both stand beside the text.
const THREE_PANES: u16 = 100;
/// Columns from which one of them does.
const TWO_PANES: u16 = 70;
/// Rows from which a header stands over the text.
const HEADER_ROWS: u16 = 16;
/// Rows from which there is room for blank lines.
const AIRY_ROWS: u16 = 30;
/// Rows that tell why a quote is given to its speaker.
const EVIDENCE_ROWS: u16 = 4;
/// Columns that side panes leave for reading, however wide the user makes them.
const READING_COLUMNS: u16 = 40;
/// Columns of a side pane at least.
pub(super) const SIDE_COLUMNS: u16 = 12;

impl Panes {
    /// Panes on a screen of `columns` by `rows`.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        let (list, sidebar) = (Side::default(), Side::default());
        Self { columns, rows, focus: Focus::List, zoomed: false, evidence: false, list, sidebar }
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
        let screen = Rect::new(0, 0, self.columns, self.rows);
        let status_rows = u16::from(screen.height > 1);
        let [body, status] = cut_rows(screen, screen.height - status_rows);
        let (list, sidebar) = self.side_columns();
        let [list, rest] = cut_columns(body, list);
        let [list_rule, rest] = cut_columns(rest, u16::from(list.width > 0 && rest.width > 0));
        let [rest, sidebar] = cut_columns(rest, rest.width.saturating_sub(sidebar));
        let ruled = u16::from(sidebar.width > 0 && rest.width > 0);
        let [reading, sidebar_rule] = cut_columns(rest, rest.width.saturating_sub(ruled));
        let airy = self.rows >= AIRY_ROWS;
        let sides = Arrangement { list, list_rule, sidebar, sidebar_rule, status, airy, ..Arrangement::default() };
        let evidence_rows = if self.evidence { EVIDENCE_ROWS.min(reading.height / 2) } else { 0 };
        let [reading, evidence] = cut_rows(reading, reading.height - evidence_rows);
        sides.with_reading_pane(reading, text_width, self.rows >= HEADER_ROWS).with_evidence(evidence)
    }

    /// Where the command palette and the like lie: over the middle of the panes, the status line left free.
    #[must_use]
    pub fn popup(&self) -> Popup {
        self.popup_of(40)
    }

    /// Where help lies: as wide as its lines, where the screen is.
    #[must_use]
    pub fn help_popup(&self) -> Popup {
        self.popup_of(80)
    }

    /// A popup of at least so many columns, where the screen has them.
    fn popup_of(&self, columns: u16) -> Popup {
        let rows = self.rows.saturating_sub(1);
        let width = self.columns.min((self.columns - self.columns / 8).clamp(columns, 90));
        let height = rows.min((rows - rows / 8).clamp(12, 44));
        let frame = Rect::new((self.columns - width) / 2, (rows - height) / 2, width, height);
        let framed = width >= 20 && height >= 6;
        let margin = if width < 60 { 1 } else { 2 };
        let inner = if framed { frame.inner(Margin::new(margin, 1)) } else { frame };
        let [filter, rows] = cut_rows(inner, 1);
        Popup { frame, filter, rows }
    }

    /// Columns of list and sidebar; 0 where one is not shown.
    fn side_columns(&self) -> (u16, u16) {
        let columns = self.columns;
        if self.zoomed {
            return (0, 0);
        }
        if columns < TWO_PANES {
            let alone = |focus| if self.focus == focus { columns } else { 0 };
            return (alone(Focus::List), alone(Focus::Sidebar));
        }
        let folded = |side: Side, focus| side.folded && self.focus != focus;
        let (no_list, no_sidebar) = (folded(self.list, Focus::List), folded(self.sidebar, Focus::Sidebar));
        if columns < THREE_PANES {
            // The sidebar takes the list's place, in the same width: the text keeps its lines.
            let width = self.list.columns.unwrap_or(columns / 10 * 3).clamp(SIDE_COLUMNS, columns - READING_COLUMNS);
            return match self.focus {
                Focus::Sidebar => (0, width),
                Focus::List | Focus::Text if no_list => (0, 0),
                Focus::List | Focus::Text => (width, 0),
            };
        }
        let both = columns - READING_COLUMNS;
        let list = self.list.columns.unwrap_or((columns / 9 * 2).min(44));
        let list = if no_list { 0 } else { list.clamp(SIDE_COLUMNS, both - SIDE_COLUMNS) };
        let sidebar = self.sidebar.columns.unwrap_or((columns / 9 * 2).min(40));
        let sidebar = if no_sidebar { 0 } else { sidebar.clamp(SIDE_COLUMNS, both - list) };
        (list, sidebar)
    }
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

    /// How the story is to be laid out in the text column.
    #[must_use]
    pub const fn options(&self, justify: bool) -> Options {
        Options { width: self.text.width, justify, airy: self.airy }
    }

    /// The same on a screen that is `screen` and not what the panes were told: nothing leaves it.
    #[must_use]
    pub fn within(self, screen: Rect) -> Self {
        let cut = |rect: Rect| rect.intersection(screen);
        Self {
            list: cut(self.list),
            list_rule: cut(self.list_rule),
            header: cut(self.header),
            gutter: cut(self.gutter),
            text: cut(self.text),
            minimap: cut(self.minimap),
            evidence: cut(self.evidence),
            sidebar_rule: cut(self.sidebar_rule),
            sidebar: cut(self.sidebar),
            status: cut(self.status),
            airy: self.airy,
        }
    }

    /// The same with header, gutter, text and scrollbar in `pane`. What shrinks first: margins, then gutter and
    /// scrollbar, last the text.
    fn with_reading_pane(self, pane: Rect, text_width: u16, headed: bool) -> Self {
        let gutter = match pane.width {
            24.. => 3,
            12.. => 2,
            6.. => 1,
            _ => 0,
        };
        let minimap = u16::from(pane.width >= 12);
        let room = pane.width.saturating_sub(gutter + minimap);
        let text = if room > text_width { text_width.max(1) } else { room.saturating_sub(u16::from(room >= 30)) };
        let margin = room.saturating_sub(text);
        // Before a rule the scrollbar keeps a column of distance where there is one to spare.
        let after = u16::from(self.sidebar_rule.width > 0 && margin >= 3);
        let [_, pane] = cut_columns(pane, (margin - after) / 2);
        let header_rows = match (headed, self.airy) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        };
        let [over, body] = cut_rows(pane, header_rows);
        let [gutter, rest] = cut_columns(body, gutter);
        let [text, rest] = cut_columns(rest, text);
        let [_, minimap] = cut_columns(rest, rest.width.saturating_sub(minimap + after));
        let [minimap, _] = cut_columns(minimap, minimap.width.saturating_sub(after));
        let header = Rect { x: text.x, width: text.width, height: over.height.min(1), ..over };
        Self { header, gutter, text, minimap, ..self }
    }

    /// The same with `rows`, those under the text, for the evidence; it stands in the columns of gutter and text.
    fn with_evidence(self, rows: Rect) -> Self {
        if self.text.is_empty() {
            return self;
        }
        let width = self.gutter.width + self.text.width;
        Self { evidence: Rect { x: self.text.x - self.gutter.width, width, ..rows }, ..self }
    }
}

/// `area` cut into its first `columns` columns and the rest.
fn cut_columns(area: Rect, columns: u16) -> [Rect; 2] {
    let columns = columns.min(area.width);
    [Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area }]
}

/// `area` cut into its first `rows` rows and the rest.
fn cut_rows(area: Rect, rows: u16) -> [Rect; 2] {
    let rows = rows.min(area.height);
    [Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area }]
}
