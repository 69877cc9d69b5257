//! Damaged libraries: whatever bytes change, it starts, gives no strange text, and saves what can be read.

use std::fs;
use std::path::Path;

use pullquote::article::Article;
use pullquote::store::{Asked, Error, Feed, Found, Login, Order};

use super::*;

/// A small generator of numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

const ARTICLES: usize = 30;

/// Fills a library; gives the articles in it.
fn fill(path: &Path) -> Vec<Article> {
    let mut store = open(path).store;
    let stories: Vec<Article> = (0..ARTICLES)
        .map(|number| {
            let body = format!("“We met {number} times,” said Ana Silva. ") + &"Words and more words. ".repeat(40);
            dated(&format!("Story {number}\n\n{}", body.trim()), 2025, 1, 1 + (number % 28) as i8)
        })
        .collect();
    for story in &stories {
        let words = format!("{},”", story.text.split(",”").next().unwrap().split("\n\n").nth(1).unwrap());
        let found = analysis(&story.text, vec![person(&story.text, "Ana Silva", &["Silva"])], &[(&words, 0)]);
        let id = add_analyzed(&mut store, story, &found);
        store.highlight(story, Span::new(0, 5), &format!("note on {}", story.meta.title), now()).unwrap();
        store.tag(&[id], "all", now()).unwrap();
    }
    store.set_read(&store.ids(&query("title:1"), Sort::default()).unwrap(), true, now()).unwrap();
    stories
}

/// Does a bit of everything; whatever comes back must be what was put in, or an error.
fn use_it(store: &mut Store, stories: &[Article]) {
    if let Ok(ids) = store.ids(&query(""), Sort::default()) {
        for id in ids.into_iter().take(100) {
            match store.load_analyzed(id) {
                Ok((article, _)) => assert!(stories.contains(&article), "a strange article: {article:?}"),
                Err(error) => drop(error.to_string()),
            }
        }
    }
    for sort in ["date", "title", "source", "voices", "length"] {
        let _ = store.list(&query("unread"), sort.parse().unwrap(), Window::first(20));
    }
    let _ = store.list(&query("speaker:silva tag:all"), Sort::default(), Window::ALL);
    for order in [Order::Newest, Order::Relevance] {
        if let Ok(hits) = store.search(&query("words"), order, Window::first(20)) {
            for hit in hits {
                assert!(!hit.snippet.chars().any(char::is_control));
                assert!(hit.marks.iter().all(|mark| hit.snippet.get(mark.range()).is_some()));
            }
        }
    }
    let _ = store.said(&Asked { name: Some("silva".to_owned()), about: "times".to_owned(), ..Asked::default() });
    let _ = store.people("", 10);
    let _ = store.highlights(0, 100);
    let _ = store.tags();
    let _ = store.add(&Incoming::new(&dated("New\n\nMore words.", 2025, 2, 2)), now());
    let _ = store.remove(&[ArticleId(3)], now());
    let _ = store.undo();
    let _ = store.undo();
}

/// One random wound.
fn wound(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    match random.below(6) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => {
            for _ in 0..20 {
                let at = random.below(bytes.len());
                bytes[at] = random.next() as u8;
            }
        }
        2 => {
            let end = (at + 512).min(bytes.len());
            bytes[at..end].fill(0);
        }
        3 => {
            // A page in the place of another.
            let pages = bytes.len() / 8192;
            let (from, to) = (random.below(pages) * 8192, random.below(pages) * 8192);
            bytes.copy_within(from..from + 8192, to);
        }
        4 => bytes.truncate(at),
        _ => {
            let page = at / 8192 * 8192;
            let end = (page + 8192).min(bytes.len());
            for byte in &mut bytes[page..end] {
                *byte = random.next() as u8;
            }
        }
    }
}

