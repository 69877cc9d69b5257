//! The people of the tests' library: everybody who speaks in a story, one person for each name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Shelf, Story};
use crate::app::EntryId;
use crate::app::people::{self, Ask, Identity, Of, Part, PersonId, Said, Shared, Tell, Title, Told, Who};

impl Shelf {
    pub(super) fn people(&mut self, ask: Ask, stories: &[Story]) -> Tell {
        match ask {
            Ask::Names { ticket, name, like } => {
                let name = name.to_lowercase();
                let called = |who: &Who| {
                    name.split(' ').all(|word| who.name.to_lowercase().contains(word)) && like != Some(who.id)
                };
                Tell::Names(ticket, self.everybody(stories).into_iter().filter(called).collect())
            }
            Ask::Said { ticket, of, about, limit } => {
                Tell::Said(ticket, self.said(&of, &about, limit, stories).map(Box::new))
            }
            Ask::Parts(person) => {
                let part = Part {
                    shared: Shared::Role("mayor".to_owned()),
                    stories: 1,
                    change: Identity::Another(person, vec![EntryId(0)]),
                };
                Tell::Parts(person, vec![part])
            }
            Ask::Change(identity) => {
                let label = match &identity {
                    Identity::Same(one, other) => {
                        let names = self.names(stories);
                        let (one, other) = (names[one.0 as usize].clone(), names[other.0 as usize].clone());
                        let label = format!("made {one} and {other} one person");
                        self.keep(label.clone());
                        self.merged.insert(one, other);
                        label
                    }
                    Identity::Another(..) | Identity::Apart(_) => "told two people apart".to_owned(),
                };
                self.identities.push(identity);
                Tell::Changed(label)
            }
        }
    }

    /// All names of speakers, in order: a person is the number of its name.
    fn names(&self, stories: &[Story]) -> Vec<String> {
        let names: BTreeSet<String> = stories.iter().flat_map(|(_, analysis)| spoken(analysis)).collect();
        names.into_iter().collect()
    }

    fn root<'a>(&'a self, name: &'a str) -> &'a str {
        self.merged.get(name).map_or(name, String::as_str)
    }

    fn everybody(&self, stories: &[Story]) -> Vec<Who> {
        let names = self.names(stories);
        let mut people: BTreeMap<&str, Who> = BTreeMap::new();
        for (name, id) in names.iter().zip(0..) {
            let root = self.root(name);
            let place = names.iter().position(|known| known == root).unwrap_or(0);
            let who = people.entry(root).or_insert_with(|| Who {
                id: PersonId(place as i64),
                name: root.to_owned(),
                names: Vec::new(),
                roles: vec!["speaker".to_owned()],
                stories: 0,
                quotes: 0,
            });
            if who.id != PersonId(id) {
                who.names.push(name.clone());
            }
            for (_, analysis) in stories {
                let own = spoken(analysis).filter(|speaker| speaker == name).count();
                who.quotes += own;
                who.stories += usize::from(own > 0);
            }
        }
        let mut people: Vec<Who> = people.into_values().collect();
        people.sort_by_key(|who| std::cmp::Reverse(who.quotes));
        people
    }

    fn said(&self, of: &Of, about: &str, limit: usize, stories: &[Story]) -> Result<Told, String> {
        let names = self.names(stories);
        let name = match of {
            Of::Person(id) => names.get(id.0 as usize).cloned().unwrap_or_default(),
            Of::Entity(entry, id) => {
                stories[entry.0].1.entity(*id).map(|entity| entity.name.clone()).unwrap_or_default()
            }
            Of::Name(name) => name.clone(),
        };
        let root = self.root(&name).to_owned();
        let nobody = || format!("{name} is not quoted in the library");
        let who = self.everybody(stories).into_iter().find(|who| who.name == root).ok_or_else(nobody)?;
        let mut told: Vec<people::Story> = Vec::new();
        let mut count = 0;
        for (at, (article, analysis)) in stories.iter().enumerate() {
            let title = Title {
                entry: EntryId(at),
                title: article.meta.title.clone(),
                source: article.meta.source.clone().unwrap_or_default(),
                date: article.meta.date,
            };
            let own = analysis.quotes.iter().filter(|quote| {
                let speaker = quote.speaker.and_then(|speaker| analysis.entity(speaker));
                speaker.is_some_and(|speaker| self.root(&speaker.name) == root)
            });
            let mut quotes: Vec<Said> = Vec::new();
            for quote in own {
                let words = quote.span.of(&article.text).to_owned();
                let topic = about.trim_end_matches('*').to_lowercase();
                if !words.to_lowercase().contains(&topic) || count >= limit {
                    continue;
                }
                let same = told.iter_mut().flat_map(|story| &mut story.quotes).find(|known| known.words == words);
                if let Some(known) = same {
                    known.also.push((title.clone(), quote.span));
                    continue;
                }
                count += 1;
                quotes.push(Said {
                    words,
                    kind: quote.kind,
                    span: quote.span,
                    confidence: quote.confidence,
                    also: Vec::new(),
                });
            }
            if !quotes.is_empty() {
                told.push(people::Story { title, quotes });
            }
        }
        Ok(Told { who, stories: told, more: count >= limit })
    }
}

/// The names of those who speak, once for each quote.
fn spoken(analysis: &crate::analysis::Analysis) -> impl Iterator<Item = String> {
    let speakers = analysis.quotes.iter().filter_map(|quote| analysis.entity(quote.speaker?));
    speakers.map(|entity| entity.name.clone())
}
