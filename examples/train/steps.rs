//! The steps: names, tags and heads, then cues, sources, contents and speakers; each learns from those before it.

use std::path::{Path, PathBuf};

use crate::attributions::Write;
use crate::{attributions, names, syntax};

/// Where everything is read from.
pub struct Folders {
    pub data: PathBuf,
    pub gold: PathBuf,
}

/// What the steps are called; all but `names-folds`, which only prints scores, write a file of weights.
pub const NAMES: [&str; 5] = ["names", "names-folds", "syntax", "attributions", "confidence"];

/// The steps that make all weights, in an order in which each has what it needs.
const ALL: [&str; 3] = ["names", "syntax", "attributions"];

/// Runs the steps that are asked for by name; all that make weights where none is.
pub fn run(data: &Path, gold: &Path, asked: &[String]) -> anyhow::Result<()> {
    let folders = Folders { data: data.to_path_buf(), gold: gold.to_path_buf() };
    let asked: Vec<&str> = if asked.is_empty() { ALL.to_vec() } else { asked.iter().map(String::as_str).collect() };
    for step in asked {
        match step {
            "names" => names::train(&folders)?,
            "names-folds" => names::cross_validate(&folders)?,
            "syntax" => syntax::train(&folders)?,
            "attributions" => attributions::train(&folders, Write::Everything)?,
            "confidence" => attributions::train(&folders, Write::Confidence)?,
            unknown => anyhow::bail!("no step {unknown}: there are {}", NAMES.join(", ")),
        }
    }
    Ok(())
}
