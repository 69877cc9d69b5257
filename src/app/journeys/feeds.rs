//! Feeds: refreshed with progress and a way to stop, followed, and set.

use super::super::driver::{Driver, annotated};
use super::super::feeds::{Ask, Progress, Settings, Tell};
use super::super::library::Feed;
use super::super::{App, Effect, Entry, EntryId, Message, Overlay};
use super::short;

fn two() -> Driver {
    Driver::library(&[&short("Ana"), &short("Ben")])
}

fn tell(driver: &mut Driver, tell: Tell) -> &mut Driver {
    driver.send(Message::Feeds(tell))
}

/// What those who fetch were asked since the last time.
fn asked(driver: &mut Driver) -> Vec<Ask> {
    let effects = std::mem::take(&mut driver.effects);
    effects.into_iter().filter_map(|effect| if let Effect::Feeds(ask) = effect { Some(ask) } else { None }).collect()
}

#[test]
fn a_refresh_tells_how_far_it_is_and_what_came_of_it() {
    let mut driver = two();
    driver.press("R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![])]);
    let progress = Progress { done: 3, total: 12, new: 4, failed: 1 };
    assert_eq!(tell(&mut driver, Tell::Progress(progress)).notice(), "feeds: 3 of 12, 4 new, 1 failed; Esc stops");
    driver.press("R");
    assert!(driver.notice().contains("already") && asked(&mut driver).is_empty());
    tell(&mut driver, Tell::Over("4 new articles".into(), false));
    assert_eq!(driver.notice(), "4 new articles");
    driver.press("R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![])]);
    tell(&mut driver, Tell::Over(String::new(), false));
    assert_eq!(driver.notice(), "", "what nobody has to know is not said");
}

#[test]
fn progress_takes_no_other_words_away() {
    let mut driver = two();
    driver.press("R");
    driver.press("Enter m a");
    assert_eq!(driver.notice(), "mark a");
    tell(&mut driver, Tell::Progress(Progress { done: 1, total: 2, new: 0, failed: 0 }));
    assert_eq!(driver.notice(), "mark a");
    driver.press("j");
    tell(&mut driver, Tell::Progress(Progress { done: 2, total: 2, new: 0, failed: 0 }));
    assert!(driver.notice().starts_with("feeds: 2 of 2"));
}

#[test]
fn escape_stops_a_refresh_before_it_does_anything_else() {
    let mut driver = two();
    driver.press("Enter R Esc");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![]), Ask::Stop]);
    assert_eq!((driver.reader().entry, driver.app.panes.focus), (EntryId(0), super::super::Focus::Text));
    tell(&mut driver, Tell::Over("no new articles".into(), false));
    driver.press("Esc");
    assert!(asked(&mut driver).is_empty());
}

#[test]
fn a_feed_is_followed_by_its_address_and_chosen_where_there_are_several() {
    let mut driver = two();
    driver.press("F");
    driver.type_in("e.org");
    driver.press("Enter Enter");
    assert_eq!(asked(&mut driver), [Ask::Follow("e.org".into())], "once is enough");
    tell(&mut driver, Tell::NotFollowed("the host e.org is not known".into()));
    assert!(matches!(&driver.app.overlay, Some(Overlay::Feed(prompt)) if prompt.told.as_ref().unwrap().1));
    driver.type_in("/x");
    driver.press("Enter");
    assert_eq!(asked(&mut driver), [Ask::Follow("e.org/x".into())]);
    let all = [("https://e.org/1", "One"), ("https://e.org/2", "Two")];
    tell(&mut driver, Tell::Several(all.map(|(url, title)| (url.into(), title.into())).to_vec()));
    driver.press("Tab Enter");
    assert_eq!(asked(&mut driver), [Ask::Follow("https://e.org/2".into())]);
    tell(&mut driver, Tell::Followed("Two".into(), 3, 0));
    assert!(driver.app.overlay.is_none());
    assert_eq!(driver.notice(), "following Two: 3 new articles");
}

#[test]
fn settings_of_a_feed_are_a_line_that_is_checked() {
    let mut driver = two();
    let settings = Settings { full_text: true, keep_days: Some(30), ..Settings::default() };
    tell(&mut driver, Tell::Settings(7, "Daily".into(), settings.clone()));
    driver.type_in("colour:red");
    driver.press("Enter");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Feed(prompt)) if prompt.told.as_ref().unwrap().1));
    driver.press("ctrl-u");
    driver.type_in("folder:News");
    driver.press("Enter");
    let set = asked(&mut driver);
    assert!(matches!(&set[..], [Ask::Set(7, settings)] if settings.folder == "News"), "{set:?}");
    driver.send(Message::Feeds(Tell::Settings(7, "Daily".into(), settings)));
    driver.press("Esc");
    assert!(driver.app.overlay.is_none() && asked(&mut driver).is_empty());
}

