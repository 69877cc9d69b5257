//! What one hears as one utterance, and so counts and goes to once: a quote that lies within another one of the same
//! speaker (the words in quotation marks inside "she said it is telling and also “speaks …”") is part of that one.
//!
//! Every count of quotes that a person sees is one of utterances; programs get all quotes. What somebody believes or intends is no utterance.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Analysis, EntityId, Quote, QuoteKind};

/// The utterances of `analysis`, as indices into its quotes, in order of the text. A quote of nobody known that lies
/// within any other is part of that one too.
#[must_use]
pub fn utterances(analysis: &Analysis) -> Vec<usize> {
    let said = |(_, quote): &(usize, &Quote)| quote.kind != QuoteKind::Belief;
    let mut order: Vec<(usize, &Quote)> = analysis.quotes.iter().enumerate().filter(said).collect();
    order.sort_by_key(|(_, quote)| (quote.span.start, Reverse(quote.span.end)));
    let mut end_by_speaker: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut end_of_any = 0;
    let mut utterances = Vec::new();
    for (index, quote) in order {
        let end_of_outer = match quote.speaker {
            Some(speaker) => end_by_speaker.get(&speaker).copied().unwrap_or(0),
            None => end_of_any,
        };
        if quote.span.end > end_of_outer {
            utterances.push(index);
        }
        end_of_any = end_of_any.max(quote.span.end);
        if let Some(speaker) = quote.speaker {
            let end = end_by_speaker.entry(speaker).or_default();
            *end = (*end).max(quote.span.end);
        }
    }
    utterances
}

#[cfg(test)]
mod tests {
    use super::super::{Evidence, Voices};
    use super::*;
    use crate::text::Span;

    fn quote(start: usize, end: usize, speaker: Option<u32>, kind: QuoteKind) -> Quote {
        let speaker = speaker.map(EntityId);
        Quote {
            kind,
            span: Span::new(start, end),
            speaker,
            source: None,
            cue: None,
            confidence: 1.0,
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn words_quoted_inside_what_the_same_speaker_says_are_counted_once() {
        use QuoteKind::{Direct, Indirect};
        let text = "aa bb cc dd ee ff gg hh ii jj";
        let quotes = vec![
            quote(0, 11, Some(0), Indirect),
            quote(3, 5, Some(0), Direct),
            quote(6, 8, None, Direct),
            quote(9, 11, Some(1), Direct),
            quote(15, 20, None, Direct),
            quote(24, 29, Some(1), Direct),
        ];
        let analysis = Analysis { quotes, ..Analysis::default() };
        assert_eq!(utterances(&analysis), [0, 3, 4, 5]);
        let voices = Voices::of(&analysis, text);
        assert_eq!(voices.utterances, [0, 3, 4, 5]);
        let counts: Vec<_> = voices.all.iter().map(|voice| (voice.direct, voice.reported, voice.words)).collect();
        assert_eq!(counts, [(0, 1, 4), (2, 0, 2)]);
    }
}
