//! The status line: where the user is, what is said there, what was just said to the user, and the keys that matter.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::glyphs::Glyphs;
use super::pen::Pen;
use super::speech::{Speech, Spoken};
use super::{Skin, facts};
use crate::analysis::{Basis, QuoteKind};
use crate::app::action::{Action, TABLE};
use crate::app::list::{Content, Entry};
use crate::app::overlay::Purpose;
use crate::app::people::People;
use crate::app::sidebar;
use crate::app::{Focus, Keymap, List, Notice, Overlay, Pending, Reader, Sidebar, Tree};
use crate::article::sort::SortKey;
use crate::config::theme::Role;
use crate::text::width;

/// What the status line tells about.
#[derive(Clone, Copy, Debug)]
pub struct Status<'a> {
    /// The pane that takes keys.
    pub focus: Focus,
    /// The article list.
    pub list: &'a List,
    /// What is shown in its place: what the library can be looked through by.
    pub tree: Option<&'a Tree>,
    /// What somebody said, where that is shown.
    pub people: Option<&'a People>,
    /// The open story.
    pub reader: Option<&'a Reader>,
    /// Its voices and names.
    pub sidebar: &'a Sidebar,
    /// The bindings in force.
    pub keymap: &'a Keymap,
    /// Keys pressed that are not an action yet.
    pub pending: &'a Pending,
    /// What the user is told.
    pub notice: Option<&'a Notice>,
    /// What lies over the panes.
    pub overlay: Option<&'a Overlay>,
    /// Whether a header tells how far the reader is.
    pub headed: bool,
    /// Whether what the user does is kept.
    pub kept: bool,
    /// How far adding files is, while it goes on.
    pub adding: Option<&'a str>,
    /// How far a change to many stories is, while it goes on.
    pub changing: Option<&'a str>,
}

/// A part of the line, the first the most important.
type Part = (String, Style);

/// Columns that are left at least of what was done where the key that takes it back stands behind it.
const SHORTEST_HEAD: usize = 12;

/// Columns from which the line starts with a word for what the user is doing.
const WORDY: u16 = 50;

/// Draws the status line.
pub fn draw(buffer: &mut Buffer, area: Rect, status: &Status, skin: &Skin) {
    buffer.set_style(area, skin.role(Role::Status));
    let mut pen = Pen::new(buffer, area, 0);
    // On a narrow screen the only pane there is speaks for itself.
    if area.width >= WORDY {
        pen.put(&format!(" {} ", status.word()), skin.role(Role::Mode));
    }
    pen.put(" ", Style::new());
    pen.put_last(" ", Style::new());
    if !status.kept {
        pen.put_last("not kept", skin.role(Role::Error)).put_last("  ", Style::new());
    }
    if let Some(percent) = status.percent() {
        pen.put_last(&format!("  {percent}%"), Style::new());
    }
    if !status.pending.is_empty() {
        status.draw_pending(&mut pen, skin);
        return;
    }
    if let Some(notice) = status.notice {
        let role = if notice.error { Role::Error } else { Role::Notice };
        if !notice.whole || width::columns(&notice.text) <= pen.room() {
            pen.put(&told(notice, pen.room(), skin.glyphs), skin.role(role));
        } else {
            super::notice::draw(buffer, area, &notice.text, skin.role(role), skin);
        }
        return;
    }
    if let Some(overlay) = status.overlay {
        for (key, word) in overlay_keys(overlay) {
            if width::columns(key) + width::columns(word) + 1 > pen.room() {
                break;
            }
            pen.put(key, skin.role(Role::Key)).put(&format!(" {word}  "), Style::new());
        }
        return;
    }
    if let Some(adding) = status.adding {
        pen.put_last("stops", Style::new()).put_last("Esc ", skin.role(Role::Key)).put_last("  ", Style::new());
        pen.fit(adding, pen.room(), skin.glyphs, skin.role(Role::Notice));
        return;
    }
    if let Some(changing) = status.changing {
        pen.fit(changing, pen.room(), skin.glyphs, skin.role(Role::Notice));
        return;
    }
    let parts = status.parts(skin);
    let told: usize = parts.iter().map(|(text, _)| width::columns(text)).sum();
    status.draw_keys(&mut pen, told, skin);
    draw_parts(&mut pen, &parts, skin);
}