/// Damages a library in many ways, `turns` of them; says in words how that went.
fn damage(turns: u64, first: u64) -> String {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("original.db");
    let stories = fill(&original);
    let mut stories_and_new = stories.clone();
    stories_and_new.push(dated("New\n\nMore words.", 2025, 2, 2));
    let whole = fs::read(&original).unwrap();
    let (mut set_aside, mut whole_after) = (0, 0);
    for turn in first..first + turns {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut random = Random(turn);
        let mut bytes = whole.clone();
        wound(&mut bytes, &mut random);
        fs::write(&path, &bytes).unwrap();
        // Twice: what the first run notices, the second looks into.
        for _ in 0..2 {
            match Store::open(&options(&path)) {
                Ok(mut opened) => {
                    if let Found::Damaged(aside) = &opened.found {
                        set_aside += 1;
                        opened.store.rescue(aside, now()).unwrap();
                    }
                    use_it(&mut opened.store, &stories_and_new);
                }
                Err(Error::Newer { .. }) => {
                    assert_ne!(bytes.get(60..64), whole.get(60..64), "the number itself was hit");
                    break;
                }
                Err(error) => panic!("turn {turn}: {error:?}"),
            }
        }
        let opened = Store::open(&options(&path));
        if let Ok(store) = opened.map(|opened| opened.store) {
            let ids = store.ids(&query(""), Sort::default()).unwrap_or_default();
            whole_after += usize::from(ids.len() >= ARTICLES - 1);
        }
    }
    assert!(set_aside > 0, "nothing was damaged enough to test anything");
    format!("{turns} damaged libraries: {set_aside} set aside, {whole_after} with all articles but one afterwards")
}

#[test]
fn a_damaged_library_starts_or_is_set_aside_and_never_shows_a_strange_text() {
    println!("{}", damage(25, 0));
}

#[test]
#[ignore = "takes a minute: the same a thousand times"]
fn a_thousand_damaged_libraries_start_or_are_set_aside() {
    println!("{}", damage(1_000, 1_000_000));
}

#[test]
fn a_damaged_text_is_an_error_of_that_article_alone_and_adding_it_again_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let stories = fill(&path);
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"We met 7 times";
    let places: Vec<usize> = (0..bytes.len() - needle.len()).filter(|at| bytes[*at..].starts_with(needle)).collect();
    for at in places {
        bytes[at] = 0xff;
    }
    fs::write(&path, bytes).unwrap();
    let mut store = open(&path).store;
    let bad: Vec<ArticleId> = store
        .ids(&query(""), Sort::default())
        .unwrap()
        .into_iter()
        .filter(|id| matches!(store.load(*id), Err(Error::DamagedArticle(..))))
        .collect();
    assert_eq!(bad.len(), 1);
    let message = store.load(bad[0]).unwrap_err().to_string();
    assert!(message.contains("add its file again"), "{message}");
    assert!(matches!(store.add(&Incoming::new(&stories[7]), now()).unwrap(), Added::Updated(id) if id == bad[0]));
    assert_eq!(store.load(bad[0]).unwrap(), stories[7]);
    assert_eq!(titles(&store, "title:7 tag:all"), ["Story 7"], "what hung on it is still there");
}

#[test]
fn a_damaged_note_is_shown_and_marked_as_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    fill(&path);
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"note on Story 12";
    let at = (0..bytes.len()).find(|at| bytes[*at..].starts_with(needle)).unwrap();
    bytes[at] = 0xff;
    fs::write(&path, bytes).unwrap();
    let damaged: Vec<_> = open(&path).store.highlights(0, 99).unwrap().into_iter().filter(|h| !h.intact).collect();
    assert_eq!(damaged.len(), 1);
    assert!(damaged[0].note.ends_with("ote on Story 12"), "{}", damaged[0].note);
}

