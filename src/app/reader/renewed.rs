//! A story whose text has changed while it is open: the reader goes on at the same words.

use super::Reader;
use crate::article::Article;
use crate::text::Span;

/// Characters by which the words at a place are found again, the more the better.
const WORDS: [usize; 3] = [120, 48, 20];

impl Reader {
    /// Where what stands at the top stands in `article`, the next version of this story.
    #[must_use]
    pub fn position_in(&self, article: &Article) -> usize {
        Moved::new(&self.article.text, &article.text).place(self.position())
    }

    /// Goes on where `before`, the earlier version of this story, was: cursor and quote, marks and jumps by their places,
    /// voice and name by what they are called.
    pub fn go_on_as(&mut self, before: &Self) {
        let moved = Moved::new(&before.article.text, &self.article.text);
        let all = |places: &[usize]| places.iter().map(|place| moved.place(*place)).collect();
        self.places.back = all(&before.places.back);
        self.places.forward = all(&before.places.forward);
        self.places.marks.extend(before.places.marks.iter().map(|(letter, place)| (*letter, moved.place(*place))));
        self.cursor = moved.place(before.cursor).min(self.article.text.len());
        if let Some((analysis, _)) = &self.analysis {
            let same = |entity| analysis.called(before.name_of(entity));
            (self.scope, self.entity) = (before.scope.and_then(same), before.entity.and_then(same));
        }
        if let Some(quote) = before.current_span() {
            self.select_quote_at(moved.place(quote.start));
        }
    }
}

/// The way from one text to the next version of it.
struct Moved<'a> {
    old: &'a str,
    new: &'a str,
    /// Bytes at the beginning that both share, and at the end.
    head: usize,
    tail: usize,
}

impl<'a> Moved<'a> {
    fn new(old: &'a str, new: &'a str) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| {
            pairs.take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
        };
        let head: usize = same(&mut old.chars().zip(new.chars()));
        let rest = |text: &'a str| text.get(head..).unwrap_or_default();
        let tail = same(&mut rest(old).chars().rev().zip(rest(new).chars().rev()));
        Self { old, new, head, tail }
    }

    /// Where byte `place` of the old text is in the new one.
    fn place(&self, place: usize) -> usize {
        if place < self.head {
            return place;
        }
        if self.tail > 0 && place >= self.old.len() - self.tail {
            return self.new.len() - (self.old.len() - place);
        }
        let at = |count: usize| {
            let rest = self.old.get(place..)?;
            let words = rest.char_indices().nth(count).map_or(rest, |(end, _)| Span::new(0, end).of(rest));
            let found = self.new.match_indices(words).filter(|(_, words)| !words.is_empty()).map(|(at, _)| at);
            found.min_by_key(|at| at.abs_diff(place))
        };
        WORDS.into_iter().find_map(at).unwrap_or(self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str =
        "A headline\n\nThe first paragraph tells much.\n\nThe second paragraph tells more.\n\nThe end — so far.";

    fn place(new: &str, words: &str) -> usize {
        Moved::new(OLD, new).place(OLD.find(words).unwrap())
    }

    #[test]
    fn a_place_is_found_by_what_stands_around_it() {
        let grown = OLD.replace("The first", "A new one.\n\nThe first");
        let grown = grown.replace("tells more", "says “more”");
        for words in ["A headline", "The first", "The second", "The end", "— so"] {
            assert_eq!(place(&grown, words), grown.find(words).unwrap(), "{words}");
        }
        let updated = grown + " And more.";
        for words in ["A headline", "The first", "The second paragraph", "The end — so"] {
            assert_eq!(place(&updated, words), updated.find(words).unwrap(), "{words}");
        }
    }

    #[test]
    fn what_is_gone_leads_to_where_the_change_begins() {
        let cut = "A headline\n\nNothing is left — of it.";
        assert_eq!(place(cut, "tells more"), cut.find("Nothing").unwrap());
        assert_eq!(place("", "The end"), 0);
        assert_eq!(Moved::new("é", "è").place(2), 0, "on a boundary of characters");
        assert_eq!(Moved::new("", "new").place(0), 0);
    }
}
