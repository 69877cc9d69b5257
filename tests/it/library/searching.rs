//! `pullquote search`: what is found, in which order, and how it is printed.

use super::*;

fn library() -> Desk {
    Desk::with(&[
        (
            "cafe.txt",
            "date 2025-11-22 The café opens\n\nThe mayor's café opened on Monday, and an economist spoke of an economy of scale. “We sell tea,” said Ana Silva.\n",
        ),
        (
            "tax.txt",
            "date 2025-11-20 Tax tax\n\nA tax on tax, says the tax office. The economy is of no large scale.\n",
        ),
        ("rain.txt", "date 2025-11-24 Rain\n\nRain, and a word about one tax among many other words of no import.\n"),
    ])
}

#[test]
fn words_phrases_beginnings_and_terms_find_articles_newest_first() {
    let desk = library();
    for (query, expected) in [
        ("tax", vec!["Rain", "Tax tax"]),
        ("economy scale", vec!["The café opens", "Tax tax"]),
        ("\"economy of scale\"", vec!["The café opens"]),
        ("econom*", vec!["The café opens", "Tax tax"]),
        ("CAFE", vec!["The café opens"]),
        ("speaker:silva", vec!["The café opens"]),
        ("tax -rain", vec!["Tax tax"]),
        ("on:2025-11-20", vec!["Tax tax"]),
    ] {
        assert_eq!(desk.titles(query), expected, "{query}");
    }
    let best = desk.run(["search", "--sort", "relevance", "--format", "jsonl", "tax"]);
    assert_eq!(rows(&best)[0]["title"], "Tax tax");
    let several = desk.run(["search", "--format", "jsonl", "economy", "speaker:silva"]);
    assert_eq!(rows(&several).len(), 1);
}

#[test]
fn people_read_titles_facts_and_the_text_around_a_match() {
    let output = library().run(["search", "--limit", "1", "tax"]);
    assert_eq!(output.status.code(), Some(0));
    let expected = "Rain\n  24 November 2025 · no quotes · no voices\n  Rain  Rain, and a word about one tax among many other words of no import.\n\n";
    assert_eq!(printed(&output), expected);
    assert_eq!(said(&output), "pullquote: 1 of 2 articles shown; --limit 2 shows all\n");
}

#[test]
fn programs_get_the_places_of_matches_in_code_points() {
    let output = library().run(["search", "--format", "jsonl", "cafe"]);
    let rows = rows(&output);
    let row = &rows[0];
    let snippet: Vec<char> = row["snippet"].as_str().unwrap().chars().collect();
    let matches: Vec<String> = row["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| snippet[m["start"].as_u64().unwrap() as usize..m["end"].as_u64().unwrap() as usize].iter().collect())
        .collect();
    assert_eq!(matches, ["café", "café"]);
    assert_eq!((&row["date"], &row["quotes"], &row["read"]), (&"2025-11-22".into(), &1.into(), &false.into()));
}

#[test]
fn nothing_found_and_wrong_queries_are_told_apart() {
    let desk = library();
    let none = desk.run(["search", "zebra"]);
    assert_eq!((none.status.code(), said(&none).as_str()), (Some(1), "pullquote: nothing in the library matches\n"));
    for (query, code, says) in [
        ("tax OR cheese", 1, "nothing in the library matches: all words must occur, and OR is no operator"),
        ("cheese NOT tax", 1, "write -WORD"),
        ("or cheese", 1, "nothing in the library matches\n"),
        ("()", 2, "(): there is nothing to search for"),
        ("-", 2, "-: there is nothing to search for"),
        ("*", 2, "*: there is nothing to search for"),
    ] {
        let output = desk.run(["search", query]);
        assert_eq!((output.status.code(), printed(&output).as_str()), (Some(code), ""), "{query}");
        assert!(said(&output).contains(says), "{query}: {}", said(&output));
    }
    let wrong = desk.run(["search", "speeker:x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("did you mean speaker:?"), "{}", said(&wrong));
    let missing = Desk::new().run(["search", "x"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing).contains("there is no library yet; `pullquote add` makes one"), "{}", said(&missing));
}

#[test]
fn the_command_line_is_taken_as_people_type_it() {
    let desk = library();
    let library = desk.library();
    let output = desk.run(["--library", library.to_str().unwrap(), "search", "tax", "-rain", "--format", "jsonl"]);
    assert_eq!(rows(&output).len(), 1, "{}", said(&output));
    let misspelt = desk.run(["serach", "tax"]);
    assert_eq!(misspelt.status.code(), Some(2));
    assert_eq!(said(&misspelt), "pullquote: serach: no such file; did you mean the command search?\n");
}

#[test]
fn a_search_makes_no_library_and_help_lists_all_terms() {
    let desk = Desk::new();
    desk.run(["search", "x"]);
    assert!(!desk.library().exists());
    let help = printed(&desk.run(["search", "--help"]));
    for (key, _) in pullquote::store::QUERY_KEYS {
        assert!(help.contains(&format!("{key}:")), "{key} in\n{help}");
    }
}

#[test]
fn nothing_hostile_is_printed_whatever_is_searched_and_found() {
    let desk = Desk::with(&[(
        "a\u{1b}[31m.txt",
        "Hostile\u{1b}]0;owned\u{7}\u{202e} title\n\nNeedle \u{1b}[2J\u{9b}31m here \u{200b}\u{feff}.\n",
    )]);
    for format in ["text", "jsonl"] {
        let output = desk.run(["search", "--format", format, "needle"]);
        assert_eq!(output.status.code(), Some(0));
        assert!(is_harmless(&printed(&output)), "{:?}", printed(&output));
    }
    let wrong = desk.run(["search", "\u{1b}[31mx:y"]);
    assert!(is_harmless(&said(&wrong)), "{:?}", said(&wrong));
}
