//! Opening stories, and reading and analysing all the others in the background. Those that are kept in the library are
//! read when they are opened, and let go of when they are left.
//!
//! At most [`IN_FLIGHT`] requests of a kind are out at a time, those for entries in sight first; the story that the user
//! waits for is asked for at once, whatever else is out. Answers name their entry, so one that comes late is merely
//! stored.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::library::{Loaded, Request};
use super::list::Content;
use super::reader::{Places, Reader};
use super::{App, Effect, Entry, EntryId, Focus, Sidebar};
use crate::analysis::{Analysis, Voices};
use crate::article::Article;

/// Requests of a kind that are out at a time.
pub const IN_FLIGHT: usize = 4;

/// What is being read and analysed.
#[derive(Debug, Default)]
pub(super) struct Stories {
    /// The story to open once it is read.
    opening: Option<Opening>,
    /// No entry before this one has still to be asked for.
    next: usize,
    imports: BTreeSet<EntryId>,
    analyses: BTreeSet<EntryId>,
    /// Read, but not yet asked to be analysed.
    unanalysed: VecDeque<EntryId>,
    /// Marks and jumps of stories that were open.
    places: BTreeMap<EntryId, Places>,
    /// The position last told to the outside.
    told: Option<(EntryId, usize)>,
    /// Files of which it is not known yet whether the user has been in them.
    recalling: BTreeSet<EntryId>,
}

/// A story that is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    entry: EntryId,
    /// Whether the user asked for it; if not, any other will do.
    chosen: bool,
}

impl App {
    /// Opens the first story that can be read, so that there is something to see, unless there is already.
    pub(super) fn open_first(&mut self) {
        if self.reader.is_some() || self.stories.opening.is_some() {
            return;
        }
        self.stories.opening = self.list.id_at(0).map(|entry| Opening { entry, chosen: false });
        self.open_pending();
    }

    /// Lets go of the open story, which is kept no longer.
    pub(super) fn close_story(&mut self) {
        if let Some(reader) = self.reader.take() {
            self.stories.places.remove(&reader.entry);
            self.is_left(reader.entry);
        }
        self.stories.told = None;
        self.sidebar = Sidebar::default();
        if self.panes.focus != Focus::List {
            self.panes.focus_on(Focus::List);
        }
    }

    /// Shows the selected story without opening it for the user.
    pub(super) fn open_selected(&mut self) {
        self.stories.opening = self.list.selected_id().map(|entry| Opening { entry, chosen: false });
        self.open_pending();
    }

    /// Opens `entry` for the user.
    pub(super) fn open(&mut self, entry: EntryId) {
        // The way back is that of what is opened last.
        self.memory.left = None;
        if let Some(place) = self.list.place_of(entry) {
            self.list.select(place, self.list_rows());
        }
        if self.reader.as_ref().is_some_and(|reader| reader.entry == entry) {
            self.stories.opening = None;
            self.read_open_story();
            return;
        }
        // What could not be read may be there by now.
        if self.list.entry(entry).is_some_and(|entry| matches!(entry.content, Content::Failed(_))) {
            self.list.change(entry, |entry| entry.content = Content::Waiting);
        }
        self.stories.opening = Some(Opening { entry, chosen: true });
        self.open_pending();
    }

    /// The entry that is open or about to be.
    pub(super) fn opening(&self) -> Option<EntryId> {
        self.stories.opening.map(|opening| opening.entry)
    }

    /// Whether a story that is kept, and so comes at once, is about to be opened for the user.
    pub(super) fn is_opening_kept(&self) -> bool {
        let opening = self.stories.opening.filter(|opening| opening.chosen);
        opening.and_then(|opening| self.list.entry(opening.entry)).is_some_and(|entry| entry.kept)
    }

