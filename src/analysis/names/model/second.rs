//! The second pass: what the first made of the same words elsewhere in the article.

use super::stretches::Stretch;
use crate::analysis::lexicon::{Classes, Lexicon, join};
use crate::analysis::names::tags::{self, OUTSIDE, TAGS, Tag};
use crate::analysis::names::uses::WordMap;
use crate::analysis::token::{Document, Shape, Word};

/// Template numbers start here; below are those of the first pass.
const BASE: u64 = 512;

/// The tags of the first pass, gathered by word.
pub struct Elsewhere<'a> {
    document: &'a Document<'a>,
    /// The first pass, a tag a token.
    first: &'a [Tag],
    words: WordMap<Counts>,
    pairs: WordMap<Counts>,
    /// Initials of names of several words, with the kind of name.
    initials: WordMap<u8>,
}

/// How often each tag was given, and which first.
#[derive(Clone, Copy, Default)]
struct Counts {
    tags: [u16; TAGS],
    total: u16,
}

impl Counts {
    fn add(&mut self, tag: Tag) {
        if let Some(count) = self.tags.get_mut(tag as usize) {
            *count = count.saturating_add(1);
        }
        self.total = self.total.saturating_add(1);
    }

    /// The counts without one that has `tag`.
    fn without(mut self, tag: Tag) -> Self {
        if let Some(count) = self.tags.get_mut(tag as usize) {
            *count = count.saturating_sub(1);
        }
        self.total = self.total.saturating_sub(1);
        self
    }

    /// The most frequent tag with how sure it is, as one number; 0 where there is none.
    fn summary(&self) -> u64 {
        let Some((tag, count)) = self.tags.iter().enumerate().max_by_key(|(tag, count)| (**count, usize::MAX - tag))
        else {
            return 0;
        };
        if *count == 0 {
            return 0;
        }
        let sure = if *count == self.total { 2 } else { u64::from(2 * *count > self.total) };
        let many = match self.total {
            1 => 0,
            2 => 1,
            3..=5 => 2,
            _ => 3,
        };
        1 + tag as u64 + 32 * (sure + 3 * many)
    }
}

impl<'a> Elsewhere<'a> {
    /// Gathers what the first pass made of `document`.
    pub fn new(document: &'a Document<'a>, lexicon: &Lexicon, stretches: &[Stretch], first: &'a [Tag]) -> Self {
        let mut words: WordMap<Counts> = WordMap::default();
        let mut pairs: WordMap<Counts> = WordMap::default();
        for stretch in stretches {
            for at in stretch.first..stretch.end {
                let Some(tag) = first.get(at).copied() else { continue };
                if document.shape_at(at).any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL)) {
                    words.entry(document.word_at(at)).or_default().add(tag);
                    if at + 1 < stretch.end {
                        pairs.entry(join(document.word_at(at), document.word_at(at + 1))).or_default().add(tag);
                    }
                }
            }
        }
        let mut gathered = Self { document, first, words, pairs, initials: WordMap::default() };
        gathered.gather_initials(lexicon, stretches);
        gathered
    }

    fn gather_initials(&mut self, lexicon: &Lexicon, stretches: &[Stretch]) {
        let mut names = Vec::new();
        for stretch in stretches {
            tags::read(self.first.get(stretch.first..stretch.end).unwrap_or_default(), stretch.first, &mut names);
        }
        for name in names.iter().filter(|name| name.end - name.first > 1) {
            let (mut capitals, mut all) = (0, 0);
            for at in name.first as usize..name.end as usize {
                let Some(c) = self.document.text_of(at).chars().next().filter(|c| c.is_alphabetic()) else { continue };
                let letter = u64::from(u32::from(c.to_ascii_lowercase()));
                if !lexicon.classes(self.document.word_at(at)).any(Classes::FUNCTION) {
                    capitals = join(capitals, letter);
                }
                all = join(all, letter);
            }
            for initials in [capitals, all] {
                self.initials.insert(initials, name.kind as u8 + 1);
            }
        }
    }

    fn tag(&self, at: usize) -> Tag {
        self.first.get(at).copied().unwrap_or(OUTSIDE)
    }

    fn counts(&self, at: usize) -> Counts {
        let counted = self.document.shape_at(at).any(Shape::CAPITALISED.with(Shape::INNER_CAPITAL));
        let known = self.words.get(&self.document.word_at(at)).filter(|_| counted);
        known.map_or(Counts::default(), |counts| counts.without(self.tag(at)))
    }

    fn pair_counts(&self, at: usize, own: usize) -> Counts {
        let key: Word = join(self.document.word_at(at), self.document.word_at(at + 1));
        self.pairs.get(&key).map_or(Counts::default(), |counts| counts.without(self.tag(own)))
    }

    /// Adds the features of the second pass of the token `at` of `stretch` to `out`.
    pub fn of(&self, at: usize, stretch: Stretch, out: &mut Vec<u64>) {
        let mut add =
            |template: u64, value: u64| out.push(join((BASE + template).wrapping_mul(0xff51_afd7_ed55_8ccd), value));
        let own = u64::from(self.tag(at));
        let heading = u64::from(self.document.paragraph_of(at).is_some_and(|paragraph| paragraph.heading));
        let here = self.counts(at);
        let inside = |at: usize| (stretch.first..stretch.end).contains(&at);
        let beside =
            |there: Option<usize>| there.filter(|there| inside(*there)).map_or(0, |there| self.counts(there).summary());
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let summary = here.summary();
        add(0, summary);
        add(1, join(summary, own));
        add(2, join(summary, heading));
        for (tag, count) in here.tags.iter().enumerate().filter(|(_, count)| **count > 0) {
            add(3, tag as u64);
            add(4, join(tag as u64, u64::from((*count).min(4))));
        }
        add(5, join(before, summary));
        add(6, join(summary, after));
        if inside(at + 1) {
            add(7, self.pair_counts(at, at).summary());
        }
        if at > stretch.first {
            add(8, self.pair_counts(at - 1, at - 1).summary());
        }
        let tag_before = if at > stretch.first { u64::from(self.tag(at - 1)) } else { 31 };
        let tag_after = if inside(at + 1) { u64::from(self.tag(at + 1)) } else { 31 };
        add(9, own);
        add(10, join(tag_before, own));
        add(11, join(own, tag_after));
        if self.document.shape_at(at).has(Shape::ALL_CAPS) {
            let letters = self.document.text_of(at).chars().filter(|c| c.is_alphabetic());
            let initials = letters.fold(0, |hash, c| join(hash, u64::from(u32::from(c.to_ascii_lowercase()))));
            if let Some(kind) = self.initials.get(&initials) {
                add(12, u64::from(*kind));
            }
        }
    }
}
