//! How fast the analysis is, and that its time is linear: `cargo bench --bench analysis`.
//!
//! Three tables, in processor time of one thread, so that what else the machine does counts less: the start of the
//! engine; words a second of each step and of all together, over the articles of `../shared/data/polnear` where they
//! are, else over the bundled ones; and texts of difficult shapes, up to a megabyte in one paragraph. Of those, each
//! is timed beside one of a quarter of its size, in turns. Ends with an error where four times the text takes more than
//! [`LIMIT`] times as long.

#![allow(clippy::disallowed_methods, reason = "it reads articles from disk and the clock")]
#![allow(clippy::print_stdout, reason = "its tables are for the terminal")]

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use pullquote::analysis::token::Document;
use pullquote::analysis::{Engine, Lexicon, Options, Voices, entities, marks, names, syntax};
use pullquote::article::{import, seeds};

/// A series fails where four times the text takes more than so many times as long; 4 is linear, 16 quadratic. The rest is
/// for what no longer fits the caches.
const LIMIT: f64 = 7.0;

/// Bytes of the texts of difficult shapes: a quarter, and the whole.
const SIZES: [usize; 2] = [256 * 1024, 1024 * 1024];

/// So often each time is taken; the least counts.
const ROUNDS: usize = 2;

fn main() -> ExitCode {
    start();
    steps();
    if shapes() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The processor time that this thread has used.
fn used() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let part = |part: i64| u64::try_from(part).unwrap_or_default();
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

/// How long `run` takes.
fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let before = used();
    black_box(run());
    used() - before
}

/// The least time of several runs.
fn least<T>(mut run: impl FnMut() -> T) -> Duration {
    (0..ROUNDS).map(|_| time(&mut run)).min().unwrap_or_default()
}

/// The first analysis of a process, its engine made before it, against the second.
fn start() {
    let articles = bundled();
    let text = articles.first().map_or("", String::as_str);
    let mut engine = None;
    let first = time(|| engine.insert(Engine::new(Lexicon::embedded())).analyze(text).quotes.len());
    let second = time(|| engine.as_ref().map(|engine| engine.analyze(text).quotes.len()));
    println!("start of the model, first analysis minus second: {:.1?}\n", first.saturating_sub(second));
}

/// The texts of the bundled articles.
fn bundled() -> Vec<String> {
    seeds().into_iter().map(|(name, bytes)| import::import(bytes, name).text.clone()).collect()
}

/// The articles to measure on, and what they are.
fn articles() -> (Vec<String>, &'static str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/polnear/data");
    let mut files: Vec<_> = ["train/text", "dev/text"]
        .iter()
        .filter_map(|part| std::fs::read_dir(folder.join(part)).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let name = file.file_name()?.to_str()?;
            Some(import::import(&std::fs::read(file).ok()?, name).text.clone())
        })
        .collect();
    if texts.is_empty() {
        println!("skipped: PolNeAR is not in {}", folder.display());
        return (bundled(), "the bundled articles");
    }
    (texts, "PolNeAR's articles")
}

/// Prints words a second of each step and of all.
fn steps() {
    let (texts, what) = articles();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let (lexicon, model) = (Lexicon::embedded(), syntax::Model::embedded());
    let engine = Engine::new(Lexicon::embedded());
    println!("{what}: {} texts, {words} words, one thread", texts.len());
    let row = |step: &str, time: Duration| {
        let speed = words as f64 / time.as_secs_f64();
        println!("{step:<28}{:>10.1} ms{speed:>14.0} words/s", time.as_secs_f64() * 1e3);
    };
    let documents: Vec<Document<'_>> = texts.iter().map(|text| Document::new(text)).collect();
    row("sentences and tokens", least(|| texts.iter().map(|text| Document::new(text).tokens.len()).sum::<usize>()));
    row("names", least(|| documents.iter().map(|document| names::find(document, &lexicon).len()).sum::<usize>()));
    let found: Vec<_> = documents.iter().map(|document| names::find(document, &lexicon)).collect();
    let casts = || documents.iter().zip(&found).map(|(document, names)| entities::collect(document, names, &lexicon));
    row("entities", least(|| casts().for_each(|cast| drop(black_box(cast)))));
    let made: Vec<_> = casts().collect();
    let parsed = least(|| documents.iter().map(|document| model.analyze(document).tags.len()).sum::<usize>());
    row("parts of speech and heads", parsed);
    row("quotation marks", least(|| texts.iter().map(|text| marks::stretches(text).len()).sum::<usize>()));
    let attribute = |document, cast| engine.attribute(document, cast, Options::default()).quotes.len();
    let attributed =
        least(|| documents.iter().zip(&made).map(|(document, cast)| attribute(document, cast)).sum::<usize>());
    row("who says what, without heads", attributed.saturating_sub(parsed));
    row("all", least(|| texts.iter().map(|text| engine.analyze(text).quotes.len()).sum::<usize>()));
    println!();
}

