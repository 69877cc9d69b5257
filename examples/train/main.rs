//! Trains the weights that the program carries: `cargo run --release --example train -- DATA_DIR GOLD_DIR [STEP...]`.
//!
//! DATA_DIR holds the corpora (`gum`, `polnear`, `polnear-corenlp`), GOLD_DIR the annotated articles. Steps are
//! `syntax` (tags and heads); without any, all run in this order. Every step is deterministic and writes its file
//! under `assets/model`.

#![expect(clippy::print_stdout, reason = "a report for the terminal is what it makes")]

mod attributions;
mod explore;
mod learner;
mod linear;
mod polnear;
mod syntax;
mod treebank;

use std::path::PathBuf;

use anyhow::Context as _;

/// Where everything is read from.
struct Folders {
    data: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train DATA_DIR GOLD_DIR [STEP...]";
    let data = arguments.next().context(usage)?;
    let _gold = arguments.next().context(usage)?;
    let steps: Vec<String> = arguments.collect();
    let folders = Folders { data: PathBuf::from(data) };
    let wanted = |step: &str| steps.is_empty() || steps.iter().any(|asked| asked == step);
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
