//! People across articles: one person under all names, namesakes apart, the reader's word on both.

use pullquote::analysis::correct::{Anchor, Correction};
use pullquote::analysis::{EntityKind, Gender};
use pullquote::store::{Asked, Person, PersonId};

use super::*;

/// Adds an article in which each of `speakers` ("Name, role", with other names after `/`) says a sentence.
fn add_speakers(store: &mut Store, title: &str, speakers: &[&str], company: &[&str]) -> ArticleId {
    let says = |name: &str| format!("“These are the words of {name} on {title},” {name} said.");
    let names: Vec<(&str, Vec<&str>)> = speakers
        .iter()
        .map(|speaker| {
            let mut forms = speaker.split('/');
            (forms.next().unwrap(), forms.collect())
        })
        .collect();
    let plain = |name: &str| name.split(", ").next().unwrap().to_owned();
    let mut text = format!("{title}\n\n");
    for (name, _) in &names {
        text.push_str(&says(&plain(name)));
        text.push_str("\n\n");
    }
    for name in company.iter().chain(names.iter().flat_map(|(_, aliases)| aliases)) {
        text.push_str(&format!("There was {name}. "));
    }
    let story = article(text.trim());
    let mut entities: Vec<_> = names.iter().map(|(name, aliases)| person(&story.text, name, aliases)).collect();
    entities.extend(company.iter().map(|name| organization(&story.text, name)));
    let quotes: Vec<(String, u32)> = names
        .iter()
        .enumerate()
        .map(|(index, (name, _))| {
            (format!("“These are the words of {} on {title},”", plain(name)), u32::try_from(index).unwrap())
        })
        .collect();
    let quotes: Vec<(&str, u32)> = quotes.iter().map(|(words, index)| (words.as_str(), *index)).collect();
    let found = analysis(&story.text, entities, &quotes);
    add_analyzed(store, &story, &found)
}

/// Name and number of articles of those who are called so.
fn people(store: &Store, name: &str) -> Vec<(String, usize)> {
    let mut found: Vec<_> = store.people(name, 50).unwrap().into_iter().map(|p| (p.name, p.articles)).collect();
    found.sort();
    found
}

