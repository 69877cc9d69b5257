//! Everything a person said, across the library: a screen of its own over the panes.
//!
//! Quotes come by day and story, newest first, the same quote once; what they have to be about is typed, who somebody is
//! can be put right. A quote opens in its story, and going back from there leads to the same row. The screen is shown
//! once it is known who is meant, so that a name that nobody has changes nothing in sight.

mod acts;
mod ask;
mod lines;

use ratatui::layout::Rect;

pub use acts::{Jump, Left};
pub use ask::{Ask, Identity, Of, Part, PersonId, Said, Shared, Story, Tell, Title, Told, Who};
pub use lines::{AFTER_WORDS, BEFORE_WORDS, Choice, Line, Lines, Place};

use super::EntryId;
use super::step::Step;
use crate::text::Span;

/// Quotes asked for at first; three times as many each time that the last ones come near.
const FIRST: usize = 200;

/// Choices before the last one where more are asked for.
const NEAR: usize = 20;

/// The screen.
#[derive(Clone, Debug)]
pub struct People {
    /// Whose quotes these are; nothing until that is told.
    pub who: Option<Who>,
    /// What they have to be about, as typed; empty for anything.
    pub about: String,
    /// The stories, newest first.
    pub stories: Vec<Story>,
    /// Whether there are older quotes.
    pub more: bool,
    /// The same as lines.
    pub lines: Lines,
    /// The number of the selected choice.
    pub selected: usize,
    /// The first line shown.
    pub top: usize,
    /// Whether what was asked last is told.
    pub answered: bool,
    of: Of,
    /// Whom the screen was opened for, whoever that became by a merge since.
    first: Option<PersonId>,
    ticket: u64,
    limit: usize,
    unfolded: Vec<Place>,
    /// Columns, rows and whether there is room for blank lines, as the lines were made for.
    page: (u16, u16, bool),
}

/// Where the screen goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Who it is.
    pub header: Rect,
    /// What is said.
    pub body: Rect,
}

/// Columns of the screen at most: words are read, not looked at.
const MOST_COLUMNS: u16 = 90;

/// Rows of the terminal from which it is told in two rows who it is.
const TALL: u16 = 16;

/// Rows of the terminal from which there are blank lines between stories.
const AIRY: u16 = 30;

impl Area {
    /// Where the screen goes in a terminal of `columns` by `rows`, whose last row is the status line.
    #[must_use]
    pub fn of(columns: u16, rows: u16) -> Self {
        let width = columns.min(MOST_COLUMNS);
        let height = rows.saturating_sub(u16::from(rows > 1));
        let header = match rows {
            0..4 => 0,
            4..TALL => 1,
            _ => 3,
        };
        let header = Rect { x: (columns - width) / 2, y: 0, width, height: header.min(height) };
        let body = Rect { y: header.height, height: height - header.height, ..header };
        Self { header, body }
    }

    /// The same, with nothing outside `screen`.
    #[must_use]
    pub fn within(self, screen: Rect) -> Self {
        Self { header: self.header.intersection(screen), body: self.body.intersection(screen) }
    }
}

impl People {
    fn new(of: Of, about: String) -> Self {
        Self {
            who: None,
            about,
            stories: Vec::new(),
            more: false,
            lines: Lines::default(),
            selected: 0,
            top: 0,
            answered: false,
            of,
            first: None,
            ticket: 0,
            limit: FIRST,
            unfolded: Vec::new(),
            page: Default::default(),
        }
    }

