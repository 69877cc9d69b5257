//! The settings in force: the user's file, what the command line says otherwise, what the terminal can do.

use super::session::Options;
use super::{environment, files, paths};
use crate::app::Keymap;
use crate::config::{self, Colors, Problem, Settings};
use crate::text::safe;

/// The settings in force, and what is wrong with them, a line each.
#[must_use]
pub fn read(options: &Options) -> (Settings, Vec<String>) {
    let named = options.config.is_some();
    let path = options.config.clone().or_else(paths::settings);
    let (mut settings, mut problems) = (Settings::default(), Vec::new());
    if let Some(path) = path.filter(|path| named || path.exists()) {
        let shown = path.to_string_lossy();
        match files::read(&path) {
            Ok(bytes) => {
                let (read, wrong) = config::read(&String::from_utf8_lossy(&bytes), &shown);
                settings = read;
                let (_, unbound) = Keymap::new(&settings, &shown);
                let mut all: Vec<Problem> = wrong.into_iter().chain(unbound).collect();
                all.sort_by_key(|problem| problem.line);
                problems.extend(all.iter().map(|problem| safe::line(&problem.to_string())));
            }
            Err(reason) => problems.push(safe::line(&format!("{shown}: {reason}"))),
        }
    }
    if let Some(theme) = &options.theme {
        settings.theme = theme.clone();
    }
    if settings.colors == Colors::Auto {
        settings.colors = environment::colors();
    }
    settings.ascii = settings.ascii.or_else(|| Some(environment::ascii()));
    // crossterm has its own opinion of `NO_COLOR`; the settings may know better.
    crossterm::style::force_color_output(true);
    (settings, problems)
}

/// What is wrong with the settings, as one line: the first and how many more.
#[must_use]
pub fn notice(problems: &[String]) -> Option<String> {
    let first = problems.first()?;
    Some(match problems.len() - 1 {
        0 => first.clone(),
        more => format!("{first} (and {more} more)"),
    })
}
