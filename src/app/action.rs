//! Everything the user can do, in one table: the keymap, help, palette, settings and README come from it.

/// What the user means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the reader.
    Quit,
}

/// A row of the action table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its name in settings and palette, kebab-case.
    pub name: &'static str,
    /// Default keys, each a sequence (`]q`, `ctrl-d`, `g g` is written `gg`).
    pub keys: &'static [&'static str],
    /// One line of help, imperative.
    pub help: &'static str,
    /// Where it belongs in help and README.
    pub group: Group,
}

/// Groups of the help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The program itself.
    Program,
}

/// All actions.
pub const TABLE: &[Row] =
    &[Row { action: Action::Quit, name: "quit", keys: &["q"], help: "Quit", group: Group::Program }];
