//! Undo: for every action, over many articles at once, over restarts, and not over another instance's work.

use super::*;

fn three(store: &mut Store) -> Vec<ArticleId> {
    ["one", "two", "three"].map(|title| add(store, &article(&format!("{title}\n\nText of {title}.")))).to_vec()
}

#[test]
fn actions_on_many_articles_are_undone_as_one_and_only_where_they_changed_something() {
    let mut store = store();
    let ids = three(&mut store);
    store.set_read(&ids[..1], true, now()).unwrap();
    assert_eq!(store.set_read(&ids, true, now()).unwrap(), 2);
    assert_eq!(store.undoable().unwrap().as_deref(), Some("marked 2 stories read"));
    assert_eq!(store.undo().unwrap().as_deref(), Some("marked 2 stories read"));
    assert_eq!(titles(&store, "read"), ["one"]);
    assert_eq!(store.undo().unwrap().as_deref(), Some("marked “one” read"));
    assert_eq!(titles(&store, "read"), Vec::<String>::new());
    assert_eq!(store.undo().unwrap(), None);
}

#[test]
fn stars_and_tags_are_undone() {
    let mut store = store();
    let ids = three(&mut store);
    store.set_starred(&ids, true, now()).unwrap();
    store.set_starred(&ids[..1], false, now()).unwrap();
    store.tag(&ids[..2], "Later", now()).unwrap();
    assert_eq!(store.tag(&ids, "LATER", now()).unwrap(), 1, "two have it already");
    store.retag(&ids[1..2], &[], &["later"], now()).unwrap();
    assert_eq!(store.tag(&ids, "…", now()).unwrap(), 0, "no letters, no tag");
    let tags = store.tags().unwrap();
    assert_eq!((tags[0].name.as_str(), tags[0].articles), ("Later", 2));
    let labels: Vec<_> = std::iter::from_fn(|| store.undo().unwrap()).collect();
    assert_eq!(
        labels,
        [
            "took later from “two”",
            "tagged “three” with LATER",
            "tagged 2 stories with Later",
            "unstarred “one”",
            "starred 3 stories"
        ]
    );
    assert_eq!((titles(&store, "starred").len(), store.tags().unwrap().len()), (0, 0));
}

#[test]
fn very_many_articles_are_removed_and_brought_back_bit_by_bit_and_yet_as_one() {
    use pullquote::store::AT_A_TIME;
    let folder = tempfile::tempdir().unwrap();
    let options = options(&folder.path().join("library.db"));
    let mut store = Store::open(&options).unwrap().store;
    let count = 2 * AT_A_TIME + 1;
    let all: Vec<Article> = (0..count).map(|at| article(&format!("Story {at}\n\nText."))).collect();
    let incoming: Vec<_> = all.iter().map(Incoming::new).collect();
    let ids: Vec<ArticleId> = store.add_all(&incoming, now()).unwrap().iter().map(|added| added.id()).collect();
    let mut told = Vec::new();
    assert_eq!(store.remove_telling(&ids, now(), &mut |done| told.push(done)).unwrap(), count);
    assert_eq!(told, [AT_A_TIME, 2 * AT_A_TIME, count]);
    assert_eq!((titles(&store, "").len(), store.undoable().unwrap().unwrap()), (0, format!("removed {count} stories")));
    let mut told = Vec::new();
    let mut stopped = std::panic::AssertUnwindSafe(&mut store);
    let cut = std::panic::catch_unwind(move || {
        let _ = stopped.undo_telling(&mut |_, _| panic!("the program ends here"));
    });
    assert!(cut.is_err());
    drop(store);
    let mut store = Store::open(&options).unwrap().store;
    assert_eq!(titles(&store, "").len(), AT_A_TIME, "what is back is back");
    let label = store.undo_telling(&mut |done, all| told.push((done, all))).unwrap();
    assert_eq!(label, Some(format!("removed {count} stories")));
    assert_eq!(told, [(AT_A_TIME, AT_A_TIME + 1)]);
    assert_eq!((titles(&store, "").len(), store.undo().unwrap()), (count, None));
}

#[test]
fn several_tags_given_and_taken_are_one_change() {
    let mut store = store();
    let ids = three(&mut store);
    assert_eq!(store.retag(&ids, &["eu", "town", "…"], &["old"], now()).unwrap(), 3);
    assert_eq!(store.retag(&ids[..1], &["old"], &["EU"], now()).unwrap(), 1);
    assert_eq!(titles(&store, "tag:eu").len(), 2);
    assert_eq!(store.retag(&ids[..1], &["old"], &["eu"], now()).unwrap(), 0, "nothing to change is nothing to undo");
    assert_eq!(store.undo().unwrap().as_deref(), Some("tagged “one” with old and took EU"));
    assert_eq!(store.undo().unwrap().as_deref(), Some("tagged 3 stories with eu, town"));
    assert_eq!((store.tags().unwrap(), store.undo().unwrap()), (Vec::new(), None));
}

#[test]
fn marks_are_turned_for_all_or_given_to_all() {
    let mut store = store();
    let ids = three(&mut store);
    store.set_starred(&ids[..1], true, now()).unwrap();
    assert_eq!(store.toggle_starred(&ids, now()).unwrap(), 2, "those that have none get one");
    assert_eq!(store.toggle_starred(&ids, now()).unwrap(), 3);
    assert_eq!(titles(&store, "starred"), Vec::<String>::new());
    assert_eq!((store.toggle_read(&ids[..2], now()).unwrap(), titles(&store, "read").len()), (2, 2));
    assert_eq!((store.toggle_read(&ids, now()).unwrap(), titles(&store, "read").len()), (1, 3));
    assert_eq!(store.undo().unwrap().as_deref(), Some("marked “three” read"));
}

