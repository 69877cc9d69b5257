//! Texts in other languages than English: what stands in quotation marks is taken for speech by its length and what
//! stands around it, and given only to somebody named right beside it.

use super::{Finder, Said};
use crate::analysis::direct::Spoken;
use crate::analysis::evidence::Basis;
use crate::analysis::scene::Part;
use crate::analysis::sources::Source;
use crate::analysis::syntax::Tag;
use crate::analysis::token::{Shape, word};
use crate::analysis::{EntityId, EntityKind, speech};

/// Fewest words that are speech whatever stands around them.
const WORDS: usize = 4;
/// As many characters make a word where no blanks do.
const LETTERS: usize = 2;
/// How far from its words somebody may be named, in tokens.
const REACH: usize = 10;
/// How sure it is that somebody named right beside speaks.
const BESIDE: f32 = 0.8;

impl Finder<'_, '_> {
    /// The stretches that are speech, in order.
    pub(super) fn speech_abroad(&self) -> Vec<Spoken> {
        let mut all = Vec::new();
        for (number, stretch) in self.scene.stretches.iter().enumerate().filter(|(_, stretch)| stretch.depth == 0) {
            let (first, end) = self.scene.stretch_tokens(number);
            let close = end.saturating_sub(usize::from(stretch.closed && !stretch.labelled));
            let title = speech::is_title(self.scene, first + 1, close);
            if first < end
                && (stretch.labelled || !title && (self.is_long(first, close) || self.is_set_off(first, end)))
            {
                all.push(Spoken { number, first, end, before: None });
            }
        }
        all
    }

    fn is_long(&self, first: usize, end: usize) -> bool {
        let size = |at: usize| {
            let text = self.scene.document.text_of(at);
            let blanks = text.chars().next().is_some_and(|c| c.is_lowercase() || c.is_uppercase());
            if blanks { 1 } else { text.chars().count().div_ceil(LETTERS) }
        };
        let words = (first..end).filter(|at| self.scene.document.shape_at(*at).has(Shape::LETTERS));
        words.take(WORDS).map(size).sum::<usize>() >= WORDS
    }

    /// Whether marks set it off as words of its own: it opens its sentence or stands behind a colon, and a comma or
    /// stop goes with its end.
    fn is_set_off(&self, first: usize, end: usize) -> bool {
        let scene = self.scene;
        let opens = scene.sentence(first).0 == first || scene.word(first.wrapping_sub(1)) == word(":");
        let ends = |at: usize| matches!(scene.tag(at), Tag::Comma | Tag::Stop);
        opens && (ends(end) || ends(end.saturating_sub(2)))
    }

    /// Who is named right beside the stretch; `last` spoke before.
    pub(super) fn beside_abroad(&mut self, spoken: &Spoken, last: Option<EntityId>) -> Said {
        let scene = self.scene;
        let (sentence, end) = scene.sentence(spoken.first);
        let person =
            |at: &usize| !scene.is_quoted(*at) && matches!(scene.part(*at), Part::Entity(_, EntityKind::Person));
        let opens = sentence == spoken.first;
        let behind = || (spoken.end..end.min(spoken.end + REACH)).find(person).filter(|_| opens);
        let colon = spoken.first > sentence && scene.word(spoken.first - 1) == word(":");
        let before = || (sentence.max(spoken.first.saturating_sub(REACH))..spoken.first).find(person).filter(|_| colon);
        if let Some(mention) = behind().or_else(before).and_then(|at| scene.cast.mention_at(at)) {
            let (first, end) = (mention.first as usize, mention.end as usize);
            let source = Source { head: end - 1, first, end };
            let speaker = self.speakers.resolve(source, true);
            return Said { speaker, source: Some(source), basis: Basis::Beside, confidence: BESIDE, ..Said::default() };
        }
        let near = |(until, _): (usize, Option<usize>)| {
            scene.paragraph(spoken.first).0 <= until.saturating_sub(1) && spoken.first < until + 2 * REACH
        };
        let unclosed = scene.stretches.get(spoken.number).is_some_and(|stretch| stretch.continues);
        if unclosed || opens && spoken.before.is_some_and(near) {
            let basis = if unclosed { Basis::Unclosed } else { Basis::Continued };
            return Said { speaker: last, basis, confidence: BESIDE, ..Said::default() };
        }
        Said::default()
    }
}
