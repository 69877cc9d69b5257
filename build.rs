//! Packs the word lists of `assets/lists` into one hash table, so that the program starts without reading them.

#[expect(dead_code, reason = "the program asks for classes, the script only sets them")]
#[path = "src/analysis/lexicon/classes.rs"]
mod classes;
#[expect(dead_code, reason = "the program looks up, the script only packs")]
#[path = "src/analysis/lexicon/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=assets/lists");
    let mut entries: BTreeMap<u64, u32> = BTreeMap::new();
    for (name, class) in classes::LISTS {
        let file = Path::new("assets/lists").join(name).with_extension("txt");
        let lines = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        for line in lines.lines() {
            let mut hash = None;
            for word in line.split(' ') {
                let word = xxhash_rust::xxh3::xxh3_64(word.to_lowercase().replace('’', "'").as_bytes());
                if let Some(start) = hash {
                    *entries.entry(start).or_default() |= classes::Classes::PREFIX.0;
                    hash = Some(table::join(start, word));
                } else {
                    hash = Some(word);
                }
            }
            *entries.entry(hash.unwrap_or_default()).or_default() |= class.0;
        }
    }
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("lists.bin"), table::pack(&entries))?;
    Ok(())
}
