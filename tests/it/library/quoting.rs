//! `pullquote quotes`: by whom, about what, since when; grouped, folded, and in every format.

use super::*;

fn library() -> Desk {
    Desk::with(&[
        (
            "visit.txt",
            "date 2025-11-22 Visit\n\n“The economy will grow for everybody next year,” said Karoline Leavitt, the press secretary.\n\nLeavitt added: “It is very telling.”\n",
        ),
        (
            "rally.txt",
            "date 2025-11-20 Rally\n\n“The economy will grow for everybody next year,” Karoline Leavitt said. “We sold, \"all\", the tea,” said Ana Silva.\n",
        ),
        ("tea.txt", "date 2025-11-20 Tea\n\n“Tea is dear,” said the senator Ana Silva.\n"),
    ])
}

#[test]
fn quotes_are_grouped_by_day_and_story_and_the_same_one_is_folded() {
    let output = library().run(["quotes", "--by", "leavitt"]);
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let page = printed(&output);
    let expected = [
        "Karoline Leavitt · ",
        "2 quotes in 1 story",
        "\n  22 November 2025\n  Visit\n    “The economy will grow for everybody next year,”\n      also in: Rally, 20 November 2025\n    “It is very telling.”\n",
    ];
    for part in expected {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert!(!page.contains("Silva"), "{page}");
}

#[test]
fn a_beginning_names_the_one_person_whose_name_begins_so_and_of_several_nobody() {
    let desk = library();
    let output = desk.run(["quotes", "--by", "leav"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(printed(&output).starts_with("Karoline Leavitt"), "{}", printed(&output));
    let desk = Desk::with(&[(
        "tea.txt",
        "date 2025-11-20 Tea\n\n“Tea is dear,” said Ana Silva.\n\n“It is not,” said Peter Silvers.\n",
    )]);
    let output = desk.run(["quotes", "--by", "silv"]);
    assert_eq!((output.status.code(), printed(&output).as_str()), (Some(1), ""));
    let told = said(&output);
    assert!(told.contains("the names of several people begin with silv: "), "{told}");
    assert!(told.contains("Ana Silva (1 quote)") && told.contains("Peter Silvers (1 quote)"), "{told}");
    assert!(printed(&desk.run(["quotes", "--by", "silva"])).starts_with("Ana Silva"), "a whole word comes first");
}

#[test]
fn topic_and_day_narrow_it() {
    let desk = library();
    let quotes = |arguments: &[&str]| {
        let output = desk.run(["quotes", "--format", "jsonl"].iter().chain(arguments));
        rows(&output).iter().map(|row| row["quote"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(quotes(&["--by", "Silva", "--about", "dear"]), ["“Tea is dear,”"]);
    assert_eq!(
        quotes(&["--about", "econ*", "--since", "2025-11-21"]),
        ["“The economy will grow for everybody next year,”"]
    );
    assert_eq!(quotes(&["--by", "Silva", "--since", "2025-11-21"]), Vec::<String>::new());
    assert_eq!(quotes(&["--by", "Leavitt", "--before", "2025-11-22"]).len(), 1);
    assert_eq!(quotes(&["--by", "Leavitt", "--before", "2025-11-20"]), Vec::<String>::new());
    assert_eq!(quotes(&["--limit", "1"]).len(), 1);
}

#[test]
fn every_format_carries_the_same_quotes() {
    let desk = library();
    let row = &rows(&desk.run(["quotes", "--by", "leavitt", "--format", "jsonl"]))[0];
    assert_eq!((&row["person"]["name"], &row["kind"]), (&"Karoline Leavitt".into(), &"direct".into()));
    assert_eq!((&row["story"]["title"], &row["story"]["date"]), (&"Visit".into(), &"2025-11-22".into()));
    assert_eq!(row["also"][0]["title"], "Rally");
    let table = printed(&desk.run(["quotes", "--by", "silva", "--format", "csv"]));
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines[0], "person,role,quote,kind,cue,confidence,date,title,source,url,article,also");
    assert!(lines.iter().any(|line| line.contains("\"“We sold, \"\"all\"\", the tea,”\",direct,said,")), "{table}");
    let page = printed(&desk.run(["quotes", "--by", "leavitt", "--format", "markdown"]));
    assert!(page.starts_with("# Karoline Leavitt\n"), "{page}");
    assert!(
        page.contains(
            "## Visit, 22 November 2025\n\n> “The economy will grow for everybody next year,”\n>\n> — Karoline Leavitt"
        ),
        "{page}"
    );
    assert!(page.contains("Also in: Rally, 20 November 2025"), "{page}");
}

#[test]
fn an_unknown_name_says_what_names_are_near() {
    let desk = library();
    for name in ["Levitt", "leavyt", "Karolyne Leavitt"] {
        let output = desk.run(["quotes", "--by", name]);
        assert_eq!((output.status.code(), printed(&output).as_str()), (Some(1), ""));
        let said = said(&output);
        assert!(
            said.starts_with(&format!(
                "pullquote: nobody in the library is called {name}; did you mean Karoline Leavitt ("
            )),
            "{said}"
        );
    }
    let none = desk.run(["quotes", "--by", "Zzyzx\u{1b}[31m"]);
    assert_eq!(said(&none), "pullquote: nobody in the library is called Zzyzx\n");
    let silent = desk.run(["quotes", "--by", "silva", "--about", "zebra"]);
    assert_eq!(said(&silent), "pullquote: none of the 2 quotes by Ana Silva matches\n");
    for (arguments, expected) in [
        (&["quotes", "leavitt"][..], "a name stands after --by: pullquote quotes --by \"leavitt\""),
        (&["quotes", "--by", " "], "--by: no name; write words of one"),
        (&["quotes", "--by", ""], "--by: no name; write words of one"),
    ] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(expected), "{}", said(&output));
    }
    let wrong = desk.run(["quotes", "--before", "-1"]);
    assert!(said(&wrong).contains("--before -1: no day; write 7d"), "{}", said(&wrong));
    let wrong = desk.run(["quotes", "--since", "soon"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("--since soon: no day; write 7d"), "{}", said(&wrong));
}

#[test]
fn namesakes_are_told_apart_by_role_and_company() {
    let desk = Desk::with(&[
        ("a.txt", "date 2025-11-22 Budget\n\n“The budget passed the Senate,” said Senator John Smith.\n"),
        ("b.txt", "date 2025-11-21 Match\n\n“We lost the match,” said football coach John Smith.\n"),
    ]);
    let people: Vec<i64> = rows(&desk.run(["quotes", "--by", "john smith", "--format", "jsonl"]))
        .iter()
        .map(|row| row["person"]["id"].as_i64().unwrap())
        .collect();
    assert_eq!(people.len(), 2);
    assert_ne!(people[0], people[1]);
    let page = printed(&desk.run(["quotes", "--by", "john smith"]));
    assert_eq!(page.matches("John Smith · ").count(), 2, "{page}");
}

#[test]
fn nothing_hostile_is_printed_in_any_format() {
    let text =
        "Hostile\u{1b}]0;owned\u{7} title\n\n“I \u{1b}[31mnever\u{9b}2J\u{202e} *did* <b>it</b>,” said Ana Silva.\n";
    let desk = Desk::with(&[("x\u{1b}[31m.txt", text)]);
    for format in ["text", "jsonl", "csv", "markdown"] {
        let output = desk.run(["quotes", "--by", "silva", "--format", format]);
        let page = printed(&output).replace("\r\n", "\n");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(page.contains("did") && is_harmless(&page), "{page:?}");
    }
}
