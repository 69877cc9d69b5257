//! How far it is: a bar on a terminal, with rate and time left; nothing elsewhere.

use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::command::count;
use crate::runtime::sources::{self, Named};
use crate::text::safe;

/// Before the sizes of all files are added up.
const UNMEASURED: &str = "{spinner} {msg}";

/// Bytes are what is measured, articles what is told.
const MEASURED: &str = "[{bar:30}] {percent:>3}%  {msg}  {eta} left";

/// A bar.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    articles: u64,
    /// What is done with them, if it needs saying.
    what: &'static str,
}

impl Progress {
    /// A bar over all of `paths`, whose sizes are added up meanwhile.
    pub(super) fn over(paths: &[PathBuf]) -> Self {
        let progress = Self::new(None, "");
        let hosts = paths.iter().filter_map(|path| match sources::named(path) {
            Named::Page(address) => Some(address.host().to_owned()),
            Named::Path(_) | Named::Neither(_) => None,
        });
        let hosts: Vec<String> = hosts.collect();
        if let Some(host) = hosts.first() {
            // How long a server takes, no size tells.
            let others = if hosts.len() > 1 { format!(" and {} more", hosts.len() - 1) } else { String::new() };
            progress.bar.set_message(format!("fetching {host}{others} ... (Ctrl-C stops)"));
            progress.bar.tick();
            return progress;
        }
        if let Some(pipe) = paths.first().filter(|_| paths.iter().all(|path| is_pipe(path))) {
            // Nobody may write to it.
            progress.bar.set_message(format!("waiting for {} ... (Ctrl-C stops)", safe::line(&pipe.to_string_lossy())));
            progress.bar.tick();
            return progress;
        }
        if !progress.bar.is_hidden() && paths.iter().all(|path| path.as_os_str() != "-") {
            let (bar, paths) = (progress.bar.clone(), paths.to_vec());
            let measure = move || {
                let total = paths.iter().map(|path| sources::size(path)).sum();
                bar.set_style(style(MEASURED));
                bar.set_length(total);
            };
            // Without it there is no time left to tell, which is no reason not to begin.
            let _ = thread::Builder::new().name("sizes".to_owned()).spawn(measure);
        }
        progress
    }

    /// A bar over so many articles that are analysed again.
    pub(super) fn again(articles: u64) -> Self {
        Self::new(Some(articles), " analysed again")
    }

    fn new(length: Option<u64>, what: &'static str) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let target = if dumb { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(length, target);
        bar.set_style(style(if length.is_some() { MEASURED } else { UNMEASURED }));
        Self { bar, articles: 0, what }
    }

    /// So many more articles, and so much more of the whole.
    pub(super) fn advance(&mut self, articles: u64, part: u64) {
        self.articles += articles;
        self.bar.inc(part);
        if !self.bar.is_hidden() {
            let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
            #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
            let rate = self.articles as f64 / seconds;
            let articles = count(usize::try_from(self.articles).unwrap_or(usize::MAX), "article");
            self.bar.set_message(format!("{articles}{}, {rate:.0} a second", self.what));
        }
    }

    /// Says something above the bar.
    pub(super) fn say(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Takes the bar away.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}

fn is_pipe(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}
