//! The library of the tests: a handful of stories, and what a library does with them at its simplest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Story;
use crate::analysis::Voices;
use crate::app::EntryId;
use crate::app::library::{
    Answer, Change, Hit, Known, Listed, Loaded, Part, Problem, Recalled, Request, Shown, Sort, SortKey,
};
use crate::app::list::{Facts, Said};
use crate::text::Span;

/// The library.
#[derive(Default)]
pub(crate) struct Shelf {
    /// What is known of each article; its entry is its place.
    pub(crate) known: Vec<Known>,
    /// Changes that were asked for.
    pub(crate) changes: Vec<(EntryId, Change)>,
    /// What was asked about files that are added.
    pub(crate) asked: Vec<Request>,
    /// Earlier states, with what was done to them.
    journal: Vec<(String, Vec<Known>, BTreeMap<u64, Recalled>)>,
    /// The list that was asked for last.
    listed: Option<(u64, String, Sort)>,
    /// Marks and positions by content.
    pub(crate) recalled: BTreeMap<u64, Recalled>,
}

impl Shelf {
    pub(super) fn of(stories: &[Story]) -> Self {
        let known = |(at, (article, analysis)): (usize, &Story)| {
            let voices = Voices::of(analysis, &article.text);
            let facts = Facts {
                title: article.meta.title.clone(),
                date: article.meta.date,
                source: article.meta.source.clone().unwrap_or_default(),
                said: Some(Said { quotes: voices.utterances.len(), voices: voices.all.len() }),
                words: Some(article.words()),
                ..Facts::default()
            };
            Known { entry: EntryId(at), read: false, facts }
        };
        Self { known: stories.iter().enumerate().map(known).collect(), ..Self::default() }
    }

    /// Answers `request`, where it has an answer.
    pub(super) fn answer(&mut self, request: Request, stories: &[Story]) -> Option<Answer> {
        Some(match request {
            Request::List { ticket, filter, sort, .. } => {
                let answer = Answer::Listed(ticket, self.list(&filter, sort));
                self.listed = Some((ticket, filter, sort));
                answer
            }
            Request::Describe(entries) => {
                let known = entries.iter().filter_map(|id| self.known.get(id.0).cloned()).collect();
                Answer::Described(entries, known)
            }
            Request::Recall(entry, content) => Answer::Recalled(entry, self.recall(content)),
            Request::Annotations(entry, content) => self.marked(Some(entry), content, None, stories),
            Request::Annotate(entry, content, annotation) => self.annotate(entry, content, &annotation, stories),
            Request::Highlights => Answer::Highlights(self.highlights(stories)),
            Request::Forget(content) => {
                self.recalled.entry(content).or_default().position = None;
                return None;
            }
            Request::KeepMark { content, letter, offset } => {
                self.recalled.entry(content).or_default().marks.push((letter, offset));
                Answer::MarkKept(letter)
            }
            Request::Change(entry, change) => {
                self.changes.push((entry, change.clone()));
                self.change(entry, &change);
                Answer::Changed(self.known.get(entry.0)?.clone(), change)
            }
            Request::Undo => Answer::Undone(self.journal.pop().map(|(label, known, recalled)| {
                (self.known, self.recalled) = (known, recalled);
                label
            })),
            Request::Tags => Answer::Tags(self.tags()),
            Request::Find { ticket, query, by_relevance, limit } => {
                let mut hits: Vec<Hit> = (0..stories.len()).filter_map(|at| self.hit(at, &query, stories)).collect();
                if by_relevance {
                    hits.reverse();
                }
                hits.truncate(limit);
                let problem =
                    query.contains("nokey:").then(|| Problem { span: Span::new(0, 6), message: "no key".into() });
                Answer::Found(ticket, problem.map_or(Ok(hits), Err))
            }
            Request::Shelve(_) | Request::AddFiles(_) | Request::StopAdding => {
                self.asked.push(request);
                return None;
            }
            Request::Matches(entry, query) => Answer::Matched(entry, places(&query, &stories.get(entry.0)?.0.text)),
        })
    }

