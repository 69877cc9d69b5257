//! What somebody said as lines of the screen: by day and story, long quotes wrapped, what can be chosen marked.

use jiff::civil::Date;

use super::ask::Story;
use crate::layout::wrapped;
use crate::text::Span;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Between days and stories.
    Blank,
    /// A day begins.
    Day(Option<Date>),
    /// A story begins.
    Story(usize),
    /// Words of a quote: bytes of them, and whether some are left out after them.
    Words(Place, Span, bool),
    /// In how many other stories a quote stands.
    Also(Place),
    /// One of those stories.
    Other(Place, usize),
}

/// A quote by its story and its number there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into the stories.
    pub story: usize,
    /// Index into the story's quotes.
    pub quote: usize,
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A quote in its story.
    Quote(Place),
    /// The other stories of a quote, folded.
    Also(Place),
    /// A quote in another story.
    Other(Place, usize),
}

impl Choice {
    /// The quote that it is about.
    #[must_use]
    pub const fn place(self) -> Place {
        match self {
            Self::Quote(place) | Self::Also(place) | Self::Other(place, _) => place,
        }
    }
}

/// Lines with what can be chosen on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// All lines; each with the number of the choice that it belongs to.
    pub lines: Vec<(Line, Option<usize>)>,
    /// What can be chosen, each with its first line and the line after its last.
    pub choices: Vec<(Choice, usize, usize)>,
}

/// Lines of a quote at most: what is longer is read in its story.
const LONGEST: usize = 8;

/// Columns before the words of a quote: mark, bar, blank.
pub const BEFORE_WORDS: u16 = 4;

/// Columns after them that stay blank.
pub const AFTER_WORDS: u16 = 1;

/// Columns that words have at least, whatever the screen.
const FEWEST_COLUMNS: usize = 8;

impl Lines {
    /// The lines of `stories` in `columns` columns; the other stories of a quote are shown where it is among
    /// `unfolded`. Stories stand apart where the screen is `airy`.
    #[must_use]
    pub fn new(stories: &[Story], unfolded: &[Place], columns: u16, airy: bool) -> Self {
        let room = usize::from(columns.saturating_sub(BEFORE_WORDS + AFTER_WORDS)).max(FEWEST_COLUMNS);
        let mut lines = Self::default();
        let mut day = None;
        for (index, story) in stories.iter().enumerate() {
            let new_day = day != Some(story.title.date);
            if index > 0 && (new_day || airy) {
                lines.lines.push((Line::Blank, None));
            }
            if new_day {
                day = Some(story.title.date);
                lines.lines.push((Line::Day(story.title.date), None));
            }
            lines.lines.push((Line::Story(index), None));
            for quote in 0..story.quotes.len() {
                lines.quote(story, Place { story: index, quote }, unfolded, room);
            }
        }
        lines
    }

    fn quote(&mut self, story: &Story, place: Place, unfolded: &[Place], room: usize) {
        let Some(said) = story.quotes.get(place.quote) else { return };
        let mut words = wrapped(&said.words, room);
        let cut = words.len() > LONGEST;
        words.truncate(LONGEST);
        let last = words.len().saturating_sub(1);
        let shown = words.into_iter().enumerate();
        let shown = shown.map(|(line, span)| Line::Words(place, span, cut && line == last)).collect();
        self.choose(Choice::Quote(place), shown);
        if said.also.is_empty() {
            return;
        }
        if unfolded.contains(&place) {
            for other in 0..said.also.len() {
                self.choose(Choice::Other(place, other), vec![Line::Other(place, other)]);
            }
        } else {
            self.choose(Choice::Also(place), vec![Line::Also(place)]);
        }
    }

    fn choose(&mut self, choice: Choice, lines: Vec<Line>) {
        let first = self.lines.len();
        let number = self.choices.len();
        self.lines.extend(lines.into_iter().map(|line| (line, Some(number))));
        self.choices.push((choice, first, self.lines.len()));
    }

    /// The number of `choice`; where it is there no longer, that of its quote.
    #[must_use]
    pub fn number_of(&self, choice: Choice) -> Option<usize> {
        let find = |wanted: Choice| self.choices.iter().position(|(known, ..)| *known == wanted);
        find(choice).or_else(|| find(Choice::Quote(choice.place())))
    }

    /// The first line to show with a choice: headings that stand directly over it belong to it.
    #[must_use]
    pub fn head_of(&self, number: usize) -> usize {
        let Some((_, first, _)) = self.choices.get(number).copied() else { return 0 };
        let heads = self.lines.get(..first).unwrap_or_default().iter().rev();
        first - heads.take_while(|(line, _)| matches!(line, Line::Day(_) | Line::Story(_))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::super::ask::{Said, Title};
    use super::*;
    use crate::analysis::QuoteKind;
    use crate::app::EntryId;

    fn title(entry: usize, day: i8) -> Title {
        let date = Date::new(2025, 11, day).ok();
        Title { entry: EntryId(entry), title: format!("Story {entry}"), source: String::new(), date }
    }

    fn said(words: &str, also: usize) -> Said {
        let also = (0..also).map(|other| (title(9 + other, 1), Span::new(0, 3))).collect();
        Said { words: words.to_owned(), kind: QuoteKind::Direct, span: Span::new(0, 3), confidence: 1.0, also }
    }

    fn stories() -> Vec<Story> {
        vec![
            Story { title: title(0, 20), quotes: vec![said("One two three four", 2), said("Five", 0)] },
            Story { title: title(1, 20), quotes: vec![said("Six", 0)] },
            Story { title: title(2, 19), quotes: vec![said(&"word ".repeat(100), 1)] },
        ]
    }

    #[test]
    fn days_are_told_once_and_quotes_are_wrapped_and_cut() {
        let stories = stories();
        let lines = Lines::new(&stories, &[], 15, false);
        let days = lines.lines.iter().filter(|(line, _)| matches!(line, Line::Day(_))).count();
        assert_eq!(days, 2);
        let shown: Vec<&str> = lines
            .lines
            .iter()
            .filter_map(|(line, _)| match line {
                Line::Words(Place { story: 0, quote: 0 }, span, _) => Some(span.of(&stories[0].quotes[0].words)),
                _ => None,
            })
            .collect();
        assert_eq!(shown, ["One two", "three four"]);
        let long = |line: &&(Line, Option<usize>)| matches!(line.0, Line::Words(Place { story: 2, .. }, ..));
        let long: Vec<_> = lines.lines.iter().filter(long).collect();
        assert_eq!(long.len(), LONGEST);
        assert!(matches!(long[LONGEST - 1].0, Line::Words(.., true)) && matches!(long[0].0, Line::Words(.., false)));
    }

    #[test]
    fn the_other_stories_of_a_quote_are_one_line_until_they_are_unfolded() {
        let stories = stories();
        let place = Place { story: 0, quote: 0 };
        let folded = Lines::new(&stories, &[], 60, true);
        assert_eq!(folded.choices[1].0, Choice::Also(place));
        let unfolded = Lines::new(&stories, &[place], 60, true);
        assert_eq!([unfolded.choices[1].0, unfolded.choices[2].0], [Choice::Other(place, 0), Choice::Other(place, 1)]);
        assert_eq!(unfolded.number_of(Choice::Also(place)), Some(0), "the quote itself");
        assert_eq!(folded.head_of(0), 0);
        let second = folded.number_of(Choice::Quote(Place { story: 1, quote: 0 })).unwrap();
        assert_eq!(folded.head_of(second), folded.choices[second].1 - 1, "with the headline over it");
    }
}
