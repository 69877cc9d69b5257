//! From quote to quote. Each of the [utterances](fn@crate::analysis::utterances) is gone to once, so each step moves on
//! the screen.

use super::{Reader, Refusal};
use crate::analysis::{Analysis, EntityId, Quote};
use crate::text::Span;

impl Reader {
    /// The utterances, as indices into the analysis' quotes, in order of the text; only those of the scope where one is set.
    #[must_use]
    pub fn utterances(&self) -> Vec<usize> {
        let Some((analysis, voices)) = &self.analysis else { return Vec::new() };
        let mut utterances = voices.utterances.clone();
        utterances.retain(|quote| self.scope.is_none_or(|scope| speaker(analysis, *quote) == Some(scope)));
        utterances
    }

    /// The current quote.
    #[must_use]
    pub fn current_quote(&self) -> Option<&Quote> {
        self.said()?.quotes.get(self.quote?)
    }

    /// Which utterance the current quote is, from 1, and how many there are.
    #[must_use]
    pub fn quote_place(&self) -> Option<(usize, usize)> {
        let utterances = self.utterances();
        let place = utterances.iter().position(|quote| Some(*quote) == self.quote)?;
        Some((place + 1, utterances.len()))
    }

    pub(super) fn current_span(&self) -> Option<Span> {
        self.current_quote().map(|quote| quote.span)
    }

