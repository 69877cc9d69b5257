//! The steps beside the names: tags and heads, then cues, sources, contents and speakers.

use std::path::{Path, PathBuf};

use crate::{attributions, syntax};

/// Where everything is read from.
pub struct Folders {
    pub data: PathBuf,
    pub gold: PathBuf,
    /// Where to write what the held-out articles got, for `score.py`.
    pub predict: Option<PathBuf>,
}

/// Runs the steps that are asked for by name; answers whether any was.
pub fn run(data: &Path, gold: &Path, asked: &[String]) -> anyhow::Result<bool> {
    let predict = asked.iter().position(|word| word == "--predict").and_then(|at| asked.get(at + 1)).map(PathBuf::from);
    let folders = Folders { data: data.to_path_buf(), gold: gold.to_path_buf(), predict };
    let mut any = false;
    for step in asked {
        match step.as_str() {
            "syntax" => syntax::train(&folders)?,
            "attributions" => attributions::train(&folders)?,
            _ => continue,
        }
        any = true;
    }
    Ok(any)
}
