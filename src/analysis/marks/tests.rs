//! Pairing of quotation marks, as cases of text and the stretches in it.

use proptest::prelude::*;

use super::*;

/// The stretches of `text` with their marks, inner ones indented by `>`.
fn found(text: &str) -> Vec<String> {
    stretches(text).iter().map(|s| format!("{}{}", ">".repeat(usize::from(s.depth)), s.span.of(text))).collect()
}

#[test]
fn straight_marks_pair_by_what_stands_around_them() {
    assert_eq!(found(r#""I came," he said, "I saw.""#), [r#""I came,""#, r#""I saw.""#]);
    assert_eq!(found(r#"a "decent man". He ("no"—"yes") left"#), [r#""decent man""#, r#""no""#, r#""yes""#]);
    assert_eq!(found(r#"He said:"I came." And left."#), [r#""I came.""#]);
    assert_eq!(found(r#"said " I am here ""#), [r#"" I am here ""#]);
}

#[test]
fn every_style_pairs() {
    assert_eq!(
        found("“a b” and ‘c d’ and «e f» and »g h« and „i j“ and „k l”"),
        ["“a b”", "‘c d’", "«e f»", "»g h«", "„i j“", "„k l”"]
    );
    assert_eq!(found("« a b » and ``c d'' and ''e f'' and ‹g h›"), ["« a b »", "``c d''", "''e f''", "‹g h›"]);
    assert_eq!(found("「日本」と言った"), ["「日本」"]);
    assert_eq!(found("“a b\" and \"c d” and ”e f”"), ["“a b\"", "\"c d”", "”e f”"]);
}

#[test]
fn blanks_may_stand_inside_guillemets() {
    for text in ["« We are going home », said Bob Day.", "« We are going home », said", "«\u{a0}We are\u{a0}» (Bob)"]
    {
        assert_eq!(found(text).len(), 1, "{text}");
    }
    assert_eq!(
        found("« Oui », dit-il. « Non »\u{202f}! «\u{202f}Si\u{202f}»."),
        ["« Oui »", "« Non »", "«\u{202f}Si\u{202f}»"]
    );
    assert_eq!(found("Il a dit « a « b » c » et (« d »)."), ["« a « b » c »", ">« b »", "« d »"]);
    assert_eq!(found("« Un.\n» Deux.\n» Trois », dit-il."), ["« Un.", "» Deux.", "» Trois »"]);
    assert_eq!(found("« Un.\nDeux », dit-il. « Trois »"), ["« Un.", "Deux »", "« Trois »"]);
}

#[test]
fn other_languages_open_with_what_closes_elsewhere() {
    assert_eq!(
        found("„Ja“, sagte sie. „Er sagte ‚nein‘ und ging.“"),
        ["„Ja“", "„Er sagte ‚nein‘ und ging.“", ">‚nein‘"]
    );
    assert_eq!(found("‚Wir gehen‘, sagte er. Sie: ‚Ja‘."), ["‚Wir gehen‘", "‚Ja‘"]);
    assert_eq!(found("»Ja,« sagde han. »Han sagde ›nej‹ og gik.«"), ["»Ja,«", "»Han sagde ›nej‹ og gik.«", ">›nej‹"]);
    assert_eq!(found("»Vi går», sa hon. »Nej!»"), ["»Vi går»", "»Nej!»"]);
    assert_eq!(found("”Vi går”, sa hon. ”Nej”, sa han."), ["”Vi går”", "”Nej”"]);
    assert_eq!(found("„Idziemy”, powiedział. „Nie”."), ["„Idziemy”", "„Nie”"]);
    assert_eq!(found("“Ja„, “nee„"), ["“Ja„", "“nee„"]);
    assert_eq!(found("«Он сказал „нет“ и ушёл», — сказала она."), ["«Он сказал „нет“ и ушёл»", ">„нет“"]);
    assert_eq!(found("田中は「彼は『行く』と言った」と述べた。"), ["「彼は『行く』と言った」", ">『行く』"]);
    assert_eq!(found("他说：“我们走。”她说：“不。”"), ["“我们走。”", "“不。”"]);
    assert_eq!(found("«¿Qué?», dijo. («Sí…»)"), ["«¿Qué?»", "«Sí…»"]);
    assert!(found("the boys‘ club and the girls‘ club").is_empty());
}

#[test]
fn marks_nest() {
    assert_eq!(found("“He told me ‘go’ and I went,” she said."), ["“He told me ‘go’ and I went,”", ">‘go’"]);
    assert_eq!(found("‘He said “go” and I went,’ she said."), ["‘He said “go” and I went,’", ">“go”"]);
    assert_eq!(
        found(r#"and President Trump said, "he said 'Let's talk.' ""#),
        [r#""he said 'Let's talk.' ""#, ">'Let's talk.'"]
    );
    assert_eq!(found(r#""He told me "go" at once," she said."#), [r#""He told me "go" at once,""#, r#">"go""#]);
    assert_eq!(found("“He told me “go” at once,” she said."), ["“He told me “go” at once,”", ">“go”"]);
}

#[test]
fn an_apostrophe_is_not_a_mark() {
    assert!(found("It's the workers' choice, rock 'n' roll, the '90s and 'em all; James' dog").is_empty());
    assert!(found("It’s the workers’ choice, rock ’n’ roll, the ’90s and ’em all").is_empty());
    assert!(found("don‘t").is_empty());
    assert_eq!(found("‘The workers’ rights don’t matter,’ he said."), ["‘The workers’ rights don’t matter,’"]);
    assert_eq!(found("Trump's visit 'speaks volumes', Leavitt says"), ["'speaks volumes'"]);
    assert_eq!(found("'It's theirs,' he said, 'isn't it?'"), ["'It's theirs,'", "'isn't it?'"]);
    assert_eq!(found("the 'workers' of the boys' club"), ["'workers'"]);
}

#[test]
fn inches_and_feet_are_not_marks() {
    assert!(found(r#"He is 6'2" tall; the wheel is 27" wide"#).len() < 2);
    assert!(found(r#"He is 6'2" tall."#).is_empty());
    assert_eq!(found(r#""I bought a 27" monitor," he said."#), [r#""I bought a 27" monitor,""#]);
    assert_eq!(found(r#"called "Zrínyi 2026" and "open""#), [r#""Zrínyi 2026""#, r#""open""#]);
}

#[test]
fn a_quotation_over_paragraphs_has_a_stretch_in_each() {
    let text = "“I came. I saw.\n\n“I conquered.\n\n“I left,” he said.";
    let all = stretches(text);
    assert_eq!(found(text), ["“I came. I saw.", "“I conquered.", "“I left,”"]);
    assert_eq!(
        all.iter().map(|s| (s.continues, s.closed)).collect::<Vec<_>>(),
        [(false, false), (true, false), (true, true)]
    );
}

#[test]
fn a_paragraph_may_go_on_without_opening_again() {
    assert_eq!(found("\"I came.\n\nI saw,\" he said."), ["\"I came.", "I saw,\""]);
    assert_eq!(found("He left.\n\nI saw,\" he said."), Vec::<String>::new());
}

#[test]
fn an_unclosed_mark_ends_at_its_paragraph_and_a_stray_one_opens_nothing() {
    assert_eq!(found("He said “I will go.\n\nThen he went."), ["“I will go."]);
    assert_eq!(found("\"I came, he said. \"I saw,\" he said."), ["\"I saw,\""]);
    assert_eq!(found("I came,\" he said. \"I saw,\" he said."), ["\"I saw,\""]);
    assert_eq!(found("a ” b ’ c“"), Vec::<String>::new());
    assert_eq!(found("\"\" and “”"), Vec::<String>::new());
}

proptest! {
    #[test]
    fn stretches_lie_in_order_inside_their_paragraph_and_never_cross(text in "[ab .,\n\"'“”‘’„«»`0é(-]{0,60}") {
        let all = stretches(&text);
        for stretch in &all {
            prop_assert!(stretch.span.covers(stretch.inner) && !stretch.inner.is_empty());
            prop_assert!(!stretch.span.of(&text).is_empty() && !stretch.span.of(&text).contains('\n'));
        }
        for pair in all.windows(2) {
            prop_assert!(pair[0].span.start <= pair[1].span.start);
            prop_assert!(!pair[0].span.overlaps(pair[1].span) || pair[0].span.covers(pair[1].span));
            prop_assert!(pair[1].depth <= pair[0].depth + 1);
        }
    }

    #[test]
    fn any_text_at_all_gives_spans_on_character_boundaries(text in any::<String>()) {
        for stretch in stretches(&text) {
            prop_assert!(text.get(stretch.span.range()).is_some() && text.get(stretch.inner.range()).is_some());
        }
    }
}