fn only(store: &Store, name: &str) -> Person {
    let mut found = store.people(name, 50).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn owned(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
    pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn a_full_name_is_one_person_in_all_articles_however_it_is_written() {
    let mut store = store();
    add_speakers(&mut store, "one", &["José Ángel Gurría, OECD chief/Gurría"], &[]);
    add_speakers(&mut store, "two", &["Jose Angel Gurria"], &[]);
    let gurria = only(&store, "gurria");
    assert_eq!((gurria.articles, gurria.quotes), (2, 2));
    assert_eq!(gurria.roles, ["OECD chief"]);
}

#[test]
fn the_order_of_articles_does_not_matter_for_a_short_name() {
    for order in [[0, 1], [1, 0]] {
        let mut store = store();
        for article in order {
            if article == 0 {
                add_speakers(&mut store, "full", &["Karoline Leavitt, Press Secretary/Leavitt"], &["White House"]);
            } else {
                add_speakers(&mut store, "short", &["Leavitt"], &[]);
            }
        }
        let leavitt = only(&store, "karoline leavitt");
        assert_eq!((leavitt.articles, leavitt.quotes), (2, 2), "{order:?}");
        let stories = store.said(&Asked { name: Some("Leavitt".to_owned()), ..Asked::default() }).unwrap();
        assert_eq!(stories.len(), 2, "{order:?}");
    }
}

#[test]
fn a_short_name_that_could_be_two_people_stays_by_itself_unless_something_speaks_for_one() {
    let mut store = store();
    add_speakers(&mut store, "a", &["Bill Clinton, former president/Clinton"], &["Clinton Foundation"]);
    add_speakers(&mut store, "b", &["Clinton"], &[]);
    assert_eq!(people(&store, "clinton"), owned(&[("Bill Clinton", 2)]), "only one Clinton is known");
    add_speakers(&mut store, "c", &["Hillary Clinton, Secretary of State/Clinton"], &["State Department"]);
    let expected = owned(&[("Bill Clinton", 1), ("Clinton", 1), ("Hillary Clinton", 1)]);
    assert_eq!(people(&store, "clinton"), expected, "the link was taken back");
    add_speakers(&mut store, "d", &["Clinton"], &["State Department"]);
    let expected = owned(&[("Bill Clinton", 1), ("Clinton", 1), ("Hillary Clinton", 2)]);
    assert_eq!(people(&store, "clinton"), expected, "the company speaks for Hillary");
}

#[test]
fn namesakes_are_kept_apart_by_role_and_company() {
    let mut store = store();
    add_speakers(&mut store, "senate", &["John Smith, US Senator"], &["Senate Finance Committee"]);
    add_speakers(&mut store, "match", &["John Smith, football coach"], &["Rovers FC"]);
    add_speakers(&mut store, "senate again", &["John Smith, candidate"], &["Senate Finance Committee"]);
    add_speakers(&mut store, "match again", &["John Smith, head coach"], &["Other FC"]);
    assert_eq!(people(&store, "john smith"), owned(&[("John Smith", 2), ("John Smith", 2)]));
}

#[test]
fn two_people_of_one_name_in_one_article_are_two() {
    let mut store = store();
    let text = "Two\n\n“Yes,” said Ali Khan. “No,” said Ali Khan.";
    let found = analysis(
        text,
        vec![person(text, "Ali Khan", &[]), person(text, "Ali Khan", &[])],
        &[("“Yes,”", 0), ("“No,”", 1)],
    );
    add_analyzed(&mut store, &article(text), &found);
    assert_eq!(people(&store, "khan"), owned(&[("Ali Khan", 1), ("Ali Khan", 1)]));
}

#[test]
fn a_woman_and_a_man_of_one_name_are_two() {
    let mut store = store();
    for (title, gender) in [("a", Gender::Female), ("b", Gender::Male)] {
        let text = format!("{title}\n\n“Yes,” said Sam Lee.");
        let mut lee = person(&text, "Sam Lee", &[]);
        lee.gender = gender;
        add_analyzed(&mut store, &article(&text), &analysis(&text, vec![lee], &[("“Yes,”", 0)]));
    }
    assert_eq!(people(&store, "lee").len(), 2);
}

#[test]
fn an_organization_counts_where_it_speaks_and_an_unnamed_speaker_never() {
    let mut store = store();
    let text = "News\n\n“Yes,” said the White House. “No,” said a witness. The Senate met.";
    let mut witness = person(text, "a witness", &[]);
    witness.named = false;
    let entities = vec![organization(text, "White House"), witness, organization(text, "Senate")];
    add_analyzed(&mut store, &article(text), &analysis(text, entities, &[("“Yes,”", 0), ("“No,”", 1)]));
    let all = store.people("", 50).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].name.as_str(), all[0].kind), ("White House", EntityKind::Organization));
}

#[test]
fn the_reader_can_merge_people_and_take_it_back() {
    let mut store = store();
    add_speakers(&mut store, "a", &["Joseph Biden"], &[]);
    add_speakers(&mut store, "b", &["Joe Biden"], &[]);
    let id = |store: &Store, name: &str| store.people(name, 1).unwrap()[0].id;
    let (joseph, joe) = (id(&store, "joseph"), id(&store, "joe biden"));
    store.merge_people(joseph, joe, now()).unwrap();
    let merged = only(&store, "biden");
    assert_eq!(
        (merged.name.as_str(), merged.names.as_slice(), merged.quotes),
        ("Joe Biden", ["Joseph Biden".to_owned()].as_slice(), 2)
    );
    assert_eq!(store.person(joseph).unwrap().id, joe);
    assert_eq!(titles(&store, "speaker:joseph"), ["b", "a"]);
    add_speakers(&mut store, "c", &["Joseph Biden"], &[]);
    assert_eq!(only(&store, "joe biden").quotes, 3, "later articles follow the merge");
    assert_eq!(store.undo().unwrap().as_deref(), Some("made Joseph Biden and Joe Biden one person"));
    assert_eq!(people(&store, "biden"), owned(&[("Joe Biden", 1), ("Joseph Biden", 2)]));
}

