//! Articles in: new, known, changed, from several places.

use pullquote::analysis::Analysis;
use pullquote::article::Link;
use pullquote::store::{Added, Error, Incoming, Origin};
use pullquote::text::Span;

use super::*;

fn origin(key: &str) -> Option<Origin<'_>> {
    Some(Origin { key, stamp: 1 })
}

/// Words enough for two texts with the same ones to be one story.
fn long(first: &str) -> String {
    format!("{first}\n\n{}", "“We will work with anyone,” the mayor's office said on Thursday. ".repeat(6).trim())
}

#[test]
fn an_article_comes_back_exactly() {
    let mut story = dated("A headline — “quoted”\n\nFirst ¶ with a link.\n\n日本語", 2025, 11, 21);
    let linked = story.text.find("link").unwrap();
    story.links.push(Link { span: Span::new(linked, linked + 4), url: "https://example.org/a?b=c#d".to_owned() });
    story.meta.byline = Some("Ana Silva".to_owned());
    story.meta.licence = Some("CC BY 2.5".to_owned());
    let story = from(story, "Wikinews", "https://en.wikinews.org/wiki/A");
    let mut store = store();
    let id = add(&mut store, &story);
    assert_eq!(store.load(id).unwrap(), story);
}

#[test]
fn the_same_text_is_kept_once_and_so_is_the_same_story_in_another_file() {
    let mut store = store();
    let straight = article(&long("Talks").replace(['“', '”'], "\""));
    let curly = article(&long("Another headline over the same words"));
    let id = add(&mut store, &straight);
    assert_eq!(store.add(&Incoming::new(&straight), now()).unwrap(), Added::Known(id));
    assert_eq!(store.add(&Incoming::new(&curly), now()).unwrap(), Added::Known(id));
    assert_eq!(store.count(&query("")).unwrap(), 1);
}

#[test]
fn short_texts_with_the_same_words_are_not_one_story() {
    let mut store = store();
    add(&mut store, &article("One\n\nNo comment."));
    add(&mut store, &article("Two\n\nNo comment."));
    assert_eq!(store.count(&query("")).unwrap(), 2);
}

#[test]
fn a_file_that_changed_takes_the_place_of_its_earlier_version() {
    let mut store = store();
    let first = dated("Draft\n\nThe old words.", 2025, 11, 20);
    let second = dated("Final\n\nThe new words, with the old words too.", 2025, 11, 22);
    let id = store.add(&Incoming { origin: origin("/a.txt"), ..Incoming::new(&first) }, now()).unwrap().id();
    store.set_starred(&[id], true, now()).unwrap();
    store.tag(&[id], "keep", now()).unwrap();
    let again = Incoming { origin: Some(Origin { key: "/a.txt", stamp: 2 }), ..Incoming::new(&second) };
    assert_eq!(store.add(&again, now()).unwrap(), Added::Updated(id));
    assert_eq!(store.load(id).unwrap(), second);
    assert_eq!(titles(&store, "starred tag:keep"), ["Final"]);
    assert_eq!(titles(&store, "title:draft"), Vec::<String>::new());
    assert_eq!(titles(&store, "\"new words\""), ["Final"]);
    assert_eq!(store.origin("/a.txt").unwrap().unwrap().stamp, 2);
}

#[test]
fn a_text_that_two_files_shared_stays_when_one_of_them_changes() {
    let mut store = store();
    let shared = article(&long("Shared"));
    let changed = article("Changed\n\nEntirely.");
    let id = store.add(&Incoming { origin: origin("/a.txt"), ..Incoming::new(&shared) }, now()).unwrap().id();
    store.add(&Incoming { origin: origin("/b.txt"), ..Incoming::new(&shared) }, now()).unwrap();
    let added = store.add(&Incoming { origin: origin("/a.txt"), ..Incoming::new(&changed) }, now()).unwrap();
    assert!(matches!(added, Added::New(_)));
    assert_eq!(store.load(id).unwrap(), shared);
    assert_eq!(store.origins_of(id).unwrap(), ["/b.txt"]);
}

#[test]
fn a_vanished_file_stays_readable_and_a_removed_article_is_not_read_again_by_itself() {
    let mut store = store();
    let story = article("Here\n\nToday.");
    let id = store.add(&Incoming { origin: origin("/a.txt"), ..Incoming::new(&story) }, now()).unwrap().id();
    store.note_all_gone(&["/a.txt".to_owned()]).unwrap();
    assert_eq!(store.load(id).unwrap(), story);
    assert_eq!(store.origin("/a.txt").unwrap(), None);
    store.add(&Incoming { origin: origin("/a.txt"), ..Incoming::new(&story) }, now()).unwrap();
    store.remove(&[id], now()).unwrap();
    let known = store.origin("/a.txt").unwrap().unwrap();
    assert_eq!((known.stamp, known.article), (1, None));
}

#[test]
fn a_batch_says_of_each_article_what_became_of_it_in_the_order_given() {
    let mut store = store();
    let (late, early) = (dated("Late\n\nOne.", 2025, 5, 1), dated("Early\n\nTwo.", 1999, 5, 1));
    let batch = [Incoming::new(&late), Incoming::new(&early), Incoming::new(&late)];
    let added = store.add_all(&batch, now()).unwrap();
    let ids: Vec<_> = added.iter().map(|added| store.load(added.id()).unwrap().meta.title).collect();
    assert_eq!(ids, ["Late", "Early", "Late"]);
    assert!(matches!(*added, [Added::New(_), Added::New(_), Added::Known(_)]));
}

#[test]
fn analyses_are_stale_until_this_engine_made_them() {
    let mut store = store();
    let story = article("A\n\nBob said so.");
    let id = add(&mut store, &story);
    assert_eq!(store.stale_analyses(3, 10).unwrap(), [id]);
    let found = analysis(&story.text, vec![person(&story.text, "Bob", &[])], &[("said so", 0)]);
    store.put_analyses(&[(id, story.content_id(), &found)], 3).unwrap();
    assert_eq!(store.stale_analyses(3, 10).unwrap(), []);
    assert_eq!(store.stale_analyses(4, 10).unwrap(), [id]);
    assert_eq!(store.load_analyzed(id).unwrap(), (story, Some((found, 3))));
}

#[test]
fn an_analysis_of_a_text_that_has_changed_meanwhile_is_dropped() {
    let mut store = store();
    let (first, second) = (article("A\n\nOne."), article("A\n\nTwo."));
    let id = store.add(&Incoming { origin: origin("/a"), ..Incoming::new(&first) }, now()).unwrap().id();
    store.add(&Incoming { origin: origin("/a"), ..Incoming::new(&second) }, now()).unwrap();
    store.put_analyses(&[(id, first.content_id(), &Analysis::default())], 3).unwrap();
    assert_eq!(store.load_analyzed(id).unwrap(), (second, None));
}

#[test]
fn a_missing_article_is_an_error_that_says_so() {
    let error = store().load(ArticleId(7)).unwrap_err();
    assert!(matches!(error, Error::NoArticle(ArticleId(7))));
    assert!(error.to_string().contains("article 7 is not in the library"), "{error}");
}

#[test]
fn articles_of_one_day_stand_in_the_order_of_their_arrival_newest_first() {
    let mut store = store();
    for title in ["first", "second", "third"] {
        add(&mut store, &dated(&format!("{title}\n\nx"), 2025, 1, 1));
    }
    add(&mut store, &dated("before\n\nx", 1960, 1, 1));
    add(&mut store, &article("undated\n\nx"));
    assert_eq!(titles(&store, ""), ["third", "second", "first", "before", "undated"]);
}
