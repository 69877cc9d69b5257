//! What the user added to texts as Markdown: a heading for each story, its citation, then block quotations with the notes
//! below them.

use std::fmt::Write;

use super::Story;
use crate::analysis::correct::Correction;
use crate::command::extract::{entity_kind, quote_kind};
use crate::command::markdown::escaped;
use crate::store::Highlight;
use crate::text::safe;

/// All stories.
pub(super) fn page(stories: &[Story]) -> String {
    let mut page = String::from("# Highlights, notes and corrections\n");
    for story in stories {
        let _ = write!(page, "\n## {}\n\n", heading(story));
        let published = story.about.published();
        if !published.is_empty() {
            let _ = writeln!(page, "{}\n", escaped(&published));
        }
        for highlight in &story.highlights {
            passage(&mut page, highlight);
        }
        if !story.corrections.is_empty() {
            page.push_str("Corrections:\n\n");
            for kept in &story.corrections {
                let _ = writeln!(page, "- {}", escaped(&said(&kept.correction)));
            }
            page.push('\n');
        }
        page.truncate(page.trim_end().len());
        page.push('\n');
    }
    page
}

/// Title, linked where it has an address.
fn heading(story: &Story) -> String {
    let title = escaped(&story.title());
    match story.about.url.as_str() {
        "" => title,
        url => format!("[{title}](<{}>)", url.replace(['<', '>'], "")),
    }
}

fn passage(page: &mut String, highlight: &Highlight) {
    quoted(page, &highlight.excerpt);
    let lost = match (highlight.intact, highlight.span) {
        (false, _) => Some("damaged in the library's file"),
        (true, None) => Some("no longer in the story"),
        (true, Some(_)) => None,
    };
    if let Some(lost) = lost {
        let _ = writeln!(page, "({lost})\n");
    }
    if !highlight.note.is_empty() {
        // A line of the note is a line here: two blanks before its end.
        let lines: Vec<String> = highlight.note.split('\n').map(line).collect();
        let _ = writeln!(page, "{}\n", lines.join("  \n").replace("\n  \n", "\n\n"));
    }
}

/// A block quotation; what is apart in the story is apart in it.
fn quoted(page: &mut String, words: &str) {
    for row in words.split('\n') {
        let row = escaped(&safe::line(row));
        let _ = writeln!(page, "{}", if row.is_empty() { ">".to_owned() } else { format!("> {row}") });
    }
    page.push('\n');
}

/// A line of a note, with nothing at its start that would make it a list, a heading or a rule.
fn line(note: &str) -> String {
    let text = escaped(&safe::line(note));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).unwrap_or(("", &text));
    match (digits > 0 && rest.starts_with(['.', ')']), text.starts_with(['-', '+', '='])) {
        (true, _) => format!("{number}\\{rest}"),
        (false, true) => format!("\\{text}"),
        (false, false) => text,
    }
}

/// A correction as a sentence.
fn said(correction: &Correction) -> String {
    let by = |speaker: &Option<String>| speaker.clone().unwrap_or_else(|| "nobody known".to_owned());
    let words = |words: &str| {
        let words = safe::line(words);
        if words.starts_with(['“', '"', '„', '«']) { words } else { format!("“{words}”") }
    };
    match correction {
        Correction::Speaker { quote, speaker } => format!("{}: said by {}", words(&quote.words), by(speaker)),
        Correction::Kind { quote, kind: None } => format!("{}: not a quote", words(&quote.words)),
        Correction::Kind { quote, kind: Some(kind) } => format!("{}: {}", words(&quote.words), quote_kind(*kind)),
        Correction::Quote { passage, kind, speaker } => {
            format!("{}: a quote ({}) by {}", words(&passage.words), quote_kind(*kind), by(speaker))
        }
        Correction::Entity { name, kind } => format!("{name}: of kind {}", entity_kind(*kind)),
        Correction::Merge { name, into } => format!("{name} and {into} are one"),
        Correction::Split { name, form } => format!("{form} is not {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_text_whatever_they_look_like() {
        for (note, written) in [
            ("1. first", "1\\. first"),
            ("- item", "\\- item"),
            ("+ item", "\\+ item"),
            ("# no heading", "\\# no heading"),
            ("---", "\\---"),
            ("2025 was good", "2025 was good"),
            ("a\u{1b}[31mb", "ab"),
        ] {
            assert_eq!(line(note), written, "{note}");
        }
    }

    #[test]
    fn words_in_quotation_marks_get_no_second_pair() {
        let anchor = |words: &str| crate::analysis::correct::Anchor {
            start: 0,
            words: words.to_owned(),
            before: String::new(),
            after: String::new(),
        };
        let not_a_quote = |words| said(&Correction::Kind { quote: anchor(words), kind: None });
        assert_eq!(not_a_quote("“Yes,”"), "“Yes,”: not a quote");
        assert_eq!(not_a_quote("he will\ngo"), "“he will go”: not a quote");
    }
}