#[test]
fn a_person_made_one_with_another_has_the_roles_of_both() {
    let mut store = store();
    add_speakers(&mut store, "a", &["Karoline Leavitt, Press Secretary"], &[]);
    add_speakers(&mut store, "b", &["Caroline Leavit"], &[]);
    add_speakers(&mut store, "c", &["Caroline Leavit, press secretary"], &[]);
    add_speakers(&mut store, "d", &["Caroline Leavit, press officer"], &[]);
    let ids: Vec<PersonId> = ["karoline", "caroline"].map(|name| store.people(name, 1).unwrap()[0].id).to_vec();
    store.merge_people(ids[0], ids[1], now()).unwrap();
    let one = only(&store, "leavit");
    assert_eq!(one.name, "Caroline Leavit");
    assert_eq!(one.roles, ["press secretary", "press officer"], "each once, its own first");
    store.undo().unwrap();
    store.merge_people(ids[1], ids[0], now()).unwrap();
    assert_eq!(only(&store, "leavit").roles, ["Press Secretary", "press officer"]);
}

#[test]
fn whom_a_person_may_be_the_same_as_is_told_by_likeness() {
    let mut store = store();
    for title in ["1", "2", "3"] {
        add_speakers(&mut store, title, &["Donald Trump, US President"], &[]);
    }
    add_speakers(&mut store, "4", &["Karoline Leavitt, Press Secretary"], &[]);
    add_speakers(&mut store, "5", &["John Leavitt"], &[]);
    add_speakers(&mut store, "6", &["Caroline Leavit"], &[]);
    add_speakers(&mut store, "7", &["K. Leavitt, spokeswoman"], &[]);
    add_speakers(&mut store, "8", &["Ana Silva, press officer"], &[]);
    let leavitt = only(&store, "karoline").id;
    let like = |name: &str, limit| -> Vec<String> {
        store.people_like(leavitt, name, limit).unwrap().into_iter().map(|person| person.name).collect()
    };
    assert_eq!(like("", 9), ["K. Leavitt", "John Leavitt", "Caroline Leavit", "Ana Silva", "Donald Trump"]);
    assert_eq!(like("", 2), ["K. Leavitt", "John Leavitt"]);
    assert_eq!(like("leav", 9), ["K. Leavitt", "John Leavitt", "Caroline Leavit"], "of those called so");
    assert_eq!(like("tru", 9), ["Donald Trump"]);
    assert!(store.people_like(PersonId(99), "", 9).is_err());
}

#[test]
fn merging_round_in_a_circle_ends() {
    let mut store = store();
    let names = ["Ann One", "Ann Two", "Ann Three"];
    for name in names {
        add_speakers(&mut store, name, &[name], &[]);
    }
    let ids: Vec<PersonId> = names.map(|name| store.people(name, 1).unwrap()[0].id).to_vec();
    for (from, into) in [(0, 1), (1, 2), (2, 0), (0, 0)] {
        store.merge_people(ids[from], ids[into], now()).unwrap();
    }
    assert_eq!(only(&store, "ann").quotes, 3);
}

#[test]
fn the_reader_can_keep_a_short_name_apart_for_good() {
    let mut store = store();
    add_speakers(&mut store, "a", &["Karoline Leavitt/Leavitt"], &[]);
    add_speakers(&mut store, "b", &["Leavitt"], &[]);
    let short = {
        // The short name is the only person that appears in the second article.
        let stories = store.said(&Asked { name: Some("leavitt".to_owned()), ..Asked::default() }).unwrap();
        assert_eq!(stories[0].quotes[0].name, "Leavitt");
        store.people_in(stories[0].article.id).unwrap()[0]
    };
    store.keep_apart(short, now()).unwrap();
    assert_eq!(people(&store, "leavitt"), owned(&[("Karoline Leavitt", 1), ("Leavitt", 1)]));
    add_speakers(&mut store, "c", &["Karoline Leavitt/Leavitt"], &[]);
    assert_eq!(people(&store, "leavitt"), owned(&[("Karoline Leavitt", 2), ("Leavitt", 1)]));
    store.undo().unwrap();
    assert_eq!(people(&store, "leavitt"), owned(&[("Karoline Leavitt", 3)]));
}

