//! Which quotes are given to the right speaker, one by one, for whoever wants to know how sure the engine may be.

use std::collections::BTreeMap;

use pullquote::analysis::{Analysis, Quote};

use super::compare::{Direct, Reported, Verdict, speaker};
use super::gold::Article;

/// For each quote of `analysis` whether its speaker is right; `None` for what is no quote, for what nobody knows who
/// said, and where no speaker is given.
pub fn verdicts(article: &Article, analysis: &Analysis) -> Vec<Option<bool>> {
    let mut right: BTreeMap<*const Quote, bool> = BTreeMap::new();
    let judge = |entity: &str, quote: &Quote| speaker(article, entity, analysis, quote) == Verdict::Right;
    let Direct { want, got, .. } = Direct::of(article, analysis);
    for (span, quote) in got {
        if let Some(mark) = want.get(&span) {
            right.insert(std::ptr::from_ref(quote), judge(&mark.entity, quote));
        }
    }
    let Reported { want, got } = Reported::of(article, analysis);
    for (at, quote) in got {
        if let Some(marks) = want.get(&at) {
            let known = right.entry(std::ptr::from_ref(quote)).or_insert(false);
            *known = *known || marks.iter().any(|mark| judge(&mark.entity, quote));
        }
    }
    let verdict = |quote: &Quote| right.get(&std::ptr::from_ref(quote)).copied().filter(|_| quote.speaker.is_some());
    analysis.quotes.iter().map(verdict).collect()
}
