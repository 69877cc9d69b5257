//! How long import takes: the bundled articles, and generated ones whose size doubles.
//!
//! The throughput of a series must stay about the same from its first to its last size: time is linear in the input.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use pullquote::article::{import, seeds};
use pullquote::text::SafeText;

/// Kilobytes of the series.
const SIZES: [usize; 6] = [32, 64, 128, 256, 512, 1024];

fn main() {
    divan::main();
}

/// The paragraphs of the bundled articles over and over, `kilobytes` of them, each written by `write`.
fn generated(kilobytes: usize, write: impl Fn(&str) -> String) -> String {
    let articles: Vec<_> = seeds().into_iter().map(|(name, bytes)| import::import(bytes, name)).collect();
    let written: Vec<String> = articles
        .iter()
        .flat_map(|article| article.blocks.iter().map(|block| write(block.span.of(&article.text))))
        .collect();
    let mut text = String::new();
    for paragraph in written.iter().cycle() {
        text.push_str(paragraph);
        if text.len() >= kilobytes * 1024 {
            break;
        }
    }
    text
}

/// `paragraph` with its lines wrapped at 72 columns.
fn wrapped(paragraph: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        if column + word.len() > 71 {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
        }
        text.push_str(word);
        column += word.len() + 1;
    }
    text.push_str("\n\n");
    text
}

fn run(bencher: Bencher<'_, '_>, text: &str, name: &str) {
    bencher.counter(BytesCount::of_str(text)).bench_local(|| import::import(black_box(text.as_bytes()), name));
}

#[divan::bench]
fn bundled_articles(bencher: Bencher<'_, '_>) {
    let bytes: usize = seeds().iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        seeds().into_iter().map(|(name, bytes)| import::import(black_box(bytes), name).words()).sum::<usize>()
    });
}

#[divan::bench(args = SIZES)]
fn text_of_one_line_paragraphs(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &generated(kilobytes, |paragraph| format!("{paragraph}\n\n")), "a.txt");
}

#[divan::bench(args = SIZES)]
fn text_of_wrapped_lines(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &generated(kilobytes, wrapped), "a.txt");
}

#[divan::bench(args = SIZES)]
fn markdown(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(
        bencher,
        &generated(kilobytes, |paragraph| format!("{}- *one*\n- [two](https://example.org)\n\n", wrapped(paragraph))),
        "a.md",
    );
}

#[divan::bench(args = SIZES)]
fn page_with_a_story(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let body =
        generated(kilobytes, |paragraph| format!("<p class=\"text\">{paragraph} <a href=\"/more\">More</a></p>\n"));
    run(
        bencher,
        &format!("<html><head><title>A story</title></head><body><article>{body}</article></body></html>"),
        "a.html",
    );
}

#[divan::bench(args = SIZES)]
fn page_of_nested_elements(bencher: Bencher<'_, '_>, kilobytes: usize) {
    run(bencher, &"<div>".repeat(kilobytes * 1024 / 5), "a.html");
}

#[divan::bench(args = SIZES)]
fn page_of_open_formatting(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let bold: String = (0..kilobytes * 1024 / 20).map(|n| format!("<b id={n:06}><p>word")).collect();
    run(bencher, &bold, "a.html");
}

#[divan::bench(args = SIZES)]
fn safe_text_in_ascii(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let text = "Plain enough to pass as it is, said the minister.\n".repeat(kilobytes * 1024 / 50);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| SafeText::new(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn safe_text_full_of_escapes(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let text = "\u{1B}]0;never ended \u{1B}[31mred\u{202E}\u{301}\u{301}\t日本\r\n".repeat(kilobytes * 1024 / 44);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| SafeText::new(black_box(&text)));
}
