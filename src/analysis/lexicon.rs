//! The word lists and weights that the steps look things up in.

/// Lists and weights, ready for use.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The lists and weights that come with the program (`assets/lists`, `assets/model`).
    #[must_use]
    pub fn embedded() -> Self {
        Self {}
    }
}
