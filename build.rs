//! Packs the word lists of `assets/lists` into one hash table, so that the program starts without reading them.

#![allow(clippy::disallowed_methods, reason = "a tool of its own: it reads and writes files")]

#[expect(dead_code, reason = "the program asks for classes, the script only sets them")]
#[path = "src/analysis/lexicon/classes.rs"]
mod classes;
#[expect(dead_code, reason = "the program looks up, the script only packs")]
#[path = "src/analysis/lexicon/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::path::Path;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=assets/lists");
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
    Ok(std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join(name), table::pack(entries))?)
}

/// The hash of a word, as the tokenizer makes it.
fn word(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.to_lowercase().replace('’', "'").as_bytes())
}
