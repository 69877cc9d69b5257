//! Trains the weights in `assets/model`: `cargo run --release --example train -- DATA_DIR GOLD_DIR [--without-polnear]
//! [STEP...]`.

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
mod names;
mod passes;
mod polnear;
mod pronouns;
#[path = "../evaluate/reliability.rs"]
mod reliability;
mod steps;
mod syntax;
mod treebank;
mod wikinews;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, gold, asked @ ..] = arguments.as_slice() else {
        anyhow::bail!(
            "usage: train DATA_DIR GOLD_DIR [--without-polnear] [STEP...], a step being {}",
            steps::NAMES.join(", ")
        );
    };
    steps::run(data.as_ref(), gold.as_ref(), asked)
}