/// What the user is told in `columns` columns: of what can be taken back by a key, the head is cut and not the key.
fn told(notice: &Notice, columns: usize, glyphs: &Glyphs) -> String {
    let (head, hint) = notice.text.split_at_checked(notice.text.len() - notice.hint).unwrap_or((&notice.text, ""));
    let room = columns.saturating_sub(width::columns(hint));
    if width::columns(&notice.text) <= columns || hint.is_empty() || room < SHORTEST_HEAD {
        return glyphs.fit(whole_head(&notice.text, columns), columns).into_owned();
    }
    // The words that are cut stay between their marks.
    let (words, mark) = head.strip_suffix('”').map_or((head, ""), |words| (words, "”"));
    format!("{}{mark}{hint}", glyphs.fit(words, room - width::columns(mark)))
}

/// `text` up to the last of its parts that fits into `columns`, where that is most of what would be seen anyway; else
/// all of it.
fn whole_head(text: &str, columns: usize) -> &str {
    if width::columns(text) <= columns {
        return text;
    }
    let ends = [": ", "; ", " ("].into_iter().flat_map(|end| text.match_indices(end)).map(|(at, _)| at);
    let heads =
        ends.filter_map(|end| text.get(..end)).filter(|head| (columns / 2..=columns).contains(&width::columns(head)));
    heads.max_by_key(|head| head.len()).unwrap_or(text)
}

/// The keys of what lies over the panes, the most wanted first.
fn overlay_keys(overlay: &Overlay) -> &'static [(&'static str, &'static str)] {
    match overlay {
        Overlay::Palette(_) => &[("Enter", "run"), ("Esc", "close"), ("Up Down", "move")],
        Overlay::Who(prompt) if prompt.purpose == Purpose::Said => {
            &[("Enter", "show"), ("Tab", "complete"), ("Esc", "close"), ("Up Down", "move")]
        }
        Overlay::Who(_) => &[("Enter", "make one"), ("Esc", "close"), ("Up Down", "move")],
        Overlay::Parts(_) => &[("Enter", "take apart"), ("Esc", "close"), ("Up Down", "move")],
        Overlay::Find(_) => &[("Enter", "open"), ("ctrl-r", "order"), ("Esc", "close"), ("Up Down", "move")],
        Overlay::Note(note) if note.saving => &[("Esc", "close without keeping it")],
        Overlay::Note(note) if note.asks => &[("y", "keep it"), ("n", "drop it"), ("Esc", "go on writing")],
        Overlay::Note(_) => &[("ctrl-s", "keep"), ("Esc", "close"), ("Enter", "new line")],
        Overlay::Highlights(_) => &[
            ("Enter", "open"),
            ("Esc", "close"),
            ("ctrl-e", "note"),
            ("ctrl-d", "remove"),
            ("ctrl-y", "undo"),
            ("ctrl-r", "this story, all"),
        ],
        Overlay::Correct(correct) if correct.pick.is_some() => {
            &[("Enter", "that one"), ("Esc", "back"), ("Up Down", "move")]
        }
        Overlay::Feed(_) => &[("Enter", "go on"), ("Esc", "close")],
        Overlay::Correct(_) => &[("Enter", "choose"), ("Esc", "close"), ("Up Down", "move")],
        // Those that are lines tell their keys themselves.
        _ => &[("Esc", "close"), ("Up Down", "move")],
    }
}

/// What the list can be sorted by, each with its letter; where there is little room, what fits.
fn draw_orders(pen: &mut Pen, skin: &Skin) {
    let key = skin.role(Role::Key);
    let wide: usize = SortKey::ALL.iter().map(|(_, _, name)| width::columns(name) + 4).sum();
    let is_wide = wide <= pen.room();
    for (_, letter, name) in SortKey::ALL {
        let rest = name.strip_prefix(letter).filter(|_| !is_wide);
        let told = rest.map_or_else(|| format!(" {name}  "), |rest| format!("{rest} "));
        if width::columns(&told) > pen.room() {
            return;
        }
        pen.put(&letter.to_string(), key).put(&told, Style::new());
    }
    let capital = "capital letter: turned round";
    if width::columns(capital) <= pen.room() {
        pen.put(capital, skin.role(Role::Status));
    }
}

/// Writes the parts that fit whole; the first one is cut where not even that does.
fn draw_parts(pen: &mut Pen, parts: &[Part], skin: &Skin) {
    for (index, (text, style)) in parts.iter().enumerate() {
        if width::columns(text) <= pen.room() {
            pen.put(text, *style);
        } else {
            if index <= 1 {
                pen.fit(text, pen.room(), skin.glyphs, *style);
            }
            return;
        }
    }
}

