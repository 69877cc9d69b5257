//! From quote to quote. A stop is what one hears as one utterance: a quote that does not lie within another one of
//! the same speaker (the words in quotation marks inside "she said it is telling and also “speaks …”" are no stop of
//! their own), so each step moves on the screen.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Reader, Refusal};
use crate::analysis::{Analysis, EntityId, Quote};
use crate::text::Span;

impl Reader {
    /// The stops, as indices into the analysis' quotes, in order of the text; only those of the scope where one is set.
    #[must_use]
    pub fn stops(&self) -> Vec<usize> {
        let Some(analysis) = self.said() else { return Vec::new() };
        let mut stops = self.stops.clone();
        stops.retain(|stop| self.scope.is_none_or(|scope| speaker(analysis, *stop) == Some(scope)));
        stops
    }

    /// The current quote.
    #[must_use]
    pub fn current_quote(&self) -> Option<&Quote> {
        self.said()?.quotes.get(self.quote?)
    }

    /// Which stop the current quote is, from 1, and how many there are.
    #[must_use]
    pub fn quote_place(&self) -> Option<(usize, usize)> {
        let stops = self.stops();
        let place = stops.iter().position(|stop| Some(*stop) == self.quote)?;
        Some((place + 1, stops.len()))
    }

    pub(super) fn current_span(&self) -> Option<Span> {
        self.current_quote().map(|quote| quote.span)
    }

    /// Goes `times` quotes on or back.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_quotes(&mut self, times: usize, backward: bool) -> Result<(), Refusal> {
        let stops = self.stops();
        self.step_stops(&stops, times, backward)
    }

    /// Goes `times` quotes by the current quote's speaker on or back; without a current quote, to the nearest quote.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_same_speaker(&mut self, times: usize, backward: bool) -> Result<(), Refusal> {
        let mut stops = self.stops();
        if let (Some(analysis), Some(quote)) = (self.said(), self.current_quote()) {
            stops.retain(|stop| speaker(analysis, *stop) == quote.speaker);
        }
        self.step_stops(&stops, times, backward)
    }

    fn step_stops(&mut self, stops: &[usize], times: usize, backward: bool) -> Result<(), Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let start = |stop: &usize| analysis.quotes.get(*stop).map_or(0, |quote| quote.span.start);
        let current = self.quote.and_then(|quote| stops.iter().position(|stop| *stop == quote));
        // The places before and after which the steps are counted.
        let (before, after) = match current {
            Some(place) => (place, place + 1),
            None => {
                let place = stops.partition_point(|stop| start(stop) < self.cursor);
                (place, place)
            }
        };
        let target = if backward { before.checked_sub(times) } else { after.checked_add(times - 1) };
        let end = if backward {
            before.checked_sub(1).map(|_| 0)
        } else {
            stops.len().checked_sub(1).filter(|_| after < stops.len())
        };
        let place = target.filter(|place| *place < stops.len()).or(end);
        let Some((stop, at)) = place.and_then(|place| stops.get(place)).map(|stop| (*stop, start(stop))) else {
            return Err(self.no_quote(stops, backward));
        };
        self.remember();
        self.show(at);
        self.quote = Some(stop);
        Ok(())
    }

    fn no_quote(&self, stops: &[usize], backward: bool) -> Refusal {
        let by = self.scope.map(|scope| format!(" of {}", self.name_of(scope))).unwrap_or_default();
        if stops.is_empty() {
            return if self.scope.is_some() {
                format!("no quote{by} in this story")
            } else {
                "no quotes in this story".into()
            };
        }
        let which = if backward { "first" } else { "last" };
        let same = if self.scope.is_none() && stops.len() < self.stops().len() { " of this speaker" } else { "" };
        format!("{which} quote{by}{same}")
    }

    /// Goes to the next quote of `speaker`, from the last one on to the first.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn go_to_voice(&mut self, speaker: EntityId) -> Result<(), Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let stops = self.stops.iter().filter_map(|stop| Some((*stop, analysis.quotes.get(*stop)?)));
        let own: Vec<_> =
            stops.filter(|(_, q)| q.speaker == Some(speaker)).map(|(stop, quote)| (stop, quote.span.start)).collect();
        let after = |(stop, at): &&(usize, usize)| *at >= self.cursor && Some(*stop) != self.quote;
        let Some((stop, at)) = own.iter().find(after).or_else(|| own.first()).copied() else {
            return Err(format!("no quote of {} in this story", self.name_of(speaker)));
        };
        if self.scope != Some(speaker) {
            self.scope = None;
        }
        self.remember();
        self.show(at);
        self.quote = Some(stop);
        Ok(())
    }

    /// Makes the quote at `offset` the current one, whoever says it, if there is one; `true` where there is.
    pub fn select_quote_at(&mut self, offset: usize) -> bool {
        let Some(analysis) = self.said() else { return false };
        let within = |stop: &usize| analysis.quotes.get(*stop).is_some_and(|quote| quote.span.contains(offset));
        let found = self.stops.iter().rev().find(|stop| within(stop)).copied();
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
        let count = self.stops().len();
        let quotes = if count == 1 { "quote" } else { "quotes" };
        Ok(format!("only {}: {count} {quotes}", self.name_of(speaker)))
    }

    /// Whether `span` is within what the scope leaves.
    pub(super) fn in_scope(&self, spans: &[Span], span: Span) -> bool {
        self.scope.is_none() || spans.iter().any(|quote| quote.overlaps(span))
    }

    /// The quotes that the scope leaves.
    pub(super) fn scope_spans(&self) -> Vec<Span> {
        let (Some(scope), Some(analysis)) = (self.scope, self.said()) else { return Vec::new() };
        analysis.quotes.iter().filter(|quote| quote.speaker == Some(scope)).map(|quote| quote.span).collect()
    }
}

fn speaker(analysis: &Analysis, quote: usize) -> Option<EntityId> {
    analysis.quotes.get(quote).and_then(|quote| quote.speaker)
}

/// All stops of `analysis`, in order of the text.
pub(super) fn stops_of(analysis: &Analysis) -> Vec<usize> {
    let mut order: Vec<(usize, &Quote)> = analysis.quotes.iter().enumerate().collect();
    order.sort_by_key(|(_, quote)| (quote.span.start, Reverse(quote.span.end)));
    let mut end_by_speaker: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut end_of_any = 0;
    let mut stops = Vec::new();
    for (index, quote) in order {
        let end_of_outer = match quote.speaker {
            Some(speaker) => end_by_speaker.get(&speaker).copied().unwrap_or(0),
            None => end_of_any,
        };
        if quote.span.end > end_of_outer {
            stops.push(index);
        }
        end_of_any = end_of_any.max(quote.span.end);
        if let Some(speaker) = quote.speaker {
            let end = end_by_speaker.entry(speaker).or_default();
            *end = (*end).max(quote.span.end);
        }
    }
    stops
}
