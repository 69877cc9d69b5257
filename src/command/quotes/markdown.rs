//! Quotes as Markdown, to be pasted into notes: block quotations with their attribution.

use std::fmt::Write;

use super::{Answer, kind};
use crate::command::day;
use crate::command::markdown::escaped;
use crate::store::Summary;

/// All speakers with their stories.
pub(super) fn page(answer: &Answer) -> String {
    let mut page = String::new();
    for speaker in &answer.speakers {
        let _ = writeln!(page, "# {}\n\n{}\n", escaped(&speaker.person.name), escaped(&speaker.facts()));
        for story in &speaker.stories {
            let _ = writeln!(page, "## {}\n", heading(&story.article));
            for quote in &story.quotes {
                let role = quote.role.as_deref().map(|role| format!(", {}", escaped(role))).unwrap_or_default();
                let _ = writeln!(page, "> {}", escaped(&quote.words));
                let _ = writeln!(page, ">\n> — {}{role} ({})\n", escaped(&quote.name), kind(quote.kind));
                let others: Vec<String> = answer.others(quote, story.article.id).into_iter().map(heading).collect();
                if !others.is_empty() {
                    let _ = writeln!(page, "Also in: {}\n", others.join("; "));
                }
            }
        }
    }
    page
}

/// Title, linked where it has an address, source and day.
fn heading(article: &Summary) -> String {
    let title = escaped(&article.title);
    let title = match &article.url {
        Some(url) => format!("[{title}](<{}>)", url.replace(['<', '>'], "")),
        None => title,
    };
    let source = Some(escaped(&article.source)).filter(|source| !source.is_empty());
    std::iter::once(title).chain(source).chain(article.date.map(day)).collect::<Vec<_>>().join(", ")
}