#[test]
fn in_the_tree_a_feed_or_a_folder_of_them_is_meant() {
    let mut driver = two();
    let feed = |number, title: &str, folder: &str| Feed {
        number,
        title: title.into(),
        folder: folder.into(),
        ..Feed::default()
    };
    driver.shelf.feeds = vec![feed(7, "Alone", ""), feed(8, "One", "News"), feed(9, "Two", "News")];
    driver.press("gf 4j R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![7])]);
    tell(&mut driver, Tell::Over("no new articles".into(), false));
    driver.press("gF D");
    assert_eq!((asked(&mut driver), driver.notice()), (vec![Ask::Settings(7)], "stop following Alone? D again"));
    driver.press("k j D");
    assert!(asked(&mut driver).is_empty(), "another key cancels");
    driver.press("D");
    assert_eq!(asked(&mut driver), [Ask::Unfollow(7)]);
    driver.press("j R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![8, 9])]);
    driver.press("gF");
    assert!(driver.notice().contains("several feeds"), "{}", driver.notice());
    driver.press("gg gF");
    assert!(driver.notice().contains("no feed is selected"), "{}", driver.notice());
    tell(&mut driver, Tell::Over("no new articles".into(), false)).press("gg R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![])], "all stories are those of all feeds that do not rest");
}

#[test]
fn a_feed_that_is_renamed_stays_selected() {
    let mut driver = two();
    let feed = |number, title: &str| Feed { number, title: title.into(), ..Feed::default() };
    driver.shelf.feeds = vec![feed(7, "A"), feed(8, "B")];
    driver.press("gf 4j");
    driver.shelf.feeds = vec![feed(8, "B"), feed(7, "Z")];
    tell(&mut driver, Tell::Kept("kept".into())).press("R");
    assert_eq!(asked(&mut driver), [Ask::Refresh(vec![7])]);
}

#[test]
fn closing_the_prompt_stops_the_request_and_drops_its_answer() {
    let mut driver = two();
    driver.press("F");
    driver.type_in("e.org");
    driver.press("Enter Esc");
    assert_eq!(asked(&mut driver), [Ask::Follow("e.org".into()), Ask::StopFollowing]);
    driver.press("F");
    tell(&mut driver, Tell::NotFollowed("late".into()));
    assert!(matches!(&driver.app.overlay, Some(Overlay::Feed(prompt)) if prompt.told.is_none()));
}

#[test]
fn while_an_answer_is_awaited_no_key_but_escape_counts() {
    let mut driver = two();
    driver.press("F");
    driver.type_in("e.org");
    driver.press("Enter x Left Tab Backspace Enter");
    driver.send(Message::Pasted("y".into()));
    assert_eq!(asked(&mut driver), [Ask::Follow("e.org".into())]);
    let Some(Overlay::Feed(prompt)) = &driver.app.overlay else { panic!("the prompt is closed") };
    assert_eq!(prompt.input.lines(), ["e.org"]);
    assert!(prompt.told.as_ref().is_some_and(|(told, _)| told.contains("asking")), "{:?}", prompt.told);
    tell(&mut driver, Tell::NotFollowed("no".into())).press("x");
    assert!(matches!(&driver.app.overlay, Some(Overlay::Feed(prompt)) if prompt.input.lines() == ["e.orgx"]));
}

#[test]
fn files_are_not_filled_by_feeds() {
    let mut driver = Driver::open(&short("Ana"));
    driver.press("F");
    assert!(driver.app.overlay.is_none() && driver.notice().contains("library"), "{}", driver.notice());
}

#[test]
fn whoever_waits_for_a_page_is_told_so() {
    let entries = ["a.txt", "https://example.org/b"].map(Entry::waiting).to_vec();
    let mut app = App::new(crate::config::Settings::default(), entries, 100, 30).0;
    app.open(EntryId(0));
    assert_eq!(app.notice, None);
    app.open(EntryId(1));
    assert_eq!(app.notice.as_ref().unwrap().text, "fetching example.org ...");
    app.update(Message::Imported(EntryId(1), Ok(annotated(&short("Ben")).0)));
    assert_eq!((app.notice, app.reader.unwrap().entry), (None, EntryId(1)));
}
