//! Everything the user can do, in one table: the keymap, help, palette, settings and README come from it.
//!
//! Keys are written as in [`super::keymap::key`]; a key has one meaning everywhere, and digits are counts.

use Action as A;
use Group as G;

/// What the user means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the reader.
    Quit,
    /// Stop until the shell continues the reader.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Show the keys.
    Help,
    /// Show all commands.
    Palette,
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the beginning, or to the line that the count names.
    Top,
    /// To the end, or to the line that the count names.
    Bottom,
    /// To the part that the count names, in percent.
    Percent,
    /// To the next paragraph.
    NextParagraph,
    /// To the previous paragraph.
    PreviousParagraph,
    /// Open the selected story, follow the selected voice or name.
    Open,
    /// Clear search, scope and selection one after the other, then go to the list.
    Back,
    /// Focus the next pane.
    FocusNext,
    /// Focus the previous pane.
    FocusPrevious,
    /// Focus the article list.
    FocusList,
    /// Focus the reading pane.
    FocusText,
    /// Focus the sidebar.
    FocusVoices,
    /// Show the reading pane alone, or all panes again.
    Zoom,
    /// Fold or unfold the article list.
    FoldList,
    /// Fold or unfold the sidebar.
    FoldVoices,
    /// Make the focused pane wider.
    WiderPane,
    /// Make the focused pane narrower.
    NarrowerPane,
    /// Make the text column wider.
    WiderText,
    /// Make the text column narrower.
    NarrowerText,
    /// Spread lines to the full width, or not.
    Justify,
    /// Search in the story, or from the list across the library.
    Search,
    /// Search backward in the story; where there is nothing to search, show the keys.
    SearchBackward,
    /// Next hit.
    NextHit,
    /// Previous hit.
    PreviousHit,
    /// Next quote.
    NextQuote,
    /// Previous quote.
    PreviousQuote,
    /// Next quote by the speaker of the current one.
    NextBySpeaker,
    /// Previous quote by the speaker of the current one.
    PreviousBySpeaker,
    /// Keep to the voice with the letter that follows.
    KeepToVoice,
    /// Keep to nobody.
    AllVoices,
    /// Show why the quote is given to its speaker, or no longer.
    Evidence,
    /// Show everything that somebody said, in all stories of the library.
    Said,
    /// Say that a person of the library is the same as another.
    SamePerson,
    /// Say that some quotes of a person are another person's.
    AnotherPerson,
    /// Next mention of the selected name.
    NextMention,
    /// Previous mention of the selected name.
    PreviousMention,
    /// Select the name at the cursor.
    SelectName,
    /// Open the next story.
    NextStory,
    /// Open the previous story.
    PreviousStory,
    /// Open the next unread story.
    NextUnread,
    /// Open the previous unread story.
    PreviousUnread,
    /// Mark the story as read or unread.
    ToggleRead,
    /// Star the story, or take its star away.
    ToggleStar,
    /// Sort the list by what the letter that follows stands for.
    Sort,
    /// Keep to the stories that match a query.
    Filter,
    /// Save the filter under a name, or give a saved one another name.
    SaveFilter,
    /// Show what the library can be looked through by, in the place of the list.
    Tree,
    /// Pick the story for a change to several, or let go of it.
    Pick,
    /// Pick all stories shown, or let go of them.
    PickAll,
    /// Take what is picked, or the story, out of the library.
    Remove,
    /// Give the story tags, or take them from it.
    Tags,
    /// Look for what is new in the feeds.
    RefreshFeeds,
    /// Follow a feed.
    FollowFeed,
    /// Change how a feed is treated.
    FeedSettings,
    /// Take back the latest change to the library.
    Undo,
    /// Add the story to the library.
    Add,
    /// Add files and folders to the library.
    AddFiles,
    /// Mark this place with the letter that follows.
    Mark,
    /// Go to the mark with the letter that follows.
    GoToMark,
    /// Go to where the last jump began.
    LastPlace,
    /// Go back in the list of jumps.
    JumpBack,
    /// Go forward in the list of jumps.
    JumpForward,
    /// Begin or give up a selection: of words, or of stories in the list.
    Select,
    /// Highlight the selection or the current quote, or no longer.
    Highlight,
    /// Write the note on it.
    Note,
    /// Next highlight.
    NextHighlight,
    /// Previous highlight.
    PreviousHighlight,
    /// Show the highlights and notes of all stories.
    Highlights,
    /// Show those of the open story.
    StoryHighlights,
    /// Correct the quote, the selected words or the selected name.
    Correct,
    /// Copy the current quote with its speaker and story.
    CopyQuote,
    /// Copy the story's citation.
    CopyCitation,
    /// Copy the current paragraph.
    CopyParagraph,
    /// Copy the story's address.
    CopyUrl,
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
    /// Whether it needs an open story.
    pub in_story: bool,
    /// Whether a letter follows its keys (`ma`).
    pub letter: bool,
}

