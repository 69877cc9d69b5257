//! The words that report: verbs, a few nouns and "according to", outside quotation marks, told by a linear scorer.
//!
//! Units: token indexes.

use super::scene::{Scene, THAT};
use super::syntax::features::{Feature, start, suffix, with};
use super::syntax::{Label, Tag};
use super::token::{Shape, word};
use super::verbs::Uses;

/// One cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cue {
    /// Index of the token that decides: the main verb, the noun, or "according".
    pub head: usize,
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// How sure it is, as a logarithm of odds.
    pub score: f32,
}

/// Whether the token at `index` may be the head of a cue.
#[must_use]
pub fn is_candidate(scene: &Scene<'_>, index: usize) -> bool {
    let tag = scene.tag(index);
    if scene.is_quoted(index) || scene.part(index).kind() > 1 {
        return false;
    }
    let label = scene.syntax.label(index);
    let verb = tag.is_verb() && !matches!(label, Label::Auxiliary | Label::PassiveAuxiliary | Label::Copula);
    verb || matches!(tag, Tag::Noun | Tag::Nouns | Tag::Adjective)
        || scene.word(index) == word("according")
        || scene.word(index) == word(":")
}

/// The features of the candidate at `index`.
pub fn features(scene: &Scene<'_>, index: usize, out: &mut Vec<Feature>) {
    out.clear();
    let syntax = scene.syntax;
    let here = scene.word(index);
    let tag = scene.tag(index) as u64;
    let label = syntax.label(index) as u64;
    let verb = scene.verbs.get(here);
    let lemma = verb.map_or(here, |verb| verb.lemma);
    let form = verb.map_or(9, |verb| verb.form as u64);
    let uses = verb.map_or(0, |verb| u64::from(verb.uses.bits()) + 1);
    let subject = scene.own_subject(index);
    let head = syntax.head(index);
    let parent = if head == index { 0 } else { scene.word(head) };
    let before = index.wrapping_sub(1);
    let (near, far) = (scene.word(index + 1), scene.word(index + 2));
    let quote = quote_around(scene, index);
    let mut add = |template: u64, value: u64| {
        out.push(with(start(template), value));
        out.push(with(with(start(template + 100), value), lemma));
        out.push(with(with(start(template + 200), value), uses));
    };
    add(1000, 0);
    add(1001, tag);
    add(1002, label);
    add(1003, form);
    add(1004, quote);
    let who = subject.map_or(0, |at| 1 + (scene.tag(at) as u64) * 16 + scene.part(at).kind());
    add(1005, who);
    let content = syntax.child(index, &[Label::Content]);
    let marked = content.map_or(0, |at| 1 + u64::from(marker(scene, at)));
    add(1006, marked);
    let object = syntax.child(index, &[Label::Object]);
    add(1007, object.map_or(0, |at| 1 + scene.tag(at) as u64));
    let open = syntax.child(index, &[Label::OpenContent]);
    add(1008, open.map_or(0, |at| 1 + scene.tag(at) as u64));
    add(1009, near);
    add(1010, scene.tag(index + 1) as u64);
    add(1011, scene.tag(before) as u64);
    let preposition = syntax.child(index, &[Label::Nominal]).and_then(|at| syntax.child(at, &[Label::Case]));
    add(1012, preposition.map_or(0, |at| scene.word(at)));
    let auxiliary = syntax.child(index, &[Label::Auxiliary, Label::PassiveAuxiliary]);
    add(1013, auxiliary.map_or(0, |at| scene.word(at)));
    let heading = scene.document.paragraph_of(index).is_some_and(|paragraph| paragraph.heading);
    add(1014, u64::from(heading));
    out.extend([
        with(start(1300), here),
        with(start(1301), suffix(scene.document.text_of(index), 3)),
        with(with(start(1302), here), scene.word(before)),
        with(start(1303), scene.word(before)),
        with(with(start(1304), near), far),
        with(with(start(1305), parent), label),
        with(with(start(1306), label), tag << 8 | who),
        with(with(start(1307), marked), who),
        with(start(1308), subject.map_or(0, |at| scene.word(at))),
        with(with(start(1309), object.map_or(0, |at| scene.word(at))), lemma),
        with(with(start(1310), marked), quote << 12 | tag << 4 | u64::from(object.is_some())),
        with(with(start(1311), uses), who << 10 | marked << 8 | quote),
        with(with(start(1312), lemma), who << 10 | marked << 8 | quote),
        with(with(start(1313), u64::from(scene.document.shape_at(index).has(Shape::CAPITALISED))), tag),
        with(with(start(1314), uses), form << 8 | label),
    ]);
}

