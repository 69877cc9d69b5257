//! What is done on the screen of what somebody said, and how one comes there and back.

use ratatui::layout::Position;

use super::super::keymap::Command;
use super::super::library::Request;
use super::super::overlay::Purpose;
use super::super::step::Step;
use super::super::{Action, App, Effect, EntryId, Focus};
use super::{Ask, Choice, Identity, Of, Part, People, PersonId, Tell, Told};

/// A place in a story that is to be shown once the story is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    entry: EntryId,
    offset: usize,
}

/// The screen as it was left for a story.
#[derive(Clone, Debug)]
pub struct Left {
    entry: EntryId,
    people: People,
}

impl App {
    /// The screen of what somebody said, where it is shown.
    #[must_use]
    pub fn shown_people(&self) -> Option<&People> {
        self.people.as_ref().filter(|people| people.who.is_some())
    }

    /// Whether somebody's quotes were asked for and are not there yet.
    pub(in crate::app) fn awaits_people(&self) -> bool {
        self.people.as_ref().is_some_and(|people| !people.answered)
    }

    /// Shows everything that whoever is meant here said: the speaker of the current quote, the selected voice or name;
    /// asks who is meant where nobody is.
    pub(in crate::app) fn show_said(&mut self) {
        let meant = self.reader.as_ref().filter(|_| self.panes.focus != Focus::List).and_then(|reader| {
            let (analysis, voices) = reader.analysis.as_ref()?;
            let entity = match self.panes.focus {
                Focus::Sidebar => self.sidebar.entity(voices),
                _ => reader.current_quote().and_then(|quote| quote.speaker).or(reader.entity),
            }?;
            let kept = self.list.entry(reader.entry).is_some_and(|entry| entry.kept);
            let name = || analysis.entity(entity).map(|entity| Of::Name(entity.name.clone()));
            if kept { Some(Of::Entity(reader.entry, entity)) } else { name() }
        });
        match meant {
            Some(of) => self.open_people(of, String::new()),
            None => self.open_who(Purpose::Said, ""),
        }
    }

    /// Asks for what somebody said, about something or anything.
    pub(in crate::app) fn open_people(&mut self, of: Of, about: String) {
        self.people = Some(People::new(of, about));
        self.ask_said();
    }

    /// Asks once more for what is shown, or for what is to be shown.
    pub(in crate::app) fn ask_said(&mut self) {
        let ticket = self.next_find();
        let Some(people) = &mut self.people else { return };
        people.answered = false;
        people.ticket = ticket;
        let (of, limit) = (people.of.clone(), people.limit);
        let about = beginning(&people.about);
        self.ask_people(Ask::Said { ticket, of, about, limit });
    }

    pub(in crate::app) fn ask_people(&mut self, ask: Ask) {
        self.outbox.push(Effect::Library(Request::People(ask)));
    }

    /// Takes in what the library tells about people.
    pub(in crate::app) fn people_told(&mut self, tell: Tell) {
        match tell {
            Tell::Names(ticket, people) => self.names_told(ticket, people),
            Tell::Said(ticket, told) => self.said_told(ticket, told),
            Tell::Parts(person, parts) => self.parts_told(person, parts),
            Tell::Changed(label) => {
                self.say_undoable(&label);
                self.ask_said();
            }
        }
    }

    fn said_told(&mut self, ticket: u64, told: Result<Box<Told>, String>) {
        let Some(people) = self.people.as_mut().filter(|people| people.ticket == ticket) else { return };
        match told {
            Ok(told) => people.told(*told),
            Err(line) => {
                self.people = None;
                self.say(line);
            }
        }
    }

    fn parts_told(&mut self, person: PersonId, parts: Vec<Part>) {
        if self.shown_people().and_then(|people| people.who.as_ref()).is_some_and(|who| who.id == person) {
            self.open_parts(parts);
        }
    }