#[test]
fn one_article_is_called_by_its_headline_cut_where_it_is_long() {
    let mut store = store();
    let id = add(&mut store, &article(&format!("{}\n\nText.", "word ".repeat(40).trim())));
    store.set_starred(&[id], true, now()).unwrap();
    let label = store.undo().unwrap().unwrap();
    assert!(label.starts_with("starred “word word") && label.ends_with("…”") && label.len() < 70, "{label}");
    let untitled = add(&mut store, &article(""));
    store.remove(&[untitled], now()).unwrap();
    assert_eq!(store.undo().unwrap().as_deref(), Some("removed 1 story"));
    store.remove(&[id], now()).unwrap();
    assert!(store.undo().unwrap().unwrap().starts_with("removed “word"));
}

#[test]
fn opening_an_article_marks_it_read_and_is_nothing_to_undo() {
    let mut store = store();
    let ids = three(&mut store);
    store.mark_opened(ids[0]).unwrap();
    assert_eq!((titles(&store, "read"), store.undo().unwrap()), (vec!["one".to_owned()], None));
}

#[test]
fn removed_articles_come_back_whole() {
    let mut store = store();
    let ids = three(&mut store);
    store.tag(&ids[..1], "keep", now()).unwrap();
    store.set_starred(&ids[..1], true, now()).unwrap();
    let before = store.summaries(&ids).unwrap();
    assert_eq!(store.remove(&[ids[0], ids[1], ArticleId(999)], now()).unwrap(), 2);
    assert_eq!(titles(&store, ""), ["three"]);
    assert_eq!(titles(&store, "text"), ["three"], "the index forgets them");
    assert_eq!(store.undo().unwrap().as_deref(), Some("removed 2 stories"));
    assert_eq!(store.summaries(&ids).unwrap(), before);
    assert_eq!(store.count(&query("text")).unwrap(), 3);
    assert_eq!(titles(&store, "starred tag:keep"), ["one"]);
}

#[test]
fn an_article_added_again_after_its_removal_is_not_doubled_by_undo() {
    let mut store = store();
    let story = article("one\n\nText.");
    let id = add(&mut store, &story);
    store.remove(&[id], now()).unwrap();
    let again = add(&mut store, &story);
    assert_ne!(again, id, "an id is never used again");
    store.undo().unwrap();
    assert_eq!(store.ids(&query(""), Sort::default()).unwrap(), [again]);
    assert_eq!(store.count(&query("text")).unwrap(), 1);
}

#[test]
fn saved_queries_are_undone() {
    use pullquote::store::SavedQuery;
    let mut store = store();
    let saved = |query: &str| SavedQuery { name: "Q".to_owned(), query: query.to_owned(), sort: String::new() };
    store.save_query(&saved("a"), now()).unwrap();
    store.save_query(&saved("b"), now()).unwrap();
    store.remove_query("Q", now()).unwrap();
    store.undo().unwrap();
    assert_eq!(store.saved_queries().unwrap(), [saved("b")]);
    store.undo().unwrap();
    assert_eq!(store.saved_queries().unwrap(), [saved("a")]);
    store.undo().unwrap();
    assert_eq!(store.saved_queries().unwrap(), []);
}

#[test]
fn a_saved_query_gets_another_name_in_place_of_one_that_has_it() {
    use pullquote::store::SavedQuery;
    let mut store = store();
    let saved =
        |name: &str, query: &str| SavedQuery { name: name.to_owned(), query: query.to_owned(), sort: String::new() };
    store.save_query(&saved("A", "a"), now()).unwrap();
    store.save_query(&saved("B", "b"), now()).unwrap();
    store.rename_query("A", "B", now()).unwrap();
    assert_eq!(store.saved_queries().unwrap(), [saved("B", "a")]);
    assert_eq!(store.undo().unwrap().as_deref(), Some("renamed query A to B"));
    assert_eq!(store.saved_queries().unwrap(), [saved("A", "a"), saved("B", "b")]);
    store.rename_query("A", "A", now()).unwrap();
    assert_eq!(store.undoable().unwrap().as_deref(), Some("saved query B"), "the same name is no change");
    assert!(store.rename_query("C", "D", now()).unwrap_err().to_string().contains("saved query is no longer"));
}

#[test]
fn undo_works_after_a_restart_and_leaves_a_running_instances_work_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut first = open(&path).store;
    let ids = three(&mut first);
    first.set_read(&ids[..1], true, now()).unwrap();
    let mut second = open(&path).store;
    first.set_starred(&ids[..1], true, now()).unwrap();
    assert_eq!(second.undo().unwrap().as_deref(), Some("marked “one” read"), "made before it was opened");
    assert_eq!(second.undo().unwrap(), None, "the star is the other's");
    drop(first);
    drop(second);
    let mut third = open(&path).store;
    assert_eq!(third.undo().unwrap().as_deref(), Some("starred “one”"));
}

#[test]
fn the_journal_forgets_the_oldest_entries_and_with_them_the_articles_they_removed() {
    let mut store = store();
    let ids = three(&mut store);
    store.remove(&ids[2..], now()).unwrap();
    for turn in 0..600 {
        store.set_starred(&ids[..1], turn % 2 == 0, now()).unwrap();
    }
    let undone = std::iter::from_fn(|| store.undo().unwrap()).count();
    assert_eq!(undone, 500);
    assert_eq!(titles(&store, "").len(), 2, "what was removed before is gone for good");
}
