//! The speakers of one article as the reader shows them: letters, shares, who comes first.

use std::collections::BTreeMap;

use super::{Analysis, EntityId, Places, QuoteKind, utterances};

/// The speakers of an article, those with most words first; a voice's letter is its place here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices {
    /// Most words first.
    pub all: Vec<Voice>,
    /// What is said, by anybody: the [`utterances`](fn@utterances), as indices into the analysis' quotes, in order.
    pub utterances: Vec<usize>,
    /// Where everything in the article stands.
    pub places: Places,
    /// For each speaker the place in `all`.
    by_speaker: BTreeMap<EntityId, usize>,
}

/// One speaker of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// Who.
    pub speaker: EntityId,
    /// Words in all of the speaker's quotes, direct and reported, nothing counted twice.
    pub words: usize,
    /// Part of all words that anybody says in the article, 0 to 1.
    pub share: f32,
    /// Number of direct utterances.
    pub direct: usize,
    /// Number of reported ones, indirect and mixed.
    pub reported: usize,
}

impl Voices {
    /// The voices of `analysis`, made from `text`.
    #[must_use]
    pub fn of(analysis: &Analysis, text: &str) -> Self {
        let mut all: Vec<Voice> = Vec::new();
        let utterances = utterances(analysis);
        let mut by_speaker = BTreeMap::new();
        let mut end_of_counted = 0;
        for quote in utterances.iter().filter_map(|utterance| analysis.quotes.get(*utterance)) {
            let Some(speaker) = quote.speaker else { continue };
            let place = *by_speaker.entry(speaker).or_insert_with(|| {
                all.push(Voice { speaker, words: 0, share: 0.0, direct: 0, reported: 0 });
                all.len() - 1
            });
            let Some(voice) = all.get_mut(place) else { continue };
            match quote.kind {
                QuoteKind::Direct => voice.direct += 1,
                QuoteKind::Indirect | QuoteKind::Mixed => voice.reported += 1,
                QuoteKind::Belief => {}
            }
            let fresh = crate::text::Span::new(quote.span.start.max(end_of_counted), quote.span.end);
            voice.words += fresh.of(text).split_whitespace().count();
            end_of_counted = end_of_counted.max(quote.span.end);
        }
        let total: usize = all.iter().map(|voice| voice.words).sum();
        for voice in &mut all {
            #[expect(clippy::cast_precision_loss, reason = "a share is shown as a whole percentage")]
            let share = voice.words as f32 / total.max(1) as f32;
            voice.share = share;
        }
        all.sort_by_key(|voice| std::cmp::Reverse(voice.words));
        let by_speaker = all.iter().enumerate().map(|(place, voice)| (voice.speaker, place)).collect();
        Self { all, utterances, places: Places::of(analysis), by_speaker }
    }

    /// The letter of `speaker`: `a` for the one with most words; `None` past `z` and for those who say nothing.
    #[must_use]
    pub fn letter(&self, speaker: EntityId) -> Option<char> {
        let place = self.place(speaker)?;
        u8::try_from(place).ok().filter(|place| *place < 26).map(|place| char::from(b'a' + place))
    }

    /// The speaker's place in [`Voices::all`]; its colour is chosen by it.
    #[must_use]
    pub fn place(&self, speaker: EntityId) -> Option<usize> {
        self.by_speaker.get(&speaker).copied()
    }

    /// The speaker with `letter`.
    #[must_use]
    pub fn by_letter(&self, letter: char) -> Option<EntityId> {
        let place = u32::from(letter).checked_sub(u32::from('a'))?;
        self.all.get(place as usize).map(|voice| voice.speaker)
    }
}
