//! The library of the tests: a handful of stories, and what a library does with them at its simplest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Story;
use crate::analysis::Voices;
use crate::app::EntryId;
use crate::app::library::{
    Answer, Bulk, Change, Counts, Feed, Folder, Folders, Hit, Known, Listed, Loaded, Part, Problem, Recalled, Request,
    Saved, Shown, Sort, SortKey,
};
use crate::app::list::{Facts, Said};
use crate::app::people::Identity;
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
    journal: Vec<(String, Before)>,
    /// The list that was asked for last.
    listed: Option<(u64, String, Sort)>,
    /// Marks and positions by content.
    pub(crate) recalled: BTreeMap<u64, Recalled>,
    /// Saved queries.
    pub(crate) saved: Vec<Saved>,
    /// Articles that are kept no longer.
    pub(crate) removed: BTreeSet<EntryId>,
    /// Who the user says is whom: names.
    pub(crate) merged: BTreeMap<String, String>,
    /// What feeds there are.
    pub(crate) feeds: Vec<Feed>,
    /// What else the user said about who is who.
    pub(crate) identities: Vec<Identity>,
}

/// What an undo puts back.
type Before = (Vec<Known>, Vec<Saved>, BTreeSet<EntryId>, BTreeMap<String, String>, BTreeMap<u64, Recalled>);

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
            Request::Annotations(entry, content) => {
                match stories.get(entry.0).filter(|story| !self.known.is_empty() && story.0.content_id() != content) {
                    Some(story) => Answer::Renewed(entry, self.loaded(story)),
                    None => self.marked(Some(entry), content, None, stories),
                }
            }
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
            Request::Undo => Answer::Undone(self.journal.pop().map(|(label, before)| {
                (self.known, self.saved, self.removed, self.merged, self.recalled) = before;
                label
            })),
            Request::ChangeAll(entries, change) => {
                let label = self.change_all(&entries, &change);
                Answer::AllChanged(entries, change, label)
            }
            Request::People(ask) => Answer::People(self.people(ask, stories)),
            Request::Folders => Answer::Folders(Box::new(self.folders())),
            Request::SaveQuery { name, query, sort } => {
                self.keep(format!("saved query {name}"));
                self.saved.retain(|saved| saved.name != name);
                self.saved.push(Saved { name: name.clone(), query, sort });
                Answer::QueriesChanged(format!("saved query {name}"))
            }
            Request::RenameQuery(name, to) => {
                self.keep(format!("renamed query {name} to {to}"));
                self.saved.iter_mut().filter(|saved| saved.name == name).for_each(|saved| saved.name.clone_from(&to));
                Answer::QueriesChanged(format!("renamed query {name} to {to}"))
            }
            Request::RemoveQuery(name) => {
                self.keep(format!("deleted query {name}"));
                self.saved.retain(|saved| saved.name != name);
                Answer::QueriesChanged(format!("deleted query {name}"))
            }
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
            Request::Shelve(_) | Request::AddFiles(_) | Request::StopAdding | Request::KeepSearch(_) => {
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
        self.journal.push((label, self.before()));
    }

    pub(super) fn load(&self, id: EntryId, story: &Story) -> Answer {
        Answer::Loaded(id, Ok(self.loaded(story)))
    }

    fn loaded(&self, story: &Story) -> Box<Loaded> {
        let article = &story.0;
        let recalled = self.recall(article.content_id());
        let analysis = Some(self.corrected(story));
        Box::new(Loaded { article: Arc::clone(article), analysis, recalled, from: None })
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
        let mut known: Vec<&Known> =
            self.known.iter().filter(|known| matches(known, filter) && !self.removed.contains(&known.entry)).collect();
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

    fn before(&self) -> Before {
        (self.known.clone(), self.saved.clone(), self.removed.clone(), self.merged.clone(), self.recalled.clone())
    }

    /// Remembers how it was before what is done under `label`.
    pub(super) fn keep(&mut self, label: String) {
        self.journal.push((label, self.before()));
    }

    fn change_all(&mut self, entries: &[EntryId], change: &Bulk) -> Option<String> {
        let before = self.before();
        let all = |have: fn(&Known) -> bool| entries.iter().all(|id| self.known.get(id.0).is_some_and(have));
        let (read, starred) = (all(|known| known.read), all(|known| known.facts.starred));
        for id in entries {
            let Some(known) = self.known.get_mut(id.0) else { continue };
            match change {
                Bulk::ToggleRead => known.read = !read,
                Bulk::ToggleStar => known.facts.starred = !starred,
                Bulk::Retag { given, taken } => {
                    known.facts.tags.retain(|tag| !taken.contains(tag));
                    known.facts.tags.extend(given.iter().cloned());
                }
                Bulk::Remove => drop(self.removed.insert(*id)),
            }
        }
        if before == self.before() {
            return None;
        }
        let which = match entries {
            [only] => format!("“{}”", self.known.get(only.0)?.facts.title),
            several => format!("{} stories", several.len()),
        };
        let label = match change {
            Bulk::ToggleRead => format!("marked {which} {}", if read { "unread" } else { "read" }),
            Bulk::ToggleStar => format!("{} {which}", if starred { "unstarred" } else { "starred" }),
            Bulk::Retag { .. } => format!("tagged {which}"),
            Bulk::Remove => format!("removed {which}"),
        };
        self.journal.push((label.clone(), before));
        Some(label)
    }

    fn folders(&self) -> Folders {
        let kept = || self.known.iter().filter(|known| !self.removed.contains(&known.entry));
        let count = |has: fn(&&Known) -> bool| kept().filter(has).count();
        let counts = Counts {
            all: kept().count(),
            unread: count(|known| !known.read),
            starred: count(|known| known.facts.starred),
            highlighted: 0,
        };
        let tagged = |tag: &String| kept().filter(|known| known.facts.tags.contains(tag)).count();
        let tags = self.tags().into_iter().map(|tag| (tag.clone(), tagged(&tag)));
        let folder = Folder { path: "/news/paper".into(), name: "/news/paper".into(), depth: 0, articles: 2 };
        let (saved, feeds) = (self.saved.clone(), self.feeds.clone());
        Folders { counts, saved, tags: tags.collect(), feeds, added: vec![folder] }
    }

    fn change(&mut self, entry: EntryId, change: &Change) {
        let before = self.before();
        let Some(known) = self.known.get_mut(entry.0) else { return };
        let label = match change {
            Change::Opened => {
                known.read = true;
                return;
            }
            Change::ToggleRead => {
                known.read = !known.read;
                format!("marked “{}” {}", known.facts.title, if known.read { "read" } else { "unread" })
            }
            Change::ToggleStar => {
                known.facts.starred = !known.facts.starred;
                format!("starred “{}”", known.facts.title)
            }
            Change::Tag(tags) => {
                known.facts.tags.clone_from(tags);
                format!("tagged “{}”", known.facts.title)
            }
        };
        self.journal.push((label, before));
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
