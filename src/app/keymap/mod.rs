//! Key sequences to actions: the action table, a preset and the user's bindings, and what is pending between keys.
//!
//! No sequence that acts is the beginning of another, so a key acts at once and nothing waits for a time-out. The one
//! exception is an action that takes a letter: a sequence that goes on from it (`''` from `'`) comes before the letter.

pub mod key;
mod preset;

pub use key::Key;

use super::action::{Action, Row, TABLE};
use crate::config::{Binding, Problem, Settings, nearest};
use crate::text::safe;

/// The bindings in force.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bound: Vec<Bound>,
}

/// A sequence that acts.
#[derive(Clone, Debug)]
struct Bound {
    keys: Vec<Key>,
    row: &'static Row,
    /// Line in the user's settings, where it is theirs.
    line: Option<usize>,
}

/// Keys pressed that are not an action yet: a count and the beginning of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The count typed so far.
    pub count: Option<u32>,
    /// The keys typed so far, as they are shown (`]`, `g`).
    pub keys: String,
    sequence: Vec<Key>,
    letter_for: Option<Action>,
}

/// An action with what was typed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The action.
    pub action: Action,
    /// The count typed before it.
    pub count: Option<u32>,
    /// The letter typed after it, where it takes one.
    pub letter: Option<char>,
}

impl Command {
    /// How often to do it: the count, at least 1.
    #[must_use]
    pub fn times(self) -> usize {
        self.count.map_or(1, |count| count.max(1) as usize)
    }
}

/// What a key came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Something to do.
    Act(Command),
    /// More keys are to come.
    Pending,
    /// What was pending is given up.
    Cancelled,
    /// These keys mean nothing.
    Unknown(String),
}

/// Counts end here; nothing that can be counted is larger.
const MAX_COUNT: u32 = 999_999;

impl Pending {
    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.sequence.is_empty() && self.letter_for.is_none()
    }

    /// What waits for the letter of `row`, as if its keys had been pressed after `count`.
    #[must_use]
    pub fn letter_for(row: &Row, count: Option<u32>) -> Self {
        Self { count, keys: row.name.to_owned() + " ", sequence: Vec::new(), letter_for: Some(row.action) }
    }

    /// Whether the beginning of a sequence is pending.
    #[must_use]
    pub fn is_sequence(&self) -> bool {
        !self.sequence.is_empty()
    }

    fn digit(&mut self, digit: u32) {
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.count = Some(count.min(MAX_COUNT));
    }
}

impl Keymap {
    /// The bindings of `settings`, and everything wrong with those of the user, who wrote them in `file`. What is
    /// wrong has no effect, but for a binding that hides default keys: it is in force, and the hidden keys are named.
    #[must_use]
    pub fn new(settings: &Settings, file: &str) -> (Self, Vec<Problem>) {
        let mut keymap = Self::default();
        for row in TABLE {
            for keys in row.keys {
                let keys = Key::sequence(keys).unwrap_or_default();
                keymap.bound.push(Bound { keys, row, line: None });
            }
        }
        for (keys, name) in preset::bindings(settings.preset) {
            if let (Ok(keys), Some(row)) = (Key::sequence(keys), Row::named(name)) {
                keymap.replace(Bound { keys, row, line: None });
            }
        }
        let problems = keymap.bind_all(&settings.keys);
        let problem =
            |(line, message): (_, String)| Problem { file: file.to_owned(), line, message: safe::line(&message) };
        (keymap, problems.into_iter().map(problem).collect())
    }

    /// Takes in the user's bindings; gives what is wrong, by line. Keys are unbound before others are bound, so that
    /// the order of lines does not matter.
    fn bind_all(&mut self, bindings: &[Binding]) -> Vec<(usize, String)> {
        let mut problems = Vec::new();
        let (unbound, bound): (Vec<_>, Vec<_>) = bindings.iter().partition(|binding| binding.action.is_empty());
        for binding in unbound.into_iter().chain(bound) {
            if let Err(message) = self.bind(binding) {
                problems.push((binding.line, message));
            }
        }
        if !self.bound.iter().any(|bound| bound.row.action == Action::Quit) {
            let line = bindings.iter().map(|binding| binding.line).max().unwrap_or(1);
            problems.push((line, "no key is left for `quit`; `ctrl-c` keeps it".to_owned()));
            let keys = Key::sequence("ctrl-c").unwrap_or_default();
            self.bound.extend(Row::named("quit").map(|row| Bound { keys, row, line: None }));
        }
        problems.sort_by_key(|(line, _)| *line);
        problems
    }

