//! Corrections find what they correct, and change nothing else.

use super::super::{Entity, EntityId, EntityKind, Evidence, Gender, Mention, MentionKind};
use super::*;

const TEXT: &str = "“We won,” said Ana Silva. “We won,” said Ben. Mr Silva left.";

fn entity(name: &str, start: usize) -> Entity {
    Entity {
        kind: EntityKind::Person,
        name: name.to_owned(),
        named: true,
        role: None,
        gender: Gender::Unknown,
        aliases: Vec::new(),
        mentions: vec![Mention { span: Span::new(start, start + name.len()), kind: MentionKind::Name }],
    }
}

fn quote(start: usize, end: usize, speaker: u32) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        span: Span::new(start, end),
        speaker: Some(EntityId(speaker)),
        source: None,
        cue: None,
        confidence: 0.5,
        evidence: Evidence::default(),
    }
}

fn analysis() -> Analysis {
    let second = TEXT.rfind("“We won,”").unwrap();
    Analysis {
        entities: vec![entity("Ana Silva", 19), entity("Ben", 50), entity("Mr Silva", 55)],
        quotes: vec![quote(0, 13, 0), quote(second, second + 13, 2)],
    }
}

#[test]
fn a_quote_said_twice_is_corrected_where_it_stood() {
    let mut analysis = analysis();
    let anchor = Anchor::new(analysis.quotes[1].span, TEXT);
    assert!(Correction::Speaker { quote: anchor, speaker: Some("ben".to_owned()) }.apply(&mut analysis, TEXT));
    assert_eq!(analysis.quotes[0].speaker, Some(EntityId(0)));
    assert_eq!(analysis.quotes[1].speaker, Some(EntityId(1)));
}

#[test]
fn a_speaker_whom_the_engine_never_saw_becomes_an_entity() {
    let mut analysis = analysis();
    let anchor = Anchor::new(analysis.quotes[0].span, TEXT);
    Correction::Speaker { quote: anchor, speaker: Some("Eva Braun".to_owned()) }.apply(&mut analysis, TEXT);
    let speaker = analysis.quotes[0].speaker.and_then(|id| analysis.entity(id)).unwrap();
    assert_eq!(speaker.name, "Eva Braun");
}

#[test]
fn a_correction_follows_its_words_into_a_new_version_of_the_text() {
    let longer = format!("A new first sentence. {TEXT}");
    let mut moved = analysis();
    let anchor = Anchor::new(moved.quotes[1].span, TEXT);
    for quote in &mut moved.quotes {
        quote.span = quote.span.shifted(longer.len() - TEXT.len());
    }
    assert!(Correction::Speaker { quote: anchor, speaker: None }.apply(&mut moved, &longer));
    assert_eq!(moved.quotes[1].speaker, None);
}

#[test]
fn a_correction_finds_a_quote_that_another_engine_ends_elsewhere() {
    let mut other = analysis();
    let anchor = Anchor::new(other.quotes[1].span, TEXT);
    other.quotes[1].span.end -= "”".len();
    assert!(Correction::Kind { quote: anchor, kind: None }.apply(&mut other, TEXT));
    assert_eq!(other.quotes, analysis().quotes[..1]);
}

#[test]
fn merging_moves_mentions_and_quotes_and_keeps_every_id_right() {
    for (name, into) in [("Mr Silva", "Ana Silva"), ("Ana Silva", "Mr Silva")] {
        let mut analysis = analysis();
        assert!(Correction::Merge { name: name.to_owned(), into: into.to_owned() }.apply(&mut analysis, TEXT));
        assert_eq!(analysis.entities.len(), 2);
        let names: Vec<_> =
            analysis.quotes.iter().map(|q| analysis.entity(q.speaker.unwrap()).unwrap().name.clone()).collect();
        assert_eq!(names, [into, into]);
        let merged = analysis.entities.iter().find(|entity| entity.name == into).unwrap();
        assert_eq!((merged.mentions.len(), merged.aliases.as_slice()), (2, [name.to_owned()].as_slice()));
    }
}

#[test]
fn a_passage_that_nobody_took_for_a_quote_becomes_one_where_it_stands() {
    let mut analysis = analysis();
    let at = TEXT.find("Mr Silva left").unwrap();
    let passage = Anchor::new(Span::new(at, at + 13), TEXT);
    let reported = |passage: &Anchor| Correction::Quote {
        passage: passage.clone(),
        kind: QuoteKind::Indirect,
        speaker: Some("Ben".to_owned()),
    };
    assert!(reported(&passage).apply(&mut analysis, TEXT));
    let last = analysis.quotes.last().unwrap();
    assert_eq!((analysis.quotes.len(), last.span.of(TEXT)), (3, "Mr Silva left"));
    assert_eq!((last.speaker, last.evidence.basis), (Some(EntityId(1)), Basis::Correction));
    assert_eq!(passage.find(&analysis, TEXT), Some(2));
    // Around a direct quote, which stays inside it; across one, which goes.
    for (words, quotes) in [("“We won,” said Ben", 4), ("won,” said Ben", 3)] {
        let mut analysis = analysis.clone();
        let at = TEXT.rfind(words).unwrap();
        let passage = Anchor::new(Span::new(at, at + words.len()), TEXT);
        reported(&passage).apply(&mut analysis, TEXT);
        assert_eq!(analysis.quotes.len(), quotes, "{words}");
        assert!(analysis.quotes.is_sorted_by_key(|quote| (quote.span.start, Reverse(quote.span.end))));
    }
}