/// Columns of a headline in the status line of the list that are kept whatever keys stand beside.
const HEADLINE: usize = 20;

impl Status<'_> {
    /// What the user is doing.
    fn word(&self) -> &'static str {
        match (self.overlay, self.focus) {
            (Some(Overlay::Help(_)), _) => "keys",
            (Some(Overlay::Palette(_)), _) => "command",
            (Some(Overlay::Search(_) | Overlay::Find(_)), _) => "search",
            (Some(Overlay::Filter(_)), _) => "filter",
            (Some(Overlay::Tags(_)), _) => "tags",
            (Some(Overlay::Name(_)), _) => "save",
            (Some(Overlay::Who(_) | Overlay::Parts(_) | Overlay::About(_)), _) => "said",
            (None, _) if self.people.is_some() => "said",
            (None, Focus::List) if self.tree.is_some() => "library",
            (None, Focus::List) if self.list.has_picks() => "picking",
            (Some(Overlay::Add(_)), _) => "add",
            (Some(Overlay::Note(_)), _) => "note",
            (Some(Overlay::Highlights(_)), _) => "highlights",
            (Some(Overlay::Correct(_)), _) => "correct",
            (None, Focus::Text) if self.is_selecting() => "selecting",
            (Some(Overlay::Feed(_)), _) => "feed",
            (None, Focus::List) => "list",
            (None, Focus::Text) => "reading",
            (None, Focus::Sidebar) => "voices",
        }
    }

    /// How far the reader is, where the header does not tell.
    fn percent(&self) -> Option<usize> {
        let reading = self.focus == Focus::Text && !self.headed && self.people.is_none();
        self.reader.filter(|_| reading)?.percent()
    }

    fn draw_pending(&self, pen: &mut Pen, skin: &Skin) {
        let count = self.pending.count.map(|count| count.to_string()).unwrap_or_default();
        pen.put(&format!("{count}{}", self.pending.keys), skin.role(Role::Key)).put("  ", Style::new());
        let awaiting = self.keymap.awaiting(self.pending);
        if awaiting == Some(Action::Sort) {
            draw_orders(pen, skin);
        } else if let Some(action) = awaiting {
            let help = TABLE.iter().find(|row| row.action == action).map_or("", |row| row.help);
            pen.put("letter", skin.role(Role::Key)).put(" ", Style::new());
            pen.fit(help, pen.room(), skin.glyphs, Style::new());
        } else if self.pending.is_sequence() {
            for (keys, row) in self.keymap.following(self.pending) {
                let what = row.name.replace('-', " ");
                if width::columns(&keys) + width::columns(&what) + 1 > pen.room() {
                    break;
                }
                pen.put(&keys, skin.role(Role::Key)).put(&format!(" {what}  "), Style::new());
            }
        }
    }

    /// The keys that matter now at the right end, as many as leave room for `told` columns.
    fn draw_keys(&self, pen: &mut Pen, told: usize, skin: &Skin) {
        let hints = self.hints();
        let columns = |(keys, word): &(String, &str)| width::columns(keys) + width::columns(word) + 3;
        // Help is the last that goes; of the others the first ones are the most wanted.
        // The headline in the list may be cut for it: it stands in its row too.
        let told = if self.focus == Focus::List { told.min(HEADLINE) } else { told };
        let room = pen.room().saturating_sub(told + 1);
        let mut used = hints.last().map_or(0, columns);
        let rest = hints.len().saturating_sub(1);
        let kept = hints.iter().take(rest).take_while(|hint| {
            used += columns(hint);
            used <= room
        });
        let kept = kept.count();
        let last = hints.last().filter(|help| columns(help) <= room);
        let shown: Vec<_> = hints.iter().take(kept).chain(last).collect();
        for (keys, word) in shown.into_iter().rev() {
            pen.put_last(&format!(" {word}"), Style::new()).put_last(keys, skin.role(Role::Key));
            pen.put_last("  ", Style::new());
        }
    }

    /// The keys that matter now, the most wanted first; help last.
    fn hints(&self) -> Vec<(String, &'static str)> {
        let key =
            |(action, word): (Action, &'static str)| Some((self.keymap.keys_of(action).into_iter().next()?, word));
        if !self.is_selecting() {
            return self.actions().into_iter().filter_map(key).collect();
        }
        let copy = ("y".to_owned(), "copy");
        let others = [(Action::Highlight, "highlight"), (Action::Note, "note"), (Action::Correct, "quote")];
        let ends = [("o".to_owned(), "other end"), ("Esc".to_owned(), "leave")];
        std::iter::once(copy).chain(others.into_iter().filter_map(key)).chain(ends).collect()
    }

    /// Whether words are being selected.
    fn is_selecting(&self) -> bool {
        self.reader.is_some_and(|reader| reader.selection.is_some())
    }

    /// What the user most likely wants to do next, the most likely first; help last.
    fn actions(&self) -> Vec<(Action, &'static str)> {
        let mut actions = match self.focus {
            _ if self.people.is_some() => vec![
                (Action::Open, "in its story"),
                (Action::Filter, "about"),
                (Action::Back, "back"),
                (Action::SamePerson, "same as"),
                (Action::AnotherPerson, "not the same"),
            ],
            Focus::List if self.tree.is_some() => {
                let saved = self.tree.and_then(Tree::branch).is_some_and(|branch| branch.saved);
                let own = [(Action::SaveFilter, "rename"), (Action::Remove, "remove")];
                let own = own.into_iter().filter(|_| saved);
                let failed = self.tree.and_then(Tree::branch).is_some_and(|branch| branch.problem.is_some());
                let open = if failed { "all of it" } else { "show" };
                [(Action::Open, open)].into_iter().chain(own).chain([(Action::FocusList, "list")]).collect()
            }
            Focus::List if self.list.has_picks() => vec![
                (Action::ToggleRead, "read"),
                (Action::ToggleStar, "star"),
                (Action::Tags, "tag"),
                (Action::Remove, "remove"),
                (Action::Back, "let go"),
            ],
            Focus::List if self.has_failed() => vec![(Action::Open, "try again"), (Action::Quit, "quit")],
            Focus::List => vec![(Action::Open, "open"), (Action::NextUnread, "unread"), (Action::Quit, "quit")],
            Focus::Sidebar => {
                vec![(Action::Open, "go there"), (Action::NextMention, "mention"), (Action::Back, "back")]
            }
            Focus::Text => match self.reader {
                Some(Reader { search: Some(_), .. }) => {
                    vec![(Action::NextHit, "next hit"), (Action::PreviousHit, "previous"), (Action::Back, "clear")]
                }
                Some(Reader { entity: Some(_), quote: None, .. }) => {
                    vec![(Action::NextMention, "next mention"), (Action::SelectName, "name"), (Action::Back, "clear")]
                }
                Some(Reader { quote: Some(_), .. }) => vec![
                    (Action::NextQuote, "quote"),
                    (Action::NextBySpeaker, "same voice"),
                    (Action::Evidence, "why"),
                    (Action::Search, "search"),
                ],
                _ => vec![
                    (Action::NextQuote, "quote"),
                    (Action::NextBySpeaker, "same voice"),
                    (Action::Search, "search"),
                ],
            },
        };
        actions.push((Action::Help, "help"));
        actions
    }

    /// What is to be told about where the user is.
    fn parts(&self, skin: &Skin) -> Vec<Part> {
        let plain = |text: String| vec![(text, Style::new())];
        if let Some(people) = self.people {
            return said_parts(people, skin);
        }
        if let Some(tree) = self.tree.filter(|_| self.focus == Focus::List) {
            return branch_parts(tree, skin);
        }
        match self.focus {
            Focus::List if self.list.has_picks() => {
                plain(format!("{} picked", facts::counted(self.list.picked_count(), "story", "stories")))
            }
            Focus::List => match self.list.selected_id().and_then(|id| self.list.entry(id)) {
                None if !self.list.showing.filter.is_empty() => {
                    plain(format!("no story matches: {} leads back", self.first_key(Action::Back)))
                }
                // Another program may hold it for a moment.
                None if self.list.showing.part.is_none() => plain(format!("opening the library{}", skin.glyphs.cut)),
                None => plain("no articles".to_owned()),
                Some(Entry { content: Content::Failed(reason), .. }) => {
                    vec![(reason.to_string(), skin.role(Role::Error))]
                }
                Some(entry) => entry_parts(entry, skin),
            },
            Focus::Text => self.reader.map_or_else(Vec::new, |reader| reading(reader, skin)),
            Focus::Sidebar => plain(self.reader.map_or_else(String::new, |reader| self.chosen(reader, skin))),
        }
    }

    /// Whether the selected story could not be read.
    fn has_failed(&self) -> bool {
        let selected = self.list.selected_id().and_then(|id| self.list.entry(id));
        selected.is_some_and(|entry| matches!(entry.content, Content::Failed(_)))
    }

    fn first_key(&self, action: Action) -> String {
        self.keymap.first_key_of(action)
    }

    /// The selected row of the sidebar in full.
    fn chosen(&self, reader: &Reader, skin: &Skin) -> String {
        let Some((_, voices)) = &reader.analysis else { return String::new() };
        match self.sidebar.rows.get(self.sidebar.selected) {
            Some(sidebar::Row::Voice(place)) => {
                let Some(voice) = voices.all.get(*place) else { return String::new() };
                let between = skin.glyphs.between;
                let counts = format!("{} direct, {} reported", voice.direct, voice.reported);
                let words = facts::counted(voice.words, "word", "words");
                format!("{}{between}{counts}{between}{words}", reader.describe(voice.speaker))
            }
            Some(sidebar::Row::Entity(entity, _)) => reader.describe(*entity),
            Some(sidebar::Row::Heading(_) | sidebar::Row::Blank) | None => String::new(),
        }
    }
}