    /// Takes in one binding of the user.
    fn bind(&mut self, binding: &Binding) -> Result<(), String> {
        let Binding { keys, action, .. } = binding;
        let swapped = Row::named(keys).is_some() && Row::named(action).is_none() && Key::sequence(action).is_ok();
        if swapped {
            return Err(format!("keys come first: write it the other way round, \"{action}\" = \"{keys}\""));
        }
        let keys = Key::sequence(&binding.keys)?;
        let written = Key::write(&keys);
        if keys.iter().any(|key| key.character().is_some_and(|c| c.is_ascii_digit())) {
            return Err(format!("`{written}` holds a digit: digits are counts, so they cannot be bound"));
        }
        if binding.action.is_empty() {
            let before = self.bound.len();
            self.bound.retain(|bound| bound.keys != keys);
            let known = self.bound.len() < before;
            return if known { Ok(()) } else { Err(format!("`{written}` is not bound, so it cannot be unbound")) };
        }
        let Some(row) = Row::named(&binding.action) else {
            let near = nearest(&binding.action, TABLE.iter().map(|row| row.name));
            let meant = near.map_or_else(
                || "`:` in the reader lists all actions".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            return Err(format!("no action is called `{}`; {meant}", binding.action));
        };
        let bound = Bound { keys, row, line: Some(binding.line) };
        if let Some((other, line)) = self.bound.iter().find_map(|other| {
            let line = other.line?;
            other.conflicts(&bound).then_some((other, line))
        }) {
            let other = Key::write(&other.keys);
            return Err(format!("`{written}` gets in the way of `{other}` on line {line}: one of the two must go"));
        }
        let hidden: Vec<String> = self
            .replace(bound)
            .iter()
            .map(|bound| format!("`{}` ({})", Key::write(&bound.keys), bound.row.name))
            .collect();
        if hidden.is_empty() {
            return Ok(());
        }
        Err(format!("`{written}` hides {}; unbind what you do not need with \"\"", hidden.join(", ")))
    }

    /// Binds `bound`; gives the bindings that had to go although their keys differ.
    fn replace(&mut self, bound: Bound) -> Vec<Bound> {
        let (gone, kept) = std::mem::take(&mut self.bound).into_iter().partition(|other| other.conflicts(&bound));
        self.bound = kept;
        let hidden = Vec::from_iter(gone).into_iter().filter(|gone: &Bound| gone.keys != bound.keys).collect();
        self.bound.push(bound);
        hidden
    }

    /// Takes in `key`; `pending` holds what came before and, after, what is still to be completed.
    #[must_use]
    pub fn press(&self, pending: &mut Pending, key: Key) -> Press {
        if !pending.is_empty() && key == Key::ESC {
            *pending = Pending::default();
            return Press::Cancelled;
        }
        if pending.sequence.is_empty()
            && pending.letter_for.is_none()
            && let Some(digit) = key.character().and_then(|c| c.to_digit(10))
        {
            pending.digit(digit);
            return Press::Pending;
        }
        let letter_for = self.awaiting(pending);
        pending.sequence.push(key);
        let exact = self.exact(&pending.sequence).filter(|_| pending.letter_for.is_none());
        if let Some(row) = exact.filter(|row| !row.letter) {
            let count = std::mem::take(pending).count;
            return Press::Act(Command { action: row.action, count, letter: None });
        }
        if exact.is_some() || (pending.letter_for.is_none() && self.begins(&pending.sequence)) {
            pending.keys = Key::write(&pending.sequence);
            return Press::Pending;
        }
        let before = std::mem::take(pending);
        match (letter_for, key.character().filter(|c| c.is_alphabetic())) {
            (Some(action), Some(c)) => Press::Act(Command { action, count: before.count, letter: Some(c) }),
            _ => Press::Unknown(Key::write(&before.sequence)),
        }
    }

    /// What `key` does alone, if anything.
    #[must_use]
    pub fn action_of(&self, key: Key) -> Option<Action> {
        self.exact(&[key]).map(|row| row.action)
    }

    fn exact(&self, keys: &[Key]) -> Option<&'static Row> {
        self.bound.iter().find(|bound| bound.keys == keys).map(|bound| bound.row)
    }

    fn begins(&self, keys: &[Key]) -> bool {
        self.bound.iter().any(|bound| bound.keys.len() > keys.len() && bound.keys.starts_with(keys))
    }

    /// The action that the next letter is for.
    #[must_use]
    pub fn awaiting(&self, pending: &Pending) -> Option<Action> {
        pending.letter_for.or_else(|| self.exact(&pending.sequence).map(|row| row.action))
    }

    /// What may follow what is pending: the keys still to be pressed, and what they do.
    #[must_use]
    pub fn following(&self, pending: &Pending) -> Vec<(String, &'static Row)> {
        let after =
            |bound: &Bound| bound.keys.strip_prefix(&*pending.sequence).filter(|rest| !rest.is_empty()).map(Key::write);
        self.bound.iter().filter_map(|bound| Some((after(bound)?, bound.row))).collect()
    }

    /// The keys of `action`, as they are written: the table's first, then the user's.
    #[must_use]
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        self.bound.iter().filter(|bound| bound.row.action == action).map(|bound| Key::write(&bound.keys)).collect()
    }

    /// The first of the keys of `action`, which messages name; empty where it has none.
    #[must_use]
    pub fn first_key_of(&self, action: Action) -> String {
        self.keys_of(action).into_iter().next().unwrap_or_default()
    }
}

impl Bound {
    /// Whether the two cannot both be in force.
    fn conflicts(&self, other: &Self) -> bool {
        let (short, long) = if self.keys.len() <= other.keys.len() { (self, other) } else { (other, self) };
        short.keys == long.keys || (!short.row.letter && long.keys.starts_with(&short.keys))
    }
}

#[cfg(test)]
mod tests;
