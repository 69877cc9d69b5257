//! How much speaks for each kind of name: the words inside, the words beside, and the same words elsewhere.

use super::{Finder, KINDS, Piece};
use crate::analysis::lexicon::{Classes, join};
use crate::analysis::names::uses::WordMap;
use crate::analysis::token::{Shape, Word, word};

type Weights = [f32; KINDS.len()];

const P: usize = 0;
const O: usize = 1;
const L: usize = 2;
const X: usize = 3;
const N: usize = 4;

/// Prepositions that lead to places.
const WHERE: &[Word] =
    &[word("in"), word("at"), word("from"), word("near"), word("to"), word("across"), word("outside"), word("around")];

impl Finder<'_> {
    /// What the tokens from `first` to `end` hold and stand beside.
    pub fn weigh(&self, first: usize, end: usize) -> Weights {
        let mut weights = [0.2, 0.1, 0.0, 0.0, 0.0];
        self.weigh_lists(first, end, &mut weights);
        self.weigh_words(first, end, &mut weights);
        self.weigh_neighbours(first, end, &mut weights);
        weights
    }

    fn weigh_lists(&self, first: usize, end: usize, weights: &mut Weights) {
        let length = end - first;
        let classes = if length == 1 {
            self.classes(first)
        } else {
            self.lexicon
                .phrase(self.document, first)
                .filter(|(found, _)| *found == length)
                .map_or(Classes::default(), |(_, classes)| classes)
        };
        let sure = if length == 1 { 0.5 } else { 1.0 };
        let singular = self.document.text_of(end - 1).strip_suffix('s').map(crate::analysis::token::word_of);
        let whole = |last: Word| {
            (first..end - 1).map(|at| self.document.word_at(at)).chain([last]).reduce(join).unwrap_or(last)
        };
        let plural = singular.is_some_and(|last| self.lexicon.classes(whole(last)).any(Classes::NATIONALITY));
        let mut add = |class, kind: usize, weight| {
            if classes.any(class) {
                weights[kind] += weight;
            }
        };
        add(Classes::COUNTRY, L, 6.0);
        add(Classes::REGION, L, 5.0);
        add(Classes::CITY.with(Classes::WATER), L, 3.5 * sure);
        add(Classes::ORGANIZATION, O, 6.0);
        add(Classes::NATIONALITY, N, 8.0);
        if length == 1 {
            add(Classes::GIVEN, P, 1.0);
            add(Classes::SURNAME, P, 0.7);
        }
        if plural {
            weights[N] += 8.0;
        }
    }

    fn weigh_words(&self, first: usize, end: usize, weights: &mut Weights) {
        let length = end - first;
        let last = self.classes(end - 1);
        let shape = self.document.shape_at(first);
        // The head of "Ministry of Defence" stands before its "of".
        let of = (first..end).find(|at| [word("of"), word("for")].contains(&self.document.word_at(*at)));
        let heads = [last, of.map_or(Classes::default(), |of| self.classes(of - 1))];
        for head in heads {
            weights[O] += if head.any(Classes::ORGANIZATION_HEAD) { 5.0 } else { 0.0 };
            weights[L] += if head.any(Classes::PLACE_HEAD) { 4.0 } else { 0.0 };
            weights[X] += if head.any(Classes::WORK_HEAD) { 5.0 } else { 0.0 };
        }
        if length == 1 {
            if shape.has(Shape::ALL_CAPS) && self.document.text_of(first).chars().count() > 1 {
                weights[O] += 2.0;
                weights[P] -= 2.0;
            }
            if self.classes(first).any(Classes::COMMON) {
                weights.iter_mut().for_each(|weight| *weight -= 1.0);
            }
            return;
        }
        let given = self.classes(first).any(Classes::GIVEN);
        weights[P] += if given { 4.0 } else { 0.8 };
        weights[P] += if last.any(Classes::SURNAME) { 1.5 } else { 0.0 };
        weights[P] += if last.any(Classes::SUFFIX) { 5.0 } else { 0.0 };
        let all_common = (first..end).all(|at| self.classes(at).any(Classes::COMMON.with(Classes::FUNCTION)));
        if all_common && !given {
            weights[P] -= 2.0;
            weights[O] += 1.0;
            weights[X] += 0.5;
        }
        for at in first..end {
            let initial =
                self.document.shape_at(at).has(Shape::ABBREVIATED) && self.document.text_of(at).chars().count() == 2;
            let particle =
                self.classes(at).any(Classes::PARTICLE) && !self.document.shape_at(at).has(Shape::CAPITALISED);
            weights[P] += if initial || particle || self.document.text_of(at).starts_with("al-") { 2.0 } else { 0.0 };
        }
    }

    fn weigh_neighbours(&self, first: usize, end: usize, weights: &mut Weights) {
        let before = if first > 0 { self.document.word_at(first - 1) } else { 0 };
        let before_classes = if first > 0 { self.classes(first - 1) } else { Classes::default() };
        if before_classes.any(Classes::HONORIFIC.with(Classes::ROLE)) {
            weights[P] += 4.0;
        }
        if WHERE.contains(&before) {
            weights[L] += 2.0;
        }
        if before == word("the") {
            weights[P] -= 3.0;
            weights[O] += 1.0;
        }
        let after = self.document.word_at(end);
        let after_classes = self.classes(end);
        if after_classes.any(Classes::SAYING) {
            weights[P] += 1.5;
        }
        if after == word(",") {
            let next = end + 1;
            let determiner = [word("a"), word("an"), word("the")].contains(&self.document.word_at(next));
            let role = (next..next + 4)
                .any(|at| self.classes(at).any(Classes::ROLE) && !self.document.shape_at(at).has(Shape::CAPITALISED));
            weights[P] += if role { 1.5 } else { 0.0 };
            weights[L] +=
                if self.classes(next).any(Classes::COUNTRY.with(Classes::REGION)) && !determiner { 3.0 } else { 0.0 };
        }
        if after == word("who") || (after == word(",") && self.document.word_at(end + 1) == word("who")) {
            weights[P] += 2.0;
        }
    }

    /// Lets every occurrence of the same words decide together, and parts follow the full name of a person.
    pub fn share(&self, pieces: &mut [Piece]) {
        let key = |first: usize, end: usize| {
            (first..end).fold(0, |hash: u64, at| hash.rotate_left(23) ^ self.document.word_at(at))
        };
        let mut sums: WordMap<Weights> = WordMap::default();
        for piece in &*pieces {
            let sum = sums.entry(key(piece.first, piece.end)).or_default();
            for (sum, weight) in sum.iter_mut().zip(piece.weights) {
                *sum += weight;
            }
        }
        let mut people: WordMap<()> = WordMap::default();
        for piece in &*pieces {
            let Some(sum) = sums.get(&key(piece.first, piece.end)) else { continue };
            if piece.end - piece.first > 1 && (0..KINDS.len()).all(|kind| kind == P || sum[kind] < sum[P]) {
                people.insert(self.document.word_at(piece.end - 1), ());
                people.insert(self.document.word_at(piece.first), ());
            }
        }
        for piece in pieces {
            if let Some(sum) = sums.get(&key(piece.first, piece.end)) {
                piece.weights = *sum;
            }
            if piece.end - piece.first == 1 && people.contains_key(&self.document.word_at(piece.first)) {
                piece.weights[P] += 6.0;
            }
        }
    }
}
