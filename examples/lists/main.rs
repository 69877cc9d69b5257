//! Makes the derived word lists from open data: `cargo run --release --example lists -- DATA_DIR GOLD_DIR`.
//!
//! Writes the lists of `assets/lists` that `SOURCES.md` calls derived, one entry a line, sorted, its tokens separated
//! by blanks; the others are kept by hand. Entries with accents come a second time without.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]
#![expect(clippy::print_stdout, reason = "it reports to the terminal what it wrote")]

mod common;
mod gazetteers;
mod raw;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use pullquote::analysis::lexicon::plain;
use pullquote::analysis::token::Document;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, gold] = arguments.as_slice() else { anyhow::bail!("usage: lists DATA_DIR GOLD_DIR") };
    let (data, gold) = (Path::new(data), Path::new(gold));
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lists");
    let common = common::words(&raw::texts(data, gold)?);
    for (name, entries) in gazetteers::lists(&data.join("gazetteers"))? {
        write(&target, name, &normalised(&entries))?;
    }
    write(&target, "common", &common)
}

fn write(target: &Path, name: &str, entries: &BTreeSet<String>) -> anyhow::Result<()> {
    let file = target.join(name).with_extension("txt");
    let lines: String = entries.iter().flat_map(|entry| [entry.as_str(), "\n"]).collect();
    std::fs::write(&file, &lines).with_context(|| file.display().to_string())?;
    println!("{name}: {} entries, {} bytes", entries.len(), lines.len());
    Ok(())
}

/// The entries as tokens separated by blanks, also without accents; none longer than six tokens.
fn normalised(entries: &BTreeSet<String>) -> BTreeSet<String> {
    let mut normal = BTreeSet::new();
    for entry in entries {
        for variant in [entry.trim().to_owned(), plain(entry.trim())] {
            let variant = variant.replace('’', "'");
            let document = Document::new(&variant);
            let tokens: Vec<&str> = (0..document.tokens.len()).map(|at| document.text_of(at)).collect();
            if (1..=6).contains(&tokens.len()) && variant.chars().count() > 1 {
                normal.insert(tokens.join(" "));
            }
        }
    }
    normal
}
