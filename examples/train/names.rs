//! Trains the names model on gold, and judges it on dev and by cross-validation.

use pullquote::analysis::Lexicon;
use pullquote::analysis::token::Document;

use crate::count::Count;
use crate::crf::Settings;
use crate::gold;
use crate::passes::{self, Article, Least, Options};
use crate::steps::Folders;

/// What is learned from, the last only to judge by.
const FILES: [&str; 4] = ["train", "names", "names-polnear", "dev"];
const DEV: usize = 3;
/// Which of them is PolNeAR's.
pub const POLNEAR: usize = 2;

/// Features that are shipped, at most.
const ROWS: usize = 100_000;

/// Parts for the cross-validation over the Wikinews articles.
const FOLDS: usize = 5;

const OPTIONS: Options = Options {
    first: Settings { epochs: 12, rate: 0.03, decay: 1e-4, dropout: 0.3, seed: 1 },
    second: Settings { epochs: 3, rate: 0.01, decay: 1e-4, dropout: 0.1, seed: 2 },
    least: Least { other: 2, any: 3 },
    folds: 4,
};

/// Trains on everything but dev, writes `assets/model/names.bin`, and prints scores on dev.
pub fn train(folders: &Folders) -> anyhow::Result<()> {
    with_articles(folders, |articles, lexicon| {
        let train: Vec<&Article<'_>> = articles.iter().filter(|article| article.source() != DEV).collect();
        let model = passes::train(&train, lexicon, &OPTIONS);
        let mut counts = <[Count; 2]>::default();
        for article in articles.iter().filter(|article| article.source() == DEV) {
            count(&model, article, lexicon, &mut counts);
        }
        report("dev", &counts);
        let bytes = model.packed(ROWS);
        println!("assets/model/names.bin: {}, {} bytes", model.size(), bytes.len());
        Ok(std::fs::write("assets/model/names.bin", bytes)?)
    })
}

/// Prints how well each fifth of the Wikinews articles is tagged by a model that never saw it.
pub fn cross_validate(folders: &Folders) -> anyhow::Result<()> {
    with_articles(folders, |articles, lexicon| {
        let train: Vec<&Article<'_>> = articles.iter().filter(|article| article.source() != DEV).collect();
        let mut counts = <[Count; 2]>::default();
        for fold in 0..FOLDS {
            // The Wikinews articles come first, so a place in the list is a number among them.
            let held = |at: usize| train[at].source() == 0 && at % FOLDS == fold;
            let seen: Vec<&Article<'_>> = (0..train.len()).filter(|at| !held(*at)).map(|at| train[at]).collect();
            let model = passes::train(&seen, lexicon, &OPTIONS);
            for at in (0..train.len()).filter(|at| held(*at)) {
                count(&model, train[at], lexicon, &mut counts);
            }
        }
        report("five-fold", &counts);
        Ok(())
    })
}

fn with_articles(
    folders: &Folders,
    run: impl FnOnce(&[Article<'_>], &Lexicon) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let lexicon = Lexicon::embedded();
    let mut texts = Vec::new();
    for (source, file) in FILES.iter().enumerate().filter(|(source, _)| *source != POLNEAR || !folders.without_polnear)
    {
        texts.extend(gold::read(&folders.gold.join(file).with_extension("jsonl"), source)?);
    }
    let documents: Vec<Document<'_>> = texts.iter().map(|text| Document::new(&text.text)).collect();
    let articles: Vec<Article<'_>> =
        texts.iter().zip(&documents).map(|(text, document)| Article::new(text, document, &lexicon)).collect();
    run(&articles, &lexicon)
}

fn count(model: &passes::Model, article: &Article<'_>, lexicon: &Lexicon, counts: &mut [Count; 2]) {
    let (first, second) = model.predict(article, lexicon);
    counts[0].add(&article.gold, &first);
    counts[1].add(&article.gold, &second);
}

fn report(what: &str, counts: &[Count; 2]) {
    for (pass, count) in ["first pass", "both passes"].iter().zip(counts) {
        println!("{what}, {pass}: {}", count.line());
    }
}
