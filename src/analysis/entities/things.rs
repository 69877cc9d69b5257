//! Which mentions of organizations, places and other things are one.
//!
//! One are: equal words (a leading "the", accents and case aside), names of one well-known family ("US", "United
//! States"), an acronym and the name it stands for, and a short form of exactly one longer name ("Burisma" of "Burisma
//! Holdings", "Supreme Court" of "US Supreme Court").

use super::parts::plain_word;
use crate::analysis::lexicon::{Classes, Lexicon, join};
use crate::analysis::names::{Name, NameKind, WordMap};
use crate::analysis::token::{Document, Shape, Word, word};

/// Gives each mention that is no person its key, from `next` on.
pub fn merge(document: &Document<'_>, names: &[Name], next: u32, lexicon: &Lexicon, keys: &mut [u32]) {
    let mut forms =
        Forms { document, lexicon, all: Vec::new(), by_key: WordMap::default(), of_name: vec![None; names.len()] };
    for (at, name) in names.iter().enumerate() {
        if matches!(name.kind, NameKind::Organization | NameKind::Place | NameKind::Other) {
            forms.add(at, name);
        }
    }
    forms.link_brackets(names);
    forms.link_acronyms();
    forms.link_short();
    for (key, form) in keys.iter_mut().zip(&forms.of_name) {
        if let Some(form) = form {
            *key = next.saturating_add(forms.root(*form));
        }
    }
}

/// One way to write a name, of one kind.
struct Form {
    kind: NameKind,
    first: usize,
    end: usize,
    /// The form it belongs to; itself where it is the main one.
    parent: u32,
    /// How many forms belong to it; the smaller side of a link moves, so that no way to a root is long.
    size: u32,
}

struct Forms<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    all: Vec<Form>,
    by_key: WordMap<u32>,
    /// The form of each name.
    of_name: Vec<Option<u32>>,
}

