//! What each action does, in the pane that has the focus.

use super::action::Row;
use super::keymap::Command;
use super::library::Request;
use super::panes::SIDE_COLUMNS;
use super::reader::{Reader, Refusal};
use super::step::Step;
use super::{Action, App, Effect, Focus};
use crate::config::TEXT_WIDTHS;

/// Columns by which a width changes at a time.
const WIDTH_STEP: u16 = 2;

impl App {
    /// Does what `command` says.
    pub(super) fn perform(&mut self, command: Command) {
        use Action as A;
        let times = command.times();
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        if self.perform_in_people(command) {
            return;
        }
        if self.reader.is_none() && needs_story(command.action) {
            self.say("no story is open");
            return;
        }
        match command.action {
            A::Quit => self.leave(Effect::Quit),
            A::Suspend => self.leave(Effect::Suspend),
            A::Redraw => self.outbox.push(Effect::Redraw),
            A::Help => self.open_help(),
            A::Palette => self.open_palette(),
            A::Down => self.step(Step::Rows(by)),
            A::Up => self.step(Step::Rows(-by)),
            A::HalfPageDown => self.step(Step::HalfPages(by)),
            A::HalfPageUp => self.step(Step::HalfPages(-by)),
            A::PageDown => self.step(Step::Pages(by)),
            A::PageUp => self.step(Step::Pages(-by)),
            A::Top => self.step(Step::To(command.count.map_or(0, |_| times - 1))),
            A::Bottom => self.step(command.count.map_or(Step::Last, |_| Step::To(times - 1))),
            A::Percent => match command.count {
                Some(percent) => self.step(Step::Percent(percent)),
                None => self.say("a number before it says how far"),
            },
            A::NextParagraph => self.in_text(|reader| reader.step_paragraphs(times, false)),
            A::PreviousParagraph => self.in_text(|reader| reader.step_paragraphs(times, true)),
            A::Open => self.follow(),
            A::Back => self.back(),
            A::FocusNext => (0..times % 6).for_each(|_| self.focus(self.panes.neighbour(false))),
            A::FocusPrevious => (0..times % 6).for_each(|_| self.focus(self.panes.neighbour(true))),
            A::FocusList => {
                self.close_tree();
                self.focus(Focus::List);
            }
            A::FocusText => self.focus(Focus::Text),
            A::FocusVoices => self.focus(Focus::Sidebar),
            A::Zoom => self.zoom(),
            A::FoldList => self.fold(Focus::List),
            A::FoldVoices => self.fold(Focus::Sidebar),
            A::WiderPane => self.resize_pane(times, true),
            A::NarrowerPane => self.resize_pane(times, false),
            A::WiderText => self.resize_text(times, true),
            A::NarrowerText => self.resize_text(times, false),
            A::Justify => self.justify(),
            A::Search if self.panes.focus == Focus::List && self.shows_library() => self.open_find(),
            A::Search if self.reader.is_none() => self.say("no story is open"),
            A::Search => self.open_search(false),
            A::SearchBackward if self.panes.focus == Focus::Text && self.reader.is_some() => self.open_search(true),
            A::SearchBackward => self.open_help(),
            A::NextHit => self.step_hits(times, false),
            A::PreviousHit => self.step_hits(times, true),
            A::NextQuote => self.in_text(|reader| reader.step_quotes(times, false)),
            A::PreviousQuote => self.in_text(|reader| reader.step_quotes(times, true)),
            A::NextBySpeaker => self.in_text(|reader| reader.step_same_speaker(times, false)),
            A::PreviousBySpeaker => self.in_text(|reader| reader.step_same_speaker(times, true)),
            A::KeepToVoice => self.telling(|reader| reader.keep_to_letter(command.letter.unwrap_or('a')).map(Some)),
            A::AllVoices => self.telling(|reader| {
                reader.keep_to(None);
                Ok(Some("all voices".to_owned()))
            }),
            A::Evidence => self.toggle_evidence(),
            A::NextMention => self.telling(|reader| reader.step_mentions(times, false)),
            A::PreviousMention => self.telling(|reader| reader.step_mentions(times, true)),
            A::SelectName => self.telling(|reader| reader.select_name(times).map(Some)),
            A::NextStory => self.open_by(by),
            A::PreviousStory => self.open_by(-by),
            A::NextUnread => self.open_unread(times, false),
            A::PreviousUnread => self.open_unread(times, true),
            A::Said
            | A::SamePerson
            | A::AnotherPerson
            | A::ToggleRead
            | A::ToggleStar
            | A::Tags
            | A::Sort
            | A::Filter
            | A::SaveFilter
            | A::Tree
            | A::Pick
            | A::PickAll
            | A::Remove => self.perform_in_library(command),
            A::Select if self.panes.focus == Focus::List => self.pick_range(),
            A::Select if self.reader.is_none() => self.say("no story is open"),
            A::Select
            | A::Highlight
            | A::Note
            | A::NextHighlight
            | A::PreviousHighlight
            | A::Highlights
            | A::StoryHighlights
            | A::Correct => self.annotate(command),
            A::RefreshFeeds => self.refresh_feeds(self.chosen_feeds()),
            A::FollowFeed => self.open_follow(),
            A::FeedSettings => self.change_feed(),
            A::Undo => self.outbox.push(Effect::Library(Request::Undo)),
            A::Add => self.add_meant(),
            A::AddFiles => self.open_add(),
            A::Mark => self.mark(command.letter.unwrap_or('a')),
            A::GoToMark => self.in_text(|reader| command.letter.map_or(Ok(()), |letter| reader.go_to_mark(letter))),
            A::LastPlace => self.in_text(Reader::last_place),
            A::JumpBack => self.in_text(|reader| reader.travel(times, false)),
            A::JumpForward => self.in_text(|reader| reader.travel(times, true)),
            A::CopyQuote => {
                let what = self.reader.as_ref().map_or("", Reader::which_quote);
                self.copy(what, Reader::quote_text);
            }
            A::CopyCitation => self.copy("the citation", |reader| Ok(reader.citation())),
            A::CopyParagraph => self.copy("the paragraph", Reader::paragraph_text),
            A::CopyUrl => self.copy("the address", Reader::url),
        }
    }

