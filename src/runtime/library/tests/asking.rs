//! People, folders, saved queries, changes to several articles, and the fuzzy filter, asked as the reader asks.

use super::*;
use crate::app::library::{Bulk, Folders, ListLeft};
use crate::app::people::{Ask, Identity, Of, Shared, Tell, Told};
use crate::store::SavedQuery;

impl Asked {
    fn told(&self, ticket: u64, of: Of, about: &str) -> Result<Box<Told>, String> {
        let about = about.to_owned();
        self.library.ask(Request::People(Ask::Said { ticket, of, about, limit: 200 }));
        self.wait(|message| match message {
            Message::Library(Answer::People(Tell::Said(told, answer))) if told == ticket => Some(answer),
            _ => None,
        })
    }

    fn changed(&self, entries: &[EntryId], change: Bulk) -> Option<String> {
        self.library.ask(Request::ChangeAll(entries.to_vec(), change));
        self.wait(|message| match message {
            Message::Library(Answer::AllChanged(_, _, label)) => Some(label),
            _ => None,
        })
    }

    fn undone(&self) -> Option<String> {
        self.library.ask(Request::Undo);
        self.wait(|message| match message {
            Message::Library(Answer::Undone(label)) => Some(label),
            _ => None,
        })
    }

    fn folders(&self) -> Folders {
        self.library.ask(Request::Folders);
        self.wait(|message| match message {
            Message::Library(Answer::Folders(folders)) => Some(*folders),
            _ => None,
        })
    }

    /// The next list of which this part is told.
    fn listed_as(&self, part: Part) -> (u64, Listed) {
        loop {
            let listed = self.listed();
            if listed.1.part == part {
                return listed;
            }
        }
    }

    /// The titles of the list with this ticket, in order.
    fn titles(&self, ticket: u64) -> Vec<String> {
        let entries = self.entries(ticket);
        self.library.ask(Request::Describe(entries.clone()));
        let known = self.wait(|message| match message {
            Message::Library(Answer::Described(asked, known)) if asked == entries => Some(known),
            _ => None,
        });
        assert_eq!(known.iter().map(|known| known.entry).collect::<Vec<_>>(), entries);
        known.into_iter().map(|known| known.facts.title).collect()
    }

    /// The entries of the next list with this ticket.
    fn entries(&self, ticket: u64) -> Vec<EntryId> {
        loop {
            let (told, listed) = self.listed();
            if told == ticket && listed.part != Part::Beginning {
                return listed.shown.into_iter().map(|shown| shown.entry).collect();
            }
        }
    }
}