    /// Goes on with what is to be opened as far as it has come.
    fn open_pending(&mut self) {
        while let Some(opening) = self.stories.opening {
            let Some(entry) = self.list.entry(opening.entry) else {
                self.stories.opening = None;
                return;
            };
            match &entry.content {
                Content::Waiting => {
                    let page = fetching(&entry.origin).filter(|_| opening.chosen);
                    if self.stories.imports.insert(opening.entry) {
                        self.outbox.push(Effect::Import(opening.entry));
                    }
                    if let Some(line) = page {
                        self.say(line);
                    }
                    return;
                }
                Content::Failed(message) if opening.chosen => {
                    let message = message.to_string();
                    self.stories.opening = None;
                    // What the reading pane shows is another story.
                    self.panes.focus_on(Focus::List);
                    self.fail(message);
                }
                Content::Failed(_) => self.pass_over(opening.entry),
                Content::Ready { .. } => {
                    self.stories.opening = None;
                    self.show_story(opening.entry);
                    if opening.chosen {
                        self.read_open_story();
                    }
                }
            }
        }
    }

    /// Goes on to the entry after `failed`, which nobody asked for and which cannot be read.
    fn pass_over(&mut self, failed: EntryId) {
        let next = self.list.place_of(failed).map(|place| place + 1);
        if self.list.selected_id() == Some(failed)
            && let Some(next) = next
        {
            self.list.select(next, self.list_rows());
        }
        let entry = next.and_then(|next| self.list.id_at(next));
        self.stories.opening = entry.map(|entry| Opening { entry, chosen: false });
    }

    /// Shows the story of `entry`, which is ready, in the place of the one that is open.
    fn show_story(&mut self, id: EntryId) {
        self.leave_story();
        // What was begun with the mouse was begun in the other story.
        self.drag = None;
        let Some(entry) = self.list.entry(id) else { return };
        let Content::Ready { article, analysis } = entry.content.clone() else { return };
        let (origin, position) = (entry.origin.to_string(), entry.position().unwrap_or(0));
        let mut reader = Reader::new(id, origin, Arc::clone(&article), self.page(), position);
        reader.places = self.stories.places.remove(&id).unwrap_or_default();
        self.annotations_to(&mut reader);
        self.stories.told = Some((id, reader.position()));
        self.reader = Some(reader);
        self.sidebar = Sidebar::default();
        match analysis {
            Some((analysis, voices)) => self.show_analysis(analysis, voices),
            None if self.stories.analyses.insert(id) => self.outbox.push(Effect::Analyze(id, article)),
            None => {}
        }
    }

    /// Takes in another text of `id`, which goes on where the user is in the one that is open; not while the user is at
    /// its words.
    pub(super) fn renewed(&mut self, id: EntryId, loaded: Loaded) {
        let Loaded { article, analysis, recalled, .. } = loaded;
        let is_open = |reader: &&mut Reader| reader.entry == id && reader.content() != article.content_id();
        if self.reader.as_mut().filter(is_open).is_none() {
            return;
        }
        if self.is_at_words() {
            self.library.renewing = true;
            return;
        }
        // Whom it is only shown to has nothing to miss.
        let is_read = self.is_opened(id);
        let Some(mut before) = self.reader.take() else { return };
        let position = before.position_in(&article);
        self.stories.places.entry(id).or_default().marks.extend(recalled.marks);
        self.keep_annotations_of(&mut before);
        self.take_annotations(recalled.content, recalled.annotations);
        self.list.change(id, |entry| {
            entry.arrived(article);
            entry.set_position(Some(position));
            if let Some((analysis, voices)) = analysis {
                entry.analyzed(analysis, voices);
            }
        });
        self.stories.analyses.remove(&id);
        self.show_story(id);
        if let Some(reader) = &mut self.reader {
            reader.go_on_as(&before);
        }
        if is_read {
            self.say("the story has changed: this is what it says now");
        }
    }

    /// Whether what the user does hangs on the words of the open story: they are selected, noted or corrected.
    fn is_at_words(&self) -> bool {
        self.overlay.is_some() || self.reader.as_ref().is_some_and(|reader| reader.selection.is_some())
    }

    /// Asks for the other text of the open story, where one waited and the user is done with this one.
    pub(super) fn renew_when_free(&mut self) {
        if self.library.renewing && !self.is_at_words() {
            self.library.renewing = false;
            self.ask_annotations();
        }
    }

