//! The mentions of people with what stands around them: titles, the next pronoun, whom they are joined to.

use super::gender;
use super::parts::Parts;
use super::titles::{Sort, Title};
use crate::analysis::Gender;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::{Document, Word, word, word_of};

/// A mention of a person, with what stands around it.
pub struct Mention {
    /// Its place among all names.
    pub at: usize,
    pub parts: Parts,
    pub title: Title,
    /// What the next pronoun of its sentence says.
    pub pronoun: Gender,
    /// Whether it is joined to the person named right before, as two are: "Mr. Hill and Mrs. Hill".
    pub beside: bool,
}

/// The mentions of people among `names`, in order.
pub fn mentions(document: &Document<'_>, names: &[Name], titles: &[Title], lexicon: &Lexicon) -> Vec<Mention> {
    let mut before = None;
    let mut mentions = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.kind == NameKind::Person) {
        let title = titles.get(at).copied().unwrap_or_default();
        let first = if title.first < title.end { title.first } else { name.first as usize };
        let titled = title.first < title.end;
        let joint = first.checked_sub(1).filter(|joint| titled && before == Some(*joint));
        let beside = joint.is_some_and(|joint| [word("and"), word("&")].contains(&document.word_at(joint)));
        before = Some(name.end as usize);
        let next = names.iter().skip(at + 1).find(|next| next.kind == NameKind::Person);
        let next = next.map_or(usize::MAX, |next| next.first as usize);
        let pronoun = gender::pronoun_after(document, name.end as usize, next);
        let parts = Parts::of(document, name, lexicon);
        mentions.push(Mention { at, parts, title, pronoun, beside });
    }
    mentions
}

/// The family that a single name means, where it means one: "the Vanderbilt family", "the Turpins", "Mr. and Mrs. Hill".
pub fn family(document: &Document<'_>, names: &[Name], mention: &Mention, by_part: &WordMap<Vec<u32>>) -> Option<Word> {
    const KIN: [Word; 8] = [
        word("family"),
        word("families"),
        word("brothers"),
        word("sisters"),
        word("siblings"),
        word("couple"),
        word("clan"),
        word("dynasty"),
    ];
    let parts = &mention.parts;
    let name = names.get(mention.at).filter(|_| parts.count == 1)?;
    if mention.title.sort == Sort::Couple || KIN.contains(&document.word_at(name.end as usize)) {
        return Some(parts.last());
    }
    let the = name.first > 0 && document.word_at(name.first as usize - 1) == word("the");
    let single = word_of(document.text_of(parts.at).strip_suffix('s').filter(|_| the)?);
    by_part.contains_key(&single).then_some(single)
}