/// `quote 3/12 · direct · sure`, and where else it stands.
fn said_parts(people: &People, skin: &Skin) -> Vec<Part> {
    let between = skin.glyphs.between;
    let (place, count) = people.quote_place();
    let Some(said) = people.choice().and_then(|choice| people.said(choice.place())) else {
        return vec![(facts::counted(count, "quote", "quotes"), Style::new())];
    };
    let how = if said.kind == QuoteKind::Direct { "direct" } else { "reported" };
    let parts = [
        format!("quote {place}/{count}"),
        format!("{between}{how}"),
        format!("{between}{}", sureness(said.confidence)),
    ];
    parts.into_iter().map(|text| (text, Style::new())).collect()
}

/// The selected row of the tree in full, with what is wrong with it, or the query that it stands for.
fn branch_parts(tree: &Tree, skin: &Skin) -> Vec<Part> {
    let Some(branch) = tree.branch() else { return Vec::new() };
    if let Some(problem) = &branch.problem {
        return vec![(format!("{}: {problem}", branch.name), skin.role(Role::Error))];
    }
    let query =
        if branch.query.is_empty() { String::new() } else { format!("{}&{}", skin.glyphs.between, branch.query) };
    let name = match &branch.note {
        Some(note) => format!("{}: {note}", branch.name),
        None => branch.name.clone(),
    };
    [name, query].into_iter().map(|text| (text, Style::new())).collect()
}

