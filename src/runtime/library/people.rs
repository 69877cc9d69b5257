//! People of the library: who is called so, what they said, and who is whom.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::desk::Desk;
use super::rows::Shelf;
use super::{Overtaking, Task};
use crate::app::library::Answer;
use crate::app::people::{Ask, Identity, Of, Part, PersonId, Said, Shared, Story, Tell, Title, Told, Who};
use crate::store::{self, ArticleId, Asked, Error, Person, Sharing, Store, Summary};

/// Names told at most.
const MOST_NAMES: usize = 50;

/// Names told where nobody has the one asked for, but nearly so.
const MOST_NEAR: usize = 5;

impl Desk {
    /// Tells what is asked about people.
    pub fn people(&mut self, ask: Ask) {
        match ask {
            Ask::Names { ticket, name, like } => {
                let is_wanted = |desk: &Self| Overtaking::is_latest(&desk.setting.overtaking.names, ticket);
                if let Some(people) = self.overtakable(is_wanted, |desk| called(&desk.store, &name, like)) {
                    self.tell_people(Tell::Names(ticket, people.into_iter().map(who).collect()));
                }
            }
            Ask::Said { ticket, of, about, limit } => {
                let is_wanted = |desk: &Self| Overtaking::is_latest(&desk.setting.overtaking.said, ticket);
                if let Some(told) = self.overtakable(is_wanted, |desk| desk.said(&of, &about, limit)) {
                    self.tell_people(Tell::Said(ticket, told.map(Box::new)));
                }
            }
            Ask::Parts(person) => match self.uninterrupted(|store| parts(store, store::PersonId(person.0))) {
                Ok(parts) => {
                    let parts = {
                        let mut shelf = self.setting.shelf();
                        parts.into_iter().map(|part| told_part(person, part, &mut shelf)).collect()
                    };
                    self.tell_people(Tell::Parts(person, parts));
                }
                Err(error) => self.setting.complain(error.to_string()),
            },
            Ask::Change(identity) => drop(self.setting.writing.send(Task::Identify(identity))),
        }
    }

    fn tell_people(&self, tell: Tell) {
        self.setting.tell(Answer::People(tell));
    }

    /// What somebody said, or a line that says why nothing is told.
    fn said(&self, of: &Of, about: &str, limit: usize) -> Result<Result<Told, String>, Error> {
        let person = match self.person(of)? {
            Ok(person) => person,
            Err(line) => return Ok(Err(line)),
        };
        let asked = Asked { person: Some(person.id), about: about.to_owned(), limit: Some(limit), ..Asked::default() };
        let stories = self.store.said(&asked)?;
        if stories.is_empty() && about.is_empty() {
            return Ok(Err(format!("{} is named in the library, but not quoted", person.name)));
        }
        let count: usize = stories.iter().map(|story| story.quotes.len()).sum();
        let own: BTreeMap<ArticleId, Summary> =
            stories.iter().map(|story| (story.article.id, story.article.clone())).collect();
        let also = stories.iter().flat_map(|story| &story.quotes).flat_map(|quote| &quote.also);
        let mut missing: Vec<ArticleId> = also.map(|(id, _)| *id).filter(|id| !own.contains_key(id)).collect();
        missing.sort_unstable();
        missing.dedup();
        let others: BTreeMap<_, _> = self.store.summaries(&missing)?.into_iter().map(|row| (row.id, row)).collect();
        let mut shelf = self.setting.shelf();
        let mut title_of = |id: ArticleId| own.get(&id).or_else(|| others.get(&id)).map(|row| title(row, &mut shelf));
        let stories = stories.iter().filter_map(|story| {
            let id = story.article.id;
            Some(Story {
                title: title_of(id)?,
                quotes: story.quotes.iter().map(|quote| said(quote, id, &mut title_of)).collect(),
            })
        });
        Ok(Ok(Told { stories: stories.collect(), who: who(person), more: count >= limit }))
    }

