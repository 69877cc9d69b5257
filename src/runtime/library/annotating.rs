//! Highlights, notes and corrections: kept by the thread that writes, told by the one that reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::desk::Desk;
use crate::analysis::{Analysis, VERSION, Voices};
use crate::app::EntryId;
use crate::app::library::{
    Annotated, Annotation, Annotations, Answer, CorrectionId, Done, Highlight, HighlightId, Marked,
};
use crate::store::{self, ArticleId, Error};

/// Highlights in the overview at most: the newest ones.
const MOST: usize = 10_000;

impl Desk {
    /// What the user added to a text. What cannot be had is not missed: reading goes on.
    pub fn annotations(&self, content: u64) -> Annotations {
        let highlights = self.uninterrupted(|store| store.highlights_on(content)).unwrap_or_default();
        let corrections = self.uninterrupted(|store| store.corrections_of(content)).unwrap_or_default();
        Annotations {
            highlights: highlights.into_iter().map(of_store).collect(),
            corrections: corrections.into_iter().map(|kept| (CorrectionId(kept.id.0), kept.correction)).collect(),
        }
    }

    /// Tells what a text looks like by now; the new one where the article of `entry` has another by now.
    pub fn tell_annotations(&self, entry: EntryId, content: u64) {
        let loaded = self.article(entry).and_then(|article| self.loaded(article).ok());
        match loaded.filter(|loaded| loaded.recalled.content != content) {
            Some(loaded) => self.setting.tell(Answer::Renewed(entry, loaded)),
            None => self.tell_marked(Some(entry), content, None),
        }
    }

    /// Makes a change and tells what the text looks like then.
    pub fn annotate(&mut self, entry: Option<EntryId>, content: u64, annotation: &Annotation) {
        if let Err(error) = self.keep(content, annotation) {
            self.refuse(&error);
            return;
        }
        self.report(Ok(()));
        let done = annotation.done();
        self.tell_marked(entry, content, Some(done));
        if matches!(done, Done::Corrected | Done::Uncorrected)
            && let Some(article) = entry.and_then(|entry| self.article(entry))
        {
            self.tell_anew(&[article]);
        }
    }

    fn keep(&mut self, content: u64, annotation: &Annotation) -> Result<(), Error> {
        let now = Timestamp::now();
        match annotation {
            Annotation::Highlight(article, span, note) => {
                let known = self.store.highlights_on(content)?;
                match known.iter().find(|known| known.span == Some(*span)) {
                    // It was asked for twice before the first answer came.
                    Some(_) if note.is_empty() => Ok(()),
                    Some(known) => self.store.set_note(known.id, note, now),
                    None => self.store.highlight(article, *span, note, now).map(drop),
                }
            }
            Annotation::Note(id, note) => self.store.set_note(store::HighlightId(id.0), note, now),
            Annotation::Remove(id) => self.store.remove_highlight(store::HighlightId(id.0), now),
            Annotation::Correct(article, correction) => self.store.correct(article, correction, now).map(drop),
            Annotation::Uncorrect(ids) => {
                let ids: Vec<_> = ids.iter().map(|id| store::CorrectionId(id.0)).collect();
                self.store.remove_corrections(&ids, now)
            }
        }
    }

    fn tell_marked(&self, entry: Option<EntryId>, content: u64, done: Option<Done>) {
        let corrects = !matches!(done, Some(Done::Highlighted | Done::Noted | Done::Removed));
        let article = entry.filter(|_| corrects).and_then(|entry| self.article(entry));
        let analysis = article.and_then(|article| self.corrected(article, content));
        let annotations = self.annotations(content);
        self.setting.tell(Answer::Marked(Box::new(Marked { content, annotations, analysis, done })));
    }

    /// The article of `entry`, where the library is shown: else entries are files.
    fn article(&self, entry: EntryId) -> Option<ArticleId> {
        self.setting.shelf().article(entry).filter(|_| self.setting.shown)
    }

    /// What this program's engine found in a kept article, corrected, as long as that has the text with this content id.
    fn corrected(&self, article: ArticleId, content: u64) -> Option<(Arc<Analysis>, Arc<Voices>)> {
        let (article, analysis) = self.uninterrupted(|store| store.load_analyzed(article)).ok()?;
        if article.content_id() != content {
            return None;
        }
        let (analysis, _) = analysis.filter(|(_, engine)| *engine == VERSION)?;
        let voices = Voices::of(&analysis, &article.text);
        Some((Arc::new(analysis), Arc::new(voices)))
    }

    /// Tells the highlights of all texts.
    pub fn tell_highlights(&self) {
        let highlights = match self.uninterrupted(|store| store.highlights(0, MOST)) {
            Ok(highlights) => highlights,
            Err(error) => {
                self.setting.complain(error.to_string());
                return;
            }
        };
        let mut stories: Vec<Annotated> = Vec::new();
        let mut places: BTreeMap<u64, usize> = BTreeMap::new();
        for highlight in highlights {
            let place = *places.entry(highlight.content).or_insert_with(|| {
                let article = highlight.article.filter(|_| self.setting.shown);
                let entry = article.map(|article| self.setting.shelf().entry(article));
                let (title, source, date) = (highlight.title.clone(), highlight.source.clone(), highlight.date);
                let content = highlight.content;
                stories.push(Annotated { content, entry, title, source, date, highlights: Vec::new() });
                stories.len() - 1
            });
            if let Some(story) = stories.get_mut(place) {
                story.highlights.push(of_store(highlight));
            }
        }
        for story in &mut stories {
            story.highlights.sort_by_key(|highlight| (highlight.span.is_none(), highlight.span));
        }
        self.setting.tell(Answer::Highlights(stories));
    }
}

fn of_store(highlight: store::Highlight) -> Highlight {
    let store::Highlight { id, span, excerpt, note, intact, .. } = highlight;
    Highlight { id: HighlightId(id.0), span, excerpt, note, intact }
}
