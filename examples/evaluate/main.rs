//! Scores the engine against gold annotations: `cargo run --release --example evaluate -- GOLD.jsonl`.
//!
//! Prints the table of `score.py`, by the same definitions, or with `--polnear DIR` that of `polnear_score.py`. Each line
//! of GOLD holds `{"id", "text", "spans": [{"kind", "entity", "start", "end"}]}`, offsets in code points.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads files")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a report for the terminal is what it makes")]

mod ablate;
mod judge;
mod reliability;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use judge::classes::Errors;
use judge::gold::Article;
use judge::predicted::Predictions;
use judge::score::Score;
use judge::{gold, polnear};
use pullquote::analysis::{Analysis, Options};

use ablate::Build;
use reliability::Reliability;

/// Scores the engine, or the predictions of any program, against gold annotations.
#[derive(Debug, Parser)]
#[command(name = "evaluate")]
struct Arguments {
    /// Annotated articles, one a line: `{"id", "text", "spans": [{"kind", "entity", "start", "end"}]}`
    #[arg(value_name = "GOLD.jsonl", required_unless_present = "polnear")]
    gold: Vec<String>,

    /// Score sources, cues and contents, beliefs among them, on the articles of this folder (`text`, `attributions`)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["gold", "classes", "errors", "ablate", "gold_names"])]
    polnear: Option<PathBuf>,

    /// Score what this file predicts, in the format of `pullquote extract`, instead of the engine
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ablate", "gold_names", "rules"])]
    predicted: Option<PathBuf>,

    /// Count the errors by class, the worst first
    #[arg(long)]
    classes: bool,

    /// List the first N errors
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,

    /// List only errors whose class begins like this ("speaker", "organization: missed")
    #[arg(long, value_name = "CLASS", requires = "errors")]
    only: Option<String>,

    /// Score the engine without each of its parts in turn
    #[arg(long)]
    ablate: bool,

    /// Tell how many of the speakers are right, by how sure the engine is of them
    #[arg(long, conflicts_with_all = ["ablate", "predicted"])]
    reliability: bool,

    /// Take the names as annotated, to score who says what apart from them
    #[arg(long)]
    gold_names: bool,

    /// Find names by rules alone
    #[arg(long)]
    rules: bool,

    /// Look for beliefs too, which changes what counts as reported
    #[arg(long)]
    beliefs: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let read = |file: &Path| std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    let predicted = arguments.predicted.as_deref().map(|file| Predictions::read(&read(file)?)).transpose()?;
    if let Some(folder) = &arguments.polnear {
        return score_polnear(folder, predicted.as_ref());
    }
    let mut articles = Vec::new();
    for file in &arguments.gold {
        articles.extend(gold::read(file)?);
    }
    if arguments.ablate {
        print!("{}", ablate::table(&articles));
        return Ok(());
    }
    let (mut score, mut errors, mut reliability) = (Score::default(), Errors::default(), Reliability::default());
    let mut add = |article: &Article, analysis: &Analysis| {
        score.add(article, analysis);
        reliability.add(article, analysis);
        errors.add(article, analysis);
    };
    if let Some(predicted) = predicted {
        for article in &articles {
            add(article, &predicted.analysis(&article.id, &article.text)?);
        }
    } else {
        let options = Options { beliefs: arguments.beliefs };
        let build = Build { rules: arguments.rules, gold_names: arguments.gold_names, ..Build::default() };
        let engine = build.engine();
        let mut watch = Watch::default();
        for article in &articles {
            let analysis = watch.time(&article.text, || build.analyze(&engine, article, options));
            add(article, &analysis);
        }
        eprintln!("{watch}");
    }
    print!("{score}");
    if arguments.reliability {
        print!("{reliability}");
    }
    report(&arguments, &errors);
    Ok(())
}

fn report(arguments: &Arguments, errors: &Errors) {
    if arguments.classes {
        println!();
        for (class, count) in errors.counts() {
            println!("{count:6}  {class}");
        }
    }
    let begins = |class: &str| arguments.only.as_ref().is_none_or(|only| class.starts_with(only));
    for error in errors.all.iter().filter(|error| begins(&error.class)).take(arguments.errors) {
        println!("{}  {}  {}", error.article, error.class, error.text);
    }
}

fn score_polnear(folder: &Path, predicted: Option<&Predictions>) -> anyhow::Result<()> {
    let articles = polnear::read(folder)?;
    anyhow::ensure!(!articles.is_empty(), "no annotated article in {}", folder.display());
    let engine = Build::default().engine();
    let (mut score, mut watch) = (polnear::Score::default(), Watch::default());
    for article in &articles {
        let analysis = match predicted {
            Some(predicted) => predicted.analysis(&article.id, &article.text)?,
            None => watch.time(&article.text, || engine.analyze_with(&article.text, Options { beliefs: true })),
        };
        score.add(article, &analysis);
    }
    if predicted.is_none() {
        eprintln!("{watch}");
    }
    print!("{score}");
    Ok(())
}

/// How fast it goes.
#[derive(Default)]
struct Watch {
    words: usize,
    spent: Duration,
}

impl Watch {
    fn time<T>(&mut self, text: &str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.spent += started.elapsed();
        self.words += text.split_whitespace().count();
        done
    }
}

impl std::fmt::Display for Watch {
    #[expect(clippy::cast_precision_loss, reason = "a rate for the terminal")]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rate = self.words as f64 / self.spent.as_secs_f64().max(1e-9);
        write!(f, "{} words in {:.1?}, {rate:.0} words a second", self.words, self.spent)
    }
}
