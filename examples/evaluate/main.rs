//! Scores the engine against gold annotations: `cargo run --release --example evaluate -- GOLD.jsonl`.
//!
//! Prints the table of `score.py`, by the same definitions. `--errors N` lists the first N errors, `--only KIND` only
//! those of one kind (`person-`, `place+`, ...), `--predict FILE` writes what `score.py` reads, `--gold-names` takes
//! the names as annotated, to score who says what apart from them, `--rules` leaves the trained weights out. Each line
//! of GOLD
//! holds `{"id", "text", "spans": [{"kind", "entity", "start", "end"}]}`, offsets in code points.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a report for the terminal is what it makes")]

mod cast;
mod gold;
mod predict;
mod score;

use std::io::Write as _;
use std::time::Instant;

use anyhow::Context as _;
use pullquote::analysis::token::Document;
use pullquote::analysis::{Engine, Lexicon, Options};

fn main() -> anyhow::Result<()> {
    let mut files = Vec::new();
    let (mut errors, mut only, mut predict) = (0_usize, None, None);
    let mut options = Options::default();
    let (mut gold_names, mut rules) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--gold-names" => gold_names = true,
            "--beliefs" => options.beliefs = true,
            "--errors" => errors = arguments.next().context("--errors needs a number")?.parse()?,
            "--rules" => rules = true,
            "--only" => only = Some(arguments.next().context("--only needs a kind of error")?),
            "--predict" => predict = Some(arguments.next().context("--predict needs a file to write")?),
            _ => files.push(argument),
        }
    }
    anyhow::ensure!(
        !files.is_empty(),
        "usage: evaluate GOLD.jsonl... [--errors N] [--only KIND] [--predict FILE] [--rules]"
    );
    let started = Instant::now();
    let lexicon = Lexicon::embedded();
    let engine = Engine::new(if rules { lexicon.without_weights() } else { lexicon });
    let _ = engine.analyze("Ana spoke.");
    let start = started.elapsed();
    let lists = Lexicon::embedded();
    let mut articles = Vec::new();
    for file in &files {
        articles.extend(gold::read(file)?);
    }
    let mut out = predict.map(|file| std::fs::File::create(&file).with_context(|| file)).transpose()?;
    let mut score = score::Score::default();
    let mut spent = std::time::Duration::ZERO;
    let mut words = 0;
    for article in &articles {
        let started = Instant::now();
        let analysis = if gold_names {
            let document = Document::new(&article.text);
            engine.attribute(&document, &cast::gold(article, &document, &lists), options)
        } else {
            engine.analyze_with(&article.text, options)
        };
        spent += started.elapsed();
        words += article.text.split_whitespace().count();
        score.add(article, &analysis);
        if let Some(out) = &mut out {
            writeln!(out, "{}", predict::row(article, &analysis))?;
        }
    }
    print!("{score}");
    let wanted = score.errors.iter().filter(|error| only.as_ref().is_none_or(|only| error.kind == *only));
    for error in wanted.take(errors) {
        println!("{}  {}  {}", error.article, error.kind, error.text);
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for the terminal")]
    let rate = words as f64 / spent.as_secs_f64().max(1e-9);
    eprintln!("{words} words in {spent:.1?}, {rate:.0} words a second; ready after {start:.1?}");
    Ok(())
}
