//! Positions, marks, highlights and notes: kept by content, for texts in the library and outside it.

use pullquote::store::Origin;

use super::*;

#[test]
fn positions_and_marks_are_kept_for_any_text() {
    let mut store = store();
    let content = article("Only opened\n\nNever added.").content_id();
    store.set_positions(&[(content, 13), (7, 1)], now()).unwrap();
    store.set_positions(&[(content, 14)], now()).unwrap();
    store.set_mark(content, 'b', 5).unwrap();
    store.set_mark(content, 'a', 9).unwrap();
    store.set_mark(content, 'b', 6).unwrap();
    assert_eq!((store.position(content).unwrap(), store.position(8).unwrap()), (Some(14), None));
    assert_eq!(store.marks(content).unwrap(), [('a', 9), ('b', 6)]);
}

#[test]
fn a_highlight_knows_its_words_note_and_article() {
    let mut store = store();
    let story = from(dated("Visit\n\n“It speaks volumes,” she said.", 2025, 11, 21), "Wikinews", "https://w.org/a");
    let outside = store.highlight(&story, Span::new(7, 29), "", now()).unwrap();
    assert_eq!(store.highlights_on(story.content_id()).unwrap()[0].article, None);
    let id = add(&mut store, &story);
    store.set_note(outside, "telling\nindeed\u{7}", now()).unwrap();
    let all = store.highlights(0, 10).unwrap();
    let [highlight] = &*all else { panic!("{all:?}") };
    assert_eq!((highlight.article, highlight.span), (Some(id), Some(Span::new(7, 29))));
    assert_eq!(highlight.excerpt, Span::new(7, 29).of(&story.text));
    assert!(highlight.note.starts_with("telling\nindeed"), "{:?}", highlight.note);
    assert!(!highlight.note.contains('\u{7}'));
    assert_eq!(
        (highlight.title.as_str(), highlight.source.as_str(), highlight.url.as_str()),
        ("Visit", "Wikinews", "https://w.org/a")
    );
    assert_eq!((highlight.date, highlight.intact), (Some(date(2025, 11, 21)), true));
}

#[test]
fn what_hangs_on_a_text_follows_it_into_its_new_version() {
    let mut store = store();
    let old = article("T\n\nAlpha beta. Gamma delta. Alpha beta. Omega is gone soon.");
    let new = article("T\n\nA first sentence. Alpha beta. Gamma delta. Alpha beta!");
    let origin = |stamp| Some(Origin { key: "/t", stamp });
    store.add(&Incoming { origin: origin(1), ..Incoming::new(&old) }, now()).unwrap();
    let second = old.text.rfind("Alpha beta").unwrap();
    store.highlight(&old, Span::new(second, second + 10), "stays", now()).unwrap();
    let lost = old.text.find("Omega").unwrap();
    store.highlight(&old, Span::new(lost, lost + 13), "words are gone", now()).unwrap();
    store.set_positions(&[(old.content_id(), old.text.len())], now()).unwrap();
    store.set_mark(old.content_id(), 'x', 5).unwrap();
    store.add(&Incoming { origin: origin(2), ..Incoming::new(&new) }, now()).unwrap();
    let followed = store.highlights_on(new.content_id()).unwrap();
    assert_eq!(followed[0].span.map(|span| span.start), new.text.rfind("Alpha beta"));
    assert_eq!(
        (followed[1].span, followed[1].excerpt.as_str(), followed[1].note.as_str()),
        (None, "Omega is gone", "words are gone")
    );
    assert_eq!(store.highlights_on(old.content_id()).unwrap(), []);
    assert_eq!(store.position(new.content_id()).unwrap(), Some(new.text.len()), "no further than its end");
    assert_eq!(store.marks(new.content_id()).unwrap(), [('x', 5)]);
}

#[test]
fn a_deleted_highlight_comes_back_with_its_note_and_its_name() {
    let mut store = store();
    let story = article("T\n\nSome words.");
    let id = store.highlight(&story, Span::new(3, 7), "first", now()).unwrap();
    store.set_note(id, "second", now()).unwrap();
    store.remove_highlight(id, now()).unwrap();
    assert_eq!(store.highlights(0, 9).unwrap(), []);
    assert!(store.set_note(id, "x", now()).unwrap_err().to_string().contains("highlight is no longer"));
    assert_eq!(store.undo().unwrap().as_deref(), Some("removed the highlight on “Some”"));
    assert_eq!(
        (store.highlights(0, 9).unwrap()[0].id, store.highlights(0, 9).unwrap()[0].note.as_str()),
        (id, "second")
    );
    store.undo().unwrap();
    assert_eq!(store.highlights(0, 9).unwrap()[0].note, "first");
    assert_eq!(store.undo().unwrap().as_deref(), Some("noted “Some”"));
    assert_eq!(store.highlights(0, 9).unwrap(), []);
    assert_eq!(store.undo().unwrap(), None);
}
