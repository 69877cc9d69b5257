//! What the library of the tests does with highlights, notes and corrections.

use std::sync::Arc;

use super::{Shelf, Story};
use crate::analysis::{Analysis, Voices};
use crate::app::EntryId;
use crate::app::library::{
    Annotated, Annotation, Annotations, Answer, CorrectionId, Done, Highlight, HighlightId, Marked,
};

impl Shelf {
    /// What the user added to the text with this content id.
    pub(crate) fn annotations(&self, content: u64) -> Annotations {
        self.recalled.get(&content).map(|recalled| recalled.annotations.clone()).unwrap_or_default()
    }

    pub(super) fn marked(&self, entry: Option<EntryId>, content: u64, done: Option<Done>, stories: &[Story]) -> Answer {
        let kept = entry.filter(|_| !self.known.is_empty());
        let analysis = kept.and_then(|entry| stories.get(entry.0)).map(|story| self.corrected(story));
        Answer::Marked(Box::new(Marked { content, annotations: self.annotations(content), analysis, done }))
    }

    pub(super) fn annotate(
        &mut self,
        entry: Option<EntryId>,
        content: u64,
        annotation: &Annotation,
        stories: &[Story],
    ) -> Answer {
        self.record(format!("{:?}", annotation.done()));
        let latest = self.recalled.values().flat_map(|recalled| &recalled.annotations.highlights);
        let next = latest.map(|highlight| highlight.id.0).max().unwrap_or(0) + 1;
        let own = &mut self.recalled.entry(content).or_default().annotations;
        match annotation.clone() {
            Annotation::Highlight(article, span, note) => own.highlights.push(Highlight {
                id: HighlightId(next),
                span: Some(span),
                excerpt: span.of(&article.text).to_owned(),
                note,
                intact: true,
            }),
            Annotation::Note(id, note) => {
                own.highlights.iter_mut().filter(|known| known.id == id).for_each(|known| known.note.clone_from(&note));
            }
            Annotation::Remove(id) => own.highlights.retain(|known| known.id != id),
            Annotation::Correct(_, correction) => {
                let id = own.corrections.last().map_or(1, |(id, _)| id.0 + 1);
                own.corrections.push((CorrectionId(id), correction));
            }
            Annotation::Uncorrect(ids) => own.corrections.retain(|(id, _)| !ids.contains(id)),
        }
        self.marked(entry, content, Some(annotation.done()), stories)
    }

    /// What a story says, as the user corrected it.
    pub(super) fn corrected(&self, (article, analysis): &Story) -> (Arc<Analysis>, Arc<Voices>) {
        let mut corrected = (**analysis).clone();
        for (_, correction) in self.annotations(article.content_id()).corrections {
            correction.apply(&mut corrected, &article.text);
        }
        let voices = Voices::of(&corrected, &article.text);
        (Arc::new(corrected), Arc::new(voices))
    }

    pub(super) fn highlights(&self, stories: &[Story]) -> Vec<Annotated> {
        let annotated = self.recalled.iter().map(|(content, recalled)| {
            let at = stories.iter().position(|(article, _)| article.content_id() == *content);
            Annotated {
                content: *content,
                entry: at.filter(|_| !self.known.is_empty()).map(EntryId),
                title: at.map(|at| stories[at].0.meta.title.clone()).unwrap_or_default(),
                source: "Wikinews".to_owned(),
                date: at.and_then(|at| stories[at].0.meta.date),
                highlights: recalled.annotations.highlights.clone(),
            }
        });
        annotated.filter(|story| !story.highlights.is_empty()).collect()
    }
}