/// Groups of the help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Around.
    Move,
    /// Who says what.
    Quotes,
    /// People over all stories.
    People,
    /// Words in the story.
    Search,
    /// From story to story.
    Stories,
    /// Marks and jumps.
    Places,
    /// Highlights, notes and corrections.
    Notes,
    /// Panes and how they look.
    Panes,
    /// To the clipboard.
    Copy,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups, in the order of the help screen.
    pub const ALL: [Self; 10] =
        [G::Move, G::Quotes, G::People, G::Search, G::Stories, G::Places, G::Notes, G::Panes, G::Copy, G::Program];

    /// What stands over the group.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            G::Move => "Move",
            G::Quotes => "Quotes and names",
            G::People => "People in all stories",
            G::Search => "Search",
            G::Stories => "Stories",
            G::Places => "Places",
            G::Notes => "Highlights and notes",
            G::Panes => "Panes and text",
            G::Copy => "Copy",
            G::Program => "Program",
        }
    }
}

impl Row {
    /// The row of the action called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|row| row.name == name)
    }
}

/// A row valid anywhere.
const fn row(
    group: Group,
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
) -> Row {
    Row { action, name, keys, help, group, in_story: false, letter: false }
}

impl Row {
    /// The same, but only with an open story.
    const fn in_story(self) -> Self {
        Self { in_story: true, ..self }
    }

    /// The same, but followed by a letter.
    const fn with_letter(self) -> Self {
        Self { letter: true, ..self }
    }
}

