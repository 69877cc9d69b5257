//! Books, mail and lists: read whole, read in part where they are damaged, and bounded where they are hostile.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

fn package(chapters: usize) -> String {
    let items: String = (0..chapters)
        .map(|n| format!(r#"<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>"#))
        .collect();
    let spine: String = (0..chapters).map(|n| format!(r#"<itemref idref="c{n}"/>"#)).collect();
    format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
<dc:title>The Book</dc:title><dc:creator>Ana Silva</dc:creator><dc:creator>Ben Ito</dc:creator>
<dc:language>en</dc:language><dc:date>2019-05-04</dc:date><dc:rights>CC0</dc:rights></metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"#
    )
}

fn page(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{body}</body></html>"#
    )
}

fn epub(chapters: &[String]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut add = |name: &str, bytes: &[u8], options| {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add("mimetype", b"application/epub+zip", stored);
    add("META-INF/container.xml", CONTAINER.as_bytes(), packed);
    add("OEBPS/book.opf", package(chapters.len()).as_bytes(), packed);
    for (number, chapter) in chapters.iter().enumerate() {
        add(&format!("OEBPS/c{number}.xhtml"), chapter.as_bytes(), packed);
    }
    zip.finish().unwrap().into_inner()
}

fn whole(collection: &Collection) {
    for article in &collection.articles {
        assert_eq!(article.flaw(), None, "{article:?}");
    }
    for problem in &collection.problems {
        assert!(!problem.chars().any(char::is_control), "{problem:?}");
    }
}

#[test]
fn a_book_gives_an_article_for_each_chapter_with_text() {
    let chapters = [
        page("<img src='cover.jpg'/>"),
        page("<h1>One</h1><p>“We won,” said Ana.</p><p>She left.</p>"),
        page("<p>No heading here, and a <a href='https://e.org/x'>link</a>.</p>"),
    ];
    for name in ["book.epub", "book", ""] {
        let read = import_all(&epub(&chapters), name);
        whole(&read);
        assert_eq!(read.problems, Vec::<String>::new());
        let titles: Vec<_> = read.articles.iter().map(|article| article.meta.title.as_str()).collect();
        assert_eq!(titles, ["One", "The Book, part 3"]);
        let meta = &read.articles[0].meta;
        assert_eq!((meta.source.as_deref(), meta.byline.as_deref()), (Some("The Book"), Some("Ana Silva, Ben Ito")));
        assert_eq!((meta.date, meta.licence.as_deref()), (Some(jiff::civil::date(2019, 5, 4)), Some("CC0")));
        assert_eq!(read.articles[0].text, "One\n\n“We won,” said Ana.\n\nShe left.");
    }
}

#[test]
fn a_damaged_book_gives_what_is_left_of_it_and_says_what_is_not() {
    let chapters: Vec<String> =
        (0..6).map(|n| page(&format!("<h1>Chapter {n}</h1><p>{}</p>", "Words of it. ".repeat(30 + n)))).collect();
    let bytes = epub(&chapters);
    let mut partly = 0;
    for at in (60..bytes.len()).step_by(19) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let read = import_all(&damaged, "b.epub");
        whole(&read);
        assert!(read.articles.len() == 6 || !read.problems.is_empty(), "byte {at}: {read:?}");
        partly += usize::from((1..6).contains(&read.articles.len()));
        let cut = import_all(&bytes[..at], "b.epub");
        assert!(cut.articles.is_empty() && cut.problems.len() == 1, "cut at {at}");
    }
    assert!(partly > 5, "only {partly} of them lost a chapter and no more");
    assert!(import_all(b"not a book", "b.epub").problems[0].contains("no EPUB"));
}

#[test]
fn a_book_that_unpacks_to_gigabytes_is_refused_and_a_chapter_that_is_too_large_left_out() {
    let large = page(&format!("<p>{}</p>", " ".repeat(LARGE)));
    let read = import_all(&epub(&[page("<h1>One</h1><p>Text.</p>"), large.clone()]), "b.epub");
    assert_eq!(read.articles.len(), 1);
    assert!(read.problems[0].contains("chapter 2 is larger than 8 MB"), "{:?}", read.problems);
    let bomb = epub(&vec![large; 30]);
    assert!(bomb.len() < 4 << 20, "{} bytes stand for more than 256 MB", bomb.len());
    let read = import_all(&bomb, "b.epub");
    assert_eq!((read.articles.len(), read.problems.len()), (0, 1));
    assert!(read.problems[0].contains("larger than 256 MB"), "{:?}", read.problems);
}

const LARGE: usize = 10 << 20;

const MESSAGE: &str = "From: The Daily <ed@daily.example>\r\nTo: me@example.org\r\nSubject: =?utf-8?q?Caf=C3=A9_news?=\r\n\
    Date: Fri, 21 Nov 2025 09:30:00 +0100\r\nList-Id: Daily Letter <daily.example>\r\n\
    Archived-At: <https://daily.example/42>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/alternative; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain words.\r\n\
    --b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <html><body><h1>Caf=E9 news</h1><p>The caf=E9 is =93open=94, said <b>Ana</b>.</p><p>More.</p></body></html>\r\n\
    --b--\r\n";

const PLAIN: &str = "From: ana@example.org\nSubject: A word\nDate: Sat, 22 Nov 2025 10:00:00 +0000\n\nThe first paragraph\nis wrapped.\n\nThe second.\n";

#[test]
fn a_message_is_read_with_its_headers_and_all_of_its_page() {
    let read = import_all(MESSAGE.as_bytes(), "letter.eml");
    whole(&read);
    let article = &read.articles[0];
    assert_eq!(article.text, "Café news\n\nThe café is “open”, said Ana.\n\nMore.");
    let meta = &article.meta;
    assert_eq!((meta.title.as_str(), meta.byline.as_deref()), ("Café news", Some("The Daily")));
    assert_eq!((meta.source.as_deref(), meta.url.as_deref()), (Some("Daily Letter"), Some("https://daily.example/42")));
    assert_eq!(meta.date, Some(jiff::civil::date(2025, 11, 21)));
}

#[test]
fn a_mailbox_gives_every_message_and_names_those_it_cannot_read() {
    let mailbox = format!(
        "From ed@daily.example Fri Nov 21 09:30:00 2025\n{}\nFrom x Sat Nov 22 10:00:00 2025\n{PLAIN}\n>From the start it was said.\n\nFrom x Sat Nov 22 11:00:00 2025\n\n\nFrom x Sat Nov 22 11:00:00 2025\n{PLAIN}",
        MESSAGE.replace("\r\n", "\n")
    );
    for name in ["letters.mbox", "letters"] {
        let read = import_all(mailbox.as_bytes(), name);
        whole(&read);
        let titles: Vec<_> = read.articles.iter().map(|article| article.meta.title.as_str()).collect();
        assert_eq!(titles, ["Café news", "A word", "A word"], "{read:?}");
        assert!(read.articles[1].text.starts_with("A word\n\nThe first paragraph"), "{}", read.articles[1].text);
        assert!(read.articles[1].text.ends_with("From the start it was said."), "{}", read.articles[1].text);
        assert_eq!(read.articles[1].meta.byline.as_deref(), Some("ana@example.org"));
        assert_eq!(read.problems.len(), 1, "{:?}", read.problems);
        assert!(read.problems[0].starts_with("message 3 "), "{:?}", read.problems);
    }
    assert!(import_all(b"nothing", "x.mbox").problems[0].contains("no mailbox"));
    assert!(import_all(b"", "x.eml").problems[0].contains("no mail message"));
}

#[test]
fn cut_and_changed_mail_never_panics() {
    for at in 0..MESSAGE.len() {
        let mut bytes = MESSAGE.as_bytes().to_vec();
        bytes[at] ^= 0x15;
        whole(&import_all(&bytes, "x.eml"));
        whole(&import_all(&MESSAGE.as_bytes()[..at], "x.eml"));
    }
}

#[test]
fn a_message_that_is_cut_off_in_its_first_part_gives_what_is_there() {
    let head = "From: Ada <ada@example.org>\nSubject: Cut\nContent-Type: multipart/mixed; boundary=\"x\"\n\n";
    let cut = format!("{head}--x\nContent-Type: text/plain\n\n“Hello there,” she wrote, and");
    let read = import_all(cut.as_bytes(), "cut.eml");
    assert_eq!(read.articles[0].text, "Cut\n\n“Hello there,” she wrote, and");
    assert_eq!(import_all(head.as_bytes(), "cut.eml").problems, ["has no text in it"]);
}

#[test]
fn objects_are_read_alone_in_lists_in_feeds_and_by_the_line() {
    let one = r#"{"id": 1, "title": "One", "date": "2025-11-21", "text": "First.\n\nSecond.", "url": "https://e.org/1", "author": {"name": "Ana"}}"#;
    let two = r#"{"title": "Two", "content_html": "<p>A <b>page</b>.</p><p>End.</p>", "authors": [{"name": "Ben"}, {"name": "Cleo"}]}"#;
    let feed = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "The Feed", "items": [{one}, {two}, {{"id": 3}}]}}"#
    );
    for (bytes, name, problems) in [
        (one.to_owned(), "a.json", 0),
        (format!("[{one}, {two}, 7]"), "a.json", 1),
        (feed.clone(), "a.json", 1),
        (format!("{one}\n\n{two}\n{{\"id\": 3}}\nnonsense\n"), "a.jsonl", 2),
        (format!("\u{feff}{one}\n{two}\n"), "a.json", 0),
        (format!("{one}\n{two}\n"), "", 0),
    ] {
        let read = import_all(bytes.as_bytes(), name);
        whole(&read);
        assert_eq!(read.problems.len(), problems, "{name}: {:?}", read.problems);
        let first = &read.articles[0];
        assert_eq!((first.text.as_str(), first.meta.title.as_str()), ("One\n\nFirst.\n\nSecond.", "One"));
        assert_eq!((first.meta.byline.as_deref(), first.meta.url.as_deref()), (Some("Ana"), Some("https://e.org/1")));
        assert_eq!(first.meta.date, Some(jiff::civil::date(2025, 11, 21)));
        if let Some(second) = read.articles.get(1) {
            assert_eq!(
                (second.text.as_str(), second.meta.byline.as_deref()),
                ("Two\n\nA page.\n\nEnd.", Some("Ben, Cleo"))
            );
        }
    }
    let read = import_all(feed.as_bytes(), "feed.json");
    assert_eq!(read.articles[1].meta.source.as_deref(), Some("The Feed"));
    assert!(read.problems[0].contains("entry 3: not an article: it has no \"text\""), "{:?}", read.problems);
    let read = import_all(b"{\"title\": \"x\", ", "a.json");
    assert_eq!(read.problems, ["not JSON: it ends too early (byte 15)"]);
}

#[test]
fn problems_are_told_with_their_place_and_not_without_end() {
    let lines = "{}\n".repeat(100);
    let read = import_all(lines.as_bytes(), "a.jsonl");
    assert_eq!(read.problems.len(), 21);
    assert!(read.problems[0].starts_with("line 1: not an article"), "{:?}", read.problems[0]);
    assert_eq!(read.problems[20], "and 80 more problems");
}

#[test]
fn what_is_no_collection_is_one_article_or_a_problem() {
    assert_eq!(import_all(b"Plain words.", "a.txt").articles.len(), 1);
    assert_eq!(import_all(b"", "a.txt"), Collection::default());
    assert!(import_all(&[0; 4096], "a.bin").problems[0].contains("no text"));
}
