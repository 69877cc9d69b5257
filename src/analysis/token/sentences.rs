//! Where sentences end: after `.`, `!`, `?` or an ellipsis and the marks that close around it, unless the full stop
//! belongs to an abbreviation or the next word goes on in lower case.

use super::chars::{is_closer, is_opening_only};
use super::scan::index;
use super::{Sentence, Shape, Token, Word, word};
use crate::text::Span;

/// Cuts the tokens from `first` on, which make up one paragraph, into sentences.
pub fn split(text: &str, tokens: &mut [Token], first: usize, paragraph: usize, sentences: &mut Vec<Sentence>) {
    let mut start = first;
    let mut at = first;
    while at < tokens.len() {
        let mut end = at + 1;
        if may_end(tokens, at) {
            while end < tokens.len() && closes(text, tokens, end) {
                end += 1;
            }
            if end < tokens.len() && !starts(text, tokens, at, end) {
                at = end;
                continue;
            }
        } else if end < tokens.len() {
            at = end;
            continue;
        }
        push(tokens, start, end, paragraph, sentences);
        start = end;
        at = end;
    }
    if start < tokens.len() {
        push(tokens, start, tokens.len(), paragraph, sentences);
    }
}

fn push(tokens: &mut [Token], start: usize, end: usize, paragraph: usize, sentences: &mut Vec<Sentence>) {
    let number = index(sentences.len());
    let Some(inside) = tokens.get_mut(start..end) else { return };
    for token in &mut *inside {
        token.sentence = number;
    }
    if let [head, ..] = inside {
        head.shape = head.shape.with(Shape::FIRST);
    }
    let span = Span::new(inside.first().map_or(0, |t| t.span.start), inside.last().map_or(0, |t| t.span.end));
    sentences.push(Sentence { span, first: index(start), end: index(end), paragraph: index(paragraph) });
}

/// Whether the token at `at` can end a sentence.
fn may_end(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.shape.any(Shape::TERMINATOR.with(Shape::ABBREVIATED)))
}

/// Whether the token at `at` closes what stands before it.
fn closes(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let first = token.span.of(text).chars().next().unwrap_or(' ');
    token.is_punctuation()
        && !token.shape.has(Shape::SPACED)
        && (is_closer(first) || token.shape.has(Shape::TERMINATOR))
}

/// Whether a sentence starts with the token at `next`, after a possible end at `end`.
fn starts(text: &str, tokens: &[Token], end: usize, next: usize) -> bool {
    let (Some(ender), Some(head)) = (tokens.get(end), tokens.get(next)) else { return true };
    // Past opening marks, to the word that shows whether a sentence starts.
    let opener = |token: &&Token| {
        let c = token.span.of(text).chars().next().unwrap_or(' ');
        token.is_punctuation() && (token.shape.has(Shape::QUOTE_MARK) || matches!(c, '(' | '[') || is_opening_only(c))
    };
    let opened = tokens.iter().skip(next).take(4).take_while(opener).count();
    let Some(first) = tokens.get(next + opened) else { return false };
    let tight = !head.shape.has(Shape::SPACED) && opened == 0;
    if first.is_word() && !first.shape.any(Shape::CAPITALISED.with(Shape::NUMBER)) && !is_caseless(text, first) {
        return false;
    }
    if tight && !(first.is_capitalised() && ender.shape.has(Shape::TERMINATOR) && next == end + 1) {
        return is_caseless(text, first) && ender.shape.has(Shape::TERMINATOR);
    }
    if ender.shape.has(Shape::ABBREVIATED) {
        return ends_after_abbreviation(text, ender, first, next - end > 1 || opened > 0);
    }
    if first.is_punctuation() {
        return !matches!(
            first.span.of(text).chars().next().unwrap_or(' '),
            ',' | ';' | ':' | '-' | '\u{2013}' | '\u{2014}' | ')' | ']'
        );
    }
    true
}

