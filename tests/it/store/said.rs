//! Everything a person said: by story, about something, since some day, the same quote folded.

use pullquote::store::{Asked, Story};

use super::*;

fn add_quote(store: &mut Store, day: i8, title: &str, body: &str, words: &str) -> ArticleId {
    let story = dated(&format!("{title}\n\n{body}"), 2025, 11, day);
    let found =
        analysis(&story.text, vec![person(&story.text, "Karoline Leavitt, Press Secretary", &[])], &[(words, 0)]);
    add_analyzed(store, &story, &found)
}

fn said(store: &Store, about: &str) -> Vec<Story> {
    let asked = Asked { name: Some("leavitt".to_owned()), about: about.to_owned(), ..Asked::default() };
    store.said(&asked).unwrap()
}

fn words(stories: &[Story]) -> Vec<&str> {
    stories.iter().flat_map(|story| story.quotes.iter().map(|quote| quote.words.as_str())).collect()
}

fn library() -> Store {
    let mut store = store();
    add_quote(
        &mut store,
        20,
        "Talks",
        "“Taxes will fall next year,” said Karoline Leavitt.",
        "“Taxes will fall next year,”",
    );
    add_quote(
        &mut store,
        22,
        "Visit",
        "On the economy there was more. “It is very telling,” Karoline Leavitt said.\n\nThe café opened.",
        "“It is very telling,”",
    );
    store
}

#[test]
fn quotes_come_newest_story_first_with_all_a_reader_needs() {
    let store = library();
    let stories = said(&store, "");
    assert_eq!(words(&stories), ["“It is very telling,”", "“Taxes will fall next year,”"]);
    let (story, quote) = (&stories[0], &stories[0].quotes[0]);
    assert_eq!((story.article.title.as_str(), story.article.date), ("Visit", Some(date(2025, 11, 22))));
    assert_eq!((quote.name.as_str(), quote.role.as_deref()), ("Karoline Leavitt", Some("Press Secretary")));
    let text = store.load(story.article.id).unwrap().text;
    assert_eq!(quote.span.of(&text), quote.words);
}

#[test]
fn about_looks_at_the_paragraph_of_the_quote_and_nowhere_else() {
    let store = library();
    assert_eq!(words(&said(&store, "economy")), ["“It is very telling,”"]);
    assert_eq!(words(&said(&store, "TAX*")), ["“Taxes will fall next year,”"]);
    assert_eq!(words(&said(&store, "tax")), Vec::<&str>::new());
    assert_eq!(words(&said(&store, "taxes fall")), ["“Taxes will fall next year,”"]);
    assert_eq!(words(&said(&store, "cafe")), Vec::<&str>::new());
    assert_eq!(words(&said(&store, "visit")), Vec::<&str>::new());
    assert_eq!(words(&said(&store, "\" OR * NEAR( …")), Vec::<&str>::new());
}

#[test]
fn days_and_a_limit_narrow_it() {
    let store = library();
    let ask = |asked: Asked| words(&store.said(&asked).unwrap()).len();
    let leavitt = Asked { name: Some("Leavitt".to_owned()), ..Asked::default() };
    assert_eq!(ask(Asked { since: Some(date(2025, 11, 21)), ..leavitt.clone() }), 1);
    assert_eq!(ask(Asked { since: Some(date(2025, 11, 22)), ..leavitt.clone() }), 1);
    assert_eq!(ask(Asked { before: Some(date(2025, 11, 22)), ..leavitt.clone() }), 1);
    assert_eq!(ask(Asked { limit: Some(1), ..leavitt.clone() }), 1);
    assert_eq!(
        ask(Asked { limit: Some(1), since: Some(date(2025, 11, 20)), before: Some(date(2025, 11, 21)), ..leavitt }),
        1
    );
    assert_eq!(ask(Asked { name: Some("nobody".to_owned()), ..Asked::default() }), 0);
    assert_eq!(ask(Asked { name: Some("…".to_owned()), ..Asked::default() }), 0, "no letters are nobody's name");
    assert_eq!(ask(Asked::default()), 2, "everybody");
}

#[test]
fn the_same_quote_in_several_stories_is_shown_once_with_the_others_beside_it() {
    let mut store = library();
    let cut = add_quote(
        &mut store,
        23,
        "Cut",
        "\"Taxes will fall next year\", Karoline Leavitt said.",
        "\"Taxes will fall next year\"",
    );
    let longer = add_quote(
        &mut store,
        24,
        "Longer",
        "“I promise: taxes will fall next year, and for everybody,” Karoline Leavitt said.",
        "“I promise: taxes will fall next year, and for everybody,”",
    );
    let stories = said(&store, "taxes");
    assert_eq!(words(&stories), ["“I promise: taxes will fall next year, and for everybody,”"]);
    assert_eq!(stories[0].article.id, longer);
    let also: Vec<_> = stories[0].quotes[0].also.iter().map(|(id, _)| *id).collect();
    assert_eq!((also.len(), also[0]), (2, cut), "{also:?}");
}

#[test]
fn the_same_quote_twice_in_one_story_is_folded_too() {
    let mut store = store();
    let text = "Twice\n\n“We will win it all next year,” said Karoline Leavitt. “We will win it all next year!”";
    let leavitt = person(text, "Karoline Leavitt", &[]);
    let quotes = [("“We will win it all next year,”", 0), ("“We will win it all next year!”", 0)];
    let id = add_analyzed(&mut store, &article(text), &analysis(text, vec![leavitt], &quotes));
    let stories = said(&store, "");
    assert_eq!(words(&stories).len(), 1);
    assert_eq!(stories[0].quotes[0].also[0].0, id);
}

#[test]
fn somebody_who_appears_often_is_asked_about_a_topic_as_somebody_who_does_not() {
    let mut store = library();
    let stories: Vec<(Article, Analysis)> = (0..320)
        .map(|number| {
            let topic = if number % 40 == 0 { "the harbour" } else { "the weather" };
            let words = format!("“Story {number} is about {topic},”");
            let story = dated(&format!("Story {number}\n\n{words} said Karoline Leavitt."), 2025, 10, 1);
            let who = person(&story.text, "Karoline Leavitt, Press Secretary", &[]);
            let found = analysis(&story.text, vec![who], &[(&words, 0)]);
            (story, found)
        })
        .collect();
    let incoming: Vec<_> =
        stories.iter().map(|(story, found)| Incoming { analysis: Some((found, 1)), ..Incoming::new(story) }).collect();
    store.add_all(&incoming, now()).unwrap();
    let told = said(&store, "harbour");
    let expected: Vec<String> = (0..8).rev().map(|at| format!("“Story {} is about the harbour,”", at * 40)).collect();
    assert_eq!(words(&told), expected);
    assert_eq!(words(&said(&store, "economy")), ["“It is very telling,”"]);
    assert_eq!(said(&store, "harb* story").len(), 8);
}
