//! Whatever the program carries says where it comes from.

use std::fs;
use std::path::Path;

use serde_json::Value;

#[test]
fn every_list_and_every_weights_file_is_described() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for (folder, notice) in [("lists", "SOURCES.md"), ("model", "CARD.md")] {
        let folder = assets.join(folder);
        let described = fs::read_to_string(folder.join(notice)).unwrap();
        let mut files = 0;
        for file in fs::read_dir(&folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(name == notice || described.contains(&format!("`{name}`")), "{notice} says nothing of {name}");
            files += 1;
        }
        assert!(files > 1, "{} is empty", folder.display());
    }
}

#[test]
fn every_article_of_others_among_the_tests_is_attributed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gold");
    let notice = fs::read_to_string(folder.join("NOTICE.md")).unwrap();
    let articles = fs::read_to_string(folder.join("wikinews.jsonl")).unwrap();
    for line in articles.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        for part in [row["id"].as_str().unwrap(), text.lines().next().unwrap(), row["url"].as_str().unwrap()] {
            assert!(notice.contains(part), "NOTICE.md says nothing of {part}");
        }
    }
}
