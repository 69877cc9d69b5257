//! `pullquote export`: what the user added to texts (highlights, notes, corrections), as Markdown or JSON.
//!
//! The order is stable: stories by day, the newest first, then by title and content; highlights by their place in the
//! story, corrections as they were made. What is added later moves nothing else.

mod json;
mod markdown;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::arguments::{Export, ExportFormat};
use super::library::Library;
use super::{NOTHING, complain, finish};
use crate::article::Article;
use crate::runtime::{USAGE, files};
use crate::store::{ArticleId, Error, Highlight, KeptCorrection, Store};
use crate::text::safe;

/// Highlights read from the library at a time.
const PAGE: usize = 1_000;

/// One text with what the user added to it.
struct Story {
    /// [`Article::content_id`] of the text.
    content: u64,
    article: Option<ArticleId>,
    about: About,
    /// In order of their place; those that lost theirs last.
    highlights: Vec<Highlight>,
    /// In the order they were made.
    corrections: Vec<KeptCorrection>,
    /// The text, where the library keeps it.
    text: Option<String>,
}

/// What is known of a text. All strings are safe lines, empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct About {
    title: String,
    byline: String,
    source: String,
    date: Option<jiff::civil::Date>,
    url: String,
}

impl About {
    fn of_article(article: &Article) -> Self {
        let meta = &article.meta;
        Self {
            title: meta.title.clone(),
            byline: meta.byline.clone().unwrap_or_default(),
            source: meta.source.clone().unwrap_or_default(),
            date: meta.date,
            url: meta.url.clone().unwrap_or_default(),
        }
    }

    fn of_highlight(highlight: &Highlight) -> Self {
        let Highlight { title, source, url, date, .. } = highlight.clone();
        Self { title, byline: String::new(), source, date, url }
    }

    /// The story's citation, as the reader copies it: title, who wrote it, who published it and when, address.
    fn citation(&self) -> String {
        let date = self.date.map(super::day).unwrap_or_default();
        let published = [self.source.as_str(), &date].into_iter().filter(|part| !part.is_empty());
        let published = published.collect::<Vec<_>>().join(", ");
        let sentences = [&self.title, &self.byline, &published].into_iter().filter(|part| !part.is_empty());
        let ended =
            |part: &String| if part.ends_with(['.', '?', '!', '…']) { part.clone() } else { format!("{part}.") };
        let address = Some(self.url.clone()).filter(|url| !url.is_empty());
        sentences.map(ended).chain(address).collect::<Vec<_>>().join(" ")
    }

    /// Who wrote it, who published it and when, as far as they are known: `Ana Lee, Wikinews, 21 November 2025`.
    fn published(&self) -> String {
        let date = self.date.map(super::day).unwrap_or_default();
        let parts = [self.byline.clone(), self.source.clone(), date];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Runs the command. Exit code 0; 1 where there is nothing to export or it cannot be written; 2 where the library is
/// wrong.
#[must_use]
pub fn run(arguments: &Export) -> ExitCode {
    let stories = Library::find(arguments.library.path())
        .and_then(|library| library.open_existing())
        .and_then(|store| collect(&store, arguments).map_err(|error| error.to_string()));
    let stories = match stories {
        Ok(stories) => stories,
        Err(line) => {
            complain(&line);
            return USAGE.into();
        }
    };
    if stories.is_empty() {
        complain(nothing(arguments));
        return NOTHING.into();
    }
    let page = match format(arguments) {
        ExportFormat::Markdown => markdown::page(&stories).into_bytes(),
        ExportFormat::Json => json::document(&stories),
    };
    match &arguments.output {
        None => finish(print(&page)),
        Some(path) => match save(path, &page) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
                let reason = match folder {
                    Some(folder) => format!("there is no folder {}", folder.display()),
                    None => files::reason(&error),
                };
                complain(&format!("{}: {reason}; choose another file with --output", path.display()));
                ExitCode::FAILURE
            }
        },
    }
}

/// The format asked for, or that of the file's ending.
fn format(arguments: &Export) -> ExportFormat {
    let ending = arguments.output.as_ref().and_then(|path| path.extension());
    let is_json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    arguments.format.unwrap_or(if is_json { ExportFormat::Json } else { ExportFormat::Markdown })
}

fn nothing(arguments: &Export) -> &'static str {
    match (arguments.highlights, arguments.corrections) {
        (true, true) => "there are no highlights, notes or corrections yet; `a`, `A` and `c` in the reader make them",
        (false, true) => "there are no corrections yet; `c` in the reader makes them",
        _ => "there are no highlights or notes yet; `a` and `A` in the reader make them",
    }
}

fn collect(store: &Store, arguments: &Export) -> Result<Vec<Story>, Error> {
    let mut stories: BTreeMap<u64, Story> = BTreeMap::new();
    if arguments.highlights {
        let mut offset = 0;
        loop {
            let page = store.highlights(offset, PAGE)?;
            offset += page.len();
            let is_last = page.len() < PAGE;
            for highlight in page {
                let about = || About::of_highlight(&highlight);
                let story = entry(&mut stories, highlight.content, highlight.article, about);
                story.highlights.push(highlight);
            }
            if is_last {
                break;
            }
        }
    }
    if arguments.corrections {
        for correction in store.corrections()? {
            entry(&mut stories, correction.content, correction.article, About::default).corrections.push(correction);
        }
    }
    let mut stories: Vec<Story> = stories.into_values().collect();
    for story in &mut stories {
        story.highlights.sort_by_key(|highlight| (highlight.span.is_none(), highlight.span, highlight.id));
        // What cannot be read of an article is not exported with its highlights; they hold their words themselves.
        if let Some(article) = story.article.and_then(|article| store.load(article).ok()) {
            story.about = About::of_article(&article);
            story.text = Some(article.text);
        } else if story.about == About::default() {
            story.about = known_about(store, story.content)?;
        }
    }
    stories.sort_by_cached_key(|story| (Reverse(story.about.date), story.about.title.to_lowercase(), story.content));
    Ok(stories)
}

fn entry(
    stories: &mut BTreeMap<u64, Story>,
    content: u64,
    article: Option<ArticleId>,
    about: impl FnOnce() -> About,
) -> &mut Story {
    stories.entry(content).or_insert_with(|| Story {
        content,
        article,
        about: about(),
        highlights: Vec::new(),
        corrections: Vec::new(),
        text: None,
    })
}

/// What the highlights on a text that is not kept tell about it.
fn known_about(store: &Store, content: u64) -> Result<About, Error> {
    Ok(store.highlights_on(content)?.first().map(About::of_highlight).unwrap_or_default())
}

fn print(page: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(page)?;
    out.flush()
}

/// Writes `page` beside `path` and puts it in its place: an earlier export is whole until the new one is.
fn save(path: &Path, page: &[u8]) -> io::Result<()> {
    if path.exists() && !path.is_file() {
        // A device or a pipe is written as it is.
        return fs::write(path, page);
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let write = || -> io::Result<()> {
        let mut file = fs::File::create_new(&part)?;
        file.write_all(page)?;
        file.sync_all()?;
        fs::rename(&part, resolved(path))
    };
    write().inspect_err(|_| drop(fs::remove_file(&part)))
}

/// The file that a link leads to: it is replaced, and not the link.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

impl Story {
    /// What it is called.
    fn title(&self) -> String {
        if self.about.title.is_empty() {
            format!("A text that is not in the library ({:016x})", self.content)
        } else {
            safe::line(&self.about.title)
        }
    }
}