    /// Does what `command` says on the screen of what somebody said; `false` where that is nothing of its own.
    pub(in crate::app) fn perform_in_people(&mut self, command: Command) -> bool {
        use Action as A;
        let Some(people) = self.people.as_mut().filter(|people| people.who.is_some()) else { return false };
        let times = command.times();
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        match command.action {
            A::Quit | A::Suspend | A::Redraw | A::Help | A::Palette | A::Undo => return false,
            A::Down => people.step(Step::Rows(by)),
            A::Up => people.step(Step::Rows(-by)),
            A::NextQuote => people.step_quotes(times, false),
            A::PreviousQuote => people.step_quotes(times, true),
            A::NextStory => people.step_stories(times, false),
            A::PreviousStory => people.step_stories(times, true),
            A::HalfPageDown => people.step(Step::HalfPages(by)),
            A::HalfPageUp => people.step(Step::HalfPages(-by)),
            A::PageDown => people.step(Step::Pages(by)),
            A::PageUp => people.step(Step::Pages(-by)),
            A::Top => people.step(Step::To(command.count.map_or(0, |_| times - 1))),
            A::Bottom => people.step(command.count.map_or(Step::Last, |_| Step::To(times - 1))),
            A::Percent => people.step(Step::Percent(command.count.unwrap_or(0))),
            A::Open => self.open_chosen(),
            A::Back => self.leave_people(),
            A::Filter | A::Search | A::SearchBackward => self.open_about(),
            A::Said => self.open_who(Purpose::Said, ""),
            A::SamePerson => self.merge_person(),
            A::AnotherPerson => self.split_person(),
            A::CopyQuote => self.copy_said(),
            _ => {
                let keys = self.keymap.first_key_of(A::Back);
                self.say(format!("not among quotes: {keys} goes back to the stories"));
            }
        }
        self.ask_for_more();
        true
    }

    pub(in crate::app) fn ask_for_more(&mut self) {
        if let Some(people) = self.people.as_mut().filter(|people| people.wants_more()) {
            people.limit = people.limit.saturating_mul(3);
            self.ask_said();
        }
    }

    /// Goes to the selected quote in its story, or shows the other stories that have it.
    fn open_chosen(&mut self) {
        let Some(people) = &mut self.people else { return };
        if let Some(Choice::Also(place)) = people.choice() {
            people.unfold(place);
            return;
        }
        let Some((entry, span)) = people.target() else { return };
        if !self.shows_library() && self.list.entry(entry).is_none() {
            self.say("that story is not among these files: `pullquote` alone opens the library");
            return;
        }
        let Some(people) = self.people.take() else { return };
        self.memory.jump = Some(Jump { entry, offset: span.start });
        self.list.know(entry);
        self.panes.focus_on(Focus::Text);
        self.open(entry);
        self.memory.left = Some(Left { entry, people });
        self.show_jump();
    }

    /// Shows the quote that a story was opened at, once both the story and what it says are there.
    pub(in crate::app) fn show_jump(&mut self) {
        let Some(Jump { entry, offset }) = self.memory.jump else { return };
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.entry == entry) else { return };
        if reader.analysis.is_none() {
            return;
        }
        self.memory.jump = None;
        if offset >= reader.article.text.len() {
            return;
        }
        reader.remember();
        reader.quote = None;
        reader.show(offset);
        reader.select_quote_at(offset);
    }

    /// Goes back to the screen that the open story was opened from; `true` where it was.
    pub(in crate::app) fn back_to_people(&mut self) -> bool {
        let open = self.reader.as_ref().map(|reader| reader.entry);
        let Some(Left { people, .. }) = self.memory.left.take().filter(|left| Some(left.entry) == open) else {
            return false;
        };
        self.people = Some(people);
        true
    }

    /// Clears what the quotes have to be about, or closes the screen.
    fn leave_people(&mut self) {
        let Some(people) = &mut self.people else { return };
        if people.about.is_empty() {
            self.people = None;
            return;
        }
        people.about.clear();
        self.ask_said();
    }

    /// Asks whom the person is the same as.
    fn merge_person(&mut self) {
        if let Some(who) = self.people.as_ref().and_then(|people| people.who.clone()) {
            self.open_who(Purpose::SameAs(who), "");
        }
    }

    /// Asks by what the person could be taken apart.
    fn split_person(&mut self) {
        if let Some(who) = self.shown_people().and_then(|people| people.who.as_ref()) {
            self.ask_people(Ask::Parts(who.id));
        }
    }

    /// The selected quote's story as what may be another person's.
    pub(in crate::app) fn this_story_apart(&self) -> Option<(String, Identity)> {
        let people = self.shown_people()?;
        let (who, place) = (people.who.as_ref()?, people.choice()?.place());
        let title = &people.stories.get(place.story)?.title;
        Some((title.title.clone(), Identity::Another(who.id, vec![title.entry])))
    }

    /// Says that this is done where somebody's quotes are shown.
    pub(in crate::app) fn need_people(&mut self) {
        let keys = self.keymap.first_key_of(Action::Said);
        self.say(format!("show what the person said first: {keys} does"));
    }

    fn copy_said(&mut self) {
        let copied = self.shown_people().and_then(|people| {
            let place = people.choice()?.place();
            let (who, said) = (people.who.as_ref()?, people.said(place)?);
            let title = &people.stories.get(place.story)?.title;
            let date = title.date.map(|date| date.to_string()).unwrap_or_default();
            let from = [title.title.as_str(), &title.source, &date];
            let from: Vec<&str> = from.into_iter().filter(|part| !part.is_empty()).collect();
            Some(format!("{} — {}, {}", said.words, who.name, from.join(", ")))
        });
        if let Some(text) = copied {
            self.outbox.push(Effect::Copy(text));
            self.say("copied the quote");
        }
    }
}