    /// Does something in the story; tells the user why where it refuses.
    fn in_text(&mut self, act: impl FnOnce(&mut Reader) -> Result<(), Refusal>) {
        self.telling(|reader| act(reader).map(|()| None));
    }

    /// Does something in the story; tells the user what it came to.
    pub(super) fn telling(&mut self, act: impl FnOnce(&mut Reader) -> Result<Option<String>, Refusal>) {
        let Some(reader) = &mut self.reader else { return };
        let (before, quote) = (reader.entity, reader.quote);
        let result = act(reader);
        if self.panes.evidence && reader.quote != quote {
            reader.reveal_evidence();
        }
        let entity = reader.entity.filter(|entity| Some(*entity) != before);
        if let (Some(entity), Some((_, voices))) = (entity, &reader.analysis) {
            self.sidebar.select_entity(entity, voices);
        }
        match result {
            Ok(note) => {
                self.show_text();
                if self.panes.focus == Focus::List {
                    // The user is in the text now, and its keys and status line go with that.
                    self.focus(Focus::Text);
                }
                note.into_iter().for_each(|note| self.say(note));
            }
            Err(refusal) => self.say(refusal),
        }
    }

    /// Shows why the quote here is its speaker's, or no longer.
    fn toggle_evidence(&mut self) {
        let selection = self.reader.as_mut().and_then(|reader| reader.selection.take());
        if selection.is_some() {
            return;
        }
        if std::mem::take(&mut self.panes.evidence) {
            return;
        }
        self.telling(|reader| reader.take_quote().map(|()| None));
        if self.reader.as_ref().is_some_and(|reader| reader.quote.is_some()) {
            self.panes.evidence = true;
            let page = self.page();
            if let Some(reader) = &mut self.reader {
                reader.fit(page);
                reader.reveal_evidence();
            }
        }
    }