#[test]
fn the_reader_can_tell_namesakes_apart_and_it_survives_another_analysis() {
    let mut store = store();
    add_speakers(&mut store, "law", &["Jane Roe"], &["Bar Association"]);
    let music = add_speakers(&mut store, "music", &["Jane Roe"], &["Opera House"]);
    let id = only(&store, "roe").id;
    let other = store.split_person(id, &[music], now()).unwrap();
    assert_ne!(other, id);
    assert_eq!(people(&store, "roe"), owned(&[("Jane Roe", 1), ("Jane Roe", 1)]));
    let (article, found) = store.load_analyzed(music).unwrap();
    store.put_analyses(&[(music, article.content_id(), &found.unwrap().0)], 2).unwrap();
    assert_eq!(store.people_in(music).unwrap(), [other]);
    add_speakers(&mut store, "more music", &["Jane Roe"], &["Opera House"]);
    assert_eq!(store.person(other).unwrap().articles, 2, "the company speaks for the singer");
    assert!(store.undo().unwrap().unwrap().contains("Jane Roe"));
    assert_eq!(only(&store, "roe").articles, 3, "they are one again, with all that came since");
}

#[test]
fn corrections_move_quotes_between_people_and_survive_another_analysis() {
    let mut store = store();
    let id = add_speakers(&mut store, "a", &["Ana Silva", "Ben Ito"], &[]);
    let (story, found) = store.load_analyzed(id).unwrap();
    let raw = found.unwrap().0;
    let anchor = Anchor::new(raw.quotes[0].span, &story.text);
    let correction = Correction::Speaker { quote: anchor, speaker: Some("Ben Ito".to_owned()) };
    store.correct(&story, &correction, now()).unwrap();
    let quotes = |store: &Store| [only(store, "ana").quotes, only(store, "ben").quotes];
    assert_eq!(quotes(&store), [0, 2]);
    store.put_analyses(&[(id, story.content_id(), &raw)], 2).unwrap();
    assert_eq!(quotes(&store), [0, 2]);
    assert_eq!(store.load_analyzed(id).unwrap().1.unwrap().0.quotes[0].speaker, Some(EntityId(1)));
    let kept = store.corrections_of(story.content_id()).unwrap();
    assert_eq!((kept.len(), &kept[0].correction, kept[0].article), (1, &correction, Some(id)));
    store.remove_corrections(&[kept[0].id], now()).unwrap();
    assert_eq!(quotes(&store), [1, 1]);
    assert_eq!(store.undo().unwrap().as_deref(), Some("dropped a correction"));
    assert_eq!(quotes(&store), [0, 2]);
    assert_eq!(store.undo().unwrap().as_deref(), Some("corrected a speaker"));
    assert_eq!(quotes(&store), [1, 1]);
    assert_eq!(store.corrections().unwrap(), []);
}

#[test]
fn corrections_of_every_kind_are_read_as_they_were_written_and_several_are_dropped_at_once() {
    let mut store = store();
    let id = add_speakers(&mut store, "a", &["Ana Silva", "Ben Ito"], &[]);
    let (story, found) = store.load_analyzed(id).unwrap();
    let anchor = || Anchor::new(found.as_ref().unwrap().0.quotes[0].span, &story.text);
    let name = |name: &str| name.to_owned();
    let all = [
        Correction::Speaker { quote: anchor(), speaker: None },
        Correction::Kind { quote: anchor(), kind: Some(QuoteKind::Mixed) },
        Correction::Quote { passage: anchor(), kind: QuoteKind::Indirect, speaker: Some(name("Ana Silva")) },
        Correction::Entity { name: name("Ben Ito"), kind: EntityKind::Organization },
        Correction::Merge { name: name("Ito"), into: name("Ben Ito") },
        Correction::Split { name: name("Ben Ito"), form: name("Ben") },
        Correction::Kind { quote: anchor(), kind: None },
    ];
    for correction in &all {
        store.correct(&story, correction, now()).unwrap();
    }
    let kept = |store: &Store| store.corrections_of(story.content_id()).unwrap();
    let said: Vec<_> = kept(&store).into_iter().map(|kept| kept.correction).collect();
    assert_eq!(said, all);
    let ids: Vec<_> = kept(&store).iter().map(|kept| kept.id).collect();
    store.remove_corrections(&ids[1..4], now()).unwrap();
    assert_eq!(kept(&store).len(), 4);
    assert_eq!(store.undo().unwrap().as_deref(), Some("dropped 3 corrections"));
    assert_eq!(kept(&store).into_iter().map(|kept| kept.correction).collect::<Vec<_>>(), all);
    store.remove_corrections(&ids, now()).unwrap();
    assert!(store.remove_corrections(&ids, now()).unwrap_err().to_string().contains("correction is no longer"));
}