#[test]
fn what_can_be_read_of_a_damaged_library_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let stories = fill(&path);
    let mut bytes = fs::read(&path).unwrap();
    // The whole header is gone, the rest is whole: it is made again, so nothing is lost.
    let mut headless = bytes.clone();
    headless[..100].fill(0);
    fs::write(&path, &headless).unwrap();
    let mut opened = open(&path);
    let Found::Damaged(aside) = &opened.found else { panic!("{:?}", opened.found) };
    assert_eq!(opened.store.rescue(aside, now()).unwrap().articles, ARTICLES);
    drop(opened);
    // One page of texts is gone (a leaf: an inner page may hold remains of the text too).
    const LEAF: u8 = 13;
    let needle = b"We met 7 times";
    let pages = bytes.chunks_exact_mut(8192);
    let mut leaves = pages.filter(|page| page[0] == LEAF && page.windows(needle.len()).any(|bytes| bytes == needle));
    leaves.next().unwrap().fill(0xa5);
    let damaged = folder.path().join("damaged.db");
    fs::write(&damaged, &bytes).unwrap();
    let mut new = store();
    let rescued = new.rescue(&damaged, now()).unwrap();
    assert!(rescued.articles >= ARTICLES - 8 && rescued.articles < ARTICLES, "{rescued:?}");
    assert_eq!(rescued.highlights, ARTICLES);
    assert_eq!(new.tags().unwrap()[0].articles, rescued.articles);
    assert_eq!(titles(&new, "read"), ["Story 1"]);
    assert_eq!(new.people("silva", 9).unwrap()[0].quotes, rescued.articles);
    for id in new.ids(&query(""), Sort::default()).unwrap() {
        assert!(stories.contains(&new.load(id).unwrap()));
    }
}

#[test]
fn a_damaged_index_is_made_again_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    fill(&path);
    {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute("UPDATE fulltext_data SET block = zeroblob(40) WHERE id > 100", []).unwrap();
    }
    let store = open(&path).store;
    let error = store.search(&query("words"), Order::Newest, Window::first(5)).unwrap_err();
    assert!(error.is_damage() && error.to_string().contains("start pullquote again"), "{error}");
    drop(store);
    let opened = open(&path);
    assert_eq!(opened.found, Found::Library);
    assert_eq!(opened.store.count(&query("words")).unwrap(), ARTICLES);
}

/// What is saved of a library whose file `harm` changed.
fn saved_after(harm: impl FnOnce(&mut Vec<u8>)) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let stories = fill(&path);
    let mut bytes = fs::read(&path).unwrap();
    harm(&mut bytes);
    fs::write(&path, &bytes).unwrap();
    let mut opened = open(&path);
    let Found::Damaged(aside) = &opened.found else { panic!("{:?}", opened.found) };
    let saved = opened.store.rescue(aside, now()).unwrap();
    use_it(&mut opened.store, &stories);
    assert_eq!(fs::read(aside).unwrap(), bytes, "it is kept as it was");
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name.to_string_lossy().contains("mended")), "the copy is gone");
    (saved.articles, saved.highlights)
}

#[test]
fn a_library_whose_first_bytes_are_overwritten_is_saved_whole() {
    for length in [4, 16, 24] {
        assert_eq!(saved_after(|bytes| bytes[..length].fill(b'x')), (ARTICLES, ARTICLES), "{length} bytes");
    }
}

#[test]
fn of_a_library_whose_end_is_missing_the_rest_is_saved() {
    let (articles, highlights) = saved_after(|bytes| bytes.truncate(bytes.len() - 8192));
    assert!(articles + highlights >= ARTICLES, "{articles} articles, {highlights} highlights");
    let (articles, highlights) = saved_after(|bytes| bytes.truncate(bytes.len() - 20_000));
    assert!(articles + highlights > 0, "{articles} articles, {highlights} highlights");
}

#[test]
fn feeds_are_saved_with_what_the_user_wants_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut old = open(&path).store;
    let id = old.add_feed("https://e.org/", "Name", "News").unwrap();
    let wanted = Feed {
        renamed: "Mine".to_owned(),
        settings: "{\"full_text\":true}".to_owned(),
        login: Some(Login("me:secret".to_owned())),
        ..old.feed(id).unwrap()
    };
    old.set_feeds(std::slice::from_ref(&wanted), false).unwrap();
    drop(old);
    let mut new = store();
    new.rescue(&path, now()).unwrap();
    assert_eq!(new.feeds().unwrap(), [wanted]);
    let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/libraries/1.db");
    let mut new = store();
    new.rescue(&first, now()).unwrap();
    let feed = new.feeds().unwrap().remove(0);
    assert_eq!((feed.title(), feed.folder.as_str(), &feed.key), ("Example", "News", &feed.url));
}