    /// Gives the focus to the text where it would not be on the screen otherwise: something has happened in it.
    pub(super) fn show_text(&mut self) {
        if self.arrangement().text.is_empty() {
            self.focus(Focus::Text);
        }
    }

    /// Gives the terminal back, for a while or for good.
    fn leave(&mut self, effect: Effect) {
        self.save_position_if_read();
        self.outbox.push(effect);
    }

    /// Moves in the focused pane.
    fn step(&mut self, step: Step) {
        match self.panes.focus {
            Focus::List if self.tree.is_some() => self.step_in_tree(step),
            Focus::List => self.list.step(step, self.list_rows()),
            Focus::Text => self.in_text(|reader| reader.step(step)),
            Focus::Sidebar => {
                self.sidebar.step(step, self.sidebar_rows());
                self.select_from_sidebar();
            }
        }
    }

    /// Gives the focus to a pane.
    pub(super) fn focus(&mut self, focus: Focus) {
        self.panes.focus_on(focus);
        match focus {
            Focus::List => {}
            Focus::Text => self.read_open_story(),
            Focus::Sidebar => self.select_from_sidebar(),
        }
    }

    /// Makes the mentions of what is selected in the sidebar stand out.
    pub(super) fn select_from_sidebar(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        if let Some((_, voices)) = &reader.analysis {
            reader.entity = self.sidebar.entity(voices);
        }
    }

    /// Opens or follows what is selected: list to story, story to who speaks there, voice or name to the text.
    fn follow(&mut self) {
        match self.panes.focus {
            Focus::List if self.tree.is_some() => self.open_branch(),
            Focus::List => {
                let Some(entry) = self.list.selected_id() else {
                    self.say("there is no story to open");
                    return;
                };
                self.panes.focus_on(Focus::Text);
                self.open(entry);
            }
            Focus::Text => {
                let Some(reader) = &self.reader else { return };
                let entity = reader.entity.or_else(|| reader.current_quote()?.speaker);
                let (Some(entity), Some((_, voices))) = (entity, &reader.analysis) else {
                    let quote = self.keymap.keys_of(Action::NextQuote).into_iter().next();
                    let hint = quote.map(|quote| format!(": {quote} goes to a quote")).unwrap_or_default();
                    self.say(format!("no voice or name to follow{hint}"));
                    return;
                };
                self.sidebar.select_entity(entity, voices);
                self.focus(Focus::Sidebar);
            }
            Focus::Sidebar => {
                let selected = self.reader.as_ref().and_then(|reader| {
                    let (_, voices) = reader.analysis.as_ref()?;
                    let entity = self.sidebar.entity(voices)?;
                    Some((entity, voices.place(entity).is_some()))
                });
                match selected {
                    Some((speaker, true)) => self.in_text(|reader| reader.go_to_voice(speaker)),
                    Some((_, false)) => self.telling(|reader| reader.step_mentions(1, false)),
                    None => {}
                }
                self.focus(Focus::Text);
            }
        }
    }

    /// Clears one thing, the latest first, or goes one pane to the left.
    fn back(&mut self) {
        if self.stop_feeds() {
            return;
        }
        let in_list = self.panes.focus == Focus::List && self.tree.is_none();
        if std::mem::take(&mut self.panes.evidence)
            || (in_list && self.list.drop_picks())
            || (in_list && self.clear_filter())
        {
            return;
        }
        if let Some(reader) = &mut self.reader {
            if reader.search.take().is_some() || reader.keep_to(None) {
                return;
            }
            if self.panes.focus == Focus::Text && reader.entity.take().is_some() {
                return;
            }
        }
        if self.panes.focus != Focus::List && self.back_to_people() {
            return;
        }
        match self.panes.focus {
            Focus::List if in_list && self.shows_library() => self.open_tree(),
            Focus::List => {
                let keys = self.keymap.first_key_of(Action::Quit);
                self.say(format!("{keys} quits"));
            }
            Focus::Text => self.focus(Focus::List),
            Focus::Sidebar => self.focus(Focus::Text),
        }
    }

