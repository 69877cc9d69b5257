//! Corrections of what was found: a menu for the quote, the selected words or the selected name, and a list to pick from
//! where a correction needs a name.
//!
//! What is offered is made when the menu opens, with words and names and not with indices: a new analysis that comes
//! meanwhile takes nothing from under it.

mod offers;

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::analysis::QuoteKind;
use crate::analysis::correct::{Anchor, Correction};
use crate::app::library::{Annotation, CorrectionId};
use crate::app::step::Step;
use crate::app::{App, Focus};
use crate::text::safe;
use offers::{kinds, names, of_name, of_passage, of_quote, take_back};

/// The menu of corrections.
#[derive(Debug)]
pub struct Correct {
    /// What is corrected.
    pub title: String,
    /// What may be said of it.
    pub choices: Vec<Choice>,
    /// The selected choice.
    pub selected: usize,
    /// The list of names, where one is to be picked.
    pub pick: Option<Pick>,
    names: Vec<Name>,
}

/// What may be said of something that was found.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The key that chooses it.
    pub key: char,
    /// What it says.
    pub says: String,
    does: Does,
}

#[derive(Clone, Debug)]
enum Does {
    Say(Correction),
    Drop(Vec<CorrectionId>),
    /// Asks for a name first.
    Ask(Purpose),
}

/// What a name is picked for.
#[derive(Clone, Debug)]
enum Purpose {
    /// The speaker of a quote.
    Speaker(Anchor),
    /// The speaker of a passage that becomes a quote.
    Passage(Anchor, QuoteKind),
    /// Who this name is too.
    Merge(String),
    /// The form of this name by which somebody else goes.
    Split(String),
}

/// A name that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// The letter of the voice, where it is one.
    pub letter: Option<char>,
}

/// A list of names to pick from.
#[derive(Debug)]
pub struct Pick {
    /// What is asked.
    pub question: &'static str,
    /// What is typed: the list keeps to it, and it may be a new name.
    pub filter: TextArea<'static>,
    /// The selected row.
    pub selected: usize,
    purpose: Purpose,
    names: Vec<Name>,
}

/// A row of the list of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Somebody the story names.
    Known(Name),
    /// The name that is typed.
    New(String),
    /// Nobody whom the story tells.
    Nobody,
}

impl Pick {
    /// The rows that what is typed leaves.
    #[must_use]
    pub fn rows(&self) -> Vec<Picked> {
        let typed = safe::line(input::text(&self.filter));
        let folded = typed.to_lowercase();
        let fits = |name: &str| folded.split_whitespace().all(|word| name.to_lowercase().contains(word));
        let known = self.names.iter().filter(|name| fits(&name.name)).cloned().map(Picked::Known);
        let mut rows: Vec<Picked> = known.collect();
        if self.asks_for_speaker() {
            if fits("nobody known") {
                rows.push(Picked::Nobody);
            }
            let is_known = self.names.iter().any(|name| name.name.to_lowercase() == folded);
            if !typed.is_empty() && !is_known {
                rows.push(Picked::New(typed));
            }
        }
        rows
    }

    const fn asks_for_speaker(&self) -> bool {
        matches!(self.purpose, Purpose::Speaker(_) | Purpose::Passage(..))
    }

    /// What picking `row` says.
    fn correction(&self, row: Picked) -> Option<Correction> {
        let name = match row {
            Picked::Known(name) => Some(name.name),
            Picked::New(name) => Some(name),
            Picked::Nobody => None,
        };
        Some(match (self.purpose.clone(), name) {
            (Purpose::Speaker(quote), speaker) => Correction::Speaker { quote, speaker },
            (Purpose::Passage(passage, kind), speaker) => Correction::Quote { passage, kind, speaker },
            // The fuller name is the one that stays.
            (Purpose::Merge(this), Some(other)) => {
                let (name, into) = if other.len() > this.len() { (this, other) } else { (other, this) };
                Correction::Merge { name, into }
            }
            (Purpose::Split(name), Some(form)) => Correction::Split { name, form },
            (Purpose::Merge(_) | Purpose::Split(_), None) => return None,
        })
    }
}

impl Correct {
    fn new(title: String, choices: Vec<Choice>, names: Vec<Name>) -> Self {
        Self { title, choices, selected: 0, pick: None, names }
    }

    /// Asks for the name that `purpose` needs.
    fn ask(&mut self, purpose: Purpose, forms: Vec<String>) {
        let plain = |name: String| Name { name, letter: None };
        let (question, names) = match &purpose {
            Purpose::Speaker(_) | Purpose::Passage(..) => ("Who says it", self.names.clone()),
            Purpose::Merge(this) => {
                ("Who is the same", self.names.iter().filter(|name| name.name != *this).cloned().collect())
            }
            Purpose::Split(_) => ("Which name is somebody else's", forms.into_iter().map(plain).collect()),
        };
        self.pick = Some(Pick { question, filter: TextArea::default(), selected: 0, purpose, names });
    }
}