#[test]
fn splitting_gives_a_form_with_its_pronouns_and_quotes_to_somebody_else() {
    let mut analysis = analysis();
    let merge = Correction::Merge { name: "Mr Silva".to_owned(), into: "Ana Silva".to_owned() };
    merge.apply(&mut analysis, TEXT);
    analysis.entities[0].mentions.push(Mention { span: Span::new(64, 68), kind: MentionKind::Pronoun });
    analysis.quotes[1].source = TEXT.find("Mr Silva").map(|at| Span::new(at, at + 8));
    let at = analysis.quotes[1].source.unwrap();
    analysis.entities[0].mentions[1].span = at;
    let split = |form: &str| Correction::Split { name: "Ana Silva".to_owned(), form: form.to_owned() };
    assert!(split("mr silva").apply(&mut analysis, TEXT));
    let names: Vec<_> = analysis.entities.iter().map(|entity| (entity.name.as_str(), entity.mentions.len())).collect();
    assert_eq!(names, [("Ana Silva", 1), ("Ben", 1), ("mr silva", 2)]);
    assert_eq!(analysis.quotes.iter().map(|quote| quote.speaker.unwrap().0).collect::<Vec<_>>(), [0, 2]);
    assert!(analysis.entities[0].aliases.is_empty());
    assert!(!split("Ana Silva").apply(&mut analysis, TEXT), "nothing would be left");
    assert!(!split("Nobody").apply(&mut analysis, TEXT));
}

#[test]
fn splitting_the_fullest_name_off_leaves_the_next_one() {
    let mut analysis = analysis();
    let merge = Correction::Merge { name: "Mr Silva".to_owned(), into: "Ana Silva".to_owned() };
    merge.apply(&mut analysis, TEXT);
    let at = TEXT.find("Mr Silva").unwrap();
    analysis.entities[0].mentions[1].span = Span::new(at, at + 8);
    let split = Correction::Split { name: "Ana Silva".to_owned(), form: "Ana Silva".to_owned() };
    analysis.entities[0].mentions[0].span = Span::new(TEXT.find("Ana").unwrap(), TEXT.find("Ana").unwrap() + 9);
    assert!(split.apply(&mut analysis, TEXT));
    assert_eq!((analysis.entities[0].name.as_str(), analysis.entities[2].name.as_str()), ("Mr Silva", "Ana Silva"));
}

#[test]
fn what_is_not_there_changes_nothing() {
    let before = analysis();
    let mut after = before.clone();
    let nowhere = Anchor { words: "Nobody said this".to_owned(), ..Anchor::new(Span::new(2, 9), TEXT) };
    assert!(!Correction::Kind { quote: nowhere, kind: None }.apply(&mut after, TEXT));
    assert!(!Correction::Merge { name: "Ana Silva".to_owned(), into: "Cleo".to_owned() }.apply(&mut after, TEXT));
    assert!(!Correction::Entity { name: "Cleo".to_owned(), kind: EntityKind::Place }.apply(&mut after, TEXT));
    assert_eq!(before, after);
}

#[test]
fn words_in_quotation_marks_go_with_the_reported_speech_around_them() {
    let text = "Ana Silva said it was “very telling” and Ben left. Ben had called it “odd”.";
    let telling = text.find("“very").unwrap();
    let outer = Span::new(15, text.find(" and").unwrap());
    let inner = |of: u32| quote(telling, outer.end, of);
    let found = |of: u32| Analysis {
        entities: vec![entity("Ana Silva", 0), entity("Ben", text.find("Ben").unwrap())],
        quotes: vec![Quote { kind: QuoteKind::Mixed, ..quote(outer.start, outer.end, 0) }, inner(of)],
    };
    let anchor = |span: Span| Anchor::new(span, text);
    let ben = |quote| Correction::Speaker { quote, speaker: Some("Ben".to_owned()) };
    let speakers = |analysis: &Analysis| analysis.quotes.iter().map(|q| q.speaker.unwrap().0).collect::<Vec<_>>();
    let mut analysis = found(0);
    ben(anchor(outer)).apply(&mut analysis, text);
    assert_eq!(speakers(&analysis), [1, 1]);
    let mut analysis = found(0);
    ben(anchor(inner(0).span)).apply(&mut analysis, text);
    assert_eq!(speakers(&analysis), [0, 1], "but not the other way round");
    let ana = Correction::Speaker { quote: anchor(outer), speaker: None };
    ana.apply(&mut analysis, text);
    assert_eq!((analysis.quotes[0].speaker, analysis.quotes[1].speaker), (None, Some(EntityId(1))));
    let mut analysis = found(1);
    ben(anchor(outer)).apply(&mut analysis, text);
    assert_eq!(speakers(&analysis), [1, 1]);
    let mut analysis = found(0);
    ben(anchor(outer)).apply(&mut analysis, text);
    Correction::Kind { quote: anchor(outer), kind: None }.apply(&mut analysis, text);
    assert_eq!(analysis.quotes, [], "no quote has none inside");
    let mut analysis = found(1);
    Correction::Kind { quote: anchor(outer), kind: None }.apply(&mut analysis, text);
    assert_eq!(speakers(&analysis), [1], "what somebody else says stays");
}
