//! Names by rules and word lists: runs of capitalised words, cut at titles, weighed by what they hold and stand beside.

use super::uses::{Use, WordMap, count, starts_sentence};
use super::{Name, NameKind};
use crate::analysis::lexicon::{Classes, Lexicon};
use crate::analysis::token::{Document, Shape, word};

mod weigh;

/// A possible name: tokens from `first` up to `end`, and how much speaks for each kind.
#[derive(Clone, Copy, Debug)]
struct Piece {
    first: usize,
    end: usize,
    weights: [f32; KINDS.len()],
}

const KINDS: [NameKind; 5] =
    [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other, NameKind::Group];

/// All names in `document`.
pub fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let finder = Finder { document, lexicon, uses: count(document) };
    let mut pieces = finder.pieces();
    for piece in &mut pieces {
        piece.weights = finder.weigh(piece.first, piece.end);
    }
    finder.share(&mut pieces);
    let name = |piece: &Piece| {
        let best = (0..KINDS.len()).max_by(|a, b| piece.weights[*a].total_cmp(&piece.weights[*b]))?;
        let kind = *KINDS.get(best)?;
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        (piece.weights[best] > 0.0).then(|| Name { first: index(piece.first), end: index(piece.end), kind })
    };
    pieces.iter().filter_map(name).collect()
}

/// Longer runs of capitals are cut; no name is so long.
const LONGEST_RUN: usize = 40;

struct Finder<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    uses: WordMap<Use>,
}

