//! The pages of a feed's entries, where the user wants stories in full: which are asked for in one look, and what is kept
//! of an entry whose page was read, or could not be yet.
//!
//! All pages of a feed have one time together, and a host that does not answer one of them is not asked for another in
//! the same look: what is left comes at the next ones. A page that fails in passing is asked for again, those that were
//! asked for least come first, and none for ever: each attempt is counted in the stamp of its entry.

use std::collections::HashSet;
use std::time::Instant;

use crate::article::Article;
use crate::fetch::feed::Entry;
use crate::fetch::{Address, Client, Error, Zone, page};

/// Pages fetched for one feed in one look.
const MOST_PAGES: usize = 40;

/// Bits of a stamp that are left for what the entry says; those before tell what became of its page.
const SAID: u32 = 48;
/// The page was read.
const IN_FULL: u64 = 0xf011;
/// The page could not be had, asked for so often (added to this).
const ASKED: u64 = 0xf100;
/// How often a page is asked for that fails in passing.
const MOST_ASKED: u64 = 30;

/// The stamp of an entry, `own` without its page, whose page was read.
pub(super) const fn in_full(own: u64) -> u64 {
    own >> (64 - SAID) | IN_FULL << SAID
}

/// The stamp of an entry, `own` without its page, whose page was asked for so many `times` and could not be had.
const fn asked(own: u64, times: u64) -> u64 {
    let times = if times < MOST_ASKED { times } else { MOST_ASKED };
    own >> (64 - SAID) | (ASKED + times) << SAID
}

/// How often the page was asked for of an entry with the stamp `known`; a changed entry begins anew.
pub(super) fn times(known: u64, own: u64) -> u64 {
    let times = (known >> SAID).wrapping_sub(ASKED);
    if known == asked(own, times) { times } else { 0 }
}

/// Which pages have their turn first: of the smallest number. What can be read in full already, as it was, is last.
pub(super) fn turn(known: u64, own: u64) -> u64 {
    if is_full(known) { MOST_ASKED } else { times(known, own) }
}

/// Whether an entry with the stamp `known` need not be read again, `own` being its stamp now, without its page: a story
/// that was read in full is not cut down again.
pub(super) fn is_settled(known: u64, own: u64, full_text: bool) -> bool {
    match full_text {
        true => known == in_full(own) || known == asked(own, MOST_ASKED),
        false => known == own || is_full(known),
    }
}

/// Whether `known` is the stamp of an entry whose page was read.
pub(super) fn is_full(known: u64) -> bool {
    known >> SAID == IN_FULL
}

/// What a page came to.
#[derive(Debug)]
pub(super) enum Came {
    /// The story on it.
    Story(Box<Article>),
    /// No story; the entry's stamp from now on.
    Nothing(u64),
}

/// The pages of one feed in one look.
pub(super) struct Pages<'c> {
    client: &'c Client,
    /// The zone of the feed, which the pages may not lead out of.
    from: Zone,
    /// The address of the feed, whose login its server's pages may want too.
    own: Option<Address>,
    since: Instant,
    fetched: usize,
    /// Hosts that are not asked any more.
    silent: HashSet<String>,
    /// Pages that could not be had.
    missed: usize,
    /// Of these, those that are asked for again.
    waiting: usize,
}

impl<'c> Pages<'c> {
    /// None so far, of the feed at `own` in the zone `from`.
    pub(super) fn new(client: &'c Client, from: Zone, own: Option<Address>) -> Self {
        let (since, silent) = (Instant::now(), HashSet::new());
        Self { client, from, own, since, fetched: 0, silent, missed: 0, waiting: 0 }
    }

    /// Pages that could not be had so far.
    pub(super) fn missed(&self) -> usize {
        self.missed
    }

    /// Whether any is to be asked for again.
    pub(super) fn are_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// What a reader of the feed should know of them.
    pub(super) fn note(&self) -> Option<String> {
        let some = |count: usize| if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
        let waiting =
            (self.waiting > 0).then(|| format!("{} could not be read yet, to be asked for again", some(self.waiting)));
        let gone = self.missed - self.waiting;
        let gone = (gone > 0).then(|| format!("{} could not be read, the feed's words are kept", some(gone)));
        let all: Vec<String> = waiting.into_iter().chain(gone).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// The story of the page of `entry` with what the feed knows of it, `said`. `own` is the stamp of the entry without
    /// its page, which was asked for so many `times`.
    pub(super) fn story(&mut self, entry: &Entry, said: &Article, own: u64, times: u64) -> Came {
        let Some(url) = &entry.url else { return Came::Nothing(asked(own, MOST_ASKED)) };
        let left = self.client.limits.pages.saturating_sub(self.since.elapsed());
        let host = format!("{}:{}", url.host(), url.port());
        if self.fetched >= MOST_PAGES || left.is_zero() || self.silent.contains(&host) {
            return self.miss(own, times);
        }
        self.fetched += 1;
        let mut client = self.client.clone();
        client.limits.total = client.limits.total.min(left);
        let login = self.own.as_ref().filter(|own| url.is_same_server(own)).and_then(Address::login);
        let error = match page::fetch(&client, &url.clone().with_login(login), Some(self.from)) {
            Ok(page) if page.doubt.is_none() && page.article.words() >= said.words() => {
                return Came::Story(Box::new(with(page.article, said)));
            }
            Ok(page) => page.cut,
            Err(error) => Some(error),
        };
        if error.as_ref().is_some_and(Error::is_of_the_host) {
            self.silent.insert(host);
        }
        match error {
            Some(error) if error.is_passing() => self.miss(own, times + 1),
            _ => self.miss(own, MOST_ASKED),
        }
    }

    fn miss(&mut self, own: u64, times: u64) -> Came {
        self.missed += 1;
        self.waiting += usize::from(times < MOST_ASKED);
        Came::Nothing(asked(own, times))
    }
}

/// The story of a page with what the feed `said` of it.
fn with(mut article: Article, said: &Article) -> Article {
    let (meta, said) = (&mut article.meta, said.meta.clone());
    // The feed's headline is the one that the user's rules are for.
    if !said.untitled {
        meta.title = said.title;
        meta.untitled = false;
    }
    meta.date = said.date.or(meta.date);
    meta.byline = meta.byline.take().or(said.byline);
    meta.source = said.source.or(meta.source.take());
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_what_became_of_the_page() {
        let (own, other) = (0xf011_2345_6789_abcd, 0x1234_5678_9abc_def0);
        for count in 0..=MOST_ASKED {
            assert_eq!((times(asked(own, count), own), times(asked(own, count), other)), (count, 0));
            assert_eq!(is_settled(asked(own, count), own, true), count == MOST_ASKED);
            assert!(!is_settled(asked(own, count), own, false) && !is_full(asked(own, count)));
        }
        assert_eq!(asked(own, MOST_ASKED + 1), asked(own, MOST_ASKED));
        assert_eq!((turn(in_full(own), own), turn(asked(own, 2), own), turn(other, own)), (MOST_ASKED, 2, 0));
        assert_eq!((times(other, other), times(in_full(own), own)), (0, 0));
        assert!(!is_settled(other, other, true) && is_settled(other, other, false));
        assert!(is_settled(in_full(own), own, true) && !is_settled(in_full(own), other, true));
        assert!(is_settled(in_full(own), other, false), "what was read in full stays");
    }
}
