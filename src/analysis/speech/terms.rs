//! Words that lead up to names of things, and stretches whose words stand elsewhere without marks: terms, not speech.

use crate::analysis::scene::Scene;
use crate::analysis::syntax::features::{start, with};
use crate::analysis::token::{Word, word};
use crate::analysis::verbs::WordMap;

/// Words that lead up to the name of something: kinds of works, and words for words.
pub(super) const NAMED: [Word; 56] = [
    word("film"),
    word("movie"),
    word("song"),
    word("songs"),
    word("single"),
    word("album"),
    word("track"),
    word("book"),
    word("novel"),
    word("poem"),
    word("play"),
    word("musical"),
    word("show"),
    word("series"),
    word("episode"),
    word("documentary"),
    word("painting"),
    word("game"),
    word("magazine"),
    word("article"),
    word("column"),
    word("essay"),
    word("award"),
    word("prize"),
    word("program"),
    word("programme"),
    word("project"),
    word("operation"),
    word("campaign"),
    word("event"),
    word("panel"),
    word("exhibition"),
    word("bill"),
    word("act"),
    word("law"),
    word("case"),
    word("website"),
    word("hashtag"),
    word("slogan"),
    word("motto"),
    word("theme"),
    word("title"),
    word("name"),
    word("names"),
    word("nickname"),
    word("pseudonym"),
    word("word"),
    word("words"),
    word("term"),
    word("terms"),
    word("phrase"),
    word("acronym"),
    word("abbreviation"),
    word("label"),
    word("category"),
    word("status"),
];

/// Words that give something a name.
pub(super) const NAMING: [Word; 20] = [
    word("called"),
    word("calls"),
    word("dubbed"),
    word("nicknamed"),
    word("titled"),
    word("entitled"),
    word("named"),
    word("codenamed"),
    word("termed"),
    word("known"),
    word("styled"),
    word("branded"),
    word("labelled"),
    word("labeled"),
    word("translated"),
    word("meaning"),
    word("means"),
    word("read"),
    word("reading"),
    word("so-called"),
];

/// Things with words on them.
pub(super) const SIGNS: [Word; 13] = [
    word("sign"),
    word("signs"),
    word("banner"),
    word("banners"),
    word("placard"),
    word("placards"),
    word("poster"),
    word("posters"),
    word("plaque"),
    word("graffiti"),
    word("sticker"),
    word("shirt"),
    word("label"),
];

/// What signs do with their words.
pub(super) const READS: [Word; 8] = [
    word("read"),
    word("reads"),
    word("reading"),
    word("said"),
    word("saying"),
    word("says"),
    word("bearing"),
    word("with"),
];

/// What comes before the name of a crime.
pub(super) const CHARGES: [[Word; 2]; 5] = [
    [word("charged"), word("with")],
    [word("convicted"), word("of")],
    [word("guilty"), word("of")],
    [word("indicted"), word("for")],
    [word("indicted"), word("on")],
];

/// Longest stretch, in tokens without its marks, that is looked for elsewhere in the text.
const LONGEST_TERM: usize = 4;

/// For each stretch whether the same words also stand in the text outside quotation marks: then they are a term.
#[must_use]
pub fn unquoted_elsewhere(scene: &Scene<'_>) -> Vec<bool> {
    let join = |hash: u64, at: usize| with(hash, scene.word(at));
    let mut wanted: WordMap<bool> = WordMap::default();
    let keys: Vec<Option<u64>> = (0..scene.stretches.len())
        .map(|number| {
            let (first, end) = scene.stretch_tokens(number);
            let inside = first + 1..end.saturating_sub(1);
            let words = inside.clone().filter(|at| !scene.tag(*at).is_punctuation());
            let count = words.clone().count();
            (1..=LONGEST_TERM).contains(&count).then(|| words.fold(start(4999), join))
        })
        .collect();
    wanted.extend(keys.iter().flatten().map(|key| (*key, false)));
    if !wanted.is_empty() {
        for first in (0..scene.document.tokens.len()).filter(|at| !scene.is_quoted(*at)) {
            let mut hash = start(4999);
            for at in first..first + LONGEST_TERM {
                if scene.is_quoted(at) {
                    break;
                }
                hash = join(hash, at);
                if let Some(found) = wanted.get_mut(&hash) {
                    *found = true;
                }
            }
        }
    }
    keys.iter().map(|key| key.is_some_and(|key| wanted.get(&key) == Some(&true))).collect()
}
