//! Tests of import as a whole: any bytes, any markup, and the hostile files where they are at hand.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{decode, import, is_binary};
use crate::article::Article;
use crate::text::SafeText;

/// All that an article promises, whatever it was read from.
fn check(article: &Article, what: &str) {
    assert_eq!(article.flaw(), None, "{what}");
    assert!(article.text.is_empty() || !article.meta.title.is_empty(), "{what}");
    assert_eq!(SafeText::new(&article.text).as_str(), article.text, "{what}");
}

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", ""];

/// Pieces of the formats, of what terminals act on, and of ordinary text.
fn markup() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "<div>",
        "</div>",
        "<p class=story>",
        "</p>",
        "<b id=1>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul><li>",
        "<ol start=9>",
        "</ul>",
        "<a href='https://e.org'>",
        "</a>",
        "<h1>",
        "</h1>",
        "<blockquote>",
        "<pre>",
        "</pre>",
        "<br>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<title>",
        "</title>",
        "<q>",
        "</q>",
        "<sup>[1]</sup>",
        "<p hidden>",
        "<meta name=author content='A B'>",
        "<time datetime=2025-11-21>",
        "&amp;",
        "&#27;",
        "&#x202e;",
        "&nbsp;",
        "<",
        ">",
        "\"",
        "'",
        "=",
        "# ",
        "## H\n",
        "- a\n",
        "1. b\n",
        "> c\n",
        "    d\n",
        "```\n",
        "|a|b|\n|-|-|\n",
        "[x](y)",
        "![x](y)",
        "**",
        "_",
        "`",
        "---\n",
        "+++\n",
        "title: x\n",
        "title = 'x'\n",
        "===\n",
        "\\\n",
        "  \n",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r\n",
        "date 2025-11-21 ",
        "Title: x\n",
        "Date: 2025-11-21\n",
        "By Ana Ruiz\n",
        "21 November 2025\n",
        "Q: why?\n",
        "word-\nword ",
        "The minister said so, and left. ",
        "“Quoted,” she said.",
        "日本語、",
        "\u{301}",
        "\u{1B}]0;x\u{7}",
        "\u{1B}[31m",
        "\u{202E}",
        "\u{200D}",
        "👩",
        "\u{E0041}",
        "\u{2028}",
        "\0",
        "é",
    ]);
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_give_a_sound_article(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in proptest::sample::select(NAMES.to_vec())) {
        check(&import(&bytes, name), name);
        let _ = is_binary(&bytes);
    }

    #[test]
    fn any_markup_gives_a_sound_article(text in markup(), name in proptest::sample::select(NAMES.to_vec())) {
        check(&import(text.as_bytes(), name), &text);
    }

    #[test]
    fn any_text_leads_back_to_its_source(text in markup()) {
        let (article, origin) = super::text::read(&text);
        check(&article, &text);
        let mut last = 0;
        for (at, c) in article.text.char_indices() {
            let there = origin.original(at);
            prop_assert!(there >= last, "{:?}", text);
            last = there;
            if c.is_alphanumeric() {
                prop_assert!(text[there..].starts_with(c), "{:?} at {} leads to {}", text, at, there);
            }
        }
    }
}

#[test]
fn the_format_is_known_by_ending_or_content() {
    let title = |bytes: &str, name: &str| import(bytes.as_bytes(), name).meta.title;
    assert_eq!(title("# Taxes\n\nText.", "a.md"), "Taxes");
    assert_eq!(title("# Taxes\n\nText.", ""), "Taxes");
    assert_eq!(title("# Taxes", "a.txt"), "# Taxes");
    assert_eq!(title("<html><title>Taxes</title><p>Text.", "https://e.org/taxes"), "Taxes");
    assert_eq!(title("Title: Taxes\nDate: 2025-11-21\n\nText.", "-"), "Taxes");
}

#[test]
fn a_page_is_decoded_as_it_says() {
    let page =
        b"<html><head><meta charset=iso-8859-2><title>Gda\xF1sk</title></head><body><p>W Gda\xF1sku.</p></body></html>";
    assert_eq!(import(page, "a.html").meta.title, "Gdańsk");
}

/// The hostile files kept beside the project, or a word that they are not there.
fn hostile(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/hostile").join(folder);
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    if files.is_empty() {
        println!("skipped: no files under {}", root.display());
    }
    files.sort();
    files
}

#[test]
fn hostile_files_give_sound_articles_in_every_format() {
    for folder in ["payloads", "utf8tests", "blns", "html5lib/encoding"] {
        for path in hostile(folder) {
            let bytes = std::fs::read(&path).unwrap();
            for name in NAMES {
                check(&import(&bytes, name), &path.display().to_string());
            }
        }
    }
}

#[test]
fn no_payload_survives_and_no_text_around_it_is_lost() {
    let is_ours = |path: &&PathBuf| ["h.txt", "h.md", "h.html", "hraw.html"].iter().any(|name| path.ends_with(name));
    for path in hostile("payloads").iter().filter(is_ours) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        assert!(!is_binary(&bytes), "{name}");
        let text = import(&bytes, &name).text;
        let marks = (1..=23).map(|n| format!("P{n}")).chain(["HEADMARK".to_owned(), "ENDMARK".to_owned()]);
        let there: Vec<_> = marks.filter(|mark| String::from_utf8_lossy(&bytes).contains(mark)).collect();
        assert!(there.len() > 20, "{name}");
        let lost: Vec<_> = there.iter().filter(|mark| !text.contains(*mark)).collect();
        assert!(lost.is_empty(), "{name}: {lost:?} lost from {text}");
    }
}

#[test]
fn stories_are_found_where_readability_finds_them() {
    for path in hostile("readability").iter().filter(|path| path.ends_with("source.html")) {
        let expected = std::fs::read_to_string(path.with_file_name("expected.html")).unwrap();
        let expected = import(expected.as_bytes(), "a.html");
        let article = import(&std::fs::read(path).unwrap(), "a.html");
        let words =
            |text: &str| text.split_whitespace().filter(|word| word.len() > 3).map(str::to_owned).collect::<Vec<_>>();
        let found = words(&article.text);
        let missing: Vec<_> = words(&expected.text).into_iter().filter(|word| !found.contains(word)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", path.display());
    }
}

#[test]
fn pages_say_their_encoding_as_the_standard_reads_it() {
    let Some(file) = hostile("html5lib/encoding").into_iter().find(|path| path.ends_with("encoding/tests1.dat")) else {
        return;
    };
    let bytes = std::fs::read(file).unwrap();
    let (mut right, mut all) = (0, 0);
    let find = |bytes: &[u8], word: &[u8], from: usize| {
        bytes[from..].windows(word.len()).position(|window| window == word).map(|at| from + at)
    };
    let mut at = 0;
    while let Some(start) = find(&bytes, b"#data\n", at) {
        let Some(middle) = find(&bytes, b"\n#encoding\n", start) else { break };
        let end = find(&bytes, b"\n", middle + 11).unwrap_or(bytes.len());
        let label = String::from_utf8_lossy(&bytes[middle + 11..end]).trim().to_lowercase();
        // Without a byte that is not ASCII every encoding reads alike, so one is put behind.
        let data = [&bytes[start + 6..middle], b"\xE5"].concat();
        let wanted =
            encoding_rs::Encoding::for_label(label.as_bytes()).map(|encoding| encoding.decode(&data).0.into_owned());
        all += 1;
        right += usize::from(wanted.is_some_and(|wanted| wanted == decode::decode(&data, true)));
        at = end;
    }
    assert!(all > 30 && right * 10 >= all * 9, "{right} of {all}");
}
