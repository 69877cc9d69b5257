//! The highlights of the open story: which one is here, and from one to the next.

use super::{Reader, Refusal};
use crate::analysis::correct::Correction;
use crate::app::library::{Annotations, CorrectionId, Highlight};
use crate::text::{Span, safe};

impl Reader {
    /// Takes in what the user added to the text. Places that are none in it are dropped: a library's file may be
    /// damaged.
    pub fn set_annotations(&mut self, mut annotations: Annotations) {
        let text = &self.article.text;
        for highlight in &mut annotations.highlights {
            highlight.span = highlight.span.filter(|span| !span.of(text).is_empty());
        }
        annotations
            .highlights
            .sort_by_key(|highlight| highlight.span.map_or((true, Span::default()), |span| (false, span)));
        self.annotations = annotations;
        self.note_corrections();
    }

    /// The highlights that have a place in the text, in order.
    pub fn highlights(&self) -> impl DoubleEndedIterator<Item = (Span, &Highlight)> {
        self.annotations.highlights.iter().filter_map(|highlight| Some((highlight.span?, highlight)))
    }

    /// The highlight at the cursor (the shortest of several), or else one on all of the current quote.
    #[must_use]
    pub fn highlight_here(&self) -> Option<&Highlight> {
        let at_cursor = self.highlights().filter(|(span, _)| span.contains(self.cursor));
        let shortest = at_cursor.min_by_key(|(span, _)| span.len());
        let on_quote = || {
            let quote = self.current_quote()?.span;
            self.highlights().find(|(span, _)| span.covers(quote))
        };
        shortest.or_else(on_quote).map(|(_, highlight)| highlight)
    }

    /// Which highlight is at the cursor, from 1, and how many there are.
    #[must_use]
    pub fn highlight_place(&self) -> Option<(usize, usize)> {
        let here = self.highlight_here()?.id;
        let place = self.highlights().position(|(_, highlight)| highlight.id == here)?;
        Some((place + 1, self.highlights().count()))
    }

    /// Goes `times` highlights on or back, round the ends; says which one that is.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn step_highlights(&mut self, times: usize, backward: bool) -> Result<Option<String>, Refusal> {
        let starts: Vec<usize> = self.highlights().map(|(span, _)| span.start).collect();
        if starts.is_empty() {
            return Err("no highlights in this story".to_owned());
        }
        let (place, end) = self.stepped(&starts, times, backward);
        let Some(start) = starts.get(place).copied() else { return Ok(None) };
        self.remember();
        self.quote = None;
        self.reveal(start);
        self.select_quote_at(start);
        let note = self.highlights().nth(place).filter(|(_, highlight)| highlight.is_noted());
        let note = note.map(|(_, highlight)| format!(": {}", safe::line(&highlight.note)));
        Ok(Some(format!("highlight {} of {}{end}{}", place + 1, starts.len(), note.unwrap_or_default())))
    }

    /// Finds out which quotes are as the user said.
    pub(super) fn note_corrections(&mut self) {
        let Some((analysis, _)) = &self.analysis else {
            self.corrected = Vec::new();
            return;
        };
        let corrections = self.annotations.corrections.iter();
        let found = |(id, correction): &(CorrectionId, Correction)| {
            Some((correction.anchor()?.find(analysis, &self.article.text)?, *id))
        };
        self.corrected = corrections.filter_map(found).collect();
    }

    /// The corrections of the quote with this index, in the order they were made.
    pub fn corrections_of(&self, quote: usize) -> impl Iterator<Item = CorrectionId> {
        self.corrected.iter().filter(move |(corrected, _)| *corrected == quote).map(|(_, id)| *id)
    }

    /// The corrections for which `wanted` holds, in the order they were made.
    #[must_use]
    pub fn corrections_that(&self, wanted: impl Fn(&Correction) -> bool) -> Vec<CorrectionId> {
        let all = self.annotations.corrections.iter();
        all.filter(|(_, correction)| wanted(correction)).map(|(id, _)| *id).collect()
    }

    /// Whether the user said how the quote with this index gives the words.
    #[must_use]
    pub fn is_kind_corrected(&self, quote: usize) -> bool {
        let kinds = self.corrections_that(|it| matches!(it, Correction::Kind { .. } | Correction::Quote { .. }));
        self.corrections_of(quote).any(|id| kinds.contains(&id))
    }

    /// Whether the user said that the quote with this index is as it is.
    #[must_use]
    pub fn is_corrected(&self, quote: usize) -> bool {
        self.corrections_of(quote).next().is_some()
    }
}
