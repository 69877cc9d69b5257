use super::*;
use crate::analysis::Lexicon;

/// `marked` holds names as `[P Ana Lee]`, O, L, X or N; exactly those must be found in the plain text.
fn check(lexicon: &Lexicon, marked: &str) {
    let mut plain = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').expect("a closed mark");
        plain.push_str(before);
        plain.push_str(inside.split_once(' ').expect("a kind").1);
        rest = after;
    }
    plain.push_str(rest);
    let document = Document::new(&plain);
    let mut made = String::new();
    let mut at = 0;
    for name in find(&document, lexicon) {
        let span = document.span_of(name.first as usize, name.end as usize);
        let letter = ['P', 'O', 'L', 'X', 'N'][name.kind as usize];
        made.push_str(&plain[at..span.start]);
        made.push_str(&format!("[{letter} {}]", span.of(&plain)));
        at = span.end;
    }
    made.push_str(&plain[at..]);
    assert_eq!(made, marked);
}

#[test]
fn titles_and_clitics_stay_outside() {
    for lexicon in [Lexicon::embedded(), Lexicon::embedded().without_weights()] {
        check(&lexicon, "On Monday, President [P Donald Trump]'s visit began.");
        check(&lexicon, "Press Secretary [P Karoline Leavitt] said so, and [P Leavitt] left.");
        check(&lexicon, "President [P Joe Biden] spoke in [L Paris], [L France].");
    }
    check(&Lexicon::embedded(), "[L US] President [P Joe Biden] spoke in [L Paris], [L France].");
}

#[test]
fn organizations_are_told_by_their_heads() {
    for lexicon in [Lexicon::embedded(), Lexicon::embedded().without_weights()] {
        check(&lexicon, "He joined the [O World Health Organization] ([O WHO]) last year.");
        check(&lexicon, "She studied at the [O University of Oxford] and led the [O Labour Party].");
    }
}

#[test]
fn nationalities_are_neither_people_nor_places() {
    for lexicon in [Lexicon::embedded(), Lexicon::embedded().without_weights()] {
        check(&lexicon, "The [N Russian] army met [N French] soldiers and two [N Americans].");
        check(&lexicon, "It helps [N New Yorkers] and [N South Koreans].");
    }
}

#[test]
fn a_people_is_no_place_where_the_place_is_named_too() {
    let text = "The mayor of [L New York] left. [L New York] will change, he told [N New Yorkers] in [L New York].";
    check(&Lexicon::embedded(), text);
}

#[test]
fn the_start_of_a_sentence_is_no_name_by_its_capital_alone() {
    for lexicon in [Lexicon::embedded(), Lexicon::embedded().without_weights()] {
        check(&lexicon, "Taxes are low. However, they may rise. Police said so. Many agreed.");
    }
}

#[test]
fn names_of_one_article_help_each_other() {
    check(&Lexicon::embedded(), "[P Maria Tesk] lost. [P Tesk] left early. Later, [P Tesk] spoke in [L Rome].");
}

#[test]
fn dates_are_no_names() {
    check(&Lexicon::embedded(), "On Friday, November 4, it rained in [L London].");
}