/// What the list may cut of an entry's row: its title, who published it, where it comes from.
fn entry_parts(entry: &Entry, skin: &Skin) -> Vec<Part> {
    let Some(facts) = &entry.facts else { return vec![(entry.origin.to_string(), Style::new())] };
    let title = if facts.title.is_empty() { "empty" } else { &facts.title };
    let tags = if facts.tags.is_empty() { String::new() } else { format!("tags: {}", facts.tags.join(", ")) };
    let words = facts.words.map(|words| facts::counted(words, "word", "words")).unwrap_or_default();
    let known = [&tags, &facts.source, &*entry.origin, &words].into_iter().filter(|text| !text.is_empty());
    let parts = known.map(|text| format!("{}{text}", skin.glyphs.between));
    std::iter::once(title.to_owned()).chain(parts).map(|text| (text, Style::new())).collect()
}

/// Whom the user keeps to, the current quote, the search.
fn reading(reader: &Reader, skin: &Skin) -> Vec<Part> {
    let between = skin.glyphs.between;
    let mut parts: Vec<Part> = Vec::new();
    if reader.selection.is_some() {
        let words = reader.selected().map_or("", |span| span.of(&reader.article.text));
        return vec![(facts::words(words), Style::new())];
    }
    let speech = Speech::of(reader);
    let spoken = reader.quote.and_then(|index| speech?.quote(index));
    match (speech, spoken) {
        (None, _) => parts.push(("analysing".to_owned() + skin.glyphs.cut, Style::new())),
        (Some(speech), Some(spoken)) => quote_parts(&mut parts, reader, speech, &spoken, skin),
        (Some(speech), None) => {
            let scope = reader.scope.and_then(|scope| speech.analysis().entity(scope));
            match (scope, reader.entity.map(|entity| reader.describe(entity))) {
                (Some(scope), _) => parts.push((format!("only {}", scope.name), Style::new())),
                (None, Some(entity)) => parts.push((entity, Style::new())),
                (None, None) => {
                    let count = reader.utterances().len();
                    parts.push((facts::counted(count, "quote", "quotes"), Style::new()));
                }
            }
        }
    }
    if let Some(highlight) = reader.highlight_here().filter(|highlight| highlight.is_noted()) {
        let note = crate::text::safe::line(&highlight.note);
        parts.push((format!("{between}{} {note}", skin.glyphs.highlight[1]), Style::new()));
    }
    if let (Some(search), Some((place, count))) = (&reader.search, reader.hit_place()) {
        let found = match (place, count) {
            (_, 0) => "no match".to_owned(),
            (0, _) => facts::counted(count, "match", "matches"),
            _ => format!("{place}/{count}"),
        };
        parts.push((format!("{between}/{} {found}", search.query.pattern()), Style::new()));
    }
    parts
}

