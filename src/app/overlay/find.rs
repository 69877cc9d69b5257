//! Search across the library: what matches as one types, with the words around the first match; a story opens there,
//! with every match marked.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use super::{Overlay, input};
use crate::app::library::{Hit, Problem, Request};
use crate::app::reader::Search;
use crate::app::step::Step;
use crate::app::{App, Effect, EntryId, Focus};
use crate::text::Span;
use crate::text::search::Query;

/// Hits asked for at first, and more each time that the last one is reached.
const PAGE: usize = 50;

/// The search across the library.
#[derive(Debug, Default)]
pub struct Find {
    /// What is typed: a query.
    pub input: TextArea<'static>,
    /// Whether what matches best comes first, not what is newest.
    pub by_relevance: bool,
    /// What is wrong with the query, if anything.
    pub problem: Option<Problem>,
    /// What matches.
    pub hits: Vec<Hit>,
    /// Whether there may be more than the hits.
    pub more: bool,
    /// Whether the hits are those of what is typed.
    pub answered: bool,
    /// The selected hit.
    pub selected: usize,
    limit: usize,
    /// Which of the earlier searches is shown, and what was being typed before it.
    recalled: Option<(usize, String)>,
}

impl Find {
    /// What is sought.
    #[must_use]
    pub fn query(&self) -> &str {
        input::text(&self.input).trim()
    }
}

/// A story that was opened from a search.
#[derive(Clone, Debug)]
pub struct Sought {
    entry: EntryId,
    query: String,
    offset: usize,
    matches: Option<Vec<Span>>,
}

impl App {
    /// Opens the search, with what was sought last.
    pub(in crate::app) fn open_find(&mut self) {
        let mut find = self.memory.find.take().unwrap_or_default();
        // What is typed first takes its place.
        find.input.select_all();
        self.overlay = Some(Overlay::Find(find));
        self.find_again(false);
    }

    pub(super) fn find_key(&mut self, event: KeyEvent) {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let Some(Overlay::Find(find)) = &mut self.overlay else { return };
        match event.code {
            KeyCode::Enter => self.open_hit(),
            KeyCode::Esc => self.find_closed(),
            KeyCode::Backspace if input::text(&find.input).is_empty() => self.find_closed(),
            KeyCode::Down | KeyCode::Tab => self.move_in_hits(Step::Rows(1)),
            KeyCode::Up | KeyCode::BackTab => self.move_in_hits(Step::Rows(-1)),
            KeyCode::Char('n') if ctrl => self.recall_search(false),
            KeyCode::Char('p') if ctrl => self.recall_search(true),
            KeyCode::PageDown => self.move_in_hits(Step::Pages(1)),
            KeyCode::PageUp => self.move_in_hits(Step::Pages(-1)),
            KeyCode::Char('r') if ctrl => {
                find.by_relevance = !find.by_relevance;
                self.find_again(true);
            }
            _ => {
                if input::edit(&mut find.input, event) {
                    find.recalled = None;
                    self.find_again(true);
                }
            }
        }
    }

    /// Goes through earlier searches, older or newer, and back to what was being typed.
    fn recall_search(&mut self, older: bool) {
        let Some(Overlay::Find(find)) = &mut self.overlay else { return };
        let (place, draft) = match find.recalled.take() {
            None => (None, find.query().to_owned()),
            Some((place, draft)) => (Some(place), draft),
        };
        let searches = &self.memory.searches;
        let next = match (place, older) {
            // What is shown already is no step.
            (None, true) => Some(usize::from(searches.first().is_some_and(|latest| *latest == draft))),
            (None, false) => None,
            (Some(place), true) => Some(place + 1),
            (Some(place), false) => place.checked_sub(1),
        };
        let next = if older { next.filter(|next| *next < searches.len()).or(place) } else { next };
        let shown = next.and_then(|next| searches.get(next)).unwrap_or(&draft);
        find.input = input::holding(shown);
        find.recalled = next.map(|next| (next, draft));
        self.find_again(true);
    }