    /// What is selected.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        self.lines.choices.get(self.selected).map(|(choice, ..)| *choice)
    }

    /// The quote at `place`.
    #[must_use]
    pub fn said(&self, place: Place) -> Option<&Said> {
        self.stories.get(place.story)?.quotes.get(place.quote)
    }

    /// Which quote the selected one is, from 1, and how many are there.
    #[must_use]
    pub fn quote_place(&self) -> (usize, usize) {
        let count = self.stories.iter().map(|story| story.quotes.len()).sum();
        let Some(place) = self.choice().map(Choice::place) else { return (0, count) };
        let before: usize = self.stories.iter().take(place.story).map(|story| story.quotes.len()).sum();
        (before + place.quote + 1, count)
    }

    /// Where the selected choice stands: its story, and the place in the text of that.
    fn target(&self) -> Option<(EntryId, Span)> {
        match self.choice()? {
            Choice::Quote(place) | Choice::Also(place) => {
                Some((self.stories.get(place.story)?.title.entry, self.said(place)?.span))
            }
            Choice::Other(place, other) => {
                let (title, span) = self.said(place)?.also.get(other)?;
                Some((title.entry, *span))
            }
        }
    }

    /// Takes in what somebody said; what was selected stays so where it is told again.
    fn told(&mut self, told: Told) {
        let before = self.target();
        let Told { who, stories, more } = told;
        let unfolded: Vec<_> =
            self.unfolded.iter().filter_map(|place| Some((self.title(*place)?, self.said(*place)?.span))).collect();
        self.of = Of::Person(who.id);
        self.first.get_or_insert(who.id);
        (self.who, self.stories, self.more, self.answered) = (Some(who), stories, more, true);
        self.unfolded = unfolded.into_iter().filter_map(|(entry, span)| self.find(entry, span)).collect();
        self.make_lines();
        let found = before.and_then(|(entry, span)| self.find(entry, span));
        self.selected = found.and_then(|place| self.lines.number_of(Choice::Quote(place))).unwrap_or(0);
        if found.is_none() {
            self.top = 0;
        }
        self.reveal();
    }

    /// Goes back to whom the screen was opened for: a merge may be taken back, and else that is still the same person.
    pub(super) fn return_to_first(&mut self) {
        if let Some(first) = self.first {
            self.of = Of::Person(first);
        }
    }

    fn title(&self, place: Place) -> Option<EntryId> {
        self.stories.get(place.story).map(|story| story.title.entry)
    }

    /// The quote at `span` of the story `entry`.
    fn find(&self, entry: EntryId, span: Span) -> Option<Place> {
        let story = self.stories.iter().position(|story| story.title.entry == entry)?;
        let quote = self.stories.get(story)?.quotes.iter().position(|said| said.span == span)?;
        Some(Place { story, quote })
    }

    /// Brings the lines in line with a terminal of `columns` by `rows`.
    pub(super) fn fit(&mut self, columns: u16, rows: u16) {
        let body = Area::of(columns, rows).body;
        let page = (body.width, body.height, rows >= AIRY);
        if page != self.page {
            self.page = page;
            self.make_lines();
        }
        self.reveal();
    }

    fn make_lines(&mut self) {
        let selected = self.choice();
        let (columns, _, airy) = self.page;
        self.lines = Lines::new(&self.stories, &self.unfolded, columns, airy);
        let number = selected.and_then(|choice| self.lines.number_of(choice));
        self.selected = number.unwrap_or(self.selected).min(self.lines.choices.len().saturating_sub(1));
    }

    fn rows(&self) -> usize {
        usize::from(self.page.1).max(1)
    }

    /// Brings the selected choice in sight, with its headings where there is room.
    fn reveal(&mut self) {
        let rows = self.rows();
        let last_top = self.lines.lines.len().saturating_sub(rows);
        self.top = self.top.min(last_top);
        let Some((_, first, end)) = self.lines.choices.get(self.selected).copied() else { return };
        let head = self.lines.head_of(self.selected);
        let start = if end - head <= rows { head } else { first };
        if start < self.top {
            self.top = start;
        } else if end > self.top + rows {
            self.top = (end - rows).min(first);
        }
    }

    /// Moves the selection; pages are as many lines as the screen shows.
    fn step(&mut self, step: Step) {
        let last = self.lines.choices.len().saturating_sub(1);
        self.selected = match step {
            Step::Pages(_) | Step::HalfPages(_) => {
                let from = self.lines.choices.get(self.selected).map_or(0, |(_, first, _)| *first);
                let line = step.target(from, self.lines.lines.len().saturating_sub(1), self.rows());
                let at = self.lines.choices.partition_point(|(_, first, _)| *first <= line).saturating_sub(1);
                // A long quote is left all the same.
                match (at == self.selected, line > from) {
                    (true, true) => (at + 1).min(last),
                    (true, false) => at.saturating_sub(1),
                    (false, _) => at,
                }
            }
            step => step.target(self.selected, last, 1),
        };
        self.reveal();
    }

    /// Scrolls by `lines` without leaving the selection behind.
    pub(super) fn scroll(&mut self, lines: isize) {
        let rows = self.rows();
        self.top = Step::Rows(lines).target(self.top, self.lines.lines.len().saturating_sub(rows), 1);
        let inside = |(_, first, end): &(Choice, usize, usize)| *first >= self.top && *end <= self.top + rows;
        if self.lines.choices.get(self.selected).is_some_and(inside) {
            return;
        }
        let near = self.lines.choices.iter().position(inside);
        let last = self.lines.choices.iter().rposition(inside);
        self.selected = if lines < 0 { last.or(near) } else { near.or(last) }.unwrap_or(self.selected);
    }

    /// The choice on line `row` of those shown.
    pub(super) fn choice_at(&self, row: usize) -> Option<usize> {
        self.lines.lines.get(self.top + row)?.1
    }

    /// Shows the other stories of the selected quote.
    fn unfold(&mut self, place: Place) {
        self.unfolded.push(place);
        self.make_lines();
        self.reveal();
    }

    fn wants_more(&self) -> bool {
        self.more && self.answered && self.selected + NEAR >= self.lines.choices.len()
    }
}