/// Whether the word is of a script without case.
fn is_caseless(text: &str, token: &Token) -> bool {
    let c = token.span.of(text).chars().next().unwrap_or(' ');
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Whether the full stop of an abbreviation also ends the sentence before the word `first`.
fn ends_after_abbreviation(text: &str, ender: &Token, first: &Token, marked: bool) -> bool {
    let letters = ender.span.of(text).trim_end_matches('.');
    if NEVER_LAST.contains(&ender.word) {
        return false;
    }
    let single = letters.chars().nth(1).is_none();
    first.is_capitalised() && (STARTERS.contains(&first.word) || (marked && !single))
}

/// Whether `part` with a full stop is an abbreviation.
pub fn is_abbreviation(part: &str) -> bool {
    if part.len() > 7 || !part.is_ascii() {
        return false;
    }
    let mut lower = [0; 7];
    let Some(buffer) = lower.get_mut(..part.len()) else { return false };
    buffer.copy_from_slice(part.as_bytes());
    buffer.make_ascii_lowercase();
    let capital = part.starts_with(|c: char| c.is_ascii_uppercase());
    let known = std::str::from_utf8(buffer).unwrap_or_default();
    (capital && CAPITALISED_ABBREVIATIONS.binary_search(&known).is_ok()) || ABBREVIATIONS.binary_search(&known).is_ok()
}

/// Abbreviations that are written upper case, and are words otherwise or nothing at all; sorted.
const CAPITALISED_ABBREVIATIONS: &[&str] = &[
    "adm", "amb", "apr", "assn", "assoc", "asst", "atty", "aug", "ave", "bldg", "blvd", "brig", "bros", "capt", "cmdr",
    "co", "col", "comdr", "corp", "cpl", "dec", "dept", "det", "dir", "dist", "div", "dr", "esq", "feb", "ft", "gen",
    "gov", "govt", "hon", "inc", "insp", "intl", "jan", "jr", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mlle",
    "mme", "mr", "mrs", "ms", "msgr", "mt", "natl", "no", "nos", "nov", "oct", "ofc", "pfc", "ph", "pres", "prof",
    "pvt", "rep", "reps", "rev", "rt", "sec", "sen", "sens", "sept", "sgt", "sr", "st", "ste", "supt", "univ", "vol",
];

/// Abbreviations in either case; sorted.
const ABBREVIATIONS: &[&str] = &["approx", "cf", "ed", "eds", "est", "etc", "fig", "pp", "viz", "vs"];

/// Abbreviations that a name or number follows, so that no sentence ends with them.
const NEVER_LAST: &[Word] = &[
    word("adm."),
    word("amb."),
    word("brig."),
    word("capt."),
    word("cf."),
    word("cmdr."),
    word("col."),
    word("comdr."),
    word("cpl."),
    word("det."),
    word("dr."),
    word("ft."),
    word("gen."),
    word("gov."),
    word("hon."),
    word("insp."),
    word("lt."),
    word("maj."),
    word("messrs."),
    word("mlle."),
    word("mme."),
    word("mr."),
    word("mrs."),
    word("ms."),
    word("msgr."),
    word("mt."),
    word("no."),
    word("nos."),
    word("ofc."),
    word("pfc."),
    word("pres."),
    word("prof."),
    word("pvt."),
    word("rep."),
    word("reps."),
    word("rev."),
    word("sen."),
    word("sens."),
    word("sgt."),
    word("st."),
    word("ste."),
    word("supt."),
    word("viz."),
    word("vs."),
];

/// Words that start sentences and hardly ever continue a name: after an abbreviation they show that a sentence ended.
const STARTERS: &[Word] = &[
    word("a"),
    word("after"),
    word("although"),
    word("an"),
    word("and"),
    word("another"),
    word("as"),
    word("at"),
    word("because"),
    word("before"),
    word("both"),
    word("but"),
    word("by"),
    word("despite"),
    word("during"),
    word("each"),
    word("even"),
    word("every"),
    word("few"),
    word("for"),
    word("from"),
    word("he"),
    word("her"),
    word("here"),
    word("his"),
    word("how"),
    word("however"),
    word("i"),
    word("if"),
    word("in"),
    word("it"),
    word("its"),
    word("last"),
    word("many"),
    word("meanwhile"),
    word("more"),
    word("most"),
    word("my"),
    word("no"),
    word("not"),
    word("now"),
    word("on"),
    word("once"),
    word("one"),
    word("only"),
    word("or"),
    word("other"),
    word("others"),
    word("our"),
    word("over"),
    word("several"),
    word("she"),
    word("since"),
    word("so"),
    word("some"),
    word("such"),
    word("that"),
    word("the"),
    word("their"),
    word("then"),
    word("there"),
    word("these"),
    word("they"),
    word("this"),
    word("those"),
    word("though"),
    word("to"),
    word("two"),
    word("under"),
    word("until"),
    word("we"),
    word("what"),
    word("when"),
    word("where"),
    word("while"),
    word("who"),
    word("why"),
    word("with"),
    word("yet"),
    word("you"),
    word("your"),
];