impl Finder<'_> {
    fn classes(&self, at: usize) -> Classes {
        self.lexicon.classes(self.document.word_at(at))
    }

    fn used(&self, at: usize) -> Use {
        self.uses.get(&self.document.word_at(at)).copied().unwrap_or_default()
    }

    /// All possible names, in order.
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for sentence in &self.document.sentences {
            let (mut at, end) = (sentence.first as usize, sentence.end as usize);
            let shouted = self.is_shouted(at, end);
            while at < end {
                if !self.may_be_name(at, shouted) {
                    at += 1;
                    continue;
                }
                let stop = self.run_end(at, end, shouted);
                self.cut(at, stop, &mut pieces);
                at = stop;
            }
        }
        pieces
    }

    /// Whether a sentence capitalises nearly all of its words, so that a capital says nothing.
    fn is_shouted(&self, first: usize, end: usize) -> bool {
        let (mut capital, mut lower) = (0, 0);
        for at in first..end {
            let shape = self.document.shape_at(at);
            if shape.has(Shape::LETTERS) && !self.classes(at).any(Classes::FUNCTION) {
                if shape.has(Shape::CAPITALISED) { capital += 1 } else { lower += 1 }
            }
        }
        capital >= 4 && capital > 3 * lower
    }

    /// Whether the token at `at` can be part of a name by itself.
    fn may_be_name(&self, at: usize, shouted: bool) -> bool {
        let shape = self.document.shape_at(at);
        if !shape.any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL)) || shape.has(Shape::ADDRESS) {
            return false;
        }
        let classes = self.classes(at);
        let caps = shape.has(Shape::ALL_CAPS) && self.document.text_of(at).chars().count() > 1 && !shouted;
        if classes.any(Classes::CALENDAR) || (classes.any(Classes::FUNCTION) && !caps) {
            return false;
        }
        if caps || shape.has(Shape::INNER_CAPITAL) {
            return true;
        }
        if !shouted && !starts_sentence(self.document, at) {
            return true;
        }
        let used = self.used(at);
        let listed =
            classes.any(Classes::GIVEN.with(Classes::PLACE).with(Classes::ORGANIZATION).with(Classes::NATIONALITY));
        if used.inside + used.lower > 0 {
            return used.inside > used.lower;
        }
        !classes.any(Classes::COMMON) || (listed && self.document.shape_at(at + 1).has(Shape::CAPITALISED))
    }

    /// Where the run that starts at `first` ends: capitalised words and what may join them.
    fn run_end(&self, first: usize, end: usize, shouted: bool) -> usize {
        let mut at = first + 1;
        let mut joined_of = false;
        let end = end.min(first + LONGEST_RUN);
        while at < end {
            if self.may_be_name(at, shouted) {
                at += 1;
                continue;
            }
            let length = self.joint(first, at, joined_of);
            if length == 0 || at + length >= end || !self.may_be_name(at + length, shouted) {
                break;
            }
            joined_of |= self.document.word_at(at) == word("of") || self.document.word_at(at) == word("for");
            at += length + 1;
        }
        at
    }

    /// How many tokens from `at` may join a name that started at `first` to a following one; 0 for none.
    fn joint(&self, first: usize, at: usize, joined_of: bool) -> usize {
        let document = self.document;
        let before = self.classes(at - 1);
        let tight = !document.shape_at(at).has(Shape::SPACED) && !document.shape_at(at + 1).has(Shape::SPACED);
        let this = document.word_at(at);
        let head = before.any(Classes::ORGANIZATION_HEAD.with(Classes::PLACE_HEAD).with(Classes::WORK_HEAD));
        let title = before.any(Classes::ROLE.with(Classes::HONORIFIC));
        if this == word("of") || this == word("for") {
            let the = usize::from(document.word_at(at + 1) == word("the"));
            return if head && !title { 1 + the } else { 0 };
        }
        if this == word("and") {
            let lists = (first..at).any(|k| self.classes(k).any(Classes::ORGANIZATION_HEAD));
            return usize::from(joined_of && lists);
        }
        if this == word("&") || (document.text_of(at) == "-" && tight) {
            let apart = Classes::NATIONALITY.with(Classes::COUNTRY);
            return usize::from(this == word("&") || !(before.any(apart) || self.classes(at + 1).any(apart)));
        }
        if document.shape_at(at).has(Shape::POSSESSIVE) {
            let heads = Classes::ORGANIZATION_HEAD.with(Classes::WORK_HEAD);
            return usize::from(self.classes(at + 1).any(heads) && before.any(Classes::COMMON));
        }
        usize::from(self.classes(at).any(Classes::PARTICLE))
    }

    /// Cuts a run at titles, nationalities and listed names.
    fn cut(&self, first: usize, end: usize, pieces: &mut Vec<Piece>) {
        let heads = Classes::ORGANIZATION_HEAD.with(Classes::PLACE_HEAD).with(Classes::WORK_HEAD);
        let mut start = first;
        let mut at = first;
        while at < end {
            let phrase = self.lexicon.phrase(self.document, at).filter(|(length, _)| at + length <= end);
            let classes = phrase.map_or_else(|| self.classes(at), |(_, classes)| classes);
            let length = phrase.map_or(1, |(length, _)| length);
            let bears = at > start && (start..at).any(|k| self.classes(k).any(Classes::GIVEN));
            let title = classes.any(Classes::HONORIFIC.with(Classes::ROLE)) && !classes.any(Classes::GIVEN) && !bears;
            // The head counts only where the name goes on to its end: "Democratic Party", but "US President".
            let headed = (at + length..end).any(|k| self.classes(k).any(heads) && !self.classes(k).any(Classes::ROLE));
            let stands_alone =
                classes.any(Classes::NATIONALITY) || (classes.any(Classes::COUNTRY) && at + length < end);
            if title && !headed {
                self.push(start, at, pieces);
                at += length;
                start = at;
            } else if start == at && !headed && stands_alone {
                self.push(at, at + length, pieces);
                at += length;
                start = at;
            } else {
                at += length;
            }
        }
        self.push(start, end, pieces);
    }

    fn push(&self, first: usize, end: usize, pieces: &mut Vec<Piece>) {
        let skipped = |at: usize| {
            self.document.text_of(at) == "-"
                || (self.classes(at).any(Classes::FUNCTION) && !self.document.shape_at(at).has(Shape::ALL_CAPS))
        };
        let first = (first..end).find(|at| !skipped(*at)).unwrap_or(end);
        let end = (first..end).rev().find(|at| !skipped(*at)).map_or(first, |last| last + 1);
        if first < end {
            pieces.push(Piece { first, end, weights: [0.0; KINDS.len()] });
        }
    }
}
