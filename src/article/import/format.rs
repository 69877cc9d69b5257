//! Which format a file is in: by the ending of its name, else by its beginning.

use super::Format;

/// Bytes at the start of a file that its format is known from.
const SAMPLE: usize = 4096;

/// The format of `text` in the file `name`. Its ending is trusted, but for a page saved as plain text and for a page
/// without a single tag.
pub(super) fn of(text: &str, name: &str) -> Format {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    match by_ending(name) {
        Some(Format::Text) if is_page(sample) => Format::Html,
        Some(Format::Html) if !text.contains(['<', '&']) => Format::Text,
        Some(format) => format,
        None if is_page(sample) || is_fragment(sample) => Format::Html,
        None if is_markdown(sample) => Format::Markdown,
        None => Format::Text,
    }
}

/// The format that the ending of a path or address stands for.
pub(super) fn by_ending(name: &str) -> Option<Format> {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let (_, ending) = file.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "txt" | "text" | "asc" => Some(Format::Text),
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdwn" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Some(Format::Html),
        _ => None,
    }
}

/// Whether a document says that it is a page.
fn is_page(sample: &str) -> bool {
    let mut rest = sample.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = behind.trim_start();
    }
    let starts = |wanted: &str| rest.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted));
    let is_xml = starts("<?xml") && rest.to_ascii_lowercase().contains("<html");
    is_xml || ["<!doctype html", "<html", "<head", "<body", "<meta", "<title"].into_iter().any(starts)
}

/// Whether a document is part of a page: it begins with a block and ends several.
fn is_fragment(sample: &str) -> bool {
    let blocks = ["p", "div", "article", "section", "main", "h1", "h2", "ul", "ol", "blockquote", "table", "span"];
    let rest = sample.trim_start();
    let opens = rest.strip_prefix('<').is_some_and(|rest| {
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        blocks.iter().any(|block| name.eq_ignore_ascii_case(block))
    });
    opens && sample.contains("</")
}

/// Whether a document has front matter, or several things that only Markdown has.
fn is_markdown(sample: &str) -> bool {
    let mut lines = sample.lines();
    let first = lines.next().unwrap_or_default().trim_end();
    if matches!(first, "---" | "+++") {
        let sign = if first == "---" { ':' } else { '=' };
        let (inside, closed) = lines.fold((0, false), |(inside, closed), line| {
            (inside + usize::from(!closed && line.contains(sign)), closed || line.trim_end() == first)
        });
        return closed && inside > 0;
    }
    let is_heading = |line: &str| {
        let text = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ')
    };
    let headings = sample.lines().filter(|line| is_heading(line)).count();
    let links = sample.matches("](").count();
    let fences = sample.lines().filter(|line| line.starts_with("```")).count();
    let strong = sample.matches("**").count() / 2;
    let kinds = [headings, links, fences, strong].into_iter().filter(|count| *count > 0).count();
    kinds > 1 || headings > 1 || links > 2 || (headings > 0 && sample.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        for (name, format) in [
            ("a.txt", Format::Text),
            ("a.MD", Format::Markdown),
            ("/x.y/a.htm", Format::Html),
            ("https://e.org/a.html?x=1.md#b", Format::Html),
            ("C:\\a.markdown", Format::Markdown),
        ] {
            assert_eq!(of("Plain < text", name), format, "{name}");
        }
        assert_eq!(by_ending("https://e.org/story"), None);
        assert_eq!(by_ending("a.pdf"), None);
    }

    #[test]
    fn the_content_corrects_a_wrong_ending() {
        assert_eq!(of("<!DOCTYPE html><p>x", "a.txt"), Format::Html);
        assert_eq!(of("Plain text", "a.html"), Format::Text);
    }

    #[test]
    fn without_an_ending_the_content_decides() {
        for page in [
            "<!doctype HTML>",
            "\u{FEFF} <html lang=en>",
            "<!-- x --><HEAD>",
            "<?xml version='1.0'?>\n<html>",
            "<p>One</p><p>Two</p>",
        ] {
            assert_eq!(of(page, ""), Format::Html, "{page}");
        }
        for markdown in
            ["---\ntitle: x\n---\ntext", "+++\ntitle = 'x'\n+++\ntext", "# Title\n\ntext", "A **b** and [c](d)"]
        {
            assert_eq!(of(markdown, "story"), Format::Markdown, "{markdown}");
        }
        for text in ["Plain text.", "#hashtag is trending", "---\nA rule above.", "a < b", "<ana@e.org> wrote:", ""] {
            assert_eq!(of(text, ""), Format::Text, "{text}");
        }
    }
}
