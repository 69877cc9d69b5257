//! Keys of other readers, for those who have them in their fingers; they replace keys of the action table.

use crate::config::Preset;

/// What differs from the action table: keys and the names of actions.
pub(super) const fn bindings(preset: Preset) -> &'static [(&'static str, &'static str)] {
    match preset {
        Preset::Standard => &[],
        Preset::Less => LESS,
        Preset::Newsboat => NEWSBOAT,
    }
}

const LESS: &[(&str, &str)] = &[
    ("e", "down"),
    ("E", "evidence"),
    ("ctrl-e", "down"),
    ("ctrl-n", "down"),
    ("ctrl-y", "up"),
    ("ctrl-p", "up"),
    ("ctrl-k", "up"),
    ("f", "page-down"),
    ("ctrl-v", "page-down"),
    ("alt-v", "page-up"),
    ("g", "top"),
    ("<", "top"),
    ("alt-<", "top"),
    (">", "bottom"),
    ("alt->", "bottom"),
    ("p", "percent"),
    ("h", "help"),
    ("Q", "quit"),
    ("R", "redraw"),
    ("ctrl-r", "redraw"),
    ("alt-r", "refresh-feeds"),
    ("alt-F", "feed-settings"),
    ("alt-1", "focus-list"),
    ("alt-2", "focus-text"),
    ("alt-3", "focus-voices"),
    ("alt-s", "said"),
    ("alt-f", "tree"),
    ("alt-h", "highlights"),
    ("alt-H", "story-highlights"),
    ("alt--", "narrower-pane"),
    ("alt-+", "wider-pane"),
];

const NEWSBOAT: &[(&str, &str)] = &[
    ("n", "next-unread"),
    ("p", "previous-unread"),
    ("N", "toggle-read"),
    ("gn", "next-hit"),
    ("gN", "previous-hit"),
    ("?", "help"),
    ("g/", "search-backward"),
    ("Q", "quit"),
];
