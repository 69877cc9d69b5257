//! Interviews without quotation marks: paragraphs that open with a label (`Q:`, `INTERVIEWER:`, `Ana Ruiz:`) give the
//! words of whom the label names, up to their end.
//!
//! Units: token indexes. Lists look much the same ("Date: …", "Director: …"), so a few labels are not enough: there must
//! be two parties, sentences, and somebody who asks or says I.

use super::lexicon::{Classes, Lexicon};
use super::marks::Stretch;
use super::names::{Name, NameKind};
use super::token::{Document, Shape, Word, word};
use super::verbs::WordMap;

/// What one party says in one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Index of the first token of the label, and one past its last, the colon not included. A paragraph that goes on
    /// has the label that it goes on from.
    pub label: (usize, usize),
    /// Index of the first token of the words.
    pub first: usize,
    /// One past the index of their last token.
    pub end: usize,
    /// What the label names.
    pub party: Party,
    /// Whether it goes on from the paragraph before, without a label of its own.
    pub continues: bool,
}

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// Whoever asks: `Q`.
    Question,
    /// Whoever answers: `A`.
    Answer,
    /// Somebody by what they do: `INTERVIEWER`.
    Role,
    /// Somebody by name.
    Name,
    /// Capitals that may be a name.
    Shouted,
}

/// Most tokens of a label.
const LONGEST: usize = 6;

/// Those who speak in interviews, which lists of occupations lack.
const SPEAKS: [Word; 9] = [
    word("interviewer"),
    word("interviewee"),
    word("host"),
    word("moderator"),
    word("reporter"),
    word("journalist"),
    word("presenter"),
    word("anchor"),
    word("audience"),
];

/// Words that show that somebody speaks.
const SAYS_I: [Word; 8] =
    [word("i"), word("we"), word("you"), word("my"), word("our"), word("your"), word("me"), word("us")];

/// The turns of `document` in order; none where it is no interview. `is_person` tells which tokens name people.
#[must_use]
pub fn find(document: &Document<'_>, lexicon: &Lexicon, is_person: impl Fn(usize) -> bool) -> Vec<Turn> {
    let mut turns: Vec<Option<Turn>> = Vec::new();
    let mut labelled = 0;
    for (place, paragraph) in document.paragraphs.iter().enumerate() {
        if let Some(turn) = turn(document, lexicon, (paragraph.first as usize, paragraph.end as usize), &is_person) {
            labelled += 1;
            turns.resize(place, None);
            turns.push(Some(turn));
        }
    }
    if labelled < 2 {
        return Vec::new();
    }
    let mut uses: WordMap<usize> = WordMap::default();
    for turn in turns.iter().flatten() {
        *uses.entry(key(document, turn)).or_default() += 1;
    }
    let again = |turn: &Turn| uses.get(&key(document, turn)).is_some_and(|uses| *uses > 1);
    for turn in &mut turns {
        *turn = turn.filter(|turn| turn.party != Party::Shouted || again(turn));
    }
    if !is_interview(document, &turns) {
        return Vec::new();
    }
    let first = turns.iter().position(Option::is_some).unwrap_or(0);
    let dense = 2 * turns.iter().flatten().count() >= turns.len() - first;
    let mut all: Vec<Turn> = Vec::new();
    for (turn, paragraph) in turns.iter().zip(&document.paragraphs) {
        let opening = document.text_of(paragraph.first as usize);
        let goes_on = dense && !paragraph.heading && opening != "(" && opening != "[";
        let next = turn.or_else(|| {
            let last = all.last().filter(|_| goes_on)?;
            Some(Turn { first: paragraph.first as usize, end: paragraph.end as usize, continues: true, ..*last })
        });
        all.extend(next);
    }
    all
}

