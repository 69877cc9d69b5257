//! The tag prompt: the tags of one story, or those to give to several and (after a `-`) to take from them, with commas
//! between them, completed from all tags there are.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::library::{Bulk, Change, Request};
use crate::app::{App, Effect, Entry, EntryId};

/// The tag prompt.
#[derive(Debug)]
pub struct TagPrompt {
    /// What is typed.
    pub input: TextArea<'static>,
    /// All tags there are; empty until they are told.
    pub known: Vec<String>,
    /// The stories, where they are several: what is typed is given to them.
    pub several: Vec<EntryId>,
    entry: EntryId,
    /// What was typed before the first of several completions, and which one is shown.
    completing: Option<(String, usize)>,
}

impl TagPrompt {
    /// The tags that begin like the one being typed, or stood for it before it was completed.
    #[must_use]
    pub fn candidates(&self) -> Vec<&str> {
        let typed = match &self.completing {
            Some((typed, _)) => typed.as_str(),
            None => input::text(&self.input),
        };
        let (given, last) = cut(typed);
        let given = tags(given);
        let last = last.trim().trim_start_matches('-').to_lowercase();
        let fits = |tag: &&String| tag.to_lowercase().starts_with(&last) && !given.contains(tag);
        self.known.iter().filter(fits).map(String::as_str).collect()
    }

    /// Completes the tag being typed by the next candidate, or the one before.
    fn complete(&mut self, backward: bool) {
        let count = self.candidates().len();
        if count == 0 {
            return;
        }
        let (typed, place) = match self.completing.take() {
            None => (input::text(&self.input).to_owned(), if backward { count - 1 } else { 0 }),
            Some((typed, place)) => (typed, (place + if backward { count - 1 } else { 1 }) % count),
        };
        let candidate = {
            self.completing = Some((typed.clone(), place));
            self.candidates().get(place).map(|tag| (*tag).to_owned()).unwrap_or_default()
        };
        let (given, last) = cut(&typed);
        let between = if given.is_empty() { "" } else { ", " };
        let taken = if !self.several.is_empty() && last.trim_start().starts_with('-') { "-" } else { "" };
        self.input = input::holding(&format!("{}{between}{taken}{candidate}", given.trim()));
    }
}

impl App {
    /// Opens the prompt for the story that the user means.
    pub(in crate::app) fn open_tags(&mut self) {
        let several = self.picked_here();
        if let Some(entry) = several.first().copied() {
            let input = TextArea::default();
            let prompt = TagPrompt { input, known: Vec::new(), several, entry, completing: None };
            self.overlay = Some(Overlay::Tags(Box::new(prompt)));
            self.outbox.push(Effect::Library(Request::Tags));
            return;
        }
        let Some(id) = self.meant().filter(|id| self.list.entry(*id).is_some_and(Entry::is_in_library)) else {
            self.change_meant(Change::Tag(Vec::new()));
            return;
        };
        let tags = self.list.entry(id).and_then(|entry| entry.facts.as_ref()).map(|facts| facts.tags.join(", "));
        let input = input::holding(&tags.filter(|tags| !tags.is_empty()).map(|tags| tags + ", ").unwrap_or_default());
        let prompt = TagPrompt { input, known: Vec::new(), several: Vec::new(), entry: id, completing: None };
        self.overlay = Some(Overlay::Tags(Box::new(prompt)));
        self.outbox.push(Effect::Library(Request::Tags));
    }

    pub(super) fn tags_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Tags(prompt)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => {
                let (entry, tags) = (prompt.entry, tags(input::text(&prompt.input)));
                let several = std::mem::take(&mut prompt.several);
                self.overlay = None;
                if !several.is_empty() {
                    self.retag(several, tags);
                    return;
                }
                self.outbox.push(Effect::Library(Request::Change(entry, Change::Tag(tags))));
            }
            KeyCode::Esc => self.overlay = None,
            KeyCode::Tab | KeyCode::Down => prompt.complete(false),
            KeyCode::BackTab | KeyCode::Up => prompt.complete(true),
            _ => {
                if input::edit(&mut prompt.input, event) {
                    prompt.completing = None;
                }
            }
        }
    }

    /// Gives `tags` to several stories, and takes those after a `-` from them.
    fn retag(&mut self, stories: Vec<EntryId>, tags: Vec<String>) {
        let (taken, given): (Vec<String>, Vec<String>) = tags.into_iter().partition(|tag| tag.starts_with('-'));
        let taken = taken.iter().map(|tag| tag.trim_start_matches('-').trim().to_owned()).collect();
        self.list.end_range();
        self.outbox.push(Effect::Library(Request::ChangeAll(stories, Bulk::Retag { given, taken })));
    }

    /// Takes in all tags there are.
    pub(in crate::app) fn tags_told(&mut self, tags: Vec<String>) {
        if let Some(Overlay::Tags(prompt)) = &mut self.overlay {
            prompt.known = tags;
        }
    }
}

/// What is typed, cut before the last tag: the comma goes.
fn cut(typed: &str) -> (&str, &str) {
    typed.rsplit_once(',').unwrap_or(("", typed))
}

/// The tags in what is typed, each once.
fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag.to_owned());
        }
    }
    tags
}