    /// The list as it is by now.
    pub(crate) fn list_again(&self) -> Option<Answer> {
        let (ticket, filter, sort) = self.listed.as_ref()?;
        let listed = self.list(filter, *sort).ok()?;
        Some(Answer::Listed(*ticket, Ok(Listed { part: Part::Again, ..listed })))
    }

    pub(super) fn recall(&self, content: u64) -> Recalled {
        Recalled { content, ..self.recalled.get(&content).cloned().unwrap_or_default() }
    }

    /// Remembers what is there, to be taken back.
    pub(super) fn record(&mut self, label: String) {
        self.journal.push((label, self.known.clone(), self.recalled.clone()));
    }

    pub(super) fn load(&self, id: EntryId, story: &Story) -> Answer {
        let article = &story.0;
        let recalled = self.recall(article.content_id());
        let analysis = Some(self.corrected(story));
        Answer::Loaded(id, Ok(Box::new(Loaded { article: Arc::clone(article), analysis, recalled, from: None })))
    }

    fn hit(&self, at: usize, query: &str, stories: &[Story]) -> Option<Hit> {
        let text = &stories[at].0.text;
        let first = *places(query, text).first()?;
        let snippet = text.chars().skip(text[..first.start].chars().count()).take(60).collect();
        let marks = vec![Span::new(0, first.len())];
        Some(Hit { known: self.known[at].clone(), offset: Some(first.start), snippet, marks })
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.known.iter().flat_map(|known| known.facts.tags.clone()).collect();
        tags.sort();
        tags.dedup();
        tags
    }

    fn list(&self, filter: &str, sort: Sort) -> Result<Listed, Problem> {
        if let Some(start) = filter.find("nokey:") {
            return Err(Problem { span: Span::new(start, filter.len()), message: "nokey: is no key".to_owned() });
        }
        let mut known: Vec<&Known> = self.known.iter().filter(|known| matches(known, filter)).collect();
        match sort.by {
            SortKey::Title => known.sort_by_key(|known| known.facts.title.clone()),
            SortKey::Voices => known.sort_by_key(|known| std::cmp::Reverse(known.facts.said.unwrap().voices)),
            SortKey::Length => known.sort_by_key(|known| std::cmp::Reverse(known.facts.words)),
            SortKey::Source | SortKey::Date | SortKey::Added => {}
        }
        if sort.reversed {
            known.reverse();
        }
        let shown = known.iter().map(|known| Shown { entry: known.entry, read: known.read }).collect();
        Ok(Listed { part: Part::Whole, shown, known: Vec::new() })
    }

    fn change(&mut self, entry: EntryId, change: &Change) {
        let before = (self.known.clone(), self.recalled.clone());
        let Some(known) = self.known.get_mut(entry.0) else { return };
        let label = match change {
            Change::Opened => {
                known.read = true;
                return;
            }
            Change::ToggleRead => {
                known.read = !known.read;
                "marked 1 article".to_owned()
            }
            Change::ToggleStar => {
                known.facts.starred = !known.facts.starred;
                "starred 1 article".to_owned()
            }
            Change::Tag(tags) => {
                known.facts.tags.clone_from(tags);
                "tagged 1 article".to_owned()
            }
        };
        self.journal.push((label, before.0, before.1));
    }
}

/// Where `word` stands in `text`.
fn places(word: &str, text: &str) -> Vec<Span> {
    text.match_indices(word).map(|(at, word)| Span::new(at, at + word.len())).collect()
}

fn matches(known: &Known, filter: &str) -> bool {
    filter.split_whitespace().all(|word| match word.split_once(':') {
        Some(("tag", tag)) => known.facts.tags.iter().any(|known| known == tag),
        _ if word == "unread" => !known.read,
        _ if word == "starred" => known.facts.starred,
        _ => known.facts.title.to_lowercase().contains(&word.to_lowercase()),
    })
}
