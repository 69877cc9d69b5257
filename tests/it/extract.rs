//! `pullquote extract`: a stream of articles in, who said what out.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::terminal::PROGRAM;

fn extract<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("extract").args(arguments);
    command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>, input: impl AsRef<[u8]>) -> Output {
    let mut child = extract(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writing.join().unwrap();
    output
}

fn rows(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The part of `text` between two offsets in code points.
fn part(text: &str, span: &Value) -> String {
    let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

const STORY: &str = "“I will not sign it,” said Maria Lopez, the mayor of Ostend. She said the plan was too dear.";

#[test]
fn each_line_becomes_one_line_with_everything_in_it() {
    let input = json!({"id": "a", "title": "A title", "date": "2024-05-06", "text": STORY, "url": "ignored"});
    let output = run(["--from", "jsonl"], format!("{input}\n"));
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let [row] = &rows(&output)[..] else { panic!() };
    assert_eq!(row["id"], "a");
    assert_eq!(row["title"], "A title");
    assert_eq!(row["date"], "2024-05-06");
    assert_eq!(row["text"], STORY);
    let quotes = row["quotes"].as_array().unwrap();
    let direct = quotes.iter().find(|quote| quote["kind"] == "direct").unwrap();
    assert_eq!(part(STORY, direct), "“I will not sign it,”");
    assert_eq!(part(STORY, &direct["cue"]), "said");
    assert!(direct["confidence"].as_f64().unwrap() > 0.0);
    let reported = quotes.iter().find(|quote| quote["kind"] == "indirect").unwrap();
    assert_eq!((&reported["evidence"]["basis"], part(STORY, &reported["source"])), (&json!("cue"), "She".to_owned()));
    let chain: Vec<String> =
        reported["evidence"]["chain"].as_array().unwrap().iter().map(|span| part(STORY, span)).collect();
    assert_eq!(chain, ["Maria Lopez"]);
    let other = &reported["evidence"]["runner_up"];
    assert!(other.is_null() || other["speaker"] != reported["speaker"] && other["probability"].as_f64().unwrap() < 1.0);
    let entities = row["entities"].as_array().unwrap();
    let speaker = entities.iter().find(|entity| entity["id"] == direct["speaker"]).unwrap();
    assert_eq!((&speaker["name"], &speaker["kind"]), (&json!("Maria Lopez"), &json!("person")));
    for field in ["named", "role", "aliases", "mentions"] {
        assert!(speaker.get(field).is_some(), "{field}");
    }
    for mention in speaker["mentions"].as_array().unwrap() {
        assert!(["name", "nominal", "pronoun"].contains(&mention["type"].as_str().unwrap()));
    }
}

#[test]
fn offsets_count_code_points_of_exactly_the_given_text() {
    let text = format!("😀 e\u{301}té\u{9b}\u{202e} 語\r\n\r\n\t{STORY} 🏳️‍🌈");
    let output = run(["--from", "jsonl"], format!("{}\n", json!({"id": 7, "text": text})));
    let [row] = &rows(&output)[..] else { panic!() };
    assert_eq!((&row["id"], &row["title"], &row["date"]), (&json!(7), &Value::Null, &Value::Null));
    assert_eq!(row["text"], text);
    let quotes = row["quotes"].as_array().unwrap();
    assert!(quotes.iter().any(|quote| part(&text, quote) == "“I will not sign it,”"), "{quotes:?}");
    let lopez = row["entities"].as_array().unwrap().iter().find(|entity| entity["name"] == "Maria Lopez").unwrap();
    assert_eq!(part(&text, &lopez["mentions"][0]), "Maria Lopez");
}

#[test]
fn nothing_harmful_stands_in_the_output_and_nothing_is_lost() {
    let harmful: String = (0..0x20_u32)
        .chain(0x7f..0xa0)
        .chain(0x2028..=0x202e)
        .chain(0x2066..=0x2069)
        .chain([0xfeff, 0xe0041])
        .filter_map(char::from_u32)
        .collect();
    let text = format!("“No,”{harmful} said\x1b]0;owned\x07 Ana{harmful} Bel. \x1b[31mRed\x1b[0m");
    let input = json!({"id": harmful, "title": harmful, "date": harmful, "text": text});
    let output = run(["--from", "jsonl"], format!("{input}\n"));
    let [row] = &rows(&output)[..] else { panic!("{}", said(&output)) };
    assert_eq!((&row["text"], &row["id"], &row["title"]), (&json!(text), &json!(harmful), &json!(harmful)));
    let printed = std::str::from_utf8(&output.stdout).unwrap();
    let found: Vec<char> = printed.trim_end_matches('\n').chars().filter(|c| harmful.contains(*c)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn bad_lines_are_reported_with_their_number_and_the_rest_goes_on() {
    let good = |id: u32| json!({"id": id, "text": STORY}).to_string();
    let mut input = Vec::new();
    input.extend(format!("\u{feff}{}\r\n\r\n   \n", good(1)).bytes());
    input.extend(b"not json\n{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":3}\n[1]\n\xff\xfe\n{\"id\":{},\"text\":\"\"}\n");
    input.extend(b"{\"id\":\"c\",\"text\":\"\\ud800\"}\n\x1b[31m\n{\"text\":\"\"}\n");
    input.extend(good(2).bytes());
    let output = run(["--from", "jsonl", "-"], input);
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<Value> = rows(&output).into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!(1), json!(2)]);
    let said = said(&output);
    let lines: Vec<&str> = said.lines().collect();
    let expected = [
        ("4: not JSON", "expected an object with \"id\" and \"text\""),
        ("5: not an article", "it has no \"text\"; expected an object with \"id\" and \"text\""),
        ("6: not an article", "\"text\" is a number, not a string"),
        ("7: not an article", "a list where an object belongs"),
        ("8: not UTF-8 at byte 1", ""),
        ("9: not an article", "\"id\" is an object, not a string or a number"),
        ("10: not JSON", "(byte 25)"),
        ("11: not JSON", ""),
        ("12: not an article", "it has no \"id\""),
    ];
    assert_eq!(lines.len(), expected.len(), "{said}");
    for (line, (start, rest)) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("pullquote: standard input:{start}")), "{line} instead of {start}");
        assert!(line.contains(rest), "{line} instead of {rest}");
        assert!(!line.contains('\x1b'), "{line:?}");
    }
}