    pub(super) fn show_analysis(&mut self, analysis: Arc<Analysis>, voices: Arc<Voices>) {
        let (analysis, voices) = self.as_corrected(analysis, voices);
        self.sidebar = self.sidebar.renewed(&analysis, &voices);
        if let Some(reader) = &mut self.reader {
            reader.set_analysis(analysis, Arc::clone(&voices));
            if let Some(entity) = reader.entity {
                self.sidebar.select_entity(entity, &voices);
            }
        }
        if self.panes.focus == Focus::Sidebar {
            self.select_from_sidebar();
        }
    }

    /// Puts the open story away, with everything to be kept of it.
    fn leave_story(&mut self) {
        self.save_position_if_read();
        let Some(mut reader) = self.reader.take() else { return };
        self.keep_annotations_of(&mut reader);
        let position = reader.position();
        self.list.change(reader.entry, |entry| entry.set_position(Some(position)));
        self.put_away(reader.entry);
        self.is_left(reader.entry);
        self.stories.places.insert(reader.entry, reader.places);
    }

    /// Marks the open story as read: the user is in it.
    pub(super) fn read_open_story(&mut self) {
        let Some(id) = self.reader.as_ref().map(|reader| reader.entry) else { return };
        if self.list.entry(id).is_some_and(Entry::is_in_library) {
            self.tell_opened(id);
        } else {
            self.list.change(id, |entry| entry.read = true);
        }
    }

    /// Marks the open story as read where all of it is before the user's eyes: there is nowhere to move in it.
    pub(super) fn read_what_is_in_sight(&mut self) {
        let is_seen = self.reader.as_ref().is_some_and(|reader| reader.percent().is_none());
        if is_seen && self.panes.focus == Focus::Text && self.opening().is_none() && self.is_settled() {
            self.read_open_story();
        }
    }

    /// Tells the outside where the user is in the open story, unless it is only there for want of another: a story
    /// whose position is known counts as read next time.
    pub(super) fn save_position_if_read(&mut self) {
        if self.reader.as_ref().is_some_and(|reader| self.is_opened(reader.entry)) {
            self.save_position();
        }
    }

    fn save_position(&mut self) {
        let Some(reader) = &self.reader else { return };
        let offset = reader.position();
        self.stories.told = Some((reader.entry, offset));
        self.outbox.push(Effect::SavePosition { content: reader.content(), offset });
    }

    /// The same, if the user has moved.
    pub(super) fn save_position_if_moved(&mut self) {
        let here = self.reader.as_ref().map(|reader| (reader.entry, reader.position()));
        if here != self.stories.told {
            self.read_open_story();
            self.save_position();
        }
    }

    /// Takes in the article of `id`, which was read from a file, or why there is none.
    pub(super) fn imported(&mut self, id: EntryId, result: Result<Arc<Article>, String>) {
        self.stories.imports.remove(&id);
        let waited = self.list.entry(id).and_then(|entry| fetching(&entry.origin));
        if waited.is_some() && self.notice.as_ref().map(|notice| &notice.text) == waited.as_ref() {
            self.notice = None;
        }
        if self.list.entry(id).is_none_or(|entry| entry.article().is_some()) {
            return;
        }
        let result = result.map(|article| {
            let content = article.content_id();
            self.list.change(id, |entry| entry.arrived(article));
            self.stories.unanalysed.push_back(id);
            self.stories.recalling.insert(id);
            self.outbox.push(Effect::Library(Request::Recall(id, content)));
        });
        self.arrived(id, result);
    }

    /// Takes in the entries that the file of `id` holds; each is read when it is its turn.
    pub(super) fn unpacked(&mut self, id: EntryId, entries: Vec<Entry>) {
        self.stories.imports.remove(&id);
        self.list.replace(id, entries);
        self.stories.next = self.stories.next.min(id.0);
        if self.opening() == Some(id) {
            self.open_pending();
        }
    }

    /// The article of `id` has arrived, or there is none.
    pub(super) fn arrived(&mut self, id: EntryId, result: Result<(), String>) {
        self.stories.imports.remove(&id);
        if let Err(message) = result {
            self.list.change(id, |entry| entry.content = Content::Failed(message.into()));
        }
        if self.opening() == Some(id) {
            self.open_pending();
        }
    }

