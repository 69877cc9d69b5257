//! Highlights, notes and corrections: what the user asks for, and what is shown once it is kept.
//!
//! A passage is what is selected, or else the current quote. Of texts that the library keeps it gives the corrected
//! analysis itself; of files that are only opened the reader corrects what the engine found.

mod selecting;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::keymap::Command;
use super::library::{Annotation, Annotations, Done, Marked, Request};
use super::list::Said;
use super::overlay::Overlay;
use super::reader::Reader;
use super::{Action, App, Effect, EntryId};
use crate::analysis::{Analysis, Voices};
use crate::text::Span;
pub use selecting::SELECTING;

/// What is kept of annotations beside those of the open story.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Those of texts that are not open, by content.
    annotations: BTreeMap<u64, Annotations>,
    /// The place to go to once this entry is open: a byte offset.
    going: Option<(EntryId, usize)>,
}

impl App {
    /// Does what concerns highlights, notes and corrections.
    pub(super) fn annotate(&mut self, command: Command) {
        let times = command.times();
        match command.action {
            Action::Select => self.toggle_selection(),
            Action::Highlight => self.toggle_highlight(),
            Action::Note => self.write_note(),
            Action::NextHighlight => self.telling(|reader| reader.step_highlights(times, false)),
            Action::PreviousHighlight => self.telling(|reader| reader.step_highlights(times, true)),
            Action::Highlights => self.open_highlights(false),
            Action::StoryHighlights => self.open_highlights(true),
            Action::Correct => self.open_correct(),
            _ => {}
        }
    }

    /// Highlights the passage, or no longer.
    fn toggle_highlight(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        let known = match reader.selected() {
            Some(span) => reader.highlights().find(|(known, _)| *known == span).map(|(_, highlight)| highlight),
            None => reader.highlight_here(),
        };
        if let Some((id, is_noted)) = known.map(|highlight| (highlight.id, highlight.is_noted())) {
            reader.selection = None;
            if is_noted {
                self.refuse_to_remove_note();
                return;
            }
            self.ask_to(Annotation::Remove(id));
            return;
        }
        match self.take_passage() {
            Ok(span) => {
                let Some(reader) = &self.reader else { return };
                let article = Arc::clone(&reader.article);
                self.ask_to(Annotation::Highlight(article, span, String::new()));
                self.show_text();
            }
            Err(refusal) => self.say(refusal),
        }
    }

    /// What was written takes more than the key that highlights to be lost.
    fn refuse_to_remove_note(&mut self) {
        let key = |action| self.keymap.first_key_of(action);
        let (note, highlights) = (key(Action::Note), key(Action::StoryHighlights));
        self.say(format!("it has a note: {note} edits it, ctrl-d in {highlights} removes it"));
    }

    /// What is selected, or else the current quote or the first in sight; nothing is selected any more.
    pub(super) fn take_passage(&mut self) -> Result<Span, String> {
        let Some(reader) = &mut self.reader else { return Err("no story is open".to_owned()) };
        if reader.selection.is_some() {
            let selected = reader.selected();
            reader.selection = None;
            return selected.ok_or_else(|| "nothing but blanks is selected".to_owned());
        }
        reader.take_quote()?;
        reader.current_quote().map(|quote| quote.span).ok_or_else(|| "no quote in sight".to_owned())
    }

    /// Asks for a change to what the user added to the open story.
    pub(super) fn ask_to(&mut self, annotation: Annotation) {
        let Some(reader) = &self.reader else { return };
        let request = Request::Annotate(Some(reader.entry), reader.content(), annotation);
        self.outbox.push(Effect::Library(request));
    }

    /// Asks what the open story looks like by now, and what the overview shows: something may have been taken back.
    pub(super) fn ask_annotations(&mut self) {
        if let Some(reader) = &self.reader {
            self.outbox.push(Effect::Library(Request::Annotations(reader.entry, reader.content())));
        }
        self.renew_highlights();
    }

    /// Takes in what a text looks like by now.
    pub(super) fn marked(&mut self, marked: Marked) {
        let Marked { content, annotations, analysis, done } = marked;
        self.take_annotations(content, annotations);
        let entry = self.reader.as_ref().filter(|reader| reader.content() == content).map(|reader| reader.entry);
        if let (Some(entry), Some((analysis, voices))) = (entry, analysis)
            && self.list.entry(entry).is_some_and(|entry| entry.kept)
        {
            self.analyzed(entry, analysis, voices);
        }
        if let Some(done) = done {
            self.note_is_kept(content, done);
            self.take_corrected_quote(content, done);
            self.renew_highlights();
            self.say_done(done);
        }
    }

    /// Makes a passage that was corrected the current quote, where it is one now.
    fn take_corrected_quote(&mut self, content: u64, done: Done) {
        let open = self.reader.as_mut().filter(|reader| reader.content() == content && reader.quote.is_none());
        if let Some(reader) = open.filter(|_| done == Done::Corrected) {
            reader.select_quote_at(reader.cursor);
        }
    }

