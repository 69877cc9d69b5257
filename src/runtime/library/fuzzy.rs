//! The fuzzy filter: letters of a headline in their order, after a `~` (`unread ~hrbr plan`). What fits best comes
//! first, and of what fits equally the newest.
//!
//! All headlines are looked at, so they are held in one text from the first such filter on. A pattern that goes on from
//! the last one is looked for among what that one fits, so each key costs less than the one before it; taking letters
//! back costs nothing. Headlines are read again when the library has changed, but not while somebody types: what was
//! typed is answered from what is held, and all of the list, a moment later, from what is true by then.
//!
//! The best way to lay a pattern over a headline is dear to find (half a microsecond: a key would wait for 50 ms); the
//! first way that is found costs a tenth. So all are ordered by that, and the best of them by the other.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};

use super::desk::Desk;
use crate::store::{ArticleId, Members, Query, Store};
use crate::text::Span;

/// Headlines read or looked at before it is seen whether something else is wanted.
const BATCH: usize = 4_096;

/// Patterns whose hits are held at most: as many letters can be taken back.
const DEEPEST: usize = 12;

/// Hits of which the best way is looked for: many times what a screen shows.
const EXACT: usize = 512;

/// What has a meaning of its own in a pattern, at the beginning of a word or at its end: who fits such a pattern need
/// not have fitted the one before it.
const SIGNS: [char; 5] = ['!', '^', '\'', '$', '\\'];

/// The headlines of the library and what was found among them.
#[derive(Default)]
pub(super) struct Fuzzy {
    headlines: Option<Headlines>,
    /// What is being read, where that was stopped for something else.
    unread: Option<Headlines>,
    /// What the library's change counter said when the hits were found.
    version: Option<i64>,
    /// The query that the hits are among.
    query: Query,
    /// The hits of patterns, each of which goes on from the one before it.
    levels: Vec<Level>,
    matcher: Matcher,
}

/// The headlines of the library, newest first once all are there.
#[derive(Default)]
struct Headlines {
    /// What the library's change counter said when reading them began.
    version: Option<i64>,
    text: String,
    lines: Vec<Line>,
}

/// Where the headline of an article stands.
struct Line {
    article: ArticleId,
    /// Where it stands in the list.
    place: i64,
    span: Span,
}

struct Level {
    pattern: String,
    /// In the order of the headlines.
    hits: Vec<Hit>,
}

#[derive(Clone, Copy)]
struct Hit {
    /// Higher fits better.
    score: u32,
    /// Its place among the headlines.
    line: u32,
}

/// How far what is held may be behind the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Any: somebody types.
    Any,
    /// Not at all.
    Fresh,
}

impl Desk {
    /// Looks for `pattern` in the headlines of the articles that `query` holds for; nothing where `is_wanted` says that
    /// something else is wanted by then.
    pub(super) fn match_headlines(
        &mut self,
        query: &Query,
        pattern: &str,
        age: Age,
        is_wanted: impl Fn(&Self) -> bool + Copy,
    ) -> Option<()> {
        let mut fuzzy = std::mem::take(&mut self.fuzzy);
        let found = fuzzy.read(self, age, is_wanted).and_then(|()| fuzzy.find(self, query, pattern, is_wanted));
        self.fuzzy = fuzzy;
        found
    }

    /// Reads the headlines for a pattern that is about to come, unless something else is wanted.
    pub(super) fn expect_pattern(&mut self, is_wanted: impl Fn(&Self) -> bool + Copy) {
        let mut fuzzy = std::mem::take(&mut self.fuzzy);
        let _ = fuzzy.read(self, Age::Fresh, is_wanted);
        self.fuzzy = fuzzy;
    }
}

impl Fuzzy {
    /// Forgets what was found; the headlines stay.
    pub fn forget_hits(&mut self) {
        self.levels.clear();
    }

    /// Whether the headlines are those that the library has now.
    pub fn is_fresh(&self, store: &Store) -> bool {
        self.headlines.as_ref().is_some_and(|held| held.version == store.changes_elsewhere().ok())
    }

    /// How many headlines fit the last pattern.
    pub fn count(&self) -> usize {
        self.hits().len()
    }

