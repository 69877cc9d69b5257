//! The steps beside the names: tags and heads, then cues, sources, contents and speakers.

use std::path::{Path, PathBuf};

use crate::attributions::Write;
use crate::{attributions, syntax};

/// Where everything is read from.
pub struct Folders {
    pub data: PathBuf,
    pub gold: PathBuf,
}

/// Runs the steps that are asked for by name; answers whether any was.
pub fn run(data: &Path, gold: &Path, asked: &[String]) -> anyhow::Result<bool> {
    let folders = Folders { data: data.to_path_buf(), gold: gold.to_path_buf() };
    let mut any = false;
    for step in asked {
        match step.as_str() {
            "syntax" => syntax::train(&folders)?,
            "attributions" => attributions::train(&folders, Write::Everything)?,
            "confidence" => attributions::train(&folders, Write::Confidence)?,
            _ => continue,
        }
        any = true;
    }
    Ok(any)
}
