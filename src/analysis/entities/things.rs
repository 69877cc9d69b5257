//! Which mentions of organizations, places and other things are one.
//!
//! One are: equal words (a leading "the", accents and case aside), names of one well-known family ("US", "United
//! States"), an acronym and the name it stands for, a short form of exactly one longer name, and two names that the text
//! says are one.

use super::parts::plain_word;
use crate::analysis::lexicon::{Lexicon, join};
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
    forms.link_kinds(names);
    forms.link_stated(names);
    forms.link_brackets(names);
    forms.link_acronyms();
    forms.link_short();
    forms.link_parts();
    forms.link_plurals();
    for (key, form) in keys.iter_mut().zip(&forms.of_name) {
        if let Some(form) = form {
            *key = next.saturating_add(forms.root(*form));
        }
    }
}

/// One way to write a name, of one kind.
pub(super) struct Form {
    pub(super) kind: NameKind,
    pub(super) first: usize,
    pub(super) end: usize,
    /// The form it belongs to; itself where it is the main one.
    parent: u32,
    /// How many forms belong to it; the smaller side of a link moves, so that no way to a root is long.
    size: u32,
}

pub(super) struct Forms<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) all: Vec<Form>,
    by_key: WordMap<u32>,
    /// The form of each name.
    pub(super) of_name: Vec<Option<u32>>,
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
    pub(super) fn key(&self, first: usize, end: usize) -> Word {
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
    pub(super) fn country(&self, at: usize, end: usize) -> (usize, Word) {
        for length in (1..=2).rev() {
            let family = self.lexicon.family((at..at + length).map(|at| self.document.word_at(at)));
            if family != 0 && at + length <= end && self.document.shape_at(at).has(Shape::CAPITALISED) {
                return (length, u64::from(family));
            }
        }
        (1, plain_word(self.document, at))
    }

    pub(super) fn root(&self, form: u32) -> u32 {
        let mut root = form;
        while let Some(parent) = self.all.get(root as usize).map(|form| form.parent).filter(|parent| *parent != root) {
            root = parent;
        }
        root
    }

    /// Makes both forms of one thing.
    pub(super) fn link(&mut self, one: u32, other: u32) {
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
}
