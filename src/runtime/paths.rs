//! Where the user's files are: the platform's own folders, or what the environment says.
//!
//! `PULLQUOTE_CONFIG` names another settings file, `PULLQUOTE_DATA` another data folder, `PULLQUOTE_LIBRARY`
//! another library. Without a home there are
//! none, and the reader works with its defaults and without memory.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The settings file, whether it exists or not.
#[must_use]
pub fn settings() -> Option<PathBuf> {
    from_environment("PULLQUOTE_CONFIG").or_else(|| Some(project()?.config_dir().join("config.toml")))
}

/// The folder for what the reader remembers, whether it exists or not.
#[must_use]
pub fn data() -> Option<PathBuf> {
    from_environment("PULLQUOTE_DATA").or_else(|| Some(project()?.data_dir().to_owned()))
}

/// The library's file, whether it exists or not.
#[must_use]
pub fn library() -> Option<PathBuf> {
    chosen_library().or_else(|| Some(data()?.join("library.db")))
}

/// The library that the environment names.
#[must_use]
pub fn chosen_library() -> Option<PathBuf> {
    from_environment("PULLQUOTE_LIBRARY")
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pullquote")
}

fn from_environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
