//! Short forms of organizations and places: "Burisma" of "Burisma Holdings", "Supreme Court" of "US Supreme Court",
//! "State Department" of "Department of State", "Hornets" of "Charlotte Hornets". Each stands for exactly one longer name
//! of the article, or for nothing.

use super::parts::plain_word;
use super::things::{Form, Forms};
use crate::analysis::lexicon::{Classes, join};
use crate::analysis::names::{NameKind, WordMap};
use crate::analysis::token::{Shape, Word, word, word_of};

/// At most so many longer names are compared with a short one.
const COMPARED: usize = 16;

/// At most so many words of a name are compared.
const LONGEST: usize = 12;

impl Forms<'_> {
    /// A longer name without its last word that says what it is, or without its first words.
    pub(super) fn link_short(&mut self) {
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
                || classes(form.first).any(Classes::PLACE.with(Classes::NATIONALITY))
                    && !classes(form.first).any(Classes::COMMON);
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

    /// Names whose words are some of a longer one's: "Oversight Committee", "State Department", "Hornets", "Houthis".
    pub(super) fn link_parts(&mut self) {
        let orders: Vec<[Order; 2]> = self.all.iter().map(|form| self.orders(form)).collect();
        let mut holding: WordMap<Vec<u32>> = WordMap::default();
        for (number, [plain, _]) in (0..).zip(&orders) {
            for word in plain.words() {
                holding.entry(*word).or_default().push(number);
            }
        }
        for number in 0..self.all.len() {
            let (Some(form), Some([short, _])) = (self.all.get(number), orders.get(number)) else { continue };
            let Some(known) = short.words().first().and_then(|first| holding.get(first)) else { continue };
            let stands_for = |other: &&u32| {
                let (Some(long), Some(ways)) = (self.all.get(**other as usize), orders.get(**other as usize)) else {
                    return false;
                };
                long.kind == form.kind && ways.iter().any(|way| self.is_part(form, short, way))
            };
            let mut roots = known.iter().take(COMPARED).filter(stands_for).map(|other| self.root(*other));
            if let Some(root) = roots.next().filter(|root| roots.all(|other| other == *root)) {
                self.link(u32::try_from(number).unwrap_or(u32::MAX), root);
            }
        }
    }

    /// "Houthi" and "Houthis".
    pub(super) fn link_plurals(&mut self) {
        let single = |form: &Form| form.end - form.first == 1 && form.kind == NameKind::Organization;
        let mut known: WordMap<u32> = WordMap::default();
        for (number, form) in (0..).zip(&self.all).filter(|(_, form)| single(form)) {
            known.insert(self.document.word_at(form.first), number);
        }
        for number in 0..u32::try_from(self.all.len()).unwrap_or(u32::MAX) {
            let Some(form) = self.all.get(number as usize).filter(|form| single(form)) else { continue };
            let plural = self.document.text_of(form.first).strip_suffix('s').map(word_of);
            if let Some(singular) = plural.and_then(|word| known.get(&word)).copied() {
                self.link(number, singular);
            }
        }
    }

    /// Whether `short`, the words of `form`, can stand for a name of the words `long`.
    fn is_part(&self, form: &Form, short: &Order, long: &Order) -> bool {
        let (words, all) = (short.words(), long.words());
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let heads = if form.kind == NameKind::Place { Classes::PLACE_HEAD } else { Classes::ORGANIZATION_HEAD };
        let is = |word: &Word, classes: Classes| self.lexicon.classes(*word).any(classes);
        let elsewhere = Classes::PLACE.with(Classes::NATIONALITY);
        if words.len() >= all.len() {
            return words == all && long.turned;
        }
        if words.len() > 1 {
            let mut rest = all.iter();
            return is(last, heads) && all.last() == Some(last) && words.iter().all(|word| rest.any(|w| w == word));
        }
        let text = self.document.text_of(form.first);
        let acronym = !text.contains(char::is_lowercase) || text.contains('.');
        let known = self.lexicon.family([self.document.word_at(form.first)]) != 0 || form.end - form.first > 1;
        if is(first, elsewhere.with(heads)) || acronym || known {
            return false;
        }
        let headed = all.iter().skip(1).any(|word| is(word, heads));
        let opens = all.first() == Some(first) && !is(first, Classes::COMMON) && headed;
        opens || form.kind == NameKind::Organization && all.last() == Some(first)
    }

    /// The words of a form that say something, as they stand, and with what follows an "of" before the rest.
    fn orders(&self, form: &Form) -> [Order; 2] {
        let (mut plain, mut turned) = (Order::default(), Order::default());
        let of = (form.first..form.end).find(|at| self.document.word_at(*at) == word("of")).unwrap_or(form.end);
        let says = |at: &usize| {
            self.document.shape_at(*at).has(Shape::LETTERS)
                && !self.document.shape_at(*at).has(Shape::POSSESSIVE)
                && (self.document.shape_at(*at).has(Shape::ALL_CAPS)
                    || !self.lexicon.classes(self.document.word_at(*at)).any(Classes::FUNCTION))
        };
        let add = |order: &mut Order, first: usize, end: usize| {
            let mut at = first;
            while at < end {
                let (length, country) = self.country(at, end);
                if says(&at) {
                    order.push(country);
                }
                at += length;
            }
        };
        add(&mut plain, form.first, form.end);
        if of < form.end {
            turned.turned = true;
            add(&mut turned, of + 1, form.end);
            add(&mut turned, form.first, of);
        }
        [plain, turned]
    }
}

/// The first words of a name.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    words: [Word; LONGEST],
    count: usize,
    /// Whether what follows an "of" comes first.
    turned: bool,
}

impl Order {
    fn push(&mut self, word: Word) {
        if let Some(slot) = self.words.get_mut(self.count) {
            *slot = word;
            self.count += 1;
        }
    }

    fn words(&self) -> &[Word] {
        self.words.get(..self.count).unwrap_or_default()
    }
}
