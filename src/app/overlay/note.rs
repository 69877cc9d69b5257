//! The note on a passage: a text area with the words above it. It closes once the note is kept, so that nothing that was
//! written is lost; given up, it asks where that would lose something.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, TextArea, WrapMode};

use super::{Overlay, Overview};
use crate::app::library::{Annotation, Done, Highlight, HighlightId, Request};
use crate::app::{App, Effect, EntryId};
use crate::article::Article;
use crate::text::{SafeText, Span, safe};

/// Characters of a note at most.
const LONGEST: usize = 20_000;

/// A note that is being written.
#[derive(Debug)]
pub struct NoteEditor {
    /// What is written.
    pub input: TextArea<'static>,
    /// The words that it is on.
    pub excerpt: String,
    /// Whether it asks what is to become of what was written.
    pub asks: bool,
    /// Whether it waits to be kept.
    pub saving: bool,
    before: String,
    target: Target,
    content: u64,
    entry: Option<EntryId>,
    /// The overview that it was opened from.
    from: Option<Box<Overview>>,
}

/// What a note is on.
#[derive(Clone, Debug)]
enum Target {
    /// A passage that is highlighted with it.
    Passage(Arc<Article>, Span),
    /// A highlight that there is.
    Highlight(HighlightId),
}

impl NoteEditor {
    fn new(note: &str, excerpt: &str, target: Target, (content, entry): (u64, Option<EntryId>)) -> Self {
        let mut input = TextArea::new(note.split('\n').map(str::to_owned).collect());
        input.set_wrap_mode(WrapMode::WordOrGlyph);
        input.move_cursor(CursorMove::Bottom);
        input.move_cursor(CursorMove::End);
        Self {
            input,
            excerpt: safe::line(excerpt),
            asks: false,
            saving: false,
            before: note.to_owned(),
            target,
            content,
            entry,
            from: None,
        }
    }

    /// What is written, without blanks at its end.
    fn text(&self) -> String {
        self.input.lines().join("\n").trim_end().to_owned()
    }

    /// Whether something was written that is not kept.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text() != self.before.trim_end()
    }

    fn length(&self) -> usize {
        self.input.lines().iter().map(|line| line.chars().count() + 1).sum()
    }

    /// Takes in a key of the text.
    fn edit(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        match event.code {
            KeyCode::Tab | KeyCode::BackTab => {}
            KeyCode::Enter => self.break_line(),
            KeyCode::Char('j' | 'm') if ctrl => self.break_line(),
            KeyCode::Char('u') if ctrl => drop(self.input.delete_line_by_head()),
            // Keys with other meanings in the reader, or of a clipboard that is not the terminal's.
            KeyCode::Char('c' | 'g' | 'x' | 'v' | 'r' | 'y') if ctrl => {}
            KeyCode::Char(c) if event.modifiers.is_empty() => {
                if safe::is_safe(c) && self.length() < LONGEST {
                    self.input.insert_char(c);
                }
            }
            _ => drop(self.input.input(event)),
        }
    }

    fn break_line(&mut self) {
        if self.length() < LONGEST {
            self.input.insert_newline();
        }
    }

    /// Takes in pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        if self.asks || self.saving {
            return;
        }
        let room = LONGEST.saturating_sub(self.length());
        let text: String = text.chars().take(4 * LONGEST).collect();
        let text: String = SafeText::new(&text).as_str().chars().take(room).collect();
        self.input.insert_str(text);
    }
}

impl App {
    /// Opens the note on the highlight here, or on the passage, which is highlighted once the note is kept.
    pub(in crate::app) fn write_note(&mut self) {
        let Some(reader) = &self.reader else { return };
        let place = (reader.content(), Some(reader.entry));
        let known = match reader.selected() {
            Some(span) => reader.highlights().find(|(known, _)| *known == span).map(|(_, highlight)| highlight),
            None if reader.selection.is_some() => None,
            None => reader.highlight_here(),
        };
        if let Some(highlight) = known {
            let editor = NoteEditor::new(&highlight.note, &highlight.excerpt, Target::Highlight(highlight.id), place);
            self.overlay = Some(Overlay::Note(Box::new(editor)));
            return;
        }
        match self.take_passage() {
            Ok(span) => {
                self.show_text();
                let Some(reader) = &self.reader else { return };
                let target = Target::Passage(Arc::clone(&reader.article), span);
                let editor = NoteEditor::new("", span.of(&reader.article.text), target, place);
                self.overlay = Some(Overlay::Note(Box::new(editor)));
            }
            Err(refusal) => self.say(refusal),
        }
    }

    /// Opens the note on a highlight of the overview, to which it goes back.
    pub(super) fn write_note_from(
        &mut self,
        overview: Box<Overview>,
        highlight: &Highlight,
        place: (u64, Option<EntryId>),
    ) {
        let target = Target::Highlight(highlight.id);
        let mut editor = NoteEditor::new(&highlight.note, &highlight.excerpt, target, place);
        editor.from = Some(overview);
        self.overlay = Some(Overlay::Note(Box::new(editor)));
    }

    pub(super) fn note_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Note(editor)) = &mut self.overlay else { return };
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        if editor.asks {
            match event.code {
                KeyCode::Char('y') | KeyCode::Enter => self.save_note(),
                KeyCode::Char('s') if ctrl => self.save_note(),
                KeyCode::Char('n') => self.close_note(),
                _ => editor.asks = false,
            }
            return;
        }
        match event.code {
            KeyCode::Char('s') if ctrl => self.save_note(),
            KeyCode::Enter if ctrl => self.save_note(),
            KeyCode::Esc if editor.saving => self.close_note(),
            KeyCode::Esc if editor.is_changed() => editor.asks = true,
            KeyCode::Esc => self.close_note(),
            _ if editor.saving => {}
            _ => editor.edit(event),
        }
    }

    /// Asks for the note to be kept; a note that is as it was needs no keeping.
    pub(in crate::app) fn save_note(&mut self) {
        let Some(Overlay::Note(editor)) = &mut self.overlay else { return };
        editor.asks = false;
        if editor.saving {
            return;
        }
        let annotation = match &editor.target {
            Target::Highlight(_) if !editor.is_changed() => {
                self.close_note();
                return;
            }
            Target::Highlight(id) => Annotation::Note(*id, editor.text()),
            Target::Passage(article, span) => Annotation::Highlight(Arc::clone(article), *span, editor.text()),
        };
        editor.saving = true;
        let request = Request::Annotate(editor.entry, editor.content, annotation);
        self.outbox.push(Effect::Library(request));
    }

    /// Takes in that something was kept about this text: the note, where one is being kept.
    pub(in crate::app) fn note_is_kept(&mut self, content: u64, done: Done) {
        let may_be_it = matches!(done, Done::Noted | Done::Highlighted);
        if may_be_it
            && matches!(&self.overlay, Some(Overlay::Note(editor)) if editor.saving && editor.content == content)
        {
            self.close_note();
        }
    }

    /// Takes in that something went wrong: a note that was being kept may not be.
    pub(in crate::app) fn note_may_not_be_kept(&mut self) {
        if let Some(Overlay::Note(editor)) = &mut self.overlay {
            editor.saving = false;
        }
    }

    fn close_note(&mut self) {
        if let Some(Overlay::Note(editor)) = self.overlay.take() {
            self.overlay = editor.from.map(Overlay::Highlights);
        }
    }
}
