//! `pullquote export`: highlights, notes and corrections, in a stable order, for people and for programs.

use pullquote::analysis::QuoteKind;
use pullquote::analysis::correct::{Anchor, Correction};
use pullquote::article::import::import;
use pullquote::store::{Options, Store};
use pullquote::text::Span;

use super::*;

const HARBOUR: &str = "Harbour plan divides the town\n2025-11-20\n\nThe council met again in the old town hall.\n\n\
                       “The harbour needs new walls,” said Maria Lopez.\n\n“Nobody asked *us*,” said Peter Stone.\n";
const RAIN: &str = "Rain\n2025-11-21\n\n“It will rain,” said Ana Díaz.\n";

impl Desk {
    fn store(&self) -> Store {
        Store::open(&Options::chosen(self.library(), jiff::civil::date(2025, 11, 28))).unwrap().store
    }

    /// Highlights `words` of `text`, with a note or an empty one.
    fn highlight(&self, text: &str, words: &str, note: &str) {
        let article = import(text.as_bytes(), "story.txt");
        let start = article.text.find(words).unwrap();
        let now = "2025-11-25T12:00:00Z".parse().unwrap();
        self.store().highlight(&article, Span::new(start, start + words.len()), note, now).unwrap();
    }

    /// Says that `quote` of `text` is said by `speaker`.
    fn correct(&self, text: &str, quote: &str, speaker: &str) {
        let article = import(text.as_bytes(), "story.txt");
        let start = article.text.find(quote).unwrap();
        let quote = Anchor::new(Span::new(start, start + quote.len()), &article.text);
        let correction = Correction::Speaker { quote, speaker: Some(speaker.to_owned()) };
        self.store().correct(&article, &correction, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    }
}

fn annotated() -> Desk {
    let desk = Desk::with(&[("harbour.txt", HARBOUR), ("rain.txt", RAIN)]);
    desk.highlight(HARBOUR, "“Nobody asked *us*,”", "# Really?\n\n- ask Stone");
    desk.highlight(HARBOUR, "old town hall", "");
    desk.highlight(RAIN, "Ana Díaz", "who?");
    desk.correct(HARBOUR, "“Nobody asked *us*,”", "Maria Lopez");
    desk
}

#[test]
fn markdown_has_a_heading_for_each_story_with_its_passages_in_their_order() {
    let desk = annotated();
    let output = desk.run(["export", "--highlights", "--corrections"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let expected = "# Highlights, notes and corrections\n\n\
        ## Rain\n\n21 November 2025\n\n> Ana Díaz\n\nwho?\n\n\
        ## Harbour plan divides the town\n\n20 November 2025\n\n> old town hall\n\n\
        > “Nobody asked \\*us\\*,”\n\n\\# Really?  \n\n\\- ask Stone\n\n\
        Corrections:\n\n- “Nobody asked \\*us\\*,”: said by Maria Lopez\n";
    assert_eq!(printed(&output), expected);
    let alone = printed(&desk.run(["export", "--highlights"]));
    assert!(!alone.contains("Corrections:") && alone.contains("> Ana Díaz"));
}

#[test]
fn json_counts_code_points_and_is_the_same_every_time() {
    let desk = annotated();
    let export = || desk.run(["export", "--highlights", "--corrections", "--format", "json"]);
    let document: Value = serde_json::from_str(&printed(&export())).unwrap();
    assert_eq!(printed(&export()), printed(&export()));
    assert_eq!(document["format"], 1);
    let [rain, harbour] = &document["stories"].as_array().unwrap()[..] else { panic!("{document}") };
    assert_eq!((&rain["title"], &rain["date"]), (&"Rain".into(), &"2025-11-21".into()));
    assert_eq!(harbour["citation"], "Harbour plan divides the town. 20 November 2025.");
    let text = import(RAIN.as_bytes(), "story.txt").text;
    let at = |key: &str| usize::try_from(rain["highlights"][0][key].as_u64().unwrap()).unwrap();
    let passage: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
    assert_eq!(passage, "Ana Díaz");
    assert_eq!(rain["highlights"][0]["note"], "who?");
    assert_eq!(harbour["highlights"][0]["note"], Value::Null);
    let correction = &harbour["corrections"][0];
    assert_eq!((&correction["corrects"], &correction["speaker"]), (&"speaker".into(), &"Maria Lopez".into()));
    assert_eq!(correction["quote"]["exact"], "“Nobody asked *us*,”");
    assert!(correction["quote"]["prefix"].as_str().unwrap().ends_with("said Maria Lopez.\n\n"));
}

#[test]
fn a_file_is_replaced_as_a_whole_and_one_that_cannot_be_written_says_so() {
    let desk = annotated();
    let file = desk.path("notes.md");
    fs::write(&file, "an older export").unwrap();
    let path = file.to_str().unwrap();
    let output = desk.run(["export", "--highlights", "--output", path]);
    assert_eq!((output.status.code(), printed(&output).as_str()), (Some(0), ""), "{}", said(&output));
    assert!(fs::read_to_string(&file).unwrap().contains("> Ana Díaz"));
    let names: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("part")), "{names:?}");
    let output = desk.run(["export", "--highlights", "-o", desk.path("nowhere/notes.md").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nowhere/notes.md") && said(&output).contains("--output"), "{}", said(&output));
}

#[test]
fn highlights_on_a_file_that_was_only_opened_are_exported_with_what_is_known_of_it() {
    let desk = annotated();
    let other = "Elsewhere\n2024-01-02\n\n“Only opened,” said Eva Braun.\n";
    desk.highlight(other, "Only opened", "");
    desk.correct(other, "“Only opened,”", "Somebody Else");
    let page = printed(&desk.run(["export", "--highlights", "--corrections"]));
    assert!(page.contains("## Elsewhere\n\n2 January 2024\n\n> Only opened\n"), "{page}");
    let page = printed(&desk.run(["export", "--corrections"]));
    assert!(page.contains("## Elsewhere\n\n2 January 2024\n\nCorrections:"), "{page}");
    let document: Value =
        serde_json::from_str(&printed(&desk.run(["export", "--highlights", "--format", "json"]))).unwrap();
    let story = &document["stories"][2];
    assert_eq!((&story["article"], &story["highlights"][0]["start"]), (&Value::Null, &Value::Null));
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let desk = Desk::new();
    let output = desk.run(["export", "--highlights"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("pullquote add"), "{}", said(&output));
    let desk = Desk::with(&[("rain.txt", RAIN)]);
    let output = desk.run(["export", "--highlights", "--corrections"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("`a`, `A` and `c`"), "{}", said(&output));
    let output = desk.run(["export"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--highlights"), "{}", said(&output));
}

#[test]
fn hostile_notes_and_titles_reach_no_terminal() {
    let desk = Desk::with(&[("rain.txt", RAIN)]);
    desk.highlight(RAIN, "It will rain", "\u{1b}[2J\u{202e}<script>alert(1)</script>\u{7}");
    for format in ["markdown", "json"] {
        let output = desk.run(["export", "--highlights", "--format", format]);
        assert!(is_harmless(&printed(&output)), "{}", printed(&output));
    }
    assert!(!printed(&desk.run(["export", "--highlights"])).contains("<script>"));
}

#[test]
fn a_correction_counts_in_what_people_said() {
    let desk = annotated();
    let quotes = printed(&desk.run(["quotes", "--by", "lopez"]));
    assert!(quotes.contains("Nobody asked *us*"), "{quotes}");
    let output = desk.run(["quotes", "--by", "stone"]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    let article = import(HARBOUR.as_bytes(), "story.txt");
    let start = article.text.find("The council met").unwrap();
    let passage = Anchor::new(Span::new(start, start + 22), &article.text);
    let kind = QuoteKind::Indirect;
    let quote = Correction::Quote { passage, kind, speaker: Some("Peter Stone".to_owned()) };
    desk.store().correct(&article, &quote, "2025-11-25T12:00:00Z".parse().unwrap()).unwrap();
    assert!(printed(&desk.run(["quotes", "--by", "stone"])).contains("The council met again"));
    assert_eq!(desk.run(["add", "--again", desk.path("in").to_str().unwrap()]).status.code(), Some(0));
    assert!(printed(&desk.run(["quotes", "--by", "stone"])).contains("The council met again"), "analysed again");
    assert!(!desk.titles("speaker:stone").is_empty());
}

#[test]
fn the_ending_of_the_file_says_the_format_unless_one_is_given() {
    let desk = annotated();
    let export = |name: &str, more: &[&str]| {
        let path = desk.folder.path().join(name);
        let output = desk.run(["export", "--highlights", "--output", path.to_str().unwrap()].iter().chain(more));
        (output.status.code(), said(&output), std::fs::read_to_string(path).unwrap_or_default())
    };
    for (name, more, begins) in [
        ("notes.json", &[][..], "{"),
        ("NOTES.JSON", &[], "{"),
        ("notes.md", &[], "# "),
        ("notes", &[], "# "),
        ("other.json", &["--format", "markdown"], "# "),
    ] {
        assert!(export(name, more).2.starts_with(begins), "{name}");
    }
    let (code, told, _) = export("missing/notes.md", &[]);
    assert_eq!(code, Some(1));
    assert!(told.contains("there is no folder") && told.contains("missing; choose another file"), "{told}");
}