    /// The `count` articles that fit best, the best first.
    pub fn best(&mut self, count: usize) -> Vec<ArticleId> {
        let (Some(level), Some(headlines)) = (self.levels.last(), &self.headlines) else { return Vec::new() };
        let mut hits = level.hits.clone();
        let wanted = count.max(EXACT);
        if wanted < hits.len() {
            hits.select_nth_unstable_by_key(wanted, Hit::rank);
            hits.truncate(wanted);
        }
        hits.sort_unstable_by_key(Hit::rank);
        let pattern = parse(&level.pattern);
        let mut buffer = Vec::new();
        let best = hits.get_mut(..EXACT.min(level.hits.len())).unwrap_or_default();
        for hit in best.iter_mut() {
            let title = headlines.title(hit.line).map(|title| Utf32Str::new(title, &mut buffer));
            hit.score = title.and_then(|title| pattern.score(title, &mut self.matcher)).unwrap_or(hit.score);
        }
        best.sort_unstable_by_key(Hit::rank);
        hits.iter().take(count).filter_map(|hit| headlines.article(hit.line)).collect()
    }

    fn hits(&self) -> &[Hit] {
        self.levels.last().map(|level| level.hits.as_slice()).unwrap_or_default()
    }

    /// Has headlines at hand.
    fn read(&mut self, desk: &Desk, age: Age, is_wanted: impl Fn(&Desk) -> bool + Copy) -> Option<()> {
        if self.is_fresh(&desk.store) || (age == Age::Any && self.headlines.is_some()) {
            return Some(());
        }
        let version = desk.store.changes_elsewhere().ok();
        let begun = self.unread.take().filter(|begun| begun.version == version);
        let begun = self.unread.insert(begun.unwrap_or_else(|| Headlines { version, ..Headlines::default() }));
        while begun.read_on(desk, is_wanted)? {}
        let new = self.unread.take()?.in_order();
        self.headlines = Some(new);
        self.levels.clear();
        Some(())
    }

    /// Finds the hits of `pattern`, among those of the longest beginning of it that is known.
    fn find(
        &mut self,
        desk: &Desk,
        query: &Query,
        pattern: &str,
        is_wanted: impl Fn(&Desk) -> bool + Copy,
    ) -> Option<()> {
        let version = desk.store.changes_elsewhere().ok();
        let holds = self.query == *query && (query.is_empty() || self.version == version);
        if !holds {
            self.levels.clear();
            (self.query, self.version) = (query.clone(), version);
        }
        while self.levels.last().is_some_and(|level| !goes_on(&level.pattern, pattern)) {
            self.levels.pop();
        }
        if self.levels.last().is_some_and(|level| level.pattern == pattern) {
            return Some(());
        }
        let lines: Vec<u32> = match self.levels.last() {
            Some(level) => level.hits.iter().map(|hit| hit.line).collect(),
            None if query.is_empty() => self.among(None),
            None => self.among(Some(&desk.overtakable(is_wanted, |desk| desk.store.all_of(query))?)),
        };
        let hits = self.score(desk, &lines, pattern, is_wanted)?;
        if self.levels.len() >= DEEPEST {
            self.levels.remove(0);
        }
        self.levels.push(Level { pattern: pattern.to_owned(), hits });
        Some(())
    }

    /// The headlines of `members`, or all of them.
    fn among(&self, members: Option<&Members>) -> Vec<u32> {
        let lines = self.headlines.iter().flat_map(|headlines| (0..).zip(&headlines.lines));
        let is_member = |line: &Line| members.is_none_or(|members| members.contains(line.article));
        lines.filter(|(_, line)| is_member(line)).map(|(place, _)| place).collect()
    }

    /// Those of `lines` that fit `pattern`.
    fn score(
        &mut self,
        desk: &Desk,
        lines: &[u32],
        pattern: &str,
        is_wanted: impl Fn(&Desk) -> bool,
    ) -> Option<Vec<Hit>> {
        let headlines = self.headlines.as_ref()?;
        let pattern = parse(pattern);
        let (mut hits, mut buffer) = (Vec::new(), Vec::new());
        for batch in lines.chunks(BATCH) {
            if !is_wanted(desk) {
                return None;
            }
            for line in batch {
                let title = Utf32Str::new(headlines.title(*line)?, &mut buffer);
                let score = first_way(&pattern, title, &mut self.matcher);
                hits.extend(score.map(|score| Hit { score, line: *line }));
            }
        }
        Some(hits)
    }
}

impl Headlines {
    fn title(&self, line: u32) -> Option<&str> {
        self.lines.get(line as usize).map(|line| line.span.of(&self.text))
    }

    fn article(&self, line: u32) -> Option<ArticleId> {
        self.lines.get(line as usize).map(|line| line.article)
    }