/// The turn that the paragraph of the tokens from `first` to `end` is, if it opens with a label.
fn turn(
    document: &Document<'_>,
    lexicon: &Lexicon,
    (first, end): (usize, usize),
    is_person: impl Fn(usize) -> bool,
) -> Option<Turn> {
    let colon = (first + 1..end.min(first + LONGEST + 1)).find(|at| document.word_at(*at) == word(":"))?;
    let shape = |at: usize| document.shape_at(at);
    let fits = |at: usize| shape(at).has(Shape::CAPITALISED) || ["-", "."].contains(&document.text_of(at));
    if colon + 1 >= end || !(first..colon).all(fits) {
        return None;
    }
    let last = document.word_at(colon - 1);
    let single = colon == first + 1;
    let role = SPEAKS.contains(&last) || lexicon.classes(last).any(Classes::ROLE);
    let shouted = (first..colon).all(|at| !shape(at).has(Shape::LETTERS) || shape(at).has(Shape::ALL_CAPS));
    let party = if single && [word("q"), word("question")].contains(&last) {
        Party::Question
    } else if single && [word("a"), word("answer")].contains(&last) {
        Party::Answer
    } else if role && !is_person(colon - 1) {
        Party::Role
    } else if is_person(colon - 1) {
        Party::Name
    } else if shouted {
        Party::Shouted
    } else {
        return None;
    };
    Some(Turn { label: (first, colon), first: colon + 1, end, party, continues: false })
}

/// The words of a label as one.
fn key(document: &Document<'_>, turn: &Turn) -> Word {
    (turn.label.0..turn.label.1).fold(0, |key: u64, at| key.rotate_left(7) ^ document.word_at(at))
}

/// Whether two parties talk.
fn is_interview(document: &Document<'_>, turns: &[Option<Turn>]) -> bool {
    let turns = || turns.iter().flatten();
    let Some(opening) = turns().next().map(|turn| key(document, turn)) else { return false };
    let parties = |party: Party| turns().any(|turn| turn.party == party);
    let stops = |turn: &&Turn| {
        let mut ends = (turn.first..turn.end).rev().take(3);
        ends.any(|at| document.shape_at(at).has(Shape::TERMINATOR))
    };
    let says_i = |turn: &Turn| {
        (turn.first..turn.end).any(|at| SAYS_I.contains(&document.word_at(at)) || document.word_at(at) == word("?"))
    };
    let two = turns().any(|turn| key(document, turn) != opening);
    let sentences = 2 * turns().filter(stops).count() >= turns().count();
    two && sentences && (parties(Party::Question) && parties(Party::Answer) || turns().any(says_i))
}

/// `names` with those in labels as the labels have them: what stands for a name is a person's, other labels are none.
#[must_use]
pub fn name(turns: &[Turn], names: Vec<Name>) -> Vec<Name> {
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let labels: Vec<&Turn> = turns.iter().filter(|turn| !turn.continues).collect();
    let mut named = vec![false; labels.len()];
    let mut all = Vec::with_capacity(names.len() + labels.len());
    for name in names {
        let place = labels.partition_point(|turn| index(turn.label.1) <= name.first);
        let label = labels.get(place).filter(|turn| index(turn.label.0) < name.end);
        let Some(label) = label else {
            all.push(name);
            continue;
        };
        let whole = name.end == index(label.label.1) && name.first >= index(label.label.0);
        if let Some(named) = named.get_mut(place).filter(|_| whole && label.party == Party::Name) {
            *named = true;
            all.push(name);
        }
    }
    let bare = labels.iter().zip(named).filter(|(_, named)| !named).map(|(turn, _)| turn);
    let shouted = bare.filter(|turn| matches!(turn.party, Party::Name | Party::Shouted));
    all.extend(shouted.map(|turn| Name {
        first: index(turn.label.0),
        end: index(turn.label.1),
        kind: NameKind::Person,
    }));
    all.sort_unstable_by_key(|name| name.first);
    all
}

/// The quoted stretches with those of the turns among them, outer before inner; a turn that is in quotation marks
/// already is left to them.
#[must_use]
pub fn lay_over(document: &Document<'_>, turns: &[Turn], mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut laid = Vec::with_capacity(turns.len());
    for turn in turns {
        let span = document.span_of(turn.first, turn.end);
        let from = stretches.partition_point(|stretch| stretch.span.start < span.start);
        let until = stretches.partition_point(|stretch| stretch.span.start < span.end);
        let marked = stretches.get(from).is_some_and(|s| s.span.start == span.start && s.span.end + 1 >= span.end);
        if span.is_empty() || marked {
            continue;
        }
        for inner in stretches.get_mut(from..until).into_iter().flatten() {
            inner.depth = inner.depth.saturating_add(1);
        }
        let continues = turn.continues;
        laid.push(Stretch { span, inner: span, depth: 0, continues, closed: true, single: false, labelled: true });
    }
    if !laid.is_empty() {
        stretches.extend(laid);
        stretches.sort_by_key(|stretch| (stretch.span.start, std::cmp::Reverse(stretch.span.end), stretch.depth));
    }
    stretches
}
