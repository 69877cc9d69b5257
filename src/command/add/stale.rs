//! Articles whose analysis another engine made, analysed again.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use super::Halt;
use super::progress::Progress;
use super::stop::Stop;
use crate::analysis::{Analysis, Engine, Lexicon, VERSION};
use crate::article::Article;
use crate::runtime::in_order::{self, Next};
use crate::runtime::intake::{BATCH, PATIENCE};
use crate::store::{ArticleId, Error, Store};

/// What became of one article: its content and analysis, or nothing where it is damaged or the engine fails on it.
type Outcome = (ArticleId, Option<(u64, Analysis)>);

/// Analyses all articles again that need it; `reading` is a second connection to the same library. What was written
/// before a signal or an error stays.
///
/// # Errors
/// What the system answers to starting a thread; inside, why it ended early.
pub(in crate::command) fn analyze_again(
    store: &mut Store,
    reading: Store,
    stop: &Stop,
) -> io::Result<Result<(), Halt>> {
    let stale = match store.stale_analyses(VERSION, usize::MAX >> 1) {
        Ok(stale) => stale,
        Err(error) => return Ok(Err(Halt::Failed(error))),
    };
    if stale.is_empty() {
        return Ok(Ok(()));
    }
    let mut progress = Progress::again(stale.len() as u64);
    let engine = OnceLock::new();
    let read = move |sink: &mut dyn FnMut(Result<(ArticleId, Article), Outcome>) -> bool| {
        let _ = stale.iter().all(|id| sink(reading.load(*id).map(|article| (*id, article)).map_err(|_| (*id, None))));
    };
    let work = move |(id, article): (ArticleId, Article)| {
        let engine = engine.get_or_init(|| Engine::new(Lexicon::embedded()));
        let analysis = catch_unwind(AssertUnwindSafe(|| engine.analyze(&article.text))).ok();
        (id, analysis.map(|analysis| (article.content_id(), analysis)))
    };
    let mut answers = in_order::start(in_order::cores(), read, work)?;
    let mut batch: Vec<Outcome> = Vec::new();
    let ended = loop {
        if let Some(code) = stop.asked() {
            break Err(Halt::Stopped(code));
        }
        match answers.next(PATIENCE) {
            Next::Answer(outcome) => {
                batch.push(outcome);
                progress.advance(1, 1);
            }
            Next::Lost | Next::Waiting => {}
            Next::Over => break Ok(()),
        }
        if batch.len() >= BATCH
            && let Err(error) = write(store, &mut batch)
        {
            return Ok(Err(Halt::Failed(error)));
        }
    };
    let written = write(store, &mut batch).map_err(Halt::Failed);
    progress.end();
    Ok(written.and(ended))
}

/// Writes the batch: new analyses, and that there is nothing to say of the rest.
fn write(store: &mut Store, batch: &mut Vec<Outcome>) -> Result<(), Error> {
    let (found, none): (Vec<Outcome>, Vec<Outcome>) = batch.drain(..).partition(|(_, found)| found.is_some());
    let found: Vec<_> =
        found.iter().filter_map(|(id, found)| found.as_ref().map(|(content, found)| (*id, *content, found))).collect();
    store.put_analyses(&found, VERSION)?;
    let none: Vec<ArticleId> = none.into_iter().map(|(id, _)| id).collect();
    store.skip_analyses(&none, VERSION)
}
