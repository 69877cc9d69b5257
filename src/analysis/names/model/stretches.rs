//! The stretches of text that may hold names: everything else is outside without a look at any weight.

use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::token::{Document, Shape};

/// Capitals so many tokens apart, within a sentence, are in one stretch.
const GAP: usize = 4;

/// Tokens from `first` up to `end` of one sentence; what stands around them is outside any name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
}

/// All stretches, in order: capitals, what stands between close ones, and numbers and head words beside them.
pub fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for sentence in &document.sentences {
        let mut open: Option<Stretch> = None;
        for at in sentence.first as usize..sentence.end as usize {
            let shape = document.shape_at(at);
            if !shape.any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL)) && !is_caseless(document, at) {
                continue;
            }
            match &mut open {
                Some(stretch) if at < stretch.end + GAP => stretch.end = at + 1,
                _ => {
                    stretches
                        .extend(open.take().map(|stretch| widened(document, lexicon, stretch, sentence.end as usize)));
                    let before = at > sentence.first as usize && joins_ahead(document, lexicon, at - 1);
                    open = Some(Stretch { first: at - usize::from(before), end: at + 1 });
                }
            }
        }
        stretches.extend(open.map(|stretch| widened(document, lexicon, stretch, sentence.end as usize)));
    }
    stretches
}

/// Words of scripts without case may be names anywhere.
fn is_caseless(document: &Document<'_>, at: usize) -> bool {
    document.shape_at(at).has(Shape::NON_ASCII.with(Shape::LETTERS))
        && document
            .text_of(at)
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

/// Whether the token at `at` can start a name that goes on with a capital: a number or a particle.
fn joins_ahead(document: &Document<'_>, lexicon: &Lexicon, at: usize) -> bool {
    document.shape_at(at).has(Shape::DIGITS) || lexicon.classes(document.word_at(at)).any(Classes::PARTICLE)
}

/// The stretch with a number or head word ("Calicut airport") after it.
fn widened(document: &Document<'_>, lexicon: &Lexicon, stretch: Stretch, limit: usize) -> Stretch {
    let heads = Classes::ORGANIZATION_HEAD.with(Classes::PLACE_HEAD).with(Classes::WORK_HEAD);
    let mut end = stretch.end;
    if document.text_of(end) == "-" && end + 1 < limit && document.shape_at(end + 1).has(Shape::DIGITS) {
        end += 1;
    }
    let joins = document.shape_at(end).has(Shape::DIGITS) || lexicon.classes(document.word_at(end)).any(heads);
    if joins && end < limit {
        end += 1;
    }
    Stretch { end: if end > stretch.end && joins { end } else { stretch.end }, ..stretch }
}
