//! The threads of the library, asked as the reader asks them.

mod asking;

use std::path::Path;
use std::sync::mpsc::Receiver;

use tempfile::TempDir;

use super::*;
use crate::analysis::correct::{Anchor, Correction};
use crate::app::Message;
use crate::app::library::{Annotation, Answer, Done, HighlightId, Listed, Marked, Part, SortKey};
use crate::article::Article;
use crate::article::import::import;
use crate::store::{Incoming, Opened, Options, Query};
use crate::text::Span;

/// How long an answer may take, on a machine that does ten other things.
const PATIENCE: Duration = Duration::from_secs(30);

/// A library and what it tells.
struct Asked {
    library: Library,
    events: Receiver<Event>,
}

fn options(path: &Path) -> Options {
    Options::chosen(path.to_owned(), "2025-11-25".parse().unwrap())
}

/// A library with so many articles, none of them analysed.
fn filled(count: usize) -> (TempDir, Options) {
    let folder = tempfile::tempdir().unwrap();
    let options = options(&folder.path().join("library.db"));
    let Opened { mut store, .. } = Store::open(&options).unwrap();
    let text =
        |at: usize| format!("Story {at:04}\n2025-11-20\n\n“Number {at} is here,” said Ana Moore of story {at}.\n");
    let articles: Vec<_> = (0..count).map(|at| import(text(at).as_bytes(), "story.txt")).collect();
    let incoming: Vec<_> = articles.iter().map(Incoming::new).collect();
    store.add_all(&incoming, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    (folder, options)
}

impl Asked {
    fn start(place: Place, shown: bool) -> Self {
        let (sender, events) = mpsc::channel();
        let workers = Workers::start(&sender).unwrap();
        Self { library: Library::start(place, shown, &sender, &workers).unwrap(), events }
    }

    /// The first answer that `wanted` takes something from.
    fn wait<T>(&self, mut wanted: impl FnMut(Message) -> Option<T>) -> T {
        loop {
            let Event::Message(message) = self.events.recv_timeout(PATIENCE).expect("an answer") else { continue };
            if let Some(found) = wanted(message) {
                return found;
            }
        }
    }

    fn list(&self, ticket: u64, filter: &str, by: SortKey) {
        let sort = Sort { by, reversed: false };
        self.library.ask(Request::List { ticket, filter: filter.to_owned(), sort, typing: false });
    }

    /// The next list that is told.
    fn listed(&self) -> (u64, Listed) {
        self.wait(|message| match message {
            Message::Library(Answer::Listed(ticket, Ok(listed))) => Some((ticket, listed)),
            _ => None,
        })
    }
}

#[test]
fn a_long_list_is_told_in_two_parts_that_begin_alike() {
    let (_folder, options) = filled(400);
    let asked = Asked::start(Place::File(options), false);
    asked.list(1, "", SortKey::Title);
    let (_, beginning) = asked.listed();
    assert_eq!(beginning.part, Part::Beginning);
    assert_eq!(beginning.known[0].facts.title, "Story 0000");
    assert_eq!(beginning.known[0].facts.said, None, "nothing has analysed it");
    let (_, whole) = asked.listed();
    assert_eq!((whole.part, whole.shown.len()), (Part::Whole, 400));
    assert_eq!(whole.shown[..beginning.shown.len()], beginning.shown);
    asked.list(2, "title:\"story 0007\"", SortKey::Title);
    let (ticket, short) = asked.listed();
    assert_eq!((ticket, short.part, short.shown.len()), (2, Part::Whole, 1));
    assert_eq!(short.shown[0].entry, beginning.shown[7].entry, "an article stays the same entry");
}

#[test]
fn of_lists_that_overtake_one_another_the_last_is_told() {
    let (_folder, options) = filled(300);
    let asked = Asked::start(Place::File(options), false);
    for ticket in 1..=50 {
        asked.list(ticket, "number", SortKey::Length);
    }
    let mut last = asked.listed();
    while (last.0, last.1.part) != (50, Part::Whole) {
        let next = asked.listed();
        assert!(next.0 >= last.0);
        last = next;
    }
    assert_eq!(last.1.shown.len(), 300);
}

#[test]
fn what_is_wrong_with_a_query_is_told_with_its_place() {
    let asked = Asked::start(Place::Memory, false);
    asked.list(1, "unread sinze:7d", SortKey::Date);
    let problem = asked.wait(|message| match message {
        Message::Library(Answer::Listed(1, Err(problem))) => Some(problem),
        _ => None,
    });
    assert_eq!((problem.span.start, problem.span.end), (7, 15));
    assert!(problem.message.contains("since"), "{}", problem.message);
}

#[test]
fn positions_are_remembered_before_they_are_written_and_written_at_the_end() {
    let (_folder, options) = filled(1);
    let asked = Asked::start(Place::File(options.clone()), false);
    asked.library.set_position(7, 70);
    asked.library.set_position(7, 77);
    assert!(asked.library.close());
    let store = Store::open(&options).unwrap().store;
    assert_eq!(store.position(7).unwrap(), Some(77));
}

#[test]
fn a_library_in_memory_begins_with_the_bundled_articles_and_keeps_what_it_is_told() {
    let asked = Asked::start(Place::Memory, true);
    asked.list(1, "", SortKey::Date);
    let (_, listed) = asked.listed();
    assert_eq!(listed.shown.len(), crate::article::seeds().len());
    let first = listed.shown[0].entry;
    asked.library.ask(Request::Change(first, Change::ToggleStar));
    let starred = asked.wait(|message| match message {
        Message::Library(Answer::Changed(known, Change::ToggleStar)) => Some(known.facts.starred),
        _ => None,
    });
    assert!(starred);
    asked.list(2, "starred", SortKey::Date);
    let starred = loop {
        let (ticket, listed) = asked.listed();
        if ticket == 2 {
            break listed.shown;
        }
    };
    assert_eq!(starred.iter().map(|shown| shown.entry).collect::<Vec<_>>(), [first]);
}

#[test]
fn articles_that_no_engine_has_seen_are_analysed_in_time_and_the_rows_follow() {
    let (_folder, options) = filled(40);
    let asked = Asked::start(Place::File(options.clone()), true);
    asked.list(1, "", SortKey::Date);
    let mut analysed = 0;
    while analysed < 40 {
        analysed += asked.wait(|message| match message {
            Message::Library(Answer::Described(_, known)) => {
                Some(known.iter().filter(|known| known.facts.said.is_some_and(|said| said.quotes == 1)).count())
            }
            _ => None,
        });
    }
    assert!(asked.library.close());
    let store = Store::open(&options).unwrap().store;
    assert_eq!(store.stale_analyses(crate::analysis::VERSION, 1).unwrap(), []);
    let query = Query::parse("speaker:moore", options.today).unwrap();
    assert_eq!(store.count(&query).unwrap(), 40);
}

#[test]
fn a_change_by_another_program_is_seen_when_one_looks() {
    let (_folder, options) = filled(3);
    let asked = Asked::start(Place::File(options.clone()), false);
    asked.list(1, "unread", SortKey::Title);
    assert_eq!(asked.listed().1.shown.len(), 3);
    // Everything before this is done when it is.
    asked.library.flush();
    let mut other = Store::open(&options).unwrap().store;
    let ids = other.ids(&Query::default(), crate::store::Sort::default()).unwrap();
    other.set_read(&ids[..1], true, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    asked.library.look();
    let (ticket, listed) = asked.listed();
    assert_eq!((ticket, listed.part, listed.shown.len()), (1, Part::Again, 2));
}

#[test]
fn a_change_by_another_program_is_seen_by_itself_where_the_library_is_shown() {
    let (_folder, options) = filled(3);
    let asked = Asked::start(Place::File(options.clone()), true);
    asked.list(1, "unread", SortKey::Title);
    assert_eq!(asked.listed().1.shown.len(), 3);
    asked.library.flush();
    let mut other = Store::open(&options).unwrap().store;
    let ids = other.ids(&Query::default(), crate::store::Sort::default()).unwrap();
    for (read, left) in [(1, 2), (2, 1)] {
        other.set_read(&ids[..read], true, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
        // Nobody looks: the second time everything there was to do at the start is done.
        let (ticket, listed) = asked.listed();
        assert_eq!((ticket, listed.part, listed.shown.len()), (1, Part::Again, left));
    }
}

#[test]
fn tags_are_set_as_they_were_typed() {
    let (_folder, options) = filled(1);
    let asked = Asked::start(Place::File(options), false);
    asked.list(1, "", SortKey::Date);
    let entry = asked.listed().1.shown[0].entry;
    for wanted in [&["climate", "eu"][..], &["eu", "town"], &[]] {
        let wanted: Vec<String> = wanted.iter().map(|tag| (*tag).to_owned()).collect();
        asked.library.ask(Request::Change(entry, Change::Tag(wanted.clone())));
        let tags = asked.wait(|message| match message {
            Message::Library(Answer::Changed(known, Change::Tag(_))) => Some(known.facts.tags),
            _ => None,
        });
        assert_eq!(tags, wanted);
    }
}

#[test]
fn that_nothing_is_kept_is_told_once_and_that_it_is_again_too() {
    let (_folder, options) = filled(2);
    let other = rusqlite::Connection::open(&options.path).unwrap();
    let asked = Asked::start(Place::File(Options { patience: Duration::ZERO, ..options }), false);
    asked.list(1, "", SortKey::Title);
    let entry = asked.listed().1.shown[0].entry;
    // Everything before this is done when it is.
    asked.library.flush();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let keeping = |message| match message {
        Message::Library(Answer::Keeping(reason)) => Some(reason),
        Message::Library(Answer::Changed(..)) => panic!("it is not kept"),
        _ => None,
    };
    asked.library.ask(Request::Change(entry, Change::Opened));
    assert!(asked.wait(keeping).unwrap().contains("another program keeps the library locked"));
    // Nobody waits for this one, and it was told.
    asked.library.set_position(1, 1);
    asked.library.flush();
    asked.library.ask(Request::Change(entry, Change::ToggleStar));
    assert!(asked.wait(keeping).is_some(), "what was asked for is refused with the reason");
    other.execute_batch("ROLLBACK").unwrap();
    asked.library.ask(Request::Change(entry, Change::ToggleStar));
    assert_eq!(asked.wait(keeping), None);
    let starred = asked.wait(|message| match message {
        Message::Library(Answer::Changed(known, _)) => Some(known.facts.starred),
        _ => None,
    });
    assert!(starred);
}

/// The next text that is told as it looks by now.
fn marked(asked: &Asked) -> Marked {
    asked.wait(|message| match message {
        Message::Library(Answer::Marked(marked)) => Some(*marked),
        _ => None,
    })
}

/// The article of the first entry of a library.
fn first_article(asked: &Asked) -> (EntryId, Arc<Article>) {
    asked.list(1, "", SortKey::Title);
    let entry = asked.listed().1.shown[0].entry;
    asked.library.load(entry);
    let article = asked.wait(|message| match message {
        Message::Library(Answer::Loaded(_, Ok(loaded))) => Some(loaded.article),
        _ => None,
    });
    (entry, article)
}

#[test]
fn highlights_are_kept_told_listed_and_taken_back() {
    let (_folder, options) = filled(2);
    let asked = Asked::start(Place::File(options.clone()), true);
    let (entry, article) = first_article(&asked);
    let content = article.content_id();
    let span = Span::new(0, 5);
    let highlight = |note: &str| Annotation::Highlight(Arc::clone(&article), span, note.to_owned());
    // Asked for twice before the first is told: it is one.
    for _ in 0..2 {
        asked.library.ask(Request::Annotate(Some(entry), content, highlight("")));
    }
    assert_eq!(marked(&asked).done, Some(Done::Highlighted));
    let told = marked(&asked);
    let [kept] = &told.annotations.highlights[..] else { panic!("{told:?}") };
    assert_eq!((kept.excerpt.as_str(), kept.span, told.content), ("Story", Some(span), content));
    asked.library.ask(Request::Annotate(Some(entry), content, highlight("a note")));
    assert_eq!(marked(&asked).annotations.highlights[0].note, "a note");
    asked.library.ask(Request::Highlights);
    let stories = asked.wait(|message| match message {
        Message::Library(Answer::Highlights(stories)) => Some(stories),
        _ => None,
    });
    assert_eq!((stories.len(), stories[0].entry, stories[0].title.as_str()), (1, Some(entry), "Story 0000"));
    asked.library.ask(Request::Undo);
    asked.wait(|message| match message {
        Message::Library(Answer::Undone(label)) => label,
        _ => None,
    });
    asked.library.ask(Request::Annotations(entry, content));
    let told = marked(&asked);
    assert_eq!((told.annotations.highlights[0].note.as_str(), told.done), ("", None));
    assert!(asked.library.close());
    // A file with the same text, where the library is not shown: its entry is a file's.
    let again = Asked::start(Place::File(options), false);
    again.library.ask(Request::Recall(EntryId(7), content));
    let recalled = again.wait(|message| match message {
        Message::Library(Answer::Recalled(_, recalled)) => Some(recalled),
        _ => None,
    });
    assert_eq!((recalled.content, recalled.annotations.highlights.len()), (content, 1));
    again.library.ask(Request::Highlights);
    let stories = again.wait(|message| match message {
        Message::Library(Answer::Highlights(stories)) => Some(stories),
        _ => None,
    });
    assert_eq!(stories[0].entry, None);
}

#[test]
fn a_correction_is_told_with_what_was_found_in_the_article_and_what_its_row_shows() {
    let (_folder, options) = filled(1);
    let asked = Asked::start(Place::File(options), true);
    let (entry, article) = first_article(&asked);
    asked.wait(|message| match message {
        Message::Library(Answer::Described(_, known)) => known.first()?.facts.said,
        _ => None,
    });
    let start = article.text.find('“').unwrap();
    let quote = Anchor::new(Span::new(start, article.text.find('”').unwrap() + '”'.len_utf8()), &article.text);
    let correct = Annotation::Correct(Arc::clone(&article), Correction::Kind { quote, kind: None });
    asked.library.ask(Request::Annotate(Some(entry), article.content_id(), correct));
    let told = marked(&asked);
    let (analysis, voices) = told.analysis.expect("it is analysed");
    assert_eq!((analysis.quotes.len(), voices.all.len(), told.done), (0, 0, Some(Done::Corrected)));
    let said = asked.wait(|message| match message {
        Message::Library(Answer::Described(_, known)) => known.first()?.facts.said,
        _ => None,
    });
    assert_eq!(said.quotes, 0);
    let ids = told.annotations.corrections.iter().map(|(id, _)| *id).collect();
    asked.library.ask(Request::Annotate(Some(entry), article.content_id(), Annotation::Uncorrect(ids)));
    assert_eq!(marked(&asked).analysis.expect("it is analysed").0.quotes.len(), 1);
}

#[test]
fn what_cannot_be_kept_is_complained_of_and_not_told_as_done() {
    let asked = Asked::start(Place::Memory, false);
    asked.library.ask(Request::Annotate(None, 1, Annotation::Remove(HighlightId(99))));
    let line = asked.wait(|message| match message {
        Message::Failed(line) => Some(line),
        _ => None,
    });
    assert!(line.contains("highlight is no longer"), "{line}");
}