#[test]
fn counts_are_right_after_articles_leave_and_come_back() {
    let mut store = store();
    let first = add_speakers(&mut store, "a", &["Ana Silva", "Ben Ito"], &[]);
    add_speakers(&mut store, "b", &["Ana Silva"], &[]);
    store.remove(&[first], now()).unwrap();
    assert_eq!(people(&store, ""), owned(&[("Ana Silva", 1)]));
    store.undo().unwrap();
    assert_eq!(people(&store, ""), owned(&[("Ana Silva", 2), ("Ben Ito", 1)]));
}

#[test]
fn the_names_of_a_person_are_told_with_who_goes_by_them_alone() {
    let mut store = store();
    let full = add_speakers(&mut store, "a", &["Karoline Leavitt/Leavitt"], &[]);
    let short = add_speakers(&mut store, "b", &["Leavitt"], &[]);
    let leavitt = only(&store, "karoline");
    let forms = store.forms_of(leavitt.id).unwrap();
    let names: Vec<_> = forms.iter().map(|form| (form.name.as_str(), form.articles)).collect();
    assert_eq!(names, [("Karoline Leavitt", 1), ("Leavitt", 1)]);
    for article in [full, short] {
        assert_eq!(store.person_in(article, 0).unwrap(), Some(leavitt.id));
    }
    assert_eq!(store.person_in(short, 9).unwrap(), None);
    store.keep_apart(forms[1].id, now()).unwrap();
    assert_eq!(store.forms_of(leavitt.id).unwrap().len(), 1);
    let asked = Asked { person: Some(leavitt.id), name: Some("nobody".to_owned()), ..Asked::default() };
    assert_eq!(store.said(&asked).unwrap().len(), 1, "this very person, whatever the name");
}

#[test]
fn a_person_is_taken_apart_by_a_role_or_company_that_only_some_articles_show() {
    use pullquote::store::Sharing;
    let mut store = store();
    let court = ["Michael Jordan, basketball player"];
    let first = add_speakers(&mut store, "a", &court, &["Chicago Bulls"]);
    let second = add_speakers(&mut store, "b", &court, &["Chicago Bulls"]);
    let third = add_speakers(&mut store, "c", &["Michael Jordan"], &["Berkeley University"]);
    let jordan = only(&store, "jordan");
    let parts = store.parts_of(jordan.id).unwrap();
    let shared: Vec<(&Sharing, usize)> = parts.iter().map(|part| (&part.sharing, part.articles.len())).collect();
    let role = Sharing::Role("basketball player".to_owned());
    let bulls = Sharing::Company("Chicago Bulls".to_owned());
    let berkeley = Sharing::Company("Berkeley University".to_owned());
    assert_eq!(shared, [(&role, 2), (&bulls, 2), (&berkeley, 1)]);
    assert_eq!((&parts[0].articles, &parts[2].articles), (&vec![second, first], &vec![third]));
    let other = store.split_person(jordan.id, &parts[2].articles, now()).unwrap();
    assert_eq!((store.person(jordan.id).unwrap().articles, store.person(other).unwrap().articles), (2, 1));
    assert_eq!(store.parts_of(other).unwrap(), [], "what all articles share tells nothing");
    store.undo().unwrap();
    assert_eq!(only(&store, "jordan").articles, 3);
    add_speakers(&mut store, "d", &["Michael Jordan, Basketball Player"], &[]);
    let parts = store.parts_of(jordan.id).unwrap();
    let roles: Vec<usize> =
        parts.iter().filter(|part| matches!(part.sharing, Sharing::Role(_))).map(|part| part.articles.len()).collect();
    assert_eq!(roles, [3], "one role, however it is written");
}
