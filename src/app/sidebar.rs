//! The sidebar: voices with their shares, then entities by kind.

use crate::analysis::EntityId;

/// The sidebar of the open story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sidebar {
    /// What it shows, headings included.
    pub rows: Vec<Row>,
    /// The selected row, never a heading where there is anything else.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

/// A row of the sidebar.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A section begins.
    Heading(&'static str),
    /// A speaker; index into the story's voices.
    Voice(usize),
    /// An entity, and how often it is mentioned by name.
    Entity(EntityId, usize),
    /// Between sections.
    Blank,
}