#[test]
fn an_article_comes_out_before_the_next_goes_in() {
    let mut child = extract(["--from", "jsonl", "--jobs", "3"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 0..5 {
        writeln!(stdin, "{}", json!({"id": id, "text": STORY})).unwrap();
        // This would wait for ever if the program waited for more.
        let row: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(row["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn articles_come_out_in_the_order_they_go_in_whatever_the_number_of_jobs() {
    let input: String = (0..60)
        .map(|id| format!("{}\n", json!({"id": id, "text": STORY.repeat(if id % 7 == 0 { 6 } else { 1 })})))
        .collect();
    let one = run(["--from", "jsonl", "--jobs", "1"], &input);
    let many = run(["--from", "jsonl", "--jobs", "7"], &input);
    assert_eq!(rows(&one).len(), 60);
    assert!(one.stdout == many.stdout, "the same output");
}

#[test]
fn files_of_lines_and_files_of_one_article_are_told_apart_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(
        path("many.jsonl"),
        format!("{}\n{}\n", json!({"id": "x", "text": "A."}), json!({"id": "y", "text": "B."})),
    )
    .unwrap();
    fs::write(path("one.txt"), format!("A headline here\n\n{STORY}\n")).unwrap();
    fs::write(path("lines"), format!("{}\n", json!({"id": "z", "text": "C."}))).unwrap();
    let output = run([path("many.jsonl"), path("one.txt")], "");
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let ids: Vec<Value> = rows(&output).into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!("x"), json!("y"), json!(path("one.txt"))]);
    let output = run(["--from", "jsonl", &path("lines")], "");
    assert_eq!(rows(&output)[0]["id"], "z");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(path("image.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(path("story.txt"), STORY).unwrap();
    let arguments = [path("missing.txt"), path("image.png"), path("missing.jsonl"), path("story.txt")];
    let output = run(arguments, "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows(&output).len(), 1);
    let said = said(&output);
    for expected in ["missing.txt: no such file", "image.png: is not a text", "missing.jsonl: no such file"] {
        assert!(said.contains(expected), "{expected} in\n{said}");
    }
}

#[test]
fn standard_input_without_a_format_is_one_article() {
    let output = run([""; 0], format!("A headline here\n\n{STORY}\n"));
    let [row] = &rows(&output)[..] else { panic!() };
    assert_eq!((&row["id"], &row["title"]), (&json!("-"), &json!("A headline here")));
}

#[test]
fn articles_as_json_are_known_by_their_first_line_whatever_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let lines = format!("{}\n{}\n", json!({"id": "x", "text": STORY}), json!({"id": "y", "text": "B."}));
    let ids = |output: &Output| rows(output).into_iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&run([""; 0], &lines)), [json!("x"), json!("y")]);
    assert_eq!(ids(&run([""; 0], format!("\n \r\n{lines}"))), [json!("x"), json!("y")]);
    fs::write(path("lines.txt"), &lines).unwrap();
    assert_eq!(ids(&run([path("lines.txt")], "")), [json!("x"), json!("y")]);
    fs::write(path("one.json"), format!("{{\n\"text\": \"{STORY}\"\n}}\n")).unwrap();
    let output = run([path("one.json")], "");
    assert_eq!((ids(&output), rows(&output)[0]["text"].clone()), (vec![json!(path("one.json"))], json!(STORY)));
    fs::write(path("lines.json"), &lines).unwrap();
    let output = run([path("lines.json")], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("--from jsonl"), "{}", said(&output));
    let other = run([""; 0], "{Braces} begin this story.\n\nAnd more of it follows.\n");
    assert_eq!(ids(&other), [json!("-")]);
}

#[test]
fn folders_are_taken_with_all_texts_below_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::create_dir_all(path("a/b")).unwrap();
    fs::create_dir(path("empty")).unwrap();
    fs::write(path("a/b/story.txt"), STORY).unwrap();
    fs::write(path("a/.hidden.txt"), STORY).unwrap();
    fs::write(path("a/image.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(path("a/many.jsonl"), format!("{}\n", json!({"id": "x", "text": "A."}))).unwrap();
    let output = run([path("a")], "");
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let ids: Vec<Value> = rows(&output).into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!(path("a/b/story.txt")), json!("x")]);
    let output = run([path("empty")], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no article in this folder"), "{}", said(&output));
}

#[test]
fn text_for_people_names_an_article_once() {
    let page = |input: Value| {
        let output = run(["--from", "jsonl", "--format", "text"], format!("{input}\n"));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(page(json!({"id": "one-name", "text": STORY})).matches("one-name").count(), 1);
    let both = page(json!({"id": "one-name", "title": "A title", "text": STORY}));
    assert!(both.starts_with("A title\none-name · "), "{both}");
}

#[test]
fn text_for_people_names_speakers_and_is_safe() {
    let text = format!("\x1b]0;owned\x07{STORY}\u{202e}\u{9b}2J\r\nAnd \x08more.");
    let input = json!({"id": "a\x1b[2J", "title": "T\u{9d}0;x\x07", "text": text});
    let output = run(["--from", "jsonl", "--format", "text"], format!("{input}\n"));
    let page = std::str::from_utf8(&output.stdout).unwrap();
    assert!(page.contains("Maria Lopez") && page.contains("“I will not sign it,”"), "{page}");
    let harmful: Vec<char> = page.chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
    assert!(harmful.is_empty(), "{harmful:?}");
}

#[test]
fn text_for_people_counts_what_it_lists_and_lists_nothing_twice() {
    let text = "Ana Díaz said that the plan was “a gift to the rich” and would fail. “We are against it,” said Díaz. \
                “No,” said a man.";
    let line = format!("{}\n", json!({"id": "x", "text": text}));
    let nested = rows(&run(["--from", "jsonl"], &line))[0]["quotes"].as_array().unwrap().clone();
    assert!(nested.iter().any(|quote| part(text, quote) == "“a gift to the rich”"), "programs get it: {nested:?}");
    let output = run(["--from", "jsonl", "--format", "text"], &line);
    let page = String::from_utf8(output.stdout).unwrap();
    let quotes: Vec<&str> = page.lines().filter(|line| line.ends_with(']')).collect();
    assert_eq!(quotes.iter().filter(|line| line.contains("a gift to the rich")).count(), 1, "{page}");
    assert!(page.contains(&format!(" · {} quotes · ", quotes.len())), "{page}");
    let of_ana = page.lines().find(|line| line.starts_with("  a Ana Díaz")).unwrap();
    let listed = quotes.iter().filter(|line| line.starts_with("  a ")).count();
    assert!(of_ana.ends_with(&format!("1 direct, {} reported", listed - 1)), "{page}");
    assert_eq!(page.lines().filter(|line| line.trim() == "x" || line.starts_with("x ·")).count(), 1, "{page}");
}

const WISHES: &str = "Voters fear that the economy will collapse. President Donald Trump wants Congress to pay for the \
                      wall. The company plans to open three shops. Trump said he would stay.";

#[test]
fn beliefs_come_where_they_are_asked_for_and_nowhere_else() {
    let input = format!("{}\n", json!({"id": "a", "text": WISHES}));
    let quotes = |arguments: &[&str]| {
        let [row] = &rows(&run([&["--from", "jsonl"], arguments].concat(), &input))[..] else { panic!() };
        row["quotes"].as_array().unwrap().clone()
    };
    assert!(quotes(&[]).iter().all(|quote| quote["kind"] != "belief"));
    let all = quotes(&["--beliefs"]);
    let beliefs: Vec<(String, String, String)> = all
        .iter()
        .filter(|quote| quote["kind"] == "belief")
        .map(|quote| (part(WISHES, &quote["source"]), part(WISHES, &quote["cue"]), part(WISHES, quote)))
        .collect();
    let wanted = [
        ("Voters", "fear", "that the economy will collapse"),
        ("President Donald Trump", "wants", "Congress to pay for the wall"),
        ("The company", "plans", "to open three shops"),
    ];
    assert_eq!(beliefs, wanted.map(|(source, cue, content)| (source.to_owned(), cue.to_owned(), content.to_owned())));
    assert!(all.iter().any(|quote| quote["kind"] == "indirect"), "speech stays speech: {all:?}");
}

#[test]
fn text_for_people_lists_beliefs_among_the_quotes_and_counts_them_apart() {
    let input = format!("{}\n", json!({"id": "a", "text": WISHES}));
    let page = |arguments: &[&str]| {
        let output = run([&["--from", "jsonl", "--format", "text"], arguments].concat(), &input);
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!page(&[]).contains("belief"));
    let page = page(&["--beliefs"]);
    assert!(page.contains(" · 3 beliefs · "), "{page}");
    assert!(page.contains("  - that the economy will collapse [Voters, belief]\n"), "{page}");
    assert!(page.contains("  a Congress to pay for the wall [Donald Trump, belief]\n"), "{page}");
    assert_eq!(page.matches(", belief]").count(), 3, "{page}");
}

/// Feeds the program until it no longer listens.
fn feed(child: &mut Child) {
    let mut stdin = child.stdin.take().unwrap();
    let line = format!("{}\n", json!({"id": 1, "text": STORY.repeat(3)}));
    while stdin.write_all(line.as_bytes()).is_ok() {}
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut child = extract(["--from", "jsonl"]).spawn().unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let line = format!("{}\n", json!({"id": 1, "text": STORY}));
    child.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    feed(&mut child);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_full_disk_is_an_error_with_a_reason() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: this system has no /dev/full");
        return;
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = extract(["--from", "jsonl"]).stdout(full).spawn().unwrap();
    feed(&mut child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).starts_with("pullquote: cannot write: "), "{}", said(&output));
}

#[test]
fn wrong_arguments_are_a_usage_error() {
    for arguments in [&["--jobs", "0"][..], &["--format", "xml"], &["--from", "csv"]] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && said(&output).contains("--help"), "{arguments:?}");
    }
}

#[test]
fn a_file_without_text_is_said_and_the_exit_code_tells() {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents, what) in [("a.txt", "", "is empty"), ("b.md", "\n \n", "holds no text")] {
        let path = folder.path().join(name);
        fs::write(&path, contents).unwrap();
        let output = Command::new(PROGRAM).arg("extract").arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, format!("pullquote: {}: {what}\n", path.display()));
    }
}
