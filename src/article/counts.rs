//! How many articles there are, and how many of them are of the kinds that a reader looks for first.

/// How many articles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Those not read.
    pub unread: usize,
    /// Those with a star.
    pub starred: usize,
    /// Those with a highlight.
    pub highlighted: usize,
}
