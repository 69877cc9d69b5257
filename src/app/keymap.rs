//! Key sequences to actions: a trie over the action table and the user's bindings.

/// The bindings in force.
#[derive(Clone, Debug, Default)]
pub struct Keymap {}

/// Keys pressed that are not an action yet: a count and the beginning of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The count typed so far.
    pub count: Option<u32>,
    /// The keys typed so far, as they are shown (`]`, `g`).
    pub keys: String,
}
