//! How fast articles are wrapped: `cargo bench --bench layout`. The figures are bytes of text a second.

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::article::{Article, Block, BlockKind};
use pullquote::layout::{Layout, Options};
use pullquote::text::Span;

fn main() {
    divan::main();
}

/// Paragraphs of `sentence` said over and over, `bytes` in all.
fn article(sentence: &str, bytes: usize) -> Article {
    let mut article = Article::default();
    while article.text.len() < bytes {
        if !article.blocks.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        for _ in 0..6 {
            article.text.push_str(sentence);
            article.text.push(' ');
        }
        article.text.truncate(article.text.trim_end().len());
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, article.text.len()), depth: 0 });
    }
    article
}

const ASCII: &str = "The minister said on Thursday that the committee would meet again before the end of the month, and \
    that nobody (not even the chair) had been told of the 3.5% rise.";
const LATIN: &str = "“It speaks volumes,” she said — and the café’s owner, Zoë, didn’t object; “nobody’s asked for \
    this,” he’d told reporters in São Paulo before the naïve plan’s début.";
const CHINESE: &str = "他说：“这是伟大的一天，我们将与所有人合作，让生活更加负担得起。”记者在北京采访了部长。";
const MB: usize = 1_000_000;

fn wrap(bencher: Bencher, sentence: &str, bytes: usize) {
    let article = article(sentence, bytes);
    let options = Options { width: 70, justify: false, airy: true };
    bencher.counter(BytesCount::new(article.text.len())).bench(|| Layout::new(divan::black_box(&article), options));
}

#[divan::bench]
fn ascii_4_kb(bencher: Bencher) {
    wrap(bencher, ASCII, 4_000);
}

#[divan::bench]
fn ascii_10_mb(bencher: Bencher) {
    wrap(bencher, ASCII, 10 * MB);
}

#[divan::bench]
fn latin_10_mb(bencher: Bencher) {
    wrap(bencher, LATIN, 10 * MB);
}

#[divan::bench]
fn chinese_10_mb(bencher: Bencher) {
    wrap(bencher, CHINESE, 10 * MB);
}

#[divan::bench]
fn one_word_10_mb(bencher: Bencher) {
    let mut article = Article { text: "abcdéfgh".repeat(10 * MB / 9), ..Article::default() };
    let span = Span::new(0, article.text.len());
    article.blocks.push(Block { kind: BlockKind::Paragraph, span, depth: 0 });
    let options = Options { width: 70, justify: false, airy: true };
    bencher.counter(BytesCount::new(article.text.len())).bench(|| Layout::new(divan::black_box(&article), options));
}
