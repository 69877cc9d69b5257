//! Which quoted stretches give somebody's words, and which are titles, terms, nicknames and scare quotes.

use super::marks::Stretch;
use super::quotes::Attribution;
use super::scene::Scene;
use super::token::{Shape, Word, word};

/// Words after which a stretch is a name or a term.
const NAMING: [Word; 30] = [
    word("called"),
    word("dubbed"),
    word("nicknamed"),
    word("titled"),
    word("entitled"),
    word("named"),
    word("as"),
    word("term"),
    word("terms"),
    word("word"),
    word("words"),
    word("phrase"),
    word("hashtag"),
    word("film"),
    word("movie"),
    word("song"),
    word("songs"),
    word("album"),
    word("book"),
    word("novel"),
    word("show"),
    word("series"),
    word("episode"),
    word("award"),
    word("name"),
    word("title"),
    word("slogan"),
    word("so-called"),
    word("codenamed"),
    word("case"),
];

/// For each stretch whether it reports words: only outermost ones do.
#[must_use]
pub fn decide(scene: &Scene<'_>, cues: &[Attribution]) -> Vec<bool> {
    scene.stretches.iter().map(|stretch| stretch.depth == 0 && is_speech(scene, cues, stretch)).collect()
}

fn is_speech(scene: &Scene<'_>, cues: &[Attribution], stretch: &Stretch) -> bool {
    let words = stretch.inner.of(scene.document.text).split_whitespace().count();
    let first = scene.document.token_at(stretch.span.start);
    let last = scene.document.token_at(stretch.span.end.saturating_sub(1));
    if words >= 8 {
        return true;
    }
    let determined = [word("the"), word("a"), word("an")].contains(&scene.word(first.wrapping_sub(1)));
    let before = scene.word(first.wrapping_sub(if determined { 2 } else { 1 }));
    if words < 6 && NAMING.contains(&before) {
        return false;
    }
    let capitals = (first..=last).filter(|index| scene.document.shape_at(*index).has(Shape::CAPITALISED)).count();
    let letters = (first..=last).filter(|index| scene.document.shape_at(*index).has(Shape::LETTERS)).count();
    if letters > 0 && capitals * 10 >= letters * 7 && (letters > 1 || determined) {
        return false;
    }
    if words >= 5 {
        return true;
    }
    let sentence = scene.document.sentence_of(first);
    let nearby = |cue: &&super::cues::Cue| {
        sentence.is_some_and(|s| (s.first as usize..s.end as usize + 1).contains(&cue.head))
            || scene.document.sentence_of(last).is_some_and(|s| (s.first as usize..s.end as usize).contains(&cue.head))
    };
    let from = cues.partition_point(|a| a.cue.head + 200 < first);
    cues.iter().skip(from).map(|a| &a.cue).take_while(|cue| cue.head < last + 200).any(|cue| nearby(&cue))
}
