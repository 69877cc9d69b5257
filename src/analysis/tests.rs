//! Who said what, as annotated texts: `[Ana Ruiz: “Taxes are low,”] said Ana Ruiz.` is a direct quote with the name of
//! its speaker, `[Ana Ruiz~ taxes are low]` reported speech, `[Ana Ruiz* to win]` a belief, `?` a speaker whom nothing
//! tells. The annotation is taken off, the rest analysed, and what is found, annotated again, must be the same.
//!
//! Cases stand in the files of `cases/`, apart by blank lines. One that fails though a reader would expect it to pass
//! begins with a line `! why`; once it passes, the test asks for that line to go.

use super::*;

mod weights;

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Lexicon::embedded()))
}

/// The name of whoever says `quote`.
fn speaker<'a>(analysis: &'a Analysis, quote: &Quote) -> &'a str {
    quote.speaker.and_then(|id| analysis.entity(id)).map_or("?", |entity| entity.name.as_str())
}

/// `text` with all of its quotes annotated.
fn annotated(text: &str, options: Options) -> String {
    marked(text, &engine().analyze_with(text, options))
}

/// `text` with the quotes of `analysis` annotated.
fn marked(text: &str, analysis: &Analysis) -> String {
    // At one place what ends comes before what begins; of what begins, the outer quote comes first.
    let mut marks: Vec<(usize, bool, usize, String)> = Vec::new();
    for quote in &analysis.quotes {
        let sign = match quote.kind {
            QuoteKind::Direct => ':',
            QuoteKind::Indirect | QuoteKind::Mixed => '~',
            QuoteKind::Belief => '*',
        };
        let opening = format!("[{}{sign} ", speaker(analysis, quote));
        marks.push((quote.span.start, true, text.len() - quote.span.end, opening));
        marks.push((quote.span.end, false, text.len() - quote.span.start, "]".to_owned()));
    }
    marks.sort();
    let mut out = String::new();
    let mut at = 0;
    for (place, _, _, mark) in marks {
        out += &text[at..place];
        out += &mark;
        at = place;
    }
    out + &text[at..]
}

/// `case` without its annotation.
fn plain(case: &str) -> String {
    regex::Regex::new(r"\[[^\[\]:~*]+[:~*] |\]").unwrap().replace_all(case, "").into_owned()
}

/// Checks the cases of a file and shows all that fail, or pass though they are marked as failing.
fn check(cases: &str, options: Options) {
    let cases: Vec<&str> = cases.split("\n\n").map(str::trim).filter(|case| !case.starts_with('#')).collect();
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in &cases {
        let known = case.strip_prefix("! ").and_then(|known| known.split_once('\n'));
        let want = known.map_or(*case, |(_, case)| case);
        let found = annotated(&plain(want), options);
        match (found == want, known) {
            (false, None) => wrong.push(format!("want {want}\n got {found}\n")),
            (true, Some((why, _))) => wrong.push(format!("passes now, take off the line `! {why}`:\n{want}\n")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Checks the cases of a file, speech alone.
pub(super) fn check_speech(cases: &str) {
    check(cases, Options::default());
}

#[test]
fn direct_quotes_have_their_cue_before_after_or_inside() {
    check_speech(include_str!("cases/direct.txt"));
}

#[test]
fn a_quote_goes_on_with_the_same_speaker() {
    check_speech(include_str!("cases/continued.txt"));
}

#[test]
fn a_pronoun_stands_for_whoever_was_named_before() {
    check_speech(include_str!("cases/pronouns.txt"));
}

#[test]
fn reported_speech_ends_where_it_ends() {
    check_speech(include_str!("cases/reported.txt"));
}

#[test]
fn marks_around_what_nobody_says_are_no_quotes() {
    check_speech(include_str!("cases/nobody.txt"));
}

#[test]
fn beliefs_are_told_from_speech() {
    check(include_str!("cases/beliefs.txt"), Options { beliefs: true });
}

#[test]
fn speakers_may_have_no_name_or_be_a_body() {
    check_speech(include_str!("cases/unnamed.txt"));
}

#[test]
fn other_languages_have_their_quotation_marks_read() {
    check_speech(include_str!("cases/abroad.txt"));
}

#[test]
fn whoever_stands_beside_a_quote_may_say_it() {
    check_speech(include_str!("cases/interviews.txt"));
}

/// The bundled article that the project started from, without its date.
const SOURCE: &str = include_str!("../../seeds/000_176925febe755178.txt");

#[test]
fn the_source_document_says_who_said_what() {
    let text = SOURCE.trim_start().strip_prefix("date 2025-11-21 ").unwrap();
    let want = include_str!("cases/source.txt");
    assert_eq!(plain(want), text, "the case is the article, annotated");
    assert_eq!(annotated(text, Options::default()), want);
}

#[test]
fn the_source_document_has_two_voices_and_three_people() {
    let analysis = engine().analyze(SOURCE);
    assert!(
        analysis.quotes.iter().all(|quote| ["Karoline Leavitt", "Zohran Mamdani"].contains(&speaker(&analysis, quote)))
    );
    let voices = Voices::of(&analysis, SOURCE);
    let voices: Vec<(&str, Option<&str>)> = voices
        .all
        .iter()
        .filter_map(|voice| analysis.entity(voice.speaker))
        .map(|entity| (entity.name.as_str(), entity.role.as_deref()))
        .collect();
    assert_eq!(
        voices,
        [("Karoline Leavitt", Some("Press Secretary")), ("Zohran Mamdani", Some("New York City Mayor-elect"))]
    );
    let people = |entity: &&Entity| entity.kind == EntityKind::Person && entity.named;
    let mut people: Vec<(&str, Vec<&str>)> = analysis
        .entities
        .iter()
        .filter(people)
        .map(|entity| (entity.name.as_str(), entity.aliases.iter().map(String::as_str).collect()))
        .collect();
    people.sort();
    assert_eq!(
        people,
        [("Donald Trump", vec!["Trump"]), ("Karoline Leavitt", vec!["Leavitt"]), ("Zohran Mamdani", vec!["Mamdani"])],
        "no title is a person, and each person is one"
    );
}

#[test]
fn a_quote_ends_with_its_last_word_and_takes_no_word_behind_it() {
    for text in [" said «\0", "Ana Ruiz said: “I will come \0\0\nAnd then it rained.", "He said “\u{301}"] {
        let analysis = engine().analyze(text);
        for quote in &analysis.quotes {
            assert!(!quote.span.is_empty() && !quote.span.of(text).contains('\n'), "{quote:?} in {text:?}");
        }
    }
}

#[test]
fn a_family_name_that_two_people_bear_is_half_as_sure() {
    let sure = |text: &str| {
        let analysis = engine().analyze(text);
        let quote = &analysis.quotes[0];
        let other = quote.evidence.runner_up.and_then(|other| analysis.entity(other.speaker));
        (quote.confidence, other.map(|entity| entity.name.clone()))
    };
    let (one, _) = sure("Bill Clinton met Hugh Hill in Ohio. “We will win,” Clinton said.");
    let (two, other) = sure("Bill Clinton and Hillary Clinton spoke in Ohio. “We will win,” Clinton said.");
    assert!(one > 0.9 && two < 0.6, "{one} {two}");
    assert!(other.is_some_and(|name| name.ends_with(" Clinton")));
    let (titled, _) = sure("Bill Clinton and Hillary Clinton spoke in Ohio. “We will win,” Mrs. Clinton said.");
    assert!(titled > 0.8, "{titled}");
}