    /// Reads the next ones; `false` where there are no more, nothing where something else is wanted.
    fn read_on(&mut self, desk: &Desk, is_wanted: impl Fn(&Desk) -> bool) -> Option<bool> {
        let after = self.lines.last().map_or(ArticleId(i64::MIN), |line| line.article);
        let batch = desk.overtakable(is_wanted, |desk| {
            let (mut text, mut lines) = (String::new(), Vec::with_capacity(BATCH));
            desk.store.headlines(after, BATCH, |headline| {
                let start = text.len();
                text.push_str(headline.title);
                lines.push((headline.article, headline.place, Span::new(start, text.len())));
            })?;
            Ok((text, lines))
        })?;
        let (text, lines) = batch;
        let (base, goes_on) = (self.text.len(), lines.len() == BATCH);
        self.text.push_str(&text);
        let moved = |span: Span| Span::new(span.start + base, span.end + base);
        self.lines.extend(lines.into_iter().map(|(article, place, span)| Line { article, place, span: moved(span) }));
        Some(goes_on)
    }

    /// All of them, newest first, and no more memory than they need.
    fn in_order(mut self) -> Self {
        self.lines.sort_unstable_by_key(|line| std::cmp::Reverse(line.place));
        self.lines.shrink_to_fit();
        self.text.shrink_to_fit();
        self
    }
}

impl Hit {
    /// By how well they fit, then by how new they are.
    fn rank(&self) -> (std::cmp::Reverse<u32>, u32) {
        (std::cmp::Reverse(self.score), self.line)
    }
}

fn parse(pattern: &str) -> Pattern {
    Pattern::parse(pattern, CaseMatching::Smart, Normalization::Smart)
}

/// How well `pattern` fits `title` by the first way that is found; nothing where it does not fit.
fn first_way(pattern: &Pattern, title: Utf32Str<'_>, matcher: &mut Matcher) -> Option<u32> {
    let mut score = 0;
    for atom in &pattern.atoms {
        let word = match (atom.kind, atom.negative) {
            (AtomKind::Fuzzy, false) => {
                let needle = atom.needle_text();
                // A pattern's word is in small letters unless it is to be taken as it is written.
                matcher.config.ignore_case = !needle.chars().any(char::is_uppercase);
                matcher.config.normalize = needle.is_ascii();
                matcher.fuzzy_match_greedy(title, needle)
            }
            _ => atom.score(title, matcher),
        };
        score += u32::from(word?);
    }
    Some(score)
}

/// Whether all that fits `pattern` fits `before` too.
fn goes_on(before: &str, pattern: &str) -> bool {
    pattern == before || (pattern.starts_with(before) && !before.contains(SIGNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 9] = [
        "Harbour plan",
        "HARBOUR",
        "no plan",
        "Éric's plan",
        "a b!",
        "plan harbour",
        "b^a $",
        "\\ab",
        "Über den Hafen: l'été",
    ];
    const PATTERNS: [&str; 16] =
        ["a", "ab", "h", "har", "ha p", "!h", "^h", "'pl", "n$", "e", "é", "p h", "\\", "Ha", "a !b", "b\\ "];

    fn best_way(pattern: &str, title: &str) -> Option<u32> {
        parse(pattern).score(Utf32Str::new(title, &mut Vec::new()), &mut Matcher::default())
    }

    #[test]
    fn whatever_fits_a_longer_pattern_fits_the_one_it_goes_on_from() {
        let ends = ["b", "r", "!", "^", "$", "'", " p", " !p", " ^h", "É", "\\", "\\ p", "B"];
        let (mut narrowed, mut lost) = (0, Vec::new());
        for before in PATTERNS {
            for pattern in ends.map(|end| format!("{before}{end}")).iter().filter(|pattern| goes_on(before, pattern)) {
                narrowed += 1;
                let fits = |title: &&&str| best_way(pattern, title).is_some() && best_way(before, title).is_none();
                lost.extend(TITLES.iter().filter(fits).map(|title| (before, pattern.clone(), *title)));
            }
        }
        assert!(lost.is_empty(), "{lost:?}");
        assert!(narrowed > 50, "most patterns are looked for among the hits of the one before");
    }

    #[test]
    fn the_first_way_is_found_where_there_is_a_best_one_and_is_no_better() {
        let mut matcher = Matcher::default();
        for pattern in PATTERNS.into_iter().chain(["été", "Übr", "dn hfn", "E", "HAR"]) {
            for title in TITLES {
                let first = first_way(&parse(pattern), Utf32Str::new(title, &mut Vec::new()), &mut matcher);
                let best = best_way(pattern, title);
                assert_eq!(first.is_some(), best.is_some(), "{pattern:?} in {title:?}");
                assert!(first <= best, "{pattern:?} in {title:?}: {first:?}, {best:?}");
            }
        }
    }
}