    /// Whether there is something to read, and the place in it is known.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| !self.stories.recalling.contains(&reader.entry))
    }

    /// Takes in where the user was in `id` last, and the marks there. A story that is open already goes to its place
    /// unless the user has moved in it.
    pub(super) fn remember_places(&mut self, id: EntryId, position: Option<usize>, marks: Vec<(char, usize)>) {
        self.stories.recalling.remove(&id);
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.entry == id) else {
            self.stories.places.entry(id).or_default().marks.extend(marks);
            return;
        };
        for (letter, offset) in marks {
            reader.places.marks.entry(letter).or_insert(offset);
        }
        if let Some(position) = position.filter(|_| reader.is_untouched()) {
            reader.start_at(position);
            self.stories.told = Some((id, reader.position()));
        }
    }

    /// Takes in what the article of `id` says.
    pub(super) fn analyzed(&mut self, id: EntryId, found: Arc<Analysis>, voices: Arc<Voices>) {
        self.stories.analyses.remove(&id);
        if self.list.entry(id).is_none_or(|entry| entry.article().is_none()) {
            return;
        }
        self.list.change(id, |entry| entry.analyzed(Arc::clone(&found), Arc::clone(&voices)));
        if self.reader.as_ref().is_some_and(|reader| reader.entry == id) {
            self.show_analysis(found, voices);
            self.show_jump();
        }
    }

    /// Asks for what is still to be read and analysed, as far as there is room.
    pub(super) fn ask(&mut self) {
        while self.stories.imports.len() < IN_FLIGHT
            && let Some(id) = self.next_import()
        {
            self.stories.imports.insert(id);
            self.outbox.push(Effect::Import(id));
        }
        while self.stories.analyses.len() < IN_FLIGHT
            && let Some((id, article)) = self.next_analysis()
        {
            self.stories.analyses.insert(id);
            self.outbox.push(Effect::Analyze(id, article));
        }
    }

    /// Entries in sight, or about to be.
    fn in_sight(&self) -> impl Iterator<Item = EntryId> {
        self.list.window(self.list.top, self.list_rows() + 1).map(|(_, id, _)| id)
    }

    fn next_import(&mut self) -> Option<EntryId> {
        if self.library.open {
            return None;
        }
        self.list.entry(EntryId(self.stories.next))?;
        let waits = |app: &Self, id: EntryId| {
            app.list.entry(id).is_some_and(|entry| matches!(entry.content, Content::Waiting))
                && !app.stories.imports.contains(&id)
        };
        if let Some(id) = self.in_sight().find(|id| waits(self, *id)) {
            return Some(id);
        }
        while self.list.entry(EntryId(self.stories.next)).is_some() {
            let id = EntryId(self.stories.next);
            self.stories.next += 1;
            if waits(self, id) {
                return Some(id);
            }
        }
        None
    }

    /// The next article to analyse, if it is not analysed or being so already.
    fn next_analysis(&mut self) -> Option<(EntryId, Arc<Article>)> {
        if self.stories.unanalysed.is_empty() {
            return None;
        }
        if let Some(found) = self.in_sight().find_map(|id| self.unanalysed(id)) {
            return Some(found);
        }
        while let Some(id) = self.stories.unanalysed.pop_front() {
            if let Some(found) = self.unanalysed(id) {
                return Some(found);
            }
        }
        None
    }

    fn unanalysed(&self, id: EntryId) -> Option<(EntryId, Arc<Article>)> {
        match &self.list.entry(id)?.content {
            Content::Ready { article, analysis: None } if !self.stories.analyses.contains(&id) => {
                Some((id, Arc::clone(article)))
            }
            _ => None,
        }
    }
}

/// What the user is told while a page is fetched; nothing where `origin` is none.
fn fetching(origin: &str) -> Option<String> {
    let (_, rest) = origin.split_once("://")?;
    Some(format!("fetching {} ...", rest.split('/').next().unwrap_or(rest)))
}