impl Forms<'_> {
    fn add(&mut self, at: usize, name: &Name) {
        let the = usize::from(self.document.word_at(name.first as usize) == word("the"));
        let (first, end) = (name.first as usize + the, name.end as usize);
        let (first, end) = if first < end { (first, end) } else { (first - the, end) };
        let key = join(self.key(first, end), name.kind as u64);
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let form = *self.by_key.entry(key).or_insert(number);
        if form == number {
            self.all.push(Form { kind: name.kind, first, end, parent: number, size: 1 });
        }
        if let Some(of_name) = self.of_name.get_mut(at) {
            *of_name = Some(form);
        }
    }

    /// What names of one thing share: their family, else their words, of which "U.S." is one like any of its family.
    fn key(&self, first: usize, end: usize) -> Word {
        let family = self.lexicon.family((first..end).map(|at| self.document.word_at(at)));
        if family != 0 {
            return u64::from(family);
        }
        let mut key = 1;
        let mut at = first;
        while at < end {
            let (length, word) = self.country(at, end);
            key = join(key, word);
            at += length;
        }
        key
    }

    /// The country name at `at` as its family, else the plain word; with the number of tokens.
    fn country(&self, at: usize, end: usize) -> (usize, Word) {
        for length in (1..=2).rev() {
            let family = self.lexicon.family((at..at + length).map(|at| self.document.word_at(at)));
            if family != 0 && at + length <= end && self.document.shape_at(at).has(Shape::CAPITALISED) {
                return (length, u64::from(family));
            }
        }
        (1, plain_word(self.document, at))
    }

    fn root(&self, form: u32) -> u32 {
        let mut root = form;
        while let Some(parent) = self.all.get(root as usize).map(|form| form.parent).filter(|parent| *parent != root) {
            root = parent;
        }
        root
    }

    /// Makes both forms of one thing.
    fn link(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        let size = |form: u32| self.all.get(form as usize).map_or(0, |form| form.size);
        let sum = size(one) + size(other);
        let (child, parent) = if size(one) > size(other) { (other, one) } else { (one, other) };
        if child == parent {
            return;
        }
        if let Some(form) = self.all.get_mut(child as usize) {
            form.parent = parent;
        }
        if let Some(form) = self.all.get_mut(parent as usize) {
            form.size = sum;
        }
    }

    /// "World Health Organization (WHO)": what stands in brackets behind a name, and can be its acronym, is.
    fn link_brackets(&mut self, names: &[Name]) {
        for (at, pair) in names.windows(2).enumerate() {
            let [long, short] = pair else { continue };
            let (end, start) = (long.end as usize, short.first as usize);
            let bracketed = end + 1 == start
                && self.document.text_of(end) == "("
                && self.document.text_of(short.end as usize) == ")";
            let (Some(long_form), Some(short_form)) =
                (self.of_name.get(at).copied().flatten(), self.of_name.get(at + 1).copied().flatten())
            else {
                continue;
            };
            if bracketed && long.kind == short.kind && self.is_acronym_like(start, short.end as usize) {
                self.link(short_form, long_form);
            }
        }
    }

    fn is_acronym_like(&self, first: usize, end: usize) -> bool {
        let text = self.document.span_of(first, end).of(self.document.text);
        text.chars().filter(|c| c.is_uppercase()).count() >= 2 && text.chars().count() <= 10 && !text.contains(' ')
    }

    /// An acronym elsewhere: its letters are the initials of exactly one longer name.
    fn link_acronyms(&mut self) {
        let mut by_initials: WordMap<Option<u32>> = WordMap::default();
        for (number, form) in (0..).zip(&self.all) {
            if form.end - form.first < 2 {
                continue;
            }
            for initials in self.initials(form.first, form.end) {
                let entry = by_initials.entry(initials).or_insert(Some(number));
                if *entry != Some(number) {
                    *entry = None;
                }
            }
        }
        for number in 0..self.all.len() {
            let Some(form) = self.all.get(number) else { continue };
            let shape = self.document.shape_at(form.first);
            if form.end - form.first != 1 || !shape.any(Shape::ALL_CAPS.with(Shape::INNER_CAPITAL)) {
                continue;
            }
            let mut hash = 0;
            for c in self.document.text_of(form.first).chars().filter(|c| c.is_alphabetic()) {
                hash = join(hash, u64::from(u32::from(c.to_ascii_lowercase())));
            }
            if let Some(Some(long)) = by_initials.get(&hash).copied()
                && self.all.get(long as usize).is_some_and(|long| long.kind == form.kind)
            {
                self.link(u32::try_from(number).unwrap_or(u32::MAX), long);
            }
        }
    }

    /// Hashes of the initials of a name: of its capitalised words, and of all its words.
    fn initials(&self, first: usize, end: usize) -> [Word; 2] {
        let (mut capitals, mut all) = (0, 0);
        for at in first..end {
            let shape = self.document.shape_at(at);
            if !shape.has(Shape::LETTERS) || shape.has(Shape::POSSESSIVE) {
                continue;
            }
            // "U.S." and "UK" give all of their letters.
            let short = shape.has(Shape::ALL_CAPS) && self.document.text_of(at).len() <= 4;
            let letters =
                self.document.text_of(at).chars().filter(|c| c.is_alphabetic()).take(if short { 4 } else { 1 });
            for c in letters {
                let letter = u64::from(u32::from(c.to_ascii_lowercase()));
                all = join(all, letter);
                if shape.has(Shape::CAPITALISED) {
                    capitals = join(capitals, letter);
                }
            }
        }
        [capitals, all]
    }

    /// Short forms: a longer name without its last word that says what it is, or without its first words.
    fn link_short(&mut self) {
        let mut by_short: WordMap<Option<u32>> = WordMap::default();
        for (number, form) in (0..).zip(&self.all) {
            for (first, end) in self.shortened(form) {
                let key = join(self.key(first, end), form.kind as u64);
                let root = self.root(number);
                let entry = by_short.entry(key).or_insert(Some(root));
                if entry.is_some_and(|known| self.root(known) != root) {
                    *entry = None;
                }
            }
        }
        for number in 0..self.all.len() {
            let Some(form) = self.all.get(number) else { continue };
            let key = join(self.key(form.first, form.end), form.kind as u64);
            if let Some(Some(long)) = by_short.get(&key).copied() {
                self.link(u32::try_from(number).unwrap_or(u32::MAX), long);
            }
        }
    }

    /// The parts of a form that may stand for it.
    fn shortened(&self, form: &Form) -> Vec<(usize, usize)> {
        let mut shorter = Vec::new();
        let classes = |at: usize| self.lexicon.classes(self.document.word_at(at));
        let head = Classes::ORGANIZATION_HEAD.with(if form.kind == NameKind::Place {
            Classes::PLACE_HEAD
        } else {
            Classes::WORK_HEAD
        });
        let listed = Classes::PLACE.with(Classes::NATIONALITY).with(Classes::COMMON).with(Classes::GIVEN);
        // "Burisma Holdings" without "Holdings"; not "Kansas City", "Supreme Court" or "British Army".
        let mut end = form.end;
        while end > form.first + 1 && classes(end - 1).any(head) {
            end -= 1;
        }
        let plain =
            (form.first..end).any(|at| !classes(at).any(listed) && self.document.shape_at(at).has(Shape::CAPITALISED));
        if end < form.end && plain {
            shorter.push((form.first, end));
        }
        if form.kind == NameKind::Organization {
            // "US Supreme Court" and "Supreme Court of the United Kingdom" without the country.
            let (length, family) = self.country(form.first, form.end);
            let place = family != plain_word(self.document, form.first)
                || classes(form.first).any(Classes::PLACE.with(Classes::NATIONALITY));
            let of = (form.first..form.end).find(|at| self.document.word_at(*at) == word("of"));
            let last = classes(form.end - 1).any(Classes::ORGANIZATION_HEAD);
            if place && form.first + length < form.end && last {
                shorter.push((form.first + length, form.end));
            }
            if let Some(of) = of.filter(|of| *of > form.first && classes(*of - 1).any(Classes::ORGANIZATION_HEAD)) {
                shorter.push((form.first, of));
            }
        }
        shorter
    }
}