/// Whether the clause headed at `content` opens with "that" (3), another marker (2), or none (1).
fn marker(scene: &Scene<'_>, content: usize) -> u8 {
    match scene.syntax.child(content, &[Label::Marker]) {
        Some(at) if scene.word(at) == THAT => 3,
        Some(_) => 2,
        None => 1,
    }
}

/// Whether the token at `index` is a verb of saying right before a quotation: `A letter read: “Leave now.”`
#[must_use]
pub fn leads_to_quotation(scene: &Scene<'_>, index: usize) -> bool {
    matches!(scene.tag(index + 1), Tag::Colon | Tag::Comma)
        && scene.is_quoted(index + 2)
        && matches!(scene.tag(index), Tag::Past | Tag::Third | Tag::Present)
        && scene.verbs.get(scene.word(index)).is_some_and(|verb| verb.uses.has(Uses::SAYS))
}

/// Whether somebody named from `source` on is whom the cue's words were put to, not who put them: the subject of the
/// sentence that "Asked if she would resign," opens.
#[must_use]
pub fn is_put_to(scene: &Scene<'_>, cue: &Cue, source: usize) -> bool {
    let (sentence, _) = scene.sentence(cue.head);
    let hears = scene.verbs.get(scene.word(cue.head)).is_some_and(|verb| verb.uses.has(Uses::HEARER));
    let passive = matches!(scene.tag(cue.head), Tag::Past | Tag::Participle) && cue.first == cue.head;
    let opens = cue.head == sentence || cue.head == sentence + 1 && scene.tag(sentence) == Tag::When;
    let between = || cue.end..source;
    let apart = between().any(|at| scene.tag(at) == Tag::Comma);
    hears && passive && opens && apart && scene.own_subject(cue.head).is_none_or(|subject| subject > cue.head)
}

/// How quoted stretches lie around the token: bits for one that ends right before it (1), within a few words before
/// (2), starts right after it (4), within a few words after (8), or anywhere in its sentence (16).
#[must_use]
pub fn quote_around(scene: &Scene<'_>, index: usize) -> u64 {
    let mut bits = 0;
    for step in 1..=7 {
        let near = step <= 3;
        if index >= step && scene.is_quoted(index - step) {
            bits |= if near { 1 } else { 2 };
        }
        if scene.is_quoted(index + step) {
            bits |= if near { 4 } else { 8 };
        }
    }
    let (first, end) = scene.sentence(index);
    bits | u64::from(scene.is_quoted(first) || end > first && scene.is_quoted(end - 1)) << 4
}

/// The tokens that belong to the cue headed at `index`: auxiliaries, negations and adverbs right before it, a
/// particle or "to" right after it.
#[must_use]
pub fn extent(scene: &Scene<'_>, index: usize) -> (usize, usize) {
    let syntax = scene.syntax;
    let (start, _) = scene.sentence(index);
    let mut first = index;
    let belongs = |at: usize| {
        matches!(
            syntax.label(at),
            Label::Auxiliary | Label::PassiveAuxiliary | Label::Adverb | Label::Copula | Label::Marker
        ) && syntax.head(at) == index
            && !scene.is_quoted(at)
            && scene.word(at) != THAT
            && (syntax.label(at) != Label::Marker || scene.tag(at) == Tag::To)
    };
    while first > start && belongs(first - 1) {
        first -= 1;
    }
    let mut end = index + 1;
    if scene.word(index) == word("according") && scene.word(end) == word("to")
        || syntax.label(end) == Label::Particle && syntax.head(end) == index
    {
        end += 1;
    }
    (first, end)
}
