//! The program where it cannot or need not show a screen: help, version, pipes, odd environments.

use std::fs;
use std::process::{Command, Output, Stdio};

use crate::terminal::{Launch, PROGRAM};

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env_clear().stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_names_the_users_files_and_the_commands() {
    let output = Command::new(PROGRAM)
        .arg("--help")
        .env("PULLQUOTE_CONFIG", "/somewhere/settings.toml")
        .env("PULLQUOTE_DATA", "/somewhere/data")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for expected in [
        "extract",
        "FILE|DIR|URL|-",
        "--config",
        "--theme",
        "/somewhere/settings.toml",
        "/somewhere/data",
        "PULLQUOTE_CONFIG",
        "PULLQUOTE_DATA",
    ] {
        assert!(help.contains(expected), "{expected} in\n{help}");
    }
}

#[test]
fn the_platforms_folders_are_used_and_xdg_is_honoured() {
    let help = |name: &str, value: &str| {
        text(&Command::new(PROGRAM).arg("--help").env_clear().env(name, value).output().unwrap().stdout)
    };
    if cfg!(target_os = "linux") {
        assert!(help("HOME", "/h").contains("/h/.config/pullquote/config.toml"));
        assert!(help("HOME", "/h").contains("/h/.local/share/pullquote"));
        assert!(help("XDG_CONFIG_HOME", "/x").contains("/x/pullquote/config.toml"));
        assert!(help("XDG_DATA_HOME", "/x").contains("/x/pullquote"));
    }
}

#[test]
fn version_is_the_packages() {
    let output = run(&["--version"]);
    assert_eq!(text(&output.stdout), format!("pullquote {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_a_terminal_it_says_so_and_what_to_do() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = text(&output.stderr);
    assert!(said.contains("not a terminal") && said.contains("pullquote extract"), "{said}");
}

#[test]
fn an_unknown_flag_is_a_usage_error() {
    assert_eq!(run(&["--no-such-flag"]).status.code(), Some(2));
}

#[test]
fn a_file_called_like_a_command_opens_as_a_path() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("extract"), "A file with the name of a command\n\nAnd a text.\n").unwrap();
    let script = format!("cd '{}' && exec \"$PULLQUOTE\" ./extract", folder.path().display());
    let mut program = Launch::shell(&script).start();
    program.wait_for("name of a command");
    program.press("q");
    assert_eq!(program.end().code, 0);
}

#[test]
fn articles_from_a_pipe_are_read_while_keys_come_from_the_terminal() {
    let script = "printf 'Through the pipe\\n\\nA first paragraph.\\n' | \"$PULLQUOTE\" -; echo ended with $?";
    let mut program = Launch::shell(script).start();
    program.wait_for("Through the pipe");
    program.press("q");
    program.wait_for("ended with 0");
    let ending = program.end();
    assert!(ending.left_behind.is_empty(), "{:?}", ending.left_behind);
}

#[test]
fn articles_a_line_from_a_pipe_are_read_where_it_is_one_and_refused_where_there_are_more() {
    let row = r#"{"title": "Through the pipe", "text": "A first paragraph."}"#;
    for (count, shown) in [(1, "A first paragraph."), (2, "standard input: holds several")] {
        let script = format!("printf '%s\\n' {} | \"$PULLQUOTE\" -", format!("'{row}' ").repeat(count));
        let mut program = Launch::shell(&script).size(200, 24).start();
        program.wait_for(shown);
        if count > 1 {
            program.press("gl\r");
            program.wait_for("open it from a file whose name ends in .jsonl");
        }
        program.press("q");
        assert_eq!(program.end().code, 0);
    }
}

#[test]
fn a_terminal_as_standard_input_is_no_article() {
    for arguments in
        [&["-"][..], &["Cargo.toml", "-"], &["extract", "-"], &["extract"], &["extract", "--from", "jsonl"]]
    {
        let ending = Launch::new(arguments).size(120, 24).start().end();
        assert_eq!(ending.code, 2, "{arguments:?}");
        assert!(ending.screen.contains("standard input is a terminal"), "{arguments:?}: {}", ending.screen);
        assert!(
            !ending.raw.contains(&0x1b) && ending.left_behind.is_empty(),
            "{arguments:?}: the screen is not touched"
        );
    }
}

#[test]
fn odd_environments_start_all_the_same() {
    for (name, value) in [
        ("TERM", ""),
        ("TERM", "dumb"),
        ("TERM", "linux"),
        ("LANG", "C"),
        ("NO_COLOR", "1"),
        ("HOME", ""),
        ("HOME", "/nonexistent"),
        ("PULLQUOTE_DATA", "/dev/null/data"),
        ("PULLQUOTE_CONFIG", "/dev/null/settings"),
        ("COLORFGBG", "0;15"),
        ("COLORTERM", "truecolor"),
    ] {
        let mut program = Launch::new([""; 0]).env(name, value).start();
        program.wait("the first frame", |screen| !screen.contents().trim().is_empty());
        program.press("q");
        let ending = program.end();
        assert_eq!((ending.code, ending.left_behind.len()), (0, 0), "{name}={value}: {}", ending.screen);
        if value == "1" || value == "dumb" {
            let raw = String::from_utf8_lossy(&ending.raw).into_owned();
            let coloured = raw
                .split("\x1b[")
                .filter_map(|part| part.split_once('m'))
                .any(|(sgr, _)| sgr.split(';').any(|code| matches!(code.parse(), Ok(30..=38 | 40..=48 | 90..=107))));
            assert!(!coloured, "{name}={value} has no colours");
        }
    }
}

#[test]
fn terminals_that_may_know_ascii_only_get_no_more_unless_the_settings_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("story.txt");
    fs::write(&story, "A headline here\n\n\"We will go,\" said Ana Moore on Monday.\n").unwrap();
    let screen = |name: &str, value: &str, settings: &str| {
        let launch = Launch::new([story.to_string_lossy()]).env(name, value).settings(settings);
        let mut program = launch.size(120, 24).start();
        program.wait_for("1 voice");
        let screen = program.screen();
        program.press("q");
        assert_eq!(program.end().code, 0);
        screen
    };
    assert!(screen("TERM", "dumb", "").is_ascii());
    assert!(screen("LC_ALL", "C", "").is_ascii());
    assert!(!screen("LC_ALL", "C", "ascii = false\n").is_ascii());
    assert!(!screen("LC_ALL", "C.UTF-8", "").is_ascii());
}

#[test]
fn a_wrong_setting_is_shown_and_said_and_the_reader_starts() {
    let launch = Launch::new([""; 0]).size(160, 40).settings("text_width = \"wide\"\n");
    let mut program = launch.start();
    program.wait_for("config.toml:1");
    program.press("q");
    let ending = program.end();
    assert_eq!(ending.code, 0);
    assert!(ending.screen.contains("config.toml:1"), "{}", ending.screen);
}

#[test]
fn a_settings_file_that_was_asked_for_and_is_missing_is_said() {
    let mut program = Launch::new(["--config", "/nonexistent/settings.toml"]).size(160, 40).start();
    program.wait_for("/nonexistent/settings.toml: no such file");
    program.press("q");
    assert_eq!(program.end().code, 0);
}