    /// Who is meant, or a line that says that it is nobody.
    fn person(&self, of: &Of) -> Result<Result<Person, String>, Error> {
        let nobody = || "nothing that this name says is in the library".to_owned();
        let id = match of {
            Of::Person(id) => Some(store::PersonId(id.0)),
            Of::Entity(entry, entity) => {
                let article = self.setting.shelf().article(*entry);
                article.map_or(Ok(None), |article| self.store.person_in(article, entity.0))?
            }
            Of::Name(name) => {
                let found = self.store.people_called(name, 1)?.into_iter().next();
                return Ok(found.ok_or_else(|| format!("{name} is not quoted in the library")));
            }
        };
        let Some(id) = id else { return Ok(Err(nobody())) };
        match self.store.person(id) {
            Ok(person) if person.articles > 0 => Ok(Ok(person)),
            Ok(_) | Err(Error::Gone(_)) => Ok(Err(nobody())),
            Err(error) => Err(error),
        }
    }

    /// Keeps the user's word on who is who.
    pub fn identify(&mut self, identity: Identity) {
        let now = Timestamp::now();
        let own = |id: PersonId| store::PersonId(id.0);
        let done = match identity {
            Identity::Same(one, other) => self.store.merge_people(own(one), own(other), now),
            Identity::Another(person, entries) => {
                let articles = self.setting.shelf().articles(&entries);
                self.store.split_person(own(person), &articles, now).map(drop)
            }
            Identity::Apart(form) => self.store.keep_apart(own(form), now),
        };
        match done.and_then(|()| self.store.undoable()) {
            Ok(label) => {
                self.report(Ok(()));
                self.tell_people(Tell::Changed(label.unwrap_or_default()));
            }
            Err(error) => self.refuse(&error),
        }
    }
}

/// The people whose names begin so, or are nearly so where none do; those whom `like` may be the same as first.
fn called(store: &Store, name: &str, like: Option<PersonId>) -> Result<Vec<Person>, Error> {
    let people = match like {
        Some(like) => store.people_like(store::PersonId(like.0), name, MOST_NAMES)?,
        None => store.people(name, MOST_NAMES)?,
    };
    if !people.is_empty() {
        return Ok(people);
    }
    let mut near = store.people_near(name, MOST_NEAR)?;
    near.retain(|person| like.is_none_or(|like| like.0 != person.id.0));
    Ok(near)
}

fn who(person: Person) -> Who {
    Who {
        id: PersonId(person.id.0),
        name: person.name,
        names: person.names,
        roles: person.roles,
        stories: person.articles,
        quotes: person.quotes,
    }
}

fn title(row: &Summary, shelf: &mut Shelf) -> Title {
    Title { entry: shelf.opener(row.id), title: row.title.clone(), source: row.source.clone(), date: row.date }
}

fn said(quote: &store::Said, own: ArticleId, title: &mut impl FnMut(ArticleId) -> Option<Title>) -> Said {
    let others = quote.also.iter().filter(|(id, _)| *id != own);
    let mut also: Vec<(Title, crate::text::Span)> = Vec::new();
    for (id, span) in others {
        let Some(title) = title(*id) else { continue };
        if also.last().is_none_or(|(last, _)| last.entry != title.entry) {
            also.push((title, *span));
        }
    }
    Said { words: quote.words.clone(), kind: quote.kind, span: quote.span, confidence: quote.confidence, also }
}

/// By what a person can be taken apart: the other names first, then what its articles say.
enum Divided {
    Form(store::Form),
    Part(store::Part),
}

fn parts(store: &Store, person: store::PersonId) -> Result<Vec<Divided>, Error> {
    let forms = store.forms_of(person)?;
    // The name that it is known by stays.
    let others = forms.into_iter().filter(|form| form.id != person).map(Divided::Form);
    Ok(others.chain(store.parts_of(person)?.into_iter().map(Divided::Part)).collect())
}

fn told_part(person: PersonId, part: Divided, shelf: &mut Shelf) -> Part {
    match part {
        Divided::Form(form) => Part {
            shared: Shared::Name(form.name),
            stories: form.articles,
            change: Identity::Apart(PersonId(form.id.0)),
        },
        Divided::Part(store::Part { sharing, articles }) => Part {
            shared: match sharing {
                Sharing::Role(role) => Shared::Role(role),
                Sharing::Company(with) => Shared::Company(with),
            },
            stories: articles.len(),
            change: Identity::Another(person, articles.into_iter().map(|article| shelf.opener(article)).collect()),
        },
    }
}