    /// Makes the first quote in sight the current one where none is.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn take_quote(&mut self) -> Result<(), Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let visible = self.visible();
        let in_sight = |quote: &usize| analysis.quotes.get(*quote).is_some_and(|quote| quote.span.overlaps(visible));
        let quote = self.quote.or_else(|| self.utterances().into_iter().find(in_sight));
        self.quote = Some(quote.ok_or_else(|| "no quote in sight".to_owned())?);
        Ok(())
    }

    /// Brings the current quote's cue and source into sight, as far as they fit with its beginning.
    pub fn reveal_evidence(&mut self) {
        let Some(quote) = self.current_quote() else { return };
        let beside = [quote.source, quote.cue].into_iter().flatten();
        let all = beside.fold(quote.span, Span::union);
        let start = quote.span.start;
        let (first, last) = (self.layout.line_at(all.start), self.layout.line_at(all.end.saturating_sub(1)));
        if last.saturating_sub(first) >= self.rows() {
            self.reveal(start);
        } else if first < self.top {
            self.scroll_to(first);
        } else if last >= self.top + self.rows() {
            self.scroll_to((last + 1).saturating_sub(self.rows()));
        }
    }

    /// Goes `times` quotes on or back.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_quotes(&mut self, times: usize, backward: bool) -> Result<(), Refusal> {
        let utterances = self.utterances();
        self.step_utterances(&utterances, times, backward)
    }

    /// Goes `times` quotes by the current quote's speaker on or back; without a current quote, to the nearest quote.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_same_speaker(&mut self, times: usize, backward: bool) -> Result<(), Refusal> {
        let mut utterances = self.utterances();
        if let (Some(analysis), Some(quote)) = (self.said(), self.current_quote()) {
            utterances.retain(|other| speaker(analysis, *other) == quote.speaker);
        }
        self.step_utterances(&utterances, times, backward)
    }

    fn step_utterances(&mut self, utterances: &[usize], times: usize, backward: bool) -> Result<(), Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let start = |quote: &usize| analysis.quotes.get(*quote).map_or(0, |quote| quote.span.start);
        let current = utterances.iter().position(|quote| Some(*quote) == self.quote);
        // The places before and after which the steps are counted.
        let (before, after) = match current {
            Some(place) => (place, place + 1),
            None => {
                let place = utterances.partition_point(|quote| start(quote) < self.cursor);
                (place, place)
            }
        };
        let last = utterances.len().saturating_sub(1);
        let place = if backward {
            (before > 0).then(|| before.saturating_sub(times))
        } else {
            (after <= last).then(|| after.saturating_add(times - 1).min(last))
        };
        let Some(quote) = place.and_then(|place| utterances.get(place)).copied() else {
            return Err(self.no_quote(utterances, backward));
        };
        let start = start(&quote);
        self.go_to_quote(quote, start);
        Ok(())
    }

    fn go_to_quote(&mut self, quote: usize, start: usize) {
        self.remember();
        self.show(start);
        self.quote = Some(quote);
    }

    fn no_quote(&self, utterances: &[usize], backward: bool) -> Refusal {
        let by = self.scope.map(|scope| format!(" of {}", self.name_of(scope))).unwrap_or_default();
        if utterances.is_empty() {
            return if self.scope.is_some() {
                format!("no quote{by} in this story")
            } else {
                "no quotes in this story".into()
            };
        }
        let which = match (utterances, backward) {
            ([only], _) if Some(*only) == self.quote => "the only",
            (_, true) => "first",
            (_, false) => "last",
        };
        let same = if self.scope.is_none() && utterances.len() < self.utterances().len() {
            let speaker = self.current_quote().and_then(|quote| quote.speaker);
            speaker.map_or_else(|| " of nobody known".to_owned(), |speaker| format!(" of {}", self.name_of(speaker)))
        } else {
            String::new()
        };
        format!("{which} quote{by}{same}")
    }

    /// Goes to the next quote of `speaker`, from the last one on to the first.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn go_to_voice(&mut self, speaker: EntityId) -> Result<(), Refusal> {
        let Some((analysis, voices)) = &self.analysis else { return Err(Self::without_analysis()) };
        let quotes = voices.utterances.iter().filter_map(|quote| Some((*quote, analysis.quotes.get(*quote)?)));
        let own = quotes.filter(|(_, quote)| quote.speaker == Some(speaker));
        let own: Vec<(usize, usize)> = own.map(|(index, quote)| (index, quote.span.start)).collect();
        let ahead = |(quote, start): &&(usize, usize)| *start >= self.cursor && Some(*quote) != self.quote;
        let Some((quote, start)) = own.iter().find(ahead).or_else(|| own.first()).copied() else {
            return Err(format!("no quote of {} in this story", self.name_of(speaker)));
        };
        if self.scope != Some(speaker) {
            self.scope = None;
        }
        self.go_to_quote(quote, start);
        Ok(())
    }

    /// Makes the quote at `offset` the current one, whoever says it, if there is one; `true` where there is.
    pub fn select_quote_at(&mut self, offset: usize) -> bool {
        let Some((analysis, voices)) = &self.analysis else { return false };
        let within = |quote: &usize| analysis.quotes.get(*quote).is_some_and(|quote| quote.span.contains(offset));
        let found = voices.utterances.iter().rev().find(|quote| within(quote)).copied();
        if found.is_some() {
            self.quote = found;
        }
        found.is_some()
    }

    /// Keeps to a speaker, or to nobody; whether that is a change.
    pub fn keep_to(&mut self, scope: Option<EntityId>) -> bool {
        let changes = self.scope != scope;
        self.scope = scope;
        if scope.is_some() && self.current_quote().is_some_and(|quote| quote.speaker != scope) {
            self.quote = None;
        }
        changes
    }

    /// Keeps to the voice with `letter`; says to whom.
    ///
    /// # Errors
    /// What to tell the user where there is no such voice.
    pub fn keep_to_letter(&mut self, letter: char) -> Result<String, Refusal> {
        let Some((_, voices)) = &self.analysis else { return Err(Self::without_analysis()) };
        let Some(speaker) = voices.by_letter(letter.to_ascii_lowercase()) else {
            let last = voices.all.iter().take(26).filter_map(|voice| voices.letter(voice.speaker)).next_back();
            return Err(match last {
                None => "nobody speaks in this story".to_owned(),
                Some('a') => "the only voice here is a".to_owned(),
                Some(last) => format!("no voice {letter} here: they are a to {last}"),
            });
        };
        self.keep_to(Some(speaker));
        let count = self.utterances().len();
        let quotes = if count == 1 { "quote" } else { "quotes" };
        Ok(format!("only {}: {count} {quotes}", self.name_of(speaker)))
    }

    /// What the speaker of the scope says, as spans that lie apart, in order.
    pub(super) fn scope_spans(&self) -> Vec<Span> {
        let (Some(scope), Some(analysis)) = (self.scope, self.said()) else { return Vec::new() };
        let mut apart: Vec<Span> = Vec::new();
        for quote in analysis.quotes.iter().filter(|quote| quote.speaker == Some(scope)) {
            match apart.last_mut().filter(|last| quote.span.start <= last.end) {
                Some(last) => *last = last.union(quote.span),
                None => apart.push(quote.span),
            }
        }
        apart
    }
}

fn speaker(analysis: &Analysis, quote: usize) -> Option<EntityId> {
    analysis.quotes.get(quote).and_then(|quote| quote.speaker)
}