/// `a Karoline Leavitt · quote 2/8 · direct · sure`.
fn quote_parts(parts: &mut Vec<Part>, reader: &Reader, speech: Speech, spoken: &Spoken, skin: &Skin) {
    let between = skin.glyphs.between;
    let speaker = spoken.quote.speaker.and_then(|speaker| speech.analysis().entity(speaker));
    let name = speaker.map_or("unknown speaker", |speaker| &speaker.name);
    let only = if reader.scope.is_some() { "only " } else { "" };
    parts.push((only.to_owned(), Style::new()));
    parts.push((format!("{} {name}", spoken.letter()), speaker_style(spoken, skin)));
    if let Some((place, count)) = reader.quote_place() {
        parts.push((format!("{between}quote {place}/{count}"), Style::new()));
    }
    let how = if spoken.is_direct() { "direct" } else { "reported" };
    parts.push((format!("{between}{how}"), Style::new()));
    if spoken.quote.evidence.basis == Basis::Correction {
        parts.push((format!("{between}{YOU_SAID_SO}"), Style::new()));
    } else if speaker.is_some() {
        parts.push((format!("{between}{}", sureness(spoken.quote.confidence)), Style::new()));
    }
}

/// What is said of what the user corrected.
pub const YOU_SAID_SO: &str = "you said so";

/// Speakers that are at least so likely are said to be sure: nineteen of twenty are right.
const SURE: f32 = 0.9;
/// Those at least so likely are said to be likely: three of four are right, of all others every second.
const LIKELY: f32 = 0.7;

/// How sure an attribution is, in a word.
#[must_use]
pub fn sureness(confidence: f32) -> &'static str {
    match confidence {
        SURE.. => "sure",
        LIKELY.. => "likely",
        _ => "unsure",
    }
}

/// The speaker's colour on the status line, unless that swaps colours: there it would be a background.
fn speaker_style(spoken: &Spoken, skin: &Skin) -> Style {
    let key = skin.role(Role::Key);
    let swapped = skin.role(Role::Status).add_modifier.contains(Modifier::REVERSED);
    if swapped { key } else { key.patch(Style { bg: None, ..spoken.color(skin) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_is_told_ends_with_a_part_where_that_is_most_of_it() {
        let told = "saved query Leavitt unread: U takes it back";
        assert_eq!(whole_head(told, 80), told);
        assert_eq!(whole_head(told, 38), "saved query Leavitt unread");
        assert_eq!(
            whole_head("undone: marked 20 stories of the library read", 38).len(),
            45,
            "too little would be left"
        );
        assert_eq!(whole_head("a: b; c", 0), "a: b; c");
    }

    #[test]
    fn the_key_that_takes_it_back_is_never_cut_but_the_title_before_it() {
        let text = "removed “Bystanders foil knife-wielding man on London Br…”: U takes it back".to_owned();
        let notice = Notice { hint: ": U takes it back".len(), text, error: false, whole: false };
        for columns in 30..90 {
            let told = told(&notice, columns, Glyphs::of(false));
            assert!(told.ends_with("”: U takes it back") && width::columns(&told) <= columns, "{told}");
        }
        assert_eq!(told(&notice, 38, Glyphs::of(false)), "removed “Bystanders…”: U takes it back");
        assert_eq!(told(&notice, 20, Glyphs::of(false)).matches("takes").count(), 0, "too little would be left");
    }
}
