//! What the model sees of a token: hashes of words, shapes, affixes, lists and surroundings.
//!
//! A feature is a 64-bit hash; its template's number is part of it. The same function makes them for training and for
//! use, so a model fits exactly one version of this file: [`VERSION`] must change with it.

use super::runs::{Run, Runs};
use crate::analysis::lexicon::{Classes, Lexicon, join};
use crate::analysis::names::rules;
use crate::analysis::names::tags::{self, Tag};
use crate::analysis::names::uses::{Use, WordMap, count, starts_sentence};
use crate::analysis::token::{Document, Shape, Word, word_of};

/// Changes with every change of the features; a model that was trained with other ones is refused.
pub const VERSION: u32 = 2;

/// What is looked up once for each token.
#[derive(Clone, Copy, Debug, Default)]
struct Atom {
    word: Word,
    /// What it looks like, as one number.
    shape: u64,
    classes: Classes,
    /// Which part of which kind of listed phrase it is; 0 for none.
    cover: u8,
    rule: Tag,
    /// Whether it is made from a place's name as words for its people are: 0 if not, 1 for one, 2 for several.
    demonym: u8,
}

/// The features of one document.
pub struct Features<'a> {
    document: &'a Document<'a>,
    atoms: Vec<Atom>,
    uses: WordMap<Use>,
    runs: Runs,
}

impl<'a> Features<'a> {
    /// Prepares the features of `document`.
    pub fn new(document: &'a Document<'a>, lexicon: &Lexicon) -> Self {
        let mut atoms: Vec<Atom> = Vec::with_capacity(document.tokens.len());
        let mut covered_to = 0;
        let mut cover_kind = 0;
        for (at, token) in document.tokens.iter().enumerate() {
            let classes = lexicon.classes(token.word);
            let capital = token.shape.any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL));
            if capital
                && at >= covered_to
                && let Some((length, found)) = lexicon.phrase(document, at)
            {
                covered_to = at + length;
                cover_kind = cover(found);
            }
            let place = if at >= covered_to {
                0
            } else if at + 1 == covered_to {
                3
            } else {
                1
            };
            let cover = if place == 0 { 0 } else { cover_kind * 4 + place };
            atoms.push(Atom {
                word: token.word,
                shape: shape(document, at),
                classes: classes.without(Classes::PREFIX),
                cover,
                rule: 0,
                demonym: if capital { demonym(document.text_of(at), lexicon) } else { 0 },
            });
        }
        let mut rule_tags = vec![tags::OUTSIDE; atoms.len()];
        tags::write(&rules::find(document, lexicon), &mut rule_tags);
        for (atom, rule) in atoms.iter_mut().zip(rule_tags) {
            atom.rule = rule;
        }
        Self { document, atoms, uses: count(document), runs: Runs::find(document) }
    }

    fn atom(&self, at: usize, offset: isize) -> Atom {
        at.checked_add_signed(offset).and_then(|at| self.atoms.get(at)).copied().unwrap_or_default()
    }

    /// Adds the features of the token `at` to `out`, all but those of its word's places [`elsewhere`](Self::elsewhere).
    pub fn of(&self, at: usize, out: &mut Vec<u64>) {
        let mut add = |template: u64, value: u64| out.push(feature(template, value));
        let sentence = self.document.sentence_of(at);
        let (from, to) = sentence.map_or((0, 0), |sentence| (sentence.first as usize, sentence.end as usize));
        // Words outside the sentence are not seen.
        let near = |offset: isize| {
            let there = at.checked_add_signed(offset).filter(|there| (from..to).contains(there));
            there.map_or(Atom { word: 1, ..Atom::default() }, |there| self.atom(there, 0))
        };
        let [before2, before, this, after, after2] = [near(-2), near(-1), near(0), near(1), near(2)];
        add(0, 0);
        for (template, atom) in (1..).zip([before2, before, this, after, after2]) {
            add(template, atom.word);
            add(template + 5, atom.shape);
        }
        add(11, join(before.word, this.word));
        add(12, join(this.word, after.word));
        add(13, join(before.word, after.word));
        add(14, join(before2.word, before.word));
        add(15, join(after.word, after2.word));
        add(16, join(before.shape, this.shape));
        add(17, join(this.shape, after.shape));
        add(18, join(join(before.shape, this.shape), after.shape));
        add(19, join(this.word, this.shape));
        add(90, u64::from(this.demonym));
        add(91, join(u64::from(this.demonym), u64::from(before.cover)));
        add(92, u64::from(after.demonym));
        self.affixes(at, &mut add);
        for (template, atom) in (40..).zip([before, this, after]) {
            add(template, u64::from(atom.classes.0));
            add(template + 3, u64::from(atom.cover));
            add(template + 6, u64::from(atom.rule));
            let mut bits = atom.classes.0;
            while bits != 0 {
                add(template + 9, u64::from(bits.trailing_zeros()));
                bits &= bits - 1;
            }
        }
        add(52, join(u64::from(before.classes.0), u64::from(this.classes.0)));
        add(53, join(u64::from(this.classes.0), u64::from(after.classes.0)));
        add(54, join(u64::from(this.rule), this.shape));
        add(55, join(u64::from(this.rule), u64::from(after.rule)));
        add(56, join(u64::from(before.rule), u64::from(this.rule)));
        self.usage(at, this, &mut add);
        self.surroundings(at, &mut add);
    }

    fn affixes(&self, at: usize, add: &mut impl FnMut(u64, u64)) {
        let text = self.document.text_of(at);
        for length in 1..=4_usize {
            if let Some((end, c)) = text.char_indices().nth(length - 1)
                && let Some(prefix) = text.get(..end + c.len_utf8())
            {
                add(19 + length as u64, hash(prefix));
            }
            if let Some((start, _)) = text.char_indices().nth_back(length - 1)
                && let Some(suffix) = text.get(start..)
            {
                add(24 + length as u64, hash(suffix));
            }
        }
        for (template, beside) in [(30, at.wrapping_sub(1)), (31, at + 1)] {
            let text = self.document.text_of(beside);
            if let Some((start, _)) = text.char_indices().nth_back(2) {
                add(template, hash(text.get(start..).unwrap_or_default()));
            }
        }
    }

    /// How the article writes the word elsewhere, and where this token stands.
    fn usage(&self, at: usize, this: Atom, add: &mut impl FnMut(u64, u64)) {
        let used = self.uses.get(&this.word).copied().unwrap_or_default();
        let paragraph = self.document.paragraph_of(at);
        let heading = paragraph.is_some_and(|paragraph| paragraph.heading);
        let first = starts_sentence(self.document, at);
        let written = u64::from(used.inside.min(2)) * 3 + u64::from(used.lower.min(2));
        let place = u64::from(heading) * 2 + u64::from(first);
        add(60, written * 4 + place);
        add(61, join(written * 4 + place, this.shape));
        add(62, join(written * 4 + place, u64::from(this.classes.0)));
        add(63, join(place, this.word));
    }

    /// What stands before and after the run of capitals that holds the token, and its ends.
    fn surroundings(&self, at: usize, add: &mut impl FnMut(u64, u64)) {
        let run = self.runs.of(at);
        if run == Run::default() {
            add(70, 0);
            return;
        }
        let (first, last) = (run.first(), run.end() - 1);
        let (before, after) = (run.around(self.document, -1), run.around(self.document, 1));
        let place = run.place(at);
        add(71, before);
        add(72, after);
        add(73, join(before, place));
        add(74, join(after, place));
        add(75, join(before, after));
        add(76, run.around(self.document, -2));
        add(77, join(run.around(self.document, -2), before));
        add(78, join(after, run.around(self.document, 2)));
        add(79, self.atom(last, 0).word);
        add(80, self.atom(first, 0).word);
        add(81, join(u64::from(self.atom(last, 0).classes.0), place));
        add(82, join(u64::from(self.atom(first, 0).classes.0), place));
        add(83, place);
    }

    /// The first places of the word of the token `at`, those in its own run left out; none for a word without a capital.
    pub fn elsewhere(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.runs.elsewhere(self.atom(at, 0).word, self.runs.of(at))
    }

    /// Adds to `out` the features that a word has anywhere for standing in the token `at`, which has a capital.
    pub fn place(&self, at: usize, out: &mut Vec<u64>) {
        let mut add = |template: u64, value: u64| out.push(feature(template, value));
        let run = self.runs.of(at);
        let (before, after) = (run.around(self.document, -1), run.around(self.document, 1));
        let place = run.place(at);
        add(130, before);
        add(131, after);
        add(132, place);
        add(133, join(before, place));
        add(134, join(after, place));
        if at > run.first() {
            add(135, self.atom(at, -1).word);
            add(136, u64::from(self.atom(at, -1).classes.0));
        }
        if at + 1 < run.end() {
            add(137, self.atom(at, 1).word);
            add(138, u64::from(self.atom(at, 1).classes.0));
        }
        add(139, self.atom(run.end().saturating_sub(1), 0).word);
    }
}

