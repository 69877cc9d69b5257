//! Trains the weights that the program carries: `cargo run --release --example train -- DATA_DIR GOLD_DIR [STEP...] [--OPTION VALUE...]`.
//!
//! DATA_DIR holds the corpora (`gum`, `polnear`, `polnear-corenlp`), GOLD_DIR the annotated articles. Steps are
//! `names`, `syntax` (tags and heads) and `attributions`; without any, all run in this order. Every step is deterministic and writes its file
//! under `assets/model`.

#![expect(clippy::print_stdout, reason = "a report for the terminal is what it makes")]

mod attributions;
mod count;
mod crf;
mod explore;
mod gold;
mod learner;
mod linear;
mod names;
mod passes;
mod polnear;
mod syntax;
mod treebank;

use std::path::PathBuf;

use anyhow::Context as _;

/// Where everything is read from.
struct Folders {
    data: PathBuf,
    gold: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train DATA_DIR GOLD_DIR [STEP...]";
    let data = arguments.next().context(usage)?;
    let gold = arguments.next().context(usage)?;
    let rest: Vec<String> = arguments.collect();
    let options = rest.iter().position(|word| word.starts_with("--")).unwrap_or(rest.len());
    let (steps, options) = rest.split_at(options);
    let folders = Folders { data: PathBuf::from(data), gold: PathBuf::from(gold) };
    let wanted = |step: &str| steps.is_empty() || steps.iter().any(|asked| asked == step);
    if wanted("names") {
        names::train(&folders, options)?;
    }
    if wanted("syntax") {
        syntax::train(&folders)?;
    }
    if wanted("attributions") {
        attributions::train(&folders)?;
    }
    if wanted("explore") {
        explore::run(&folders)?;
    }
    Ok(())
}