    /// Seeks what is typed by now; from the first hit on where that is something `new`.
    pub(super) fn find_again(&mut self, new: bool) {
        let Some(Overlay::Find(find)) = &mut self.overlay else { return };
        find.problem = None;
        find.answered = false;
        if new || find.limit == 0 {
            (find.selected, find.limit) = (0, PAGE);
        }
        if find.query().is_empty() {
            (find.hits, find.more) = (Vec::new(), false);
            return;
        }
        let (query, by_relevance, limit) = (find.query().to_owned(), find.by_relevance, find.limit);
        let ticket = self.next_find();
        self.outbox.push(Effect::Library(Request::Find { ticket, query, by_relevance, limit }));
    }

    /// Takes in what matches, or what is wrong with the query.
    pub(in crate::app) fn found(&mut self, ticket: u64, answer: Result<Vec<Hit>, Problem>) {
        let latest = self.is_latest_find(ticket);
        let Some(Overlay::Find(find)) = self.overlay.as_mut().filter(|_| latest) else { return };
        find.answered = true;
        match answer {
            Ok(hits) => {
                find.more = hits.len() >= find.limit;
                find.selected = find.selected.min(hits.len().saturating_sub(1));
                find.hits = hits;
            }
            Err(problem) => find.problem = Some(problem),
        }
    }

    pub(in crate::app) fn move_in_hits(&mut self, step: Step) {
        let page = usize::from(self.panes.popup().rows.height / 3).max(1);
        let Some(Overlay::Find(find)) = &mut self.overlay else { return };
        let last = find.hits.len().saturating_sub(1);
        find.selected = step.target(find.selected, last, page);
        if find.selected == last && find.more && find.answered {
            find.limit += PAGE;
            self.find_again(false);
        }
    }

    /// Opens the selected hit.
    fn open_hit(&mut self) {
        let Some(Overlay::Find(find)) = &self.overlay else { return };
        let Some(hit) = find.hits.get(find.selected) else {
            if find.answered {
                self.say("no story matches");
            }
            return;
        };
        let (known, offset, query) = (hit.known.clone(), hit.offset, find.query().to_owned());
        let id = known.entry;
        self.find_closed();
        self.list.know(id);
        self.take_in(vec![known]);
        self.panes.focus_on(Focus::Text);
        let offset = offset.unwrap_or(0);
        self.memory.searches.retain(|known| *known != query);
        self.memory.searches.insert(0, query.clone());
        self.outbox.push(Effect::Library(Request::KeepSearch(query.clone())));
        self.memory.sought_in = Some(Sought { entry: id, query: query.clone(), offset, matches: None });
        self.outbox.push(Effect::Library(Request::Matches(id, query)));
        self.open(id);
        self.show_matches();
    }

    /// Closes the search; what was typed and found is there the next time.
    fn find_closed(&mut self) {
        if let Some(Overlay::Find(find)) = self.overlay.take() {
            self.memory.find = Some(find);
        }
    }

    /// Takes in where the query matches in `id`.
    pub(in crate::app) fn matched(&mut self, id: EntryId, matches: Vec<Span>) {
        if let Some(sought) = self.memory.sought_in.as_mut().filter(|sought| sought.entry == id) {
            sought.matches = Some(matches);
        }
        self.show_matches();
    }

    /// Goes to the match that a search was opened at, and marks all of them, once both they and the story are there.
    pub(in crate::app) fn show_matches(&mut self) {
        let Some(Sought { entry, matches: Some(_), .. }) = &self.memory.sought_in else { return };
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.entry == *entry) else { return };
        let Some(Sought { query, offset, matches, .. }) = self.memory.sought_in.take() else { return };
        let length = reader.article.text.len();
        let hits: Vec<Span> = matches.unwrap_or_default().into_iter().filter(|hit| hit.end <= length).collect();
        if let Ok(query) = Query::new(&query, false)
            && !hits.is_empty()
        {
            reader.remember();
            reader.search = Some(Search { query, hits, current: None, backward: false });
            reader.go_to_first_hit(offset);
        }
    }
}