/// A feature of `template`.
const fn feature(template: u64, value: u64) -> u64 {
    join(template.wrapping_mul(0xff51_afd7_ed55_8ccd), value)
}

/// Whether `text` is a place's name with the ending of its people: 1 for one, 2 for several, else 0.
fn demonym(text: &str, lexicon: &Lexicon) -> u8 {
    let (single, many) = text.strip_suffix('s').map_or((text, 1), |single| (single, 2));
    let is_place = |stem: &str| stem.len() > 2 && lexicon.classes(word_of(stem)).any(Classes::PLACE);
    let made =
        single.strip_suffix("er").is_some_and(|stem| is_place(stem) || single.strip_suffix('r').is_some_and(is_place))
            || single.strip_suffix("ite").is_some_and(is_place)
            || single.strip_suffix("ian").is_some_and(is_place)
            || single.strip_suffix("an").is_some_and(is_place)
            || single.strip_suffix('n').is_some_and(is_place);
    if made { many } else { 0 }
}

/// The kind of a listed phrase, 0 for one of no interest.
fn cover(classes: Classes) -> u8 {
    let groups = [
        Classes::COUNTRY.with(Classes::REGION),
        Classes::CITY.with(Classes::WATER),
        Classes::NATIONALITY,
        Classes::ORGANIZATION,
        Classes::ROLE.with(Classes::HONORIFIC),
    ];
    groups.iter().position(|group| classes.any(*group)).map_or(0, |at| u8::try_from(at + 1).unwrap_or(0))
}

fn hash(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

/// The shape of a token as one number: `Xx`, `XX`, `X.`, `xXx`, `d`, `d-d`, each mark itself.
fn shape(document: &Document<'_>, at: usize) -> u64 {
    let mut shape: u64 = 0;
    let mut previous = ' ';
    let mut length = 0;
    for c in document.text_of(at).chars() {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ => c,
        };
        if class != previous && length < 8 {
            shape = shape.wrapping_mul(31).wrapping_add(u64::from(u32::from(class)));
            length += 1;
        }
        previous = class;
    }
    shape
}
