//! The steps: names, tags and heads, then cues, sources, contents and speakers; each learns from those before it.

use std::path::{Path, PathBuf};

use crate::attributions::Write;
use crate::{attributions, names, polnear, pronouns, syntax};

/// Where everything is read from.
pub struct Folders {
    pub data: PathBuf,
    pub gold: PathBuf,
    /// Whether nothing is learned from PolNeAR, to see what it is worth.
    pub without_polnear: bool,
}

impl Folders {
    /// The articles of PolNeAR to learn from.
    pub fn polnear(&self) -> anyhow::Result<Vec<polnear::Article>> {
        if self.without_polnear { Ok(Vec::new()) } else { polnear::read(&self.data.join("polnear/data/train")) }
    }
}

/// What the steps are called; all but `names-folds`, which only prints scores, write a file of weights.
pub const NAMES: [&str; 6] = ["names", "names-folds", "syntax", "pronouns", "attributions", "confidence"];

/// The steps that make all weights, in an order in which each has what it needs.
const ALL: [&str; 4] = ["names", "syntax", "pronouns", "attributions"];

/// Leaves PolNeAR out.
const WITHOUT: &str = "--without-polnear";

/// Runs the steps that are asked for by name; all that make weights where none is.
pub fn run(data: &Path, gold: &Path, asked: &[String]) -> anyhow::Result<()> {
    let without_polnear = asked.iter().any(|word| word == WITHOUT);
    let folders = Folders { data: data.to_path_buf(), gold: gold.to_path_buf(), without_polnear };
    let asked: Vec<&str> = asked.iter().map(String::as_str).filter(|word| *word != WITHOUT).collect();
    let asked = if asked.is_empty() { ALL.to_vec() } else { asked };
    for step in asked {
        match step {
            "names" => names::train(&folders)?,
            "names-folds" => names::cross_validate(&folders)?,
            "syntax" => syntax::train(&folders)?,
            "pronouns" => pronouns::train(&folders)?,
            "attributions" => attributions::train(&folders, Write::Everything)?,
            "confidence" => attributions::train(&folders, Write::Confidence)?,
            unknown => anyhow::bail!("no step {unknown}: there are {}", NAMES.join(", ")),
        }
    }
    Ok(())
}
