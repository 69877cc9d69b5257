//! Whatever the program carries says where it comes from.

use std::fs;
use std::path::Path;

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