    fn say_done(&mut self, done: Done) {
        let key = |app: &Self, action| app.keymap.first_key_of(action);
        let (undo, note) = (key(self, Action::Undo), key(self, Action::Note));
        // In the overview letters are typed into the filter; it has a key of its own.
        let undo = if matches!(self.overlay, Some(Overlay::Highlights(_))) { "ctrl-y".to_owned() } else { undo };
        let (said, hint) = match done {
            Done::Highlighted => ("highlighted", format!("; {note} writes a note on it")),
            Done::Noted if self.not_kept().is_some() => ("noted", String::new()),
            Done::Noted => ("the note is kept", String::new()),
            Done::Removed => ("highlight removed", format!("; {undo} brings it back")),
            Done::Corrected => ("corrected", format!("; {undo} takes it back")),
            Done::Uncorrected => ("as the program found it", String::new()),
        };
        match self.not_kept() {
            Some(_) => self.say_kept(said),
            None => self.say(format!("{said}{hint}")),
        }
    }

    /// Takes in what the user added to the text with this content id.
    pub(super) fn take_annotations(&mut self, content: u64, annotations: Annotations) {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.content() == content) else {
            self.notes.annotations.insert(content, annotations);
            return;
        };
        let corrected = reader.annotations.corrections != annotations.corrections;
        let entry = reader.entry;
        reader.set_annotations(annotations);
        if corrected && let Some((analysis, voices)) = self.found_in(entry) {
            self.show_analysis(analysis, voices);
        }
    }

    /// What the engine found in a file; of a kept article the library tells it, corrected.
    fn found_in(&self, entry: EntryId) -> Option<(Arc<Analysis>, Arc<Voices>)> {
        let entry = self.list.entry(entry).filter(|entry| !entry.kept)?;
        match &entry.content {
            super::list::Content::Ready { analysis, .. } => analysis.clone(),
            super::list::Content::Waiting | super::list::Content::Failed(_) => None,
        }
    }

    /// Gives a story that is shown what the user added to it.
    pub(super) fn annotations_to(&mut self, reader: &mut Reader) {
        reader.set_annotations(self.notes.annotations.remove(&reader.content()).unwrap_or_default());
    }

    /// Keeps what the user added to a story that is left: the next time it is shown at once.
    pub(super) fn keep_annotations_of(&mut self, reader: &mut Reader) {
        self.notes.annotations.insert(reader.content(), std::mem::take(&mut reader.annotations));
    }

    /// What was found in the open story, as the user corrected it, where the library has not done that.
    pub(super) fn as_corrected(
        &mut self,
        analysis: Arc<Analysis>,
        voices: Arc<Voices>,
    ) -> (Arc<Analysis>, Arc<Voices>) {
        let Some(reader) = &self.reader else { return (analysis, voices) };
        let is_kept = self.list.entry(reader.entry).is_some_and(|entry| entry.kept);
        if is_kept || reader.annotations.corrections.is_empty() {
            return (analysis, voices);
        }
        let mut corrected = (*analysis).clone();
        for (_, correction) in &reader.annotations.corrections {
            correction.apply(&mut corrected, &reader.article.text);
        }
        let voices = Voices::of(&corrected, &reader.article.text);
        let said = Said { quotes: voices.utterances.len(), voices: voices.all.len() };
        self.list.change(reader.entry, |entry| entry.facts.get_or_insert_default().said = Some(said));
        (Arc::new(corrected), Arc::new(voices))
    }

    /// Opens the text with this content id at byte `offset`, where it can be had.
    pub(super) fn go_to_highlight(&mut self, content: u64, entry: Option<EntryId>, offset: Option<usize>) {
        let open = self.reader.as_ref().filter(|reader| reader.content() == content).map(|reader| reader.entry);
        let listed = || {
            let entries = (0..).map(EntryId).map_while(|id| Some((id, self.list.entry(id)?)));
            let is_it = |(_, entry): &(EntryId, &super::Entry)| {
                entry.article().is_some_and(|article| article.content_id() == content)
            };
            entries.filter(|(_, entry)| !entry.kept).find(is_it).map(|(id, _)| id)
        };
        let Some(id) = open.or(entry).or_else(listed) else {
            self.fail("its text is not in the library: `pullquote add` keeps it, or open its file".to_owned());
            return;
        };
        self.overlay = None;
        self.list.know(id);
        self.panes.focus_on(super::Focus::Text);
        self.notes.going = offset.map(|offset| (id, offset));
        self.open(id);
        if offset.is_none() {
            self.say("these words are no longer in the story");
        }
    }

    /// Goes to the place that a story was opened for, once it is open.
    pub(super) fn arrive_at_highlight(&mut self) {
        let Some((entry, offset)) = self.notes.going else { return };
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.entry == entry) else { return };
        self.notes.going = None;
        reader.remember();
        reader.quote = None;
        reader.show(offset.min(reader.article.text.len()));
        reader.select_quote_at(offset);
    }

    /// What is still to be kept when the reader ends whether the user wants it or not: a note that is being written.
    #[must_use]
    pub fn last_wishes(&mut self) -> Vec<Effect> {
        if matches!(&self.overlay, Some(Overlay::Note(editor)) if editor.is_changed()) {
            self.save_note();
        }
        std::mem::take(&mut self.outbox)
    }
}