impl App {
    /// Scrolls the screen of what somebody said; `false` where it is not shown.
    pub(in crate::app) fn scroll_people(&mut self, rows: isize) -> bool {
        let Some(people) = self.people.as_mut().filter(|people| people.who.is_some()) else { return false };
        people.scroll(rows);
        self.ask_for_more();
        true
    }

    /// Selects what is under the pointer there, and opens what is selected already; `false` where it is not shown.
    pub(in crate::app) fn click_people(&mut self, at: Position) -> bool {
        let body = super::Area::of(self.panes.columns, self.panes.rows).body;
        let Some(people) = self.people.as_mut().filter(|people| people.who.is_some()) else { return false };
        if body.contains(at)
            && let Some(choice) = people.choice_at(usize::from(at.y - body.y))
        {
            if people.selected == choice {
                self.open_chosen();
            } else {
                people.selected = choice;
            }
        }
        true
    }
}

impl People {
    /// Goes `times` quotes on or back; their other stories are passed over.
    fn step_quotes(&mut self, times: usize, backward: bool) {
        self.step_to(times, backward, |choice, _| matches!(choice, Choice::Quote(_)));
    }

    /// Goes to the first quote of the `times`-th story on or back.
    fn step_stories(&mut self, times: usize, backward: bool) {
        self.step_to(times, backward, |choice, _| matches!(choice, Choice::Quote(place) if place.quote == 0));
    }

    fn step_to(&mut self, times: usize, backward: bool, is_stop: impl Fn(&Choice, usize) -> bool) {
        let stops = self.lines.choices.iter().enumerate().filter(|(at, (choice, ..))| is_stop(choice, *at));
        let stops: Vec<usize> = stops.map(|(at, _)| at).collect();
        let target = if backward {
            let before = stops.partition_point(|at| *at < self.selected);
            before.checked_sub(times).or(before.checked_sub(1).map(|_| 0))
        } else {
            let after = stops.partition_point(|at| *at <= self.selected);
            (after < stops.len()).then(|| after.saturating_add(times - 1).min(stops.len() - 1))
        };
        if let Some(at) = target.and_then(|target| stops.get(target)) {
            self.selected = *at;
        }
        self.reveal();
    }
}

/// `about` with its last word as a beginning: it is being typed, or is as long as the user cared to type.
fn beginning(about: &str) -> String {
    let about = about.trim();
    let last = about.rsplit(char::is_whitespace).next().unwrap_or_default();
    // One or two letters begin too many words to be of use; on their own they may be a word ("EU").
    let is_long = last.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    if is_long && !about.ends_with('*') { format!("{about}*") } else { about.to_owned() }
}
