//! How long the analysis takes: the bundled articles, generated texts whose size doubles, and the start of the engine.
//!
//! The throughput of a series must stay about the same from its first to its last size: time is linear in the text,
//! also where it is one sentence, one paragraph, or nothing but names, marks or pronouns.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use pullquote::analysis::{Engine, Lexicon, Voices};
use pullquote::article::{import, seeds};

/// Kilobytes of the series.
const SIZES: [usize; 5] = [32, 64, 128, 256, 512];

fn main() {
    divan::main();
}

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Lexicon::embedded()))
}

/// The texts of the bundled articles.
fn articles() -> Vec<String> {
    seeds().into_iter().map(|(name, bytes)| import::import(bytes, name).text.clone()).collect()
}

/// What `write` makes of 0, 1, 2, ..., `kilobytes` of it.
fn series(kilobytes: usize, write: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        text.push_str(&write(number));
        if text.len() >= kilobytes * 1024 {
            break;
        }
    }
    text
}

/// A word that begins upper case, another one for every number.
fn name(number: usize) -> String {
    let letters = ["ba", "co", "di", "fu", "ge", "ha", "jo", "ki", "lu", "me"];
    let word: String =
        number.to_string().bytes().filter_map(|digit| letters.get(usize::from(digit - b'0'))).copied().collect();
    format!("N{word}")
}

/// Analyses `text` and makes its voices; counts bytes and words.
fn run(bencher: Bencher<'_, '_>, text: &str) {
    engine();
    let bencher = bencher.counter(BytesCount::of_str(text)).counter(ItemsCount::new(text.split_whitespace().count()));
    bencher.bench_local(|| Voices::of(&engine().analyze(black_box(text)), text));
}

#[divan::bench]
fn start_of_the_engine(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Engine::new(Lexicon::embedded()));
}

#[divan::bench]
fn bundled_articles(bencher: Bencher<'_, '_>) {
    let articles = articles();
    engine();
    let words: usize = articles.iter().map(|text| text.split_whitespace().count()).sum();
    let bytes: usize = articles.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(words))
        .bench_local(|| articles.iter().map(|text| engine().analyze(black_box(text)).quotes.len()).sum::<usize>());
}

#[divan::bench(args = SIZES)]
fn articles_one_after_the_other(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let articles = articles();
    run(
        bencher,
        &series(kilobytes, |number| {
            articles.get(number % articles.len()).map_or(String::new(), |text| format!("{text}\n"))
        }),
    );
}

#[divan::bench(args = SIZES)]
fn quotes_in_one_paragraph(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |_| "“Go on then,” said Ana Ruiz. She said “we will all go home”. ".to_owned()));
}

#[divan::bench(args = SIZES)]
fn quotes_a_line_each(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |_| "“Go on then,” said Ana Ruiz. She said “we will all go home”.\n".to_owned()));
}

#[divan::bench(args = SIZES)]
fn quotes_in_one_sentence(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |_| "he said “no to it” and ".to_owned()));
}

#[divan::bench(args = SIZES)]
fn different_unnamed_speakers(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |number| format!("“We saw it,” said a witness number{number}. ")));
}

#[divan::bench(args = SIZES)]
fn different_people_with_roles(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let person = |number| format!("Secretary {} {} spoke. The secretary said no. ", name(number), name(number * 7));
    run(bencher, &series(kilobytes, person));
}

#[divan::bench(args = SIZES)]
fn people_of_one_family(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |number| format!("{} Ruiz said no. ", name(number))));
}

#[divan::bench(args = SIZES)]
fn names_alone(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |number| format!("{} ", name(number))));
}

#[divan::bench(args = SIZES)]
fn pronouns_alone(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |_| "he said ".to_owned()));
}

#[divan::bench(args = SIZES)]
fn quotation_marks_alone(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &"\"".repeat(kilobytes * 1024));
}

#[divan::bench(args = SIZES)]
fn days_of_the_week_alone(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &series(kilobytes, |_| "Monday, ".to_owned()));
}

#[divan::bench(args = SIZES)]
fn one_word(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &"a".repeat(kilobytes * 1024));
}