impl App {
    /// Opens the menu: for the selected words, for the name selected in the sidebar, or for the quote here.
    pub(in crate::app) fn open_correct(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        let Some((analysis, voices)) = reader.analysis.clone() else {
            self.say("this story is still being analysed");
            return;
        };
        let by_name = self.panes.focus == Focus::Sidebar;
        let made = if reader.selection.is_some() {
            let selected = reader.selected();
            reader.selection = None;
            selected.map(|span| of_passage(reader, &analysis, span)).ok_or("nothing but blanks is selected".to_owned())
        } else if let Some(entity) = reader.entity.filter(|_| by_name) {
            let name = analysis.entity(entity).map(|entity| safe::line(&entity.name)).unwrap_or_default();
            let mut choices = of_name(&analysis, entity, &reader.article.text);
            choices.extend(kinds(&analysis, entity));
            let named = analysis.entity(entity);
            let names = named.into_iter().flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases));
            let names: Vec<&str> = names.map(String::as_str).collect();
            choices.extend(take_back(reader.corrections_that(|correction| correction.is_about(&names))));
            Ok((name, choices))
        } else {
            let taken = reader.take_quote();
            let quote = reader.quote.and_then(|quote| of_quote(reader, &analysis, quote));
            taken.and_then(|()| quote.ok_or_else(|| "no quote in sight".to_owned()))
        };
        match made {
            Ok((title, choices)) => {
                let correct = Correct::new(title, choices, names(&analysis, &voices));
                self.overlay = Some(Overlay::Correct(Box::new(correct)));
            }
            Err(refusal) => self.say(refusal),
        }
    }

    pub(super) fn correct_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let Some(Overlay::Correct(correct)) = &mut self.overlay else { return };
        if let Some(pick) = &mut correct.pick {
            match event.code {
                KeyCode::Esc => correct.pick = None,
                KeyCode::Backspace if input::text(&pick.filter).is_empty() => correct.pick = None,
                KeyCode::Enter => self.pick(),
                KeyCode::Down | KeyCode::Tab => self.move_in_correct(Step::Rows(1)),
                KeyCode::Up | KeyCode::BackTab => self.move_in_correct(Step::Rows(-1)),
                KeyCode::Char('n') if ctrl => self.move_in_correct(Step::Rows(1)),
                KeyCode::Char('p') if ctrl => self.move_in_correct(Step::Rows(-1)),
                KeyCode::PageDown => self.move_in_correct(Step::Pages(1)),
                KeyCode::PageUp => self.move_in_correct(Step::Pages(-1)),
                _ => {
                    if input::edit(&mut pick.filter, event) {
                        pick.selected = 0;
                    }
                }
            }
            return;
        }
        match event.code {
            KeyCode::Esc | KeyCode::Backspace => self.overlay = None,
            KeyCode::Enter => self.choose(|correct| Some(correct.selected)),
            KeyCode::Down | KeyCode::Tab | KeyCode::Char('j') if !ctrl => self.move_in_correct(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab | KeyCode::Char('k') if !ctrl => self.move_in_correct(Step::Rows(-1)),
            KeyCode::Char(key) if event.modifiers.is_empty() => {
                self.choose(|correct| correct.choices.iter().position(|choice| choice.key == key));
            }
            _ => {}
        }
    }

    pub(in crate::app) fn move_in_correct(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height).max(1);
        let Some(Overlay::Correct(correct)) = &mut self.overlay else { return };
        match &mut correct.pick {
            Some(pick) => pick.selected = step.target(pick.selected, pick.rows().len().saturating_sub(1), page),
            None => correct.selected = step.target(correct.selected, correct.choices.len().saturating_sub(1), page),
        }
    }

    /// Does what the choice says that `which` gives.
    fn choose(&mut self, which: impl FnOnce(&Correct) -> Option<usize>) {
        let Some(Overlay::Correct(correct)) = &mut self.overlay else { return };
        let Some(choice) = which(correct).and_then(|place| correct.choices.get(place)).cloned() else { return };
        match choice.does {
            Does::Say(correction) => self.correct(correction),
            Does::Drop(made) => {
                self.overlay = None;
                self.ask_to(Annotation::Uncorrect(made));
            }
            Does::Ask(purpose) => {
                let forms = match (&purpose, &self.reader) {
                    (Purpose::Split(name), Some(reader)) => reader.forms_of(name),
                    _ => Vec::new(),
                };
                correct.ask(purpose, forms);
            }
        }
    }

    /// Says what picking the selected row says.
    fn pick(&mut self) {
        let Some(Overlay::Correct(correct)) = &self.overlay else { return };
        let Some(pick) = &correct.pick else { return };
        let row = pick.rows().into_iter().nth(pick.selected);
        if let Some(correction) = row.and_then(|row| pick.correction(row)) {
            self.correct(correction);
        }
    }

    fn correct(&mut self, correction: Correction) {
        self.overlay = None;
        let Some(article) = self.reader.as_ref().map(|reader| Arc::clone(&reader.article)) else { return };
        self.ask_to(Annotation::Correct(article, correction));
    }
}
