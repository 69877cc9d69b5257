//! Quotes for people at a terminal.

use std::fmt::Write;

use super::{Answer, kind};
use crate::analysis::QuoteKind;
use crate::command::day;

/// All speakers with their stories, by day.
pub(super) fn page(answer: &Answer) -> String {
    let mut page = String::new();
    for speaker in &answer.speakers {
        let _ = writeln!(page, "{} · {}", speaker.person.name, speaker.facts());
        let mut today = None;
        for story in &speaker.stories {
            let article = &story.article;
            if today != Some(article.date) {
                let _ = writeln!(page, "\n  {}", article.date.map_or_else(|| "without a date".to_owned(), day));
                today = Some(article.date);
            }
            let source = if article.source.is_empty() { String::new() } else { format!(" · {}", article.source) };
            let _ = writeln!(page, "  {}{source}", article.title);
            for quote in &story.quotes {
                let reported =
                    if quote.kind == QuoteKind::Direct { String::new() } else { format!(" [{}]", kind(quote.kind)) };
                let _ = writeln!(page, "    {}{reported}", quote.words);
                for other in answer.others(quote, article.id) {
                    let day = other.date.map(|date| format!(", {}", day(date))).unwrap_or_default();
                    let _ = writeln!(page, "      also in: {}{day}", other.title);
                }
            }
        }
        page.push('\n');
    }
    page
}