/// A library of three analysed articles in which Ana Moore speaks, and one in which Ben Hall does.
fn analysed() -> (TempDir, Options) {
    let (folder, options) = filled(0);
    let engine = crate::analysis::Engine::new(crate::analysis::Lexicon::embedded());
    let mut store = Store::open(&options).unwrap().store;
    for (day, title, who) in [
        (1, "Harbour plan", "Ana Moore"),
        (2, "Ferry late", "Ana Moore"),
        (3, "Quiet day", "Ana Moore"),
        (4, "Rain", "Ben Hall"),
    ] {
        let text = format!(
            "{title}\n2025-11-0{day}\n\n“The {title} is all we have, and we like it,” said {who}.\n\n“Nobody asked us \
             about any of this for years,” {who} said.\n"
        );
        let article = import(text.as_bytes(), "story.txt");
        let analysis = engine.analyze(&article.text);
        let incoming = Incoming { analysis: Some((&analysis, crate::analysis::VERSION)), ..Incoming::new(&article) };
        store.add(&incoming, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    }
    (folder, options)
}

#[test]
fn what_a_name_of_a_story_said_is_told_with_the_other_stories_of_a_quote() {
    let (_folder, options) = analysed();
    let asked = Asked::start(Place::File(options), false);
    asked.list(1, "speaker:moore", SortKey::Date);
    let entries = asked.entries(1);
    let told = asked.told(1, Of::Entity(entries[1], crate::analysis::EntityId(0)), "").unwrap();
    assert_eq!((told.who.name.as_str(), told.who.stories, told.more), ("Ana Moore", 3, false));
    assert_eq!(told.stories.iter().map(|story| story.title.entry).collect::<Vec<_>>(), entries, "newest first");
    let also: Vec<_> = told.stories[0].quotes.iter().map(|said| said.also.len()).collect();
    assert_eq!(also, [0, 2], "the same quote is told once");
    assert_eq!(told.stories[1].quotes.len(), 1);
    let about = asked.told(2, Of::Person(told.who.id), "ferr*").unwrap();
    assert_eq!((about.stories.len(), about.stories[0].title.entry), (1, entries[1]));
    assert_eq!(asked.told(3, Of::Person(told.who.id), "zebra").unwrap().stories, []);
    assert_eq!(asked.told(4, Of::Name("Zoe".into()), "").unwrap_err(), "Zoe is not quoted in the library");
    let nobody = asked.told(5, Of::Entity(entries[0], crate::analysis::EntityId(77)), "").unwrap_err();
    assert_eq!(nobody, "nothing that this name says is in the library");
}

#[test]
fn over_files_a_story_is_opened_by_the_file_that_has_its_text_and_no_other_file_is_taken_for_it() {
    let (_folder, options) = analysed();
    let store = Store::open(&options).unwrap().store;
    let ids = store.ids(&Query::parse("speaker:moore", options.today).unwrap(), Sort::default()).unwrap();
    let content = store.load(ids[1]).unwrap().content_id();
    let asked = Asked::start(Place::File(options), false);
    asked.library.ask(Request::Shelve(vec![(EntryId(0), content)]));
    let told = asked.told(1, Of::Name("Ana Moore".into()), "").unwrap();
    let entries: Vec<EntryId> = told.stories.iter().map(|story| story.title.entry).collect();
    assert_eq!(entries[1], EntryId(0));
    assert!([entries[0], entries[2]].iter().all(|entry| entry.0 > 1_000_000), "{entries:?}");
    let identity = Identity::Another(told.who.id, vec![entries[2]]);
    asked.library.ask(Request::People(Ask::Change(identity)));
    asked.wait(|message| matches!(message, Message::Library(Answer::People(Tell::Changed(_)))).then_some(()));
    let told = asked.told(2, Of::Person(told.who.id), "").unwrap();
    assert_eq!(told.stories.iter().map(|story| story.title.entry).collect::<Vec<_>>(), entries[..2]);
}

#[test]
fn names_are_completed_and_those_nearly_so_are_told_where_none_are() {
    let (_folder, options) = analysed();
    let asked = Asked::start(Place::File(options), false);
    for (ticket, (name, expected)) in (1..).zip([
        ("mo", vec!["Ana Moore"]),
        ("", vec!["Ana Moore", "Ben Hall"]),
        ("mooore", vec!["Ana Moore"]),
        ("qqqqqq", vec![]),
    ]) {
        asked.library.ask(Request::People(Ask::Names { ticket, name: name.to_owned(), like: None }));
        let people = asked.wait(|message| match message {
            Message::Library(Answer::People(Tell::Names(told, people))) if told == ticket => Some(people),
            _ => None,
        });
        assert_eq!(people.iter().map(|who| who.name.as_str()).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn people_are_made_one_and_taken_apart_and_both_are_taken_back() {
    let (_folder, options) = analysed();
    let asked = Asked::start(Place::File(options), false);
    let who = |name: &str, ticket| asked.told(ticket, Of::Name(name.to_owned()), "").unwrap().who;
    let (ana, ben) = (who("Ana Moore", 1), who("Ben Hall", 2));
    let change = |identity| {
        asked.library.ask(Request::People(Ask::Change(identity)));
        asked.wait(|message| match message {
            Message::Library(Answer::People(Tell::Changed(label))) => Some(label),
            _ => None,
        })
    };
    assert_eq!(change(Identity::Same(ben.id, ana.id)), "made Ben Hall and Ana Moore one person");
    assert_eq!((who("Ben Hall", 3).name.as_str(), who("Ben Hall", 4).stories), ("Ana Moore", 4));
    asked.library.ask(Request::People(Ask::Parts(ana.id)));
    let parts = asked.wait(|message| match message {
        Message::Library(Answer::People(Tell::Parts(_, parts))) => Some(parts),
        _ => None,
    });
    assert_eq!((&parts[0].shared, parts[0].stories), (&Shared::Name("Ben Hall".to_owned()), 1));
    change(parts[0].change.clone());
    assert_eq!(who("Ben Hall", 5).stories, 1);
    assert_eq!(asked.undone().as_deref(), Some("kept Ben Hall apart"));
    asked.undone();
    let entry = asked.told(6, Of::Person(ana.id), "").unwrap().stories[0].title.entry;
    assert_eq!(change(Identity::Another(ana.id, vec![entry])), "told two people named Ana Moore apart");
    assert_eq!(asked.told(7, Of::Person(ana.id), "").unwrap().who.stories, 2);
}

#[test]
fn several_articles_are_changed_as_one_and_the_list_follows() {
    let (_folder, options) = filled(4);
    let asked = Asked::start(Place::File(options), false);
    asked.list(1, "", SortKey::Title);
    let all = asked.entries(1);
    assert_eq!(asked.changed(&all[..3], Bulk::ToggleRead).as_deref(), Some("marked 3 stories read"));
    let retag = Bulk::Retag { given: vec!["eu".into(), "town".into()], taken: vec!["old".into()] };
    assert_eq!(asked.changed(&all, retag).as_deref(), Some("tagged 4 stories with eu, town"));
    assert_eq!(asked.changed(&all[..1], Bulk::ToggleStar).as_deref(), Some("starred “Story 0000”"));
    assert_eq!(asked.changed(&all, Bulk::Retag { given: Vec::new(), taken: vec!["none".into()] }), None);
    assert_eq!(asked.changed(&all[1..], Bulk::Remove).as_deref(), Some("removed 3 stories"));
    asked.list(2, "", SortKey::Title);
    assert_eq!(asked.entries(2), all[..1]);
    assert_eq!(asked.undone().as_deref(), Some("removed 3 stories"));
    asked.list(3, "tag:town", SortKey::Title);
    assert_eq!(asked.entries(3), all, "they come back as the same entries");
}

#[test]
fn folders_are_told_and_saved_queries_are_counted_after_them() {
    let (_folder, options) = filled(5);
    let mut store = Store::open(&options).unwrap().store;
    let saved = SavedQuery { name: "Zero".into(), query: "0000".into(), sort: "-title".into() };
    store.save_query(&saved, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    let asked = Asked::start(Place::File(options), false);
    let folders = asked.folders();
    assert_eq!((folders.counts.all, folders.counts.unread, folders.saved.len()), (5, 5, 1));
    assert_eq!(folders.saved[0].sort, Sort { by: SortKey::Title, reversed: true });
    let counted = asked.wait(|message| match message {
        Message::Library(Answer::QueryCounted(name, unread)) => Some((name, unread)),
        _ => None,
    });
    assert_eq!(counted, ("Zero".to_owned(), 1));
    asked.library.ask(Request::RenameQuery("Zero".into(), "First".into()));
    let label = asked.wait(|message| match message {
        Message::Library(Answer::QueriesChanged(label)) => Some(label),
        _ => None,
    });
    assert_eq!((label.as_str(), asked.folders().saved[0].name.as_str()), ("renamed query Zero to First", "First"));
}

#[test]
fn headlines_are_filtered_fuzzily_the_best_first_and_with_a_query_before() {
    let (_folder, options) = analysed();
    let asked = Asked::start(Place::File(options), false);
    asked.list(1, "", SortKey::Date);
    let all = asked.entries(1);
    asked.list(2, "~hrbr", SortKey::Date);
    assert_eq!(asked.entries(2), all[3..]);
    asked.list(3, "speaker:hall ~a", SortKey::Date);
    assert_eq!(asked.entries(3), all[..1]);
    asked.list(4, "~", SortKey::Date);
    assert_eq!(asked.entries(4), all, "nothing is typed yet");
    asked.list(5, "~rn", SortKey::Date);
    assert_eq!(asked.entries(5)[0], all[0], "Rain fits better than Harbour plan");
}

#[test]
fn a_fuzzy_filter_typed_letter_by_letter_and_taken_back_finds_what_it_finds_at_once() {
    let (_folder, options) = filled(400);
    let place = || Place::File(options.clone());
    let (typed, mut ticket) = (Asked::start(place(), false), 0);
    for filter in ["~", "~s", "~st", "~st 1", "~st 12", "~st 1", "~st", "~st 3", "unread ~st 3", "~st 9$", "~st !3"] {
        ticket += 1;
        typed.list(ticket, filter, SortKey::Date);
        let at_once = Asked::start(place(), false);
        at_once.list(1, filter, SortKey::Date);
        // Entries are given out as articles are told of: the rows say which is which.
        let (typed, at_once) = (typed.titles(ticket), at_once.titles(1));
        assert!(!at_once.is_empty(), "{filter}");
        assert_eq!(typed, at_once, "{filter}");
    }
}

#[test]
fn a_fuzzy_filter_follows_what_comes_and_goes() {
    let (_folder, options) = filled(100);
    let asked = Asked::start(Place::File(options.clone()), true);
    asked.list(1, "~story", SortKey::Date);
    let entries = asked.entries(1);
    assert_eq!(entries.len(), 100);
    asked.changed(&entries[..1], Bulk::Remove);
    let (_, again) = asked.listed();
    assert_eq!((again.part, again.shown.len()), (Part::Again, 99));
    let mut elsewhere = Store::open(&options).unwrap().store;
    let new = import(b"Storied past\n2025-11-22\n\nIt came from elsewhere.\n", "story.txt");
    elsewhere.add(&Incoming::new(&new), "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    asked.list(2, "~storied", SortKey::Date);
    let (_, whole) = asked.listed_as(Part::Whole);
    assert_eq!(whole.shown.len(), 1, "a beginning may be of what was held, all of it is true");
}

#[test]
fn the_list_is_remembered_unless_its_filter_is_understood_no_longer() {
    let (_folder, options) = filled(2);
    let asked = Asked::start(Place::File(options.clone()), false);
    let sort = Sort { by: SortKey::Title, reversed: true };
    let left = ListLeft { filter: "unread ~x".into(), sort, name: Some("X".into()) };
    asked.library.remember_list(left.clone());
    assert!(asked.library.close());
    let asked = Asked::start(Place::File(options.clone()), true);
    let remembered = asked.wait(|message| match message {
        Message::Library(Answer::Remembered(left)) => Some(left),
        _ => None,
    });
    assert_eq!(remembered, left);
    asked.library.remember_list(ListLeft { filter: "nokey:x".into(), ..ListLeft::default() });
    assert!(asked.library.close());
    let asked = Asked::start(Place::File(options), true);
    asked.list(1, "", SortKey::Date);
    let first = asked.wait(|message| match message {
        Message::Library(Answer::Remembered(..)) => Some("remembered"),
        Message::Library(Answer::Listed(..)) => Some("listed"),
        _ => None,
    });
    assert_eq!(first, "listed");
}
