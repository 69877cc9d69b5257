//! Packs the word lists of `assets/lists` into one hash table, so that the program starts without reading them, and
//! takes the hash that tells one version of the engine from the next.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]

#[expect(dead_code, reason = "the program asks for classes, the script only sets them")]
#[path = "src/analysis/lexicon/classes.rs"]
mod classes;
#[expect(dead_code, reason = "the program looks up, the script only packs")]
#[path = "src/analysis/lexicon/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error>;

/// What an analysis follows from.
const ENGINE: [&str; 4] = ["assets/lists", "assets/model", "build.rs", "src/analysis"];

fn main() -> Result<(), Failure> {
    let mut files = Vec::new();
    for path in ENGINE {
        println!("cargo::rerun-if-changed={path}");
        collect(Path::new(path), &mut files)?;
    }
    println!("cargo::rustc-env=PULLQUOTE_ENGINE={:08x}", engine(files)?);
    let mut classes: BTreeMap<u64, u32> = BTreeMap::new();
    for (name, class) in classes::LISTS {
        for line in read(name)?.lines() {
            let mut words = line.split(' ').map(word);
            let mut phrase = words.next().unwrap_or_default();
            for word in words {
                *classes.entry(phrase).or_default() |= classes::Classes::PREFIX.0;
                phrase = table::join(phrase, word);
            }
            *classes.entry(phrase).or_default() |= class.0;
        }
    }
    add_plurals(&read("nationalities")?, &mut classes);
    write("lists.bin", &classes)?;
    let mut same = BTreeMap::new();
    for (family, line) in read("same")?.lines().enumerate() {
        for name in line.split(';') {
            let phrase = name.split(' ').map(word).reduce(table::join).unwrap_or_default();
            same.insert(phrase, u32::try_from(family + 1)?);
        }
    }
    write("same.bin", &same)
}

/// The file at `path`, or all below it.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    std::fs::read_dir(path)?.try_for_each(|entry| collect(&entry?.path(), files))
}

/// A hash of the names and contents of `files`, whatever their order and the machine; never 0.
fn engine(files: Vec<PathBuf>) -> Result<u32, Failure> {
    let mut named: Vec<(String, PathBuf)> =
        files.into_iter().map(|path| (path.to_string_lossy().replace('\\', "/"), path)).collect();
    named.sort();
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for (name, path) in named {
        let bytes = std::fs::read(path)?;
        hasher.update(name.as_bytes());
        hasher.update(&bytes.len().to_le_bytes());
        hasher.update(&bytes);
    }
    #[expect(clippy::cast_possible_truncation, reason = "half a hash tells a handful of versions apart")]
    Ok((hasher.digest() as u32).max(1))
}

/// Adds the plural of each people ("New Yorkers") that is not the name of a country ("Laos").
fn add_plurals(peoples: &str, classes: &mut BTreeMap<u64, u32>) {
    for people in peoples.lines().filter(|people| !people.ends_with(['s', 'h', 'x', 'z'])) {
        let plural = format!("{people}s").split(' ').map(word).reduce(table::join).unwrap_or_default();
        let entry = classes.entry(plural).or_default();
        if *entry & classes::Classes::COUNTRY.0 == 0 {
            *entry |= classes::Classes::NATIONALITY.0;
        }
    }
}

fn read(list: &str) -> Result<String, Failure> {
    let file = Path::new("assets/lists").join(list).with_extension("txt");
    std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()).into())
}

fn write(name: &str, entries: &BTreeMap<u64, u32>) -> Result<(), Failure> {
    Ok(std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join(name), table::pack(entries)?)?)
}

/// The hash of a word, as the tokenizer makes it.
fn word(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.to_lowercase().replace('’', "'").as_bytes())
}