/// Texts of difficult shapes: a name, and the piece with a number that the text repeats.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("quotes in one paragraph", |_| "“Go on then,” said Ana Ruiz. She said “we will all go home”. ".to_owned()),
    ("quotes a line each", |_| "“Go on then,” said Ana Ruiz. She said “we will all go home”.\n".to_owned()),
    ("quotes in one sentence", |_| "he said “no to it” and ".to_owned()),
    ("marks that never close", |_| "“he said so and ".to_owned()),
    ("straight quotation marks", |_| "\"".to_owned()),
    ("apostrophes", |_| "'a' ".to_owned()),
    ("no spaces, one word", |_| "a".to_owned()),
    ("no spaces, many marks", |_| "a.\"b,".to_owned()),
    ("no spaces, capitals", |_| "Ab".to_owned()),
    ("a run of different capitals", |number| format!("{} ", name(number))),
    ("a run of one capital", |_| "Ana ".to_owned()),
    ("capitals joined by small words", |number| format!("Ministry of {} and ", name(number))),
    ("capitals alone", |_| "WHO SAID ".to_owned()),
    ("initials", |_| "A. B. ".to_owned()),
    ("unnamed speakers", |number| format!("“We saw it,” said a witness number{number}. ")),
    ("people with roles", |number| {
        format!("Secretary {} {} spoke. The secretary said no. ", name(number), name(number * 7))
    }),
    ("one family", |number| format!("{} Ruiz said no. ", name(number))),
    ("pronouns", |_| "he said ".to_owned()),
    ("days", |_| "Monday, ".to_owned()),
    ("that he said that", |_| "that he said ".to_owned()),
    ("lines of one word", |number| format!("{}\n", name(number))),
    ("no Latin letters", |_| "他说".to_owned()),
];

/// A word that begins upper case, another one for every number.
fn name(number: usize) -> String {
    let letters = ["ba", "co", "di", "fu", "ge", "ha", "jo", "ki", "lu", "me"];
    let digits = number.to_string();
    let parts = digits.bytes().filter_map(|digit| letters.get(usize::from(digit - b'0')));
    parts.fold("N".to_owned(), |word, part| word + part)
}

/// The pieces of `shape`, `bytes` of them.
fn text(shape: fn(usize) -> String, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    for number in 0.. {
        text.push_str(&shape(number));
        if text.len() >= bytes {
            break;
        }
    }
    text
}

/// The bundled articles over and over, all in one paragraph.
fn one_paragraph(bytes: usize) -> String {
    let articles = bundled().join(" ").replace('\n', " ");
    let mut text = articles.repeat(bytes / articles.len().max(1) + 1);
    text.truncate((0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default());
    text
}

/// Prints how long texts of difficult shapes take, and answers whether all are linear.
fn shapes() -> bool {
    let engine = Engine::new(Lexicon::embedded());
    let run = |text: &str| time(|| Voices::of(&engine.analyze(text), text));
    println!("{:<32}{:>12}{:>12}{:>8}", "shape", "256 KB", "1 MB", "ratio");
    let mut linear = true;
    let made = SHAPES.iter().map(|(what, shape)| (*what, SIZES.map(|size| text(*shape, size))));
    for (what, [quarter, whole]) in made.chain([("articles in one paragraph", SIZES.map(one_paragraph))]) {
        let (mut small, mut large) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            small = small.min(run(&quarter));
            large = large.min(run(&whole));
        }
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        let verdict = if ratio > LIMIT { "  worse than linear" } else { "" };
        linear &= ratio <= LIMIT;
        let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        println!("{what:<32}{:>12}{:>12}{ratio:>8.1}{verdict}", milliseconds(small), milliseconds(large));
    }
    linear
}
