//! Search: hits, snippets and the places of matches.

use pullquote::store::{Hit, Order};

use super::*;

fn hits(store: &Store, text: &str, order: Order) -> Vec<Hit> {
    store.search(&query(text), order, Window::first(10)).unwrap()
}

fn marked(hit: &Hit) -> Vec<&str> {
    hit.marks.iter().map(|mark| mark.of(&hit.snippet)).collect()
}

#[test]
fn a_hit_lands_on_its_match_and_its_snippet_marks_all_of_them() {
    let mut store = store();
    let before = "Nothing to see here, really nothing at all. ".repeat(8);
    let text = format!("Café\n\n{before}Then the Mayor’s café opened, and another cafe closed. {before}");
    let story = article(text.trim());
    let id = add(&mut store, &story);
    let found = hits(&store, "text:cafe", Order::Newest);
    let [hit] = &*found else { panic!("{found:?}") };
    assert_eq!(marked(hit), ["café", "cafe"]);
    assert!(hit.snippet.starts_with('…') && hit.snippet.ends_with('…'), "{}", hit.snippet);
    assert!(hit.snippet.contains("the Mayor’s café opened"), "{}", hit.snippet);
    let all = store.matches(&query("cafe"), id).unwrap();
    let words: Vec<_> = all.iter().map(|span| span.of(&story.text)).collect();
    assert_eq!(words, ["Café", "café", "cafe"]);
    assert_eq!(hit.offset, Some(all[1].start), "the headline can be read in the list");
}

#[test]
fn a_phrase_is_one_match_and_a_beginning_marks_the_whole_word() {
    let mut store = store();
    let story = article("X\n\nThe economy, economists say, is an economy of scale.");
    let id = add(&mut store, &story);
    let spans = |text: &str| {
        let found = store.matches(&query(text), id).unwrap();
        found.into_iter().map(|span| span.of(&story.text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(spans("\"economy of scale\""), ["economy of scale"]);
    assert_eq!(spans("eco*"), ["economy", "economists", "economy"]);
    assert_eq!(spans("econom*"), ["economy", "economists", "economy"]);
    assert_eq!(spans("unread"), Vec::<String>::new());
}

#[test]
fn typing_finds_beginnings_from_three_letters_on() {
    let mut store = store();
    add(&mut store, &article("Brexit\n\nThe EU and Europe."));
    let typing = |text: &str| store.count(&query(text).while_typing()).unwrap();
    assert_eq!([typing("eu"), typing("eur"), typing("europ"), typing("e"), typing("xy")], [1, 1, 1, 0, 0]);
}

#[test]
fn newest_comes_first_unless_relevance_is_asked_for() {
    let mut store = store();
    add(&mut store, &dated("Tax tax\n\nA tax on tax, says the tax office.", 2020, 1, 1));
    add(
        &mut store,
        &dated("Weather\n\nRain, and a word about one tax among many other words of no import.", 2025, 1, 1),
    );
    let titles = |order| hits(&store, "tax", order).into_iter().map(|hit| hit.summary.title).collect::<Vec<_>>();
    assert_eq!(titles(Order::Newest), ["Weather", "Tax tax"]);
    assert_eq!(titles(Order::Relevance), ["Tax tax", "Weather"]);
    let beginning = |text: &str| hits(&store, text, Order::Relevance).into_iter().map(|hit| hit.summary.title);
    assert_eq!(beginning("tax*").collect::<Vec<_>>(), ["Tax tax", "Weather"]);
    assert_eq!(beginning("ta*").collect::<Vec<_>>(), ["Weather", "Tax tax"], "too much begins so to be ranked");
}

#[test]
fn a_match_in_the_headline_alone_has_no_place_in_the_text() {
    let mut store = store();
    let mut story = article("Body only.");
    story.meta.title = "Zebra".to_owned();
    add(&mut store, &story);
    let found = hits(&store, "zebra", Order::Newest);
    assert_eq!((found[0].offset, found[0].snippet.as_str(), found[0].marks.len()), (None, "Body only.", 0));
}

#[test]
fn a_query_without_words_shows_the_beginnings_of_texts() {
    let mut store = store();
    add(&mut store, &article("Head\n\nLine one.\n\nLine two."));
    let found = hits(&store, "unread", Order::Relevance);
    assert_eq!((found[0].snippet.as_str(), found[0].offset), ("Head  Line one.  Line two.", None));
}

#[test]
fn snippets_are_cut_on_characters_whatever_the_text() {
    let mut store = store();
    for (number, filler) in ["日本語", "é", "👩‍👩‍👧 ", "x"].into_iter().enumerate() {
        let text = format!("{number}\n\n{0} needle {0}", filler.repeat(400));
        add(&mut store, &article(&text));
    }
    let found = hits(&store, "needle", Order::Newest);
    assert_eq!(found.len(), 4);
    for hit in found {
        assert_eq!(marked(&hit), ["needle"], "{}", hit.snippet);
        assert!(hit.snippet.len() < 400);
    }
}

#[test]
fn a_search_can_be_stopped_from_another_thread_and_the_connection_goes_on() {
    let mut store = store();
    let stories: Vec<_> = (0..2_000).map(|n| article(&format!("{n}\n\n{n} {}", "word ".repeat(200)))).collect();
    let incoming: Vec<_> = stories.iter().map(Incoming::new).collect();
    store.add_all(&incoming, now()).unwrap();
    let interrupter = store.interrupter();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                interrupter.interrupt();
                std::thread::yield_now();
            }
        });
        // Sooner or later one of many is caught in the middle.
        let caught = (0..1_000).any(|_| {
            let result = store.search(&query("word"), Order::Relevance, Window::first(50));
            matches!(result, Err(pullquote::store::Error::Interrupted))
        });
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(caught);
    });
    assert_eq!(store.count(&query("word")).unwrap(), 2_000);
}
