//! Trains the names model: `cargo run --release --example train -- DATA_DIR GOLD_DIR`.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]
#![allow(clippy::print_stdout, reason = "it reports to the terminal")]

mod attributions;
mod calibrate;
mod case;
mod count;
mod crf;
mod gold;
#[allow(dead_code, reason = "the example that owns it prints more than this one")]
#[path = "../evaluate/judge/mod.rs"]
mod judge;
mod learner;
mod linear;
mod passes;
mod polnear;
mod steps;
mod syntax;
mod treebank;
mod wikinews;

use std::path::Path;

use count::Count;
use crf::Settings;
use passes::{Article, Options};
use pullquote::analysis::Lexicon;
use pullquote::analysis::token::Document;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, gold_dir, rest @ ..] = arguments.as_slice() else { anyhow::bail!("usage: train DATA_DIR GOLD_DIR") };
    let number = |name: &str, default: f32| {
        rest.iter()
            .position(|a| a == name)
            .and_then(|at| rest.get(at + 1))
            .and_then(|v| v.parse().ok())
            .unwrap_or(default)
    };
    let gold_dir = Path::new(gold_dir);
    if steps::run(Path::new(data), gold_dir, rest)? {
        return Ok(());
    }
    let lexicon = Lexicon::embedded();
    let mut texts = Vec::new();
    for (source, file) in ["train", "names", "names-polnear", "dev"].iter().enumerate() {
        texts.extend(gold::read(&gold_dir.join(file).with_extension("jsonl"), source)?);
    }
    let started = std::time::Instant::now();
    let documents: Vec<Document<'_>> = texts.iter().map(|text| Document::new(&text.text)).collect();
    let articles: Vec<Article<'_>> =
        texts.iter().zip(&documents).map(|(text, document)| Article::new(text, document, &lexicon)).collect();
    println!("{} texts, {:.1?}", texts.len(), started.elapsed());
    let settings = Settings {
        epochs: number("--epochs", 12.0) as usize,
        rate: number("--rate", 0.03),
        decay: number("--decay", 1e-4),
        dropout: number("--dropout", 0.3),
        seed: 1,
    };
    let options = Options {
        first: settings,
        second: Settings {
            epochs: number("--epochs2", 8.0) as usize,
            rate: number("--rate2", 0.03),
            decay: number("--decay2", 1e-4),
            dropout: number("--dropout2", 0.1),
            seed: 2,
        },
        least: number("--least", 2.0) as u32,
        least2: number("--least2", 2.0) as u32,
        folds: number("--jack", 4.0) as usize,
        weights: [number("--w0", 1.0), number("--w1", 1.0), number("--w2", 1.0), 1.0],
    };
    let train: Vec<&Article<'_>> = articles.iter().filter(|a| a.source() < 3).collect();
    let dev: Vec<&Article<'_>> = articles.iter().filter(|a| a.source() == 3).collect();
    let model = passes::train(&train, &lexicon, &options);
    let (mut one, mut two) = (Count::default(), Count::default());
    for article in &dev {
        let (first, second) = model.predict(article, &lexicon);
        one.add(&article.gold, &first);
        two.add(&article.gold, &second);
    }
    println!("dev 1: {}  {}", one.line(), model.size());
    println!("dev 2: {}  {:.1?}", two.line(), started.elapsed());
    if let Some(at) = rest.iter().position(|a| a == "--write") {
        let bytes = model.packed(number("--rows", 100_000.0) as usize);
        let file = rest.get(at + 1).map_or("assets/model/names.bin", String::as_str);
        std::fs::write(file, &bytes)?;
        println!("{file}: {} bytes", bytes.len());
    }
    let folds = number("--folds", 0.0) as usize;
    if folds > 0 {
        let wiki: Vec<usize> = (0..train.len()).filter(|at| train[*at].source() == 0).collect();
        let (mut one, mut two) = (Count::default(), Count::default());
        for fold in 0..folds {
            let held = |at: usize| wiki.iter().position(|w| *w == at).is_some_and(|p| p % folds == fold);
            let rest: Vec<&Article<'_>> = (0..train.len()).filter(|at| !held(*at)).map(|at| train[at]).collect();
            let model = passes::train(&rest, &lexicon, &options);
            for at in (0..train.len()).filter(|at| held(*at)) {
                let (first, second) = model.predict(train[at], &lexicon);
                one.add(&train[at].gold, &first);
                two.add(&train[at].gold, &second);
            }
        }
        println!("folds 1: {}", one.line());
        println!("folds 2: {}  {:.1?}", two.line(), started.elapsed());
    }
    Ok(())
}
