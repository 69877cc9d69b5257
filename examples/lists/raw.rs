//! Running text to count words in: VOA-style news (GMB), Wikinews (gold), political news (PolNeAR).

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

/// Texts, each an article or a stretch about as long.
pub fn texts(data: &Path, gold: &Path) -> anyhow::Result<Vec<String>> {
    let mut texts = groningen(&data.join("gmb/ner_dataset.csv.zip"))?;
    for file in ["train.jsonl", "names.jsonl"] {
        let file = gold.join(file);
        let rows = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for row in rows.lines().filter(|row| !row.trim().is_empty()) {
            let row: serde_json::Value = serde_json::from_str(row)?;
            texts.push(row.get("text").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned());
        }
    }
    let folder = data.join("polnear/data/train/text");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        texts.push(String::from_utf8_lossy(&std::fs::read(&file)?).into_owned());
    }
    Ok(texts)
}

/// The sentences of the Groningen Meaning Bank, a line each, twenty a text.
fn groningen(file: &Path) -> anyhow::Result<Vec<String>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).with_context(|| file.display().to_string())?)?;
    let mut bytes = Vec::new();
    archive.by_index(0)?.read_to_end(&mut bytes)?;
    let (table, ..) = encoding_rs::WINDOWS_1252.decode(&bytes);
    let mut texts = vec![String::new()];
    let mut sentences = 0;
    for row in table.lines().skip(1) {
        let (sentence, rest) = row.split_once(',').unwrap_or_default();
        // A word that holds a comma or a mark stands in marks: `","`.
        let word = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\",").map_or("", |(word, _)| word),
            None => rest.split(',').next().unwrap_or_default(),
        };
        if !sentence.is_empty() {
            sentences += 1;
            if sentences % 20 == 0 {
                texts.push(String::new());
            }
        }
        if let Some(text) = texts.last_mut() {
            if !text.is_empty() {
                text.push(if sentence.is_empty() { ' ' } else { '\n' });
            }
            text.push_str(&word.replace("\"\"", "\""));
        }
    }
    Ok(texts)
}