    fn zoom(&mut self) {
        if self.panes.zoomed {
            self.panes.zoomed = false;
        } else {
            self.focus(Focus::Text);
            self.panes.zoomed = true;
        }
    }

    fn fold(&mut self, pane: Focus) {
        let shown = !self.arrangement().of(pane).is_empty();
        let Some(side) = self.panes.side_mut(pane) else { return };
        if shown {
            side.folded = true;
            if self.panes.focus == pane {
                self.focus(Focus::Text);
            }
            return;
        }
        side.folded = false;
        self.panes.zoomed = false;
        if self.arrangement().of(pane).is_empty() {
            self.say("the screen is too narrow for it beside the text");
        }
    }

    fn resize_pane(&mut self, times: usize, wider: bool) {
        let pane = self.panes.focus;
        if pane == Focus::Text {
            self.resize_text(times, wider);
            return;
        }
        let shown = self.arrangement().of(pane).width;
        self.set_pane_columns(pane, changed(shown, times, wider));
        if self.arrangement().of(pane).width == shown {
            self.say(if wider { "this pane cannot be wider" } else { "this pane cannot be narrower" });
        }
    }

    /// Gives a side pane so many columns, as far as the screen allows.
    pub(super) fn set_pane_columns(&mut self, pane: Focus, columns: u16) {
        let most = (self.panes.columns / 2).max(SIDE_COLUMNS);
        if let Some(side) = self.panes.side_mut(pane) {
            side.columns = Some(columns.clamp(SIDE_COLUMNS, most));
        }
    }

    fn resize_text(&mut self, times: usize, wider: bool) {
        let shown = self.arrangement_with(Focus::Text).text.width;
        if wider && shown < self.settings.text_width {
            self.say("the text is as wide as there is room");
            return;
        }
        let columns = changed(shown, times, wider).clamp(*TEXT_WIDTHS.start(), *TEXT_WIDTHS.end());
        self.settings.text_width = columns;
        self.say(format!("text width {columns}"));
    }

    fn justify(&mut self) {
        self.settings.justify = !self.settings.justify;
        self.say(if self.settings.justify { "lines to the full width" } else { "ragged lines" });
    }

    /// Opens the story so many rows below the selected one, or (negative) above it.
    fn open_by(&mut self, rows: isize) {
        let last = self.list.len().saturating_sub(1);
        let target = Step::Rows(rows).target(self.list.selected, last, 1);
        match self.list.id_at(target).filter(|_| target != self.list.selected) {
            Some(entry) => self.open(entry),
            None => self.say(if rows < 0 { "first story" } else { "last story" }),
        }
    }

    fn open_unread(&mut self, times: usize, backward: bool) {
        match self.list.next_unread(times, backward).and_then(|place| self.list.id_at(place)) {
            Some(entry) => self.open(entry),
            None => self.say(if backward { "no unread story above" } else { "no unread story below" }),
        }
    }

    /// Marks the cursor in the open story with `letter`; that it is marked is said once it is kept.
    fn mark(&mut self, letter: char) {
        let Some(reader) = &mut self.reader else { return };
        reader.mark(letter);
        let mark = Request::KeepMark { content: reader.content(), letter, offset: reader.cursor };
        self.outbox.push(Effect::Library(mark));
    }

    fn copy(&mut self, what: &str, text: impl FnOnce(&Reader) -> Result<String, Refusal>) {
        let Some(reader) = &self.reader else { return };
        match text(reader) {
            Ok(text) => {
                self.outbox.push(Effect::Copy(text));
                self.say(format!("copied {what}"));
            }
            Err(refusal) => self.say(refusal),
        }
    }
}

/// `columns` changed by so many steps.
fn changed(columns: u16, times: usize, wider: bool) -> u16 {
    let by = u16::try_from(times).unwrap_or(u16::MAX).saturating_mul(WIDTH_STEP);
    if wider { columns.saturating_add(by) } else { columns.saturating_sub(by) }
}

fn needs_story(action: Action) -> bool {
    super::action::TABLE.iter().any(|Row { action: known, in_story, .. }| *known == action && *in_story)
}