/// All actions, in the order of help and README.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    row(G::Move, A::Down, "down", &["j", "Down"], "Move a line down"),
    row(G::Move, A::Up, "up", &["k", "Up"], "Move a line up"),
    row(G::Move, A::PageDown, "page-down", &["space", "PgDn", "ctrl-f"], "Move a page down"),
    row(G::Move, A::PageUp, "page-up", &["b", "PgUp", "ctrl-b"], "Move a page up"),
    row(G::Move, A::HalfPageDown, "half-page-down", &["d", "ctrl-d"], "Move half a page down"),
    row(G::Move, A::HalfPageUp, "half-page-up", &["u", "ctrl-u"], "Move half a page up"),
    row(G::Move, A::Top, "top", &["gg", "Home"], "Go to the beginning, or to the line the count names"),
    row(G::Move, A::Bottom, "bottom", &["G", "End"], "Go to the end, or to the line the count names"),
    row(G::Move, A::Percent, "percent", &["%"], "Go to the percentage that the count names"),
    row(G::Move, A::NextParagraph, "next-paragraph", &["]p", "}"], "Go to the next paragraph").in_story(),
    row(G::Move, A::PreviousParagraph, "previous-paragraph", &["[p", "{"], "Go to the previous paragraph").in_story(),
    row(G::Move, A::Open, "open", &["Enter", "l", "Right"], "Open the story, follow the voice or name"),
    row(G::Move, A::Back, "back", &["Esc", "h", "Left"], "Clear search, scope, name; then go back to the list"),

    row(G::Quotes, A::NextQuote, "next-quote", &["]q"], "Go to the next quote").in_story(),
    row(G::Quotes, A::PreviousQuote, "previous-quote", &["[q"], "Go to the previous quote").in_story(),
    row(G::Quotes, A::NextBySpeaker, "next-by-speaker", &["]s"], "Go to the next quote by the same speaker").in_story(),
    row(G::Quotes, A::PreviousBySpeaker, "previous-by-speaker", &["[s"], "Go to the previous quote by the same speaker").in_story(),
    row(G::Quotes, A::KeepToVoice, "keep-to-voice", &["s"], "Keep to the voice with this letter").in_story().with_letter(),
    row(G::Quotes, A::AllVoices, "all-voices", &["S"], "Hear all voices again").in_story(),
    row(G::Quotes, A::Evidence, "evidence", &["e"], "Show why the quote is given to its speaker").in_story(),
    row(G::Quotes, A::NextMention, "next-mention", &["]e"], "Go to the next mention of the selected name").in_story(),
    row(G::Quotes, A::PreviousMention, "previous-mention", &["[e"], "Go to the previous mention of the selected name").in_story(),
    row(G::Quotes, A::SelectName, "select-name", &["*"], "Select the name here, then the next one").in_story(),

    row(G::People, A::Said, "said", &["gs"], "Show all that this person said, in every story"),
    row(G::People, A::SamePerson, "same-person", &["M"], "Make this person the same as another one"),
    row(G::People, A::AnotherPerson, "another-person", &["X"], "Make some of these quotes another person's"),

    row(G::Search, A::Search, "search", &["/"], "Search in the story; from the list, in the library"),
    row(G::Search, A::SearchBackward, "search-backward", &["?"], "Search backward; outside the text, show the keys"),
    row(G::Search, A::NextHit, "next-hit", &["n"], "Go to the next hit").in_story(),
    row(G::Search, A::PreviousHit, "previous-hit", &["N"], "Go to the previous hit").in_story(),

    row(G::Stories, A::NextStory, "next-story", &["J"], "Open the next story"),
    row(G::Stories, A::PreviousStory, "previous-story", &["K"], "Open the previous story"),
    row(G::Stories, A::NextUnread, "next-unread", &["]u"], "Open the next unread story"),
    row(G::Stories, A::PreviousUnread, "previous-unread", &["[u"], "Open the previous unread story"),
    row(G::Stories, A::ToggleRead, "toggle-read", &["r"], "Mark the story as read or unread"),
    row(G::Stories, A::ToggleStar, "toggle-star", &["x"], "Star the story, or take its star away"),
    row(G::Stories, A::Tags, "tags", &["t"], "Tag the story; Tab completes tags there are"),
    row(G::Stories, A::Filter, "filter", &["&"], "Keep to stories that match: unread speaker:leavitt"),
    row(G::Stories, A::Sort, "sort", &[","], "Sort by date, added, title, source, voices, length").with_letter(),
    row(G::Stories, A::SaveFilter, "save-filter", &["ctrl-s"], "Save the filter under a name, or rename it"),
    row(G::Stories, A::Tree, "tree", &["gf"], "Show saved queries, tags, feeds and folders"),
    row(G::Stories, A::Pick, "pick", &["."], "Pick the story: r x t D then change all picked"),
    row(G::Stories, A::PickAll, "pick-all", &["ctrl-a"], "Pick all stories shown, or let go of them"),
    row(G::Stories, A::Remove, "remove", &["D", "Delete"], "Remove the story from the library"),
    row(G::Stories, A::RefreshFeeds, "refresh-feeds", &["R"], "Refresh the feeds; in the tree, those selected"),
    row(G::Stories, A::FollowFeed, "follow-feed", &["F"], "Follow a feed, by its address or that of a page"),
    row(G::Stories, A::FeedSettings, "feed-settings", &["gF"], "Change how the feed is treated"),
    row(G::Stories, A::Undo, "undo", &["U"], "Undo the latest change to the library"),
    row(G::Stories, A::Add, "add", &["i"], "Add the story to the library"),
    row(G::Stories, A::AddFiles, "add-files", &["I"], "Add files or folders to the library; Esc stops"),

    row(G::Places, A::Mark, "mark", &["m"], "Mark this place with a letter").in_story().with_letter(),
    row(G::Places, A::GoToMark, "go-to-mark", &["'"], "Go to the mark with this letter").in_story().with_letter(),
    row(G::Places, A::LastPlace, "last-place", &["''"], "Go to where the last jump began").in_story(),
    row(G::Places, A::JumpBack, "jump-back", &["H"], "Go back to the place before the jump").in_story(),
    row(G::Places, A::JumpForward, "jump-forward", &["L"], "Go forward to the place after the jump").in_story(),

    row(G::Notes, A::Select, "select", &["v"], "Select words for y a A; in the list, stories for r x t D"),
    row(G::Notes, A::Highlight, "highlight", &["a"], "Mark the words selected or the quote, or unmark them").in_story(),
    row(G::Notes, A::Note, "note", &["A"], "Write a note on them").in_story(),
    row(G::Notes, A::NextHighlight, "next-highlight", &["]h"], "Go to the next highlight").in_story(),
    row(G::Notes, A::PreviousHighlight, "previous-highlight", &["[h"], "Go to the previous highlight").in_story(),
    row(G::Notes, A::Highlights, "highlights", &["gh"], "Show all highlights and notes"),
    row(G::Notes, A::StoryHighlights, "story-highlights", &["gH"], "Show the highlights and notes of this story").in_story(),
    row(G::Notes, A::Correct, "correct", &["c"], "Correct the quote, the words selected or the name").in_story(),

    row(G::Panes, A::FocusNext, "focus-next", &["Tab"], "Focus the next pane"),
    row(G::Panes, A::FocusPrevious, "focus-previous", &["shift-Tab"], "Focus the previous pane"),
    row(G::Panes, A::FocusList, "focus-list", &["gl"], "Focus the article list"),
    row(G::Panes, A::FocusText, "focus-text", &["gt"], "Focus the text"),
    row(G::Panes, A::FocusVoices, "focus-voices", &["gv"], "Focus voices and names"),
    row(G::Panes, A::Zoom, "zoom", &["z"], "Show the text alone, or all panes again"),
    row(G::Panes, A::FoldList, "fold-list", &["("], "Fold or unfold the article list"),
    row(G::Panes, A::FoldVoices, "fold-voices", &[")"], "Fold or unfold voices and names"),
    row(G::Panes, A::NarrowerPane, "narrower-pane", &["<"], "Make the focused pane narrower"),
    row(G::Panes, A::WiderPane, "wider-pane", &[">"], "Make the focused pane wider"),
    row(G::Panes, A::NarrowerText, "narrower-text", &["-"], "Make the text column narrower"),
    row(G::Panes, A::WiderText, "wider-text", &["+", "="], "Make the text column wider"),
    row(G::Panes, A::Justify, "justify", &["w"], "Spread lines to the full width, or not"),

    row(G::Copy, A::CopyQuote, "copy-quote", &["yq"], "Copy the quote, its speaker and story").in_story(),
    row(G::Copy, A::CopyCitation, "copy-citation", &["yc"], "Copy the story's citation").in_story(),
    row(G::Copy, A::CopyParagraph, "copy-paragraph", &["yp"], "Copy the paragraph").in_story(),
    row(G::Copy, A::CopyUrl, "copy-url", &["yu"], "Copy the story's address").in_story(),

    row(G::Program, A::Help, "help", &["F1"], "Show the keys"),
    row(G::Program, A::Palette, "palette", &[":"], "Find and run a command"),
    row(G::Program, A::Redraw, "redraw", &["ctrl-l"], "Draw the screen again"),
    row(G::Program, A::Suspend, "suspend", &["ctrl-z"], "Stop until the shell continues the reader"),
    row(G::Program, A::Quit, "quit", &["q", "ctrl-c"], "Quit; the place in each story is kept"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), TABLE.len());
        for name in names {
            assert!(
                name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())),
                "{name}"
            );
        }
    }

    #[test]
    fn every_action_has_one_row_and_a_key() {
        for row in TABLE {
            assert_eq!(TABLE.iter().filter(|other| other.action == row.action).count(), 1, "{}", row.name);
            assert!(!row.keys.is_empty(), "{} has no key", row.name);
            assert_eq!(Row::named(row.name).unwrap().action, row.action);
        }
    }

    #[test]
    fn help_lines_are_short_imperatives() {
        const VERBS: &[&str] = &[
            "Add", "Change", "Clear", "Copy", "Correct", "Draw", "Find", "Focus", "Fold", "Follow", "Go", "Hear",
            "Keep", "Make", "Mark", "Move", "Open", "Pick", "Quit", "Refresh", "Remove", "Save", "Search", "Select",
            "Show", "Sort", "Spread", "Star", "Stop", "Tag", "Undo", "Write",
        ];
        for Row { help, .. } in TABLE {
            let verb = help.split([' ', ';', ',']).next().unwrap_or_default();
            assert!(VERBS.contains(&verb), "{help:?} opens with no known verb");
            assert!(help.len() <= 56 && !help.ends_with('.'), "{help:?}");
        }
    }

    #[test]
    fn groups_stand_together_in_the_order_of_the_help_screen() {
        let mut order: Vec<_> = TABLE.iter().map(|row| row.group).collect();
        assert!(order.is_sorted());
        order.dedup();
        assert_eq!(order, Group::ALL);
    }
}
