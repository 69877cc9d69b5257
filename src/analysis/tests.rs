//! Who said what, as annotated sentences: `[Ana Ruiz: "Taxes are low,"] said Ana Ruiz.` The annotation is taken off,
//! the rest analysed, and what is found annotated again must be the same.

use super::*;

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Lexicon::embedded()))
}

/// `text` with its direct quotes annotated by the names of their speakers.
fn annotated(text: &str) -> String {
    let analysis = engine().analyze(text);
    let mut out = String::new();
    let mut at = 0;
    for quote in analysis.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct) {
        let speaker = quote.speaker.and_then(|id| analysis.entity(id)).map_or("?", |entity| entity.name.as_str());
        out += &text[at..quote.span.start];
        out += &format!("[{speaker}: {}]", quote.span.of(text));
        at = quote.span.end;
    }
    out + &text[at..]
}

/// `case` without its annotation.
fn plain(case: &str) -> String {
    let opening = regex::Regex::new(r#"\[[^\[\]":“‘']+: (["“‘'])"#).unwrap();
    let closing = regex::Regex::new(r#"(["”’'])\]"#).unwrap();
    let case = opening.replace_all(case, "$1");
    closing.replace_all(&case, "$1").into_owned()
}

/// Checks cases, one a paragraph, and shows all that fail.
pub(super) fn check(cases: &[&str]) {
    let failed: Vec<String> = cases
        .iter()
        .map(|case| (case, annotated(&plain(case))))
        .filter(|(case, found)| *case != found)
        .map(|(case, found)| format!("want {case}\n got {found}\n"))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_source_document_has_its_eight_stretches_attributed() {
    let text = include_str!("../../seeds/000_176925febe755178.txt");
    let text = text.trim_start().strip_prefix("date 2025-11-21 ").unwrap();
    let analysis = engine().analyze(text);
    let found: Vec<(String, String)> = analysis
        .quotes
        .iter()
        .filter(|quote| quote.kind == QuoteKind::Direct)
        .map(|quote| {
            let name = quote.speaker.and_then(|id| analysis.entity(id)).map_or("?", |entity| entity.name.as_str());
            (name.to_owned(), quote.span.of(text).chars().take(14).collect())
        })
        .collect();
    let want = [
        ("Karoline Leavitt", "“speaks volume"),
        ("Karoline Leavitt", "“communist”"),
        ("Karoline Leavitt", "“It speaks vol"),
        ("Karoline Leavitt", "“speaks to the"),
        ("Karoline Leavitt", "“I think you'l"),
        ("Zohran Mamdani", "“because I wil"),
        ("Zohran Mamdani", "“I intend to m"),
        ("Zohran Mamdani", "“given the mut"),
    ];
    let want: Vec<(String, String)> =
        want.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    assert_eq!(found, want, "the first letters of every direct quote");
}

#[test]
fn the_cue_may_stand_before_after_or_inside_the_quotation() {
    check(&[
        r#"[Ana Ruiz: "Taxes are low,"] said Ana Ruiz, a doctor from Lima, on Friday."#,
        r#"Ana Ruiz said on Friday, [Ana Ruiz: "Taxes are low and will stay low."]"#,
        r#"[Hugh Hill: "Taxes are low,"] Hugh Hill, a doctor, said, [Hugh Hill: "and will stay low."]"#,
        r#"According to Ana Ruiz, taxes are [Ana Ruiz: "lower than ever before in history"]."#,
        r#"Ana Ruiz told Hugh Hill: [Ana Ruiz: "Taxes are low and will stay low."]"#,
    ]);
}

#[test]
fn a_pronoun_stands_for_whoever_was_named_before() {
    check(&[
        "President Donald Trump met Mayor Ana Ruiz on Friday. [Ana Ruiz: “The talks were good,”] she said.",
        "Mr. Hugh Hill spoke to Ms. Ana Ruiz. He said [Hugh Hill: “the talks were very good indeed”].",
    ]);
}

#[test]
fn a_quotation_goes_on_with_the_same_speaker() {
    check(&["[Ana Ruiz: “The talks were good,”] said Ana Ruiz. [Ana Ruiz: “They will go on next week.”]"]);
}
