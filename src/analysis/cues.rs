//! The words that report: verbs of saying outside quotation marks, and "according to".
//!
//! Units: token indexes.

use super::entities::Cast;
use super::marks::Stretch;
use super::token::{Document, Shape, Word, word};
use super::verbs::{Form, Uses, Verb, Verbs};

/// One cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// Index of the token that decides: the main verb, or "according".
    pub head: usize,
    /// The verb, none for "according to".
    pub verb: Option<Verb>,
}

/// A document as the steps after the quotation marks see it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The text with its tokens.
    pub document: &'a Document<'a>,
    /// Who and what it names.
    pub cast: &'a Cast,
    /// The quoted stretches, in order.
    pub stretches: &'a [Stretch],
    /// For each token one more than the index of the outermost quoted stretch it lies in, 0 outside.
    pub quoted: &'a [u32],
}

impl Scene<'_> {
    /// Whether the token at `index` lies in a quoted stretch, its marks included.
    #[must_use]
    pub fn is_quoted(&self, index: usize) -> bool {
        self.quoted.get(index).is_some_and(|stretch| *stretch > 0)
    }

    /// The word at `index`, 0 where there is none.
    #[must_use]
    pub fn word(&self, index: usize) -> Word {
        self.document.word_at(index)
    }
}

/// For each token one more than the index of the outermost stretch it lies in, 0 for those outside.
#[must_use]
pub fn quoted_tokens(document: &Document<'_>, stretches: &[Stretch]) -> Vec<u32> {
    let mut quoted = vec![0; document.tokens.len()];
    for (number, stretch) in (1..).zip(stretches) {
        if stretch.depth > 0 {
            continue;
        }
        let first = document.token_at(stretch.span.start);
        let tokens = document.tokens.iter().skip(first).take_while(|token| token.span.start < stretch.span.end);
        for (slot, _) in quoted.iter_mut().skip(first).zip(tokens) {
            *slot = number;
        }
    }
    quoted
}

/// Words after which a form like "report" or "claims" is a noun.
const BEFORE_NOUN: [Word; 26] = [
    word("the"),
    word("a"),
    word("an"),
    word("this"),
    word("these"),
    word("those"),
    word("his"),
    word("her"),
    word("their"),
    word("its"),
    word("our"),
    word("my"),
    word("your"),
    word("no"),
    word("any"),
    word("some"),
    word("of"),
    word("in"),
    word("for"),
    word("on"),
    word("with"),
    word("by"),
    word("from"),
    word("at"),
    word("such"),
    word("each"),
];

/// Words that stand between subject and main verb.
pub const AUXILIARIES: [Word; 32] = [
    word("has"),
    word("have"),
    word("had"),
    word("is"),
    word("was"),
    word("were"),
    word("are"),
    word("be"),
    word("been"),
    word("also"),
    word("will"),
    word("would"),
    word("could"),
    word("can"),
    word("may"),
    word("might"),
    word("should"),
    word("must"),
    word("did"),
    word("does"),
    word("do"),
    word("not"),
    word("n't"),
    word("to"),
    word("then"),
    word("later"),
    word("further"),
    word("went"),
    word("on"),
    word("now"),
    word("both"),
    word("again"),
];

/// All cues in order.
#[must_use]
pub fn find(scene: &Scene<'_>, verbs: &Verbs) -> Vec<Cue> {
    let tokens = scene.document.tokens.len();
    (0..tokens).filter(|index| !scene.is_quoted(*index)).filter_map(|index| cue_at(scene, verbs, index)).collect()
}

fn cue_at(scene: &Scene<'_>, verbs: &Verbs, index: usize) -> Option<Cue> {
    let token = scene.document.tokens.get(index)?;
    if token.word == word("according") && scene.word(index + 1) == word("to") {
        return Some(Cue { first: index, end: index + 2, head: index, verb: None });
    }
    let verb = verbs.get(token.word)?;
    if verb.uses.has(Uses::BELIEF) || token.is_capitalised() && !token.shape.has(Shape::FIRST) {
        return None;
    }
    if scene.cast.mention_at(index).is_some() || is_noun(scene, index, verb) {
        return None;
    }
    let mut first = index;
    while first > 0
        && is_auxiliary(scene, first - 1)
        && scene.document.shape_at(first).bits() & Shape::FIRST.bits() == 0
    {
        first -= 1;
    }
    while first < index && scene.word(first) == word("to") {
        first += 1;
    }
    Some(Cue { first, end: index + 1, head: index, verb: Some(verb) })
}

/// Whether the token at `index` is an auxiliary or an adverb.
#[must_use]
pub fn is_auxiliary(scene: &Scene<'_>, index: usize) -> bool {
    let text = scene.document.text_of(index);
    AUXILIARIES.contains(&scene.word(index)) || text.len() > 4 && text.ends_with("ly") && !scene.is_quoted(index)
}

fn is_noun(scene: &Scene<'_>, index: usize, verb: Verb) -> bool {
    let Some(before) = index.checked_sub(1) else { return verb.form != Form::Gerund };
    let after_noun = |words: &[Word]| words.contains(&scene.word(before));
    let possessive = scene.document.shape_at(before).has(Shape::POSSESSIVE);
    match verb.form {
        Form::Base | Form::Third => possessive || after_noun(&BEFORE_NOUN),
        Form::Past | Form::Participle => after_noun(&BEFORE_NOUN[..4]) || possessive,
        Form::Gerund => false,
    }
}
